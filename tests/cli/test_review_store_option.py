"""``--review-store`` queues what is refused and puts on record what is delivered; the doctor looks at the store."""

from __future__ import annotations

import json

import pytest

from aigc_sdk.review import ReviewStore


@pytest.fixture
def db(tmp_path, monkeypatch):
    monkeypatch.delenv("AIGC_REVIEW_DB", raising=False)
    return tmp_path / "home" / "review.db"


def test_generate_records_what_it_refuses_and_delivers(aigc, db):
    done = aigc("generate", "text/echo", "-i", "name=Luna", "--review-store", db, "--json")
    assert done.code == 0
    request_id = done.json["trace"]["request_id"]
    assert aigc("generate", "text/echo", "-i", "name=forbidden", "--review-store", db).code == 3
    with ReviewStore(db) as store:
        assert [i.decision for i in store.items()] == ["block"]
        assert [d.content for d in store.deliveries(request_id)] == ["name=Luna"]
    reported = aigc("review", "report", "--request-id", request_id, "--reason", "odd", "--json")
    assert reported.json["item"]["content"] == "name=Luna"
    assert aigc("review", "report", "--request-id", "none", "--reason", "odd").code == 5


def test_batches_record_too(aigc, db, tmp_path):
    rows = [{"id": "a", "inputs": {"name": "Luna"}}, {"id": "b", "inputs": {"name": "doubtful"}}]
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    done = aigc("generate", "text/echo", "--jsonl", source, "--out", out, "--review-store", db)
    assert done.code == 0
    texts = tmp_path / "texts.jsonl"
    texts.write_text('{"id": "c", "text": "a doubtful text"}\n', encoding="utf-8")
    aigc("moderate", "--jsonl", texts, "--out", out, "--review-store", db)
    with ReviewStore(db) as store:
        assert [d.content for d in store.deliveries("a")] == ["name=Luna"]
        assert {i.request_id for i in store.items()} == {"b", ""}


def test_a_store_that_cannot_be_opened_stops_the_run(aigc, tmp_path):
    (tmp_path / "no.db").write_text("this is no database, and long enough to be read as one " * 20)
    assert aigc("moderate", "a fine day", "--review-store", tmp_path / "no.db").code == 1
    assert aigc("moderate", "a fine day", "--review-store", "nonsense://x").code in (2, 5)


def test_the_doctor_looks_and_makes_nothing(aigc, db, tmp_path, monkeypatch):
    assert aigc("doctor", "--json").json["review"]["state"] == "none yet"
    assert not db.exists()
    with ReviewStore(db) as store:
        store.report("some text", "odd")
    found = aigc("doctor", "--json").json["review"]
    assert (found["state"], found["items"]["open"], found["audit_trail_whole"]) == ("ok", 1, True)
    assert "1 open" in aigc("doctor").out
    monkeypatch.setenv("AIGC_REVIEW_DB", "postgresql+psycopg://me:secret@host/db")
    assert "secret" not in aigc("doctor").out


def test_policy_check_refuses_what_cannot_be(aigc, tmp_path):
    path = tmp_path / "p.yaml"
    for text, says in (
        ("thresholds: [{detector: acme/none, category: hate, cuts: {block: 0.5}}]", "acme/none"),
        ("thresholds: [{detector: text/words, category: ip, cuts: {block: 0.5}}]", "finds no ip"),
        ("detectors: [{id: text/words, options: {x: 1}}]", "takes no options"),
    ):
        path.write_text(f"id: mine\n{text}\n", encoding="utf-8")
        done = aigc("policy", "check", path)
        assert (done.code, says in done.err) == (2, True)
    path.write_text(
        "id: mine\nthresholds: [{detector: text/words, category: violence, cuts: {block: 0.5}}]\n"
    )
    done = aigc("policy", "check", path, "--json")
    assert done.json["remarks"] == ["text/words:violence:any: no curve to check it against"]
    assert aigc("policy", "check", "default").code == 0


def test_calibrate_needs_a_curve_and_a_sound_target(aigc, tmp_path):
    out = tmp_path / "o.yaml"
    assert "operating curve" in aigc("policy", "calibrate", "default", "--out", out).err
    done = aigc("policy", "calibrate", "default", "--out", out, "--target", "block:recall=2")
    assert (done.code, "ACTION:FIGURE=VALUE" in done.err) == (2, True)
    assert aigc("policy", "calibrate", "default", "--out", out, "--detector", "acme/none").code == 5
    assert not out.exists()
