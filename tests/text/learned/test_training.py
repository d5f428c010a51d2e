"""From a small file to a bundle that writes: train, stop, resume, export, load, generate."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from aigc_sdk.bundles.bundle import open_bundle
from aigc_sdk.context import CallContext
from aigc_sdk.errors import BadInputError

pytest.importorskip("tensorflow")
pytestmark = [pytest.mark.training, pytest.mark.timeout(240)]

COLOURS = ("red", "dark red", "green", "blue")
ROOMS = ("kitchen", "bedroom", "office")


def lamps(path: Path) -> Path:
    """A file of a user's own attributes: an open name, two closed values, one of them often absent."""
    frames = ("{n} is a {c} lamp{r}.", "Meet {n}, the {c} lamp{r}.", "The {c} lamp {n} is here{r}.")
    with path.open("w", encoding="utf-8") as file:
        for i in range(600):
            name, colour, room = f"Lumo {i % 50}", COLOURS[i % 4], ROOMS[i % 3]
            inputs = {"product": name, "colour": colour} | ({"room": room} if i % 5 else {})
            tail = f" for the {room}" if i % 5 else ""
            text = frames[i % 7 % 3].format(n=name, c=colour, r=tail)
            file.write(json.dumps({"inputs": inputs, "text": text}) + "\n")
    return path


def test_a_users_own_attributes_become_a_writer(tmp_path: Path) -> None:
    from aigc_sdk.runtime.runtime import Runtime
    from aigc_sdk.training import TrainingJob
    from aigc_text.learned.candidates import generate
    from aigc_text.learned.domain import Domain
    from aigc_text.training.copy_learned import train
    from aigc_text.training.copy_options import CopyTrainingOptions

    shape = {
        "batch_size": 16,
        "layers": 2,
        "hidden": 64,
        "heads": 2,
        "ffn": 128,
        "vocab_size": 400,
        "dropout": 0.0,
        "patience": 10,
        "learning_rate": 4e-3,
        "threads": 2,
        "bundle_id": "copy-lamps",
    }
    seen: list[str] = []
    job = TrainingJob(
        data=lamps(tmp_path / "lamps.jsonl"),
        out=tmp_path / "bundle",
        options=CopyTrainingOptions(epochs=10, **shape),
        report=lambda what, figures: seen.append(what),
    )
    assert train(job) == job.out
    assert "epoch 10" in seen
    assert (job.work / "curves.png").read_bytes()[:4] == b"\x89PNG"

    manifest = open_bundle(job.out).manifest
    assert manifest.parity is not None
    assert manifest.extra["learned_copy"]["epochs"] == 10
    with Runtime(device="cpu") as runtime:
        bundle = runtime.bundle(job.out)
        domain = Domain.from_bundle(bundle)
        facts = domain.facts({"Product": "Zebra & Sons", "colour": "Dark Red", "room": "office"})
        engine = runtime.decoder(bundle)
        (found,) = generate(domain, engine, [facts], 2, ctx=CallContext(), request_ids=["a"])
    assert found
    assert "Zebra & Sons" in found[0].text
    assert "dark red" in found[0].text

    # The run is over: going on finds nothing to train and only exports again.
    seen.clear()
    train(job)
    assert not [what for what in seen if what.startswith("epoch")]

    # Another recipe must not silently go on from this run's checkpoint.
    other = TrainingJob(data=job.data, out=job.out, options=CopyTrainingOptions(epochs=11, **shape))
    with pytest.raises(BadInputError, match="other options"):
        train(other)


def test_a_stopped_run_goes_on_and_ends_where_an_unbroken_one_does(tmp_path: Path) -> None:
    import numpy as np

    from aigc_text.training.copy_learned import Prepared, run_training
    from aigc_text.training.copy_loop import Recipe

    recipe = Recipe(
        epochs=2, batch_size=32, layers=1, hidden=32, heads=2, ffn=32, vocab_size=350, dropout=0.0
    )
    prepared = Prepared(lamps(tmp_path / "lamps.jsonl"), recipe)
    _, whole = run_training(prepared, recipe, tmp_path / "whole")

    class Stopped(Exception):
        pass

    def stop(what: str, figures: Mapping[str, float]) -> None:
        if what == "epoch 1":
            raise Stopped

    with pytest.raises(Stopped):
        run_training(prepared, recipe, tmp_path / "broken", report=stop)
    trainer, resumed = run_training(prepared, recipe, tmp_path / "broken")
    np.testing.assert_allclose(resumed.validation_loss, whole.validation_loss, rtol=1e-3)
    assert trainer.optimizer.iterations.numpy() == 2 * -(-len(prepared.training) // 32)


def test_a_fresh_start_leaves_no_earlier_checkpoint_to_go_on_from(tmp_path: Path) -> None:
    from aigc_text.training.copy_learned import Prepared, run_training
    from aigc_text.training.copy_loop import Recipe

    recipe = Recipe(epochs=1, batch_size=32, layers=1, hidden=32, heads=2, ffn=32, vocab_size=350)
    prepared = Prepared(lamps(tmp_path / "lamps.jsonl"), recipe)
    run_training(prepared, recipe, tmp_path / "work")
    assert (tmp_path / "work/checkpoint.npz").exists()

    class Stopped(Exception):
        pass

    def stop(what: str, done: float, total: float | None) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        run_training(prepared, recipe, tmp_path / "work", resume=False, progress=stop)
    assert not list((tmp_path / "work").glob("*.npz"))
