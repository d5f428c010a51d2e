"""Words that may stand for others: the SDK's own lists, and what a source of synonyms must offer."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Final, Protocol

from aigc_text.generators.augment import synonyms_en, synonyms_zh
from aigc_text.generators.augment.inflection import VERB_FORMS, adjective_forms, noun_forms, verb_forms

_BEFORE_PARTICIPLE: Final = frozenset(
    [
        "have",
        "has",
        "had",
        "having",
        "be",
        "been",
        "being",
        "is",
        "are",
        "was",
        "were",
        "am",
        "get",
        "gets",
        "got",
        "i've",
        "you've",
        "we've",
        "they've",
        "it's",
        "he's",
        "she's",
        "that's",
    ]
)
_DEGREE: Final = frozenset({"more", "most", "less", "least"})
_ADVERBS: Final = frozenset(
    {"not", "never", "just", "already", "also", "always", "often", "recently", "been"}
)


class Lexicon(Protocol):
    """A source of synonyms in one language."""

    def alternatives(self, word: str, before: tuple[str, ...] = ()) -> tuple[str, ...]:
        """What may stand for ``word``, lower case, in the same form; empty where nothing is known.

        Args:
            word: The word, lower case.
            before: The words in front of it, lower case, the nearest last.
        """


class EnglishLexicon:
    """`synonyms_en` with all its inflected forms. A form that belongs to two groups means two things, and is left alone."""

    def __init__(self) -> None:
        self._of: dict[str, dict[str, tuple[tuple[str, ...], ...]]] = {}
        groups_of: defaultdict[str, set[int]] = defaultdict(set)
        number = 0
        for block, inflect in (
            (synonyms_en.VERBS, verb_forms),
            (synonyms_en.NOUNS, noun_forms),
            (synonyms_en.ADJECTIVES, adjective_forms),
            (synonyms_en.INVARIANT, lambda word: (word,)),
        ):
            for line in filter(None, block.splitlines()):
                number += 1
                marked = [word.strip() for word in line.split(",")]
                forms = [inflect(word.lstrip(">~")) for word in marked]
                for word, own in zip(marked, forms, strict=True):
                    if word.startswith(">"):
                        continue
                    for place, form in enumerate(own):
                        if " " in form or (word.startswith("~") and place < 2):
                            continue
                        groups_of[form].add(number)
                        others = [f[place] for f in forms if len(f) > place and f[place] != form]
                        self._of.setdefault(form, {})[_role(block, place)] = tuple(others), own
        for form, groups in groups_of.items():
            if len(groups) > 1:
                del self._of[form]

    def alternatives(self, word: str, before: tuple[str, ...] = ()) -> tuple[str, ...]:
        """See `Lexicon`."""
        roles = self._of.get(word)
        if roles is None:
            return ()
        role = next(iter(roles))
        if len(roles) > 1:  # a verb's past, which is its participle too
            near = next((w for w in reversed(before) if w not in _ADVERBS), "")
            role = "participle" if near in _BEFORE_PARTICIPLE else "past"
        others = roles[role][0]
        if role == "adjective" and before and before[-1] in _DEGREE:
            others = tuple(w for w in others if len(adjective_forms(w)) == 1 or " " in adjective_forms(w)[1])
        return tuple(dict.fromkeys(others))


def _role(block: str, place: int) -> str:
    if block is synonyms_en.VERBS:
        return VERB_FORMS[place]
    return "adjective" if block is synonyms_en.ADJECTIVES and place == 0 else "other"


class ChineseLexicon:
    """`synonyms_zh`, and the words by which its own are told apart from their neighbours."""

    def __init__(self) -> None:
        self._of: dict[str, tuple[str, ...]] = {}
        known: set[str] = set(synonyms_zh.TRAPS.split())
        for line in filter(None, synonyms_zh.GROUPS.splitlines()):
            marked = line.split()
            plain = [word.lstrip(">") for word in marked]
            known.update(word for word in plain if len(word) > 1)
            for word in marked:
                if not word.startswith(">"):
                    self._of[word] = tuple(other for other in plain if other != word)
        self.words = frozenset(known)
        self.longest = max(map(len, known))

    def alternatives(self, word: str, before: tuple[str, ...] = ()) -> tuple[str, ...]:
        """See `Lexicon`; what stands before changes nothing."""
        return self._of.get(word, ())


@cache
def english() -> EnglishLexicon:
    """The English lists, read once."""
    return EnglishLexicon()


@cache
def chinese() -> ChineseLexicon:
    """The Chinese lists, read once."""
    return ChineseLexicon()
