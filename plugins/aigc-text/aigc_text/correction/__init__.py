"""Spelling, grammar and punctuation: what is wrong in a text, where, and what should stand there.

English: a dictionary with an error model for spelling, and rules that are right nearly always where they speak.
Chinese: rules and a list of well-known confusions; there is no general Chinese spell checker here (no permissive data
that would carry one), and `checked` says so.
"""

from aigc_text.correction.correction import Correction, Kind, apply_corrections
from aigc_text.correction.find import checked, find_errors

__all__ = ["Correction", "Kind", "apply_corrections", "checked", "find_errors"]
