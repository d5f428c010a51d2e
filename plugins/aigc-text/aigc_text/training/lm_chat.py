"""Conversations as a model's own chat template writes them, with a mark on what the assistant says.

The loss covers the assistant's turns only. In a row of token ids, those that are only read (the user's words, the
template's marks) are stored as ``-1 - id``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aigc_sdk.content import Message
from aigc_sdk.errors import BadInputError, TemplateError
from aigc_sdk.runtime.chat_template import ChatTemplate
from aigc_sdk.runtime.tokenizer import Tokenizer
from aigc_text.training.copy_loop import Ints


class ChatRows:
    """Encodes conversations.

    Args:
        template: The model's chat template.
        tokenizer: Its tokenizer.
        longest: Tokens of a row; what goes beyond is cut off.
    """

    def __init__(self, template: ChatTemplate, tokenizer: Tokenizer, longest: int) -> None:
        self._template, self._eos, self._longest = template, frozenset(tokenizer.eos), longest

    def encode(self, messages: Sequence[Message]) -> Ints | None:
        """A row, int64 [tokens]; None where no token of the assistant's is left within the longest.

        Raises:
            TemplateError: The template refuses the conversation, or rewrites earlier turns when later ones come.
        """
        ids = self._template.encode(messages, add_generation_prompt=False)
        learned = np.zeros(len(ids), dtype=bool)
        for index, message in enumerate(messages):
            if message.role != "assistant":
                continue
            before = self._template.encode(messages[:index], add_generation_prompt=True) if index else []
            whole = self._template.encode(messages[: index + 1], add_generation_prompt=False)
            start, end = _common(before, ids), _common(whole, ids)
            # The last token of either may merge with what follows it; more must not change.
            if start < len(before) - 1 or end < len(whole) - 1:
                raise TemplateError(
                    "The chat template rewrites earlier turns, so that the assistant's words cannot be told.",
                    hint="Train on conversations of one question and one answer.",
                )
            learned[start : self._spoken(ids, start, end)] = True
        row = np.array(ids, dtype=np.int64)[: self._longest]
        learned = learned[: self._longest]
        # The first token of all cannot be predicted from anything.
        if not learned[1:].any():
            return None
        return np.where(learned, row, -1 - row)

    def _spoken(self, ids: Sequence[int], start: int, end: int) -> int:
        """Where the turn ends: behind its end token; what the template writes after that is never generated."""
        last = max((place for place in range(start, end) if ids[place] in self._eos), default=end - 1)
        return last + 1


def _common(one: Sequence[int], other: Sequence[int]) -> int:
    """Length of the longest common beginning."""
    for place, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return place
    return min(len(one), len(other))


def tokens_of(row: Ints) -> Ints:
    """The ids of a row, marks taken off."""
    return np.where(row < 0, -1 - row, row)


def learned_spans(row: Ints) -> list[tuple[int, int]]:
    """Places [start, end) of a row's runs of learned tokens, the first token left out."""
    learned = np.concatenate([[False], row[1:] >= 0, [False]])
    borders = np.flatnonzero(learned[1:] != learned[:-1]) + 1
    return [(int(a), int(b)) for a, b in borders.reshape(-1, 2)]


def conversations(documents: Sequence[tuple[str, tuple[Message, ...]]]) -> list[tuple[Message, ...]]:
    """The messages of each document (`where`, messages).

    Raises:
        BadInputError: One is no conversation, or has no turn of the assistant's.
    """
    for where, messages in documents:
        if not any(message.role == "assistant" for message in messages):
            raise BadInputError(
                f"{where} holds no turn of the assistant's.",
                hint='With a base, every row is {"messages": [...]} with an answer in it.',
            )
    return [messages for _, messages in documents]
