"""Chinese identity card numbers (GB 11643-1999) and licence plates (GA 36-2018)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from aigc_text.moderators.privacy.hits import Hit

_ID_CARD = re.compile(
    r"(?<![0-9A-Za-z])([1-9]\d{5})([ -]?)((?:18|19|20)\d{6})\2(\d{3}[0-9Xx])(?![0-9A-Za-z])"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)


def check_character(body: str) -> str:
    """The 18th character for the first 17 digits: ISO 7064 MOD 11-2."""
    return _CHECKS[sum(w * int(d) for w, d in zip(_WEIGHTS, body, strict=True)) % 11]


def find_id_cards(text: str) -> Iterator[Hit]:
    """Numbers with a province, a possible date of birth and the right check character."""
    for match in _ID_CARD.finditer(text):
        area, _, born, tail = match.groups()
        if area[:2] in _PROVINCES and _is_date(born):
            number = area + born + tail.upper()
            if check_character(number[:17]) == number[17]:
                yield Hit("cn_id_card", *match.span())


def _is_date(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


# I and O are not issued. Six characters: new-energy vehicles, whose D or F stands first or last.
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·• -]?"
    r"(?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]|[DF][A-HJ-NP-Z0-9]\d{4}|\d{5}[DF])(?![A-Za-z0-9])"
)


def find_cn_plates(text: str) -> Iterator[Hit]:
    """Plates with their province's character; at least two digits, or a product name might be one."""
    for match in _PLATE.finditer(text):
        if sum(c.isdigit() for c in match.group()) >= 2:
            yield Hit("licence_plate", *match.span())
