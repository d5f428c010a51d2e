"""Corpus BLEU with several references a text.

Papineni et al., "BLEU", ACL 2002, with the tokenisation of mteval-v13a, lower-cased, the closest reference
length and no smoothing: what the E2E challenge's scorer computes. Tests hold it against sacrebleu.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence


def tokenize(text: str) -> list[str]:
    """mteval-v13a tokens, lower-cased; Han characters one by one (they carry no spaces)."""
    text = f" {text.lower()} "
    text = re.sub(r"([\{-\~\[-\` -\&\(-\+\:-\@\/])", r" \1 ", text)
    text = re.sub(r"([^0-9])([\.,])", r"\1 \2 ", text)
    text = re.sub(r"([\.,])([^0-9])", r" \1 \2", text)
    text = re.sub(r"([0-9])(-)", r"\1 \2 ", text)
    text = re.sub(r"([\u3400-\u9fff\u3000-\u303f\uff00-\uffef])", r" \1 ", text)
    return text.split()


def corpus_bleu(texts: Sequence[str], references: Sequence[Sequence[str]], order: int = 4) -> float:
    """BLEU in [0, 1].

    Args:
        texts: system outputs.
        references: for each of them one or more references.
        order: longest n-gram.
    """
    hits, totals = [0] * order, [0] * order
    length = reference_length = 0
    for text, refs in zip(texts, references, strict=True):
        words, ref_words = tokenize(text), [tokenize(ref) for ref in refs]
        length += len(words)
        reference_length += min((len(ref) for ref in ref_words), key=lambda n: (abs(n - len(words)), n))
        for n in range(1, order + 1):
            most: Counter[tuple[str, ...]] = Counter()
            for ref in ref_words:
                most |= _ngrams(ref, n)
            found = _ngrams(words, n)
            hits[n - 1] += sum((found & most).values())
            totals[n - 1] += max(0, len(words) - n + 1)
    if not all(hits):
        return 0.0
    precision = sum(math.log(hit / total) for hit, total in zip(hits, totals, strict=True)) / order
    return math.exp(precision + min(0.0, 1 - reference_length / length))


def _ngrams(words: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(words[i : i + n]) for i in range(len(words) - n + 1))
