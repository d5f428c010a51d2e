"""Attempts to get content past screening, and to hurt the host, by parts that lie, hang or return nonsense."""

from __future__ import annotations

import threading
import time

import pytest

from aigc_sdk.content import Audio, Candidate, Text
from aigc_sdk.context import CallContext, CancelToken
from aigc_sdk.errors import (
    AigcError,
    BadInputError,
    CancelledError,
    ComponentError,
    ContentBlockedError,
    ContractError,
    DeadlineExceededError,
    InputTooLargeError,
    OptionError,
    PolicyError,
)
from aigc_sdk.language import effective_language, languages_in
from aigc_sdk.pipeline.generation import MAX_CANDIDATES
from aigc_sdk.pipeline.isolation import Isolation
from aigc_sdk.pipeline.requests import Limits
from aigc_sdk.policy import Policy, Rule
from aigc_sdk.policy.load import parse_policy
from aigc_sdk.request import Finished, Generation, Request, TextDelta
from aigc_sdk.result import StreamDone
from aigc_sdk.runtime.graphemes import is_boundary
from aigc_sdk.studio import Studio
from aigc_sdk.taxonomy import Category, Severity
from aigc_sdk.verdict import Decision, Err, Explanation, Finding, Halt, Release, Screening, Span


def makes(*candidates):
    return lambda requests, ctx: [Generation(tuple(candidates)) for _ in requests]


@pytest.fixture
def streams(parts, monkeypatch):
    """Let the generator stream what a function yields."""

    def set_stream(function):
        monkeypatch.setattr(parts.Echo, "stream", lambda self, request, *, ctx: function(ctx))

    return set_stream


def released(events):
    return "".join(e.text for e in events if isinstance(e, Release))


# ---- moderators that lie ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "screening",
    [
        Screening(findings=("bad",)),
        Screening(findings=None),
        Screening(derived=("bad",)),
        Screening(findings=(Finding(category=Category.PROFANITY, spans=(Span(start=float("nan"), end=3),)),)),
        Screening(findings=(Finding(category=Category.PROFANITY, spans=(Span(start=-4, end=3),)),)),
        Screening(findings=(Finding(category=Category.PROFANITY, spans=(Span(start=0.5, end=2.5),)),)),
        Screening(
            findings=(
                Finding(category=Category.PROFANITY, spans=(Span(start=0, end=3),), replacement="\ud800"),
            )
        ),
        Screening(
            findings=(Finding(category=Category.PROFANITY, explanation=Explanation(code="", en="\0", zh="")),)
        ),
    ],
    ids=[
        "findings",
        "none",
        "derived",
        "nan-span",
        "negative-span",
        "half-a-character",
        "replacement",
        "explanation",
    ],
)
def test_a_screening_with_parts_of_a_wrong_type_lets_nothing_through(studio, parts, screening):
    parts.WordModerator.hook = lambda items, stage, ctx: [screening] * len(items)
    verdict = studio.moderate("harmless")
    assert (verdict.decision, verdict.errors[0].code) == (Decision.BLOCK, "contract")


def test_what_is_derived_from_derived_content_is_screened(studio, parts):
    steps = {"video": "frame", "frame": "forbidden"}

    def hook(items, stage, ctx):
        return [
            Screening(
                findings=(Finding(category=Category.VIOLENCE, severity=3),)
                if item.text == "forbidden"
                else (),
                derived=(Text(steps[item.text]),) if item.text in steps else (),
            )
            for item in items
        ]

    parts.WordModerator.hook = hook
    assert studio.moderate("video").decision is Decision.BLOCK


def test_derivation_without_end_fails_closed(studio, parts):
    parts.WordModerator.hook = lambda items, stage, ctx: [Screening(derived=tuple(items)) for _ in items]
    verdict = studio.moderate("harmless")
    assert verdict.decision is Decision.BLOCK
    assert "truncated" in {error.code for error in verdict.errors}


def test_what_is_found_in_derived_text_mends_nothing_in_its_source(parts):
    def look(items, stage, ctx):
        rows = []
        for item in items:
            at = item.text.find("darn")
            spans = (Span(start=at, end=at + 4, matched="darn"),)
            findings = (Finding(category=Category.PROFANITY, spans=spans),) if at >= 0 else ()
            rows.append(Screening(findings, derived=(Text("darn it"),) if "CODED" in item.text else ()))
        return rows

    parts.WordModerator.hook = look
    rule = Rule(name="coarse", action="redact", categories=("profanity",), repair=True)
    # Mended by the place in the derived text, "CODED" would lose its beginning and no longer be seen through.
    with Studio(policy=Policy(id="p", rules=(rule,)), registry=parts.registry(), timeout=5) as made:
        verdict = made.moderate("CODED words")
    assert verdict.decision is Decision.BLOCK
    assert verdict.redacted is None
    assert verdict.findings[0].spans == (Span(matched="darn"),)


def test_what_is_derived_from_redacted_text_is_screened(studio, parts):
    def hook(items, stage, ctx):
        rows = []
        for item in items:
            if item.text == "a darn":
                span = (Span(start=2, end=6),)
                rows.append(Screening((Finding(category=Category.PROFANITY, spans=span, severity=2),)))
            elif item.text == "hidden":
                rows.append(Screening((Finding(category=Category.VIOLENCE, severity=3),)))
            else:
                rows.append(Screening(derived=(Text("hidden"),)))
        return rows

    parts.WordModerator.hook = hook
    assert studio.moderate("a darn").decision is Decision.BLOCK


def test_an_id_that_two_plugins_claim_is_nobodys_word(parts):
    # The first plugin by name would otherwise answer for the other, in silence.
    twin = parts.plugin("twin", moderators=[parts.WORDS])
    with Studio(registry=parts.registry(twin)) as studio:
        verdict = studio.moderate("harmless")
    assert (verdict.decision, verdict.errors[0].code) == (Decision.BLOCK, "duplicate_id")


def test_one_policy_does_not_set_a_detector_twice():
    with pytest.raises(PolicyError, match="twice"):
        parse_policy("{id: p, detectors: [{id: text/words}, {id: text/words, enabled: false}]}", "test")


@pytest.mark.parametrize("text", ["id: 2020-13-45", "[" * 5000, "id: p\nrules: &a [*a]"])
def test_a_policy_file_of_nonsense_is_a_policy_error(text):
    with pytest.raises(PolicyError):
        parse_policy(text, "test")


# ---- language --------------------------------------------------------------------------------------------


def test_a_wrong_language_does_not_lead_past_the_detectors(parts):
    english = parts.WORDS.model_copy(update={"languages": ("en",)})
    chinese = parts.WORDS.model_copy(update={"id": "text/zh", "languages": ("zh",)})
    with Studio(registry=parts.registry(moderators=[english, chinese])) as studio:
        assert "text/zh" in studio.moderate("今天天气很好", language="en").detectors
        assert "text/words" in studio.moderate("a quiet day by the river", language="zh").detectors
        mixed = "A long English text with a little 中文 hidden inside of it, as people write."
        assert set(studio.moderate(mixed).detectors) == {"text/words", "text/zh"}
        assert studio.moderate(mixed).language == "en"
        for language in ("zxx", "und", "en"):
            assert studio.moderate("Привет, как дела?", language=language).decision is Decision.BLOCK


def test_a_rule_for_one_language_holds_where_that_is_a_side_language(parts):
    rule = {"name": "zh", "action": "block", "languages": ["zh"], "categories": ["violence"]}
    policy = Policy.model_validate({"id": "p", "rules": [rule]})
    with Studio(registry=parts.registry(), policy=policy) as studio:
        mixed = studio.moderate("A long English text with 禁语 hidden inside of it.")
        assert (mixed.language, mixed.decision) == ("en", Decision.BLOCK)
        assert studio.moderate("A long English text with forbidden inside of it.").allowed


def test_a_detector_of_a_side_language_does_not_answer_for_the_main_one(parts):
    chinese = parts.WORDS.model_copy(update={"languages": ("zh",)})
    with Studio(registry=parts.registry(moderators=[chinese])) as studio:
        verdict = studio.moderate("A long English text with a little 中文 hidden inside of it.")
    assert (verdict.decision, verdict.errors[0].code) == (Decision.BLOCK, "no_detector")


def test_effective_language():
    assert effective_language("iPhone 15 Pro Max 限量 limited edition", "zh") == "zh"
    assert effective_language("12345", "en") == "en"
    assert effective_language("12345", None) == "zxx"
    assert effective_language("Bonjour", "fr") == "fr"
    assert effective_language("こんにちは、元気ですか", "ja") == "ja"
    assert effective_language("こんにちは、元気ですか", "zh") == "und"
    assert languages_in("x" * 5000 + "中文" + "x" * 5000) == {"en", "zh"}


# ---- generators that lie ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "generation",
    [
        Generation(None),
        Generation("text"),
        Generation((Text("no candidate"),)),
        Generation((Candidate("a str"),)),
        Generation((Candidate(Text("x"), meta=None),)),
        Generation((Candidate(Text("x"), method="a sentence that nobody screened"),)),
        Generation((Candidate(Text("x"), finish_reason=7),)),
    ],
)
def test_a_row_of_wrong_types_is_a_contract_error_of_its_row_alone(studio, parts, generation):
    parts.Echo.hook = lambda requests, ctx: [generation, Generation((Candidate(Text("fine")),))]
    rows = studio.generate_batch("text/echo", [{"inputs": {"text": "x"}}] * 2)
    assert isinstance(rows[0], Err)
    assert isinstance(rows[0].error, ContractError)
    assert rows[1].text == "fine"


def test_content_of_an_undeclared_kind_is_refused(studio, parts):
    import numpy as np

    parts.Echo.hook = makes(Candidate(Audio(np.zeros((1, 8), np.float32), 8000)))
    with pytest.raises(ContractError, match="declare"):
        studio.generate("text/echo", {"text": "x"})


def test_ten_thousand_candidates_are_cut_to_a_bounded_number(studio, parts):
    seen = []

    def look(items, stage, ctx):
        seen.append(len(items))
        return [Screening()] * len(items)

    parts.WordModerator.hook = look
    parts.Echo.hook = makes(*(Candidate(Text(f"line {i}")) for i in range(10_000)))
    assert studio.generate("text/echo", {"text": "x"}).text.startswith("line")
    assert max(seen) == MAX_CANDIDATES


def test_meta_does_not_carry_what_was_not_screened(studio, parts):
    parts.Echo.hook = makes(
        Candidate(Text("well darn it"), meta={"draft": "well darn it", "kept": 3}),
        Candidate(Text("all is well"), meta={"raw": {"draft": ["a forbidden draft"]}, "kept": 4}),
        Candidate(Text("quite fine"), meta={"template": "en/short", "note": "one fact was added"}),
    )
    outputs = studio.generate("text/echo", {"text": "x"}, n=3).outputs
    meta = {output.text: output.candidate.meta for output in outputs}
    assert meta == {
        "well [profanity] it": {"kept": 3},
        "all is well": {"kept": 4},
        "quite fine": {"template": "en/short", "note": "one fact was added"},
    }


def test_errors_do_not_quote_what_was_not_screened(studio, parts):
    def fail(*_):
        raise KeyError("a forbidden draft")

    for hook in (fail, lambda reqs, ctx: [Err(KeyError("a forbidden draft"))] * len(reqs)):
        parts.Echo.hook = hook
        with pytest.raises(ComponentError, match="KeyError") as caught:
            studio.generate("text/echo", {"text": "x"})
        assert "forbidden" not in str(caught.value)
        assert "forbidden" in str(caught.value.__cause__)


def test_a_str_that_answers_for_itself_is_screened_as_what_it_holds(studio, parts):
    class Sly(str):
        def strip(self, *_):
            return ""

        def find(self, *_):
            return -1

    parts.Echo.hook = makes(Candidate(Text(Sly("forbidden"))))
    with pytest.raises(ContentBlockedError):
        studio.generate("text/echo", {"text": "x"})


# ---- deadlines -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["first", "later", "endless", "closing"])
def test_a_stream_holds_its_deadline_whatever_the_generator_does(studio, streams, parts, where):
    def stream(ctx):
        try:
            if where == "first":
                parts.hang(seconds=5)
            yield TextDelta("A quiet beginning by the river. " * 3)
            if where == "later":
                parts.hang(seconds=5)
            while where == "endless":
                yield TextDelta("more ")
        finally:
            if where == "closing":
                parts.hang(seconds=5)

    streams(stream)
    start = time.monotonic()
    if where == "closing":
        events = studio.stream("text/echo", {"text": "x"}, deadline=1)
        assert isinstance(next(events), Release)
        events.close()
    else:
        with pytest.raises(DeadlineExceededError):
            list(studio.stream("text/echo", {"text": "x"}, deadline=0.4))
    assert time.monotonic() - start < 3
    streams(lambda ctx: iter([TextDelta("fine"), Finished(Candidate(Text("fine")))]))
    assert released(studio.stream("text/echo", {"text": "x"})) == "fine"


def test_a_load_that_hangs_does_not_hold_up_others_past_their_deadline(parts, monkeypatch):
    monkeypatch.setattr(parts.Echo, "load", lambda self, runtime: parts.hang(seconds=4))
    with Studio(registry=parts.registry(), timeout=3) as studio:
        first = threading.Thread(
            target=lambda: studio.generate_batch("text/echo", [{"inputs": {"text": "x"}}]), daemon=True
        )
        first.start()
        time.sleep(0.2)
        start = time.monotonic()
        with pytest.raises(DeadlineExceededError):
            studio.generate("text/echo", {"text": "x"}, deadline=0.3)
        assert time.monotonic() - start < 2


def test_cancelling_frees_the_caller_of_a_component_that_does_not_listen(studio, parts):
    parts.Echo.hook = parts.hang
    token = CancelToken()
    threading.Timer(0.1, token.cancel).start()
    start = time.monotonic()
    with pytest.raises(CancelledError, match="text/echo"):
        studio.generate("text/echo", {"text": "x"}, cancel=token, deadline=20)
    assert time.monotonic() - start < 4
    assert not token._callbacks


@pytest.mark.parametrize("limit", [None, 5.0])
def test_a_components_own_timeout_is_not_taken_for_the_deadline(limit):
    def wait():
        raise TimeoutError("its own socket")

    with pytest.raises(ComponentError, match="TimeoutError"):
        Isolation().call("c", wait, CallContext(), limit=limit)


def test_a_keyboard_interrupt_out_of_a_worker_is_the_components_failure():
    def interrupt():
        raise KeyboardInterrupt

    with pytest.raises(ComponentError):
        Isolation().call("c", interrupt, CallContext(), limit=5)


def test_a_deadline_of_years_is_a_deadline(studio):
    assert studio.generate("text/echo", {"text": "x"}, deadline=1e12).outputs


@pytest.mark.parametrize("deadline", [float("nan"), float("inf"), -1, "5", True])
def test_a_deadline_that_is_none(studio, deadline):
    with pytest.raises(OptionError, match="deadline"):
        studio.generate("text/echo", {"text": "x"}, deadline=deadline)


# ---- streams ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bad", [5, None, b"bytes", "a\x00b", "\ud83d"])
def test_a_delta_that_is_no_text_is_a_contract_error(studio, streams, bad):
    streams(lambda ctx: iter([TextDelta(bad)]))
    with pytest.raises(ContractError):
        list(studio.stream("text/echo", {"text": "x"}))


@pytest.mark.parametrize("last", [Finished("text"), "text", object()])
def test_an_event_that_is_none_is_a_contract_error(studio, streams, last):
    streams(lambda ctx: iter([TextDelta("fine"), last]))
    with pytest.raises(ContractError):
        list(studio.stream("text/echo", {"text": "x"}))


def test_finish_data_does_not_carry_what_was_not_screened(studio, streams):
    last = Finished(Candidate(Text("forbidden"), meta={"draft": "forbidden", "tokens": 2}))
    streams(lambda ctx: iter([TextDelta("fine"), last]))
    done = list(studio.stream("text/echo", {"text": "x"}))[-1]
    assert isinstance(done, StreamDone)
    assert "forbidden" not in str(done.result.as_dict())


@pytest.mark.parametrize("gap", range(24))
def test_deleting_a_span_cannot_join_its_neighbours_into_a_match(studio, parts, streams, gap):
    # "forDARNbidden" holds no word of the list; with "DARN" deleted it does, across any window's end.
    def hook(items, stage, ctx):
        rows = []
        for item in items:
            found = []
            at = item.text.find("DARN")
            if at >= 0:
                span = (Span(start=at, end=at + 4),)
                found.append(Finding(category=Category.PROFANITY, severity=2, spans=span, replacement=""))
            at = item.text.find("forbidden")
            if at >= 0:
                span = (Span(start=at, end=at + 9),)
                found.append(Finding(category=Category.VIOLENCE, severity=3, spans=span))
            rows.append(Screening(tuple(found)))
        return rows

    parts.WordModerator.hook = hook
    text = "x" * gap + "forDARNbidden and so on until the end"
    streams(lambda ctx: (TextDelta(c) for c in text))
    events = list(studio.stream("text/echo", {"text": "x"}))
    assert isinstance(events[-1], Halt)
    assert "forbidden" not in released(events)


FAMILY = "👨\u200d👩\u200d👧\u200d👦"


@pytest.mark.parametrize("unit", [FAMILY, "🇩🇪", "👍🏽", "e\u0301\u0302", "\r\n", "a" + FAMILY])
def test_releases_split_no_character(studio, streams, unit):
    text = unit * 40
    streams(lambda ctx: (TextDelta(c) for c in text))
    events = list(studio.stream("text/echo", {"text": "x"}, language="en"))
    assert released(events) == text
    position = 0
    for event in events[:-1]:
        position += len(event.text)
        assert is_boundary(text, position)


def test_marks_without_end_do_not_dam_the_stream(studio, streams):
    text = "a" + "\u0301" * 1000
    streams(lambda ctx: (TextDelta(c) for c in text))
    events = list(studio.stream("text/echo", {"text": "x"}, language="en"))
    assert released(events) == text
    assert len(events) > 3


# ---- requests --------------------------------------------------------------------------------------------


def nested(depth):
    value = "x"
    for _ in range(depth):
        value = [value]
    return value


def looped():
    value = []
    value.append(value)
    return value


class Shown:
    def __str__(self):
        return "forbidden"


@pytest.mark.parametrize(
    ("call", "error"),
    [
        ({"inputs": {"text": nested(100_000)}}, InputTooLargeError),
        ({"inputs": {"text": looped()}}, InputTooLargeError),
        ({"inputs": {"text": [0] * 20_000}}, InputTooLargeError),
        ({"inputs": {"text": ["x" * 150_000] * 10}}, InputTooLargeError),
        ({"messages": [{"role": "user", "content": "x" * 100_000}] * 10}, InputTooLargeError),
        ({"inputs": {"text": b"forbidden"}}, BadInputError),
        ({"inputs": {"text": Shown()}}, BadInputError),
        ({"inputs": {"text": iter(["x"])}}, BadInputError),
        ({"inputs": {"text": float("nan")}}, BadInputError),
        ({"inputs": {1: "x"}}, BadInputError),
        ({"inputs": {"text": {1: "x"}}}, BadInputError),
        ({"inputs": {"text": "x"}, "options": 5}, OptionError),
        ({"inputs": {"text": "x"}, "options": {1: 2, "b": 3}}, OptionError),
        ({"inputs": {"text": "x"}, "options": {"times": nested(50_000)}}, OptionError),
        ({"inputs": {"text": "x"}, "language": "en\nand say more"}, BadInputError),
        ({"inputs": {"text": "x"}, "n": True}, OptionError),
        ({"inputs": {"text": "x"}, "n": 1.5}, OptionError),
        ({"messages": [{"role": ["user"], "content": "x"}]}, BadInputError),
        ({"messages": [None]}, BadInputError),
        ({"messages": 5}, BadInputError),
    ],
)
def test_unusable_requests_are_typed_errors(studio, call, error):
    with pytest.raises(error):
        studio.generate("text/echo", **call)


@pytest.mark.parametrize("given", [None, 5, "text", ["text"], {1: 2, "x": 3}, Request(id=7)])
def test_what_is_no_request_is_an_error_of_its_row(studio, given):
    rows = studio.generate_batch("text/echo", [given, {"inputs": {"text": "fine"}}])
    assert isinstance(rows[0].error, BadInputError)
    assert rows[1].text.startswith("fine")


def test_the_name_of_an_input_that_says_something_is_screened(studio, parts):
    parts.Echo.hook = lambda *_: pytest.fail("the generator was called")
    for name in ("something forbidden", "禁语"):
        with pytest.raises(ContentBlockedError):
            studio.generate("text/echo", {name: "x"})


def test_redaction_finds_its_place_behind_a_name_that_was_screened(studio, parts):
    got = []

    def hook(requests, ctx):
        got.extend(r.inputs for r in requests)
        return [Generation((Candidate(Text("ok")),)) for _ in requests]

    parts.Echo.hook = hook
    studio.generate("text/echo", {"brand voice": "oh darn", "a": "calm", "名称": ("well", "darn it")})
    assert got == [{"brand voice": "oh [profanity]", "a": "calm", "名称": ["well", "[profanity] it"]}]


def test_feedback_is_the_pipelines_own_to_give(studio, parts):
    got = []
    parts.Echo.hook = lambda requests, ctx: (
        got.extend(requests) or [Generation((Candidate(Text("ok")),)) for _ in requests]
    )
    studio.generate_batch("text/echo", [Request(inputs={"text": "x"}, feedback=("forbidden",), attempt=3)])
    assert (got[0].feedback, got[0].attempt) == ((), 0)


def test_an_id_of_zero_is_an_id(studio):
    request = {"id": 0, "inputs": {"text": "x"}}
    one, two = (studio.generate_batch("text/echo", [request], seed=1)[0] for _ in range(2))
    assert one.trace.request_id == two.trace.request_id == "0"
    assert one.text == two.text


def test_limits_can_be_raised(parts):
    with Studio(registry=parts.registry(), limits=Limits(total_chars=2_000_000)) as studio:
        assert studio.generate("text/echo", {"text": "x", "more": ["y" * 150_000] * 5}).outputs


@pytest.mark.parametrize("content", [5, None, b"bytes", ["text"]])
def test_what_is_no_content_is_bad_input(studio, content):
    with pytest.raises(BadInputError):
        studio.moderate(content)
    with pytest.raises(BadInputError):
        studio.moderate_batch([content])
    with pytest.raises(BadInputError):
        studio.evaluate(content)
    with pytest.raises(BadInputError):
        studio.evaluate_batch([content])


def test_facts_to_evaluate_against_are_checked_too(studio):
    with pytest.raises(AigcError):
        studio.evaluate("x", inputs={"a": nested(100_000)})


# ---- plugins that lie at discovery -----------------------------------------------------------------------


class RudeError(BaseException):
    def __str__(self):
        raise RuntimeError


def test_an_exception_that_cannot_be_shown_is_a_row(parts):
    def load():
        raise RudeError

    registry = parts.registry(parts.plugin("fine"), type(parts.plugin("rude"))(name="rude", load=load))
    row = next(row for row in registry.rows if row.name == "rude")
    assert (row.state, row.error) == ("error", "RudeError")


def test_an_observer_that_leaves_does_not_end_the_call(parts):
    from aigc_sdk.hookspecs import hookimpl

    @hookimpl
    def aigc_on_verdict(verdict):
        raise SystemExit(3)

    watcher = parts.plugin("watcher", aigc_on_verdict=aigc_on_verdict)
    with Studio(registry=parts.registry(watcher)) as studio:
        assert studio.moderate("harmless").allowed


def test_a_match_longer_than_the_stated_bound_is_a_breach(studio, parts):
    word = "x" * (parts.WORDS.max_match + 1)
    parts.WordModerator.WORDS[word] = (Category.SPAM, Severity.LOW)
    verdict = studio.moderate(f"a {word} b")
    assert verdict.decision is Decision.BLOCK
    assert verdict.errors[0].code == "contract"


# ---- the end of a call before the first word -------------------------------------------------------------


@pytest.mark.parametrize("streamed", [False, True])
def test_a_reply_that_the_deadline_left_blank_is_no_success(studio, streams, parts, streamed):
    """Blank content passes screening, so nothing but the finish reason tells that the time was up."""

    def late(deadline_of):
        while not deadline_of.stopped:
            time.sleep(0.005)
        return Candidate(Text(""), finish_reason="deadline")

    def stream(ctx):
        yield Finished(late(ctx))

    streams(stream)
    parts.Echo.hook = lambda requests, ctx: [Generation((late(ctx),)) for _ in requests]

    def call():
        if streamed:
            return list(studio.stream("text/echo", {"text": "x"}, deadline=0.2))
        return studio.generate("text/echo", {"text": "x"}, deadline=0.2)

    with pytest.raises(DeadlineExceededError):
        call()


def test_a_reply_cut_short_with_words_in_it_is_still_one(studio, parts):
    parts.Echo.hook = makes(Candidate(Text("Half a"), finish_reason="deadline"))
    assert studio.generate("text/echo", {"text": "x"}).text == "Half a"
