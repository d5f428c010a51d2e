"""Terms of a lexicon: what they mean, how they are stored, how users write their own.

A compiled list is one zlib-compressed JSON file, so that nobody reads a list of slurs by leafing through the
repository. Users' lists are plain text, tab-separated::

    # action  term        category   severity  replacement
    block     zorkmid     profanity  2         coin
    allow     zorkmid museum

Everything after the term is optional (``custom``, 2, none); a line with one column is a term to block.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from aigc_sdk.errors import BundleError, OptionError
from aigc_sdk.taxonomy import Category, Severity
from aigc_text.moderators.lexicon_fold import term_folding

MAX_TERM = 40
"""Longest term, in folded characters. Bounds the longest match, and with it what a stream holds back."""

_MAX_DATA = 64 << 20
_ACTIONS = ("block", "allow")


@dataclass(frozen=True, slots=True)
class Term:
    """One entry. ``key`` is folded, with single spaces; an ``allow`` entry shields what it covers."""

    key: str
    category: Category = Category.CUSTOM
    subcategory: str | None = None
    severity: Severity = Severity.MEDIUM
    allow: bool = False
    origin: str = ""
    replacement: str | None = None


def term_key(text: str) -> str:
    """The form in which terms are compared: folded, white space collapsed."""
    return " ".join(term_folding()(text).text.split())


def span_cap(key_length: int) -> int:
    """Longest original match, in characters, that counts as the term.

    Room for one separator between any two characters and sixteen more for repeats and marks, but no more than
    64 in all: nobody spells out a term of forty letters, and a stream holds back as much as the longest term
    may take. A true bound, enforced on every match.
    """
    return min(2 * key_length + 16, 64)


def encode_terms(terms: Iterable[Term]) -> bytes:
    """Compiled list: the same terms always give the same bytes."""
    rows = sorted(
        [t.key, str(t.category), t.subcategory or "", int(t.severity), int(t.allow), t.origin] for t in terms
    )
    return zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(), 9)


def decode_terms(data: bytes) -> list[Term]:
    """Inverse of `encode_terms`.

    Raises:
        BundleError: If the data is not a compiled list or unreasonably large.
    """
    try:
        inflate = zlib.decompressobj()
        raw = inflate.decompress(data, _MAX_DATA)
        if inflate.unconsumed_tail or not inflate.eof:
            raise ValueError("truncated, or larger than 64 MiB")
        return [
            Term(key, Category(category), sub or None, Severity(severity), bool(allow), origin)
            for key, category, sub, severity, allow, origin in json.loads(raw)
        ]
    except (zlib.error, ValueError, TypeError) as error:
        raise BundleError(f"The compiled lexicon is malformed: {error}", hint="Install it again.") from error


def read_user_terms(path: Path) -> list[Term]:
    """Read a user's list.

    Raises:
        OptionError: If the file cannot be read, or a line is wrong (its number is named, never its text).
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise OptionError(
            f"The lexicon file {path} cannot be read: {error}", hint="It must be UTF-8 text."
        ) from error
    terms = []
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            try:
                terms.append(_parse(line.rstrip("\r\n"), path.name))
            except ValueError as error:
                raise OptionError(
                    f"{path}, line {number}: {error}.",
                    hint="Columns, tab-separated: block|allow, term, category, severity 1-3, replacement.",
                ) from error
    return terms


def _parse(line: str, origin: str) -> Term:
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) == 1:
        cells = ["block", cells[0]]
    if len(cells) > 5:
        raise ValueError(f"{len(cells)} columns, at most 5 are known")
    action, text, category, severity, replacement = cells + [""] * (5 - len(cells))
    if action not in _ACTIONS:
        raise ValueError("the first column is neither block nor allow")
    key = term_key(text)
    if not any(c.isalnum() for c in key):
        raise ValueError("the term holds no letter or digit")
    if len(key) > MAX_TERM:
        raise ValueError(f"the term is longer than {MAX_TERM} characters")
    if severity not in ("", "1", "2", "3"):
        raise ValueError("the severity is none of 1, 2, 3")
    try:
        kind = Category(category or "custom")
    except ValueError:
        raise ValueError("the category is unknown") from None
    return Term(
        key,
        kind,
        severity=Severity(int(severity or 2)),
        allow=action == "allow",
        origin=origin,
        replacement=replacement or None,
    )
