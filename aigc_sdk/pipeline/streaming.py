"""Screening a stream: nothing leaves before it is screened, however the text is cut into chunks.

The text is cleared in *windows* whose ends depend on the text alone (its sentences and positions), never on
how it arrived. A window that ends at ``b`` is judged once ``b`` plus the *hold-back* has arrived, on the
slice from some context before it to the end of the hold-back. The hold-back is one character more than the
longest bounded match of any detector, so a match that begins before ``b`` is seen whole, with the character
behind it, before any of it could leave. What starts behind ``b`` is left to the next window. Detectors that judge
texts as a whole see nothing behind ``b``.

Most text cannot be the beginning of a match. Where every bounded detector says so (`Screener.settled`), the window
is *tried* at once: if nothing is objected to it leaves, since more text could not change that; else it waits for
its hold-back, and is judged then.

So the released text and the verdict are functions of the whole text: chunking cannot change them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.pipeline.redaction import redacted_spans
from aigc_sdk.pipeline.screened_rows import Keep
from aigc_sdk.pipeline.screening import Screener
from aigc_sdk.runtime.graphemes import is_boundary
from aigc_sdk.spec import ModeratorSpec
from aigc_sdk.taxonomy import Kind, Stage
from aigc_sdk.verdict import Applied, Decision, Finding, Halt, Release, Verdict

GRID = 16
"""Window length in characters where every detector has a bounded match: only the hold-back delays."""

MIN_WINDOW = 40
MAX_WINDOW = 160
"""Window lengths where a detector judges whole texts: from the first sentence end in between."""

MAX_CLUSTER = 64
"""Characters a window may grow by so that its end splits nothing a reader sees as one character."""

CONTEXT = 240
"""Characters before a window that its detectors see too."""

_SENTENCE_ENDS = frozenset(".!?。！？…\n；;")


@dataclass(slots=True)
class Held:
    """How much of a stream waited.

    Attributes:
        bound: Most characters that may wait behind a window.
        pieces: Pieces of text that came in.
        total: Sum over the pieces of the characters that waited after each.
        most: The most that ever waited.
    """

    bound: int
    pieces: int = 0
    total: int = 0
    most: int = 0

    def note(self, waiting: int) -> None:
        """A piece came in, and ``waiting`` characters have not left."""
        self.pieces += 1
        self.total += waiting
        self.most = max(self.most, waiting)

    @property
    def mean(self) -> float:
        """Characters that waited after a piece came in, on average."""
        return self.total / max(1, self.pieces)


class StreamScreen:
    """Holds text back until it is screened.

    Args:
        screener: Draws the verdicts.
        stage: Normally `Stage.OUTPUT`.
        ctx: The call's context.
        language: The stream's language where known; else each slice's is detected.

    Attributes:
        hold_back: Most characters held back behind a window's end.
        held: Characters waiting after each piece of text that came in: how many pieces, their sum, the most.
        released: Characters of the *original* text that have left (in redacted form where so decided).
    """

    def __init__(
        self, screener: Screener, *, stage: Stage, ctx: CallContext, language: str | None = None
    ) -> None:
        self._screener = screener
        self._stage = stage
        self._ctx = ctx
        self._language = language
        specs = [p.spec for p in screener.plan(Kind.TEXT, stage) if p.spec is not None]
        bounded = [s.max_match for s in specs if s.max_match is not None]
        self._whole = any(s.max_match is None for s in specs)
        self.hold_back = max(bounded, default=0) + 1 if specs else 0
        self._context = max(CONTEXT, self.hold_back)
        self._text = ""
        self._out: list[str] = []
        self._redacted: list[tuple[int, int]] = []
        self._refused_at = -1
        self._asks = True
        self.released = 0
        self.held = Held(self.hold_back)
        self._halted = False

    @property
    def delivered(self) -> str:
        """What has left, as it left."""
        return "".join(self._out)

    def feed(self, delta: str) -> Iterator[Release | Halt]:
        """Add text; yields what may leave now, or one `Halt`. After a halt nothing is taken any more."""
        if self._halted:
            return
        self._text += delta
        while not self._halted and (end := self._window_end()) is not None:
            if len(self._text) >= end + self.hold_back:
                yield from self._clear(end, final=False)
            elif (release := self._try(end)) is not None:
                yield release
            else:
                break
        self.held.note(len(self._text) - self.released)

    def finish(self) -> Iterator[Release | Halt | Verdict]:
        """End the stream: what windows are left, the whole text, then the rest; yields a `Verdict` last.

        After a halt it yields nothing.
        """
        if self._halted:
            return
        while (end := self._window_end()) is not None and end < len(self._text):
            yield from self._clear(end, final=False)
            if self._halted:
                return
        whole = self._screen(0, len(self._text), None)
        if whole.decision in (Decision.BLOCK, Decision.REVIEW) or self._left_unredacted(whole):
            yield self._halt(whole)
            return
        if self.released < len(self._text):
            yield from self._clear(len(self._text), final=True, whole=whole)
        if not self._halted:
            yield whole

    def _window_end(self) -> int | None:
        """End of the window that starts at `released`, or None while the text does not reach it."""
        start, text = self.released, self._text
        if not self._whole:
            return self._whole_character(start + GRID)
        for position in range(start + MIN_WINDOW, min(len(text), start + MAX_WINDOW)):
            if text[position - 1] in _SENTENCE_ENDS:
                return self._whole_character(position)
        return self._whole_character(start + MAX_WINDOW)

    def _whole_character(self, position: int) -> int | None:
        """The first place from ``position`` on that splits no grapheme; None while it has not arrived.

        A run of joiners without end is cut after `MAX_CLUSTER` characters: no writing needs more.
        """
        for place in range(position, position + MAX_CLUSTER):
            if place >= len(self._text):
                return None
            if is_boundary(self._text, place):
                return place
        return position + MAX_CLUSTER if len(self._text) > position + MAX_CLUSTER else None

    def _try(self, end: int) -> Release | None:
        """The window up to ``end``, if what has arrived is enough to let it go as it is."""
        if not self._asks or self._refused_at == end:
            return None
        if not self._settled(self._text[(begin := self._begin) :], end - begin):
            return None
        verdict = self._judge(end, final=False, announce=False)
        window = self._text[self.released : end]
        if verdict.allowed and self._redacted:
            item, limit = self._as_delivered(window, end, end + self.hold_back)
            if not self._settled(item.text, limit):
                return None
            again = self._judge_delivered(item, limit, announce=False)
            verdict = again if not again.allowed else verdict
        if not verdict.allowed:
            self._refused_at = end
            return None
        self._screener.announce([verdict])
        return self._release(window, end)

    def _settled(self, text: str, end: int) -> bool:
        place = self._screener.settled(text, self._stage, self._ctx)
        self._asks = place >= 0
        return place >= end

    @property
    def _begin(self) -> int:
        return self._slice_start(self.released)

    def _judge(self, end: int, *, final: bool, announce: bool = True) -> Verdict:
        """The verdict on the window up to ``end``, by what is there of its hold-back."""
        begin = self._begin
        stop = len(self._text) if final else min(end + self.hold_back, len(self._text))

        def keep(finding: Finding, spec: ModeratorSpec) -> bool:
            if final or spec.max_match is None or not finding.spans:
                return True
            # A match that begins behind the window is held back anyway, and may be an artefact of the cut.
            return any(s.start is None or begin + s.start < end for s in finding.spans)

        return self._screen(begin, stop, keep, None if final else end - begin, announce)

    def _clear(self, end: int, *, final: bool, whole: Verdict | None = None) -> Iterator[Release | Halt]:
        """Judge the window up to ``end`` and release it, redact it, or halt.

        ``whole`` is the verdict on the whole text, where it has ended: what that alone wants redacted is refused.
        """
        begin = self._begin
        verdict = self._judge(end, final=final)
        if verdict.decision in (Decision.BLOCK, Decision.REVIEW):
            yield self._halt(verdict)
            return
        if whole is not None and whole.decision is Decision.REDACT:
            fill = self._screener.policy.placeholder
            here = redacted_spans(verdict, fill) if verdict.decision is Decision.REDACT else []
            wanted = [(a, b) for a, b, _ in redacted_spans(whole, fill) or () if b > self.released]
            if not all(any(begin + c <= a and b <= begin + d for c, d, _ in here or ()) for a, b in wanted):
                yield self._halt(whole)
                return
        if verdict.decision is Decision.REDACT:
            yield from self._release_redacted(verdict, begin, end)
            return
        seen = end + self.hold_back
        yield from self._release_after_redaction(self._text[self.released : end], end, seen)

    def _release_redacted(self, verdict: Verdict, begin: int, end: int) -> Iterator[Release | Halt]:
        """Release the window with its offending spans replaced; a match across the end moves the end."""
        spans = redacted_spans(verdict, self._screener.policy.placeholder)
        if spans is None:
            yield self._halt(verdict)
            return
        # Fixed by the window: a match that moves its end must not bring in whatever else has arrived by now.
        seen = end + self.hold_back
        pieces, position = [], self.released
        for first, last, fill in ((begin + a, begin + b, fill) for a, b, fill in spans):
            if last <= self.released or first >= end:
                continue
            if first < self.released:
                # Part of it has left already: it cannot be redacted any more.
                yield self._halt(verdict)
                return
            pieces += [self._text[position:first], fill]
            position = last
            self._redacted.append((first, last))
        # A span that claims to reach beyond what has arrived cannot reach beyond it.
        end = min(max(end, position), len(self._text))
        pieces.append(self._text[position:end])
        yield from self._release_after_redaction("".join(pieces), end, seen)

    def _release_after_redaction(self, window: str, end: int, seen: int) -> Iterator[Release | Halt]:
        """Release a window; once anything was redacted, as it reads after what was delivered before it.

        Where a span was deleted, its neighbours may have joined into a new match, in this window or in a later
        one. The original text behind the window is appended, so that a word cut by its end is not taken for
        another; findings of bounded detectors that begin there belong to the next window.
        """
        if self._redacted:
            again = self._judge_delivered(*self._as_delivered(window, end, seen))
            if not again.allowed:
                yield self._halt(again)
                return
        yield self._release(window, end)

    def _as_delivered(self, window: str, end: int, seen: int) -> tuple[Text, int]:
        """What was delivered last, the window, and what follows it up to ``seen``; and where the window ends in that."""
        tail = self.delivered[-self._context :]
        item = Text(tail + window + self._text[end:seen], self._language)
        return item, len(tail) + len(window)

    def _judge_delivered(self, item: Text, limit: int, *, announce: bool = True) -> Verdict:
        def keep(finding: Finding, spec: ModeratorSpec) -> bool:
            if spec.max_match is None or not finding.spans:
                return True
            return any(s.start is None or s.start < limit for s in finding.spans)

        return self._screener.screen(
            [item],
            stage=self._stage,
            ctx=self._ctx,
            keep=keep,
            redact=False,
            clip=limit,
            announce=announce,
        )[0]

    def _left_unredacted(self, whole: Verdict) -> bool:
        """Did the whole text ask for redaction of something that has left as it was?"""
        if whole.decision is not Decision.REDACT:
            return False
        spans = redacted_spans(whole, "")
        return spans is None or any(
            first < self.released and not any(a <= first and last <= b for a, b in self._redacted)
            for first, last, _ in spans
        )

    def _slice_start(self, position: int) -> int:
        """Where the slice for a window at ``position`` begins: some context before, at a word's start."""
        begin = max(0, position - self._context)
        if begin == 0:
            return 0
        # Do not begin inside a word, or its tail could look like another word.
        for back in range(begin, min(begin + 32, position)):
            if self._text[back - 1].isspace():
                return back
        return begin

    def _screen(
        self, begin: int, stop: int, keep: Keep | None, clip: int | None = None, announce: bool = True
    ) -> Verdict:
        item = Text(self._text[begin:stop], self._language)
        return self._screener.screen(
            [item],
            stage=self._stage,
            ctx=self._ctx,
            keep=keep,
            redact=False,
            clip=clip,
            announce=announce,
        )[0]

    def _release(self, text: str, end: int) -> Release:
        self.released = end
        self._out.append(text)
        return Release(text)

    def _halt(self, verdict: Verdict) -> Halt:
        self._halted = True
        if verdict.deliverable:
            # A redaction that comes too late is a refusal.
            late = Applied(rule="redaction_failed", action=Decision.BLOCK, reason="it had left already")
            verdict = verdict.model_copy(
                update={"decision": Decision.BLOCK, "applied": (*verdict.applied, late)}
            )
        return Halt(verdict, (0, self.released))
