"""The corpus file: one SQLite database that holds hashes and offsets, never the works.

SQLite makes changes atomic: a process that dies in the middle leaves the file as it was. What SQLite does not
notice (a cut file, a changed byte in an array) the header, the row digests and the page count tell on opening.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from aigc_sdk.corpus.parameters import Parameters
from aigc_sdk.corpus.stream import TokenStream
from aigc_sdk.corpus.winnowing import gram_hashes, winnow
from aigc_sdk.corpus.work import Work
from aigc_sdk.errors import BadInputError, CorpusError

APPLICATION: Final = 0x41494743
VERSION: Final = 1
_LOCK_SECONDS: Final = 30.0
_COLUMNS: Final = (
    "id, title, source, licence, owner, language, length, tokens, offsets, signature, grams, places"
)

_SCHEMA: Final = f"""
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {VERSION};
CREATE TABLE header (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE works (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, source TEXT NOT NULL, licence TEXT NOT NULL,
    owner TEXT NOT NULL, language TEXT NOT NULL, length INTEGER NOT NULL,
    tokens BLOB NOT NULL, offsets BLOB NOT NULL, signature BLOB NOT NULL,
    grams BLOB NOT NULL, places BLOB NOT NULL, digest BLOB NOT NULL
);
"""


@dataclass(frozen=True, slots=True)
class Header:
    """What a corpus file says about itself.

    Attributes:
        indexer: Id of the indexer that made its token streams; others would not fit.
        parameters: How they were hashed.
    """

    indexer: str
    parameters: Parameters


@dataclass(frozen=True, slots=True)
class StoredWork:
    """A work as it is read back: tokens uint32 [n] and offsets uint32 [n]."""

    work: Work
    tokens: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    ends: NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """What a search needs of one work: signature, kept gram hashes and their places."""

    number: int
    signature: NDArray[np.uint32]
    grams: NDArray[np.uint64]
    places: NDArray[np.uint32]


class CorpusStore:
    """An open corpus file. Safe to use from several threads; several processes may have it open.

    Args:
        path: The file; must exist.

    Raises:
        CorpusError: If it is no corpus, of an unknown version, cut, or damaged.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        if not path.is_file():
            raise CorpusError(f"There is no corpus at {path}.", hint="Make one with `aigc corpus add`.")
        self._connection = sqlite3.connect(
            path, timeout=_LOCK_SECONDS, check_same_thread=False, isolation_level=None
        )
        try:
            with self._reading():
                self.header = self._verified_header()
        except BaseException:
            self._connection.close()
            raise

    @classmethod
    def create(cls, path: Path, header: Header) -> CorpusStore:
        """Make an empty corpus file, unless another process was faster, and open it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_LOCK_SECONDS, isolation_level=None)
        try:
            connection.execute("BEGIN IMMEDIATE")
            if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                for statement in filter(str.strip, _SCHEMA.split(";")):
                    connection.execute(statement)
                rows = {"indexer": header.indexer, "parameters": json.dumps(asdict(header.parameters))}
                connection.executemany("INSERT INTO header VALUES (?, ?)", rows.items())
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise CorpusError(f"The corpus {path} cannot be made: {error}") from error
        finally:
            connection.close()
        return cls(path)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._lock:
                yield self._connection
        except (sqlite3.Error, zlib.error) as error:
            raise CorpusError(
                f"The corpus {self.path} is damaged or cannot be read: {error}.",
                hint="Restore it from a copy, or delete it and add the works again.",
            ) from error

    def _verified_header(self) -> Header:
        ask = self._connection.execute
        if ask("PRAGMA application_id").fetchone()[0] != APPLICATION:
            raise CorpusError(f"{self.path} is not a corpus file.", hint="Make one with `aigc corpus add`.")
        version = ask("PRAGMA user_version").fetchone()[0]
        if version != VERSION:
            raise CorpusError(f"The corpus {self.path} has format {version}; this SDK reads {VERSION}.")
        pages = ask("PRAGMA page_count").fetchone()[0] * ask("PRAGMA page_size").fetchone()[0]
        if self.path.stat().st_size < pages:
            raise CorpusError(f"The corpus {self.path} is cut short.", hint="Restore it from a copy.")
        state = ask("PRAGMA quick_check(1)").fetchone()[0]
        if state != "ok":
            raise CorpusError(f"The corpus {self.path} is damaged: {state}.", hint="Restore it from a copy.")
        rows = dict(ask("SELECT name, value FROM header").fetchall())
        try:
            return Header(rows["indexer"], Parameters(**json.loads(rows["parameters"])))
        except (KeyError, TypeError, ValueError) as error:
            raise CorpusError(f"The header of the corpus {self.path} is damaged: {error!r}.") from error

    def version(self) -> tuple[int, int]:
        """Changes whenever the works do, whoever changes them."""
        with self._reading() as connection:
            seen = connection.execute("PRAGMA data_version").fetchone()[0]
            return seen, connection.total_changes

    def put(self, entries: Iterable[tuple[Work, TokenStream, NDArray[np.uint32]]]) -> int:
        """Add or replace works, all or none. Returns how many.

        Args:
            entries: Work, tokens and MinHash signature of each.

        Raises:
            CorpusError: If the file cannot be written.
        """
        count = 0
        slots = ", ".join("?" * (_COLUMNS.count(",") + 2))
        with self._writing() as connection:
            for work, stream, signature in entries:
                row = self._row(work, stream, signature)
                connection.execute("DELETE FROM works WHERE id = ?", (work.id,))
                statement = f"INSERT INTO works ({_COLUMNS}, digest) VALUES ({slots})"  # noqa: S608 - constants
                connection.execute(statement, (*row, _digest(row)))
                count += 1
        return count

    def remove(self, ids: Iterable[str]) -> list[str]:
        """Delete works, and what they left in the file; returns the ids that were there."""
        with self._writing() as connection:
            connection.execute("PRAGMA secure_delete = ON")
            statement = "DELETE FROM works WHERE id = ?"
            return [one for one in ids if connection.execute(statement, (one,)).rowcount]

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def _row(self, work: Work, stream: TokenStream, signature: NDArray[np.uint32]) -> tuple[Any, ...]:
        parameters = self.header.parameters
        hashes = gram_hashes(stream.tokens, parameters.gram)
        if not len(hashes):
            raise BadInputError(
                f"The work {work.id!r} has {len(stream)} tokens; {parameters.gram} are the least that can be told apart."
            )
        places = winnow(hashes, parameters.window)
        starts = stream.starts.astype("<u4")
        offsets = np.concatenate((np.diff(starts, prepend=starts[:1] * 0), stream.ends - starts)).astype(
            "<u4"
        )
        return (
            *(work.id, work.title, work.source, work.licence, work.owner, work.language),
            len(stream),
            stream.tokens.astype("<u4").tobytes(),
            zlib.compress(offsets.tobytes(), 1),
            signature.astype("<u4").tobytes(),
            hashes[places].astype("<u8").tobytes(),
            places.astype("<u4").tobytes(),
        )

    def works(self) -> list[Work]:
        """All works, by id."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT id, title, source, licence, owner, language, length FROM works ORDER BY id"
            ).fetchall()
        return [Work(*row) for row in rows]

    def fingerprints(self) -> list[Fingerprints]:
        """What searching needs of all works, their digests verified."""
        found = []
        with self._reading() as connection:
            statement = f"SELECT number, digest, {_COLUMNS} FROM works ORDER BY number"  # noqa: S608 - constants
            for number, digest, *row in connection.execute(statement):
                if digest != _digest(row):
                    raise CorpusError(
                        f"The work {row[0]!r} in the corpus {self.path} is damaged.",
                        hint="Add it again: aigc corpus add.",
                    )
                signature, grams, places = row[-3:]
                found.append(
                    Fingerprints(
                        number,
                        np.frombuffer(signature, "<u4"),
                        np.frombuffer(grams, "<u8"),
                        np.frombuffer(places, "<u4"),
                    )
                )
        return found

    def read(self, number: int) -> StoredWork | None:
        """One work by its number; None where it has been removed meanwhile."""
        with self._reading() as connection:
            statement = f"SELECT {_COLUMNS} FROM works WHERE number = ?"  # noqa: S608 - constants
            row = connection.execute(statement, (number,)).fetchone()
            if row is None:
                return None
            offsets = np.frombuffer(zlib.decompress(row[8]), "<u4").reshape(2, -1)
        starts = np.cumsum(offsets[0], dtype=np.uint32)
        return StoredWork(Work(*row[:7]), np.frombuffer(row[7], "<u4"), starts, starts + offsets[1])


def _digest(row: Iterable[Any]) -> bytes:
    """BLAKE2b over a row's fields, each with its length before it."""
    total = hashlib.blake2b(digest_size=16)
    for field in row:
        data = field if isinstance(field, bytes) else str(field).encode()
        total.update(len(data).to_bytes(8, "little"))
        total.update(data)
    return total.digest()
