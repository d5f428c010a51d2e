"""Is the text in the language asked for, and where is it not?"""

from __future__ import annotations

import pytest

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.request import Request, Sample
from aigc_text.evaluators.language import LanguageMatch, passages
from aigc_text.evaluators.latin import latin_language

TEXTS = {
    "en": "This restaurant serves excellent Italian food, and it is not far from the station.",
    "de": "Dieses Restaurant bietet sehr gutes italienisches Essen und ist nicht weit vom Bahnhof.",
    "fr": "Ce restaurant propose une excellente cuisine italienne et il n'est pas loin de la gare.",
    "es": "Este restaurante ofrece una excelente comida italiana y no está lejos de la estación.",
    "it": "Questo ristorante offre una cucina italiana molto buona e non è lontano dalla stazione.",
    "pt": "Este restaurante oferece uma comida italiana muito boa e não fica longe da estação.",
    "nl": "Dit restaurant serveert heel goed Italiaans eten en is niet ver van het station.",
    "zh": "这家餐厅的意大利菜非常好吃，离车站也不远。",
    "ja": "このレストランのイタリア料理はとても美味しいです。",
    "ko": "이 식당은 이탈리아 음식이 아주 맛있습니다.",
    "ru": "Этот ресторан подаёт отличную итальянскую еду.",
}


def scores(text, wanted):
    sample = Sample(Text(text), request=Request(language=wanted))
    (row,) = LanguageMatch().evaluate([sample], ctx=CallContext())
    return {s.metric: s for s in row}


@pytest.mark.parametrize("language", TEXTS)
def test_each_language_is_told(language):
    found = scores(TEXTS[language], language)
    assert found["language_match"].value == 1.0
    assert found["language_share"].value == 1.0
    other = "zh" if language != "zh" else "en"
    missed = scores(TEXTS[language], other)
    assert missed["language_match"].value == 0.0
    assert missed["language_match"].details["main"] == language


def test_a_passage_in_another_language_is_named_with_its_place():
    text = f"{TEXTS['en']} {TEXTS['de']} It is cheap and the staff are kind."
    share = scores(text, "en")["language_share"]
    assert 0.5 < share.value < 0.75
    (other,) = share.details["others"]
    assert other["language"] == "de"
    assert text[slice(*other["span"])].strip() == TEXTS["de"]
    assert "Dieses Restaurant" in share.explanation


def test_names_and_terms_within_chinese_belong_to_it():
    assert (
        scores("这款 iPhone 15 Pro 支持 Wi-Fi 和 USB-C 接口，续航很好。", "zh")["language_share"].value == 1.0
    )


def test_a_sentence_within_chinese_does_not():
    text = "这款杯子很好看也很轻，it keeps your tea hot all day，而且价格一点也不贵。"
    found = scores(text, "zh-Hans")
    assert found["language_match"].value == 1.0
    assert 0.3 < found["language_share"].value < 0.9
    (other,) = found["language_share"].details["others"]
    assert text[slice(*other["span"])] == "it keeps your tea hot all day"


def test_chinese_within_a_sentence_of_latin_letters_is_cut_out():
    text = "It keeps your tea hot for the whole day, 而且价格一点也不贵, and it is light."
    share = scores(text, "en")["language_share"]
    (other,) = share.details["others"]
    assert (other["language"], text[slice(*other["span"])].rstrip("，, ")) == ("zh", "而且价格一点也不贵")


def test_slogans_without_function_words_are_told_by_the_dictionary():
    assert scores("Leak-proof steel bottle, twelve hours hot", "en")["language_match"].value == 1.0
    assert scores("Ylläpitäjä tarjoaa parhaat palvelut kaupungissamme", "en")["language_match"].value == 0.0


def test_what_cannot_be_told_is_not_guessed():
    assert not scores("Luna", "en")["language_match"].valid
    assert "too short" in scores("Luna", "fr")["language_match"].reason
    assert not scores("12:30 …", "en")["language_match"].valid
    assert latin_language("Luna Aurora") == "und"


def test_no_language_asked_for_is_invalid():
    (row,) = LanguageMatch().evaluate([Sample(Text("Hello there."))], ctx=CallContext())
    assert not row[0].valid
    (row,) = LanguageMatch().evaluate(
        [Sample(Text("Hello to you all there."), language="en")], ctx=CallContext()
    )
    assert row[0].value == 1.0


def test_passages_cover_what_has_letters():
    text = "Hello to you. 你好，世界！\n1234 \ud800"
    assert [p.language for p in passages(text)] == ["en", "zh"]


@pytest.mark.parametrize("text", ["iPhone 15 Pro Max 256GB 现货", "Samsung Galaxy S24 Ultra 全网通"])
def test_names_of_models_leave_a_chinese_line_chinese(text):
    (row,) = LanguageMatch().evaluate([Sample(Text(text), request=Request(language="zh"))], ctx=CallContext())
    assert row[0].value == 1.0


def test_english_with_a_chinese_word_stays_english():
    for text in ("Your Order 已发货", "We went to 北京 with Anna"):
        (row,) = LanguageMatch().evaluate(
            [Sample(Text(text), request=Request(language="en"))], ctx=CallContext()
        )
        assert row[0].value == 1.0


def test_the_language_may_be_an_input_and_its_lack_says_what_to_do():
    asked = Sample(Text("Hello there, how are you?"), request=Request(inputs={"language": "en"}))
    (row,) = LanguageMatch().evaluate([asked], ctx=CallContext())
    assert row[0].value == 1.0
    (row,) = LanguageMatch().evaluate([Sample(Text("Hello there"))], ctx=CallContext())
    assert "--language" in row[0].reason
