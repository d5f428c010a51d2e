"""What a text names, by rules: lists, shapes, number plans and context; no model, the same on every machine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from aigc_text.generators.extract.amounts import find_amounts
from aigc_text.generators.extract.dates import find_dates
from aigc_text.generators.extract.options import KINDS, EntityKind
from aigc_text.generators.extract.organisations import named_organisations
from aigc_text.generators.extract.places import find_places
from aigc_text.moderators.privacy.detector import find
from aigc_text.moderators.privacy.hits import Hit

_URL = re.compile(
    r"(?<![\w@])(?:https?|ftp)://[^\s<>\"'`，。；、！？（）《》【】\u4e00-\u9fff]{3,2000}"
    r"|(?<![\w@./-])www\.[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}(?:/[^\s<>\"'`，。；、！？（）《》【】\u4e00-\u9fff]{0,2000})?",
    re.IGNORECASE,
)
_PATH = re.compile(r"(?::\d{1,5})?/[^\s<>\"'`，。；、！？（）《》【】\u4e00-\u9fff]{0,2000}")
_TRAILING = ".,;:!?)]}*_"
_OF_HIT: dict[str, EntityKind] = {
    "email": "emails",
    "phone": "phones",
    "business_phone": "phones",
    "domain": "urls",
    "address": "places",
    "person": "people",
}


@dataclass(frozen=True, slots=True)
class Entity:
    """``text[start:end]`` is of ``kind``; ``value`` is its form for machines (dates, amounts), where there is one."""

    kind: EntityKind
    start: int
    end: int
    value: str | None = None


def find_entities(text: str, check: Callable[[], None] = lambda: None) -> list[Entity]:
    """All entities, in reading order, without overlaps.

    Args:
        text: Any text.
        check: Called now and then; what it raises ends the work.
    """
    hits = find(text, check)
    check()
    dates = list(find_dates(text, check))
    before = [(hit.start, hit.end) for hit in hits if hit.kind == "person"]
    before += [(start, end) for start, end, _ in sorted(dates, key=lambda d: d[1])]
    organisations = list(named_organisations(text, before))
    layers: list[Iterable[Entity]] = [
        _urls(text, hits),
        _of_hits(hits, "emails"),
        (Entity("dates", *found) for found in dates),
        _of_hits(hits, "phones"),
        _others(hits),
        _addresses(hits),
        (Entity("organisations", start, end) for start, end in organisations),
        (Entity("amounts", *found) for found in find_amounts(text, check)),
        _of_hits(hits, "people"),
        (Entity("places", start, end) for start, end in find_places(text)),
    ]
    taken: list[Entity] = []
    covered = bytearray(len(text))
    for layer in layers:
        check()
        # In a layer the earlier wins, and of two that begin together the longer.
        for entity in sorted(layer, key=lambda e: (e.start, -e.end)):
            if not any(covered[entity.start : entity.end]):
                covered[entity.start : entity.end] = b"\x01" * (entity.end - entity.start)
                taken.append(entity)
    return sorted((e for e in taken if e.kind in KINDS), key=lambda e: e.start)


def _of_hits(hits: list[Hit], kind: EntityKind) -> Iterator[Entity]:
    return (Entity(kind, hit.start, hit.end) for hit in hits if _OF_HIT.get(hit.kind) == kind)


def _addresses(hits: list[Hit]) -> Iterator[Entity]:
    return (Entity("places", hit.start, hit.end) for hit in hits if hit.kind == "address")


def _others(hits: list[Hit]) -> Iterator[Entity]:
    """Cards, ids, keys: not extracted, and neither are the numbers in them."""
    for hit in hits:
        if hit.kind not in _OF_HIT:
            yield Entity("", hit.start, hit.end)  # type: ignore[arg-type]  # filtered out at the end


def _urls(text: str, hits: list[Hit]) -> Iterator[Entity]:
    for match in _URL.finditer(text):
        yield Entity("urls", match.start(), _trimmed(text, *match.span()))
    for hit in hits:
        if hit.kind == "domain":
            path = _PATH.match(text, hit.end)
            yield Entity("urls", hit.start, _trimmed(text, hit.start, path.end()) if path else hit.end)


def _trimmed(text: str, start: int, end: int) -> int:
    """The end without punctuation of the sentence; a closing bracket stays where one was opened inside."""
    while end > start and text[end - 1] in _TRAILING:
        if text[end - 1] == ")" and text.count("(", start, end) >= text.count(")", start, end):
            break
        end -= 1
    return end
