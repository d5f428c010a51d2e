"""Constrained decoding: at every step, tokens after which no allowed text can follow are forbidden.

The masks come from ``llguidance`` (Earley parser over a lexer of regular-expression derivatives, walked along the
vocabulary's prefix tree, so that a token may span several parts of the grammar). A constraint is compiled once for a
tokenizer; each sequence that is decoded gets a processor of its own::

    compiled = compile_constraint(JsonConstraint.of(schema), engine.tokenizer, engine.shape.vocab_size)
    params = SamplingParams(logits_processors=(compiled.processor(len(prompt)),))
    (row,) = engine.generate([prompt], params, ctx=ctx, request_ids=["1"])
    value = compiled.read(engine.text(row), row.finish_reason)
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from aigc_sdk.errors import BundleError, ContractError, MissingDependencyError, OptionError, OutputError
from aigc_sdk.runtime.constrained_output import OutputConstraint, read_output
from aigc_sdk.runtime.tokenizer import Tokenizer

__all__ = ["CompiledConstraint", "ConstrainedDecoding", "compile_constraint"]

_KEPT = 32
"""Compiled constraints kept for a tokenizer."""


@dataclass(frozen=True, slots=True)
class CompiledConstraint:
    """A constraint made ready for one tokenizer. Immutable and shared; processors are not."""

    constraint: OutputConstraint
    _start: Any
    _lock: threading.Lock = field(default_factory=threading.Lock, compare=False)

    def processor(self, prompt_tokens: int) -> ConstrainedDecoding:
        """A logits processor for one sequence whose prompt has that many tokens."""
        return ConstrainedDecoding(self, prompt_tokens)

    def read(self, text: str, finish_reason: str) -> Any:
        """The value of generated text; see `read_output`."""
        return read_output(self.constraint, text, finish_reason)

    def fresh(self) -> Any:
        """The state before the first token, a copy."""
        with self._lock:
            return self._start.deep_copy()


class ConstrainedDecoding:
    """The logits processor of one sequence (`aigc_sdk.runtime.sampling.LogitsProcessor`).

    It follows the ids it is given: where they go back and on another way (a draft refused, another sample of the same
    prompt), so does its state. Not for several threads at once.

    Args:
        compiled: What the text is held to.
        prompt_tokens: Ids that stand before the text.
    """

    def __init__(self, compiled: CompiledConstraint, prompt_tokens: int) -> None:
        self._compiled, self._prompt_tokens = compiled, prompt_tokens
        self._state = compiled.fresh()
        self._read: npt.NDArray[np.int64] = np.empty(0, np.int64)

    def __call__(
        self, ids_so_far: npt.NDArray[np.int64], logits: npt.NDArray[np.float32]
    ) -> npt.NDArray[np.float32]:
        """Forbid what cannot follow, in place.

        Raises:
            ContractError: The ids hold a token that was forbidden.
            OutputError: The grammar became too complex, or nothing can follow.
        """
        self._follow(ids_so_far[self._prompt_tokens :])
        allowed = self._state.compute_bitmask()
        if self._state.is_error():
            raise OutputError(f"The constraint cannot go on: {_first_line(self._state.get_error())}")
        bits = np.unpackbits(np.frombuffer(allowed, np.uint8), count=len(logits), bitorder="little")
        np.copyto(logits, np.float32(-np.inf), where=bits == 0)
        return logits

    def _follow(self, generated: npt.NDArray[np.int64]) -> None:
        known = self._read
        same = min(len(known), len(generated))
        if not np.array_equal(known[:same], generated[:same]):
            same = int(np.argmax(known[:same] != generated[:same]))
        if same < len(known) and not self._state.rollback(len(known) - same):
            self._state, same = self._compiled.fresh(), 0
        if not self._state.consume_tokens(generated[same:].tolist()):
            # The state is of no use any more.
            self._state, self._read = self._compiled.fresh(), np.empty(0, np.int64)
            raise ContractError(
                "A token was chosen that the constraint forbids.",
                hint="Put the constraint behind processors that force tokens.",
            )
        self._read = generated.copy()


def compile_constraint(
    constraint: OutputConstraint, tokenizer: Tokenizer, vocab_size: int
) -> CompiledConstraint:
    """Make a constraint ready for a model. Work and memory are bounded; equal ones are made once.

    Args:
        constraint: What the text is held to.
        tokenizer: The model's.
        vocab_size: Logits that the model gives; there may be more than tokens.

    Raises:
        MissingDependencyError: ``llguidance`` is not installed.
        BundleError: The tokenizer is of a kind it does not know, or has no end token.
        OptionError: The constraint is too complex, not supported, or no text satisfies it.
    """
    return _vocabulary(tokenizer, vocab_size).compiled(constraint)


class _Vocabulary:
    """A tokenizer as llguidance holds it, and what was compiled for it."""

    def __init__(self, library: Any, tokenizer: Tokenizer, vocab_size: int) -> None:
        if not tokenizer.eos:
            raise BundleError(
                "The tokenizer has no end token, so constrained output could not end.",
                hint="Import it again.",
            )
        try:
            self._tokens = library.LLTokenizer(
                tokenizer.to_json(),
                n_vocab=max(vocab_size, tokenizer.vocab_size),
                eos_token=list(tokenizer.eos),
            )
        except Exception as error:
            raise BundleError(
                f"Output cannot be constrained with this tokenizer: {_first_line(str(error))}"
            ) from error
        self._library = library
        # Bounds of its own: a step, a lexer, a grammar that take longer become errors.
        self._limits = library.LLParserLimits(verbose_errors=False, max_grammar_size=200_000)
        self._kept: OrderedDict[tuple[str, str], Any] = OrderedDict()
        self._lock = threading.Lock()

    def compiled(self, constraint: OutputConstraint) -> CompiledConstraint:
        grammar = constraint.grammar
        with self._lock:
            start = self._kept.get(grammar)
            if start is None:
                start = self._compile(*grammar)
            self._kept[grammar] = start
            self._kept.move_to_end(grammar)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            # A copy each, so that locks need not be shared.
            return CompiledConstraint(constraint, start.deep_copy())

    def _compile(self, kind: str, source: str) -> Any:
        matcher = self._library.LLMatcher
        make = matcher.grammar_from_json_schema if kind == "json_schema" else matcher.grammar_from_regex
        start = matcher(self._tokens, make(source), log_level=0, limits=self._limits)
        if start.is_error():
            raise OptionError(f"The {_NAMES[kind]} cannot be used: {_first_line(start.get_error())}")
        trial = start.deep_copy()
        trial.compute_bitmask()
        if trial.is_error():
            raise OptionError(
                f"No text satisfies the {_NAMES[kind]}, or it is too complex ({trial.stop_reason()})."
            )
        return start


_NAMES = {"json_schema": "JSON schema", "regex": "regex or the choices"}
_VOCABULARIES: WeakKeyDictionary[Tokenizer, dict[int, _Vocabulary]] = WeakKeyDictionary()
_VOCABULARIES_LOCK = threading.Lock()


def _vocabulary(tokenizer: Tokenizer, vocab_size: int) -> _Vocabulary:
    try:
        import llguidance
    except ImportError as error:
        raise MissingDependencyError(
            "Structured output needs the package llguidance, which is not installed.",
            hint="Install it: pip install llguidance (or the extra aigc-sdk-core[structured]).",
        ) from error
    with _VOCABULARIES_LOCK:
        made = _VOCABULARIES.setdefault(tokenizer, {})
        if vocab_size not in made:
            made[vocab_size] = _Vocabulary(llguidance, tokenizer, vocab_size)
        return made[vocab_size]


def _first_line(message: str) -> str:
    """What an error says, without the state and the grammar that follow."""
    lines = [line.strip() for line in message.strip().splitlines() if line.strip()]
    # A parse error of a regex shows the place in three lines and says what is wrong in the fourth.
    said = next((line for line in lines if line.startswith("error:")), lines[0] if lines else "unknown")
    return said.removeprefix("error:").strip()[:300]
