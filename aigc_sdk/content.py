"""Content that flows through the SDK: text, image, audio, video.

NumPy is imported only where an array is touched, so that importing the SDK stays cheap.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

from aigc_sdk.errors import BadInputError
from aigc_sdk.taxonomy import Kind

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_UNUSABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text.

    Args:
        text: Unicode text; NUL characters and lone surrogates are refused, since neither can be stored,
            hashed or shown faithfully.
        language: BCP 47 primary tag (``"en"``, ``"zh"``) where the host knows it, else None.

    Raises:
        BadInputError: If ``text`` is not a str or holds NUL or a lone surrogate.
    """

    kind: ClassVar[Kind] = Kind.TEXT
    text: str
    language: str | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.text, str):
            raise BadInputError(f"Text needs a str, got {type(self.text).__name__}.")
        if type(self.text) is not str:
            # A subclass (NumPy's, or one that answers for itself) becomes what it holds.
            object.__setattr__(self, "text", str.__str__(self.text))
        bad = _UNUSABLE.search(self.text)
        if bad is not None:
            what = "a NUL character" if bad.group() == "\x00" else "a lone surrogate"
            raise BadInputError(
                f"The text holds {what} at index {bad.start()}.",
                hint="Decode the source with errors='replace', or remove it.",
            )

    @property
    def is_blank(self) -> bool:
        """True where there is nothing but white space."""
        return not self.text.strip()

    def sha256(self) -> str:
        """Hash of the UTF-8 bytes, hex."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def save(self, path: str | Path) -> Path:
        """Write as UTF-8 without touching line ends; returns the path."""
        target = Path(path)
        target.write_bytes(self.text.encode())
        return target

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True, eq=False)
class Image:
    """A picture: ``pixels`` is H×W×C uint8, C in {1, 3, 4} (grey, RGB, RGBA), sRGB."""

    kind: ClassVar[Kind] = Kind.IMAGE
    pixels: npt.NDArray[np.uint8]

    def __post_init__(self) -> None:
        _expect_array(self.pixels, "uint8", 3, "Image.pixels", "H×W×C")
        if self.pixels.shape[2] not in (1, 3, 4):
            raise BadInputError(f"Image.pixels needs 1, 3 or 4 channels, got {self.pixels.shape[2]}.")

    @property
    def is_blank(self) -> bool:
        """True for a picture without pixels."""
        return self.pixels.size == 0

    def sha256(self) -> str:
        """Hash of shape and pixels, hex."""
        return _array_hash(self.pixels)


@dataclass(frozen=True, slots=True, eq=False)
class Audio:
    """Sound: ``samples`` is channels×samples float32 in [-1, 1], ``sample_rate`` in Hz."""

    kind: ClassVar[Kind] = Kind.AUDIO
    samples: npt.NDArray[np.float32]
    sample_rate: int

    def __post_init__(self) -> None:
        _expect_array(self.samples, "float32", 2, "Audio.samples", "channels×samples")
        if self.sample_rate <= 0:
            raise BadInputError(f"Audio.sample_rate must be positive, got {self.sample_rate}.")

    @property
    def is_blank(self) -> bool:
        """True for sound without samples."""
        return self.samples.size == 0

    def sha256(self) -> str:
        """Hash of shape, rate and samples, hex."""
        return _array_hash(self.samples, str(self.sample_rate))


@dataclass(frozen=True, slots=True, eq=False)
class Video:
    """Moving pictures: ``frames`` is T×H×W×3 uint8 at ``fps``, with an optional sound track."""

    kind: ClassVar[Kind] = Kind.VIDEO
    frames: npt.NDArray[np.uint8]
    fps: float
    audio: Audio | None = None

    def __post_init__(self) -> None:
        _expect_array(self.frames, "uint8", 4, "Video.frames", "T×H×W×3")
        if self.fps <= 0:
            raise BadInputError(f"Video.fps must be positive, got {self.fps}.")

    @property
    def is_blank(self) -> bool:
        """True for a video without frames."""
        return self.frames.size == 0

    def sha256(self) -> str:
        """Hash of shape, rate, frames and sound, hex."""
        sound = self.audio.sha256() if self.audio is not None else ""
        return _array_hash(self.frames, f"{self.fps}{sound}")


Content: TypeAlias = Text | Image | Audio | Video
Role: TypeAlias = Literal["system", "user", "assistant", "tool"]


@dataclass(frozen=True, slots=True)
class Message:
    """One chat message; ``content`` obeys the rules of `Text`."""

    role: Role
    content: str

    def __post_init__(self) -> None:
        if self.role not in ("system", "user", "assistant", "tool"):
            raise BadInputError(
                f"Unknown message role {self.role!r}.", hint="Use system, user, assistant or tool."
            )
        Text(self.content)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One piece of generated content, before ranking.

    Attributes:
        content: What was made.
        logprob: Sum of natural-log token probabilities under the generating model, if it has one.
        tokens: Generated tokens, 0 where the method has none.
        finish_reason: ``stop`` (the model ended), ``length``, ``stop_string``, ``cancelled`` or ``deadline``.
        method: How it was made, for components with several ways (``learned``, ``template``, ``llm``).
        meta: Plain values worth recording (template name, repairs made).
    """

    content: Content
    logprob: float | None = None
    tokens: int = 0
    finish_reason: str = "stop"
    method: str | None = None
    meta: dict[str, Any] = field(default_factory=dict)


def _expect_array(value: object, dtype: str, ndim: int, name: str, shape: str) -> None:
    got_dtype, got_ndim = getattr(value, "dtype", None), getattr(value, "ndim", None)
    if str(got_dtype) != dtype or got_ndim != ndim:
        raise BadInputError(
            f"{name} must be a {dtype} array of shape {shape}, got "
            f"{got_dtype or type(value).__name__} with {got_ndim} dimensions."
        )


def _array_hash(array: npt.NDArray[Any], extra: str = "") -> str:
    import numpy as np

    digest = hashlib.sha256(f"{array.shape}{array.dtype}{extra}".encode())
    digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()
