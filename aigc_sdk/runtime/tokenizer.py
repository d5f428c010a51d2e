"""Text to token ids and back, with text that cannot smuggle in control tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aigc_sdk.errors import BadInputError, BundleError, MissingDependencyError

if TYPE_CHECKING:
    from aigc_sdk.bundles import Bundle
    from aigc_sdk.bundles.manifest import TokenizerInfo

_BYTE_TOKEN = re.compile(r"<0x[0-9A-Fa-f]{2}>")


class Tokenizer:
    """A ``tokenizer.json`` of the ``tokenizers`` library. Thread-safe.

    Control tokens (``<|im_start|>``, ``</s>`` …) are never made out of the text given to `encode`, unless
    asked for: who can write a turn marker into a prompt can put words into another role's mouth.

    Attributes:
        bos, eos, pad: Special ids from the bundle's manifest.
        add_bos: Whether plain prompts start with ``bos``.
    """

    def __init__(self, raw: Any, info: TokenizerInfo) -> None:
        self._raw = raw
        # With this on, special tokens in the input are encoded as the ordinary characters they are.
        raw.encode_special_tokens = True
        raw.no_truncation()
        raw.no_padding()
        self.bos, self.eos, self.pad, self.add_bos = info.bos, info.eos, info.pad, info.add_bos
        added = raw.get_added_tokens_decoder()
        self._special = {token.content: token for token in added.values() if token.special}
        declared = frozenset(number for number in (info.bos, info.pad, *info.eos) if number is not None)
        self._skipped = frozenset(number for number, token in added.items() if token.special)
        self._control = declared | self._skipped
        for number in declared:
            content = raw.id_to_token(number)
            if content is None:
                raise BundleError(f"The tokenizer has no token {number}, which the manifest names.")
        self._ids = {content: raw.token_to_id(content) for content in self._special}
        # Longest first, as the library itself matches.
        longest_first = sorted(self._special, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None
        self._byte_ids = frozenset(
            number
            for token, number in raw.get_vocab(with_added_tokens=False).items()
            if _BYTE_TOKEN.fullmatch(token)
        )

    @classmethod
    def from_file(cls, path: Path, info: TokenizerInfo) -> Tokenizer:
        """Read a ``tokenizer.json``.

        Raises:
            MissingDependencyError: If ``tokenizers`` is not installed.
            BundleError: If the file is not a tokenizer.
        """
        try:
            import tokenizers
        except ImportError as error:
            raise MissingDependencyError(
                "The package tokenizers is not installed.", hint="Install aigc-sdk-text, which brings it."
            ) from error
        try:
            raw = tokenizers.Tokenizer.from_file(str(path))
        except Exception as error:
            raise BundleError(
                f"{path.name} is not a tokenizer: {error}", hint="Import the model again."
            ) from error
        return cls(raw, info)

    @classmethod
    def from_bundle(cls, bundle: Bundle) -> Tokenizer:
        """The tokenizer that a bundle ships.

        Raises:
            BundleError: If it ships none.
        """
        info = bundle.manifest.tokenizer
        if info is None:
            raise BundleError(f"Bundle {bundle.id} has no tokenizer.")
        return cls.from_file(bundle.path(info.file), info)

    @property
    def vocab_size(self) -> int:
        """Number of tokens, added ones included."""
        return int(self._raw.get_vocab_size())

    @property
    def control_ids(self) -> frozenset[int]:
        """Ids that text is never encoded to: special tokens, bos, eos, pad."""
        return self._control

    @property
    def skipped_ids(self) -> frozenset[int]:
        """Ids that `decode` leaves out: special tokens."""
        return self._skipped

    @property
    def byte_ids(self) -> frozenset[int]:
        """Ids of byte-fallback tokens (``<0x0A>``), whose text depends on their neighbours."""
        return self._byte_ids

    def to_json(self) -> str:
        """The ``tokenizer.json`` it was made of."""
        text: str = self._raw.to_str()
        return text

    def token_id(self, token: str) -> int:
        """Id of a token.

        Raises:
            BadInputError: If the vocabulary lacks it.
        """
        number = self._raw.token_to_id(token)
        if number is None:
            raise BadInputError(f"The vocabulary has no token {token!r}.")
        return int(number)

    def token(self, number: int) -> str | None:
        """The token as the vocabulary spells it, or None."""
        found: str | None = self._raw.id_to_token(number)
        return found

    def encode(self, text: str, *, add_special: bool = False, allow_special: bool = False) -> list[int]:
        """Token ids of a text.

        Args:
            text: Any text. Without ``allow_special``, strings like ``<|im_end|>`` are encoded as characters.
            add_special: Put ``bos`` in front where the bundle's prompts start with it.
            allow_special: Let special-token strings become the tokens. Only for text you wrote yourself.
        """
        ids: list[int] = []
        if add_special and self.add_bos and self.bos is not None:
            ids.append(self.bos)
        if not allow_special:
            ids.extend(self._encode_plain(text))
        else:
            for run, token in self.split_special(text):
                ids.extend(self._encode_plain(run))
                if token is not None:
                    ids.append(token)
        return ids

    def split_special(self, text: str) -> list[tuple[str, int | None]]:
        """The text as (ordinary run, id of the special token that ends it); the last id is None.

        White space beside a token that asks for it (``lstrip``, ``rstrip``) is left out, as the library does.
        """
        parts: list[tuple[str, int | None]] = []
        start = 0
        for match in self._pattern.finditer(text) if self._pattern else ():
            token = self._special[match.group()]
            if match.start() < start:
                continue
            run = text[start : match.start()]
            parts.append((run.rstrip() if token.lstrip else run, self._ids[match.group()]))
            start = match.end()
            if token.rstrip:
                start += len(text[start:]) - len(text[start:].lstrip())
        parts.append((text[start:], None))
        return parts

    def decode(self, ids: Sequence[int], *, skip_special: bool = True) -> str:
        """Text of token ids; bytes that are no UTF-8 become U+FFFD."""
        text: str = self._raw.decode(ids, skip_special_tokens=skip_special)
        return text

    def _encode_plain(self, text: str) -> list[int]:
        if not text:
            return []
        try:
            ids: list[int] = self._raw.encode(text, add_special_tokens=False).ids
        except (UnicodeEncodeError, TypeError) as error:  # the library cannot even read the string
            raise BadInputError("The text holds a lone surrogate.", hint="Remove it.") from error
        if self._control.isdisjoint(ids):
            return ids
        # The vocabulary itself spells a control token (Unigram models do, and an eos that is not marked as
        # special): cut its name in two.
        return self._encode_cut(text)

    def _encode_cut(self, text: str) -> list[int]:
        ids: list[int] = []
        names = [name for number in self._control if (name := self._raw.id_to_token(number))]
        start = 0
        for match in re.finditer("|".join(map(re.escape, sorted(names, key=len, reverse=True))), text):
            cut = match.start() + 1
            ids.extend(self._raw.encode(text[start:cut], add_special_tokens=False).ids)
            start = cut
        ids.extend(self._raw.encode(text[start:], add_special_tokens=False).ids)
        # A one-character control token, or one that normalisation makes: there is no spelling left for it.
        return [number for number in ids if number not in self._control]
