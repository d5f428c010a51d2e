"""Which given facts does a text state, and which does it invent?

What counts as **stated**: the value's wording in the text, whatever its case, width, accents, hyphens, plural,
number notation and unit spelling (`aigc_text.facts.normalise`); for a yes/no fact the attribute's name, with a
negation in the same clause for *no*. Paraphrases do not count: a fact is written exactly or it is missing.

What can be found **invented**, by class:

===============  ==================================================================================  =========
``price``        an amount of money that was not given                                                certain
``percentage``   a percentage or discount                                                             certain
``measure``      a number with a unit                                                                 certain
``number``       any other number; list numbering is none                                             certain
``qualifier``    *up to*, *about*, *more than*, 起, 近, 约 … beside a given number that the inputs give plainly   certain
``date``         a date or time of day in digits                                                      certain
``contact``      URL, e-mail address, telephone number                                                certain
``contradiction``  a yes/no fact stated the other way round                                           certain
``superlative``  "best", "No. 1", 最…, 第一 … without the inputs saying so                             by list
``offer``        free delivery, discounts, limited time, 包邮, 打折 … without the inputs saying so         by list
``name``         English: a capitalised word inside a sentence; Chinese: a Latin word — not in the inputs  likely
===============  ==================================================================================  =========

Not found: a given number put to the wrong attribute, and invented qualities in plain lower-case words ("silent").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from aigc_text.facts.claims import OFFER, SUPERLATIVE
from aigc_text.facts.inputs import Brief, Fact
from aigc_text.facts.labels import wordings
from aigc_text.facts.names import names
from aigc_text.facts.normalise import Stream, Token, fold, stem, stream, tokens
from aigc_text.facts.qualifiers import qualified
from aigc_text.facts.quantities import AMBIGUOUS, CURRENCIES, UNITS, Quantity, compatible
from aigc_text.facts.report import FactReport, Invented, Missing, Stated
from aigc_text.facts.verbatim import Spans, find_verbatim

_COUNT_UNITS = frozenset({"star", "x"})
_PLACE_FOR_UNIT = re.compile(r"⟨([\d.~]+)\|([^⟩]*)⟩")
_CLAUSE = re.compile(r"[.!?;,\n。！？；，、]")
_NEGATION = re.compile(
    r"(?:\b(?:not|no|non|never|without|neither|nor|cannot)\b|n't\b|\bun(?=$)|不|非|无(?!线)|没有?|未|免)[\s\w-]{0,12}$"
)
_NEGATED_AFTER = re.compile(
    r"^ *(?:[:：=] *(?:no\b|false\b|not\b|否|无|没有|不)|(?:is|are) not\b|isn't\b|aren't\b)"
)
_LIST_NUMBER = re.compile(r"(?:^|\n)[ \t]*[(（]?\d{1,2}[.)）、:：](?=\s|[^\d\s])")


class FactChecker:
    """Checks texts against one brief; make it once for all candidates of a request.

    Args:
        brief: The facts and what else counts as given.
        language: ``"en"`` or ``"zh"``; decides how names are told.
    """

    def __init__(self, brief: Brief, language: str) -> None:
        self.brief = brief
        self.language = language
        units = {
            UNITS[word][0]
            for f in brief.facts
            for word in re.findall(r"[^\W_]+", f.key.lower())
            if word in UNITS
        }
        self._label_units = frozenset(units) | _COUNT_UNITS
        self._patterns = [
            (fact, value, self._pattern(value)) for fact in brief.facts for value in fact.values
        ]
        self._quantities: set[Quantity] = set()
        self._words: set[str] = set()
        folded = []
        for text in brief.given_texts:
            folded.append(fold(text)[0])
            self._learn(tokens(text))
        for fact in brief.facts:
            for wording in (fact.label("en"), fact.label("zh")):
                self._learn(tokens(wording))
                folded.append(fold(wording)[0])
        self._given = "\n".join(folded)
        self._qualifiers = set(self._given_qualifiers())

    def check(self, text: str) -> FactReport:
        """Compare ``text`` with the facts."""
        found = tokens(text)
        view = stream(text, of=found)
        stated: list[Stated] = []
        missing: list[Missing] = []
        covered: list[tuple[int, int]] = []
        for fact, value, pattern in self._patterns:
            spans = self._find(text, view, value, pattern)
            covered += spans
            if spans:
                stated.append(Stated(fact, value, *spans[0]))
            else:
                missing.append(Missing(fact, value))
        invented: list[Invented] = []
        for fact in self.brief.facts:
            if fact.boolean is not None:
                self._check_boolean(text, view, fact, stated, missing, invented)
        hidden = Spans(covered)
        invented += self._invented_tokens(text, found, hidden)
        invented += self._invented_qualifiers(text, found, hidden)
        invented += self._invented_claims(text, hidden)
        invented += self._invented_names(text, hidden)
        invented.sort(key=lambda i: (i.start, -i.end))
        return FactReport(tuple(stated), tuple(missing), tuple(invented))

    def spans(self, text: str) -> list[tuple[Fact, int, int]]:
        """Every place where ``text`` states a given value: (fact, start, end)."""
        view = stream(text)
        return [
            (fact, start, end)
            for fact, value, pattern in self._patterns
            for start, end in self._find(text, view, value, pattern)
        ]

    # ---- stated --------------------------------------------------------------------------------

    def _pattern(self, value: str) -> re.Pattern[str] | None:
        keys = stream(value).keys
        if not keys:
            return None
        out, at = [], 0
        for place in _PLACE_FOR_UNIT.finditer(keys):
            out.append(re.escape(keys[at : place.start()]))
            out.append(self._quantity_pattern(place[1], place[2]))
            at = place.end()
        out.append(re.escape(keys[at:]))
        return re.compile("".join(out))

    def _quantity_pattern(self, number: str, unit: str) -> str:
        if unit:
            units = {unit} | AMBIGUOUS.get(unit, frozenset()) | {a for a, m in AMBIGUOUS.items() if unit in m}
        else:
            units = {"", *self._label_units}
        choices = "|".join(sorted(map(re.escape, units)))
        return rf"⟨{re.escape(number)}\|(?:{choices})⟩"

    @staticmethod
    def _find(text: str, view: Stream, value: str, pattern: re.Pattern[str] | None) -> list[tuple[int, int]]:
        spans = []
        if pattern is not None:
            at = 0
            while (match := pattern.search(view.keys, at)) is not None:
                if match.start() in view.starts and match.end() in view.ends:
                    spans.append(view.span(*match.span()))
                at = match.start() + 1
        return spans or find_verbatim(text, value)

    def _check_boolean(
        self,
        text: str,
        view: Stream,
        fact: Fact,
        stated: list[Stated],
        missing: list[Missing],
        invented: list[Invented],
    ) -> None:
        value = "yes" if fact.boolean else "no"
        said: list[tuple[bool, int, int]] = []
        for wording in wordings(fact.key):
            keys = stream(wording).keys
            spans: list[tuple[int, int]] = []
            at = view.keys.find(keys) if keys else -1
            while at >= 0:
                if at in view.starts and at + len(keys) in view.ends:
                    spans.append(view.span(at, at + len(keys)))
                at = view.keys.find(keys, at + 1)
            for start, end in spans or find_verbatim(text, wording):
                said.append((not _is_negated(text, start, end), start, end))
        right = [s for s in said if s[0] == fact.boolean]
        if right:
            stated.append(Stated(fact, value, right[0][1], right[0][2]))
        else:
            missing.append(Missing(fact, value))
            if said:
                _, start, end = said[0]
                invented.append(Invented("contradiction", text[start:end], start, end))

    # ---- invented ------------------------------------------------------------------------------

    def _learn(self, found: Iterable[Token]) -> None:
        for token in found:
            if token.quantity is not None:
                self._quantities.add(token.quantity)
                if len(token.quantity.values) > 1:
                    self._quantities.update(
                        Quantity((v,), token.quantity.unit) for v in token.quantity.values
                    )
            else:
                self._words.add(token.key)

    def _given_qualifiers(self) -> Iterator[tuple[str, str]]:
        """(class, number) of every qualified number in the inputs; a label may qualify its value."""
        texts = [*self.brief.given_texts]
        for fact in self.brief.facts:
            for label in {fact.key, fact.label("en"), fact.label("zh")}:
                texts += [f"{label} {value}" for value in fact.values]
                texts += [f"{label}{value}" for value in fact.values]
        for text in texts:
            for found in qualified(text, tokens(text)):
                for value in found.quantity.values:
                    yield found.name, value

    def _invented_qualifiers(self, text: str, found: list[Token], hidden: Spans) -> list[Invented]:
        invented = []
        for entry in qualified(text, found):
            if hidden.hides(entry.start, entry.end):
                continue
            if all((entry.name, value) in self._qualifiers for value in entry.quantity.values):
                continue
            invented.append(Invented("qualifier", text[entry.start : entry.end], entry.start, entry.end))
        return invented

    def _given_quantity(self, quantity: Quantity) -> bool:
        for given in self._quantities:
            if quantity.values != given.values and not set(quantity.values) <= set(given.values):
                continue
            if compatible(given.unit, quantity.unit) or (
                not given.unit and quantity.unit in self._label_units
            ):
                return True
        return False

    def _invented_tokens(self, text: str, found: list[Token], hidden: Spans) -> list[Invented]:
        invented = []
        numbering: list[tuple[int, int]] | None = None
        for token in found:
            kind = _class_of(token)
            if kind is None or hidden.hides(token.start, token.end):
                continue
            if token.quantity is not None:
                if self._given_quantity(token.quantity):
                    continue
                if not token.quantity.unit:
                    if numbering is None:
                        numbering = [m.span() for m in _LIST_NUMBER.finditer(text)]
                    if any(start <= token.start and token.end <= end for start, end in numbering):
                        continue
            elif token.key in self._words:
                continue
            invented.append(Invented(kind, text[token.start : token.end], token.start, token.end))
        return invented

    def _invented_claims(self, text: str, hidden: Spans) -> list[Invented]:
        folded, origin = fold(text)
        invented = []
        for kind, patterns in (("superlative", SUPERLATIVE), ("offer", OFFER)):
            for match in patterns[self.language].finditer(folded):
                start, end = origin[match.start()], origin[match.end() - 1] + 1
                if match.group() in self._given or hidden.touches(start, end):
                    continue
                invented.append(Invented(kind, text[start:end], start, end))
        return invented

    def _invented_names(self, text: str, hidden: Spans) -> list[Invented]:
        invented = []
        for word, start, end in names(text, self.language):
            parts = [stem(part) for part in re.split(r"['’-]", word.lower()) if part]
            known = all(part in self._words or len(part) == 1 for part in parts)
            if not (known or stem(word.lower()) in self._words or hidden.hides(start, end)):
                invented.append(Invented("name", word, start, end))
        return invented


def _class_of(token: Token) -> str | None:
    if token.quantity is not None:
        unit = token.quantity.unit
        if unit in CURRENCIES:
            return "price"
        if unit in ("%", "off"):
            return "percentage"
        return "measure" if unit else "number"
    return {
        "date": "date",
        "clock": "date",
        "url": "contact",
        "email": "contact",
        "phone": "contact",
        "code": "number",
    }.get(token.kind)


def _is_negated(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 40) : start].lower().replace("’", "'")
    before = _CLAUSE.split(before)[-1]
    return bool(_NEGATION.search(before) or _NEGATED_AFTER.match(text[end : end + 12].lower()))
