"""What applies to each file: the command line, then the configuration, then the file itself."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import fields, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from alliance_check.model.errors import WrongUsage

from ..files.paths import STANDARD_INPUT, configurations_above, is_file, real, shown
from ..stderr import print_error

if TYPE_CHECKING:
    from alliance_check.model.report import Waiver
    from alliance_check.parse.cells.charters import CharterList
    from alliance_check.pipeline import Options

    from .configuration import Configuration

EVERYTHING = "undecided"
"""The limit of a gate that nobody moved: whatever is not eligible for sure fails."""
NONE = "none"
"""What --config names instead of a file where none is to apply."""
_CONFIGURATION = "configuration"
_NAMED = frozenset({"call", "lot", "duration", "grant", "total"})
"""The options of which a report says where they come from."""


class GateTerms(NamedTuple):
    """What a gate goes by for one file; ``place`` is the configuration that has the waivers."""

    fail_on: str = EVERYTHING
    waivers: tuple[Waiver, ...] = ()
    strict: bool = False
    place: str = ""


class Settings:
    """The options for each file of one run: what was *typed*, over what the configuration says.

    *fail_on* is the limit of the gate; *config* and *charter_list* are the paths of files, *cache*
    is that of a folder.
    """

    def __init__(
        self,
        typed: Options,
        *,
        fail_on: str | None = None,
        config: str | None = None,
        charter_list: str | None = None,
        cache: str | None = None,
    ) -> None:
        self.typed, self.fail_on, self._cache = typed, fail_on, cache
        self._config, self._charter_list = config, charter_list
        self._folders: dict[str, Configuration | None] = {}
        self._reported: set[str] = set()

    def drop_advice(self) -> None:
        """Leave the advice out, where nothing that is written has room for it."""
        self.typed = replace(self.typed, advice=False)

    def check(self, paths: Iterable[str] = ()) -> None:
        """Read the files that options name, and what lies above some sheets, before these are read.

        :raises AllianceCheckError: when a file that an option names cannot be used.
        """
        _ = self._charters
        if self._config not in {None, NONE}:
            _ = self._named
        for path in paths:
            with suppress(
                WrongUsage
            ):  # the error is reported with its sheet, as those of other sheets are
                self.configuration(path)

    def named_files(self) -> dict[str, str]:
        """Return the files that a run reads beside its sheets, and what they are."""
        named = {} if self._charter_list is None else {self._charter_list: "the charter list"}
        found = {} if self._config in {None, NONE} else {str(self._config): "the configuration"}
        used = {str(c.path): "the configuration" for c in self._folders.values() if c is not None}
        return {**named, **found, **used}

    def options(self, path: str) -> Options:
        """Return what applies to a file, or to standard input.

        :raises WrongUsage: when a configuration has a value that means nothing.
        """
        options = replace(self.typed, charters=self._charters)
        configuration = self.configuration(path)
        return options if configuration is None else _under(options, configuration, Path(path))

    def configuration(self, path: str) -> Configuration | None:
        """Return the configuration for a file; None where there is none."""
        if self._config == NONE:
            return None
        if self._config is not None:
            return self._named
        folder = real("." if path == STANDARD_INPUT else Path(path).parent)
        if folder not in self._folders:
            self._folders[folder] = self._nearest(configurations_above(Path(folder)))
        return self._folders[folder]

    def _nearest(self, places: list[Path]) -> Configuration | None:
        """Return the first configuration among files; what reads it is loaded only where one is."""
        if not places:
            return None
        from .configuration import find

        found, passed = find(places)
        for sentence in map(str, passed):
            if sentence not in self._reported:
                print_error(sentence)
                self._reported.add(sentence)
        return found

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

    def language(self, path: str) -> str | None:
        """Return the language that the configuration for a file names."""
        found = self.configuration(path)
        return None if found is None else found.values.get("lang")

    def formats(self, path: str) -> tuple[str, ...]:
        """Return the formats that the configuration for a file names."""
        found = self.configuration(path)
        return () if found is None else found.values.get("formats", ())

    def cache(self, path: str) -> str | None:
        """Return the folder in which results are kept; None where none is wanted.

        A configuration names it from where it stands.
        """
        found = self.configuration(path)
        configured = None if found is None else found.values.get("cache")
        if self._cache is not None or found is None or configured is None:
            return self._cache
        return str(found.path.parent / configured)

    def charter_digest(self) -> str:
        """Return a fingerprint of the list of charter holders; empty where none is named."""
        if self._charter_content is None:
            return ""
        from hashlib import sha256

        return sha256(self._charter_content).hexdigest()

    @cached_property
    def _named(self) -> Configuration:
        from ..files.sources import no_file
        from .configuration import load

        if not self._config:
            raise WrongUsage(no_file("--config", ""))
        return load(Path(self._config))

    @cached_property
    def _charters(self) -> CharterList | None:
        if self._charter_list is None or self._charter_content is None:
            return None
        from alliance_check.parse import Dictionary
        from alliance_check.parse.cells.charters import charter_list
        from alliance_check.readers import read

        name = shown(self._charter_list)
        return charter_list(read(self._charter_content, name, self.typed.limits), Dictionary())

    @cached_property
    def _charter_content(self) -> bytes | None:
        if self._charter_list is None:
            return None
        from ..files.sources import Source, content_of, no_file

        path = self._charter_list
        if not is_file(path):
            raise WrongUsage(no_file("--charter-list", path))
        return content_of(Source(path, shown(path)), self.typed.limits.unpacked)


def _under(typed: Options, configuration: Configuration, path: Path) -> Options:
    """Return the options with the configuration's values where the command line says nothing."""
    unsaid = {f.name for f in fields(typed) if getattr(typed, f.name) == f.default}
    configured = configuration.for_file(path)
    values: dict[str, Any] = {name: configured[name] for name in configured if name in unsaid}
    origins = {name: _CONFIGURATION for name in values if name in _NAMED}
    words = configuration.words
    words = replace(words, columns={**words.columns, **typed.words.columns})
    overruled = {k: v for k, v in configuration.overruled.items() if k not in typed.words.columns}
    settings = (*typed.settings, *configuration.settings_for(path))
    return replace(
        typed, **values, origins=origins, words=words, settings=settings, overruled=overruled
    )
