"""Values that the text itself labels: ``Price: £20``, ``价格：129元``, ``| Name | Aurora |``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from aigc_text.facts.labels import canonical, slug

_PAIR = re.compile(
    r"(?:^|(?<=[\n;；|]))[ \t>*•·\-–]{0,8}(?P<label>[^\n:：;；|=]{1,40}?)[ *]{0,3}(?:[:：=|])[ \t*]{0,8}"
    r"(?P<value>[^\n;；|]{1,500})"
)
_END = " \t\r。.,，、*"


@dataclass(frozen=True, slots=True)
class Labelled:
    """``text[start:end]`` is labelled with ``label``, as a key (`aigc_text.facts.labels.slug`)."""

    label: str
    start: int
    end: int


def find_labelled(text: str) -> Iterator[Labelled]:
    """Every labelled value, in order."""
    place = 0
    while (match := _PAIR.search(text, place)) is not None:
        value = match["value"]
        start, end = match.span("value")
        start += len(value) - len(value.lstrip())
        end = start + len(value.strip().rstrip(_END))
        label = match["label"].strip(" \t*")
        if end > start and label and not label.isdigit():
            yield Labelled(slug(label), start, end)
        # In a table the end of one cell begins the next.
        place = max(match.end(), place + 1)


def names(key: str, label: str) -> bool:
    """Does a label name the property? By spelling, or as another word for the same attribute."""
    own = slug(key)
    if own == label:
        return True
    known = canonical(own)
    return known is not None and known == canonical(label)
