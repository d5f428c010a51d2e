"""Is a value said in the sense of its attribute? *$39* after *costs*, *9 W* near *power*, *navy* after *comes in*.

The check reads the clause around the value. It is meant for texts of language models, which put given words into
wrong places (*it's yours for 9 W*); it would find fault with good but unusual wordings of people.
"""

from __future__ import annotations

import re

from aigc_text.facts.inputs import Fact
from aigc_text.facts.labels import wordings
from aigc_text.facts.normalise import stem, tokens
from aigc_text.facts.quantities import CURRENCIES

_CLAUSE_END = re.compile(r"[.!?;\n。！？；]|, (?!and )|，")

# By attribute: what may stand in the clause before the value, and after it. "$" ties a cue to the value itself.
_CUES: dict[str, tuple[str, str]] = {
    "price": (r"\b(?:cost|price|pay|only|just|for|at|worth)|售价|价格|只要|仅|花", r"\bprice|的价格"),
    "price_range": (r"\b(?:cost|price|pay|expect|spend|between|range)|价位|人均", r"\bprice|range"),
    "colour": (
        r"\b(?:in|colou?rs?|shades?|hues?|choose|pick)(?: (?:a|the|lovely|beautiful|classic))?(?: [\w, ]+(?:and|or))? $|颜色|色|有",
        r"^ ?(?:colou?r|shade)|色|款",
    ),
    "material": (r"\b(?:made|crafted|woven|knitted)(?: (?:of|from|with|in|out of))? $|\b(?:of|in) $|材质|采用|用|由", r"^ ?(?:fabric|material)|材质|制成|做的"),
    "ingredients": (r"\b(?:made (?:with|from|of)|contains?|ingredients|with)\b|配料|含|用", r"制成|做的"),
    "flavour": (r"\b(?:flavou?rs?|tastes?|notes?|in)\b|味|口味", r"\bflavou?r|notes?|味"),
    "scent": (r"\b(?:scents?|smells?|fragrance|notes?)\b|香|味", r"\b(?:scent|fragrance|aroma)|香|味"),
    "weight": (r"\bweigh|重", r"\b(?:in )?weight|重|轻"),
    "capacity": (r"\b(?:holds?|capacity|volume|carr(?:y|ies)|room for|takes)\b|容量|装", r"\b(?:capacity|volume)|容量"),
    "size": (r"\b(?:size[sd]?|measur\w+|dimensions?|comes? in)\b|尺寸|尺码|大小", r"\b(?:sizes?|in size)|大小"),
    "battery_life": (r"\b(?:battery|runs?|lasts?|charge|playtime|plays?)\b|续航|电", r"\b(?:battery|playtime|per charge|on a (?:single )?charge|of (?:play|listening|power|use))|续航"),
    "power": (r"\b(?:power|watt|draws?|uses?|output|delivers?)\b|功率", r"\b(?:power|output)|功率"),
    "duration": (r"\b(?:lasts?|takes?|duration|for|in)\b|时长|用时", r"\b(?:long|of (?:fun|play))|时长"),
    "warranty": (r"\b(?:warrant|guarantee)|质保|保修", r"\b(?:warrant|guarantee)|质保|保修"),
    "origin": (r"\b(?:from|grown in|made in|origins?|born in|roots in) (?:the )?$|产自|来自|产地", r"^ ?(?:origin)|产|出品"),
    "rating": (r"\b(?:rate|rating|score|stars)|评分|评价", r"\b(?:rating|stars)|评分"),
    "location": (r"\b(?:at|in|on|location|visit) (?:the |our )?$|在|地点|位于", r"见"),
    "near": (r"\b(?:near|close to|by|next to) (?:the )?$|邻近|靠近|在", r"附近|旁"),
    "area": (r"\b(?:in|area|around) (?:the )?$|位于|在", r"^ ?(?:area)"),
    "address": (r"\b(?:at|address)\b|地址|在", r""),
    "date": (r"\b(?:on|date|from|join)\b|日期|时间|在|于", r""),
    "opening_hours": (r"\b(?:open|hours|from)\b|营业", r"\bopen|营业"),
    "features": (
        r"\b(?:with|has|have|featur(?:es|ing)|includ(?:es|ing)|offers?|boasts?|gives? you|get|comes? with|plus)(?: (?:a|an|the|its|both))?(?: [\w, -]+(?:,|and|or|plus)(?: (?:a|an|the))?)? $|有|带|配|具备|支持|特点|还",
        r"",
    ),
    "suitable_for": (r"\b(?:for|suits?|suitable|made for|ideal for)(?: (?:all|everyone))? $|适合|给|送", r"适用|使用|都"),
    "quantity": (r"\b(?:pack of|set of|box of|contains?|comes? with|quantity)\b|共|一共|数量", r"\b(?:pack|set|box)|装"),
    "food": (r"\b(?:serves?|serving|menu|food|cuisine|dishes|kitchen|offers?)\b|菜|供应", r"\b(?:food|cuisine|dishes|kitchen|cooking)|菜"),
    "season": (r"\b(?:for|in|season)\b|适合|季", r"季"),
    "style": (r"\b(?:style|look|design|in)\b|风格|款", r"\b(?:style|look|design)|风|款"),
}  # fmt: skip
_COMPILED = {
    name: (re.compile(before, re.IGNORECASE), re.compile(after, re.IGNORECASE) if after else None)
    for name, (before, after) in _CUES.items()
}
# These are named or quoted, wherever that is.
_FREE = frozenset({"name", "brand", "category", "slogan", "description", "url", "phone", "email", "model"})


def in_its_sense(fact: Fact, text: str, start: int, end: int) -> bool:
    """True if the clause around ``text[start:end]``, a value of ``fact``, has a cue or the name of its attribute."""
    if fact.boolean is not None or fact.canonical in _FREE or fact.key.lower().endswith(("name", "名称")):
        return True
    cuts = [m.end() for m in _CLAUSE_END.finditer(text, 0, start)]
    left = cuts[-1] if cuts else 0
    stop = _CLAUSE_END.search(text, end)
    before, after = text[left:start], text[end : stop.start() if stop else len(text)]
    if fact.canonical == "price" and any(
        t.quantity is not None and t.quantity.unit in CURRENCIES for t in tokens(text[start:end])
    ):
        return True
    cues = _COMPILED.get(fact.canonical or "")
    if cues is not None and (cues[0].search(before) or (cues[1] is not None and cues[1].search(after))):
        return True
    clause = {token.key for token in tokens(before + " " + after)}
    around = (before + after).lower()
    for wording in wordings(fact.key):
        words = [stem(word) for word in re.findall(r"[a-z]+", wording.lower())]
        if words and all(word in clause for word in words):
            return True
        if not words and wording in around:
            return True
    return False


def is_adjective_of(text: str, end: int, nouns: set[str]) -> bool:
    """True if one of ``nouns`` follows the value at once: *a navy sweater*."""
    after = re.match(r" ?([A-Za-z]+)(?: ([A-Za-z]+))?", text[end:])
    return bool(after) and any(stem(word.lower()) in nouns for word in after.groups() if word)  # type: ignore[union-attr]
