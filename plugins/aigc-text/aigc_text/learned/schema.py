"""What a learned copywriter knows about its attributes: slots, values, tokens and realisation patterns.

A schema travels in the bundle as ``schema.json``: plain data, so that a bundle trained on a user's own
attributes carries everything serving needs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from aigc_sdk.errors import BundleError

PAD, BEGIN, END = "<|pad|>", "<|text|>", "<|end|>"
SCHEMA_VERSION = 1


@dataclass(frozen=True)
class Slot:
    """One attribute: `open` values are copied through a placeholder, `closed` ones are worded by the model."""

    name: str
    kind: Literal["open", "closed"]
    values: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    required: bool = False

    @property
    def placeholder(self) -> str:
        """The token that stands for an open value inside a text."""
        return f"<{self.name}>"

    def token(self, value: str | None) -> str:
        """The prompt token of this slot; an open value only tells whether it brings its own article."""
        if value is None:
            return f"<|{self.name}=|>"
        if self.kind == "open":
            return f"<|{self.name}={'the' if has_article(value) else '+'}|>"
        return f"<|{self.name}={value}|>"

    def tokens(self) -> list[str]:
        """Every token this slot can add to the vocabulary."""
        if self.kind == "open":
            return [f"<|{self.name}=|>", f"<|{self.name}=the|>", f"<|{self.name}=+|>", self.placeholder]
        return [self.token(value) for value in (None, *self.values)]


@dataclass(frozen=True)
class Schema:
    """The slots of a domain in the order of their prompt tokens, and how their values are worded.

    `patterns` are (slot, value, regular expression) tried in order, see :mod:`aigc_text.learned.slots`.
    """

    slots: tuple[Slot, ...]
    patterns: tuple[tuple[str, str, str], ...] = ()
    language: str = "en"
    examples: tuple[Mapping[str, str], ...] = field(default=(), compare=False)

    @cached_property
    def compiled(self) -> list[tuple[str, str, re.Pattern[str]]]:
        """The patterns, compiled once."""
        return [(slot, value, re.compile(pattern)) for slot, value, pattern in self.patterns]

    @cached_property
    def checked(self) -> frozenset[str]:
        """Slots that can be looked for in a text: the open ones and those with patterns."""
        return frozenset(slot.name for slot in self.slots if slot.kind == "open") | {
            p[0] for p in self.patterns
        }

    @property
    def open_slots(self) -> list[Slot]:
        """Slots whose values are copied."""
        return [slot for slot in self.slots if slot.kind == "open"]

    def prompt(self, facts: Mapping[str, str]) -> list[str]:
        """The prompt of `facts` as tokens: one a slot, present or not, then the token that begins the text."""
        return [slot.token(facts.get(slot.name)) for slot in self.slots] + [BEGIN]

    def special_tokens(self) -> list[str]:
        """Tokens that never occur in a text; the first three are pad, begin and end."""
        tokens = [PAD, BEGIN, END]
        for slot in self.slots:
            tokens += [token for token in slot.tokens() if token.startswith("<|")]
        return tokens

    def to_json(self) -> dict[str, Any]:
        """Plain data, see :meth:`from_json`."""
        return {
            "schema_version": SCHEMA_VERSION,
            "language": self.language,
            "slots": [
                {
                    "name": slot.name,
                    "kind": slot.kind,
                    "values": list(slot.values),
                    "synonyms": list(slot.synonyms),
                    "required": slot.required,
                }
                for slot in self.slots
            ],
            "patterns": [list(entry) for entry in self.patterns],
            "examples": [dict(example) for example in self.examples],
        }

    @classmethod
    def from_json(cls, data: Any, *, where: str = "schema.json") -> Schema:
        """Read what :meth:`to_json` wrote.

        Raises:
            BundleError: `data` is not a schema of a version this code knows.
        """
        try:
            if data["schema_version"] != SCHEMA_VERSION:
                raise ValueError(f"schema version {data['schema_version']!r}, expected {SCHEMA_VERSION}")
            slots = tuple(
                Slot(
                    name=str(slot["name"]),
                    kind="open" if slot["kind"] == "open" else "closed",
                    values=tuple(map(str, slot["values"])),
                    synonyms=tuple(map(str, slot.get("synonyms", ()))),
                    required=bool(slot.get("required", False)),
                )
                for slot in data["slots"]
            )
            patterns = tuple((str(slot), str(value), str(regex)) for slot, value, regex in data["patterns"])
            schema = cls(slots, patterns, str(data.get("language", "en")), tuple(data.get("examples", ())))
            _ = schema.compiled
        except (KeyError, TypeError, ValueError, AttributeError, re.error) as error:
            raise BundleError(
                f"{where}: not a schema of learned copy ({error}); train the bundle again or pull it anew."
            ) from error
        return schema

    @classmethod
    def read(cls, path: Path) -> Schema:
        """Read ``schema.json``.

        Raises:
            BundleError: the file is missing, is not JSON or is not a schema.
        """
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
            raise BundleError(
                f"{path.name}: cannot be read as JSON ({error}); pull the bundle anew."
            ) from error
        return cls.from_json(data, where=path.name)


def has_article(value: str) -> bool:
    """Whether an English value brings its own article (*The Mill*), so that a text must not add one."""
    return value[:4].lower() == "the "
