"""A store's connection: who may read and write, and what one transaction is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from aigc_sdk.review import audit, database


class StoreConnection:
    """What `ReviewStore` stands on; see there for the arguments and errors."""

    def __init__(
        self,
        url: str | Path | None = None,
        *,
        store_content: bool = True,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.store_content = store_content
        self._clock = clock
        try:
            self._reading, self._writing = database.open_engine(url)
        except SQLAlchemyError as error:
            raise database.store_error(error) from error

    def close(self) -> None:
        """Close the connections."""
        self._reading.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _write(self) -> Iterator[Session]:
        try:
            with Session(self._writing, expire_on_commit=False) as session, session.begin():
                audit.lock_head(session)
                yield session
        except SQLAlchemyError as error:
            raise database.store_error(error) from error

    @contextmanager
    def _read(self) -> Iterator[Session]:
        try:
            with Session(self._reading) as session, session.begin():
                yield session
        except SQLAlchemyError as error:
            raise database.store_error(error) from error
