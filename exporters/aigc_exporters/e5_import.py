"""Import of multilingual E5 encoders (arXiv:2402.05672) from files of the E5S1 layout."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from aigc_exporters.bundle_writer import Progress
from aigc_exporters.e5_format import E5File
from aigc_exporters.e5_tokenizer import encoder_tokenizer, english_chinese_rows, prune_vocabulary
from aigc_exporters.encoder_bundle import write_encoder_bundle
from aigc_sdk.errors import BadInputError


def import_e5(
    path: str | Path,
    out_dir: str | Path,
    *,
    bundle_id: str | None = None,
    licence: str | None = None,
    source: str | None = None,
    progress: Progress | None = None,
    vocabulary: str = "en-zh",
    **fields: Any,
) -> Path:
    """Turn an E5S1 file into an encoder bundle.

    Quantised weights keep their codes and scales. The graph is proven, with float activations, against a NumPy
    forward pass with exact GELU before the bundle appears.

    Args:
        path: the file.
        out_dir: folder of the bundle; an earlier bundle there is replaced.
        bundle_id: id in the manifest; default the folder's name in lower case.
        licence: SPDX expression of the weights. The file states none.
        source: where the file comes from, in words; default its name.
        progress: called with a fraction 0..1 and what is being done.
        vocabulary: "en-zh" keeps the pieces of English and Chinese (see `english_chinese_rows`), "all" every one.
        **fields: further fields of `aigc_sdk.bundles.BundleManifest`.

    Returns:
        `out_dir`.

    Raises:
        BadInputError: if the file is missing, truncated or inconsistent, or no licence is given.
        ParityError: if the graph's numbers differ from the reference.
    """
    if vocabulary not in ("en-zh", "all"):
        raise BadInputError(f"vocabulary must be 'en-zh' or 'all', not {vocabulary!r}.")
    if not licence:
        raise BadInputError("The file states no licence.", hint="Say under which one you have the weights.")
    path, out_dir = Path(path), Path(out_dir)
    report = progress or (lambda _fraction, _message: None)
    report(0.0, "reading the file")
    weights = E5File(path)
    pieces = len(weights.vocabulary.pieces)
    # Rows beyond the last piece can never be asked for.
    rows = (
        english_chinese_rows(weights.vocabulary)
        if vocabulary == "en-zh"
        else np.arange(pieces, dtype=np.intp)
    )
    unigrams = prune_vocabulary(weights.vocabulary, rows)
    weights.keep_rows(rows)
    extra = {
        "vocabulary": {"of_source": pieces, "kept": len(rows), "rule": vocabulary},
        **dict(fields.pop("extra", {})),
    }
    return write_encoder_bundle(
        out_dir,
        weights.config,
        weights,
        encoder_tokenizer(unigrams),
        fields={
            "id": bundle_id or out_dir.name.lower(),
            "licence": licence,
            "source": source or f"E5S1 file {path.name}",
            "quantisation": "weights Q4_0 as in the source; activations int8 blocks",
            "extra": extra,
            **fields,
        },
        progress=report,
        streamed=False,
    )
