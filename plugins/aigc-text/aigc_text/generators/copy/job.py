"""One row of a batch: what is to be written, and what was written so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from aigc_sdk.content import Candidate, Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import AigcError
from aigc_sdk.request import Request
from aigc_text.facts.checker import FactChecker
from aigc_text.facts.inputs import Brief
from aigc_text.generators.copy.builtin_writer import BuiltinWriter
from aigc_text.generators.copy.grounding import Grounding
from aigc_text.generators.copy.options import CopyOptions
from aigc_text.generators.copy.profile import Profile
from aigc_text.generators.copy.repair import ground, repair


@dataclass(slots=True)
class Job:
    """One row: what is to be written, and what was written so far."""

    index: int
    request: Request
    options: CopyOptions
    brief: Brief
    profile: Profile
    language: str
    wanted: int
    writer: BuiltinWriter
    checker: FactChecker
    method: str = "template"
    grounding: Grounding | None = None
    """Set where sentences that the inputs do not bear out are cut."""
    candidates: list[Candidate] | None = None
    bundle: str | None = None
    notes: tuple[str, ...] = ()
    error: AigcError | None = None

    def settle(self, drafts: Iterable[Candidate], ctx: CallContext) -> list[Candidate]:
        """Mend or drop each draft, drop doubles; what is left states every fact and invents none.

        The least mended come first.
        """
        kept: list[Candidate] = []
        seen: set[str] = set()
        for number, draft in enumerate(drafts):
            assert isinstance(draft.content, Text)
            text = draft.content.text
            if text in seen:
                continue
            seen.add(text)
            cuts: tuple[str, ...] = ()
            if self.grounding is not None:
                grounded = ground(text, self.grounding, self.checker)
                if grounded is None or (grounded.repairs and not self.options.repair):
                    continue
                text, cuts = grounded.text, grounded.repairs
            if self.options.repair:
                rng = ctx.rng(self.request.id, "mend", self.request.attempt, number)
                mended = repair(text, self.checker, self.writer, rng, act=self.grounding is not None)
                if mended is None:
                    continue
                text, repairs = mended.text, (*cuts, *mended.repairs)
            elif self.checker.check(text).faithful:
                repairs = ()
            else:
                continue
            if repairs and text in seen:
                continue
            seen.add(text)
            meta = {**draft.meta, "voice": self.profile.voice, "channel": self.profile.channel}
            if repairs:
                meta["repairs"] = list(repairs)
            if self.notes:
                meta["notes"] = list(self.notes)
            # A mended text is no longer what the model gave its probability to.
            logprob = None if repairs else draft.logprob
            kept.append(replace(draft, content=Text(text, self.language), logprob=logprob, meta=meta))
        return sorted(kept, key=lambda candidate: len(candidate.meta.get("repairs", ())))
