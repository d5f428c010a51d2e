"""From what a caller passes to a checked `Request`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from pydantic import BaseModel, ValidationError

from aigc_sdk.content import Content, Message, Text
from aigc_sdk.errors import BadInputError, InputTooLargeError, OptionError, UnsupportedLanguageError
from aigc_sdk.request import Request, new_request_id
from aigc_sdk.spec import GeneratorSpec
from aigc_sdk.taxonomy import Kind


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes over which input is refused before any component sees it.

    Attributes:
        text_chars: Characters of one text.
        inputs: Number of named inputs.
        messages: Number of chat messages.
        n: Results of one request.
    """

    text_chars: int = 200_000
    inputs: int = 256
    messages: int = 1_000
    n: int = 64

    def check_text(self, text: str, where: str) -> None:
        """Raise InputTooLargeError for a text over the limit, BadInputError for an unusable one."""
        if len(text) > self.text_chars:
            raise InputTooLargeError(
                f"{where} has {len(text):,} characters; the limit is {self.text_chars:,}.",
                hint="Split it, or raise Limits.text_chars.",
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
            raise OptionError(f"{owner} takes no options, got {', '.join(sorted(given))}.")
        return None
    if isinstance(given, model):
        return given
    if given is not None and not isinstance(given, Mapping):
        raise OptionError(f"Options of {owner} must be a mapping, got {type(given).__name__}.")
    values = dict(given or {})
    unknown = sorted(set(values) - set(model.model_fields))
    known = ", ".join(model.model_fields)
    if unknown:
        raise OptionError(f"{owner} has no option {', '.join(map(repr, unknown))}.", hint=f"It has: {known}.")
    try:
        return model.model_validate(values)
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, row['loc'])) or 'options'}: {row['msg']}" for row in error.errors()]
        raise OptionError(f"Options of {owner} are wrong: {'; '.join(lines)}.") from None


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
    else:
        known = {f.name for f in fields(Request)} - {"feedback", "attempt"}
        unknown = sorted(set(given) - known)
        if unknown:
            raise BadInputError(
                f"A request has no field {', '.join(map(repr, unknown))}.",
                hint=f"It has: {', '.join(sorted(known))}.",
            )
        values = {k: v for k, v in given.items() if v is not None}
        request = Request(**{**values, "id": str(values.get("id") or new_request_id())})
    if not isinstance(request.n, int) or not 1 <= request.n <= limits.n:
        raise OptionError(f"n must be between 1 and {limits.n}, got {request.n!r}.")
    _check_language(spec, request.language)
    limits.check_text(request.id, "the request id")
    return replace(
        request,
        inputs=_checked_inputs(spec, request.inputs, limits),
        messages=_checked_messages(spec, request.messages, limits),
        options=build_options(spec.options_model(), request.options, spec.id),
    )


def _check_language(spec: GeneratorSpec, language: str | None) -> None:
    if language is None:
        return
    if not isinstance(language, str):
        raise BadInputError(f"language must be a str such as 'en', got {type(language).__name__}.")
    if spec.languages and language not in spec.languages:
        raise UnsupportedLanguageError(
            f"{spec.id} does not serve language {language!r}.",
            hint=f"It serves: {', '.join(spec.languages)}.",
        )


def _checked_inputs(spec: GeneratorSpec, inputs: Any, limits: Limits) -> dict[str, Any]:
    if not isinstance(inputs, Mapping):
        raise BadInputError(f"inputs must be a mapping, got {type(inputs).__name__}.")
    if len(inputs) > limits.inputs:
        raise InputTooLargeError(f"There are {len(inputs)} inputs; the limit is {limits.inputs}.")
    for name, value in inputs.items():
        if not isinstance(name, str):
            raise BadInputError(f"Names of inputs must be str, got {type(name).__name__}.")
        limits.check_text(name, "the name of an input")
        for text in texts_in(value):
            limits.check_text(text, f"input {name!r}")
    if Kind.MESSAGES not in spec.inputs and not inputs:
        raise BadInputError(
            f"{spec.id} needs inputs.", hint=f"For example: {dict(spec.example.get('inputs', {}))!r}."
        )
    return dict(inputs)


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
    return "\n".join(text for value in inputs.values() for text in texts_in(value) if text.strip())


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
