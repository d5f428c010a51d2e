"""Poems for tests: random characters that keep a form, and folders of them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from aigc_text.generators.poem.automaton import FormConstraint, Masks
from aigc_text.generators.poem.forms import Form, forms
from aigc_text.generators.poem.planning import Wish, make_plan
from aigc_text.generators.poem.prompt import END, Vocabulary, special_tokens
from aigc_text.generators.poem.rhymes import BookName, rhyme_book


def small_vocabulary(level: int = 60, oblique: int = 9) -> Vocabulary:
    """Characters of four level rhymes and of each oblique group, and the tokens of prompts."""
    chosen = []
    for group in rhyme_book("pingshui").groups:
        if group.rhyme in ("平七阳", "平一先", "平八庚", "平十一尤"):
            chosen += group.characters[:level]
        elif group.tone != "平":
            chosen += group.characters[:oblique]
    return Vocabulary([*special_tokens(), "，", "。", *dict.fromkeys(chosen)])


def random_poem(
    wish: Wish, vocabulary: Vocabulary, rng: np.random.Generator, masks: Masks | None = None
) -> str:
    """What the automaton lets through when the model knows nothing, with marks, on one line."""
    plan = make_plan(wish, rng)
    constraint = FormConstraint(plan, masks or Masks(vocabulary, wish.book), 0)
    ids: list[int] = []
    while True:
        noise = rng.random(len(vocabulary), dtype=np.float32)
        token = int(constraint(np.array(ids, dtype=np.int64), noise).argmax())
        if vocabulary.tokens[token] == END:
            assert len(ids) == constraint.tokens
            return "".join(vocabulary.tokens[number] for number in ids)
        ids.append(token)


def wish_for(form: Form, book: BookName | None = None, **fields: object) -> Wish:
    """A wish for a poem of a form."""
    return Wish(form, rhyme_book(book or form.book), **fields)  # type: ignore[arg-type]


def write_collection(folder: Path, poems: int = 24) -> None:
    """A folder as the chinese-poetry collection has them: verse with titles, and a tune."""
    vocabulary, rng = small_vocabulary(level=24, oblique=1), np.random.default_rng(5)
    rows = []
    for name, count in (("五绝", poems), ("浣溪沙", poems // 3)):
        form = forms()[name]
        masks = Masks(vocabulary, rhyme_book(form.book))
        for _ in range(count):
            text = random_poem(wish_for(form), vocabulary, rng, masks)
            row: dict[str, object] = {"paragraphs": [part + "。" for part in text.split("。") if part]}
            rows.append(row | ({"title": text[:2]} if form.kind == "shi" else {"rhythmic": name}))
    folder.mkdir(parents=True)
    (folder / "poems.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def write_poem_bundle(folder: Path, *, lines_seen: tuple[str, ...] = ()) -> None:
    """A poem model that knows nothing: random weights over the small vocabulary."""
    from tiny_decoder import RandomWeights

    from aigc_exporters.bundle_writer import graph_info
    from aigc_exporters.decoder_graph import DecoderConfig, build_decoder_graph
    from aigc_exporters.graph_writer import save_model
    from aigc_sdk.bundles.manifest import write_manifest
    from aigc_text.generators.poem.lines_seen import LINES_FILE, LinesSeen
    from aigc_text.training.poem_tokenizer import tokenizer_json

    vocabulary = small_vocabulary()
    config = DecoderConfig(
        layers=1,
        hidden=32,
        heads=2,
        kv_heads=2,
        head_dim=16,
        ffn=32,
        vocab_size=len(vocabulary),
        max_positions=96,
    )
    folder.mkdir(parents=True)
    save_model(build_decoder_graph(config, RandomWeights(config)), folder)
    (folder / "tokenizer.json").write_text(tokenizer_json(vocabulary), encoding="utf-8")
    LinesSeen.of(lines_seen).write(folder / LINES_FILE)
    write_manifest(
        folder,
        id="poem-tiny",
        task="decoder",
        licence="CC0-1.0",
        graphs=[graph_info(folder / "model.onnx")],
        decoder=config.manifest_section(),
        tokenizer={"file": "tokenizer.json", "eos": [vocabulary.id(END)], "pad": vocabulary.id("<pad>")},
        extra={"poem": {"rhymes": {"五绝": {"<rhyme 平 平七阳>": 3, "<rhyme 平 平一先>": 1}}}},
    )
