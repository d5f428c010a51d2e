"""Generators that write with an instruct model say what is missing, a row at a time."""

from __future__ import annotations

import pytest

from aigc_sdk.context import CallContext
from aigc_sdk.errors import ComponentError
from aigc_sdk.request import Request
from aigc_text.generators.chat import ChatGenerator, ChatOptions
from aigc_text.generators.extract.generator import ExtractGenerator
from aigc_text.generators.extract.options import ExtractOptions
from aigc_text.generators.summary.generator import SummaryGenerator
from aigc_text.generators.summary.options import SummaryOptions


@pytest.mark.parametrize(
    ("generator", "inputs", "options"),
    [
        (ChatGenerator, {"prompt": "Hello"}, ChatOptions()),
        (ExtractGenerator, {"text": "Anna paid £20."}, ExtractOptions(method="llm")),
        (SummaryGenerator, {"text": "It rained. It stopped."}, SummaryOptions(method="llm")),
    ],
)
def test_without_load_every_row_says_so(generator, inputs, options):
    rows = generator().generate([Request(inputs=inputs, options=options)] * 2, ctx=CallContext())
    assert [type(row.error) for row in rows] == [ComponentError] * 2
    assert all("not loaded" in row.error.message and "load(" in row.error.hint for row in rows)
