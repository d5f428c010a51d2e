"""Poems: forms kept, distinctness, lines taken over from the training poems, perplexity, speed.

Every form is written on the same themes, as serving does it, and checked by the checker, which shares no code with the
automaton that the decoder is held by; beside it the model alone, without the automaton. Perplexity is over poems that
the model was not trained on: by default those that its trainer held out of the same folder (same options and seed).

Usage: python benchmarks/poem.py --bundle ID_OR_FOLDER [--themes 20] [--data FOLDER] [--seed 0]
       (--data: the folder it was trained on, for the held-out perplexity)
"""

from __future__ import annotations

import argparse
import math
import time
from pathlib import Path

from aigc_sdk.context import CallContext
from aigc_sdk.runtime.likelihood import Likelihood
from aigc_sdk.runtime.runtime import Runtime
from aigc_text.generators.poem.prompt import END, prompt_tokens
from aigc_text.generators.poem.writer import PoemWriter
from aigc_text.training.poem_quality import distinct_pairs, verbatim_share, written_freely, written_in_form

THEMES = (
    "春江月夜", "秋思", "送别", "故人", "登高", "山居", "梅花", "边塞", "思乡", "渔父", "雨夜", "雪", "柳", "中秋", "怀古", "江上",
    "寺", "酒", "荷", "离愁", "晓行", "闻笛", "松", "菊", "燕子", "春晓", "寒食", "重阳", "舟中", "竹",
)  # fmt: skip


def held_out_perplexity(writer: PoemWriter, data: Path, seed: int) -> tuple[float, int]:
    """Perplexity a token (characters, marks, end) of held-out poems after their form, with no theme and rhyme given."""
    from aigc_text.training.poem_options import PoemTrainingOptions
    from aigc_text.training.poem_train import PreparedPoems

    poems = PreparedPoems(data, PoemTrainingOptions(), seed).held_out
    vocabulary, total, tokens = writer.vocabulary, 0.0, 0
    rows = []
    for poem in poems:
        if all(character in vocabulary for character in poem.text):
            prompt = vocabulary.ids(prompt_tokens(poem.form, None, ""))
            rows.append((prompt, prompt + vocabulary.ids([*poem.text, END])))
    # A likelihood covers the prompt, too: what the prompt alone costs is taken off.
    for start in range(0, len(rows), 32):
        part = rows[start : start + 32]
        whole = writer.engine.likelihoods([row for _, row in part])
        prompts = writer.engine.likelihoods([prompt for prompt, _ in part])
        for one, other in zip(whole, prompts, strict=True):
            if isinstance(one, Likelihood) and isinstance(other, Likelihood):
                total += one.nll * one.tokens - other.nll * other.tokens
                tokens += one.tokens - other.tokens
    return math.exp(total / max(1, tokens)), len(rows)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bundle", default="poem-zh")
    parser.add_argument("--themes", type=int, default=20)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    themes = THEMES[: arguments.themes]
    from aigc_sdk.bundles.store import BundleStore
    from aigc_sdk.discovery import Registry

    with Runtime(resolver=BundleStore(registry=Registry.discover()).resolve) as runtime:
        bundle = runtime.bundle(arguments.bundle)
        writer = PoemWriter(bundle, runtime.decoder(bundle))
        writer.write([], ctx=CallContext())
        started = time.perf_counter()
        kept = written_in_form(writer, themes, seed=arguments.seed)
        seconds = time.perf_counter() - started
        free = written_freely(writer, themes, seed=arguments.seed)
        print(f"{bundle.id} {bundle.digest[:12]}, {len(themes)} themes a form, 8 draws a poem\n")
        print(
            "| form | poems | form kept | model alone | verbatim lines | distinct-2 |\n| --- | ---: | ---: | ---: | ---: | ---: |"
        )
        for table, alone in zip(kept, free, strict=True):
            asked = len(table.texts) + table.failed
            print(
                f"| {table.form.name} | {asked} | {table.kept / asked:.1%} | {alone.kept / asked:.1%} | "
                f"{verbatim_share(writer, table.texts):.2%} | {distinct_pairs(table.texts):.3f} |"
            )
        texts = [text for table in kept for text in table.texts]
        asked = sum(len(table.texts) + table.failed for table in kept)
        print(
            f"| all | {asked} | {sum(t.kept for t in kept) / asked:.1%} | {sum(t.kept for t in free) / asked:.1%} | "
            f"{verbatim_share(writer, texts):.2%} | {distinct_pairs(texts):.3f} |"
        )
        print(
            f"\nDifferent poems: {len(set(texts))} of {len(texts)}. {seconds / asked * 1000:.0f} ms a poem of 8 draws."
        )
        if arguments.data:
            perplexity, count = held_out_perplexity(writer, arguments.data, arguments.seed)
            print(f"\nPerplexity a token, {count} held-out poems, form alone in the prompt: {perplexity:.1f}")


if __name__ == "__main__":
    main()
