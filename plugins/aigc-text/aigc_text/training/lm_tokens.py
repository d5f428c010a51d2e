"""Tokens of a language model: a byte-level BPE learned from the data, and blocks of a stream of tokens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from aigc_sdk.bundles.manifest import TokenizerInfo
from aigc_sdk.runtime.chat_template import ChatTemplate
from aigc_sdk.runtime.tokenizer import Tokenizer
from aigc_text.training.copy_loop import Encoded
from aigc_text.training.lm_data import Section

END: Final = "<|endoftext|>"
TURN: Final = "<|im_start|>"
TURN_END: Final = "<|im_end|>"
PAD: Final = "<|pad|>"

CHAT_TEMPLATE: Final = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
"""ChatML, for data that hold conversations."""

PLAIN_TEMPLATE: Final = "{% for message in messages %}{{ message['content'] }}{% endfor %}"
"""For a model of plain text, which goes on with what it is told."""


def learn_tokenizer(parts: Sequence[Section], vocab_size: int) -> Any:
    """A ``tokenizers.Tokenizer`` (Sennrich, Haddow and Birch, ACL 2016, over bytes: any language, no unknown token)."""
    import tokenizers
    from tokenizers import decoders, models, pre_tokenizers, trainers

    tokenizer = tokenizers.Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocab_size,
        min_frequency=2,
        special_tokens=[END, TURN, TURN_END, PAD],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator((part.text for part in parts), trainer)
    return tokenizer


class LmTokens:
    """Turns sections into token ids. Control tokens never come out of a text, whatever it holds."""

    def __init__(self, raw: Any, *, chat: bool) -> None:
        self.json: str = raw.to_str()
        self.end, self.pad = raw.token_to_id(END), raw.token_to_id(PAD)
        self.eos = [self.end, raw.token_to_id(TURN_END)]
        self.template = CHAT_TEMPLATE if chat else PLAIN_TEMPLATE
        self._tokenizer = Tokenizer(raw, TokenizerInfo(eos=tuple(self.eos), pad=self.pad))
        self._chat = ChatTemplate(CHAT_TEMPLATE, self._tokenizer)

    @property
    def size(self) -> int:
        """Tokens of the vocabulary."""
        return self._tokenizer.vocab_size

    def stream(self, parts: Sequence[Section]) -> list[int]:
        """All sections one after the other, each document with its end."""
        ids: list[int] = []
        for part in parts:
            if part.messages:
                ids += self._chat.encode(part.messages, add_generation_prompt=False)
            else:
                ids += self._tokenizer.encode(part.text)
            if part.last:
                ids.append(self.end)
        return ids

    def blocks(self, parts: Sequence[Section], context: int) -> Encoded:
        """The stream in blocks of `context` tokens; each begins with the last token of the one before."""
        ids = np.array([self.end, *self.stream(parts)], dtype=np.int64)
        starts = range(0, len(ids) - 1, context - 1)
        return Encoded([ids[start : start + context] for start in starts], 1)
