"""``text/ad-law``: claims that advertising law forbids or wants proof of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from aigc_sdk.content import Content, Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import AigcError, BadInputError
from aigc_sdk.taxonomy import Category, Severity, Stage
from aigc_sdk.verdict import Err, Explanation, Finding, Screening, Span
from aigc_text.moderators.adlaw.chinese import CHINESE
from aigc_text.moderators.adlaw.claim import MAX_MATCH, Claim, Law
from aigc_text.moderators.adlaw.disguise import claim_folding
from aigc_text.moderators.adlaw.english import ENGLISH
from aigc_text.moderators.adlaw.matcher import Hit, find

if TYPE_CHECKING:
    from aigc_sdk.runtime.runtime import Runtime

__all__ = ["CLAIMS", "DETECTOR", "MAX_MATCH", "AdLawModerator"]

DETECTOR = "text/ad-law"
CLAIMS: tuple[Claim, ...] = (*CHINESE, *ENGLISH)


class AdLawModerator:
    """Reports a claim once for each jurisdiction whose law is against it.

    The subcategory is ``<jurisdiction>/<rule>``; a policy picks its jurisdictions by it. These are hints for
    a person who knows the law, not legal advice: whether a claim is true and proven is not in the text.
    """

    def load(self, runtime: Runtime | None) -> None:
        """Read the table of traditional characters. Idempotent; the claims are part of the code.

        Raises:
            BundleError: If the shipped bundle ``lexicon-core`` is damaged.
            ModelNotFoundError: If this installation lacks it.
        """
        claim_folding()

    def close(self) -> None:
        """Nothing to free."""

    def settled(self, text: str, floors: Mapping[Category, Severity]) -> int:
        """See `aigc_sdk.components.StreamModerator`: all of it where no rule acts on what is reported."""
        floor = floors.get(Category.AD_LAW)
        return len(text) if floor is None or floor > Severity.MEDIUM else 0

    def moderate(
        self, items: Sequence[Content], *, stage: Stage, ctx: CallContext
    ) -> Sequence[Screening | Err]:
        """One `Screening` a text, with a finding for each rule, jurisdiction and replacement."""
        return [_row(item, ctx) for item in items]


def _row(item: Content, ctx: CallContext) -> Screening | Err:
    if not isinstance(item, Text):
        return Err(BadInputError(f"{DETECTOR} takes text, got {item.kind}."))
    try:
        ctx.check()
        hits = find(CLAIMS, item.text, ctx.check)
    except AigcError as error:
        return Err(error)
    grouped: dict[tuple[str, str | None], list[Hit]] = {}
    for hit in hits:
        replacement = dict(hit.claim.replacements).get(hit.matched)
        grouped.setdefault((hit.claim.name, replacement), []).append(hit)
    return Screening(
        tuple(
            _finding(group, law, replacement)
            for (_, replacement), group in grouped.items()
            for law in group[0].claim.laws
        )
    )


def _finding(group: Sequence[Hit], law: Law, replacement: str | None) -> Finding:
    claim = group[0].claim
    return Finding(
        category=Category.AD_LAW,
        subcategory=f"{law.jurisdiction}/{claim.name}",
        severity=claim.severity,
        score=float(len(group)),
        spans=tuple(Span(start=hit.start, end=hit.end, matched=hit.matched) for hit in group),
        detector=DETECTOR,
        explanation=Explanation(
            code=f"ad_law.{law.jurisdiction}.{claim.name}",
            en=f"{claim.en} ({law.en})",
            zh=f"{claim.zh}({law.zh})",
        ),
        replacement=replacement,
    )
