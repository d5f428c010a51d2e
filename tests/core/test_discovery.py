"""Discovery: a broken plugin is a row with its error, and the rest works."""

from __future__ import annotations

import pytest

from aigc_sdk.discovery import PluginSource, Registry
from aigc_sdk.errors import ComponentNotFoundError, DuplicateIdError
from aigc_sdk.hookspecs import hookimpl


def row(registry, name):
    return next(r for r in registry.rows if r.name == name)


def raising(error):
    def load():
        raise error

    return load


@pytest.mark.parametrize(
    "error", [ImportError("no module x"), RuntimeError("boom"), SystemExit(3), SyntaxError("bad")]
)
def test_plugin_that_raises_at_import_is_a_row_and_the_rest_works(parts, error):
    registry = parts.registry(PluginSource(name="bad", load=raising(error)))
    assert row(registry, "bad").state == "error"
    assert str(error) in row(registry, "bad").error
    assert row(registry, "fake").state == "ok"
    assert registry.generator("text/echo").plugin == "fake"


def test_plugin_that_raises_on_registration_is_a_row(parts):
    @hookimpl
    def aigc_generators():
        raise ValueError("cannot say what I bring")

    source = PluginSource(name="bad", load=lambda: parts.module("bad", aigc_generators=aigc_generators))
    registry = parts.registry(source)
    assert "cannot say what I bring" in row(registry, "bad").error
    assert not registry.manager.has_plugin("bad")


def test_plugin_with_an_unknown_hook_is_a_row(parts):
    @hookimpl
    def aigc_generatorz():
        return []

    source = PluginSource(name="bad", load=lambda: parts.module("bad", aigc_generatorz=aigc_generatorz))
    registry = parts.registry(source)
    assert "aigc_generatorz" in row(registry, "bad").error
    assert row(registry, "fake").state == "ok"


@pytest.mark.parametrize(
    ("api", "says"),
    [((2, 3), "hook API 2 to 3"), (None, "AIGC_HOOK_API"), ("1", "AIGC_HOOK_API"), ((1,), "AIGC_HOOK_API")],
)
def test_hook_api_range_is_checked(parts, api, says):
    source = PluginSource(name="old", load=lambda: parts.module("old", AIGC_HOOK_API=api))
    assert says in row(parts.registry(source), "old").error


def test_specs_of_the_wrong_type_are_an_error(parts):
    source = parts.plugin("bad", generators=["text/echo"])
    assert "returned str" in row(parts.registry(source), "bad").error


def test_one_bad_hook_leaves_out_the_whole_plugin(parts):
    other = parts.ECHO.model_copy(update={"id": "text/other"})
    source = parts.plugin("bad", generators=[other], moderators=[42])
    registry = parts.registry(source)
    assert row(registry, "bad").state == "error"
    assert "text/other" not in registry.generators


def test_allow_and_block_lists(parts):
    sources = [parts.plugin("a", generators=[parts.ECHO]), parts.plugin("b", evaluators=[parts.SHORTNESS])]
    assert row(Registry(sources, block=["a"]), "a").state == "blocked"
    allowed = Registry(sources, allow=["a"])
    assert row(allowed, "b").state == "blocked"
    assert list(allowed.generators) == ["text/echo"]
    assert not allowed.evaluators


def test_blocked_plugins_are_not_even_imported(parts):
    Registry([PluginSource(name="bad", load=raising(AssertionError("imported")))], block=["bad"])


def test_duplicate_ids_name_both_plugins_until_the_host_chooses(parts):
    sources = [parts.plugin("a", generators=[parts.ECHO]), parts.plugin("b", generators=[parts.ECHO])]
    with pytest.raises(DuplicateIdError, match="a, b"):
        Registry(sources).generator("text/echo")
    assert Registry(sources, prefer={"text/echo": "b"}).generator("text/echo").plugin == "b"


def test_unknown_id_lists_known_ones_and_broken_plugins(parts):
    registry = parts.registry(PluginSource(name="bad", load=raising(RuntimeError("boom"))))
    with pytest.raises(ComponentNotFoundError, match=r"text/echo.*Broken plugins: bad"):
        registry.generator("text/none")


def test_a_failing_observer_breaks_nothing_and_the_next_is_told(parts, studio):
    seen = []

    @hookimpl
    def aigc_after_generate(component, result):
        raise RuntimeError("observer")

    @hookimpl(specname="aigc_after_generate")
    def also(component, result):
        seen.append(component)

    bad = parts.plugin("one", aigc_after_generate=aigc_after_generate)
    good = parts.plugin("two", also=also)
    from aigc_sdk.studio import Studio

    with Studio(registry=parts.registry(bad, good)) as observed:
        observed.generate("text/echo", {"text": "hi"})
    assert seen == ["text/echo"]


def test_an_error_is_one_line_that_names_the_field(parts):
    """It is a row of a list, and a warning at every start."""
    from aigc_sdk.spec import ModeratorSpec

    @hookimpl
    def aigc_moderators():
        return [ModeratorSpec(id="acme/words", summary="Words.", factory="acme:Words")]

    registry = parts.registry(
        PluginSource(name="bad", load=lambda: parts.module("bad", aigc_moderators=aigc_moderators)),
        PluginSource(name="wordy", load=raising(RuntimeError("first\nsecond\n" + "x" * 5000))),
    )
    said = row(registry, "bad").error
    assert "ModeratorSpec: inputs: Field required; categories: Field required" in said
    assert "\n" not in said
    assert row(registry, "wordy").error.startswith("RuntimeError: first second xxx")
    assert len(row(registry, "wordy").error) < 700
