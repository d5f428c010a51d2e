"""From an E5S1 file to a bundle: tokenizer, pruning, graph, manifest."""

from __future__ import annotations

import numpy as np
import pytest
from e5_file import PIECES, write_e5
from hypothesis import given, settings
from hypothesis import strategies as st

from aigc_exporters import encoder_parity
from aigc_exporters.e5_format import E5File
from aigc_exporters.e5_import import import_e5
from aigc_exporters.e5_tokenizer import build_tokenizer, english_chinese_rows, prune_vocabulary
from aigc_exporters.encoder_export import build_encoder_graph
from aigc_exporters.encoder_reference import reference_encoding
from aigc_exporters.parity import check_model
from aigc_sdk.bundles import open_bundle
from aigc_sdk.errors import BadInputError, ParityError


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return write_e5(tmp_path_factory.mktemp("e5") / "tiny.bin")


@pytest.fixture(scope="module")
def tokenizers(path):
    vocabulary = E5File(path).vocabulary
    return build_tokenizer(vocabulary), build_tokenizer(
        prune_vocabulary(vocabulary, english_chinese_rows(vocabulary))
    )


def tokens(tokenizer, text):
    return tokenizer.encode(text, add_special_tokens=False).tokens


def test_rows_of_english_and_chinese():
    from aigc_exporters.e5_format import UnigramVocabulary

    vocabulary = UnigramVocabulary(
        tuple(PIECES), np.linspace(-4, -9, len(PIECES)).astype(np.float32), 0, 2, 1, 3, {}
    )
    kept = {PIECES[row] for row in english_chinese_rows(vocabulary)}
    assert kept >= {"<s>", "<pad>", "</s>", "<unk>", "▁kettle", "▁今天", "水壶", "😀", "～", "▁"}
    assert kept >= {"é", "П", "の"}, "single characters of every script stay"
    assert not kept & {"▁При", "вет", "▁café"}


def test_the_piece_that_sets_the_cost_of_unknowns_is_kept(path):
    vocabulary = E5File(path).vocabulary
    rows = english_chinese_rows(vocabulary)
    assert prune_vocabulary(vocabulary, rows).scores.min() == vocabulary.scores.min()


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="thekettleboilswater今天气水壶好😀～，．：ＡＢ \t0123xyz☃", max_size=40))
def test_pruning_leaves_english_and_chinese_alone(tokenizers, text):
    whole, pruned = tokenizers
    assert tokens(whole, text) == tokens(pruned, text)


def test_other_scripts_fall_into_characters(tokenizers):
    whole, pruned = tokenizers
    assert tokens(whole, "Привет") == ["▁При", "вет"]
    assert "".join(tokens(pruned, "Привет")) == "▁Привет"


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("the\tkettle", "the kettle"),
        ("the\u200bkettle", "the kettle"),
        ("the   kettle\n", "the kettle"),
        ("\x01the", "the"),
        ("①，Ａ", "1,A"),
    ],
)
def test_normalisation_of_the_file(tokenizers, text, same):
    assert tokens(tokenizers[0], text) == tokens(tokenizers[0], same)


def test_what_the_files_map_leaves_alone_stays(tokenizers):
    """NFKC alone would make the full-width tilde an ASCII one."""
    assert "～" in "".join(tokens(tokenizers[0], "a～"))


@pytest.mark.parametrize("level", [1, 4])
def test_graph_equals_reference_in_two_shapes(path, level):
    file = E5File(path)
    session = check_model(build_encoder_graph(file.config, file, accuracy_level=level).SerializeToString())
    draw = np.random.default_rng(1)
    for batch, length in ((1, 5), (3, 24)):
        ids = draw.integers(0, file.config.vocab_size, (batch, length))
        mask = np.ones_like(ids)
        mask[-1, length // 2 :] = 0
        hidden, embedding = session.run(None, {"input_ids": ids, "attention_mask": mask})
        wanted_hidden, wanted = reference_encoding(file.config, file, ids, mask)
        tolerance = 2e-5 if level == 1 else 0.05
        assert np.abs(hidden - wanted_hidden)[mask > 0].max() < tolerance * max(1, np.abs(hidden).max())
        assert np.abs(embedding - wanted).max() < tolerance
        np.testing.assert_allclose(np.linalg.norm(embedding, axis=-1), 1, atol=1e-5)


def test_rows_without_tokens_are_finite(path):
    file = E5File(path)
    session = check_model(build_encoder_graph(file.config, file).SerializeToString())
    feeds = {"input_ids": np.ones((1, 3), np.int64), "attention_mask": np.zeros((1, 3), np.int64)}
    assert np.isfinite(session.run(["embedding"], feeds)[0]).all()


def test_bundle(path, tmp_path):
    seen = []
    made = import_e5(
        path,
        tmp_path / "tiny-e5",
        licence="MIT",
        progress=lambda fraction, _: seen.append(fraction),
        languages=("en", "zh"),
    )
    manifest = open_bundle(made).manifest
    assert (manifest.id, manifest.task, manifest.licence) == ("tiny-e5", "encoder", "MIT")
    assert manifest.parity is not None
    assert manifest.parity.max_abs_diff <= manifest.parity.tolerance
    assert manifest.encoder is not None
    counts = manifest.extra["vocabulary"]
    assert counts["of_source"] == len(PIECES)
    assert counts["kept"] == manifest.encoder.vocab_size < len(PIECES)
    assert sorted(file.name for file in made.iterdir()) == ["bundle.json", "model.onnx", "tokenizer.json"]
    assert seen[0] == 0
    assert seen[-1] == 1
    assert seen == sorted(seen)


def test_whole_vocabulary_on_request(path, tmp_path):
    made = import_e5(path, tmp_path / "whole", licence="MIT", vocabulary="all")
    manifest = open_bundle(made).manifest
    assert manifest.encoder is not None
    assert manifest.encoder.vocab_size == len(PIECES)


def test_a_wrong_graph_is_not_written(path, tmp_path, monkeypatch):
    def wrong(config, weights, ids, mask):
        hidden, embedding = reference_encoding(config, weights, ids, mask)
        return hidden, embedding + np.float32(1e-3)

    monkeypatch.setattr(encoder_parity, "reference_encoding", wrong)
    with pytest.raises(ParityError):
        import_e5(path, tmp_path / "wrong", licence="MIT")
    assert not (tmp_path / "wrong").exists()


@pytest.mark.parametrize("options", [{}, {"licence": "MIT", "vocabulary": "fr"}])
def test_bad_options(path, tmp_path, options):
    with pytest.raises(BadInputError):
        import_e5(path, tmp_path / "bad", **options)
