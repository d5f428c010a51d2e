"""Stream screening: chunking changes neither what leaves nor the verdict, and no match ever leaves."""

from __future__ import annotations

from itertools import pairwise

import fake_plugins as parts
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aigc_sdk.context import CallContext
from aigc_sdk.pipeline.isolation import Isolation
from aigc_sdk.pipeline.pool import ComponentPool
from aigc_sdk.pipeline.screening import Screener
from aigc_sdk.pipeline.streaming import StreamScreen
from aigc_sdk.policy import load_policy
from aigc_sdk.runtime.runtime import Runtime
from aigc_sdk.taxonomy import Category, Stage
from aigc_sdk.verdict import Decision, Finding, Halt, Release, Screening, Span, Verdict

BOUNDED = parts.WORDS
WHOLE = parts.WORDS.model_copy(update={"id": "text/whole", "max_match": None})


def screener(*moderators):
    isolation = Isolation()
    pool = ComponentPool(Runtime(resolver=lambda name: None), isolation)
    return Screener(load_policy("default"), parts.registry(moderators=moderators), pool, isolation)


SCREENERS = {"bounded": screener(BOUNDED), "whole": screener(BOUNDED, WHOLE)}

words = st.sampled_from(
    [
        "the",
        "quiet",
        "river",
        "darn",
        "forbidden",
        "doubtful",
        "for",
        "bidden",
        "你好",
        "禁语",
        "禁",
        "🙂",
        ".",
    ]
)
glue = st.sampled_from([" ", " ", "", "\n", "，"])
texts = st.lists(st.tuples(words, glue), max_size=60).map(lambda ps: "".join(w + g for w, g in ps))


def play(which, text, cuts):
    screen = StreamScreen(SCREENERS[which], stage=Stage.OUTPUT, ctx=CallContext(), language="en")
    released, final = [], None
    edges = sorted({0, len(text), *(c % (len(text) + 1) for c in cuts)})
    events = [e for a, b in pairwise(edges) for e in screen.feed(text[a:b])]
    events += list(screen.finish())
    for event in events:
        if isinstance(event, Release):
            assert final is None, "nothing leaves after the end"
            released.append(event.text)
        elif isinstance(event, Halt):
            final = ("halt", event.released, event.verdict.decision)
        elif isinstance(event, Verdict):
            final = ("done", event.decision)
    return "".join(released), final, screen


@pytest.mark.parametrize("which", SCREENERS)
@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts, cuts=st.lists(st.integers(0, 500), max_size=20))
def test_chunking_changes_nothing(which, text, cuts):
    whole = play(which, text, [])
    cut = play(which, text, cuts)
    single = play(which, text, range(len(text)))
    assert whole[:2] == cut[:2] == single[:2]


@pytest.mark.parametrize("which", SCREENERS)
@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts, cuts=st.lists(st.integers(0, 500), max_size=20))
def test_no_character_of_a_match_ever_leaves(which, text, cuts):
    released, final, screen = play(which, text, cuts)
    for word in ("forbidden", "禁语", "doubtful", "darn"):
        assert word not in released
    first = min((p for p in (text.find("forbidden"), text.find("禁语")) if p >= 0), default=None)
    if first is not None:
        assert final is not None
        assert final[0] == "halt"
        assert screen.released <= first
    elif "doubtful" not in text:
        assert final is None or final[0] == "done"
        assert released == text.replace("darn", "[profanity]")


def test_hold_back_is_one_more_than_the_longest_match():
    screen = StreamScreen(SCREENERS["bounded"], stage=Stage.OUTPUT, ctx=CallContext())
    assert screen.hold_back == BOUNDED.max_match + 1
    assert not list(screen.feed("x" * (screen.hold_back + 15)))
    assert [e.text for e in screen.feed("x")] == ["x" * 16]


def test_what_only_the_whole_text_wants_redacted_does_not_leave_at_the_end(parts_of_whole):
    screen = StreamScreen(screener(WHOLE), stage=Stage.OUTPUT, ctx=CallContext(), language="en")
    text = "START " + "the quiet river runs. " * 20 + "and the secret is"
    events = [*screen.feed(text), *screen.finish()]
    assert isinstance(events[-1], Halt)
    assert events[-1].verdict.decision is Decision.BLOCK
    assert "secret" not in screen.delivered


@pytest.fixture
def parts_of_whole(monkeypatch):
    """A detector that sees a word for what it is only together with the text's beginning."""

    def look(items, stage, ctx):
        rows = []
        for item in items:
            at = item.text.find("secret") if item.text.startswith("START") else -1
            spans = (Span(start=at, end=at + 6),)
            rows.append(Screening((Finding(category=Category.PROFANITY, spans=spans),) if at >= 0 else ()))
        return rows

    monkeypatch.setattr(parts.WordModerator, "hook", staticmethod(look))
