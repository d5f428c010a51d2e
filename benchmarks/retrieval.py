"""Knowledge: is the paragraph that answers found, quoted, and told from paragraphs that don't answer?

    aigc models pull multilingual-e5-small
    AIGC_DATA=… python benchmarks/retrieval.py [--part dev|trial] [--by-words] [--keep FOLDER] [--questions N]

CMRC 2018 (Cui et al., EMNLP 2019; Wikipedia, Chinese): every paragraph of a part is a text file of one folder, which is indexed as
``aigc knowledge index`` does it. A question's paragraph counts as found where a passage of it is among the first three distinct
paragraphs. *Answered* and *answered wrongly* are the same questions against the index with and without their paragraph. The weights, the
evidence model and its threshold were chosen on the trial part; report dev. The English handbook (``sets/knowledge_en.json``) was written
for this SDK; its unanswerable questions are near misses. No English set of questions with a free licence was at hand.

``--keep`` keeps the index (encoding dev takes minutes), so that a second run needs only the questions' vectors.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from aigc_sdk.errors import ModelNotFoundError
from aigc_sdk.studio import Studio
from aigc_text.knowledge.encoder import Encoder, open_encoder
from aigc_text.knowledge.extract import quotes
from aigc_text.knowledge.search import Passage, Searcher
from aigc_text.knowledge.store import open_index
from aigc_text.knowledge.update import update_index

DEEP = 20
"""Passages looked at: enough for three paragraphs, and for one when a question's own are taken away."""
QUOTED = 300
"""Questions whose sentences are looked at: each has some twenty, which are encoded."""
THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True)
class Asked:
    """A question, the file that answers it, and the words of its answers."""

    question: str
    file: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Set:
    """Documents by name, and questions about them."""

    documents: dict[str, str]
    asked: list[Asked]
    strange: list[str]


def cmrc(part: str) -> Set:
    data = os.environ.get("AIGC_DATA")
    if not data:
        sys.exit("Set AIGC_DATA to the data root (the folder that holds text/).")
    path = Path(data) / f"text/qa_zh_cmrc2018/cmrc2018_{part}.json.gz"
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        paragraphs = [p for article in json.load(stream)["data"] for p in article["paragraphs"]]
    documents = {f"{n:04d}.txt": paragraph["context"] for n, paragraph in enumerate(paragraphs)}
    asked = [
        Asked(row["question"], f"{n:04d}.txt", tuple(answer["text"] for answer in row["answers"]))
        for n, paragraph in enumerate(paragraphs)
        for row in paragraph["qas"]
    ]
    return Set(documents, asked, [])


def handbook() -> Set:
    rows = json.loads((Path(__file__).parent / "sets/knowledge_en.json").read_text(encoding="utf-8"))
    return Set(
        rows["documents"],
        [Asked(q, file, (words,)) for q, file, words in rows["questions"]],
        rows["unanswerable"],
    )


def indexed(given: Set, place: Path, encoder: Encoder | None) -> Path:
    for name, text in given.documents.items():
        path = place / "documents" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_text(text, encoding="utf-8")
    report = update_index(place / "documents", place / "index", encoder=encoder)
    if report.problems:
        sys.exit(f"{len(report.problems)} documents could not be read.")
    return place / "index"


def distinct(passages: list[Passage]) -> list[str]:
    return list(dict.fromkeys(passage.source.file for passage in passages))


class ByMeaning(Searcher):
    """Cosines alone, for comparison."""

    def search(self, questions: list[str], *, k: int = 5, ctx: object = None) -> list[list[Passage]]:  # type: ignore[override]
        """As `Searcher.search`."""
        assert self.encoder is not None
        assert self.index.vectors is not None
        cosines = self.encoder.questions(questions) @ self.index.vectors.T
        rows = []
        for row in cosines:
            best = np.argsort(-row)[:k]
            rows.append(
                [
                    Passage(
                        int(n),
                        self.index.source(int(n)),
                        "",
                        False,
                        float(row[n]),
                        0.0,
                        0.0,
                        float(row[n]),
                        0.0,
                    )
                    for n in best
                ]
            )
        return rows


def measure(name: str, searcher: Searcher, given: Set) -> list[list[Passage]]:
    start = time.perf_counter()
    found = searcher.search([asked.question for asked in given.asked], k=DEEP)
    seconds = time.perf_counter() - start
    ranks = np.asarray(
        [
            distinct(row).index(asked.file) if asked.file in distinct(row) else DEEP
            for row, asked in zip(found, given.asked, strict=True)
        ]
    )
    print(
        f"| {name} | {len(ranks)} | {(ranks == 0).mean():.3f} | **{(ranks < 3).mean():.3f}** | {(ranks < 5).mean():.3f} | "
        f"{(1 / (1 + ranks) * (ranks < DEEP)).mean():.3f} | {len(ranks) / seconds:.0f} |",
        flush=True,
    )
    return found


def curve(name: str, found: list[list[Passage]], given: Set, strange: list[list[Passage]]) -> None:
    own = np.asarray([max((p.evidence for p in row[:5]), default=0.0) for row in found])
    if strange:
        others = np.asarray([max((p.evidence for p in row[:5]), default=0.0) for row in strange])
    else:
        without = [
            [p for p in row if p.source.file != asked.file][:5]
            for row, asked in zip(found, given.asked, strict=True)
        ]
        others = np.asarray([max((p.evidence for p in row), default=0.0) for row in without])
    auroc = (own[:, None] > others).mean() + 0.5 * (own[:, None] == others).mean()
    cells = " | ".join(f"{(own >= t).mean():.3f} / {(others >= t).mean():.3f}" for t in THRESHOLDS)
    print(f"| {name} | {auroc:.3f} | {cells} |", flush=True)


def sentences(name: str, searcher: Searcher, found: list[list[Passage]], given: Set) -> None:
    first = second = 0
    step = max(1, len(found) // QUOTED)
    rows = list(zip(found, given.asked, strict=True))[::step]
    for row, asked in rows:
        best = [quote.text for quote in quotes(asked.question, row[:5], searcher)[:2]]
        first += any(answer in text for answer in asked.answers for text in best[:1])
        second += any(answer in text for answer in asked.answers for text in best)
    print(f"| {name} | {len(rows)} | {first / len(rows):.3f} | {second / len(rows):.3f} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", choices=["dev", "trial"], default="dev")
    parser.add_argument("--by-words", action="store_true", help="without the encoder")
    parser.add_argument("--keep", type=Path, help="folder for documents and indexes, made or used again")
    parser.add_argument("--questions", type=int, help="only so many of CMRC, spread evenly")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--only", choices=["cmrc", "handbook"])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, Studio(device="cpu", threads=arguments.threads) as studio:
        encoder: Encoder | None = None
        if not arguments.by_words:
            try:
                encoder = open_encoder(studio.runtime)
            except ModelNotFoundError as error:
                print(f"By words alone: {error}\n")
        place = (arguments.keep or Path(scratch)) / ("words" if encoder is None else encoder.ref.bundle)
        runs: list[tuple[str, Searcher, Set]] = []
        if arguments.only != "handbook":
            given = cmrc(arguments.part)
            if arguments.questions:
                step = max(1, len(given.asked) // arguments.questions)
                given = Set(given.documents, given.asked[::step][: arguments.questions], [])
            runs += searchers(f"CMRC {arguments.part}", given, place / f"cmrc-{arguments.part}", encoder)
        if arguments.only != "cmrc":
            runs += searchers("handbook (en)", handbook(), place / "handbook", encoder)
        print("| set, by | questions | found first | in the first 3 | in 5 | MRR | questions a second |")
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
        results = [(name, searcher, given, measure(name, searcher, given)) for name, searcher, given in runs]
        results = [row for row in results if not isinstance(row[1], ByMeaning)]
        print("\nEvidence: share answered of questions that have an answer / that have none, by threshold.\n")
        print(f"| set, by | AUROC | {' | '.join(map(str, THRESHOLDS))} |")
        print(f"| --- | ---: |{' --- |' * len(THRESHOLDS)}")
        for name, searcher, given, found in results:
            curve(name, found, given, searcher.search(given.strange, k=5) if given.strange else [])
        print("\nExtractive answers: a sentence with a gold answer's words is quoted.\n")
        print("| set, by | questions | first | first two |")
        print("| --- | ---: | ---: | ---: |")
        for name, searcher, given, found in results:
            sentences(name, searcher, found, given)


def searchers(name: str, given: Set, place: Path, encoder: Encoder | None) -> list[tuple[str, Searcher, Set]]:
    index = open_index(indexed(given, place, encoder))
    runs = [(f"{name}, words", Searcher(index), given)]
    if encoder is not None:
        runs.append((f"{name}, meaning", ByMeaning(index, encoder), given))
        runs.append((f"{name}, both", Searcher(index, encoder), given))
    return runs


if __name__ == "__main__":
    main()
