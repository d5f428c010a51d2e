"""``text/poem-form``: does a Chinese poem keep its form; every position that does not, by name.

The form is the one the request asked for (option or input ``form``), else the one whose line lengths the text has. The
rhyme book is the one asked for (option or input ``book``), else that of the form's tradition.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aigc_sdk.context import CallContext
from aigc_sdk.errors import BadInputError
from aigc_sdk.request import Sample
from aigc_sdk.score import Score
from aigc_sdk.verdict import Err
from aigc_text.evaluators.common import Stateless, each, text_of
from aigc_text.generators.poem.checker import FormReport, check_form, detect_form
from aigc_text.generators.poem.forms import Form, form_named
from aigc_text.generators.poem.rhymes import BookName, rhyme_book

_IMPLEMENTATION = "aigc_text.poem_form/1"
_METRIC = "form_kept"
_MOST = 2000
"""Characters: no form comes near it."""
_BOOKS: dict[str, BookName] = {"pingshui": "pingshui", "cilin": "cilin", "xinyun": "xinyun"}


class PoemForm(Stateless):
    """Scores ``form_kept``: the share of a form's requirements that a text keeps; 1 exactly where it keeps all."""

    def evaluate(self, samples: Sequence[Sample], *, ctx: CallContext) -> list[Sequence[Score] | Err]:
        """One score a sample; invalid where the text has no form that is known here."""
        return each(samples, _score, ctx)


def _score(sample: Sample) -> list[Score]:
    text = text_of(sample)
    form = _form(sample, text) if len(text) <= _MOST else None
    if form is None:
        reason = "The lines are not as long as those of any form known here, and no form was asked for."
        return [Score.invalid(_METRIC, reason, range=(0.0, 1.0), implementation=_IMPLEMENTATION)]
    book = _book(sample, form)
    report = check_form(text, form, rhyme_book(book))
    return [
        Score(
            metric=_METRIC,
            value=max(0.0, 1.0 - len(report.violations) / report.checked) if report.violations else 1.0,
            range=(0.0, 1.0),
            implementation=_IMPLEMENTATION,
            explanation=_explanation(report),
            details=_details(report, book),
        )
    ]


def _asked(sample: Sample, name: str) -> str | None:
    if sample.request is None:
        return None
    value = getattr(sample.request.options, name, None) or sample.request.inputs.get(name)
    return value if isinstance(value, str) else None


def _form(sample: Sample, text: str) -> Form | None:
    asked = _asked(sample, "form")
    if asked is not None:
        return form_named(asked)
    return detect_form(text)


def _book(sample: Sample, form: Form) -> BookName:
    asked = _asked(sample, "book")
    if asked is None or asked == "auto":
        return form.book
    if asked not in _BOOKS:
        raise BadInputError(
            f"No rhyme book is called {asked[:40]!r}.", hint=f"There are: {', '.join(_BOOKS)}."
        )
    return _BOOKS[asked]


def _explanation(report: FormReport) -> str:
    what = report.form.name + (f"（{report.scheme}）" if report.scheme not in ("", report.form.name) else "")
    if report.kept:
        return f"{what}: the form is kept. 合律。"
    zh = "".join(violation.zh for violation in report.violations)
    en = " ".join(violation.en for violation in report.violations)
    return f"{what}: {en} {zh}"


def _details(report: FormReport, book: BookName) -> dict[str, Any]:
    return {
        "form": report.form.name,
        "scheme": report.scheme,
        "book": book,
        "requirements": report.checked,
        "violations": [
            {"line": v.line, "position": v.position, "code": v.code, "en": v.en, "zh": v.zh}
            for v in report.violations
        ],
    }
