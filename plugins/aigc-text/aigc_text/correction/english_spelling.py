"""English words that no dictionary knows, and what they were meant to be.

Candidates are ranked as a noisy channel does (Kernighan, Church and Gale, "A spelling correction program based on a
noisy channel model", COLING 1990): how common the word is, how it goes with its neighbours, and how likely the slip
is that leads from it to what stands there.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from aigc_sdk.verdict import Explanation
from aigc_text.correction.correction import Correction
from aigc_text.correction.english_words import edits, frequencies, near, pairs
from aigc_text.correction.protected import Protected

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_END = re.compile(r"[.!?:\n。！？\"“”]\W*$")

# Slips whose intended word is plain whatever frequencies say.
_KNOWN_SLIPS = {
    "alot": "a lot", "teh": "the", "im": "I'm", "ive": "I've", "dont": "don't", "doesnt": "doesn't", "didnt": "didn't",
    "isnt": "isn't", "wasnt": "wasn't", "arent": "aren't", "werent": "weren't", "couldnt": "couldn't",
    "wouldnt": "wouldn't", "shouldnt": "shouldn't", "havent": "haven't", "hasnt": "hasn't", "hadnt": "hadn't",
    "youre": "you're", "theyre": "they're", "weve": "we've", "youve": "you've", "theyve": "they've", "thats": "that's",
    "whats": "what's", "theres": "there's", "cant": "can't", "adn": "and", "taht": "that", "wich": "which",
    "becuase": "because", "becouse": "because", "definately": "definitely", "seperate": "separate", "untill": "until",
    "noone": "no one", "aswell": "as well", "infact": "in fact", "eachother": "each other", "inspite": "in spite",
    "atleast": "at least", "thier": "their", "truely": "truly", "arguement": "argument",
}  # fmt: skip

_AFFIXES = (
    "un",
    "re",
    "non",
    "pre",
    "anti",
    "multi",
    "over",
    "under",
    "super",
    "eco",
    "micro",
    "mini",
    "semi",
    "co",
)
_ENDINGS = ("less", "ness", "like", "wise", "free", "proof", "able", "ish", "ly")
_VOWELS = frozenset("aeiouy")
_FUNCTION = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "on",
        "at",
        "and",
        "or",
        "is",
        "it",
        "as",
        "by",
        "be",
        "we",
        "he",
        "me",
        "my",
        "no",
        "so",
        "do",
        "go",
        "us",
        "if",
        "up",
        "am",
        "for",
        "are",
        "was",
        "you",
        "with",
        "this",
        "that",
        "from",
        "not",
        "but",
        "had",
        "has",
        "have",
        "his",
        "her",
        "our",
        "out",
        "all",
        "can",
        "will",
    ]
)
# log10 units: how much rarer a second edit, a lost first letter or a split is than a plain slip.
_SECOND_EDIT, _FIRST_LETTER, _SPLIT, _PAIR = 3.0, 1.2, 2.0, 0.5
_NAME_BELOW = 0.5
_MOST_SEARCHED = 300
"""Unknown words of a text that get candidates; each takes milliseconds, and beyond that the text is not English."""


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    opens: bool
    """It begins a sentence."""


def spelling(text: str, guard: Protected) -> list[Correction]:
    """Unknown words, each with its likeliest corrections."""
    known = frequencies()
    tokens = list(_tokens(text))
    capitals = {t.text for t in tokens if t.text[0].isupper() and not t.opens}
    found: list[Correction] = []
    for index, token in enumerate(tokens):
        if not _judged(token, guard, capitals, known):
            continue
        before = tokens[index - 1].text.lower() if index and not token.opens else ""
        after = tokens[index + 1].text.lower() if index + 1 < len(tokens) else ""
        correction = _correct(token, before, after, search=len(found) < _MOST_SEARCHED)
        # A capital without a good candidate is a name that happens to open the sentence.
        if token.text[0].islower() or correction.confidence >= _NAME_BELOW:
            found.append(correction)
    return found


def unknown_share(text: str) -> float:
    """Share of the words, names aside, that the English dictionary lacks: high for text in another language."""
    known = frequencies()
    words = [t.text for t in _tokens(text) if len(t.text) > 1 and (t.opens or t.text[0].islower())]
    return sum(not _in_dictionary(w.lower().replace("’", "'"), known) for w in words) / max(1, len(words))


def _tokens(text: str) -> Iterator[_Token]:
    last = 0
    for match in _WORD.finditer(text):
        gap = text[last : match.start()]
        opens = last == 0 or bool(_END.search(gap))
        yield _Token(match[0], match.start(), match.end(), opens)
        last = match.end()


def _judged(token: _Token, guard: Protected, capitals: set[str], known: dict[str, int]) -> bool:
    """True if the word is one to judge and is not known."""
    word = token.text
    if len(word) < 3 and word.lower() not in _KNOWN_SLIPS:
        return False
    # Names, abbreviations, brands, loan words with accents: no dictionary could say.
    if not word.isascii() and not word.replace("’", "'").isascii():
        return False
    if word[1:] != word[1:].lower() or (word[0].isupper() and (not token.opens or word in capitals)):
        return False
    plain = word.lower().replace("’", "'")
    if plain not in _KNOWN_SLIPS and _in_dictionary(plain, known):
        return False
    if _stretched(plain):
        return False
    return (
        not guard.knows(word) and not guard.covers(token.start, token.end) and not _beside_digit(token, guard)
    )


def _beside_digit(token: _Token, guard: Protected) -> bool:
    around = guard.text[max(0, token.start - 1) : token.start] + guard.text[token.end : token.end + 1]
    return any(c.isdigit() or c == "_" for c in around)


@functools.lru_cache(maxsize=20_000)
def _stretched(plain: str) -> bool:
    """``sooo``: meant so."""
    return re.search(r"(.)\1\1", plain) is not None


def _in_dictionary(plain: str, known: dict[str, int]) -> bool:
    if plain in known:
        return True
    for ending in ("'s", "s'", "'"):
        if plain.endswith(ending) and plain.removesuffix(ending) in known:
            return True
    return _derived(plain, known) or _compound(plain, known)


def _derived(plain: str, known: dict[str, int]) -> bool:
    """A productive affix on a known stem: unboxing, hopefulness; never one that respells the stem (stoped, citys)."""
    for prefix in _AFFIXES:
        stem = plain.removeprefix(prefix)
        if stem != plain and len(stem) >= 4 and stem in known:
            return True
    for ending in _ENDINGS:
        stem = plain.removesuffix(ending)
        if stem != plain and len(stem) >= 4 and stem in known and not stem.endswith("y"):
            # "finaly" is no "fina" + "ly", but "completly" without its e would pass as one.
            return not (ending == "ly" and stem + "e" in known)
    stem = plain.removesuffix("s")
    return (
        stem != plain
        and len(stem) >= 4
        and stem in known
        and not (stem[-1] == "y" and stem[-2] not in _VOWELS)
        and not stem.endswith(("s", "x", "z", "ch", "sh"))
    )


def _compound(plain: str, known: dict[str, int]) -> bool:
    """Two common words written as one (skincare, leakproof), neither a function word (inthe)."""
    for cut in range(3, len(plain) - 2):
        first, second = plain[:cut], plain[cut:]
        if (
            first not in _FUNCTION
            and second not in _FUNCTION
            and min(len(first), len(second)) >= 4
            and min(known.get(first, 0), known.get(second, 0)) >= 5_000_000
        ):
            return True
    return False


def _correct(token: _Token, before: str, after: str, *, search: bool) -> Correction:
    plain = token.text.lower().replace("’", "'")
    ranked = _ranked(plain, before, after) if search else []
    best = [_cased(word, token) for word, _ in ranked[:4]]
    confidence = _confidence(plain, ranked, token) if ranked else 0.0
    shown = ", ".join(best) if best else ""
    return Correction(
        span=(token.start, token.end),
        replacement=best[0] if best else None,
        kind="spelling",
        confidence=round(confidence, 3),
        rule="dictionary",
        explanation=Explanation(
            code="spelling.unknown_word",
            en=f"“{token.text}” is in no dictionary" + (f"; perhaps {shown}" if shown else ""),
            zh=f"词典中没有“{token.text}”" + (f"，可能是 {shown}" if shown else ""),
        ),
        alternatives=tuple(best[1:]),
    )


def _ranked(plain: str, before: str, after: str) -> list[tuple[str, float]]:
    """Candidates with their scores (log10), best first."""
    if plain in _KNOWN_SLIPS:
        return [(_KNOWN_SLIPS[plain], 12.0)]
    base = plain.removesuffix("'s")
    candidates = {
        word + plain[len(base) :]: _score(base, word, distance)
        for word, distance in near(base, 1 if len(base) <= 4 else 2)
    }
    for first, second in _splits(base):
        candidates[f"{first} {second}"] = _score_split(first, second)
    for word in candidates:
        first, _, second = word.partition(" ")
        candidates[word] += _PAIR * (_fit(before, first) + _fit(second or first, after))
    return sorted(candidates.items(), key=lambda item: -item[1])


def _score(typed: str, word: str, distance: int) -> float:
    score = math.log10(frequencies()[word] + 1)
    score -= _SECOND_EDIT * (distance - 1)
    if word[0] != typed[0]:
        score -= _FIRST_LETTER
    return score + _likely_slip(typed, word)


def _likely_slip(typed: str, word: str) -> float:
    """Bonus for slips that people make: doubled or lost double letters, swapped neighbours, vowel for vowel."""
    if _undoubled(typed) == _undoubled(word):
        return 1.5
    if sorted(typed) == sorted(word):
        return 1.5
    if _consonants(typed) == _consonants(word):
        return 0.8
    if word.replace("'", "") == typed:
        return 1.5
    return 0.0


def _undoubled(word: str) -> str:
    return re.sub(r"(.)\1", r"\1", word)


def _consonants(word: str) -> str:
    return "".join(c for c in _undoubled(word) if c not in _VOWELS)


def _splits(plain: str) -> Iterator[tuple[str, str]]:
    known = frequencies()
    for cut in range(1, len(plain)):
        first, second = plain[:cut], plain[cut:]
        if (
            known.get(first, 0) >= 1_000_000
            and known.get(second, 0) >= 1_000_000
            and (first, second) in pairs()
        ):
            yield first, second


def _score_split(first: str, second: str) -> float:
    return math.log10(pairs()[first, second] + 1) - _SPLIT + 1


def _fit(first: str, second: str) -> float:
    """How much commoner a pair is than the least that the list of pairs holds (log10), 0 for pairs outside it."""
    count = pairs().get((first, second), 0) if first and second else 0
    return max(0.0, math.log10(count) - 4) if count else 0.0


def _confidence(plain: str, ranked: list[tuple[str, float]], token: _Token) -> float:
    """Share of the best among the candidates, less where the word may be a name or jargon."""
    best = ranked[0][1]
    total = sum(10 ** (score - best) for _, score in ranked)
    distance = edits(plain, ranked[0][0].lower(), 2)
    certain = 1.0 / total
    certain *= 0.97 if distance <= 1 or plain in _KNOWN_SLIPS else 0.75
    if len(plain) <= 3 and plain not in _KNOWN_SLIPS:
        certain *= 0.5
    if token.text[0].isupper() and plain not in _KNOWN_SLIPS:
        certain *= 0.6
    return min(0.99, certain)


def _cased(word: str, token: _Token) -> str:
    return word[0].upper() + word[1:] if token.text[0].isupper() else word
