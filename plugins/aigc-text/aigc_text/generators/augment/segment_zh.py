"""Cutting Chinese text into words, as far as a short word list carries: enough to tell where a known word stands.

Longest matches are taken from the front and from the back (Liu and Liang, 1986, on the two directions of maximum matching);
only words on which both agree are called words. What lies between are single characters.
"""

from __future__ import annotations

from collections.abc import Collection


def known_words(text: str, words: Collection[str], longest: int) -> list[tuple[int, int]]:
    """Places of ``words`` in ``text`` that both directions of maximum matching agree on.

    Args:
        text: Any text.
        words: Words of two characters or more.
        longest: Length of the longest.

    Returns:
        (start, end) pairs, ascending, without overlaps.
    """
    forward = _forward(text, words, longest)
    backward = set(_backward(text, words, longest))
    return [span for span in forward if span in backward]


def _forward(text: str, words: Collection[str], longest: int) -> list[tuple[int, int]]:
    spans, at = [], 0
    while at < len(text):
        for size in range(min(longest, len(text) - at), 1, -1):
            if text[at : at + size] in words:
                spans.append((at, at + size))
                at += size
                break
        else:
            at += 1
    return spans


def _backward(text: str, words: Collection[str], longest: int) -> list[tuple[int, int]]:
    spans, end = [], len(text)
    while end > 0:
        for size in range(min(longest, end), 1, -1):
            if text[end - size : end] in words:
                spans.append((end - size, end))
                end -= size
                break
        else:
            end -= 1
    return spans
