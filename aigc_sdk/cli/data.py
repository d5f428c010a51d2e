"""``aigc data``: training files encrypted with a key of your own."""

from __future__ import annotations

from pathlib import Path

import click

from aigc_sdk.bundles.lock import private_name
from aigc_sdk.cli.app import App, pass_app
from aigc_sdk.cli.options import common_options
from aigc_sdk.errors import BadInputError
from aigc_sdk.sealed_files import SUFFIX, make_key, read_key, seal


@click.group(
    epilog="\b\nExamples:\n  aigc data key train.key\n  aigc data encrypt chat.jsonl --key-file train.key\n"
    "  AIGC_DATA_KEY_FILE=train.key aigc train text/lm --data chat.jsonl.enc --out my-lm"
)
def data() -> None:
    """Encrypt training files with a key you hold; `aigc train text/lm` reads them as they are."""


@data.command(epilog="\b\nExample:\n  aigc data key train.key")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@common_options
@pass_app
def key(app: App, file: Path) -> None:
    """Write a new random key to FILE. Keep it apart from the data: without it they are lost."""
    make_key(file)
    if app.json:
        app.emit({"key_file": str(file)})
    else:
        app.remark(f"Wrote {file}. Without it, what it encrypts is lost.")


@data.command(epilog="\b\nExample:\n  aigc data encrypt chat.jsonl --key-file train.key")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key-file", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The key.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The encrypted file (FILE.enc).")
@common_options
@pass_app
def encrypt(app: App, file: Path, key_file: Path, out: Path | None) -> None:
    """Encrypt FILE (AES-256-GCM); the original stays and is yours to remove."""
    target = out or file.with_name(file.name + SUFFIX)
    if target.suffix != SUFFIX:
        raise BadInputError(
            f"{target.name} does not end in {SUFFIX}.", hint="By that it is known as encrypted."
        )
    if target.exists():
        raise BadInputError(f"{target.name} exists already.", hint="Remove it, or name another with --out.")
    secret = read_key(key_file)
    partial = target.with_name(private_name(target.name))
    try:
        with file.open("rb") as source, partial.open("xb") as sink:
            size = seal(source, sink, secret)
        partial.replace(target)
    except OSError as error:
        raise BadInputError(f"{file.name} cannot be encrypted: {error}") from None
    finally:
        partial.unlink(missing_ok=True)
    if app.json:
        app.emit({"file": str(target), "bytes": size})
    else:
        app.remark(f"Wrote {target}. Remove {file} yourself if it is to be gone.")
