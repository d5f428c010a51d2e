"""What this plugin's evaluators declare."""

from __future__ import annotations

from aigc_sdk.spec import BundleSource, EvaluatorSpec
from aigc_sdk.taxonomy import Kind

_SAMPLE_EN = {"text": "Meet Aurora Bottle. It costs £20.", "language": "en"}
_WITH_REFERENCE = {**_SAMPLE_EN, "references": ["This is Aurora Bottle, for £20."]}

EVALUATORS = [
    EvaluatorSpec(
        id="text/fact-coverage",
        summary="Given facts that the text states, and what it invents beside them",
        factory="aigc_text.evaluators.coverage:FactCoverage",
        inputs=(Kind.TEXT,),
        metrics=("fact_coverage", "invented_facts"),
        languages=("en", "zh"),
        example={**_SAMPLE_EN, "inputs": {"name": "Aurora Bottle", "price": "£20"}},
    ),
    EvaluatorSpec(
        id="text/diversity",
        summary="Distinct-1, distinct-2 and self-BLEU of a text and its siblings",
        factory="aigc_text.evaluators.diversity:Diversity",
        inputs=(Kind.TEXT,),
        metrics=("distinct_1", "distinct_2", "self_bleu"),
        example=_SAMPLE_EN,
    ),
    EvaluatorSpec(
        id="text/fluency",
        summary="Mean negative log-likelihood a token under a language model",
        factory="aigc_text.evaluators.fluency:Fluency",
        inputs=(Kind.TEXT,),
        metrics=("nll",),
        languages=("en",),
        bundles=("smollm2-135m-instruct",),
        example=_SAMPLE_EN,
    ),
    EvaluatorSpec(
        id="text/length",
        summary="Length in words or characters, and how close to the length asked for",
        factory="aigc_text.evaluators.length:LengthFit",
        inputs=(Kind.TEXT,),
        metrics=("length", "length_fit"),
        example=_SAMPLE_EN,
    ),
    EvaluatorSpec(
        id="text/readability",
        summary="Flesch reading ease and grade (English); sentence length and common characters (Chinese)",
        factory="aigc_text.evaluators.readability:Readability",
        inputs=(Kind.TEXT,),
        metrics=("flesch_reading_ease", "flesch_kincaid_grade", "sentence_length", "common_characters"),
        languages=("en", "zh"),
        example=_SAMPLE_EN,
    ),
    EvaluatorSpec(
        id="text/sentiment",
        summary="How positive a text reads, with the words that weighed most",
        factory="aigc_text.evaluators.sentiment:Sentiment",
        inputs=(Kind.TEXT,),
        metrics=("sentiment",),
        languages=("en", "zh"),
        bundles=("sentiment-linear",),
        example=_SAMPLE_EN,
    ),
    EvaluatorSpec(
        id="text/tone",
        summary="Formality, emphasis, promotional pressure, politeness, address; fit with the tone asked for",
        factory="aigc_text.evaluators.tone:Tone",
        inputs=(Kind.TEXT,),
        metrics=(
            "formality",
            "emphasis",
            "promotional_pressure",
            "politeness",
            "second_person",
            "tone_fit",
        ),
        languages=("en", "zh"),
        example={**_SAMPLE_EN, "inputs": {"name": "Aurora Bottle", "brand.voice": "friendly"}},
    ),
    EvaluatorSpec(
        id="text/language",
        summary="Whether the text is in the language asked for, how much of it, and where it is not",
        factory="aigc_text.evaluators.language:LanguageMatch",
        inputs=(Kind.TEXT,),
        metrics=("language_match", "language_share"),
        example=_SAMPLE_EN,
    ),
    EvaluatorSpec(
        id="text/spelling",
        summary="Spelling errors (English), grammar and punctuation errors (English, Chinese), with corrections",
        factory="aigc_text.evaluators.spelling:Spelling",
        inputs=(Kind.TEXT,),
        metrics=("spelling_errors", "grammar_errors"),
        languages=("en", "zh"),
        example=_SAMPLE_EN,
    ),
    EvaluatorSpec(
        id="text/consistency",
        summary="Whether the text speaks of what its brief speaks of: sentence encoder, and words in common",
        factory="aigc_text.evaluators.consistency:Consistency",
        inputs=(Kind.TEXT,),
        metrics=("semantic_consistency", "lexical_overlap"),
        languages=("en", "zh"),
        bundles=("multilingual-e5-small",),
        example={**_SAMPLE_EN, "inputs": {"name": "Aurora Bottle", "price": "£20"}},
    ),
    EvaluatorSpec(
        id="text/originality-score",
        summary="How much of a text is no repeat of a work in your corpora (`aigc corpus add`)",
        factory="aigc_text.evaluators.originality:OriginalityScore",
        inputs=(Kind.TEXT,),
        metrics=("originality",),
        languages=("en", "zh"),
        example=_SAMPLE_EN,
    ),
    EvaluatorSpec(
        id="text/bleu",
        summary="BLEU and chrF++ against reference texts (sacrebleu)",
        factory="aigc_text.evaluators.translation:TranslationScores",
        inputs=(Kind.TEXT,),
        metrics=("bleu", "chrf"),
        needs_reference=True,
        example=_WITH_REFERENCE,
    ),
    EvaluatorSpec(
        id="text/rouge",
        summary="ROUGE-1, -2, -L and -Lsum against reference texts; Chinese by characters",
        factory="aigc_text.evaluators.rouge:RougeScores",
        inputs=(Kind.TEXT,),
        metrics=("rouge_1", "rouge_2", "rouge_l", "rouge_lsum"),
        needs_reference=True,
        example=_WITH_REFERENCE,
    ),
    EvaluatorSpec(
        id="text/similarity",
        summary="Cosine of the meaning with the closest reference, and with what the text was made from",
        factory="aigc_text.evaluators.similarity:Similarity",
        inputs=(Kind.TEXT,),
        metrics=("reference_similarity", "source_similarity"),
        bundles=("multilingual-e5-small",),
        example=_WITH_REFERENCE,
    ),
    EvaluatorSpec(
        id="text/repetition",
        summary="Repeated 4-grams, the longest repeated passage, and loops",
        factory="aigc_text.evaluators.repetition:Repetition",
        inputs=(Kind.TEXT,),
        metrics=("repeated_4grams", "longest_repeat", "looped"),
        example=_SAMPLE_EN,
    ),
]

BUNDLES = [
    BundleSource(
        id="sentiment-linear",
        summary="Sentiment of English and Chinese text: logistic regression on words and short strings",
        licence="MIT",
        path="aigc_text:bundles/sentiment-linear",
    ),
]
