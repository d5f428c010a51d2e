"""What the rules of advertising law suggest is itself no claim, and mends the text under a policy that lets it."""

from __future__ import annotations

import pytest

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.taxonomy import Stage
from aigc_text.moderators.adlaw.moderator import CLAIMS, AdLawModerator

PAIRS = sorted({pair for claim in CLAIMS for pair in claim.replacements})


def screen(text: str):
    (row,) = AdLawModerator().moderate([Text(text)], stage=Stage.OUTPUT, ctx=CallContext())
    return row.findings


@pytest.mark.parametrize(("claim", "suggested"), PAIRS)
def test_a_suggestion_is_no_claim(claim, suggested):
    assert not screen(f"本店的{suggested}。") or claim.isascii()
    assert not screen(f"Our {suggested} for you.") or not claim.isascii()


@pytest.mark.parametrize(("claim", "suggested"), [p for p in PAIRS if p[0].startswith("最好的")])
def test_the_suggestion_comes_with_the_finding(claim, suggested):
    found = screen(f"这是{claim}。")
    assert {f.replacement for f in found} == {suggested}
