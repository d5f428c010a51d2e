"""JSON Lines: as many lines out as in, in order, whatever they hold."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aigc_sdk.batch import BadRow, Row, RowResult, read_rows, run_jsonl
from aigc_sdk.errors import AigcError, ComponentError, ContractError, ModelNotFoundError


def write(path: Path, *rows: object) -> Path:
    lines = [row if isinstance(row, bytes) else json.dumps(row, ensure_ascii=False).encode() for row in rows]
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


BAD_LINES = {
    "not JSON": b"{",
    "empty": b"",
    "blank": b"   ",
    "an array": b"[1]",
    "a word": b"null",
    "not UTF-8": b'{"id": "x", "text": "\xff"}',
    "unknown field": b'{"id": "x", "txet": "a"}',
    "lone surrogate": b'{"id": "x", "text": "a\\ud800"}',
    "lone surrogate in a key": b'{"id": "x", "\\udfff": "a"}',
    "lone surrogate in the id": b'{"id": "\\udfff", "text": "a"}',
    "NUL": b'{"id": "x", "text": "a\\u0000b"}',
    "NUL deep inside": b'{"id": "x", "inputs": {"a": ["\\u0000"]}}',
    "wrong type": b'{"id": "x", "text": 5}',
    "a truth for an id": b'{"id": true, "text": "a"}',
    "no number": b'{"id": "x", "inputs": {"a": NaN}}',
    "nested map": b'{"id": "x", "inputs": {"a": {"b": 1}}}',
    "unknown stage": b'{"id": "x", "text": "a", "stage": "middle"}',
    "unknown role": b'{"id": "x", "messages": [{"role": "robot", "content": "a"}]}',
    "text and path": b'{"id": "x", "text": "a", "path": "b"}',
    "no file": b'{"id": "x", "path": "nowhere.txt"}',
    "bottomless": b"[" * 100_000,
    "bottomless map": b'{"options":' * 3_000,
    "huge integer": b'{"id": ' + b"9" * 5_000 + b"}",
    "language that is none": b'{"id": "x", "text": "a", "language": "no such"}',
}


@pytest.mark.parametrize("line", BAD_LINES.values(), ids=BAD_LINES)
@pytest.mark.parametrize("command", ["moderate", "generate text/parrot", "evaluate"])
def test_a_bad_line_becomes_a_row_and_never_ends_the_run(aigc, tmp_path, line, command):
    source = write(
        tmp_path / "in.jsonl", {"id": "first", "text": "fine"}, line, {"id": "last", "text": "good"}
    )
    done = aigc(*command.split(), "--jsonl", source, "--out", tmp_path / "out.jsonl")
    assert done.code == 0, done.err
    rows = read(tmp_path / "out.jsonl")
    assert [row["id"] for row in rows] in (["first", "x", "last"], ["first", "line:2", "last"])
    assert [row["error"] is None for row in rows] == [True, False, True]
    assert set(rows[1]["error"]) == {"code", "message", "hint"}
    assert "Line 2" in rows[1]["error"]["message"]
    assert list(rows[0]) == ["id", "text", "verdict", "scores", "error"]
    assert not (tmp_path / "out.jsonl.part").exists()


def test_a_line_that_never_ends_is_skipped(tmp_path):
    data = b'{"id": 1, "text": "' + b"a" * 5_000 + b'"}\n{"id": 2, "text": "b"}\n'
    rows = list(read_rows(io.BytesIO(data), tmp_path, max_line=1_000))
    assert [type(row) for row in rows] == [BadRow, Row]
    assert rows[0].error.code == "input_too_large"
    assert [row.number for row in rows] == [1, 2]


def test_generate_rows(aigc, tmp_path, fake_plugin):
    fake_plugin.BATCHES.clear()
    source = write(
        tmp_path / "in.jsonl",
        {"id": "a", "inputs": {"name": "月光", "tags": ["x", 1], "none": None}, "language": "zh"},
        {"id": 2, "text": "hello", "options": {"times": 2, "method": "auto"}},
        {"id": "refused", "inputs": {"a": "refuse"}},
        {"id": "blocked", "inputs": {"a": "forbidden"}},
        {"id": "opt", "inputs": {"a": "b"}, "options": {"times": 99}},
        {"inputs": {"a": "no id"}},
        {"id": "nothing"},
    )
    done = aigc("generate", "text/echo", "--jsonl", source, "--out", tmp_path / "o.jsonl", "-o", "times=1")
    assert done.code == 0, done.err
    rows = read(tmp_path / "o.jsonl")
    assert [r["id"] for r in rows] == ["a", 2, "refused", "blocked", "opt", "line:6", "nothing"]
    assert rows[0]["text"] == "name=月光, tags=['x', 1]"
    assert rows[0]["verdict"]["decision"] == "allow"
    assert rows[0]["scores"][0]["metric"] == "length"
    assert rows[1]["text"] == "prompt=hello prompt=hello"
    assert rows[2]["error"] == {
        "code": "bad_input",
        "message": "The echo refuses this.",
        "hint": "Say something else.",
    }
    assert rows[3]["error"]["code"] == "content_blocked"
    assert rows[3]["text"] is None
    assert rows[3]["verdict"]["decision"] == "block"
    assert rows[4]["error"]["code"] == "option"
    assert rows[6]["error"]["code"] == "bad_input"
    assert fake_plugin.BATCHES == [4]
    assert "7 rows, 4 with an error" in done.err


def test_several_results_a_row_are_in_outputs(aigc, tmp_path):
    source = write(tmp_path / "in.jsonl", {"id": "a", "inputs": {"a": "b"}})
    aigc("generate", "text/echo", "--jsonl", source, "--out", tmp_path / "o.jsonl", "-n", 3)
    [row] = read(tmp_path / "o.jsonl")
    assert len(row["outputs"]) == 3
    assert row["outputs"][0]["text"] == row["text"]


def test_moderate_rows(aigc, tmp_path):
    (tmp_path / "note.txt").write_text("a forbidden thing", encoding="utf-8")
    source = write(
        tmp_path / "in.jsonl",
        {"id": 1, "text": "fine"},
        {"id": 2, "text": "forbidden", "stage": "prompt"},
        {"id": 3, "path": "note.txt", "stage": "retrieved"},
        {
            "id": 4,
            "messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "secret"}],
        },
        {"id": 5, "inputs": {"a": "b", "c": ["doubtful", 1]}},
        {"id": 6, "text": "also fine"},
        {"id": 7},
        {"id": 8, "text": "x" * 300_000},
    )
    done = aigc("moderate", "--jsonl", source, "--out", tmp_path / "o.jsonl")
    assert done.code == 0, done.err
    rows = read(tmp_path / "o.jsonl")
    decisions = [row["verdict"] and row["verdict"]["decision"] for row in rows]
    assert decisions == ["allow", "block", "block", "redact", "review", "allow", None, None]
    assert [row["verdict"]["stage"] for row in rows[:3]] == ["output", "prompt", "retrieved"]
    assert rows[0]["text"] == "fine"
    assert rows[1]["text"] is None
    assert "secret" not in rows[3]["text"]
    assert rows[6]["error"]["code"] == "bad_input"
    assert rows[7]["error"]["code"] == "input_too_large"
    assert "2 allow" in done.err


def test_evaluate_rows(aigc, tmp_path):
    source = write(
        tmp_path / "in.jsonl",
        {"id": 1, "text": "four", "inputs": {"name": "x"}, "reference": ["a", "b"]},
        {"id": 2, "reference": "only"},
    )
    aigc("evaluate", "--jsonl", source, "--out", tmp_path / "o.jsonl", "-e", "text/length")
    good, bad = read(tmp_path / "o.jsonl")
    assert (good["text"], good["scores"][0]["value"], good["verdict"]) == ("four", 4.0, None)
    assert bad["error"]["code"] == "bad_input"


def test_batches_have_the_size_asked_for(aigc, tmp_path, fake_plugin):
    fake_plugin.BATCHES.clear()
    source = write(tmp_path / "in.jsonl", *({"id": i, "inputs": {"a": str(i)}} for i in range(7)))
    aigc("generate", "text/echo", "--jsonl", source, "--out", tmp_path / "o.jsonl", "--batch-size", 3)
    assert fake_plugin.BATCHES == [3, 3, 1]
    assert [row["text"] for row in read(tmp_path / "o.jsonl")] == [f"a={i}" for i in range(7)]


def test_an_exploding_component_costs_its_batch_only(aigc, tmp_path):
    source = write(
        tmp_path / "in.jsonl", *({"id": i, "inputs": {"a": a}} for i, a in enumerate(["ok", "explode", "ok"]))
    )
    done = aigc("generate", "text/echo", "--jsonl", source, "--out", tmp_path / "o.jsonl", "--batch-size", 1)
    assert done.code == 0
    assert [r["error"] and r["error"]["code"] for r in read(tmp_path / "o.jsonl")] == [
        None,
        "component",
        None,
    ]


def test_exit_codes_of_runs(aigc, tmp_path):
    out = tmp_path / "o.jsonl"
    mixed = write(tmp_path / "mixed.jsonl", {"id": 1, "text": "fine"}, b"{")
    assert aigc("moderate", "--jsonl", mixed, "--out", out).code == 0
    assert aigc("moderate", "--jsonl", mixed, "--out", out, "--fail-on-error").code == 10
    assert aigc("moderate", "--jsonl", write(tmp_path / "bad.jsonl", b"{", b"["), "--out", out).code == 2
    assert len(read(out)) == 2
    assert aigc("moderate", "--jsonl", tmp_path / "none.jsonl", "--out", out).code == 2
    assert aigc("moderate", "--jsonl", mixed, "--out", mixed).code == 2
    assert aigc("moderate", "--jsonl", mixed, "--out", tmp_path / "no" / "o").code == 2
    assert aigc("moderate", "text", "--jsonl", mixed, "--out", out).code == 2
    assert aigc("generate", "text/none", "--jsonl", mixed, "--out", out).code == 5
    empty = write(tmp_path / "empty.jsonl")
    assert aigc("moderate", "--jsonl", empty, "--out", out).code == 0
    assert out.read_bytes() == b""


def test_standard_input_and_output(aigc):
    done = aigc(
        "moderate",
        "--jsonl",
        "-",
        "--out",
        "-",
        stdin='\ufeff{"id": 1, "text": "fine"}\r\n{"id": 2, "text": "b"}',
    )
    assert done.code == 0
    assert [json.loads(line)["id"] for line in done.out.splitlines()] == [1, 2]


def echo(rows):
    return [RowResult(row.id, row.content) for row in rows]


_ANY_LINE = st.one_of(
    st.binary(max_size=60).map(lambda b: b.replace(b"\n", b"")),
    st.sampled_from(list(BAD_LINES.values())).filter(lambda line: len(line) < 1_000),
    st.builds(
        lambda i, t: json.dumps({"id": i, "text": t}).encode(),
        st.one_of(st.integers(), st.text(min_size=1, max_size=9)),
        st.text(max_size=20),
    ),
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(_ANY_LINE, max_size=30), size=st.integers(1, 8))
def test_rows_out_are_lines_in_with_their_ids_in_order(tmp_path, lines, size):
    source = io.BytesIO(b"".join(line + b"\n" for line in lines))
    sink = io.BytesIO()
    summary = run_jsonl(source, sink, echo, base=tmp_path, batch_size=size)
    assert summary.rows == len(lines)
    rows = [json.loads(line) for line in sink.getvalue().decode("utf-8").splitlines() if line]
    assert len(rows) == len(lines)
    for number, (line, row) in enumerate(zip(lines, rows, strict=True), 1):
        if row["error"] is None:
            assert row["text"] == json.loads(line).get("text")
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            own = json.loads(text, parse_constant=lambda name: json.loads(""))["id"]
            json.dumps(own, ensure_ascii=False).encode()
        except (ValueError, TypeError, KeyError, IndexError):
            continue
        if row["error"] is None or (isinstance(own, str) and own == "x" and "\x00" not in own):
            assert row["id"] == own


@settings(max_examples=30, deadline=None)
@given(count=st.integers(0, 40), size=st.integers(1, 50))
def test_the_output_does_not_depend_on_the_batch_size(count, size):
    data = b"".join(b'{"id": %d, "text": "t%d"}\n' % (i, i) for i in range(count))
    outputs = []
    for batch in (size, 64):
        sink = io.BytesIO()
        run_jsonl(io.BytesIO(data), sink, echo, base=Path(), batch_size=batch)
        outputs.append(sink.getvalue())
    assert outputs[0] == outputs[1]


def test_a_missing_model_ends_the_run_at_once_a_later_failure_does_not(tmp_path):
    data = b'{"id": 1, "text": "a"}\n' * 4

    def missing(rows):
        raise ModelNotFoundError("not here")

    with pytest.raises(ModelNotFoundError):
        run_jsonl(io.BytesIO(data), io.BytesIO(), missing, base=tmp_path, batch_size=2)
    calls = []

    def later(rows):
        calls.append(rows)
        if len(calls) == 2:
            raise ComponentError("broke")
        return echo(rows)

    sink = io.BytesIO()
    summary = run_jsonl(io.BytesIO(data), sink, later, base=tmp_path, batch_size=2)
    assert (summary.rows, summary.errors) == (4, 2)


def test_a_task_that_loses_rows_loses_no_lines(tmp_path):
    sink = io.BytesIO()
    run_jsonl(io.BytesIO(b'{"id": 1, "text": "a"}\n' * 3), sink, lambda rows: echo(rows)[1:], base=tmp_path)
    rows = [json.loads(line) for line in sink.getvalue().splitlines()]
    assert [row["error"]["code"] for row in rows] == [ContractError("").code] * 3


def test_values_that_are_no_json_become_an_error_row():
    row = json.loads(RowResult("a", "t", extra={"outputs": float("nan")}).line())
    assert row["error"]["code"] == "contract"
    assert (
        json.loads(RowResult("a", "t", error=AigcError("x", hint="\ud800")).line())["error"]["hint"]
        == "\ud800"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_ctrl_c_leaves_the_part_and_ends_with_130(tmp_path):
    """The second batch waits for ever; what the first one made is in OUT.part."""
    script = (
        "import signal, time\n"
        # A runner in the background leaves interrupts ignored, and children inherit that.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from aigc_sdk.batch import RowResult\n"
        "from aigc_sdk.cli import batch\n"
        "from aigc_sdk.cli.app import App\n"
        "from aigc_sdk.cli.group import LazyGroup\n"
        "n = []\n"
        "def task(rows):\n"
        "    n.append(1)\n"
        "    if len(n) == 2:\n"
        "        print('ready', flush=True); time.sleep(60)\n"
        "    return [RowResult(r.id, r.content) for r in rows]\n"
        "cli = LazyGroup('aigc', built_in={})\n"
        "@cli.command()\n"
        "def go():\n"
        f"    batch.run_batch(App(), task, {str(tmp_path / 'in.jsonl')!r}, {str(tmp_path / 'out.jsonl')!r},"
        " batch_size=2, fail_on_error=False)\n"
        "from aigc_sdk.discovery import Registry\n"
        "cli.main(['go'], obj=App(Registry([])))\n"
    )
    write(tmp_path / "in.jsonl", *({"id": i, "text": "a"} for i in range(6)))
    process = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "out.jsonl.part" in said
    assert [row["id"] for row in read(tmp_path / "out.jsonl.part")] == [0, 1]
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b'{"inputs": {"name": "a", "size": {"a": 1}}}', "inputs['size']: must be a string, a number"),
        (b'{"inputs": {"name": ["a", null]}}', "inputs['name']: must be a string, a number"),
        (b'{"inputs": []}', "inputs: "),
        (b'{"id": true}', "id: must be a string of 1 to 512 characters or an integer"),
        (b'{"reference": 3}', "reference: must be a string or a list of strings"),
        (
            b'{"messages": [{"role": "user", "content": "a"}, {"role": "me", "content": "a"}]}',
            "messages.1.role: ",
        ),
        (b"null", "holds null, not a JSON object"),
        (b"[1]", "holds an array, not a JSON object"),
        (b'{"path": "nowhere.txt"}', "nowhere.txt cannot be read: there is no such file."),
    ],
)
def test_an_error_names_the_place_and_what_belongs_there(tmp_path, line, said):
    (row,) = read_rows(io.BytesIO(line), tmp_path)
    assert isinstance(row, BadRow)
    assert said in row.error.message
    assert row.error.message.count("Line 1") == 1
