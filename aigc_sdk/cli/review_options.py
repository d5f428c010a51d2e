"""Options that the commands of ``aigc review`` share, and opening the store they name."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from aigc_sdk.cli.app import App
from aigc_sdk.cli.options import common_options
from aigc_sdk.errors import BadInputError

if TYPE_CHECKING:
    from aigc_sdk.review import ReviewStore

F = TypeVar("F", bound=Callable[..., Any])


def review_options(command: F) -> F:
    """``--db``, ``--json`` and ``--debug``."""
    command = common_options(command)
    return click.option(
        "--db",
        envvar="AIGC_REVIEW_DB",
        metavar="FILE|URL",
        help="The review store (review.db in $AIGC_HOME).",
    )(command)


def reviewer_option(command: F) -> F:
    """``--reviewer``."""
    return click.option(
        "--reviewer", envvar="AIGC_REVIEWER", help="Who you are (AIGC_REVIEWER, else the login name)."
    )(command)


def who(name: str | None) -> str:
    """The reviewer: who was named, else whoever is logged in."""
    if name:
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise BadInputError("Nobody is named as the reviewer.", hint="Give --reviewer NAME.") from None


def open_store(app: App, db: str | None) -> ReviewStore:
    """The store named, else the one beside the bundles."""
    from aigc_sdk.review import ReviewStore

    return ReviewStore(db or app.store.root / "review.db")
