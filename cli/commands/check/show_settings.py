"""``--show-settings``: what applies to each file, and who says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from alliance_check.pipeline import DEFAULT_CALL
from alliance_check.reports.gate_words import subject

from ...files.sources import named, shown
from ...files.write import write
from ...options.parsed import EVERYTHING, Asked, Style
from ...options.settings import Settings

if TYPE_CHECKING:
    from alliance_check.pipeline import Options

    from ...options.config_file import Configuration

_NAMES = ("call", "lot", "duration", "grant", "total", "strict", "sheet")


def show_settings(paths: Sequence[str], asked: Asked, style: Style) -> int:
    """Write what applies to each file and return 0."""
    settings = Settings(asked)
    lines = []
    for source in named(paths).sources:
        options, found = settings.options(source.path), settings.configuration(source.path)
        lines.append(source.name)
        lines += [f"  {line}" for line in _lines(asked, options, found, source.path)]
        lines += [f"  {line}" for line in _gate(settings, source.path, asked)]
    write("".join(f"{line}\n" for line in lines), style)
    return 0


def _lines(asked: Asked, options: Options, found: Configuration | None, path: str) -> Iterator[str]:
    place = "none" if found is None or found.path is None else shown(str(found.path))
    yield f"configuration: {place}"
    values = found.for_file(Path(path)) if found is not None else None
    for name in _NAMES:
        value = options.reading.sheet if name == "sheet" else getattr(options, name)
        if getattr(asked, name) not in {None, False}:
            yield f"{name} = {value} (option)"
        elif values is not None and getattr(values, name) not in {None, False}:
            yield f"{name} = {value} ({place})"
        elif name == "call":
            yield f"call = what the file says, else {DEFAULT_CALL}"
        elif name not in {"strict", "sheet"}:
            yield f"{name} = what the file says"
    for name, count in _words(options):
        yield f"{name}: {count} own word{'' if count == 1 else 's'}"


def _gate(settings: Settings, path: str, asked: Asked) -> Iterator[str]:
    terms, formats = settings.gate(path), settings.formats(path)
    found = settings.configuration(path)
    said = found is not None and found.for_file(Path(path)).fail_on is not None
    place = shown(str(found.path)) if found is not None and found.path is not None else ""
    origin = "option" if asked.fail_on is not None else place if said else "if nothing is said"
    yield f"fail-on = {EVERYTHING if terms is None else terms.fail_on} ({origin})"
    if formats:
        yield f"formats = {', '.join(formats)} ({place}, for --output-dir)"
    for waiver in terms.waivers if terms is not None else ():
        ended = f", until {waiver.until.isoformat()}" if waiver.until is not None else ""
        yield f"waiver: {subject(waiver)}{ended} ({place})"


def _words(options: Options) -> Iterator[tuple[str, int]]:
    words = options.reading.words
    for name in ("columns", "countries", "types", "roles"):
        count = len(getattr(words, name))
        if count:
            yield name, count
