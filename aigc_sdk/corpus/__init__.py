"""Similarity corpus: does content repeat a work somebody protects?

Knows no modality: plugins turn content into `TokenStream`s (hook ``aigc_corpus_indexers``); the corpus keeps hashes
and offsets on disk, never the works themselves, and finds exact runs and near duplicates.
"""

from aigc_sdk.corpus.corpus import Corpus, default_path
from aigc_sdk.corpus.match import Answer, Match, Run, Thresholds
from aigc_sdk.corpus.parameters import Parameters
from aigc_sdk.corpus.stream import CorpusIndexer, TokenStream
from aigc_sdk.corpus.work import Work

__all__ = [
    "Answer",
    "Corpus",
    "CorpusIndexer",
    "Match",
    "Parameters",
    "Run",
    "Thresholds",
    "TokenStream",
    "Work",
    "default_path",
]
