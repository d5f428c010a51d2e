"""Text evaluators: fact coverage, diversity, fluency, length, readability."""
