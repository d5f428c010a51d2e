"""Screening a stream: nothing leaves before it is screened, however the text is cut into chunks.

The text is cleared in *windows* whose ends depend on the text alone (its sentences and positions), never on
how it arrived. A window that ends at ``b`` is judged once ``b`` plus the *hold-back* has arrived, on the
slice from some context before it to the end of the hold-back. The hold-back is one character more than the
longest bounded match of any detector, so a match that begins before ``b`` is seen whole, with the character
behind it, before any of it could leave. What starts behind ``b`` is left to the next window.

So the released text and the verdict are functions of the whole text: chunking cannot change them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.pipeline.redaction import redacted_spans
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


class StreamScreen:
    """Holds text back until it is screened.

    Args:
        screener: Draws the verdicts.
        stage: Normally `Stage.OUTPUT`.
        ctx: The call's context.
        language: The stream's language where known; else each slice's is detected.

    Attributes:
        hold_back: Characters held back behind a window's end.
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
        self.released = 0
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
        while not self._halted:
            end = self._window_end()
            if end is None or len(self._text) < end + self.hold_back:
                return
            yield from self._clear(end, final=False)

    def finish(self) -> Iterator[Release | Halt | Verdict]:
        """End the stream: the whole text is screened, then the rest leaves; yields a `Verdict` last.

        After a halt it yields nothing.
        """
        if self._halted:
            return
        whole = self._screen(0, len(self._text), None)
        if whole.decision in (Decision.BLOCK, Decision.REVIEW) or self._left_unredacted(whole):
            yield self._halt(whole)
            return
        if self.released < len(self._text):
            yield from self._clear(len(self._text), final=True)
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

    def _clear(self, end: int, *, final: bool) -> Iterator[Release | Halt]:
        """Judge the window up to ``end`` and release it, redact it, or halt."""
        begin = self._slice_start(self.released)
        stop = len(self._text) if final else end + self.hold_back

        def keep(finding: Finding, spec: ModeratorSpec) -> bool:
            if final or spec.max_match is None or not finding.spans:
                return True
            # A match that begins behind the window is held back anyway, and may be an artefact of the cut.
            return any(s.start is None or begin + s.start < end for s in finding.spans)

        verdict = self._screen(begin, stop, keep)
        if verdict.decision in (Decision.BLOCK, Decision.REVIEW):
            yield self._halt(verdict)
            return
        if verdict.decision is Decision.REDACT:
            yield from self._release_redacted(verdict, begin, end)
            return
        yield from self._release_after_redaction(self._text[self.released : end], end)

    def _release_redacted(self, verdict: Verdict, begin: int, end: int) -> Iterator[Release | Halt]:
        """Release the window with its offending spans replaced; a match across the end moves the end."""
        spans = redacted_spans(verdict, self._screener.policy.placeholder)
        if spans is None:
            yield self._halt(verdict)
            return
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
        yield from self._release_after_redaction("".join(pieces), end)

    def _release_after_redaction(self, window: str, end: int) -> Iterator[Release | Halt]:
        """Release a window; once anything was redacted, as it reads after what was delivered before it.

        Where a span was deleted, its neighbours may have joined into a new match, in this window or in a later
        one. The original text behind the window is appended, so that a word cut by its end is not taken for
        another; findings of bounded detectors that begin there belong to the next window.
        """
        if self._redacted:
            tail = self.delivered[-self._context :]
            limit = len(tail) + len(window)
            item = Text(tail + window + self._text[end : end + self.hold_back], self._language)

            def keep(finding: Finding, spec: ModeratorSpec) -> bool:
                if spec.max_match is None or not finding.spans:
                    return True
                return any(s.start is None or s.start < limit for s in finding.spans)

            again = self._screener.screen([item], stage=self._stage, ctx=self._ctx, keep=keep, redact=False)[
                0
            ]
            if not again.allowed:
                yield self._halt(again)
                return
        yield self._release(window, end)

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
        self, begin: int, stop: int, keep: Callable[[Finding, ModeratorSpec], bool] | None
    ) -> Verdict:
        item = Text(self._text[begin:stop], self._language)
        return self._screener.screen([item], stage=self._stage, ctx=self._ctx, keep=keep, redact=False)[0]

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
