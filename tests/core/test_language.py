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
        ("Привет, как дела?", "und"),
        ("これは日本語の文章です", "und"),
        ("안녕하세요", "und"),
    ],
)
def test_language_by_script(text, language):
    assert detect_language(text) == language
