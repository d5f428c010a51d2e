"""``text/summary``: what a text says, in fewer of its own sentences or in those of a language model."""
