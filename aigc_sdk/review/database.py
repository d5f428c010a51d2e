"""Opening the review database: files, pragmas, tables, and who may write when."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, insert, make_url, select, text, update
from sqlalchemy.exc import ArgumentError, OperationalError

from aigc_sdk.errors import BadInputError
from aigc_sdk.review.audit import GENESIS, protect
from aigc_sdk.review.models import SCHEMA, Base, DeliveryRow, HeadRow
from aigc_sdk.review.records import ReviewStoreError

BUSY_S: Final = 30
"""Seconds a SQLite writer waits for another one's transaction."""
WRITES: Final = "review_writes"
_POSTGRESQL_LOCK: Final = 0x41494743  # "AIGC": serialises the making of tables


def default_path() -> Path:
    """``review.db`` in ``$AIGC_HOME``, else in the platform's folder for application data."""
    from aigc_sdk.bundles.store import default_root

    return default_root() / "review.db"


def open_engine(url: str | Path | None) -> tuple[Engine, Engine]:
    """Engines for reading (one snapshot a transaction) and for writing, over one pool; tables are made.

    Args:
        url: A SQLAlchemy URL, the path of a SQLite file, or None for `default_path`.

    Raises:
        BadInputError: If the URL is none.
    """
    if url is None:
        url = default_path()
    try:
        address = make_url(url if isinstance(url, str) and "://" in url else f"sqlite:///{url}")
        if address.get_backend_name() == "sqlite":
            if address.database in (None, "", ":memory:") or "memory" in address.query.get("mode", ""):
                raise BadInputError(
                    "A review store in memory would forget every decision.", hint="Give it a file."
                )
            _make_private(Path(str(address.database)))
        engine = create_engine(address)
    except ArgumentError:
        raise BadInputError(
            "The review store's URL is no database URL.", hint="For example postgresql+psycopg://host/name."
        ) from None
    except ModuleNotFoundError as error:
        from aigc_sdk.errors import MissingDependencyError

        raise MissingDependencyError(
            f"The review store's URL needs the driver {error.name!r}, which is not installed.",
            hint=f"pip install {error.name}, or name another driver in the URL (postgresql+psycopg://…).",
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
        reading = engine
    else:
        reading = engine.execution_options(isolation_level="REPEATABLE READ")
    writing = engine.execution_options(**{WRITES: True})
    with writing.begin() as connection:
        _make_tables(connection)
    return reading, writing


def _make_private(path: Path) -> None:
    """What is held for review is no reading for other users of the machine."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _set_pragmas(connection: Any, _record: Any) -> None:
    # The driver must not begin transactions by its own rules: `_begin` does.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_S * 1000}")
    _use_wal(cursor)
    # WAL alone may lose the last commits on a power cut; a decision that was acknowledged must stay.
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    # What is erased is overwritten; by default SQLite only forgets where it stood.
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _use_wal(cursor: Any) -> None:
    """The mode is kept in the file. Changing it does not heed busy_timeout, so starting processes take turns."""
    import sqlite3

    end = time.monotonic() + BUSY_S
    while True:
        try:
            if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(0.02)


def _begin(connection: Connection) -> None:
    # A writer that began as a reader could not go on once another one has written.
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _make_tables(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_POSTGRESQL_LOCK})"))
    known = connection.dialect.has_table(connection, HeadRow.__tablename__)
    if not known:
        Base.metadata.create_all(connection)
        connection.execute(insert(HeadRow).values(id=1, schema_version=SCHEMA, seq=0, sha256=GENESIS))
        protect(connection)
        return
    version = connection.execute(select(HeadRow.schema_version)).scalar_one()
    if version == 1:
        Base.metadata.create_all(connection, tables=[Base.metadata.tables[DeliveryRow.__tablename__]])
        connection.execute(update(HeadRow).values(schema_version=SCHEMA))
        version = SCHEMA
    if version != SCHEMA:
        raise ReviewStoreError(
            f"The review database has version {version} of the tables; this SDK knows {SCHEMA}.",
            hint="Use the SDK that made it, or another database.",
        )


def store_error(error: Exception) -> ReviewStoreError:
    """A database failure as a typed error, without the statement's values (PostgreSQL quotes rows from line 2 on)."""
    cause = getattr(error, "orig", None) or error
    said = "".join(str(cause).strip().splitlines()[:1])
    hint = "Another program holds the database." if isinstance(error, OperationalError) else None
    return ReviewStoreError(f"The review database failed: {type(cause).__name__}: {said}", hint=hint)
