"""Advertising law as data: one table of claims a language, with the law of each jurisdiction they offend."""
