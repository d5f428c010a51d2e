"""Frames with slots, and how sentences are drawn from them: the engine of the training contrast.

A frame is a sentence with named slots, ``"My {noun} friend cooks for us."``. What a model learns from generated text
is mostly the shape of the sentences, so frames are used in turn (one sentence each a round) instead of in
proportion to how many fillers they take, and the writing varies: small letters, no full stop.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence

Slots = Mapping[str, Sequence[str]]

_SLOT = re.compile(r"\{([a-z]+(?:_[a-z]+)*)(\d?)\}")
_ARTICLE = re.compile(r"\b([Aa]) (?=(?!uni|use|usual|eu|one\b)[aeiou])", re.IGNORECASE)
_HAN = re.compile("[\u4e00-\u9fff]")
_FINAL = re.compile(r"[.。!！]$")
_TRIES = 6
"""Draws after which a frame that gives nothing new is skipped for the round."""


OPENERS = {
    "en": (
        "Honestly, ", "Hi, ", "Hey, ", "Quick question: ", "Serious question: ", "OK so ", "Well, ", "By the way, ",
        "Please answer: ", "Hello everyone. ", "Just saying: ", "Listen, ", "So, ", "lol ", "Good morning. ",
        "I need to say this: ", "First post here. ", "Not sure who to ask. ", "Help: ", "Update: ", "Look, ", "tbh ",
    ),
    "zh": (
        "说实话，", "你好，", "大家好，", "请问一下，", "认真问：", "那个，", "对了，", "求回复：", "唉，", "哈哈，", "说一句，", "听着，", "早上好。",
        "第一次发帖，", "不知道该问谁，", "更新一下：", "你看，", "讲真，", "其实吧，", "跟你们说，", "在线等，", "救命，",
    ),
}  # fmt: skip
"""Ways to begin that say nothing of what follows."""


def frames(block: str) -> tuple[str, ...]:
    """The frames of a text block, one a line."""
    return tuple(line.strip() for line in block.strip().splitlines() if line.strip())


def draw_sentences(
    shapes: Sequence[str],
    slots: Slots,
    count: int,
    draw: random.Random,
    *,
    openers: Sequence[str] = (),
    beside: Sequence[str] = (),
) -> Iterator[str]:
    """At most ``count`` different sentences, each frame in turn; fewer if the frames give no more.

    Some sentences lose their capitals or their full stop.

    Args:
        shapes: Frames; ``{name}`` or ``{name2}`` takes a filler of ``slots[name]``, different ones in one frame.
        slots: Fillers by slot.
        count: How many sentences.
        draw: Source of chance.
        openers: What a quarter of the sentences begin with ("Honestly, "): the same for both sides of a contrast.
        beside: Harmless sentences, one of which stands before or after every eighth sentence.

    Raises:
        KeyError: If a frame names a slot that ``slots`` lacks.
    """
    seen: set[str] = set()
    live = list(shapes)
    draw.shuffle(live)
    made = 0
    while live and made < count:
        again = []
        for shape in live:
            for _ in range(_TRIES):
                text = fill(shape, slots, draw)
                if openers and draw.random() < 0.25:
                    text = _opened(draw.choice(openers), text, shape)
                if beside and draw.random() < 0.125:
                    text = _joined(text, draw.choice(beside), draw)
                key = sentence_key(text)
                if key not in seen:
                    seen.add(key)
                    again.append(shape)
                    made += 1
                    yield vary(text, draw)
                    break
            if made == count:
                return
        live = again


def _joined(text: str, other: str, draw: random.Random) -> str:
    first, second = (text, other) if draw.random() < 0.5 else (other, text)
    if _HAN.search(text):
        return first + ("" if first[-1:] in "。！？?" else "。") + second
    return first + (" " if first[-1:] in ".!?" else ". ") + second


def _opened(opener: str, text: str, shape: str) -> str:
    # A name or "I" keeps its capital.
    inside = opener.endswith(", ") and not shape.startswith(("{", "I ", "I'", '"'))
    return opener + (text[:1].lower() + text[1:] if inside else text)


def fill(shape: str, slots: Slots, draw: random.Random) -> str:
    """``shape`` with a filler in each slot, the English article and the first capital put right."""
    used: list[str] = []

    def filler(match: re.Match[str]) -> str:
        choices = slots[match[1]]
        word = draw.choice(choices)
        for _ in range(4):
            if word not in used:
                break
            word = draw.choice(choices)
        used.append(word)
        return word

    text = _SLOT.sub(filler, shape)
    if not _HAN.search(text):
        text = _ARTICLE.sub(r"\1n ", text)
    if shape[:1].isupper() or shape.startswith("{"):
        text = text[:1].upper() + text[1:]
    return text


def vary(text: str, draw: random.Random) -> str:
    """``text`` as hurried people write it, now and then."""
    chance = draw.random()
    if _HAN.search(text):
        if chance < 0.3:
            text = _FINAL.sub("", text)
        return text.replace("，", " ") if chance < 0.08 else text
    if chance < 0.22:
        text = text.lower()
    return _FINAL.sub("", text) if 0.14 < chance < 0.34 else text


def sentence_key(text: str) -> str:
    """Letters and digits alone, in small letters: what makes two sentences the same."""
    return re.sub(r"[\W_]+", "", text).lower()
