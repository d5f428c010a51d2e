"""A policy gives detectors their options; wrong ones are refused when the `Studio` is made."""

from __future__ import annotations

from typing import ClassVar

import fake_plugins
import pytest
from pydantic import BaseModel, ConfigDict, Field

from aigc_sdk.errors import PolicyError
from aigc_sdk.policy import Policy, Rule
from aigc_sdk.studio import Studio
from aigc_sdk.taxonomy import Category, Kind
from aigc_sdk.verdict import Decision, Finding, Screening, Span


class TunableOptions(BaseModel):
    model_config = ConfigDict(extra="forbid")

    word: str = "default"
    least: int = Field(default=1, ge=1)


class Tunable:
    loads: ClassVar[list[int]] = []

    def load(self, runtime):
        self.loads.append(1)

    def close(self):
        pass

    def moderate(self, items, *, stage, ctx, options=None):
        rows = []
        for item in items:
            at = item.text.find(options.word)
            hit = item.text.count(options.word) >= options.least
            found = Finding(category=Category.CUSTOM, spans=(Span(start=at, end=at + len(options.word)),))
            rows.append(Screening((found,) if hit else ()))
        return rows


SPEC = fake_plugins.ModeratorSpec(
    id="text/tunable",
    summary="Finds a word of the policy's.",
    factory="fake_plugins:Tunable",
    options="fake_plugins:TunableOptions",
    inputs=(Kind.TEXT,),
    categories=(Category.CUSTOM,),
)
RULES = (Rule(name="custom", action="block", categories=["custom"]),)


@pytest.fixture(autouse=True)
def tunable(monkeypatch):
    monkeypatch.setattr(fake_plugins, "Tunable", Tunable, raising=False)
    monkeypatch.setattr(fake_plugins, "TunableOptions", TunableOptions, raising=False)
    monkeypatch.setattr(Tunable, "loads", [])


def studio(options=None, **settings):
    use = {"id": "text/tunable", "options": options or {}}
    policy = Policy(id="mine", detectors=[use], rules=RULES)
    return Studio(policy=policy, registry=fake_plugins.registry(moderators=[SPEC]), **settings)


def test_options_reach_the_detector_and_defaults_where_there_are_none():
    with studio({"word": "quokka", "least": 2}) as tuned, studio() as plain:
        assert tuned.moderate("default quokka").decision is Decision.ALLOW
        assert tuned.moderate("quokka quokka").decision is Decision.BLOCK
        assert plain.moderate("quokka quokka").decision is Decision.ALLOW
        assert plain.moderate("default").decision is Decision.BLOCK
        assert len(Tunable.loads) == 2, "loaded once a Studio"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"wort": "x"}, r"no option 'wort'.*It has: word, least"),
        ({"least": 0}, "least"),
        ({"word": 3}, "word"),
    ],
)
def test_wrong_options_are_a_policy_error(options, says):
    with pytest.raises(PolicyError, match=f"(?s)'mine'.*text/tunable.*{says}"):
        studio(options)


def test_a_detector_without_options_takes_none():
    policy = Policy(id="mine", detectors=[{"id": "text/words", "options": {"x": 1}}])
    with pytest.raises(PolicyError, match="takes no options"):
        Studio(policy=policy, registry=fake_plugins.registry())


def test_options_that_cannot_be_had_let_nothing_through(monkeypatch):
    broken = SPEC.model_copy(update={"options": "fake_plugins:Missing"})
    policy = Policy(id="mine", rules=RULES)
    with Studio(policy=policy, registry=fake_plugins.registry(moderators=[broken])) as made:
        verdict = made.moderate("harmless")
    assert (verdict.decision, verdict.errors[0].detector) == (Decision.BLOCK, "text/tunable")


def test_a_shadow_with_other_options_is_not_compared():
    other = Policy(id="o", detectors=[{"id": "text/tunable", "options": {"word": "x"}}], rules=RULES)
    with studio({"word": "y"}, shadow=other) as made:
        made.moderate("some text")
        report = made.shadow_report()
    assert report.compared == 0
    assert report.not_compared == {"the live policy gives other options to text/tunable": 1}
