"""Dates in English and Chinese, with their ISO 8601 form where they say enough."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "January|Jan",
            "February|Feb",
            "March|Mar",
            "April|Apr",
            "May",
            "June|Jun",
            "July|Jul",
            "August|Aug",
            "September|Sept|Sep",
            "October|Oct",
            "November|Nov",
            "December|Dec",
        ],
        start=1,
    )
    for name in names.split("|")
}
_MONTH = rf"(?:(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?!\d)"
_ZH_DIGIT = "〇零一二三四五六七八九"
_ZH_COUNT = r"(?:\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_ZH_YEAR = rf"(?P<year>\d{{4}}|[{_ZH_DIGIT}]{{4}})\s?年"

_PATTERNS = [
    # 2026-11-24, 2026/11/24, 2026.11.24
    re.compile(
        r"(?<![\d./-])(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?![\d]|[./-]\d)"
    ),
    # 24/11/2026, 11/24/2026: which of the two is the month may stay open
    re.compile(r"(?<![\d./-])(?P<one>\d{1,2})(?P<sep>[-/.])(?P<two>\d{1,2})(?P=sep)(?P<year>(?:19|20)\d\d)(?![\d]|[./-]\d)"),
    # 24 November 2026, 24th of Nov
    re.compile(rf"(?<![\d.,/-]){_DAY}(?: of)? {_MONTH}(?:,? {_YEAR})?"),
    # November 24, 2026; Nov. 24th
    re.compile(rf"(?<!\w){_MONTH} {_DAY}(?![\d:%]|[.,]\d)(?:,? {_YEAR})?"),
    # November 2026
    re.compile(rf"(?<!\w){_MONTH},? {_YEAR}"),
    # 2026年11月24日, 二〇二六年十一月, 11月24日
    re.compile(rf"(?<!\d){_ZH_YEAR}(?:\s?(?P<month>{_ZH_COUNT})\s?月(?:份|\s?(?P<day>{_ZH_COUNT})\s?[日号])?)?"),
    re.compile(rf"(?<![\d个{_ZH_DIGIT}十年])(?P<month>{_ZH_COUNT})\s?月\s?(?P<day>{_ZH_COUNT})\s?[日号]"),
    # in 2026: the year alone
    re.compile(r"(?:\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]efore|[Aa]fter|[Dd]uring|[Bb]y) )(?P<year>(?:19|20)\d\d)(?![\w%]|[.,/-]\d)"),
]  # fmt: skip


def find_dates(text: str, check: Callable[[], None] = lambda: None) -> Iterator[tuple[int, int, str | None]]:
    """Start, end and ISO form: ``2026-11-24``, ``2026-11``, ``2026``, ``--11-24`` without a year; None where the order
    of day and month cannot be told. They may overlap.
    """  # noqa: D205
    for pattern in _PATTERNS:
        check()
        for match in pattern.finditer(text):
            found = _read(match.groupdict())
            if found is not None:
                start = match.start("year") if match.re is _PATTERNS[-1] else match.start()
                yield start, match.end(), found or None


def _read(parts: dict[str, str | None]) -> str | None:
    """The ISO form, empty where it is open, None where this is no date."""
    year = _number(parts.get("year"))
    if parts.get("one"):
        return _either(year or 0, int(parts["one"] or 0), int(parts["two"] or 0))
    month, day = _number(parts.get("month")), _number(parts.get("day"))
    if month is None:
        return f"{year:04d}" if year else None
    if day is None:
        return f"{year:04d}-{month:02d}" if year and 1 <= month <= 12 else None
    # 2000 has a 29 February, as some year that is not named may have.
    if not _exists(year or 2000, month, day):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}" if year else f"--{month:02d}-{day:02d}"


def _either(year: int, one: int, two: int) -> str | None:
    ways = {(m, d) for m, d in ((one, two), (two, one)) if _exists(year, m, d)}
    if len(ways) != 1:
        return "" if ways else None
    ((month, day),) = ways
    return f"{year:04d}-{month:02d}-{day:02d}"


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    if text.isdecimal() and text.isascii():
        return int(text)
    if text in _MONTHS:
        return _MONTHS[text]
    if "十" in text:
        tens, _, ones = text.partition("十")
        return 10 * (_ZH_DIGIT.index(tens) - 1 if tens else 1) + (_ZH_DIGIT.index(ones) - 1 if ones else 0)
    digits = "".join(str(max(_ZH_DIGIT.index(c) - 1, 0)) for c in text)
    return int(digits)
