"""Names of people in Latin script: runs of capitalised words, judged by lists, titles and the words before them.

A stream finds the same: what is read around a name is bounded by `LEFT` and `RUN`, and both by what streams see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from aigc_text.moderators.names.suffixes import CAPITALISED, NO_PERSON_AFTER, NO_PERSON_BEFORE
from aigc_text.moderators.names.table import May, name_key

LEFT = 40
"""Characters before a name that are read."""
LONGEST = 80
"""Characters of the longest name."""
RUN = 110
"""Longest run of capitalised words that may hold a name. Where the words of a longer one are parted would depend on
where a stream was cut."""

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĖĘĚĞĢĦĪİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŹŻŽ"
_LETTER = r"[^\W\d_]"
_WORD = rf"[{_UPPER}](?:{_LETTER}|['’-](?={_LETTER})){{1,23}}(?!\w)"
_INITIAL = rf"[{_UPPER}]\.?(?![\w'’])"
_TITLES = "mr|mrs|ms|miss|mx|dr|prof|professor|sir|madam|mme|herr|frau|monsieur|madame|señor|señora"
_TITLE = rf"(?:{'|'.join(t.capitalize() for t in _TITLES.split('|'))})\.?(?!\w)"
_PARTICLE = r"(?:van der|van den|van|von|de la|de|del|della|da|di|du|dos|bin|ibn|al|el|le|la|den|ter)(?= )"
_RUN = re.compile(
    rf"(?<![\w@#/.&-])(?:{_TITLE}|{_WORD}|{_INITIAL})(?: (?:{_PARTICLE}|{_TITLE}|{_WORD}|{_INITIAL}))*+"
)
_PART = re.compile(rf"{_TITLE}|{_WORD}|{_INITIAL}|{_PARTICLE}")
_TITLE_SET = frozenset(_TITLES.split("|"))

_INTRODUCED = re.compile(
    r"(?:\bmy name(?:'s|’s| is| was)|\bnames?:|\bname :|\b(?:call me|dear|attn:?|signed|contact|contact:|cc:?|sincerely,?"
    r"|regards,?|yours,?|cheers,?|faithfully,?|patient:?|customer:?|client:?|employee:?|passenger:?|owner:?|cardholder:?"
    r"|applicant:?|recipient:?|beneficiary:?|holder:?|author:?|from:|to:|bill to:?|ship to:?)|\bmiddle name|\bmaiden name)\s{1,3}$",
    re.IGNORECASE,
)
_SELF = re.compile(
    r"\b(?:my name is|my name's|i am called|call me|this is|i'm|i am) ([a-z]{2,15})(?: ([a-z]{2,18}))?(?![\w'])",
    re.IGNORECASE,
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n\"“”(*•-]\s*)$")
_ABBREVIATED = re.compile("['’](?:t|m|re|ll|ve|d)$")
_PLAIN = re.compile(rf"[{_UPPER}][^\W\d_A-Z]+(?:[-'’][{_UPPER}]?[^\W\d_A-Z]+)?")
_STRONG = May.WORD | May.PLACE


class _Word(NamedTuple):
    start: int
    end: int
    key: str
    flags: int
    kind: str
    """``title``, ``initial``, ``particle`` or ``word``."""
    owner: bool
    """A genitive: the name ends here."""
    plain: bool
    """One capital and small letters: no acronym, no brand in mixed case."""

    def sure(self, flag: May) -> bool:
        """It may be that, and nothing else than a name."""
        return bool(self.flags & flag) and not self.flags & _STRONG

    def maybe(self) -> bool:
        """A name, or a word of no list."""
        return bool(self.flags & (May.GIVEN | May.SURNAME)) or self.flags == 0


def find_latin_names(text: str, table: dict[str, int]) -> Iterator[tuple[int, int]]:
    """Where people are named in Latin script: start and end, ascending, without overlaps."""
    reach = 0
    for match in _RUN.finditer(text):
        if match.end() - match.start() > RUN:
            continue
        for start, end in _names(text, _words(text, match.start(), match.end(), table)):
            yield start, end
            reach = end
    if "name" in text or "call me" in text:
        for match in _SELF.finditer(text):
            if match[0].lower().startswith(("this is", "i'm", "i am ")) and not match[0].lower().startswith(
                "i am called"
            ):
                continue
            span = _lower_case(match, table)
            if span is not None and span[0] >= reach:
                yield span


def _words(text: str, first: int, last: int, table: dict[str, int]) -> list[_Word]:
    words = []
    for match in _PART.finditer(text, first, last):
        start, end = match.span()
        written = match.group()
        owner = written.endswith(("'s", "’s"))
        if owner:
            written, end = written[:-2], end - 2
        key = name_key(written.rstrip("."))
        if key in _TITLE_SET:
            kind = "title"
        elif len(key) == 1:
            kind = "initial"
        else:
            kind = "word" if written[0].isupper() else "particle"
        flags = table.get(key, 0) if kind == "word" else 0
        if kind == "word" and (key in CAPITALISED or _ABBREVIATED.search(key)):
            flags |= May.WORD
        elif kind == "word" and not flags and ("-" in key or "'" in key or "’" in key):
            flags = _compound(key, table)
        words.append(_Word(start, end, key, flags, kind, owner, _PLAIN.fullmatch(written) is not None))
    return words


def _compound(key: str, table: dict[str, int]) -> int:
    """Of a double name what both halves may be; O'Neill and D'Souza by what follows."""
    flags = 0
    for part in re.split("[-'’]", key):
        if len(part) > 1:
            flags |= table.get(part, int(May.WORD))
    return flags


def _names(text: str, words: list[_Word]) -> Iterator[tuple[int, int]]:
    place = 0
    while place < len(words):
        titled = words[place].kind == "title"
        while place < len(words) and words[place].kind == "title":
            place += 1
        length = _length(words, place)
        if not length:
            place += not titled
            continue
        named = words[place : place + length]
        before = text[max(0, named[0].start - LEFT) : named[0].start]
        if _closed(words, place, length) or not (_titled(named) if titled else _is_person(named, before)):
            place += 1 if not titled else length
            continue
        if named[-1].end - named[0].start <= LONGEST:
            yield named[0].start, named[-1].end
        place += length


def _length(words: list[_Word], place: int) -> int:
    """Words from ``place`` on that may be one name: at most four, particles between them not counted."""
    count = full = 0
    for word in words[place : place + 7]:
        if word.kind == "title" or full == 4:
            break
        if word.kind == "word":
            if word.key in NO_PERSON_AFTER and not word.flags & May.SURNAME:
                break
            if not word.maybe():
                break
            full += 1
        elif word.kind == "particle" and not full:
            break
        count += 1
        if word.owner:
            break
    while count and words[place + count - 1].kind == "particle":
        count -= 1
    return count if full else 0


def _closed(words: list[_Word], place: int, length: int) -> bool:
    """Does a word beside the name say that a place or organisation is named?"""
    after = place + length
    if (
        after < len(words)
        and words[after].key in NO_PERSON_AFTER
        and words[after].start == words[after - 1].end + 1
    ):
        return True
    return (
        place > 0
        and words[place - 1].key in NO_PERSON_BEFORE
        and words[place - 1].end + 1 == words[place].start
    )


def _titled(named: list[_Word]) -> bool:
    return any(w.kind == "word" and (w.flags == 0 or w.flags & (May.GIVEN | May.SURNAME)) for w in named)


def _is_person(named: list[_Word], before: str) -> bool:
    full = [w for w in named if w.kind == "word"]
    introduced = _INTRODUCED.search(before) is not None
    first = full[0]
    if len(named) == 1:
        if not first.plain or first.key in NO_PERSON_AFTER:
            return False
        if introduced:
            return not first.flags & May.WORD
        return first.sure(May.GIVEN) and len(first.key) > 2
    if not any(w.plain for w in full) and not all(w.sure(May.GIVEN) or w.sure(May.SURNAME) for w in full[:2]):
        return False  # several acronyms
    if any(w.key in NO_PERSON_AFTER for w in full[1:]) and not introduced:
        return False
    starts = _SENTENCE_START.search(before) is not None
    if len(full) == 1:  # J. Smith, Anna K.
        return first.sure(May.SURNAME) or first.sure(May.GIVEN) or introduced
    second = full[1]
    if first.sure(May.GIVEN):
        return second.flags == 0 or bool(second.flags & (May.GIVEN | May.SURNAME))
    if introduced:
        return not first.flags & May.WORD or (bool(first.flags & May.GIVEN) and second.sure(May.SURNAME))
    if first.flags & May.GIVEN:
        return second.sure(May.SURNAME) and not (starts and first.flags & May.WORD)
    if second.sure(May.GIVEN):
        return first.sure(May.SURNAME)
    return first.flags == 0 and not starts and second.sure(May.SURNAME)


def _lower_case(match: re.Match[str], table: dict[str, int]) -> tuple[int, int] | None:
    """After "my name is": names in lower case, which only lists tell."""
    first, second = match[1], match[2]
    if not match[1].islower():
        return None
    known = table.get(first, 0)
    if not known & May.GIVEN or known & _STRONG:
        return None
    follows = (
        second is not None
        and table.get(second, 0) & (May.SURNAME | May.GIVEN)
        and not table[second] & May.WORD
    )
    return match.start(1), match.end(2) if follows else match.end(1)
