"""From what a caller passes to a checked `Request`."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from numbers import Number
from typing import Any

from pydantic import BaseModel, ValidationError

from aigc_sdk.content import Content, Message, Text
from aigc_sdk.errors import (
    AigcError,
    BadInputError,
    InputTooLargeError,
    OptionError,
    UnsupportedLanguageError,
)
from aigc_sdk.pipeline.isolation import foreign_failure
from aigc_sdk.request import Request, new_request_id
from aigc_sdk.spec import GeneratorSpec
from aigc_sdk.taxonomy import Kind

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")
_PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,39}")


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes over which input is refused before any component sees it.

    Attributes:
        text_chars: Characters of one text.
        inputs: Number of named inputs.
        messages: Number of chat messages.
        n: Results of one request.
        total_chars: Characters of all texts of one request together.
        values: Number of single values inside the inputs, lists and nested maps included.
        depth: Levels of lists and maps inside one input.
    """

    text_chars: int = 200_000
    inputs: int = 256
    messages: int = 1_000
    n: int = 64
    total_chars: int = 500_000
    values: int = 10_000
    depth: int = 16

    def check_total(self, chars: int) -> None:
        """Raise InputTooLargeError if the texts of a request are too long together."""
        if chars > self.total_chars:
            raise InputTooLargeError(
                f"The request has {chars:,} characters in all; the limit is {self.total_chars:,}.",
                hint="Shorten it, or allow more in code: Studio(limits=Limits(total_chars=...)).",
            )

    def check_text(self, text: str, where: str) -> None:
        """Raise InputTooLargeError for a text over the limit, BadInputError for an unusable one."""
        where = where[:1].upper() + where[1:]
        if len(text) > self.text_chars:
            raise InputTooLargeError(
                f"{where} has {len(text):,} characters; the limit is {self.text_chars:,}.",
                hint="Split it, or allow more in code: Studio(limits=Limits(text_chars=...)).",
            )
        try:
            Text(text)
        except BadInputError as error:
            raise BadInputError(f"{where}: {error.message}", hint=error.hint) from None


def build_options(model: type[BaseModel] | None, given: Any, owner: str) -> BaseModel | None:
    """Validate options against the component's model.

    Raises:
        OptionError: Naming each option that is unknown or wrong, and the ones that exist.
    """
    if model is None:
        if given:
            raise OptionError(f"{owner} takes no options.", hint="Leave `options` out.")
        return None
    if isinstance(given, model):
        return given
    if given is not None and not isinstance(given, Mapping):
        raise OptionError(f"Options of {owner} must be a mapping, got {type(given).__name__}.")
    values = dict(given or {})
    unknown = sorted(map(str, values.keys() - model.model_fields.keys()))
    known = ", ".join(model.model_fields)
    if unknown:
        raise OptionError(f"{owner} has no option {', '.join(map(repr, unknown))}.", hint=f"It has: {known}.")
    try:
        return model.model_validate(values)
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, row['loc'])) or 'options'}: {row['msg']}" for row in error.errors()]
        raise OptionError(f"Options of {owner} are wrong: {'; '.join(lines)}.") from None
    except RecursionError:
        raise OptionError(f"Options of {owner} are nested too deeply.") from None
    except AigcError:
        raise
    except Exception as error:
        # A validator of the plugin's model failed in its own way.
        raise foreign_failure(f"The options of {owner} could not be checked", error) from error


def build_request(spec: GeneratorSpec, given: Mapping[str, Any] | Request, limits: Limits) -> Request:
    """A checked request with validated options.

    Args:
        spec: The generator's spec.
        given: A `Request`, or a mapping of its fields (``inputs``, ``messages``, ``n``, ``language``,
            ``options``, ``id``); messages may be ``{"role", "content"}`` mappings.
        limits: Size limits.

    Raises:
        BadInputError: Or one of its kinds, saying which field is wrong and why.
    """
    if isinstance(given, Request):
        request = given
    elif not isinstance(given, Mapping):
        raise BadInputError(f"A request must be a Request or a mapping, got {type(given).__name__}.")
    else:
        known = {f.name for f in fields(Request)} - {"feedback", "attempt"}
        unknown = sorted(map(str, given.keys() - known))
        if unknown:
            raise BadInputError(
                f"A request has no field {', '.join(map(repr, unknown))}.",
                hint=f"It has: {', '.join(sorted(known))}.",
            )
        values = {k: v for k, v in given.items() if v is not None}
        # An id of 0 is an id: only one that is absent or empty is drawn.
        stated = str(values.pop("id", ""))
        request = Request(**values, id=stated or new_request_id())
    if not isinstance(request.id, str):
        raise BadInputError(f"The request id must be a str, got {type(request.id).__name__}.")
    if not isinstance(request.n, int) or isinstance(request.n, bool) or not 1 <= request.n <= limits.n:
        raise OptionError(f"n must be between 1 and {limits.n}, got {request.n!r}.")
    _check_language(spec, request.language)
    limits.check_text(request.id, "the request id")
    inputs = checked_inputs(request.inputs, limits)
    if Kind.MESSAGES not in spec.inputs and not inputs:
        raise BadInputError(
            f"{spec.id} needs inputs.", hint=f"For example: {dict(spec.example.get('inputs', {}))!r}."
        )
    messages = _checked_messages(spec, request.messages, limits)
    limits.check_total(sum(map(len, texts_in(inputs))) + sum(len(m.content) for m in messages))
    return replace(
        request,
        inputs=inputs,
        messages=messages,
        options=build_options(spec.options_model(), request.options, spec.id),
        # Both are the pipeline's own to say.
        feedback=(),
        attempt=0,
    )


def _check_language(spec: GeneratorSpec, language: str | None) -> None:
    if language is None:
        return
    if not isinstance(language, str):
        raise BadInputError(f"language must be a str such as 'en', got {type(language).__name__}.")
    if not _LANGUAGE_TAG.fullmatch(language):
        raise BadInputError("language must be a tag such as 'en' or 'zh'.")
    if spec.languages and language not in spec.languages:
        raise UnsupportedLanguageError(
            f"{spec.id} does not serve language {language!r}.",
            hint=f"It serves: {', '.join(spec.languages)}.",
        )


def checked_inputs(inputs: Any, limits: Limits) -> dict[str, Any]:
    """Named values of plain types only: what is no text, number, list or map could be shown unscreened.

    Raises:
        BadInputError: For another type, a name that is no str, or unusable text.
        InputTooLargeError: Over one of the limits.
    """
    if not isinstance(inputs, Mapping):
        raise BadInputError(f"inputs must be a mapping, got {type(inputs).__name__}.")
    if len(inputs) > limits.inputs:
        raise InputTooLargeError(f"There are {len(inputs)} inputs; the limit is {limits.inputs}.")
    for name, value in inputs.items():
        if not isinstance(name, str):
            raise BadInputError(f"Names of inputs must be str, got {type(name).__name__}.")
        limits.check_text(name, "the name of an input")
        _check_value(value, f"input {name!a}", limits)
    return dict(inputs)


def _check_value(value: Any, where: str, limits: Limits) -> None:
    """Walk one input without recursion, so that neither depth nor a loop in it can exhaust the stack."""
    waiting, seen = [(value, 0)], 0
    while waiting:
        inner, depth = waiting.pop()
        seen += 1
        if depth > limits.depth or seen > limits.values:
            raise InputTooLargeError(
                f"{where} is nested deeper than {limits.depth} levels or holds over {limits.values:,} values."
            )
        if isinstance(inner, str):
            limits.check_text(inner, where)
        elif isinstance(inner, Mapping):
            if not all(isinstance(key, str) for key in inner):
                raise BadInputError(f"{where}: keys must be str.")
            waiting += [(part, depth + 1) for pair in inner.items() for part in pair]
        elif isinstance(inner, list | tuple):
            waiting += [(part, depth + 1) for part in inner]
        elif isinstance(inner, float) and not math.isfinite(inner):
            raise BadInputError(f"{where} holds {inner}, which is no usable number.")
        elif inner is not None and not isinstance(inner, Number):
            raise BadInputError(
                f"{where} holds a {type(inner).__name__}.", hint="Use text, numbers, lists and maps."
            )


def _checked_messages(spec: GeneratorSpec, messages: Any, limits: Limits) -> tuple[Message, ...]:
    if isinstance(messages, str) or not isinstance(messages, Sequence):
        raise BadInputError("messages must be a list of {'role', 'content'} objects.")
    if len(messages) > limits.messages:
        raise InputTooLargeError(f"There are {len(messages)} messages; the limit is {limits.messages}.")
    if messages and Kind.MESSAGES not in spec.inputs:
        raise BadInputError(f"{spec.id} takes no messages.", hint="Give it inputs instead.")
    checked = []
    for index, message in enumerate(messages):
        if isinstance(message, Mapping):
            if set(message) != {"role", "content"} or not all(isinstance(v, str) for v in message.values()):
                raise BadInputError(f"messages[{index}] must have exactly 'role' and 'content', both str.")
            limits.check_text(message["content"], f"messages[{index}]")
            checked.append(Message(message["role"], message["content"]))
        elif isinstance(message, Message):
            limits.check_text(message.content, f"messages[{index}]")
            checked.append(message)
        else:
            raise BadInputError(f"messages[{index}] must be an object, got {type(message).__name__}.")
    return tuple(checked)


def texts_in(value: Any) -> Iterable[str]:
    """Every str inside a value of plain lists and mappings (their keys included)."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from texts_in(key)
            yield from texts_in(inner)
    elif isinstance(value, Iterable) and not isinstance(value, bytes):
        for inner in value:
            yield from texts_in(inner)


def joined_inputs(inputs: Mapping[str, Any]) -> str:
    """All texts in the inputs, one a line, so that detectors see them in each other's context."""
    return "\n".join(
        text
        for name, value in inputs.items()
        for text in (*spoken_name(name), *texts_in(value))
        if text.strip()
    )


def spoken_name(name: str) -> tuple[str, ...]:
    """A name of an input that may say something (not ``audience.age`` but a sentence), to be screened too."""
    return () if _PLAIN_NAME.fullmatch(name) else (name,)


def screened_parts(request: Request) -> list[Content]:
    """What of a request is screened at the prompt stage.

    The inputs as one text, then every message that did not come from the host: user and tool turns, and
    assistant turns that a client sent back.
    """
    parts: list[Content] = []
    joined = joined_inputs(request.inputs)
    if joined:
        parts.append(Text(joined, request.language))
    parts.extend(Text(m.content, request.language) for m in request.messages if m.role != "system")
    return parts
