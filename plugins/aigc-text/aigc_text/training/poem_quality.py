"""The quality report of a poem model: perplexity, and what its poems keep, with and without the automaton."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from aigc_sdk.bundles.manifest import QualityRow
from aigc_sdk.context import CallContext
from aigc_sdk.runtime.sampling import SamplingParams
from aigc_sdk.verdict import Err
from aigc_text.generators.poem.checker import check_form, verse_lines
from aigc_text.generators.poem.forms import Form, forms
from aigc_text.generators.poem.prompt import END
from aigc_text.generators.poem.rhymes import rhyme_book
from aigc_text.generators.poem.writer import Order, PoemWriter

if TYPE_CHECKING:
    from aigc_text.training.copy_loop import History
    from aigc_text.training.poem_data import Poem


@dataclass
class Written:
    """Poems of one form and what was counted in them.

    Attributes:
        form: The form.
        texts: Poems.
        kept: How many keep the form.
        failed: Requests that gave no poem.
    """

    form: Form
    texts: list[str] = field(default_factory=list)
    kept: int = 0
    failed: int = 0

    def add(self, text: str) -> None:
        """Count a poem."""
        self.texts.append(text)
        self.kept += check_form(text, self.form, rhyme_book(self.form.book)).kept


def written_freely(writer: PoemWriter, themes: Sequence[str], *, seed: int) -> list[Written]:
    """Poems of every form without the automaton: the model alone, one draw a theme."""
    tables = [Written(form) for form in forms().values()]
    params = SamplingParams(max_new_tokens=80, temperature=0.8, top_p=0.92)
    for table in tables:
        orders = _orders(table.form, themes, draws=1)
        rows = writer.engine.generate(
            [writer.prompt(order, None) for order in orders],
            params,
            ctx=CallContext(seed=seed),
            request_ids=[f"free/{order.id}" for order in orders],
        )
        for row in rows:
            if isinstance(row, Err):
                table.failed += 1
            else:
                table.add("".join(t for t in map(writer.vocabulary.tokens.__getitem__, row.ids) if t != END))
    return tables


def written_in_form(writer: PoemWriter, themes: Sequence[str], *, seed: int, draws: int = 8) -> list[Written]:
    """Poems of every form as serving writes them, one a theme."""
    tables = [Written(form) for form in forms().values()]
    for table in tables:
        orders = _orders(table.form, themes, draws=draws)
        for row in writer.write(orders, ctx=CallContext(seed=seed)):
            if isinstance(row, Err):
                table.failed += 1
            else:
                table.add(row[0].text)
    return tables


def _orders(form: Form, themes: Sequence[str], *, draws: int) -> list[Order]:
    return [
        Order(f"{form.name}/{index}", form, form.book, theme=theme, draws=draws)
        for index, theme in enumerate(themes)
    ]


def verbatim_share(writer: PoemWriter, texts: Sequence[str]) -> float:
    """Share of the lines of five or more characters that stand in a training poem word for word."""
    lines = [line for text in texts for line in verse_lines(text) if len(line) >= 5]
    return writer.seen.count(lines) / max(1, len(lines))


def distinct_pairs(texts: Sequence[str]) -> float:
    """Distinct-2: different pairs of neighbouring characters by all pairs, within lines (arXiv:1510.03055)."""
    pairs = [pair for text in texts for line in verse_lines(text) for pair in pairwise(line)]
    return len(set(pairs)) / max(1, len(pairs))


def quality_rows(
    folder: Path, history: History, held_out: Sequence[Poem], count: int, seed: int
) -> list[QualityRow]:
    """Figures of a finished bundle, on themes of held-out poems."""
    from aigc_sdk.runtime.runtime import Runtime

    themes = list(_themes(held_out, count))
    with Runtime() as runtime:
        bundle = runtime.bundle(folder)
        writer = PoemWriter(bundle, runtime.decoder(bundle))
        free = written_freely(writer, themes, seed=seed)
        kept = written_in_form(writer, themes, seed=seed)
    texts = [text for table in kept for text in table.texts]
    asked = len(forms()) * len(themes)
    where = f"{len(themes)} themes of held-out poems in each of {len(forms())} forms"
    loss = history.validation_loss[history.best_epoch]
    return [
        QualityRow(
            metric="perplexity a token",
            dataset=f"{len(held_out)} held-out poems",
            value=round(math.exp(loss), 2),
            notes="characters, marks and end; theme and mostly rhyme are in the prompt",
        ),
        QualityRow(
            metric="forms kept",
            dataset=where,
            value=sum(table.kept for table in kept) / asked,
            notes="by the checker, which shares no code with the automaton; requests without a poem count as broken",
        ),
        QualityRow(
            metric="forms kept without the automaton",
            dataset=where,
            value=round(sum(table.kept for table in free) / asked, 4),
            notes="the model alone, one draw",
        ),
        QualityRow(
            metric="verbatim lines",
            dataset=where,
            value=round(verbatim_share(writer, texts), 4),
            notes="lines of five or more characters that stand in a training poem",
        ),
        QualityRow(metric="distinct-2", dataset=where, value=round(distinct_pairs(texts), 4)),
    ]


def _themes(poems: Sequence[Poem], count: int) -> Iterator[str]:
    found = 0
    for poem in poems:
        theme = poem.title[:4] or poem.lines[0][:2]
        if theme and found < count:
            found += 1
            yield theme
