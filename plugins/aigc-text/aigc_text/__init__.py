"""Text generators, evaluators and moderators for the AIGC SDK."""
