from __future__ import annotations

import fake_plugins
import pytest

from aigc_sdk.studio import Studio
from aigc_sdk.taxonomy import Category, Severity


@pytest.fixture(autouse=True)
def clean_parts(monkeypatch):
    """Every test starts with well-behaved parts."""
    for part in (fake_plugins.Echo, fake_plugins.Shortness, fake_plugins.WordModerator):
        monkeypatch.setattr(part, "hook", None)
    words = {
        "forbidden": (Category.VIOLENCE, Severity.HIGH),
        "doubtful": (Category.SPAM, Severity.MEDIUM),
        "darn": (Category.PROFANITY, Severity.MEDIUM),
        "禁语": (Category.VIOLENCE, Severity.HIGH),
    }
    monkeypatch.setattr(fake_plugins.WordModerator, "WORDS", words)


@pytest.fixture
def parts():
    return fake_plugins


@pytest.fixture
def studio():
    with Studio(registry=fake_plugins.registry(), timeout=5) as made:
        yield made
