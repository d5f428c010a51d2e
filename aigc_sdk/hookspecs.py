"""The hooks a plugin may implement. They *declare*; they never run inference.

A plugin is a module (or object) found through the entry-point group ``aigc_sdk.plugins``. It states the
hook-API versions it was written for as ``AIGC_HOOK_API = (lowest, highest)`` and implements any of these
with ``@hookimpl``::

    from aigc_sdk.hookspecs import hookimpl
    from aigc_sdk.spec import GeneratorSpec

    AIGC_HOOK_API = (1, 1)

    @hookimpl
    def aigc_generators():
        return [GeneratorSpec(id="text/echo", ..., factory="my_plugin.echo:Echo")]
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pluggy

from aigc_sdk.spec import (
    BundleSource,
    CorpusIndexerSpec,
    EvaluatorSpec,
    GeneratorSpec,
    ImporterSpec,
    ModeratorSpec,
    TrainerSpec,
)

if TYPE_CHECKING:
    import click

    from aigc_sdk.request import Request
    from aigc_sdk.result import Result
    from aigc_sdk.verdict import Verdict

PROJECT = "aigc_sdk"
ENTRY_POINT_GROUP = "aigc_sdk.plugins"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def aigc_generators() -> Sequence[GeneratorSpec]:  # type: ignore[empty-body]  # a declaration
    """Generators this plugin brings."""


@hookspec
def aigc_evaluators() -> Sequence[EvaluatorSpec]:  # type: ignore[empty-body]  # a declaration
    """Evaluators this plugin brings."""


@hookspec
def aigc_moderators() -> Sequence[ModeratorSpec]:  # type: ignore[empty-body]  # a declaration
    """Moderators this plugin brings."""


@hookspec
def aigc_trainers() -> Sequence[TrainerSpec]:  # type: ignore[empty-body]  # a declaration
    """Trainers this plugin brings; ``aigc train ID`` runs them."""


@hookspec
def aigc_importers() -> Sequence[ImporterSpec]:  # type: ignore[empty-body]  # a declaration
    """Importers of other model formats."""


@hookspec
def aigc_corpus_indexers() -> Sequence[CorpusIndexerSpec]:  # type: ignore[empty-body]  # a declaration
    """Indexers that turn content into token streams for the similarity corpus."""


@hookspec
def aigc_bundles() -> Sequence[BundleSource]:  # type: ignore[empty-body]  # a declaration
    """Bundles that are shipped or can be pulled: from where, with which hash."""


@hookspec
def aigc_commands(cli: click.Group) -> None:
    """Add commands to the ``aigc`` command line. Import heavy things inside the commands."""


@hookspec
def aigc_before_generate(component: str, request: Request) -> None:
    """Observe a request before it runs. Failures are logged and ignored; a veto is a Moderator's job."""


@hookspec
def aigc_after_generate(component: str, result: Result) -> None:
    """Observe a finished result."""


@hookspec
def aigc_on_verdict(verdict: Verdict) -> None:
    """Observe a verdict."""
