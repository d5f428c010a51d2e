"""Chat messages to token ids, by the model's own Jinja template, safe from injection.

The template is rendered with a private mark in the place of each message's text. What the template writes may
be control tokens; what stands where a mark was never becomes one, whatever characters it holds.
"""

from __future__ import annotations

import datetime
import json
import re
import secrets
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from aigc_sdk.errors import BundleError, MissingDependencyError, TemplateError
from aigc_sdk.runtime.template_metering import TemplateKind, gathered

if TYPE_CHECKING:
    from aigc_sdk.bundles import Bundle
    from aigc_sdk.content import Message
    from aigc_sdk.runtime.tokenizer import Tokenizer


# Every method of texts but those whose result's size is a number of the template's choice, and those to bytes.
_STRING_METHODS = frozenset(name for name in dir(str) if not name.startswith("_")) - {
    *("center", "expandtabs", "format", "format_map", "ljust", "rjust", "translate", "zfill", "encode")
}

_MAX_PATTERN = 200

CHAT = TemplateKind(
    source=1 << 18,
    seconds=2.0,
    steps=1_000_000,
    text=16_000_000,  # far more than a prompt may have
    items=300_000,
    printed=16_000_000,
    output=16_000_000,
    filters=frozenset(
        [
            "abs",
            "capitalize",
            "count",
            "d",
            "default",
            "dictsort",
            "e",
            "escape",
            "first",
            "float",
            "indent",
            "int",
            "items",
            "join",
            "last",
            "length",
            "list",
            "lower",
            "map",
            "max",
            "min",
            "reject",
            "rejectattr",
            "replace",
            "reverse",
            "round",
            "safe",
            "select",
            "selectattr",
            "sort",
            "string",
            "title",
            "trim",
            "unique",
            "upper",
        ]
    ),
    globals=frozenset({"cycler", "dict", "joiner", "namespace", "range"}),
    string_methods=_STRING_METHODS,
    prints=(type(None), str, int, float, list, tuple, Mapping),
    strict=False,
)
"""What exists in the templates that models bring: as much of Jinja as is of use and can be bounded."""


class ChatTemplate:
    """A chat template in the manner of Hugging Face's ``chat_template``. Thread-safe.

    Templates see ``messages`` (``role``, ``content``), ``add_generation_prompt``, ``bos_token``,
    ``eos_token``, ``raise_exception`` and ``strftime_now``, in an immutable sandbox with bounded work.

    Args:
        source: Jinja source.
        tokenizer: Encodes what was rendered.

    Raises:
        MissingDependencyError: If Jinja is not installed.
        TemplateError: If the source is no template.
    """

    def __init__(self, source: str, tokenizer: Tokenizer) -> None:
        try:
            from aigc_sdk.runtime.bounded_template import BoundedTemplate
        except ImportError as error:
            raise MissingDependencyError(
                "The package jinja2 is not installed.", hint="Install aigc-sdk-text, which brings it."
            ) from error
        self._tokenizer = tokenizer
        self._template = BoundedTemplate(
            source,
            CHAT,
            name="The chat template",
            filters={"tojson": _to_json},
            functions={"raise_exception": _raise_exception, "strftime_now": _strftime_now},
        )

    @classmethod
    def from_bundle(cls, bundle: Bundle, tokenizer: Tokenizer) -> ChatTemplate:
        """The template a bundle ships.

        Raises:
            BundleError: If it ships none.
        """
        info = bundle.manifest.tokenizer
        if info is None or info.chat_template is None:
            raise BundleError(
                f"Bundle {bundle.id} has no chat template.", hint="Use an instruct model for chat."
            )
        return cls(bundle.path(info.chat_template).read_text(encoding="utf-8"), tokenizer)

    def encode(
        self, messages: Sequence[Message], *, add_generation_prompt: bool = True, **variables: Any
    ) -> list[int]:
        """Token ids of a conversation.

        Args:
            messages: Turns, oldest first.
            add_generation_prompt: End with the opening of the assistant's turn.
            **variables: Further variables of the template.

        Raises:
            TemplateError: If the template refuses the conversation or leaves its sandbox.
        """
        # Letters and digits only, and unguessable: no content can hold a mark, no filter alters one.
        nonce = secrets.token_hex(16)
        contents = [message.content for message in messages]
        marks = [f"mark{nonce}n{index}end" for index in range(len(messages))]
        rendered = self._render(messages, marks, add_generation_prompt, variables)
        pattern = re.compile(f"mark{nonce}n([0-9]+)end")
        contents = self._as_written(rendered, pattern, messages, contents, add_generation_prompt, variables)
        return self._tokenize(rendered, pattern, contents)

    def render(
        self, messages: Sequence[Message], *, add_generation_prompt: bool = True, **variables: Any
    ) -> str:
        """The conversation as text, to be looked at. To make tokens use `encode`: this text is not safe.

        Raises:
            TemplateError: If the template refuses the conversation or leaves its sandbox.
        """
        contents = [message.content for message in messages]
        return self._render(messages, contents, add_generation_prompt, variables)

    def _render(
        self, messages: Sequence[Message], contents: Sequence[str], prompt: bool, variables: Mapping[str, Any]
    ) -> str:
        special = self._tokenizer
        values = {
            "bos_token": special.token(special.bos) if special.bos is not None else "",
            "eos_token": special.token(special.eos[0]) if special.eos else "",
            "add_generation_prompt": prompt,
            **variables,
            "messages": [
                {"role": message.role, "content": content}
                for message, content in zip(messages, contents, strict=True)
            ],
        }
        return self._template.render(values)

    def _as_written(
        self,
        rendered: str,
        pattern: re.Pattern[str],
        messages: Sequence[Message],
        contents: list[str],
        prompt: bool,
        variables: Mapping[str, Any],
    ) -> list[str]:
        """The contents as the template writes them: many trim, which a mark cannot show."""
        stripped = [content.strip() for content in contents]
        if stripped == contents:
            return contents
        truth = self._render(messages, contents, prompt, variables)
        if pattern.sub(lambda match: stripped[int(match[1])], rendered) == truth:
            return stripped
        return contents

    def _tokenize(self, rendered: str, pattern: re.Pattern[str], contents: Sequence[str]) -> list[int]:
        """Ids of the rendered text with contents in the place of marks.

        Ordinary text around a mark is joined with the content before it is encoded, so that pieces merge
        across the seam exactly as they did in training.
        """
        tokenizer = self._tokenizer
        ids: list[int] = []
        run = ""
        for index, part in enumerate(pattern.split(rendered)):
            if index % 2:  # a mark's number
                run += contents[int(part)]
                continue
            for text, special in tokenizer.split_special(part):
                run += text
                if special is not None:
                    ids.extend(tokenizer.encode(run))
                    ids.append(special)
                    run = ""
        ids.extend(tokenizer.encode(run))
        return ids


def _to_json(value: Any, indent: int | None = None) -> str:
    # Jinja's own filter escapes for HTML, which no model was trained on.
    width = None if indent is None else min(int(indent), 16)
    # Piece by piece: with an indent, deep lists make far more text than they hold.
    return gathered(json.JSONEncoder(ensure_ascii=False, indent=width).iterencode(value))


def _raise_exception(message: str) -> NoReturn:
    raise TemplateError(f"The chat template refused the conversation: {message}")


def _strftime_now(pattern: str) -> str:
    # C libraries pad to widths: the result may have 256 times the pattern's length.
    if len(pattern) > _MAX_PATTERN:
        raise TemplateError(f"The chat template writes a date of more than {_MAX_PATTERN} characters.")
    return datetime.datetime.now(tz=datetime.UTC).strftime(pattern)
