"""What a language model is trained on: text files, JSON Lines of texts and of conversations, in passages.

A passage is what is kept, left out or held out as a whole: a paragraph of a text file (a long one is cut at line
ends), a row of JSON Lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np

from aigc_sdk.content import Message, Text
from aigc_sdk.errors import AigcError, BadInputError, InputTooLargeError
from aigc_text.training.lm_files import open_binary, plain_suffix

MAX_FILE: Final = 1 << 30
"""Bytes of a text file, unpacked: it is read as a whole."""
MAX_LINE: Final = 16 << 20
"""Bytes of a row of JSON Lines."""
_LONGEST_PASSAGE: Final = 4000
_SECTION: Final = 2000
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True)
class Document:
    """A text file, or a row.

    Attributes:
        where: File and line, for messages.
        text: All of its text; the contents of a conversation, blank lines between.
        messages: The turns, where it is a conversation.
        bounds: Where its passages begin, and where the last ends, in `text`.
    """

    where: str
    text: str
    messages: tuple[Message, ...] = ()
    bounds: tuple[int, ...] = field(default=())

    @property
    def passages(self) -> list[str]:
        """Its passages; joined, they are the text."""
        return [self.text[start:end] for start, end in zip(self.bounds, self.bounds[1:], strict=False)]


@dataclass(frozen=True)
class Section:
    """Neighbouring passages of a document, long enough to be held out.

    Attributes:
        text: The passages.
        messages: The turns, where it is a conversation.
        last: The document ends here.
    """

    text: str
    messages: tuple[Message, ...] = ()
    last: bool = True


def read_documents(data: Path) -> Iterator[Document]:
    """All documents of a file, or of the files below a folder, in the order of their names; blank ones are left out.

    Raises:
        BadInputError: A file cannot be read, is of no known kind, or has a row that is neither; names file and line.
    """
    found = False
    for path in _files(data):
        documents = _rows(path) if plain_suffix(path) == ".jsonl" else _text(path)
        for document in documents:
            found = True
            yield document
    if not found:
        raise BadInputError(f"{data.name} holds no text.")


def _files(data: Path) -> list[Path]:
    kinds = (".txt", ".md", ".jsonl")
    if not data.is_dir():
        if plain_suffix(data) not in kinds:
            raise BadInputError(
                f"{data.name} is neither text nor JSON Lines.",
                hint="Files end in .txt, .md or .jsonl; .gz and .enc may follow.",
            )
        return [data]
    files = [path for path in sorted(data.rglob("*")) if path.is_file() and plain_suffix(path) in kinds]
    if not files:
        raise BadInputError(f"{data.name} holds no file that ends in .txt, .md or .jsonl.")
    return files


def _text(path: Path) -> Iterator[Document]:
    with open_binary(path) as stream:
        raw = stream.read(MAX_FILE + 1)
    if len(raw) > MAX_FILE:
        raise InputTooLargeError(f"{path.name} is longer than {MAX_FILE:,} bytes.", hint="Split it.")
    try:
        text = Text(raw.decode("utf-8-sig")).text.replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise BadInputError(f"{path.name} is no UTF-8: {error}") from None
    except BadInputError as error:
        raise BadInputError(f"{path.name}: {error.message}", hint=error.hint) from None
    if text.strip():
        yield Document(path.name, text, bounds=tuple(_bounds(text)))


def _bounds(text: str) -> Iterator[int]:
    """0, every place where a passage begins, and the end."""
    yield 0
    start = 0
    for end in [*(match.end() for match in _BLANK_LINES.finditer(text)), len(text)]:
        while end - start > _LONGEST_PASSAGE:
            line = text.rfind("\n", start, start + _LONGEST_PASSAGE) + 1
            start = line if line > start else start + _LONGEST_PASSAGE
            yield start
        if end > start:
            yield end
            start = end


def _rows(path: Path) -> Iterator[Document]:
    with open_binary(path) as stream:
        for number, line in enumerate(_lines(stream, path), 1):
            if not line.strip():
                continue
            where = f"{path.name} line {number}"
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise BadInputError(f"{where} is no JSON: {error}") from None
            try:
                document = _row(row, where)
            except AigcError as error:
                raise BadInputError(f"{where}: {error.message}", hint=error.hint) from None
            if document.text.strip():
                yield document


def _lines(stream: BinaryIO, path: Path) -> Iterator[bytes]:
    while line := stream.readline(MAX_LINE + 1):
        if len(line) > MAX_LINE:
            raise InputTooLargeError(f"{path.name} has a line of more than {MAX_LINE:,} bytes.")
        yield line


def _row(row: Any, where: str) -> Document:
    hint = 'A row is {"text": "..."} or {"messages": [{"role": "user", "content": "..."}, ...]}.'
    if isinstance(row, dict) and isinstance(row.get("text"), str):
        text = Text(row["text"]).text
        return Document(where, text, bounds=(0, len(text)))
    turns = row.get("messages") if isinstance(row, dict) else None
    if not isinstance(turns, list) or not turns:
        raise BadInputError("the row has neither a text nor messages.", hint=hint)
    messages = []
    for turn in turns:
        if not isinstance(turn, dict) or not all(isinstance(turn.get(k), str) for k in ("role", "content")):
            raise BadInputError("a message has no role and content.", hint=hint)
        messages.append(Message(turn["role"], turn["content"]))
    text = "\n\n".join(message.content for message in messages)
    return Document(where, text, tuple(messages), (0, len(text)))


def sections(documents: Sequence[Document]) -> list[Section]:
    """Documents cut into sections of about 2,000 characters, less where there is little data; rows stay whole."""
    total = sum(len(document.text) for document in documents)
    target = min(_SECTION, max(1, total // 20))
    made: list[Section] = []
    for document in documents:
        if document.messages:
            made.append(Section(document.text, document.messages))
            continue
        run: list[str] = []
        passages = document.passages
        for index, passage in enumerate(passages, 1):
            run.append(passage)
            if index == len(passages) or sum(map(len, run)) >= target:
                made.append(Section("".join(run), last=index == len(passages)))
                run = []
    return made


def split(parts: Sequence[Section], share: float, seed: int) -> tuple[list[Section], list[Section]]:
    """Training and held-out sections, each in their order; equal sections come once.

    Raises:
        BadInputError: There are fewer than two.
    """
    unique = list({(part.text, part.messages): part for part in parts}.values())
    if len(unique) < 2:
        raise BadInputError(
            "The data are too few to hold some out.", hint="Give more text, of several paragraphs or rows."
        )
    count = max(1, round(share * len(unique)))
    chosen = {int(index) for index in np.random.default_rng([seed, 1]).permutation(len(unique))[:count]}
    training = [part for index, part in enumerate(unique) if index not in chosen]
    return training, [unique[index] for index in sorted(chosen)]
