"""The pipeline as a host sees it: screened, scored, ranked, recorded, and closed when anything fails."""

from __future__ import annotations

import asyncio
import time

import pytest

from aigc_sdk.content import Candidate, Text
from aigc_sdk.context import CancelToken
from aigc_sdk.errors import (
    AigcError,
    BadInputError,
    ComponentError,
    ComponentNotFoundError,
    ContentBlockedError,
    ContractError,
    DeadlineExceededError,
    InputTooLargeError,
    OptionError,
    PluginLoadError,
    UnsupportedLanguageError,
)
from aigc_sdk.policy import Policy
from aigc_sdk.request import Generation
from aigc_sdk.result import Result, StreamDone
from aigc_sdk.studio import Studio
from aigc_sdk.verdict import Decision, Err, Halt, Release, Status


def texts(result):
    return [output.text for output in result.outputs]


def test_result_records_how_it_came_about(studio):
    result = studio.generate("text/echo", {"text": "hello"}, n=2, seed=5, request_id="r1")
    assert len(result.outputs) == 2
    assert result.outputs[0].rank_score >= result.outputs[1].rank_score
    assert result.verdict.decision is Decision.ALLOW
    assert result.verdict.detectors == ("text/words",)
    assert result.scores[0].metric == "shortness"
    trace = result.trace
    assert (trace.component, trace.plugin, trace.request_id, trace.seed) == (
        "text/echo",
        "dist-fake 1.2",
        "r1",
        5,
    )
    assert {"prompt_screen", "generate", "output_screen", "evaluate", "total"} <= set(trace.timings_ms)
    assert result.as_dict()["outputs"][0]["verdict"]["decision"] == "allow"


def test_same_seed_and_id_draw_the_same_whatever_the_batch(studio):
    def request(name):
        return {"id": name, "inputs": {"text": name}, "n": 3}

    alone = studio.generate_batch("text/echo", [request("x")], seed=9)[0]
    many = studio.generate_batch("text/echo", [request(c) for c in "abx"], seed=9)[2]
    other = studio.generate_batch("text/echo", [request("x")], seed=10)[0]
    assert texts(alone) == texts(many) != texts(other)


def test_blocked_request_never_reaches_the_generator(studio, parts):
    parts.Echo.hook = lambda *_: pytest.fail("the generator was called")
    with pytest.raises(ContentBlockedError, match="request") as caught:
        studio.generate("text/echo", {"text": "a forbidden wish"})
    assert caught.value.verdict.stage == "prompt"
    assert "forbidden" not in str(caught.value)


def test_blocked_candidates_are_dropped_and_the_rest_delivered(studio, parts):
    parts.Echo.hook = lambda reqs, ctx: [
        Generation((Candidate(Text("forbidden")), Candidate(Text("fine")))) for _ in reqs
    ]
    result = studio.generate("text/echo", {"text": "x"}, n=2)
    assert texts(result) == ["fine"]
    assert any("violence" in reason for reason in result.trace.dropped)


def test_retry_is_bounded_and_gives_feedback(studio, parts):
    seen = []

    def hook(requests, ctx):
        seen.extend((r.attempt, r.feedback) for r in requests)
        return [Generation((Candidate(Text("forbidden" if r.attempt == 0 else "fine")),)) for r in requests]

    parts.Echo.hook = hook
    result = studio.generate("text/echo", {"text": "x"})
    assert result.trace.attempts == 2
    assert [attempt for attempt, _ in seen] == [0, 1]
    assert "violence" in seen[1][1][0]

    parts.Echo.hook = lambda reqs, ctx: [Generation((Candidate(Text("forbidden")),)) for _ in reqs]
    with pytest.raises(ContentBlockedError, match="Every candidate of 2 attempts"):
        studio.generate("text/echo", {"text": "x"})


def test_redacted_output_is_delivered_redacted(studio, parts):
    parts.Echo.hook = lambda reqs, ctx: [Generation((Candidate(Text("well darn it")),)) for _ in reqs]
    result = studio.generate("text/echo", {"text": "x"})
    assert result.text == "well [profanity] it"
    assert result.verdict.decision is Decision.REDACT


def test_redacted_message_reaches_the_generator_redacted(studio, parts):
    got = []

    def hook(requests, ctx):
        got.extend(m.content for r in requests for m in r.messages)
        return [Generation((Candidate(Text("ok")),)) for _ in requests]

    parts.Echo.hook = hook
    studio.generate("text/echo", messages=[{"role": "user", "content": "darn!"}])
    assert got == ["[profanity]!"]


def test_redacted_inputs_reach_the_generator_redacted_where_they_stand(studio, parts):
    got = []

    def hook(requests, ctx):
        got.extend(r.inputs for r in requests)
        return [Generation((Candidate(Text("ok")),)) for _ in requests]

    parts.Echo.hook = hook
    inputs = {"a": "oh darn", "blank": " ", "b": ["fine", {"k": "darn it"}], "n": 3, "c": "calm"}
    studio.generate("text/echo", inputs)
    assert got == [
        {"a": "oh [profanity]", "blank": " ", "b": ["fine", {"k": "[profanity] it"}], "n": 3, "c": "calm"}
    ]


def test_an_objection_that_cannot_be_placed_in_one_input_blocks(studio, parts):
    parts.WordModerator.WORDS["end\nbegin"] = parts.WordModerator.WORDS["darn"]
    with pytest.raises(ContentBlockedError):
        studio.generate("text/echo", {"text": "the end", "b": "beginning"})
    with pytest.raises(ContentBlockedError):
        studio.generate("text/echo", {"text": {"darn": "value"}})


# ---- fail closed -------------------------------------------------------------------------------------


def _raise(*_):
    raise RuntimeError("secret detail")


@pytest.mark.parametrize(
    ("hook", "code"),
    [
        (_raise, "component"),
        (lambda items, stage, ctx: [], "contract"),
        (lambda items, stage, ctx: None, "contract"),
        (lambda items, stage, ctx: ["ok"] * len(items), "contract"),
        (lambda items, stage, ctx: [Err(ValueError("secret detail"))] * len(items), "error"),
    ],
    ids=["raises", "too-few-rows", "no-rows", "wrong-type", "err-rows"],
)
def test_a_moderator_that_fails_lets_nothing_through(studio, parts, hook, code):
    parts.WordModerator.hook = hook
    verdict = studio.moderate("harmless")
    assert verdict.decision is Decision.BLOCK
    assert verdict.status is not Status.COMPLETE
    assert verdict.errors[0].code == code
    assert "secret" not in verdict.model_dump_json()
    assert studio.moderate_batch([Text("harmless")], online=False)[0].decision is Decision.REVIEW
    with pytest.raises(ContentBlockedError):
        studio.generate("text/echo", {"text": "harmless"})


def test_a_moderator_that_raises_system_exit_lets_nothing_through_and_the_host_goes_on(studio, parts):
    def leave(*_):
        raise SystemExit(1)

    parts.WordModerator.hook = leave
    assert studio.moderate("harmless").decision is Decision.BLOCK


def test_a_moderator_that_hangs_times_out_and_blocks(parts):
    parts.WordModerator.hook = parts.hang
    policy = Policy(id="p", detectors=({"id": "text/words", "timeout_s": 0.1},))
    with Studio(registry=parts.registry(), policy=policy) as studio:
        start = time.monotonic()
        verdict = studio.moderate("harmless")
        assert time.monotonic() - start < 2
    assert (verdict.decision, verdict.status) == (Decision.BLOCK, Status.TIMEOUT)


def test_a_moderator_that_does_not_load_lets_nothing_through(parts):
    broken = parts.WORDS.model_copy(update={"id": "text/broken", "factory": "fake_plugins:Missing"})
    with Studio(registry=parts.registry(moderators=[parts.WORDS, broken])) as studio:
        verdict = studio.moderate("harmless")
    assert verdict.decision is Decision.BLOCK
    assert verdict.status is Status.PARTIAL


def test_no_detector_lets_nothing_through(parts):
    with Studio(registry=parts.registry(moderators=[])) as studio:
        verdict = studio.moderate("harmless")
    assert (verdict.decision, verdict.errors[0].code) == (Decision.BLOCK, "no_detector")


def test_a_detector_the_policy_insists_on_must_be_there(parts):
    policy = Policy(id="p", detectors=({"id": "text/absent"},))
    with Studio(registry=parts.registry(), policy=policy) as studio:
        verdict = studio.moderate("harmless")
    assert (verdict.decision, verdict.errors[0].code) == (Decision.BLOCK, "not_installed")


def test_an_optional_detector_may_fail(parts):
    policy = Policy(id="p", detectors=({"id": "text/absent", "required": False},))
    with Studio(registry=parts.registry(), policy=policy) as studio:
        verdict = studio.moderate("harmless")
    assert (verdict.decision, verdict.status) == (Decision.ALLOW, Status.PARTIAL)


def test_truncation_lets_nothing_through(studio, parts):
    from aigc_sdk.verdict import Screening

    parts.WordModerator.hook = lambda items, stage, ctx: [Screening(complete=False)] * len(items)
    verdict = studio.moderate("harmless")
    assert (verdict.decision, verdict.errors[0].code) == (Decision.BLOCK, "truncated")


def test_unsupported_language_lets_nothing_through(studio):
    assert studio.moderate("Привет, как дела?").errors[0].code == "unsupported_language"
    assert studio.moderate("bonjour", language="fr").decision is Decision.BLOCK


def test_language_that_no_installed_detector_serves(parts):
    english = parts.WORDS.model_copy(update={"languages": ("en",)})
    with Studio(registry=parts.registry(moderators=[english])) as studio:
        assert studio.moderate("hello").allowed
        assert studio.moderate("你好").errors[0].code == "no_detector"


def test_blank_content_is_an_explicit_pass(studio):
    verdict = studio.moderate(" \n")
    assert verdict.allowed
    assert verdict.applied[0].rule == "blank"


def test_redaction_that_still_offends_is_blocked(studio, parts):
    parts.WordModerator.WORDS["[profanity]"] = parts.WordModerator.WORDS["darn"]
    assert studio.moderate("darn").decision is Decision.BLOCK


def test_unscreened_policy_says_so(parts):
    with Studio(registry=parts.registry(), policy="unscreened-benchmark") as studio:
        verdict = studio.generate("text/echo", {"text": "forbidden"}).verdict
    assert verdict.applied[0].rule == "unscreened"
    assert verdict.detectors == ()


# ---- misbehaving generators and evaluators ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("hook", "error"),
    [
        (_raise, ComponentError),
        (lambda reqs, ctx: [], ContractError),
        (lambda reqs, ctx: 5, ContractError),
        (lambda reqs, ctx: ["text"] * len(reqs), ContractError),
        (lambda reqs, ctx: [Generation(())] * len(reqs), ComponentError),
        (lambda reqs, ctx: [Err(KeyError("k"))] * len(reqs), ComponentError),
    ],
    ids=["raises", "too-few-rows", "no-sequence", "wrong-type", "no-candidates", "foreign-error"],
)
def test_a_generator_that_misbehaves_is_a_typed_error(studio, parts, hook, error):
    parts.Echo.hook = hook
    with pytest.raises(error, match="text/echo"):
        studio.generate("text/echo", {"text": "x"})
    parts.Echo.hook = None
    assert studio.generate("text/echo", {"text": "x"}).outputs


def test_a_generator_that_hangs_past_its_deadline_is_abandoned(studio, parts):
    parts.Echo.hook = parts.hang
    start = time.monotonic()
    with pytest.raises(DeadlineExceededError, match="text/echo"):
        studio.generate("text/echo", {"text": "x"}, deadline=0.2)
    assert time.monotonic() - start < 2
    parts.Echo.hook = None
    assert studio.generate("text/echo", {"text": "x"}).outputs


def test_a_generator_that_raises_in_load(parts):
    broken = parts.ECHO.model_copy(update={"id": "text/broken", "factory": "fake_plugins:hang"})
    missing = parts.ECHO.model_copy(update={"id": "text/missing", "factory": "fake_plugins:Nothing"})
    extra = parts.plugin("extra", generators=[broken, missing])
    with Studio(registry=parts.registry(extra), timeout=0.3) as studio:
        with pytest.raises((DeadlineExceededError, PluginLoadError, ContractError)):
            studio.generate("text/broken", {"text": "x"})
        with pytest.raises(PluginLoadError, match="Nothing"):
            studio.generate("text/missing", {"text": "x"})
        assert studio.generate("text/echo", {"text": "x"}).outputs


def test_a_failing_evaluator_costs_its_scores_only(studio, parts):
    parts.Shortness.hook = _raise
    result = studio.generate("text/echo", {"text": "x"})
    assert result.scores == ()
    assert "text/shortness" in result.errors[0]
    with pytest.raises(AigcError, match="shortness"):
        studio.evaluate("x")


def test_a_bad_row_does_not_hurt_its_neighbours(studio):
    rows = studio.generate_batch(
        "text/echo",
        [
            {"inputs": {"text": "one"}},
            {"inputs": {"text": "\ud800"}},
            {"inputs": {}},
            {"inputs": {"text": "forbidden"}},
            {"inputs": {"text": "two"}, "options": {"times": 99}},
            {"inputs": {"text": "three"}, "surprise": 1},
            {"inputs": {"text": "four"}},
        ],
    )
    kinds = [type(r.error).__name__ if isinstance(r, Err) else "ok" for r in rows]
    assert kinds == [
        "ok",
        "BadInputError",
        "BadInputError",
        "ContentBlockedError",
        "OptionError",
        "BadInputError",
        "ok",
    ]
    assert isinstance(rows[-1], Result)


# ---- bad input ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "error"),
    [
        ({"inputs": {"text": "x" * 1_000_000}}, InputTooLargeError),
        ({"inputs": {"text": "a\x00b"}}, BadInputError),
        ({"inputs": {"text": "\udc80"}}, BadInputError),
        ({"inputs": {"te\x00xt": "b"}}, BadInputError),
        ({"inputs": {"text": "x"}, "language": "tlh"}, UnsupportedLanguageError),
        ({"inputs": {"text": "x"}, "n": 0}, OptionError),
        ({"inputs": {"text": "x"}, "n": 10_000}, OptionError),
        ({"inputs": {"text": "x"}, "options": {"tims": 1}}, OptionError),
        ({"inputs": {"text": "x"}, "options": {"times": "many"}}, OptionError),
        ({"inputs": {"text": "x"}, "seed": -1}, OptionError),
        ({"inputs": {"text": "x"}, "deadline": 0}, OptionError),
        ({"messages": [{"role": "robot", "content": "x"}]}, BadInputError),
        ({"messages": [{"content": "x"}]}, BadInputError),
        ({"messages": "hello"}, BadInputError),
        ({"inputs": {"nested": {"deep": ["\ud800"]}}}, BadInputError),
    ],
)
def test_bad_input_is_a_typed_error(studio, call, error):
    with pytest.raises(error):
        studio.generate("text/echo", **call)


def test_unknown_names(studio):
    with pytest.raises(ComponentNotFoundError, match="text/echo"):
        studio.generate("text/eco", {"text": "x"})
    with pytest.raises(ComponentNotFoundError):
        studio.generate("text/echo", {"text": "x"}, evaluators=["nope"])
    with pytest.raises(BadInputError, match="stage"):
        studio.moderate("x", stage="somewhere")


def test_closed_studio_refuses(parts):
    studio = Studio(registry=parts.registry())
    studio.close()
    studio.close()
    with pytest.raises(BadInputError, match="closed"):
        studio.moderate("x")


# ---- cancellation, async, streams ------------------------------------------------------------------------


def test_cancellation_from_another_thread(studio, parts):
    import threading

    parts.Echo.hook = parts.slow(3)
    token = CancelToken()
    threading.Timer(0.05, token.cancel).start()
    start = time.monotonic()
    with pytest.raises(AigcError):
        studio.generate("text/echo", {"text": "x"}, cancel=token)
    assert time.monotonic() - start < 1


def test_async_twins_agree_and_run_concurrently(studio):
    async def run():
        calls = [studio.agenerate("text/echo", {"text": "x"}, seed=3, request_id="r") for _ in range(8)]
        results = await asyncio.gather(*calls)
        verdict = await studio.amoderate("forbidden")
        scores = await studio.aevaluate("abc")
        events = [e async for e in studio.astream("text/echo", {"text": "one two three"})]
        return results, verdict, scores, events

    results, verdict, scores, events = asyncio.run(run())
    sync = studio.generate("text/echo", {"text": "x"}, seed=3, request_id="r")
    assert {r.text for r in results} == {sync.text}
    assert verdict.decision is Decision.BLOCK
    assert scores[0].metric == "shortness"
    assert isinstance(events[-1], StreamDone)


def test_cancelling_the_task_cancels_the_call(studio, parts):
    stopped = []

    def hook(requests, ctx):
        ctx.cancel.wait(5)
        stopped.append(ctx.stopped)
        return [Generation((Candidate(Text("x")),)) for _ in requests]

    parts.Echo.hook = hook

    async def run():
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(studio.agenerate("text/echo", {"text": "x"}), 0.1)

    asyncio.run(run())
    deadline = time.monotonic() + 2
    while not stopped and time.monotonic() < deadline:
        time.sleep(0.01)
    assert stopped == ["cancelled"]


def test_stream_releases_screened_text_and_ends_with_the_result(studio):
    events = list(studio.stream("text/echo", {"text": "Hello there, dear reader of streams."}))
    released = "".join(e.text for e in events if isinstance(e, Release))
    assert released == "Hello there, dear reader of streams."
    result = events[-1].result
    assert result.text == released
    assert result.scores[0].metric == "shortness"


def test_blocked_text_never_leaves_a_stream(studio, parts):
    text = "A long harmless beginning that can be shown. Then comes forbidden and more."

    def stream(self, request, *, ctx):
        from aigc_sdk.request import Finished, TextDelta

        yield from (TextDelta(c) for c in text)
        yield Finished(Candidate(Text(text)))

    original = parts.Echo.stream
    parts.Echo.stream = stream
    try:
        events = list(studio.stream("text/echo", {"text": "x"}))
    finally:
        parts.Echo.stream = original
    released = "".join(e.text for e in events if isinstance(e, Release))
    assert isinstance(events[-1], Halt)
    assert text.startswith(released)
    assert len(released) <= text.index("forbidden")
    assert events[-1].released == (0, len(released))
    assert events[-1].verdict.decision is Decision.BLOCK


def test_walking_away_from_a_stream_stops_the_generator(studio, parts):
    seen = {}

    def stream(self, request, *, ctx):
        from aigc_sdk.request import TextDelta

        seen["ctx"] = ctx
        while not ctx.stopped:
            yield TextDelta("word ")

    original = parts.Echo.stream
    parts.Echo.stream = stream
    try:
        events = studio.stream("text/echo", {"text": "x"})
        next(events)
        events.close()
    finally:
        parts.Echo.stream = original
    assert seen["ctx"].stopped == "cancelled"


def test_batch_twins_answer_like_the_methods_they_mirror(studio):
    from aigc_sdk.request import Sample

    async def run():
        rows = await studio.agenerate_batch("text/echo", [{"id": "r", "inputs": {"text": "x"}}], seed=3)
        verdicts = await studio.amoderate_batch([Text("fine"), Text("forbidden")])
        scores = await studio.aevaluate_batch([Sample(Text("abc"))])
        return rows, verdicts, scores

    rows, verdicts, scores = asyncio.run(run())
    assert texts(rows[0]) == texts(studio.generate("text/echo", {"text": "x"}, seed=3, request_id="r"))
    assert [v.decision for v in verdicts] == [Decision.ALLOW, Decision.BLOCK]
    assert scores[0][0].metric == "shortness"


def test_cancelling_the_task_ends_a_screening_too(studio, parts):
    seen = []

    def hook(items, stage, ctx):
        ctx.cancel.wait(5)
        seen.append(ctx.stopped)
        return []

    parts.WordModerator.hook = hook

    async def run():
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(studio.amoderate("x"), 0.3)

    asyncio.run(run())
    end = time.monotonic() + 3
    while not seen and time.monotonic() < end:
        time.sleep(0.01)
    assert seen == ["cancelled"]
