"""``aigc review feedback|export|propose|accept``: what is learnt from users and reviewers."""

from __future__ import annotations

from pathlib import Path

import click

from aigc_sdk.cli.app import App, pass_app, printable
from aigc_sdk.cli.review_options import open_store, review_options, reviewer_option, who


@click.command(epilog="\b\nExample:\n  aigc review feedback REQUEST_ID --thumbs up --stars 5 --comment Good")
@click.argument("result_id")
@click.option("--thumbs", type=click.Choice(["up", "down"]))
@click.option("--stars", type=click.IntRange(1, 5))
@click.option("--comment")
@click.option("--by", help="Which user.")
@review_options
@pass_app
def feedback(
    app: App,
    result_id: str,
    thumbs: str | None,
    stars: int | None,
    comment: str | None,
    by: str | None,
    db: str | None,
) -> None:
    """Keep what a user says about a result, and show the result's score."""
    from aigc_sdk.review.satisfaction import satisfaction

    with open_store(app, db) as store:
        store.feedback(result_id, thumbs=thumbs, stars=stars, comment=comment, user=by)
        score = satisfaction(store.feedback_of(result_id))
    if app.json:
        app.emit({"score": score.model_dump(mode="json")})
    elif score.value is None:
        click.echo(f"satisfaction: {score.reason}")
    else:
        click.echo(f"satisfaction {score.value:.2f}: {score.explanation}")


@click.command(epilog="\b\nExample:\n  aigc review export --out labelled.jsonl")
@click.option("--out", required=True, type=click.Path(dir_okay=False), help="The file to write.")
@review_options
@pass_app
def export(app: App, out: str, db: str | None) -> None:
    """Write what was decided as a labelled set, one JSON object a line."""
    from aigc_sdk.review.export import write_jsonl

    with open_store(app, db) as store:
        count = write_jsonl(store.labels(), out)
    if app.json:
        app.emit({"rows": count, "out": out})
    else:
        click.echo(f"{count} labelled items in {out}.")


@click.command(
    epilog="\b\nExample:\n  aigc review propose --out proposal.yaml --precision 0.9 --min-count 50"
)
@click.option("--out", required=True, type=click.Path(dir_okay=False), help="The proposal to write.")
@click.option(
    "--precision", type=float, default=0.9, show_default=True, help="To be kept with 95 % confidence."
)
@click.option("--min-count", type=int, default=50, show_default=True, help="Reviewed findings needed.")
@review_options
@pass_app
def propose(app: App, out: str, precision: float, min_count: int, db: str | None) -> None:
    """Compute thresholds that the decisions speak for. Nothing changes until a person accepts them."""
    from aigc_sdk.review.thresholds import propose as compute
    from aigc_sdk.review.thresholds import to_yaml

    with open_store(app, db) as store:
        labelled = store.labels()
        head = store.verify().head
    made = compute(labelled, target_precision=precision, min_count=min_count, audit_head=head)
    Path(out).write_text(to_yaml(made), encoding="utf-8")
    if app.json:
        app.emit({"out": out, **made.model_dump(mode="json")})
        return
    for t in made.thresholds:
        e = t.evidence
        click.echo(
            f"{t.detector} {t.category} {t.language}: {t.min_probability:.3f} "
            f"(precision {e.precision:.2f}, {e.low:.2f} to {e.high:.2f}, of {e.reviewed}; keeps {e.kept:.2f})"
        )
    for n in made.not_proposed:
        click.echo(f"{n.detector} {n.category} {n.language}: none, {n.reason}")
    click.echo(f"Read {out}, then: aigc review accept {out} --out policy.yaml")


@click.command(
    epilog="\b\nExamples:\n  aigc review accept proposal.yaml --out policy.yaml --reviewer ann\n"
    "  aigc review accept proposal.yaml --policy shop.yaml --action review --out shop-2.yaml"
)
@click.argument("proposal", type=click.Path())
@click.option("--policy", default="default", show_default=True, help="Preset or file to set the cuts in.")
@click.option("--action", type=click.Choice(["review", "block"]), default="block", show_default=True)
@click.option("--out", required=True, type=click.Path(dir_okay=False), help="The policy to write.")
@reviewer_option
@review_options
@pass_app
def accept(
    app: App, proposal: str, policy: str, action: str, out: str, reviewer: str | None, db: str | None
) -> None:
    """Accept a PROPOSAL as it stands: a policy with its thresholds, and an event in the audit trail.

    Cuts go up as well as down; what changes is printed, and `aigc policy diff` shows it again.
    """
    from aigc_sdk.policy import load_policy
    from aigc_sdk.policy.compare import compare_policies
    from aigc_sdk.review.thresholds import accept as accepted
    from aigc_sdk.review.thresholds import read_proposal, to_yaml
    from aigc_sdk.verdict import Decision

    loaded, digest = read_proposal(proposal)
    base = load_policy(policy)
    made = accepted(loaded, base, Decision.parse(action))
    changes = [c for c in compare_policies(base, made) if c.part.startswith("threshold ")]
    event = {"proposal_sha256": digest, "policy": made.id, "policy_sha256": made.sha256}
    with open_store(app, db) as store:
        Path(out).write_text(to_yaml(made), encoding="utf-8")
        store.record(who(reviewer), "proposal_accepted", **event)
    if app.json:
        app.emit({"out": out, **event, "changes": [c.as_dict() for c in changes]})
    else:
        for change in changes:
            click.echo(printable(str(change)))
        click.echo(f"{made.id}: {len(loaded.thresholds)} cuts from the decisions, in {out}.")
