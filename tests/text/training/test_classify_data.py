"""The labelled file: what is read, what is cleaned, how it is split, and what is wrong with it, by line."""

from __future__ import annotations

import gzip
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_sdk.errors import BadInputError, InputTooLargeError
from aigc_text.training import classify_data
from aigc_text.training.classify_data import Row, clean, read_dataset, read_rows, split
from aigc_text.training.classify_options import ClassifyTrainingOptions

OPTIONS = ClassifyTrainingOptions()


def write(tmp_path, text, name="data.csv"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_csv_tsv_and_json_lines_say_the_same(tmp_path):
    expected = [Row("a, b", "x", 2), Row("多喝水", "y", 3, "test")]
    comma = write(tmp_path, 'text,label,split\n"a, b",x,\n多喝水,y,test\n')
    tabs = write(tmp_path, "text\tlabel\tsplit\na, b\tx\t\n多喝水\ty\ttest\n", "data.tsv")
    assert read_rows(comma, OPTIONS) == expected
    assert read_rows(tabs, OPTIONS) == expected
    lines = [{"text": row.text, "label": row.label, "split": row.split} for row in expected]
    written = "\n" + "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    assert read_rows(write(tmp_path, written, "data.jsonl"), OPTIONS) == expected
    packed = write(tmp_path, gzip.compress(("\ufeff" + written.strip()).encode()), "data.jsonl.gz")
    assert [row.text for row in read_rows(packed, OPTIONS)] == ["a, b", "多喝水"]


def test_columns_may_have_other_names_and_texts_may_span_lines(tmp_path):
    options = ClassifyTrainingOptions(text_column="frage", label_column="art")
    path = write(tmp_path, 'art,frage\n\nx,"one\ntwo"\ny,three\n')
    assert [(row.text, row.line) for row in read_rows(path, options)] == [("one\ntwo", 3), ("three", 5)]


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        ("text,label\na,x\n,y\n", 3, "'text' is empty"),
        ("text,label\na,x\nb,\n", 3, "'label' is empty"),
        ("text,label\na,x\nb\n", 3, "1 values in 2 columns"),
        ("text,kind\na,x\n", 1, "expected 'text' and 'label'"),
        ("text,label,split\na,x,later\n", 2, "'later'"),
        ('{"text": "a", "label": "x"}\n{"text": "b"', 2, "not JSON"),
        ('{"text": "a", "label": "x"}\n["b"]\n', 2, "expected an object"),
        ('{"text": "a", "label": "x"}\n{"text": 3, "label": "y"}', 2, "'text' is empty"),
        ('{"text": "a", "label": "x"}\n{"text": "\\ud800", "label": "y"}', 2, "lone surrogate"),
        ("text,label\na,x\n宽,y\n".encode("gb18030"), 3, "not UTF-8"),
        ("text,label\na,x\nb\x00,y\n", 3, "NUL"),
        ('text,label\n"a,x\n', 2, "unexpected end"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path, content, line, what):
    with pytest.raises(BadInputError, match=f"line {line}") as caught:
        read_rows(write(tmp_path, content), OPTIONS)
    assert what in str(caught.value)


def test_an_empty_or_damaged_file_is_refused(tmp_path):
    with pytest.raises(BadInputError, match="no row"):
        read_rows(write(tmp_path, "text,label\n"), OPTIONS)
    packed = gzip.compress(b"text,label\na,x\n" * 50)[:-12]
    with pytest.raises(BadInputError, match="damaged"):
        read_rows(write(tmp_path, packed, "data.csv.gz"), OPTIONS)
    with pytest.raises(BadInputError, match="cannot be read"):
        read_rows(tmp_path / "none.csv", OPTIONS)


def test_sizes_are_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(classify_data, "MOST_ROWS", 2)
    with pytest.raises(InputTooLargeError, match="line 4: more than 2 rows"):
        read_rows(write(tmp_path, "text,label\na,x\nb,y\nc,x\n"), OPTIONS)
    with pytest.raises(InputTooLargeError, match="line 2"):
        read_rows(write(tmp_path, f"text,label\n{'a' * 20_001},x\n"), OPTIONS)
    with pytest.raises(InputTooLargeError, match="swapped"):
        read_rows(write(tmp_path, f"text,label\na,{'x' * 201}\n"), OPTIONS)
    monkeypatch.setattr(classify_data, "MOST_BYTES", 100)
    # Unpacked, not as it lies on disk.
    with pytest.raises(InputTooLargeError, match="MiB"):
        read_rows(write(tmp_path, gzip.compress(b"text,label\n" + b"a,x\n" * 1000), "data.csv.gz"), OPTIONS)


def test_a_text_with_two_labels_has_the_commoner_or_none_and_is_reported():
    cleaned = clean(
        [
            Row("Hello", "a", 2),
            Row("hello ", "a", 3),
            Row("hello", "b", 4),
            Row("bye", "a", 5),
            Row("bye", "b", 6),
        ]
    )
    assert [(row.text, row.label) for row in cleaned.rows] == [("Hello", "a")]
    assert (cleaned.read, cleaned.repeated, cleaned.conflicting) == (5, 1, 2)
    assert cleaned.conflicts[0] == {"lines": [2, 3, 4], "labels": ["a", "b"], "kept": "a"}
    assert cleaned.conflicts[1]["kept"] is None


def test_what_is_judged_by_is_no_training_row():
    cleaned = clean(
        [Row("hello", "a", 2, "train"), Row("hello", "a", 3, "test"), Row("hello", "a", 4, "validation")]
    )
    assert [row.split for row in cleaned.rows] == ["test"]


def many(counts, split_of=lambda _i: ""):
    return clean(
        [
            Row(f"{label} {i}", label, 2 + i, split_of(i))
            for label, count in counts.items()
            for i in range(count)
        ]
    )


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(2, 40), min_size=2),
    st.floats(0.01, 0.4),
    st.floats(0.0, 0.4),
    st.integers(0, 5),
)
def test_every_row_has_one_split_and_every_label_is_learnt_and_chosen_by(counts, validation, test, seed):
    options = ClassifyTrainingOptions(validation=validation, test=test)
    data = split(many(counts), "f", options, seed)
    parts = [data.train, data.validation, data.test]
    assert sorted(np.concatenate(parts)) == list(range(sum(counts.values())))
    for index in range(len(counts)):
        assert (data.targets[data.train] == index).any()
        assert (data.targets[data.validation] == index).any()
    again = split(many(counts), "f", options, seed)
    assert all(
        np.array_equal(a, b) for a, b in zip(parts, [again.train, again.validation, again.test], strict=True)
    )


def test_the_data_s_own_splits_are_kept():
    names = ["train", "train", "train", "validation", "test"]
    data = split(many({"a": 20, "b": 20}, lambda i: names[i % 5]), "f", OPTIONS, 0)
    for part, wanted in (("train", 24), ("validation", 8), ("test", 8)):
        chosen = getattr(data, part)
        assert len(chosen) == wanted
        assert {data.rows[i].split for i in chosen} == {part}


def test_the_out_of_scope_label_stands_last_and_must_be_there():
    options = ClassifyTrainingOptions(out_of_scope_label="a")
    data = split(many({"a": 5, "b": 5, "c": 5}), "f", options, 0)
    assert (data.labels, data.outside) == (("b", "c", "a"), 2)
    with pytest.raises(BadInputError, match="no row has the out-of-scope label"):
        split(many({"b": 5, "c": 5}), "f", options, 0)


def test_labels_that_cannot_be_learnt_are_refused_with_a_line(tmp_path):
    with pytest.raises(BadInputError, match="line 2 on have the label 'x'"):
        read_dataset(write(tmp_path, "text,label\na,x\nb,x\n"), OPTIONS, 0)
    with pytest.raises(BadInputError, match="line 4: the label 'y' has too few rows"):
        read_dataset(write(tmp_path, "text,label\na,x\nb,x\nc,y\n"), OPTIONS, 0)
    with pytest.raises(BadInputError, match="line 2: the label 'x' has too few rows"):
        read_dataset(write(tmp_path, "text,label,split\na,x,test\nb,x,test\nc,y,\nd,y,\n"), OPTIONS, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"method": "fine-tune", "out_of_scope": "distance"},
        {"validation": 0.5, "test": 0.5},
        {"regularisation": (0.0,)},
        {"epochs": 0},
        {"epoch": 3},
    ],
)
def test_options_are_checked(wrong):
    with pytest.raises(ValueError, match=r"validation error"):
        ClassifyTrainingOptions(**wrong)
