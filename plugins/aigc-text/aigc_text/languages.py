"""Which language a text or a request is in, as far as this plugin needs to know: English or Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable

from aigc_sdk.errors import UnsupportedLanguageError

SUPPORTED = ("en", "zh")

# Han characters and the full-width punctuation that only Chinese (or Japanese) typesetting uses.
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_HAN = re.compile(f"[{HAN}]")
_LETTER = re.compile(r"[^\W\d_]")


def primary(tag: str) -> str:
    """The primary subtag of a BCP 47 tag, lower case: ``"zh-Hans-CN"`` → ``"zh"``."""
    return re.split(r"[-_]", tag.strip(), maxsplit=1)[0].lower()


def detect(texts: Iterable[str]) -> str:
    """``"zh"`` where at least a fifth of the letters are Han characters, else ``"en"``.

    A Chinese brief is full of Latin product names, an English one hardly ever holds Chinese; hence a fifth.
    """
    joined = " ".join(texts)
    letters = len(_LETTER.findall(joined))
    return "zh" if letters and len(_HAN.findall(joined)) >= letters / 5 else "en"


def resolve(tag: str | None, texts: Iterable[str], doing: str = "Marketing copy is written") -> str:
    """The language to write in: the one asked for, else the one the inputs are in.

    Args:
        tag: What was asked for, as a BCP 47 tag.
        texts: What is looked at where nothing was.
        doing: Begins the error's sentence.

    Raises:
        UnsupportedLanguageError: If the tag asks for something else than English or Chinese.
    """
    if tag is None:
        return detect(texts)
    language = primary(tag)
    if language not in SUPPORTED:
        raise UnsupportedLanguageError(
            f"{doing} in English and Chinese; {tag!r} was asked for.",
            hint="Use language 'en' or 'zh'.",
        )
    return language
