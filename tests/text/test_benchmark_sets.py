"""The test sets of our own that moderation is judged by: whole, in balance, in the language they say, and unseen."""

from __future__ import annotations

import csv
import importlib.util
import json
import os
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from aigc_sdk.errors import BadInputError
from aigc_text.languages import HAN, detect

ROOT = Path(__file__).parents[2]


def _reader() -> ModuleType:
    # The benchmarks are scripts, not a package, so the module is loaded from its file.
    spec = importlib.util.spec_from_file_location("sets_reader", ROOT / "benchmarks/sets_reader.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


reader = _reader()
SETS = {name: reader.read_set(name) for name in reader.KINDS}
ROWS = [row for rows in SETS.values() for row in rows]

LEAST = {
    "harmless_identity": 560,
    "harmless_triggers": 340,
    "harmless_risks": 240,
    "risks": 240,
    "injections": 200,
}

JUSTIFIED = {
    "butt": "a surname",
    "dick": "given names, a pudding",
    "dyke": "a surname",
    "fart": "an old man about himself",
    "fucking": "the village in Austria, by its former name",
    "fuks": "a surname",
    "gay": "names an orientation",
    "lesbian": "names an orientation",
    "phuc": "Vietnamese names",
    "pig": "an animal, Pig Latin, a nickname",
    "queer": "a choir about itself",
    "tits": "birds",
    "trash": "quoted in a report on toxic chat",
    "wang": "a Chinese surname",
}
"""Words of lexicon severity 2 and more that occur, and as what."""


def _key(text: str) -> str:
    """The text without case, width, spaces and punctuation."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


@pytest.mark.parametrize("name", LEAST)
def test_a_set_is_as_large_as_its_readme_says(name: str) -> None:
    rows = SETS[name]
    assert len(rows) >= LEAST[name]
    readme = (ROOT / "benchmarks/sets/README.md").read_text(encoding="utf-8")
    languages = Counter(row.language for row in rows)
    assert f"| `{name}` | {len(rows)} | {languages['en']} | {languages['zh']} |" in readme


@pytest.mark.parametrize("name", LEAST)
def test_about_three_in_five_are_english_in_every_kind(name: str) -> None:
    for kind in reader.KINDS[name]:
        languages = Counter(row.language for row in SETS[name] if row.kind == kind)
        assert 0.5 <= languages["en"] / languages.total() <= 0.72, kind


def test_the_kinds_of_harmless_identity_are_equally_frequent() -> None:
    assert len(set(Counter((r.kind, r.language == "en") for r in SETS["harmless_identity"]).values())) == 2


def test_no_text_and_no_id_occurs_twice_over_all_sets() -> None:
    for values in ([_key(row.text) for row in ROWS], [row.id for row in ROWS]):
        assert [value for value, count in Counter(values).items() if count > 1] == []


def test_languages_agree_with_the_script() -> None:
    wrong = []
    for row in ROWS:
        han = len(re.findall(f"[{HAN}]", row.text))
        # Encoded and mixed injections may hold few Han characters; anything else must pass for its language.
        agrees = han >= 2 if row.language == "zh" else han == 0
        if row.kind != "encoded":
            agrees = agrees and detect([row.text]) == row.language
        wrong += [] if agrees else [row.id]
    assert wrong == []


def test_there_are_long_messages_with_trigger_words_in_both_languages() -> None:
    long_english = [r for r in SETS["harmless_triggers"] if r.language == "en" and len(r.text.split()) >= 60]
    long_chinese = [r for r in SETS["harmless_triggers"] if r.language == "zh" and len(r.text) >= 100]
    assert len(long_english) >= 12
    assert len(long_chinese) >= 6


def test_every_head_of_risks_occurs_in_both_languages() -> None:
    counts = Counter((head, row.language) for row in SETS["risks"] for head in row.heads)
    assert set(counts) == {(head, language) for head in reader.RISK_HEADS for language in reader.LANGUAGES}
    assert min(counts.values()) >= 25


def test_no_row_stands_in_the_training_code() -> None:
    """Templates and sentences that classifiers are trained on are written in ``aigc_text/training``."""
    code = _key("".join(p.read_text(encoding="utf-8") for p in sorted(_training().rglob("*.py"))))
    assert [row.id for row in ROWS if len(_key(row.text)) >= 8 and _key(row.text) in code] == []


def test_training_code_does_not_read_the_sets() -> None:
    for path in _training().rglob("*.py"):
        assert not re.search(r"sets_reader|benchmarks[/.\"']+sets", path.read_text(encoding="utf-8")), path


def _training() -> Path:
    return ROOT / "plugins/aigc-text/aigc_text/training"


def test_strong_words_are_there_for_a_reason() -> None:
    data = os.environ.get("AIGC_DATA")
    if not data:
        pytest.skip("AIGC_DATA is not set: no lexicon to compare with")
    strong: set[str] = set()
    with (Path(data) / "text/en_lexicons/surge_profanity_en.csv").open(
        encoding="utf-8", newline=""
    ) as stream:
        for entry in csv.DictReader(stream):
            if float(entry["severity_rating"]) >= 2:
                strong.add(entry["text"].casefold())
    found: dict[str, list[str]] = {}
    for row in ROWS:
        words = re.findall(r"[a-z0-9'*]+", row.text.casefold())
        for size in (1, 2, 3):
            for start in range(len(words) - size + 1):
                found.setdefault(" ".join(words[start : start + size]), []).append(row.id)
    assert {word: found[word] for word in strong & set(found) - set(JUSTIFIED)} == {}
    assert set(JUSTIFIED) - set(found) == set(), "justified words that no longer occur"


GOOD = {"id": "ri-en-001", "language": "en", "kind": "violence", "text": "A text.", "heads": ["violence"]}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([GOOD, GOOD], "used twice"),
        ([GOOD | {"language": "de"}], "language 'de'"),
        ([GOOD | {"kind": "news"}], "kind 'news'"),
        ([GOOD | {"text": "  "}], "not blank"),
        ([GOOD | {"heads": []}], "heads"),
        ([GOOD | {"heads": ["sexual"]}], "heads"),
        ([GOOD | {"label": 1}], "fields"),
        ([[]], "fields"),
    ],
)
def test_a_broken_set_is_refused(
    rows: list[object], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "risks.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    monkeypatch.setattr(reader, "FOLDER", tmp_path)
    with pytest.raises(BadInputError, match=message):
        reader.read_set("risks")


def test_an_unknown_set_is_refused_by_name() -> None:
    with pytest.raises(BadInputError, match="no test set 'risk'"):
        reader.read_set("risk")
