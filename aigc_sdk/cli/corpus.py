"""``aigc corpus``: index protected works, and find what repeats them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aigc_sdk.cli.app import App, pass_app, printable
from aigc_sdk.cli.exit_codes import ExitCode
from aigc_sdk.cli.options import common_options, one_text
from aigc_sdk.errors import BadInputError, CorpusError, NotFoundError

if TYPE_CHECKING:
    from aigc_sdk.cli.corpus_files import Judge
    from aigc_sdk.corpus import Corpus, CorpusIndexer, Match

CORPUS_OPTION = click.option(
    "--corpus", "at", type=click.Path(), help="The corpus file ($AIGC_HOME/corpora/default.corpus)."
)


@click.group(
    epilog="\b\nExamples:\n  aigc corpus add works/ --owner 'Example Press'\n  aigc corpus query 'some text'\n"
    "  aigc corpus screen train.jsonl --out clean.jsonl"
)
def corpus() -> None:
    """Index protected works, and find texts that repeat them.

    The corpus keeps hashes and offsets, never the works. Everything stays on this machine.
    """


def _path(app: App, at: str | None) -> Path:
    return Path(at) if at is not None else app.store.root / "corpora" / "default.corpus"


def _indexer(app: App, wanted: str | None) -> tuple[str, CorpusIndexer]:
    """The indexer of that id, or the only one for text that is installed."""
    from aigc_sdk.spec import resolve
    from aigc_sdk.taxonomy import Kind

    if wanted is None:
        known = app.registry.corpus_indexers.values()
        fitting = [spec.id for spec in known if Kind.TEXT in spec.inputs and not spec.superseded]
        if len(fitting) > 1:
            raise BadInputError("Several plugins index text.", hint=f"--indexer: {', '.join(fitting)}.")
        if not fitting:
            raise NotFoundError("No plugin that indexes text is installed.", hint="Install aigc-sdk-text.")
        wanted = fitting[0]
    made: CorpusIndexer = resolve(app.registry.corpus_indexer(wanted).factory)()
    made.load(None)
    return wanted, made


def _made_by(path: Path) -> str | None:
    """The indexer of an existing corpus: works added to it must be indexed alike."""
    from aigc_sdk.corpus import Corpus

    if not path.exists():
        return None
    with Corpus(path) as found:
        return found.indexer


@contextmanager
def _opened(app: App, at: str | None) -> Iterator[tuple[Corpus, CorpusIndexer]]:
    """An existing corpus and the indexer it was made with."""
    from aigc_sdk.corpus import Corpus

    path = _path(app, at)
    if not path.exists():
        raise NotFoundError(f"There is no corpus at {path}.", hint="Make one with `aigc corpus add`.")
    with Corpus(path) as found:
        _, indexer = _indexer(app, found.indexer)
        yield found, indexer


@corpus.command(
    epilog="\b\nExamples:\n  aigc corpus add novel.txt --id novel --title 'A novel' --owner 'A. Writer'\n"
    "  aigc corpus add works/ poems.jsonl --licence 'All rights reserved'"
)
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option("--id", "work_id", help="The work's id (its file name); for a single text file.")
@click.option("--title", help="The work's title; for a single text file.")
@click.option("--source", help="Where the works come from (their files' names).")
@click.option("--licence", default="", help="Licence of the works.")
@click.option("--owner", default="", help="Who holds the rights.")
@click.option("--language", default="", help="BCP 47 tag.")
@click.option("--indexer", help="Indexer of a new corpus, where several are installed.")
@CORPUS_OPTION
@common_options
@pass_app
def add(
    app: App,
    paths: tuple[str, ...],
    work_id: str | None,
    title: str | None,
    indexer: str | None,
    at: str | None,
    **about: Any,
) -> None:
    """Add works from text files, folders (*.txt, *.md) and JSON Lines files; all or none.

    A JSON Lines row holds "text" and "id", and what else is known: title, source, licence, owner, language. A
    work whose id is there already is replaced.
    """
    from aigc_sdk.cli.corpus_files import read_works
    from aigc_sdk.corpus import Corpus

    single = {"id": work_id, "title": title}
    path = _path(app, at)
    name, made = _indexer(app, indexer or _made_by(path))
    works = read_works([Path(p) for p in paths], {k: v for k, v in about.items() if v}, single)
    with app.progress() as progress, Corpus.create(path, indexer=name) as target:
        if target.indexer != name:
            raise CorpusError(f"{path} was made by the indexer {target.indexer}, not by {name}.")

        def indexed() -> Iterator[Any]:
            for done, (work, text) in enumerate(works, 1):
                yield work, made.index(text)
                progress("index", done, None)

        count = target.add(indexed())
        total = len(target)
    if app.json:
        app.emit({"corpus": str(path), "added": count, "works": total})
    else:
        app.remark(f"Added {count} work(s); {path} holds {total}.")


@corpus.command("list", epilog="\b\nExample:\n  aigc corpus list --json")
@CORPUS_OPTION
@common_options
@pass_app
def list_works(app: App, at: str | None) -> None:
    """List the works."""
    from aigc_sdk.corpus import Corpus

    path = _path(app, at)
    works = []
    if path.exists() or at is not None:
        with Corpus(path) as found:
            works = found.works()
    if app.json:
        app.emit({"corpus": str(path), "works": [work.as_dict() for work in works]})
        return
    for work in works:
        parts = (work.id, work.title, f"{work.tokens} tokens", work.owner, work.licence, work.source)
        click.echo(printable("  ".join(part for part in parts if part)))
    if not works:
        app.remark(f"No works in {path}. Add some with `aigc corpus add`.")


@corpus.command(epilog="\b\nExample:\n  aigc corpus remove novel")
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@CORPUS_OPTION
@common_options
@pass_app
def remove(app: App, ids: tuple[str, ...], at: str | None) -> None:
    """Remove works; exits with 5 where one is not there (the others are removed)."""
    from aigc_sdk.corpus import Corpus

    path = _path(app, at)
    if not path.exists():
        raise NotFoundError(f"There is no corpus at {path}.", hint="Make one with `aigc corpus add`.")
    with Corpus(path) as found:
        gone = found.remove(ids)
    absent = [one for one in ids if one not in gone]
    if app.json:
        app.emit({"corpus": str(path), "removed": gone, "absent": absent})
    for one in gone:
        app.remark(f"Removed {one}.")
    for one in absent:
        app.remark(f"Not there: {one}")
    if absent:
        click.get_current_context().exit(ExitCode.MISSING)


@corpus.command(
    epilog="\b\nExamples:\n  aigc corpus query 'some text'\n  aigc corpus query - --json < draft.txt"
)
@click.argument("text", required=False)
@click.option("--file", type=click.Path(), help="Read the text from a file.")
@CORPUS_OPTION
@common_options
@pass_app
def query(app: App, text: str | None, file: str | None, at: str | None) -> None:
    """Show which works a text repeats, and where; exits with 4 where there is one."""
    from aigc_sdk.content import Text

    given = Text(one_text(text, file))
    with _opened(app, at) as (found, indexer):
        answer = found.query(indexer.index(given))
    if app.json:
        app.emit({"complete": answer.complete, "matches": [match.as_dict() for match in answer.matches]})
    else:
        for match in answer.matches:
            _show(match)
        if not answer.matches:
            app.remark("Nothing in the corpus is repeated.")
        if not answer.complete:
            app.remark("The text meets too many places of the corpus; not all were followed up.")
    if answer.matches or not answer.complete:
        click.get_current_context().exit(ExitCode.REVIEW)


def _show(match: Match) -> None:
    work = match.work
    about = ", ".join(part for part in (work.source, work.owner, work.licence) if part)
    click.echo(printable(f"{work.name} [{work.id}]{' ' + about if about else ''}"))
    click.echo(f"  similarity {match.similarity:.2f}, {match.containment:.0%} of the work")
    for run in match.runs:
        place = f"{run.start}-{run.end} = work {run.work_start}-{run.work_end}"
        click.echo(f"  {run.tokens} tokens: {place}")


@corpus.command(epilog="\b\nExample:\n  aigc corpus screen train.jsonl --out clean.jsonl")
@click.argument("train", metavar="TRAIN.jsonl", type=click.Path())
@click.option("--out", type=click.Path(), help="Write the rows that repeat nothing here.")
@click.option("--field", "fields", multiple=True, help="Look at these fields only (all texts in a row).")
@CORPUS_OPTION
@common_options
@pass_app
def screen(app: App, train: str, out: str | None, fields: tuple[str, ...], at: str | None) -> None:
    """Find rows of training data that repeat a work.

    With --out, the clean rows are written, byte by byte as they are, and the exit code is 0; without, it is 4
    where a row repeats a work.
    """
    from aigc_sdk.cli.corpus_files import screen_rows

    with _opened(app, at) as (found, indexer), app.progress() as progress:
        judge: Judge = lambda text: found.query(indexer.index(text))  # noqa: E731 - a closure with a type
        report = screen_rows(Path(train), Path(out) if out is not None else None, fields, judge, progress)
    if app.json:
        app.emit(report)
    else:
        for row in report["repeats"]:
            names = ", ".join(f"{m['work']} ({m['tokens']} tokens)" for m in row["matches"])
            click.echo(printable(f"line {row['line']}: {names or 'too many places to follow up'}"))
        app.remark(f"{report['rows']} rows, {len(report['repeats'])} of them repeat a work.")
    if report["repeats"] and out is None:
        click.get_current_context().exit(ExitCode.REVIEW)
