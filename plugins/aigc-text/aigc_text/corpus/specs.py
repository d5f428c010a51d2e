"""Declarations of the text indexer and of the moderator that asks the corpus. Import-light."""

from __future__ import annotations

from aigc_sdk.spec import CorpusIndexerSpec, ModeratorSpec
from aigc_sdk.taxonomy import Category, Kind, Stage

CORPUS_INDEXERS = [
    CorpusIndexerSpec(
        id="text/folded-ngrams",
        summary="Words, and single characters of Chinese; case, width, spacing, traditional forms and look-alikes "
        "don't count",
        factory="aigc_text.corpus.indexer:FoldedTextIndexer",
        languages=("en", "zh"),
        inputs=(Kind.TEXT,),
    ),
    CorpusIndexerSpec(
        id="text/ngrams",
        summary="For corpora made by earlier versions: traditional forms and look-alikes count as different",
        factory="aigc_text.corpus.indexer:TextIndexer",
        languages=("en", "zh"),
        inputs=(Kind.TEXT,),
        superseded=True,
    ),
]

MODERATORS = [
    ModeratorSpec(
        id="text/originality",
        summary="Repeats of works in your corpora (`aigc corpus add`, AIGC_CORPUS)",
        factory="aigc_text.moderators.originality:OriginalityModerator",
        languages=("en", "zh"),
        inputs=(Kind.TEXT,),
        categories=(Category.IP,),
        stages=(Stage.OUTPUT,),
        # It judges whole texts, so streams clear windows rather than characters: only where that is wanted.
        opt_in=True,
    )
]
