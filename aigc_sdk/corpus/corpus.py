"""A corpus: works in, matches out."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from aigc_sdk.corpus.match import Answer, Match, Thresholds, build_match, common_runs
from aigc_sdk.corpus.minhash import MinHasher
from aigc_sdk.corpus.parameters import Parameters
from aigc_sdk.corpus.snapshot import Snapshot
from aigc_sdk.corpus.store import CorpusStore, Header, StoredWork
from aigc_sdk.corpus.stream import TokenStream
from aigc_sdk.corpus.winnowing import gram_hashes
from aigc_sdk.corpus.work import Work

CACHED_TOKENS: Final = 4_000_000
"""Tokens of works kept in memory once a query has met them; 48 MB."""


def default_path() -> Path:
    """The user's own corpus: ``corpora/default.corpus`` in the store's folder (``$AIGC_HOME``)."""
    from aigc_sdk.bundles.store import default_root

    return default_root() / "corpora" / "default.corpus"


class Corpus:
    """An index of protected works on disk. Threads may share one; so may processes, one file.

    Args:
        path: The corpus file; must exist (`Corpus.create` makes one).

    Raises:
        CorpusError: If there is none, or it is damaged.

    Example::

        with Corpus.create(path, indexer="text/folded-ngrams") as corpus:
            corpus.add([(Work("poem", title="A poem"), indexer.index(Text("…")))])
            answer = corpus.query(indexer.index(Text("…")))
    """

    def __init__(self, path: str | Path) -> None:
        self._store = CorpusStore(Path(path))
        self._hasher = MinHasher(self.parameters)
        self._lock = threading.Lock()
        self._cache: OrderedDict[int, StoredWork] = OrderedDict()
        self._cached = 0
        try:
            self._snapshot = self._taken()
        except BaseException:
            self._store.close()
            raise

    @classmethod
    def create(cls, path: str | Path, *, indexer: str, parameters: Parameters | None = None) -> Corpus:
        """Open the corpus at ``path``, making an empty one for the indexer of that id where there is none."""
        target = Path(path)
        if not target.exists():
            CorpusStore.create(target, Header(indexer, parameters or Parameters())).close()
        return cls(target)

    def __enter__(self) -> Corpus:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self._current())

    @property
    def path(self) -> Path:
        """The file."""
        return self._store.path

    @property
    def indexer(self) -> str:
        """Id of the indexer that made the works' tokens; queries must use the same."""
        return self._store.header.indexer

    @property
    def parameters(self) -> Parameters:
        """How the works are hashed."""
        return self._store.header.parameters

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    def add(self, works: Iterable[tuple[Work, TokenStream]]) -> int:
        """Add works, or replace those of the same id; all or, if one is refused, none. Returns how many.

        Raises:
            BadInputError: If a work has fewer tokens than a gram.
            CorpusError: If the file cannot be written.
        """
        return self._store.put(
            (work, stream, self._hasher.signature(stream.tokens)) for work, stream in works
        )

    def remove(self, ids: Iterable[str]) -> list[str]:
        """Delete works; returns the ids that were there."""
        return self._store.remove(list(ids))

    def works(self) -> list[Work]:
        """All works, by id."""
        return self._store.works()

    def query(
        self,
        stream: TokenStream,
        thresholds: Thresholds | None = None,
        check: Callable[[], None] | None = None,
    ) -> Answer:
        """The works that the content repeats.

        Every run of at least ``parameters.guarantee`` tokens that stands in a work is found. A run that is
        reported is equal token by token, up to collisions of 32-bit token hashes.

        Args:
            stream: The content, by the same indexer as the works.
            thresholds: From where on a work counts as repeated.
            check: Called now and then; what it raises ends the query.

        Raises:
            CorpusError: If the file has been damaged meanwhile.
        """
        limits = thresholds or Thresholds()
        snapshot = self._current()
        parameters = self.parameters
        if len(stream) < parameters.gram or not len(snapshot):
            return Answer()
        seeds = snapshot.seeds(gram_hashes(stream.tokens, parameters.gram))
        if check is not None:
            check()
        signature = self._hasher.signature(stream.tokens)
        similar = snapshot.similar(signature)
        near = {number for number, value in similar.items() if value >= limits.similarity}
        matches = []
        for number in sorted(seeds.by_work.keys() | near):
            if check is not None:
                check()
            stored = self._read(number)
            if stored is None:
                continue
            runs = []
            if number in seeds.by_work:
                runs = common_runs(
                    stream.tokens, stored.tokens, *seeds.by_work[number], parameters.gram, check
                )
            value = similar.get(number)
            if value is None:
                value = snapshot.resemblance(signature, number)
            match = build_match(stream, stored.work, stored.starts, stored.ends, runs, value)
            if _counts(match, limits):
                matches.append(match)
        matches.sort(key=lambda m: (-m.repeated, -m.containment, -m.similarity, m.work.id))
        return Answer(tuple(matches), seeds.complete)

    def _taken(self) -> Snapshot:
        # The version first: a change in between then shows as one more change, never as none.
        version = self._store.version()
        return Snapshot(self._store.fingerprints(), self._hasher, version)

    def _current(self) -> Snapshot:
        snapshot = self._snapshot
        if snapshot.version == self._store.version():
            return snapshot
        with self._lock:
            if self._snapshot.version != self._store.version():
                self._snapshot = self._taken()
            return self._snapshot

    def _read(self, number: int) -> StoredWork | None:
        """A work, from memory where it was met before. Numbers are never used twice, so entries stay true."""
        with self._lock:
            held = self._cache.get(number)
            if held is not None:
                self._cache.move_to_end(number)
                return held
        stored = self._store.read(number)
        if stored is None:
            return None
        with self._lock:
            if number not in self._cache:
                self._cache[number] = stored
                self._cached += len(stored.tokens)
            while self._cached > CACHED_TOKENS and len(self._cache) > 1:
                _, dropped = self._cache.popitem(last=False)
                self._cached -= len(dropped.tokens)
        return stored


def _counts(match: Match, limits: Thresholds) -> bool:
    # Weights are sums of float32 shares such as 1/12: twelve of them may come to a little less than one.
    return (
        match.repeated >= limits.run - 1e-4
        or match.containment >= limits.containment
        or match.similarity >= limits.similarity
    )
