"""Components made on first use and kept: one instance an id, loaded once, usable from many threads."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aigc_sdk.components import Evaluator, Generator, Moderator
from aigc_sdk.context import CallContext
from aigc_sdk.errors import AigcError, ContractError, DeadlineExceededError, PluginLoadError
from aigc_sdk.pipeline.isolation import Isolation
from aigc_sdk.result import Usage
from aigc_sdk.spec import EvaluatorSpec, GeneratorSpec, ModeratorSpec, Spec, resolve

if TYPE_CHECKING:
    from aigc_sdk.runtime.runtime import Runtime


@dataclass(slots=True)
class _Loaded:
    component: Any
    runtime: Runtime


class ComponentPool:
    """Makes, loads and closes components.

    A failed load is not remembered: the model it missed may have been pulled since.
    """

    def __init__(self, runtime: Runtime, isolation: Isolation) -> None:
        self._runtime = runtime
        self._isolation = isolation
        self._loaded: dict[tuple[str, str], _Loaded] = {}
        self._locks: dict[tuple[str, str], threading.Lock] = {}
        self._guard = threading.Lock()

    def generator(self, spec: GeneratorSpec, ctx: CallContext) -> Generator:
        """The loaded generator. Raises PluginLoadError, ModelNotFoundError, BundleError and the like."""
        component: Generator = self._get("generator", spec, ctx, ("generate",))
        return component

    def evaluator(self, spec: EvaluatorSpec, ctx: CallContext) -> Evaluator:
        """The loaded evaluator. Raises as `generator` does."""
        component: Evaluator = self._get("evaluator", spec, ctx, ("evaluate",))
        return component

    def moderator(self, spec: ModeratorSpec, ctx: CallContext) -> Moderator:
        """The loaded moderator. Raises as `generator` does."""
        component: Moderator = self._get("moderator", spec, ctx, ("moderate",))
        return component

    def loaded(self, kind: str, component_id: str) -> Any | None:
        """The component if it is there already, without loading it."""
        entry = self._loaded.get((kind, component_id))
        return None if entry is None else entry.component

    def usage(self, kind: str, component_id: str) -> tuple[Usage, ...]:
        """Bundles a loaded component has used so far, with the provider really used."""
        loaded = self._loaded.get((kind, component_id))
        return () if loaded is None else loaded.runtime.usage

    def warnings(self, kind: str, component_id: str) -> tuple[str, ...]:
        """What the runtime has to say about the sessions a component uses: a device fallen back from."""
        loaded = self._loaded.get((kind, component_id))
        # Asking about the device starts ONNX Runtime, which a component without a model never needs.
        return loaded.runtime.warnings if loaded is not None and loaded.runtime.usage else ()

    def _get(self, kind: str, spec: Spec, ctx: CallContext, methods: tuple[str, ...]) -> Any:
        key = (kind, spec.id)
        loaded = self._loaded.get(key)
        if loaded is not None:
            return loaded.component
        with self._guard:
            lock = self._locks.setdefault(key, threading.Lock())
        # Another call may hang in the load: waiting for it obeys this call's own deadline.
        if not lock.acquire(
            timeout=-1 if ctx.remaining is None else min(ctx.remaining, threading.TIMEOUT_MAX)
        ):
            raise DeadlineExceededError(
                f"{spec.id} was still being loaded by another call at this one's deadline.",
                hint="Give it more time, or load it first.",
            )
        try:
            loaded = self._loaded.get(key)
            if loaded is None:
                loaded = self._isolation.call(f"{spec.id} (load)", lambda: self._make(spec, methods), ctx)
                self._loaded[key] = loaded
        finally:
            lock.release()
        return loaded.component

    def _make(self, spec: Spec, methods: tuple[str, ...]) -> _Loaded:
        runtime = self._runtime.scoped()
        try:
            component = resolve(spec.factory)()
            for method in ("load", "close", *methods):
                if not callable(getattr(component, method, None)):
                    raise ContractError(f"{spec.id} ({spec.factory}) has no method {method}().")
            component.load(runtime)
        except AigcError:
            raise
        except (Exception, SystemExit) as error:
            raise PluginLoadError(
                f"{spec.id} of plugin {spec.plugin!r} could not be loaded: {type(error).__name__}: {error}"
            ) from error
        return _Loaded(component, runtime)

    def close(self) -> None:
        """Close every component; one that fails to close does not keep the others open."""
        with self._guard:
            loaded, self._loaded = self._loaded, {}
        for entry in loaded.values():
            try:
                entry.component.close()
            except Exception:  # noqa: BLE001, S112 - closing is best effort and has no one to tell
                continue
