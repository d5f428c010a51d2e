"""``text/originality``: repeats of protected works, explained; nothing without a corpus."""

from __future__ import annotations

import pytest

from aigc_sdk.content import Image, Text
from aigc_sdk.context import CallContext
from aigc_sdk.corpus import Corpus, Work, default_path
from aigc_sdk.errors import CorpusError
from aigc_sdk.policy import Policy
from aigc_sdk.policy.load import parse_policy
from aigc_sdk.studio import Studio
from aigc_sdk.taxonomy import Category, Severity, Stage
from aigc_sdk.verdict import Decision, Err
from aigc_text.corpus.indexer import FoldedTextIndexer, TextIndexer
from aigc_text.moderators.originality import OriginalityModerator

POLICY = """
id: original
detectors: [{id: text/originality}]
rules: [{name: copied, action: block, categories: [ip], min_severity: medium}]
"""


def fill(path, texts, indexer="text/folded-ngrams"):
    with Corpus.create(path, indexer=indexer) as corpus:
        indexer = TextIndexer() if indexer == "text/ngrams" else FoldedTextIndexer()
        corpus.add(
            (Work(f"work-{name}", title=f"Title {name}", source="a book"), indexer.index(Text(text)))
            for name, text in texts.items()
        )
    return path


def screen(moderator, *texts):
    return moderator.moderate([Text(t) for t in texts], stage=Stage.OUTPUT, ctx=CallContext())


@pytest.fixture
def moderator(tmp_path, texts, home):
    moderator = OriginalityModerator([fill(tmp_path / "works.corpus", texts)])
    moderator.load(None)
    yield moderator
    moderator.close()


@pytest.mark.parametrize(("language", "least", "grave"), [("en", 12, 30), ("zh", 20, 50)])
def test_a_repeat_names_the_work_and_its_place(moderator, texts, language, least, grave):
    stream = TextIndexer().index(Text(texts[language]))
    for length, severity in ((least, Severity.MEDIUM), (grave, Severity.HIGH)):
        copied = texts[language][int(stream.starts[5]) : int(stream.ends[4 + length])]
        text = f"看这里 {copied}! Indeed."
        (screening,) = screen(moderator, text)
        (finding,) = screening.findings
        assert (finding.category, finding.subcategory) == (Category.IP, "verbatim")
        assert finding.severity == severity
        (span,) = finding.spans
        assert text[int(span.start) : int(span.end)] == copied
        for part in (f"work-{language}", f"Title {language}", "a book"):
            assert part in finding.explanation.en
            assert part in finding.explanation.zh
        assert copied not in finding.explanation.en


def test_original_texts_and_short_quotations_pass(moderator, texts):
    quoted = " ".join(texts["en"].split()[:11])
    rows = screen(
        moderator, "A text of our own about harbours and ferries.", f"As they say: {quoted}.", "", "12"
    )
    assert [(row.findings, row.complete) for row in rows] == [((), True)] * 4


def test_without_a_corpus_the_answer_is_empty_and_complete(home):
    moderator = OriginalityModerator()
    moderator.load(None)
    assert screen(moderator, "some text " * 50)[0].findings == ()
    assert screen(moderator, "some text " * 50)[0].complete


def test_the_default_corpus_is_picked_up_when_it_appears(home, texts):
    moderator = OriginalityModerator()
    moderator.load(None)
    assert not screen(moderator, texts["zh"])[0].findings
    fill(default_path(), texts)
    assert screen(moderator, texts["zh"])[0].findings
    with Corpus(default_path()) as corpus:
        corpus.remove(["work-zh"])
    assert not screen(moderator, texts["zh"])[0].findings
    moderator.close()


def test_a_corpus_that_is_named_must_be_there_and_whole(tmp_path, home, monkeypatch):
    monkeypatch.setenv("AIGC_CORPUS", str(tmp_path / "absent.corpus"))
    with pytest.raises(CorpusError, match="no corpus at"):
        OriginalityModerator().load(None)
    (row,) = screen(OriginalityModerator(), "text")
    assert isinstance(row, Err)


def test_a_corpus_of_another_indexer_is_refused(tmp_path, home):
    Corpus.create(tmp_path / "c", indexer="other/one").close()
    with pytest.raises(CorpusError, match="other/one"):
        OriginalityModerator([tmp_path / "c"]).load(None)


def test_other_content_is_an_error_of_its_row(moderator, texts):
    import numpy as np

    picture = Image(np.zeros((2, 2, 3), np.uint8))
    rows = moderator.moderate([picture, Text(texts["en"])], stage=Stage.OUTPUT, ctx=CallContext())
    assert isinstance(rows[0], Err)
    assert rows[1].findings


def test_it_looks_only_where_the_policy_lists_it(registry, home, texts, monkeypatch):
    fill(default_path(), texts)
    with Studio(registry=registry, policy=Policy(id="plain")) as studio:
        assert "text/originality" not in studio.moderate(Text(texts["en"])).detectors
    with Studio(registry=registry, policy=parse_policy(POLICY, "test")) as studio:
        assert studio.moderate(Text(texts["en"])).decision is Decision.BLOCK
        assert studio.moderate(Text("The weather is fine today.")).decision is Decision.ALLOW
        assert studio.moderate(Text(texts["zh"])).findings[-1].detector == "text/originality"


def test_a_damaged_corpus_never_allows(registry, home):
    default_path().parent.mkdir(parents=True)
    default_path().write_bytes(b"damaged" * 1000)
    with Studio(registry=registry, policy=parse_policy(POLICY, "test")) as studio:
        verdict = studio.moderate(Text("The weather is fine today."))
    assert verdict.decision is Decision.BLOCK
    assert verdict.errors[0].detector == "text/originality"


def test_a_corpus_of_an_earlier_version_is_still_asked_beside_a_new_one(tmp_path, texts):
    old = fill(tmp_path / "old.corpus", {"en": texts["en"]}, "text/ngrams")
    new = fill(tmp_path / "new.corpus", {"zh": texts["zh"]})
    moderator = OriginalityModerator([old, new])
    moderator.load(None)
    (screening,) = screen(moderator, f"{texts['en']} {texts['zh']}")
    assert len(screening.findings) == 2
    moderator.close()


def test_a_copy_in_disguised_letters_is_found(moderator, texts):
    hidden = texts["en"].replace("o", "0").replace("a", "\u0430").replace("e", "e\u200b")
    (screening,) = screen(moderator, hidden)
    assert [f.subcategory for f in screening.findings] == ["verbatim"]


def test_a_corpus_of_another_indexer_says_what_to_do(tmp_path):
    Corpus.create(tmp_path / "c.corpus", indexer="acme/frames").close()
    with pytest.raises(CorpusError, match="acme/frames") as error:
        OriginalityModerator([tmp_path / "c.corpus"]).load(None)
    assert "aigc corpus add" in str(error.value.hint)
