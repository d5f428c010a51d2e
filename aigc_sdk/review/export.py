"""Decisions as a labelled set, one JSON object a line."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.orm import Session

from aigc_sdk.review.models import DecisionRow, ItemRow
from aigc_sdk.review.records import Outcome, State


class LabelledFinding(BaseModel):
    """A detector's finding and whether the reviewer agrees; ``correct`` is None where the decision does not say."""

    model_config = ConfigDict(frozen=True)

    detector: str
    category: str
    subcategory: str | None = None
    severity: int
    score: float
    probability: float | None = None
    bundle: str | None = None
    correct: bool | None = None


class Label(BaseModel):
    """One decided item.

    Attributes:
        item: Its number.
        text: The content, or None where only its hash was kept.
        content_sha256: Hash of the content.
        language: Its language, if known.
        stage: Where it stood.
        origin: ``verdict`` or ``report``.
        policy: Policy that had decided.
        policy_sha256: Its hash.
        decision: What screening had decided.
        outcome: ``uphold`` or ``overturn``.
        violates: Is the content objectionable, by the reviewer's word.
        categories: What it is, where the reviewer named it or the findings upheld say it; None where nobody did.
        findings: What the detectors said, each judged.
    """

    model_config = ConfigDict(frozen=True)

    item: int
    text: str | None
    content_sha256: str
    language: str | None
    stage: str
    origin: str
    policy: str
    policy_sha256: str
    decision: str
    outcome: str
    violates: bool
    categories: tuple[str, ...] | None
    findings: tuple[LabelledFinding, ...]


def labels(session: Session) -> Iterator[Label]:
    """A label for every item that is decided now; under appeal or escalated, it is not."""
    query = (
        select(ItemRow, DecisionRow)
        .join(DecisionRow, (DecisionRow.item_id == ItemRow.id) & (DecisionRow.round == ItemRow.round))
        .where(ItemRow.state == State.DECIDED)
        .order_by(ItemRow.id)
        .execution_options(yield_per=500)
    )
    for item, decision in session.execute(query):
        yield _label(item, decision)


def _label(item: ItemRow, decision: DecisionRow) -> Label:
    found: list[dict[str, Any]] = [] if item.verdict is None else json.loads(item.verdict)["findings"]
    upheld = decision.outcome == Outcome.UPHOLD
    named: list[str] | None = None if decision.categories is None else json.loads(decision.categories)
    # Upholding a refusal or overturning a delivery both say: this is objectionable.
    objected = item.decision != "allow"
    violates = bool(named) if named is not None else upheld == objected
    if named is None:
        if not violates:
            named = []
        elif objected:
            named = sorted({f["category"] for f in found}) or None

    def correct(finding: dict[str, Any]) -> bool | None:
        return None if named is None else finding["category"] in named

    return Label(
        item=item.id,
        text=item.content,
        content_sha256=item.content_sha256,
        language=item.language,
        stage=item.stage,
        origin=item.origin,
        policy=item.policy,
        policy_sha256=item.policy_sha256,
        decision=item.decision,
        outcome=decision.outcome,
        violates=violates,
        categories=None if named is None else tuple(named),
        findings=tuple(
            LabelledFinding(
                correct=correct(f),
                **{k: f[k] for k in LabelledFinding.model_fields if k in f and k != "correct"},
            )
            for f in found
        ),
    )


def write_jsonl(rows: Iterable[Label], path: str | Path) -> int:
    """Write labels as UTF-8 JSON Lines; returns their number. The file appears when it is whole.

    It holds what the store holds, and as there nobody but its owner may read it.
    """
    target = Path(path)
    part = target.with_name(target.name + ".part")
    count = 0
    part.unlink(missing_ok=True)  # its mode would stay
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
        for row in rows:
            stream.write(json.dumps(row.model_dump(mode="json"), ensure_ascii=False) + "\n")
            count += 1
    part.replace(target)
    return count
