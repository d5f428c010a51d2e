"""Files of every kind become text with headings, and what is wrong with one is said."""

from __future__ import annotations

import io

import pytest

from aigc_text.knowledge.documents import Limits, read_document
from aigc_text.knowledge.errors import DocumentError
from aigc_text.knowledge.readers.markdown import plain_inline


def sections(name, data, limits=None):
    document = read_document(name, data if isinstance(data, bytes) else data.encode(), limits)
    return [(s.path, document.text[s.start : s.end]) for s in document.sections]


MARKDOWN = """---
title: not text
---
Before.

# Guide
One.

## Returns #
Two.
<!-- ignore
# no heading -->
Three.

```sh
# a comment, no heading
```

Payment
-------
| kind | fee |
| ---- | --- |
| card | 2 % |

# Other *part*
Four.
"""


def test_markdown_keeps_its_source_and_its_headings():
    assert sections("a.md", MARKDOWN) == [
        ((), "Before."),
        (("Guide",), "One."),
        (("Guide", "Returns"), "Two."),
        (("Guide", "Returns"), "Three.\n\n```sh\n# a comment, no heading\n```"),
        (("Guide", "Payment"), "| kind | fee |\n| ---- | --- |\n| card | 2 % |"),
        (("Other part",), "Four."),
    ]


def test_a_rule_below_a_list_or_a_blank_line_makes_no_heading():
    assert sections("a.md", "- item\n---\n\n---\ntext") == [((), "- item\n---\n\n---\ntext")]


def test_html_is_what_a_reader_sees():
    page = """<!doctype html><html><head><title>Shop</title><style>p {}</style></head><body>
    <script>var x = "unseen";</script><p>First &amp; <b>second</b>
    line.<p hidden>unseen<div style="display: none"><p>unseen</p></div><div aria-hidden="true">unseen</div>
    <h2>Prices <i>now</i></h2><p>Below:<br>a list<ul><li>one<li>two</ul>
    <table><tr><th>item<th>price</tr><tr><td>mug<td>5</tr><tr><td>cup</td><td></td></tr></table>
    <h3>Detail</h3>x<h2>Next</h2>y<template>unseen</template></body></html>"""
    assert sections("a.html", page) == [
        (("Shop",), "First & second line."),
        (("Prices now",), "Below:\na list\none\ntwo"),
        (("Prices now",), "item: mug; price: 5\nitem: cup"),
        (("Prices now", "Detail"), "x"),
        (("Next",), "y"),
    ]


def test_an_unclosed_script_hides_the_rest_as_in_a_browser():
    assert sections("a.html", "<p>seen<script>if (a < b) { '<p>unseen'") == [((), "seen")]


def test_html_in_the_encoding_it_names():
    page = '<meta charset="gb2312"><p>退货期限为三十天'.encode("gb18030")
    assert sections("a.html", page) == [((), "退货期限为三十天")]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_rows_of_a_table_carry_the_names_of_its_columns(sign):
    rows = [["name", "price", "note"], ["Mug", "5", '"a\nb"'], ["", "", ""], ["Cup", "", ""], ["x"]]
    text = "\n".join(sign.join(row) for row in rows)
    assert sections("a.csv", text) == [((), "name: Mug; price: 5; note: a b\nname: Cup\nname: x")]


def test_a_damaged_table_says_where():
    with pytest.raises(DocumentError, match="line 3"):
        read_document("a.csv", b'a,b\n1,2\n"never closed,3\n')


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030"])
def test_encodings_of_chinese(encoding):
    text = "退货政策：收到商品后三十天内可以退货。\n运费由买家承担。"
    assert read_document("a.txt", text.encode(encoding)).text == text


def test_western_text_and_single_broken_characters():
    assert (
        read_document("a.txt", "Café à la crème coûte 3 €".encode("cp1252")).text
        == "Café à la crème coûte 3 €"
    )
    broken = "运费由买家承担。".encode() * 10 + b"\xe8"
    document = read_document("a.txt", broken)
    assert document.text.endswith("承担。\ufffd")
    assert document.notes == ("1 broken UTF-8 characters replaced",)


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x01\x02text",
        b"\x89PNG\r\n\x1a\n" + bytes(range(128, 256)) * 4,
        b"\xff\xfea\x00\xd8",
        "plain".encode("utf-16-le"),
    ],
)
def test_what_is_no_text_is_refused(data):
    with pytest.raises(DocumentError):
        read_document("a.txt", data)


def test_limits_and_unknown_kinds():
    with pytest.raises(DocumentError, match="the limit is 3"):
        read_document("a.txt", b"four", Limits(file_bytes=3))
    with pytest.raises(DocumentError, match="the limit is 3"):
        read_document("a.txt", b"four", Limits(characters=3))
    with pytest.raises(DocumentError, match="rows"):
        read_document("a.csv", b"a\n1\n2\n3\n", Limits(rows=2))
    with pytest.raises(DocumentError, match=r"'\.exe'"):
        read_document("a.exe", b"")


# ---- PDF ----------------------------------------------------------------------------------------


def pdf(*pages, password=None):
    """A PDF of text pages, written with pypdf alone."""
    pypdf = pytest.importorskip("pypdf")
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = pypdf.PdfWriter()
    for lines in pages:
        page = writer.add_blank_page(width=300, height=300)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
        stream.set_data(f"BT /F1 12 Tf 20 250 Td {shown} ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    if password is not None:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_pdf_page_by_page():
    data = pdf(["The warranty lasts two", "years. See the war-", "ranty card."], [], ["Second page."])
    assert sections("a.pdf", data) == [
        (("p. 1",), "The warranty lasts two\nyears. See the warranty card."),
        (("p. 3",), "Second page."),
    ]


def test_pdf_that_cannot_be_read_says_why():
    with pytest.raises(DocumentError, match="no text"):
        read_document("a.pdf", pdf([]))
    with pytest.raises(DocumentError, match="encrypted"):
        read_document("a.pdf", pdf(["secret"], password="open sesame"))
    whole = pdf(["text"])
    for damaged in (b"", b"no pdf at all", whole[: len(whole) // 3]):
        with pytest.raises(DocumentError):
            read_document("a.pdf", damaged)
    with pytest.raises(DocumentError, match="limit is 1"):
        read_document("a.pdf", pdf(["a"], ["b"]), Limits(pages=1))


def test_without_pypdf_the_extra_is_named(monkeypatch):
    import sys

    from aigc_sdk.errors import MissingDependencyError

    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(MissingDependencyError, match=r"aigc-sdk-text\[pdf\]"):
        read_document("a.pdf", b"%PDF-1.4")


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("python -m aigc_text.training.moderation_deep", "python -m aigc_text.training.moderation_deep"),
        ("call `__init__` and `<tag>`", "call __init__ and <tag>"),
        ("an _old_ *word* __bold__ [x_y](https://a_b.example) <br>", "an old word bold x_y"),
        ("2 * 3 and **x**", "2 * 3 and x"),
    ],
)
def test_marks_inside_a_line_go_and_what_they_mark_stays(marked, plain):
    assert plain_inline(marked) == plain
