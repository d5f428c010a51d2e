"""Entities and key facts of a text as JSON, each with its place in the text."""
