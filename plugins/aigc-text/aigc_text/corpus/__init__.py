"""Text in the similarity corpus."""
