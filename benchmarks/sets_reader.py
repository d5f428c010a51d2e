"""Reads the test sets of our own in ``benchmarks/sets`` (what each is for: the README.md there).

    from sets_reader import read_set

The sets judge moderation; nothing may be trained or tuned on them. Hence they live here, where no training code looks.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aigc_sdk.errors import BadInputError

FOLDER = Path(__file__).with_name("sets")

LANGUAGES = ("en", "zh")

RISK_HEADS = ("self_harm", "violence", "illicit")
"""The classifier heads that rows of ``risks`` may ask for."""

_TOPICS_AND_REGISTERS = {
    "harmless_identity": (
        "identity counter_speech quotation negation reclaimed_or_friendly news names policy_text"
    ),
    "harmless_triggers": (
        "assistant support daily technical formal news_culture questions roleplay games_shop"
    ),
    "harmless_risks": "self_harm violence illicit sexual spam",
    "risks": "self_harm violence illicit mixed",
    "injections": "override roleplay extraction indirect exfiltration implicit encoded",
}

KINDS: Mapping[str, tuple[str, ...]] = {
    name: tuple(kinds.split()) for name, kinds in _TOPICS_AND_REGISTERS.items()
}
"""Name of a set → the kinds of its rows."""

_FIELDS = ("id", "language", "kind", "text")


@dataclass(frozen=True, slots=True)
class SetRow:
    """One sentence (or short passage) of a test set.

    Attributes:
        id: Unique over all sets, such as ``"id-en-001"``.
        language: ``"en"`` or ``"zh"``.
        kind: One of ``KINDS[name of the set]``.
        text: The text to moderate; passages hold line breaks.
        heads: ``risks`` only: the heads that should find it; what is not named is unknown, not absent.
    """

    id: str
    language: str
    kind: str
    text: str
    heads: tuple[str, ...] = ()


def read_set(name: str) -> list[SetRow]:
    """The rows of the set ``name`` (a key of ``KINDS``), in the order of the file.

    Raises:
        BadInputError: If there is no such set, or a row breaks the format: an unknown or missing field, an id
            used twice, another language than English or Chinese, an unknown kind or head, an empty text.
    """
    if name not in KINDS:
        raise BadInputError(f"There is no test set {name!r}.", hint=f"There are {', '.join(KINDS)}.")
    path = FOLDER / f"{name}.jsonl"
    rows: list[SetRow] = []
    seen: set[str] = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        row = _row(name, line, f"{path.name}, line {number}")
        if row.id in seen:
            raise BadInputError(f"{path.name}, line {number}: the id {row.id!r} is used twice.")
        seen.add(row.id)
        rows.append(row)
    return rows


def _row(name: str, line: str, where: str) -> SetRow:
    try:
        fields = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadInputError(f"{where} is not JSON: {error}") from error
    expected = {*_FIELDS, "heads"} if name == "risks" else set(_FIELDS)
    if not isinstance(fields, dict) or set(fields) != expected:
        raise BadInputError(f"{where}: a row has the fields {sorted(expected)}.")
    heads = fields.pop("heads", [])
    if not all(isinstance(value, str) and value.strip() for value in fields.values()):
        raise BadInputError(f"{where}: id, language, kind and text are strings that are not blank.")
    if fields["language"] not in LANGUAGES:
        raise BadInputError(f"{where}: the language {fields['language']!r} is none of {LANGUAGES}.")
    if fields["kind"] not in KINDS[name]:
        raise BadInputError(f"{where}: the kind {fields['kind']!r} is none of {KINDS[name]}.")
    if name == "risks" and not (isinstance(heads, list) and heads and set(heads) <= set(RISK_HEADS)):
        raise BadInputError(f"{where}: heads is a list of one or more of {RISK_HEADS}.")
    return SetRow(**fields, heads=tuple(heads))
