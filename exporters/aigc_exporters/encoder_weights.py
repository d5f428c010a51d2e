"""Shape and weights of a post-norm BERT encoder (arXiv:1810.04805), whatever they come from."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal, Protocol

from aigc_exporters.weights import Float32, Matrix

Activation = Literal["gelu", "gelu_tanh", "relu"]
"""Of the feed-forward: GELU by erf (arXiv:1606.08415), its tanh approximation, or the rectifier."""
Pooling = Literal["mean", "cls", "max"]
"""What of the tokens' states the sentence vector is: their mean, the first one, or the largest value of each feature."""


@dataclass(frozen=True)
class EncoderConfig:
    """Shape of a BERT encoder.

    Attributes:
        layers: number of blocks.
        hidden: width of the residual stream.
        heads: attention heads; divides `hidden`.
        ffn: inner width of the feed-forward.
        vocab_size: rows of the word embedding.
        max_positions: rows of the position embedding, so the longest sequence in tokens.
        layer_norm_eps: epsilon inside LayerNorm.
        activation: of the feed-forward.
        pooling: of the sentence vector.
    """

    layers: int
    hidden: int
    heads: int
    ffn: int
    vocab_size: int
    max_positions: int
    layer_norm_eps: float = 1e-12
    activation: Activation = "gelu"
    pooling: Pooling = "mean"

    def __post_init__(self) -> None:
        """Refuse shapes that no graph can have."""
        for name, value in asdict(self).items():
            if isinstance(value, int) and value < 1:
                raise ValueError(f"{name} must be at least 1, not {value}")
        if self.hidden % self.heads:
            raise ValueError(f"hidden ({self.hidden}) must be a multiple of heads ({self.heads})")
        if not 0 < self.layer_norm_eps < 1:
            raise ValueError(f"layer_norm_eps must lie between 0 and 1, not {self.layer_norm_eps}")

    @property
    def head_dim(self) -> int:
        """Width of one head."""
        return self.hidden // self.heads


@dataclass(frozen=True)
class EncoderLayerWeights:
    """One block: matrices [out, in], biases and norms float32 vectors.

    `attention_norm` and `output_norm` are (weight, bias) of the LayerNorm after attention and feed-forward.
    """

    query: Matrix
    key: Matrix
    value: Matrix
    attention_output: Matrix
    intermediate: Matrix
    output: Matrix
    query_bias: Float32
    key_bias: Float32
    value_bias: Float32
    attention_output_bias: Float32
    intermediate_bias: Float32
    output_bias: Float32
    attention_norm: tuple[Float32, Float32]
    output_norm: tuple[Float32, Float32]


class EncoderWeights(Protocol):
    """Where graph builder, reference and Keras model take weights from, one layer at a time."""

    def word_embedding(self) -> Matrix:
        """Token embeddings, [vocab_size, hidden]."""

    def position_embedding(self) -> Float32:
        """Position embeddings with row 0 of the token types added, [max_positions, hidden]."""

    def embedding_norm(self) -> tuple[Float32, Float32]:
        """(weight, bias) of the LayerNorm after the embeddings, [hidden] each."""

    def layer(self, index: int) -> EncoderLayerWeights:
        """Weights of block `index`."""
