"""``aigc review``: the queue of held content, decisions, appeals, the audit trail, and what is learnt from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from aigc_sdk.cli.app import App, pass_app, printable
from aigc_sdk.cli.exit_codes import ExitCode
from aigc_sdk.cli.options import one_text
from aigc_sdk.cli.review_learning import accept, export, feedback, propose
from aigc_sdk.cli.review_options import open_store, review_options, reviewer_option, who
from aigc_sdk.errors import BadInputError

if TYPE_CHECKING:
    from aigc_sdk.review import ReviewItem

EPILOG = """\b
Examples:
  aigc review list
  aigc review claim --reviewer ann
  aigc review decide 7 uphold --reviewer ann --reason "Names a private person."
  aigc review audit verify

\b
The store is review.db in $AIGC_HOME, or what --db or AIGC_REVIEW_DB name. It needs the extra [review].
Exit codes: 2 the step does not fit the item's state, 5 no such item, 1 the audit trail is broken.
"""


@click.group(epilog=EPILOG)
def review() -> None:
    """Look at what screening held, decide, and keep a record of it."""


@review.command("list", epilog="\b\nExamples:\n  aigc review list\n  aigc review list --state decided --json")
@click.option("--state", type=click.Choice(["open", "claimed", "decided"]), help="Only items in this state.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True)
@review_options
@pass_app
def list_items(app: App, state: str | None, limit: int, db: str | None) -> None:
    """List items, most urgent first, without their content."""
    with open_store(app, db) as store:
        items, counts = store.items(state, limit=limit), store.counts()
    if app.json:
        rows = [{k: v for k, v in i.as_dict().items() if k not in ("content", "verdict")} for i in items]
        app.emit({"counts": counts, "items": rows})
        return
    from rich.table import Table
    from rich.text import Text as Styled

    table = Table(box=None, pad_edge=False)
    for name in (
        "id",
        "state",
        "priority",
        "round",
        "decision",
        "categories",
        "language",
        "reviewer",
        "since",
    ):
        table.add_column(name)
    for item in items:
        cells = [item.id, item.state, item.priority, item.round, item.decision, _categories(item)]
        cells += [item.language or "", item.reviewer or "", _date(item.created_at)]
        table.add_row(*(Styled(printable(str(cell))) for cell in cells))
    app.out.print(table)
    click.echo(", ".join(f"{number} {name}" for name, number in counts.items()))


@review.command(epilog="\b\nExamples:\n  aigc review show 7\n  aigc review show 7 --hide --json")
@click.argument("item", type=int)
@click.option("--hide", is_flag=True, help="Leave the content out.")
@review_options
@pass_app
def show(app: App, item: int, hide: bool, db: str | None) -> None:
    """Show an ITEM: content, findings, decisions, and its part of the audit trail."""
    with open_store(app, db) as store:
        found, decided, trail = store.get(item), store.decisions(item), store.history(item)
    if app.json:
        data = found.as_dict()
        if hide:
            from aigc_sdk.review.queue import without_quotations

            verdict = None if found.verdict is None else without_quotations(found.verdict)
            data = {**data, "content": None, "verdict": verdict}
        app.emit(
            {
                "item": data,
                "decisions": [d.as_dict() for d in decided],
                "history": [e.as_dict() for e in trail],
            }
        )
        return
    _print_item(found, hide)
    for event in trail:
        detail = {k: v for k, v in event.data.items() if k in ("outcome", "reason", "categories") and v}
        words = " ".join(f"{k}={v}" for k, v in detail.items())
        click.echo(printable(f"{_date(event.at)}  {event.actor}: {event.action} {words}".rstrip()))


@review.command(epilog="\b\nExamples:\n  aigc review claim\n  aigc review claim 7 --reviewer ann --lease 600")
@click.argument("item", type=int, required=False)
@reviewer_option
@click.option("--lease", type=click.FloatRange(1, 86400), default=900.0, show_default=True, help="Seconds.")
@click.option("--language", help="Only items in this language.")
@click.option("--own", is_flag=True, help="Also items of which you decided an earlier round.")
@review_options
@pass_app
def claim(
    app: App,
    item: int | None,
    reviewer: str | None,
    lease: float,
    language: str | None,
    own: bool,
    db: str | None,
) -> None:
    """Take the most urgent free item (or ITEM) for a while; nobody else gets it meanwhile."""
    with open_store(app, db) as store:
        taken = store.claim(who(reviewer), lease, item_id=item, language=language, own=own)
    if app.json:
        app.emit({"item": None if taken is None else taken.as_dict()})
    elif taken is None:
        app.remark("Nothing to review.")
    else:
        _print_item(taken, False)


@review.command(epilog="\b\nExample:\n  aigc review release 7 --reviewer ann")
@click.argument("item", type=int)
@reviewer_option
@review_options
@pass_app
def release(app: App, item: int, reviewer: str | None, db: str | None) -> None:
    """Give a claimed ITEM back undecided."""
    with open_store(app, db) as store:
        _tell(app, store.release(item, who(reviewer)))


@review.command(
    epilog="\b\nExamples:\n  aigc review decide 7 uphold --reason 'A private address.' --category privacy\n"
    "  aigc review decide 8 overturn --reason 'A quotation.' --harmless"
)
@click.argument("item", type=int)
@click.argument("outcome", type=click.Choice(["uphold", "overturn", "escalate"]))
@click.option("--reason", required=True, help="Why.")
@click.option("--category", "categories", multiple=True, help="What the content really is; repeat.")
@click.option("--harmless", is_flag=True, help="The content is none of it (instead of --category).")
@reviewer_option
@review_options
@pass_app
def decide(
    app: App,
    item: int,
    outcome: str,
    reason: str,
    categories: Sequence[str],
    harmless: bool,
    reviewer: str | None,
    db: str | None,
) -> None:
    """End the round of an ITEM that you have claimed.

    uphold: the verdict was right; overturn: it was wrong; escalate: somebody else must look.
    """
    if harmless and categories:
        raise BadInputError("--harmless and --category contradict each other.", hint="Give one of them.")
    named = list(categories) if categories or harmless else None
    with open_store(app, db) as store:
        _tell(app, store.decide(item, who(reviewer), outcome, reason, categories=named))


@review.command(epilog="\b\nExample:\n  aigc review appeal 7 --by customer-12 --reason 'It is satire.'")
@click.argument("item", type=int)
@click.option("--by", required=True, help="Who appeals.")
@click.option("--reason", required=True, help="Why.")
@review_options
@pass_app
def appeal(app: App, item: int, by: str, reason: str, db: str | None) -> None:
    """Open a decided ITEM for another round, by another reviewer."""
    with open_store(app, db) as store:
        _tell(app, store.appeal(item, by, reason))


@review.command(
    epilog="\b\nExamples:\n  aigc review report 'The text delivered' --by user-3 --reason 'It is wrong.'\n"
    "  aigc review report --request-id order-7 --reason 'It is wrong.'"
)
@click.argument("text", required=False)
@click.option("--file", metavar="FILE", help="Read the text from a file.")
@click.option("--by", default="user", show_default=True, help="Who complains.")
@click.option("--reason", required=True, help="The user's words.")
@click.option("--language", help="Language of the text.")
@click.option("--request-id", default="", help="The request it came from.")
@review_options
@pass_app
def report(
    app: App,
    text: str | None,
    file: str | None,
    by: str,
    reason: str,
    language: str | None,
    request_id: str,
    db: str | None,
) -> None:
    """Record a user's complaint about a delivered TEXT ('-': standard input).

    Without a text, --request-id names a delivery on record (`aigc generate --review-store`).
    """
    content = None if text is None and file is None and request_id else one_text(text, file)
    with open_store(app, db) as store:
        _tell(app, store.report(content, reason, reporter=by, request_id=request_id, language=language))


@review.group(epilog="\b\nExamples:\n  aigc review audit verify\n  aigc review audit verify --noted 120:HASH")
def audit() -> None:
    """The audit trail: append-only, every row holding the hash of the one before."""


@audit.command(epilog="\b\nExample:\n  aigc review audit verify --json")
@click.option("--noted", metavar="ROW:HASH", help="A row and its hash noted earlier, kept elsewhere.")
@review_options
@pass_app
@click.pass_context
def verify(ctx: click.Context, app: App, noted: str | None, db: str | None) -> None:
    """Check the whole trail; exit code 1 names the first broken row."""
    anchor = None
    if noted is not None:
        row, _, digest = noted.partition(":")
        if not row.isascii() or not row.isdigit() or not digest:
            raise BadInputError(f"--noted {noted!a} is not of the form ROW:HASH.")
        anchor = (int(row), digest.lower())
    with open_store(app, db) as store:
        found = store.verify(anchor)
    if app.json:
        app.emit(found.as_dict())
    elif found.ok:
        click.echo(f"{found.events} rows are whole. Note this elsewhere: {found.events}:{found.head}")
    else:
        row = "" if found.broken_seq is None else f" at row {found.broken_seq}"
        app.remark(f"The audit trail is broken{row}: {found.problem}.")
    ctx.exit(ExitCode.OK if found.ok else ExitCode.FAILURE)


for _command in (feedback, export, propose, accept):
    review.add_command(_command)


def _tell(app: App, item: ReviewItem) -> None:
    if app.json:
        app.emit({"item": item.as_dict()})
    else:
        click.echo(f"Item {item.id} is {item.state} (round {item.round}, priority {item.priority}).")


def _print_item(item: ReviewItem, hide: bool) -> None:
    click.echo(
        printable(
            f"Item {item.id}, {item.state}, round {item.round}, {item.origin} at stage {item.stage}: "
            f"{item.decision} by {item.policy or 'no policy'} ({item.language or 'language unknown'})"
        )
    )
    for found in (item.verdict or {}).get("findings", ()):
        probability = "" if found["probability"] is None else f", probability {found['probability']:.2f}"
        words = (found.get("explanation") or {}).get("en", "")
        click.echo(printable(f"  {found['category']} by {found['detector']}{probability}: {words}"))
    if item.content is None:
        click.echo(f"  (content not kept; sha256 {item.content_sha256})")
    elif not hide:
        click.echo(printable(item.content))


def _categories(item: ReviewItem) -> str:
    return " ".join(sorted({f["category"] for f in (item.verdict or {}).get("findings", ())}))


def _date(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%SZ")
