"""``--show-settings``: what applies to each file, and who says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from alliance_check.calls import DEFAULT_CALL
from alliance_check.reports.gate_words import subject
from alliance_check.reports.text_words import setting_words

from ...files.paths import shown
from ...files.sources import select
from ...files.style import Style
from ...files.write import write
from ...options.settings import EVERYTHING, Settings

if TYPE_CHECKING:
    from alliance_check.pipeline import Options

    from ...options.configuration import Configuration

_NAMES = ("call", "lot", "duration", "grant", "total", "strict", "sheet")
"""What applies to a file, in the order in which it is shown."""


def show_settings(paths: Sequence[str], settings: Settings, style: Style) -> int:
    """Write what applies to each file and return 0."""
    lines = []
    for source in select(paths).sources:
        lines.append(source.name)
        lines += [f"  {line}" for line in _lines(settings, source.path)]
        lines += [f"  {line}" for line in _gate(settings, source.path)]
    write("".join(f"{line}\n" for line in lines), style)
    return 0


def _lines(settings: Settings, path: str) -> Iterator[str]:
    options, found = settings.options(path), settings.configuration(path)
    place = "none" if found is None else shown(str(found.path))
    yield f"configuration: {place}{_owner(found)}"
    values = {} if found is None else found.for_file(Path(path))
    for name in _NAMES:
        value = getattr(options, name)
        if getattr(settings.typed, name) not in {None, False}:
            yield f"{name} = {value} (option)"
        elif values.get(name) not in {None, False}:
            yield f"{name} = {value} ({place})"
        elif name == "call":
            yield f"call = what the file says, else {DEFAULT_CALL} and the newest, both"
        elif name not in {"strict", "sheet"}:
            yield f"{name} = what the file says"
    for setting in options.settings:
        yield f"setting: {setting_words(setting)}"
    for name, count in _words(options):
        yield f"{name}: {count} own word{'' if count == 1 else 's'}"
    yield from (f"overruled: {message}" for message in options.overruled.values())


def _owner(found: Configuration | None) -> str:
    """Return whose file a configuration is, where the system can say that."""
    if found is None:
        return ""
    try:
        return f", of {found.path.owner()}"
    except (OSError, KeyError, NotImplementedError):
        return ""


def _gate(settings: Settings, path: str) -> Iterator[str]:
    terms, formats = settings.gate(path), settings.formats(path)
    found = settings.configuration(path)
    said = found is not None and "fail_on" in found.for_file(Path(path))
    place = "" if found is None else shown(str(found.path))
    origin = "option" if settings.fail_on is not None else place if said else "if nothing is said"
    yield f"fail-on = {EVERYTHING if terms is None else terms.fail_on} ({origin})"
    if formats:
        yield f"formats = {', '.join(formats)} ({place}, for --output-dir)"
    if (cache := settings.cache(path)) is not None:
        yield f"cache = {shown(cache)}"
    for waiver in terms.waivers if terms is not None else ():
        ended = f", until {waiver.until.isoformat()}" if waiver.until is not None else ""
        yield f"waiver: {subject(waiver)}{ended} ({place})"


def _words(options: Options) -> Iterator[tuple[str, int]]:
    words = options.words
    for name in ("columns", "countries", "types", "roles"):
        count = len(getattr(words, name))
        if count:
            yield name, count
