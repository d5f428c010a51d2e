"""Opt-in moderators look only where the policy lists them; corpus indexers are found like any other part."""

from __future__ import annotations

import fake_plugins
import pytest

from aigc_sdk.context import CallContext
from aigc_sdk.discovery import Registry
from aigc_sdk.errors import ComponentNotFoundError
from aigc_sdk.hookspecs import hookimpl
from aigc_sdk.pipeline.streaming import StreamScreen
from aigc_sdk.policy import DetectorUse, Policy
from aigc_sdk.spec import CorpusIndexerSpec
from aigc_sdk.studio import Studio
from aigc_sdk.taxonomy import Kind, Stage

WHOLE = fake_plugins.WORDS.model_copy(update={"id": "text/whole", "max_match": None, "opt_in": True})


@pytest.fixture
def registry():
    return fake_plugins.registry(moderators=[fake_plugins.WORDS, WHOLE])


@pytest.mark.parametrize("installed", [True, False])
@pytest.mark.parametrize("listed", [True, False])
def test_an_opt_in_moderator_looks_where_it_is_listed(registry, installed, listed):
    uses = (DetectorUse(id="text/whole"),) if listed else ()
    policy = Policy(id="p", include_installed=installed, detectors=uses)
    with Studio(registry=registry, policy=policy) as studio:
        assert ("text/whole" in studio.moderate("hello there").detectors) is listed


def test_unlisted_it_does_not_make_streams_wait_for_windows(registry):
    released = {}
    for listed in (False, True):
        uses = (DetectorUse(id="text/whole"),) if listed else ()
        with Studio(registry=registry, policy=Policy(id="p", detectors=uses)) as studio:
            out = list(
                StreamScreen(studio._screener, stage=Stage.OUTPUT, ctx=CallContext()).feed("word " * 12)
            )
            released[listed] = sum(len(part.text) for part in out)
    assert released[False] > released[True] == 0


def test_corpus_indexers_are_found():
    spec = CorpusIndexerSpec(id="text/x", summary="s", factory="a.b:C", inputs=(Kind.TEXT,))

    @hookimpl
    def aigc_corpus_indexers():
        return [spec]

    registry = Registry([fake_plugins.plugin("p", aigc_corpus_indexers=aigc_corpus_indexers)])
    assert registry.corpus_indexer("text/x").plugin == "p"
    with pytest.raises(ComponentNotFoundError, match="No corpus indexer is called"):
        registry.corpus_indexer("text/y")
