"""BLEU and distinct-n in plain Python.

`sentence_bleu` follows Papineni et al., "BLEU: a method for automatic evaluation of machine translation", ACL 2002,
with smoothing method 1 of Chen and Cherry, WMT 2014 (a count of 0 becomes 0.1), and gives the numbers of
``nltk.translate.bleu_score.sentence_bleu``.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

Tokens = Sequence[str]

_EPSILON = 0.1


def ngrams(tokens: Tokens, n: int) -> list[tuple[str, ...]]:
    """All n-grams in order."""
    return [tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]


def distinct(texts: Sequence[Tokens], n: int) -> tuple[int, int]:
    """(different n-grams, all n-grams) over several texts.

    Li et al., "A diversity-promoting objective function for neural conversation models", NAACL 2016.
    """
    counts: Counter[tuple[str, ...]] = Counter()
    for tokens in texts:
        counts.update(ngrams(tokens, n))
    return len(counts), counts.total()


def sentence_bleu(references: Sequence[Tokens], hypothesis: Tokens, max_n: int = 4) -> float:
    """BLEU of one hypothesis against several references, in [0, 1].

    The brevity penalty uses the reference length closest to the hypothesis (the shorter of two equally close).
    """
    if not hypothesis or not references:
        return 0.0
    logs = 0.0
    for n in range(1, max_n + 1):
        counts = Counter(ngrams(hypothesis, n))
        most: Counter[tuple[str, ...]] = Counter()
        for reference in references:
            most |= Counter(ngrams(reference, n))
        matches = sum(min(count, most[gram]) for gram, count in counts.items())
        total = max(1, counts.total())
        if matches == 0:
            if n == 1:
                return 0.0
            logs += math.log(_EPSILON / total)
        else:
            logs += math.log(matches / total)
    length = len(hypothesis)
    closest = min((len(r) for r in references), key=lambda r: (abs(r - length), r))
    penalty = 1.0 if length > closest else math.exp(1 - closest / length)
    return penalty * math.exp(logs / max_n)


def self_bleu(texts: Sequence[Tokens], max_n: int = 4) -> float:
    """Mean BLEU of each text against all others (Zhu et al., "Texygen", SIGIR 2018); 1 where all are alike."""
    scores = [sentence_bleu([*texts[:i], *texts[i + 1 :]], text, max_n) for i, text in enumerate(texts)]
    return math.fsum(scores) / len(scores)
