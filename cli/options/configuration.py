"""``alliance-check.toml``: found upwards from the file, read once, checked as a whole.

Whoever may write into a folder above a sheet can plant one. So it is read within limits, it is not
looked for above the repository or the home folder, nor taken from another user, and what it
overrules is said in every report.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from alliance_check.model.errors import WrongUsage
from alliance_check.model.message import Message
from alliance_check.model.report import Waiver
from alliance_check.model.settings import Setting, SettingKind
from alliance_check.parse import OwnWords

from ..files.paths import OWN_FILE, SHARED_FILE, is_file, is_there, real, shown
from ..stderr import reason
from .config_keys import MOST_FAULTS, KeyFault, Values, read_top
from .known_words import redefined_words

_WITHIN = "tool.alliance-check."
_LARGEST = 256 * 1024
_DEEPEST = 100
"""How many dots a line may have: each may open a table in a table, which takes memory squared."""
_LONGEST_WORDS = 200


class PassedOver(NamedTuple):
    """A configuration that was found and not taken, and why."""

    path: Path
    why: str

    def __str__(self) -> str:
        return f"{shown(str(self.path))} {self.why}; it was passed over."


@dataclass(frozen=True)
class Configuration:
    """What one configuration file says; ``files`` are overlays by glob, in their order.

    ``overruled`` says of each own word, folded, what it would mean without the configuration.
    """

    path: Path
    values: Values = field(default_factory=dict)
    files: tuple[tuple[str, Values], ...] = ()
    words: OwnWords = field(default_factory=OwnWords)
    settled: tuple[tuple[SettingKind, str], ...] = ()
    waivers: tuple[Waiver, ...] = ()
    overruled: Mapping[str, Message] = field(default_factory=dict)

    def for_file(self, path: Path) -> Values:
        """Return the values that apply to a file; the last overlay that fits wins."""
        values = self.values
        for glob, overlay in self.files:
            if _fits(path, glob, self.path.parent):
                values = {**values, **overlay}
        return values

    def settings_for(self, path: Path) -> tuple[Setting, ...]:
        """Return what is said of texts in a file that are not understood."""
        confirmed = self.for_file(path).get(SettingKind.PARTNER.value, ())
        said = (*self.settled, *((SettingKind.PARTNER, partner) for partner in confirmed))
        return tuple(Setting(kind, subject, shown(str(self.path))) for kind, subject in said)

    def waivers_for(self, path: Path) -> tuple[Waiver, ...]:
        """Return the waivers that are about a file."""
        folder = self.path.parent
        return tuple(w for w in self.waivers if w.file is None or _fits(path, w.file, folder))


def _fits(path: Path, glob: str, folder: Path) -> bool:
    from fnmatch import fnmatchcase

    try:
        relative = Path(real(path)).relative_to(real(folder)).as_posix()
    except ValueError:
        return False
    return fnmatchcase(relative, glob) or ("/" not in glob and fnmatchcase(path.name, glob))


def find(places: list[Path]) -> tuple[Configuration | None, tuple[PassedOver, ...]]:
    """Return the first configuration among these files, and those that were passed over.

    :raises WrongUsage: when the file found has unknown keys or wrong values.
    """
    passed: list[PassedOver] = []
    for path in places:
        if not _is_ours(path, places[0].parent):
            passed.append(PassedOver(path, "belongs to another user; name it with --config"))
        elif path.name == OWN_FILE:
            return load(path), tuple(passed)
        else:
            # It belongs to other programs too, and may be in a state that is their business.
            try:
                table = _own_table(_toml(path))
            except WrongUsage as error:
                said = error.sentence.removeprefix(f"{shown(str(path))} ").rstrip(".")
                passed.append(PassedOver(path, said))
                continue
            if table is not None:
                return _made(path, table, _WITHIN), tuple(passed)
    return None, tuple(passed)


def _is_ours(path: Path, folder: Path) -> bool:
    """Return whether a file is this user's, root's, or of the owner of the nearest folder."""
    if not hasattr(os, "getuid"):
        return True
    try:
        return _owner(path) in {os.getuid(), 0, _owner(folder)}
    except OSError:
        return False


def _owner(path: Path) -> int:
    return path.stat().st_uid


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
    name = shown(str(path))
    try:
        if not is_file(path):
            why = "is no file" if is_there(path) else "is not there"
            raise WrongUsage(
                "{name} {why}; a configuration is a file, or none for none.", name=name, why=why
            )
        with path.open("rb") as file:
            raw = file.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        raise WrongUsage(
            "{name} cannot be read: {error}.", name=name, error=reason(error)
        ) from error
    if len(raw) > _LARGEST:
        raise WrongUsage("{name} is larger than 256 KiB, and no configuration is.", name=name)
    try:
        text = raw.decode("utf-8-sig")
        return _loaded(text)
    except UnicodeDecodeError as error:
        raise WrongUsage("{name} is no TOML: it is not UTF-8.", name=name) from error
    except RecursionError as error:
        raise WrongUsage("{name} has tables or lists nested too deeply.", name=name) from error
    except (ValueError, ArithmeticError) as error:
        why = str(error) if len(str(error)) < _LONGEST_WORDS else "a number or a key is too long"
        raise WrongUsage(
            "{name} is no TOML: {value}.", name=name, value=why or "a number is too large"
        ) from error


def _loaded(text: str) -> dict[str, Any]:
    if any(line.count(".") > _DEEPEST for line in text.splitlines()):
        raise RecursionError
    return tomllib.loads(text, parse_float=Decimal)


def _made(path: Path, content: Any, within: str) -> Configuration:
    name = shown(str(path))
    if not isinstance(content, Mapping):
        raise WrongUsage(
            "{name}: write [{value}] and the keys below it.", name=name, value=within.rstrip(".")
        )
    faults: list[KeyFault] = []
    read = read_top(content, faults)
    if faults:
        parts = [f"{within}{fault.key}: {fault.sentence}" for fault in faults[:MOST_FAULTS]]
        more = len(faults) - len(parts)
        parts += [f"and {more} more"] if more else []
        raise WrongUsage("{name}: {faults}.", name=name, faults="; ".join(parts))
    return Configuration(
        path,
        read.values,
        read.files,
        read.words,
        read.settled,
        tuple(Waiver(**{"rule": ""} | one) for one in read.waivers),
        dict(redefined_words(read.words, content, name)),
    )
