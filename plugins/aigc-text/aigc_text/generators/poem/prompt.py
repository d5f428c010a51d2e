"""The prompt of the poem model, shared by training and serving: form, rhyme, theme.

A prompt has a fixed length: ``<form 七绝> <rhyme 平一东> 春 江 <none> … <poem>``. Every character is a token.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from aigc_sdk.errors import BundleError
from aigc_text.generators.poem.forms import Form, forms
from aigc_text.generators.poem.rhymes import LEVEL, OBLIQUE, RhymeBook, Tone, rhyme_book

PAD, END, NONE, POEM, OTHER_TUNE = "<pad>", "<end>", "<none>", "<poem>", "<form 词>"
THEME_WIDTH = 8
"""Characters of theme that a prompt holds."""
PROMPT_LENGTH = THEME_WIDTH + 3


def form_token(form: Form | None) -> str:
    """The token of a form; None is a tune that is no form here."""
    return OTHER_TUNE if form is None else f"<form {form.name}>"


def rhyme_token(tone: Tone, rhyme: str) -> str:
    """The token of a rhyme class in a tone."""
    return f"<rhyme {tone} {rhyme}>"


def special_tokens() -> list[str]:
    """All tokens that are no characters, in the order of their ids."""
    rhymes = [rhyme_token(LEVEL, rhyme) for rhyme in rhyme_book("pingshui").classes(LEVEL)]
    songs = rhyme_book("cilin")
    rhymes += [rhyme_token(tone, rhyme) for tone in (LEVEL, OBLIQUE) for rhyme in songs.classes(tone)]
    return [PAD, END, NONE, POEM, OTHER_TUNE, *map(form_token, forms().values()), *rhymes]


def chain_tone(form: Form) -> Tone | None:
    """Tone of the rhyme of a form that has a single one; None where it changes rhyme or tone."""
    rhymed = {(line.rhyme, line.last_tone) for line in form.schemes[-1].lines if line.rhyme is not None}
    return next(iter(rhymed))[1] if len(rhymed) == 1 else None


def prompt_tokens(form: Form | None, rhyme: str | None, theme: Sequence[str]) -> list[str]:
    """Tokens of a prompt, `PROMPT_LENGTH` of them.

    Args:
        form: What to write; None for another tune.
        rhyme: Token of its rhyme, or None to leave it open.
        theme: Characters; what is over `THEME_WIDTH` is left out.
    """
    shown = list(theme[:THEME_WIDTH])
    return [form_token(form), rhyme or NONE, *shown, *[NONE] * (THEME_WIDTH - len(shown)), POEM]


class Vocabulary:
    """Tokens by id and ids by token.

    Args:
        tokens: All tokens in the order of their ids.
    """

    def __init__(self, tokens: Sequence[str]) -> None:
        self.tokens = tuple(tokens)
        self._ids = {token: number for number, token in enumerate(self.tokens)}

    @classmethod
    def from_tokenizer(cls, path: Path) -> Vocabulary:
        """Read it from a ``tokenizer.json`` whose model is a list of words.

        Raises:
            BundleError: The file is no such tokenizer, or lacks a token that prompts need.
        """
        try:
            vocab: dict[str, int] = json.loads(path.read_text(encoding="utf-8"))["model"]["vocab"]
            tokens = sorted(vocab, key=vocab.__getitem__)
            if [vocab[token] for token in tokens] != list(range(len(tokens))):
                raise ValueError("its ids are not 0, 1, 2 …")
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise BundleError(f"{path.name} is no vocabulary of characters: {error}") from error
        made = cls(tokens)
        missing = [token for token in (*special_tokens(), "，", "。") if token not in made]
        if missing:
            raise BundleError(
                f"The bundle's vocabulary lacks {missing[0]!r}: it is no poem model of this version.",
                hint="Train it again with `aigc train text/poem`.",
            )
        return made

    def id(self, token: str) -> int:
        """Id of a token. Raises KeyError if there is none."""
        return self._ids[token]

    def ids(self, tokens: Sequence[str]) -> list[int]:
        """Ids of tokens. Raises KeyError for the first that is not there."""
        return [self._ids[token] for token in tokens]

    def __contains__(self, token: str) -> bool:
        return token in self._ids

    def __len__(self) -> int:
        return len(self.tokens)


def poem_rhyme(form: Form, ends: Sequence[str], book: RhymeBook) -> str | None:
    """The rhyme class that the characters `ends` of a form's only rhyme share; None where there is none or several."""
    tone = chain_tone(form)
    if tone is None or not ends:
        return None
    shared = frozenset.intersection(*(book.rhymes(end, tone) for end in ends))
    return next(iter(shared)) if len(shared) == 1 else None
