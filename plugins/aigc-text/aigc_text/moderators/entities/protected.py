"""The user's own list of names and trademarks that texts should not use unseen."""

from __future__ import annotations

from pathlib import Path

from aigc_sdk.errors import OptionError
from aigc_sdk.taxonomy import Category, Severity
from aigc_text.moderators.lexicon_terms import MAX_TERM, Term, term_key


def read_protected(path: Path) -> list[Term]:
    """A name a line, UTF-8; after a tab what it is (``trademark``, ``person`` …); ``#`` begins a comment.

    Raises:
        OptionError: If the file cannot be read or a line is no name.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise OptionError(
            f"The list of protected names {path} cannot be read: {error}", hint="It must be UTF-8 text."
        ) from error
    terms = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, _, kind = (cell.strip() for cell in line.partition("\t"))
        key = term_key(name)
        if not any(c.isalnum() for c in key) or len(key) > MAX_TERM:
            raise OptionError(
                f"{path}, line {number}: a name has letters or digits, and at most {MAX_TERM} characters.",
                hint="One name a line, and after a tab what it is.",
            )
        terms.append(Term(key, Category.IP, kind or "protected", Severity.LOW, origin=path.name))
    return terms
