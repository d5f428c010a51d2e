"""Advertising law under the presets: recorded by default, acted on where the policy names the jurisdiction."""

from __future__ import annotations

import random

import pytest

from aigc_sdk.context import CallContext
from aigc_sdk.pipeline.streaming import StreamScreen
from aigc_sdk.policy import DetectorUse, load_policy
from aigc_sdk.studio import Studio
from aigc_sdk.taxonomy import Stage
from aigc_sdk.verdict import Decision, Halt, Release


def alone(preset):
    """The preset with this detector only: others have their own opinions."""
    use = (DetectorUse(id="text/ad-law"),)
    return load_policy(preset).model_copy(update={"include_installed": False, "detectors": use})


@pytest.mark.parametrize(
    ("preset", "text", "decision"),
    [
        ("default", "给你最佳的睡眠,保本保息,根治失眠", Decision.ALLOW),
        ("default", "Guaranteed results, it cures arthritis", Decision.ALLOW),
        ("cn", "给你最佳的睡眠", Decision.BLOCK),
        ("cn", "送礼首选", Decision.REVIEW),
        ("cn", "Guaranteed results, it cures arthritis", Decision.ALLOW),
        ("cn", "本产品最佳食用时间为三天", Decision.ALLOW),
        ("strict", "Guaranteed results", Decision.REVIEW),
    ],
)
def test_presets_decide(preset, text, decision):
    with Studio(policy=alone(preset)) as studio:
        verdict = studio.moderate(text)
    assert verdict.decision is decision
    assert bool(verdict.findings) is ("食用" not in text)


def test_prompts_are_not_held_to_advertising_law():
    with Studio(policy=load_policy("cn")) as studio:
        verdict = studio.moderate("帮我写一段文案,不要说最佳", stage=Stage.PROMPT)
    assert "text/ad-law" not in verdict.detectors


def test_no_character_of_a_claim_leaves_a_stream():
    text = "这款床垫柔软透气,适合各种睡姿。" * 3 + "它是全国销量第一的床垫。" + "欢迎到店体验。" * 20
    start = text.index("全国销量第一")
    with Studio(policy=alone("cn")) as studio:
        for seed in range(20):
            draw = random.Random(seed)
            screen = StreamScreen(studio._screener, stage=Stage.OUTPUT, ctx=CallContext(), language="zh")
            events, position = [], 0
            while position < len(text):
                step = draw.randint(1, 9)
                events += screen.feed(text[position : position + step])
                position += step
            events += screen.finish()
            assert isinstance(events[-1], Halt)
            released = "".join(e.text for e in events if isinstance(e, Release))
            assert text.startswith(released)
            assert len(released) <= start
