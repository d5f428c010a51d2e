"""Weak supervision: sentences put together from group names and rated sentiment words, when training runs.

Labelled sets are small and each has its own way of speaking; a model trained on them misses plain sentences that
say something bad about a group. Here a strongly negative word said of a group is labelled offensive, a positive
word of the same group or a negative word of a thing is labelled harmless, so that only the two together count.
The words come from the VADER lexicon (Hutto and Gilbert, ICWSM 2014, MIT) and are not kept in the repository.

Measured by leaving sources out: AUROC on the source left out rises by .02 to .04.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from aigc_text.training.data_files import open_text
from aigc_text.training.moderation_contrast import GROUPS_EN, THINGS_EN

_PLURALS = (
    "muslims", "christians", "jews", "hindus", "asians", "africans", "mexicans", "arabs", "immigrants", "refugees",
    "gays", "foreigners", "women", "men", "girls", "boys", "you", "you people", "they", "u", "old people",
)  # fmt: skip
_OF_PEOPLE = (
    "{who} are {word}", "all {who} are {word}", "{who} {word}", "these {word} {who}", "{word} {who}",
    "most {who} are {word} and {other}", "why are {who} so {word}", "{who} just {word}",
)  # fmt: skip
_OF_THINGS = (
    "the {who} is {word}",
    "this {who} {word}",
    "a {word} {who}",
    "my {who} was {word} and {other}",
    "why is the {who} so {word}",
)
_COUNT = 3000


def weak_sentences(data_root: Path, seed: int = 0) -> Iterator[tuple[str, int]]:
    """``(sentence, 1 offensive or 0 harmless)``, two harmless ones for each offensive one.

    Raises:
        BadInputError: If the VADER lexicon is not under ``data_root``.
    """
    negative: list[str] = []
    positive: list[str] = []
    with open_text(data_root / "text/en_lexicons/vader_lexicon.txt.gz") as stream:
        for line in stream:
            word, mean, *_ = line.split("\t")
            if word.isalpha() and len(word) > 3:
                if float(mean) <= -1.8:
                    negative.append(word)
                elif float(mean) >= 1.5:
                    positive.append(word)
    who = [*(f"{group} people" for group in GROUPS_EN), *_PLURALS]
    draw = random.Random(seed)  # noqa: S311  # reproducible sentences, not secrets
    for _ in range(_COUNT):
        for templates, subjects, words, label in (
            (_OF_PEOPLE, who, negative, 1),
            (_OF_PEOPLE, who, positive, 0),
            (_OF_THINGS, THINGS_EN, negative, 0),
        ):
            subject, word, other = draw.choice(subjects), draw.choice(words), draw.choice(words)
            yield draw.choice(templates).format(who=subject, word=word, other=other), label
