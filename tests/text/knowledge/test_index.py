"""The index on disk: only what changed is read, whoever opens it sees a whole one, damage is found."""

from __future__ import annotations

import json
import os
import time

import numpy as np
import pytest

from aigc_sdk.context import CallContext, CancelToken
from aigc_sdk.errors import BadInputError, CancelledError
from aigc_text.knowledge import update as update_module
from aigc_text.knowledge.documents import Limits, read_document
from aigc_text.knowledge.errors import KnowledgeError
from aigc_text.knowledge.index import Source
from aigc_text.knowledge.search import Searcher
from aigc_text.knowledge.store import open_index, stamp
from aigc_text.knowledge.update import update_index


def aged(folder):
    """Files that were not changed just now: their time stamps can be trusted."""
    past = time.time() - 100
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path, (past, past))


def everything(index):
    return [(index.source(n), index.text(n)) for n in range(len(index))]


def test_passages_know_where_they_stand(folder, tmp_path):
    report = update_index(folder, tmp_path / "index")
    index = open_index(tmp_path / "index")
    assert report.added == sorted(report.added)
    assert report.passages == len(index) == 6
    assert report.problems == []
    for source, text in everything(index):
        document = read_document(source.file, (folder / source.file).read_bytes())
        assert document.text[source.start : source.end] == text
    labels = {source.label for source, _ in everything(index)}
    assert {"shop/returns.md › Shop › Returns", "about.html › History", "水杯.txt"} <= labels


def test_only_what_changed_is_read_and_encoded(folder, tmp_path, encoder, monkeypatch):
    aged(folder)
    out = tmp_path / "index"
    first = update_index(folder, out, encoder=encoder)
    assert first.encoded == first.passages == len(encoder.engine.read)
    assert all(text.startswith("passage: ") for text in encoder.engine.read)
    read = []
    monkeypatch.setattr(
        update_module, "read_document", lambda name, *rest: (read.append(name), read_document(name, *rest))[1]
    )
    before = stamp(out)
    same = update_index(folder, out, encoder=encoder)
    assert (same.unchanged, same.encoded, read, stamp(out) == before) == (5, 0, [], True)

    returns = folder / "shop/returns.md"
    returns.write_text(
        returns.read_text(encoding="utf-8") + "\n## Gifts\n\nGifts can be exchanged.\n", encoding="utf-8"
    )
    (folder / "prices.csv").unlink()
    (folder / "new.txt").write_text("A new one.", encoding="utf-8")
    (folder / "about.html").rename(folder / "company.html")
    encoder.engine.read.clear()
    report = update_index(folder, out, encoder=encoder)
    assert report.added == ["company.html", "new.txt"]
    assert report.changed == ["shop/returns.md"]
    assert report.removed == ["about.html", "prices.csv"]
    assert sorted(read) == ["company.html", "new.txt", "shop/returns.md"]
    # Passages that were there before, in a changed file or a renamed one, keep their vectors.
    assert sorted(encoder.engine.read) == [
        "passage: A new one.",
        "passage: Shop › Gifts\nGifts can be exchanged.",
    ]


def test_the_history_of_an_index_leaves_no_trace(folder, tmp_path, encoder):
    changed = tmp_path / "changed"
    (folder / "extra.txt").write_text("Something for a while.", encoding="utf-8")
    update_index(folder, changed, encoder=encoder)
    (folder / "extra.txt").unlink()
    (folder / "a first.txt").write_text("The first in the order of names.", encoding="utf-8")
    update_index(folder, changed, encoder=encoder)
    fresh = tmp_path / "fresh"
    update_index(folder, fresh, encoder=encoder)
    one, other = open_index(changed), open_index(fresh)
    assert everything(one) == everything(other)
    np.testing.assert_array_equal(one.vectors, other.vectors)
    for name in ("terms", "offsets", "owners", "counts", "lengths"):
        np.testing.assert_array_equal(getattr(one.sparse, name), getattr(other.sparse, name))


def test_touched_files_are_hashed_not_indexed_again(folder, tmp_path):
    out = tmp_path / "index"
    update_index(folder, out)
    aged(folder)
    report = update_index(folder, out)
    assert (report.unchanged, report.changed) == (5, [])
    aged(folder)
    (folder / "水杯.txt").write_text("极光水杯的保修期是三年。", encoding="utf-8")
    os.utime(folder / "水杯.txt", (1, 1))
    assert update_index(folder, out).changed == ["水杯.txt"]


def test_an_encoder_comes_later_and_stays(folder, tmp_path, encoder):
    out = tmp_path / "index"
    update_index(folder, out)
    assert open_index(out).vectors is None
    report = update_index(folder, out, encoder=encoder)
    index = open_index(out)
    assert (report.encoded, report.unchanged) == (len(index), 5)
    assert index.encoder == encoder.ref
    assert isinstance(index.vectors.base, np.memmap) or isinstance(index.vectors, np.memmap)
    np.testing.assert_allclose(np.linalg.norm(index.vectors, axis=1), 1, atol=1e-5)


def test_damaged_files_are_reported_and_cost_nothing_else(folder, tmp_path):
    (folder / "broken.txt").write_bytes(b"\x00\x01\x02")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing behind it")
    (folder / "program.exe").write_bytes(b"MZ")
    (folder / ".hidden.txt").write_text("hidden", encoding="utf-8")
    report = update_index(folder, tmp_path / "index")
    assert [problem.file for problem in report.problems] == ["broken.pdf", "broken.txt"]
    assert all(problem.error for problem in report.problems)
    assert (len(report.added), report.other) == (5, 1)
    (folder / "broken.txt").write_text("mended", encoding="utf-8")
    assert update_index(folder, tmp_path / "index").added == ["broken.txt"]


def test_links_that_lead_out_are_not_followed(folder, tmp_path):
    outside = tmp_path / "secret.txt"
    outside.write_text("The password is swordfish.", encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/file.txt").write_text("elsewhere", encoding="utf-8")
    (folder / "link.txt").symlink_to(outside)
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "inside.txt").symlink_to(folder / "水杯.txt")
    (folder / "folder").symlink_to(tmp_path / "elsewhere")
    report = update_index(folder, tmp_path / "index")
    assert [p.file for p in report.problems] == ["link.txt", "loop.txt"]
    assert "inside.txt" in report.added
    texts = " ".join(text for _, text in everything(open_index(tmp_path / "index")))
    assert "swordfish" not in texts
    assert "elsewhere" not in texts


def test_an_index_inside_its_folder_does_not_index_itself(folder):
    out = folder / "my index"
    update_index(folder, out)
    assert (update_index(folder, out).unchanged, len(open_index(out).files)) == (5, 5)


def test_a_folder_of_something_else_is_not_written_to(folder, tmp_path):
    with pytest.raises(BadInputError, match="no index and not empty"):
        update_index(folder, folder)
    with pytest.raises(BadInputError, match="is no folder"):
        update_index(tmp_path / "absent", tmp_path / "index")
    with pytest.raises(BadInputError, match="more than 2 documents"):
        update_index(folder, tmp_path / "index", limits=Limits(files=2))


def test_what_was_done_before_a_cancellation_is_kept(folder, tmp_path, encoder, monkeypatch):
    monkeypatch.setattr(update_module, "_SAVE_EVERY", 1)
    out, cancel = tmp_path / "index", CancelToken()

    def progress(step, done, total):
        if step == "encode" and done >= 2:
            cancel.cancel()

    class Stopping(type(encoder.engine)):
        def encode(self, texts, prefix="", *, ctx=None):
            ctx.check()
            return super().encode(texts, prefix, ctx=ctx)

    encoder.engine.__class__ = Stopping
    with pytest.raises(CancelledError):
        update_index(folder, out, encoder=encoder, progress=progress, ctx=CallContext(cancel=cancel))
    done = len(open_index(out))
    report = update_index(folder, out, encoder=encoder)
    assert 1 <= done < report.passages
    assert report.encoded == report.passages - done


def test_who_has_it_open_keeps_reading_the_old_one(folder, tmp_path, encoder):
    out = tmp_path / "index"
    update_index(folder, out, encoder=encoder)
    old = open_index(out)
    texts = everything(old)
    (folder / "水杯.txt").unlink()
    update_index(folder, out, encoder=encoder)
    assert everything(old) == texts
    assert "水杯.txt" not in {source.file for source, _ in everything(open_index(out))}
    assert len([path for path in out.iterdir() if path.name.startswith("g-")]) == 1


def generation(out):
    return out / json.loads((out / "index.json").read_text())["generation"]


@pytest.mark.parametrize(
    "name", ["chunks", "texts", "terms", "offsets", "owners", "counts", "lengths", "vectors"]
)
def test_damage_is_found(folder, tmp_path, encoder, name):
    out = tmp_path / "index"
    update_index(folder, out, encoder=encoder)
    path = generation(out) / f"{name}.npy"
    whole = path.read_bytes()
    path.write_bytes(whole[:-16])
    with pytest.raises(KnowledgeError):
        open_index(out)
    path.unlink()
    with pytest.raises(KnowledgeError, match=name):
        open_index(out)


def test_arrays_that_lead_out_and_pickles_are_refused(folder, tmp_path):
    out = tmp_path / "index"
    update_index(folder, out)
    path = generation(out) / "owners.npy"
    owners = np.load(path)
    np.save(path, owners + 100)
    with pytest.raises(KnowledgeError, match="leads out"):
        open_index(out)
    np.save(path, np.array([{"a": 1}] * len(owners), dtype=object), allow_pickle=True)
    with pytest.raises(KnowledgeError):
        open_index(out)


@pytest.mark.parametrize(
    ("pointer", "why"),
    [
        ("{", "no JSON"),
        ("[]", "not of an index"),
        ('{"format": "aigc-knowledge", "version": 99}', "version 99"),
        ('{"format": "aigc-knowledge", "version": 1, "generation": "../elsewhere"}', "no generation"),
    ],
)
def test_a_wrong_pointer_is_refused(folder, tmp_path, pointer, why):
    out = tmp_path / "index"
    update_index(folder, out)
    (out / "index.json").write_text(pointer)
    with pytest.raises(KnowledgeError, match=why):
        open_index(out)
    with pytest.raises(KnowledgeError, match="aigc knowledge index"):
        open_index(tmp_path / "absent")


def test_an_empty_folder_makes_an_index_that_finds_nothing(tmp_path, encoder):
    (tmp_path / "empty").mkdir()
    assert update_index(tmp_path / "empty", tmp_path / "index", encoder=encoder).passages == 0
    index = open_index(tmp_path / "index")
    assert Searcher(index, encoder).search(["anything"]) == [[]]


def test_a_label_is_one_line_whatever_the_file_is_called():
    assert Source("a\n> b.md", ("Returns\r\n[2]  fake",), 0, 1).label == "a > b.md › Returns [2] fake"
