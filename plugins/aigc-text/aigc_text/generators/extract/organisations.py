"""Organisations as a reader would cut them out: without who speaks for them, with all of their legal form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aigc_text.moderators.entities.organisations import find_organisations

_FORM = r"(?:Ltd|Limited|Inc|Incorporated|LLC|LLP|PLC|plc|GmbH|Corp|Corporation|Co|AG|SA|SE|BV|NV|Pty|Pte)"
_MORE_FORM = re.compile(rf"(?:,? {_FORM}(?!\w)\.?)+")
_ABBREVIATED = re.compile(r"(?:Ltd|Inc|Corp|Co|Bros|S\.A|S\.p\.A|B\.V|N\.V)\.$")
_ASIDE = re.compile(rf", (?!{_FORM}(?!\w))")
_LINK = re.compile(r"[,;]? ?(?:of|from|at|with|and|for|joined|told) |, ")
_KNOWN = re.compile(
    r"(?<![\w-])(?:United Nations|European Union|European Commission|European Central Bank|World Bank|World Health Organi[sz]ation"
    r"|World Trade Organi[sz]ation|International Monetary Fund|Federal Reserve|Red Cross|NATO|UNESCO|UNICEF|WHO|WTO|IMF|NASA|BBC"
    r"|Google|Microsoft|IBM|Intel|Nvidia|NVIDIA|Samsung|Toyota|Siemens|Huawei|Tencent|Alibaba|ByteDance|OpenAI|Netflix|Boeing|Airbus)(?![\w-])"
    r"|联合国|欧盟|北约|世界银行|世界卫生组织|世界贸易组织|国际货币基金组织|红十字会|华为|腾讯|阿里巴巴|百度|字节跳动|京东|谷歌|微软|国务院|人民银行"
)


def named_organisations(text: str, others: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Start and end; they may overlap.

    Args:
        text: Any text.
        others: Start and end of people and dates, which may stand right before an organisation.
    """
    ends = dict(others)
    for found in find_organisations(text):
        start, end = found
        aside = _ASIDE.search(text, start, end)
        if aside is not None:
            end = aside.start()
        start = _begin(text, start, end, ends)
        more = _MORE_FORM.match(text, end)
        if more is not None:
            end = more.end()
        if text[end - 1] == "." and not _ABBREVIATED.search(text, start, end):
            end -= 1
        if end - start >= 3:
            yield start, end
    for match in _KNOWN.finditer(text):
        yield match.span()


def _begin(text: str, start: int, end: int, ends: dict[int, int]) -> int:
    """Where the name itself begins: behind the dates and people that lead to it."""
    place = start
    while place < end:
        after = ends.get(place)
        if after is not None and after < end:
            link = _LINK.match(text, after, end)
            if link is not None:
                start = place = link.end()
                continue
            if text[after : after + 1] == " " and text[place].isdigit():
                start = place = after + 1
                continue
        place += 1
    return start
