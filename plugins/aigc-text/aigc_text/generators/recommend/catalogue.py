"""Products: read from the inputs or a file, as facts with a price and a stock."""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, Final

from aigc_sdk.errors import AigcError, BadInputError, InputTooLargeError
from aigc_text.facts.inputs import Brief, Fact, read_brief
from aigc_text.facts.labels import slug
from aigc_text.facts.normalise import fold
from aigc_text.facts.quantities import CURRENCIES, QUANTITY, Quantity, compatible, parse
from aigc_text.generators.recommend.words import terms

MAX_ITEMS: Final = 10_000
MAX_BYTES: Final = 64 << 20
_KEPT_FILES: Final = 4
_QUANTITY: Final = re.compile(QUANTITY)
_ID: Final = frozenset({"id", "sku", "编号", "货号"})
_STOCK: Final = frozenset({"stock", "in_stock", "available", "availability", "库存", "有货"})
_SOLD_OUT: Final = frozenset(
    {"0", "no", "false", "否", "无", "sold out", "out of stock", "unavailable", "售罄", "缺货", "无货"}
)


@dataclass(frozen=True)
class Product:
    """One product.

    Attributes:
        id: As the catalogue names it, else its place (``"1"`` is the first).
        brief: Its attributes without id and stock; what copy may say of it.
        price: Number and currency (``unit`` empty where none is stated), or None.
        in_stock: False where the catalogue says so.
    """

    id: str
    brief: Brief
    price: Quantity | None
    in_stock: bool

    @property
    def name(self) -> str:
        """What it is called."""
        fact = self.brief.fact("name") or self.brief.facts[0]
        return fact.values[0] if fact.values else fact.key

    @cached_property
    def told(self) -> tuple[Fact, ...]:
        """The facts it is compared by: all but its price."""
        return tuple(fact for fact in self.brief.facts if fact.canonical != "price" and fact.values)

    @cached_property
    def text(self) -> str:
        """Those facts as text."""
        return "; ".join(value for fact in self.told for value in fact.values)

    @cached_property
    def terms(self) -> frozenset[str]:
        """Their terms."""
        return frozenset(terms(self.text))


def read_products(items: Iterable[Any]) -> tuple[Product, ...]:
    """Products from maps of attributes.

    Raises:
        BadInputError: One is no map, says nothing, or two have the same id.
        InputTooLargeError: There are too many, or one is too large.
    """
    products: list[Product] = []
    seen: set[str] = set()
    for number, item in enumerate(items, 1):
        if number > MAX_ITEMS:
            raise InputTooLargeError(
                f"The catalogue has over {MAX_ITEMS:,} products.", hint="Choose a part of it."
            )
        if not isinstance(item, Mapping):
            raise BadInputError(f"Product {number} of the catalogue is no map of attributes.")
        try:
            product = _product(item, number)
        except AigcError as error:
            raise type(error)(
                f"Product {number} of the catalogue: {error.message}", hint=error.hint
            ) from None
        if product.id in seen:
            raise BadInputError(f"Product {number} of the catalogue has the id of another: {product.id!r}.")
        seen.add(product.id)
        products.append(product)
    if not products:
        raise BadInputError("The catalogue is empty.")
    return tuple(products)


def _product(item: Mapping[str, Any], number: int) -> Product:
    named = {str(key): value for key, value in item.items() if value is not None}
    own = next((str(value) for key, value in named.items() if slug(key) in _ID), str(number))
    stock = next((value for key, value in named.items() if slug(key) in _STOCK), True)
    sold_out = str(stock).strip().lower() in _SOLD_OUT or (
        isinstance(stock, int | float) and not isinstance(stock, bool) and stock <= 0
    )
    brief = read_brief({k: v for k, v in named.items() if slug(k) not in _ID | _STOCK})
    price = brief.fact("price")
    return Product(
        own, brief, amount(price.values[0]) if price is not None and price.values else None, not sold_out
    )


def amount(text: str) -> Quantity | None:
    """The first number in a text with its currency, if it states one."""
    match = _QUANTITY.search(fold(text)[0])
    found = parse(match.group()) if match is not None else None
    return found if found is not None and (not found.unit or found.unit in CURRENCIES) else None


def affordable(price: Quantity, most: Quantity) -> bool:
    """True if a price is within a limit. Two stated currencies that differ cannot be compared: then it is not."""
    if price.unit and most.unit and not compatible(price.unit, most.unit):
        return False
    return Decimal(price.values[0]) <= Decimal(most.values[-1])


_files: OrderedDict[tuple[str, int, int], tuple[Product, ...]] = OrderedDict()
_lock = Lock()


def open_catalogue(path: str) -> tuple[Product, ...]:
    """The products of a JSON Lines file, read anew when it changed.

    Raises:
        BadInputError: It is no such file, or a line of it cannot be used.
        InputTooLargeError: It is too large.
    """
    file = Path(path)
    if file.suffix.lower() != ".jsonl":
        raise BadInputError(
            f"The catalogue {file.name!a} is no .jsonl file.", hint="Write one JSON object a line."
        )
    try:
        status = file.stat()
        key = (str(file.absolute()), status.st_mtime_ns, status.st_size)
        with _lock:
            if key in _files:
                _files.move_to_end(key)
                return _files[key]
        if status.st_size > MAX_BYTES:
            raise InputTooLargeError(f"The catalogue {file.name!a} has over {MAX_BYTES:,} bytes.")
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(f"The catalogue {file.name!a} cannot be read: {type(error).__name__}.") from None
    products = read_products(_objects(lines, file.name))
    with _lock:
        _files[key] = products
        while len(_files) > _KEPT_FILES:
            _files.popitem(last=False)
    return products


def _objects(lines: Iterable[str], name: str) -> Iterable[Any]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield json.loads(line)
        except (ValueError, RecursionError):
            raise BadInputError(f"Line {number} of the catalogue {name!a} is not valid JSON.") from None
