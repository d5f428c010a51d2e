"""How many threads TensorFlow takes."""

from __future__ import annotations

import os


def limit_threads(count: int) -> None:
    """Keep TensorFlow to `count` threads (0: all); without effect once it has run anything."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    if not count:
        return
    import tensorflow as tf

    try:
        tf.config.threading.set_intra_op_parallelism_threads(count)
        tf.config.threading.set_inter_op_parallelism_threads(1)
    except RuntimeError:
        return
