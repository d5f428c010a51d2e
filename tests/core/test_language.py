from __future__ import annotations

import pytest

from aigc_sdk.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("A quiet café by the river.", "en"),
        ("今天天气很好。", "zh"),
        ("這是繁體中文", "zh"),
        ("这款 iPhone 手机壳采用 TPU 材质", "zh"),
        ("We call it 北京烤鸭 in Chinese, and it is eaten with pancakes.", "en"),
        ("12:30 !!! 👍", "zxx"),
        ("", "zxx"),
        ("The α version is out, try it now.", "en"),
        ("Пётр and Anna went home after dinner.", "en"),
        ("Иван went home today.", "und"),  # a name, but nearly a quarter of what there is
        ("She said прекрасная погода сегодня and left the room at once.", "und"),
        ("Привет, как дела?", "und"),
        ("これは日本語の文章です", "und"),
        ("안녕하세요", "und"),
    ],
)
def test_language_by_script(text, language):
    assert detect_language(text) == language


@pytest.mark.parametrize("around", [0, 3_000, 60_000])
def test_a_passage_in_another_script_counts_however_long_the_text_around_it_is(around):
    passage = "Это предложение никто не проверил. " * 20
    text = "An English sentence. " * (around // 21) + passage + "An English sentence. " * (around // 21)
    assert detect_language(text) == "und"
    assert detect_language("An English sentence. " * 200 + "Пётр " + "An English sentence. " * 200) == "en"
