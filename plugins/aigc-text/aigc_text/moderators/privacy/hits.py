"""What a finder reports, and the bound all finders keep."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from aigc_sdk.taxonomy import Severity

MAX_MATCH = 120
"""Longest span in characters of original text. Streams hold that many back; what is longer is known by a part."""

LEFT = 40
"""Characters before a match that are read for words that speak for it or against it."""

RIGHT = 10
"""Characters behind a match that are read so; counted within `MAX_MATCH`."""


@dataclass(frozen=True, slots=True)
class Hit:
    """``text[start:end]`` is of ``kind`` (a key of `kinds.KINDS`)."""

    kind: str
    start: int
    end: int
    severity: Severity = Severity.MEDIUM


Finder = Callable[[str], Iterator[Hit]]

# What may stand between such a word and the number: "order no. 12", 订单号为.
_BETWEEN = r"(?:[\s:#.=(\"'\d-]|no\b|num\b|number|nr\b|id\b|is\b|was\b|号|码|为|是){0,24}$"
_NOT_PERSONAL = re.compile(
    r"(?:\b(?:orders?|invoice|refs?|reference|tracking|isbn|issn|serial|sku|ticket|case|parcel|version|flight|"
    r"model|part|item|batch|lot|receipt|transaction|guid|uuid|doi|patent|code)\b|"
    r"订单|单号|编号|货号|型号|发票|快递|流水|序列号|条码|版本|专利|价格|售价|批号)"
    + _BETWEEN
    + r"|[$€£¥] ?$",
    re.IGNORECASE | re.ASCII,
)


def speaks(text: str, start: int, words: re.Pattern[str]) -> bool:
    """Do ``words`` stand shortly before ``start``, with nothing nearer that says it is another number?"""
    before = text[max(0, start - LEFT) : start]
    last = _last(words, before)
    return last >= 0 and last >= _last(_NOT_PERSONAL, before)


def denied(text: str, start: int) -> bool:
    """Does what stands shortly before ``start`` say that this is an order number, a price or the like?"""
    return _last(_NOT_PERSONAL, text[max(0, start - 24) : start]) >= 0


def _last(words: re.Pattern[str], text: str) -> int:
    place = -1
    for match in words.finditer(text):
        place = match.start()
    return place
