"""Lines around the facts: the opener, hooks that address the reader, the call to action, hashtags."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aigc_text.facts.inputs import Brief, Fact
from aigc_text.facts.labels import slug
from aigc_text.generators.copy.profile import Profile
from aigc_text.generators.copy.sentences import (
    Chooser,
    choose,
    is_plural,
    is_uncountable,
    stop,
    with_article,
)
from aigc_text.templates.blocks import Blocks

_PLACE_KEYS = frozenset({"area", "near", "food", "address", "opening_hours", "location", "price_range"})
_PLACE_WORDS = re.compile(
    r"\b(?:pub|restaurant|café|cafe|coffee shop|hotel|museum|bar|gym|shop|store|studio|spa|salon)\b|餐厅|酒店|咖啡馆|咖啡店|民宿|饭店|书店|门店|健身房",
    re.IGNORECASE,
)
_LATIN_NAME = re.compile(r"[A-Za-z]+(?: [A-Za-z]+){0,3}")
_HAN_NAME = re.compile("[\u4e00-\u9fff]{2,10}")
_PLAIN_CATEGORY = {"en": re.compile(r"[a-z][a-z -]{1,30}"), "zh": re.compile("[\u4e00-\u9fff]{1,8}")}
# Chinese nouns of one character that do not stand alone.
_SHORT_NOUNS = frozenset("裙裤鞋帽袜")


def name_fact(brief: Brief) -> Fact | None:
    """What the thing is called: the name, or an attribute called "… name"."""
    named = [f for f in brief.facts if slug(f.key).endswith(("_name", "名称")) and len(f.values) == 1]
    return brief.fact("name") or next(iter(named), None)


class Lines:
    """Chooses lines for one brief.

    Args:
        brief: Facts and steering.
        profile: Steering as the blocks understand it.
        language: ``"en"`` or ``"zh"``.
        blocks: That language's blocks.
    """

    def __init__(self, brief: Brief, profile: Profile, language: str, blocks: Blocks) -> None:
        self.brief, self.profile, self.language, self.blocks = brief, profile, language, blocks
        self.zh = language == "zh"
        self.name_fact = name_fact(brief)
        named = self.name_fact
        self.name = named.values[0] if named is not None and named.values else None
        self.category, self.brand = self._single("category"), self._single("brand")
        self.plural = not self.zh and is_plural(self.name or self.category or "")
        category = brief.fact("category")
        self.place = any(f.canonical in _PLACE_KEYS for f in brief.facts) or bool(
            category and category.values and _PLACE_WORDS.search(" ".join(category.values))
        )
        respectful = profile.voice in ("professional", "luxury") or profile.age == "senior"
        self.you = "您" if respectful else "你"

    def _single(self, key: str) -> str | None:
        fact = self.brief.fact(key)
        return fact.values[0] if fact is not None and len(fact.values) == 1 else None

    @property
    def introduced(self) -> set[int]:
        """``id`` of the facts that an opener states."""
        if self.name is None:
            category = self.brief.fact("category")
            return {id(category)} if category is not None and self._plain_category() else set()
        facts = (self.name_fact, self.brief.fact("category"), self.brief.fact("brand"))
        return {id(f) for f in facts if f is not None and len(f.values) == 1}

    def fill(self, form: str, **slots: str) -> str:
        """A form with its slots filled."""
        return form.format(you=self.you, **slots)

    def pick(self, rng: Chooser, forms: Sequence[str], **slots: str) -> str:
        """One of ``forms``, filled."""
        return self.fill(choose(rng, forms), **slots)

    def _plain_category(self) -> str | None:
        """Something to call a thing without a name: *this backpack*, 这款上衣."""
        category = self.category
        if category is None or not _PLAIN_CATEGORY[self.language].fullmatch(category):
            return None
        if self.zh:
            return f"这款{category}{'子' if category in _SHORT_NOUNS else ''}"
        return f"{'these' if self.plural else 'this'} {category}"

    def _intro(self, rng: Chooser) -> str:
        """The name with what it is and who makes it."""
        assert self.name is not None
        category, brand = self.category, self.brand
        intro = self.name
        if self.zh:
            if category and category not in self.name:
                intro = f"{category}「{self.name}」" if rng.random() < 0.6 else f"{self.name}（{category}）"
            if brand and brand not in self.name:
                intro = f"来自{brand}的{intro}"
            return intro
        if brand and brand.lower() not in self.name.lower():
            intro += f" by {brand}" if rng.random() < 0.6 else f" from {brand}"
        if category and category.lower() not in self.name.lower():
            intro += f" ({category})" if is_uncountable(category) else f", {with_article(category)}"
        return intro

    def opener(self, rng: Chooser, *, bare: bool = False) -> str:
        """The first sentence; ``bare`` with the name alone."""
        voice = self.profile.voice
        if self.name is None:
            called = self._plain_category()
            if called is None:
                return self.pick(rng, self.blocks.nameless[voice])
            intro = called
        else:
            intro = self.name if bare else self._intro(rng)
        opener = self.pick(rng, self.blocks.openers[voice], intro=intro)
        return re.sub(r"([.!?。！？])[.。]$", r"\1", opener)

    def hooks(self, rng: Chooser) -> list[str]:
        """Lines that address the reader, the most personal first."""
        blocks, profile = self.blocks, self.profile
        hooks = []
        if self.brief.interests:
            hooks.append(self.pick(rng, blocks.interest, interest=choose(rng, self.brief.interests)))
        if profile.history == "items":
            item = choose(rng, self.brief.history)
            if not self.zh and item[:1].islower():
                item = with_article(item)
            hooks.append(self.pick(rng, blocks.history["items"], item=item))
        if profile.age is not None:
            formal = profile.voice in ("professional", "luxury")
            hooks.append(self.pick(rng, (blocks.age_formal if formal else blocks.age)[profile.age]))
        if profile.budget is not None:
            hooks.append(self.pick(rng, blocks.budget[profile.budget]))
        if len(hooks) > 1 and rng.random() < 0.4:
            hooks[0], hooks[1] = hooks[1], hooks[0]
        return [stop(hook, self.language) for hook in hooks]

    def action(self, rng: Chooser) -> str:
        """A call to action: the caller's own words if there are any."""
        if self.brief.call_to_action:
            return stop(self.brief.call_to_action, self.language)
        table = self.blocks.place_actions if self.place else self.blocks.actions
        return self.pick(rng, table[self.profile.voice])

    def subject(self, rng: Chooser) -> str:
        """A title: a subject line with the name, or the opener."""
        if self.name:
            return self.pick(rng, self.blocks.subjects[self.profile.voice], name=self.name)
        return self.opener(rng).rstrip(".。!！")

    def tags(self) -> str | None:
        """Hashtags of the name, in Chinese also the sort and the brand, and interests; None without any."""
        pattern = _HAN_NAME if self.zh else _LATIN_NAME
        words = [self.name or "", *((self.category or "", self.brand or "") if self.zh else ())]
        tags = [
            "#" + "".join(w[:1].upper() + w[1:] for w in word.split())
            for word in words
            if pattern.fullmatch(word)
        ]
        tags += ["#" + "".join(i.split()) for i in self.brief.interests[:2] if pattern.fullmatch(i)]
        return " ".join(dict.fromkeys(tags)) or None
