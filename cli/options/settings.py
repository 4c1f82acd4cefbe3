"""What applies to each file: the command line, then the configuration, then the file itself."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alliance_check.model.errors import WrongUsage

if TYPE_CHECKING:
    from alliance_check.model.report import Waiver
    from alliance_check.parse.cells.charters import CharterList
    from alliance_check.pipeline import Options

    from .configuration import Configuration

EVERYTHING = "undecided"
"""The limit of a gate that nobody moved: whatever is not eligible for sure fails."""
_CONFIGURATION = "configuration"
OWN_FILE, SHARED_FILE = "alliance-check.toml", "pyproject.toml"
"""Where a configuration may stand: in a file of its own, or beside those of other programs."""
_NAMED = frozenset({"call", "lot", "duration", "grant", "total"})
"""The options of which a report says where they come from."""


@dataclass(frozen=True)
class GateTerms:
    """What a gate goes by for one file; ``place`` is the configuration that has the waivers."""

    fail_on: str = EVERYTHING
    waivers: tuple[Waiver, ...] = ()
    strict: bool = False
    place: str = ""


class Settings:
    """The options for each file of one run: what was *typed*, over what the configuration says.

    *fail_on* is the limit of the gate; *config* and *charter_list* are the paths of files.
    """

    def __init__(
        self,
        typed: Options,
        *,
        fail_on: str | None = None,
        config: str | None = None,
        charter_list: str | None = None,
    ) -> None:
        self.typed, self.fail_on = typed, fail_on
        self._config, self._charter_list = config, charter_list
        self._folders: dict[Path, Configuration | None] = {}

    def drop_advice(self) -> None:
        """Leave the advice out, where nothing that is written has room for it."""
        self.typed = replace(self.typed, advice=False)

    def check(self) -> None:
        """Read the files that options name, before the first partner sheet is read.

        :raises AllianceCheckError: when the configuration or the charter list cannot be used.
        """
        _ = self._charters
        if self._config is not None:
            _ = self._named

    def options(self, path: str) -> Options:
        """Return what applies to a file, or to standard input.

        :raises WrongUsage: when a configuration has a value that means nothing.
        """
        options = replace(self.typed, charters=self._charters)
        configuration = self.configuration(path)
        return options if configuration is None else _under(options, configuration, Path(path))

    def configuration(self, path: str) -> Configuration | None:
        """Return the configuration for a file; None where there is none."""
        if self._config is not None:
            return self._named
        folder = Path.cwd() if path == "-" else Path(path).absolute().parent
        if folder not in self._folders:
            self._folders[folder] = _found(folder)
        return self._folders[folder]

    def gate(self, path: str) -> GateTerms | None:
        """Return what the gate goes by for a file; None where nobody asks for a gate."""
        found = self.configuration(path)
        if found is None:
            return None if self.fail_on is None else GateTerms(self.fail_on)
        values, waivers = found.for_file(Path(path)), found.waivers_for(Path(path))
        fail_on = self.fail_on or values.get("fail_on")
        if fail_on is None and not waivers:
            return None
        strict = self.typed.strict or bool(values.get("strict"))
        return GateTerms(fail_on or EVERYTHING, waivers, strict, str(found.path))

    def formats(self, path: str) -> tuple[str, ...]:
        """Return the formats that the configuration for a file names."""
        found = self.configuration(path)
        return () if found is None else found.values.get("formats", ())

    @cached_property
    def _named(self) -> Configuration:
        from .configuration import load

        return load(Path(self._config or ""))

    @cached_property
    def _charters(self) -> CharterList | None:
        if self._charter_list is None:
            return None
        from alliance_check.parse import Dictionary
        from alliance_check.parse.cells.charters import charter_list
        from alliance_check.readers import read

        from ..files.sources import Source, content_of, no_file, shown

        path, limits = self._charter_list, self.typed.limits
        if not Path(path).is_file():
            raise WrongUsage(no_file("--charter-list", path))
        content = content_of(Source(path, shown(path)), limits.unpacked)
        return charter_list(read(content, shown(path), limits), Dictionary())


def _found(folder: Path) -> Configuration | None:
    """Return the nearest configuration; what reads it is loaded only where there may be one."""
    if not any(
        (parent / name).is_file()
        for parent in (folder, *folder.parents)
        for name in (OWN_FILE, SHARED_FILE)
    ):
        return None
    from .configuration import find

    return find(folder.resolve())


def _under(typed: Options, configuration: Configuration, path: Path) -> Options:
    """Return the options with the configuration's values where the command line says nothing."""
    unsaid = {f.name for f in fields(typed) if getattr(typed, f.name) == f.default}
    configured = configuration.for_file(path)
    values: dict[str, Any] = {name: configured[name] for name in configured if name in unsaid}
    origins = {name: _CONFIGURATION for name in values if name in _NAMED}
    words = configuration.words
    words = replace(words, columns={**words.columns, **typed.words.columns})
    return replace(typed, **values, origins=origins, words=words)
