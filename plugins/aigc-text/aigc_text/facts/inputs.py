"""The inputs of copywriting: which are facts that must be written, which only steer.

Inputs are a flat map; nested maps mean the same with dots (``{"audience": {"age": 30}}`` = ``{"audience.age": 30}``).

**Steering** is never printed as a fact:

================================  ==================================================================
``audience.age``                  a number, ``"25-34"``, ``"teens"``, ``"seniors"``, ``"青年"`` …: who is spoken to
``audience.interests``            a list or comma-separated words: may be named in a hook ("if you love …")
``audience.budget``               ``low`` / ``medium`` / ``high`` and their synonyms
``audience.history``              ``new`` / ``returning`` / ``loyal``, or things they bought or looked at
``audience`` (plain text)         any of the above in words; unknown ``audience.*`` keys are ignored
``brand.voice``                   ``professional playful luxury friendly technical`` or words near them
                                  (also ``voice``, ``tone``, ``brand_voice``, ``语气``)
``channel``                       ``email sms social product banner push`` …, ``朋友圈 小红书 电商详情 短信`` …
``length``                        ``short`` / ``medium`` / ``long``, a number, ``"50 words"``, ``"100字"``
``instruction``                   what the writer should heed; numbers and names in it count as given
                                  (also ``brief``, ``prompt``, ``要求``)
``call_to_action``                the words to end with (also ``cta``)
``language``                      ignored here: the request has it
================================  ==================================================================

**Everything else is a fact**: any key, any value — text, number, yes/no, or a list of these. ``brand.name`` is the
fact ``brand``. A ``length`` that cannot be a text's length (``"120 cm"``) and a ``channel`` that is a number are
product attributes, hence facts. Keys of lists (``features``, ``卖点`` …) are split at commas and semicolons.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from aigc_sdk.content import Text
from aigc_sdk.errors import BadInputError, InputTooLargeError
from aigc_text.facts.labels import canonical, label, slug
from aigc_text.facts.normalise import fold

MAX_ATTRIBUTES = 64
MAX_CHARACTERS = 20_000

_VOICE = frozenset(
    {"brand_voice", "voice", "tone", "语气", "品牌语气", "品牌_语气", "文案风格", "brand_tone"}
)
_INSTRUCTION = frozenset({"instruction", "instructions", "brief", "prompt", "要求", "说明"})
_ACTION = frozenset({"call_to_action", "cta", "行动号召"})
_CHANNEL = frozenset({"channel", "渠道"})
_LENGTH = frozenset({"length", "长度", "字数", "篇幅"})
_AUDIENCE = {
    "age": frozenset({"audience_age", "audience_age_group", "audience_年龄", "受众_年龄"}),
    "interests": frozenset({"audience_interests", "audience_interest", "audience_兴趣", "受众_兴趣"}),
    "budget": frozenset({"audience_budget", "audience_预算", "受众_预算"}),
    "history": frozenset({"audience_history", "audience_purchases", "audience_历史", "受众_历史"}),
}
_LIST_KEYS = frozenset({"features", "ingredients", "certification", "colour", "flavour"})

_YES = frozenset({"yes", "true", "是"})
_NO = frozenset({"no", "false", "否"})
_LIST_SEPARATOR = re.compile(r"\s*[;；、|]\s*|,(?!\d)\s*|，\s*")
_LENGTH_WORDS = {
    "short": "short", "brief": "short", "短": "short", "简短": "short", "短文": "short",
    "medium": "medium", "normal": "medium", "中": "medium", "中等": "medium", "适中": "medium",
    "long": "long", "detailed": "long", "长": "long", "长文": "long", "详细": "long",
}  # fmt: skip
_LENGTH_COUNT = re.compile(
    r"^(?:about |around |约|大约)?(\d{1,5})\s*(words?|characters?|chars?|字|个字|字符|词)?(?:左右)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One given attribute.

    Attributes:
        key: As the caller wrote it (dotted where it was nested).
        values: Each must be written: one for scalars, several for lists. A yes/no fact has none.
        boolean: The value of a yes/no fact, else None.
    """

    key: str
    values: tuple[str, ...] = ()
    boolean: bool | None = None

    @property
    def canonical(self) -> str | None:
        """The known attribute behind the key, if it is one."""
        return canonical(self.key)

    def label(self, language: str) -> str:
        """What to call it in copy."""
        return label(self.key, language)


@dataclass(frozen=True, slots=True)
class Length:
    """How long the copy should be: a name, or ``count`` of ``unit`` (words or characters; None: by language)."""

    name: str | None = None
    count: int | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Brief:
    """Inputs, sorted into facts and steering."""

    facts: tuple[Fact, ...]
    age: str | None = None
    interests: tuple[str, ...] = ()
    budget: str | None = None
    history: tuple[str, ...] = ()
    audience: str | None = None
    voice: str | None = None
    channel: str | None = None
    length: Length | None = None
    instruction: str | None = None
    call_to_action: str | None = None
    extra: tuple[str, ...] = field(default=(), compare=False)
    """Further texts that count as given: the literal text of the caller's own template."""

    def fact(self, name: str) -> Fact | None:
        """The first fact whose canonical key is ``name``."""
        return next((fact for fact in self.facts if fact.canonical == name), None)

    @property
    def given_texts(self) -> tuple[str, ...]:
        """Texts whose numbers and names a writer may use: facts, instruction, interests, purchases."""
        texts = [text for fact in self.facts for text in (fact.key, *fact.values)]
        texts += [*self.interests, *self.history, *self.extra]
        texts += [text for text in (self.instruction, self.call_to_action) if text]
        return tuple(texts)


def flatten(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Nested maps as one flat map with dotted keys; checks sizes and types.

    Raises:
        BadInputError: A key is not a str, or a value is neither text, number, bool, None nor a list of these.
        InputTooLargeError: Over `MAX_ATTRIBUTES` attributes or `MAX_CHARACTERS` characters.
    """
    flat: dict[str, Any] = {}
    size = 0
    for key, value in _walk(inputs, "", 0):
        flat[key] = value
        size += len(key) + sum(len(str(v)) for v in (value if isinstance(value, list) else [value]))
        if len(flat) > MAX_ATTRIBUTES:
            raise InputTooLargeError(f"Copy takes at most {MAX_ATTRIBUTES} attributes.")
        if size > MAX_CHARACTERS:
            raise InputTooLargeError(
                f"The inputs are longer than {MAX_CHARACTERS} characters together.",
                hint="Marketing copy states every fact it is given: give it those that matter.",
            )
    return flat


def _walk(node: Mapping[str, Any], prefix: str, depth: int) -> Iterator[tuple[str, Any]]:
    if depth > 4:
        raise BadInputError(f"Inputs are nested too deeply at {prefix!r}.")
    for key, value in node.items():
        if not isinstance(key, str) or not key.strip():
            raise BadInputError(f"Input names must be non-empty text, got {key!r}.")
        path = f"{prefix}.{_clean(key, key)}" if prefix else _clean(key, key)
        if isinstance(value, Mapping):
            yield from _walk(value, path, depth + 1)
        elif isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray):
            yield path, [_scalar(item, path) for item in value]
        else:
            yield path, _scalar(value, path)


def _scalar(value: object, key: str) -> str | bool | None:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _clean(value, key)
    if isinstance(value, int | Decimal):
        return str(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise BadInputError(f"Input {key!r} is {value}: give a finite number.")
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
    raise BadInputError(
        f"Input {key!r} is a {type(value).__name__}; text, numbers, yes/no or lists of these are taken."
    )


def _clean(text: str, key: str) -> str:
    try:
        Text(text)
    except BadInputError as error:
        raise BadInputError(f"Input {key!r}: {error.message}", hint=error.hint) from None
    # Line breaks and control characters would break a sentence; they carry no fact.
    spaced = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    return " ".join(spaced.split())


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in _LIST_SEPARATOR.split(text) if part)


def _has_substance(text: str) -> bool:
    return any(unicodedata.category(c)[0] in "LNS" for c in text) and bool(fold(text)[0].strip())


def _texts(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    texts = [("yes" if item else "no") if isinstance(item, bool) else item for item in items]
    kept = (text for text in texts if isinstance(text, str) and text and _has_substance(text))
    return tuple(dict.fromkeys(kept))


def _length(value: object) -> Length | None:
    texts = _texts(value)
    if len(texts) != 1:
        return None
    text = texts[0].strip()
    if text.lower() in _LENGTH_WORDS:
        return Length(name=_LENGTH_WORDS[text.lower()])
    match = _LENGTH_COUNT.match(text)
    if match is None or int(match[1]) == 0:
        return None
    unit = (match[2] or "").lower()
    known = "words" if unit.startswith(("word", "词")) else "characters" if unit else None
    return Length(count=int(match[1]), unit=known)


def read_brief(inputs: Mapping[str, Any]) -> Brief:
    """Sort inputs into facts and steering.

    Raises:
        BadInputError: The inputs cannot be used, or hold no fact at all.
        InputTooLargeError: They are over the size limits.
    """
    facts: list[Fact] = []
    steering: dict[str, Any] = {}
    for key, value in flatten(inputs).items():
        name = slug(key)
        if name == "language":
            continue
        if name in _VOICE:
            steering["voice"] = " ".join(_texts(value)) or None
        elif name in _INSTRUCTION:
            steering["instruction"] = " ".join(_texts(value)) or None
        elif name in _ACTION:
            steering["call_to_action"] = " ".join(_texts(value)) or None
        elif name in _CHANNEL and not any(_is_number(text) for text in _texts(value)):
            steering["channel"] = " ".join(_texts(value)) or None
        elif name in _LENGTH and (not _texts(value) or _length(value) is not None):
            steering["length"] = _length(value) if _texts(value) else None
        elif name in ("audience", "受众"):
            steering["audience"] = " ".join(_texts(value)) or None
        elif name.startswith(("audience_", "受众_")):
            _audience(name, value, steering)
        else:
            fact = _fact("brand" if name == "brand_name" else key, value)
            if fact is not None:
                facts.append(fact)
    if not facts:
        raise BadInputError(
            "There is nothing to write about: the inputs hold no product attribute.",
            hint="Give at least one, such as name, price or features (Chinese keys like 名称, 价格, 卖点 work too).",
        )
    return Brief(facts=tuple(facts), **steering)


def _audience(name: str, value: object, steering: dict[str, Any]) -> None:
    texts = _texts(value)
    for part, spellings in _AUDIENCE.items():
        if name in spellings and texts:
            if part in ("interests", "history"):
                steering[part] = tuple(item for text in texts for item in _split(text))
            else:
                steering[part] = texts[0]


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"\d+(?:\.\d+)?", text))


def _fact(key: str, value: object) -> Fact | None:
    items = value if isinstance(value, list) else [value]
    if len(items) == 1:
        only = items[0]
        if isinstance(only, bool):
            return Fact(key, boolean=only)
        if isinstance(only, str) and only.lower() in _YES | _NO and canonical(key) != "name":
            return Fact(key, boolean=only.lower() in _YES)
    values = _texts(value)
    if canonical(key) in _LIST_KEYS and len(values) == 1:
        values = tuple(dict.fromkeys(part for part in _split(values[0]) if _has_substance(part)))
    return Fact(key, values=values) if values else None


def requested_length(inputs: Mapping[str, Any]) -> Length | None:
    """The text length that inputs ask for, or None."""
    return next(
        (_length(value) for key, value in flatten(inputs).items() if slug(key) in _LENGTH and _length(value)),
        None,
    )
