"""Reading training files: both formats, gzip, and errors that name the line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from aigc_sdk.errors import BadInputError
from aigc_text.training.bleu import corpus_bleu
from aigc_text.training.copy_data import clean, discover_schema, parse_mr, read_pairs, tidy

sacrebleu = pytest.importorskip("sacrebleu")


def test_csv_jsonl_and_gzip_read_the_same(tmp_path: Path) -> None:
    mr, ref = "name[The Mill], area[riverside]", "The Mill is by the river."
    facts = {"name": "The Mill", "area": "riverside"}
    (tmp_path / "a.csv").write_text(f'mr,ref\n"{mr}","{ref}"\n')
    (tmp_path / "b.jsonl").write_text(json.dumps({"mr": mr, "ref": ref}) + "\n\n")
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(json.dumps({"inputs": facts, "text": ref}).encode()))
    for path in sorted(tmp_path.iterdir()):
        (pair,) = read_pairs(path)
        assert (dict(pair.facts), pair.text) == (facts, ref)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "mr and ref"),
        (b"a,b\n1,2\n", "line 1"),
        (b'mr,ref\n"name[x], area[y]",ok\nnonsense,ok\n', "line 3"),
        (b'mr,ref\n"name[x]",\n', "line 2"),
        (b'{"mr": "name[x]", "ref": "y"}\n{"mr": \n', "line 2"),
        (b'{"mr": "name[x]", "ref": "y"}\n[1]\n', "line 2"),
        (b'{"inputs": {"a": {"b": 1}}, "text": "y"}\n', "flat map"),
        (b'{"inputs": {}, "text": "y"}\n', "line 1"),
        (b'{"inputs": {"<x>": "1"}, "text": "y"}\n', "line 1"),
        (b'{"inputs": {"a": "1"}, "text": "y"}\n\xff\xfe', "line 2"),
        (gzip.compress(b'{"inputs": {"a": "1"}, "text": "y"}\n' * 50)[:-12], "gzip"),
        (b"\x1f\x8bgarbage", "gzip"),
    ],
)
def test_a_bad_file_is_a_typed_error_that_says_where(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "data"
    path.write_bytes(content)
    with pytest.raises(BadInputError, match=message):
        read_pairs(path)


def test_a_missing_file_is_a_typed_error(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="cannot be read"):
        read_pairs(tmp_path / "none.csv")


def test_open_and_closed_slots_are_told_apart(tmp_path: Path) -> None:
    lines = [
        {"inputs": {"model": f"Lamp {i}", "colour": ("red", "dark red")[i % 2], "loud": ("yes", "no")[i % 2]},
         "text": f"Lamp {i} comes in {('red', 'dark red')[i % 2]} and is {('loud', 'quiet')[i % 2]}."}
        for i in range(40)
    ]  # fmt: skip
    (tmp_path / "lamps.jsonl").write_text("\n".join(map(json.dumps, lines)))
    pairs = read_pairs(tmp_path / "lamps.jsonl")
    schema = discover_schema(pairs)
    assert {slot.name: slot.kind for slot in schema.slots} == {
        "model": "open",
        "colour": "closed",
        "loud": "closed",
    }
    # "yes" is never in a text, so that slot cannot be looked for.
    assert schema.checked == {"model", "colour"}
    cleaning = clean(pairs, schema)
    assert cleaning.dropped == 0
    assert cleaning.corrected == 0
    assert cleaning.pairs[1].template == "<model> comes in dark red and is quiet."


def test_parse_mr_refuses_what_is_not_one() -> None:
    for wrong in ("", "name", "name[x] and more", "[x]"):
        with pytest.raises(ValueError, match="slot"):
            parse_mr(wrong)


def test_tidy_sets_case_spacing_and_the_last_stop() -> None:
    assert tidy("  the pub is\n cheap . it’s £ 20 ") == "The pub is cheap. It's £20."


def test_bleu_is_sacrebleus() -> None:
    texts = [
        "The Mill is a cheap pub, near Zizzi.",
        "A 5-star place costs £20-25 in the city.",
        "It is kid-friendly.",
    ]
    references = [
        ["The Mill is a cheap pub near Zizzi.", "Near Zizzi is a cheap pub, the Mill."],
        ["In the city a 5-star place costs £20-25.", "A 5-star place costs £20-25."],
        ["It is kid-friendly and nice.", "It is friendly."],
    ]
    streams = [[refs[i] for refs in references] for i in range(2)]
    expected = sacrebleu.corpus_bleu(texts, streams, lowercase=True, tokenize="13a").score / 100
    assert corpus_bleu(texts, references) == pytest.approx(expected, abs=1e-6)
