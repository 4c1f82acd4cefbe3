"""What applies to each file: the command line, then the configuration, then the file itself."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from alliance_check.model.errors import WrongUsage
from alliance_check.text.folding import fold

from .parsed import EVERYTHING, Asked, GateTerms, limits_of, options_of

if TYPE_CHECKING:
    from alliance_check.advice import Change
    from alliance_check.parse.cells.charters import CharterList
    from alliance_check.pipeline import Options
    from alliance_check.readers import Limits

    from .config_file import Configuration

_CONFIGURATION = "configuration"
_NAMES = ("alliance-check.toml", "pyproject.toml")


class Settings:
    """Gives the options for each file of one run; *advice* is whether reports hold any."""

    def __init__(self, asked: Asked, *, fingerprint: bool = True) -> None:
        self._asked, self._fingerprint = asked, fingerprint
        self._folders: dict[Path, Configuration | None] = {}
        self.advice = asked.advice

    @cached_property
    def limits(self) -> Limits:
        """The caps on what is read."""
        return limits_of(self._asked)

    @cached_property
    def _typed(self) -> Options:
        typed = options_of(self._asked, self.limits)
        return replace(typed, fingerprint=self._fingerprint, changes=self.changes)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What is changed before the consortium is judged."""
        if not self._asked.what_if:
            return ()
        from alliance_check.advice import read_change

        return tuple(map(read_change, self._asked.what_if))

    def check(self) -> None:
        """Understand everything that is the same for all files, before the first is read.

        :raises AllianceCheckError: when an option means nothing, or the charter list is none.
        """
        _ = self._typed, self._headers, self._charters
        if self._asked.config is not None:
            _ = self._named

    def options(self, path: str) -> Options:
        """Return what applies to a file, or to standard input.

        :raises WrongUsage: when an option or a configuration has a value that means nothing.
        """
        options = self._typed
        configuration = self.configuration(path)
        if configuration is not None:
            options = _under(options, configuration, Path(path))
        own = self._headers
        words = options.reading.words
        if own:
            words = replace(words, columns={**words.columns, **own})
        reading = replace(options.reading, words=words, charters=self._charters)
        return replace(options, reading=reading, advice=self.advice)

    def configuration(self, path: str) -> Configuration | None:
        """Return the configuration for a file; None where there is none."""
        if self._asked.config is not None:
            return self._named
        folder = Path.cwd() if path == "-" else Path(path).absolute().parent
        if folder not in self._folders:
            self._folders[folder] = _found(folder)
        return self._folders[folder]

    def gate(self, path: str) -> GateTerms | None:
        """Return what the gate goes by for a file; None where nobody asks for a gate."""
        found, asked = self.configuration(path), self._asked
        if found is None:
            return None if asked.fail_on is None else GateTerms(asked.fail_on)
        values, waivers = found.for_file(Path(path)), found.waivers_for(Path(path))
        fail_on = asked.fail_on or values.fail_on
        if fail_on is None and not waivers:
            return None
        strict = asked.strict or bool(values.strict)
        return GateTerms(fail_on or EVERYTHING, waivers, strict, str(found.path))

    def formats(self, path: str) -> tuple[str, ...]:
        """Return the formats that the configuration for a file names."""
        found = self.configuration(path)
        return () if found is None else found.values.formats or ()

    @cached_property
    def _named(self) -> Configuration:
        from .config_file import load

        return load(Path(self._asked.config or ""))

    @cached_property
    def _headers(self) -> dict[str, str]:
        found = {}
        for pair in self._asked.headers:
            header, sign, field = pair.rpartition("=")
            if not sign or not fold(header):
                raise WrongUsage(f'--map {pair!r} means nothing; write "Header=country".')
            from alliance_check.parse.table.inspection import USED

            if field.strip() not in USED:
                raise WrongUsage(f"--map {pair!r}: the fields are {', '.join(USED)}.")
            found[fold(header)] = field.strip()
        return found

    @cached_property
    def _charters(self) -> CharterList | None:
        if self._asked.charter_list is None:
            return None
        from alliance_check.parse import Dictionary
        from alliance_check.parse.cells.charters import charter_list
        from alliance_check.readers import read

        from ..files.sources import Source, content_of, no_file, shown

        path = self._asked.charter_list
        if not Path(path).is_file():
            raise WrongUsage(no_file("--charter-list", path))
        content = content_of(Source(path, shown(path)), self.limits.unpacked)
        return charter_list(read(content, shown(path), self.limits), Dictionary())


def _found(folder: Path) -> Configuration | None:
    """Return the nearest configuration; what reads it is loaded only where there may be one."""
    if not any(
        (parent / name).is_file() for parent in (folder, *folder.parents) for name in _NAMES
    ):
        return None
    from .config_file import find

    found = find(folder)
    return None if found.path is None else found


def _under(options: Options, configuration: Configuration, path: Path) -> Options:
    """Return the options with the configuration's values where the command line says nothing."""
    values, words = configuration.for_file(path), configuration.words
    origins = {
        name: _CONFIGURATION
        for name in ("duration", "grant", "total")
        if getattr(options, name) is None and getattr(values, name) is not None
    }
    return replace(
        options,
        lot=options.lot or values.lot,
        call=options.call or values.call,
        duration=options.duration if options.duration is not None else values.duration,
        grant=options.grant if options.grant is not None else values.grant,
        total=options.total if options.total is not None else values.total,
        strict=options.strict or bool(values.strict),
        origins=origins,
        reading=replace(options.reading, sheet=options.reading.sheet or values.sheet, words=words),
    )
