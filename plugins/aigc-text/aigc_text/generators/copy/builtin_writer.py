"""Copy from the built-in building blocks: seeded choices, every fact once, nothing else claimed.

A candidate is a layout (by channel) filled with an opener, hooks that address the reader, the facts as sentences,
a list or a compact line, and a call to action. Optional parts are added as long as they bring the text closer to
the length asked for; facts are never left out for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from aigc_text.evaluators.counting import count_units
from aigc_text.facts.inputs import Brief, Fact
from aigc_text.facts.labels import slug
from aigc_text.generators.copy.profile import Profile
from aigc_text.generators.copy.sentences import (
    Chooser,
    FactSentences,
    capitalised,
    choose,
    is_plural,
    is_uncountable,
    stop,
    with_article,
)
from aigc_text.templates.blocks import Blocks

_OWN_LINE = ("slogan", "description")
_CONTACT = ("url", "phone", "email", "address")
_PLACE_KEYS = frozenset({"area", "near", "food", "address", "opening_hours", "location", "price_range"})
_PLACE_WORDS = re.compile(
    r"\b(?:pub|restaurant|café|cafe|coffee shop|hotel|museum|bar|gym|shop|store|studio|spa|salon)\b|餐厅|酒店|咖啡馆|咖啡店|民宿|饭店|书店|门店|健身房",
    re.IGNORECASE,
)
_LATIN_NAME = re.compile(r"[A-Za-z]+(?: [A-Za-z]+){0,3}")
_HAN_NAME = re.compile("[\u4e00-\u9fff]{2,10}")
#: The highest rank of optional parts that a named length carries.
_OPTIONAL = {"short": 0, "medium": 2, "long": 8}


@dataclass(slots=True)
class _Part:
    text: str
    section: int
    """Parts of one section stand in one paragraph."""
    rank: int = 0
    """0 is required; otherwise optional parts are added in this order."""


@dataclass(slots=True)
class _Draft:
    parts: list[_Part] = field(default_factory=list)

    def add(self, section: int, text: str | None, rank: int = 0) -> None:
        if text:
            self.parts.append(_Part(text, section, rank))


def _name_fact(brief: Brief) -> Fact | None:
    """What the thing is called: the name, or an attribute called "… name"."""
    named = [f for f in brief.facts if slug(f.key).endswith(("_name", "名称")) and len(f.values) == 1]
    return brief.fact("name") or next(iter(named), None)


class BuiltinWriter:
    """Writes candidates for one brief.

    Args:
        brief: Facts and steering.
        profile: Steering as the blocks understand it.
        language: ``"en"`` or ``"zh"``.
        blocks: That language's blocks.
    """

    def __init__(self, brief: Brief, profile: Profile, language: str, blocks: Blocks) -> None:
        self.brief, self.profile, self.language, self.blocks = brief, profile, language, blocks
        self.zh = language == "zh"
        name = self._name_fact = _name_fact(brief)
        category = brief.fact("category")
        self.name = name.values[0] if name is not None and name.values else None
        plural = not self.zh and is_plural(
            self.name or (category.values[0] if category and category.values else "")
        )
        self.sentences = FactSentences(blocks, language, profile.voice, plural)
        self.place = any(f.canonical in _PLACE_KEYS for f in brief.facts) or bool(
            category and category.values and _PLACE_WORDS.search(" ".join(category.values))
        )
        respectful = profile.voice in ("professional", "luxury") or profile.age == "senior"
        self._slots = {"you": "您" if respectful else "你"}
        self._introduced = {
            id(f) for f in (name, category, brief.fact("brand")) if f is not None and len(f.values) == 1
        }
        if self.name is None:
            self._introduced = set()

    # ---- parts ---------------------------------------------------------------------------------

    def _fill(self, form: str, **slots: str) -> str:
        return form.format(**self._slots, **slots)

    def _pick(self, rng: Chooser, forms: Sequence[str], **slots: str) -> str:
        return self._fill(choose(rng, forms), **slots)

    def _introduced_facts(self) -> tuple[str | None, str | None]:
        values = []
        for key in ("category", "brand"):
            fact = self.brief.fact(key)
            values.append(fact.values[0] if fact is not None and len(fact.values) == 1 else None)
        return values[0], values[1]

    def _intro(self, rng: Chooser) -> str:
        """The name with what it is and who makes it."""
        assert self.name is not None
        category, brand = self._introduced_facts()
        if self.zh:
            intro = self.name
            if category and category not in self.name:
                intro = f"{category}「{self.name}」" if rng.random() < 0.6 else f"{self.name}（{category}）"
            if brand and brand not in self.name:
                intro = f"来自{brand}的{intro}"
            return intro
        intro = self.name
        if brand and brand.lower() not in self.name.lower():
            intro += f" by {brand}" if rng.random() < 0.6 else f" from {brand}"
        if category and category.lower() not in self.name.lower():
            intro += f" ({category})" if is_uncountable(category) else f", {with_article(category)}"
        return intro

    def _opener(self, rng: Chooser) -> str:
        voice = self.profile.voice
        if self.name is None:
            return self._pick(rng, self.blocks.nameless[voice])
        opener = self._pick(rng, self.blocks.openers[voice], intro=self._intro(rng))
        return re.sub(r"([.!?。！？])[.。]$", r"\1", opener)

    def _hooks(self, rng: Chooser) -> list[str]:
        """Lines that address the reader, the most personal first."""
        blocks, profile = self.blocks, self.profile
        hooks = []
        if self.brief.interests:
            hooks.append(self._pick(rng, blocks.interest, interest=choose(rng, self.brief.interests)))
        if profile.history == "items":
            item = choose(rng, self.brief.history)
            if not self.zh and item[:1].islower():
                item = with_article(item)
            hooks.append(self._pick(rng, blocks.history["items"], item=item))
        if profile.age is not None:
            formal = profile.voice in ("professional", "luxury")
            hooks.append(self._pick(rng, (blocks.age_formal if formal else blocks.age)[profile.age]))
        if profile.budget is not None:
            hooks.append(self._pick(rng, blocks.budget[profile.budget]))
        if len(hooks) > 1 and rng.random() < 0.4:
            hooks[0], hooks[1] = hooks[1], hooks[0]
        return [stop(hook, self.language) for hook in hooks]

    def _action(self, rng: Chooser) -> str:
        if self.brief.call_to_action:
            return stop(self.brief.call_to_action, self.language)
        table = self.blocks.place_actions if self.place else self.blocks.actions
        return self._pick(rng, table[self.profile.voice])

    def _told(self) -> tuple[list[Fact], list[Fact]]:
        """Facts for the body and facts for the end (how to get in touch)."""
        rest = [
            fact
            for fact in self.brief.facts
            if id(fact) not in self._introduced and fact.canonical not in _OWN_LINE
        ]
        return (
            [fact for fact in rest if fact.canonical not in _CONTACT],
            [fact for fact in rest if fact.canonical in _CONTACT],
        )

    def _prose(self, facts: Sequence[Fact], rng: Chooser) -> str:
        """Facts as running sentences; verb phrases are paired under one subject."""
        out: list[str] = []
        waiting: list[str] = []
        subjects = 0

        def flush() -> None:
            nonlocal subjects
            if not waiting:
                return
            if self.zh:
                out.append(stop("，".join(waiting), "zh"))
            else:
                subject = "They" if self.sentences.plural else "It"
                if subjects and self.name and not self.sentences.plural and rng.random() < 0.5:
                    subject = self.name
                out.append(stop(f"{subject} {' and '.join(waiting)}", "en"))
            subjects += 1
            waiting.clear()

        for fact in facts:
            predicate = self.sentences.predicate(fact, rng) if rng.random() < 0.8 else None
            if predicate is None:
                if rng.random() < 0.5:
                    flush()
                out.append(self.sentences.sentence(fact, rng))
                continue
            if waiting and (
                " and " in predicate or " and " in waiting[0] or ";" in predicate or "；" in predicate
            ):
                flush()
            waiting.append(predicate)
            if len(waiting) == (3 if self.zh else 2) or " and " in predicate:
                flush()
        flush()
        return ("" if self.zh else " ").join(out)

    def _bullets(self, facts: Sequence[Fact], mark: str) -> str:
        lines = []
        for fact in facts:
            if fact.canonical == "features" and len(fact.values) > 1:
                lines += [
                    f"{mark} {capitalised(value)}" if value[:1].islower() else f"{mark} {value}"
                    for value in fact.values
                ]
            else:
                lines.append(f"{mark} {self.sentences.short(fact, capital=True)}")
        return "\n".join(lines)

    def _compact(self, facts: Sequence[Fact]) -> str:
        return ("；" if self.zh else "; ").join(self.sentences.short(fact) for fact in facts)

    def _tags(self) -> str | None:
        tags = []
        if self.name is not None:
            pattern = _HAN_NAME if self.zh else _LATIN_NAME
            if pattern.fullmatch(self.name):
                tags.append("#" + "".join(w[:1].upper() + w[1:] for w in self.name.split()))
        tags += [
            "#" + "".join(i.split())
            for i in self.brief.interests[:2]
            if (_HAN_NAME if self.zh else _LATIN_NAME).fullmatch(i)
        ]
        return " ".join(dict.fromkeys(tags)) or None

    def _contacts(self, facts: Sequence[Fact], rng: Chooser) -> str:
        return ("" if self.zh else " ").join(self.sentences.sentence(fact, rng) for fact in facts)

    def mend(self, facts: Sequence[Fact], rng: Chooser | None) -> tuple[str, str]:
        """Text that states ``facts``: what to put in front (an opener with the name) and what to put behind.

        Without ``rng``, the plainest wording there is.
        """
        glue = "" if self.zh else " "
        if rng is None:
            return "", glue.join(self.sentences.plain(fact) for fact in facts)
        name = self._name_fact
        front = ""
        rest = list(facts)
        if name is not None and name in rest and self.name is not None:
            form = choose(rng, self.blocks.openers[self.profile.voice])
            front = re.sub(r"([.!?。！？])[.。]$", r"\1", self._fill(form, intro=self.name))
            rest.remove(name)
        return front, self._prose(rest, rng) if rest else ""

    # ---- layouts -------------------------------------------------------------------------------

    def write(self, rng: Chooser) -> str:
        """One candidate."""
        draft = _Draft()
        channel = self.profile.channel
        if channel in ("sms", "banner", "push"):
            return self._brief_layout(channel, rng)
        body, contacts = self._told()
        hooks = self._hooks(rng)
        self._opening(draft, channel, hooks, rng)
        self._body(draft, channel, body, rng)
        self._ending(draft, channel, contacts, rng)
        return self._assemble(draft)

    def _opening(self, draft: _Draft, channel: str, hooks: list[str], rng: Chooser) -> None:
        opener, voice = self._opener(rng), self.profile.voice
        if channel == "email":
            subject = (
                self._pick(rng, self.blocks.subjects[voice], name=self.name)
                if self.name
                else self._opener(rng).rstrip(".。!！")
            )
            draft.add(0, ("主题：" if self.zh else "Subject: ") + subject)
            draft.add(1, self._pick(rng, self.blocks.greetings[voice]))
        elif channel == "product" and self.name is not None:
            draft.add(0, self.name)
        if self.profile.history not in (None, "items"):
            # "Welcome back" comes before anything else or not at all.
            draft.add(2, self._pick(rng, self.blocks.history[self.profile.history]), rank=1)
        before = channel in ("social", "moments", "xiaohongshu") or rng.random() < 0.6
        if hooks and before:
            draft.add(2, hooks[0], rank=1)
        draft.add(2, opener)
        if hooks and not before:
            draft.add(2, hooks[0], rank=1)
        for key in _OWN_LINE:
            for fact in self.brief.facts:
                if fact.canonical == key:
                    draft.add(2, " ".join(stop(value, self.language) for value in fact.values))
        for number, hook in enumerate(hooks[1:]):
            draft.add(2 if number == 0 else 5, hook, rank=3 + number)

    def _body(self, draft: _Draft, channel: str, body: list[Fact], rng: Chooser) -> None:
        if not body:
            return
        bridge = self._pick(rng, self.blocks.bridges[self.profile.voice])
        listed = channel in ("product", "xiaohongshu") or (
            channel in ("email", "social", "moments") and len(body) > 2 and rng.random() < 0.5
        )
        if listed:
            mark = {"xiaohongshu": "✨", "product": "•"}.get(channel, "•")
            draft.add(2, bridge, rank=2)
            draft.add(3, self._bullets(body, mark))
        else:
            draft.add(3, bridge, rank=2)
            draft.add(3, self._prose(body, rng))

    def _ending(self, draft: _Draft, channel: str, contacts: list[Fact], rng: Chooser) -> None:
        voice = self.profile.voice
        fillers = list(self.blocks.fillers[voice])
        for number in range(len(fillers)):
            pick = fillers.pop(int(rng.integers(0, len(fillers))))  # type: ignore[call-overload]  # NumPy's integer
            draft.add(5, self._fill(pick), rank=6 + number)
        if contacts:
            draft.add(6, self._contacts(contacts, rng))
        draft.add(6, self._action(rng), rank=0 if channel != "general" else 1)
        if channel == "email":
            _, brand = self._introduced_facts()
            signature = brand or (self.name if self.place else None)
            if signature:
                draft.add(7, self._pick(rng, self.blocks.closings[voice]) + ("" if self.zh else ","))
                draft.add(7, signature)
        if channel in ("social", "xiaohongshu", "moments"):
            draft.add(8, self._tags(), rank=2)

    def _brief_layout(self, channel: str, rng: Chooser) -> str:
        brand = self.brief.fact("brand")
        signed = channel == "sms" and brand is not None and len(brand.values) == 1 and self.name is not None
        name = self._name_fact
        said = {
            id(fact)
            for fact in (name, brand if signed else None)
            if fact is not None and len(fact.values) == 1
        }
        line = self._compact([fact for fact in self.brief.facts if id(fact) not in said])
        hooks = self._hooks(rng)
        action = self._action(rng)
        wanted = self.profile.length
        hook = (
            hooks[0]
            if hooks and (wanted.name in ("medium", "long") or (wanted.name == "short" and channel == "push"))
            else None
        )
        if wanted.count is not None and hooks:
            unit = wanted.unit or ("characters" if self.zh else "words")
            total = sum(count_units(t, unit, self.language) for t in (self.name or "", line, action))
            hook = hooks[0] if total + count_units(hooks[0], unit, self.language) <= wanted.count else None
        space = "" if self.zh else " "
        if channel == "sms":
            maker = brand.values[0] if signed and brand is not None else None
            if self.zh:
                head = f"【{maker}】{self.name}：" if maker else f"【{self.name}】" if self.name else ""
            else:
                head = f"{self.name} by {maker}: " if maker else f"{self.name}: " if self.name else ""
            told = head + stop(line, self.language) if line else stop(head.rstrip(": ："), self.language)
            return space.join(piece for piece in (hook, told, action) if piece)
        if channel == "banner":
            pieces = [self.name, line, action]
            return (" ｜ " if self.zh else " | ").join(piece for piece in pieces if piece)
        title = (
            self._pick(rng, self.blocks.subjects[self.profile.voice], name=self.name)
            if self.name
            else self._opener(rng)
        )
        rest = [hook, stop(capitalised(line), self.language) if line else None, action]
        return f"{title}\n{space.join(piece for piece in rest if piece)}"

    # ---- length --------------------------------------------------------------------------------

    def _assemble(self, draft: _Draft) -> str:
        wanted = self.profile.length
        optional = sorted({part.rank for part in draft.parts if part.rank})
        if wanted.count is None:
            kept = {rank for rank in optional if rank <= _OPTIONAL[wanted.name or "medium"]}
        else:
            unit = wanted.unit or ("characters" if self.zh else "words")
            sizes: dict[int, int] = {}
            for part in draft.parts:
                sizes[part.rank] = sizes.get(part.rank, 0) + count_units(part.text, unit, self.language)
            total, kept = sizes.get(0, 0), set()
            for rank in optional:
                # Closer with it than without?
                if abs(total + sizes[rank] - wanted.count) < abs(total - wanted.count):
                    kept.add(rank)
                    total += sizes[rank]
        return self._join([part for part in draft.parts if not part.rank or part.rank in kept])

    def _join(self, parts: list[_Part]) -> str:
        paragraphs: dict[int, list[str]] = {}
        for part in parts:
            paragraphs.setdefault(part.section, []).append(part.text)
        glue = "" if self.zh else " "
        blocks = []
        for section in sorted(paragraphs):
            texts = paragraphs[section]
            blocks.append("\n".join(texts) if section == 7 else glue.join(texts))
        if self.profile.channel == "general":
            single = glue.join(blocks)
            return single if len(single) <= (200 if self.zh else 520) else "\n\n".join(blocks)
        return "\n\n".join(blocks)
