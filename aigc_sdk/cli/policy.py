"""``aigc policy``: is a policy file right, and what does it say."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aigc_sdk.cli.app import App, pass_app
from aigc_sdk.cli.options import STAGES, common_options
from aigc_sdk.cli.policy_curves import calibrate

if TYPE_CHECKING:
    from aigc_sdk.policy import Policy
    from aigc_sdk.verdict import Verdict

BATCH = 64
EXAMPLES = 20


@click.group(
    epilog="\b\nExamples:\n  aigc policy list\n  aigc policy show default\n  aigc policy check my-policy.yaml"
    "\n  aigc policy explain cn\n  aigc policy diff default strict"
    "\n  aigc policy calibrate default --out mine.yaml"
)
def policy() -> None:
    """Check, explain and compare screening policies."""


@policy.command("list", epilog="\b\nExample:\n  aigc policy list")
@common_options
@pass_app
def list_policies(app: App) -> None:
    """List the presets."""
    from aigc_sdk.policy import load_policy, preset_names

    rows = [{"id": name, "summary": load_policy(name).summary} for name in preset_names()]
    if app.json:
        app.emit({"policies": rows})
    else:
        for row in rows:
            click.echo(f"{row['id']}  {row['summary']}")


@policy.command(epilog="\b\nExample:\n  aigc policy check my-policy.yaml && echo fine")
@click.argument("file", metavar="FILE|NAME", type=click.Path())
@common_options
@pass_app
def check(app: App, file: str) -> None:
    """Read a policy FILE and compare the detectors, options and thresholds it names with those installed.

    Exits with 2 where the file is wrong: a rule for a detector that is neither installed nor listed; a threshold for
    a detector, category or language that is not there, or outside the detector's operating curve; an option that a
    detector does not take. Listed detectors that are not installed are remarked on; one that is required and absent
    blocks everything.
    """
    from aigc_sdk.cli.policy_curves import calibrations
    from aigc_sdk.pipeline.configured import check_options
    from aigc_sdk.policy import load_policy, preset_names
    from aigc_sdk.policy.curves import check_thresholds
    from aigc_sdk.policy.reach import check_rules

    loaded = load_policy(file if file in preset_names() else Path(file))
    absent = [use.id for use in loaded.detectors if use.enabled and use.id not in app.registry.moderators]
    check_options(loaded, app.registry)
    check_rules(loaded, app.registry.moderators)
    remarks = check_thresholds(loaded, app.registry.moderators, calibrations(app))
    if app.json:
        data = {"ok": True, "id": loaded.id, "sha256": loaded.sha256, "not_installed": absent}
        app.emit({**data, "remarks": remarks})
        return
    click.echo(
        f"{loaded.id} is valid: {len(loaded.rules)} rules, {len(loaded.thresholds)} thresholds, "
        f"{len(loaded.detectors)} detectors named."
    )
    for name in absent:
        app.remark(f"Not installed: {name}")
    for line in remarks:
        app.remark(line)


@policy.command(epilog="\b\nExamples:\n  aigc policy show default\n  aigc policy show my-policy.yaml --json")
@click.argument("name", metavar="NAME|FILE")
@common_options
@pass_app
def show(app: App, name: str) -> None:
    """Show a preset or file with every default filled in."""
    from aigc_sdk.policy import load_policy

    loaded = load_policy(name)
    if app.json:
        app.emit({**_plain(loaded), "sha256": loaded.sha256})
        return
    import yaml

    click.echo(yaml.safe_dump(_plain(loaded), sort_keys=False, allow_unicode=True), nl=False)


@policy.command(
    epilog="\b\nExamples:\n  aigc policy explain default\n  aigc policy explain cn 'Some text' --stage output"
)
@click.argument("name", metavar="NAME|FILE")
@click.argument("text", required=False)
@click.option("--stage", type=click.Choice(STAGES), default="output", show_default=True)
@click.option("--language", help="Language of the text, such as en or zh.")
@common_options
@pass_app
def explain(app: App, name: str, text: str | None, stage: str, language: str | None) -> None:
    """Say in words what a policy does; with TEXT ('-': standard input) why it gets its verdict.

    Where a detector's bundle carries an operating curve, it says what the policy's cuts are worth on it.

    Exits with 0 whatever the verdict: `aigc moderate` is the command to ask for one.
    """
    from aigc_sdk.cli.app import printable
    from aigc_sdk.cli.options import one_text
    from aigc_sdk.cli.policy_curves import calibrations
    from aigc_sdk.policy import load_policy
    from aigc_sdk.policy.curves import curves_of
    from aigc_sdk.policy.words import policy_in_words, verdict_in_words

    loaded = load_policy(name)
    installed = app.registry.moderators
    words = policy_in_words(loaded, installed, curves_of(installed.values(), calibrations(app)))
    verdict = None
    if text is not None:
        with app.studio(policy=loaded) as studio:
            verdict = studio.moderate(one_text(text, None), stage=stage, language=language)
    why = [] if verdict is None else verdict_in_words(verdict, "zh" if language == "zh" else "en")
    if app.json:
        data: dict[str, Any] = {"id": loaded.id, "summary": loaded.summary, "policy": words}
        app.emit(data if verdict is None else {**data, "why": why, "verdict": verdict.as_dict()})
        return
    click.echo(f"{loaded.id}: {loaded.summary}")
    for line in words + why:
        click.echo(f"- {printable(line)}")


@policy.command(
    epilog="\b\nExamples:\n  aigc policy diff default strict\n  aigc policy diff default mine.yaml --jsonl texts.jsonl"
)
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option("--jsonl", "jsonl_in", metavar="FILE", help="Texts to judge under both ('-': stdin).")
@click.option("--stage", type=click.Choice(STAGES), default="output", show_default=True)
@click.option("--language", help="For rows that state none.")
@click.option("--show-text", is_flag=True, help="Quote the texts on which they differ.")
@common_options
@pass_app
def diff(
    app: App,
    first: str,
    second: str,
    jsonl_in: str | None,
    stage: str,
    language: str | None,
    show_text: bool,
) -> None:
    """Show where policies A and B differ, rule by rule; with --jsonl on which texts.

    The rows are those of `aigc moderate --jsonl` (docs/jsonl.md). Texts are named by their id and not quoted
    unless --show-text asks for it.
    """
    from aigc_sdk.cli.app import printable
    from aigc_sdk.policy import load_policy
    from aigc_sdk.policy.compare import compare_policies

    old, new = load_policy(first), load_policy(second)
    changes = compare_policies(old, new)
    data: dict[str, Any] = {"from": old.id, "to": new.id, "changes": [c.as_dict() for c in changes]}
    lines = [str(change) for change in changes] or ["The policies say the same."]
    if jsonl_in is not None:
        judged = _judged(app, old, new, jsonl_in, stage, language, show_text)
        data["texts"] = judged
        lines.append(
            f"{judged['differing']} of {judged['compared']} texts differ; {judged['errors']} rows in error."
        )
        lines += [f"{d['from']} -> {d['to']}: {d['texts']}" for d in judged["decisions"]]
        for example in judged["examples"]:
            rules = f"{', '.join(example['from_rules']) or '-'} / {', '.join(example['to_rules']) or '-'}"
            quoted = f": {example['text']}" if show_text else ""
            lines.append(f"{example['id']}: {example['from']} -> {example['to']} ({rules}){quoted}")
    if app.json:
        app.emit(data)
        return
    for line in lines:
        click.echo(printable(line))


policy.add_command(calibrate)


def _judged(
    app: App, old: Policy, new: Policy, jsonl_in: str, stage: str, language: str | None, show_text: bool
) -> dict[str, Any]:
    """Verdicts of both policies on every row: counts, and the first differences by id."""
    from itertools import islice

    from aigc_sdk.batch import BadRow, ModerateRows, read_rows
    from aigc_sdk.cli.batch import reading

    decisions: Counter[tuple[str, str]] = Counter()
    examples: list[dict[str, Any]] = []
    errors = 0
    with (
        app.studio(policy=old) as one,
        app.studio(policy=new) as other,
        reading(jsonl_in) as source,
    ):
        first = ModerateRows(one, stage=stage, language=language, seconds_a_row=120.0)
        second = ModerateRows(other, stage=stage, language=language, seconds_a_row=120.0)
        folder = Path() if jsonl_in == "-" else Path(jsonl_in).parent
        rows = iter(read_rows(source, folder))
        while batch := list(islice(rows, BATCH)):
            good = [row for row in batch if not isinstance(row, BadRow)]
            errors += len(batch) - len(good)
            for row, a, b in zip(good, first(good), second(good), strict=True):
                if a.verdict is None or b.verdict is None:
                    errors += 1
                    continue
                pair = (str(a.verdict.decision), str(b.verdict.decision))
                decisions[pair] += 1
                if pair[0] != pair[1] and len(examples) < EXAMPLES:
                    example: dict[str, Any] = {"id": row.id, "from": pair[0], "to": pair[1]}
                    example |= {"from_rules": _decisive(a.verdict), "to_rules": _decisive(b.verdict)}
                    examples.append(example | ({"text": row.content} if show_text else {}))
    table = [{"from": a, "to": b, "texts": n} for (a, b), n in sorted(decisions.items()) if a != b]
    return {
        "compared": sum(decisions.values()),
        "differing": sum(row["texts"] for row in table),
        "errors": errors,
        "decisions": table,
        "examples": examples,
    }


def _decisive(verdict: Verdict) -> list[str]:
    return list(dict.fromkeys(a.rule for a in verdict.applied if a.action is verdict.decision))


def _plain(loaded: Policy) -> dict[str, Any]:
    return loaded.model_dump(mode="json")
