"""ONNX Runtime sessions: made once, shared, interruptible, with typed errors."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aigc_sdk.errors import AigcError, BadInputError, BundleError, ComponentError, DeviceError, OptionError
from aigc_sdk.runtime.deadlines import calling_on_stop
from aigc_sdk.runtime.devices import CPU_PROVIDER, CUDA_PROVIDER, DeviceChoice, import_onnxruntime
from aigc_sdk.runtime.pool import Pool

if TYPE_CHECKING:
    import numpy.typing as npt

    from aigc_sdk.bundles import Bundle
    from aigc_sdk.context import CallContext


@dataclass(frozen=True, slots=True)
class SessionOptions:
    """How a session runs; part of the pool's key.

    Attributes:
        threads: Threads within an operator; None takes the runtime's number.
        arena: Keep freed activations for the next run. Faster where shapes repeat, holds the peak.
        prepack: Let kernels keep weights in their own layout. Faster; costs a copy of those weights.
        optimise: False runs the graph as it is written.
    """

    threads: int | None = None
    arena: bool = True
    prepack: bool = True
    optimise: bool = True

    def __post_init__(self) -> None:
        if self.threads is not None and self.threads < 1:
            raise OptionError(f"threads must be at least 1, got {self.threads}.")


class Session:
    """One loaded graph. `run` may be called from several threads at once.

    Attributes:
        provider: The provider ONNX Runtime really uses, e.g. ``CPUExecutionProvider``.
        label: Bundle id and file, for messages.
    """

    def __init__(self, ort_session: Any, label: str) -> None:
        self._ort: Any = ort_session
        self.label = label
        self.provider: str = ort_session.get_providers()[0]
        self.input_names: tuple[str, ...] = tuple(value.name for value in ort_session.get_inputs())
        self.output_names: tuple[str, ...] = tuple(value.name for value in ort_session.get_outputs())

    @property
    def ort(self) -> Any:
        """The ``onnxruntime.InferenceSession``.

        Raises:
            ComponentError: If the session was closed.
        """
        if self._ort is None:
            raise ComponentError(
                f"The session of {self.label} is closed.", hint="Ask the runtime for it again."
            )
        return self._ort

    def run(
        self,
        feeds: Mapping[str, npt.NDArray[Any]],
        outputs: Sequence[str] | None = None,
        *,
        ctx: CallContext | None = None,
    ) -> dict[str, npt.NDArray[Any]]:
        """Run the graph once.

        Args:
            feeds: An array for each graph input.
            outputs: Names of the outputs to compute; None for all.
            ctx: Its cancellation and deadline stop the run midway; the session stays usable.

        Returns:
            Output arrays by name.

        Raises:
            BadInputError: A name, dtype or shape does not fit the graph.
            CancelledError: The caller cancelled.
            DeadlineExceededError: The deadline passed.
            ComponentError: The graph failed while running.
        """
        names = self.output_names if outputs is None else tuple(outputs)
        ort_session = self.ort
        self._check_names(feeds, names)
        with translated_errors(self.label, ctx):
            if ctx is None:
                return dict(zip(names, ort_session.run(names, feeds), strict=True))
            ctx.check()
            with interruptible(ctx) as run_options:
                return dict(zip(names, ort_session.run(names, feeds, run_options), strict=True))

    def _check_names(self, feeds: Mapping[str, object], outputs: Sequence[str]) -> None:
        missing = [name for name in self.input_names if name not in feeds]
        unknown = [name for name in feeds if name not in self.input_names]
        unknown += [name for name in outputs if name not in self.output_names]
        if missing or unknown:
            problem = f"lacks {', '.join(missing)}" if missing else f"does not know {', '.join(unknown)}"
            raise BadInputError(
                f"A run of {self.label} {problem}.",
                hint=f"Inputs: {', '.join(self.input_names)}. Outputs: {', '.join(self.output_names)}.",
            )

    def close(self) -> None:
        """Let go of the graph; runs under way end first. Further runs raise ComponentError."""
        self._ort = None


@contextlib.contextmanager
def interruptible(ctx: CallContext | None) -> Iterator[Any]:
    """``RunOptions`` that the context's cancellation or deadline terminates, for any number of runs."""
    run_options = import_onnxruntime().RunOptions()
    if ctx is None:
        yield run_options
        return

    def terminate() -> None:
        run_options.terminate = True

    with calling_on_stop(ctx, terminate):
        yield run_options


@contextlib.contextmanager
def translated_errors(label: str, ctx: CallContext | None = None) -> Iterator[None]:
    """Turn what ONNX Runtime raises during a run into the SDK's errors."""
    try:
        yield
    except AigcError:
        raise
    except Exception as error:
        # A terminated run raises a plain failure: the context knows better what happened.
        if ctx is not None:
            ctx.check()
        text = str(error)
        name = type(error).__name__
        if name == "InvalidArgument" or isinstance(error, (ValueError, TypeError)):
            raise BadInputError(f"{label} does not take this input: {text}") from error
        raise ComponentError(f"{label} failed while running: {text}") from error


class SessionFactory:
    """Makes sessions and shares them: one a (bundle digest, file, device, options).

    Args:
        device: Where sessions run.
        threads: Threads within an operator, where the options name none.
    """

    def __init__(self, device: DeviceChoice, threads: int) -> None:
        self.device = device
        self.threads = threads
        self._pool: Pool[tuple[object, ...], Session] = Pool(Session.close)

    def acquire(
        self, bundle: Bundle, file: str, options: SessionOptions
    ) -> tuple[tuple[object, ...], Session]:
        """The pooled session and the key to `release` it with.

        Raises:
            BundleError: If the bundle lacks the file or it cannot be loaded.
            DeviceError: Under ``cuda-only``, if part of the graph cannot run on the GPU.
        """
        key = (bundle.digest, file, self.device.device, options)
        return key, self._pool.acquire(key, lambda: self._create(bundle, file, options))

    def release(self, key: tuple[object, ...]) -> None:
        """Give a session back; the last one closes it."""
        self._pool.release(key)

    def close(self) -> None:
        """Close all sessions."""
        self._pool.close()

    def _create(self, bundle: Bundle, file: str, options: SessionOptions) -> Session:
        ort = import_onnxruntime()
        path = bundle.path(file)
        label = f"{bundle.id}/{file}"
        if not path.is_file():
            raise BundleError(
                f"Bundle {bundle.id}: the file {file!r} is missing.", hint="Pull or import it again."
            )
        cuda_only = self.device.policy == "cuda-only"
        settings = ort_options(ort, options, options.threads or self.threads, cuda_only=cuda_only)
        try:
            ort_session = ort.InferenceSession(str(path), settings, providers=_providers(self.device))
        except Exception as error:
            first = (str(error).splitlines() or [""])[0][:300]
            if cuda_only and "fallback" in str(error):
                raise DeviceError(
                    f"{label} cannot run on CUDA alone: {first}", hint="Use device 'cuda' or 'auto'."
                ) from error
            raise BundleError(
                f"{label} cannot be loaded: {first}", hint="Pull or import the bundle again."
            ) from error
        session = Session(ort_session, label)
        if cuda_only and session.provider != CUDA_PROVIDER:
            raise DeviceError(f"{label} did not start on CUDA.", hint="Use device 'cuda' or 'auto'.")
        return session


def ort_options(ort: Any, options: SessionOptions, threads: int, *, cuda_only: bool = False) -> Any:
    """ONNX Runtime's options object for ours."""
    settings = ort.SessionOptions()
    settings.intra_op_num_threads = threads
    settings.inter_op_num_threads = 1
    settings.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
    # Failures arrive as exceptions; without this every cancelled run would also print a red line.
    settings.log_severity_level = 4
    settings.enable_cpu_mem_arena = options.arena
    # Weights outside the arena: it grows by doubling and would keep up to as much again unused.
    settings.add_session_config_entry("session.use_device_allocator_for_initializers", "1")
    if not options.prepack:
        settings.add_session_config_entry("session.disable_prepacking", "1")
    if not options.optimise:
        settings.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL
    if cuda_only:
        settings.add_session_config_entry("session.disable_cpu_ep_fallback", "1")
    return settings


def _providers(device: DeviceChoice) -> list[Any]:
    if device.device == "cpu":
        return [CPU_PROVIDER]
    # Growing by what is asked for, not by doubling, leaves room for the models beside this one.
    cuda = (CUDA_PROVIDER, {"arena_extend_strategy": "kSameAsRequested"})
    return [cuda] if device.policy == "cuda-only" else [cuda, CPU_PROVIDER]
