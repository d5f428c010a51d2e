"""E-mail addresses (RFC 5321 lengths as far as the bound allows), with Latin letters that bear marks (RFC 6531)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aigc_text.moderators.privacy.hits import Hit

_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._%+'-")
_MARKED = re.compile("[\u00c0-\u024f]")
"""Letters of names such as Jürgen; Chinese characters before an address are mostly the sentence around it."""
_LONGEST_LOCAL = 64
_LONGEST_DOMAIN = 54
# Anchored at the sign, so that the search runs at the speed of finding one character.
_DOMAIN = re.compile(rf"@[A-Za-z0-9\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f.-]{{0,{_LONGEST_DOMAIN - 1}}}+")


_REPOSITORY = re.compile(r":[A-Za-z0-9_.~-]+/")
"""git@host:owner/name names a repository, nobody's mailbox."""


def is_local(char: str) -> bool:
    """May it stand before the sign?"""
    return char in _LOCAL or _MARKED.match(char) is not None


def find_emails(text: str) -> Iterator[Hit]:
    """Every address; of a longer one the 64 characters before the sign and the 54 behind it."""
    if "@" not in text:
        return
    for match in _DOMAIN.finditer(text):
        sign = match.start()
        start = sign
        while start > 0 and sign - start < _LONGEST_LOCAL and is_local(text[start - 1]):
            start -= 1
        while start < sign and text[start] in ".'%-":
            start += 1
        if text[start:sign] == "git" and _REPOSITORY.match(text, match.end()):
            continue
        if start < sign and (length := _domain_length(match.group()[1:])):
            yield Hit("email", start, sign + 1 + length)


def _domain_length(domain: str) -> int:
    """Characters that belong to the domain; 0 where it is none. A cut one need not show its last label."""
    whole = len(domain) < _LONGEST_DOMAIN
    domain = domain.rstrip(".-")
    last = domain.rpartition(".")
    if not last[0] or ".." in domain:
        return 0
    return len(domain) if not whole or (len(last[2]) >= 2 and last[2].isalpha()) else 0
