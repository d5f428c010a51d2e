"""Builds training prompts from the frames of the ``injection_templates`` and ``injection_harmless`` modules.

Every frame is filled several times; long persona prompts and long briefings are put together from single
sentences; attacks and harmless remarks alike are set into mails, pages, reviews and code. Both classes get the
same lengths, the same wrappings and the same noise, so that none of these tells them apart.
"""

from __future__ import annotations

import base64
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import ModuleType

_SLOT = re.compile(r"\{(\w+)\}")
_ATTACKS = {
    "OVERRIDE": 14,
    "EXTRACTION": 10,
    "ROLEPLAY": 14,
    "IMPLICIT": 10,
    "INDIRECT": 8,
    "ENCODED": 8,
    "OTHER": 8,
}
"""Groups of attack frames and how often each frame is filled; ``OTHER`` languages go with the English ones."""
_HARMLESS = {"EVERYDAY": 8, "SUPPORT": 8, "SECURITY": 8, "ROLE": 24, "WRITING": 16, "OTHER": 8, "WIDER": 8}
_LONG = 1200
"""Long persona prompts, and as many long briefings, a language."""
_CARRIED = 1200
"""Attacks, and as many harmless remarks, inside another text."""


def fill(frame: str, slots: Mapping[str, Sequence[str]], draw: random.Random) -> str:
    """The frame with a word drawn for every slot, inner slots included."""
    while any(m.group(1) in slots for m in _SLOT.finditer(frame)):
        frame = _SLOT.sub(
            lambda m: draw.choice(slots[m.group(1)]) if m.group(1) in slots else m.group(), frame
        )
    return frame


@dataclass(frozen=True, slots=True)
class Prompt:
    """A composed text: ``label`` is 1 for an attack, ``frame`` what it was made from (a long prompt's opening)."""

    text: str
    label: int
    frame: str


def composed(language: str, seed: int = 7) -> Iterator[Prompt]:
    """Prompts in ``language`` (``en`` or ``zh``), without duplicates, in a fixed order."""
    attacks, harmless = _modules(language)
    draw = random.Random(f"{language}{seed}")  # noqa: S311  # repeatable sentences, no secret
    seen: set[str] = set()
    for prompt in _all(attacks, harmless, draw):
        noisy = _noise(prompt.text, draw)
        if noisy not in seen:
            seen.add(noisy)
            yield replace(prompt, text=noisy)


def short(language: str, label: int, count: int, draw: random.Random) -> list[Prompt]:
    """``count`` single attacks (``label`` 1) or harmless remarks (0), to be set into passages."""
    attacks, harmless = _modules(language)
    slots = _slots(attacks, draw)
    if label:
        frames = [
            *attacks.INDIRECT,
            *attacks.INDIRECT,
            *attacks.OVERRIDE,
            *attacks.EXTRACTION,
            *attacks.ROLEPLAY,
        ]
    else:
        frames = [
            *harmless.EVERYDAY,
            *harmless.SUPPORT,
            *harmless.SECURITY,
            *harmless.WRITING,
            *harmless.WIDER,
        ]
    return [Prompt(fill(frame := draw.choice(frames), slots, draw), label, frame) for _ in range(count)]


def _modules(language: str) -> tuple[ModuleType, ModuleType]:
    from aigc_text.training import (
        injection_harmless_en,
        injection_harmless_zh,
        injection_templates_en,
        injection_templates_zh,
    )

    if language == "zh":
        return injection_templates_zh, injection_harmless_zh
    return injection_templates_en, injection_harmless_en


def _slots(attacks: ModuleType, draw: random.Random) -> dict[str, Sequence[str]]:
    plain = (
        "see you at noon",
        "happy birthday",
        "meet me at the station",
        "the treasure is under the tree",
        "生日快乐",
    )
    codes = [_encode(draw.choice(plain), draw) for _ in range(40)]
    return {**attacks.SLOTS, "code": codes}


def _encode(text: str, draw: random.Random) -> str:
    raw = text.encode()
    return draw.choice((base64.b64encode(raw).decode(), raw.hex(), raw.hex(" "), text[::-1]))


def _all(attacks: ModuleType, harmless: ModuleType, draw: random.Random) -> Iterator[Prompt]:
    slots = _slots(attacks, draw)
    for group, times in _ATTACKS.items():
        for frame in getattr(attacks, group, ()):
            for _ in range(times):
                yield Prompt(fill(frame, slots, draw), 1, frame)
    for group, times in _HARMLESS.items():
        for frame in getattr(harmless, group, ()):
            for _ in range(times if "{" in frame else 2):
                yield Prompt(fill(frame, slots, draw), 0, frame)
    for frame in attacks.SLOTS["task"]:
        for _ in range(12):
            yield Prompt(fill(frame, slots, draw), 0, frame)
    for _ in range(_LONG):
        yield _long(attacks, "PERSONA", slots, draw, 1)
        yield _long(harmless, "BRIEF", slots, draw, 0)
    language = "zh" if attacks.__name__.endswith("zh") else "en"
    for label in (1, 0):
        for remark in short(language, label, _CARRIED, draw):
            carrier = fill(draw.choice(attacks.CARRIERS), slots, draw)
            yield Prompt(carrier.replace("{attack}", remark.text), label, remark.frame)


def _long(
    module: ModuleType, name: str, slots: Mapping[str, Sequence[str]], draw: random.Random, label: int
) -> Prompt:
    """An opening, several middle sentences of mixed groups, an end: 40 to 300 words."""
    one = {**slots, "persona": [draw.choice(slots["persona"])]}  # a prompt keeps to one name
    groups: Sequence[Sequence[str]] = getattr(module, f"{name}_MIDDLE")
    taken: list[str] = []
    for group in draw.sample(groups, draw.randint(2, len(groups))):
        taken += draw.sample(group, draw.randint(1, min(6, len(group))))
    if draw.random() < 0.3:
        draw.shuffle(taken)
    opening = draw.choice(getattr(module, f"{name}_OPEN"))
    sentences = [opening, *taken]
    if draw.random() < 0.8:
        sentences.append(draw.choice(getattr(module, f"{name}_END")))
    blank = "" if module.__name__.endswith("zh") else " "
    joint = draw.choice((blank, blank, blank, "\n", "\n\n"))
    return Prompt(joint.join(fill(s, one, draw) for s in sentences), label, opening)


def _noise(text: str, draw: random.Random) -> str:
    """What people do to a prompt: case, dropped marks, a slip of the finger, blank lines."""
    chance = draw.random()
    if chance < 0.12:
        return text.lower()
    if chance < 0.16:
        return text.upper()
    if chance < 0.24:
        return text.rstrip(".。!！?？")
    if chance < 0.30 and len(text) > 20:
        at = draw.randrange(1, len(text) - 2)
        return draw.choice((text[:at] + text[at + 1 :], text[:at] + text[at + 1] + text[at] + text[at + 2 :]))
    if chance < 0.34:
        return f'"{text}"'
    if chance < 0.37:
        return f"{text}{draw.choice(('!!!', ' ...', ' 😀', '！', ' thanks', ' ok?'))}"
    return text
