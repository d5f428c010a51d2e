"""English capitals, punctuation and spacing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aigc_sdk.verdict import Explanation
from aigc_text.correction.correction import Correction, Kind
from aigc_text.correction.protected import Protected

_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|approx|incl|no|nos|mr|mrs|ms|dr|prof|st|inc|ltd|co|corp|fig|cf|al|p|pp|vol|min|max|est|dept"
    r"|a\.m|p\.m|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)|\b[A-Za-z]|\.\s?)$",
    re.IGNORECASE,
)
_LOWER_START = re.compile(r"(?:^|(?<=[.!?])[ \t]+|(?<=\n))([ \t]*)([a-z][a-z']*)(?=[\s,;]|[.!?](?:\s|$)|$)")
_LONE_I = re.compile(r"(?<![\w.'’&-])i(?=\s|['’](?:m|ve|d|ll)\b)(?!\s*[.):/])")
_SPACE_BEFORE = re.compile(r"(?<=[\w)\"”'’])[ \t]+(?=[,;](?:\s|$)|[.!?](?:\s|$)(?!\s*[.!?]))")
_NO_SPACE = re.compile(r"(?<=[a-z]),(?=[A-Za-z])|(?<=[a-z]{2})[.!?](?=[A-Z][a-z])")
_DOUBLED = re.compile(r",(?:\s?,)+|(?<!\.)\.\.(?!\.)|;;+|(?<![:;]):\s?:(?!:)")
_SPACES = re.compile(r"(?<=[\w,;.!?])[ ]{2,}(?=\w)")


def marks(text: str, guard: Protected) -> list[Correction]:
    """Missing capitals, doubled marks, and white space on the wrong side of a mark."""
    return [c for c in _all(text, guard) if not guard.covers(*c.span)]


def _all(text: str, guard: Protected) -> Iterator[Correction]:
    # One fragment ("blue ceramic mug") is no sentence: a lower-case start is wrong only where sentences are.
    sentences = len(re.findall(r"[.!?](?:\s|$)", text))
    for match in _LOWER_START.finditer(text):
        start, end = match.span(2)
        before = text[max(0, start - 24) : start].rstrip(" \t")
        if before and before[-1] != "\n" and _ABBREVIATION.search(before[:-1]):
            continue
        if (before and before[-1] == "\n") or sentences == 0 or guard.knows(match[2]):
            continue
        fixed = match[2][0].upper() + match[2][1:]
        yield _made(
            (start, end),
            fixed,
            "capital",
            0.9,
            "sentence_start",
            "a sentence starts with a capital",
            "句首应大写",
        )
    for match in _LONE_I.finditer(text):
        yield _made(
            match.span(), "I", "capital", 0.95, "pronoun_i", "the pronoun I is a capital", "代词 I 应大写"
        )
    for match in _SPACE_BEFORE.finditer(text):
        yield _made(
            match.span(), "", "spacing", 0.95, "space_before", "no space before this mark", "标点前不应有空格"
        )
    for match in _NO_SPACE.finditer(text):
        yield _made(
            match.span(),
            match[0] + " ",
            "spacing",
            0.85,
            "space_after",
            "a space follows this mark",
            "标点后应有空格",
        )
    for match in _DOUBLED.finditer(text):
        yield _made(match.span(), match[0][0], "punctuation", 0.9, "doubled_mark", "doubled mark", "标点重复")
    for match in _SPACES.finditer(text):
        yield _made(match.span(), " ", "spacing", 0.95, "spaces", "more than one space", "多余空格")


def _made(
    span: tuple[int, int], replacement: str, kind: Kind, confidence: float, rule: str, en: str, zh: str
) -> Correction:
    return Correction(
        span, replacement, kind, confidence, rule, Explanation(code=f"{kind}.{rule}", en=en, zh=zh)
    )
