"""The queue hands an item to one reviewer, a round is decided once, and what was decided stays."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import threading

import pytest

from aigc_sdk.errors import BadInputError, ContentBlockedError, NotFoundError, OptionError
from aigc_sdk.review import ReviewConflictError, ReviewStore
from aigc_sdk.review.records import ReviewStoreError
from aigc_sdk.verdict import Err, Verdict


def test_the_same_thing_is_queued_once(store, verdict):
    first = store.enqueue(verdict(), "buy now", request_id="r1")
    assert store.enqueue(verdict(), "buy now", request_id="r1").id == first.id
    assert store.enqueue(verdict(), "buy now", request_id="r2").id != first.id
    assert store.enqueue(verdict(), "buy later", request_id="r1").id != first.id
    assert store.counts() == {"open": 3, "claimed": 0, "decided": 0}
    assert first.content == "buy now"
    assert Verdict.model_validate({**first.verdict, "decision": 2, "applied": ()}).findings


def test_hash_only_keeps_nothing_of_the_content(database, verdict):
    with ReviewStore(database, store_content=False) as store:
        item = store.enqueue(verdict(), "buy now")
    assert item.content is None
    assert item.verdict["redacted"] is None
    for name in ("", "-wal"):
        path = database.with_name(database.name + name)
        assert not path.exists() or b"buy" not in path.read_bytes()


def test_grave_things_and_reports_come_first(store, verdict):
    mild = store.enqueue(verdict(severity=1), "a")
    grave = store.enqueue(verdict(severity=3), "b")
    reported = store.report("c", "It insults me.", reporter="user-1")
    assert [store.claim(n).id for n in ("x", "y", "z")] == [reported.id, grave.id, mild.id]
    assert store.claim("w") is None


def test_reports_on_one_content_join_and_raise_priority_within_bounds(store):
    first = store.report("text", "It is wrong.", reporter="u0")
    for number in range(30):
        last = store.report("text", "It is wrong.", reporter=f"u{number + 1}")
    assert last.id == first.id
    assert last.reports == 31
    assert first.priority < last.priority <= first.priority + 9


def test_a_claimed_item_is_nobody_elses_until_the_lease_ends(store, verdict, clock):
    item = store.enqueue(verdict(), "a")
    assert store.claim("ann", 60).id == item.id
    assert store.claim("ben") is None
    with pytest.raises(ReviewConflictError, match="claimed by 'ann'"):
        store.claim("ben", item_id=item.id)
    clock.now += 61
    assert store.claim("ben").id == item.id
    with pytest.raises(ReviewConflictError, match="claimed by 'ben'"):
        store.decide(item.id, "ann", "uphold", "too late")
    clock.now += 10_000
    with pytest.raises(ReviewConflictError, match="run out"):
        store.decide(item.id, "ben", "uphold", "too late")


def test_threads_never_share_an_item(database, verdict):
    with ReviewStore(database) as store:
        for number in range(40):
            store.enqueue(verdict(), f"text {number}")
        taken: list[int] = []

        def work(name: str) -> None:
            while (item := store.claim(name)) is not None:
                taken.append(item.id)

        threads = [threading.Thread(target=work, args=(f"reviewer {n}",)) for n in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(taken) == list(range(1, 41))
        assert store.verify().ok


def test_a_round_is_decided_once_and_by_the_holder(store, verdict):
    item = store.enqueue(verdict(), "a")
    with pytest.raises(ReviewConflictError, match="not claimed"):
        store.decide(item.id, "ann", "uphold", "x")
    store.claim("ann")
    with pytest.raises(ReviewConflictError):
        store.decide(item.id, "ben", "uphold", "x")
    assert store.decide(item.id, "ann", "uphold", "It is spam.").state == "decided"
    with pytest.raises(ReviewConflictError, match="decided already"):
        store.decide(item.id, "ann", "overturn", "Changed my mind.")
    assert [d.outcome for d in store.decisions(item.id)] == ["uphold"]


def test_a_released_item_is_free_again(store, verdict):
    item = store.enqueue(verdict(), "a")
    store.claim("ann")
    with pytest.raises(ReviewConflictError):
        store.release(item.id, "ben")
    store.release(item.id, "ann")
    assert store.claim("ben").id == item.id


def test_escalation_and_appeal_open_rounds_for_other_eyes_and_keep_history(store, verdict):
    item = store.enqueue(verdict(), "a")
    store.claim("ann")
    escalated = store.decide(item.id, "ann", "escalate", "Unsure.")
    assert (escalated.state, escalated.round) == ("open", 2)
    assert escalated.priority > item.priority
    assert store.claim("ann") is None
    with pytest.raises(ReviewConflictError, match="earlier round"):
        store.claim("ann", item_id=item.id)
    store.claim("ben")
    store.decide(item.id, "ben", "uphold", "Clear.")
    assert store.appeal(item.id, "customer", "It is satire.").round == 3
    with pytest.raises(ReviewConflictError, match="not decided"):
        store.appeal(item.id, "customer", "Again.")
    assert store.claim("ben") is None
    assert store.claim("ben", own=True).id == item.id
    store.decide(item.id, "ben", "overturn", "It is.")
    assert [(d.round, d.outcome) for d in store.decisions(item.id)] == [
        (1, "escalate"),
        (2, "uphold"),
        (3, "overturn"),
    ]
    actions = [e.action for e in store.history(item.id)]
    assert actions[0] == "enqueued"
    assert actions.count("decided") == 3
    assert "appealed" in actions


def test_erasing_keeps_the_chain(store, verdict):
    item = store.enqueue(verdict(), "buy now")
    erased = store.erase_content(item.id, "ann", "The user asked.")
    assert erased.content is None
    assert erased.verdict["findings"][0]["spans"][0]["matched"] is None
    assert store.verify().ok


def test_observe_queues_what_is_held_and_nothing_else(store, verdict):
    held, blocked = verdict(), verdict(decision="block")
    assert store.observe(verdict(decision="allow"), "fine") == []
    assert store.observe(ContentBlockedError("no", verdict=blocked), "bad") == []
    assert store.observe(ValueError("something else"), "x") == []
    assert len(store.observe(held, "one")) == 1
    error = ContentBlockedError("held", verdict=held)
    assert store.observe(error, "two", request_id="r")[0].content == "two"
    assert len(store.observe(Err(error), "three")) == 1
    # The verdict is on a candidate the host never saw: not on the prompt it has.
    other = held.model_copy(update={"content_sha256": "cd" * 32})
    item = store.observe(ContentBlockedError("held", verdict=other), "the prompt")[0]
    assert (item.content, item.content_sha256) == (None, "cd" * 32)


@pytest.mark.parametrize("name", ["", " ", "x" * 201, "a\x00b", "\ud800"])
def test_names_that_cannot_be_kept_are_refused(store, verdict, name):
    store.enqueue(verdict(), "a")
    with pytest.raises(BadInputError):
        store.claim(name)


def test_wrong_arguments_are_named(store, verdict):
    item = store.enqueue(verdict(), "a")
    store.claim("ann")
    with pytest.raises(OptionError, match="perhaps"):
        store.decide(item.id, "ann", "perhaps", "x")
    with pytest.raises(OptionError, match="nonsense"):
        store.decide(item.id, "ann", "uphold", "x", categories=["nonsense"])
    for lease in (0, -1, float("inf"), float("nan"), "1"):
        with pytest.raises(OptionError):
            store.claim("ann", lease)
    with pytest.raises(NotFoundError):
        store.decide(99, "ann", "uphold", "x")
    with pytest.raises(BadInputError):
        store.enqueue(verdict())
    with pytest.raises(BadInputError):
        ReviewStore("nonsense://")
    with pytest.raises(BadInputError):
        ReviewStore(":memory:")


def test_the_chain_names_the_first_broken_row(store, database, verdict):
    for number in range(5):
        store.enqueue(verdict(), f"text {number}")
    whole = store.verify()
    assert (whole.ok, whole.events) == (True, 5)
    with sqlite3.connect(database) as raw:
        for statement in ("UPDATE review_audit SET event='{}'", "DELETE FROM review_audit"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                raw.execute(statement)
        raw.execute("DROP TRIGGER review_audit_no_update")
        raw.execute("DROP TRIGGER review_audit_no_delete")
        raw.execute("UPDATE review_audit SET event=replace(event,'screening','somebody') WHERE seq=3")
    assert store.verify().broken_seq == 3
    with sqlite3.connect(database) as raw:
        raw.execute("DELETE FROM review_audit WHERE seq=2")
    assert store.verify().broken_seq == 2


def test_rows_cut_from_the_end_are_noticed(store, database, verdict):
    for number in range(3):
        store.enqueue(verdict(), f"text {number}")
    with sqlite3.connect(database) as raw:
        raw.execute("DROP TRIGGER review_audit_no_delete")
        raw.execute("DELETE FROM review_audit WHERE seq=3")
    assert store.verify().broken_seq == 3


def test_a_rewritten_chain_is_noticed_by_a_noted_hash(store, database, verdict):
    store.enqueue(verdict(), "a")
    noted = store.verify()
    assert store.verify((noted.events, noted.head)).ok
    assert store.verify((1, "0" * 64)).broken_seq == 1
    assert not store.verify((2, noted.head)).ok


@pytest.mark.parametrize(
    "statement", ["UPDATE review_decisions SET outcome='overturn'", "DELETE FROM review_decisions"]
)
def test_a_changed_decision_is_noticed(store, database, verdict, statement):
    item = store.enqueue(verdict(), "a")
    store.claim("ann")
    store.decide(item.id, "ann", "uphold", "x")
    with sqlite3.connect(database) as raw:
        raw.execute(statement)
    found = store.verify()
    assert not found.ok
    assert found.broken_seq == 3


def test_the_file_is_private_and_wal(store, database):
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    with sqlite3.connect(database) as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_file_that_is_no_database_is_a_typed_error(tmp_path):
    path = tmp_path / "broken.db"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(ReviewStoreError):
        ReviewStore(path)


def test_importing_the_package_is_light_and_says_what_is_missing():
    script = (
        "import sys, aigc_sdk, aigc_sdk.review\n"
        "assert 'sqlalchemy' not in sys.modules\n"
        "sys.modules['sqlalchemy'] = None\n"
        "from aigc_sdk.errors import MissingDependencyError\n"
        "try: aigc_sdk.review.ReviewStore\n"
        "except MissingDependencyError as e: assert '[review]' in e.hint\n"
        "else: raise SystemExit('no error')\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, env=dict(os.environ))
