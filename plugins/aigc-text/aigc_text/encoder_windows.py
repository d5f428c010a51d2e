"""A text longer than an encoder was trained to read, cut into windows of tokens that overlap."""

from __future__ import annotations

from collections.abc import Sequence


def token_windows(
    ids: Sequence[int], prefix: Sequence[int], *, window: int, stride: int, bos: int, eos: int
) -> list[list[int]]:
    """Windows fixed by position, each with the prefix, begin and end; one where the text fits.

    Args:
        ids: Tokens of prefix and text, without begin and end.
        prefix: The tokens that each window starts with.
        window: Most tokens of one, begin and end not counted.
        stride: Tokens between the starts of two.
        bos: Id that begins a window.
        eos: Id that ends it.
    """
    if len(ids) <= window:
        return [[bos, *ids, eos]]
    body, room = ids[len(prefix) :], window - len(prefix)
    starts = range(0, max(1, len(body) - room + stride), stride)
    return [[bos, *prefix, *body[start : start + room], eos] for start in starts]
