"""The tensors of a Hugging Face folder as the matrices of a decoder, checked before the first is read."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aigc_exporters.decoder_graph import DecoderConfig
from aigc_exporters.hf_config import HfDecoder
from aigc_exporters.safetensors_file import SafetensorsFolder
from aigc_exporters.weights import DenseMatrix, Float32, LayerWeights
from aigc_sdk.errors import BadInputError

_EMBEDDING, _HEAD, _NORM = "model.embed_tokens.weight", "lm_head.weight", "model.norm.weight"


class HfDecoderWeights:
    """Reads a decoder's weights, layer by layer. Rows of q and k are in half-split order, as Hugging Face has them.

    Every tensor of the folder must have a place in the model: one that is left over (a norm of another family, an
    adapter) would make the import another model than the one it claims to be.

    Args:
        tensors: the folder's tensors.
        decoder: what its configuration says.

    Attributes:
        config: the decoder's shape, with `tied` as the tensors show it.

    Raises:
        BadInputError: if a tensor is missing or of another shape than the configuration says.
        ExportError: if there are tensors that such a model does not have.
    """

    def __init__(self, tensors: SafetensorsFolder, decoder: HfDecoder) -> None:
        tied = _HEAD not in tensors if decoder.tied is None else decoder.tied
        self.config: DecoderConfig = replace(decoder.config, tied=tied)
        self._tensors = tensors
        self._qkv_bias, self._output_bias = decoder.qkv_bias, decoder.output_bias
        if self.config.layers > len(tensors):
            raise BadInputError(
                f"config.json announces {self.config.layers} layers, more than there are tensors."
            )
        # Frequencies of the rotary embedding, which early versions saved: config.json says the same.
        tensors.check(
            self._expected(), unused=lambda name: name == _HEAD or name.endswith(".rotary_emb.inv_freq")
        )
        if tied and _HEAD in tensors and not tensors.same(_HEAD, _EMBEDDING):
            raise BadInputError(
                "config.json says that the head is the embedding (tie_word_embeddings), and the folder holds "
                "another head.",
                hint="Set tie_word_embeddings to what is meant.",
            )

    def embedding(self) -> DenseMatrix:
        """Token embeddings, [vocab_size, hidden]."""
        return self._matrix(_EMBEDDING)

    def head(self) -> DenseMatrix | None:
        """The head, [vocab_size, hidden], or None where it is tied."""
        return None if self.config.tied else self._matrix(_HEAD)

    def final_norm(self) -> Float32:
        """Weight of the last RMSNorm, [hidden]."""
        return self._vector(_NORM)

    def layer(self, index: int) -> LayerWeights:
        """Weights of layer `index`."""
        attention, feed_forward = f"model.layers.{index}.self_attn", f"model.layers.{index}.mlp"
        biases = {}
        if self._qkv_bias:
            parts = (("query", "q"), ("key", "k"), ("value", "v"))
            biases = {f"{part}_bias": self._vector(f"{attention}.{short}_proj.bias") for part, short in parts}
        if self._output_bias:
            biases["output_bias"] = self._vector(f"{attention}.o_proj.bias")
        return LayerWeights(
            attention_norm=self._vector(f"model.layers.{index}.input_layernorm.weight"),
            query=self._matrix(f"{attention}.q_proj.weight"),
            key=self._matrix(f"{attention}.k_proj.weight"),
            value=self._matrix(f"{attention}.v_proj.weight"),
            output=self._matrix(f"{attention}.o_proj.weight"),
            feed_forward_norm=self._vector(f"model.layers.{index}.post_attention_layernorm.weight"),
            gate=self._matrix(f"{feed_forward}.gate_proj.weight"),
            up=self._matrix(f"{feed_forward}.up_proj.weight"),
            down=self._matrix(f"{feed_forward}.down_proj.weight"),
            **biases,
        )

    def _expected(self) -> dict[str, tuple[int, ...]]:
        config = self.config
        query, key = config.heads * config.head_dim, config.kv_heads * config.head_dim
        shapes: dict[str, tuple[int, ...]] = {
            _EMBEDDING: (config.vocab_size, config.hidden),
            _NORM: (config.hidden,),
        }
        if not config.tied:
            shapes[_HEAD] = (config.vocab_size, config.hidden)
        layer: dict[str, tuple[int, ...]] = {
            "input_layernorm.weight": (config.hidden,),
            "post_attention_layernorm.weight": (config.hidden,),
            "self_attn.q_proj.weight": (query, config.hidden),
            "self_attn.k_proj.weight": (key, config.hidden),
            "self_attn.v_proj.weight": (key, config.hidden),
            "self_attn.o_proj.weight": (config.hidden, query),
            "mlp.gate_proj.weight": (config.ffn, config.hidden),
            "mlp.up_proj.weight": (config.ffn, config.hidden),
            "mlp.down_proj.weight": (config.hidden, config.ffn),
        }
        if self._qkv_bias:
            layer |= {
                "self_attn.q_proj.bias": (query,),
                "self_attn.k_proj.bias": (key,),
                "self_attn.v_proj.bias": (key,),
            }
        if self._output_bias:
            layer["self_attn.o_proj.bias"] = (config.hidden,)
        for index in range(config.layers):
            shapes |= {f"model.layers.{index}.{name}": shape for name, shape in layer.items()}
        return shapes

    def _matrix(self, name: str) -> DenseMatrix:
        return DenseMatrix(self._tensors.read(name))

    def _vector(self, name: str) -> Float32:
        return np.asarray(self._tensors.read(name), dtype=np.float32)
