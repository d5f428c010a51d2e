"""``text/entities``: names of people, organisations and the user's own list, explained and of low severity."""

import pytest

from aigc_sdk.content import Image, Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import OptionError
from aigc_sdk.taxonomy import Category, Severity, Stage
from aigc_sdk.verdict import Err
from aigc_text.moderators import specs
from aigc_text.moderators.entities.moderator import MAX_MATCH, EntityModerator
from aigc_text.moderators.entities.options import EntityOptions


@pytest.fixture(scope="module")
def moderator(tmp_path_factory):
    names = tmp_path_factory.mktemp("names") / "names.txt"
    names.write_text("# ours\nZorkola\ttrademark\n快乐小熊\n", encoding="utf-8")
    moderator = EntityModerator([names])
    moderator.load(None)
    return moderator


def findings(moderator, text, **options):
    (row,) = moderator.moderate(
        [Text(text)], stage=Stage.OUTPUT, ctx=CallContext(), options=EntityOptions(**options)
    )
    assert all(f.severity == Severity.LOW and f.explanation.en and f.explanation.zh for f in row.findings)
    return {f.subcategory: [text[int(s.start) : int(s.end)] for s in f.spans] for f in row.findings}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The goods come from Brightwell Trading Ltd and are new.", "Brightwell Trading Ltd"),
        ("Die Muster Werke GmbH lädt ein", "Muster Werke GmbH"),
        ("She studied at the University of Northfield.", "University of Northfield"),
        ("He works for Northfield University now", "Northfield University"),
        ("本品由杭州晨光科技有限公司生产", "杭州晨光科技有限公司"),
        ("她毕业于北方理工大学。", "北方理工大学"),
    ],
)
def test_organisations_are_found(moderator, text, name):
    assert any(name in found for found in findings(moderator, text)["organisation"])


@pytest.mark.parametrize(
    "text",
    [
        "The company has a group of partners.",
        "这家公司很好",
        "他在一家大型公司上班",
        "我们的银行和医院",
        "Our Company",
        "考上大学",
    ],
)
def test_kinds_of_organisations_are_no_names(moderator, text):
    assert "organisation" not in findings(moderator, text)


def test_people_and_organisations_are_told_apart(moderator):
    found = findings(moderator, "Jennifer Hopkins left Hopkins Holdings, said Mr. Wozniak.")
    assert found == {"person": ["Jennifer Hopkins", "Wozniak"], "organisation": ["Hopkins Holdings"]}


def test_protected_names_are_found_in_disguise_and_say_what_they_are(moderator):
    assert findings(moderator, "Like Z0rkola, but cheaper") == {"trademark": ["Z0rkola"]}
    assert findings(moderator, "買快樂小熊吧") == {"protected": ["快樂小熊"]}
    assert findings(moderator, "Like Zorkola", protected=False) == {}


def test_options_leave_kinds_out(moderator):
    text = "Jennifer Hopkins left Hopkins Holdings"
    assert set(findings(moderator, text, people=False)) == {"organisation"}
    assert set(findings(moderator, text, organisations=False)) == {"person"}


def test_it_is_opt_in_and_bounded(moderator):
    (spec,) = [s for s in specs.MODERATORS if s.id == "text/entities"]
    assert (spec.opt_in, spec.max_match) == (True, MAX_MATCH)
    (row,) = moderator.moderate([Text("Jennifer Hopkins")], stage=Stage.OUTPUT, ctx=CallContext())
    assert row.findings[0].category == Category.PRIVACY


def test_a_wrong_list_is_named_with_its_line(tmp_path):
    path = tmp_path / "names.txt"
    path.write_text("Zorkola\n---\n", encoding="utf-8")
    with pytest.raises(OptionError, match="line 2"):
        EntityModerator([path]).load(None)
    with pytest.raises(OptionError, match="cannot be read"):
        EntityModerator([tmp_path / "none.txt"]).load(None)


def test_other_content_is_an_error_and_so_is_asking_too_early(moderator):
    import numpy as np

    (row,) = moderator.moderate([Image(np.zeros((2, 2, 3), np.uint8))], stage=Stage.OUTPUT, ctx=CallContext())
    assert isinstance(row, Err)
    (row,) = EntityModerator().moderate([Text("x")], stage=Stage.OUTPUT, ctx=CallContext())
    assert isinstance(row, Err)
