"""Text messages, banners and push notifications: one line of facts, and the rest as far as it fits."""

from __future__ import annotations

from collections.abc import Sequence

from aigc_text.evaluators.counting import count_units
from aigc_text.facts.inputs import Fact
from aigc_text.generators.copy.lines import Lines
from aigc_text.generators.copy.sentences import Chooser, FactSentences, capitalised, stop, telling_order

#: One Chinese text message (UCS-2, 3GPP TS 23.040) holds 70 characters.
_ONE_MESSAGE = 70


def write_brief(
    channel: str, lines: Lines, sentences: FactSentences, rng: Chooser, opener: str | None
) -> str:
    """A candidate for ``sms``, ``banner`` or ``push``; ``opener`` takes the place of a hook."""
    zh = lines.zh
    brief = lines.brief
    brand = brief.fact("brand")
    signed = channel == "sms" and lines.brand is not None and lines.name is not None
    said = {
        id(f) for f in (lines.name_fact, brand if signed else None) if f is not None and len(f.values) == 1
    }
    category = brief.fact("category")
    if category is not None and lines.category and lines.name and lines.category in lines.name:
        said.add(id(category))
    line = compact([fact for fact in brief.facts if id(fact) not in said], sentences)
    hooks = [opener] if opener else lines.hooks(rng)
    action = lines.action(rng)
    hook = _hook(hooks, channel, lines, line, action)
    space = "" if zh else " "
    if channel == "sms":
        maker = lines.brand if signed else None
        if zh:
            head = f"【{maker}】{lines.name}，" if maker else f"【{lines.name}】" if lines.name else ""
        else:
            head = f"{lines.name} by {maker}: " if maker else f"{lines.name}: " if lines.name else ""
        told = head + stop(line, lines.language) if line else stop(head.rstrip(": ：，"), lines.language)
        pieces = [piece for piece in (hook, told, action) if piece]
        if zh and hook and not opener:
            pieces = [told[: len(head)] + hook + told[len(head) :], action]
        fits = not zh or len("".join(pieces)) <= _ONE_MESSAGE or lines.brief.call_to_action is not None
        return space.join(pieces) if fits else told
    if channel == "banner":
        pieces = [lines.name or "", line, action]
        return (" ｜ " if zh else " | ").join(piece for piece in pieces if piece)
    rest = [hook, stop(capitalised(line), lines.language) if line else None, action]
    return f"{lines.subject(rng)}\n{space.join(piece for piece in rest if piece)}"


def _hook(hooks: list[str], channel: str, lines: Lines, line: str, action: str) -> str | None:
    wanted = lines.profile.length
    if not hooks:
        return None
    if wanted.count is not None:
        unit = wanted.unit or ("characters" if lines.zh else "words")
        parts = (lines.name or "", line, action, hooks[0])
        total = sum(count_units(text, unit, lines.language) for text in parts)
        return hooks[0] if total <= wanted.count else None
    named = wanted.name in ("medium", "long") or (wanted.name == "short" and channel == "push")
    return hooks[0] if named else None


def compact(facts: Sequence[Fact], sentences: FactSentences) -> str:
    """Facts in one line."""
    told = [sentences.phrase(fact) for fact in sorted(facts, key=telling_order)]
    if sentences.language == "zh":
        return ("；" if any("，" in phrase for phrase in told) else "，").join(told)
    return "; ".join(told)
