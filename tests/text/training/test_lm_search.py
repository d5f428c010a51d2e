"""Random search over a language model's options."""

import json

import pytest

from aigc_sdk.errors import BadInputError
from aigc_sdk.training import TrainingJob
from aigc_text.training.lm_options import LmTrainingOptions
from aigc_text.training.lm_search import TABLE, draw, search
from aigc_text.training.lm_train import train


def job_in(folder, **more):
    return TrainingJob(folder / "data", folder / "out", seed=7, **more)


def loss_of(options):
    return abs(options.peak_rate - 0.001) + options.dropout


def test_what_was_given_is_never_changed():
    given = LmTrainingOptions(hidden=64, heads=4, dropout=0.3, search=30)
    drawn = [draw(given, 1, trial) for trial in range(30)]
    assert drawn[0] == given
    assert {(d.hidden, d.heads, d.layers, d.dropout) for d in drawn} == {(64, 4, given.layers, 0.3)}
    assert len({d.learning_rate for d in drawn}) > 25
    assert all(3e-4 <= d.learning_rate <= 1e-2 for d in drawn[1:])
    assert {d.batch_size for d in drawn} == {16, 32, 64}
    adapted = [draw(LmTrainingOptions(base="./b", search=9), 1, trial) for trial in range(1, 20)]
    assert all(d.alpha == 2 * d.rank for d in adapted)
    assert {d.rank for d in adapted} == {4, 8, 16, 32}


def test_the_best_is_taken_and_the_table_kept(tmp_path):
    options = LmTrainingOptions(search=6)
    best, table = search(job_in(tmp_path), options, "d", lambda tried, _: loss_of(tried))
    every = [draw(options, 7, trial) for trial in range(6)]
    assert best == min(every, key=loss_of)
    assert [row["loss"] for row in table] == [round(loss_of(one), 4) for one in every]
    assert table[0]["options"] == {}
    assert len((tmp_path / "out.training" / TABLE).read_text().splitlines()) == 6


def test_a_stopped_search_goes_on_and_other_data_start_anew(tmp_path):
    class Killed(Exception):
        pass

    seen = []

    def score(tried, _):
        if len(seen) == 3:
            raise Killed
        seen.append(tried)
        return loss_of(tried)

    options = LmTrainingOptions(search=5)
    with pytest.raises(Killed):
        search(job_in(tmp_path), options, "d", score)
    table = tmp_path / "out.training" / TABLE
    with table.open("a") as stream:
        stream.write('{"trial": 3, "lo')
    later = []
    again = search(job_in(tmp_path), options, "d", lambda t, _: (later.append(t), loss_of(t))[1])
    assert seen + later == [draw(options, 7, trial) for trial in range(5)]
    assert [json.loads(line)["trial"] for line in table.read_text().splitlines()] == [0, 1, 2, 3, 4]
    assert again[0] == min(seen + later, key=loss_of)
    fresh = []
    search(job_in(tmp_path), options, "other", lambda t, _: (fresh.append(t), 1.0)[1])
    assert len(fresh) == 5
    table.write_text("{}\n" + table.read_text())
    with pytest.raises(BadInputError, match="line 1 is damaged"):
        search(job_in(tmp_path), options, "d", score)


def test_a_loss_that_is_no_number_is_never_the_best(tmp_path):
    losses = iter([float("nan"), 3.0, float("inf")])
    options = LmTrainingOptions(search=3)
    best, _ = search(job_in(tmp_path), options, "d", lambda *_: next(losses))
    assert best == draw(options, 7, 1)


@pytest.mark.training
@pytest.mark.timeout(900)
def test_a_training_takes_the_best_and_its_bundle_holds_the_table(tmp_path):
    pytest.importorskip("tensorflow")
    from aigc_sdk.bundles.bundle import open_bundle

    data = tmp_path / "data.txt"
    data.write_text("\n\n".join(f"The sea was grey on day {n}." for n in range(40)), encoding="utf-8")
    options = LmTrainingOptions(
        layers=1,
        hidden=32,
        heads=2,
        ffn=32,
        vocab_size=300,
        context=32,
        epochs=1,
        search=2,
        threads=1,
        held_out=0.2,
        batch_size=8,
    )
    train(TrainingJob(data, tmp_path / "out", options, seed=7))
    record = open_bundle(tmp_path / "out").manifest.extra["language_model"]
    table = record["search"]
    assert [row["trial"] for row in table] == [1, 2]
    assert set(table[1]["options"]) == {"learning_rate", "dropout"}
    # One epoch each: the full training is the better trial once more.
    assert record["validation_loss"] == [pytest.approx(min(row["loss"] for row in table), abs=2e-3)]
