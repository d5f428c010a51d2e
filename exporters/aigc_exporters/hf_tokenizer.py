"""The tokenizer of a Hugging Face folder: ``tokenizer.json`` as it is, special ids, chat template, decoding defaults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer as RawTokenizer

from aigc_exporters.decoder_bundle import TokenizerFiles
from aigc_exporters.json_file import read_optional
from aigc_sdk.bundles.manifest import TokenizerInfo
from aigc_sdk.content import Message
from aigc_sdk.errors import BadInputError, ExportError, InputTooLargeError, OptionError, TemplateError
from aigc_sdk.runtime.chat_template import ChatTemplate
from aigc_sdk.runtime.sampling import SamplingParams
from aigc_sdk.runtime.tokenizer import Tokenizer

_MOST_TOKENIZER = 64 << 20  # bytes; vocabularies of 250,000 pieces take 20 MB
_MOST_SETTINGS = 4 << 20
_MOST_TEMPLATE = 1 << 18


def read_tokenizer(folder: Path, config: Mapping[str, Any], *, chat_template: bool = True) -> TokenizerFiles:
    """Read what a folder says of its tokenizer.

    Args:
        folder: the model's folder.
        config: its config.json.
        chat_template: take the chat template over, which is tried with one message.

    Raises:
        BadInputError: if tokenizer.json is missing or damaged, or a special id is not in it.
        ExportError: if the folder has only the older formats, or the chat template does not work here.
    """
    content = tokenizer_content(folder)
    with library_errors():
        raw = RawTokenizer.from_buffer(content)
        # Settings for training batches, which a bundle's tokenizer turns off, too.
        raw.no_padding()
        raw.no_truncation()
        beginning = raw.encode("a").ids[:1]
    settings = _optional(folder / "tokenizer_config.json")
    generation = _optional(folder / "generation_config.json")
    bos = _named(raw, settings, "bos_token")
    if bos is None:
        bos = next(iter(_ids(raw, "bos_token_id", generation, config)), None)
    last = _named(raw, settings, "eos_token")
    # A chat model's configurations name several ends: of a turn, of a text. Each of them is one.
    eos = [*_ids(raw, "eos_token_id", generation), *_ids(raw, "eos_token_id", config)]
    if last is not None:
        eos.append(last)
    if not eos:
        raise BadInputError(
            f"{folder} names no token that ends a text.", hint="Give config.json an entry eos_token_id."
        )
    pad = _named(raw, settings, "pad_token")
    info = TokenizerInfo(bos=bos, eos=tuple(dict.fromkeys(eos)), pad=pad, add_bos=beginning == [bos])
    template = _chat_template(folder, settings) if chat_template else None
    if template is not None:
        _try_template(template, raw, info)
    return TokenizerFiles(
        content=content,
        # Not the number of tokens: ids may leave gaps, and the largest must have a row.
        size=max(raw.get_vocab().values(), default=-1) + 1,
        bos=info.bos,
        eos=info.eos,
        pad=info.pad,
        add_bos=info.add_bos,
        chat_template=template,
    )


def tokenizer_content(folder: Path) -> bytes:
    """The file tokenizer.json, not looked into.

    Raises:
        ExportError: if the folder has none, as with the older formats.
        InputTooLargeError: if it is larger than 64 MiB.
    """
    path = folder / "tokenizer.json"
    if not path.is_file():
        raise ExportError(
            f"{folder} holds no tokenizer.json.",
            hint="Save the tokenizer with Transformers (AutoTokenizer.from_pretrained, save_pretrained), "
            "which writes one.",
        )
    if path.stat().st_size > _MOST_TOKENIZER:
        raise InputTooLargeError(f"tokenizer.json is larger than {_MOST_TOKENIZER:,} bytes.")
    return path.read_bytes()


def decoding_defaults(folder: Path) -> dict[str, float]:
    """Sampling settings that a folder's generation_config.json recommends; empty where it recommends none.

    Raises:
        BadInputError: if the file is damaged, or recommends what is out of range.
    """
    settings = _optional(folder / "generation_config.json")
    if settings.get("do_sample") is not True:
        return {}
    names = ("temperature", "top_k", "top_p", "min_p", "repetition_penalty")
    found = {name: settings[name] for name in names if settings.get(name) is not None}
    try:
        SamplingParams(**found)
    except OptionError as error:
        raise BadInputError(f"generation_config.json: {error.message}", hint=error.hint) from error
    return found


def _optional(path: Path) -> dict[str, Any]:
    return read_optional(path, most_bytes=_MOST_SETTINGS)


def _named(raw: RawTokenizer, settings: Mapping[str, Any], name: str) -> int | None:
    """Id of a special token that the settings name by its text."""
    token = settings.get(name)
    if isinstance(token, dict):  # an AddedToken, written out
        token = token.get("content")
    if token is None:
        return None
    number = raw.token_to_id(token) if isinstance(token, str) else None
    if number is None:
        raise BadInputError(f"tokenizer_config.json: {name} is no token of tokenizer.json.")
    return int(number)


def _ids(raw: RawTokenizer, name: str, *sources: Mapping[str, Any]) -> list[int]:
    """Ids under `name` in the first source that has some: one number or a list of them."""
    for source in sources:
        given = source.get(name)
        found: list[int] = []
        for value in given if isinstance(given, list) else [given]:
            if value is None or value == -1:  # early configurations write -1 for none
                continue
            known = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 31
            if not known or raw.id_to_token(value) is None:
                raise BadInputError(f"{name} {value!r:.40} is no token of tokenizer.json.")
            found.append(value)
        if found:
            return found
    return []


@contextmanager
def library_errors() -> Iterator[None]:
    """What the tokenizers library raises on a file that is none, as an error that says so."""
    try:
        yield
    except BaseException as error:
        # Where its Rust code panics the exception is no Exception, and has no public name.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise BadInputError(
            f"tokenizer.json is no tokenizer: {error!s:.200}", hint="Fetch it again."
        ) from error


def _chat_template(folder: Path, settings: Mapping[str, Any]) -> str | None:
    path = folder / "chat_template.jinja"
    if path.is_file():
        if path.stat().st_size > _MOST_TEMPLATE:
            raise InputTooLargeError(f"{path.name} is larger than {_MOST_TEMPLATE:,} bytes.")
        try:
            return path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise BadInputError(f"{path.name} is no UTF-8 text.") from error
    template = settings.get("chat_template")
    if template is None:
        template = _optional(folder / "chat_template.json").get("chat_template")
    if isinstance(template, list):  # several, by name
        named = [entry for entry in template if isinstance(entry, dict)]
        template = next((entry.get("template") for entry in named if entry.get("name") == "default"), None)
    if template is not None and not isinstance(template, str):
        raise BadInputError("The chat template is no text.")
    return template


def _try_template(template: str, raw: RawTokenizer, info: TokenizerInfo) -> None:
    """A template that fails would fail at the first chat; better now."""
    try:
        chat = ChatTemplate(template, Tokenizer(raw, info))
        chat.encode([Message(role="user", content="a")])
    except TemplateError as error:
        raise ExportError(
            f"The model's chat template does not work here: {error.message}",
            hint="Import without it: -f chat_template:=false",
        ) from error
