"""What this plugin's trainers declare. Import-light."""

from __future__ import annotations

from aigc_sdk.spec import TrainerSpec

TRAINERS = [
    TrainerSpec(
        id="text/copy",
        summary="A small copywriter on your own attributes: TensorFlow, exported to ONNX, with its reports",
        factory="aigc_text.training.copy_learned:train",
        options="aigc_text.training.copy_options:CopyTrainingOptions",
        data_help=(
            "CSV with the columns mr and ref (mr reads name[The Mill], area[riverside]), or JSON lines of"
            ' {"mr": ..., "ref": ...} or {"inputs": {attribute: value, ...}, "text": ...}; each may be gzipped.'
            " The text must state the facts given with it. A thousand pairs are a start, ten thousand better."
        ),
        example={"data": "pairs.csv", "out": "my-copy"},
    ),
    TrainerSpec(
        id="text/poem",
        summary="A small model of Chinese classical verse on your own poems: TensorFlow, exported to ONNX, with its reports",
        factory="aigc_text.training.poem_train:train",
        options="aigc_text.training.poem_options:PoemTrainingOptions",
        makes="poem-zh",
        data_help=(
            "A folder of .json or .jsonl files (maybe gzipped) as the chinese-poetry collection has them: objects with"
            " paragraphs (a list of texts) and title, or rhythmic for tunes. Poems that keep a form are picked out;"
            " a thousand are a start, twenty thousand better."
        ),
        example={"data": "poems", "out": "my-poems"},
    ),
    TrainerSpec(
        id="text/classify",
        summary="A text classifier on your own labels: a head on the encoder, or the encoder fine-tuned; with its report",
        factory="aigc_text.training.classify:train",
        options="aigc_text.training.classify_options:ClassifyTrainingOptions",
        makes="text-classifier",
        data_help=(
            "CSV or TSV with the columns text and label, or JSON lines of the same; may be gzipped. A column split"
            " (train, validation, test) is heeded, else shares of each label are held back. Two rows a label at the"
            " least; twenty are a start, a hundred better."
        ),
        example={"data": "tickets.csv", "out": "my-intents"},
    ),
    TrainerSpec(
        id="text/lm",
        summary="A language model on your own texts, or an imported one adapted to your conversations: TensorFlow, to ONNX",
        factory="aigc_text.training.lm_train:train",
        options="aigc_text.training.lm_options:LmTrainingOptions",
        data_help=(
            "A text file (.txt, .md), JSON lines of {text: ...} or {messages: [{role, content}, ...]}, or a folder of"
            " such files; each may be gzipped, and encrypted by `aigc data encrypt`. With base, conversations only."
            " Screened for personal data and repeats of protected works before use. A million characters are a start."
        ),
        example={"data": "texts", "out": "my-lm"},
    ),
]
