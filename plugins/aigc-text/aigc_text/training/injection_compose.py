"""Builds training prompts from the frames of the ``injection_templates*`` and ``injection_harmless*`` modules.

Every frame is filled several times; long persona prompts and long briefings are put together from single
sentences; attacks and harmless remarks alike are set into mails, pages, reviews and code, between other remarks, and
into the very documents that are harmless without them. Both classes get the same lengths, the same wrappings and
the same noise, so that none of these tells them apart.
"""

from __future__ import annotations

import base64
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

_Frames = Mapping[str, Any]
"""Groups of frames by name; the attacks' also hold the slots, ``SLOTS``."""
_SLOT = re.compile(r"\{(\w+)\}")
_SENTENCE_END = re.compile(r"[.!?](?=\s)|[。！？](?![”’」』）])")
_ATTACK_MODULES = ("templates", "templates_told", "templates_planted")
_HARMLESS_MODULES = (
    "harmless",
    "harmless_asks",
    "harmless_told",
    "harmless_alike",
    "harmless_long",
    "harmless_tasks",
)
_ATTACKS = {
    "OVERRIDE": 14,
    "EXTRACTION": 10,
    "ROLEPLAY": 14,
    "IMPLICIT": 10,
    "INDIRECT": 8,
    "ENCODED": 8,
    "OTHER": 8,
    "HINTED": 12,
    "RETOLD": 8,
    "STAGED": 8,
    "SPEECHES": 16,
    "PLANTED": 6,
    "LEAKING": 6,
}
"""Groups of attack frames and how often each frame is filled; ``OTHER`` languages go with the English ones."""
_HARMLESS = {
    "EVERYDAY": 8,
    "SUPPORT": 8,
    "SECURITY": 8,
    "ROLE": 24,
    "WRITING": 16,
    "OTHER": 8,
    "WIDER": 8,
    "ASSISTANT": 6,
    "TECHNICAL": 6,
    "LIFE": 6,
    "FORMAL": 6,
    "PLAY": 6,
    "REMARKS": 6,
    "COURTEOUS": 6,
    "RETELLING": 8,
    "STEPS": 8,
}
_SHORT = {
    1: (*("INDIRECT", "PLANTED") * 2, "LEAKING", "OVERRIDE", "EXTRACTION", "ROLEPLAY", "RETOLD"),
    0: (
        *("EVERYDAY", "SUPPORT", "SECURITY", "WRITING", "WIDER"),
        *("ASSISTANT", "TECHNICAL", "LIFE", "FORMAL", "PLAY", "COURTEOUS", "REMARKS", "REMARKS"),
    ),
}
"""Groups whose sentences are set into other texts, by label."""
_LONG = 1200
"""Long persona prompts, and as many long briefings, a language."""
_CARRIED = 1200
"""Attacks, and as many harmless remarks, inside another text."""
_REQUESTED = 700
"""The same inside a document that a user asks about."""
_MIXED = {1: 800, 0: 1600}
"""Attacks, and harmless remarks, among one to eight harmless remarks; more of the harmless, since length and the
number of an attack's words must not give a text away."""
_DOCUMENTS = ("PASTED", "BRIEFED", "LONGER")
_PLAIN = 8
"""How often each long harmless document is used as it is or abridged."""
_SPOILT = {1: 4, 0: 2}
"""How often it gets an attack, or another harmless remark, set into it."""


def fill(frame: str, slots: Mapping[str, Sequence[str]], draw: random.Random) -> str:
    """The frame with a word drawn for every slot, inner slots included."""
    while any(m.group(1) in slots for m in _SLOT.finditer(frame)):
        frame = _SLOT.sub(
            lambda m: draw.choice(slots[m.group(1)]) if m.group(1) in slots else m.group(), frame
        )
    return frame


@dataclass(frozen=True, slots=True)
class Prompt:
    """A composed text: ``label`` is 1 for an attack, ``frame`` what it was made of (a long one's opening or document)."""

    text: str
    label: int
    frame: str


def composed(language: str, seed: int = 7) -> Iterator[Prompt]:
    """Prompts in ``language`` (``en`` or ``zh``), without duplicates, in a fixed order."""
    attacks, harmless = _frames(language)
    draw = random.Random(f"{language}{seed}")  # noqa: S311  # repeatable sentences, no secret
    seen: set[str] = set()
    for prompt in _all(language, attacks, harmless, draw):
        noisy = _noise(prompt.text, draw)
        if noisy not in seen:
            seen.add(noisy)
            yield replace(prompt, text=noisy)


def short(language: str, label: int, count: int, draw: random.Random) -> list[Prompt]:
    """``count`` single attacks (``label`` 1) or harmless remarks (0), to be set into passages."""
    attacks, harmless = _frames(language)
    return _short(attacks if label else harmless, _slots(attacks, draw), label, count, draw)


def _short(
    source: _Frames,
    slots: Mapping[str, Sequence[str]],
    label: int,
    count: int,
    draw: random.Random,
    groups: Sequence[str] = (),
) -> list[Prompt]:
    frames = [frame for group in groups or _SHORT[label] for frame in source[group]]
    return [Prompt(fill(frame := draw.choice(frames), slots, draw), label, frame) for _ in range(count)]


def _frames(language: str) -> tuple[_Frames, _Frames]:
    """The attack frames and the harmless ones of a language, all modules together."""

    def groups(names: Sequence[str]) -> _Frames:
        modules = [import_module(f"aigc_text.training.injection_{name}_{language}") for name in names]
        return {name: value for module in modules for name, value in vars(module).items() if name.isupper()}

    return groups(_ATTACK_MODULES), groups(_HARMLESS_MODULES)


def _slots(attacks: _Frames, draw: random.Random) -> dict[str, Sequence[str]]:
    plain = (
        "see you at noon",
        "happy birthday",
        "meet me at the station",
        "the treasure is under the tree",
        "生日快乐",
    )
    codes = [_encode(draw.choice(plain), draw) for _ in range(40)]
    return {**attacks["SLOTS"], "code": codes}


def _encode(text: str, draw: random.Random) -> str:
    raw = text.encode()
    return draw.choice((base64.b64encode(raw).decode(), raw.hex(), raw.hex(" "), text[::-1]))


def _all(language: str, attacks: _Frames, harmless: _Frames, draw: random.Random) -> Iterator[Prompt]:
    slots = _slots(attacks, draw)
    blank = "" if language == "zh" else " "
    for group, times in _ATTACKS.items():
        for frame in attacks.get(group, ()):
            for _ in range(times):
                yield Prompt(fill(frame, slots, draw), 1, frame)
    for group, times in _HARMLESS.items():
        for frame in harmless.get(group, ()):
            for _ in range(times if "{" in frame else 2):
                yield Prompt(fill(frame, slots, draw), 0, frame)
    for frame in attacks["SLOTS"]["task"]:
        for _ in range(12):
            yield Prompt(fill(frame, slots, draw), 0, frame)
    for _ in range(_LONG):
        yield _long(attacks, "PERSONA", slots, draw, 1, blank)
        yield _long(harmless, "BRIEF", slots, draw, 0, blank)
    for label, source in ((1, attacks), (0, harmless)):
        for remark in _short(source, slots, label, _CARRIED, draw):
            yield _carried(draw.choice(attacks["CARRIERS"]), remark, slots, draw)
        planted = ("PLANTED", "PLANTED", "LEAKING", "LEAKING", "INDIRECT") if label else ("REMARKS",)
        for remark in _short(source, slots, label, _REQUESTED, draw, planted):
            yield _carried(draw.choice(attacks["REQUESTS"]), remark, slots, draw)
        for remark in _short(
            source, slots, label, _MIXED[label], draw, (*_SHORT[1], "HINTED") if label else ()
        ):
            others = [p.text for p in _short(harmless, slots, 0, draw.randint(1, 8), draw)]
            others.insert(draw.randint(0, len(others)), remark.text)
            yield replace(remark, text=draw.choice((blank, blank, "\n")).join(others))
    yield from _documents(attacks, harmless, slots, blank, draw)


def _documents(
    attacks: _Frames,
    harmless: _Frames,
    slots: Mapping[str, Sequence[str]],
    blank: str,
    draw: random.Random,
) -> Iterator[Prompt]:
    """The long harmless documents: whole, abridged, with an attack in them, with a harmless remark in them."""
    for document in (document for group in _DOCUMENTS for document in harmless[group]):
        for _ in range(_PLAIN):
            yield Prompt(_abridged(fill(document, slots, draw), draw), 0, document)
        for label, source in ((1, attacks), (0, harmless)):
            for remark in _short(source, slots, label, _SPOILT[label], draw):
                text = _set_in(_abridged(fill(document, slots, draw), draw), remark.text, blank, draw)
                yield Prompt(text, label, document)  # one fold for a document with and without an attack


def _abridged(document: str, draw: random.Random) -> str:
    """Every other time some of the sentences, in their order; otherwise the whole document."""
    ends = [m.end() for m in _SENTENCE_END.finditer(document)]
    if len(ends) < 3 or draw.random() < 0.5:
        return document
    parts = [document[a:b] for a, b in zip([0, *ends], [*ends, len(document)], strict=True)]
    kept = sorted(draw.sample(range(len(parts)), draw.randint(2, len(parts) - 1)))
    return "".join(parts[k] for k in kept).strip()


def _carried(carrier: str, remark: Prompt, slots: Mapping[str, Sequence[str]], draw: random.Random) -> Prompt:
    return replace(remark, text=fill(carrier, slots, draw).replace("{attack}", remark.text))


def _set_in(document: str, remark: str, blank: str, draw: random.Random) -> str:
    """The remark behind one of the document's sentences."""
    ends = [m.end() for m in _SENTENCE_END.finditer(document)]
    at = draw.choice([*ends, len(document)])
    return f"{document[:at]}{draw.choice((blank, blank, chr(10)))}{remark}{document[at:]}"


def _long(
    source: _Frames,
    name: str,
    slots: Mapping[str, Sequence[str]],
    draw: random.Random,
    label: int,
    blank: str,
) -> Prompt:
    """An opening, several middle sentences of mixed groups, an end: 40 to 300 words."""
    one = {**slots, "persona": [draw.choice(slots["persona"])]}  # a prompt keeps to one name
    groups: Sequence[Sequence[str]] = source[f"{name}_MIDDLE"]
    taken: list[str] = []
    for group in draw.sample(groups, draw.randint(2, len(groups))):
        taken += draw.sample(group, draw.randint(1, min(6, len(group))))
    if draw.random() < 0.3:
        draw.shuffle(taken)
    opening = draw.choice(source[f"{name}_OPEN"])
    sentences = [opening, *taken]
    if draw.random() < 0.8:
        sentences.append(draw.choice(source[f"{name}_END"]))
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
