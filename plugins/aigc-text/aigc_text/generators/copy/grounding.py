"""Sentences of a language model that say of the product what the inputs do not say.

A sentence is grounded if each of its content words is given (name, category, brand, an attribute's name, interests,
the instruction), stands in a given value stated whole and in its attribute's sense, or is on the list of generic
words (`aigc_text.templates.vocabulary`). One content word too many makes a claim: *a **silent** lamp*.
"""

from __future__ import annotations

import re

from aigc_text.facts.checker import FactChecker
from aigc_text.facts.inputs import Brief, Fact
from aigc_text.facts.labels import wordings
from aigc_text.facts.normalise import stem, tokens
from aigc_text.facts.report import Invented
from aigc_text.facts.senses import in_its_sense, is_adjective_of
from aigc_text.generators.copy.pieces import sentence_spans
from aigc_text.templates.blocks import Blocks
from aigc_text.templates.vocabulary import generic_words, lemmas

_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_HAN_RUN = re.compile("[\u4e00-\u9fff]+")
_FIRST_PERSON = re.compile(r"\b(?:I|I['’]m|I['’]ve|I['’]ll|I['’]d|[Mm]y|me)\b")
_LONGEST = 8
_NUMBERED = re.compile(
    r"\b(?:one|two|three|four|five|six|single|double|couple of|dozen) ([A-Za-z]+)", re.IGNORECASE
)
# Frames that say what kind of attribute follows; without such an attribute the frame is itself a claim.
_FRAMES = (
    (re.compile(r"\bon (?:the|its|their) way\b|\b(?:they|them|their|theirs)\b", re.IGNORECASE), ()),
    (re.compile(r"\b(?:made|crafted|built|woven|knitted)\b", re.IGNORECASE), ("material", "ingredients", "origin")),
    (re.compile(r"\b(?:costs?|priced?|pay)\b", re.IGNORECASE), ("price", "price_range")),
    (re.compile(r"\bweighs?\b", re.IGNORECASE), ("weight",)),
    (re.compile(r"\bcomes? in\b|\bavailable in\b|\bcolou?rs?\b", re.IGNORECASE), ("colour", "flavour", "size", "material", "scent", "style")),
)  # fmt: skip
_FRAME_WORDS = {
    "material": "made crafted fabric material", "ingredients": "made", "origin": "made grown", "price": "cost price priced pay yours",
    "price_range": "cost price priced pay", "weight": "weigh weight", "colour": "available colour color shade", "capacity": "hold capacity",
    "battery_life": "battery run last charge", "power": "power watt draw output deliver", "warranty": "warranty guarantee", "size": "measure size",
    "features": "feature include offer come", "duration": "last minute", "flavour": "flavour flavor taste note", "scent": "scent smell fragrance",
    "rating": "rate rating star customer", "suitable_for": "suitable suit", "food": "serve menu food dish", "quantity": "pack set contain",
}  # fmt: skip


class Grounding:
    """Finds ungrounded sentences; make it once for a brief."""

    def __init__(self, brief: Brief, language: str, blocks: Blocks, checker: FactChecker) -> None:
        self._brief, self._language, self._checker = brief, language, checker
        self._generic = generic_words(blocks, language)
        named = [
            f for f in brief.facts if f.canonical in ("name", "brand", "category") or f.boolean is not None
        ]
        texts = [value for fact in named for value in fact.values]
        texts += [*brief.interests, *brief.history]
        texts += [text for text in (brief.instruction, brief.call_to_action) if text]
        for fact in brief.facts:
            texts += [
                fact.key,
                fact.label("en"),
                fact.label("zh"),
                _FRAME_WORDS.get(fact.canonical or "", ""),
            ]
            if fact.boolean is not None:
                texts += wordings(fact.key)
        self._given = {form for text in texts for word in _WORD.findall(text) for form in lemmas(word)}
        self._given_han = {
            run[at : at + size]
            for text in texts
            for run in _HAN_RUN.findall(text)
            for size in range(1, min(len(run), _LONGEST) + 1)
            for at in range(len(run) - size + 1)
        }
        self._names = [fact for fact in named if fact.boolean is None]
        self._nouns = {
            stem(word.lower()) for fact in named for value in fact.values for word in _WORD.findall(value)
        }

    def unsupported(self, text: str) -> list[Invented]:
        """One entry for each sentence that claims something, of the kind ``claim`` or ``sense``."""
        found = []
        spans = self._checker.spans(text)
        for start, end in sentence_spans(text):
            if not text[start:end].strip():
                continue
            inside = [(fact, s, e) for fact, s, e in spans if start <= s and e <= end]
            reason = self._fault(text, start, end, inside)
            if reason is not None:
                found.append(reason)
        return found

    def names(self, text: str) -> bool:
        """True if ``text`` says what it is about; always where the inputs name nothing."""
        stated = {id(fact) for fact, _, _ in self._checker.spans(text)}
        return not self._names or any(id(fact) in stated for fact in self._names)

    def _fault(self, text: str, start: int, end: int, inside: list[tuple[Fact, int, int]]) -> Invented | None:
        sentence = text[start:end]
        for fact, s, e in inside:
            near = in_its_sense(fact, sentence, s - start, e - start)
            adjective = fact.canonical in ("colour", "material") and is_adjective_of(text, e, self._nouns)
            if not (near or adjective):
                return Invented("sense", text[s:e], s, e)
        for frame, attributes in _FRAMES:
            match = frame.search(sentence)
            if match is not None and not any(f.canonical in attributes for f, _, _ in inside):
                at = start + match.start()
                return Invented("claim", match.group(), at, at + len(match.group()))
        if self._language == "en" and (match := _FIRST_PERSON.search(sentence)) is not None:
            return Invented("claim", match.group(), start + match.start(), start + match.end())
        stray = self._stray_word(text, start, end, [(s, e) for _, s, e in inside])
        return None if stray is None else Invented("claim", text[stray[0] : stray[1]], *stray)

    def _stray_word(
        self, text: str, start: int, end: int, hidden: list[tuple[int, int]]
    ) -> tuple[int, int] | None:
        for match in _WORD.finditer(text, start, end):
            s, e = match.span()
            if any(a <= s and e <= b for a, b in hidden):
                continue
            forms = lemmas(match.group())
            if not (forms & self._generic or forms & self._given):
                return s, e
        for match in _NUMBERED.finditer(text, start, end):
            # "one page" counts what the inputs count otherwise.
            if lemmas(match.group(1)) & self._given - self._generic and not any(
                a <= match.start() and match.end() <= b for a, b in hidden
            ):
                return match.span()
        for token in tokens(text[start:end]):
            s, e = start + token.start, start + token.end
            outside = not any(a <= s and e <= b for a, b in hidden)
            if token.quantity is not None and token.quantity.unit and outside:
                return s, e
        for match in _HAN_RUN.finditer(text, start, end):
            stray = self._stray_han(text, *match.span(), hidden)
            if stray is not None:
                return stray
        return None

    def _stray_han(
        self, text: str, start: int, end: int, hidden: list[tuple[int, int]]
    ) -> tuple[int, int] | None:
        """The first two or more characters in a row that no known word covers, the longest words taken first."""
        at, bare = start, 0
        while at < end:
            inside = next((b for a, b in hidden if a <= at < b), None)
            if inside is not None:
                at, bare = inside, 0
                continue
            size = next(
                (
                    n
                    for n in range(min(_LONGEST, end - at), 0, -1)
                    if text[at : at + n] in self._generic or text[at : at + n] in self._given_han
                ),
                0,
            )
            bare = 0 if size else bare + 1
            at += size or 1
            if bare == 2:
                return at - 2, at
        return None
