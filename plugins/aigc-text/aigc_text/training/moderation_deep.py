"""Trains ``moderation-deep``: multilingual-e5-small, fine-tuned in all its blocks, and eight heads, English and Chinese.

    python -m aigc_text.training.moderation_deep train  --data ROOT --base FILE --work FOLDER
    python -m aigc_text.training.moderation_deep train  --data ROOT --base FILE --work FOLDER --without en_hate_davidson
    python -m aigc_text.training.moderation_deep train  --data ROOT --base FILE --work NEXT --start FOLDER/all ...
    python -m aigc_text.training.moderation_deep bundle --data ROOT --base FILE --work FOLDER --out BUNDLE_FOLDER

``train`` runs, or resumes, one training and leaves weights and scores in the work folder; with ``--without``, sources
are left out and scored, so that the recipe is judged by what it never saw. ``bundle`` calibrates the run that left
nothing out and writes the delta that `aigc models pull moderation-deep` merges into the base.

FILE is the base's weights in the E5S1 layout, as the package behind ``multilingual-e5-small`` carries them.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from aigc_text.training.deep_bundle import bundle
from aigc_text.training.deep_loop import DeepRecipe
from aigc_text.training.deep_run import train


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("train", "bundle"))
    parser.add_argument("--data", type=Path, required=True, help="data root (the folder that holds text/)")
    parser.add_argument("--base", type=Path, required=True, help="the base's weights, E5S1 layout")
    parser.add_argument("--work", type=Path, required=True, help="checkpoints, states, scores")
    parser.add_argument("--out", type=Path, help="folder of the delta bundle")
    parser.add_argument("--without", nargs="*", default=[], help="sources to leave out and score")
    parser.add_argument("--epochs", type=float, default=DeepRecipe.epochs)
    parser.add_argument("--scale", type=float, default=1.0, help="share of every source's rows to use")
    parser.add_argument("--rate", type=float, default=DeepRecipe.learning_rate, help="of the uppermost block")
    parser.add_argument(
        "--layer-decay",
        type=float,
        default=DeepRecipe.layer_decay,
        help="of the rate, block by block downwards",
    )
    parser.add_argument("--start", type=Path, help="folder of a finished run to go on from")
    parser.add_argument("--share", type=float, default=1.0, help="of the way from pretrained to fine-tuned")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--float32", action="store_true", help="no bfloat16")
    given = parser.parse_args(arguments)
    if given.what == "bundle":
        if given.out is None:
            parser.error("bundle needs --out")
        print(bundle(given.data, given.base, given.work, given.out))
        return
    policy = "float32" if given.float32 else DeepRecipe.dtype_policy
    recipe = DeepRecipe(
        epochs=given.epochs,
        seed=given.seed,
        learning_rate=given.rate,
        layer_decay=given.layer_decay,
        dtype_policy=policy,
    )
    print(
        train(
            given.data,
            given.base,
            given.work,
            without=given.without,
            recipe=recipe,
            scale=given.scale,
            share=given.share,
            start=given.start,
        )
    )


if __name__ == "__main__":
    main()
