"""``aigc augment``: files in, files out."""

from __future__ import annotations

import csv
import json

import pytest
from click.testing import CliRunner

from aigc_sdk.cli.main import cli


def run(*arguments):
    return CliRunner().invoke(cli, ["augment", *map(str, arguments)])


@pytest.fixture
def intents(tmp_path):
    path = tmp_path / "intents.csv"
    path.write_text(
        'text,intent,note\n"Please, book a big table for 4",booking,"a, b"\n请帮我购买很多礼物,order,\n,empty,x\n',
        encoding="utf-8",
    )
    return path


def test_a_csv_keeps_its_columns_and_labels(intents, tmp_path):
    out = tmp_path / "more.csv"
    done = run(intents, "--out", out, "-n", 3, "--seed", 5)
    assert done.exit_code == 0, done.output
    with out.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == ["text", "intent", "note", "augmented_from", "augmented_by"]
    variants = [row for row in rows if row["augmented_from"]]
    assert {(row["augmented_from"], row["intent"], row["note"]) for row in variants} == {
        ("1", "booking", "a, b"),
        ("2", "order", ""),
    }
    assert len(variants) == 6
    assert all("4" in row["text"] for row in variants if row["intent"] == "booking")
    assert len(rows) == 9
    again = tmp_path / "again.csv"
    run(intents, "--out", again, "-n", 3, "--seed", 5, "--batch-size", 1)
    assert again.read_bytes() == out.read_bytes()


def test_rows_without_variants_are_counted_and_can_fail_the_run(intents, tmp_path):
    out = tmp_path / "more.jsonl"
    done = run(intents, "--out", out, "--only-variants", "--fail-on-error", "--json")
    assert done.exit_code == 10
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert {line["augmented_from"] for line in lines} == {1, 2}
    assert '"failed": 1' in done.output


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("x.csv", "a,b\n1,2\n", "no column"),
        ("x.csv", "text,text\n1,2\n", "header"),
        ("x.csv", "text,b\n1\n", "as many fields"),
        ("x.jsonl", "[1]\n", "no JSON object"),
        ("x.jsonl", "", "no rows"),
        ("x.txt", "text", "known kind"),
    ],
)
def test_bad_files_are_refused_with_a_reason(tmp_path, name, content, told):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    done = run(path, "--out", tmp_path / "out.csv")
    assert done.exit_code != 0
    assert told in done.output
    assert not (tmp_path / "out.csv").exists()
