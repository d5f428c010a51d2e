"""Synonyms from WordNet (Fellbaum, 1998) through NLTK, where the user has both."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from aigc_sdk.errors import MissingDependencyError
from aigc_text.generators.augment.inflection import adjective_forms, noun_forms, verb_forms

_FORMS: Final[dict[str, Callable[[str], tuple[str, ...]]]] = {
    "v": verb_forms,
    "n": noun_forms,
    "a": adjective_forms,
    "s": adjective_forms,
    "r": lambda word: (word,),
}
_PLAIN: Final = re.compile(r"[a-z]{3,}")


def open_wordnet() -> Any:
    """NLTK's reader of WordNet.

    Raises:
        MissingDependencyError: Without NLTK (extra ``nltk``), or without its data.
    """
    try:
        from nltk.corpus import wordnet
    except ImportError:
        raise MissingDependencyError(
            "Synonyms from WordNet need NLTK.",
            hint="pip install 'aigc-sdk-text[nltk]', or synonyms='builtin'.",
        ) from None
    try:
        wordnet.ensure_loaded()
    except LookupError:
        raise MissingDependencyError(
            "NLTK is here, but not its WordNet data.",
            hint="python -m nltk.downloader wordnet, or synonyms='builtin'.",
        ) from None
    return wordnet


class WordNetLexicon:
    """Lemmas of a word's commonest sense, in the form the word has.

    Only words whose senses are all of one part of speech are looked up: with *book* one would have to know whether it is a
    noun. Words of several parts and names are left out.

    Args:
        reader: What `open_wordnet` returns.
    """

    def __init__(self, reader: Any) -> None:
        self._reader = reader

    def alternatives(self, word: str, before: tuple[str, ...] = ()) -> tuple[str, ...]:
        """See `aigc_text.generators.augment.synonyms.Lexicon`."""
        if not _PLAIN.fullmatch(word):
            return ()
        senses = self._reader.synsets(word)
        if not senses or len({sense.pos().replace("s", "a") for sense in senses}) > 1:
            return ()
        inflect = _FORMS[senses[0].pos()]
        lemmas = [str(name) for name in senses[0].lemma_names()]
        place = next((inflect(lemma).index(word) for lemma in lemmas if word in inflect(lemma)), None)
        if place is None:
            return ()
        made = [
            inflect(lemma)[place]
            for lemma in lemmas
            if _PLAIN.fullmatch(lemma) and word not in inflect(lemma) and len(inflect(lemma)) > place
        ]
        return tuple(dict.fromkeys(made))
