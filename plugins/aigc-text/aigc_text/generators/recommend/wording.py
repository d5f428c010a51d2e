"""Copy for one product: the reason, then its facts by the building blocks of ``text/copy``; nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from aigc_text.facts.checker import FactChecker
from aigc_text.generators.copy.builtin_writer import BuiltinWriter
from aigc_text.generators.copy.profile import read_profile
from aigc_text.generators.copy.sentences import FactSentences
from aigc_text.generators.recommend.ranking import Ranked
from aigc_text.templates.blocks import Blocks

if TYPE_CHECKING:
    import numpy as np

_OPENERS: Final = {
    ("en", "interest"): "Because you like {wish}: {name}.",
    ("en", "history"): "Because of your interest in {wish}: {name}.",
    ("en", "none"): "You may want to look at {name}.",
    ("zh", "interest"): "因为你喜欢{wish}：{name}。",
    ("zh", "history"): "因为你关注过{wish}：{name}。",
    ("zh", "none"): "可以看看{name}。",
}


def reason_of(ranked: Ranked) -> str:
    """``interest``, ``history`` or ``none``."""
    if ranked.wish is None:
        return "none"
    return "history" if ranked.wish.history else "interest"


def write(ranked: Ranked, language: str, voice: str | None, blocks: Blocks, rng: np.random.Generator) -> str:
    """One text.

    Where the building blocks' text would say what no fact does, or leave one out, the facts follow the reason one by one.
    """
    product = ranked.product
    wish = ranked.wish.text if ranked.wish is not None else ""
    opener = _OPENERS[language, reason_of(ranked)].format(wish=wish, name=product.name)
    brief = replace(
        product.brief,
        interests=(wish,) if wish else (),
        voice=voice or product.brief.voice,
        channel=None,
        history=(),
        audience=None,
    )
    checker = FactChecker(replace(brief, extra=(opener,)), language)
    named = next((fact for fact in brief.facts if product.name in fact.values), brief.facts[0])
    stated = {id(named)} if len(named.values) == 1 else set()
    profile = read_profile(brief, "general")
    text = BuiltinWriter(brief, profile, language, blocks).write(rng, opener=opener, stated=stated)
    if checker.check(text).faithful:
        return text
    plain = FactSentences(blocks, language, profile.voice)
    rest = [plain.plain(fact) for fact in brief.facts if id(fact) not in stated]
    return ("" if language == "zh" else " ").join([opener, *rest])
