"""What the plugin brings. Import-light: specs name the parts by string, nothing is imported until used."""

from __future__ import annotations

from aigc_sdk.hookspecs import hookimpl
from aigc_sdk.spec import EvaluatorSpec, GeneratorSpec, ModeratorSpec
from aigc_sdk.taxonomy import Category, Kind

AIGC_HOOK_API = (1, 1)
"""Versions of the hook API this plugin was written for, lowest and highest."""


@hookimpl
def aigc_generators() -> list[GeneratorSpec]:
    """One generator."""
    return [
        GeneratorSpec(
            id="text/shout",
            summary="Says it louder.",
            factory="aigc_shout_parts:Shout",
            options="aigc_shout_parts:ShoutOptions",
            inputs=(Kind.ATTRIBUTES,),
            outputs=(Kind.TEXT,),
            evaluators=("text/loudness",),
            example={"inputs": {"text": "hello"}},
        )
    ]


@hookimpl
def aigc_evaluators() -> list[EvaluatorSpec]:
    """One evaluator."""
    return [
        EvaluatorSpec(
            id="text/loudness",
            summary="Share of letters that are capitals.",
            factory="aigc_shout_parts:Loudness",
            inputs=(Kind.TEXT,),
            metrics=("loudness",),
        )
    ]


@hookimpl
def aigc_moderators() -> list[ModeratorSpec]:
    """One moderator, with a bounded match: streams hold 40 characters back for it."""
    return [
        ModeratorSpec(
            id="text/ticket-numbers",
            summary="Finds internal ticket numbers such as TCK-12345.",
            factory="aigc_shout_parts:TicketNumbers",
            inputs=(Kind.TEXT,),
            categories=(Category.PRIVACY,),
            max_match=40,
        )
    ]
