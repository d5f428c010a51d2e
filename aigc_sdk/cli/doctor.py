"""``aigc doctor``: what works on this machine, and what to do about what does not."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import platform
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from aigc_sdk.cli.app import App, pass_app, printable
from aigc_sdk.cli.options import common_options
from aigc_sdk.errors import AigcError

_PACKAGES = ("onnxruntime", "onnxruntime-gpu", "numpy", "tokenizers", "onnx", "tensorflow", "tensorflow-cpu")


@click.command(epilog="\b\nExamples:\n  aigc doctor\n  aigc doctor --json")
@common_options
@pass_app
def doctor(app: App) -> None:
    """Tell what works here: Python, ONNX Runtime and its providers, plugins, bundles, disk.

    Nothing is changed and nothing is downloaded. TensorFlow is looked for, not imported.
    """
    report = {
        "python": {
            "version": platform.python_version(),
            "executable": sys.executable,
            "platform": platform.platform(),
        },
        "cpu": {"usable": _usable_cpus(), "machine": platform.machine()},
        "packages": {name: version for name in _PACKAGES if (version := _version(name)) is not None},
        "onnxruntime": _onnxruntime(),
        "tensorflow": {
            "installed": importlib.util.find_spec("tensorflow") is not None,
            "needed_for": "training",
        },
        "plugins": [{"name": r.name, "state": r.state, "error": r.error} for r in app.registry.rows],
        "bundles": _bundles(app),
        "store": _store(app),
        "review": _review(app),
    }
    problems = _problems(report)
    report["problems"] = problems
    if app.json:
        app.emit(report)
        return
    _show(app, report)


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _usable_cpus() -> int:
    affinity: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def _onnxruntime() -> dict[str, Any]:
    try:
        from aigc_sdk.runtime.devices import probe_devices, thread_count

        found = probe_devices()
    except AigcError as error:
        return {"ok": False, "error": error.message, "hint": error.hint}
    except Exception as error:  # noqa: BLE001 - a broken install is what a doctor is for
        return {
            "ok": False,
            "error": f"{type(error).__name__}: {error}",
            "hint": "Install the extra [cpu] again.",
        }
    return {
        "ok": True,
        "version": found.version,
        "compiled": list(found.compiled),
        "working": list(found.working),
        "cuda_problem": found.cuda_problem,
        "threads": thread_count(),
    }


def _bundles(app: App) -> list[dict[str, Any]]:
    return [{"id": row.id, "state": row.state, "error": row.error} for row in app.store.list()]


def _store(app: App) -> dict[str, Any]:
    root = app.store.root
    existing: Path = root
    while not existing.exists():
        existing = existing.parent
    return {
        "path": str(root),
        "writable": os.access(existing, os.W_OK),
        "free_bytes": shutil.disk_usage(existing).free,
    }


def _review(app: App) -> dict[str, Any]:
    """The review store that `aigc review` would use; looked at only where it is a file that exists already."""
    named = os.environ.get("AIGC_REVIEW_DB")
    if named and "://" in named:
        # A password in a URL is nobody's to print, and a server's tables are not ours to make here.
        return {"state": "a database by URL, not opened", "place": named.partition("://")[0]}
    path = Path(named) if named else app.store.root / "review.db"
    if not path.is_file():
        return {"state": "none yet", "place": str(path)}
    try:
        from aigc_sdk.review import ReviewStore

        with ReviewStore(path) as store:
            counts = store.counts()
            whole = store.verify().ok
    except AigcError as error:
        return {"state": "error", "place": str(path), "error": error.message, "hint": error.hint}
    return {"state": "ok", "place": str(path), "items": counts, "audit_trail_whole": whole}


def _problems(report: dict[str, Any]) -> list[str]:
    found = []
    ort = report["onnxruntime"]
    if not ort["ok"]:
        found.append(f"ONNX Runtime does not work: {ort['error']} {ort['hint'] or ''}".strip())
    if {"onnxruntime", "onnxruntime-gpu"} <= set(report["packages"]):
        found.append("onnxruntime and onnxruntime-gpu are both installed and overwrite each other: keep one.")
    found += [f"Plugin {p['name']}: {p['error']}" for p in report["plugins"] if p["state"] == "error"]
    if not report["plugins"]:
        found.append("No plugin is installed: install aigc-sdk-text for text.")
    found += [f"Bundle {b['id']}: {b['error']}" for b in report["bundles"] if b["error"]]
    if not report["store"]["writable"]:
        found.append(f"The store {report['store']['path']} cannot be written: set AIGC_HOME.")
    review = report["review"]
    if review["state"] == "error":
        found.append(f"The review store {review['place']} does not work: {review['error']}")
    if review.get("audit_trail_whole") is False:
        found.append(f"The audit trail of {review['place']} is broken: see `aigc review audit verify`.")
    return found


def _show(app: App, report: dict[str, Any]) -> None:
    from rich.table import Table
    from rich.text import Text as Styled

    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    ort = report["onnxruntime"]
    providers = ", ".join(ort["working"]) if ort["ok"] else "–"
    states = {
        state: [b["id"] for b in report["bundles"] if b["state"] == state]
        for state in ("shipped", "pulled", "local", "available")
    }
    rows = [
        ("python", f"{report['python']['version']} on {report['python']['platform']}"),
        ("processors", f"{report['cpu']['usable']} usable, {report['cpu']['machine']}"),
        (
            "onnxruntime",
            f"{ort['version']}, works: {providers}, {ort['threads']} threads" if ort["ok"] else "–",
        ),
        ("cuda", (ort["cuda_problem"] or "works") if ort["ok"] else "–"),
        (
            "tensorflow",
            "installed (training)" if report["tensorflow"]["installed"] else "absent (training only)",
        ),
        ("plugins", ", ".join(f"{p['name']} ({p['state']})" for p in report["plugins"])),
        *((f"{state} bundles", ", ".join(ids)) for state, ids in states.items() if ids),
        ("store", f"{report['store']['path']}, {report['store']['free_bytes'] / 1e9:.1f} GB free"),
        ("review store", _review_line(report["review"])),
    ]
    for name, value in rows:
        table.add_row(name, Styled(printable(value)))
    app.out.print(table)
    for problem in report["problems"]:
        app.out.print(Styled(f"! {printable(problem)}", style="yellow"))
    if not report["problems"]:
        app.out.print(Styled("Everything looks right.", style="green"))


def _review_line(review: dict[str, Any]) -> str:
    counts = ", ".join(f"{number} {name}" for name, number in review.get("items", {}).items())
    return f"{review['place']} ({counts or review['state']})"
