"""Sessions are shared, counted, interruptible; errors are typed; usage is recorded."""

from __future__ import annotations

import shutil
import threading
import time

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from aigc_sdk.bundles import open_bundle, write_manifest
from aigc_sdk.context import CallContext, CancelToken
from aigc_sdk.errors import (
    AigcError,
    BadInputError,
    BundleError,
    CancelledError,
    ComponentError,
    DeadlineExceededError,
    ModelNotFoundError,
    OptionError,
)
from aigc_sdk.runtime.deadlines import DeadlineTimer
from aigc_sdk.runtime.pool import Pool
from aigc_sdk.runtime.runtime import Runtime


def save_graph(folder, nodes, inputs, outputs, name="model.onnx"):
    folder.mkdir(parents=True, exist_ok=True)
    graph = helper.make_graph(nodes, "test", inputs, outputs)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    onnx.save(model, folder / name)


@pytest.fixture(scope="module")
def doubler(tmp_path_factory):
    """y = x + x on [n, 2]."""
    folder = tmp_path_factory.mktemp("doubler")
    save_graph(
        folder,
        [helper.make_node("Add", ["x", "x"], ["y"])],
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 2])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 2])],
    )
    write_manifest(folder, id="doubler", task="test", licence="Apache-2.0")
    return folder


@pytest.fixture(scope="module")
def endless(tmp_path_factory):
    """Counts to n in a Loop: as slow as n is large."""
    folder = tmp_path_factory.mktemp("endless")
    body = helper.make_graph(
        [
            helper.make_node("Identity", ["going"], ["on"]),
            helper.make_node("Add", ["value", "value"], ["next"]),
        ],
        "body",
        [
            helper.make_tensor_value_info("i", TensorProto.INT64, []),
            helper.make_tensor_value_info("going", TensorProto.BOOL, []),
            helper.make_tensor_value_info("value", TensorProto.FLOAT, [64]),
        ],
        [
            helper.make_tensor_value_info("on", TensorProto.BOOL, []),
            helper.make_tensor_value_info("next", TensorProto.FLOAT, [64]),
        ],
    )
    save_graph(
        folder,
        [helper.make_node("Loop", ["n", "", "x"], ["y"], body=body)],
        [
            helper.make_tensor_value_info("n", TensorProto.INT64, []),
            helper.make_tensor_value_info("x", TensorProto.FLOAT, [64]),
        ],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [64])],
    )
    write_manifest(folder, id="endless", task="test", licence="Apache-2.0")
    return folder


@pytest.fixture
def fresh():
    with Runtime(device="cpu", threads=1) as runtime:
        yield runtime


def slow_feeds(n=10**9):
    return {"n": np.array(n, np.int64), "x": np.zeros(64, np.float32)}


def test_run(fresh, doubler):
    session = fresh.session(doubler)
    result = session.run({"x": np.ones((3, 2), np.float32)}, ctx=CallContext.within(60))
    assert result["y"].tolist() == [[2, 2]] * 3
    assert session.provider == "CPUExecutionProvider"


@pytest.mark.parametrize(
    "feeds",
    [
        {"x": np.ones((3, 5), np.float32)},
        {"x": np.ones(2, np.float32)},
        {"x": np.ones((3, 2), np.int64)},
        {},
        {"x": np.ones((3, 2), np.float32), "z": np.ones(1, np.float32)},
    ],
)
def test_inputs_that_do_not_fit(fresh, doubler, feeds):
    with pytest.raises(BadInputError, match="doubler"):
        fresh.session(doubler).run(feeds)


def test_unknown_output(fresh, doubler):
    with pytest.raises(BadInputError, match="nothing"):
        fresh.session(doubler).run({"x": np.ones((1, 2), np.float32)}, ["nothing"])


def test_deadline_stops_a_run_midway_and_spares_the_session(fresh, endless, capfd):
    session = fresh.session(endless)
    began = time.monotonic()
    with pytest.raises(DeadlineExceededError):
        session.run(slow_feeds(), ctx=CallContext.within(0.2))
    assert time.monotonic() - began < 5
    assert session.run(slow_feeds(3))["y"].shape == (64,)
    assert capfd.readouterr() == ("", "")


def test_cancellation_stops_a_run_midway(fresh, endless):
    token = CancelToken()
    threading.Timer(0.2, token.cancel).start()
    with pytest.raises(CancelledError):
        fresh.session(endless).run(slow_feeds(), ctx=CallContext(cancel=token))
    with pytest.raises(CancelledError):
        fresh.session(endless).run(slow_feeds(1), ctx=CallContext(cancel=token))


def test_one_session_for_all_who_ask(doubler):
    with Runtime(device="cpu", threads=1) as runtime:
        first, second = runtime.scoped(), runtime.scoped()
        session = first.session(doubler)
        assert second.session(doubler) is session
        assert first.session(doubler, threads=2) is not session
        first.close()
        session.run({"x": np.ones((1, 2), np.float32)})
        second.close()
        with pytest.raises(ComponentError, match="closed"):
            session.run({"x": np.ones((1, 2), np.float32)})


def test_closing_the_runtime_closes_all(doubler):
    runtime = Runtime(device="cpu", threads=1)
    session = runtime.scoped().session(doubler)
    runtime.close()
    runtime.close()
    with pytest.raises(ComponentError):
        session.run({"x": np.ones((1, 2), np.float32)})
    with pytest.raises(AigcError, match="closed"):
        runtime.session(doubler)


def test_usage_is_recorded_by_view(fresh, doubler, decoder_folder):
    one, other = fresh.scoped(), fresh.scoped()
    one.session(doubler)
    one.session(doubler)
    other.decoder(decoder_folder)
    (usage,) = one.usage
    assert (usage.bundle, usage.provider) == ("doubler", "CPUExecutionProvider")
    assert usage.digest == open_bundle(doubler).digest
    assert [u.bundle for u in other.usage] == ["tiny-decoder"]
    assert fresh.usage == ()


def test_resolver_finds_ids_once(doubler):
    asked = []

    def resolver(name):
        asked.append(name)
        if name != "doubler":
            raise ModelNotFoundError(f"no {name}")
        return open_bundle(doubler)

    with Runtime(device="cpu", resolver=resolver) as runtime:
        assert runtime.bundle("doubler").id == "doubler"
        assert runtime.session("doubler") is runtime.session("doubler")
        assert asked == ["doubler"]
        with pytest.raises(ModelNotFoundError):
            runtime.bundle("other")
        with pytest.raises(ModelNotFoundError):
            runtime.bundle(doubler / "nowhere")


def test_pooled_engines_and_tokenizers(fresh, decoder_folder):
    views = [fresh.scoped() for _ in range(4)]
    found = {}

    def work(view):
        found[id(view)] = (view.decoder(decoder_folder), view.tokenizer(decoder_folder))

    threads = [threading.Thread(target=work, args=(view,)) for view in views]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(engine) for engine, _ in found.values()}) == 1
    assert len({id(tokenizer) for _, tokenizer in found.values()}) == 1


def test_a_graph_that_is_no_graph(fresh, tmp_path):
    (tmp_path / "model.onnx").write_bytes(b"not a graph")
    write_manifest(tmp_path, id="broken", task="test", licence="Apache-2.0")
    with pytest.raises(BundleError, match="broken"):
        fresh.session(tmp_path)
    with pytest.raises(BundleError, match="no file"):
        fresh.session(tmp_path, "other.onnx")


def test_a_graph_that_was_changed(fresh, doubler, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(doubler, folder)
    with (folder / "model.onnx").open("ab") as stream:
        stream.write(b"x")
    with pytest.raises(BundleError, match=r"model\.onnx"):
        fresh.session(folder)


def test_bundles_that_cannot_decode(fresh, doubler):
    with pytest.raises(BundleError, match="no decoder"):
        fresh.decoder(doubler)
    with pytest.raises(BundleError, match="no tokenizer"):
        fresh.tokenizer(doubler)


def test_bad_session_options(fresh, doubler):
    with pytest.raises(OptionError):
        fresh.session(doubler, threads=0)
    with pytest.raises(OptionError):
        fresh.session(doubler, speed=11)


def test_pool_makes_each_value_once_and_forgets_failures():
    closed, made = [], []
    pool = Pool(closed.append)

    def make():
        made.append(1)
        time.sleep(0.02)
        return object()

    def fail():
        raise ValueError("no")

    values = []
    threads = [threading.Thread(target=lambda: values.append(pool.acquire("a", make))) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert len(set(map(id, values))) == 1
    with pytest.raises(ValueError, match="no"):
        pool.acquire("b", fail)
    assert len(pool) == 1
    for _ in range(5):
        assert closed == []
        pool.release("a")
    assert closed == values[:1]
    pool.release("a")


def test_timer_runs_what_is_due_and_nothing_withdrawn():
    timer, ran = DeadlineTimer(), []
    now = time.monotonic()
    timer.at(now + 60, lambda: ran.append("far"))
    timer.at(now + 0.1, lambda: ran.append("second"))
    timer.at(now + 0.05, lambda: ran.append("first"))
    timer.at(now + 0.07, lambda: ran.append("withdrawn"))()
    for _ in range(500):
        timer.at(now + 90, lambda: None)()
    time.sleep(0.4)
    assert ran == ["first", "second"]
    assert len(timer._heap) < 100
