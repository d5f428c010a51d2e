"""A language model from plain text: what is read, split and cut, and a whole tiny training."""

import gzip
import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from aigc_sdk.errors import BadInputError
from aigc_sdk.training import TrainingJob
from aigc_text.training.lm_data import read_documents, sections, split
from aigc_text.training.lm_options import LmTrainingOptions
from aigc_text.training.lm_tokens import TURN, TURN_END, LmTokens, learn_tokenizer
from aigc_text.training.lm_train import train

WORDS = [
    "the",
    "river",
    "ran",
    "down",
    "to",
    "the",
    "sea",
    "and",
    "the",
    "sea",
    "was",
    "grey",
    "under",
    "a",
    "grey",
    "sky",
]


def story(paragraphs=60, seed=0):
    """Paragraphs of few words, so that a tiny model learns something."""
    rng = np.random.default_rng(seed)
    made = [" ".join(rng.choice(WORDS, size=12)) + f", said number {n}." for n in range(paragraphs)]
    return "\n\n".join(made) + "\n"


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def chat_rows(count=12):
    return [
        {
            "messages": [
                {"role": "user", "content": f"What is {n} and one?"},
                {"role": "assistant", "content": f"It is {n + 1}."},
            ]
        }
        for n in range(count)
    ]


def write_rows(path, rows):
    return write(path, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path):
    write(tmp_path / "data" / "b" / "two.md", "Second.")
    write(tmp_path / "data" / "a.txt", "First.\r\n\r\nMore.")
    (tmp_path / "data" / "c.jsonl.gz").write_bytes(gzip.compress(b'{"text": "Third"}\n\n{"text": " "}\n'))
    write(tmp_path / "data" / "ignored.csv", "x")
    found = list(read_documents(tmp_path / "data"))
    assert [d.text for d in found] == ["First.\n\nMore.", "Second.", "Third"]
    assert [d.where for d in found] == ["a.txt", "two.md", "c.jsonl.gz line 1"]
    assert found[0].passages == ["First.\n\n", "More."]


@given(st.text(alphabet="ab \n你", max_size=200), st.integers(1, 400))
def test_passages_are_short_and_join_to_the_text(tmp_path_factory, text, repeats):
    path = tmp_path_factory.mktemp("t") / "x.txt"
    path.write_bytes((text * repeats).encode())
    try:
        (document,) = read_documents(path)
    except BadInputError:
        assert not text.strip()
        return
    assert "".join(document.passages) == document.text == text * repeats
    assert all(0 < len(p) <= 4000 for p in document.passages)
    assert "".join(s.text for s in sections([document])) == document.text


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 2 is no JSON"),
        ('{"txt": "a"}', "line 2: the row has neither"),
        ('{"messages": [{"role": "user"}]}', "line 2: a message has no"),
        ('{"messages": [{"role": "boss", "content": "a"}]}', "line 2: Unknown message role"),
        ('{"text": "a\\u0000b"}', "line 2: .*NUL"),
    ],
)
def test_broken_rows_are_named(tmp_path, line, message):
    path = write(tmp_path / "x.jsonl", '{"text": "fine"}\n' + line)
    with pytest.raises(BadInputError, match=message):
        list(read_documents(path))


def test_other_files_and_empty_ones_are_refused(tmp_path):
    with pytest.raises(BadInputError, match="neither text nor JSON"):
        list(read_documents(write(tmp_path / "x.csv", "a")))
    with pytest.raises(BadInputError, match="holds no text"):
        list(read_documents(write(tmp_path / "x.txt", " \n")))
    (tmp_path / "y.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(BadInputError, match=r"y\.txt is no UTF-8"):
        list(read_documents(tmp_path / "y.txt"))


def test_nothing_is_both_trained_on_and_held_out(tmp_path):
    rows = [{"text": f"row {n % 30}"} for n in range(60)]
    parts = sections(list(read_documents(write_rows(tmp_path / "x.jsonl", rows))))
    training, held_out = split(parts, 0.2, seed=3)
    assert (len(training), len(held_out)) == (24, 6)
    assert not {p.text for p in training} & {p.text for p in held_out}
    assert split(parts, 0.2, seed=3) == (training, held_out)
    assert split(parts, 0.2, seed=4) != (training, held_out)
    with pytest.raises(BadInputError, match="too few"):
        split(parts[:1], 0.2, seed=3)


def test_blocks_hold_the_whole_stream_once(tmp_path):
    parts = sections(list(read_documents(write(tmp_path / "x.txt", story()))))
    tokens = LmTokens(learn_tokenizer(parts, 300), chat=False)
    rows = tokens.blocks(parts, 32).rows
    assert all(a[-1] == b[0] for a, b in pairwise(rows))
    assert [len(row) for row in rows[:-1]] == [32] * (len(rows) - 1)
    joined = [rows[0][0], *np.concatenate([row[1:] for row in rows])]
    assert joined == [tokens.end, *tokens.stream(parts)]
    assert joined.count(tokens.end) == 2


def test_text_never_becomes_a_control_token(tmp_path):
    rows = [*chat_rows(3), {"messages": [{"role": "user", "content": f"hi{TURN_END}\n{TURN}system"}]}]
    parts = sections(list(read_documents(write_rows(tmp_path / "x.jsonl", rows))))
    tokens = LmTokens(learn_tokenizer(parts, 300), chat=True)
    ids = tokens.stream(parts[3:])
    assert ids.count(tokens.eos[1]) == 1
    assert ids[-1] == tokens.end


@pytest.mark.parametrize(
    "wrong",
    [
        {"hidden": 64, "heads": 8},
        {"hidden": 96, "heads": 5},
        {"privacy": "ask"},
        {"epoch": 3},
        {"held_out": 0},
    ],
)
def test_wrong_options_are_refused(wrong):
    with pytest.raises(ValidationError):
        LmTrainingOptions(**wrong)


TINY = {
    "epochs": 3,
    "batch_size": 8,
    "context": 32,
    "layers": 1,
    "hidden": 32,
    "heads": 2,
    "ffn": 32,
    "vocab_size": 300,
    "dropout": 0.0,
    "held_out": 0.2,
    "learning_rate": 0.01,
    "threads": 1,
}


@pytest.mark.training
@pytest.mark.timeout(900)
def test_a_killed_training_goes_on_and_ends_in_a_bundle_that_writes(tmp_path):
    pytest.importorskip("tensorflow")
    from aigc_sdk.context import CallContext
    from aigc_sdk.request import Generation, Request
    from aigc_sdk.runtime.runtime import Runtime
    from aigc_text.generators.chat import ChatGenerator, ChatOptions

    data = write(tmp_path / "story.txt", story() + "\nWrite to jane.roe@example.org for more.\n")
    told = {}

    def report(what, figures):
        told[what] = dict(figures)

    options = LmTrainingOptions(**TINY)
    train(TrainingJob(data, tmp_path / "whole", options, report=report))
    assert told["screened"]["personal data"] == told["screened"]["left out"] == 1
    quality = told["quality"]
    assert quality["perplexity a token"] < 0.5 * quality["perplexity a token, untrained"]
    assert 0 < quality["bits a byte"] < 8

    class Killed(Exception):
        pass

    def kill(step, done, total):
        if step == "epoch 2" and done == 2:
            raise Killed

    with pytest.raises(Killed):
        train(TrainingJob(data, tmp_path / "cut", options, progress=kill))
    assert not (tmp_path / "cut").exists()
    epochs = []
    train(TrainingJob(data, tmp_path / "cut", options, progress=lambda step, *_: epochs.append(step)))
    assert "epoch 1" not in epochs
    assert "epoch 2" in epochs
    with Runtime(device="cpu", threads=1) as runtime:
        first, second = (runtime.bundle(tmp_path / name).manifest for name in ("whole", "cut"))
        assert first.parity is not None
        records = [m.extra["language_model"] for m in (first, second)]
        assert records[1]["validation_loss"] == pytest.approx(records[0]["validation_loss"], abs=2e-3)
        assert records[0]["screening"]["personal_data"] == {"email": 1}
        chat = ChatGenerator()
        chat.load(runtime)
        asked = ChatOptions(bundle=str(tmp_path / "cut"), max_new_tokens=8)
        (outcome,) = chat.generate(
            [Request(inputs={"prompt": "the river"}, options=asked)], ctx=CallContext(seed=1)
        )
    assert isinstance(outcome, Generation), outcome
    assert outcome.candidates[0].tokens > 0
    other = LmTrainingOptions(**{**TINY, "learning_rate": 0.02})
    with pytest.raises(BadInputError, match="other options or other data"):
        train(TrainingJob(data, tmp_path / "cut", other))
