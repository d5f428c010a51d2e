"""Entry point of the text plugin: what it brings. Imports no model code and no third-party package."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aigc_sdk.hookspecs import hookimpl
from aigc_sdk.spec import (
    BundleSource,
    CorpusIndexerSpec,
    EvaluatorSpec,
    GeneratorSpec,
    ModeratorSpec,
    TrainerSpec,
)
from aigc_text.corpus.specs import CORPUS_INDEXERS
from aigc_text.corpus.specs import MODERATORS as CORPUS_MODERATORS
from aigc_text.evaluators.specs import BUNDLES as EVALUATOR_BUNDLES
from aigc_text.evaluators.specs import EVALUATORS
from aigc_text.generators.specs import BUNDLES as GENERATOR_BUNDLES
from aigc_text.generators.specs import GENERATORS
from aigc_text.moderators.specs import BUNDLES as MODERATOR_BUNDLES
from aigc_text.moderators.specs import MODERATORS

if TYPE_CHECKING:
    import click

AIGC_HOOK_API = (1, 1)


@hookimpl
def aigc_generators() -> Sequence[GeneratorSpec]:
    """``text/copy`` and ``text/chat``."""
    return GENERATORS


@hookimpl
def aigc_evaluators() -> Sequence[EvaluatorSpec]:
    """Facts, wording, correctness, tone, language, originality."""
    return EVALUATORS


@hookimpl
def aigc_moderators() -> Sequence[ModeratorSpec]:
    """Term lists, linear models, repeats of protected works."""
    return [*MODERATORS, *CORPUS_MODERATORS]


@hookimpl
def aigc_trainers() -> Sequence[TrainerSpec]:
    """The learned copywriter, on your own data."""
    from aigc_text.training.specs import TRAINERS

    return list(TRAINERS)


@hookimpl
def aigc_corpus_indexers() -> Sequence[CorpusIndexerSpec]:
    """Words and characters, for the similarity corpus."""
    return CORPUS_INDEXERS


@hookimpl
def aigc_bundles() -> Sequence[BundleSource]:
    """What is shipped and what can be pulled."""
    return [*EVALUATOR_BUNDLES, *GENERATOR_BUNDLES, *MODERATOR_BUNDLES]


@hookimpl
def aigc_commands(cli: click.Group) -> None:
    """``aigc chat``, ``aigc demo`` and ``aigc knowledge``."""
    from aigc_text.commands import chat
    from aigc_text.demo.command import demo
    from aigc_text.generators.augment.command import augment
    from aigc_text.knowledge.command import knowledge

    cli.add_command(chat)
    cli.add_command(demo)
    cli.add_command(augment)
    cli.add_command(knowledge)
