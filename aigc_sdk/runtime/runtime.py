"""`Runtime`: where components get bundles, sessions, tokenizers and decoders, shared and counted."""

from __future__ import annotations

import functools
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from aigc_sdk.bundles.bundle import Bundle, open_bundle
from aigc_sdk.errors import AigcError, BundleError, ModelNotFoundError, OptionError
from aigc_sdk.result import Usage
from aigc_sdk.runtime.devices import (
    DeviceChoice,
    DevicePolicy,
    choose_device,
    telemetry_warning,
    thread_count,
)
from aigc_sdk.runtime.pool import Pool
from aigc_sdk.runtime.session import Session, SessionFactory, SessionOptions
from aigc_sdk.runtime.tokenizer import Tokenizer

if TYPE_CHECKING:
    from aigc_sdk.runtime.decode import DecoderEngine
    from aigc_sdk.runtime.encoder import EncoderEngine

Resolver = Callable[[str], Bundle]
T = TypeVar("T")


def _no_store(bundle_id: str) -> Bundle:
    raise ModelNotFoundError(
        f"This Runtime knows no store, so the bundle id {bundle_id!r} means nothing to it.",
        hint="Give a bundle's folder, or Runtime(resolver=BundleStore().resolve).",
    )


class _Shared:
    """What all views of a runtime share. ONNX Runtime is imported when the first session is asked for."""

    def __init__(self, policy: DevicePolicy, threads: int | None, resolver: Resolver) -> None:
        self.policy, self.threads, self.resolver = policy, threads, resolver
        self.bundles: Pool[str, Bundle] = Pool(lambda _: None)
        self.tokenizers: Pool[str, Tokenizer] = Pool(lambda _: None)
        self.decoders: Pool[tuple[object, ...], DecoderEngine] = Pool(lambda engine: engine.close())
        self._lock = threading.Lock()
        self._sessions: SessionFactory | None = None

    @property
    def sessions(self) -> SessionFactory:
        with self._lock:
            if self._sessions is None:
                device = choose_device(self.policy)
                self._sessions = SessionFactory(device, self.threads or thread_count())
            return self._sessions

    def close(self) -> None:
        self.decoders.close()
        self.tokenizers.close()
        self.bundles.close()
        with self._lock:
            if self._sessions is not None:
                self._sessions.close()
                self._sessions = None


class Runtime:
    """Shared access to models. Thread-safe.

    Everything asked for is pooled: two components that use one bundle share one session. `scoped` gives a view
    that records its own `usage` and whose `close` gives back only what it took.

    Args:
        device: ``auto``, ``cpu``, ``cuda`` (falls back with a warning) or ``cuda-only``.
        threads: Threads within an operator; default: what affinity and the container's quota grant.
        resolver: Finds a bundle by id, such as ``BundleStore().resolve``; without one only paths are understood.
    """

    def __init__(
        self,
        device: DevicePolicy = "auto",
        threads: int | None = None,
        resolver: Resolver | None = None,
        *,
        _shared: _Shared | None = None,
    ) -> None:
        self._root = _shared is None
        self._shared = _shared or _Shared(device, threads, resolver or _no_store)
        self._lock = threading.RLock()
        self._taken: dict[tuple[str, object], tuple[Any, Callable[[], None]]] = {}
        self._usage: dict[Usage, None] = {}
        self._closed = False

    @property
    def device(self) -> DeviceChoice:
        """The device sessions run on, with the reason if it is not the one asked for.

        Raises:
            DeviceError: ``cuda-only`` where CUDA does not work.
        """
        return self._shared.sessions.device

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the caller should know, such as a device that was fallen back from, or telemetry left on."""
        return tuple(warning for warning in (self.device.warning, telemetry_warning()) if warning)

    @property
    def threads(self) -> int:
        """Threads within an operator."""
        return self._shared.sessions.threads

    @property
    def usage(self) -> tuple[Usage, ...]:
        """Bundles whose sessions this view took, with the providers really used."""
        with self._lock:
            return tuple(self._usage)

    def scoped(self) -> Runtime:
        """A view on the same pools with a `usage` and a `close` of its own."""
        return Runtime(_shared=self._shared)

    def bundle(self, id_or_path: str | os.PathLike[str] | Bundle) -> Bundle:
        """A verified bundle, by id or by the path of its folder.

        Raises:
            ModelNotFoundError: If it is not on this machine.
            BundleError: If it is malformed, truncated or tampered with.
        """
        if isinstance(id_or_path, Bundle):
            return id_or_path
        name = os.fspath(id_or_path)
        is_path = not isinstance(id_or_path, str) or os.sep in name or "/" in name or name in (".", "..")
        key = str(Path(name).resolve()) if is_path else name
        pool = self._shared.bundles

        def make() -> Bundle:
            return open_bundle(key) if is_path else self._shared.resolver(name)

        return self._take(("bundle", key), lambda: (pool.acquire(key, make), lambda: pool.release(key)))

    def session(
        self, bundle: Bundle | str | os.PathLike[str], file: str = "model.onnx", **options: Any
    ) -> Session:
        """A session for one graph of a bundle; ``options`` are fields of `SessionOptions`.

        Raises:
            BundleError: If the graph is missing or cannot be loaded.
            OptionError: If an option is unknown or out of range.
            DeviceError: ``cuda-only`` where CUDA does not work.
        """
        opened = self.bundle(bundle)
        try:
            settings = SessionOptions(**options)
        except TypeError as error:
            raise OptionError(f"Unknown session option: {error}.") from error
        sessions = self._shared.sessions

        def take() -> tuple[Session, Callable[[], None]]:
            key, session = sessions.acquire(opened, file, settings)
            return session, lambda: sessions.release(key)

        session = self._take(("session", (opened.digest, file, settings)), take)
        self._record(opened, session.provider)
        return session

    def tokenizer(self, bundle: Bundle | str | os.PathLike[str]) -> Tokenizer:
        """The tokenizer of a bundle.

        Raises:
            BundleError: If the bundle has none or it cannot be read.
            MissingDependencyError: If ``tokenizers`` is not installed.
        """
        opened = self.bundle(bundle)
        pool, key = self._shared.tokenizers, opened.digest
        return self._take(
            ("tokenizer", key),
            lambda: (pool.acquire(key, lambda: Tokenizer.from_bundle(opened)), lambda: pool.release(key)),
        )

    def decoder(self, bundle: Bundle | str | os.PathLike[str], file: str = "model.onnx") -> DecoderEngine:
        """The decode loop over a decoder bundle.

        Raises:
            BundleError: If it is no decoder or cannot be loaded.
        """
        from aigc_sdk.runtime.decode import DecoderEngine

        opened = self.bundle(bundle)
        session = self.session(opened, file)
        pool, key = self._shared.decoders, (opened.digest, file)

        def make() -> DecoderEngine:
            tokenizers = self._shared.tokenizers

            def tokenizer() -> Tokenizer:
                # Kept until the root closes: a stop string in one call often means one in the next.
                return tokenizers.acquire(opened.digest, lambda: Tokenizer.from_bundle(opened))

            device = self._shared.sessions.device.device
            return DecoderEngine(opened, session, functools.cache(tokenizer), device=device)

        return self._take(("decoder", key), lambda: (pool.acquire(key, make), lambda: pool.release(key)))

    def encoder(self, bundle: Bundle | str | os.PathLike[str], file: str = "model.onnx") -> EncoderEngine:
        """Sentence vectors from an encoder bundle.

        Raises:
            BundleError: If it is no encoder or cannot be loaded.
        """
        from aigc_sdk.runtime.encoder import EncoderEngine

        opened = self.bundle(bundle)
        if opened.manifest.encoder is None:
            raise BundleError(f"Bundle {opened.id} is no encoder.", hint="Name one whose task is 'encoder'.")
        # Not pooled: it holds nothing but the session and the tokenizer, which are.
        return EncoderEngine(opened, self.session(opened, file), self.tokenizer(opened))

    def close(self) -> None:
        """Give back what this view took; on the runtime itself, close everything. Safe to repeat."""
        with self._lock:
            self._closed = True
            taken = list(self._taken.values())
            self._taken.clear()
        # Decoders before the sessions they use.
        for _, give_back in reversed(taken):
            give_back()
        if self._root:
            self._shared.close()

    def __enter__(self) -> Runtime:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _take(self, key: tuple[str, object], take: Callable[[], tuple[T, Callable[[], None]]]) -> T:
        """What this view holds under ``key``, taken from its pool the first time."""
        with self._lock:
            if self._closed:
                raise AigcError("The runtime is closed.", hint="Make a new one.")
            held = self._taken.get(key)
            if held is not None:
                found: T = held[0]
                return found
        value, give_back = take()
        with self._lock:
            if key not in self._taken and not self._closed:
                self._taken[key] = (value, give_back)
                return value
        # Another thread of this view was faster: its hold counts for both.
        give_back()
        return value

    def _record(self, bundle: Bundle, provider: str) -> None:
        with self._lock:
            self._usage[Usage(bundle=bundle.id, digest=bundle.digest, provider=provider)] = None
