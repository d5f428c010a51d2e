"""plugins, policy, train, doctor, and the command line as a whole."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from aigc_sdk.cli.exit_codes import ExitCode, of_error
from aigc_sdk.cli.main import BUILT_IN, cli
from aigc_sdk.errors import (
    AigcError,
    BadInputError,
    BundleError,
    ContentBlockedError,
    IncompleteOutputError,
    ModelNotFoundError,
)
from aigc_sdk.verdict import Err


def test_every_plugin_is_a_row_and_a_broken_one_says_why(aigc):
    rows = {row["name"]: row for row in aigc("plugins", "list", "--json").json["plugins"]}
    assert rows["fake"]["state"] == "ok"
    assert "text/echo" in rows["fake"]["provides"]["generators"]
    assert rows["broken"]["state"] == "error"
    assert "not here" in rows["broken"]["error"]
    human = aigc("plugins", "list").out
    assert "not here" in human
    assert "text/words" in human


def test_show_lists_the_options(aigc):
    done = aigc("plugins", "show", "text/echo")
    assert done.code == 0
    assert "-o times=integer (1)  How often to say it." in done.out
    assert aigc("plugins", "show", "text/echo", "--json").json["components"][0]["options_schema"]
    assert aigc("plugins", "show", "text/none").code == 5


def test_check_passes_a_sound_plugin_and_fails_a_broken_one(aigc, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    done = aigc("plugins", "check", "fake", "--json")
    assert done.code == 0, done.out
    assert {c["check"] for c in done.json["checks"]} >= {"discovery", "light import", "factory", "options"}
    assert aigc("plugins", "check").code == 1
    assert aigc("plugins", "check", "fake", "--load").code == 0
    assert aigc("plugins", "check", "none").code == 5


def test_check_finds_a_factory_that_is_not_there(aigc, fake_plugin, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    monkeypatch.delattr(fake_plugin.Words, "moderate")
    done = aigc("plugins", "check", "fake", "--json")
    assert done.code == 1
    [failed] = [c for c in done.json["checks"] if not c["ok"]]
    assert (failed["subject"], failed["check"]) == ("text/words", "factory")


def loaded(aigc, *more):
    done = aigc("plugins", "check", "fake", "--load", "--json", *more)
    return done.code, {(c["kind"], c["subject"], c["check"]): c for c in done.json["checks"]}


def test_load_runs_every_component_and_says_how_long(aigc, fake_plugin, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    monkeypatch.setattr(fake_plugin.Words, "load", lambda self, runtime: time.sleep(0.02))
    fake_plugin.BATCHES.clear()
    code, checks = loaded(aigc)
    assert code == 0
    assert fake_plugin.BATCHES  # it really was asked
    assert checks["moderator", "text/words", "load"]["ms"] >= 40  # twice
    for kind, component in (
        ("generator", "text/echo"), ("evaluator", "text/length"), ("moderator", "text/words"),
    ):  # fmt: skip
        assert {c for k, s, c in checks if (k, s) == (kind, component)} >= {"load", "empty_batch", "close"}
    table = aigc("plugins", "check", "fake", "--load").out.splitlines()
    assert table[0].split() == ["kind", "component", "check", "ms", "error"]
    assert f"{len(checks)} checks: {len(checks)} ok, 0 failed, 0 left out;" in table[-1]
    without = aigc("plugins", "check", "fake", "--json").json["checks"]
    assert "load" not in {c["check"] for c in without}


def _raises(error):
    def method(self, *args, **kwargs):
        raise error

    return method


@pytest.mark.parametrize(
    ("part", "method", "does", "failed", "error"),
    [
        ("Words", "load", _raises(BundleError("the model is damaged")), "load", "bundle"),
        ("Words", "load", _raises(SystemExit(0)), "load", "SystemExit"),
        ("Words", "moderate", _raises(ZeroDivisionError("by nought")), "findings", "ZeroDivisionError"),
        ("Words", "moderate", lambda self, items, **_: [], "findings", "contract"),
        ("Length", "evaluate", lambda self, samples, **_: [[]], "scores", "contract"),
        ("Echo", "generate", lambda self, requests, **_: None, "example", "contract"),
        ("Words", "close", _raises(OSError("it is in use")), "close", "OSError"),
        ("Words", "moderate", lambda self, items, **_: time.sleep(5), "findings", "deadline_exceeded"),
    ],
)
def test_load_ends_a_broken_component_with_its_kind_of_error(
    aigc, fake_plugin, monkeypatch, part, method, does, failed, error
):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    monkeypatch.setattr(getattr(fake_plugin, part), method, does)
    code, checks = loaded(aigc, "--timeout", "0.5")
    assert code == 1
    assert error in {c["error"] for (_, _, check), c in checks.items() if check == failed and not c["ok"]}
    others = [c for (_, subject, _), c in checks.items() if subject == "text/parrot" and part != "Echo"]
    assert all(c["ok"] for c in others)
    human = aigc("plugins", "check", "fake", "--load", "--timeout", "0.5")
    assert human.code == 1
    assert any(line.startswith("FAIL") and f"{error}: " in line for line in human.out.splitlines())


def test_load_leaves_out_what_needs_a_model_that_is_not_here(aigc, fake_plugin, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    monkeypatch.setattr(fake_plugin.Words, "load", lambda self, runtime: runtime.bundle("far-away"))
    code, checks = loaded(aigc)
    assert code == 0
    assert checks["moderator", "text/words", "load"]["skipped"]
    assert checks["moderator", "text/words", "load"]["error"] == "model_not_found"
    assert ("moderator", "text/words", "findings") not in checks
    assert ", 1 left out;" in aigc("plugins", "check", "fake", "--load").out


def test_a_generator_that_asks_for_its_model_by_the_row_is_left_out_too(aigc, fake_plugin, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))

    def generate(self, requests, **_):
        missing, empty = ModelNotFoundError("No bundle 'far-away'."), BadInputError("There is no text.")
        return [Err(missing if request.inputs or request.messages else empty) for request in requests]

    monkeypatch.setattr(fake_plugin.Echo, "generate", generate)
    code, checks = loaded(aigc)
    found = {check: c for (_, subject, check), c in checks.items() if subject == "text/parrot"}
    assert code == 0, found
    assert any(c["skipped"] and c["error"] == "model_not_found" for c in found.values())


def test_timeout_without_load_is_a_mistake(aigc):
    assert aigc("plugins", "check", "fake", "--timeout", "3").code == 2


def test_policy_commands(aigc, tmp_path):
    assert "default" in aigc("policy", "list").out
    assert aigc("policy", "show", "default", "--json").json["on_error"]["online"] == "block"
    assert "on_error" in aigc("policy", "show", "default").out
    good = tmp_path / "p.yaml"
    good.write_text("id: mine\ndetectors:\n  - id: text/absent\n")
    done = aigc("policy", "check", good)
    assert done.code == 0
    assert "Not installed: text/absent" in done.err
    good.write_text("id: mine\non_error: {online: allow}\n")
    assert aigc("policy", "check", good).code == 2
    assert aigc("policy", "check", tmp_path / "none.yaml").code == 2


def test_train_ends_in_a_bundle(aigc, tmp_path):
    (tmp_path / "data.csv").write_text("row\n")
    out = tmp_path / "deep" / "trained"
    done = aigc(
        "train", "text/echo", "--data", tmp_path / "data.csv", "--out", out, "--option", "times=2", "--json"
    )
    assert done.code == 0, done.err
    assert done.json["id"] == "trained"
    assert (out / "weights.txt").read_text() == "row\nrow\n"
    assert "loss 0.5" in done.err
    assert aigc("models", "verify", out).code == 0
    again = aigc("train", "text/echo", "--data", tmp_path / "data.csv", "--out", out)
    assert again.code == 2
    assert "not empty" in again.err
    wrong = aigc(
        "train", "text/echo", "--data", tmp_path / "data.csv", "--out", tmp_path / "o", "-o", "times=x"
    )
    assert wrong.code == 2
    assert aigc("train", "text/echo", "--data", tmp_path / "no.csv", "--out", out).code == 2


def test_doctor_tells_what_works(aigc, store):
    done = aigc("doctor", "--json")
    assert done.code == 0
    report = done.json
    assert report["store"]["path"] == str(store.root)
    assert any("broken" in problem for problem in report["problems"])
    assert "python" in aigc("doctor").out


def test_plugins_commands_are_listed_and_run(aigc):
    assert "hello" in aigc("--help").out
    assert aigc("hello").out == "hello from 2 generators\n"
    done = aigc("helo")
    assert done.code == 2
    assert "Did you mean 'hello'" in done.err


def test_a_plugin_whose_commands_fail_leaves_the_others(aigc, fake_plugin, monkeypatch, registry):
    for impl in registry.manager.hook.aigc_commands.get_hookimpls():
        monkeypatch.setattr(impl, "function", lambda cli: 1 / 0)
    done = aigc("--help")
    assert done.code == 0
    assert "generate" in done.out
    assert "hello" not in done.out


def commands() -> list[tuple[str, click.Command]]:
    found = []
    for name in BUILT_IN:
        command = cli.load(name)
        found.append((name, command))
        if isinstance(command, click.Group):
            found += [(f"{name} {sub}", inner) for sub, inner in command.commands.items()]
    return found


@pytest.mark.parametrize(("name", "command"), commands(), ids=[name for name, _ in commands()])
def test_every_command_has_help_and_examples(aigc, name, command):
    done = aigc(*name.split(), "--help")
    assert done.code == 0
    assert "Example" in done.out
    assert f"aigc {name.split()[0]}" in done.out
    if not isinstance(command, click.Group):
        assert {"--json", "--debug"} <= {o for p in command.params for o in p.opts}


def test_every_error_has_an_exit_code_of_its_kind():
    def kinds(root: type[AigcError]) -> list[type[AigcError]]:
        return [root, *(k for sub in root.__subclasses__() for k in kinds(sub))]

    internal = {"AigcError", "PluginError", "DuplicateIdError", "ContractError", "ComponentError"}
    internal |= {"ExportError", "ParityError", "OutputError", "IncompleteOutputError"}
    for kind in kinds(AigcError):
        refused = issubclass(kind, ContentBlockedError)  # these are made with a verdict
        if not refused and kind.__module__ == "aigc_sdk.errors":
            more = {"finish_reason": "length"} if kind is IncompleteOutputError else {}
            code = of_error(kind("x", **more))
            assert (code is ExitCode.FAILURE) == (kind.__name__ in internal), kind


def run_process(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "aigc_sdk.cli", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "AIGC_HOME": str(home)},
    )


def test_the_program_runs_as_a_process(tmp_path):
    assert "Usage: aigc" in run_process("--help", home=tmp_path).stdout
    done = run_process("models", "list", "--json", home=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("{")
    done = run_process("models", "inspect", "nowhere", home=tmp_path)
    assert done.returncode == 5
    assert "Traceback" not in done.stderr


def test_help_imports_nothing_heavy(tmp_path):
    script = (
        "import sys; from aigc_sdk.cli.main import cli\n"
        "try: cli(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy','rich','yaml','tensorflow','sklearn','nltk','onnxruntime','tokenizers','jinja2'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stderr.strip().splitlines()[-1] == "[]"
