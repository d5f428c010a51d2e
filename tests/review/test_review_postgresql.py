"""The same store on PostgreSQL. AIGC_TEST_POSTGRESQL names an empty database (``postgresql+psycopg://…``)."""

from __future__ import annotations

import os
import threading

import pytest
import sqlalchemy

from aigc_sdk.review import ReviewStore

URL = os.environ.get("AIGC_TEST_POSTGRESQL")
pytestmark = pytest.mark.skipif(not URL, reason="AIGC_TEST_POSTGRESQL names no database")


@pytest.fixture
def url() -> str:
    from aigc_sdk.review.models import Base

    assert URL is not None
    engine = sqlalchemy.create_engine(URL)
    Base.metadata.drop_all(engine)
    engine.dispose()
    return URL


def test_reviewers_share_a_queue_and_the_trail_is_append_only(url, verdict):
    taken: list[int] = []

    def work(name: str) -> None:
        # Each opens the database itself, so that making the tables is a race too.
        with ReviewStore(url) as store:
            for number in range(20):
                store.enqueue(verdict(), f"文 {number}")
            while (item := store.claim(name)) is not None:
                taken.append(item.id)
                store.decide(item.id, name, "uphold", "x")

    threads = [threading.Thread(target=work, args=(f"reviewer {n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == 20
    with ReviewStore(url) as store:
        report = store.verify()
        assert report.ok
        assert report.events == 60
        store.appeal(taken[0], "user", "x")
        store.feedback("r1", stars=3)
        assert len(store.labels()) == 19
        engine = sqlalchemy.create_engine(url)
        for statement in (
            "UPDATE review_audit SET event='{}'",
            "DELETE FROM review_audit",
            "TRUNCATE review_audit",
        ):
            with pytest.raises(sqlalchemy.exc.DBAPIError, match="append-only"), engine.begin() as connection:
                connection.execute(sqlalchemy.text(statement))
        engine.dispose()
        assert store.verify().ok
