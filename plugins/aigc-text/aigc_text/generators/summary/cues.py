"""Words that tell what a sentence does in its text.

Cue phrases, place and length are the oldest signs of a sentence worth keeping (Edmundson, "New methods in automatic extracting", JACM
1969); the kinds here follow Teufel and Moens, "Summarizing scientific articles", Computational Linguistics 2002.
"""

from __future__ import annotations

import re
from typing import Final

_WORK: Final = "(?:paper|work|article|study|report|note|thesis|survey|letter|chapter|review)"

KINDS: Final[dict[str, re.Pattern[str]]] = {
    name: re.compile(f"(?:{pattern})", re.IGNORECASE)
    for name, pattern in {
        "aim": (
            rf"\b(?:in )?(?:this|our|the present) {_WORK}\b|\b(?:we|i|authors) (?:\w+ly )?(?:(?:also|then|first|therefore|thus|here) )?"
            r"(?:propose|present|introduce|develop|describe|study|investigate|address|design|consider|explore|analy[sz]e|offer"
            r"|derive|formulate|provide|examine|suggest|devise|extend|aim)\b|\bis (?:proposed|presented|introduced|described)\b"
            r"|本文|本研究|本论文|本课题|该文|提出|旨在|目的|介绍了|探讨|研究了|设计了|构建了|建立了|分析了|讨论了|综述|阐述|论述|考察了"
            r"|^(?:为了?|针对)"
        ),
        "finding": (
            r"\b(?:we|i|authors) (?:\w+ly )?(?:(?:also|then|further|empirically|experimentally) )?(?:show|find|found|demonstrate|prove"
            r"|observe|conclude|achieve|establish|obtain|report)\b|\bresults? (?:\w+ )?(?:show|suggest|indicate|demonstrate|reveal)"
            r"|\b(?:in conclusion|in summary|to sum up|overall|outperforms?|state[- ]of[- ]the[- ]art)\b"
            r"|结果表明|研究表明|实验表明|结果显示|结果证明|实验结果|仿真结果|结论|表明|发现|综上|总之|由此可见"
        ),
        "background": (
            r"^(?:however|recent(?:ly)?|existing|previous|prior|tradition|while|although|unfortunately|despite|in recent|many|most|one of"
            r"|over the (?:last|past))\w*\b|^(?:然而|但是?|目前|近年来|现有|传统|随着|虽然|尽管|由于|长期以来|众所周知)"
        ),
        "aside": (
            r"^(?:for (?:example|instance)|e\.g|i\.e|note that|see|as shown|as an example|figure|table|source code|code (?:is|and))\b"
            r"|\b(?:https?://|available at)|^(?:例如|比如|如图|见表|譬如|图|表)"
        ),
        "dangling": (
            rf"^(?:it|they|he|she|these|those|such|this (?!{_WORK})|that|moreover|furthermore|in addition|additionally|also|finally|then"
            r"|thus|therefore|hence|but|and|so|here|instead|similarly|consequently|specifically|in particular|to this end)\b"
            r"|^(?:它|他们?|她们?|这|此外|另外|同时|其|并且?|而且|因此|所以|从而|最后|该(?!文))"
        ),
    }.items()
}
"""Kind → pattern. ``aim``: what the text is about; ``finding``: what came out; ``background``: what was before; ``aside``: examples and
pointers; ``dangling``: begins with a word that leans on the sentence before."""


def cues(sentence: str) -> dict[str, bool]:
    """Which kinds of cue a sentence holds."""
    return {name: pattern.search(sentence) is not None for name, pattern in KINDS.items()}
