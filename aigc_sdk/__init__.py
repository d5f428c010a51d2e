"""AIGC SDK: generate, check, score and label content.

Importing this package imports neither TensorFlow, scikit-learn, nltk, NumPy nor ONNX Runtime; names are
loaded on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aigc_sdk.content import Audio, Candidate, Image, Message, Text, Video
    from aigc_sdk.context import CallContext, CancelToken
    from aigc_sdk.discovery import Registry
    from aigc_sdk.policy import Policy, load_policy
    from aigc_sdk.request import Err, Finished, Generation, Request, Sample, TextDelta
    from aigc_sdk.result import Output, Result, StreamDone
    from aigc_sdk.score import Score
    from aigc_sdk.spec import (
        BundleSource,
        EvaluatorSpec,
        GeneratorSpec,
        ImporterSpec,
        ModeratorSpec,
        TrainerSpec,
    )
    from aigc_sdk.studio import Studio
    from aigc_sdk.taxonomy import Category, Kind, Severity, Stage
    from aigc_sdk.verdict import Decision, Explanation, Finding, Halt, Release, Screening, Span, Verdict

__version__ = "0.1.0"

_HOMES = {
    "aigc_sdk.content": ("Audio", "Candidate", "Image", "Message", "Text", "Video"),
    "aigc_sdk.context": ("CallContext", "CancelToken"),
    "aigc_sdk.discovery": ("Registry",),
    "aigc_sdk.policy": ("Policy", "load_policy"),
    "aigc_sdk.request": ("Err", "Finished", "Generation", "Request", "Sample", "TextDelta"),
    "aigc_sdk.result": ("Output", "Result", "StreamDone"),
    "aigc_sdk.score": ("Score",),
    "aigc_sdk.spec": (
        "BundleSource",
        "EvaluatorSpec",
        "GeneratorSpec",
        "ImporterSpec",
        "ModeratorSpec",
        "TrainerSpec",
    ),
    "aigc_sdk.studio": ("Studio",),
    "aigc_sdk.taxonomy": ("Category", "Kind", "Severity", "Stage"),
    "aigc_sdk.verdict": (
        "Decision",
        "Explanation",
        "Finding",
        "Halt",
        "Release",
        "Screening",
        "Span",
        "Verdict",
    ),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Audio",
    "BundleSource",
    "CallContext",
    "CancelToken",
    "Candidate",
    "Category",
    "Decision",
    "Err",
    "EvaluatorSpec",
    "Explanation",
    "Finding",
    "Finished",
    "Generation",
    "GeneratorSpec",
    "Halt",
    "Image",
    "ImporterSpec",
    "Kind",
    "Message",
    "ModeratorSpec",
    "Output",
    "Policy",
    "Registry",
    "Release",
    "Request",
    "Result",
    "Sample",
    "Score",
    "Screening",
    "Severity",
    "Span",
    "Stage",
    "StreamDone",
    "Studio",
    "Text",
    "TextDelta",
    "TrainerSpec",
    "Verdict",
    "Video",
    "load_policy",
]


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'aigc_sdk' has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
