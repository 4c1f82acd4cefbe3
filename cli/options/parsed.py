"""Options as people type them, to options as the core takes them."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from alliance_check.model.errors import WrongUsage

from .formats import SUMMARY, TERMINAL, formats

if TYPE_CHECKING:
    from decimal import Decimal

    from alliance_check.model.report import Waiver
    from alliance_check.pipeline import Options
    from alliance_check.readers import Limits


EVERYTHING = "undecided"
"""The limit of a gate that nobody moved: whatever is not eligible for sure fails."""


@dataclass(frozen=True)
class GateTerms:
    """What a gate goes by for one file; ``place`` is the configuration that has the waivers."""

    fail_on: str = EVERYTHING
    waivers: tuple[Waiver, ...] = ()
    strict: bool = False
    place: str = ""


@dataclass(frozen=True)
class Asked:
    """What was typed, not yet understood; ``caps`` are the fields of ``Limits``."""

    lot: str | None = None
    call: str | None = None
    duration: str | None = None
    grant: str | None = None
    total: str | None = None
    sheet: str | None = None
    strict: bool = False
    encoding: str | None = None
    skip_hidden: bool = False
    headers: tuple[str, ...] = ()
    by: str | None = None
    project: str | None = None
    charter_list: str | None = None
    config: str | None = None
    fail_on: str | None = None
    advice: bool = True
    what_if: tuple[str, ...] = ()
    caps: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Style:
    """What is written, where, and how it looks.

    Into a ``folder`` go all ``formats``, else ``format`` goes to ``output`` or to the terminal.
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

    def advises(self, *, many: bool) -> bool:
        """Say whether anything that is written has room for advice."""
        written = {SUMMARY, *self.formats} if self.summary else {*self.formats}
        written |= set() if self.folder else {self.format}
        if self.quiet or (many and not self.full):
            written -= {TERMINAL}  # one line a file has no room for it
        return any(formats()[name].advice for name in written)

    @property
    def fingerprint(self) -> bool:
        """Whether what is written may hold a fingerprint of the file."""
        return self.folder is not None or self.format != TERMINAL


def limits_of(asked: Asked) -> Limits:
    """Return the caps on what is read.

    :raises WrongUsage: when one is below 1.
    """
    from alliance_check.readers import Limits

    caps = {name: cap for name, cap in asked.caps.items() if cap is not None}
    for name, cap in caps.items():
        if cap < 1:
            raise WrongUsage(f"--max-{name.removesuffix('_mib')} must be at least 1, not {cap}.")
    return Limits(**caps)


def options_of(asked: Asked, limits: Limits) -> Options:
    """Return the options of the core, as far as the command line says them.

    :raises WrongUsage: when an option has a value that means nothing.
    """
    from alliance_check.parse import Reading
    from alliance_check.pipeline import Options

    return Options(
        lot=None if asked.lot is None else _lot(asked.lot),
        call=asked.call,
        duration=None if asked.duration is None else _months(asked.duration),
        grant=None if asked.grant is None else _euros("--grant", asked.grant),
        total=None if asked.total is None else _euros("--total", asked.total),
        project=asked.project,
        strict=asked.strict,
        encoding=None if asked.encoding is None else _encoding(asked.encoding),
        reading=Reading(sheet=asked.sheet, by=asked.by, skip_hidden=asked.skip_hidden),
        limits=limits,
    )


def _lot(text: str) -> str:
    from alliance_check.rulebook import lot_id

    lot = lot_id(text)
    if lot is None:
        raise WrongUsage(
            f"--lot {text!r} is no lot; use innovation (Lot 1), skills (Lot 2) or stem (Lot 3)."
        )
    return lot


def _months(text: str) -> int:
    from decimal import Decimal

    from alliance_check.parse import read_months

    # On the command line a bare number is in months, but nobody plans a project of so few.
    bare = text.strip().isdecimal()
    months = read_months(text, None)
    if months is None and bare and Decimal(text) < 6:
        raise WrongUsage(f"--duration {text} is in months; for years write {text.strip()}y.")
    if months is None or months < 1:
        raise WrongUsage(f"--duration {text!r} is no length; write 24 (months) or 2y.")
    return months


def _euros(option: str, text: str) -> Decimal:
    from decimal import Decimal

    from alliance_check.parse import read_amount

    amount = read_amount(text, Decimal(1))
    if amount is None or amount < 0:
        raise WrongUsage(f"{option} {text!r} is no amount in EUR; write 1000000 or 1m.")
    return amount


def _encoding(name: str) -> str:
    import codecs

    try:
        codecs.lookup(name)
    except LookupError:
        raise WrongUsage(f"--encoding {name!r} is not known; utf-8 and cp1252 are.") from None
    return name


def style_of(  # noqa: PLR0913 - one argument an option
    name: str, output: str | None, *, quiet: bool, full: bool, plain: bool, ascii_only: bool
) -> Style:
    """Return how to write, from the options, the environment and what standard output is."""
    colour = not plain and output is None and _wants_colour()
    encoding = "utf-8" if output else (getattr(sys.stdout, "encoding", None) or "utf-8")
    narrow = encoding.lower().replace("-", "").replace("_", "") not in {"utf8", "cp65001"}
    return Style(name, output, quiet, full, colour, ascii_only or narrow, _width(output))


def aimed(
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
        raise WrongUsage(f"{len(formats)} formats need --output-dir DIR, a file for each.")
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
