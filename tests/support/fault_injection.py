"""Detectors that fail in every way we could think of, and calls that go through them."""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import fake_plugins

from aigc_sdk.content import Text
from aigc_sdk.errors import AigcError, BadInputError, ContentBlockedError
from aigc_sdk.pipeline import isolation
from aigc_sdk.studio import Studio
from aigc_sdk.taxonomy import Category, Severity, Stage
from aigc_sdk.verdict import Decision, Err, Finding, Release, Screening, Span, Verdict

MARK = "marked"
"""Stands in the items that a fault concerns."""

PRESETS = ("default", "strict", "permissive", "cn", "children")
WAYS = ("moderate", "batch", "online batch", "generate", "generate_batch", "stream", "async", "async stream")


@dataclass(frozen=True)
class Fault:
    """One way to fail: in place of a whole answer, or of one row of it."""

    name: str
    answer: Callable[[Sequence[Any], Any], Any] | None = None
    row: Callable[[Any], Any] | None = None
    hangs: bool = False


class OwnBaseError(BaseException):
    """Neither an `Exception` nor anything Python knows."""


class UnreadableError(Exception):
    def __str__(self):
        raise ValueError("no text")


class Lying(list):
    def __len__(self):
        return 1


class Unreadable(list):
    def __iter__(self):
        raise OSError("gone")

    def __getitem__(self, index):
        raise OSError("gone")


class Unreadable2(Screening):
    @property
    def findings(self):
        raise RuntimeError("gone")

    def __init__(self):
        pass


class Word(str):
    def __eq__(self, other):
        return True

    __hash__ = str.__hash__


def recursion(items, ctx):
    return recursion(items, ctx)


def raising(error: Callable[[], BaseException]) -> Callable[[Any, Any], Any]:
    def answer(items, ctx):
        raise error()

    return answer


def hanging(items, ctx):
    Broken.release.wait(20)
    return [Screening() for _ in items]


def spinning(items, ctx):
    while not Broken.release.wait(0.01):
        pass
    return [Screening() for _ in items]


def clear(items):
    return [Screening() for _ in items]


def changed(**fields):
    def answer(items, ctx):
        for item in items:
            for name, value in fields.items():
                object.__setattr__(item, name, value)
        return clear(items)

    return answer


def emptied(items, ctx):
    rows = clear(items)
    items.clear()
    return rows[:0]


def cancelled(items, ctx):
    ctx.cancel.cancel()
    return clear(items)


def finding(**fields) -> Screening:
    """A finding that no rule acts on, but for what is wrong with it."""
    sound = {
        "category": Category.QUALITY,
        "subcategory": None,
        "severity": Severity.LOW,
        "score": 1.0,
        "probability": None,
        "spans": (),
        "detector": "",
        "bundle": None,
        "explanation": None,
        "replacement": None,
    }
    return Screening((Finding.model_construct(**sound | fields),))


def span(**fields) -> Screening:
    sound = {"start": None, "end": None, "box": None, "frame": None, "matched": None}
    return finding(spans=(Span.model_construct(**sound | fields),))


def bare(kind: type, **fields) -> Any:
    """An object made behind the back of its constructor."""
    made = object.__new__(kind)
    for name, value in fields.items():
        object.__setattr__(made, name, value)
    return made


_ERRORS: list[Callable[[], BaseException]] = [
    lambda: RuntimeError("x"),
    lambda: ValueError("x" * 100_000),
    lambda: KeyError("x"),
    lambda: OSError(5, "x"),
    lambda: MemoryError(),
    lambda: SystemExit(0),
    lambda: KeyboardInterrupt(),
    lambda: GeneratorExit(),
    lambda: StopIteration(["x"]),
    lambda: StopAsyncIteration(),
    lambda: asyncio.CancelledError(),
    lambda: TimeoutError(),
    lambda: OwnBaseError(),
    lambda: BaseExceptionGroup("x", [OwnBaseError(), ValueError()]),
    lambda: UnicodeDecodeError("utf-8", b"x", 0, 1, "x"),
    lambda: UnreadableError(),
    lambda: BadInputError("x"),
]
_NAN, _INF = float("nan"), float("inf")
_ANSWERS: dict[str, Callable[[Any, Any], Any]] = {
    "recursion": recursion,
    "None": lambda items, ctx: None,
    "True": lambda items, ctx: True,
    "a text": lambda items, ctx: "x" * len(items),
    "bytes": lambda items, ctx: b"x" * len(items),
    "a generator": lambda items, ctx: (Screening() for _ in items),
    "an iterator": lambda items, ctx: iter(clear(items)),
    "a dict": lambda items, ctx: {i: Screening() for i, _ in enumerate(items)},
    "a set": lambda items, ctx: set(clear(items)),
    "one Screening": lambda items, ctx: Screening(),
    "no rows": lambda items, ctx: [],
    "a row too few": lambda items, ctx: clear(items)[1:],
    "a row too many": lambda items, ctx: [*clear(items), Screening()],
    "a list in a list": lambda items, ctx: [clear(items)],
    "a list that lies": lambda items, ctx: Lying([Screening()] * (len(items) + 2)),
    "a list that cannot be read": lambda items, ctx: Unreadable(clear(items)),
    "changed text": changed(text="harmless"),
    "emptied text": changed(text=""),
    "text of its own kind": changed(text=Word("harmless")),
    "text that is none": changed(text=None),
    "changed language": changed(text="harmless", language="xx"),
    "emptied items": emptied,
    "cancelled": cancelled,
}
_ROWS: dict[str, Callable[[Any], Any]] = {
    "None": lambda item: None,
    "True": lambda item: True,
    "a text": lambda item: "allow",
    "a list": lambda item: [],
    "a verdict": lambda item: Verdict(decision=Decision.ALLOW),
    "a finding": lambda item: Finding(category=Category.QUALITY),
    "the class": lambda item: Screening,
    "an error": lambda item: Err(ValueError("x")),
    "an empty error": lambda item: bare(Err, error=None),
    "an error of text": lambda item: bare(Err, error="x"),
    "a base error": lambda item: bare(Err, error=SystemExit(0)),
    "an unreadable error": lambda item: Err(UnreadableError()),
    "no findings at all": lambda item: Screening(findings=None),
    "findings of text": lambda item: Screening(findings=("x",)),
    "a text of findings": lambda item: Screening(findings="x"),
    "a generator of findings": lambda item: Screening(findings=(f for f in ())),
    "zero findings": lambda item: Screening(findings=0),
    "findings that cannot be read": lambda item: Screening(findings=Unreadable()),
    "a screening without parts": lambda item: object.__new__(Screening),
    "a screening that cannot be read": lambda item: Unreadable2(),
    "derived text": lambda item: Screening(derived=("x",)),
    "derived nothing": lambda item: Screening(derived=None),
    "derived without end": lambda item: Screening(derived=(item,)),
    "complete: yes": lambda item: Screening(complete="yes"),
    "complete: 0": lambda item: Screening(complete=0),
    "complete: None": lambda item: Screening(complete=None),
    "incomplete": lambda item: Screening(complete=False),
    "bundle: 7": lambda item: Screening(bundle=7),
    "score NaN": lambda item: finding(score=_NAN),
    "score inf": lambda item: finding(score=_INF),
    "score None": lambda item: finding(score=None),
    "score text": lambda item: finding(score="1"),
    "probability NaN": lambda item: finding(probability=_NAN),
    "probability 2": lambda item: finding(probability=2.0),
    "probability text": lambda item: finding(probability="0.1"),
    "severity 99": lambda item: finding(severity=99),
    "severity None": lambda item: finding(severity=None),
    "severity text": lambda item: finding(severity="high"),
    "category unknown": lambda item: finding(category="nonsense"),
    "category None": lambda item: finding(category=None),
    "subcategory list": lambda item: finding(subcategory=["x"]),
    "detector None": lambda item: finding(detector=None),
    "replacement 3": lambda item: finding(replacement=3),
    "explanation dict": lambda item: finding(explanation={"en": "x"}),
    "spans None": lambda item: finding(spans=None),
    "spans of pairs": lambda item: finding(spans=((0, 1),)),
    "span NaN": lambda item: span(start=_NAN, end=1),
    "span negative": lambda item: span(start=-1, end=1),
    "span behind the end": lambda item: span(start=0, end=10**9),
    "span far away": lambda item: span(start=10**6, end=10**6 + 3),
    "span backwards": lambda item: span(start=3, end=1),
    "span of text": lambda item: span(start="0", end="1"),
    "matched 7": lambda item: span(start=0, end=1, matched=7),
    "box of text": lambda item: span(box="abcd"),
}

FAULTS: list[Fault] = [
    *(Fault(f"raises {type(e()).__name__}", answer=raising(e)) for e in _ERRORS),
    *(Fault(f"answers {name}", answer=answer) for name, answer in _ANSWERS.items()),
    *(Fault(f"row: {name}", row=row) for name, row in _ROWS.items()),
    Fault("hangs", answer=hanging, hangs=True),
    Fault("spins", answer=spinning, hangs=True),
]


class Broken:
    """Works, but where the fault is due."""

    fault: ClassVar[Fault | None] = None
    stage: ClassVar[Stage] = Stage.OUTPUT
    release: ClassVar[threading.Event] = threading.Event()

    def load(self, runtime):
        pass

    def close(self):
        pass

    def moderate(self, items, *, stage, ctx):
        fault = Broken.fault
        if fault is None or stage is not Broken.stage or not any(MARK in item.text for item in items):
            return clear(items)
        if fault.answer is not None:
            return fault.answer(items, ctx)
        return [fault.row(item) if MARK in item.text else Screening() for item in items]


def _specs():
    words = fake_plugins.WORDS
    broken = words.model_copy(update={"id": "text/broken", "factory": "fault_injection:Broken"})
    return [
        words.model_copy(update={"id": "text/above"}),
        broken,
        words.model_copy(update={"id": "text/under", "max_match": None}),
    ]


class Rig:
    """Studios of every preset, with a broken detector among working ones."""

    def __enter__(self):
        self._grace, isolation.GRACE_S = isolation.GRACE_S, 0.02
        registry = fake_plugins.registry(moderators=_specs())
        self._studios = {name: Studio(registry=registry, policy=name, timeout=120) for name in PRESETS}
        for studio in self._studios.values():
            assert studio.moderate("a quiet day").allowed
            assert studio.generate("text/echo", {"text": "a quiet day"}).text
        return self

    def __exit__(self, *_):
        isolation.GRACE_S = self._grace
        Broken.fault = None
        Broken.release.set()
        for studio in self._studios.values():
            studio.close()

    def call(self, fault: Fault, way: str, rng: random.Random) -> str:
        """What became of one call: ``opening``, the decision, the kind of error, or ``untyped …``."""
        studio = self._studios[rng.choice(PRESETS)]
        made = way in ("generate", "generate_batch", "stream", "async stream")
        Broken.stage = rng.choice([Stage.PROMPT, Stage.OUTPUT]) if made else rng.choice(list(Stage))
        Broken.release = threading.Event()
        Broken.fault = fault
        try:
            return self._call(studio, way, fault, {"deadline": 0.05} if fault.hangs else {}, rng)
        except ContentBlockedError:
            return "refused"
        except AigcError as error:
            return type(error).__name__
        except BaseException as error:
            return f"untyped {type(error).__name__}"
        finally:
            Broken.fault = None
            Broken.release.set()

    def _call(self, studio: Studio, way: str, fault: Fault, limit: dict[str, Any], rng: random.Random) -> str:
        stage = Broken.stage
        text = f"a {MARK} river flows by the quiet town and nobody minds it, all day long. "
        texts = [f"the {'quiet' if rng.random() < 0.5 else MARK} day {i}" for i in range(rng.randint(1, 5))]
        texts.insert(rng.randint(0, len(texts)), text)
        if way == "moderate":
            return _of_verdict(studio.moderate(text, stage=stage, **limit))
        if way == "async":
            return _of_verdict(asyncio.run(studio.amoderate(text, stage=stage, **limit)))
        if way in ("batch", "online batch"):
            online = way != "batch"
            rows = studio.moderate_batch([Text(t) for t in texts], stage=stage, online=online, **limit)
            return _worst(
                _of_verdict(v) for t, v in zip(texts, rows, strict=True) if fault.answer or MARK in t
            )
        if way == "generate":
            studio.generate("text/echo", {"text": text}, **limit)
            return "opening"
        if way == "generate_batch":
            rows = studio.generate_batch("text/echo", [{"inputs": {"text": t}} for t in texts], **limit)
            pairs = zip(texts, rows, strict=True)
            return _worst(_of_row(row) for t, row in pairs if fault.answer or MARK in t)
        if way == "stream":
            return _of_events(list(studio.stream("text/echo", {"text": text * 3}, **limit)))
        return _of_events(asyncio.run(_collected(studio.astream("text/echo", {"text": text * 3}, **limit))))


async def _collected(events):
    return [event async for event in events]


def _of_verdict(verdict: Verdict) -> str:
    return "opening" if verdict.deliverable or verdict.allowed else str(verdict.decision)


def _of_row(row) -> str:
    return type(row.error).__name__ if isinstance(row, Err) else "opening"


def _of_events(events) -> str:
    return "opening" if any(isinstance(e, Release) for e in events) else "halted"


def _worst(outcomes) -> str:
    found = list(outcomes)
    return "opening" if "opening" in found else found[0]
