"""``text/classify``: which of your labels a text has, or that it has none of them."""
