"""The arguments and options of the check, as typer declares them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import typer

from alliance_check import __version__
from alliance_check.model.errors import WrongUsage

from .shared import FAIL_ON, PROJECT, READING, SHARED
from .style import formats

if TYPE_CHECKING:
    from alliance_check.advice.changes import Change
else:
    # typer looks the types up; what reads a change gives it, so the class need not be loaded.
    Change = object


class OwnHeader(NamedTuple):
    """A header in an office's own words, folded, and the field that it means."""

    header: str
    field: str


_PROJECT, _READING = PROJECT, READING
_OUTPUT, _PEOPLE = "Output", "The report for people"


def _shared(key: str, *flags: str, **more: Any) -> Any:
    """Return the declaration for typer of an option that a configuration may set too."""
    option = SHARED[key]
    return typer.Option(*flags, **{"help": option.help, "rich_help_panel": option.panel} | more)


def _one_of(names: Callable[[], Iterable[str]]) -> Callable[[str], str]:
    """Return what reads a choice; typer itself takes none that may be made several times."""

    def chosen(name: str) -> str:
        if name not in names():
            raise typer.BadParameter(f"{name!r} is not one of {', '.join(map(repr, names()))}.")
        return name

    return chosen


def _encoding(name: str) -> str:
    import codecs

    try:
        codecs.lookup(name)
    except LookupError:
        raise WrongUsage(
            "--encoding {name} is not known; utf-8 and cp1252 are.", name=repr(name)
        ) from None
    return name


def _own_header(pair: str) -> OwnHeader:
    from alliance_check.parse.table.inspection import USED
    from alliance_check.text.folding import fold

    header, sign, field = pair.rpartition("=")
    if not sign or not fold(header):
        raise WrongUsage('--map {pair} means nothing; write "Header=country".', pair=repr(pair))
    if field.strip() not in USED:
        raise WrongUsage(
            "--map {pair}: the fields are {used}.", pair=repr(pair), used=", ".join(USED)
        )
    return OwnHeader(fold(header), field.strip())


def _change(text: str) -> Change:
    from alliance_check.advice.changes import read_change

    return read_change(text)


def _cap(option: str, help_text: str, most: int) -> Any:
    """Return the declaration of an option that caps what is read; *most* is what anybody needs."""

    def checked(cap: int | None) -> int | None:
        if cap is not None and not 1 <= cap <= most:
            raise WrongUsage("{option} must be from 1 to {most}.", option=option, most=most)
        return cap

    return typer.Option(callback=checked, help=help_text, rich_help_panel=_READING)


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - the shape of a typer callback
    if wanted:
        typer.echo(f"alliance-check {__version__}")
        raise typer.Exit


Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH",
        help="Partner sheets (xlsx, xlsm, xls, ods, csv, tsv), folders of them, "
        "or - for standard input.",
    ),
]
Lot = Annotated[str | None, _shared("lot", metavar="<str>", parser=SHARED["lot"].of_text)]
Call = Annotated[str | None, _shared("call")]
Strict = Annotated[bool, _shared("strict", "--strict")]
FailOn = Annotated[
    str | None, _shared("fail-on", metavar="VERDICT", parser=_one_of(lambda: FAIL_ON))
]
Duration = Annotated[
    int | None, _shared("duration", metavar="<str>", parser=SHARED["duration"].of_text)
]
Grant = Annotated[Decimal | None, _shared("grant", metavar="<str>", parser=SHARED["grant"].of_text)]
Total = Annotated[Decimal | None, _shared("total", metavar="<str>", parser=SHARED["total"].of_text)]
SheetName = Annotated[str | None, _shared("sheet")]
Encoding = Annotated[
    str | None,
    typer.Option(
        metavar="<str>", parser=_encoding, help="Encoding of a text file.", rich_help_panel=_READING
    ),
]
SkipHidden = Annotated[
    bool,
    typer.Option("--skip-hidden", help="Leave hidden rows out.", rich_help_panel=_READING),
]
Map = Annotated[
    list[OwnHeader] | None,
    typer.Option(
        metavar="HEADER=FIELD",
        parser=_own_header,
        help='What a header means, such as "Partnerland=country".',
        rich_help_panel=_READING,
    ),
]
By = Annotated[
    str | None,
    typer.Option(
        metavar="HEADER",
        help="Column that tells many consortia in one table apart.",
        rich_help_panel=_READING,
    ),
]
Project = Annotated[
    str | None,
    typer.Option(metavar="ID", help="Only this one of many.", rich_help_panel=_READING),
]
CharterList = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="The Commission's list of Erasmus Charter holders.",
        rich_help_panel=_READING,
    ),
]
Config = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="Configuration, or none; else alliance-check.toml above the sheet.",
        rich_help_panel=_READING,
    ),
]
ShowSettings = Annotated[
    bool,
    typer.Option(
        "--show-settings", help="Say what applies and from where.", rich_help_panel=_READING
    ),
]
MaxRows = Annotated[int | None, _cap("--max-rows", "Most rows of a sheet.", 10**7)]
MaxColumns = Annotated[int | None, _cap("--max-columns", "Most columns of a sheet.", 20_000)]
MaxCell = Annotated[int | None, _cap("--max-cell", "Most characters in a cell.", 10**7)]
MaxUnpacked = Annotated[int | None, _cap("--max-unpacked", "Most MiB of a file, unpacked.", 16_384)]
WhatIf = Annotated[
    list[Change] | None,
    typer.Option(
        metavar="CHANGE",
        parser=_change,
        help='Judge the consortium with a change, such as "drop:A7" or "add:PL:vet".',
        rich_help_panel=_PROJECT,
    ),
]
NoAdvice = Annotated[
    bool,
    typer.Option(
        "--no-advice", help="Not what to change, nor the margin.", rich_help_panel=_OUTPUT
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        min=1, max=256, help="Most processes; as many as pay if none.", rich_help_panel=_READING
    ),
]
FormatName = Annotated[
    list[str] | None,
    _shared("formats", metavar="FORMAT", parser=_one_of(formats), rich_help_panel=_OUTPUT),
]
ShortFormat = Annotated[
    Literal["terminal", "markdown", "json"],
    typer.Option(metavar="FORMAT", help="terminal (the default), markdown or json."),
]
"""The formats of the commands that have a report of their own."""
Output = Annotated[
    str | None,
    typer.Option(
        metavar="FILE", help="Write to FILE, not to the terminal.", rich_help_panel=_OUTPUT
    ),
]
OutputDir = Annotated[
    str | None,
    typer.Option(
        metavar="DIR", help="Write a file of each format into DIR.", rich_help_panel=_OUTPUT
    ),
]
SummaryFile = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="Append markdown to FILE, such as a job's summary.",
        rich_help_panel=_OUTPUT,
    ),
]
Verbose = Annotated[
    bool,
    typer.Option(
        "--verbose", "-v", help="List the files that were passed over.", rich_help_panel=_OUTPUT
    ),
]
Quiet = Annotated[
    bool,
    typer.Option("--quiet", "-q", help="Only the verdict line.", rich_help_panel=_PEOPLE),
]
Full = Annotated[
    bool,
    typer.Option("--full", help="Every partner, rule and problem.", rich_help_panel=_PEOPLE),
]
NoColour = Annotated[bool, typer.Option("--no-color", help="No colours.", rich_help_panel=_PEOPLE)]
Ascii = Annotated[bool, typer.Option("--ascii", help="ASCII only.", rich_help_panel=_OUTPUT)]
Version = Annotated[
    bool,
    typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version."),
]
