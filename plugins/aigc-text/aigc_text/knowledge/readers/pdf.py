"""PDF, by pypdf: the text of every page, with its number as heading. Pictures of text are not read."""

from __future__ import annotations

import io
import re
from typing import Final

from aigc_sdk.errors import MissingDependencyError
from aigc_text.knowledge.documents import Document, Limits, TextBuilder
from aigc_text.knowledge.errors import DocumentError

_HYPHEN: Final = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_UNUSABLE: Final = re.compile("[\x00\ud800-\udfff]")


def read_pdf(data: bytes, limits: Limits) -> Document:
    """Headings are ``p. 1``, ``p. 2`` ….

    Raises:
        MissingDependencyError: pypdf is not installed.
        DocumentError: It is damaged, encrypted, has too many pages, or no text.
    """
    try:
        from pypdf import PdfReader
    except ModuleNotFoundError as error:
        raise MissingDependencyError(
            "Reading PDF needs the package pypdf, which is not installed.",
            hint="pip install 'aigc-sdk-text[pdf]'",
        ) from error
    built = TextBuilder()
    unread: list[int] = []
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        # Many files are encrypted with an empty password, only to forbid printing.
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError("It is encrypted.", hint="Save it without a password.")
        pages = len(reader.pages)
        if pages > limits.pages:
            raise DocumentError(f"It has {pages:,} pages; the limit is {limits.pages:,}.", hint="Split it.")
        for number in range(pages):
            try:
                text = reader.pages[number].extract_text()
            except Exception:  # noqa: BLE001 - whatever pypdf makes of a broken page; the others may be whole
                unread.append(number + 1)
                continue
            built.add(_HYPHEN.sub("", _UNUSABLE.sub("\ufffd", text)).strip(), (f"p. {number + 1}",))
            if built.length > limits.characters:
                raise DocumentError(f"It has more than {limits.characters:,} characters.", hint="Split it.")
    except DocumentError:
        raise
    except Exception as error:  # a damaged file makes pypdf raise nearly anything
        raise DocumentError(
            f"It is damaged, or no PDF: {type(error).__name__}: {str(error)[:200]}"
        ) from error
    if not built.sections:
        why = f"none of its {pages} pages could be read" if unread else "its pages may be pictures of text"
        raise DocumentError(f"There is no text in it; {why}.")
    return built.document(
        (f"pages that could not be read: {', '.join(map(str, unread[:20]))}",) if unread else ()
    )
