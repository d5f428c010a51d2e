"""A user's template can neither leave its sandbox nor exhaust the machine: it ends in a TemplateError."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from aigc_sdk.context import CallContext, CancelToken
from aigc_sdk.errors import CancelledError, TemplateError
from aigc_text.generators.copy.sandbox import MAX_OUTPUT, SandboxedTemplate

VALUES = {
    "name": "Luna",
    "facts": [{"label": "price", "value": "£20"}],
    "sizes": ["S", "M"],
    "choose": lambda *o: o[0],
}

ESCAPES = [
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ name|attr('__class__') }}",
    "{{ name['__class__'] }}",
    "{{ (name ~ '')['__class__'] }}",
    "{{ facts[0].__class__ }}",
    "{{ [1]|map(attribute='__class__')|list }}",
    "{{ [1]|sort(attribute='__class__') }}",
    "{{ '{0.__class__}'.format(name) }}",
    "{{ '%s'|format(name) }}",
    "{{ '{0.__class__}'.format_map(name) }}",
    "{{ range.__globals__ }}",
    "{{ choose.__globals__ }}",
    "{{ choose.__code__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{% set n = namespace() %}{{ n.__class__ }}",
    "{{ self.__init__.__globals__ }}",
    "{% for x in sizes %}{{ loop.__class__ }}{% endfor %}",
    "{% macro m() %}{% endmacro %}{{ m.__init__ }}",
    "{{ lipsum.__globals__ }}",
    "{{ cycler.__init__ }}",
    "{{ name.encode('utf-8') }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% from 'os' import path %}",
    "{% extends 'base' %}",
    "{{ facts }}",
    "{{ choose }}",
    "{{ config }}",
]

BOMBS = [
    "{% for i in range(10**9) %}x{% endfor %}",
    "{% for i in range(4000) %}{% for j in range(4000) %}{% endfor %}{% endfor %}",
    "{{ 'a' * 10**9 }}",
    "{{ 10**9 * 'a' }}",
    "{{ sizes * 10**8 }}",
    "{{ 2 ** 99999999 }}",
    "{{ 10 ** 10 ** 10 }}",
    "{{ '%999999999d' % 1 }}",
    "{{ 'a'|center(10**9) }}",
    "{{ 'a'.center(10**9) }}",
    "{{ 'a'.ljust(10**9) }}",
    "{{ 'a'.replace('a', 'b') }}",
    "{{ (1|round(10**9)) ~ (9 ** 99 ** 99) }}",
    "{{ range(99999)|join('a' * 20000)|length }}",
    "{{ range(5000)|join('a' * 20000)|length }}",
    "{{ range(99999)|list|length }}",
    "{% set ns = namespace(x='aaaaaaaaaa') %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
    "{% set ns = namespace(x='aaaaaaaaaa') %}{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
    "{% set ns = namespace(x=2) %}{% for i in range(60) %}{% set ns.x = ns.x * ns.x %}{% endfor %}",
    "{% set x = 'aaaaaaaa' %}" + "{% set x %}{{x}}{{x}}{{x}}{{x}}{% endset %}" * 40,
    "{% set x = [1] %}" + "{% set x = [x, x] %}" * 60,
    "{% set x = {'a': 1} %}" + "{% set x = {'a': x, 'b': x} %}" * 60,
    "{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}",
    "{% block a %}{{ self.a() }}{{ self.a() }}{% endblock %}",
    "{% filter upper %}{% for i in range(4999) %}" + "x" * 4000 + "{{ name }}{% endfor %}{% endfilter %}",
    "{% macro m() %}{% for i in range(4999) %}{{ name * 4000 }}{% endfor %}{% endmacro %}{{ m()|length }}",
    "{% macro m() %}{% for i in range(4900) %}" + "x" * 60_000 + "{% endfor %}{% endmacro %}{{ m()|length }}",
    "{% set x = 'a' * 20000 %}{{ (x" + " ~ x" * 5000 + ")|length }}",
    "{% set x = namespace(a=1) %}" + "{% set x = namespace(a=x, b=x) %}" * 60 + "{{ x|string|length }}",
    "{{ (['" + "a" * 20_000 + "'] * 20000)|string|length }}",
    "{{ ((1).to_bytes(10**9, 'big'))|length }}",
]


@pytest.mark.parametrize("source", ESCAPES)
def test_nothing_leaves_the_sandbox(source):
    with pytest.raises(TemplateError):
        SandboxedTemplate(source, "own.jinja").render(VALUES)


@pytest.mark.parametrize("source", BOMBS)
def test_no_template_exhausts_time_or_memory(source):
    tracemalloc.start()
    begun = time.process_time()
    try:
        with pytest.raises(TemplateError):
            SandboxedTemplate(source, "own.jinja").render(VALUES)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert time.process_time() - begun < 10  # tracing included
    assert peak < 64 << 20


@pytest.mark.parametrize(
    "source", ["{% if %}", "{{ name", "{% for x in y %}", "{{ name|nosuch }}", "{{ name is nosuch }}"]
)
def test_malformed_templates_say_where(source):
    with pytest.raises(TemplateError, match=r"own\.jinja"):
        SandboxedTemplate(source, "own.jinja")


def test_a_missing_value_is_named():
    with pytest.raises(TemplateError, match="colour"):
        SandboxedTemplate("In {{ colour }}", "own.jinja").render(VALUES)


def test_errors_while_rendering_are_typed():
    for source in (
        "{{ 1 / 0 }}",
        "{{ name + 1 }}",
        "{{ sizes[7] }}",
        "{{ name() }}",
        "{% call choose() %}{% endcall %}",
    ):
        with pytest.raises(TemplateError):
            SandboxedTemplate(source, "own.jinja").render(VALUES)


def test_output_is_limited():
    template = SandboxedTemplate("{% for i in range(3000) %}0123456789{% endfor %}", "own.jinja")
    with pytest.raises(TemplateError, match=str(MAX_OUTPUT)):
        template.render(VALUES)


def test_cancellation_reaches_a_loop():
    token = CancelToken()
    token.cancel()
    template = SandboxedTemplate("{% for i in range(10) %}x{% endfor %}", "own.jinja")
    with pytest.raises(CancelledError):
        template.render(VALUES, ctx=CallContext(cancel=token))


def test_both_kinds_of_templates_run_in_the_one_sandbox():
    from aigc_sdk.runtime.chat_template import CHAT
    from aigc_text.generators.copy.sandbox import COPY

    assert COPY.filters <= CHAT.filters | {"sum", "truncate", "wordcount"}
    assert COPY.string_methods < CHAT.string_methods
    assert not {"attr", "format", "map", "xmlattr", "center", "pprint"} & COPY.filters
    for name in ("source", "seconds", "steps", "text", "items", "printed", "output"):
        assert getattr(COPY, name) < getattr(CHAT, name)


def test_what_a_copywriter_needs_works():
    source = (
        "{% macro line(f) %}{{ f.label|title }}: {{ f['value'] }}{% endmacro %}"
        "{% set intro %}Meet {{ name }}{% endset %}{{ intro }}!"
        "{% for f in facts %} {{ loop.index }}. {{ line(f) }}{% if not loop.last %};{% endif %}{% endfor %}"
        " {{ sizes|join(', ') }} {{ choose('a', 'b')|upper }} {{ name.lower() }} {{ colour|default('any colour') }}"
        " {{ 'long' if name|length > 3 else 'short' }} {{ name ~ '-' ~ 2 }} {{ 7 % 4 }}"
        "{% for k, v in facts[0].items() %} {{ k }}={{ v }}{% endfor %}"
        "{% for x in ['p', 'q'] %} {{ x }}{% endfor %} {{ [name, sizes[1]]|join('+') }}{% if colour is not defined %} ok{% endif %}"
    )
    assert SandboxedTemplate(source, "own.jinja").render(VALUES) == (
        "Meet Luna! 1. Price: £20 S, M A luna any colour long Luna-2 3 label=price value=£20 p q Luna+M ok"
    )
