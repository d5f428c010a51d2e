"""Redaction for hosts: placeholders, stable pseudonyms, and what only the key's holder can undo."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import BadInputError, MissingDependencyError, OptionError
from aigc_sdk.taxonomy import Category, Stage
from aigc_sdk.verdict import Finding, Span
from aigc_text.moderators.privacy.detector import PrivacyModerator
from aigc_text.moderators.privacy.pseudonyms import pseudonym, redact, restore

KEY = b"0123456789abcdef0123456789abcdef"
TEXT = "Mail jane@example.com or 邮箱 bob@example.com, card 4111 1111 1111 1111; again JANE@example.com."


def findings(text):
    moderator = PrivacyModerator()
    moderator.load(None)
    return moderator.moderate([Text(text)], stage=Stage.OUTPUT, ctx=CallContext())[0].findings


def test_placeholders_name_the_kind():
    assert redact(TEXT, findings(TEXT)) == "Mail [EMAIL] or 邮箱 [EMAIL], card [BANK_CARD]; again [EMAIL]."


def test_pseudonyms_are_stable_for_a_value_and_differ_by_value_and_key():
    words = redact(TEXT, findings(TEXT), "pseudonym", key=KEY).replace(",", "").split()
    first, second, last = words[1], words[4], words[-1].rstrip(".")
    assert first == last != second
    assert first.startswith("EMAIL-")
    assert len(first) == len("EMAIL-") + 8
    assert pseudonym("EMAIL", "jane@example.com", KEY) == first
    assert pseudonym("EMAIL", "jane@example.com", KEY[::-1]) != first
    assert pseudonym("PHONE", "138-0013 8000", KEY) == pseudonym("PHONE", "１３８００１３８０００", KEY)
    assert len(pseudonym("PERSON", "Jane", KEY, digits=4)) == len("PERSON-3F2A")


def test_reversible_redaction_is_undone_by_the_key_alone():
    pytest.importorskip("cryptography")
    hidden = redact(TEXT, findings(TEXT), "reversible", key=KEY)
    assert "example.com" not in hidden
    assert "1111" not in hidden
    assert restore(hidden, KEY) == TEXT
    with pytest.raises(BadInputError, match="EMAIL token"):
        restore(hidden, KEY[::-1])
    with pytest.raises(BadInputError, match="PHONE token"):
        restore(hidden.replace("[EMAIL:", "[PHONE:"), KEY)


@given(st.text(min_size=1, max_size=80), st.data())
def test_whatever_is_hidden_comes_back(text, data):
    pytest.importorskip("cryptography")
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    finding = Finding(category=Category.PRIVACY, subcategory="person", spans=(Span(start=start, end=end),))
    assert restore(redact(text, [finding], "reversible", key=KEY), KEY) == text


def test_text_without_tokens_comes_back_as_it_is():
    pytest.importorskip("cryptography")
    assert restore("nothing [EMAIL] [EMAIL:short] here", KEY) == "nothing [EMAIL] [EMAIL:short] here"


@pytest.mark.parametrize("mode", ["pseudonym", "reversible"])
@pytest.mark.parametrize("key", [None, b"", b"short"])
def test_a_missing_or_short_key_is_refused(mode, key):
    with pytest.raises(OptionError, match="16 bytes"):
        redact(TEXT, findings(TEXT), mode, key=key)


def test_unknown_modes_and_foreign_spans_are_refused():
    with pytest.raises(OptionError, match="Unknown mode"):
        redact(TEXT, (), "rot13")
    with pytest.raises(BadInputError, match="not in this text"):
        redact("short", findings(TEXT))


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "cryptography.exceptions", None)
    with pytest.raises(MissingDependencyError, match=r"\[privacy\]"):
        redact(TEXT, findings(TEXT), "reversible", key=KEY)
    assert redact(TEXT, findings(TEXT), "pseudonym", key=KEY)


def test_overlapping_findings_become_one_replacement():
    spans = [Finding(category=Category.PRIVACY, subcategory=k, spans=(Span(start=a, end=b),)) for k, a, b in
             (("email", 0, 6), ("domain", 3, 9))]  # fmt: skip
    assert redact("abcdefghijk", spans) == "[EMAIL]jk"
