"""What a bundle of learned copy can write about: attributes in, facts, prompts and checks out.

Example:
    >>> domain = Domain.from_bundle(runtime.bundle("copy-e2e-en"))                    # doctest: +SKIP
    >>> facts = domain.facts({"name": "The Mill", "area": "riverside", "food": "French"})  # doctest: +SKIP
    >>> engine = runtime.decoder("copy-e2e-en")                                        # doctest: +SKIP
    >>> generate(domain, engine, [facts], 5, ctx=ctx, request_ids=["r1"])[0][0].text  # doctest: +SKIP
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aigc_sdk.errors import BadInputError
from aigc_text.learned import slots
from aigc_text.learned.restaurant import EXTRA, UNCLEAR
from aigc_text.learned.schema import Schema, Slot, has_article
from aigc_text.learned.slots import Fact, fold

if TYPE_CHECKING:
    from aigc_sdk.bundles.bundle import Bundle

SCHEMA_FILE = "schema.json"
LONGEST_OPEN_VALUE = 80
_YES = frozenset({"yes", "true", "y", "1"})
_NO = frozenset({"no", "false", "n", "0"})
_NUMBER_WORDS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5"}


@dataclass(frozen=True)
class Domain:
    """What a bundle of learned copy can write about."""

    schema: Schema

    @classmethod
    def from_bundle(cls, bundle: Bundle) -> Domain:
        """The domain of a bundle.

        Raises:
            BundleError: it holds no readable schema.json.
        """
        return cls.from_folder(bundle.folder)

    @classmethod
    def from_folder(cls, folder: Path) -> Domain:
        """The domain of a bundle's folder; see :meth:`from_bundle`."""
        return cls(Schema.read(folder / SCHEMA_FILE))

    # ---- attributes --------------------------------------------------------------------------------

    def facts(self, inputs: Mapping[str, Any]) -> dict[str, str]:
        """Read attributes as facts of this domain.

        Args:
            inputs: attributes by name; case, spaces, underscores and common synonyms of names do not matter.

        Returns:
            Values by slot name, closed ones as the schema spells them.

        Raises:
            BadInputError: an attribute or a value is outside the domain; the message says which.
        """
        facts: dict[str, str] = {}
        for name, raw in inputs.items():
            if raw is None or raw == "" or raw == []:
                continue
            slot = self._slot(str(name))
            if slot is None:
                known = ", ".join(slot.name for slot in self.schema.slots)
                raise BadInputError(
                    f"The learned writer does not know the attribute {name!r} (it knows {known})."
                )
            value = self._value(slot, raw)
            if facts.setdefault(slot.name, value) != value:
                raise BadInputError(f"The attribute {slot.name!r} is given twice with different values.")
        for slot in self.schema.slots:
            if slot.required and slot.name not in facts:
                raise BadInputError(f"The learned writer needs the attribute {slot.name!r}.")
        if len(facts) < 2:
            raise BadInputError("The learned writer needs at least two attributes.")
        copied = [fold(facts[slot.name]) for slot in self.schema.open_slots if slot.name in facts]
        if len(set(copied)) < len(copied):
            raise BadInputError("Two attributes that are copied word for word have the same value.")
        return {slot.name: facts[slot.name] for slot in self.schema.slots if slot.name in facts}

    def fits(self, inputs: Mapping[str, Any]) -> dict[str, str] | None:
        """The facts, or None where the attributes do not fit this domain; see :meth:`facts`."""
        try:
            return self.facts(inputs)
        except BadInputError:
            return None

    def _slot(self, name: str) -> Slot | None:
        key = _key(name)
        for slot in self.schema.slots:
            if key == _key(slot.name):
                return slot
        return next((slot for slot in self.schema.slots if key in map(_key, slot.synonyms)), None)

    def _value(self, slot: Slot, raw: Any) -> str:
        if isinstance(raw, (list, tuple)) and len(raw) == 1:
            raw = raw[0]
        if isinstance(raw, bool):
            raw = "yes" if raw else "no"
        if not isinstance(raw, (str, int, float)):
            raise BadInputError(f"The attribute {slot.name!r} must be one plain value.")
        value = re.sub(r"\s+", " ", unicodedata.normalize("NFC", str(raw))).strip()
        if slot.kind == "open":
            if (
                not value
                or len(value) > LONGEST_OPEN_VALUE
                or re.search(r"[<>|\x00-\x1f\x7f\ud800-\udfff]", value)
            ):
                raise BadInputError(
                    f"The attribute {slot.name!r} must be plain text of at most {LONGEST_OPEN_VALUE} characters."
                )
            return value
        found = self._closed_value(slot, value)
        if found is None:
            raise BadInputError(
                f"The learned writer does not know the value {value[:40]!r} of {slot.name!r}"
                f" (it knows {', '.join(slot.values)})."
            )
        return found

    def _closed_value(self, slot: Slot, value: str) -> str | None:
        by_key = {_key(known): known for known in slot.values}
        exact = by_key.get(_key(value))
        if exact is not None:
            return exact
        if set(by_key) <= {"yes", "no"}:
            word = fold(value)
            return by_key.get("yes") if word in _YES else by_key.get("no") if word in _NO else None
        digit = _NUMBER_WORDS.get(fold(value), value.removesuffix(".0"))
        if f"{digit}outof5" in by_key:
            return by_key[f"{digit}outof5"]
        # The wordings that texts use are wordings that callers use: "£20 to £25", "5/5", "city center".
        own = Schema((slot,), tuple(entry for entry in self.schema.patterns if entry[0] == slot.name))
        stated = slots.stated(value, own).get(slot.name, set())
        if len(stated) == 1 and not stated & {UNCLEAR, EXTRA}:
            return next(iter(stated))
        return None

    # ---- texts -------------------------------------------------------------------------------------

    def prompt_ids(self, facts: Mapping[str, str], tokenizer: Any) -> list[int]:
        """Token ids of the prompt; `tokenizer` is the bundle's :class:`aigc_sdk.runtime.tokenizer.Tokenizer`."""
        return [tokenizer.token_id(token) for token in self.schema.prompt(facts)]

    def realise(self, template: str, facts: Mapping[str, str]) -> str:
        """Put the values of open slots into a decoded text, word for word, and set its spacing and case."""
        text = re.sub(r"\s+", " ", template).strip()
        for slot in self.schema.open_slots:
            value = facts.get(slot.name)
            if value is None:
                continue
            mark = re.escape(slot.placeholder)
            if has_article(value):
                text = re.sub(rf"\b[Tt]he\s*{mark}", slot.placeholder, text)
            # The tokenizer swallows the space before a placeholder.
            text = re.sub(rf"(?<=[^\s(\[\"'“‘/-]){mark}", f" {slot.placeholder}", text)
            if self.schema.language == "zh":
                text = re.sub(rf"\s*{mark}", slot.placeholder, text)
        text = re.sub(r"(^|[.!?] )([a-z])", lambda match: match[1] + match[2].upper(), text)
        # All at once, so that no value is searched for placeholders.
        values = {slot.placeholder: facts[slot.name] for slot in self.schema.open_slots if slot.name in facts}
        if values:
            text = re.sub("|".join(map(re.escape, values)), lambda match: values[match.group()], text)
        return text

    def check(self, text: str, facts: Mapping[str, str]) -> tuple[list[Fact], list[Fact]]:
        """Facts missing from a text and facts it invented; see :func:`aigc_text.learned.slots.check`."""
        return slots.check(text, facts, self.schema)


def _key(name: str) -> str:
    """A name without case, accents, spaces and punctuation."""
    return re.sub(r"[\W_]+", "", fold(name))
