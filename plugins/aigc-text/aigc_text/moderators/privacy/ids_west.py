"""US social security numbers, passports after a word that says so, UK and US licence plates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aigc_sdk.taxonomy import Severity
from aigc_text.moderators.privacy.hits import Hit, denied, speaks

_SSN = re.compile(r"(?<![\w.+-])(\d{3})([- ]?)(\d{2})\2(\d{4})(?![\w]|[.-]\d)", re.ASCII)
_SSN_WORDS = re.compile(r"social security|\bssn\b|社会安全号|社保号", re.IGNORECASE | re.ASCII)


def find_ssns(text: str) -> Iterator[Hit]:
    """Numbers the Social Security Administration can have issued: hyphenated, or after a word for them.

    Never issued: areas 000, 666 and 900 to 999, group 00, serial 0000 (SSA, "SSN randomization").
    """
    for match in _SSN.finditer(text):
        area, separator, group, serial = match.groups()
        if area in ("000", "666") or area[0] == "9" or group == "00" or serial == "0000":
            continue
        if (separator == "-" and not denied(text, match.start())) or speaks(text, match.start(), _SSN_WORDS):
            yield Hit("us_ssn", *match.span())


_PASSPORT = re.compile(
    r"(?:passports?|护照)(?:[ ]?(?:number|num|no\.?|nr\.?|#|号码|号))?(?:[ ]?(?:is|was|为|是))?[ ]?[:=]?[ ]?"
    r"([A-Z]{0,2}\d{6,9}|[A-Z][A-Z0-9]{7,8})(?![A-Za-z0-9])",
    re.IGNORECASE | re.ASCII,
)


def find_passports(text: str) -> Iterator[Hit]:
    """ICAO 9303 numbers in use right after "passport" or 护照: digits after up to two letters, or mixed (Germany's)."""
    for match in _PASSPORT.finditer(text):
        if 7 <= len(match.group(1)) <= 10 and sum(map(str.isdigit, match.group(1))) >= 4:
            yield Hit("passport", *match.span(1))


_UK_PLATE = re.compile(r"(?<![A-Za-z0-9])[A-HJ-PR-Y][A-HJ-PR-Y]\d{2} ?[A-HJ-PR-Z]{3}(?![A-Za-z0-9])")
_US_PLATE = re.compile(
    r"(?<![A-Za-z0-9-])(?:[A-Z]{1,3}[- ]?\d{3,4}|\d{1,3}[- ]?[A-Z]{3}\d{0,3})(?![A-Za-z0-9-])"
)
_PLATE_WORDS = re.compile(
    r"plate|registration|\breg\b|vehicle|\bcar\b|\bvan\b|车牌", re.IGNORECASE | re.ASCII
)
_US_WORDS = re.compile(r"\bplates?\b|\btags?\b|车牌", re.IGNORECASE | re.ASCII)


def find_west_plates(text: str) -> Iterator[Hit]:
    """UK plates of the form since 2001 near a word for vehicles; US plates, many forms, only near "plate"."""
    for match in _UK_PLATE.finditer(text):
        if speaks(text, match.start(), _PLATE_WORDS):
            yield Hit("licence_plate", *match.span())
    for match in _US_PLATE.finditer(text):
        if speaks(text, match.start(), _US_WORDS):
            yield Hit("licence_plate", *match.span(), Severity.LOW)
