"""Text moderators: lexicon and linear classifier. `specs.py` declares them."""
