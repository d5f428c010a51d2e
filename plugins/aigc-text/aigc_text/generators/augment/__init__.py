"""``text/augment``: variants of labelled texts for training."""
