"""The plugin declares what it has, and declaring imports nothing heavy."""

from __future__ import annotations

import subprocess
import sys

import pytest

from aigc_text import plugin


def test_declaring_is_light():
    code = (
        "import sys, aigc_text.plugin as p;"
        "p.aigc_generators(); p.aigc_evaluators(); p.aigc_moderators(); p.aigc_bundles();"
        "bad = {'tensorflow', 'sklearn', 'nltk', 'onnxruntime', 'tokenizers', 'jinja2', 'numpy'} & set(sys.modules);"
        "assert not bad, bad"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


@pytest.mark.parametrize("spec", [*plugin.aigc_generators(), *plugin.aigc_evaluators()], ids=lambda s: s.id)
def test_factories_and_options_exist(spec):
    from aigc_sdk.spec import resolve

    component = resolve(spec.factory)()
    assert callable(component.load)
    assert callable(component.close)
    model = spec.options_model()
    if model is not None:
        model()
        assert model.__doc__


def test_default_evaluators_are_declared():
    known = {spec.id for spec in plugin.aigc_evaluators()}
    for spec in plugin.aigc_generators():
        assert set(spec.evaluators) <= known


def test_bundles_that_generators_name_can_be_had():
    offered = {source.id for source in plugin.aigc_bundles()}
    for spec in [*plugin.aigc_generators(), *plugin.aigc_evaluators(), *plugin.aigc_moderators()]:
        assert set(spec.bundles) <= offered
