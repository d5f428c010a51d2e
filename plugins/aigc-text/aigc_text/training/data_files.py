"""Opening the files of data sets."""

from __future__ import annotations

import gzip
import io
from pathlib import Path
from typing import TextIO

from aigc_sdk.errors import BadInputError


def open_text(path: Path) -> TextIO:
    """A text file, compressed or not.

    Raises:
        BadInputError: If it is absent.
    """
    if not path.is_file():
        raise BadInputError(
            f"The data set file {path.parent.name}/{path.name} is not there.",
            hint="Point --data (or AIGC_DATA) at the data root that holds text/.",
        )
    if path.suffix == ".gz":
        return io.TextIOWrapper(gzip.open(path), encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")
