"""Content refuses what cannot be stored or shown faithfully."""

from __future__ import annotations

import numpy as np
import pytest

from aigc_sdk.content import Audio, Image, Message, Text, Video
from aigc_sdk.errors import BadInputError


@pytest.mark.parametrize("bad", ["a\x00b", "\ud800", "x\udfff"])
def test_unusable_text_says_where(bad):
    with pytest.raises(BadInputError, match="index"):
        Text(bad)


def test_text_must_be_str():
    with pytest.raises(BadInputError):
        Text(b"bytes")  # type: ignore[arg-type]  # what the test is about


def test_save_keeps_every_character(tmp_path):
    text = "café\r\n你好 👩‍👩‍👧"
    assert Text(text).save(tmp_path / "t.txt").read_bytes().decode() == text


@pytest.mark.parametrize(
    "make",
    [
        lambda: Image(np.zeros((2, 2), np.uint8)),
        lambda: Image(np.zeros((2, 2, 3), np.float32)),
        lambda: Image(np.zeros((2, 2, 2), np.uint8)),
        lambda: Audio(np.zeros((1, 5), np.float64), 16000),
        lambda: Audio(np.zeros((1, 5), np.float32), 0),
        lambda: Video(np.zeros((1, 2, 2, 3), np.uint8), 0),
        lambda: Message("robot", "hi"),
    ],
)
def test_wrong_shapes_and_roles(make):
    with pytest.raises(BadInputError):
        make()


def test_hash_covers_shape_and_values():
    a = Image(np.zeros((2, 3, 3), np.uint8))
    b = Image(np.zeros((3, 2, 3), np.uint8))
    assert a.sha256() != b.sha256()
    assert (
        Audio(np.zeros((1, 4), np.float32), 8000).sha256()
        != Audio(np.zeros((1, 4), np.float32), 16000).sha256()
    )
