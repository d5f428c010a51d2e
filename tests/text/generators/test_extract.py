"""Extraction by rules: entities with their places, and users' schemas filled with what the text says."""

from __future__ import annotations

import itertools
import json

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_sdk.context import CallContext, CancelToken
from aigc_sdk.errors import (
    BadInputError,
    CancelledError,
    InputTooLargeError,
    OptionError,
    OutputError,
    UnsupportedLanguageError,
)
from aigc_sdk.request import Generation, Request
from aigc_text.generators.extract.dates import find_dates
from aigc_text.generators.extract.entities import find_entities
from aigc_text.generators.extract.generator import ExtractGenerator
from aigc_text.generators.extract.options import KINDS, ExtractOptions

ENGLISH = (
    "On 24 November 2026 Maria Schmidt of Acme Holdings Ltd met Dr. John Smith in San Francisco. The deal is worth "
    "$3.5 million (about 25 million yuan); call +44 20 7946 0958 or write to sales@acme.example.com, see "
    "https://acme.example.com/a(b)?x=1. Delivery by Nov 30th to 221B Baker Street, London. Maria Schmidt weighs 12 kg."
)
CHINESE = (
    "2026年11月24日，客户李明在北京市朝阳区与华东机械有限公司签约，合同金额3500万元，联系电话13812345678，邮箱"
    "li.ming@example.cn，官网 https://www.example.cn/about。二〇二六年十二月三十一日前在杭州交付，重量12公斤。"
)


@pytest.fixture(scope="module")
def generator():
    made = ExtractGenerator()
    made.load(None)
    return made


def extract(generator, text, ctx=None, language=None, **options):
    request = Request(id="r", inputs={"text": text}, language=language, options=ExtractOptions(**options))
    (row,) = generator.generate([request], ctx=ctx or CallContext())
    return row


def record(generator, text, **options):
    row = extract(generator, text, **options)
    assert isinstance(row, Generation), row.error
    return row.candidates[0]


def test_english(generator):
    candidate = record(generator, ENGLISH)
    assert candidate.meta["json"] == {
        "people": ["Maria Schmidt", "John Smith"],
        "organisations": ["Acme Holdings Ltd"],
        "places": ["San Francisco", "221B Baker Street", "London"],
        "dates": ["24 November 2026", "Nov 30th"],
        "amounts": ["$3.5 million", "25 million yuan", "12 kg"],
        "emails": ["sales@acme.example.com"],
        "phones": ["+44 20 7946 0958"],
        "urls": ["https://acme.example.com/a(b)?x=1"],
    }
    assert json.loads(candidate.content.text) == candidate.meta["json"]
    assert candidate.method == "rules"


def test_chinese(generator):
    candidate = record(generator, CHINESE)
    assert candidate.content.language == "zh"
    assert candidate.meta["json"] == {
        "people": ["李明"],
        "organisations": ["华东机械有限公司"],
        "places": ["北京市朝阳区", "杭州"],
        "dates": ["2026年11月24日", "二〇二六年十二月三十一日"],
        "amounts": ["3500万元", "12公斤"],
        "emails": ["li.ming@example.cn"],
        "phones": ["13812345678"],
        "urls": ["https://www.example.cn/about"],
    }
    assert "李明" in candidate.content.text, "Chinese is written as it is"


def at(value, path):
    for part in path.split("/")[1:]:
        value = value[int(part) if isinstance(value, list) else part.replace("~1", "/").replace("~0", "~")]
    return value


@pytest.mark.parametrize("text", [ENGLISH, CHINESE])
def test_every_value_stands_where_its_span_says(generator, text):
    candidate = record(generator, text)
    spans = candidate.meta["spans"]
    for span in spans:
        assert text[span["start"] : span["end"]] == at(candidate.meta["json"], span["path"])
    values = {span["value"] for span in spans if "value" in span}
    assert {"2026-11-24"} < values
    # All places of a value that comes twice.
    if text is ENGLISH:
        assert sum(span["path"] == "/people/0" for span in spans) == 2
        assert {"3500000 usd", "25000000 cny", "--11-30"} < values
    else:
        assert {"35000000 cny", "2026-12-31"} < values


def test_kinds_can_be_chosen_and_stand_in_one_order(generator):
    candidate = record(generator, ENGLISH, kinds=("emails", "people"))
    assert list(candidate.meta["json"]) == ["people", "emails"]
    assert {span["path"].split("/")[1] for span in candidate.meta["spans"]} == {"people", "emails"}


def test_nothing_found_is_empty_lists(generator):
    assert record(generator, "Nothing here.").meta["json"] == {kind: [] for kind in KINDS}


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Bank of China, University of Oxford", "organisations", ["Bank of China", "University of Oxford"]),
        ("He said Apple Inc. was sold.", "organisations", ["Apple Inc."]),
        ("They sold Microsoft Corporation.", "organisations", ["Microsoft Corporation"]),
        ("中国银行和北京大学", "organisations", ["中国银行", "北京大学"]),
        ("中国人喜欢上海菜", "places", []),
        ("从法国巴黎到浙江省杭州市西湖区", "places", ["法国", "巴黎", "浙江省杭州市西湖区"]),
        ("Near Lake Geneva and in New York City.", "places", ["Lake Geneva", "New York City"]),
        ("A Paris-based firm", "places", []),
        ("身份证11010519491231002X", "phones", []),
        ("Card 4111 1111 1111 1111 ok", "phones", []),
        ("see example.com/a/b, ok", "urls", ["example.com/a/b"]),
        ("(https://example.com/x).", "urls", ["https://example.com/x"]),
        ("访问https://example.com/路径，谢谢", "urls", ["https://example.com/"]),
        ("about 5 of them, model X100, 12345", "amounts", []),
        ("15% off, 2.5万元, US$3bn", "amounts", ["15%", "2.5万元", "US$3bn"]),
    ],
)
def test_cases(generator, text, kind, found):
    assert record(generator, text).meta["json"][kind] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-11-24", ["2026-11-24"]),
        ("24th of November, 2026", ["2026-11-24"]),
        ("Nov. 24, 2026", ["2026-11-24"]),
        ("on May 5", ["--05-05"]),
        ("She may 5 times", []),
        ("March 2026", ["2026-03"]),
        ("31/12/2026", ["2026-12-31"]),
        ("10/11/2026", [None]),
        ("2026-02-30", []),
        ("1.2.3.4 and 2026.11.24.1", []),
        ("since 1999", ["1999"]),
        ("in 2026%", []),
        ("2026年", ["2026"]),
        ("2026年3月", ["2026-03"]),
        ("11月24日", ["--11-24"]),
        ("二〇二六年三月五号", ["2026-03-05"]),
        ("十二月三十一日", ["--12-31"]),
        ("3个月5日", []),
        ("February 29", ["--02-29"]),
        ("2025年2月29日", []),
    ],
)
def test_dates(text, found):
    values, reach = [], 0
    for start, end, value in sorted(find_dates(text), key=lambda d: (d[0], -d[1])):
        if start >= reach:
            values.append(value)
            reach = end
    assert values == found


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Maria Schmidt",
                "Acme Ltd",
                "李明先生",
                "北京市",
                "2026年11月24日",
                "$5 million",
                "a@b.example",
                "https://x.example/a",
                "+44 20 7946 0958",
                " of ",
                ", ",
                "\n",
                "：",
                "(",
                ")",
                "说",
                "12 kg",
                "Nov 30th",
                "10/11/2026",
                "公司",
                "𠮷",
                "é",
                "www.",
                "@",
                "%",
            ]
        ),
        max_size=14,
    ).map("".join)
)
def test_entities_are_apart_in_order_and_inside_the_text(text):
    found = find_entities(text)
    assert all(0 <= e.start < e.end <= len(text) and e.kind in KINDS for e in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert found == find_entities(text)


INVOICE = """Invoice no: 4711
Supplier: Foo Bar Inc.
Date: 3 May 2026
Total: £1,299.50
Items: kettle, cup and saucer
Paid: yes
Contact: Anna Lee (anna@foo.example)
"""
INVOICE_SCHEMA = {
    "$defs": {"money": {"type": "number", "minimum": 0}},
    "type": "object",
    "properties": {
        "supplier": {"type": "string"},
        "date": {"type": "string", "format": "date"},
        "total": {"$ref": "#/$defs/money"},
        "items": {"type": "array", "items": {"type": "string"}},
        "paid": {"type": "boolean"},
        "contact_email": {"type": "string", "format": "email"},
        "status": {"enum": ["open", "paid", "overdue"]},
        "iban": {"type": ["string", "null"]},
        "buyer": {"type": "object", "properties": {"phone": {"type": "string"}}},
    },
    "required": ["supplier", "total", "iban"],
    "additionalProperties": False,
}


def test_a_users_schema_is_filled_from_labels_and_kinds(generator):
    candidate = record(generator, INVOICE, json_schema=INVOICE_SCHEMA)
    value = candidate.meta["json"]
    jsonschema.validate(value, INVOICE_SCHEMA)
    assert value == {
        "supplier": "Foo Bar Inc",
        "date": "2026-05-03",
        "total": 1299.5,
        "items": ["kettle", "cup", "saucer"],
        "paid": True,
        "contact_email": "anna@foo.example",
        "status": "paid",
        "iban": None,
    }
    basis = {span["path"]: span["basis"] for span in candidate.meta["spans"]}
    assert basis["/total"] == "label"
    assert basis["/contact_email"] == "kind"
    assert basis["/status"] == "choice"
    for span in candidate.meta["spans"]:
        if isinstance(at(value, span["path"]), str) and span["path"] not in ("/date", "/status"):
            assert INVOICE[span["start"] : span["end"]] == at(value, span["path"])


def test_a_chinese_schema(generator):
    text = "合同编号：A-12\n甲方：华东机械有限公司\n金额：3500元\n签约日期：2026年3月5日\n联系人：李明，电话 13812345678"
    schema = {
        "type": "object",
        "properties": {
            "甲方": {"type": "string"},
            "金额": {"type": "integer"},
            "签约日期": {"type": "string", "format": "date"},
            "电话": {"type": "string", "pattern": "^1\\d{10}$"},
        },
        "required": ["甲方", "金额"],
    }
    assert record(generator, text, json_schema=schema).meta["json"] == {
        "甲方": "华东机械有限公司",
        "金额": 3500,
        "签约日期": "2026-03-05",
        "电话": "13812345678",
    }


def test_properties_of_one_kind_share_what_there_is(generator):
    schema = {
        "type": "object",
        "properties": {k: {"type": "string"} for k in ("start_date", "end_date", "due_date")},
    }
    value = record(generator, "From 3 May 2026 to 5 May 2026.", json_schema=schema).meta["json"]
    assert value == {"start_date": "3 May 2026", "end_date": "5 May 2026"}


@pytest.mark.parametrize(
    ("schema", "error", "place"),
    [
        (
            {"type": "object", "properties": {"iban": {"type": "string"}}, "required": ["iban"]},
            OutputError,
            "/iban",
        ),
        ({"type": "array"}, OptionError, ""),
        (
            {"type": "object", "properties": {"lines": {"type": "array", "items": {"type": "object"}}}},
            OptionError,
            "/lines",
        ),
        ({"type": "object", "properties": {"a": {"not": {}}}}, OptionError, "/properties/a"),
        (
            {"type": "object", "properties": {"email": {"type": "string", "pattern": "(?=a)"}}},
            OptionError,
            "expression",
        ),
    ],
)
def test_what_rules_cannot_fill_is_said(generator, schema, error, place):
    row = extract(generator, INVOICE, json_schema=schema)
    assert isinstance(row.error, error)
    assert place in row.error.message


def test_rows_fail_alone(generator):
    requests = [
        Request(inputs={}),
        Request(inputs={"text": "  "}),
        Request(inputs={"text": "x" * 100_001}),
        Request(inputs={"text": "a\x00b"}),
        Request(inputs={"text": "Bonjour"}, language="fr"),
        Request(
            inputs={"text": "a"}, options=ExtractOptions(json_schema={"type": "object"}, kinds=("people",))
        ),
        Request(inputs={"text": ENGLISH}, language="en-GB"),
    ]
    rows = generator.generate(requests, ctx=CallContext())
    assert [type(row.error) for row in rows[:-1]] == [
        BadInputError,
        BadInputError,
        InputTooLargeError,
        BadInputError,
        UnsupportedLanguageError,
        OptionError,
    ]
    assert rows[-1].candidates[0].meta["json"]["people"]


def test_cancellation(generator):
    token = CancelToken()
    token.cancel()
    assert isinstance(extract(generator, ENGLISH, CallContext(cancel=token)).error, CancelledError)
