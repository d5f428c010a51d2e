"""Amounts of money and measured quantities, with number and unit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from aigc_text.facts.normalise import fold, tokens
from aigc_text.facts.quantities import CURRENCIES, UNITS, plain

_TIMES = {
    "thousand": 10**3,
    "k": 10**3,
    "million": 10**6,
    "mn": 10**6,
    "m": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
}
_MONEY = {
    spelling: (unit, factor)
    for spelling, (unit, factor) in UNITS.items()
    if unit in CURRENCIES and spelling.isascii()
}
_SIGN = r"(?:us\$|hk\$|[£€$¥₩₹]|(?:gbp|usd|eur|cny|rmb|jpy|hkd|krw|inr)(?= ?\d))"
_WORD = "|".join(sorted((s for s in _MONEY if s.isalpha()), key=len, reverse=True))
_LARGE = re.compile(
    rf"(?<![a-z0-9.])(?:(?P<sign>{_SIGN}) ?)?(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,15}}(?:\.\d{{1,9}})?)"
    rf"(?: (?P<word>thousand|million|billion|trillion|bn|mn)|(?P<letter>k|mn?|bn))(?![a-z0-9])(?: (?P<unit>{_WORD})(?![a-z]))?"
)


def find_amounts(text: str, check: Callable[[], None] = lambda: None) -> Iterator[tuple[int, int, str]]:
    """Start, end and ``number unit`` (both ends of a range with ``~``), such as ``3500000 usd``, ``15 %``.

    Units are those of `aigc_text.facts.quantities`, reduced to one of a kind: grams, millimetres, seconds, dollars.
    Bare numbers are no amounts. They may overlap: what comes first is longer.
    """
    folded, origin = fold(text)
    for match in _LARGE.finditer(folded):
        spelling = match["sign"] or match["unit"]
        if spelling is None or (match["letter"] and match["sign"] is None):
            continue
        unit, factor = _MONEY.get(spelling, ("", Decimal(1)))
        number = Decimal(match["number"].replace(",", "")) * _TIMES[match["word"] or match["letter"]] * factor
        start, end = match.span()
        yield origin[start], origin[end - 1] + 1, f"{plain(number)} {unit}"
    check()
    for token in tokens(text):
        quantity = token.quantity
        if quantity is not None and quantity.unit:
            yield token.start, token.end, f"{'~'.join(quantity.values)} {quantity.unit}"
