"""Streams through the shipped detectors: cutting changes nothing. `benchmarks/streaming.py` makes 20,000 cuts."""

from __future__ import annotations

import os
import random
from itertools import pairwise

import fake_plugins
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stream_texts import LISTED, TERMS, random_cuts, random_text

from aigc_sdk.context import CallContext
from aigc_sdk.pipeline.isolation import Isolation
from aigc_sdk.pipeline.pool import ComponentPool
from aigc_sdk.pipeline.screening import Screener
from aigc_sdk.pipeline.streaming import StreamScreen
from aigc_sdk.policy import load_policy
from aigc_sdk.runtime.runtime import Runtime
from aigc_sdk.taxonomy import Stage
from aigc_sdk.verdict import Decision, Halt, Release
from aigc_text.moderators import specs

BOUNDED = [s for s in specs.MODERATORS if s.id in ("text/lexicon", "text/ad-law", "text/privacy")]
WHOLE = fake_plugins.WORDS.model_copy(
    update={"id": "text/whole", "factory": "stream_texts:WholeJudge", "max_match": None}
)
POLICIES = ("default", "cn")


@pytest.fixture(scope="module")
def screeners(tmp_path_factory):
    words = tmp_path_factory.mktemp("lists") / "words.tsv"
    words.write_text(TERMS, encoding="utf-8")
    before = os.environ.get("AIGC_LEXICON")
    os.environ["AIGC_LEXICON"] = str(words)
    made = {}
    for policy in POLICIES:
        for name, moderators in (("bounded", BOUNDED), ("whole", [*BOUNDED, WHOLE])):
            isolation = Isolation()
            pool = ComponentPool(Runtime(resolver=lambda _: None), isolation)
            registry = fake_plugins.registry(moderators=moderators)
            made[policy, name] = Screener(load_policy(policy), registry, pool, isolation)
            play(made[policy, name], "warm", [])
    yield made
    if before is None:
        del os.environ["AIGC_LEXICON"]
    else:
        os.environ["AIGC_LEXICON"] = before


def play(screener, text, cuts):
    screen = StreamScreen(screener, stage=Stage.OUTPUT, ctx=CallContext())
    events = [e for a, b in pairwise([0, *cuts, len(text)]) for e in screen.feed(text[a:b])]
    events += list(screen.finish())
    out = "".join(e.text for e in events if isinstance(e, Release))
    last = events[-1]
    halted = isinstance(last, Halt)
    verdict = last.verdict if halted else last
    return out, halted, screen.released, verdict.model_dump_json(exclude={"latency_ms"}), screen.held


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("kind", ["bounded", "whole"])
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_cutting_changes_neither_what_leaves_nor_the_verdict(screeners, policy, kind, seed):
    rng = random.Random(seed)
    text = random_text(rng, 25)
    whole = play(screeners[policy, kind], text, [])
    for _ in range(2):
        assert play(screeners[policy, kind], text, random_cuts(rng, len(text)))[:4] == whole[:4]


@pytest.mark.parametrize("term", LISTED)
@pytest.mark.parametrize("before", ["the quiet lamp shines ", "今天天气很好，我们去公园。", "a b c 1 "])
def test_no_character_of_a_match_leaves(screeners, term, before):
    text = before * 8 + term + " and so on"
    for step in (1, 3, 50):
        out, halted, reach, *_ = play(
            screeners["default", "bounded"], text, list(range(step, len(text), step))
        )
        assert term not in out
        assert reach <= len(before) * 8 if halted else "[profanity]" in out


def test_prose_waits_for_little(screeners):
    prose = "The quiet lamp shines over the river, and nobody minds that it is late. " * 10
    *_, held = play(screeners["default", "bounded"], prose, list(range(1, len(prose))))
    assert held.bound == 121
    assert held.mean < 25


def test_a_later_finding_halts_and_names_what_has_left(screeners):
    text = "the quiet lamp shines over the river. " * 12 + "室友。" + "后来大家都回家了。" * 30
    screen = StreamScreen(screeners["default", "whole"], stage=Stage.OUTPUT, ctx=CallContext())
    events = [e for char in text for e in screen.feed(char)] + list(screen.finish())
    assert isinstance(events[-1], Halt)
    assert events[-1].verdict.decision is Decision.BLOCK
    assert events[-1].released == (0, screen.released)
    assert 0 < screen.released < text.index("室友")
