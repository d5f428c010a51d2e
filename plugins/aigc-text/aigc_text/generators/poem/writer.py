"""Draws poems from the model under the automaton, checks each with the independent checker, ranks them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aigc_sdk.errors import BadInputError, ComponentError
from aigc_sdk.runtime.sampling import SamplingParams
from aigc_sdk.verdict import Err
from aigc_text.generators.poem.automaton import FormConstraint, Masks, Plan
from aigc_text.generators.poem.checker import check_form
from aigc_text.generators.poem.forms import Form
from aigc_text.generators.poem.lines_seen import LINES_FILE, LinesSeen
from aigc_text.generators.poem.planning import Wish, make_plan
from aigc_text.generators.poem.prompt import (
    PROMPT_LENGTH,
    Vocabulary,
    chain_tone,
    prompt_tokens,
    rhyme_token,
)
from aigc_text.generators.poem.rhymes import BookName, RhymeBook, rhyme_book

if TYPE_CHECKING:
    from aigc_sdk.bundles import Bundle
    from aigc_sdk.context import CallContext
    from aigc_sdk.runtime.decode import DecoderEngine

_THEME_BONUS = 0.25
"""Nats a token that a poem with all characters of the theme in it is put before one with none."""


@dataclass(frozen=True)
class Poem:
    """A finished poem.

    Attributes:
        text: Its lines with marks; couplets or stanzas on lines of their own.
        scheme: Which way to fill the form it took.
        rhyme: The rhyme class it was drawn for, if one was settled.
        logprob: Sum of the natural-log probabilities of its tokens under the model alone.
        tokens: Tokens, the end included.
        seen: Lines of five or more characters that stand in a training poem word for word.
        theme_share: Share of the theme's characters that stand in it; 1 without a theme.
    """

    text: str
    scheme: str
    rhyme: str | None
    logprob: float
    tokens: int
    seen: int
    theme_share: float

    @property
    def rank(self) -> tuple[int, float, str]:
        """Sorts best first: no borrowed line, likely, on the theme."""
        return (self.seen, -(self.logprob / self.tokens) - _THEME_BONUS * self.theme_share, self.text)


@dataclass(frozen=True)
class Order:
    """One request for poems.

    Attributes:
        id: Names it; with the seed it fixes the draws.
        form: The form.
        book: Name of the rhyme book.
        theme: Characters to write about.
        keywords: Words that must stand in the poem.
        acrostic: First characters of the lines.
        rhyme: Rhyme class asked for.
        wanted: Poems to return at most.
        draws: Poems to draw.
        temperature: Of the draws.
        top_p: Of the draws.
    """

    id: str
    form: Form
    book: BookName
    theme: str = ""
    keywords: tuple[str, ...] = ()
    acrostic: str = ""
    rhyme: str | None = None
    wanted: int = 1
    draws: int = 8
    temperature: float = 0.8
    top_p: float = 0.92


class PoemWriter:
    """Writes poems with one bundle.

    Args:
        bundle: A bundle of ``aigc train text/poem``.
        engine: Its decoder.

    Raises:
        BundleError: It is no poem model.
    """

    def __init__(self, bundle: Bundle, engine: DecoderEngine) -> None:
        info = bundle.manifest.tokenizer
        self.engine = engine
        self.vocabulary = Vocabulary.from_tokenizer(bundle.path(info.file if info else "tokenizer.json"))
        self.seen = LinesSeen.read(bundle.path(LINES_FILE))
        section = bundle.manifest.extra.get("poem")
        weights = section.get("rhymes") if isinstance(section, dict) else None
        self._weights = weights if isinstance(weights, dict) else {}
        self._masks: dict[BookName, Masks] = {}

    def masks(self, book: BookName) -> Masks:
        """Masks of a book, made on first use."""
        if book not in self._masks:
            self._masks[book] = Masks(self.vocabulary, rhyme_book(book))
        return self._masks[book]

    def write(self, orders: Sequence[Order], *, ctx: CallContext) -> list[list[Poem] | Err]:
        """Poems for each order, best first, or `Err`.

        Errors are `BadInputError` (words that the vocabulary lacks or that fit nowhere, an unknown rhyme), and
        `ComponentError` where no draw came to its end.
        """
        results: list[list[Poem] | Err] = [[] for _ in orders]
        jobs: list[tuple[int, Plan, list[int], SamplingParams, str]] = []
        for index, order in enumerate(orders):
            try:
                ctx.check()
                jobs += [(index, *job) for job in self._jobs(order, ctx)]
            except BadInputError as error:
                results[index] = Err(error)
        decoded = self.engine.generate(
            [job[2] for job in jobs],
            [job[3] for job in jobs],
            ctx=ctx,
            request_ids=[job[4] for job in jobs],
        )
        failures: dict[int, Exception] = {}
        for (index, plan, *_), row in zip(jobs, decoded, strict=True):
            found = results[index]
            if isinstance(row, Err):
                failures[index] = row.error
            elif row.finish_reason == "stop" and isinstance(found, list):
                poem = self._finished(orders[index], plan, row.ids, row.logprob)
                if poem is not None and all(poem.text != other.text for other in found):
                    found.append(poem)
        for index, (order, found) in enumerate(zip(orders, results, strict=True)):
            if isinstance(found, list):
                if found:
                    results[index] = sorted(found, key=lambda poem: poem.rank)[: order.wanted]
                else:
                    ctx.check()
                    results[index] = Err(failures.get(index) or ComponentError("No draw kept the form."))
        return results

    def _jobs(self, order: Order, ctx: CallContext) -> list[tuple[Plan, list[int], SamplingParams, str]]:
        wish = self._wish(order)
        tone = chain_tone(order.form)
        jobs = []
        for number in range(order.draws):
            plan = make_plan(wish, ctx.rng(order.id, "plan", number))
            token = None
            if plan.rhyme is not None and tone is not None:
                token = rhyme_token(tone, plan.rhyme)
            constraint = FormConstraint(plan, self.masks(order.book), PROMPT_LENGTH)
            params = SamplingParams(
                max_new_tokens=constraint.tokens + 1,
                temperature=order.temperature,
                top_p=order.top_p,
                logits_processors=(constraint,),
            )
            jobs.append((plan, self.prompt(order, token), params, f"{order.id}/{number}"))
        return jobs

    def prompt(self, order: Order, rhyme: str | None) -> list[int]:
        """Ids of an order's prompt; characters and rhymes that the model does not know are left out."""
        theme = [c for c in dict.fromkeys(order.theme) if c in self.vocabulary]
        known = rhyme if rhyme is not None and rhyme in self.vocabulary else None
        return self.vocabulary.ids(prompt_tokens(order.form, known, theme))

    def _wish(self, order: Order) -> Wish:
        book = rhyme_book(order.book)
        for character in (*order.acrostic, *"".join(order.keywords)):
            if character not in self.vocabulary:
                raise BadInputError(
                    f"The model does not know the character {character}.", hint="Use simplified Chinese."
                )
        return Wish(
            order.form,
            book,
            order.acrostic,
            order.keywords,
            None if order.rhyme is None else self._rhyme(order, book),
            self._usual_rhymes(order),
        )

    def _rhyme(self, order: Order, book: RhymeBook) -> str:
        """The book's class that the order's rhyme names."""
        tone = chain_tone(order.form)
        if tone is None:
            raise BadInputError(f"{order.form.name} has more than one rhyme: none can be asked for.")
        classes = book.classes(tone)
        # 平水韵 numbers its groups within each tone; the tone may be left out.
        for rhyme in classes:
            if order.rhyme in (rhyme, rhyme.removeprefix(tone)):
                return rhyme
        listing = "、".join(rhyme.removeprefix(tone) for rhyme in classes)
        raise BadInputError(
            f"The book has no rhyme {order.rhyme!r} in this tone.", hint=f"It has: {listing}."
        )

    def _usual_rhymes(self, order: Order) -> dict[str, float]:
        """How often the training poems of a form take each class; only where they keep the same book."""
        tone = chain_tone(order.form)
        counts = self._weights.get(order.form.name)
        if tone is None or order.book != order.form.book or not isinstance(counts, dict):
            return {}
        masks = self.masks(order.book)
        roomy = masks.classes(tone, 24)
        return {
            rhyme: float(counts.get(rhyme_token(tone, rhyme), 0.0))
            for rhyme in sorted(roomy)
            if counts.get(rhyme_token(tone, rhyme), 0)
        }

    def _finished(self, order: Order, plan: Plan, ids: Sequence[int], logprob: float) -> Poem | None:
        lines = [""]
        for number in ids:
            character = self.vocabulary.tokens[number]
            if character in "，。":
                lines.append("")
            else:
                lines[-1] += character
        text = plan.scheme.layout(lines[:-1])
        if not check_form(text, order.form, rhyme_book(order.book)).kept:
            return None
        theme = set(order.theme)
        share = len(theme & set(text)) / len(theme) if theme else 1.0
        seen = self.seen.count(lines[:-1])
        return Poem(text, plan.scheme.name, plan.rhyme, logprob, len(ids) + 1, seen, share)
