"""``aigc knowledge``: index a folder of documents, search it, ask it."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aigc_sdk.cli.app import App, pass_app, printable
from aigc_sdk.cli.options import common_options, studio_options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aigc_sdk.runtime.runtime import Runtime
    from aigc_text.knowledge.encoder import Encoder

_INDEX = click.argument("index", type=click.Path(file_okay=False, path_type=Path))
_MOST_SHOWN = 20


@click.group(
    epilog="\b\nExamples:\n  aigc knowledge index docs/ --out docs.index\n"
    "  aigc knowledge search docs.index 'opening hours'\n  aigc knowledge ask docs.index 'When do you open on Sundays?'"
)
def knowledge() -> None:
    """Index your documents, search them, and get answers that name their source.

    Reads Markdown, plain text, HTML, CSV, TSV and, with the extra [pdf], PDF. Everything stays on this machine.
    """


@contextmanager
def _runtime(app: App, device: str, threads: int | None) -> Iterator[Runtime]:
    from aigc_sdk.runtime.runtime import Runtime

    with Runtime(device=device, threads=threads, resolver=app.store.resolve) as runtime:  # type: ignore[arg-type]  # a Choice
        yield runtime


_DEVICE = click.option(
    "--device", type=click.Choice(["auto", "cpu", "cuda", "cuda-only"]), default="auto", show_default=True
)
_THREADS = click.option(
    "--threads", type=click.IntRange(min=1), help="Threads of a session (all it may use)."
)


@knowledge.command(
    epilog="\b\nExamples:\n  aigc knowledge index docs/ --out docs.index\n  aigc knowledge index docs/ --out docs.index --json\n"
    "  aigc knowledge index docs/ --out docs.index --no-encoder\n\n"
    "Run it again after changes: only what changed is read, only new passages are encoded."
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder of the index; made, or brought up to date.",
)
@click.option(
    "--encoder",
    "bundle",
    metavar="BUNDLE",
    help="Sentence encoder (the index's own, else multilingual-e5-small).",
)
@click.option("--no-encoder", is_flag=True, help="Search by words alone.")
@click.option("--reread", is_flag=True, help="Read every file, also where size and time are unchanged.")
@_DEVICE
@_THREADS
@common_options
@pass_app
def index(
    app: App,
    folder: Path,
    out: Path,
    bundle: str | None,
    no_encoder: bool,
    reread: bool,
    device: str,
    threads: int | None,
) -> None:
    """Make an index of the documents in FOLDER, or bring it up to date.

    Files that cannot be read are listed and left out; the exit code is 0 all the same.
    """
    from aigc_text.knowledge.update import update_index

    if bundle is not None and no_encoder:
        raise click.UsageError("Give --encoder or --no-encoder, not both.")
    with _runtime(app, device, threads) as runtime, app.progress() as progress:
        encoder = None if no_encoder else _encoder(app, runtime, out, bundle)
        report = update_index(folder, out, encoder=encoder, reread=reread, progress=progress)
    if app.json:
        app.emit({"index": str(out), **report.as_dict()})
        return
    by = f"words and meaning ({report.encoder})" if report.encoder else "words"
    app.remark(
        f"{len(report.added)} added, {len(report.changed)} changed, {len(report.removed)} removed, {report.unchanged} unchanged; "
        f"{out} holds {report.passages} passages, searched by {by}."
    )
    if report.other:
        app.remark(f"{report.other} files of other kinds were not looked at.")
    for problem in report.problems[:_MOST_SHOWN]:
        app.remark(f"  left out: {problem.file}: {problem.error}{f' {problem.hint}' if problem.hint else ''}")
    if len(report.problems) > _MOST_SHOWN:
        app.remark(f"  … and {len(report.problems) - _MOST_SHOWN} more; --json lists all.")


def _encoder(app: App, runtime: Runtime, out: Path, bundle: str | None) -> Encoder | None:
    """The encoder asked for, the index's own, or the default where it is on this machine."""
    from aigc_sdk.errors import ModelNotFoundError
    from aigc_text.knowledge.encoder import DEFAULT_ENCODER, open_encoder
    from aigc_text.knowledge.store import is_index, open_index

    if bundle is None and is_index(out):
        made_by = open_index(out).encoder
        # An index with vectors does not lose them because a model is missing for once.
        bundle = made_by.bundle if made_by is not None else None
    if bundle is not None:
        return open_encoder(runtime, bundle)
    try:
        return open_encoder(runtime)
    except ModelNotFoundError:
        app.remark(
            f"Without {DEFAULT_ENCODER} documents are searched by words alone; to search by meaning too: "
            f"aigc models pull {DEFAULT_ENCODER}"
        )
        return None


@knowledge.command(
    epilog="\b\nExamples:\n  aigc knowledge search docs.index 'how do I send something back'\n"
    "  aigc knowledge search docs.index '营业时间' -k 3 --json"
)
@_INDEX
@click.argument("question")
@click.option(
    "-k", "k", type=click.IntRange(1, 100), default=5, show_default=True, help="Most passages shown."
)
@_DEVICE
@_THREADS
@common_options
@pass_app
def search(app: App, index: Path, question: str, k: int, device: str, threads: int | None) -> None:
    """Show the passages of INDEX that fit QUESTION best."""
    from aigc_text.knowledge.library import Library

    if not question.strip():
        raise click.UsageError("The question is blank.")
    with _runtime(app, device, threads) as runtime:
        searcher = Library(runtime).open(index)
        (passages,) = searcher.search([question], k=k)
    if app.json:
        rows = [{**passage.as_dict(), "text": passage.text} for passage in passages]
        app.emit({"question": question, "passages": rows, "warning": searcher.warning})
        return
    if searcher.warning:
        app.remark(searcher.warning)
    for number, passage in enumerate(passages, 1):
        app.out.print(
            f"[bold]\\[{number}][/bold]",
            printable(passage.source.label),
            f"({passage.evidence:.2f})",
            style="dim",
        )
        app.out.print(printable(passage.text), markup=False)
        app.out.print()
    if not passages:
        app.remark("Nothing in the documents has to do with it.")


@knowledge.command(
    epilog="\b\nExamples:\n  aigc knowledge ask docs.index 'When do you open on Sundays?'\n"
    "  aigc knowledge ask docs.index '保修期多长？' --json\n"
    "  aigc knowledge ask docs.index 'Can I return a gift?' --method llm"
)
@_INDEX
@click.argument("question")
@click.option(
    "--method",
    type=click.Choice(["extractive", "llm"]),
    default="extractive",
    show_default=True,
    help="Quote the documents, or let an instruct model write from them.",
)
@click.option("--model", metavar="BUNDLE", help="Instruct model of --method llm (smollm2-135m-instruct).")
@click.option(
    "--threshold", type=click.FloatRange(0, 1), help="Evidence under which there is no answer (0.5)."
)
@click.option("-k", "passages", type=click.IntRange(1, 20), help="Passages looked at (5).")
@studio_options
@common_options
@pass_app
def ask(
    app: App,
    index: Path,
    question: str,
    policy: str | None,
    device: str,
    threads: int | None,
    timeout: float | None,
    model: str | None,
    **given: Any,
) -> None:
    """Answer QUESTION from INDEX, with the sources named; screened like everything that is generated."""
    options = {name: value for name, value in {**given, "bundle": model}.items() if value is not None}
    with app.studio(policy=policy, device=device, threads=threads) as studio:
        result = studio.generate(
            "text/answer",
            inputs={"question": question},
            options={**options, "knowledge": str(index)},
            deadline=timeout,
        )
    if app.json:
        app.emit({"question": question, **result.as_dict()})
    else:
        click.echo(printable(result.text))
        candidate = result.outputs[0].candidate
        meta = candidate.meta if candidate is not None else {}
        if meta.get("knowledge_warning"):
            app.remark(str(meta["knowledge_warning"]))
        for refused in meta.get("refused_passages", ()):
            app.remark(f"Not shown to the model: {refused['file']}: {refused['en']}")
