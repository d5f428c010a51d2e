"""The shipped writer: faithful, reproducible, and good on the dev set where that is at hand."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import aigc_text
from aigc_sdk.bundles.bundle import open_bundle
from aigc_sdk.context import CallContext
from aigc_sdk.runtime.runtime import Runtime
from aigc_text.learned.candidates import generate, well_formed
from aigc_text.learned.domain import Domain
from aigc_text.training.bleu import corpus_bleu
from aigc_text.training.copy_data import read_pairs

BUNDLE = Path(aigc_text.__file__).parent / "bundles" / "copy-e2e-en"
FACTS = {
    "name": "The Quiet Otter",
    "eatType": "pub",
    "food": "Indian",
    "priceRange": "£20-25",
    "near": "Zoë's Books",
}


@pytest.fixture(scope="module")
def runtime() -> Iterator[Runtime]:
    with Runtime(device="cpu") as runtime:
        yield runtime


def test_it_is_small_licensed_and_reports_parity_and_quality() -> None:
    bundle = open_bundle(BUNDLE)
    assert sum(path.stat().st_size for path in BUNDLE.iterdir()) < 8_000_000
    manifest = bundle.manifest
    assert manifest.licence == "CC-BY-SA-4.0"
    assert "Novikova" in manifest.training_data[0].attribution
    assert manifest.parity is not None
    assert manifest.parity.max_abs_diff <= manifest.parity.tolerance
    assert {row.metric for row in manifest.quality} >= {"BLEU"}


def test_candidates_state_the_facts_given_and_no_others(runtime: Runtime) -> None:
    domain, engine = Domain.from_folder(BUNDLE), runtime.decoder(BUNDLE)
    facts = domain.facts(FACTS)
    (found,) = generate(domain, engine, [facts], 5, ctx=CallContext(seed=1), request_ids=["a"])
    assert len({candidate.text for candidate in found}) == 5
    for candidate in found:
        assert "The Quiet Otter" in candidate.text
        assert "Zoë's Books" in candidate.text
        assert domain.check(candidate.text, facts) == ([], [])


def test_a_request_draws_the_same_whatever_batch_it_is_in(runtime: Runtime) -> None:
    domain, engine = Domain.from_folder(BUNDLE), runtime.decoder(BUNDLE)
    facts, other = domain.facts(FACTS), domain.facts({"name": "Zizzi", "area": "riverside"})
    ctx = CallContext(seed=3, deterministic=True)
    (alone,) = generate(domain, engine, [facts], 2, ctx=ctx, request_ids=["a"])
    _, together = generate(domain, engine, [other, facts], 2, ctx=ctx, request_ids=["b", "a"])
    assert [candidate.text for candidate in alone] == [candidate.text for candidate in together]


@pytest.mark.skipif("AIGC_DATA" not in os.environ, reason="needs the E2E dev set under AIGC_DATA")
def test_a_sample_of_the_dev_set_is_written_well(runtime: Runtime) -> None:
    domain, engine = Domain.from_folder(BUNDLE), runtime.decoder(BUNDLE)
    groups: dict[str, tuple[dict[str, str], list[str]]] = {}
    for pair in read_pairs(Path(os.environ["AIGC_DATA"]) / "text" / "d2t_e2e_nlg" / "devset.csv.gz"):
        groups.setdefault(str(pair.facts), (domain.facts(pair.facts), []))[1].append(pair.text)
    chosen = list(groups.values())[::9]
    ids = [str(index) for index in range(len(chosen))]
    found = generate(domain, engine, [facts for facts, _ in chosen], 1, ctx=CallContext(), request_ids=ids)
    assert corpus_bleu([row[0].text for row in found], [refs for _, refs in chosen]) > 0.65


def test_sentences_that_run_into_each_other_are_no_candidates(runtime: Runtime) -> None:
    domain = Domain.from_folder(BUNDLE)
    facts = domain.facts({"name": "Blue Spice", "food": "Chinese", "area": "riverside"})
    engine = runtime.decoder(BUNDLE)
    (found,) = generate(domain, engine, [facts], 8, ctx=CallContext(seed=1), request_ids=["a"])
    assert found
    assert not [c.text for c in found if " It " in c.text.replace(". It ", "")]
    assert not well_formed(domain, "NAME serves Chinese food It is located in the riverside.")
    assert well_formed(domain, "NAME serves Chinese food. It is located in the riverside.")
