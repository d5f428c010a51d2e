"""The learned writer is chosen where its domain fits, and its paraphrases are known to the coverage score."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import BadInputError
from aigc_sdk.request import Generation, Request, Sample
from aigc_sdk.verdict import Err
from aigc_text.evaluators.coverage import FactCoverage
from aigc_text.generators.copy import learned_writer
from aigc_text.generators.copy.generator import CopyGenerator
from aigc_text.generators.copy.options import CopyOptions
from aigc_text.learned import candidates as candidates_module
from aigc_text.learned.restaurant import PATTERNS, SLOTS, SYNONYMS
from aigc_text.learned.schema import Schema, Slot

MILL = {
    "name": "The Mill",
    "eatType": "pub",
    "food": "French",
    "priceRange": "moderate",
    "familyFriendly": "yes",
}
REPLY = "The Mill is a kid friendly pub with moderately priced French food."


@pytest.fixture
def folder(tmp_path):
    values: dict[str, list[str]] = {}
    for slot, value, _ in PATTERNS:
        if value not in ("?", "!") and value not in values.setdefault(slot, []):
            values[slot].append(value)
    slots = tuple(
        Slot(
            name,
            "open" if name in ("name", "near") else "closed",
            tuple(values.get(name, ())),
            SYNONYMS.get(name, ()),
            name == "name",
        )
        for name in SLOTS
    )
    (tmp_path / "schema.json").write_text(json.dumps(Schema(slots, PATTERNS).to_json()), encoding="utf-8")
    return tmp_path


@pytest.fixture
def generator(folder, fakes, monkeypatch):
    calls = []

    def candidates(domain, engine, facts, count, *, ctx, request_ids, temperature=None):
        calls.append((facts, request_ids))
        return [[SimpleNamespace(text=REPLY, logprob=-0.2)] for _ in facts]

    monkeypatch.setattr(candidates_module, "generate", candidates)
    engine = fakes.FakeEngine([])
    engine.bundle.folder = folder
    made = CopyGenerator()
    made.load(fakes.FakeRuntime(**{"copy-e2e-en": engine}))
    made.calls = calls
    return made


def run(generator, *inputs, **options):
    requests = [Request(id=str(i), inputs=x, options=CopyOptions(**options)) for i, x in enumerate(inputs)]
    return generator.generate(requests, ctx=CallContext())


def test_auto_takes_it_where_the_attributes_fit(generator):
    outside = {"name": "Luna", "colour": "brass"}
    steered = {**MILL, "channel": "email"}
    rows = run(generator, MILL, outside, steered, {**MILL, "brand.voice": "witty"})
    assert [row.candidates[0].method for row in rows] == ["learned", "template", "template", "template"]
    assert rows[0].candidates[0].content.text == REPLY
    assert rows[0].bundle == "d" * 64


def test_rows_share_one_batch(generator):
    run(generator, MILL, {**MILL, "name": "Blue Spice"})
    assert len(generator.calls) == 1
    assert generator.calls[0][1] == ["0/0", "1/0"]


def test_insisting_outside_the_domain_is_an_error_of_that_row(generator):
    rows = run(generator, {"name": "Luna", "colour": "brass"}, MILL, method="learned")
    assert isinstance(rows[0], Err)
    assert isinstance(rows[0].error, BadInputError)
    assert isinstance(rows[1], Generation)


def test_chinese_is_never_learned(generator):
    (row,) = run(generator, {"店名": "磨坊", "菜系": "法国菜"}, method="auto")
    assert row.candidates[0].method == "template"


def test_coverage_knows_the_domains_paraphrases(folder, monkeypatch):
    monkeypatch.setattr(learned_writer, "_SHIPPED", folder)
    sample = Sample(Text(REPLY), request=Request(inputs=MILL), language="en")
    (row,) = FactCoverage().evaluate([sample], ctx=CallContext())
    assert [s.value for s in row] == [1.0, 0.0], row[0].explanation
    wrong = Sample(
        Text("The Mill is a pub with cheap Italian food."), request=Request(inputs=MILL), language="en"
    )
    (row,) = FactCoverage().evaluate([wrong], ctx=CallContext())
    assert row[0].value < 1.0


def test_rows_that_ask_for_other_numbers_do_not_change_a_rows_draws(generator):
    few, many = (Request(id=i, inputs=MILL, n=n, options=CopyOptions()) for i, n in (("a", 1), ("b", 9)))
    generator.generate([few, many], ctx=CallContext())
    assert [ids for _, ids in generator.calls] == [["a/0"], ["b/0"]]
