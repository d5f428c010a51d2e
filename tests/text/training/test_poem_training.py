"""From a folder of poems to a bundle: what is read, what is kept, and a whole tiny training."""

import gzip
import json

import numpy as np
import pytest
from poems import write_collection

from aigc_sdk.errors import BadInputError
from aigc_sdk.training import TrainingJob
from aigc_text.training.poem_data import read_collection, theme_of
from aigc_text.training.poem_options import PoemTrainingOptions

pytest.importorskip("opencc")

VERSE = {"title": "登鸛雀樓", "paragraphs": ["白日依山盡，黃河入海流。", "欲窮千里目，更上一層樓。"]}
BROKEN = {"title": "怨", "paragraphs": ["白山依山盡，黃河入海流。", "欲窮千里目，更上一層樓。"]}
TUNE = {
    "rhythmic": "望江南",
    "paragraphs": ["江南好，风景旧曾谙。", "日出江花红胜火，春来江水绿如蓝。", "能不忆江南？"],
}
OTHER = {"rhythmic": "甘草子", "paragraphs": ["春早。", "柳丝无力，低拂清门道。"]}
NOTES = {"title": "缺", "paragraphs": ["白日依山盡（一作沒），黃河入海流。"]}


def write(folder, rows, name="poems.json"):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return folder


def test_poems_that_keep_a_form_are_read_in_simplified_characters(tmp_path):
    rows = [VERSE, VERSE, BROKEN, TUNE, OTHER, NOTES, {"name": "an author"}]
    found = read_collection(write(tmp_path / "data", rows))
    assert found.read == 6
    assert [(p.form.name if p.form else None, p.title) for p in found.poems] == [
        ("五绝", "登鹳雀楼"),
        ("忆江南", ""),
        (None, ""),
    ]
    assert found.poems[0].text == "白日依山尽，黄河入海流。欲穷千里目，更上一层楼。"
    assert found.poems[0].rhyme == "<rhyme 平 平十一尤>"
    assert found.poems[1].rhyme == "<rhyme 平 第十四部>"
    assert (found.shaped["五绝"], found.kept["五绝"], found.others) == (2, 1, 1)


def test_gzipped_lines_are_read_and_broken_files_named(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    text = json.dumps(VERSE, ensure_ascii=False) + "\n"
    (folder / "a.jsonl.gz").write_bytes(gzip.compress(text.encode()))
    assert len(read_collection(folder).poems) == 1
    (folder / "b.json").write_text("[{", encoding="utf-8")
    with pytest.raises(BadInputError, match=r"b\.json"):
        read_collection(folder)


def test_a_folder_without_poems_is_an_error(tmp_path):
    with pytest.raises(BadInputError, match="no poem"):
        read_collection(write(tmp_path / "data", [OTHER]))


def test_themes_come_from_the_title_or_the_poem(tmp_path):
    poem = read_collection(write(tmp_path / "data", [VERSE])).poems[0]
    themes = {theme_of(poem, np.random.default_rng(seed)) for seed in range(60)}
    assert {"", "登鹳雀楼"} <= themes
    assert all(set(theme) <= set(poem.title + poem.text) for theme in themes)


@pytest.mark.timeout(900)
def test_a_tiny_training_ends_in_a_bundle_that_writes(tmp_path):
    pytest.importorskip("tensorflow")
    from aigc_sdk.context import CallContext
    from aigc_sdk.request import Generation, Request
    from aigc_sdk.runtime.runtime import Runtime
    from aigc_text.generators.poem.generator import PoemGenerator
    from aigc_text.generators.poem.options import PoemOptions
    from aigc_text.training.poem_train import train

    write_collection(tmp_path / "poems")
    options = PoemTrainingOptions(
        epochs=1, batch_size=16, layers=1, hidden=32, heads=2, ffn=32, least_seen=1, report_poems=1
    )
    told = {}
    job = TrainingJob(
        tmp_path / "poems",
        tmp_path / "out",
        options,
        report=lambda what, figures: told.update({what: figures}),
    )
    assert train(job) == tmp_path / "out"
    assert told["poems"]["keep it"] == told["poems"]["of a form"] == 32
    # Of the 16 forms five have oblique rhymes, for which these few characters are not enough: no poem counts as broken.
    assert told["quality"]["forms kept"] == 11 / 16
    assert told["quality"]["forms kept without the automaton"] < 0.5
    assert told["quality"]["perplexity a token"] > 1.0
    assert (job.work / "curves.png").is_file()
    with Runtime(device="cpu", threads=1) as runtime:
        bundle = runtime.bundle(tmp_path / "out")
        assert bundle.manifest.parity is not None
        assert bundle.manifest.extra["poem"]["poems"]["keep_it"] == {"五绝": 24, "浣溪沙": 8}
        generator = PoemGenerator()
        generator.load(runtime)
        asked = PoemOptions(form="五绝", bundle=str(tmp_path / "out"), draws=2)
        (outcome,) = generator.generate([Request(options=asked)], ctx=CallContext())
    assert isinstance(outcome, Generation), outcome
    # Going on from the checkpoint, the run is over at once and gives the same weights.
    before = (tmp_path / "out" / "model.onnx").read_bytes()
    again = TrainingJob(tmp_path / "poems", tmp_path / "again", options)
    job.work.rename(again.work)
    train(again)
    assert (tmp_path / "again" / "model.onnx").read_bytes() == before
