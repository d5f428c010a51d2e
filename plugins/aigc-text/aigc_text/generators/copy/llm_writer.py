"""Copy from an instruct model: a prompt with the facts, and cleaning of what comes back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from aigc_sdk.content import Candidate, Message, Text
from aigc_sdk.errors import BadInputError
from aigc_sdk.verdict import Err
from aigc_text.facts.inputs import Brief
from aigc_text.generators.copy.profile import Profile
from aigc_text.generators.copy.repair import sentence_spans
from aigc_text.generators.copy.sentences import listing

if TYPE_CHECKING:
    from aigc_sdk.context import CallContext
    from aigc_sdk.runtime.runtime import Runtime
    from aigc_sdk.runtime.sampling import SamplingParams
    from aigc_text.generators.copy.job import Job
    from aigc_text.generators.copy.options import CopyOptions

_SYSTEM = {
    "en": (
        "You write short, lively marketing copy. Use every fact exactly as given. Add no other facts, numbers, names, "
        "offers or superlatives. Answer with the copy alone."
    ),
    "zh": "你是文案写手，写简短生动的营销文案。给出的每一项事实都要原样写出，不得添加其他事实、数字、名称、优惠或“最”字样。只输出文案本身。",
}
# Two worked examples: models of a few hundred million weights follow examples, hardly instructions. They hold no
# attribute that a small model could carry over unseen: the checker knows their names and numbers for inventions.
_EXAMPLES: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("Write a short advertising text in a friendly voice.\nFacts:\n- name: Fern Mug\n- material: stoneware\n- price: £14",
         "Say hello to Fern Mug, made of stoneware for slow mornings. It is yours for £14. Come and take a look!"),
        ("Write a social media post in a playful voice.\nFacts:\n- name: Pip Kite\n- colours: red and yellow",
         "Who is up for some wind? Pip Kite is ready to fly! It comes in red and yellow. Grab the string and go!"),
    ),
    "zh": (
        ("写一段广告文案，语气亲切。\n事实：\n- 名称: 蕨叶杯\n- 材质: 粗陶\n- 价格: 68元",
         "慢下来的早晨，适合一只蕨叶杯。材质是粗陶，握在手里很踏实。价格68元，来看看吧。"),
        ("写一条社交媒体帖子，语气活泼。\n事实：\n- 名称: 皮皮风筝\n- 颜色: 红色、黄色",
         "起风啦！皮皮风筝已经等不及要飞了。红色、黄色随你选，拿上线轴出发吧！"),
    ),
}  # fmt: skip
_CHANNEL = {
    "email": ("an e-mail with a subject line", "一封带主题的邮件"),
    "sms": ("a text message", "一条短信"),
    "social": ("a social media post", "一条社交媒体帖子"),
    "moments": ("a WeChat Moments post", "一条朋友圈文案"),
    "xiaohongshu": ("a Xiaohongshu post", "一篇小红书文案"),
    "product": ("a product page text", "一段电商详情页文案"),
    "banner": ("a banner line", "一句横幅文案"),
    "push": ("a push notification", "一条推送"),
    "general": ("a short advertising text", "一段广告文案"),
}
_VOICE_ZH = {
    "professional": "专业",
    "playful": "活泼",
    "luxury": "高端",
    "technical": "科技",
    "friendly": "亲切",
}
_TEMPERATURE = 0.4
_PREAMBLE = re.compile(
    r"^\s*(?:(?:sure|certainly|of course|okay|here(?:'s| is| are))\b[^\n:]{0,120}[:!]\s*\n*|(?:好的|当然|以下是)[^\n：:]{0,60}[：:。！]\s*\n*)",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(r"\*\*|__|^#{1,6} +|^> +|`", re.MULTILINE)
_LABEL = re.compile(r"^(?:copy|text|ad(?: copy)?|headline|文案|正文)\s*[:：]\s*", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"[^\n.!?。！？]*(?:\[[A-Za-z][^\]\n]{0,40}\]|<[A-Za-z][^>\n]{0,40}>)[^\n.!?。！？]*[.!?。！？]?"
)


def copy_messages(brief: Brief, profile: Profile, language: str) -> list[Message]:
    """The conversation that asks for one candidate."""
    zh = language == "zh"
    lines = []
    for fact in brief.facts:
        if fact.boolean is not None:
            value = ("是" if fact.boolean else "否") if zh else ("yes" if fact.boolean else "no")
        else:
            value = listing(fact.values, language)
        lines.append(f"- {fact.label(language)}: {value}")
    what = _CHANNEL[profile.channel][1 if zh else 0]
    voice = brief.voice or (_VOICE_ZH[profile.voice] if zh else profile.voice)
    ask = [f"写{what}，语气{voice}。" if zh else f"Write {what} in a {voice} voice."]
    reader = [brief.audience, brief.age, listing(brief.interests, language) if brief.interests else None]
    if any(reader):
        told = ("，" if zh else ", ").join(part for part in reader if part)
        ask.append(f"读者：{told}。" if zh else f"The reader: {told}. Do not mention their age.")
    length = profile.length
    if length.count is not None:
        unit = (
            {"words": "词", "characters": "字"}.get(length.unit or "", "字")
            if zh
            else (length.unit or "words")
        )
        ask.append(f"约{length.count}{unit}。" if zh else f"About {length.count} {unit}.")
    elif length.name is not None:
        named = {"short": "短", "medium": "适中", "long": "长"}[length.name] if zh else length.name
        ask.append(f"篇幅{named}。" if zh else f"Length: {named}.")
    if brief.instruction:
        ask.append(brief.instruction)
    if brief.call_to_action:
        ask.append(f"结尾：{brief.call_to_action}" if zh else f"End with: {brief.call_to_action}")
    facts = "\n".join(lines)
    prompt = f"{''.join(ask)}\n事实：\n{facts}" if zh else f"{' '.join(ask)}\nFacts:\n{facts}"
    shots = []
    for asked, answered in _EXAMPLES[language]:
        shots += [Message("user", asked), Message("assistant", answered)]
    return [Message("system", _SYSTEM[language]), *shots, Message("user", prompt)]


def sampling(options: CopyOptions) -> SamplingParams:
    """Sampling parameters for one candidate."""
    from aigc_sdk.runtime.sampling import SamplingParams

    return SamplingParams(
        max_new_tokens=options.max_new_tokens,
        temperature=_TEMPERATURE if options.temperature is None else options.temperature,
        top_p=options.top_p,
        repetition_penalty=1.1,
    )


def clean(text: str, *, finished: bool = True) -> str:
    """Strip preambles, Markdown, placeholders and quotes; drop the broken last sentence of a cut text."""
    text = _PREAMBLE.sub("", text.strip(), count=1)
    text = _MARKDOWN.sub("", text)
    text = _LABEL.sub("", text.strip())
    text = _PLACEHOLDER.sub("", text)
    if not finished:
        end = max(text.rfind(mark) for mark in ".!?。！？\n")
        if end > 0:
            text = text[: end + 1]
    text = text.strip()
    for left, right in (('"', '"'), ("“", "”"), ("「", "」")):
        if (
            text.startswith(left)
            and text.endswith(right)
            and text.count(left) <= 2
            and text.count(right) <= 2
        ):
            text = text[1:-1].strip()
    return re.sub(r"\n{3,}", "\n\n", _without_repeats(text))


def _without_repeats(text: str) -> str:
    """Drop sentences that were said before: small models get stuck in loops."""
    seen: set[str] = set()
    kept = []
    for start, end in sentence_spans(text):
        key = re.sub(r"\W+", "", text[start:end]).lower()
        if key and key in seen:
            continue
        seen.add(key)
        kept.append(text[start:end])
    return "".join(kept).strip()


def write(runtime: Runtime, bundle_id: str, jobs: Sequence[Job], ctx: CallContext) -> None:
    """Write all candidates of all jobs in one batch and settle them.

    Raises:
        ModelNotFoundError: The bundle is not on this machine.
        BundleError: It is no instruct decoder.
    """
    from aigc_sdk.runtime.chat_template import ChatTemplate

    engine = runtime.decoder(bundle_id)
    template = ChatTemplate.from_bundle(engine.bundle, runtime.tokenizer(bundle_id))
    prompts: list[list[int]] = []
    params: list[SamplingParams] = []
    names: list[str] = []
    owners: list[Job] = []
    for job in jobs:
        prompt = template.encode(copy_messages(job.brief, job.profile, job.language))
        for number in range(job.wanted):
            prompts.append(prompt)
            params.append(sampling(job.options))
            names.append(f"{job.request.id}/{job.request.attempt}/{number}")
            owners.append(job)
    rows = engine.generate(prompts, params, ctx=ctx, request_ids=names)
    for job in jobs:
        drafts = []
        for owner, row in zip(owners, rows, strict=True):
            if owner is not job:
                continue
            if isinstance(row, Err):
                if isinstance(row.error, BadInputError):
                    raise row.error
                continue
            text = clean(engine.text(row), finished=row.finish_reason in ("stop", "stop_string"))
            if not any(c.isalnum() for c in text):
                continue
            drafts.append(
                Candidate(
                    Text(text.replace("\x00", ""), job.language),
                    logprob=row.logprob,
                    tokens=len(row.ids),
                    finish_reason=row.finish_reason,
                    method="llm",
                )
            )
        job.candidates = job.settle(drafts, ctx)
        job.bundle = engine.bundle.digest
