"""Where two policies differ, rule by rule."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from aigc_sdk.policy.model import Policy


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        part: ``rule NAME``, ``detector ID`` or a setting of the policy.
        kind: ``added``, ``removed`` or ``changed``.
        fields: Field → (value in the first, value in the second), for what changed.
    """

    part: str
    kind: str
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    def __str__(self) -> str:
        changed = "; ".join(
            f"{name}: {_shown(old)} → {_shown(new)}" for name, (old, new) in self.fields.items()
        )
        return f"{self.part} {self.kind}{f': {changed}' if changed else ''}"

    def as_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        changed = {name: {"from": old, "to": new} for name, (old, new) in self.fields.items()}
        return {"part": self.part, "kind": self.kind, "fields": changed}


def compare_policies(first: Policy, second: Policy) -> list[Change]:
    """What must change for ``first`` to become ``second``; id and summary do not count.

    The order of rules does not matter to a verdict and is not compared. Rules are told apart by name; of rules
    that share one, the first is compared with the first, and so on.
    """
    changes = [
        *_changes("rule", _named(first.rules, "name"), _named(second.rules, "name")),
        *_changes("detector", _named(first.detectors, "id"), _named(second.detectors, "id")),
    ]
    old, new = first.model_dump(mode="json"), second.model_dump(mode="json")
    apart = ("id", "summary", "rules", "detectors")
    settings = [name for name in old if name not in apart and old[name] != new[name]]
    return changes + [Change(name, "changed", {name: (old[name], new[name])}) for name in settings]


def _named(parts: tuple[Any, ...], key: str) -> dict[str, BaseModel]:
    named: dict[str, BaseModel] = {}
    for part in parts:
        name, number = getattr(part, key), 1
        while (label := name if number == 1 else f"{name} ({number})") in named:
            number += 1
        named[label] = part
    return named


def _changes(what: str, first: dict[str, BaseModel], second: dict[str, BaseModel]) -> list[Change]:
    changes = [Change(f"{what} {name}", "removed") for name in first if name not in second]
    changes += [Change(f"{what} {name}", "added") for name in second if name not in first]
    for name in first:
        if name in second and first[name] != second[name]:
            old, new = first[name].model_dump(mode="json"), second[name].model_dump(mode="json")
            differing = {f: (old[f], new[f]) for f in old if old[f] != new[f]}
            changes.append(Change(f"{what} {name}", "changed", differing))
    return changes


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "any"
    return "any" if value is None else str(value)
