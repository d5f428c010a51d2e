"""`aigc review` from a report to an accepted proposal, for people and for scripts."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from aigc_sdk.bundles import BundleStore
from aigc_sdk.cli.app import App
from aigc_sdk.cli.main import cli
from aigc_sdk.discovery import Registry
from aigc_sdk.policy import load_policy
from aigc_sdk.review import ReviewStore
from aigc_sdk.verdict import Decision


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.delenv("AIGC_REVIEW_DB", raising=False)
    monkeypatch.setenv("AIGC_REVIEWER", "ann")
    registry = Registry([])

    def call(*arguments: object, code: int = 0):
        app = App(registry, BundleStore(tmp_path / "home", registry))
        done = CliRunner().invoke(cli, ["review", *map(str, arguments)], obj=app, prog_name="aigc")
        assert done.exit_code == code, done.output
        return json.loads(done.stdout) if "--json" in arguments else done.stdout

    return call


def test_from_report_to_decision_and_appeal(run, tmp_path):
    item = run("report", "一段文字", "--reason", "It is wrong.", "--language", "zh", "--json")["item"]
    assert (item["origin"], item["language"], item["content"]) == ("report", "zh", "一段文字")
    assert "一段文字" not in run("list")
    assert run("list", "--json")["counts"]["open"] == 1
    run("decide", 1, "uphold", "--reason", "x", code=2)
    assert "一段文字" in run("claim")
    assert run("claim", "--reviewer", "ben", "--json")["item"] is None
    run("claim", 1, "--reviewer", "ben", code=2)
    decided = run("decide", 1, "overturn", "--reason", "It is.", "--category", "defamation", "--json")
    assert decided["item"]["state"] == "decided"
    run("appeal", 1, "--by", "author", "--reason", "It is true.")
    shown = run("show", 1, "--json")
    assert [e["action"] for e in shown["history"]][-3:] == ["claimed", "decided", "appealed"]
    assert "author: appealed reason=It is true." in run("show", 1)
    assert "一段文字" not in run("show", 1, "--hide")
    run("show", 9, code=5)
    run("decide", 1, "uphold", "--reason", "x", "--harmless", "--category", "hate", code=2)


def test_verify_names_the_broken_row(run, tmp_path):
    run("report", "text", "--reason", "x")
    found = run("audit", "verify", "--json")
    assert (found["ok"], found["events"]) == (True, 2)
    run("audit", "verify", "--noted", f"2:{found['head']}")
    run("audit", "verify", "--noted", "2:0000", code=1)
    run("audit", "verify", "--noted", "nonsense", code=2)
    with sqlite3.connect(tmp_path / "home" / "review.db") as raw:
        raw.execute("DROP TRIGGER review_audit_no_update")
        raw.execute("UPDATE review_audit SET event='{}' WHERE seq=1")
    assert run("audit", "verify", "--json", code=1)["broken_seq"] == 1


def test_a_threshold_is_in_force_only_after_a_person_accepts_it(run, tmp_path, verdict):
    with ReviewStore(tmp_path / "home" / "review.db") as store:
        for number in range(60):
            item = store.enqueue(verdict(0.6 + number / 200), f"text {number}")
            store.claim("ann", item_id=item.id)
            store.decide(item.id, "ann", "uphold", "x")
    labelled, proposal, policy = (tmp_path / n for n in ("labels.jsonl", "proposal.yaml", "policy.yaml"))
    assert run("export", "--out", labelled, "--json")["rows"] == 60
    assert len(Path(labelled).read_text(encoding="utf-8").splitlines()) == 60
    assert run("propose", "--out", proposal, "--json")["thresholds"][0]["min_probability"] == 0.6
    assert not policy.exists()
    run("accept", proposal, "--out", policy)
    (threshold,) = load_policy(policy).thresholds
    assert threshold.cuts[Decision.BLOCK].probability == 0.6
    with ReviewStore(tmp_path / "home" / "review.db") as store:
        last = store.history()[-1]
        assert (last.action, last.actor) == ("proposal_accepted", "ann")
        assert store.verify().ok
    run("accept", labelled, "--out", policy, code=2)


def test_feedback_shows_the_score(run):
    assert run("feedback", "r1", "--stars", 5, "--json")["score"]["value"] == 1.0
    assert "satisfaction 0.50" in run("feedback", "r1", "--thumbs", "down")
    run("feedback", "r1", code=2)


def test_another_store_can_be_named(run, tmp_path):
    run("report", "text", "--reason", "x", "--db", tmp_path / "other.db")
    assert run("list", "--json")["items"] == []
    assert len(run("list", "--db", f"sqlite:///{tmp_path / 'other.db'}", "--json")["items"]) == 1
