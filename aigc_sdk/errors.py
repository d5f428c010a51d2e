"""Every error the SDK raises, in one hierarchy.

::

    AigcError
    ├── BadInputError (ValueError)             what the caller gave cannot be used
    │   ├── OptionError                        an option is unknown or out of range
    │   ├── InputTooLargeError                 over a stated size limit
    │   ├── UnsupportedLanguageError           the component does not serve that language
    │   └── TemplateError                      a template is wrong or leaves its sandbox
    ├── PolicyError (ValueError)               a policy file is wrong
    ├── PluginError (RuntimeError)             a plugin is broken
    │   ├── PluginLoadError                    at import, on registration or in `load`
    │   ├── DuplicateIdError                   two plugins claim one id
    │   ├── ContractError                      wrong rows, wrong types
    │   └── ComponentError                     it raised while working
    ├── NotFoundError (LookupError)
    │   ├── ComponentNotFoundError             no such generator, evaluator, moderator
    │   └── ModelNotFoundError                 a bundle is not on this machine: how to get it
    ├── BundleError (ValueError)               a bundle is malformed, truncated or tampered with
    │   └── CorpusError                        a similarity corpus is
    ├── ExportError (RuntimeError)             a model could not be exported
    │   └── ParityError                        the export runs but its numbers differ
    ├── OutputError (ValueError)               a model's output is not of the structure asked for
    │   └── IncompleteOutputError              it was cut off before its end
    ├── DeviceError (RuntimeError)             the device asked for does not work here
    ├── DownloadError (ConnectionError)        a package could not be fetched
    ├── MissingDependencyError (ImportError)   an optional package is absent: which extra brings it
    ├── DeadlineExceededError (TimeoutError)
    ├── CancelledError (RuntimeError)
    └── ContentBlockedError (PermissionError)  screening refused; carries the verdict
        └── ReviewUnrecordedError              refused, and the review store could not put it on record

Messages say what was wrong, where, and what to do. They never quote blocked content.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aigc_sdk.verdict import Verdict


class AigcError(Exception):
    """Root of all errors of the SDK.

    Args:
        message: What was wrong and where.
        hint: What to do about it; printed on a line of its own by the CLI.
    """

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    @property
    def code(self) -> str:
        """Stable machine-readable name: the class name without ``Error``, in snake case."""
        name = type(self).__name__.removesuffix("Error")
        return "".join("_" + c.lower() if c.isupper() else c for c in name).lstrip("_")

    def __str__(self) -> str:
        return f"{self.message} {self.hint}" if self.hint else self.message


class BadInputError(AigcError, ValueError):
    """What the caller gave cannot be used."""


class OptionError(BadInputError):
    """An option is unknown, of the wrong type or out of range."""


class InputTooLargeError(BadInputError):
    """An input is over a stated size limit."""


class UnsupportedLanguageError(BadInputError):
    """The component does not serve the language asked for."""


class TemplateError(BadInputError):
    """A template is malformed, lacks a value, or tries to leave its sandbox."""


class PolicyError(AigcError, ValueError):
    """A policy file is malformed or names something that does not exist."""


class PluginError(AigcError, RuntimeError):
    """A plugin is broken; the host and the other plugins go on."""


class PluginLoadError(PluginError):
    """A plugin failed at import, on registration or in ``load``."""


class DuplicateIdError(PluginError):
    """Two plugins declare the same id and the host has not chosen one."""


class ContractError(PluginError):
    """A component broke its contract: wrong number of rows, wrong types."""


class ComponentError(PluginError):
    """A component raised while working; the original is ``__cause__``."""


class NotFoundError(AigcError, LookupError):
    """Something named does not exist here."""

    # KeyError-style reprs would quote the message; keep it plain.
    __str__ = AigcError.__str__


class ComponentNotFoundError(NotFoundError):
    """No installed plugin declares this id."""


class ModelNotFoundError(NotFoundError):
    """A bundle is not on this machine; the hint says how to get it."""


class BundleError(AigcError, ValueError):
    """A bundle is malformed, truncated or tampered with."""


class CorpusError(BundleError):
    """A similarity corpus is absent, malformed, truncated or tampered with."""


class ExportError(AigcError, RuntimeError):
    """A model could not be turned into a bundle."""


class ParityError(ExportError):
    """The exported model runs but its numbers differ from the reference."""


class OutputError(AigcError, ValueError):
    """What a model wrote is not of the structure that was asked for."""


class IncompleteOutputError(OutputError):
    """Structured output was cut off, so it is not read as if it were whole.

    Attributes:
        finish_reason: ``length``, ``stop_string``, ``deadline`` or ``cancelled``.
    """

    def __init__(self, message: str, *, finish_reason: str, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.finish_reason = finish_reason


class DeviceError(AigcError, RuntimeError):
    """The device asked for does not work on this machine."""


class DownloadError(AigcError, ConnectionError):
    """A package could not be fetched: no network, no such package, or no client to fetch it with."""


class MissingDependencyError(AigcError, ImportError):
    """An optional package is absent; the hint names the extra that brings it."""


class DeadlineExceededError(AigcError, TimeoutError):
    """The call's deadline passed before it finished."""


class CancelledError(AigcError, RuntimeError):
    """The caller cancelled the call."""


class ContentBlockedError(AigcError, PermissionError):
    """Screening refused the request or every candidate.

    Attributes:
        verdict: The verdict that refused. It names categories and detectors, never the content.
    """

    def __init__(self, message: str, *, verdict: Verdict, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.verdict = verdict


class ReviewUnrecordedError(ContentBlockedError):
    """Content was refused and the review store could not put it on record: what was to be reviewed is blocked."""
