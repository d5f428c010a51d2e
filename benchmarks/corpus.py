"""The similarity corpus: are planted copies found, is anything else, how large is it and how fast?

    python benchmarks/corpus.py [--works 10000] [--copies 1000]

Works: poems of lm_chinese_poetry and speeches of lm_tinyshakespeare under ``$AIGC_DATA/text``. Copies of 20 to 50
tokens are planted in news (en_news_agnews, zh_news_thucnews) as they are, disguised (case, width, punctuation,
spacing), with look-alike letters, digits for letters and zero-width marks in every place (Chinese: traditional forms),
and with one or two tokens changed. False matches are counted on the same news without copies.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from aigc_sdk.content import Text
from aigc_sdk.corpus import Corpus, Work
from aigc_text.corpus.indexer import CHARACTERS, FoldedTextIndexer

INDEXER = FoldedTextIndexer()
PLANTED = ("as it is", "disguised", "letters disguised", "1 token changed", "2 tokens changed")


def poems(root: Path) -> Iterator[str]:
    with gzip.open(root / "lm_chinese_poetry/ci_song_all.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield "".join(json.loads(line)["paragraphs"])


def speeches(root: Path) -> Iterator[str]:
    with gzip.open(root / "lm_tinyshakespeare/input.txt.gz", "rt", encoding="utf-8") as stream:
        for speech in stream.read().split("\n\n"):
            yield speech.partition("\n")[2]


def news(root: Path, language: str) -> list[str]:
    name = "en_news_agnews/test.tsv.gz" if language == "en" else "zh_news_thucnews/test.txt.gz"
    with gzip.open(root / name, "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    return [max(row, key=len) for row in rows]


def chosen(texts: Iterator[str], least: int, count: int, rng: random.Random) -> list[str]:
    """Distinct texts of at least that many tokens."""
    long = sorted({t for t in texts if len(INDEXER.index(Text(t))) >= least})
    return rng.sample(long, min(count, len(long)))


def cut(text: str, length: int, rng: random.Random) -> list[str]:
    """That many tokens in a row of the text, each with what follows it."""
    stream = INDEXER.index(Text(text))
    first = rng.randrange(len(stream) - length + 1)
    places = [*stream.starts[first : first + length].tolist(), int(stream.ends[first + length - 1])]
    return [text[a:b] for a, b in itertools.pairwise(places)]


def altered(pieces: list[str], how: str, chinese: bool, rng: random.Random) -> str:
    pieces = list(pieces)
    if how == "disguised":
        wide = {c: c + 0xFEE0 for c in range(0x21, 0x7F)}
        spaces = (" ", "，", "\u200b", "") if chinese else (" ", ", ", "... ", "\n")
        return "".join(
            (p.upper() if rng.random() < 0.5 else p.translate(wide)).strip() + rng.choice(spaces)
            for p in pieces
        )
    if how == "letters disguised":
        table = look_alikes(chinese)
        changed = ("".join(rng.choice(table[c]) if c in table else c for c in p) for p in pieces)
        return "".join(p + rng.choice(("", "\u200b")) for p in changed)
    for place in rng.sample(range(len(pieces)), int(how[0]) if how[0].isdigit() else 0):
        pieces[place] = "某" if chinese else "something "
    return "".join(pieces)


@lru_cache
def look_alikes(chinese: bool) -> dict[str, str]:
    """Others' tables: OpenCC's traditional forms, and Unicode's intentional confusables with digits for letters."""
    if chinese:
        from importlib import resources

        forms = (
            resources.files("opencc").joinpath("dictionary", "STCharacters.txt").read_text(encoding="utf-8")
        )
        rows = (line.split("\t") for line in forms.splitlines())
        return {s: first for s, t in rows if len(first := t.split(" ")[0]) == 1 and first != s}
    table = {"o": "0", "e": "3", "a": "4", "s": "5", "i": "1", "t": "7"}
    path = Path(os.environ["AIGC_DATA"]) / "text/en_lexicons/unicode_intentional_confusables.txt"
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        pair = re.match(r"([0-9A-F]{4,6}) ;\s*([0-9A-F]{4,6})", line)
        if pair:
            plain, other = (chr(int(p, 16)) for p in pair.groups())
            if plain.isascii() and plain.isalpha():
                table[plain] = table.get(plain, "") + other
    return table


def timed(run: Callable[[str], object], texts: list[str]) -> list[float]:
    times = []
    for text in texts:
        start = time.perf_counter()
        run(text)
        times.append(1e3 * (time.perf_counter() - start))
    return times


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--works", type=int, default=10_000)
    parser.add_argument("--copies", type=int, default=1000)
    options = parser.parse_args(argv)
    data = os.environ.get("AIGC_DATA")
    if not data:
        print("Set AIGC_DATA to the folder of data sets.", file=sys.stderr)
        return 2
    root = Path(data) / "text"
    rng = random.Random(7)
    english = chosen(speeches(root), 20, options.works // 3, rng)
    chinese = chosen(poems(root), 50, options.works - len(english), rng)
    plain = {"en": news(root, "en"), "zh": news(root, "zh")}
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder) / "works.corpus", {"en": english, "zh": chinese}, plain, options.copies, rng)
    return 0


def measure(
    path: Path, works: dict[str, list[str]], plain: dict[str, list[str]], copies: int, rng: random.Random
) -> None:
    corpus = Corpus.create(path, indexer="text/folded-ngrams")
    start = time.perf_counter()
    corpus.add(
        (Work(f"{language}-{i}", language=language), INDEXER.index(Text(text)))
        for language, texts in works.items()
        for i, text in enumerate(texts)
    )
    added = time.perf_counter() - start
    corpus.close()
    start = time.perf_counter()
    corpus = Corpus(path)
    opened = time.perf_counter() - start
    tokens = sum(work.tokens for work in corpus.works())
    size, source = path.stat().st_size, sum(len(t.encode()) for texts in works.values() for t in texts)

    def ask(text: str) -> list[str]:
        return [m.work.id for m in corpus.query(INDEXER.index(Text(text))).matches]

    print(
        f"{len(corpus)} works ({len(works['en'])} English, {len(works['zh'])} Chinese), {tokens:,} tokens\n"
    )
    print("| what | measured |\n| --- | ---: |")
    print(
        f"| index | {size / 1e6:.1f} MB, {size / tokens:.1f} B a token; the works are {source / 1e6:.1f} MB |"
    )
    print(f"| adding | {added:.1f} s, {len(corpus) / added:.0f} works/s |")
    print(f"| opening, everything verified | {opened:.2f} s |")
    for language, texts in plain.items():
        times = timed(ask, rng.sample(texts, min(2000, len(texts))))
        length = statistics.mean(map(len, texts))
        tail = sorted(times)[int(0.99 * len(times))]
        print(
            f"| query, news ({language}, {length:.0f} characters) | {statistics.median(times):.2f} ms median, "
            f"{tail:.2f} ms p99, {1e3 / statistics.mean(times):.0f}/s |"
        )
    for language, texts in plain.items():
        hits = sum(bool(ask(text)) for text in texts)
        print(f"| false matches, news ({language}) | {hits} of {len(texts)} |")
    print("\n| planted copies of 20 to 50 tokens | en found | zh found |\n| --- | ---: | ---: |")
    for how in PLANTED:
        cells = []
        for language, texts in works.items():
            found = asked = 0
            for _ in range(copies):
                number = rng.randrange(len(texts))
                text = texts[number]
                total = len(INDEXER.index(Text(text)))
                length = rng.randint(min(CHARACTERS, total), min(50, total))
                copy = altered(cut(text, length, rng), how, language == "zh", rng)
                around = rng.choice(plain[language])
                middle = around.find(" ", len(around) // 2)
                planted = f"{around[:middle]} {copy} {around[middle:]}"
                asked += 1
                found += f"{language}-{number}" in ask(planted)
            cells.append(f"{found} of {asked}")
        print(f"| {how} | {' | '.join(cells)} |")
    corpus.close()


if __name__ == "__main__":
    sys.exit(main())
