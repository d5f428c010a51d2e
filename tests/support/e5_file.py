"""Writes small random files of the E5S1 layout (multilingual-e5-small in 4-bit blocks, with its tokenizer)."""

from __future__ import annotations

import struct
import unicodedata
from pathlib import Path

import numpy as np

SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]
WORDS = [
    "▁query",
    "▁the",
    "▁kettle",
    "▁boils",
    "▁water",
    "▁今天",
    "天气",
    "水壶",
    "▁При",
    "вет",
    "▁café",
    "😀",
]
LETTERS = list("～▁abcdefghijklmnopqrstuvwxyz:,.!0123456789今天气水壶好～éПриветの")
PIECES = [*SPECIAL, *dict.fromkeys([*WORDS, *LETTERS])]
HIDDEN, LAYERS, HEADS, FFN, POSITIONS, TYPES = 64, 2, 4, 96, 24, 2
# NFKC of the first plane but for the full-width tilde, control characters away, spaces plain.
NORMALISATION = {
    **{
        point: text
        for point in range(0x10000)
        if not 0xD800 <= point < 0xE000
        and point != 0xFF5E
        and (text := unicodedata.normalize("NFKC", chr(point))) != chr(point)
    },
    **dict.fromkeys(range(1, 9), ""),
    **{ord(c): " " for c in "\t\n\u200b\u2581"},
}


def write_e5(path: Path, seed: int = 0, pieces: list[str] | None = None, extra_rows: int = 3) -> Path:
    """A whole file with random weights; returns its path."""
    pieces = PIECES if pieces is None else pieces
    rows = len(pieces) + extra_rows
    head = b"E5S1" + struct.pack("<I7ifi", 1, HIDDEN, LAYERS, HEADS, FFN, rows, POSITIONS, TYPES, 1e-12, 32)
    head += tokenizer_part(pieces)
    named = tensors(rows, np.random.default_rng(seed))
    size = len(head) + 4 + sum(2 + len(name) + 21 for name, _, _, _ in named)
    directory, data = struct.pack("<i", len(named)), b""
    for name, kind, elements, content in named:
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, elements, size + len(data), len(content))
        data += content
    path.write_bytes(head + directory + data)
    return path


def tokenizer_part(pieces: list[str]) -> bytes:
    """Counts, offsets, scores, blob and normalisation map."""
    blobs = [piece.encode() for piece in pieces]
    offsets = np.cumsum([0, *map(len, blobs)]).astype("<u4")
    scores = np.array([-4.0 - 9.0 / len(piece) - i / 100 for i, piece in enumerate(pieces)], "<f4")
    scores[:4] = 0
    table = b"".join(
        struct.pack(f"<IB{len(text)}I", point, len(text), *map(ord, text))
        for point, text in NORMALISATION.items()
    )
    blob = b"".join(blobs)
    return (
        struct.pack("<5iQ", len(pieces), 0, 2, 1, 3, len(blob))
        + offsets.tobytes()
        + scores.tobytes()
        + blob
        + struct.pack("<iI", len(NORMALISATION), len(table))
        + table
    )


def tensors(rows: int, draw: np.random.Generator) -> list[tuple[str, int, int, bytes]]:
    """(name, kind, elements, bytes) of every tensor."""
    found: list[tuple[str, int, int, bytes]] = []

    def dense(name: str, count: int, centre: float = 0.0) -> None:
        found.append((name, 0, count, (centre + 0.3 * draw.normal(size=count)).astype("<f4").tobytes()))

    def blocks(name: str, out: int, width: int) -> None:
        scales = (draw.uniform(0.5, 1.5, (out * width // 32, 1)) * 0.4 / np.sqrt(width)).astype("<f2")
        codes = draw.integers(0, 256, (len(scales), 16), dtype=np.uint8)
        found.append((name, 1, out * width, np.hstack([scales.view(np.uint8), codes]).tobytes()))

    blocks("emb.word", rows, HIDDEN)
    dense("emb.pos", POSITIONS * HIDDEN)
    dense("emb.type", TYPES * HIDDEN)
    norms = ["emb.ln", *(f"l{i}.{part}" for i in range(LAYERS) for part in ("aln", "oln"))]
    for name in norms:
        dense(f"{name}.w", HIDDEN, 1.0)
        dense(f"{name}.b", HIDDEN)
    for i in range(LAYERS):
        for part, out, width in (
            *((part, HIDDEN, HIDDEN) for part in ("q", "k", "v", "ao")),
            ("fi", FFN, HIDDEN),
            ("fo", HIDDEN, FFN),
        ):
            blocks(f"l{i}.{part}.w", out, width)
            dense(f"l{i}.{part}.b", out)
    return found
