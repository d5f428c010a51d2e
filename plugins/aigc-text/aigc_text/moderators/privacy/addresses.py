"""Street addresses by their shape, English and Chinese. Heuristics: always of low severity."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aigc_sdk.taxonomy import Severity
from aigc_text.moderators.privacy.hits import Hit

_STREET = re.compile(
    r"(?<![\w.,/-])\d{1,6}[A-Za-z]?,? (?:[A-Z0-9][\w'.-]{0,19}+ ){1,4}?"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl|Square|Sq|Terrace|Way|"
    r"Close|Crescent|Highway|Hwy|Parkway|Pkwy)\b",
    re.ASCII,
)
_UNIT = re.compile(
    r"(?<!\w)(?:[Aa]pt|[Aa]partment|[Ss]uite|[Ff]lat|P\.? ?O\.? [Bb]ox)\.? ?#?\d{1,6}(?!\w)", re.ASCII
)
_UK_POSTCODE = re.compile(r"(?<!\w)[A-Z]{1,2}\d[A-Z0-9]? \d[ABD-HJLNP-UW-Z]{2}(?!\w)", re.ASCII)
_NUMBER_ZH = re.compile(
    r"(?:路|街|道|巷|胡同|弄)\d{1,5}(?:号|弄)(?:[\u4e00-\u9fff]{0,6}?\d{1,4}(?:栋|幢|座|楼|层|室|单元|号)){0,4}"
)
_NAME_ZH = 24
"""Han characters before the street's number that are taken for the street, district and town."""
_NOT_NAME = frozenset("在住到于址是为，。：；、")


def find_addresses(text: str) -> Iterator[Hit]:
    """Number and street, flat, post box, UK postcode; in Chinese the street's number with what leads to it."""
    if not _DIGIT.search(text):
        return
    for pattern in (_STREET, _UNIT, _UK_POSTCODE):
        for match in pattern.finditer(text):
            yield Hit("address", *match.span(), Severity.LOW)
    for match in _NUMBER_ZH.finditer(text):
        start = match.start()
        while start > max(0, match.start() - _NAME_ZH) and _names(text[start - 1]):
            start -= 1
        yield Hit("address", start, match.end(), Severity.LOW)


_DIGIT = re.compile(r"\d")


def _names(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" and char not in _NOT_NAME
