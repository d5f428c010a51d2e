"""Policies from presets and YAML files."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from aigc_sdk.errors import PolicyError
from aigc_sdk.policy.model import Policy


def preset_names() -> list[str]:
    """Names of the presets that ship with the core."""
    folder = files("aigc_sdk.policy") / "presets"
    return sorted(p.name.removesuffix(".yaml") for p in folder.iterdir() if p.name.endswith(".yaml"))


def load_policy(source: str | Path | Policy | None = None) -> Policy:
    """A policy from a preset name, a YAML file, or itself; None gives the preset ``default``.

    Raises:
        PolicyError: Naming the file and every field that is wrong.
    """
    if isinstance(source, Policy):
        return source
    name = "default" if source is None else str(source)
    if isinstance(source, Path) or name.endswith((".yaml", ".yml")) or "/" in name:
        try:
            text = Path(name).read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise PolicyError(f"The policy file {name} cannot be read: {error}") from error
        return parse_policy(text, name)
    if name not in preset_names():
        raise PolicyError(
            f"There is no policy preset {name!r}.",
            hint=f"Presets: {', '.join(preset_names())}; or give the path of a YAML file.",
        )
    text = (files("aigc_sdk.policy") / "presets" / f"{name}.yaml").read_text(encoding="utf-8")
    return parse_policy(text, f"preset {name}")


def parse_policy(text: str, where: str) -> Policy:
    """A policy from YAML text; ``where`` names it in errors.

    Raises:
        PolicyError: If it is not YAML, or a field is unknown or wrong.
    """
    import yaml

    try:
        data = yaml.load(text, Loader=_loader())  # noqa: S506 - a safe loader, only stricter
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        # ValueError: a date that is none, an integer of thousands of digits.
        raise PolicyError(f"{where} is not valid YAML: {error}") from error
    if not isinstance(data, dict):
        raise PolicyError(f"{where} must be a YAML mapping with at least `id`.")
    try:
        return Policy.model_validate(data)
    except ValidationError as error:
        lines = [
            f"{'.'.join(str(part) for part in row['loc']) or 'policy'}: {row['msg']}"
            for row in error.errors()
        ]
        raise PolicyError(f"{where} is not a valid policy: {'; '.join(lines)}") from error


@lru_cache(maxsize=1)
def _loader() -> type[Any]:
    """YAML's safe loader, but a key that comes twice is an error: the later one would undo the former unseen."""
    import yaml

    class Loader(yaml.SafeLoader):
        def compose_mapping_node(self, anchor: Any) -> yaml.MappingNode:
            node = super().compose_mapping_node(anchor)
            seen: set[str] = set()
            for key, _ in node.value:
                if isinstance(key, yaml.ScalarNode):
                    if key.value in seen:
                        problem = f"the key {key.value!a} comes twice"
                        raise yaml.composer.ComposerError(None, None, problem, key.start_mark)
                    seen.add(key.value)
            return node

    return Loader
