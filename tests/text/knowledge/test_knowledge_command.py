"""``aigc knowledge``: what scripts rely on."""

from __future__ import annotations


def test_index_search_ask(aigc, folder, tmp_path):
    out = tmp_path / "index"
    made = aigc("knowledge", "index", folder, "--out", out, "--json")
    assert made.code == 0
    assert (len(made.json["added"]), made.json["passages"], made.json["encoder"]) == (5, 6, None)
    assert "aigc models pull multilingual-e5-small" in made.err

    found = aigc("knowledge", "search", out, "unused goods sent back", "-k", "1", "--json").json["passages"]
    assert [(p["file"], p["path"]) for p in found] == [("shop/returns.md", ["Shop", "Returns"])]
    assert "thirty days" in found[0]["text"]
    shown = aigc("knowledge", "search", out, "unused goods sent back")
    assert "shop/returns.md › Shop › Returns" in shown.out

    told = aigc("knowledge", "ask", out, "How long may unused goods be sent back?")
    assert told.code == 0
    assert told.out.startswith("Unused goods may be sent back within thirty days. [1]")
    rows = aigc("knowledge", "ask", out, "极光水杯的保修期是多久？", "--json").json["outputs"]
    assert rows[0]["meta"]["sources"][0]["file"] == "水杯.txt"
    assert rows[0]["verdict"]["decision"] == "allow"
    silent = aigc("knowledge", "ask", out, "Who won the football match in Lisbon?")
    assert (silent.code, silent.out.strip()) == (0, "The documents do not answer this question.")


def test_problems_are_listed_and_do_not_fail_the_index(aigc, folder, tmp_path):
    (folder / "broken.txt").write_bytes(b"\x00\x01")
    done = aigc("knowledge", "index", folder, "--out", tmp_path / "index", "--no-encoder")
    assert done.code == 0
    assert "left out: broken.txt" in done.err
    again = aigc("knowledge", "index", folder, "--out", tmp_path / "index", "--json").json
    assert (again["unchanged"], [p["file"] for p in again["problems"]]) == (5, ["broken.txt"])


def test_bad_input_is_a_message_and_a_code(aigc, folder, tmp_path):
    assert aigc("knowledge", "index", tmp_path / "absent", "--out", tmp_path / "index").code == 2
    assert aigc("knowledge", "index", folder, "--out", folder).code == 2
    absent = aigc("knowledge", "search", tmp_path / "absent", "a question")
    assert (absent.code, "aigc knowledge index" in absent.err) == (6, True)
    assert aigc("knowledge", "ask", tmp_path / "absent", "a question").code == 6
    missing = aigc(
        "knowledge", "index", folder, "--out", tmp_path / "index", "--encoder", "multilingual-e5-small"
    )
    assert (missing.code, "aigc models pull" in missing.err) == (5, True)
    assert (
        aigc("knowledge", "index", folder, "--out", tmp_path / "x", "--encoder", "a", "--no-encoder").code
        == 2
    )


def test_help_shows_examples(aigc):
    for command in (("knowledge",), ("knowledge", "index"), ("knowledge", "search"), ("knowledge", "ask")):
        assert "Examples:" in aigc(*command, "--help").out
