"""The peer of `injection.py`: npm ``llm_guardrail`` 2.1.2 (ISC), TF-IDF and logistic regressions kept as JSON.

Fetched by npm into a cache on first use; run here as its ``model/tfidf.js`` and ``logistic_regression.js`` run it.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import shutil
import subprocess
import tarfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

PACKAGE = "llm_guardrail@2.1.2"
SHA256 = "dc3637d70004cf1d9b84aac872d7182e6d62681e30b5af8f00861341e8554c01"
CACHE = Path.home() / ".cache" / "aigc-sdk" / "benchmarks"
_WORD = re.compile(r"\b\w\w+\b", re.ASCII)  # JavaScript's \w is ASCII


class Guardrail:
    """One of its models, ``prompt_injection`` or ``jailbreak``; `probability` is what it calls confidence."""

    def __init__(self, archive: Path, name: str) -> None:
        with tarfile.open(archive) as files:
            stream = files.extractfile(f"package/model/{name}_model.json")
            assert stream is not None
            data = json.load(stream)
        self._vocabulary, self._idf, (self._low, self._high) = (
            data["vocabulary"],
            data["idf"],
            data["ngram_range"],
        )
        self._weights, self._bias = data["coefficients"][0], data["intercept"][0]

    def probability(self, text: str) -> float:
        """Probability of an attack."""
        words = _WORD.findall(text.lower())
        counts = Counter(
            " ".join(words[i : i + n])
            for n in range(self._low, self._high + 1)
            for i in range(len(words) - n + 1)
        )
        known = {self._vocabulary[t]: c for t, c in counts.items() if t in self._vocabulary}
        values = {i: c * self._idf[i] for i, c in known.items()}
        norm = math.sqrt(sum(v * v for v in values.values())) or 1.0
        z = self._bias + sum(self._weights[i] * v for i, v in values.items()) / norm
        return 1 / (1 + math.exp(-z))


class Peer:
    """Its two models on injection: the higher confidence counts, as in its ``checkAll``."""

    def __init__(self, archive: Path) -> None:
        self.models = [Guardrail(archive, name) for name in ("prompt_injection", "jailbreak")]

    def probabilities(self, texts: Sequence[str]) -> list[float]:
        """Probability of an attack for each text."""
        return [max(m.probability(t) for m in self.models) for t in texts]


def fetch() -> Peer | None:
    """The peer; None where npm is absent or the registry cannot be reached."""
    archive = CACHE / "llm_guardrail-2.1.2.tgz"
    if not archive.exists():
        npm = shutil.which("npm")
        if npm is None:
            return None
        CACHE.mkdir(parents=True, exist_ok=True)
        done = subprocess.run([npm, "pack", PACKAGE, "--silent"], cwd=CACHE, check=False, capture_output=True)
        if done.returncode or not archive.exists():
            return None
    if hashlib.sha256(archive.read_bytes()).hexdigest() != SHA256:
        raise SystemExit(f"{archive} is not the {PACKAGE} that was compared with; delete it.")
    return Peer(archive)
