from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import ClassVar

import pytest

_SPEC = importlib.util.spec_from_file_location("copy_fakes", Path(__file__).with_name("fakes.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
_MODULE = importlib.util.module_from_spec(_SPEC)
sys.modules["copy_fakes"] = _MODULE
_SPEC.loader.exec_module(_MODULE)


@pytest.fixture
def fakes(monkeypatch):
    """The fakes, with the chat template replaced by one that shows its messages."""
    import aigc_sdk.runtime.chat_template as chat_template

    class Shown:
        made: ClassVar[list] = []

        @classmethod
        def from_bundle(cls, bundle, tokenizer):
            template = _MODULE.FakeTemplate(tokenizer)
            cls.made.append(template)
            return template

    Shown.made = []
    monkeypatch.setattr(chat_template, "ChatTemplate", Shown)
    _MODULE.Shown = Shown
    return _MODULE
