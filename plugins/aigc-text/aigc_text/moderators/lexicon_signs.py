"""Signs of disguise near which a listed term may hide; all others cost no more than a look into a set.

Ordinary texts are full of hyphens, line feeds and numbers. A cut counts only where the parts add up to a word of
some term, and so does a digit among letters only where the word it would make is one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, pairwise

from aigc_text.moderators import lexicon_suspect as suspect
from aigc_text.moderators.lexicon_automaton import Automaton
from aigc_text.moderators.lexicon_squeeze import checked, gist, level, squeeze_key
from aigc_text.moderators.lexicon_terms import Term
from aigc_text.moderators.lexicon_variants import LEET

_WORD = re.compile("[^\\W_\u2e80-\U0010ffff]+")
_CHAIN = re.compile(f"{_WORD.pattern}(?:{suspect.SYMBOL.pattern}{_WORD.pattern})+")
# Single letters, each stretched or not, with gaps between.
_ONE = _WORD.pattern.rstrip("+")
_SPELLED = re.compile(rf"(?<!{_ONE})({_ONE})\1*(?:[\W_]{{1,{suspect.MAX_GAP}}}({_ONE})\2*(?!{_ONE}))+")
_MANY = 12
"""Letters spelled out in a row that are worth squeezing whatever they are."""

_FEW = 1 << 14
"""Letters of phrases up to which the larger and faster automaton takes some megabytes at most."""
_STRIDE = 600
"""Characters of text for each sign from which on looking around signs is cheaper than through the whole text."""


class Signs:
    """Where a text shows signs of disguise: ranges to squeeze, and whether to read its letters otherwise."""

    def __init__(self, reach: int) -> None:
        self.readings = 0
        self._reach = reach
        self._spans: list[tuple[int, int]] = []

    def add(self, position: int, flag: int) -> None:
        """Note a sign; those of one kind come in the order of their positions."""
        if not flag & suspect.SQUEEZE:
            self.readings |= flag
        elif not self._covers(position):
            start = position
            if self._spans and 0 <= position - self._spans[-1][1] <= self._reach:
                start = self._spans.pop()[0]
            self._spans.append((start, position))

    def _covers(self, position: int) -> bool:
        return bool(self._spans) and self._spans[-1][0] <= position <= self._spans[-1][1]

    def windows(self) -> list[tuple[int, int]]:
        """Ranges to squeeze, disjoint; they may reach beyond the text."""
        merged: list[tuple[int, int]] = []
        for first, last in sorted(self._spans):
            start, end = max(0, first - self._reach), last + self._reach
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged


class Words:
    """Words of the terms looked for, l read as i: letters and digits in a row of scripts with word boundaries.

    A match begins and ends where words do, so whatever it covers of a word is a whole word of its term.

    Args:
        patterns: Everything that is looked for in texts and readings, folded.
        squeezed: What is looked for once separators are dropped and runs levelled, besides ``patterns``.
    """

    def __init__(self, patterns: Iterable[str], squeezed: Iterable[str] = ()) -> None:
        self._alone: set[str] = set()
        self._parts: set[str] = set()
        self._pairs: set[tuple[str, str]] = set()
        self._spelled: set[str] = set()
        for pattern in _unified(patterns).split(suspect.SEPARATOR):
            if pattern.isascii() and pattern.isalnum():
                self._alone.add(pattern)
                continue
            words = _WORD.findall(pattern)
            if len(words) == 1:
                self._alone.update(words)
            else:
                self._parts.update(words)
                self._pairs.update(pairwise(words))
            if all(len(word) == 1 for word in pattern.split(" ")):
                self._spelled.update(words)
        self._spelled.update(word for word in self._alone if len(word) == 1)
        levelled = level(suspect.SEPARATOR.join(chain(self._alone, self._parts))).split(suspect.SEPARATOR)
        self._levelled = {*levelled, *_WORD.findall(level(_unified(squeezed)))}
        self._levelled -= self._alone
        self._levelled -= self._parts

    def stretched(self, word: str) -> bool:
        """Whether ``word`` is a word of a term but for runs of letters."""
        levelled = level(word.replace("l", "i"))
        return levelled in self._alone or levelled in self._parts or levelled in self._levelled

    def __contains__(self, word: str) -> bool:
        unified = word.replace("l", "i")
        return unified in self._alone or unified in self._parts

    def changed(self, text: str, reading: str) -> bool:
        """Whether some word that ``reading`` changes is a word of a term; False means that none is found by it."""
        parts: set[str] = set()
        for written, read in zip(text.split(), reading.split(), strict=True):
            if written == read:
                continue
            words = _WORD.findall(read.replace("l", "i"))
            if LEET.issuperset(written):  # numbers by themselves are no words, unless a term is spelled out
                words = [word for word in words if word in self._spelled]
            if not self._alone.isdisjoint(words):
                return True
            parts.update(self._parts.intersection(words))
        if not parts:
            return False
        neighbours = pairwise(_WORD.findall(reading.replace("l", "i")))
        return any(pair in self._pairs and not parts.isdisjoint(pair) for pair in neighbours)


def _unified(texts: Iterable[str]) -> str:
    return suspect.SEPARATOR.join(texts).replace("l", "i")


class SignFinder:
    """Finds the signs of disguise in texts that are joined, and leaves out those where no term is hidden.

    Args:
        plain: Terms as they are.
        words: The words of all terms.
        phrases: Terms, and forms of terms in readings, that hold more than letters and digits.
        reach: Characters around a sign that a match which holds it may cover.
    """

    def __init__(self, plain: Automaton[Term], words: Words, phrases: Sequence[str], reach: int) -> None:
        self._plain = plain
        self._words = words
        self._reach = reach
        few = sum(map(len, phrases)) <= _FEW
        self._phrases = Automaton(((suspect.letters(phrase), None) for phrase in phrases), few=few)
        squeezed = {squeeze_key(phrase) for phrase in phrases} - {""}
        self._squeezed_phrases = Automaton(((letters, None) for letters in squeezed), few=few)

    def find(self, joined: str, starts: Sequence[int], check: Callable[[], None]) -> dict[int, Signs]:
        """Signs in the texts of a block, by their number; texts without any have no entry.

        Args:
            joined: Folded texts, with `suspect.SEPARATOR` before each and behind the last.
            starts: Where each text begins in ``joined``.
            check: Called now and then; what it raises ends the work.
        """
        found: dict[int, Signs] = {}
        squeeze: dict[int, int] = {}
        last = {suspect.REPEATS: -1, suspect.SPACING: -1}
        for position, flag in suspect.signs_of_disguise(joined, check):
            if flag in last:  # a run, or a gap, is one sign however long
                goes_on = position == last[flag] + 1
                last[flag] = position
                if goes_on:
                    continue
            if flag & suspect.SQUEEZE:
                squeeze[position] = squeeze.get(position, 0) | flag
            else:
                self._note(found, starts, position, flag)
        if squeeze:
            for position in self._worth_squeezing(joined, squeeze, check):
                self._note(found, starts, position, suspect.SQUEEZE)
        return found

    def _note(self, found: dict[int, Signs], starts: Sequence[int], position: int, flag: int) -> None:
        row = bisect_right(starts, position) - 1
        if row not in found:
            found[row] = Signs(self._reach)
        found[row].add(position - starts[row], flag)

    def _worth_squeezing(self, joined: str, flags: dict[int, int], check: Callable[[], None]) -> list[int]:
        """Those positions of ``flags`` where a term may stand, its gaps, symbols and repeats left out."""
        positions = sorted(flags)
        worth = self._in_phrases(joined, positions, check)
        latest, word_end, stretched = -1, 0, False
        for position in checked(positions, check):
            flag = flags[position]
            if position in worth:
                continue
            hidden = bool(flag & suspect.CUT) and self._cuts_word(joined, position)
            if (
                not hidden and flag & suspect.SPELLED
            ):  # a long row of letters is not looked at for each of them
                near = latest >= position - suspect.MAX_GAP - 1
                hidden = near or self._stretches(joined, position, flag)[0]
            elif not hidden and flag & suspect.REPEATS:
                if position >= word_end:
                    stretched, word_end = self._stretches(joined, position, flag)
                hidden = stretched
            if hidden or (flag & suspect.CUT_HAN and self._cuts_han(joined, position)):
                worth.add(position)
                latest = position
        return sorted(worth)

    def _in_phrases(self, joined: str, positions: list[int], check: Callable[[], None]) -> set[int]:
        """The positions across which a phrase stands once everything but its letters is dropped."""
        worth: set[int] = set()
        for least, most in self._around(len(joined), positions):
            reduced = suspect.Reduced(joined[least:most])
            for first, beyond, _ in checked(self._phrases.iter(reduced.letters, check), check):
                start, end = least + reduced.place(first), least + reduced.place(beyond - 1)
                for index in range(bisect_left(positions, start), bisect_left(positions, end)):
                    position = positions[index]
                    if position - start <= self._reach and end - position <= self._reach:
                        worth.add(position)
        return worth

    def _around(self, length: int, positions: list[int]) -> list[tuple[int, int]]:
        """Ranges that hold what a match at one of ``positions`` may cover; all where that is most of the text."""
        if len(positions) * _STRIDE >= length:
            return [(0, length)]
        ranges: list[tuple[int, int]] = []
        for position in positions:
            start, end = max(0, position - self._reach), position + self._reach + 1
            if ranges and start <= ranges[-1][1]:
                start = ranges.pop()[0]
            ranges.append((start, end))
        return ranges

    def _cuts_word(self, joined: str, position: int) -> bool:
        """Whether the parts of a word cut by symbols at ``position`` add up to a word of a term."""
        least, most = max(0, position - self._reach), position + self._reach + 1
        start = joined.rfind(" ", least, position) + 1 or least
        end = joined.find(" ", position, most)
        for parts in _CHAIN.finditer(joined, start, end if end >= 0 else most):
            if parts.end() > position:
                return parts.start() <= position and suspect.joined(parts[0]) in self._words
        return False

    def _stretches(self, joined: str, position: int, flag: int) -> tuple[bool, int]:
        """Whether the word with repeats at ``position`` may be of a term, or the letters spelled out there.

        And where that word ends.
        """
        least, most = max(0, position - self._reach), position + self._reach + 1
        spelled = bool(flag & suspect.SPELLED)
        start, end = position, position + 1
        if flag & suspect.REPEATS:
            while start > least and _WORD.match(joined, start - 1):
                start -= 1
            while end < most and _WORD.match(joined, end, end + 1):
                end += 1
            around = joined[start - 1 : start] + joined[end : end + 1]
            if suspect.SYMBOL.search(around) or self._words.stretched(joined[start:end]):
                return True, end
            spelled = spelled or len(level(joined[start:end])) == 1
        if spelled and self._spells(joined, position, least, most):
            return True, end
        letters = gist(joined[least:most])
        phrases = self._squeezed_phrases
        return phrases.occurs(letters) or phrases.occurs(level(letters.replace("l", "i"))), end

    def _spells(self, joined: str, position: int, least: int, most: int) -> bool:
        """Whether letters spelled out at ``position`` may make a word of a term."""
        for spelled in _SPELLED.finditer(joined, least, most):
            # The sign may begin with the ideograph before what is spelled out.
            if spelled.end() > position and spelled.start() <= position + 1:
                letters = "".join(word[0] for word in _WORD.findall(spelled[0]))
                return len(letters) > _MANY or any(
                    self._words.stretched(letters[start:end])
                    for start in range(len(letters))
                    for end in range(start + 3, len(letters) + 1)
                )
        return False

    def _cuts_han(self, joined: str, position: int) -> bool:
        longest = self._plain.longest
        start = joined.rfind(suspect.SEPARATOR, max(0, position - self._reach), position + 1) + 1
        end = joined.find(suspect.SEPARATOR, position + 1, position + 1 + self._reach)
        before = suspect.letters(joined[max(start, position - self._reach) : position + 1])[-longest:]
        stop = end if end >= 0 else position + 1 + self._reach
        after = suspect.letters(joined[position + 1 : stop])[:longest]
        return self._plain.crosses(before + after, len(before))
