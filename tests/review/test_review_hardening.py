"""Ways in which a store could forget, quote or show what it must not."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import stat

import pytest
from click.testing import CliRunner

from aigc_sdk.cli.main import cli
from aigc_sdk.content import Text
from aigc_sdk.errors import BadInputError, OptionError
from aigc_sdk.review import Delivered, ReviewStore
from aigc_sdk.review.export import write_jsonl


@pytest.mark.parametrize(
    "url", ["", "sqlite://", "sqlite:///", ":memory:", "sqlite:///file:x?mode=memory&uri=true"]
)
def test_a_store_that_would_forget_is_refused(url, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInputError, match="memory"):
        ReviewStore(url)


def test_erased_text_is_not_left_in_the_file(database, verdict):
    with ReviewStore(database) as store:
        item = store.enqueue(verdict(), "quiet kettle " * 600)
    assert b"quiet kettle" in database.read_bytes()
    with ReviewStore(database) as store:
        store.erase_content(item.id, "ann", "asked for")
    assert b"quiet kettle" not in database.read_bytes()


def test_erasing_an_item_erases_the_delivery_of_the_same_text(store, verdict):
    given = verdict(decision="allow")
    store.collect(delivered=[Delivered("r1", 1, Text("quiet kettle"), given)])
    store.collect(delivered=[Delivered("r2", 1, Text("another"), given)])
    item = store.report(None, "It names me.", request_id="r1")
    store.erase_content(item.id, "ann", "asked for")
    (gone,), (other,) = store.deliveries("r1"), store.deliveries("r2")
    assert gone.content is None
    assert all(s["matched"] is None for f in gone.verdict["findings"] for s in f["spans"])
    assert gone.content_sha256 == Text("quiet kettle").sha256()
    assert other.content == "another"


def test_replace_is_refused_like_delete(database, verdict):
    with ReviewStore(database) as store:
        store.enqueue(verdict(), "text")
    with sqlite3.connect(database) as raw, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(
            "INSERT OR REPLACE INTO review_audit SELECT seq, item_id, previous, '{}', sha256 FROM review_audit"
        )


@pytest.mark.parametrize("event", ["no JSON", "[]", "{}", '{"seq": 1, "item": 1, "action": "decided"}'])
def test_a_rewritten_event_that_cannot_be_read_is_broken(database, verdict, event):
    with ReviewStore(database) as store:
        store.enqueue(verdict(), "text")
    forged = hashlib.sha256(("0" * 64 + event).encode()).hexdigest()
    with sqlite3.connect(database) as raw:
        raw.execute("DROP TRIGGER review_audit_no_update")
        raw.execute("UPDATE review_audit SET event = ?, sha256 = ?", (event, forged))
        raw.execute("UPDATE review_head SET sha256 = ?", (forged,))
    with ReviewStore(database) as store:
        report = store.verify()
    assert not report.ok
    assert report.broken_seq == 1


def test_hide_hides_quotations_too(database, verdict):
    with ReviewStore(database) as store:
        held = verdict().model_copy(update={"redacted": "quiet [spam]"})
        store.enqueue(held, "quiet kettle")
    done = CliRunner().invoke(cli, ["review", "show", "1", "--hide", "--json", "--db", str(database)])
    assert done.exit_code == 0, done.output
    item = json.loads(done.stdout)["item"]
    assert item["content"] is None
    assert item["verdict"]["redacted"] is None
    assert all(s["matched"] is None for f in item["verdict"]["findings"] for s in f["spans"])


def test_an_export_is_as_private_as_the_store(store, tmp_path):
    out = tmp_path / "labelled.jsonl"
    out.write_text("old")
    out.chmod(0o644)
    (tmp_path / "labelled.jsonl.part").write_text("left by a crash")
    assert write_jsonl([], out) == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert out.read_text() == ""


def test_wrong_values_are_typed_errors(store, verdict):
    with pytest.raises(OptionError, match="state"):
        store.items("bogus")
    with pytest.raises(OptionError, match="thumbs"):
        store.feedback("r", thumbs=["up"])
    for value in (float("nan"), "\ud800", object()):
        with pytest.raises(OptionError, match="JSON"):
            store.record("host", "did", what=value)
    with pytest.raises(BadInputError, match="surrogate"):
        store.observe(verdict(), "x \ud800")
    assert store.verify().ok
