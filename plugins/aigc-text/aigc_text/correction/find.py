"""`find_errors`: every checker of a text's language, sorted, without overlaps."""

from __future__ import annotations

from collections.abc import Iterable

from aigc_sdk.errors import UnsupportedLanguageError
from aigc_text import languages
from aigc_text.correction.correction import Correction, Kind, apart
from aigc_text.correction.protected import Protected

_CHECKED: dict[str, frozenset[Kind]] = {
    "en": frozenset({"spelling", "grammar", "capital", "punctuation", "spacing"}),
    "zh": frozenset({"grammar", "punctuation", "spacing", "width"}),
}


def checked(language: str) -> frozenset[Kind]:
    """What can be found in a language; empty where nothing can. Chinese has no spelling."""
    return _CHECKED.get(languages.primary(language), frozenset())


def find_errors(
    text: str, language: str, known: Iterable[str] = (), *, kinds: Iterable[Kind] | None = None
) -> list[Correction]:
    """Errors of a text, in its order; no two overlap.

    Never touched: addresses, code, handles, numbers, words with digits, capitals inside (names, brands), capitalised
    words within a sentence, and ``known`` words.

    Args:
        text: The text.
        language: Its BCP 47 tag; ``en`` and ``zh`` are served.
        known: Names, brands and terms that are right whatever the dictionary says, such as a request's values;
            their words count one by one, case aside.
        kinds: Only these kinds; default: all that `checked` lists.

    Raises:
        UnsupportedLanguageError: If the language is neither.
        MissingDependencyError: For English spelling, where ``symspellpy``, which brings the dictionary, is absent.
    """
    primary = languages.primary(language)
    served = checked(primary)
    if not served:
        raise UnsupportedLanguageError(
            f"Errors are looked for in English and Chinese, not in {language!r}.",
            hint="Use language 'en' or 'zh'.",
        )
    wanted = served if kinds is None else served & frozenset(kinds)
    guard = Protected(text, known)
    found: list[Correction] = []
    if primary == "en":
        from aigc_text.correction.english_grammar import grammar
        from aigc_text.correction.english_marks import marks

        if wanted & {"grammar"}:
            found += grammar(text, guard)
        if wanted & {"capital", "punctuation", "spacing"}:
            found += marks(text, guard)
        if "spelling" in wanted:
            from aigc_text.correction.english_spelling import spelling

            found += spelling(text, guard)
    else:
        from aigc_text.correction.chinese import chinese

        found += chinese(text, guard)
    return apart([c for c in found if c.kind in wanted])
