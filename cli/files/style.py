"""What is written, where, and how it looks."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace

from alliance_check.model.errors import WrongUsage
from alliance_check.reports import FORMATS, Format

TERMINAL = "terminal"
SUMMARY = "markdown"
"""The format that is added to a summary file."""
PAGE = "html"
"""The format that a browser shows."""
_FOR_PEOPLE = Format("", "txt", what_if=True, advice=True, prose=True, across=True)


def formats() -> Mapping[str, Format]:
    """Return every format by its name: the report for people, which only ``cli/`` draws, first."""
    return {TERMINAL: _FOR_PEOPLE, **FORMATS}


@dataclass(frozen=True)
class Style:
    """What is written, where, and how it looks.

    Into a ``folder`` go all ``formats``, else ``format`` goes to ``output`` or to the terminal.
    ``shows`` is whether the page among them is opened in a browser, ``verbose`` whether lists that
    are long stand in full.
    """

    format: str = TERMINAL
    output: str | None = None
    quiet: bool = False
    full: bool = False
    colour: bool = False
    ascii: bool = False
    width: int = 80
    folder: str | None = None
    formats: tuple[str, ...] = ()
    summary: str | None = None
    shows: bool = False
    verbose: bool = False

    def advises(self, *, many: bool) -> bool:
        """Return whether anything that is written has room for advice."""
        written = {SUMMARY, *self.formats} if self.summary else {*self.formats}
        written |= set() if self.folder else {self.format}
        if self.quiet or (many and not self.full):
            written -= {TERMINAL}  # one line a file has no room for it
        return any(formats()[name].advice for name in written)

    @property
    def fingerprint(self) -> bool:
        """Whether what is written may hold a fingerprint of the file."""
        return self.folder is not None or self.format != TERMINAL


def style_of(  # noqa: PLR0913 - one argument an option
    name: str = TERMINAL,
    output: str | None = None,
    *,
    quiet: bool = False,
    full: bool = False,
    plain: bool = False,
    ascii_only: bool = False,
) -> Style:
    """Return the style that the options, the environment and standard output ask for."""
    colour = not plain and output is None and _wants_colour()
    encoding = "utf-8" if output else (getattr(sys.stdout, "encoding", None) or "utf-8")
    narrow = encoding.lower().replace("-", "").replace("_", "") not in {"utf8", "cp65001"}
    return Style(name, output, quiet, full, colour, ascii_only or narrow, _width(output))


def with_targets(
    style: Style,
    formats: tuple[str, ...],
    output: str | None,
    folder: str | None,
    summary: str | None,
) -> Style:
    """Return the style with where its formats go.

    :raises WrongUsage: when several formats have one place, or one has several.
    """
    if output is not None and folder is not None:
        raise WrongUsage("--output names one file and --output-dir a folder of them; use one.")
    if len(formats) > 1 and folder is None:
        raise WrongUsage(
            "{formats} formats need --output-dir DIR, a file for each.", formats=len(formats)
        )
    return replace(style, output=output, folder=folder, formats=formats, summary=summary)


def _wants_colour() -> bool:
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or _terminal()


def _terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _width(output: str | None) -> int:
    """Return the columns there are; 80 where nobody says."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return int(columns)
    if output is None and _terminal():
        try:
            return os.get_terminal_size(sys.stdout.fileno()).columns or 80
        except (OSError, ValueError):
            return 80
    return 80
