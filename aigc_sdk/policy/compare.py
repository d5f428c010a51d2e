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
        none = "no cut" if self.part.startswith("threshold ") else "any"
        changed = "; ".join(
            f"{name}: {_shown(old, none)} → {_shown(new, none)}" for name, (old, new) in self.fields.items()
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
        *_threshold_changes(first, second),
    ]
    old, new = first.model_dump(mode="json"), second.model_dump(mode="json")
    apart = ("id", "summary", "rules", "detectors", "thresholds")
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


def _threshold_changes(first: Policy, second: Policy) -> list[Change]:
    """Cut by cut: which actions begin at another probability."""
    old = {t.name: t for t in first.thresholds}
    new = {t.name: t for t in second.thresholds}
    changes = []
    for name in dict.fromkeys((*old, *new)):
        before = {str(a): c.probability for a, c in old[name].cuts.items()} if name in old else {}
        after = {str(a): c.probability for a, c in new[name].cuts.items()} if name in new else {}
        kind = "changed" if before and after else "added" if after else "removed"
        fields: dict[str, tuple[Any, Any]] = {
            action: (before.get(action), after.get(action))
            for action in dict.fromkeys((*before, *after))
            if before.get(action) != after.get(action)
        }
        if fields or (name in old and name in new and old[name] != new[name]):
            fields = fields or {"evidence": ("as it was", "another row quoted")}
            changes.append(Change(f"threshold {name}", kind, fields))
    return changes


def _shown(value: Any, none: str) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "any"
    return none if value is None else str(value)
