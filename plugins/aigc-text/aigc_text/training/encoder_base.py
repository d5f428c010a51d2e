"""The pretrained encoder that classifiers are fine-tuned from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aigc_text.training.encoder_rows import MAX_TOKENS, Encode


@dataclass
class Base:
    """The pretrained encoder and its tokenizer, pruned to English and Chinese."""

    encoder: Any
    encode: Encode
    weights: Any
    """As they are in the file (`aigc_exporters.encoder_weights.EncoderWeights`)."""

    @property
    def longest(self) -> int:
        """Most tokens of a text, begin and end included."""
        return min(MAX_TOKENS, int(self.encoder.config.max_positions))

    @classmethod
    def open(cls, path: Path, dropout: float = 0.0) -> Base:
        """Read an E5S1 file.

        Args:
            path: The file.
            dropout: Of the encoder, in training.

        Raises:
            BadInputError: If it is damaged.
        """
        from aigc_exporters.e5_format import E5File
        from aigc_exporters.e5_tokenizer import build_tokenizer, english_chinese_rows, prune_vocabulary
        from aigc_exporters.keras_encoder import build_encoder, load_weights

        file = E5File(path)
        rows = english_chinese_rows(file.vocabulary)
        tokenizer = build_tokenizer(prune_vocabulary(file.vocabulary, rows))
        file.keep_rows(rows)
        encoder = build_encoder(file.config, dropout=dropout)
        load_weights(encoder, file)

        def encode(texts: list[str]) -> list[list[int]]:
            return [e.ids for e in tokenizer.encode_batch(texts, add_special_tokens=False)]

        return cls(encoder, encode, file)
