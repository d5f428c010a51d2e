"""People's names by lists and context, addresses by shape; what is neither stays out."""

import pytest

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.taxonomy import Severity, Stage
from aigc_text.moderators.names.table import May, decode_table, encode_table, name_key, name_table
from aigc_text.moderators.privacy.detector import MAX_MATCH, PrivacyModerator, find
from aigc_text.moderators.privacy.options import PrivacyOptions


def found(kind, text):
    return [text[h.start : h.end] for h in find(text) if h.kind == kind]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Yesterday Jennifer Hopkins wrote to us.", "Jennifer Hopkins"),
        ("Please call Mr. Wozniak back.", "Wozniak"),
        ("ask Dr. Maria del Carmen about it", "Maria del Carmen"),
        ("It was Jean-Pierre Dubois's idea", "Jean-Pierre Dubois"),
        ("My name is Xqorvin", "Xqorvin"),
        ("my name is michael hopkins, hello", "michael hopkins"),
        ("Dear Zbrinka, thank you", "Zbrinka"),
        ("signed by J. R. Hopkins today", "J. R. Hopkins"),
        ("Björn Lindqvist lives here", "Björn Lindqvist"),
        ("The invoice of O'Brien, Kathleen O'Brien", "Kathleen O'Brien"),
        ("您好，我叫王小明，今年三十岁", "王小明"),
        ("收件人：欧阳丽华 13800138000", "欧阳丽华"),
        ("请找李建国先生签字", "李建国"),
        ("姓名：陳美玲，電話：", "陳美玲"),
        ("约翰·史密斯说他不来", "约翰·史密斯"),
        ("客户李明反馈说产品有问题", "李明"),
        ("王芳：好的，收到", "王芳"),
        ("好的\n陈晓东：收到", "陈晓东"),
        ("@王小明 请看一下", "王小明"),
        ("您好，我是刘洋，来自杭州", "刘洋"),
        ("甲方代表：孙丽华", "孙丽华"),
        ("乙方（签字）：黄志强", "黄志强"),
        ("请诸葛亮先生来", "诸葛亮"),
        ("张伟的电话是多少", "张伟"),
    ],
)
def test_people_are_found(text, name):
    assert name in found("person", text)
    assert all(h.severity == Severity.LOW for h in find(text) if h.kind == "person")


@pytest.mark.parametrize(
    "text",
    [
        "Will you come in May or in June?",
        "The Rose Garden Hotel is near Park Street.",
        "Johnson Street Station opens on Monday.",
        "We visited New York, Paris and Washington.",
        "Merry Christmas and a Happy New Year!",
        "BERT and AUD are acronyms; I'm here, Don't worry.",
        "The University of Wellington Press",
        "Dear Customer, dear Sir or Madam",
        "I am happy, this is great",
        "高中老师都很好，王先生也来了",
        "关于产品的电话请打客服",
        "方便面和白色家电都打折",
        "我是高兴的，他是成功的",
        "我是白云，你是黑土",
        "我是常客，他是江苏人",
        "沈阳：辽宁的省会",
        "许可：需要审批",
        "同事说时间不够，客户高度认为方便",
        "帮助理解文章。",
        "投保人：安徽有限公司",
    ],
)
def test_what_names_nobody_stays_out(text):
    assert found("person", text) == []


def test_a_list_of_capitals_longer_than_a_stream_sees_holds_no_name():
    heading = "Great Offers For Every Home In The Country This Season And Next "
    assert found("person", heading * 2 + "Jennifer Hopkins") == []
    assert found("person", "Great offers. Jennifer Hopkins") == ["Jennifer Hopkins"]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("I live at 221B Baker Street, near the park", "221B Baker Street"),
        ("at 1600 N Harbor Blvd, Suite 300", "1600 N Harbor Blvd"),
        ("Springfield, IL 62704", "Springfield, IL 62704"),
        ("12 rue de la Paix, 75002 Paris", "12 rue de la Paix"),
        ("Lindenweg 12 in Bern", "Lindenweg 12"),
        ("Hauptstraße 12, 10115 Berlin", "Hauptstraße 12, 10115 Berlin"),
        ("Calle Mayor, 5", "Calle Mayor, 5"),
        ("send it to 14 Wexmore Hollow Bend", "14 Wexmore Hollow"),
        ("she lives at 9 Tolmie Brook", "9 Tolmie Brook"),
        ("住在北京市海淀区中关村大街27号1单元302室。", "北京市海淀区中关村大街27号1单元302室"),
        ("寄到阳光花园3号楼2单元501室", "阳光花园3号楼2单元501室"),
        ("台北市信義區信義路五段7號", "台北市信義區信義路五段7號"),
        ("台北市大安區忠孝東路四段100巷5弄12號3樓", "台北市大安區忠孝東路四段100巷5弄12號3樓"),
        ("公司搬到望江东路88-1号了", "望江东路88-1号"),
        ("住朝阳区望京西园三区318号楼1单元602", "朝阳区望京西园三区318号楼1单元602"),
        ("Friedrich-Ebert-Str. 14", "Friedrich-Ebert-Str. 14"),
        ("Leipziger Straße 5", "Leipziger Straße 5"),
        ("Unter den Linden 77, 10117 Berlin", "Unter den Linden 77, 10117 Berlin"),
        ("Cupertino, California 95014", "Cupertino, California 95014"),
        ("my address is 23 maple street, springfield", "23 maple street"),
        ("I live in 12 New Street", "12 New Street"),
    ],
)
def test_addresses_are_found(text, address):
    assert any(address in one for one in found("address", text))


@pytest.mark.parametrize(
    "text",
    [
        "On September 1, 2004, Microsoft bought it",
        "135 square miles of forest",
        "Plaza Hotel. 5 stars",
        "Spring 2005 collection, 20 Best Ways",
        "at 5 PM on Monday",
        "Smith et al. 2018",
        "坐3路公交车，5号线，第十二号作品",
        "这条路一号难求，空调得弄一弄",
        "这条街12号线地铁",
        "In 2019 Oxford Street lost shops",
        "a 24 Hour Drive and a 5 Star Hotel Drive",
        "RFC 5321, ISO 9001",
        "Der Weg 3 ist lang, am Montag 12 Uhr",
    ],
)
def test_what_is_no_address_stays_out(text):
    assert found("address", text) == []


def test_what_leads_to_an_address_and_its_flat_stay_outside_or_inside():
    assert found("address", "邮寄地址是南京市鼓楼区汉口路22号，") == ["南京市鼓楼区汉口路22号"]
    assert found("address", "Flat 3, 10 Downing St, London") == ["Flat 3", "10 Downing St"]


def test_a_policy_may_leave_kinds_out():
    moderator = PrivacyModerator()
    moderator.load(None)
    text = Text("Jennifer Hopkins, 221B Baker Street, jh@example.com")

    def kinds(options):
        (row,) = moderator.moderate([text], stage=Stage.OUTPUT, ctx=CallContext(), options=options)
        return {f.subcategory for f in row.findings}

    assert kinds(None) == {"person", "address", "email"}
    assert kinds(PrivacyOptions(skip=("person", "address"))) == {"email"}
    with pytest.raises(ValueError, match="unknown kinds"):
        PrivacyOptions(skip=("names",))


def test_the_table_of_names_is_read_as_it_was_written():
    table = {"anna": int(May.GIVEN), "rose": int(May.GIVEN | May.WORD), "王": int(May.HAN_SURNAME)}
    assert decode_table(encode_table(table)) == table
    assert len(name_table()) > 50_000
    assert name_key("Łukasz") == "lukasz"
    assert name_key("Zoë") == "zoe"
    assert MAX_MATCH == 120
