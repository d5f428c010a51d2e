"""Every command and every Python block of the READMEs runs.

Blocks marked ``bash`` are run line by line in an empty folder with the environment's programs on the path. A line may
state the exit code it is expected to have: ``aigc moderate "…"   # exit 3``. Set-up lines (``git clone``, ``cd``,
``make …``, ``pip install …``) are what `.ci/run` and the Makefile do themselves, and are checked against those.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh-CN.md")
SET_UP = ("git clone", "cd ", "make ", "pip install")


def blocks(readme: str, kind: str) -> list[str]:
    text = (ROOT / readme).read_text(encoding="utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def bash_lines(readme: str) -> list[str]:
    joined = [block.replace("\\\n", " ") for block in blocks(readme, "bash")]
    lines = [line.strip() for block in joined for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


COMMANDS = sorted({line for r in READMES for line in bash_lines(r) if not line.startswith(SET_UP)})
PYTHON = sorted({block for r in READMES for block in blocks(r, "python")})


def environment() -> dict[str, str]:
    return {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


@pytest.mark.pulled
@pytest.mark.parametrize("line", COMMANDS)
def test_command_runs(line, tmp_path):
    command, _, note = line.partition("  # ")
    wanted = re.search(r"exit (\d+)", note)
    done = subprocess.run(
        command, shell=True, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == (int(wanted.group(1)) if wanted else 0), done.stderr[-2000:]


@pytest.mark.pulled
@pytest.mark.parametrize("block", PYTHON)
def test_python_block_runs(block, tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", block],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_set_up_lines_are_those_of_the_makefile_and_ci():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for line in {line for r in READMES for line in bash_lines(r) if line.startswith(SET_UP)}:
        line = line.partition("  # ")[0].strip()
        if line.startswith("make "):
            target = line.split()[1]
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), line
            assert target in {"bench", "install", "dev"} or f"make {target}" in ci, f"CI does not run {line}"
        if line.startswith("pip install"):
            packages = re.findall(r"\.(?:\[\w+\])?|exporters(?:\[\w+\])?|plugins/[\w-]+(?:\[\w+\])?", line)
            assert packages, line


def test_both_readmes_show_the_same_commands():
    english, chinese = (bash_lines(r) for r in READMES)
    verbs = [[line.split()[:3] for line in lines] for lines in (english, chinese)]
    assert len(verbs[0]) == len(verbs[1])
