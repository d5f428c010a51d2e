"""From where on further text may still make, change or take away what the finders find; for streams.

A stream holds back `MAX_MATCH` characters behind what it releases, because a number or key might still be going on.
Prose holds no beginning of one: most of it need not wait. This module says from where on it must, on the safe
side. It knows each finder by name; with one that it does not know nothing is released early.

Findings of low severity (names, streets, web addresses) are left out: they may begin with any word. So it answers
only policies that act on graver ones alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from aigc_text.moderators.privacy.cards import find_cards, find_ibans
from aigc_text.moderators.privacy.email import find_emails, is_local
from aigc_text.moderators.privacy.hits import MAX_MATCH, RIGHT, Finder
from aigc_text.moderators.privacy.ids_cn import find_cn_plates, find_id_cards
from aigc_text.moderators.privacy.ids_west import find_passports, find_ssns, find_west_plates
from aigc_text.moderators.privacy.network import find_ips, find_macs, find_url_credentials
from aigc_text.moderators.privacy.phones import find_phones
from aigc_text.moderators.privacy.reading import read
from aigc_text.moderators.privacy.secrets import find_named_secrets, find_private_keys, find_tokens

KNOWN: tuple[Finder, ...] = (
    find_private_keys,
    find_url_credentials,
    find_tokens,
    find_named_secrets,
    find_emails,
    find_ibans,
    find_id_cards,
    find_cards,
    find_ssns,
    find_passports,
    find_ips,
    find_macs,
    find_phones,
    find_cn_plates,
    find_west_plates,
)
"""Finders whose matches begin as `first_open` expects, in order of precedence."""

_LOW = frozenset({"find_domains", "find_addresses", "find_persons"})
"""Finders of low severity alone, by name. They come last: what they find takes nothing away from the others."""


def answers_for(finders: Sequence[Finder]) -> bool:
    """Whether `first_open` holds for all of ``finders``, which are in order of precedence."""
    count = sum(finder in KNOWN for finder in finders)
    return all(f in KNOWN for f in finders[:count]) and all(f.__name__ in _LOW for f in finders[count:])


_QUIET = RIGHT + 6
"""Characters without a digit behind the last one: no number goes on, and the words behind it have been read."""
_IBAN_HEAD = re.compile("(?<![A-Za-z0-9])[A-Za-z]{2}[0-9]{2}")
_CN_PLATE = re.compile("[\u4e00-\u9fff][A-Z][·• -]?[A-Z0-9]{0,6}$")
_DIGIT = re.compile("[0-9]")


def first_open(text: str) -> int:
    """Index in ``text`` of the first character that a match not yet decided may begin with."""
    least = max(0, len(text) - MAX_MATCH - 1)
    tail, origin = read(text[least:])
    begin = min(_marks(tail), default=len(tail))
    if begin >= len(tail):
        return len(text)
    return least + (begin if origin is None else origin[begin])


def _marks(tail: str) -> list[int]:
    """Where something begins that may go on."""
    if not tail:
        return []
    marks = [len(tail) - 1] if not tail[-1].isspace() else []
    marks.append(_word_start(tail, len(tail)))
    digits = [match.start() for match in _DIGIT.finditer(tail)]
    if digits and len(tail) - digits[-1] <= _QUIET:
        first = digits[-1]
        for place in reversed(digits):
            if first - place > _QUIET:
                break
            first = place
        marks.append(_word_start(tail, first))
    # In letters and digits an account number may go on for long.
    marks += [match.start() for match in _IBAN_HEAD.finditer(tail)]
    marks += [match.start() for match in _CN_PLATE.finditer(tail)]
    if (key := tail.find("-----BEGIN")) >= 0:
        marks.append(key)
    last = tail.rfind("://")
    if last >= 0 and not any(char.isspace() for char in tail[last:]):
        marks.append(_word_start(tail, last))
    return marks


def _word_start(tail: str, end: int) -> int:
    """Start of the run of visible ASCII that ends at ``end``, with the character before it (a plate's first)."""
    start = end
    while start > 0 and ("!" <= tail[start - 1] <= "~" or is_local(tail[start - 1])):
        start -= 1
    return start - 1 if start > 0 and start < len(tail) and not tail[start - 1].isspace() else start
