from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("sqlalchemy", reason="human review needs the extra [review]")

from aigc_sdk.review import ReviewStore
from aigc_sdk.taxonomy import Category
from aigc_sdk.verdict import Decision, Finding, Span, Verdict


class Clock:
    """Time that moves when told to."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "review.db"


@pytest.fixture
def store(database: Path, clock: Clock) -> Iterator[ReviewStore]:
    with ReviewStore(database, clock=clock) as opened:
        yield opened


@pytest.fixture
def verdict() -> Callable[..., Verdict]:
    def make(
        probability: float | None = 0.7,
        category: str = "spam",
        decision: str = "review",
        language: str = "en",
        severity: int = 2,
    ) -> Verdict:
        found = Finding(
            category=Category(category),
            severity=severity,
            probability=probability,
            detector="test/detector",
            spans=(Span(start=0, end=3, matched="buy"),),
            replacement="see",
        )
        return Verdict(
            decision=Decision.parse(decision),
            findings=(found,),
            policy="default",
            policy_sha256="ab" * 32,
            language=language,
            redacted="[spam] now",
        )

    return make
