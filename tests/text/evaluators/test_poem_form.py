"""text/poem-form: one number, and every place that breaks the form."""

import pytest

from aigc_sdk import Studio
from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import BadInputError
from aigc_sdk.request import Request, Sample
from aigc_sdk.verdict import Err
from aigc_text.evaluators.poem_form import PoemForm
from aigc_text.generators.poem.options import PoemOptions

KEPT = "白日依山尽，黄河入海流。\n欲穷千里目，更上一层楼。"


def score(text, **request):
    sample = Sample(Text(text), request=Request(**request) if request else None)
    (row,) = PoemForm().evaluate([sample], ctx=CallContext())
    if isinstance(row, Err):
        raise row.error
    (found,) = row
    return found


def test_a_poem_that_keeps_its_form_scores_one():
    found = score(KEPT)
    assert found.value == 1.0
    assert "五绝" in found.explanation
    assert found.details["scheme"] == "仄起首句不入韵"


def test_each_broken_place_is_named_and_costs():
    found = score(KEPT.replace("海流", "海山"))
    assert 0.8 < found.value < 1.0
    assert "第4句韵脚" in found.explanation or "第2句韵脚" in found.explanation
    (violation,) = found.details["violations"]
    assert violation["code"] == "rhyme"


def test_the_form_asked_for_counts():
    found = score(KEPT, options=PoemOptions(form="七绝"))
    assert found.value < 1.0
    assert {v["code"] for v in found.details["violations"]} == {"line-length"}
    assert score(KEPT, inputs={"form": "wujue", "book": "pingshui"}).value == 1.0


def test_text_of_no_form_has_no_score():
    found = score("今天天气很好。")
    assert not found.valid
    with pytest.raises(BadInputError, match="rhyme book"):
        score(KEPT, inputs={"book": "guangyun"})


def test_hostile_text_is_cheap():
    assert not score("，" * 100_000).valid
    assert not score("平" * 100_000, options=PoemOptions(form="五绝")).valid


def test_it_stands_aside_for_english_unless_asked():
    with Studio() as studio:
        text = "Blue Spice is a cheap riverside place."
        assert "form_kept" not in {score.metric for score in studio.evaluate(text)}
        (asked,) = studio.evaluate(text, evaluators=["text/poem-form"])
        assert (asked.metric, asked.value) == ("form_kept", None)
        poem = "白日依山尽，黄河入海流。欲穷千里目，更上一层楼。"
        assert {s.metric: s.value for s in studio.evaluate(poem)}["form_kept"] == 1
