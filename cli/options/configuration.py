"""``alliance-check.toml``: found upwards from the file, read once, checked as a whole."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from alliance_check.model.errors import WrongUsage
from alliance_check.model.report import Waiver
from alliance_check.parse import OwnWords

from .config_keys import Fault, Values, read_top
from .settings import OWN_FILE, SHARED_FILE

_WITHIN = "tool.alliance-check."


@dataclass(frozen=True)
class Configuration:
    """What one configuration file says; ``files`` are overlays by glob, in their order."""

    path: Path
    values: Values = field(default_factory=dict)
    files: tuple[tuple[str, Values], ...] = ()
    words: OwnWords = field(default_factory=OwnWords)
    waivers: tuple[Waiver, ...] = ()

    def for_file(self, path: Path) -> Values:
        """Return the values that apply to a file; the last overlay that fits wins."""
        values = self.values
        for glob, overlay in self.files:
            if _fits(path, glob, self.path.parent):
                values = {**values, **overlay}
        return values

    def waivers_for(self, path: Path) -> tuple[Waiver, ...]:
        """Return the waivers that are about a file."""
        folder = self.path.parent
        return tuple(w for w in self.waivers if w.file is None or _fits(path, w.file, folder))


def _fits(path: Path, glob: str, folder: Path) -> bool:
    from fnmatch import fnmatchcase

    try:
        relative = path.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        return False
    return fnmatchcase(relative, glob) or ("/" not in glob and fnmatchcase(path.name, glob))


def find(folder: Path) -> Configuration | None:
    """Return the nearest configuration in a folder or above it; None where there is none.

    :raises WrongUsage: when the file found has unknown keys or wrong values.
    """
    for parent in (folder, *folder.parents):
        own, shared = parent / OWN_FILE, parent / SHARED_FILE
        if own.is_file():
            return load(own)
        if shared.is_file():
            table = _own_table(_toml(shared))
            if table is not None:
                return _made(shared, table, _WITHIN)
    return None


def load(path: Path) -> Configuration:
    """Return what a configuration file says.

    :raises WrongUsage: when it is no TOML, or has unknown keys or wrong values.
    """
    content = _toml(path)
    if path.name == SHARED_FILE:
        return _made(path, _own_table(content) or {}, _WITHIN)
    return _made(path, content, "")


def _own_table(content: Mapping[str, Any]) -> Any:
    """Return the table of this program among those of others; None where there is none."""
    tools = content.get("tool", {})
    return tools.get("alliance-check") if isinstance(tools, Mapping) else None


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"), parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise WrongUsage("{name} is no TOML: {error}.", name=path.name, error=str(error)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUsage(
            "{name} cannot be read: {error}.", name=path.name, error=str(error)
        ) from error


def _made(path: Path, content: Any, within: str) -> Configuration:
    if not isinstance(content, Mapping):
        raise WrongUsage(
            "{name}: write [{value}] and the keys below it.",
            name=path.name,
            value=within.rstrip("."),
        )
    faults: list[Fault] = []
    values, files, words, waivers = read_top(content, faults)
    if faults:
        sentences = "; ".join(f"{within}{fault.key}: {fault.sentence}" for fault in faults)
        raise WrongUsage("{name}: {sentences}.", name=path.name, sentences=sentences)
    return Configuration(path, values, files, words, tuple(Waiver(**one) for one in waivers))
