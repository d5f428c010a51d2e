"""Parts of a candidate, put together to the length asked for."""

from __future__ import annotations

from dataclasses import dataclass, field

from aigc_text.evaluators.counting import count_units
from aigc_text.facts.inputs import Length

#: The highest rank of optional parts that a named length carries.
_OPTIONAL = {"short": 0, "medium": 2, "long": 8}
# A text in one paragraph up to this many characters.
_ONE_PARAGRAPH = {"zh": 200, "en": 520}
#: Sections whose parts stand on lines of their own.
_LINES = frozenset({7})


@dataclass(slots=True)
class Part:
    """A piece of text; parts of one section stand in one paragraph.

    Attributes:
        text: What it says.
        section: Where it stands.
        rank: 0 is required; otherwise optional parts are added in this order.
    """

    text: str
    section: int
    rank: int = 0


@dataclass(slots=True)
class Draft:
    """Parts on their way to a text."""

    parts: list[Part] = field(default_factory=list)

    def add(self, section: int, text: str | None, rank: int = 0) -> None:
        """Add a part unless it is empty."""
        if text:
            self.parts.append(Part(text, section, rank))

    def chosen(self, wanted: Length, language: str) -> list[Part]:
        """The required parts and those optional ones that bring the text closer to ``wanted``."""
        optional = sorted({part.rank for part in self.parts if part.rank})
        if wanted.count is None:
            kept = {rank for rank in optional if rank <= _OPTIONAL[wanted.name or "medium"]}
        else:
            unit = wanted.unit or ("characters" if language == "zh" else "words")
            sizes: dict[int, int] = {}
            for part in self.parts:
                sizes[part.rank] = sizes.get(part.rank, 0) + count_units(part.text, unit, language)
            total, kept = sizes.get(0, 0), set()
            for rank in optional:
                # Closer with it than without?
                if abs(total + sizes[rank] - wanted.count) < abs(total - wanted.count):
                    kept.add(rank)
                    total += sizes[rank]
        return [part for part in self.parts if not part.rank or part.rank in kept]


def join(parts: list[Part], channel: str, language: str) -> str:
    """Parts as paragraphs; Moments posts as lines; short general texts as one paragraph."""
    paragraphs: dict[int, list[str]] = {}
    for part in parts:
        paragraphs.setdefault(part.section, []).append(part.text)
    glue = "" if language == "zh" else " "
    blocks = []
    for section in sorted(paragraphs):
        texts = paragraphs[section]
        blocks.append("\n".join(texts) if section in _LINES else glue.join(texts))
    if channel == "general":
        single = glue.join(blocks)
        return single if len(single) <= _ONE_PARAGRAPH[language] else "\n\n".join(blocks)
    return ("\n" if channel == "moments" else "\n\n").join(blocks)
