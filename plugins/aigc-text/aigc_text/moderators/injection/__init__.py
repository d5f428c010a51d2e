"""Prompt injection and jailbreaks: what takes a model's instructions over, or gets it to tell what it must not."""
