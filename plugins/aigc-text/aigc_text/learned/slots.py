"""Which facts a text states: the aligner that cleans training pairs and filters candidates.

Patterns are tried in the schema's order and what one matched is hidden from the next, so that "not family
friendly" is never also read as "family friendly" (the order carries the negation).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from aigc_text.learned.restaurant import EXTRA, UNCLEAR
from aigc_text.learned.schema import Schema, Slot, has_article

_SPACED = r"[^\W\u3040-\u30ff\u3400-\u9fff]"


@dataclass(frozen=True)
class Fact:
    """A slot with the value that is missing from a text or was invented by it."""

    slot: str
    value: str


def fold(text: str) -> str:
    """Lower case without accents, of the *same length* as `text`, so that positions carry over."""
    folded = []
    for char in text:
        base = unicodedata.normalize("NFD", char)[0].lower()
        folded.append(base if len(base) == 1 else char)
    return "".join(folded).replace("’", "'").replace("‘", "'")


def value_pattern(value: str) -> str:
    """A regular expression for `value` in folded text: flexible spaces and hyphens, whole words."""
    words = [re.escape(word) for word in re.split(r"[\s\-]+", fold(value)) if word]
    body = r"[\s\-]+".join(words)
    # Chinese and Japanese write no spaces, so there a word may begin and end anywhere.
    left = r"(?<!\w)" if words and re.match(_SPACED, words[0]) else ""
    right = r"(?!\w)" if words and re.search(rf"{_SPACED}$", words[-1]) else ""
    return left + body + right


def delexicalise(text: str, facts: Mapping[str, str], schema: Schema) -> str:
    """Replace the values of open slots by their placeholders.

    Longer values go first. A value that brings its article also matches without it or with a lower-case one.
    """
    open_slots = [slot for slot in schema.open_slots if facts.get(slot.name)]
    for slot in sorted(open_slots, key=lambda slot: -len(facts[slot.name])):
        text = _replace(text, facts[slot.name], slot)
    return text


def _replace(text: str, value: str, slot: Slot) -> str:
    pattern = value_pattern(value)
    if has_article(value):
        pattern = rf"(?:{pattern}|{value_pattern(value[4:])})"
    pieces, last = [], 0
    for match in re.finditer(pattern, fold(text)):
        pieces += [text[last : match.start()], slot.placeholder]
        last = match.end()
    return "".join([*pieces, text[last:]])


def stated(template: str, schema: Schema) -> dict[str, set[str]]:
    """The facts that a delexicalised text states, by slot.

    The set holds values of the schema and, where the wording is unclear or says more than any value,
    ``"?"`` or ``"!"``. Open slots hold their placeholder.
    """
    text = re.sub(r"\s+", " ", fold(template)).replace("£ ", "£")
    found: dict[str, set[str]] = defaultdict(set)
    for slot in schema.open_slots:
        placeholder = slot.placeholder.lower()
        if placeholder in text:
            found[slot.name].add(slot.placeholder)
            text = text.replace(placeholder, " ∎ ")
    for name, value, pattern in schema.compiled:
        if value == UNCLEAR and found.get(name):
            continue
        text, count = pattern.subn(" ∎ ", text)
        if count:
            found[name].add(value)
    return dict(found)


def check(text: str, facts: Mapping[str, str], schema: Schema) -> tuple[list[Fact], list[Fact]]:
    """The facts of `facts` that `text` lacks and the facts that it states beyond them.

    Args:
        text: a finished text, values in place.
        facts: normalised facts by slot name.
        schema: the domain.

    Returns:
        (missing, invented), both empty for a faithful text.
    """
    return check_template(delexicalise(text, facts, schema), facts, schema)


def check_template(template: str, facts: Mapping[str, str], schema: Schema) -> tuple[list[Fact], list[Fact]]:
    """The same for a template with placeholders. Slots without patterns cannot be checked and are left out."""
    found = stated(template, schema)
    missing, invented = [], []
    for slot in schema.slots:
        if slot.name not in schema.checked:
            continue
        given = facts.get(slot.name)
        expected = slot.placeholder if given and slot.kind == "open" else given
        values = found.get(slot.name, set())
        if given and expected not in values:
            missing.append(Fact(slot.name, given))
        invented += [Fact(slot.name, value) for value in sorted(values) if value != expected]
    return missing, invented


def realign(template: str, facts: Mapping[str, str], schema: Schema) -> dict[str, str] | None:
    """The facts that a training text really states, or None where that cannot be said.

    Crowd-written references drop, change and add facts; a model trained on the facts as given learns to do
    the same. See Dušek, Howcroft and Rieser, "Semantic noise matters for neural NLG", INLG 2019.

    Args:
        template: the delexicalised reference.
        facts: the facts that came with it.
        schema: the domain.
    """
    found = stated(template, schema)
    true: dict[str, str] = {}
    for slot in schema.slots:
        if slot.name not in schema.checked:
            if slot.name in facts:
                true[slot.name] = facts[slot.name]
            continue
        values = found.get(slot.name, set())
        if values & {UNCLEAR, EXTRA} or len(values) > 1:
            return None
        if slot.kind == "open":
            given = facts.get(slot.name)
            count = template.count(slot.placeholder)
            if count > (2 if slot.required else 1) or (slot.required and not count):
                return None
            if given and not count and _leftover(template, given):
                return None
            if given and count:
                true[slot.name] = given
        elif values:
            true[slot.name] = next(iter(values))
    return true


def _leftover(template: str, value: str) -> bool:
    """Whether a telling word of an open value is in the text although the value as a whole is not."""
    words = {word for word in re.findall(r"\w+", fold(value)) if len(word) > 3}
    text = fold(template)
    return any(re.search(rf"\b{re.escape(word[:5])}", text) for word in words)
