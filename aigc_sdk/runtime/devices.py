"""Which devices really work, and how many threads this process may use.

`import_onnxruntime` is the only place where the SDK imports ONNX Runtime.
"""

from __future__ import annotations

import contextlib
import io
import math
import os
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from aigc_sdk.errors import DeviceError, MissingDependencyError, OptionError

DevicePolicy = Literal["auto", "cpu", "cuda", "cuda-only"]

CPU_PROVIDER = "CPUExecutionProvider"
CUDA_PROVIDER = "CUDAExecutionProvider"

# Small models stop gaining long before this; without a cap a 128-core machine would spend its time waking threads.
_MOST_THREADS = 16

# y = x + x on float32 [1], opset 13: enough to see whether a provider computes. Spelled out, since serving
# machines have no `onnx` package to build it with.
_PROBE_GRAPH = bytes.fromhex(
    "080812003a350a0e0a01780a017812017922034164641201705a0f0a0178120a0a08080112040a020801"
    "620f0a0179120a0a08080112040a02080142040a00100d"
)


def import_onnxruntime() -> Any:
    """The ``onnxruntime`` module, imported with telemetry off and its logger quiet.

    Raises:
        MissingDependencyError: If it is not installed; the hint names the extras.
    """
    global _telemetry_warning
    # Read once, while the library loads: its own switch, `disable_telemetry_events`, comes too late.
    if "onnxruntime" in sys.modules and os.environ.get("ORT_DISABLE_TELEMETRY") != "1":
        _telemetry_warning = (
            "onnxruntime was imported before aigc_sdk could switch its telemetry off: set ORT_DISABLE_TELEMETRY=1 "
            "before that import."
        )
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        import onnxruntime
    except ImportError as error:
        raise MissingDependencyError(
            f"ONNX Runtime cannot be imported: {error}.",
            hint="Install aigc-sdk-core[cpu], or aigc-sdk-core[gpu] for CUDA (never both).",
        ) from error
    if not hasattr(onnxruntime, "InferenceSession"):
        # What is left after one of the two wheels was uninstalled and took the other's files with it.
        raise MissingDependencyError(
            "The installation of ONNX Runtime is broken.",
            hint="Uninstall onnxruntime and onnxruntime-gpu, then install one of the extras [cpu] or [gpu].",
        )
    return onnxruntime


@dataclass(frozen=True, slots=True)
class DeviceReport:
    """What the probe found.

    Attributes:
        version: ONNX Runtime's version.
        compiled: Providers the installed wheel was compiled with.
        working: Those of `CPU_PROVIDER` and `CUDA_PROVIDER` that ran a graph.
        cuda_problem: Why CUDA does not work, or None where it does.
    """

    version: str
    compiled: tuple[str, ...]
    working: tuple[str, ...]
    cuda_problem: str | None


@dataclass(frozen=True, slots=True)
class DeviceChoice:
    """A device policy made concrete: ``device`` is ``cpu`` or ``cuda``; ``warning`` says why it fell back."""

    policy: DevicePolicy
    device: Literal["cpu", "cuda"]
    warning: str | None = None


_lock = threading.Lock()
_report: DeviceReport | None = None
_telemetry_warning: str | None = None


def telemetry_warning() -> str | None:
    """Why ONNX Runtime's telemetry may be on, or None; known once a session was asked for."""
    return _telemetry_warning


def probe_devices() -> DeviceReport:
    """Find out, once a process and without a line of output, which providers really compute.

    ``get_available_providers()`` names what was compiled in; a CUDA wheel on a machine without CUDA would
    print errors and silently make a CPU session.

    Raises:
        MissingDependencyError: If ONNX Runtime is not installed.
    """
    global _report
    with _lock:
        if _report is None:
            ort = import_onnxruntime()
            compiled = tuple(ort.get_available_providers())
            problem = _cuda_problem(ort, compiled)
            working = (CPU_PROVIDER,) if problem else (CUDA_PROVIDER, CPU_PROVIDER)
            _report = DeviceReport(ort.__version__, compiled, working, problem)
        return _report


def _cuda_problem(ort: Any, compiled: tuple[str, ...]) -> str | None:
    if CUDA_PROVIDER not in compiled:
        return "the installed ONNX Runtime was built without CUDA (extra [gpu])"
    import numpy as np

    ort.set_default_logger_severity(4)
    try:
        # Finds the CUDA and cuDNN libraries that pip installed; reports what it misses by printing.
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            ort.preload_dlls()
        options = ort.SessionOptions()
        options.log_severity_level = 4
        session = ort.InferenceSession(_PROBE_GRAPH, options, providers=[CUDA_PROVIDER, CPU_PROVIDER])
        if session.get_providers()[0] != CUDA_PROVIDER:
            return "the CUDA provider did not start (driver, CUDA 13 or cuDNN 9 missing)"
        (result,) = session.run(None, {"x": np.ones(1, np.float32)})
        return None if float(result[0]) == 2.0 else "the CUDA provider computed a wrong number"
    except Exception as error:  # noqa: BLE001  # whatever a broken driver raises means: CUDA does not work
        return f"{type(error).__name__}: {str(error).splitlines()[0][:200] if str(error) else ''}"
    finally:
        ort.set_default_logger_severity(3)


def choose_device(policy: DevicePolicy) -> DeviceChoice:
    """Make a device policy concrete.

    Args:
        policy: ``auto`` takes CUDA where it works; ``cpu``; ``cuda`` falls back to the CPU with a warning;
            ``cuda-only`` refuses to fall back.

    Raises:
        OptionError: For an unknown policy.
        DeviceError: ``cuda-only`` where CUDA does not work.
    """
    if policy not in get_args(DevicePolicy):
        raise OptionError(
            f"Unknown device policy {policy!r}.", hint=f"Use one of {', '.join(get_args(DevicePolicy))}."
        )
    report = probe_devices()
    if policy == "cpu" or (policy == "auto" and report.cuda_problem):
        return DeviceChoice(policy, "cpu")
    if report.cuda_problem is None:
        return DeviceChoice(policy, "cuda")
    if policy == "cuda-only":
        raise DeviceError(
            f"CUDA does not work here: {report.cuda_problem}.",
            hint="Install aigc-sdk-core[gpu] with CUDA 13 and cuDNN 9, or use device 'auto' or 'cpu'.",
        )
    return DeviceChoice(policy, "cpu", f"CUDA was asked for but does not work: {report.cuda_problem}.")


def thread_count(root: Path = Path("/")) -> int:
    """Threads this process may really use: CPU affinity, cut by the container's CPU quota, at most 16.

    Args:
        root: Where ``sys/fs/cgroup`` and ``proc/self/cgroup`` are looked for.
    """
    try:
        cpus = len(os.sched_getaffinity(0))
    except (AttributeError, OSError):  # macOS and Windows have no affinity call
        cpus = os.cpu_count() or 1
    quota = cgroup_cpus(root)
    if quota is not None:
        cpus = min(cpus, math.ceil(quota))
    return max(1, min(cpus, _MOST_THREADS))


def cgroup_cpus(root: Path = Path("/")) -> float | None:
    """CPUs' worth of time the control group grants (v2 ``cpu.max``, else v1 CFS quota); None if unlimited."""
    quotas = []
    for folder in _cgroup_folders(root):
        values = _read_words(folder / "cpu.max")
        if len(values) != 2:
            values = _read_words(folder / "cpu.cfs_quota_us") + _read_words(folder / "cpu.cfs_period_us")
        try:
            quota, period = (float(value) for value in values)
        except ValueError:  # absent, or "max" for no limit
            continue
        if quota > 0 and period > 0:
            quotas.append(quota / period)
    return min(quotas, default=None)


def _cgroup_folders(root: Path) -> list[Path]:
    """Folders that may hold a limit for this process: its own group's and all above, which bind it too."""
    base = root / "sys/fs/cgroup"
    folders = [base, base / "cpu", base / "cpu,cpuacct"]
    try:
        lines = (root / "proc/self/cgroup").read_text().splitlines()
    except OSError:
        return folders
    for line in lines:
        parts = line.split(":", 2)
        if len(parts) != 3 or parts[1] not in ("", "cpu", "cpu,cpuacct"):
            continue
        path = base / parts[1] if parts[1] else base
        for name in Path(parts[2]).parts[1:]:
            if name == "..":  # a group outside this namespace: its files cannot be seen from here
                break
            path = path / name
            folders.append(path)
    return folders


def _read_words(path: Path) -> list[str]:
    try:
        return path.read_text().split()
    except OSError:
        return []
