"""What counts as stated, and what as invented."""

from __future__ import annotations

import pytest

from aigc_text.facts import FactChecker, read_brief


def check(inputs, text, language="en"):
    return FactChecker(read_brief(inputs), language).check(text)


def kinds(report):
    return [(i.kind, i.text) for i in report.invented]


STATED = [
    ("£20", "Yours for 20 pounds."),
    ("£20", "It is GBP 20.00."),
    ("20 pounds", "It is £20!"),
    ("£1,299", "Only £1299."),
    ("1,299元", "现在1299 元。"),
    ("¥1299", "价格1299元"),
    ("１２９元", "129元"),
    ("1.2万元", "12000元"),
    ("12 hours", "A 12-hour battery."),
    ("12 hours", "twelve hours of battery"),
    ("12小时", "续航12个小时"),
    ("两年", "质保2年"),
    ("八折", "8折"),
    ("15%", "15 percent"),
    ("百分之15", "15%"),
    ("1.5 kg", "1500 g"),
    ("£20-25", "from 20 to 25 pounds"),
    ("2025-03-12", "2025年3月12日"),
    ("leak-proof lid", "Leak proof lids"),
    ("family-friendly", "familyfriendly"),
    ("wifi", "Wi-Fi"),
    ("Café Rouge", "near cafe rouge"),
    ("the riverside", "by riverside"),
    ("夜空蓝", "颜色：夜空蓝、白"),
    ("hello@acme.com", "Write to HELLO@acme.com."),
    ("https://www.acme.com/x/", "acme.com/x."),
]


@pytest.mark.parametrize(("value", "text"), STATED)
def test_stated_whatever_the_notation(value, text):
    report = check({"thing": value}, text)
    assert not report.missing
    assert not [i for i in report.invented if i.kind != "name"], kinds(report)


MISSING = [
    ("£20", "Yours for £200."),
    ("£20", "Yours for €20."),
    ("£20", "Yours for 20."),
    ("less than £20", "It costs £20."),
    ("red", "I am tired."),
    ("12 hours", "It lasts 12 days."),
    ("20", "It costs 1,20 or 20.5."),
    ("M", "Made by me."),
    ("保温", "保持温度"),
]


@pytest.mark.parametrize(("value", "text"), MISSING)
def test_near_misses_are_missing(value, text):
    assert check({"thing": value}, text).missing


def test_a_span_points_at_the_words():
    text = "Meet ＡＵＲＯＲＡ, yours for 20 pounds."
    report = check({"name": "Aurora", "price": "£20"}, text)
    assert [text[s.start : s.end] for s in report.stated] == ["ＡＵＲＯＲＡ", "20 pounds"]


@pytest.mark.parametrize(
    ("given", "text", "coverage"),
    [
        (True, "It is family-friendly.", 1.0),
        (True, "Family friendly: yes", 1.0),
        (True, "It is not family friendly.", 0.0),
        (False, "It is not family friendly.", 1.0),
        (False, "Sadly non family-friendly", 1.0),
        (False, "Family friendly: no", 1.0),
        (False, "It is family friendly.", 0.0),
        (True, "Not cheap, but family friendly.", 1.0),
    ],
)
def test_yes_and_no(given, text, coverage):
    report = check({"familyFriendly": given}, text)
    assert report.coverage == coverage
    assert bool([i for i in report.invented if i.kind == "contradiction"]) == (coverage == 0.0)


@pytest.mark.parametrize(("given", "text", "coverage"), [
    (True, "防水。", 1.0), (False, "不防水", 1.0), (False, "防水：否", 1.0), (True, "不防水", 0.0), (True, "这款防水，不伤手", 1.0),
])  # fmt: skip
def test_yes_and_no_in_chinese(given, text, coverage):
    assert check({"waterproof": given}, text, "zh").coverage == coverage


INVENTED_EN = [
    ("Only £15!", "price"),
    ("Save 15% now.", "percentage"),
    ("It weighs 3 kg.", "measure"),
    ("Seven speeds and 21 gears.", "number"),
    ("From 2024-05-01 on.", "date"),
    ("Call 020 7946 0958.", "contact"),
    ("See www.acme.com for more.", "contact"),
    ("Write to me@acme.com.", "contact"),
    ("The best lamp ever.", "superlative"),
    ("Our award-winning lamp.", "superlative"),
    ("With free shipping.", "offer"),
    ("It works with Alexa.", "name"),
    ("Try the X100 mode.", "number"),
    ("Guaranteed for two years.", "measure"),
]


@pytest.mark.parametrize(("text", "kind"), INVENTED_EN)
def test_invented_in_english(text, kind):
    assert kind in [i.kind for i in check({"name": "Luna"}, f"Meet Luna. {text}").invented]


INVENTED_ZH = [
    ("只要15元。", "price"),
    ("现在打八折。", "percentage"),
    ("重3公斤。", "measure"),
    ("质保两年。", "measure"),
    ("全国销量第一。", "superlative"),
    ("最好的台灯。", "superlative"),
    ("全场包邮。", "offer"),
    ("支持Alexa。", "name"),
    ("致电13812345678。", "contact"),
]


@pytest.mark.parametrize(("text", "kind"), INVENTED_ZH)
def test_invented_in_chinese(text, kind):
    assert kind in [i.kind for i in check({"名称": "月光台灯"}, f"月光台灯。{text}", "zh").invented]


FAITHFUL = [
    "Meet Luna. I think it is one of a kind of evening you will love.",
    "1. Meet Luna.\n2. Enjoy your evening.",
    "LUNA: LIGHT FOR YOUR DESK",
    "A Lamp Called Luna",
    "Luna. Most of the time, one lamp is enough. At last!",
]


@pytest.mark.parametrize("text", FAITHFUL[1:])
def test_no_false_alarm_in_english(text):
    assert kinds(check({"name": "Luna"}, text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "月光台灯，第一次见就喜欢。",
        "最后，来看看月光台灯吧。",
        "月光台灯，每一天都陪着你。",
        "月光台灯：没有什么能难倒它。",
    ],
)
def test_no_false_alarm_in_chinese(text):
    assert kinds(check({"名称": "月光台灯"}, text, "zh")) == []


def test_what_the_instruction_says_is_given():
    inputs = {"name": "Luna", "instruction": "Mention free shipping and the 10% code LUNA10."}
    assert not check(inputs, "Luna, with free shipping and 10% off with LUNA10.").invented


def test_audience_numbers_are_not_given():
    report = check({"name": "Luna", "audience.budget": "£50", "audience.age": "25-34"}, "Luna for £50.")
    assert kinds(report) == [("price", "£50")]


def test_a_given_superlative_is_no_invention():
    assert check({"slogan": "The best nap of your life"}, "The best nap of your life.").faithful


def test_a_bare_price_does_not_license_a_currency():
    report = check({"price": 1299}, "Yours for $1,299.")
    assert [i.kind for i in report.invented] == ["price"]


def test_a_unit_in_the_key_is_given():
    assert check({"weight_g": 250}, "It weighs 250 g.").faithful


def test_explanations_name_what_is_missing_and_invented():
    report = check({"name": "Luna", "price": "£20"}, "Meet Luna for £15.")
    assert "price='£20'" in report.explanation("en")
    assert "'£15'" in report.explanation("en")
    assert "缺少：price=£20" in report.explanation("zh")
    assert report.details()["missing"] == [{"key": "price", "value": "£20"}]
    assert report.details()["invented"] == [{"kind": "price", "text": "£15", "start": 14, "end": 17}]


QUALIFIED = [
    ("£20", "Yours for up to £20.", "en"),
    ("£20", "From £20.", "en"),
    ("£20", "Prices starting at £20.", "en"),
    ("£20", "All that for under £20.", "en"),
    ("£20", "It costs £20 and up.", "en"),
    ("12 hours", "It runs for over 12 hours.", "en"),
    ("12 hours", "It runs for more than 12 hours.", "en"),
    ("12 hours", "It runs for nearly 12 hours.", "en"),
    ("12 hours", "Enjoy about 12 hours.", "en"),
    ("12 hours", "It keeps going for almost twelve hours.", "en"),
    ("less than £20", "It costs more than £20.", "en"),
    ("129元", "129元起。", "zh"),
    ("129元", "低至129元。", "zh"),
    ("129元", "仅需129元。", "zh"),
    ("129元", "不到129元。", "zh"),
    ("12小时", "续航近12小时。", "zh"),
    ("12小时", "续航约12小时。", "zh"),
    ("12小时", "续航长达12小时。", "zh"),
    ("12小时", "续航超过12小时。", "zh"),
    ("12小时", "续航12小时以上。", "zh"),
]


@pytest.mark.parametrize(("value", "text", "language"), QUALIFIED)
def test_a_qualifier_beside_a_given_number_is_invented(value, text, language):
    assert "qualifier" in [i.kind for i in check({"thing": value}, text, language).invented]


PLAIN = [
    ({"priceRange": "less than £20"}, "It costs less than £20.", "en"),
    ({"priceRange": "less than £20"}, "You pay under £20.", "en"),
    ({"priceRange": "more than £30"}, "Expect more than £30, that is over £30.", "en"),
    ({"price range": "£20-25"}, "It costs from £20 to £25, between £20 and £25.", "en"),
    ({"battery": "up to 12 hours"}, "A battery of up to 12 hours.", "en"),
    ({"price": "£20", "instruction": "say 'from £20'"}, "From £20.", "en"),
    ({"starting at": "£20"}, "Starting at £20.", "en"),
    ({"价格": "129元起"}, "价格129元起。", "zh"),
    ({"续航": "约12小时"}, "续航大约12小时。", "zh"),
    ({"附近": "5公里"}, "附近5公里。", "zh"),
    ({"预约": "5"}, "预约5。", "zh"),
]


@pytest.mark.parametrize(("inputs", "text", "language"), PLAIN)
def test_a_given_qualifier_is_none(inputs, text, language):
    assert kinds(check(inputs, text, language)) == []


def test_only_and_just_leave_a_number_as_it_is():
    assert kinds(check({"price": "£20", "weight": "300 g"}, "Only £20, and just 300 g.")) == []
