"""From a text to what the model is fed: folded, tokenised, cut into windows, with the rules that match each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aigc_text.moderators.injection.rules import RULES, Hit, find
from aigc_text.moderators.injection.tokens import Tokens, tokenise, windows
from aigc_text.moderators.lexicon_fold import term_folding
from aigc_text.moderators.normalise import Folded

if TYPE_CHECKING:
    import numpy.typing as npt

_RULES_READ = 12_000
"""Characters up to which a text is searched for rules as a whole; of longer ones, `focus` says which windows are."""


@dataclass(slots=True)
class Reading:
    """One text, or one hidden layer of it, ready to be judged.

    Attributes:
        folded: What is read, with the way back to the text that it comes from.
        tokens: Its tokens.
        windows: Ranges of tokens to judge.
        hits: Rules that match, in order of the rules.
    """

    folded: Folded
    tokens: Tokens
    windows: list[tuple[int, int]]
    hits: list[Hit]

    @property
    def long(self) -> bool:
        """Whether rules are looked for in a part of the text only."""
        return len(self.folded.text) > _RULES_READ

    def features(self) -> npt.NDArray[np.float32]:
        """Which rules match inside each window, float32 [windows, rules]."""
        out = np.zeros((len(self.windows), len(RULES)), np.float32)
        if self.hits:
            ranges = np.asarray(self.windows).reshape(-1, 2)
            for hit in self.hits:
                first, last = self._token(hit.start), self._token(hit.end - 1)
                out[(ranges[:, 0] <= first) & (last < ranges[:, 1]), hit.rule] = 1
        return out

    def characters(self, window: tuple[int, int]) -> tuple[int, int]:
        """The characters of the folded text that a window covers; the marks around it too at the text's ends."""
        start = self.tokens.starts[window[0]] if window[0] else 0
        last = window[1] == len(self.tokens)
        return start, len(self.folded.text) if last else self.tokens.ends[window[1] - 1]

    def focus(self, chosen: list[tuple[int, int]]) -> None:
        """Look for rules in the given windows of a long text."""
        found = set()
        for window in sorted(chosen):
            start, end = self.characters(window)
            found |= {Hit(h.rule, h.start + start, h.end + start) for h in find(self.folded.text[start:end])}
        self.hits = sorted(found, key=lambda h: (h.rule, h.start, h.end))

    def _token(self, position: int) -> int:
        return max(0, bisect_right(self.tokens.starts, position) - 1)


def read(text: str, language: str, check: Callable[[], None] | None = None) -> Reading:
    """Fold, tokenise and cut ``text``.

    Args:
        text: Any text.
        language: ``en`` or ``zh``: how large the windows are.
        check: Called between steps of the work; what it raises ends it.
    """
    folded = term_folding()(text, check)
    return read_folded(folded, language, check)


def read_folded(folded: Folded, language: str, check: Callable[[], None] | None = None) -> Reading:
    """`read` for text that is folded already."""
    tokens = tokenise(folded.text)
    if check is not None:
        check()
    hits = list(find(folded.text)) if len(folded.text) <= _RULES_READ and len(tokens) else []
    return Reading(folded, tokens, windows(len(tokens), language) if len(tokens) else [], hits)
