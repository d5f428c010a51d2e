"""Inflected forms of English words, by spelling rules and a table of the irregular ones that `synonyms_en` names."""

from __future__ import annotations

import re
from typing import Final

VERB_FORMS: Final = ("base", "third", "past", "participle", "gerund")

_IRREGULAR_VERBS: Final = {
    "begin": ("began", "begun"), "buy": ("bought", "bought"), "build": ("built", "built"), "choose": ("chose", "chosen"),
    "find": ("found", "found"), "forgive": ("forgave", "forgiven"), "forecast": ("forecast", "forecast"), "get": ("got", "got"),
    "give": ("gave", "given"), "hide": ("hid", "hidden"), "hurt": ("hurt", "hurt"), "leave": ("left", "left"),
    "make": ("made", "made"), "meet": ("met", "met"), "oversee": ("oversaw", "overseen"), "put": ("put", "put"),
    "send": ("sent", "sent"), "show": ("showed", "shown"), "speed": ("sped", "sped"), "take": ("took", "taken"),
    "teach": ("taught", "taught"), "tell": ("told", "told"), "understand": ("understood", "understood"),
    "unwind": ("unwound", "unwound"),
}  # fmt: skip
_DOUBLED: Final = frozenset(
    ["occur", "permit", "omit", "transmit", "stop", "plan", "begin", "get", "put", "sum"]
)
_IRREGULAR_PLURALS: Final = {"child": "children", "person": "people", "man": "men", "woman": "women"}
_UNCOUNTABLE: Final = frozenset(
    [
        "bravery",
        "courage",
        "happiness",
        "joy",
        "sadness",
        "sorrow",
        "freedom",
        "liberty",
        "garbage",
        "rubbish",
        "trash",
        "petrol",
        "gasoline",
        "fall",
    ]
)
_UNGRADED: Final = frozenset(
    [
        "wrong",
        "incorrect",
        "ill",
        "entire",
        "whole",
        "sufficient",
        "enough",
        "numerous",
        "many",
        "countless",
        "innumerable",
        "additional",
        "extra",
        "annual",
        "yearly",
        "previous",
        "earlier",
        "upcoming",
        "forthcoming",
        "mandatory",
        "compulsory",
        "obligatory",
        "vacant",
        "empty",
        "huge",
        "vital",
        "crucial",
        "essential",
    ]
)
_UNDOUBLED_ENDINGS: Final = re.compile(r"(?:[wxy]|[aeiou]{2}[a-z]|[^aeiou][^aeiou])$")


def verb_forms(verb: str) -> tuple[str, ...]:
    """Forms in the order of `VERB_FORMS`; of a phrase ("speed up") the first word changes."""
    head, _, rest = verb.partition(" ")
    tail = f" {rest}" if rest else ""
    if head.endswith("y") and head[-2] not in "aeiou":
        third, past = f"{head[:-1]}ies", f"{head[:-1]}ied"
    else:
        third = head + ("es" if re.search(r"(?:s|x|z|ch|sh|o)$", head) else "s")
        past = head + ("d" if head.endswith("e") else "ed")
    gerund = head[:-1] + "ing" if re.search(r"[^eoy]e$", head) else f"{head}ing"
    if head in _DOUBLED:
        past, gerund = f"{head}{head[-1]}ed", f"{head}{head[-1]}ing"
    past, participle = _IRREGULAR_VERBS.get(head, (past, past))
    return tuple(form + tail for form in (head, third, past, participle, gerund))


def noun_forms(noun: str) -> tuple[str, ...]:
    """Singular and plural; the singular alone of what is not counted."""
    if noun in _UNCOUNTABLE:
        return (noun,)
    if noun in _IRREGULAR_PLURALS:
        return noun, _IRREGULAR_PLURALS[noun]
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun, f"{noun[:-1]}ies"
    return noun, noun + ("es" if re.search(r"(?:s|x|z|ch|sh)$", noun) else "s")


def adjective_forms(adjective: str) -> tuple[str, ...]:
    """Plain form, comparative, superlative: by endings for short words, else with *more* and *most*.

    The plain form alone of what has no degrees.
    """
    if adjective in _UNGRADED:
        return (adjective,)
    vowels = len(re.findall(r"[aeiouy]+", adjective.removesuffix("e")))
    short = vowels == 1 or (vowels == 2 and re.search(r"(?:y|[^ai]ble|[^b]le)$", adjective))
    if not short or adjective in ("loyal", "chic") or "-" in adjective or " " in adjective:
        return adjective, f"more {adjective}", f"most {adjective}"
    if adjective.endswith("e"):
        stem = adjective[:-1]
    elif adjective.endswith("y"):
        stem = f"{adjective.removesuffix('ey').removesuffix('y')}i"
    elif vowels == 1 and not _UNDOUBLED_ENDINGS.search(adjective):
        stem = adjective + adjective[-1]
    else:
        stem = adjective
    return adjective, f"{stem}er", f"{stem}est"


def indefinite_article(phrase: str) -> str:
    """*a* or *an* for what follows, by spelling, with the usual exceptions."""
    word = phrase.lower()
    if re.match(r"(?:hour|honest|honou?r|heir)", word):
        return "an"
    if re.match(r"(?:uni(?!n|m)|use|usu|eu|one\b|once\b|ubiq)", word):
        return "a"
    return "an" if word[:1] in "aeiou" else "a"
