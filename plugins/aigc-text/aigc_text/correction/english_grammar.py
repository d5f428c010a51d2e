"""English grammar: small families of rules that hardly ever speak in vain. What they don't know they pass over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aigc_sdk.verdict import Explanation
from aigc_text.correction.correction import Correction
from aigc_text.correction.protected import Protected

_ARTICLE = re.compile(r"\b([Aa]n?)[ \t]+(?=[\"“'‘(]?([A-Za-z][\w'’-]*|\d[\d.,]*))")
# Letter and sound part company here (The CMU dictionary lists few more common ones).
_SILENT_H = re.compile(r"hour|honest|hono|heir(?!loomed)|herb(?!iv)", re.IGNORECASE)
_YOU_SOUND = re.compile(
    r"eu|ew|once|one(?!t)|oui|u(?:ni(?!n|m(?!o))|se|su|ti|to|ur?i|bi|kr|ga|fo|lul|van)|u$", re.IGNORECASE
)
_SPELLED_VOWEL = frozenset("AEFHILMNORSX")
_EITHER = frozenset(
    [
        "herb",
        "herbs",
        "herbal",
        "historic",
        "historical",
        "historian",
        "horrific",
        "hotel",
        "habitual",
        "url",
        "urls",
        "sql",
        "faq",
    ]
)
_DOUBLED = re.compile(
    r"\b(the|a|an|of|to|and|or|are|was|were|be|for|with|this|we|you|they|my|your|our|their|from|as|at|by|if|but|will|can"
    r"|would|should|have|has|its|into|than|then|very much|some|any|i|he|she)([ \t]+)\1\b(?![-'’])",
    re.IGNORECASE,
)
_CLAUSE = r"(?:^|[.!?;:\n]\s{0,4}|,\s{0,4}|\b(?:because|but|when|while|although|though|so|since|where|if|whether)\s{1,4})"
_AGREEMENT = [
    (rf"{_CLAUSE}(?P<p>he|she|it)\s+(?P<v>have|are|do|don['’]t|am)\b(?!\s+(?:not\s+)?(?:to\s+be))",
     {"have": "has", "are": "is", "do": "does", "don't": "doesn't", "am": "is"}),
    (rf"(?:{_CLAUSE}|\band\s+|\bthat\s+)(?P<p>they|we|you)\s+(?P<v>was|is|has|does|doesn['’]t|wasn['’]t|isn['’]t|hasn['’]t|am)\b",
     {"was": "were", "is": "are", "has": "have", "does": "do", "doesn't": "don't", "wasn't": "weren't", "isn't": "aren't",
      "hasn't": "haven't", "am": "are"}),
    (rf"{_CLAUSE}(?P<p>I)\s+(?P<v>is|are|has|does|doesn['’]t|hasn['’]t)\b",
     {"is": "am", "are": "am", "has": "have", "does": "do", "doesn't": "don't", "hasn't": "haven't"}),
]  # fmt: skip
_AGREEMENTS = [(re.compile(pattern, re.IGNORECASE), table) for pattern, table in _AGREEMENT]
_MODAL_OF = re.compile(
    r"\b((?:sh|c|w)ould|might|must)(?:n['’]t)?([ \t]+)(of)\b(?=\s+\w+(?:ed|en|wn|ne|n)?\b)(?!\s+(?:course|the|a|an|this|that|these|those|all|its|his|her|their|our|my|your))",
    re.IGNORECASE,
)
_MODAL_VERB = re.compile(
    r"\b(?:could|would|should)(?:[ \t]+not|n['’]t)?[ \t]+(?P<v>is|are|was|were|has|had|does|goes|makes|takes|gets)\b",
    re.IGNORECASE,
)
_BARE = {
    "is": "be", "are": "be", "was": "be", "were": "be", "has": "have", "had": "have", "does": "do", "goes": "go",
    "makes": "make", "takes": "take", "gets": "get", "went": "go", "gone": "go", "saw": "see", "came": "come",
    "took": "take", "made": "make", "said": "say", "knew": "know", "thought": "think", "found": "find", "gave": "give",
    "told": "tell", "became": "become", "bought": "buy", "brought": "bring", "wrote": "write", "did": "do", "got": "get",
}  # fmt: skip
_DID_VERB = re.compile(
    r"\b(?:did|does)(?:n['’]t|[ \t]+not)[ \t]+(?P<v>was|were|has|had|went|saw|came|took|made|said|knew|thought|found|gave"
    r"|told|became|bought|brought|wrote|got|goes|makes|takes|gets|is|are)\b(?![ \t]+(?:it|that|what|he|she|they|there)\b)",
    re.IGNORECASE,
)
_COMPARATIVE = re.compile(
    r"\bmore[ \t]+(?=(better|worse|easier|harder|bigger|smaller|faster|slower|cheaper|stronger|weaker|higher|lower|older"
    r"|younger|larger|longer|shorter|happier|healthier|safer|cleaner|richer|closer|nicer|brighter|lighter|heavier|warmer"
    r"|cooler|softer)\b)",
    re.IGNORECASE,
)
_UNCOUNTED = {
    "informations": "information", "advices": "advice", "furnitures": "furniture", "equipments": "equipment",
    "luggages": "luggage", "knowledges": "knowledge", "homeworks": "homework", "childrens": "children",
    "feedbacks": "feedback", "softwares": "software", "sceneries": "scenery", "machineries": "machinery",
}  # fmt: skip
_UNCOUNTED_WORD = re.compile(rf"\b({'|'.join(_UNCOUNTED)})\b(?!['’])", re.IGNORECASE)
_ITS = re.compile(
    r"\b([Ii])ts[ \t]+(?=(?:a|an|the|not|been|very|so|really|too|because|going|important|easy|hard)\b)(?!not\b\w)"
)
_PLURAL_AFTER_ONE = re.compile(
    r"\b(?:many|several|few)[ \t]+(?P<n>thing|person|problem|product|place|car|student|way|friend|country|reason|idea|book|year|day"
    r"|time|feature|option|colour|color|customer)\b(?![-'’])(?![ \t]+[a-z]+s\b)",
    re.IGNORECASE,
)


def grammar(text: str, guard: Protected) -> list[Correction]:
    """What the rules object to."""
    return [c for c in _all(text) if not guard.covers(*c.span)]


def _all(text: str) -> Iterator[Correction]:
    yield from _articles(text)
    for match in _DOUBLED.finditer(text):
        if match[0][0].isupper() and match[0].split()[-1][0].isupper() and match[1].lower() != "i":
            continue
        yield _made(
            (match.end(1), match.end()),
            "",
            0.93,
            "doubled_word",
            f"“{match[1]}” stands twice",
            f"“{match[1]}”重复",
        )
    for pattern, table in _AGREEMENTS:
        for match in pattern.finditer(text):
            verb = match["v"].lower().replace("’", "'")
            yield _made(
                match.span("v"), table[verb], 0.85, "agreement", f"“{match['p']}” goes with “{table[verb]}”",
                f"“{match['p']}”应与“{table[verb]}”搭配",
            )  # fmt: skip
    for match in _MODAL_OF.finditer(text):
        yield _made(match.span(3), "have", 0.9, "modal_of", "“of” for “have”", "应为 have")
    for pattern, confidence in ((_MODAL_VERB, 0.85), (_DID_VERB, 0.85)):
        for match in pattern.finditer(text):
            bare = _BARE[match["v"].lower()]
            yield _made(
                match.span("v"), bare, confidence, "bare_verb", f"the plain form “{bare}” follows an auxiliary",
                f"助动词后用原形 {bare}",
            )  # fmt: skip
    for match in _COMPARATIVE.finditer(text):
        yield _made(
            match.span(),
            "",
            0.88,
            "double_comparative",
            f"“{match[1]}” is a comparative already",
            f"{match[1]} 已是比较级",
        )
    for match in _UNCOUNTED_WORD.finditer(text):
        single = _UNCOUNTED[match[1].lower()]
        shown = single.capitalize() if match[1][0].isupper() else single
        yield _made(
            match.span(1), shown, 0.85, "uncounted", f"“{single}” has no plural", f"{single} 没有复数形式"
        )
    for match in _ITS.finditer(text):
        yield _made(
            (match.start(), match.end(1) + 2),
            f"{match[1]}t's",
            0.8,
            "its",
            "“it's” (it is, it has)",
            "应为 it's",
        )
    for match in _PLURAL_AFTER_ONE.finditer(text):
        noun = match["n"]
        plural = {"person": "people", "country": "countries"}.get(noun.lower(), noun + "s")
        yield _made(match.span("n"), plural, 0.75, "plural", "a plural follows", "应为复数")


def _articles(text: str) -> Iterator[Correction]:
    for match in _ARTICLE.finditer(text):
        article, word = match[1], match[2]
        vowel = _vowel_sound(word)
        if vowel is None or vowel == (article.lower() == "an"):
            continue
        # A letter's name ("vitamin A is", "option A or B"), and lists of letters.
        before = text[max(0, match.start() - 8) : match.start()].rstrip()
        if article == "A" and before and before[-1] not in '.!?"“:':
            continue
        if word.lower() in ("or", "and", "is", "in", "as", "are", "at", "of", "on", "if", "it"):
            continue
        fixed = article[0] + ("n" if vowel else "")
        yield _made(
            match.span(1),
            fixed,
            0.92,
            "article",
            f"“{fixed.lower()} {word}”: it is the sound that decides",
            f"应为 {fixed} {word}",
        )


def _vowel_sound(word: str) -> bool | None:
    """True if the word begins with a vowel sound; None where speakers differ or it can't be told."""
    if word[0].isdigit():
        digits = re.match(r"\d+", word)[0]  # type: ignore[index]
        return (
            digits[0] == "8"
            or digits in ("11", "18")
            or (digits[:2] in ("11", "18") and len(digits) % 3 == 2)
        )
    head = re.split(r"[-'’]", word)[0]
    if word.lower() in _EITHER or head.lower() in _EITHER:
        return None
    if len(head) == 1:
        return head.upper() in _SPELLED_VOWEL
    if head.isupper():
        # Read letter by letter or as a word (an NBA game, a NASA probe): only where both agree.
        spelled, spoken = head[0] in _SPELLED_VOWEL, head[0] in "AEIO"
        return spelled if spelled == spoken else None
    if head[0] in "Hh":
        return _SILENT_H.match(head) is not None
    if head[0] in "AEIOUaeiou":
        return _YOU_SOUND.match(head) is None
    return False


def _made(
    span: tuple[int, int], replacement: str, confidence: float, rule: str, en: str, zh: str
) -> Correction:
    return Correction(
        span, replacement, "grammar", confidence, rule, Explanation(code=f"grammar.{rule}", en=en, zh=zh)
    )
