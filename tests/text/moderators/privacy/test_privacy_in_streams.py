"""Streams: nothing of a number or key leaves, however the text is cut."""

from itertools import pairwise

import fake_plugins as parts
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_sdk.context import CallContext
from aigc_sdk.pipeline.isolation import Isolation
from aigc_sdk.pipeline.pool import ComponentPool
from aigc_sdk.pipeline.screening import Screener
from aigc_sdk.pipeline.streaming import StreamScreen
from aigc_sdk.policy.load import load_policy
from aigc_sdk.runtime.runtime import Runtime
from aigc_sdk.taxonomy import Stage
from aigc_sdk.verdict import Decision, Halt, Release
from aigc_text.moderators import specs

SPEC = next(s for s in specs.MODERATORS if s.id == "text/privacy")
PRIVATE = {
    "jane.doe@example.com": "[EMAIL]",
    "jürgen.müller@example.de": "[EMAIL]",
    "4111 1111 1111 1111": "[BANK_CARD]",
    "GB82 WEST 1234 5698 7654 32": "[IBAN]",
    "11010519491231002X": "[ID_CARD]",
    "13800138000": "[PHONE]",
    "536-22-8765": "[SSN]",
    "8.8.8.8": "[IP]",
}
WORDS = [
    "the",
    "quiet",
    "lamp",
    "costs",
    "£20",
    "in",
    "2024",
    "今天",
    "天气很好",
    "，",
    "。",
    "and",
    "shines\n",
    "room 12",
]


def screener():
    isolation = Isolation()
    registry = parts.registry(moderators=[SPEC])
    return Screener(
        load_policy("default"),
        registry,
        ComponentPool(Runtime(resolver=lambda _: None), isolation),
        isolation,
    )


SCREENER = screener()


def play(text, cuts):
    screen = StreamScreen(SCREENER, stage=Stage.OUTPUT, ctx=CallContext(), language="en")
    edges = sorted({0, len(text), *(c % (len(text) + 1) for c in cuts)})
    events = [e for a, b in pairwise(edges) for e in screen.feed(text[a:b])] + list(screen.finish())
    out = "".join(e.text for e in events if isinstance(e, Release))
    last = events[-1]
    return out, last.verdict.decision if isinstance(last, Halt) else last.decision, screen.hold_back


texts = st.lists(st.sampled_from(WORDS) | st.sampled_from(sorted(PRIVATE)), min_size=1, max_size=40).map(
    " ".join
)


@settings(max_examples=300, deadline=None)
@given(texts, st.lists(st.integers(0, 10_000), max_size=30))
def test_chunking_changes_neither_what_leaves_nor_the_decision(text, cuts):
    whole = play(text, [])
    assert play(text, cuts) == whole
    out, decision, held = whole
    assert held == SPEC.max_match + 1
    assert not any(value in out for value in PRIVATE)
    assert decision in (Decision.ALLOW, Decision.REDACT, Decision.BLOCK)


@pytest.mark.parametrize(("value", "label"), PRIVATE.items())
def test_a_stream_is_redacted_and_goes_on(value, label):
    before, after = "the quiet lamp shines " * 20, " and the lamp shines on" * 20
    assert play(before + value + after, range(0, 2000, 3))[:2] == (before + label + after, Decision.REDACT)


def test_a_private_key_halts_before_its_first_character():
    text = "here it is: " * 20 + "-----BEGIN " + "PRIVATE KEY-----\n" + "MIIEvQIBADANBgkq" * 40
    out, decision, _ = play(text, range(0, 1000, 7))
    assert decision is Decision.BLOCK
    assert "-" not in out


def test_a_price_behind_a_number_does_not_make_the_number_a_price():
    assert play("13800138000 £20", [])[0] == "[PHONE] £20"
    assert play("it costs 13800138000 €", [])[0] == "it costs 13800138000 €"
