"""What a sample is compared with: its reference texts.

References reach an evaluator as ``Sample.references``: the argument ``references`` of ``Studio.evaluate``, ``--reference`` of
``aigc evaluate``, the field ``reference`` of a JSON line.
"""

from __future__ import annotations

from aigc_sdk.content import Text
from aigc_sdk.request import Sample

NO_REFERENCE = (
    "There is no reference text to compare with. Give one or several: references=[...] in code, --reference on the "
    'command line, the field "reference" in JSON Lines.'
)


def reference_texts(sample: Sample) -> list[str]:
    """The sample's reference texts that hold something, each once, in order."""
    found = [r.text for r in sample.references if isinstance(r, Text) and not r.is_blank]
    return list(dict.fromkeys(found))
