"""``text/copy``: marketing copy by a learned writer, by templates or by an instruct model."""
