"""Bank cards (ISO/IEC 7812: Luhn digit, issuer ranges, lengths) and IBAN (ISO 13616, mod 97)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aigc_text.moderators.privacy.hits import Hit, denied, speaks

_START = re.compile(r"(?<![\w.+-])(?=\d{4})", re.ASCII)
_END = r"(?![\w]|[.-]\d)"
_FORMS = tuple(
    re.compile(form + _END, re.ASCII)
    for form in (
        r"\d{12,19}",
        r"\d{4}([ -])\d{4}\1\d{4}\1\d{4}\1\d{1,3}",
        r"\d{4}([ -])\d{4}\1\d{4}\1\d{1,4}",
        r"\d{4}([ -])\d{6}\1\d{4,5}",
    )
)
"""Ways to write a card, longest grouping first."""

_CARD_WORDS = re.compile(
    r"card|credit|debit|visa|master|amex|maestro|\bcc\b|\bpan\b|卡", re.IGNORECASE | re.ASCII
)
_SURE_LENGTHS = range(15, 20)
"""Shorter numbers are often time stamps and article numbers: those need a word for cards before them."""

# (first, last, digits compared, lengths)
_ISSUERS = (
    (4, 4, 1, (13, 16, 19)),  # Visa
    (51, 55, 2, (16,)),  # Mastercard
    (2221, 2720, 4, (16,)),
    (34, 34, 2, (15,)),  # American Express
    (37, 37, 2, (15,)),
    (62, 62, 2, (16, 17, 18, 19)),  # UnionPay
    (6011, 6011, 4, (16, 19)),  # Discover
    (644, 659, 3, (16, 19)),
    (3528, 3589, 4, (16, 17, 18, 19)),  # JCB
    (2131, 2131, 4, (15,)),
    (1800, 1800, 4, (15,)),
    (300, 305, 3, (14, 16)),  # Diners Club
    (36, 36, 2, (14,)),
    (38, 39, 2, (14, 16)),
    (50, 50, 2, tuple(range(12, 20))),  # Maestro
    (56, 58, 2, tuple(range(12, 20))),
    (60, 60, 2, (16, 19)),  # RuPay, Discover
    (63, 63, 2, tuple(range(12, 20))),
    (67, 69, 2, tuple(range(12, 20))),
    (2200, 2204, 4, (16, 17, 18, 19)),  # Mir
)


def luhn(digits: str) -> bool:
    """Does the last digit check the others (ISO/IEC 7812-1, annex B)?"""
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = ord(char) - 48
        if place % 2:
            value = value * 2 - 9 if value > 4 else value * 2
        total += value
    return total % 10 == 0


def issued(digits: str) -> bool:
    """Does some card scheme issue numbers that begin so and are so long?"""
    return any(
        first <= int(digits[:n]) <= last and len(digits) in sizes for first, last, n, sizes in _ISSUERS
    )


def find_cards(text: str) -> Iterator[Hit]:
    """Numbers whose Luhn digit holds, of a scheme's range and length or after a word for cards.

    Shorter ones than 15 digits only after such a word.
    """
    reach = 0
    for start in (found.start() for found in _START.finditer(text)):
        # A year or a price may stand before the card: each group of digits may be its first.
        if start < reach:
            continue
        for form in _FORMS:
            match = form.match(text, start)
            if match is not None and _is_card(text, start, match.group()):
                reach = match.end()
                yield Hit("bank_card", start, reach)
                break


def _is_card(text: str, start: int, written: str) -> bool:
    digits = written.replace(" ", "").replace("-", "")
    if len(set(digits)) < 2 or not luhn(digits):
        return False
    if speaks(text, start, _CARD_WORDS):
        return True
    return len(digits) in _SURE_LENGTHS and issued(digits) and not denied(text, start)


_IBAN_HEAD = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?=[ -]?[A-Za-z0-9])")
_IBAN_SIZES = {
    country: int(size)
    for country, size in (
        pair.split(":")
        for pair in [
            "AD:24",
            "AE:23",
            "AL:28",
            "AT:20",
            "AZ:28",
            "BA:20",
            "BE:16",
            "BG:22",
            "BH:22",
            "BI:27",
            "BR:29",
            "BY:28",
            "CH:21",
            "CR:22",
            "CY:28",
            "CZ:24",
            "DE:22",
            "DJ:27",
            "DK:18",
            "DO:28",
            "EE:20",
            "EG:29",
            "ES:24",
            "FI:18",
            "FK:18",
            "FO:18",
            "FR:27",
            "GB:22",
            "GE:22",
            "GI:23",
            "GL:18",
            "GR:27",
            "GT:28",
            "HR:21",
            "HU:28",
            "IE:22",
            "IL:23",
            "IQ:23",
            "IS:26",
            "IT:27",
            "JO:30",
            "KW:30",
            "KZ:20",
            "LB:28",
            "LC:32",
            "LI:21",
            "LT:20",
            "LU:20",
            "LV:21",
            "LY:25",
            "MC:27",
            "MD:24",
            "ME:22",
            "MK:19",
            "MN:20",
            "MR:27",
            "MT:31",
            "MU:30",
            "NI:28",
            "NL:18",
            "NO:15",
            "OM:23",
            "PK:24",
            "PL:28",
            "PS:29",
            "PT:25",
            "QA:29",
            "RO:24",
            "RS:22",
            "RU:33",
            "SA:24",
            "SC:31",
            "SD:18",
            "SE:24",
            "SI:19",
            "SK:24",
            "SM:27",
            "SO:23",
            "ST:25",
            "SV:28",
            "TL:23",
            "TN:24",
            "TR:26",
            "UA:29",
            "VA:22",
            "VG:24",
            "XK:20",
        ]
    )
}
"""Length by country, from the SWIFT registry of IBAN formats."""


def find_ibans(text: str) -> Iterator[Hit]:
    """Account numbers of their country's length whose check digits hold, in one piece or in groups."""
    for match in _IBAN_HEAD.finditer(text):
        size = _IBAN_SIZES.get(match.group()[:2].upper())
        end = _walk(text, match.start(), size) if size else None
        if end is not None and _mod97(text[match.start() : end]):
            yield Hit("iban", match.start(), end)


def _walk(text: str, position: int, size: int) -> int | None:
    """End of ``size`` letters and digits from ``position``, at most one blank or hyphen between two."""
    taken, gap = 0, False
    while position < len(text):
        char = text[position]
        if char.isascii() and char.isalnum():
            taken, gap = taken + 1, False
        elif char in " -" and not gap:
            gap = True
        else:
            return None
        position += 1
        if taken == size:
            ended = position == len(text) or not (text[position].isascii() and text[position].isalnum())
            return position if ended else None
    return None


def _mod97(written: str) -> bool:
    compact = "".join(c for c in written if c.isalnum())
    return int("".join(str(int(c, 36)) for c in compact[4:] + compact[:4])) % 97 == 1
