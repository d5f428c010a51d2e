"""Checks of what plugins promise: what ``aigc plugins check`` runs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from aigc_sdk.errors import AigcError, ComponentNotFoundError, ContractError
from aigc_sdk.spec import Spec, resolve

if TYPE_CHECKING:
    from aigc_sdk.bundles.store import BundleStore
    from aigc_sdk.discovery import PluginRow, Registry

HEAVY: Final = (
    "tensorflow",
    "keras",
    "torch",
    "sklearn",
    "scipy",
    "nltk",
    "onnxruntime",
    "onnx",
    "tokenizers",
)
"""What importing a plugin's module must not import."""

_METHODS: Final = {"generators": "generate", "evaluators": "evaluate", "moderators": "moderate"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One check of one plugin or component."""

    subject: str
    check: str
    ok: bool
    message: str = ""

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return asdict(self)


def check_plugins(
    registry: Registry, store: BundleStore, names: Sequence[str] = (), *, load: bool = False
) -> list[Finding]:
    """Check the plugins called ``names``, or all.

    Args:
        registry: The plugins.
        store: Bundles that components need, with ``load``.
        names: Plugin names.
        load: Also load components and run the conformance checks of `aigc_sdk.testkit`.

    Raises:
        ComponentNotFoundError: If there is no plugin of a name.
    """
    known = {row.name: row for row in registry.rows}
    for name in names:
        if name not in known:
            raise ComponentNotFoundError(
                f"There is no plugin {name!r}.", hint=f"Known: {', '.join(known) or 'none'}."
            )
    findings: list[Finding] = []
    for row in registry.rows:
        if names and row.name not in names:
            continue
        findings.append(_discovered(row))
        if row.state == "ok":
            findings += _light(row)
            findings += _specs(registry, row)
    if load:
        for row in registry.rows:
            if row.state == "ok" and (not names or row.name in names):
                findings += _conformance(registry, store, row)
    return findings


def _discovered(row: PluginRow) -> Finding:
    return Finding(row.name, "discovery", row.state != "error", row.error or "")


def _light(row: PluginRow) -> list[Finding]:
    """Import the plugin's module in a fresh interpreter and see what came with it."""
    module = row.module.partition(":")[0]
    if not module or not all(part.isidentifier() for part in module.split(".")):
        return []
    script = f"import sys, {module}; print(*sorted({set(HEAVY)!r} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=False
    )
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines()
        return [Finding(row.name, "light import", False, lines[-1] if lines else "the import failed")]
    brought = done.stdout.split()
    message = f"importing {module} imports {', '.join(brought)}" if brought else ""
    return [Finding(row.name, "light import", not brought, message)]


def _specs(registry: Registry, row: PluginRow) -> list[Finding]:
    findings = []
    for kind, ids in row.provides.items():
        if kind == "bundles":
            continue
        for component in ids:
            spec = getattr(registry, kind)[component]
            if spec.plugin != row.name:
                continue
            findings.append(_try(component, "factory", lambda s=spec, k=kind: _factory(s, k)))  # type: ignore[misc]
            if spec.options is not None:
                findings.append(_try(component, "options", lambda s=spec: _options(s)))  # type: ignore[misc]
            for bundle in spec.bundles:
                here = bundle in registry.bundles
                findings.append(
                    Finding(component, "bundle", here, "" if here else f"no plugin offers {bundle!r}")
                )
    return findings


def _factory(spec: Spec, kind: str) -> None:
    factory = resolve(spec.factory)
    if not callable(factory):
        raise ContractError(f"{spec.factory} is not callable.")
    if kind not in _METHODS:
        return
    component = factory()
    for method in ("load", "close", _METHODS[kind]):
        if not callable(getattr(component, method, None)):
            raise ContractError(f"{spec.factory} has no method {method}().")
    if getattr(spec, "streaming", False) and not callable(getattr(component, "stream", None)):
        raise ContractError(f"{spec.id} declares streaming but has no method stream().")


def _options(spec: Spec) -> None:
    model = spec.options_model()
    assert model is not None
    model.model_json_schema()
    given = spec.example.get("options")
    if given is not None:
        model.model_validate(given)


def _conformance(registry: Registry, store: BundleStore, row: PluginRow) -> list[Finding]:
    """Load the plugin's components and hold them to the contract; a model that is not here is no fault."""
    from aigc_sdk.runtime.runtime import Runtime
    from aigc_sdk.testkit import check_plugin

    runtime = Runtime(resolver=store.resolve)
    try:
        results = check_plugin(row.name, registry=registry, runtime=runtime)
    finally:
        runtime.close()
    return [
        Finding(r.component, r.check, r.ok, f"left out: {r.message}" if r.skipped else r.message)
        for r in results
    ]


def _try(subject: str, check: str, run: Callable[[], object]) -> Finding:
    try:
        run()
    except AigcError as error:
        return Finding(subject, check, False, str(error))
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a plugin may raise anything
        return Finding(subject, check, False, f"{type(error).__name__}: {error}")
    return Finding(subject, check, True)
