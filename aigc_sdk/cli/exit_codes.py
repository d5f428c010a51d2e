"""Exit codes of ``aigc``. Scripts rely on them: never change one, only add."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from aigc_sdk.errors import (
    BadInputError,
    BundleError,
    CancelledError,
    ContentBlockedError,
    DeadlineExceededError,
    DeviceError,
    DownloadError,
    MissingDependencyError,
    NotFoundError,
    PluginLoadError,
    PolicyError,
)

if TYPE_CHECKING:
    from aigc_sdk.verdict import Decision


class ExitCode(IntEnum):
    """What a command's exit code means."""

    OK = 0
    """Done; content was allowed, possibly in its redacted form."""
    FAILURE = 1
    """Something failed inside: a component, an export, or a mistake in the SDK."""
    USAGE = 2
    """The command line or its input cannot be used."""
    BLOCKED = 3
    """The policy blocked the content."""
    REVIEW = 4
    """The policy wants a person to look at the content."""
    MISSING = 5
    """A model, plugin, component or package is not installed."""
    BUNDLE = 6
    """A bundle is malformed, truncated or tampered with."""
    STOPPED = 7
    """The deadline passed or the call was cancelled."""
    DEVICE = 8
    """The device asked for does not work here."""
    DOWNLOAD = 9
    """A package could not be downloaded."""
    ROWS = 10
    """With ``--fail-on-error``: a JSONL run finished, and some rows carry an error."""
    INTERRUPTED = 130
    """Ctrl-C."""


# Order matters where one error is a kind of another.
_BY_ERROR: tuple[tuple[type[Exception], ExitCode], ...] = (
    (BadInputError, ExitCode.USAGE),
    (PolicyError, ExitCode.USAGE),
    (NotFoundError, ExitCode.MISSING),
    (MissingDependencyError, ExitCode.MISSING),
    (PluginLoadError, ExitCode.MISSING),
    (BundleError, ExitCode.BUNDLE),
    (DeadlineExceededError, ExitCode.STOPPED),
    (CancelledError, ExitCode.STOPPED),
    (DeviceError, ExitCode.DEVICE),
    (DownloadError, ExitCode.DOWNLOAD),
)


def of_decision(decision: Decision) -> ExitCode:
    """The exit code of a screening's outcome."""
    from aigc_sdk.verdict import Decision  # not at the top: `aigc --help` needs no verdict

    if decision is Decision.BLOCK:
        return ExitCode.BLOCKED
    return ExitCode.REVIEW if decision is Decision.REVIEW else ExitCode.OK


def of_error(error: BaseException) -> ExitCode:
    """The exit code of an error."""
    if isinstance(error, ContentBlockedError):
        # A refusal is never a success, whatever the verdict it carries.
        return of_decision(error.verdict.decision) or ExitCode.BLOCKED
    for kind, code in _BY_ERROR:
        if isinstance(error, kind):
            return code
    return ExitCode.FAILURE
