"""Chat templates come with models: hostile ones end with a typed error at once, honest ones render as in Jinja."""

from __future__ import annotations

import resource
import time

import pytest
from jinja2.sandbox import ImmutableSandboxedEnvironment

from aigc_sdk.content import Message
from aigc_sdk.errors import TemplateError
from aigc_sdk.runtime.chat_template import CHAT, ChatTemplate

MESSAGES = [
    Message("system", "Be brief."),
    Message("user", " hi\n"),
    Message("assistant", "yes"),
    Message("user", "a"),
]

HOSTILE = [
    "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
    "{{ 9 ** 9 ** 9 ** 9 }}",
    "{% set ns = namespace(n=9) %}{% for i in range(99) %}{% set ns.n = ns.n * ns.n %}{% endfor %}",
    "{{ 'x' * 10 ** 10 }}",
    "{{ [1] * 10 ** 9 }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ '%*d' % (1000000000, 1) }}",
    "{{ '{:>9999999999}'.format(1) }}",
    "{{ 'x'.ljust(10 ** 10) }}",
    "{{ 'x' | center(10 ** 10) }}",
    "{{ ('x' * 100000).replace('x', 'y' * 100000) }}",
    "{{ ('x' * 100000) | replace('x', 'y' * 100000) }}",
    "{{ ('y' * 100000).join(('x' * 100000) | list) }}",
    "{{ ('a,' * 1000000).split(',') | join('x' * 1000) }}",
    "{% set ns = namespace(s='x') %}{% for i in range(60) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}{{ ns.s }}",
    "{% set ns = namespace(s=[1]) %}{% for i in range(60) %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}{{ ns.s }}",
    "{% set x %}{% for i in range(99999) %}{{ 'x' * 99999 }}{% endfor %}{% endset %}",
    "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
    "{% for a in range(300) recursive %}{{ loop(range(300)) }}{% endfor %}",
    "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    "{{ lipsum(n=10000) }}",
    "{{ namespace }}",
    "x" * (CHAT.source + 1),
    "{{ ('x'.encode() * 10**9) | length }}",
    "{{ (1).to_bytes(10**9, 'big') | length }}",
    "{{ (('%(k)s' * 10000) % {'k': 'x' * 100000}) | length }}",
    "{% set x = 'a' * 16000000 %}{{ (x" + " ~ x" * 200 + ") | length }}",
    "{% for i in range(9999) %}" + "x" * 200_000 + "{% endfor %}",
    "{% set n = namespace(a=1) %}" + "{% set n = namespace(a=n, b=n) %}" * 22 + "{{ n | string | length }}",
    "{{ strftime_now('%999Y' * 100000) | length }}",
    "{% set ns = namespace(s=range(9000)|list) %}{% for i in range(500) %}{% set ns.s = [ns.s] %}{% endfor %}"
    "{{ ns.s | tojson(indent=16) | length }}",
]


@pytest.mark.parametrize("source", HOSTILE, ids=lambda source: source[:60])
def test_hostile_templates_end_soon_and_small(text_tokenizers, source):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.monotonic()
    with pytest.raises(TemplateError):
        ChatTemplate(source, text_tokenizers["byte-level"]).encode(MESSAGES)
    assert time.monotonic() - begin < 6
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000  # KiB


HONEST = [
    "{% for m in messages %}{{ m.role | upper }}{% if loop.first %}!{% endif %}{{ m['content'] | trim }}"
    "{% if not loop.last %}{{ loop.index0 % 2 }},{% endif %}{% endfor %}",
    "{%- set ns = namespace(n=0, system='') %}{% for m in messages if m.role in ['user', 'system'] %}"
    "{% set ns.n = ns.n + 1 %}{% set ns.system = ns.system ~ m.content %}{% endfor %}{{ ns.n }}{{ ns.system }}",
    "{% set rest = [messages[0]] + messages[1:] %}{{ rest | length }}{{ rest[-1].content }}"
    "{{ rest | map(attribute='role') | join(', ') }}{{ rest | selectattr('role', 'equalto', 'user') | list | count }}",
    "{% macro turn(role, text) %}<{{ role }}>{{ text.strip().replace('a', 'bb').split('b') | join('-') }}{% endmacro %}"
    "{% for m in messages %}{{ turn(m.role, m.content) }}{% endfor %}{{ {'a': [1, 2.5, none]} | tojson(indent=2) }}",
    "{% for k, v in messages[0].items() %}{{ k }}={{ v }};{% endfor %}{{ ('a\nb') | indent(2) }}{{ tools is defined }}"
    "{% for m in messages %}{% if loop.index == 2 %}{% continue %}{% endif %}{{ loop.length }}{% endfor %}"
    "{{ '%s and %s' % ('a', 'b') }}{{ 'x' * 3 }}{{ [1, 2] == [1, 2] }}{{ 7 // 2 ** 1 }}{{ missing }}{{ none }}",
]


@pytest.mark.parametrize("source", HONEST, ids=lambda source: source[:30])
def test_honest_templates_render_as_in_jinja(text_tokenizers, source):
    plain = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
    )
    messages = [{"role": m.role, "content": m.content} for m in MESSAGES]
    expected = plain.from_string(source).render(messages=messages, add_generation_prompt=True)
    rendered = ChatTemplate(source, text_tokenizers["byte-level"]).render(MESSAGES)
    assert rendered == expected.replace("&#34;", '"')


def test_a_template_that_refuses_says_why(text_tokenizers):
    template = ChatTemplate("{{ raise_exception('roles must alternate') }}", text_tokenizers["byte-level"])
    with pytest.raises(TemplateError, match="roles must alternate"):
        template.render(MESSAGES)


@pytest.mark.parametrize("method", ["common", "ceil", "floor"])
def test_rounding_to_many_digits_costs_nothing(text_tokenizers, method):
    # Jinja's own filter raises ten to the number of digits.
    template = ChatTemplate(
        f"{{{{ 1.5 | round(10**8, '{method}') }}}} {{{{ 2.345 | round(2, '{method}') }}}}",
        text_tokenizers["byte-level"],
    )
    begin = time.process_time()
    assert (
        template.render(MESSAGES)
        == f"1.5 {2.35 if method == 'ceil' else 2.34 if method == 'floor' else round(2.345, 2)}"
    )
    assert time.process_time() - begin < 1
