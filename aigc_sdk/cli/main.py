"""The entry point of ``aigc``."""

from __future__ import annotations

import logging
import os
import sys
from typing import Any, Final

import click

from aigc_sdk.cli.app import App
from aigc_sdk.cli.group import LazyGroup

BUILT_IN: Final = {
    "generate": ("aigc_sdk.cli.generate:generate", "Make content, screened, scored and ranked."),
    "moderate": ("aigc_sdk.cli.moderate:moderate", "Screen text under a policy."),
    "evaluate": ("aigc_sdk.cli.evaluate:evaluate", "Score text."),
    "models": ("aigc_sdk.cli.models:models", "List, pull, import and verify model bundles."),
    "plugins": ("aigc_sdk.cli.plugins:plugins", "List and check plugins."),
    "policy": ("aigc_sdk.cli.policy:policy", "Check and show screening policies."),
    "corpus": ("aigc_sdk.cli.corpus:corpus", "Index protected works, find what repeats them."),
    "review": ("aigc_sdk.cli.review:review", "Decide what screening held for a person."),
    "data": ("aigc_sdk.cli.data:data", "Encrypt training files with a key you hold."),
    "train": ("aigc_sdk.cli.train:train", "Train a model and export it as a bundle."),
    "doctor": ("aigc_sdk.cli.doctor:doctor", "Tell what works on this machine."),
}

EPILOG: Final = """\b
Examples:
  aigc generate text/copy -i name="Blue Spice" -i food=Chinese -n 3
  aigc moderate "Some text" --stage output
  aigc models list

\b
Exit codes:
  0 done, content allowed   3 blocked by the policy   6 bundle broken     9 download failed
  1 internal failure        4 for a person to review  7 deadline passed  10 rows failed (--fail-on-error)
  2 wrong usage or input    5 model/plugin missing    8 device missing  130 interrupted
"""


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"aigc {version('aigc-sdk-core')}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    built_in=BUILT_IN,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.option("--debug", is_flag=True, help="Show the traceback of an error (also: AIGC_DEBUG=1).")
@click.option("-v", "--verbose", is_flag=True, help="Say more on standard error.")
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version."
)
@click.pass_context
def cli(ctx: click.Context, debug: bool, verbose: bool) -> None:
    """Generate, check, score and label content.

    Everything comes from plugins: `aigc plugins list` shows them.
    """
    app = ctx.ensure_object(App)
    app.debug = app.debug or debug or os.environ.get("AIGC_DEBUG") not in (None, "", "0")
    logging.getLogger("aigc_sdk").setLevel(logging.INFO if verbose else logging.WARNING)


def main(arguments: list[str] | None = None) -> Any:
    """Run the command line; ends the process with an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal that cannot show a character gets an escape for it, not a crash.
            stream.reconfigure(errors="backslashreplace")
    logging.basicConfig(stream=sys.stderr, format="%(levelname)s: %(message)s")
    cli.main(args=arguments, prog_name="aigc")
