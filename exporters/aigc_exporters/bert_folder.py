"""What a folder of Sentence Transformers says beside its model: pooling, prompts, longest text.

``modules.json`` lists what a text passes through: the encoder, pooling, normalisation. A plain model folder has none
of these files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from aigc_exporters.bert_config import FAMILIES, read_settings
from aigc_exporters.encoder_weights import Pooling
from aigc_exporters.hf_config import is_decoder_folder
from aigc_exporters.json_file import read_list, read_object, read_optional
from aigc_sdk.errors import AigcError, BadInputError, ExportError

MODULES_NAME = "modules.json"
_MOST_BYTES = 1 << 20
_MOST_PROMPT = 2000  # characters

# Of encoders that are none of FAMILIES: their folders are recognised to be refused by name.
_OTHERS = ("bert", "mpnet", "electra", "ernie", "xlnet", "longformer", "big_bird", "nystromformer")

# Entries of a pooling configuration that are true, and what they mean.
_FLAGS: dict[str, Pooling] = {
    "pooling_mode_mean_tokens": "mean",
    "pooling_mode_cls_token": "cls",
    "pooling_mode_max_tokens": "max",
}
# Names of prompts by what they are put before.
_PASSAGE_NAMES = ("passage", "document", "corpus")


@dataclass(frozen=True)
class SentenceFolder:
    """What surrounds the model.

    Attributes:
        model: the folder of the encoder itself.
        pooling: how the tokens' states become one vector; None where nothing says so.
        width: of the states that the pooling was made for, if it says so.
        longest: tokens of the longest text, if stated.
        lower_case: texts are put into lower case before the tokenizer.
        prompts: what is put before texts, by "query" and "passage".
    """

    model: Path
    pooling: Pooling | None = None
    width: int | None = None
    longest: int | None = None
    lower_case: bool = False
    prompts: Mapping[str, str] = field(default_factory=lambda: {"query": "", "passage": ""})


def is_encoder_folder(folder: str | Path) -> bool:
    """Whether a folder holds a text encoder in safetensors or pickles, of a supported family or not."""
    folder = Path(folder)
    try:
        modules = _modules(folder)
        inner = folder if modules is None else modules[0]
        values = read_settings(inner)
    except AigcError:
        return False
    if is_decoder_folder(inner) or values.get("is_encoder_decoder"):
        return False
    if not any(any(inner.glob(pattern)) for pattern in ("*.safetensors", "*.bin")):
        return False
    kind = values.get("model_type")
    known = isinstance(kind, str) and (kind in FAMILIES or any(name in kind for name in _OTHERS))
    return known or modules is not None


def read_sentence_folder(folder: Path) -> SentenceFolder:
    """Read ``modules.json`` and what it names; a plain model folder gives the defaults.

    Raises:
        BadInputError: if a file is damaged or leads out of the folder.
        ExportError: for a module or pooling that is not supported.
    """
    modules = _modules(folder)
    if modules is None:
        return SentenceFolder(folder, prompts=_prompts(folder))
    model, pooling_folder = modules
    pooling, width = (None, None) if pooling_folder is None else _pooling(pooling_folder)
    settings = read_optional(model / "sentence_bert_config.json", most_bytes=_MOST_BYTES)
    longest = settings.get("max_seq_length")
    if longest is not None and not _is_count(longest):
        raise BadInputError("sentence_bert_config.json has no usable entry max_seq_length.")
    lower = settings.get("do_lower_case") or False
    if not isinstance(lower, bool):
        raise BadInputError("sentence_bert_config.json: do_lower_case must be true or false.")
    return SentenceFolder(model, pooling, width, longest, lower, _prompts(folder))


def _modules(folder: Path) -> tuple[Path, Path | None] | None:
    """Folders of encoder and pooling; None where there is no modules.json."""
    path = folder / MODULES_NAME
    if not path.is_file():
        return None
    entries = read_list(path, most_bytes=_MOST_BYTES)
    kinds, places = [], []
    for entry in entries:
        kind = entry.get("type") if isinstance(entry, dict) else None
        place = entry.get("path") if isinstance(entry, dict) else None
        if not isinstance(kind, str) or not isinstance(place, str):
            raise BadInputError(f"{MODULES_NAME} has an entry without type or path.")
        # A name and no path: a list must not lead out of its folder.
        if place and (place != Path(place).name or "\\" in place or place == ".."):
            raise BadInputError(f"{MODULES_NAME} names {place!r:.80}, which is no folder beside it.")
        if not kind.startswith("sentence_transformers."):
            raise ExportError(f"The folder needs the module {kind!r:.80}, whose code is never run.")
        kinds.append(kind.rpartition(".")[2])
        places.append(folder / place)
    supported = (["Transformer"], ["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])
    if kinds not in supported:
        raise ExportError(
            f"A sequence of modules {', '.join(kinds)!s:.120} is not supported.",
            hint="Supported: Transformer, Pooling, Normalize, in this order.",
        )
    return places[0], places[1] if len(places) > 1 else None


def _pooling(folder: Path) -> tuple[Pooling, int | None]:
    values = read_object(folder / "config.json", most_bytes=_MOST_BYTES)
    width = values.get("word_embedding_dimension", values.get("embedding_dimension"))
    if width is not None and not _is_count(width):
        raise BadInputError("The pooling's configuration states no usable word_embedding_dimension.")
    if values.get("include_prompt") is False:
        raise ExportError("Pooling that leaves the prompt's tokens out (include_prompt) is not supported.")
    modes = values.get("pooling_mode")
    if modes is None:  # a flag for each, before Sentence Transformers 5
        flags = [name for name, on in values.items() if name.startswith("pooling_mode_") and on is True]
        modes = [_FLAGS.get(name, name.removeprefix("pooling_mode_")) for name in flags]
    modes = modes if isinstance(modes, list) else [modes]
    if len(modes) != 1 or modes[0] not in get_args(Pooling):
        raise ExportError(
            f"Pooling by {' and '.join(map(str, modes)) or 'nothing'!s:.80} is not supported.",
            hint=f"Supported is one of {', '.join(get_args(Pooling))}.",
        )
    return modes[0], width


def _prompts(folder: Path) -> dict[str, str]:
    """What comes before questions and before passages; other prompts (of tasks) are not for serving."""
    settings = read_optional(folder / "config_sentence_transformers.json", most_bytes=_MOST_BYTES)
    prompts = settings.get("prompts") or {}
    if not isinstance(prompts, dict) or not all(isinstance(text, str) for text in prompts.values()):
        raise BadInputError("config_sentence_transformers.json: prompts must be texts by their names.")
    chosen = settings.get("default_prompt_name")
    if chosen is not None and (not isinstance(chosen, str) or chosen not in prompts):
        raise BadInputError("config_sentence_transformers.json: default_prompt_name names no prompt.")
    default = "" if chosen is None else prompts[chosen]
    passage = next((prompts[name] for name in _PASSAGE_NAMES if name in prompts), default)
    return {
        role: checked_prompt(text)
        for role, text in (("query", prompts.get("query", default)), ("passage", passage))
    }


def checked_prompt(text: Any) -> str:
    """A prompt of a bearable length.

    Raises:
        BadInputError: if it is no text, or longer.
    """
    if not isinstance(text, str) or len(text) > _MOST_PROMPT:
        raise BadInputError(f"A prompt must be a text of at most {_MOST_PROMPT} characters.")
    return text


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 1 << 20
