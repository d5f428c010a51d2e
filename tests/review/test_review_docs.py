"""What docs/review.md shows, runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from aigc_sdk.spec import resolve

PAGE = (Path(__file__).parents[2] / "docs" / "review.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


def environment(home: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("AIGC_REVIEW")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**kept, "AIGC_HOME": str(home), "PATH": path}


def test_the_commands_run_in_order(tmp_path):
    (block,) = blocks("bash")
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block],
        cwd=tmp_path,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "rows are whole" in done.stdout


def test_the_python_blocks_run(tmp_path):
    for block in blocks("python"):
        done = subprocess.run(
            [sys.executable, "-c", block],
            cwd=tmp_path,
            env=environment(tmp_path),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr


def test_what_the_python_blocks_declare_can_be_made():
    for factory in re.findall(r'factory="(.+?)"', PAGE):
        assert callable(resolve(factory)), factory
