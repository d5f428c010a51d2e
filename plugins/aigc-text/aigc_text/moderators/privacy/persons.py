"""Names of people, as `names` finds them. Always of low severity: a name alone says little, and many are public."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aigc_sdk.taxonomy import Severity
from aigc_text.moderators.names.han import find_han_names
from aigc_text.moderators.names.latin import find_latin_names
from aigc_text.moderators.names.table import name_table
from aigc_text.moderators.privacy.hits import Hit

_HAN = re.compile("[\u4e00-\u9fff]{2}")


def find_persons(text: str) -> Iterator[Hit]:
    """People named in Latin script, then in Chinese characters."""
    table = name_table()
    for start, end in find_latin_names(text, table):
        yield Hit("person", start, end, Severity.LOW)
    if not text.isascii() and _HAN.search(text):
        for start, end in find_han_names(text, table):
            yield Hit("person", start, end, Severity.LOW)
