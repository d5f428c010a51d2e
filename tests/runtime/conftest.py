"""A tiny decoder with random weights and a tokenizer trained on three sentences: real graphs, milliseconds each."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import pytest

from aigc_exporters.decoder_graph import DecoderConfig, build_decoder_graph
from aigc_exporters.graph_writer import save_model
from aigc_exporters.weights import DenseMatrix, LayerWeights
from aigc_sdk.bundles import open_bundle, write_manifest
from aigc_sdk.bundles.manifest import TokenizerInfo
from aigc_sdk.runtime.decode import DecoderEngine
from aigc_sdk.runtime.kv_cache import BoundRun
from aigc_sdk.runtime.runtime import Runtime
from aigc_sdk.runtime.tokenizer import Tokenizer

SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
CHAT_TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
CORPUS = [
    "The kettle boils water in two minutes and stays quiet while it does so.",
    "这款水壶两分钟就能烧开水,而且非常安静。今天下单,明天送达。",
    "Great 👍🏽 family 👨‍👩‍👧‍👦 flag 🇨🇳 café naïve",
]


class RandomWeights:
    """Weights of a small random decoder, spread widely enough that its choices are not near-ties."""

    def __init__(self, config: DecoderConfig, seed: int = 0) -> None:
        self.config = config
        self._rng = np.random.default_rng(seed)
        c = config
        self._embedding = self._matrix(c.vocab_size, c.hidden, 1.0)
        self._final = np.ones(c.hidden, np.float32)
        self._layers = [self._layer() for _ in range(c.layers)]

    def _matrix(self, rows: int, columns: int, scale: float) -> DenseMatrix:
        values = self._rng.normal(size=(rows, columns)) * scale / np.sqrt(columns)
        return DenseMatrix(values.astype(np.float32))

    def _layer(self) -> LayerWeights:
        c = self.config
        ones = np.ones(c.hidden, np.float32)
        kv = c.kv_heads * c.head_dim
        return LayerWeights(
            attention_norm=ones,
            query=self._matrix(c.heads * c.head_dim, c.hidden, 2.0),
            key=self._matrix(kv, c.hidden, 2.0),
            value=self._matrix(kv, c.hidden, 2.0),
            output=self._matrix(c.hidden, c.heads * c.head_dim, 2.0),
            feed_forward_norm=ones,
            gate=self._matrix(c.ffn, c.hidden, 2.0),
            up=self._matrix(c.ffn, c.hidden, 2.0),
            down=self._matrix(c.hidden, c.ffn, 2.0),
        )

    def embedding(self) -> DenseMatrix:
        return self._embedding

    def head(self) -> None:
        return None

    def final_norm(self) -> np.ndarray:
        return self._final

    def layer(self, index: int) -> LayerWeights:
        return self._layers[index]


def byte_level_tokenizer():
    """Byte-level BPE with ChatML control tokens."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=380,
        special_tokens=SPECIAL,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(CORPUS, trainer)
    return tokenizer


def byte_fallback_tokenizer():
    """Unigram with white space as a mark and unknown characters as bytes, as Llama 2 has it."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

    words = ["▁", "▁the", "e", "s", "t", "a", "o", "i", "水", "壶", "▁water", "S", "T", "O", "P", "\n"]
    pieces = [("<unk>", 0.0), ("<s>", 0.0), ("</s>", 0.0), *((f"<0x{b:02X}>", -20.0) for b in range(256))]
    pieces += [(word, -float(len(words) - i) / len(word)) for i, word in enumerate(words)]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=0, byte_fallback=True))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
    )
    tokenizer.add_special_tokens([AddedToken(name, special=True) for name in ("<unk>", "<s>", "</s>")])
    return tokenizer


@pytest.fixture(scope="session")
def text_tokenizers():
    """The two families in use: byte-level BPE, and Unigram with byte fallback."""
    return {
        "byte-level": Tokenizer(byte_level_tokenizer(), TokenizerInfo(bos=1, eos=(2,), pad=0)),
        "byte-fallback": Tokenizer(byte_fallback_tokenizer(), TokenizerInfo(bos=1, eos=(2,), add_bos=True)),
    }


def write_decoder_bundle(folder: Path, *, max_positions: int = 640, seed: int = 0) -> Path:
    tokenizer = byte_level_tokenizer()
    config = DecoderConfig(
        layers=2,
        hidden=64,
        heads=4,
        kv_heads=2,
        head_dim=16,
        ffn=96,
        vocab_size=tokenizer.get_vocab_size(),
        max_positions=max_positions,
    )
    folder.mkdir(parents=True, exist_ok=True)
    save_model(build_decoder_graph(config, RandomWeights(config, seed)), folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "chat_template.jinja").write_text(CHAT_TEMPLATE, encoding="utf-8")
    write_manifest(
        folder,
        id="tiny-decoder",
        task="decoder",
        licence="Apache-2.0",
        decoder=config.manifest_section(),
        tokenizer={
            "bos": tokenizer.token_to_id("<|im_start|>"),
            "eos": [tokenizer.token_to_id("<|im_end|>")],
            "pad": tokenizer.token_to_id("<|endoftext|>"),
            "chat_template": "chat_template.jinja",
        },
    )
    return folder


@pytest.fixture(scope="session")
def decoder_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_decoder_bundle(tmp_path_factory.mktemp("bundles") / "tiny")


@pytest.fixture(scope="session")
def decoder_bundle(decoder_folder):
    return open_bundle(decoder_folder)


@pytest.fixture(scope="session")
def runtime():
    with Runtime(device="cpu", threads=2) as shared:
        yield shared


@pytest.fixture(scope="session")
def engine(runtime, decoder_bundle):
    return runtime.decoder(decoder_bundle)


@pytest.fixture(scope="session")
def make_engine(runtime, decoder_bundle, engine):
    """Makes engines of any options over the one session."""
    return partial(DecoderEngine, decoder_bundle, engine.session, lambda: runtime.tokenizer(decoder_bundle))


@pytest.fixture
def fresh_engine(make_engine):
    """An engine that has not read anything yet."""
    return make_engine()


@pytest.fixture
def cheap(fresh_engine):
    """An engine that holds further tokens for nearly free, whatever this machine says."""
    fresh_engine._costs.record = lambda width, seconds: None
    fresh_engine._costs.relative = lambda width: 1 + 0.05 * (width - 1)
    return fresh_engine


@pytest.fixture
def read(monkeypatch):
    """Shapes [rows, tokens] of the runs that read prompts (or check drafts) while the test goes on."""
    shapes = []
    original = BoundRun.run

    def noting(self, run_options):
        if self.input_ids.shape[1] > 1:
            shapes.append(self.input_ids.shape)
        original(self, run_options)

    monkeypatch.setattr(BoundRun, "run", noting)
    return shapes
