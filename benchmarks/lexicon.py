"""The lexicon moderator: disguised terms still found, false alarms, speed with 150,000 terms. Prints Markdown tables.

    AIGC_DATA=DATA_ROOT python benchmarks/lexicon.py [--limit N]

Disguises come from other tables than the matcher's own where there are any: Unicode's intentional confusables,
OpenCC, pypinyin (the last two are needed to run this). Prints figures only, never a term.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.taxonomy import Severity, Stage
from aigc_sdk.verdict import Err, Finding
from aigc_text.moderators.lexicon import LexiconModerator
from aigc_text.moderators.lexicon_split import split_forms
from aigc_text.training.moderation_ordinary import ordinary

SENTENCES = 500
BATCH = 256
ENGLISH = (
    "The train to the lake leaves at nine, {} and we should pack a lunch.",
    "She wrote {} on the back of the ticket.",
    "Please read page four again: {}.",
    "{} was painted on the garden wall last summer",
    "My neighbour keeps saying {} to the postman.",
)
CHINESE = (
    "今天的会议记录里写着{}这几个字。",
    "他在门口看到{}，然后回家了",
    "{}出现在第三页",
    "请把{}从文章里删掉。",
    "朋友说：{}！",
)
LEET = {"a": "4@", "e": "3", "i": "1!", "l": "1", "o": "0", "s": "5$", "t": "7"}
Attack = Callable[[str, random.Random], str | None]


def findings(moderator: LexiconModerator, texts: Sequence[str]) -> list[tuple[Finding, ...]]:
    """Findings of every text."""
    found: list[tuple[Finding, ...]] = []
    for start in range(0, len(texts), BATCH):
        batch = [Text(t.replace("\x00", "")) for t in texts[start : start + BATCH]]
        rows = moderator.moderate(batch, stage=Stage.OUTPUT, ctx=CallContext())
        found += [() if isinstance(row, Err) else row.findings for row in rows]
    return found


def spread(mark: str | Callable[[random.Random], str]) -> Attack:
    """An attack that puts something between all letters of each word."""

    def attack(term: str, draw: random.Random) -> str:
        sign = mark if isinstance(mark, str) else mark(draw)
        return " ".join(sign.join(word) for word in term.split(" "))

    return attack


def replaced(table: dict[str, str], share: float) -> Attack:
    """An attack that puts look-alikes in place of a share of the characters that have one, of one at least."""

    def attack(term: str, draw: random.Random) -> str | None:
        places = [i for i, c in enumerate(term) if c in table]
        if not places:
            return None
        chosen = {i for i in places if draw.random() < share} or {draw.choice(places)}
        return "".join(draw.choice(table[c]) if i in chosen else c for i, c in enumerate(term))

    return attack


def combining(term: str, draw: random.Random) -> str:
    return "".join(c + draw.choice("\u0301\u0308\u0336\u0327") if c.isalnum() else c for c in term)


def repeats(term: str, draw: random.Random) -> str | None:
    places = [i for i, c in enumerate(term) if c.isalpha()]
    if not places:
        return None
    at = draw.choice(places)
    return term[:at] + term[at] * draw.randint(3, 5) + term[at + 1 :]


def split(term: str, draw: random.Random) -> str | None:
    forms = split_forms(term)
    return draw.choice(forms) if forms else None


def pinyin(term: str, draw: random.Random) -> str | None:
    from pypinyin import lazy_pinyin

    if not re.fullmatch("[\u4e00-\u9fff]+", term):
        return None
    return draw.choice(("", " ")).join(lazy_pinyin(term))


def one_in_pinyin(term: str, draw: random.Random) -> str | None:
    from pypinyin import lazy_pinyin

    if len(term) < 3 or not re.fullmatch("[\u4e00-\u9fff]+", term):
        return None
    at = draw.randrange(len(term))
    return term[:at] + lazy_pinyin(term[at])[0] + term[at + 1 :]


def both(first: Attack, second: Attack) -> Attack:
    """An attack after an attack; None where the first has nothing to change."""

    def attack(term: str, draw: random.Random) -> str | None:
        changed = first(term, draw)
        return None if changed is None else second(changed, draw)

    return attack


def confusables(root: Path) -> dict[str, str]:
    table: dict[str, str] = {}
    lines = (root / "text/en_lexicons/unicode_intentional_confusables.txt").read_text(encoding="utf-8-sig")
    for line in lines.splitlines():
        pair = re.match(r"([0-9A-F]{4,6}) ;\s*([0-9A-F]{4,6})", line)
        if pair:
            plain, other = (chr(int(p, 16)) for p in pair.groups())
            if plain.isascii() and plain.isalpha():
                table[plain.lower()] = table.get(plain.lower(), "") + other
    return table


def traditional() -> dict[str, str]:
    from importlib import resources

    text = resources.files("opencc").joinpath("dictionary", "STCharacters.txt").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return {s: t.split(" ")[0] for s, t in rows if len(t.split(" ")[0]) == 1 and t.split(" ")[0] != s}


def attacks(root: Path) -> list[tuple[str, str, Attack]]:
    """``(name, language, attack)``."""
    wide = {chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)}
    zero = spread(lambda draw: draw.choice("\u200b\u200c\u200d\u2060\ufeff\u00ad\u202e"))
    dots = spread(lambda draw: draw.choice(".-_*"))
    leet, alike, widened = replaced(LEET, 0.5), replaced(confusables(root), 0.6), replaced(wide, 0.7)
    cut = spread(lambda draw: draw.choice((" ", "*", "-", ".", "_", "  ")))
    old = replaced(traditional(), 1.0)
    return [
        ("case", "en", lambda t, d: "".join(d.choice((c.lower(), c.upper())) for c in t)),
        ("full width", "en", widened),
        ("zero-width and direction marks", "en", zero),
        ("combining marks", "en", combining),
        ("homoglyphs (Unicode's intentional)", "en", alike),
        ("leetspeak", "en", leet),
        ("separators . - _ *", "en", dots),
        ("separators: blanks", "en", spread(" ")),
        ("repeats", "en", repeats),
        ("zero-width and direction marks", "zh", zero),
        ("separators", "zh", cut),
        ("traditional characters", "zh", old),
        ("pinyin, all terms", "zh", pinyin),
        ("one character in pinyin", "zh", one_in_pinyin),
        ("split characters", "zh", split),
        ("leetspeak, then separators . - _ *", "en", both(leet, dots)),
        ("leetspeak, then blanks", "en", both(leet, spread(" "))),
        ("leetspeak, then repeats", "en", both(leet, repeats)),
        ("homoglyphs, then repeats", "en", both(alike, repeats)),
        ("homoglyphs, then separators . - _ *", "en", both(alike, dots)),
        ("homoglyphs, then leetspeak", "en", both(alike, leet)),
        ("full width, then zero-width marks", "en", both(widened, zero)),
        ("full width, then separators . - _ *", "en", both(widened, dots)),
        ("traditional characters, then separators", "zh", both(old, cut)),
        ("traditional characters, then zero-width marks", "zh", both(old, zero)),
        ("split characters, then zero-width marks", "zh", both(split, zero)),
        ("one character in pinyin, then full width", "zh", both(one_in_pinyin, widened)),
        ("pinyin, then full width", "zh", both(pinyin, widened)),
        ("pinyin, then zero-width marks", "zh", both(pinyin, zero)),
    ]


def evasion(root: Path, moderator: LexiconModerator) -> None:
    """Share of caught sentences that are still caught, at any severity, within the disguised term."""
    draw = random.Random(3)
    chosen = [t.key for t in moderator.terms if t.severity >= Severity.MEDIUM and not t.allow]
    print("| disguise | language | sentences | still caught |\n| --- | --- | ---: | ---: |")
    for name, language, attack in attacks(root):
        carriers = ENGLISH if language == "en" else CHINESE
        keys = [k for k in chosen if k.isascii() == (language == "en")]
        rows: list[tuple[str, int, int]] = []
        for _ in range(20 * SENTENCES):
            key, carrier = draw.choice(keys), draw.choice(carriers)
            hidden = attack(key, draw)
            if hidden is not None and len(rows) < SENTENCES:
                before = carrier.split("{}")[0]
                rows.append((carrier.format(hidden), len(before), len(before) + len(hidden)))
        found = findings(moderator, [text for text, _, _ in rows])
        caught = sum(
            any((s.start or 0) < end and (s.end or 0) > start for f in fs for s in f.spans)
            for (_, start, end), fs in zip(rows, found, strict=True)
        )
        print(f"| {name} | {language} | {len(rows)} | {caught / len(rows):.1%} |")


def false_alarms(root: Path, moderator: LexiconModerator, limit: int) -> None:
    """Ordinary texts with a finding of medium severity or more, and with any."""
    print("\n| ordinary text | language | texts | medium or above, of 10,000 | any, of 10,000 |")
    print("| --- | --- | ---: | ---: | ---: |")
    for name, language, texts in ordinary(root, "report"):
        found = findings(moderator, texts[:limit])
        medium = sum(any(f.severity >= Severity.MEDIUM for f in fs) for fs in found)
        print(
            f"| {name} | {language} | {len(found)} | {medium / len(found) * 1e4:.1f} | "
            f"{sum(map(bool, found)) / len(found) * 1e4:.1f} |"
        )


def padding(language: str, sample: str, count: int) -> list[str]:
    """Random terms of the language's own letters: the harder case, as they share beginnings with words."""
    draw = random.Random(5)
    letters = (
        "abcdefghijklmnopqrstuvwxyz" if language == "en" else [c for c in sample if "\u4e00" <= c <= "\u9fff"]
    )
    sizes = range(7, 13) if language == "en" else range(4, 7)
    terms: set[str] = set()
    while len(terms) < count:
        terms.add("".join(draw.choices(letters, k=draw.choice(sizes))))
    return sorted(terms)


def speed(root: Path) -> None:
    """Texts of 200 characters through the moderator, findings and all, one thread."""
    sets = {name: texts for name, _, texts in ordinary(root, "report")}
    news = [t[:200] for t in sets["en_news_agnews test"] if len(t) >= 200][:4000]
    adverts = "".join(sets["d2t_advertisegen"])
    chinese = [adverts[i : i + 200] for i in range(0, len(adverts) - 200, 200)][:4000]
    print(
        "\n| 150,000 terms added | texts | load, CPU s | memory, MB | µs a text, batches of 256 | texts/s | "
        "µs a text, alone |\n| --- | --- | ---: | ---: | ---: | ---: | ---: |"
    )
    for language, sample in (("en", ""), ("zh", adverts)):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "padding.tsv"
            path.write_text("\n".join(padding(language, sample, 150_000)), encoding="utf-8")
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            begin = time.thread_time()
            moderator = LexiconModerator([path])
            moderator.load(None)
            load = time.thread_time() - begin
            memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
            for name, texts in (("AG News, en", news), ("AdvertiseGen, zh", chinese)):
                contents = [Text(t) for t in texts]
                batches = [contents[i : i + BATCH] for i in range(0, len(contents), BATCH)]
                best = min(_seconds(moderator, batches) for _ in range(5)) / len(texts)
                alone = min(_seconds(moderator, [[c] for c in contents[:1000]]) for _ in range(3)) / 1000
                print(
                    f"| {language} | {name} | {load:.2f} | {memory:.0f} | {best * 1e6:.1f} | {1 / best:,.0f} | "
                    f"{alone * 1e6:.1f} |"
                )


def _seconds(moderator: LexiconModerator, batches: Sequence[Sequence[Text]]) -> float:
    """CPU time of this thread, so that other work on the machine counts little."""
    begin = time.thread_time()
    for batch in batches:
        moderator.moderate(batch, stage=Stage.OUTPUT, ctx=CallContext())
    return time.thread_time() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=10_000, help="texts a set")
    limit = parser.parse_args().limit
    data = os.environ.get("AIGC_DATA")
    if not data:
        sys.exit("Set AIGC_DATA to the data root (the folder that holds text/).")
    moderator = LexiconModerator()
    moderator.load(None)
    evasion(Path(data), moderator)
    false_alarms(Path(data), moderator, limit)
    speed(Path(data))


if __name__ == "__main__":
    main()
