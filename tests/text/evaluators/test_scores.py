"""Every score says how it was reached, and none is made up where it cannot be computed."""

from __future__ import annotations

import pytest

from aigc_sdk.content import Image, Text
from aigc_sdk.context import CallContext
from aigc_sdk.request import Request, Sample
from aigc_sdk.verdict import Err
from aigc_text.evaluators.counting import count_units, sentences, units_zh
from aigc_text.evaluators.coverage import FactCoverage
from aigc_text.evaluators.diversity import Diversity
from aigc_text.evaluators.length import LengthFit
from aigc_text.evaluators.readability import COMMON_CHARACTERS, Readability, syllables
from aigc_text.evaluators.specs import EVALUATORS


def score(evaluator, text, *, inputs=None, language=None, siblings=()):
    request = Request(inputs=inputs) if inputs else None
    sample = Sample(Text(text), request=request, language=language, siblings=tuple(map(Text, siblings)))
    (row,) = evaluator.evaluate([sample], ctx=CallContext())
    if isinstance(row, Err):
        raise row.error
    return {s.metric: s for s in row}


# ---- fact coverage -----------------------------------------------------------------------------------


def test_coverage_names_missing_and_invented_facts():
    scores = score(FactCoverage(), "Meet Luna for £15.", inputs={"name": "Luna", "price": "£20"})
    coverage, invented = scores["fact_coverage"], scores["invented_facts"]
    assert coverage.value == 0.5
    assert "price='£20'" in coverage.explanation
    assert invented.value == 1
    assert invented.details["invented"][0]["text"] == "£15"


def test_coverage_in_chinese_explains_in_chinese():
    scores = score(FactCoverage(), "月光台灯。", inputs={"名称": "月光台灯", "价格": "99元"})
    assert "缺少：价格=99元" in scores["fact_coverage"].explanation


def test_coverage_without_inputs_is_invalid():
    scores = score(FactCoverage(), "Meet Luna.")
    assert not scores["fact_coverage"].valid
    assert "no inputs" in scores["fact_coverage"].reason


def test_the_text_of_the_users_own_template_is_given(tmp_path):
    from aigc_text.generators.copy.options import CopyOptions

    template = tmp_path / "own.jinja"
    template.write_text("Only this week, free shipping: {{ name }}", encoding="utf-8")
    request = Request(inputs={"name": "Luna"}, options=CopyOptions(template=str(template)))
    sample = Sample(Text("Only this week, free shipping: Luna"), request=request, language="en")
    (row,) = FactCoverage().evaluate([sample], ctx=CallContext())
    assert [s.value for s in row] == [1.0, 0.0]


# ---- diversity ---------------------------------------------------------------------------------------


def test_diversity_of_equal_siblings_is_low():
    same = score(Diversity(), "a b c d e", siblings=["a b c d e"] * 3)
    apart = score(Diversity(), "a b c d e", siblings=["f g h i j", "k l m n o"])
    assert same["self_bleu"].value == pytest.approx(1.0)
    assert apart["self_bleu"].value == 0.0
    assert same["distinct_1"].value == 0.25
    assert apart["distinct_2"].value == 1.0


def test_diversity_counts_chinese_by_character():
    assert score(Diversity(), "好好学习", language="zh")["distinct_1"].value == 0.75


def test_self_bleu_needs_siblings():
    assert not score(Diversity(), "a b c")["self_bleu"].valid
    assert not score(Diversity(), "…")["distinct_1"].valid


# ---- length ------------------------------------------------------------------------------------------


def test_length_is_measured_and_compared():
    scores = score(LengthFit(), "one two three four five", inputs={"name": "x", "length": "10 words"})
    assert (scores["length"].value, scores["length"].unit) == (5, "words")
    assert scores["length_fit"].value == 0.5
    assert "5 words against 10 words" in scores["length_fit"].explanation


def test_named_lengths_are_ranges():
    scores = score(LengthFit(), "好" * 100, inputs={"名称": "x", "长度": "中等"}, language="zh")
    assert scores["length_fit"].value == 1.0
    scores = score(LengthFit(), "好" * 160, inputs={"名称": "x", "长度": "短"}, language="zh")
    assert scores["length_fit"].value == 0.5


def test_no_length_asked_for_no_fit():
    assert not score(LengthFit(), "one two")["length_fit"].valid


# ---- readability -------------------------------------------------------------------------------------

SYLLABLES = {
    "cat": 1, "the": 1, "table": 2, "bottle": 2, "beautiful": 3, "readability": 5, "walked": 1, "wanted": 2, "horses": 2,
    "area": 3, "create": 2, "quiet": 2, "queen": 1, "house": 1, "every": 3, "rhythm": 1, "12": 1, "idea": 3, "people": 2,
}  # fmt: skip


@pytest.mark.parametrize(("word", "count"), SYLLABLES.items())
def test_syllables(word, count):
    assert abs(syllables(word) - count) <= (word in ("idea", "every")), syllables(word)


def test_flesch_formulas():
    text = "The cat sat on the mat. The dog ran."
    scores = score(Readability(), text)
    per_sentence, per_word = 9 / 2, 1.0
    assert scores["flesch_reading_ease"].value == pytest.approx(
        206.835 - 1.015 * per_sentence - 84.6 * per_word
    )
    assert scores["flesch_kincaid_grade"].value == pytest.approx(
        0.39 * per_sentence + 11.8 * per_word - 15.59
    )


def test_hard_text_reads_harder():
    easy = score(Readability(), "We like tea. It is hot. You can have some.")
    hard = score(
        Readability(),
        "Notwithstanding considerable organisational heterogeneity, administrative rationalisation necessitates "
        "comprehensive interdepartmental reconciliation of incompatible procedural documentation.",
    )
    assert easy["flesch_reading_ease"].value > 80
    assert hard["flesch_reading_ease"].value < 0
    assert hard["flesch_kincaid_grade"].value > easy["flesch_kincaid_grade"].value + 10


def test_chinese_readability():
    plain = score(Readability(), "今天天气很好。我们去喝茶。", language="zh")
    hard = score(Readability(), "氤氲缱绻之际蹀躞徘徊于阑珊灯影里终不知何所之也遂怃然而返。", language="zh")
    assert plain["sentence_length"].value == 5.5
    assert plain["common_characters"].value > hard["common_characters"].value
    assert hard["sentence_length"].value > 20
    assert len(COMMON_CHARACTERS) > 350


def test_readability_of_another_language_is_invalid():
    row = score(Readability(), "Ceci est un texte.", language="fr")
    assert not row["flesch_reading_ease"].valid


# ---- counting ----------------------------------------------------------------------------------------


def test_counting():
    assert count_units("Don't stop at 3.5 km.", "words", "en") == 5
    assert units_zh("续航30小时，iPhone 15") == ["续", "航", "30", "小", "时", "iPhone", "15"]
    assert sentences("It costs 3.5 pounds at acme.com. Really? Yes!\nNew line") == [
        "It costs 3\u20245 pounds at acme\u2024com.",
        "Really?",
        "Yes!",
        "New line",
    ]


# ---- contracts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("spec", EVALUATORS, ids=lambda s: s.id)
def test_odd_samples_are_scored_or_refused_each_on_its_own(spec):
    import numpy as np

    from aigc_sdk.spec import resolve

    evaluator = resolve(spec.factory)()
    samples = [
        Sample(Text("")),
        Sample(Text("\n \t")),
        Sample(Text("😀👍")),
        Sample(Text("ok. " * 2000)),
        Sample(Image(np.zeros((1, 1, 3), np.uint8))),
        Sample(Text("Bonjour"), language="fr", request=Request(inputs={"name": "Luna"})),
        Sample(Text("Luna"), request=Request(inputs={"audience.age": 3})),
    ]
    rows = evaluator.evaluate(samples, ctx=CallContext())
    assert len(rows) == len(samples)
    assert isinstance(rows[4], Err)
    for row in rows[:4]:
        assert not isinstance(row, Err)
        assert {s.metric for s in row} <= set(spec.metrics)
        assert all(s.explanation or s.reason for s in row)
    assert list(evaluator.evaluate([], ctx=CallContext())) == []
