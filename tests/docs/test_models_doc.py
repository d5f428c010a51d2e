"""The commands of docs/models.md run, on tiny models of the names that stand there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hf_folder import write_folder
from tiny_decoder import TINY, RandomWeights, write_gguf

TEXT = (Path(__file__).parents[2] / "docs" / "models.md").read_text(encoding="utf-8")
LINES = re.findall(r"^```bash\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)[0].splitlines()


@pytest.fixture
def prepared(tmp_path):
    """An empty store, and what the page speaks of as if a user had it. Random models are not worth their words."""
    card = "---\nlicense: apache-2.0\nlanguage: [en]\n---\n"
    for name in ("SmolLM2-360M-Instruct", "Qwen2.5-0.5B-Instruct"):
        settings = {"max_position_embeddings": 8192}
        family = "qwen2" if name.startswith("Qwen") else "llama"
        weights = RandomWeights(TINY, biases=family == "qwen2")
        write_folder(tmp_path / name, weights, TINY, family=family, settings=settings)
        (tmp_path / name / "README.md").write_text(card)
    write_gguf(tmp_path / "my-model.gguf", RandomWeights())
    return tmp_path


def test_commands_run_in_their_order(prepared):
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "AIGC_HOME": str(prepared / "home")}
    assert len(LINES) == 5
    for line in LINES:
        done = subprocess.run(
            line, shell=True, cwd=prepared, env=environment, capture_output=True, text=True, check=False
        )
        # 3 and 4: what a random model babbles may be blocked or go to review, which are answers too.
        wanted = (0, 3, 4) if line.startswith("aigc generate") else (0,)
        assert done.returncode in wanted, f"{line}: {done.stderr[-2000:]}"
    assert {path.name for path in (prepared / "home" / "bundles").iterdir()} >= {
        "smollm2-360m-instruct",
        "qwen2.5-0.5b-instruct",
        "my-model",
    }
