"""``aigc policy calibrate``: cuts from the operating curves of the bundles that are on this machine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aigc_sdk.cli.app import App, pass_app, printable
from aigc_sdk.cli.options import common_options, parse_pairs
from aigc_sdk.errors import AigcError, BadInputError

if TYPE_CHECKING:
    from aigc_sdk.policy.curves import Calibration, Calibrations


def calibrations(app: App) -> Calibrations:
    """What the bundles on this machine state under ``calibration``; nothing for one that is absent or damaged."""
    from aigc_sdk.bundles.bundle import read_manifest

    def of_bundle(bundle_id: str) -> Calibration | None:
        try:
            folder = app.store.find(bundle_id)
            return None if folder is None else read_manifest(folder).calibration
        except AigcError:
            return None

    return of_bundle


@click.command(
    epilog="\b\nExamples:\n  aigc policy calibrate default --out mine.yaml --category offence=harassment\n"
    "  aigc policy calibrate mine.yaml --detector text/svm --target block:precision=0.95 --out mine.yaml"
)
@click.argument("name", metavar="NAME|FILE")
@click.option("--out", required=True, type=click.Path(dir_okay=False), help="The policy to write.")
@click.option("--detector", "detectors", multiple=True, metavar="ID", help="Only this one; repeat.")
@click.option(
    "--target",
    "targets",
    multiple=True,
    metavar="ACTION:FIGURE=VALUE",
    help="In place of the policy's own: fpr_ordinary (at most), precision or recall (at least); repeat.",
)
@click.option(
    "--category",
    "categories",
    multiple=True,
    metavar="HEAD=CATEGORY",
    help="Category of a model's output that is not called as one; repeat.",
)
@common_options
@pass_app
def calibrate(
    app: App,
    name: str,
    out: str,
    detectors: Sequence[str],
    targets: Sequence[str],
    categories: Sequence[str],
) -> None:
    """Write a policy whose thresholds meet its targets on the detectors' curves, each with the row it is from.

    Nothing is in force before you use the file: read it, or `aigc policy diff NAME FILE`.
    """
    from aigc_sdk.policy import Policy, load_policy
    from aigc_sdk.policy.compare import compare_policies
    from aigc_sdk.policy.curves import calibrated, curves_of
    from aigc_sdk.taxonomy import Category

    base = load_policy(name)
    if targets:
        stated = _targets(targets)
        base = Policy.model_validate({**base.model_dump(mode="json"), "targets": stated})
    for one in detectors:
        app.registry.moderator(one)
    chosen = [s for s in app.registry.moderators.values() if not detectors or s.id in detectors]
    curves = curves_of(chosen, calibrations(app))
    if not curves:
        raise BadInputError("None of these detectors has a bundle with an operating curve here.")
    try:
        named = {head: Category(str(c)) for head, c in parse_pairs(categories, "--category").items()}
    except ValueError as error:
        raise BadInputError(f"{error}.", hint=f"Categories: {', '.join(Category)}.") from None
    made = calibrated(base, curves, named)
    import yaml

    text = yaml.safe_dump(made.model_dump(mode="json"), sort_keys=False, allow_unicode=True)
    try:
        Path(out).write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInputError(f"{out!a} cannot be written: {error}") from None
    changes = [c for c in compare_policies(base, made) if c.part.startswith("threshold ")]
    if app.json:
        app.emit({"out": out, "changes": [c.as_dict() for c in changes]})
        return
    for change in changes:
        click.echo(printable(str(change)))
    click.echo(f"{len(made.thresholds)} thresholds in {out}.")


def _targets(given: Sequence[str]) -> dict[str, dict[str, float]]:
    stated: dict[str, dict[str, float]] = {}
    for one in given:
        action, colon, rest = one.partition(":")
        figure, equals, value = rest.partition("=")
        try:
            number = float(value)
        except ValueError:
            number = -1.0
        known = action in ("redact", "review", "block") and figure in ("fpr_ordinary", "precision", "recall")
        if not (colon and equals and known and 0.0 <= number <= 1.0):
            raise BadInputError(
                f"--target {one!a} is not of the form ACTION:FIGURE=VALUE.",
                hint="For example block:fpr_ordinary=0.001.",
            )
        stated.setdefault(action, {})[figure] = number
    return stated
