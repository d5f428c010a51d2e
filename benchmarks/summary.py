"""Summaries in one sentence: ours against lead-1, TextRank and LexRank, by ROUGE, in English and Chinese.

    aigc models pull multilingual-e5-small      # for the row with meanings
    pip install sumy                            # for the peer's rows (English)
    python benchmarks/summary.py [--rows 200] [--words-only] [--set csl]
    python benchmarks/summary.py --fit          # the weights, anew, from SciTLDR train

SciTLDR dev, abstracts: F1 against the reference that fits best, as its paper reports it. CSL dev: abstract to title, F1 by characters.
All systems choose from the same sentences (our splitter). The oracle takes the sentence with the best mean of ROUGE-1 and -L. No stemming.
The weights were fitted on SciTLDR train alone; nothing was fitted on Chinese.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from aigc_sdk.context import CallContext
from aigc_sdk.errors import ModelNotFoundError
from aigc_sdk.studio import Studio
from aigc_text.evaluators.rouge import rouge_l, rouge_n, tokenize
from aigc_text.generators.summary.document import Document
from aigc_text.generators.summary.extractive import Source, summarise
from aigc_text.generators.summary.options import SummaryOptions
from aigc_text.generators.summary.ranking import FEATURES, rank, textrank

Example = tuple[str, list[str]]
Floats = npt.NDArray[np.float64]
System = Callable[[str, Document], str]


def scitldr(root: Path, split: str) -> Iterator[Example]:
    with gzip.open(root / f"summ_scitldr/{split}.jsonl.gz", "rt", encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            yield " ".join(row["source"]), row["target"]


def csl(root: Path) -> Iterator[Example]:
    with gzip.open(root / "summ_zh_csl/ts_dev.tsv.gz", "rt", encoding="utf-8") as stream:
        for line in stream:
            _, abstract, title = line.rstrip("\n").split("\t")
            yield abstract, [title]


def measured(text: str, references: Sequence[Sequence[str]]) -> Floats:
    """ROUGE-1, -2 and -L, each against its best reference: float64 [3]."""
    words = tokenize(text)
    rows = [[rouge_n(r, words, 1).f1, rouge_n(r, words, 2).f1, rouge_l(r, words).f1] for r in references]
    return np.max(np.asarray(rows), axis=0)


def best(document: Document, scores: Floats) -> str:
    return document.sentence(int(np.argmax(scores)))


def lead(text: str, document: Document) -> str:
    return document.sentence(0)


def plain_textrank(text: str, document: Document) -> str:
    """Mihalcea and Tarau 2004: shared words over the logarithms of the lengths."""
    bags = [set(bag.tolist()) for bag in document.bags]
    edges = np.zeros((len(bags), len(bags)))
    for i, one in enumerate(bags):
        for j, other in enumerate(bags):
            size = np.log(max(2, len(document.bags[i]))) + np.log(max(2, len(document.bags[j])))
            edges[i, j] = len(one & other) / size if i != j else 0.0
    return best(document, textrank(edges))


def tfidf_textrank(text: str, document: Document) -> str:
    rows = document.vectors(np.arange(len(document)))
    return best(document, textrank(rows @ rows.T))


def sumy(name: str) -> System | None:
    """A summariser of the package sumy on our sentences, or None where it is not installed."""
    try:
        from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
        from sumy.summarizers.lex_rank import LexRankSummarizer
        from sumy.summarizers.text_rank import TextRankSummarizer
    except ImportError:
        return None
    made: Any = {"TextRank": TextRankSummarizer, "LexRank": LexRankSummarizer}[name]()

    class Tokenizer:
        def to_words(self, sentence: str) -> list[str]:
            return tokenize(sentence)

    def system(text: str, document: Document) -> str:
        own = [Sentence(document.sentence(i), Tokenizer()) for i in range(len(document))]
        return str(made(ObjectDocumentModel([Paragraph(own)]), 1)[0])

    return system


def ours(language: str, runtime: Any, embeddings: str) -> System:
    options = SummaryOptions(sentences=1, embeddings=embeddings)

    def system(text: str, document: Document) -> str:
        return str(summarise(Source(text, language, options), runtime, CallContext()).content)

    return system


def table(name: str, examples: list[Example], systems: dict[str, System | None]) -> None:
    documents = [Document.read(text, CallContext()) for text, _ in examples]
    references = [[tokenize(target) for target in targets] for _, targets in examples]
    print(f"\n{name}, {len(examples)} texts\n")
    print("| system | ROUGE-1 | ROUGE-2 | ROUGE-L | ms a text |\n| --- | ---: | ---: | ---: | ---: |")
    for label, system in systems.items():
        if system is None:
            print(f"| {label} | left out: pip install sumy | | | |")
            continue
        start = time.perf_counter()
        made = [system(text, document) for (text, _), document in zip(examples, documents, strict=True)]
        each = (time.perf_counter() - start) / len(examples) * 1000
        scores = [measured(text, targets) for text, targets in zip(made, references, strict=True)]
        one, two, long = 100 * np.mean(scores, axis=0)
        print(f"| {label} | {one:.1f} | {two:.1f} | {long:.1f} | {each:.1f} |", flush=True)
    top = []
    for document, targets in zip(documents, references, strict=True):
        found = [measured(document.sentence(i), targets) for i in range(len(document))]
        top.append(max(found, key=lambda row: row[0] + row[2]))
    one, two, long = 100 * np.mean(top, axis=0)
    print(f"| *oracle: the best single sentence* | {one:.1f} | {two:.1f} | {long:.1f} | |", flush=True)


def fit(examples: list[Example], used: Sequence[str], steps: int = 400) -> dict[str, float]:
    """Weights that maximise the expected mean of ROUGE-1 and -L when sentences are drawn by a softmax of their scores."""
    read = [Document.read(text, CallContext()) for text, _ in examples]
    longest = max(map(len, read))
    features = np.zeros((len(read), longest, len(FEATURES)))
    worth, mask = np.zeros((len(read), longest)), np.full((len(read), longest), -1e9)
    for row, (document, (_, targets)) in enumerate(zip(read, examples, strict=True)):
        references = [tokenize(target) for target in targets]
        features[row, : len(document)] = rank(document, np.arange(len(document))).features
        worth[row, : len(document)] = [
            measured(document.sentence(i), references)[[0, 2]].mean() for i in range(len(document))
        ]
        mask[row, : len(document)] = 0.0
    features *= np.asarray([name in used for name in FEATURES], dtype=np.float64)
    weights, first, second = (np.zeros(len(FEATURES)) for _ in range(3))
    for step in range(1, steps + 1):
        logits = features @ weights + mask
        share = np.exp(logits - logits.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        gain = share * (worth - (share * worth).sum(axis=1, keepdims=True))
        slope = np.einsum("kn,knf->f", gain, features) / len(read) - 1e-4 * weights
        # Adam, with a step that shrinks.
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        change = first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
        weights += 0.3 * min(1.0, 50 / step) * change
    scale = abs(weights[FEATURES.index("centrality")])
    return {
        name: round(float(w / scale), 2) for name, w in zip(FEATURES, weights, strict=True) if name in used
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, help="so many of each set")
    parser.add_argument("--set", choices=("scitldr", "csl"), help="one set only")
    parser.add_argument("--words-only", action="store_true", help="leave the rows with meanings out")
    parser.add_argument("--fit", action="store_true", help="print weights fitted on SciTLDR train")
    arguments = parser.parse_args()
    data = os.environ.get("AIGC_DATA")
    if not data:
        sys.exit("Set AIGC_DATA to the data root (the folder that holds text/).")
    root = Path(data) / "text"
    if arguments.fit:
        examples = list(islice(scitldr(root, "train"), arguments.rows))
        print("abstract:", fit(examples, FEATURES))
        print(
            "general, but for place:",
            fit(examples, [f for f in FEATURES if f not in ("first", "last", "early")]),
        )
        return
    with Studio(device="cpu", threads=1) as studio:
        try:
            encoder = not arguments.words_only
            if encoder:
                studio.runtime.encoder("multilingual-e5-small")
        except ModelNotFoundError:
            encoder = False
            print("The row with meanings is left out: aigc models pull multilingual-e5-small")
        for name, language, examples in (
            ("SciTLDR dev", "en", list(islice(scitldr(root, "dev"), arguments.rows))),
            ("CSL dev", "zh", list(islice(csl(root), arguments.rows))),
        ):
            if arguments.set not in (None, name.split()[0].lower()):
                continue
            systems: dict[str, System | None] = {
                "lead-1": lead,
                "TextRank, words in common": plain_textrank,
                "TextRank, TF-IDF cosines": tfidf_textrank,
            }
            if language == "en":
                systems |= {f"sumy {kind}": sumy(kind) for kind in ("TextRank", "LexRank")}
            systems["text/summary, words"] = ours(language, studio.runtime, "never")
            if encoder:
                systems["text/summary, words and meanings"] = ours(language, studio.runtime, "always")
            table(name, examples, systems)


if __name__ == "__main__":
    main()
