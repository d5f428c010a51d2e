"""What a check of a text against its brief found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aigc_text.facts.inputs import Fact


@dataclass(frozen=True, slots=True)
class Stated:
    """A given value found in the text at characters ``[start, end)``."""

    fact: Fact
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Missing:
    """A given value that the text does not state."""

    fact: Fact
    value: str


@dataclass(frozen=True, slots=True)
class Invented:
    """Something the inputs do not hold: its class, its words and where they are."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FactReport:
    """What a check found; a value stated several times appears once in ``stated``."""

    stated: tuple[Stated, ...]
    missing: tuple[Missing, ...]
    invented: tuple[Invented, ...]

    @property
    def coverage(self) -> float:
        """Given values stated, as a share of all given values."""
        total = len(self.stated) + len(self.missing)
        return len(self.stated) / total if total else 1.0

    @property
    def faithful(self) -> bool:
        """True where every fact is stated and nothing is invented."""
        return not self.missing and not self.invented

    def explanation(self, language: str = "en") -> str:
        """In words: how many facts are stated, which are missing, what was invented and where."""
        total = len(self.stated) + len(self.missing)
        if language == "zh":
            parts = [f"给定的 {total} 项事实中写出了 {len(self.stated)} 项"]
            if self.missing:
                parts.append("缺少：" + "、".join(f"{m.fact.key}={m.value}" for m in self.missing))
            if self.invented:
                found = "、".join(f"“{i.text}”（{i.kind}，第 {i.start} 字）" for i in self.invented)
                parts.append("输入中没有：" + found)
            return "；".join(parts) + "。"
        parts = [f"{len(self.stated)} of {total} given facts are stated"]
        if self.missing:
            parts.append("missing: " + ", ".join(f"{m.fact.key}={m.value!r}" for m in self.missing))
        if self.invented:
            found = ", ".join(f"{i.text!r} ({i.kind}, at {i.start})" for i in self.invented)
            parts.append("not in the inputs: " + found)
        return "; ".join(parts) + "."

    def details(self) -> dict[str, Any]:
        """The same as plain JSON values."""
        return {
            "stated": [
                {"key": s.fact.key, "value": s.value, "start": s.start, "end": s.end} for s in self.stated
            ],
            "missing": [{"key": m.fact.key, "value": m.value} for m in self.missing],
            "invented": [
                {"kind": i.kind, "text": i.text, "start": i.start, "end": i.end} for i in self.invented
            ],
        }
