"""Token ids to text as they come: whole characters only, stop strings never leaked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from aigc_sdk.runtime.graphemes import is_boundary, last_boundary

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Decoding costs grow with the window; below this many ids moving it would cost more than it saves.
_WINDOW = 48
_KEPT = 8


class Decodes(Protocol):
    """What is needed of a tokenizer."""

    @property
    def byte_ids(self) -> frozenset[int]:
        """Ids of byte-fallback tokens."""

    @property
    def skipped_ids(self) -> frozenset[int]:
        """Ids that leave no trace in the text."""

    def decode(self, ids: Sequence[int], /) -> str:
        """Text of ids."""


def decode_whole(tokenizer: Decodes, ids: Sequence[int]) -> str:
    """Text of ids without a last character whose bytes are not all there yet (nor a U+FFFD that ends it)."""
    text = tokenizer.decode(ids) if ids else ""
    if not text.endswith(_REPLACEMENT):
        return text
    ids = [number for number in ids if number not in tokenizer.skipped_ids]
    # One broken byte makes the library replace a whole run of byte tokens, whole characters among them. Of a
    # character at most three bytes are there without the rest.
    for end in range(len(ids) - 1, max(len(ids) - 4, -1), -1):
        if not text.endswith(_REPLACEMENT) or ids[end] not in tokenizer.byte_ids:
            break
        text = tokenizer.decode(ids[:end]) if end else ""
    return text.rstrip(_REPLACEMENT)


class IncrementalDetokenizer:
    """Turns ids into pieces of text whose concatenation is exactly ``decode_whole(all ids)``, cut at a stop string.

    A piece ends where a grapheme cluster ends for certain, so the last cluster is held back until the next
    begins: neither a multi-byte character nor an emoji sequence nor a combining mark is ever split. A text end
    that may become a stop string is held back too.

    Args:
        tokenizer: Decodes ids.
        stop: Strings that end the text.
    """

    def __init__(self, tokenizer: Decodes, stop: Sequence[str] = ()) -> None:
        self._tokenizer = tokenizer
        self._byte_ids = tokenizer.byte_ids
        self._skipped_ids = tokenizer.skipped_ids
        self._stop = tuple(stop)
        self._longest_stop = max(map(len, self._stop), default=0)
        self._window: list[int] = []
        self._taken = 0  # characters of the window's text that were taken into `_held` or before
        self._held = ""
        self._searched = 0  # `_held` up to here starts no stop string
        self.stopped = False
        """True once a stop string was found; later ids are ignored."""

    def push(self, token: int) -> str:
        """Text that is certain after one more id, possibly empty."""
        if self.stopped or token in self._skipped_ids:
            return ""
        self._window.append(token)
        return self._release(self._whole_text(final=False), final=False)

    def finish(self) -> str:
        """The rest: what was held back, without a character that the end cut in two."""
        if self.stopped:
            return ""
        return self._release(self._whole_text(final=True), final=True)

    def _whole_text(self, *, final: bool) -> str:
        """New text of the window, without what later bytes may still change."""
        ids = self._window
        if not final and self._byte_ids and ids[-1] in self._byte_ids:
            # One broken byte makes the library replace the whole run of byte tokens: wait for its end.
            end = len(ids)
            while end and ids[end - 1] in self._byte_ids:
                end -= 1
            ids = ids[:end]
        if final:
            text = decode_whole(self._tokenizer, ids)
        else:
            text = (self._tokenizer.decode(ids) if ids else "").rstrip(_REPLACEMENT)
        new = text[self._taken :]
        self._taken = max(self._taken, len(text))
        if len(self._window) > _WINDOW and not final:
            self._shrink(text)
        return new

    def _shrink(self, text: str) -> None:
        """Forget old ids, if the remaining ones decode to the end of the same text."""
        if len(text) != self._taken or self._window[-1] in self._byte_ids:
            return
        tail_ids = self._window[-_KEPT:]
        if tail_ids[0] in self._byte_ids:
            return
        tail = self._tokenizer.decode(tail_ids)
        # The front of the tail may differ (a stripped space, half a character) as long as some text that was
        # taken remains to stand for it.
        if tail and tail[0] != _REPLACEMENT and text.endswith(tail):
            self._window = tail_ids
            self._taken = len(tail)

    def _release(self, new: str, *, final: bool) -> str:
        self._held += new
        if self._stop:
            at = self._find_stop()
            if at is not None:
                self.stopped = True
                piece, self._held = self._held[:at], ""
                return piece
        if final:
            piece, self._held = self._held, ""
            return piece
        end = last_boundary(self._held)
        if self._stop:
            end = min(end, len(self._held) - self._partial_stop())
            while end > 0 and not is_boundary(self._held, end):
                end -= 1
        piece, self._held = self._held[:end], self._held[end:]
        self._searched = max(0, self._searched - end)
        return piece

    def _find_stop(self) -> int | None:
        start = max(0, self._searched - self._longest_stop + 1)
        found = [at for stop in self._stop if (at := self._held.find(stop, start)) >= 0]
        self._searched = len(self._held)
        return min(found, default=None)

    def _partial_stop(self) -> int:
        """Length of the longest end of the held text that begins a stop string."""
        for length in range(min(len(self._held), self._longest_stop - 1), 0, -1):
            end = self._held[-length:]
            if any(stop.startswith(end) for stop in self._stop):
                return length
        return 0
