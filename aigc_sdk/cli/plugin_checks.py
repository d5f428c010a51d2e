"""Checks of what plugins promise: what ``aigc plugins check`` runs."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from aigc_sdk.errors import AigcError, ComponentNotFoundError, ContractError, PluginLoadError
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
    """One check of one plugin or component.

    Attributes:
        subject: The plugin's name or the component's id.
        check: What was looked at.
        ok: Whether the contract was kept.
        message: What was wrong, or why the check was left out.
        kind: ``plugin``, or the component's kind.
        skipped: It was left out: a model that it needs is not on this machine.
        error: The error's kind: `AigcError.code`, or the class name of an exception of another family.
        ms: Milliseconds it took.
    """

    subject: str
    check: str
    ok: bool
    message: str = ""
    kind: str = "plugin"
    skipped: bool = False
    error: str | None = None
    ms: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return asdict(self)


def check_plugins(
    registry: Registry,
    store: BundleStore,
    names: Sequence[str] = (),
    *,
    load: bool = False,
    timeout: float | None = None,
) -> list[Finding]:
    """Check the plugins called ``names``, or all.

    Args:
        registry: The plugins.
        store: Bundles that components need, with ``load``.
        names: Plugin names.
        load: Also load components and run the conformance checks of `aigc_sdk.testkit`.
        timeout: Seconds one of those may take; by default the testkit's.

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
                findings += _conformance(registry, store, row, timeout)
    return findings


def _discovered(row: PluginRow) -> Finding:
    broken = row.state == "error"
    return Finding(
        row.name, "discovery", not broken, row.error or "", error=PluginLoadError("").code if broken else None
    )


def _light(row: PluginRow) -> list[Finding]:
    """Import the plugin's module in a fresh interpreter and see what came with it."""
    module = row.module.partition(":")[0]
    if not module or not all(part.isidentifier() for part in module.split(".")):
        return []
    script = f"import sys, {module}; print(*sorted({set(HEAVY)!r} & set(sys.modules)))"

    def light() -> None:
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=False
        )
        if done.returncode != 0:
            lines = done.stderr.strip().splitlines()
            raise PluginLoadError(lines[-1] if lines else "the import failed")
        if brought := done.stdout.split():
            raise ContractError(f"importing {module} imports {', '.join(brought)}")

    return [_try(row.name, "light import", "plugin", light)]


def _specs(registry: Registry, row: PluginRow) -> list[Finding]:
    findings = []
    for kind, ids in row.provides.items():
        if kind == "bundles":
            continue
        for component in ids:
            spec = getattr(registry, kind)[component]
            if spec.plugin != row.name:
                continue
            one = kind.removesuffix("s")
            findings.append(_try(component, "factory", one, partial(_factory, spec, kind)))
            if spec.options is not None:
                findings.append(_try(component, "options", one, partial(_options, spec)))
            findings += [
                _try(component, "bundle", one, partial(_bundle, registry, bundle)) for bundle in spec.bundles
            ]
    return findings


def _bundle(registry: Registry, bundle: str) -> None:
    if bundle not in registry.bundles:
        raise ContractError(f"no plugin offers {bundle!r}")


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


def _conformance(
    registry: Registry, store: BundleStore, row: PluginRow, timeout: float | None
) -> list[Finding]:
    """Load the plugin's components and hold them to the contract; a model that is not here is no fault."""
    from aigc_sdk.runtime.runtime import Runtime
    from aigc_sdk.testkit.checks import TIMEOUT_S, check_plugin

    runtime = Runtime(resolver=store.resolve)
    try:
        results = check_plugin(
            row.name, registry=registry, runtime=runtime, timeout=TIMEOUT_S if timeout is None else timeout
        )
    finally:
        runtime.close()
    return [Finding(r.component, r.check, r.ok, r.message, r.kind, r.skipped, r.error, r.ms) for r in results]


def _try(subject: str, check: str, kind: str, run: Callable[[], object]) -> Finding:
    start = time.perf_counter()
    message, code = "", None
    try:
        run()
    except AigcError as error:
        message, code = str(error), error.code
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a plugin may raise anything
        message, code = str(error), type(error).__name__
    ms = (time.perf_counter() - start) * 1000
    return Finding(subject, check, code is None, message, kind, error=code, ms=ms)


def table(findings: Sequence[Finding]) -> list[str]:
    """The findings as lines of even columns, and a last line that counts them.

    A line is not cut: messages stand last, whole, to be searched for.
    """
    rows = [("", "kind", "component", "check", "ms", "error")]
    for one in findings:
        mark = "FAIL" if not one.ok else "left out" if one.skipped else "ok"
        said = " ".join(f"{one.error}: {one.message}".split()) if one.error else ""
        rows.append((mark, one.kind, one.subject, one.check, f"{one.ms:.1f}", said))
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = []
    for mark, kind, subject, check, ms, said in rows:
        cells = [*map(str.ljust, (mark, kind, subject, check), widths), ms.rjust(widths[4]), said]
        lines.append("  ".join(cells).rstrip())
    failed, skipped = sum(not one.ok for one in findings), sum(one.skipped for one in findings)
    seconds = sum(one.ms for one in findings) / 1000
    lines.append(
        f"{len(findings)} checks: {len(findings) - failed - skipped} ok, {failed} failed, {skipped} left out;"
        f" {seconds:.1f} s"
    )
    return lines
