"""Devices are probed silently; policies are kept; threads follow what the container grants."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from aigc_sdk.errors import DeviceError, MissingDependencyError, OptionError
from aigc_sdk.runtime import devices
from aigc_sdk.runtime.devices import (
    DeviceReport,
    cgroup_cpus,
    choose_device,
    import_onnxruntime,
    thread_count,
)


def run_python(code: str) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if key != "ORT_DISABLE_TELEMETRY"}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, timeout=120)


def test_probe_prints_nothing_and_turns_telemetry_off(tmp_path):
    done = run_python(
        "import os\n"
        "from aigc_sdk.runtime.devices import probe_devices\n"
        "report = probe_devices()\n"
        "assert 'CPUExecutionProvider' in report.working, report\n"
        "assert os.environ['ORT_DISABLE_TELEMETRY'] == '1'\n"
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_importing_the_runtime_imports_nothing_heavy():
    done = run_python(
        "import sys\n"
        "import aigc_sdk.runtime.runtime, aigc_sdk.runtime.chat_template\n"
        "heavy = {'onnxruntime', 'tensorflow', 'sklearn', 'nltk', 'tokenizers', 'jinja2', 'onnx', 'torch'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    assert done.returncode == 0, done.stderr


def test_decoding_imports_no_training_library(decoder_folder):
    done = run_python(
        "import sys\n"
        "from aigc_sdk.context import CallContext\n"
        "from aigc_sdk.runtime.runtime import Runtime\n"
        "from aigc_sdk.runtime.sampling import SamplingParams\n"
        "with Runtime(device='cpu', threads=1) as runtime:\n"
        f"    engine = runtime.decoder({str(decoder_folder)!r})\n"
        "    engine.generate([[5]], SamplingParams(max_new_tokens=3), ctx=CallContext(), request_ids=['a'])\n"
        "heavy = {'tensorflow', 'sklearn', 'nltk', 'onnx', 'torch', 'scipy'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_missing_onnxruntime_names_the_extras(monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(MissingDependencyError, match=r"\[cpu\].*\[gpu\]"):
        import_onnxruntime()


@pytest.mark.parametrize(
    ("problem", "policy", "device", "warns"),
    [
        (None, "auto", "cuda", False),
        (None, "cpu", "cpu", False),
        (None, "cuda-only", "cuda", False),
        ("no driver", "auto", "cpu", False),
        ("no driver", "cuda", "cpu", True),
    ],
)
def test_policies(monkeypatch, problem, policy, device, warns):
    monkeypatch.setattr(devices, "_report", DeviceReport("1", (), (), problem))
    choice = choose_device(policy)
    assert choice.device == device
    assert (choice.warning is not None) == warns


def test_cuda_only_refuses_to_fall_back(monkeypatch):
    monkeypatch.setattr(devices, "_report", DeviceReport("1", (), (), "no driver"))
    with pytest.raises(DeviceError, match="no driver"):
        choose_device("cuda-only")


def test_unknown_policy():
    with pytest.raises(OptionError, match="tpu"):
        choose_device("tpu")


def write(root, path, text):
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text)


def test_quota_of_cgroup_v2(tmp_path):
    assert cgroup_cpus(tmp_path) is None
    write(tmp_path, "sys/fs/cgroup/cpu.max", "max 100000\n")
    assert cgroup_cpus(tmp_path) is None
    write(tmp_path, "proc/self/cgroup", "0::/pod/box\n")
    write(tmp_path, "sys/fs/cgroup/pod/cpu.max", "150000 100000\n")
    assert cgroup_cpus(tmp_path) == 1.5
    write(tmp_path, "sys/fs/cgroup/pod/box/cpu.max", "50000 100000\n")
    assert cgroup_cpus(tmp_path) == 0.5
    assert thread_count(tmp_path) == 1


def test_quota_of_cgroup_v1(tmp_path):
    write(tmp_path, "sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n")
    write(tmp_path, "sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n")
    assert cgroup_cpus(tmp_path) is None
    write(tmp_path, "sys/fs/cgroup/cpu/cpu.cfs_quota_us", "200000\n")
    assert cgroup_cpus(tmp_path) == 2.0


def test_threads_are_at_least_one_and_within_affinity():
    assert 1 <= thread_count() <= 16
    if hasattr(os, "sched_getaffinity"):
        assert thread_count() <= len(os.sched_getaffinity(0))


@pytest.mark.parametrize("early", [True, False])
def test_telemetry_that_a_host_switched_on_is_told(early):
    code = (
        ("import onnxruntime\n" if early else "")
        + "from aigc_sdk.runtime.runtime import Runtime\n"
        + "print(any('telemetry' in w for w in Runtime('cpu').warnings))"
    )
    environment = {k: v for k, v in os.environ.items() if k != "ORT_DISABLE_TELEMETRY"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str(early)
