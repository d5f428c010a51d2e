"""Importing the SDK, a plugin, or asking for help imports nothing heavy."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("tensorflow", "keras", "sklearn", "nltk", "onnxruntime", "onnx", "torch", "tf2onnx", "scipy")


def loaded_by(code: str) -> set[str]:
    script = f"{code}\nimport sys\nprint(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize(
    "code",
    [
        "import aigc_sdk",
        "from aigc_sdk import Studio, Policy, Registry, Verdict",
        "import aigc_text, aigc_text.plugin",
        "import aigc_exporters, aigc_exporters.plugin",
        "from aigc_sdk import Registry; Registry.discover()",
        "import aigc_sdk.cli.main",
    ],
)
def test_nothing_heavy_is_imported(code):
    assert not loaded_by(code) & set(HEAVY)


def test_importing_the_sdk_needs_no_numpy():
    assert "numpy" not in loaded_by("from aigc_sdk import Studio")


def test_public_names_are_sorted_and_exist():
    import aigc_sdk

    assert aigc_sdk.__all__ == sorted(aigc_sdk.__all__)
    for name in aigc_sdk.__all__:
        assert getattr(aigc_sdk, name) is not None
    with pytest.raises(AttributeError):
        _ = aigc_sdk.no_such_name
