"""Language by script: enough to route a text to detectors, and cautious where it cannot tell."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import Literal

Language = Literal["en", "zh", "und", "zxx"]

_NAME = 8
_PASSAGE = 400
"""Letters of other scripts that are a name or a symbol in any text, and a passage of their own in the longest one."""


_ASCII_LETTER = re.compile("[A-Za-z]")


@lru_cache(maxsize=8192)
def _script(char: str) -> str:
    """The script a letter counts for; empty for what is no letter."""
    code = ord(char)
    if unicodedata.category(char)[0] != "L":
        return ""
    if code < 0x250 or 0x1E00 <= code < 0x1F00 or 0xFF21 <= code <= 0xFF5A:
        return "latin"
    if (
        0x4E00 <= code < 0xA000
        or 0x3400 <= code < 0x4DC0
        or 0x20000 <= code < 0x32000
        or 0xF900 <= code < 0xFB00
    ):
        return "han"
    return "other"


def detect_language(text: str) -> Language:
    """``zh`` where Han characters carry the text, ``en`` where Latin letters do.

    ``und`` (undetermined) for other scripts, kana and hangul included, be it a passage in the middle of a long text,
    and ``zxx`` (nothing linguistic) for text without letters. Latin text is taken as English: the script cannot tell
    French from English, so a host that serves other Latin-script languages should state ``Text.language``.
    """
    if text.isascii():
        return "en" if _ASCII_LETTER.search(text) else "zxx"
    counts = {"latin": 0, "han": 0, "other": 0, "": 0}
    for char, times in Counter(text).items():
        counts[_script(char)] += times
    latin, han, other = counts["latin"], counts["han"], counts["other"]
    letters = latin + han + other
    if letters == 0:
        return "zxx"
    if other > 0.15 * letters or (han and other and other >= 0.2 * (han + other)):
        return "und"
    # Nobody has read a sentence of a third language inside an English or Chinese text; a name or an alpha is none.
    if other > min(max(_NAME, 0.05 * letters), _PASSAGE):
        return "und"
    # A Han character carries about as much as two to three Latin letters.
    return "zh" if 2.5 * han >= latin and han else "en"


_HAN_RUN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]{2}")
_LATIN_RUN = re.compile("[A-Za-z\u00c0-\u024f\uff21-\uff3a\uff41-\uff5a]{3}")


def languages_in(text: str) -> frozenset[str]:
    """The languages a text holds something of: ``zh`` from two Han characters on, ``en`` from three letters.

    Looks at the whole text, so that a word in the middle of a long one counts too.
    """
    found = set()
    if _HAN_RUN.search(text):
        found.add("zh")
    if _LATIN_RUN.search(text):
        found.add("en")
    return frozenset(found)


def effective_language(text: str, stated: str | None) -> str:
    """The language to screen a text in: the one stated, unless its script says otherwise.

    A wrong statement must not lead past the detectors: Chinese text stated as English is Chinese, and text in
    another script is undetermined whatever ``en``, ``zh``, ``und`` or ``zxx`` say. Statements about languages
    that this module cannot tell (French, Japanese) are believed.
    """
    if stated is not None and stated not in ("en", "zh", "und", "zxx"):
        return stated
    found = detect_language(text)
    if stated in ("en", "zh") and found == "zxx":
        return stated
    # Chinese copy full of Latin brand names is still Chinese.
    return "zh" if stated == "zh" and found == "en" and "zh" in languages_in(text) else found
