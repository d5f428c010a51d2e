"""Variants by translating there and back.

After Sennrich, Haddow and Birch, "Improving neural machine translation models with monolingual data", ACL 2016. This module knows no translation model: `AugmentGenerator` is given something with the one method of `Translator`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from aigc_sdk.context import CallContext
from aigc_sdk.verdict import Err

PIVOT = {"en": "zh", "zh": "en"}


class Translator(Protocol):
    """Translates between English and Chinese."""

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, ctx: CallContext, request_ids: Sequence[str]
    ) -> Sequence[str | Err]:
        """One translation or `Err` a text, in order.

        Args:
            texts: In the language ``source``.
            source: ``"en"`` or ``"zh"``.
            target: The other one.
            ctx: Sampled translations draw from ``ctx.rng(request_ids[i])``, so that each variant is another.
            request_ids: Names of the rows.
        """


def there_and_back(
    translator: Translator,
    text: str,
    language: str,
    kept: Sequence[str],
    *,
    ctx: CallContext,
    request_id: str,
) -> str | None:
    """``text`` in other words, or None where the translator failed or a protected part did not survive."""
    pivot = PIVOT[language]
    for source, target in ((language, pivot), (pivot, language)):
        (row,) = translator.translate([text], source, target, ctx=ctx, request_ids=[f"{request_id}/{target}"])
        if isinstance(row, Err) or not row.strip():
            return None
        text = row
    return text if all(text.count(part) >= kept.count(part) for part in set(kept)) else None
