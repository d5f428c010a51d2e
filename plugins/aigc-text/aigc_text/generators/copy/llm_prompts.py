"""What an instruct model is asked: for a whole text, or (small models) for its first lines."""

from __future__ import annotations

from aigc_sdk.content import Message
from aigc_text.facts.inputs import Brief
from aigc_text.generators.copy.profile import Profile
from aigc_text.generators.copy.sentences import listing

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
# Models under a billion weights put facts into wrong places and make up others, whatever the prompt says. So they are
# not told any: they write an opener around the name, and the building blocks write the facts.
_OPENER_SYSTEM = {
    "en": (
        "You write the first lines of advertisements: two short sentences that name the product and greet the reader. "
        "You say nothing about what it is made of, what it does or what it costs."
    ),
    "zh": "你写广告的开头：两个短句，点出名称，招呼读者。不写材质、功能和价格。",
}
_OPENER_EXAMPLES: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("Product: Fern Mug (mug)\nVoice: friendly", "Say hello to Fern Mug. It is ready to be part of your slow mornings!"),
        ("Product: Pip Kite\nVoice: playful\nReader likes: the seaside", "Who is up for some fun by the seaside? Pip Kite cannot wait to meet you!"),
        ("Product: Maison Vale (perfume)\nVoice: luxury", "Take a moment for yourself. Maison Vale is waiting to be discovered."),
    ),
    "zh": (
        ("产品：蕨叶杯（杯子）\n语气：亲切", "来认识一下蕨叶杯吧。慢下来的早晨，它想陪着你。"),
        ("产品：皮皮风筝\n语气：活泼\n读者喜欢：海边", "喜欢海边的你，看过来！皮皮风筝等不及要见你啦！"),
        ("产品：谷间（香水）\n语气：高端", "留一点时间给自己。谷间，静候你的到来。"),
    ),
}  # fmt: skip


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


def opener_messages(brief: Brief, profile: Profile, language: str) -> list[Message]:
    """The conversation that asks for the first lines, around the name alone."""
    zh = language == "zh"
    values = {
        key: fact.values[0]
        for key in ("name", "category")
        if (fact := brief.fact(key)) is not None and fact.values
    }
    name = values.get("name") or values.get("category") or (brief.facts[0].values or (brief.facts[0].key,))[0]
    category = values.get("category") if "name" in values else None
    voice = brief.voice or (_VOICE_ZH[profile.voice] if zh else profile.voice)
    if zh:
        lines = [f"产品：{name}" + (f"（{category}）" if category else ""), f"语气：{voice}"]
    else:
        lines = [f"Product: {name}" + (f" ({category})" if category else ""), f"Voice: {voice}"]
    if brief.interests:
        lines.append(("读者喜欢：" if zh else "Reader likes: ") + listing(brief.interests, language))
    if brief.instruction:
        lines.append(brief.instruction)
    shots = []
    for asked, answered in _OPENER_EXAMPLES[language]:
        shots += [Message("user", asked), Message("assistant", answered)]
    return [Message("system", _OPENER_SYSTEM[language]), *shots, Message("user", "\n".join(lines))]
