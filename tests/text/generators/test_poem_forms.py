"""Forms, the checker that reads them, and the automaton that keeps them: the two share no code."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from poems import random_poem, small_vocabulary, wish_for

from aigc_sdk.errors import BadInputError, BundleError
from aigc_text.generators.poem.automaton import Masks
from aigc_text.generators.poem.checker import check_form, detect_form, verse_lines
from aigc_text.generators.poem.forms import form_named, forms, parse_tune
from aigc_text.generators.poem.rhymes import decode_books, encode_books, rhyme_book

# Poems in the public domain that are known to keep their forms.
STANDARD = {
    "五绝": "白日依山尽，黄河入海流。欲穷千里目，更上一层楼。",
    "七绝": "朝辞白帝彩云间，千里江陵一日还。两岸猿声啼不住，轻舟已过万重山。",
    "五律": "国破山河在，城春草木深。感时花溅泪，恨别鸟惊心。烽火连三月，家书抵万金。白头搔更短，浑欲不胜簪。",
    "七律": (
        "风急天高猿啸哀，渚清沙白鸟飞回。无边落木萧萧下，不尽长江滚滚来。"
        "万里悲秋常作客，百年多病独登台。艰难苦恨繁霜鬓，潦倒新停浊酒杯。"
    ),
    "浣溪沙": "山下兰芽短浸溪，松间沙路净无泥。萧萧暮雨子规啼。谁道人生无再少，门前流水尚能西。休将白发唱黄鸡。",
    "如梦令": "常记溪亭日暮，沉醉不知归路。兴尽晚回舟，误入藕花深处。争渡，争渡，惊起一滩鸥鹭。",
    "卜算子": "驿外断桥边，寂寞开无主。已是黄昏独自愁，更著风和雨。无意苦争春，一任群芳妒。零落成泥碾作尘，只有香如故。",
    "菩萨蛮": "平林漠漠烟如织，寒山一带伤心碧。暝色入高楼，有人楼上愁。玉阶空伫立，宿鸟归飞急。何处是归程，长亭更短亭。",
    "忆江南": "江南好，风景旧曾谙。日出江花红胜火，春来江水绿如蓝。能不忆江南。",
    "渔歌子": "西塞山前白鹭飞，桃花流水鳜鱼肥。青箬笠，绿蓑衣，斜风细雨不须归。",
    "长相思": "汴水流，泗水流，流到瓜洲古渡头。吴山点点愁。思悠悠，恨悠悠，恨到归时方始休。月明人倚楼。",
    "西江月": "明月别枝惊鹊，清风半夜鸣蝉。稻花香里说丰年，听取蛙声一片。七八个星天外，两三点雨山前。旧时茅店社林边，路转溪桥忽见。",
    "采桑子": "群芳过后西湖好，狼籍残红。飞絮蒙蒙，垂柳阑干尽日风。笙歌散尽游人去，始觉春空。垂下帘栊，双燕归来细雨中。",
    "清平乐": "茅檐低小，溪上青青草。醉里吴音相媚好，白发谁家翁媪。大儿锄豆溪东，中儿正织鸡笼。最喜小儿无赖，溪头卧剥莲蓬。",
    "鹧鸪天": (
        "彩袖殷勤捧玉钟，当年拚却醉颜红。舞低杨柳楼心月，歌尽桃花扇影风。"
        "从别后，忆相逢，几回魂梦与君同。今宵剩把银釭照，犹恐相逢是梦中。"
    ),
    "十六字令": "天，休使圆蟾照客眠。人何在，桂影自婵娟。",
}


def codes(text, form):
    found = forms()[form]
    return [(v.code, v.line, v.position) for v in check_form(text, found, rhyme_book(found.book)).violations]


@pytest.mark.parametrize("name", sorted(STANDARD))
def test_standard_poems_keep_their_forms(name):
    assert codes(STANDARD[name], name) == []


def test_what_the_book_of_songs_parts_does_not_rhyme():
    # 晏殊 rhymes 杯, 回 and 徊 (灰, third part) with 台 and 来 (咍, fifth part), as 平水韵 would allow.
    text = "一曲新词酒一杯，去年天气旧亭台。夕阳西下几时回。无可奈何花落去，似曾相识燕归来。小园香径独徘徊。"
    assert {code for code, _, _ in codes(text, "浣溪沙")} == {"rhyme"}
    assert check_form(text, forms()["浣溪沙"], rhyme_book("pingshui")).kept


def test_a_wrong_tone_is_named_with_its_place_in_both_languages():
    # 山 (level) for 日 (oblique).
    found = forms()["五绝"]
    report = check_form("白山依山尽，黄河入海流。欲穷千里目，更上一层楼。", found, rhyme_book("pingshui"))
    (tone,) = [v for v in report.violations if v.code == "tone"]
    assert (tone.line, tone.position) == (0, 1)
    assert "第1句第2字“山”应为仄声" in tone.zh
    assert "line 1, character 2" in tone.en


@pytest.mark.parametrize(
    ("text", "form", "code"),
    [
        ("白日依山尽，黄河入海流。欲穷千里目，更上一层山。", "五绝", ("rhyme", 3, 4)),
        ("白日依山尽，黄河入海流。欲穷千里目，更上一层流。", "五绝", ("rhyme-repeated", 3, 4)),
        ("白日依山尽，黄河入海流。欲穷千里目。", "五绝", ("line-count", None, None)),
        ("白日依山尽，黄河入海流。欲穷千里目，更上层楼。", "五绝", ("line-length", 3, None)),
        ("白日依山尽，黄河入海流。欲穷千里目，更上一层lo。", "五绝", ("line-length", 3, None)),
        ("白日依山尽，黄河清天流。欲穷千里目，更上一层楼。", "五绝", ("three-level", 1, 2)),
        ("白日依山尽，白河入海流。欲穷千里目，更上一层楼。", "五绝", ("lone-level", 1, 1)),
    ],
)
def test_each_rule_is_held(text, form, code):
    assert code in codes(text, form)


def test_couplets_must_be_linked():
    # Each couplet is sound, but the second opens oblique, like the first (失粘).
    assert {code for code, _, _ in codes("白日依山尽，黄河入海流。一水连天去，平芜近远楼。", "五绝")} == {
        "tone"
    }
    assert codes("白日依山尽，黄河入海流。平芜连水去，一雁近高楼。", "五绝") == []


def test_a_line_that_must_be_repeated_is_repeated():
    text = STANDARD["如梦令"].replace("争渡，争渡", "争渡，争路")
    assert ("repeat", 5, None) in codes(text, "如梦令")


def test_a_character_that_the_book_lacks_is_named():
    assert ("unknown", 0, 1) in codes("白㐀依山尽，黄河入海流。欲穷千里目，更上一层楼。", "五绝")


def test_mandarin_tones_are_another_book():
    # 白 and 一 are entering tones of old and level tones of today; 楼 and 流 rhyme in both.
    five = forms()["五绝"]
    assert check_form(STANDARD["五绝"], five, rhyme_book("pingshui")).kept
    assert "平" in rhyme_book("xinyun").tones("白")
    assert rhyme_book("pingshui").tones("白") == {"仄"}


def test_the_form_is_told_by_its_lines():
    assert all(detect_form(STANDARD[name]).name == name for name in STANDARD)
    assert detect_form("今天天气很好，我们去公园。") is None


def test_forms_have_chinese_and_latin_names_and_unknown_ones_are_listed():
    assert form_named("qijue").name == form_named("Qi-jue").name == form_named("七绝").name == "七绝"
    with pytest.raises(BadInputError, match="haiku") as error:
        form_named("haiku")
    assert "浣溪沙" in (error.value.hint or "")


def test_malformed_tables_are_refused():
    with pytest.raises(ValueError, match="malformed"):
        parse_tune("平平仄，中x仄。")
    with pytest.raises(BundleError):
        decode_books('[["pingshui", 1]]')
    groups = {"pingshui": rhyme_book("pingshui").groups}
    assert decode_books(encode_books(groups)) == groups


def test_the_books_have_their_groups():
    assert len(rhyme_book("pingshui").groups) == 106
    assert len({g.rhyme for g in rhyme_book("cilin").groups}) == 19
    assert len({g.rhyme for g in rhyme_book("xinyun").groups}) == 14
    # 词林正韵 divides what 平水韵 joins: 灰 and 开, 元 and 村, 佳 and 街.
    songs = rhyme_book("cilin")
    for one, other in ("灰开", "元村", "娃街"):
        assert songs.rhymes(one, "平")
        assert not songs.rhymes(one, "平") & songs.rhymes(other, "平")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(sorted(forms())),
    modern=st.booleans(),
    seed=st.integers(0, 2**32 - 1),
)
def test_whatever_a_model_says_the_form_is_kept(name, modern, seed):
    form = forms()[name]
    wish = wish_for(form, "xinyun" if modern else None)
    text = random_poem(wish, VOCABULARY, np.random.default_rng(seed), _masks(wish.book.name))
    report = check_form(text, form, wish.book)
    assert report.kept, report.violations
    assert tuple(map(len, verse_lines(text))) == form.lengths


VOCABULARY = small_vocabulary()
_MASKS = {}
_ALL = [c for c in VOCABULARY.tokens if c in rhyme_book("cilin")]
LEVEL_ONLY = "".join(c for c in _ALL if rhyme_book("cilin").tones(c) == {"平"})
OBLIQUE_ONLY = "".join(c for c in _ALL if rhyme_book("cilin").tones(c) == {"仄"})


def _masks(book):
    return _MASKS.setdefault(book, Masks(VOCABULARY, rhyme_book(book)))


@pytest.mark.parametrize("name", ["五绝", "七绝", "五律", "七律", "浣溪沙", "鹧鸪天"])
@pytest.mark.parametrize("seed", range(3))
def test_acrostic_and_keywords_stand_where_they_must(name, seed):
    form, rng = forms()[name], np.random.default_rng(seed)
    acrostic = OBLIQUE_ONLY[:4] if form.kind == "shi" else ""
    wish = wish_for(form, acrostic=acrostic, keywords=(OBLIQUE_ONLY[5], LEVEL_ONLY[0]))
    text = random_poem(wish, VOCABULARY, rng, _masks(wish.book.name))
    assert check_form(text, form, wish.book).kept
    lines = verse_lines(text)
    assert "".join(line[0] for line in lines).startswith(acrostic)
    assert OBLIQUE_ONLY[5] in text
    assert LEVEL_ONLY[0] in text


def test_regulated_verse_repeats_no_character_but_doubled_ones():
    form = forms()["七律"]
    text = random_poem(wish_for(form), VOCABULARY, np.random.default_rng(1), _masks("pingshui"))
    characters = "".join(verse_lines(text))
    single = [c for i, c in enumerate(characters) if i == 0 or characters[i - 1] != c]
    assert len(single) == len(set(single))


def test_words_that_fit_nowhere_are_an_error():
    with pytest.raises(BadInputError, match="do not fit"):
        random_poem(
            wish_for(forms()["十六字令"], keywords=(LEVEL_ONLY[:4],)),
            VOCABULARY,
            np.random.default_rng(0),
            _masks("cilin"),
        )
    with pytest.raises(BadInputError, match="4 lines"):
        random_poem(wish_for(forms()["五绝"], acrostic=LEVEL_ONLY[:5]), VOCABULARY, np.random.default_rng(0))
