"""Copy from the built-in building blocks: seeded choices, every fact once, nothing else claimed.

A candidate is a layout (by channel) filled with an opener, hooks that address the reader, the facts as sentences,
a list or a compact line, and a call to action. Optional parts are added as long as they bring the text closer to
the length asked for; facts are never left out for it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from aigc_text.facts.inputs import Brief, Fact
from aigc_text.generators.copy.brief_layouts import write_brief
from aigc_text.generators.copy.layout import Draft, join
from aigc_text.generators.copy.lines import Lines
from aigc_text.generators.copy.profile import Profile
from aigc_text.generators.copy.sentences import Chooser, FactSentences, capitalised, stop, telling_order
from aigc_text.templates.blocks import Blocks

_OWN_LINE = ("slogan", "description")
_CONTACT = ("url", "phone", "email", "address")
_JOINED = re.compile(r" and |;|；")
_MOST_JOINED = {"zh": 3, "en": 2}
_BADGE = {"friendly": "🌿", "professional": "📌", "playful": "🎉", "luxury": "✨", "technical": "🔍"}
_SPARKS = ("✨", "💡", "🌟", "👀")


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
        self.lines = Lines(brief, profile, language, blocks)
        self.sentences = FactSentences(blocks, language, profile.voice, self.lines.plural, self.lines.you)
        self.action = self.lines.action

    # ---- facts ---------------------------------------------------------------------------------

    def _told(self, stated: Collection[int]) -> tuple[list[Fact], list[Fact]]:
        """Facts for the body, in order, and facts for the end (how to get in touch)."""
        rest = [
            fact for fact in self.brief.facts if id(fact) not in stated and fact.canonical not in _OWN_LINE
        ]
        body = [fact for fact in rest if fact.canonical not in _CONTACT]
        return sorted(body, key=telling_order), [fact for fact in rest if fact.canonical in _CONTACT]

    def _prose(self, facts: Sequence[Fact], rng: Chooser) -> str:
        """Facts as running sentences; verb phrases are joined under one subject."""
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
                name = self.lines.name
                if subjects and name and subject == "It" and rng.random() < 0.3:
                    subject = name
                out.append(stop(f"{subject} {' and '.join(waiting)}", "en"))
            subjects += 1
            waiting.clear()

        for fact in facts:
            predicate = (
                self.sentences.predicate(fact, rng) if rng.random() < (0.97 if self.zh else 0.9) else None
            )
            if predicate is None:
                flush()
                out.append(self.sentences.sentence(fact, rng))
                continue
            # A phrase with a list of its own stands alone, else "and" follows "and".
            if waiting and (_JOINED.search(predicate) or _JOINED.search(waiting[0])):
                flush()
            waiting.append(predicate)
            if len(waiting) == _MOST_JOINED[self.language] or " and " in predicate:
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

    def mend(self, facts: Sequence[Fact], rng: Chooser | None) -> tuple[str, str]:
        """Text that states ``facts``: what to put in front (an opener with the name) and what to put behind.

        Without ``rng``, the plainest wording there is.
        """
        glue = "" if self.zh else " "
        if rng is None:
            return "", glue.join(self.sentences.plain(fact) for fact in facts)
        name = self.lines.name_fact
        front = ""
        rest = sorted(facts, key=telling_order)
        if name is not None and name in rest and self.lines.name is not None:
            front = self.lines.opener(rng, bare=True)
            rest.remove(name)
        return front, self._prose(rest, rng) if rest else ""

    # ---- layouts -------------------------------------------------------------------------------

    def write(self, rng: Chooser, *, opener: str | None = None, stated: Collection[int] = ()) -> str:
        """One candidate.

        Args:
            rng: Its choices.
            opener: Takes the place of the built-in opener.
            stated: ``id`` of the facts that ``opener`` states whole.
        """
        channel = self.profile.channel
        if channel in ("sms", "banner", "push"):
            return write_brief(channel, self.lines, self.sentences, rng, opener)
        draft = Draft()
        body, contacts = self._told(self.lines.introduced if opener is None else stated)
        self._opening(draft, channel, opener, rng)
        self._body(draft, channel, body, rng)
        self._ending(draft, channel, contacts, rng)
        return join(draft.chosen(self.profile.length, self.language), channel, self.language)

    def _opening(self, draft: Draft, channel: str, opener: str | None, rng: Chooser) -> None:
        lines, voice = self.lines, self.profile.voice
        # A model that was told the reader's interests has used them for its opener.
        hooks = [] if opener and self.brief.interests else lines.hooks(rng)
        if channel == "email":
            draft.add(0, ("主题：" if self.zh else "Subject: ") + lines.subject(rng))
            draft.add(1, lines.pick(rng, self.blocks.greetings[voice]))
        elif channel == "product" and lines.name is not None:
            draft.add(0, lines.name)
        elif channel == "xiaohongshu":
            spark = _SPARKS[int(rng.random() * len(_SPARKS))]
            draft.add(0, f"{_BADGE[voice]} {lines.subject(rng)} {spark}")
        if self.profile.history not in (None, "items"):
            # "Welcome back" comes before anything else or not at all.
            draft.add(2, lines.pick(rng, self.blocks.history[self.profile.history]), rank=1)
        before = not opener and (channel in ("social", "moments", "xiaohongshu") or rng.random() < 0.6)
        if hooks and before:
            draft.add(2, hooks[0], rank=1)
        draft.add(2, opener or lines.opener(rng))
        if hooks and not before:
            draft.add(2, hooks[0], rank=1)
        for key in _OWN_LINE:
            for fact in self.brief.facts:
                if fact.canonical == key:
                    draft.add(2, " ".join(stop(value, self.language) for value in fact.values))
        for number, hook in enumerate(hooks[1:]):
            draft.add(2 if number == 0 else 5, hook, rank=3 + number)

    def _body(self, draft: Draft, channel: str, body: list[Fact], rng: Chooser) -> None:
        if not body:
            return
        bridge = self.lines.pick(rng, self.blocks.bridges[self.profile.voice])
        if channel == "product" or (channel in ("email", "social") and len(body) > 3 and rng.random() < 0.5):
            draft.add(2, bridge, rank=2)
            draft.add(3, self._bullets(body, "•"))
            return
        # A bridge to one or two sentences is longer than what it leads to.
        if len(body) > 2 and channel not in ("moments", "xiaohongshu"):
            draft.add(3, bridge, rank=3)
        if channel == "xiaohongshu" and len(body) > 3:
            half = (len(body) + 1) // 2
            draft.add(3, self._prose(body[:half], rng))
            draft.add(4, self._prose(body[half:], rng))
        else:
            draft.add(3, self._prose(body, rng))

    def _ending(self, draft: Draft, channel: str, contacts: list[Fact], rng: Chooser) -> None:
        lines, voice = self.lines, self.profile.voice
        fillers = list(self.blocks.fillers[voice])
        for number in range(len(fillers)):
            pick = fillers.pop(int(rng.random() * len(fillers)))
            draft.add(5, lines.fill(pick), rank=6 + number)
        if contacts:
            glue = "" if self.zh else " "
            draft.add(6, glue.join(self.sentences.sentence(fact, rng) for fact in contacts))
        draft.add(6, lines.action(rng), rank=0 if channel != "general" else 1)
        if channel == "email":
            signature = lines.brand or (lines.name if lines.place else None)
            if signature:
                draft.add(7, lines.pick(rng, self.blocks.closings[voice]) + ("" if self.zh else ","))
                draft.add(7, signature)
        if channel in ("social", "xiaohongshu"):
            draft.add(8, lines.tags(), rank=2)
