"""Whatever a detector does, nothing is allowed on its word. `benchmarks/faults.py` makes 10,000 such calls."""

from __future__ import annotations

import random

import pytest
from fault_injection import FAULTS, WAYS, Rig


@pytest.fixture(scope="module")
def rig():
    with Rig() as made:
        yield made


@pytest.mark.parametrize("number", range(len(FAULTS)), ids=[fault.name for fault in FAULTS])
def test_a_fault_never_opens_and_is_always_typed(rig, number):
    fault, rng = FAULTS[number], random.Random(number)
    for way in rng.sample(WAYS, 3):
        outcome = rig.call(fault, way, rng)
        assert outcome != "opening", way
        assert not outcome.startswith("untyped"), way
