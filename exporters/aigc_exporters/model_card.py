"""What a Hugging Face model card (README.md) states in its front matter: licence and languages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

_MOST_BYTES = 1 << 16


@dataclass(frozen=True)
class ModelCard:
    """Licence as the card writes it, or None; languages by their codes."""

    licence: str | None = None
    languages: tuple[str, ...] = ()


def read_model_card(folder: Path) -> ModelCard:
    """The card of a model folder; an empty one where there is none that can be read.

    A card is a courtesy: whoever imports may always state the licence.
    """
    path = folder / "README.md"
    if not path.is_file():
        return ModelCard()
    with path.open("rb") as stream:
        text = stream.read(_MOST_BYTES).decode("utf-8", errors="replace")
    lines = text.splitlines()
    if not lines or lines[0].strip() != "---" or "---" not in lines[1:]:
        return ModelCard()
    front = "\n".join(lines[1 : lines.index("---", 1)])
    if "&" in front:  # anchors multiply: a few lines can stand for gigabytes, and no card needs them
        return ModelCard()
    try:
        values = yaml.safe_load(front)
    except (yaml.YAMLError, ValueError, RecursionError):
        return ModelCard()
    if not isinstance(values, dict):
        return ModelCard()
    licence, languages = values.get("license"), values.get("language")
    if isinstance(licence, list) and len(licence) == 1:
        licence = licence[0]
    languages = [languages] if isinstance(languages, str) else languages
    return ModelCard(
        # "other" points to a file that only a person can read.
        licence=licence if isinstance(licence, str) and licence not in ("other", "unknown", "") else None,
        languages=tuple(code for code in languages if isinstance(code, str))
        if isinstance(languages, list)
        else (),
    )
