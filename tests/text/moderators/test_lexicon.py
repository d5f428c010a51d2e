"""The lexicon moderator: users' lists, findings with evidence, errors that say what to do, the shipped list."""

import zlib

import pytest

from aigc_sdk.bundles import open_bundle
from aigc_sdk.content import Text
from aigc_sdk.context import CallContext
from aigc_sdk.errors import BundleError, CancelledError, ComponentError, OptionError
from aigc_sdk.spec import resolve
from aigc_sdk.taxonomy import Category, Severity, Stage
from aigc_sdk.verdict import Err
from aigc_text.moderators import lexicon, specs
from aigc_text.moderators.lexicon import MAX_MATCH, LexiconModerator
from aigc_text.moderators.lexicon_fold import TABLE_FILE, read_table, write_table
from aigc_text.moderators.lexicon_terms import Term, decode_terms, encode_terms, read_user_terms
from aigc_text.moderators.shipped import FOLDER, open_shipped


@pytest.fixture
def user_list(tmp_path):
    path = tmp_path / "house.tsv"
    path.write_text(
        "# our own words\n"
        "zork\n"
        "block\tglimmo\tprofanity\t3\tfriend\n"
        "block\t祖克\tharassment\t1\n"
        "allow\tzork museum\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def moderator(user_list):
    moderator = LexiconModerator([user_list], core=False)
    moderator.load(None)
    return moderator


def screen(moderator, *texts):
    return moderator.moderate([Text(t) for t in texts], stage=Stage.OUTPUT, ctx=CallContext())


def test_findings_name_category_severity_place_and_reason(moderator):
    (screening,) = screen(moderator, "Hello Glimmo, glimmo!")
    (finding,) = screening.findings
    assert (finding.category, finding.severity) == (Category.PROFANITY, Severity.HIGH)
    assert [(s.start, s.end, s.matched) for s in finding.spans] == [(6, 12, "glimmo"), (14, 20, "glimmo")]
    assert finding.replacement == "friend"
    assert finding.detector == "text/lexicon"
    assert "house.tsv" in finding.explanation.en
    assert "house.tsv" in finding.explanation.zh


def test_one_screening_a_text_in_order(moderator):
    results = screen(moderator, "fine", "zork", "", "the zork museum", "说祖克的人")
    assert [len(r.findings) for r in results] == [0, 1, 0, 0, 1]
    assert all(r.complete for r in results)


def test_terms_without_columns_are_custom_and_medium(moderator):
    finding = screen(moderator, "zork")[0].findings[0]
    assert (finding.category, finding.severity) == (Category.CUSTOM, Severity.MEDIUM)


def test_lists_are_found_through_the_environment(user_list, monkeypatch):
    monkeypatch.setenv(lexicon.FILES_VARIABLE, str(user_list))
    moderator = LexiconModerator(core=False)
    moderator.load(None)
    assert screen(moderator, "zork")[0].findings


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("ban\tzork", "line 1"),
        ("block\tzork\tnonsense", "category is unknown"),
        ("block\tzork\tcustom\t7", "severity"),
        ("block\t!!!", "no letter"),
        ("block\t" + "z" * 41, "longer than 40"),
        ("block\tzork\tcustom\t2\tx\ty", "6 columns"),
    ],
)
def test_a_wrong_line_is_named_and_its_term_is_not(tmp_path, line, complaint):
    path = tmp_path / "wrong.tsv"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(OptionError) as caught:
        read_user_terms(path)
    assert complaint in str(caught.value)
    assert "zork" not in str(caught.value).replace(str(path), "")


def test_an_absent_list_is_an_error_not_an_empty_list(tmp_path):
    with pytest.raises(OptionError):
        LexiconModerator([tmp_path / "nowhere.tsv"], core=False).load(None)


def test_a_changed_list_takes_effect_and_a_broken_one_does_not(moderator, user_list, monkeypatch, caplog):
    monkeypatch.setattr(lexicon, "RELOAD_SECONDS", 0.0)
    assert not screen(moderator, "frobnitz")[0].findings
    user_list.write_text("frobnitz\n", encoding="utf-8")
    assert screen(moderator, "frobnitz")[0].findings
    assert not screen(moderator, "zork")[0].findings
    user_list.write_text("block\tzork\tnonsense category\n", encoding="utf-8")
    assert screen(moderator, "frobnitz")[0].findings
    assert screen(moderator, "frobnitz")[0].findings
    assert sum("keeps the lists" in r.message for r in caplog.records) == 1
    with pytest.raises(OptionError):
        moderator.reload()
    user_list.unlink()
    assert screen(moderator, "frobnitz")[0].findings
    user_list.write_text("zork again\nzork\n", encoding="utf-8")
    assert screen(moderator, "zork")[0].findings


def test_files_are_looked_at_once_a_second_at_most(moderator, monkeypatch):
    looks = []
    monkeypatch.setattr(lexicon, "_stamps", lambda files: looks.append(1) or moderator._stamps)
    for _ in range(50):
        screen(moderator, "fine")
    assert len(looks) == 1


def test_before_load_and_after_close_nothing_passes(moderator):
    moderator.close()
    (result,) = screen(moderator, "fine")
    assert isinstance(result, Err)
    assert isinstance(result.error, ComponentError)


def test_a_cancelled_call_clears_nothing(moderator):
    ctx = CallContext()
    ctx.cancel.cancel()
    (result,) = moderator.moderate([Text("fine")], stage=Stage.OUTPUT, ctx=ctx)
    assert isinstance(result, Err)
    assert isinstance(result.error, CancelledError)


def test_compiled_lists_come_back_as_they_were():
    terms = [Term("zork", Category.HATE, "slur", Severity.HIGH, origin="x"), Term("museum", allow=True)]
    assert sorted(decode_terms(encode_terms(terms)), key=lambda t: t.key) == sorted(
        terms, key=lambda t: t.key
    )
    assert encode_terms(terms) == encode_terms(terms[::-1])


@pytest.mark.parametrize("data", [b"", b"junk", encode_terms([Term("zork")])[:-3], zlib.compress(b'[["a"]]')])
def test_a_damaged_compiled_list_is_refused(data):
    with pytest.raises(BundleError):
        decode_terms(data)


# ---- what ships ---------------------------------------------------------------------------------------


def test_the_shipped_list_is_whole_and_says_where_it_comes_from():
    bundle = open_bundle(FOLDER / "lexicon-core")
    assert bundle.manifest.task == "lexicon"
    assert {c.licence for c in bundle.manifest.training_data} <= {"MIT", "Apache-2.0", "CC-BY-4.0"}
    assert "NOTICE" in bundle.manifest.files
    assert len(decode_terms(bundle.path(lexicon.DATA_FILE).read_bytes())) > 1000


def test_the_shipped_list_cannot_be_read_by_leafing_through_it():
    data = open_shipped("lexicon-core").path(lexicon.DATA_FILE).read_bytes()
    assert not any(t.key.encode() in data for t in decode_terms(data) if len(t.key) > 5)


def test_every_shipped_term_is_found_by_itself_and_within_the_bound():
    moderator = LexiconModerator()
    moderator.load(None)
    terms = decode_terms(open_shipped("lexicon-core").path(lexicon.DATA_FILE).read_bytes())
    results = screen(moderator, *(f"so {t.key} then" for t in terms))
    assert all(r.findings for r in results)
    assert moderator.max_match <= MAX_MATCH


def test_pinyin_of_shipped_terms_is_a_severity_lower():
    terms = decode_terms(open_shipped("lexicon-core").path(lexicon.DATA_FILE).read_bytes())
    pinyin = [t for t in terms if t.subcategory in ("explicit", "trade") and t.key.isascii()]
    assert len(pinyin) > 200
    assert {t.severity for t in pinyin} == {Severity.LOW}


def test_the_table_of_characters_pairs_up_and_leads_nowhere_further():
    table = read_table(open_shipped("lexicon-core").path(TABLE_FILE).read_bytes())
    assert len(table) > 2000
    assert not set(table) & set(table.values())
    assert read_table(write_table(table)) == table
    with pytest.raises(BundleError):
        read_table("國語\n国\n".encode())


def test_declared_specs_fit_the_components():
    by_id = {spec.id: spec for spec in specs.MODERATORS}
    assert by_id["text/lexicon"].max_match == MAX_MATCH
    for spec in specs.MODERATORS:
        assert resolve(spec.factory)
        assert set(spec.bundles) <= {b.id for b in specs.BUNDLES}
