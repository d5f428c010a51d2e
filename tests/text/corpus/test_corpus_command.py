"""``aigc corpus``: what scripts rely on."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def works(tmp_path, texts):
    folder = tmp_path / "works"
    (folder / "deep").mkdir(parents=True)
    (folder / "harbour.txt").write_text(texts["en"], encoding="utf-8")
    (folder / "deep" / "渡船.md").write_text(texts["zh"], encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return folder


def test_add_list_query_remove(aigc, works, texts, home):
    assert aigc("corpus", "list", "--json").json["works"] == []
    done = aigc("corpus", "add", works, "--owner", "Us", "--json")
    assert (done.code, done.json["added"], done.json["works"]) == (0, 2, 2)
    assert (home / "corpora" / "default.corpus").is_file()
    listed = aigc("corpus", "list", "--json").json["works"]
    assert [(w["id"], w["title"], w["owner"]) for w in listed] == [
        ("deep/渡船.md", "渡船", "Us"),
        ("harbour.txt", "harbour", "Us"),
    ]
    found = aigc("corpus", "query", "-", "--json", stdin=f"Listen: {texts['zh'][:40]}")
    assert found.code == 4
    (match,) = found.json["matches"]
    assert match["work"]["id"] == "deep/渡船.md"
    assert (match["runs"][0]["start"], match["runs"][0]["work_start"]) == (8, 0)
    shown = aigc("corpus", "query", texts["en"])
    assert (shown.code, "harbour.txt" in shown.out) == (4, True)
    assert aigc("corpus", "query", "Something else altogether.").code == 0
    assert aigc("corpus", "remove", "harbour.txt").code == 0
    assert aigc("corpus", "query", texts["en"]).code == 0
    assert aigc("corpus", "remove", "harbour.txt").code == 5


def test_a_single_file_takes_an_id_and_a_title(aigc, works):
    assert aigc("corpus", "add", works / "harbour.txt", "--id", "h", "--title", "The Harbour").code == 0
    assert aigc("corpus", "list").out.startswith("h  The Harbour  ")
    refused = aigc("corpus", "add", works, "--id", "h")
    assert (refused.code, "single text file" in refused.err) == (2, True)


def test_rows_of_json_lines_carry_their_own_details(aigc, tmp_path, texts):
    rows = [{"id": "one", "text": texts["en"], "licence": "none"}, {"id": "two", "text": texts["zh"]}]
    path = tmp_path / "works.jsonl"
    path.write_text("\n".join(json.dumps(r) for r in rows), encoding="utf-8")
    assert aigc("corpus", "add", path, "--licence", "unknown", "--corpus", tmp_path / "c").code == 0
    listed = aigc("corpus", "list", "--corpus", tmp_path / "c", "--json").json["works"]
    assert [(w["id"], w["licence"], w["source"]) for w in listed] == [
        ("one", "none", "works.jsonl"),
        ("two", "unknown", "works.jsonl"),
    ]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ('{"id": "a", "text": "t"', "line 1 is no JSON"),
        ('{"id": "a"}', 'no "id" and "text"'),
        ('{"id": 7, "text": "t"}', "id must be text"),
        ('{"id": "a", "text": "too short"}', "2 tokens"),
    ],
)
def test_wrong_works_say_what_is_wrong_and_add_nothing(aigc, tmp_path, works, lines, says):
    path = tmp_path / "works.jsonl"
    path.write_text(lines, encoding="utf-8")
    refused = aigc("corpus", "add", works, path)
    assert refused.code == 2
    assert says in refused.err
    assert aigc("corpus", "list", "--json").json["works"] == []


def test_two_works_with_one_id_are_refused(aigc, works):
    assert "given twice" in aigc("corpus", "add", works / "harbour.txt", works / "harbour.txt").err


def test_screen_leaves_out_rows_that_repeat_a_work(aigc, tmp_path, works, texts):
    aigc("corpus", "add", works)
    rows = [
        {"prompt": "Write!", "completion": "Something of our own."},
        {"prompt": "Write!", "completion": f"Sure: {texts['en'].upper()}"},
        {"messages": [{"role": "user", "content": texts["zh"][3:60]}]},
        {"prompt": texts["en"], "completion": "Fine."},
    ]
    train, clean = tmp_path / "train.jsonl", tmp_path / "clean.jsonl"
    train.write_bytes("\n\n".join(json.dumps(r, indent=None) for r in rows).encode())
    report = aigc("corpus", "screen", train, "--json")
    assert report.code == 4
    assert [r["line"] for r in report.json["repeats"]] == [3, 5, 7]
    assert report.json["repeats"][0]["matches"][0]["work"] == "harbour.txt"
    assert aigc("corpus", "screen", train, "--out", clean).code == 0
    assert clean.read_text() == json.dumps(rows[0]) + "\n"
    assert aigc("corpus", "screen", clean).code == 0
    train.write_text(json.dumps(rows[3]))
    assert aigc("corpus", "screen", train, "--field", "completion").code == 0
    assert aigc("corpus", "screen", train, "--field", "nothing").code == 2


def test_a_broken_line_writes_no_file_and_the_input_is_never_overwritten(aigc, tmp_path, works):
    aigc("corpus", "add", works)
    train, clean = tmp_path / "train.jsonl", tmp_path / "clean.jsonl"
    train.write_text('{"text": "fine"}\n{broken\n')
    refused = aigc("corpus", "screen", train, "--out", clean)
    assert (refused.code, "line 2" in refused.err) == (2, True)
    assert not clean.exists()
    assert sorted(p.name for p in tmp_path.iterdir() if p.suffix == ".jsonl") == ["train.jsonl"]
    assert aigc("corpus", "screen", train, "--out", train).code == 2
    assert train.read_text().startswith('{"text"')


def test_absent_and_damaged_corpora_have_their_exit_codes(aigc, tmp_path, home):
    for command in (("query", "text"), ("screen", tmp_path / "t.jsonl"), ("remove", "x")):
        assert aigc("corpus", *command).code == 5
    (tmp_path / "bad.corpus").write_bytes(b"no corpus" * 500)
    assert aigc("corpus", "query", "text", "--corpus", tmp_path / "bad.corpus").code == 6
    assert aigc("corpus", "list", "--corpus", tmp_path / "bad.corpus").code == 6


def test_new_corpora_are_folded_and_old_ones_go_on_as_they_were_made(aigc, works, tmp_path, texts):
    from aigc_sdk.corpus import Corpus

    for name, wanted in (("new", None), ("old", "text/ngrams")):
        at = tmp_path / name
        extra = ("--indexer", wanted) if wanted else ()
        assert aigc("corpus", "add", works / "harbour.txt", "--corpus", at, *extra).code == 0
        assert aigc("corpus", "add", works / "deep", "--corpus", at).code == 0
        with Corpus(at) as corpus:
            assert (corpus.indexer, len(corpus)) == (wanted or "text/folded-ngrams", 2)
        assert aigc("corpus", "query", texts["zh"], "--corpus", at).code == 4
