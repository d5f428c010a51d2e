"""Copy from a user's own Jinja file.

The template sees every fact by its key in lower case with underscores (``{{ price }}``, ``{{ battery_life }}``; lists
as lists, yes/no as true/false), ``facts`` (label, value), ``audience.age|interests|budget|history``, ``voice``,
``channel``, ``language``, and can use ``{{ choose("a", "b") }}`` (a seeded choice) and the filters ``listing`` (*a, b
and c*) and ``article`` (*an apple*). The rest is in `aigc_text.generators.copy.sandbox`.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from pathlib import Path
from threading import Lock
from typing import Any

from aigc_sdk.context import CallContext
from aigc_sdk.errors import TemplateError
from aigc_text.facts.inputs import Brief
from aigc_text.facts.labels import slug
from aigc_text.generators.copy.profile import CHANNELS, Profile
from aigc_text.generators.copy.sandbox import MAX_SOURCE, SandboxedTemplate
from aigc_text.generators.copy.sentences import Chooser, choose, listing, with_article

SUFFIXES = (".jinja", ".jinja2", ".j2", ".txt", ".md")
_KEPT = 32

_cache: OrderedDict[tuple[str, int, int, str], SandboxedTemplate] = OrderedDict()
_lock = Lock()


def is_builtin(template: str | None) -> bool:
    """True for the name of a built-in layout (a channel's name) or None."""
    return template is None or template in CHANNELS


def open_template(path: str, language: str) -> SandboxedTemplate:
    """Read and compile a template file; compiled files are kept until they change.

    Raises:
        TemplateError: If it is no readable template file, too large or malformed.
    """
    file = Path(path)
    if file.suffix not in SUFFIXES:
        raise TemplateError(
            f"{path!r} is neither a built-in layout nor a template file.",
            hint=f"Built in: {', '.join(CHANNELS)}. Files end in {', '.join(SUFFIXES)}.",
        )
    try:
        status = file.stat()
        if not file.is_file():
            raise TemplateError(f"The template {path!r} is not a file.")
        key = (os.path.abspath(path), status.st_mtime_ns, status.st_size, language)  # noqa: PTH100  # no resolving
        with _lock:
            if key in _cache:
                _cache.move_to_end(key)
                return _cache[key]
        if status.st_size > 4 * MAX_SOURCE:
            raise TemplateError(f"Template {file.name} is larger than {MAX_SOURCE} characters.")
        source = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise TemplateError(f"The template {path!r} cannot be read: {error.strerror}.") from error
    except ValueError as error:  # not UTF-8, or NUL in the path
        raise TemplateError(f"The template {path!r} cannot be read: {error}.") from error
    filters = {"listing": lambda values: listing(_as_list(values), language), "article": with_article}
    template = SandboxedTemplate(source, file.name, filters)
    with _lock:
        _cache[key] = template
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
    return template


def _as_list(values: object) -> list[str]:
    if isinstance(values, list | tuple):
        return [str(value) for value in values] or [""]
    return [str(values)]


def template_values(brief: Brief, profile: Profile, language: str) -> dict[str, Any]:
    """The variables a template sees."""
    values: dict[str, Any] = {}
    facts = []
    for fact in brief.facts:
        value: Any
        if fact.boolean is not None:
            value, shown = fact.boolean, "yes" if fact.boolean else "no"
            if language == "zh":
                shown = "是" if fact.boolean else "否"
        else:
            value = list(fact.values) if len(fact.values) > 1 else fact.values[0]
            shown = listing(fact.values, language)
        name = slug(fact.key)
        values[name] = value
        if fact.canonical:
            # A template for "price" also serves inputs that say 价格.
            values.setdefault(fact.canonical, value)
        facts.append({"key": name, "label": fact.label(language), "value": shown})
    return values | {
        "facts": facts,
        "audience": {
            "age": brief.age or "",
            "group": profile.age or "",
            "interests": list(brief.interests),
            "budget": profile.budget or "",
            "history": list(brief.history),
        },
        "voice": profile.voice,
        "channel": profile.channel,
        "language": language,
        "call_to_action": brief.call_to_action or "",
    }


def write(
    template: SandboxedTemplate, values: dict[str, Any], rng: Chooser, ctx: CallContext | None = None
) -> str:
    """One candidate."""

    def pick(*options: Any) -> Any:
        if not options:
            raise TemplateError(f"Template {template.name}: choose() needs something to choose from.")
        if len(options) == 1 and isinstance(options[0], list | tuple) and options[0]:
            options = tuple(options[0])
        return choose(rng, options)

    return template.render({**values, "choose": pick}, ctx=ctx)
