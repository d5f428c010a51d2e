"""The unigram tokenizer of an E5S1 file for the `tokenizers` library, whole or pruned to English and Chinese."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import tokenizers
from tokenizers import models, normalizers, pre_tokenizers

from aigc_exporters.e5_format import UnigramVocabulary
from aigc_exporters.encoder_bundle import EncoderTokenizer
from aigc_sdk.errors import ExportError

WORD_START = "\u2581"
_MOST_EXCEPTIONS = 1024
# A noncharacter, which no text holds, stands for a character while NFKC runs.
_SHIELDS = range(0xFDD0, 0xFDF0)


def english_chinese_rows(vocabulary: UnigramVocabulary) -> npt.NDArray[np.intp]:
    """Ids of the pieces that text in English and Chinese can be cut into, ascending.

    Kept are pieces of ASCII, Han characters, digits, punctuation and symbols (emoji among them), and single
    characters of every script. A piece is chosen for its characters alone, so a text whose characters are all of
    those scripts is cut as before: no piece that was dropped could have matched in it. Text of other scripts is
    cut into single characters.

    Returns:
        int [kept]; special pieces, and the piece of the lowest score, which sets the cost of unknown characters, are
        among them.
    """
    always = {vocabulary.bos, vocabulary.eos, vocabulary.pad, vocabulary.unk}
    always.add(int(np.argmin(vocabulary.scores)))
    kept = [
        number
        for number, piece in enumerate(vocabulary.pieces)
        if number in always or len(piece.removeprefix(WORD_START)) <= 1 or all(map(_is_shared, piece))
    ]
    return np.asarray(kept, dtype=np.intp)


def prune_vocabulary(vocabulary: UnigramVocabulary, rows: npt.NDArray[np.intp]) -> UnigramVocabulary:
    """The vocabulary of the pieces `rows`, renumbered in that order; special pieces must be among them."""
    new = {int(old): number for number, old in enumerate(rows)}
    return replace(
        vocabulary,
        pieces=tuple(vocabulary.pieces[row] for row in rows),
        scores=vocabulary.scores[rows],
        bos=new[vocabulary.bos],
        eos=new[vocabulary.eos],
        pad=new[vocabulary.pad],
        unk=new[vocabulary.unk],
    )


def build_tokenizer(vocabulary: UnigramVocabulary) -> tokenizers.Tokenizer:
    """Unigram model, the file's normalisation on top of NFKC, and words marked by U+2581.

    Raises:
        ExportError: if the file's normalisation is too far from NFKC to be expressed.
    """
    # The shortest decimal that gives the float32 back: half the size in the file.
    scores = [float(str(score)) for score in vocabulary.scores]
    tokenizer = tokenizers.Tokenizer(
        models.Unigram(
            list(zip(vocabulary.pieces, scores, strict=True)), unk_id=vocabulary.unk, byte_fallback=False
        )
    )
    tokenizer.normalizer = _normalizer(vocabulary.normalisation)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.WhitespaceSplit(),
            pre_tokenizers.Metaspace(replacement=WORD_START, prepend_scheme="always"),
        ]
    )
    special = {vocabulary.bos, vocabulary.eos, vocabulary.pad, vocabulary.unk}
    tokenizer.add_special_tokens([vocabulary.pieces[number] for number in sorted(special)])
    return tokenizer


def encoder_tokenizer(vocabulary: UnigramVocabulary) -> EncoderTokenizer:
    """`build_tokenizer` as a bundle holds it; raises as that does."""
    content = build_tokenizer(vocabulary).to_str()
    return EncoderTokenizer(content, vocabulary.bos, vocabulary.eos, vocabulary.pad)


def _is_shared(character: str) -> bool:
    if character == WORD_START or character.isascii():
        return True
    if unicodedata.category(character)[0] in "NPSZ":
        return True
    return unicodedata.name(character, "").startswith(("CJK UNIFIED", "CJK COMPATIBILITY"))


def _normalizer(table: dict[int, str]) -> normalizers.Normalizer:
    """NFKC, preceded by what `table` does differently and around what it leaves alone."""
    by_text: dict[str, list[str]] = {}
    for point, text in table.items():
        if unicodedata.normalize("NFKC", chr(point)) != text:
            by_text.setdefault(text, []).append(chr(point))
    # Characters of Unicode's first plane up to 5.2, the version of SentencePiece's table: newer ones are missing
    # from it because they were not known, not because they are to be kept.
    shielded = [
        chr(point)
        for point in range(0x10000)
        if point not in table
        and not 0xD800 <= point < 0xE000
        and unicodedata.normalize("NFKC", chr(point)) != chr(point)
        and unicodedata.normalize("NFKC", chr(point)) == unicodedata.ucd_3_2_0.normalize("NFKC", chr(point))
    ]
    if len(by_text) > _MOST_EXCEPTIONS:
        raise ExportError("The file's normalisation is too far from NFKC to be expressed.")
    # A map that shields more has no NFKC in it: it is another normalisation.
    if len(shielded) > len(_SHIELDS):
        shielded = []
    pairs = list(zip(shielded, map(chr, _SHIELDS), strict=False))
    steps: list[normalizers.Normalizer] = [
        normalizers.Replace(tokenizers.Regex("[" + "".join(map(re.escape, characters)) + "]"), text)
        for text, characters in by_text.items()
    ]
    steps += [normalizers.Replace(character, shield) for character, shield in pairs]
    steps.append(normalizers.NFKC())
    steps += [normalizers.Replace(shield, character) for character, shield in pairs]
    return normalizers.Sequence(steps)
