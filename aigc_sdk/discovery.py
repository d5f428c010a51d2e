"""Finding plugins: our own loop over entry points, in which a broken plugin is a row, not a crash.

``pluggy`` would load entry points itself, but one that raises would end the loop. Here every plugin is
imported, checked, registered and asked for its specs on its own; what fails is kept with its error.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from typing import Any, Final, TypeVar

import pluggy
from pydantic import ValidationError

from aigc_sdk import hookspecs
from aigc_sdk.errors import ComponentNotFoundError, DuplicateIdError, ModelNotFoundError
from aigc_sdk.spec import (
    HOOK_API,
    BundleSource,
    CorpusIndexerSpec,
    EvaluatorSpec,
    GeneratorSpec,
    ImporterSpec,
    ModeratorSpec,
    TrainerSpec,
)

logger = logging.getLogger("aigc_sdk")

_SAID_LENGTH: Final = 600
_SPEC_HOOKS: Final[dict[str, type[Any]]] = {
    "generators": GeneratorSpec,
    "evaluators": EvaluatorSpec,
    "moderators": ModeratorSpec,
    "trainers": TrainerSpec,
    "importers": ImporterSpec,
    "corpus_indexers": CorpusIndexerSpec,
    "bundles": BundleSource,
}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PluginRow:
    """One plugin as ``aigc plugins list`` shows it."""

    name: str
    distribution: str
    version: str
    module: str
    state: str
    """``ok``, ``error`` or ``blocked``."""
    hook_api: tuple[int, int] | None = None
    error: str | None = None
    provides: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PluginSource:
    """A plugin before it is loaded: where it comes from and how to get its module."""

    name: str
    load: Callable[[], object]
    distribution: str = "(given by the host)"
    version: str = ""
    module: str = ""


def installed_plugins() -> list[PluginSource]:
    """The entry points of the group ``aigc_sdk.plugins``, sorted by name."""
    found = []
    for point in sorted(entry_points(group=hookspecs.ENTRY_POINT_GROUP), key=lambda p: (p.name, p.value)):
        dist = point.dist
        found.append(
            PluginSource(
                name=point.name,
                load=point.load,
                distribution=dist.name if dist is not None else "?",
                version=dist.version if dist is not None else "",
                module=point.value,
            )
        )
    return found


class Registry:
    """All specs of all working plugins, and a row for every plugin found.

    Args:
        plugins: Where to look; by default what is installed.
        allow: Only these plugin names, if given.
        block: Never these.
        prefer: Plugin to take for an id that several declare: ``{"text/copy": "text"}``.
    """

    def __init__(
        self,
        plugins: Iterable[PluginSource],
        *,
        allow: Collection[str] | None = None,
        block: Collection[str] = (),
        prefer: Mapping[str, str] | None = None,
    ) -> None:
        self.manager = pluggy.PluginManager(hookspecs.PROJECT)
        self.manager.add_hookspecs(hookspecs)
        self.rows: list[PluginRow] = []
        self.generators: dict[str, GeneratorSpec] = {}
        self.evaluators: dict[str, EvaluatorSpec] = {}
        self.moderators: dict[str, ModeratorSpec] = {}
        self.trainers: dict[str, TrainerSpec] = {}
        self.importers: dict[str, ImporterSpec] = {}
        self.corpus_indexers: dict[str, CorpusIndexerSpec] = {}
        self.bundles: dict[str, BundleSource] = {}
        self._duplicates: dict[tuple[str, str], list[str]] = {}
        self._prefer = dict(prefer or {})
        for source in plugins:
            self.rows.append(self._add(source, allow, block))

    @classmethod
    def discover(
        cls,
        allow: Collection[str] | None = None,
        block: Collection[str] = (),
        prefer: Mapping[str, str] | None = None,
    ) -> Registry:
        """Look through the installed plugins."""
        return cls(installed_plugins(), allow=allow, block=block, prefer=prefer)

    def _add(self, source: PluginSource, allow: Collection[str] | None, block: Collection[str]) -> PluginRow:
        about: dict[str, Any] = {
            "name": source.name,
            "distribution": source.distribution,
            "version": source.version,
            "module": source.module,
        }
        if source.name in block or (allow is not None and source.name not in allow):
            return PluginRow(**about, state="blocked", error="left out by the host's allow or block list")
        plugin: object = None
        api: tuple[int, int] | None = None
        try:
            plugin = source.load()
            api = _hook_api(plugin)
            self.manager.register(plugin, source.name)
            self.manager.check_pending()
            declared = {kind: self._declared(plugin, kind, source.name) for kind in _SPEC_HOOKS}
        # A plugin may raise anything, SystemExit included, and the host must go on.
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            if plugin is not None and self.manager.is_registered(plugin):
                self.manager.unregister(plugin)
            said = _said(error)
            logger.warning("plugin %s is left out: %s", source.name, said)
            return PluginRow(**about, state="error", hook_api=api, error=said)
        for kind, specs in declared.items():
            for spec in specs:
                self._claim(kind, spec, source.name)
        provides = {kind: [spec.id for spec in specs] for kind, specs in declared.items() if specs}
        return PluginRow(**about, state="ok", hook_api=api, provides=provides)

    def _declared(self, plugin: object, kind: str, name: str) -> list[Any]:
        """Specs of one kind from one plugin, checked and stamped with the plugin's name."""
        wanted = _SPEC_HOOKS[kind]
        specs: list[Any] = []
        for impl in getattr(self.manager.hook, f"aigc_{kind}").get_hookimpls():
            if impl.plugin is not plugin:
                continue
            for spec in impl.function():
                if not isinstance(spec, wanted):
                    raise TypeError(f"aigc_{kind} returned {type(spec).__name__}, not {wanted.__name__}")
                specs.append(spec.model_copy(update={"plugin": name}))
        ids = [spec.id for spec in specs]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"aigc_{kind} declares {', '.join(twice)} twice")
        return specs

    def _claim(self, kind: str, spec: Any, plugin: str) -> None:
        table: dict[str, Any] = getattr(self, kind)
        held = table.get(spec.id)
        if held is None:
            table[spec.id] = spec
            return
        claims = self._duplicates.setdefault((kind, spec.id), [held.plugin])
        claims.append(plugin)
        if self._prefer.get(spec.id) == plugin:
            table[spec.id] = spec

    def _get(self, kind: str, table: Mapping[str, T], component_id: str) -> T:
        claims = self._duplicates.get((kind, component_id))
        if claims is not None and self._prefer.get(component_id) not in claims:
            raise DuplicateIdError(
                f"{component_id!r} is declared by several plugins: {', '.join(claims)}.",
                hint="Choose one with Registry.discover(prefer={id: plugin}) or uninstall the other.",
            )
        try:
            return table[component_id]
        except KeyError:
            raise self._missing(kind, table, component_id) from None

    def _missing(self, kind: str, table: Mapping[str, Any], component_id: str) -> Exception:
        broken = [row.name for row in self.rows if row.state == "error"]
        known = ", ".join(sorted(table)) or "none"
        hint = f"Known: {known}."
        if broken:
            hint += f" Broken plugins: {', '.join(broken)} (see `aigc plugins list`)."
        return ComponentNotFoundError(
            f"No {kind.removesuffix('s').replace('_', ' ')} is called {component_id!r}.", hint=hint
        )

    def generator(self, component_id: str) -> GeneratorSpec:
        """The generator's spec. Raises ComponentNotFoundError or DuplicateIdError."""
        return self._get("generators", self.generators, component_id)

    def evaluator(self, component_id: str) -> EvaluatorSpec:
        """The evaluator's spec. Raises ComponentNotFoundError or DuplicateIdError."""
        return self._get("evaluators", self.evaluators, component_id)

    def moderator(self, component_id: str) -> ModeratorSpec:
        """The moderator's spec. Raises ComponentNotFoundError or DuplicateIdError."""
        return self._get("moderators", self.moderators, component_id)

    def trainer(self, component_id: str) -> TrainerSpec:
        """The trainer's spec. Raises ComponentNotFoundError or DuplicateIdError."""
        return self._get("trainers", self.trainers, component_id)

    def importer(self, component_id: str) -> ImporterSpec:
        """The importer's spec. Raises ComponentNotFoundError or DuplicateIdError."""
        return self._get("importers", self.importers, component_id)

    def corpus_indexer(self, component_id: str) -> CorpusIndexerSpec:
        """The corpus indexer's spec. Raises ComponentNotFoundError or DuplicateIdError."""
        return self._get("corpus_indexers", self.corpus_indexers, component_id)

    def bundle(self, bundle_id: str) -> BundleSource:
        """Where a bundle can be had. Raises ModelNotFoundError."""
        try:
            return self._get("bundles", self.bundles, bundle_id)
        except ComponentNotFoundError as error:
            raise ModelNotFoundError(
                f"No installed plugin offers a bundle called {bundle_id!r}.",
                hint=f"Known: {', '.join(sorted(self.bundles)) or 'none'}.",
            ) from error

    def plugin_label(self, name: str) -> str:
        """``"distribution version"`` of a plugin, for results."""
        row = next((r for r in self.rows if r.name == name), None)
        return name if row is None else f"{row.distribution} {row.version}".strip()

    def notify(self, hook: str, **arguments: Any) -> None:
        """Tell observers. One that fails is logged and ignored: it can never break a call."""
        caller = getattr(self.manager.hook, hook)
        for impl in caller.get_hookimpls():
            try:
                impl.function(*(arguments[name] for name in impl.argnames))
            except BaseException as error:
                if isinstance(error, KeyboardInterrupt):
                    raise
                logger.warning("observer %s of %s failed: %s", impl.plugin_name, hook, _said(error))

    @property
    def observed(self) -> frozenset[str]:
        """Lifecycle hooks that somebody implements."""
        hooks = ("aigc_before_generate", "aigc_after_generate", "aigc_on_verdict")
        return frozenset(h for h in hooks if getattr(self.manager.hook, h).get_hookimpls())


def _said(error: BaseException) -> str:
    """Type and message of an error that may fail even to be shown, in one line: it is a row of a list."""
    try:
        text = str(error)
        if isinstance(error, ValidationError):
            rows = error.errors(include_url=False, include_input=False, include_context=False)
            wrong = "; ".join(f"{'.'.join(map(str, row['loc']))}: {row['msg']}" for row in rows)
            text = f"{error.title}: {wrong}"
        return f"{type(error).__name__}: {' '.join(text.split())[:_SAID_LENGTH]}"
    except Exception:  # noqa: BLE001 - a plugin's own exception class can raise in __str__
        return type(error).__name__


def _hook_api(plugin: object) -> tuple[int, int]:
    """The plugin's hook-API range, checked against ours."""
    stated = getattr(plugin, "AIGC_HOOK_API", None)
    if not isinstance(stated, tuple) or len(stated) != 2 or not all(isinstance(v, int) for v in stated):
        raise TypeError("it does not state AIGC_HOOK_API = (lowest, highest)")
    low, high = stated
    if not low <= HOOK_API <= high:
        raise ValueError(f"it was written for hook API {low} to {high}, this core speaks {HOOK_API}")
    return low, high
