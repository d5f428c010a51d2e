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
]
