"""The arguments and options of the check, as typer declares them."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from alliance_check.model.version import __version__

from .formats import TERMINAL, formats

_PROJECT, _READING, _OUTPUT = "What is known besides", "Reading", "Output"
_PEOPLE = "The report for people"


def _format(name: str) -> str:
    """Return the name of a format; typer takes no choice that may be made several times."""
    if name not in formats():
        raise typer.BadParameter(f"{name!r} is not one of {', '.join(map(repr, formats()))}.")
    return name


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
Lot = Annotated[
    str | None,
    typer.Option(help="innovation (Lot 1), skills (Lot 2) or stem (Lot 3); every lot if none."),
]
Call = Annotated[
    str | None, typer.Option(help="Year of the call, or latest; 2023 if nothing is said.")
]
Strict = Annotated[
    bool,
    typer.Option("--strict", help="What is cautioned, or has no column, is to be checked too."),
]
FailOn = Annotated[
    Literal["not-eligible", "undecided", "never"] | None,
    typer.Option(
        metavar="VERDICT",
        help="Verdict from which the exit code is not 0: not-eligible, undecided (the default) "
        "or never; errors always count.",
    ),
]
Duration = Annotated[
    str | None,
    typer.Option(help="Length of the project: 24 (months) or 2y.", rich_help_panel=_PROJECT),
]
Grant = Annotated[
    str | None,
    typer.Option(
        help="Requested grant in EUR: 1000000, 1 000 000 or 1m.", rich_help_panel=_PROJECT
    ),
]
Total = Annotated[str | None, typer.Option(help="Total cost in EUR.", rich_help_panel=_PROJECT)]
SheetName = Annotated[
    str | None, typer.Option(help="Name of the sheet with the partners.", rich_help_panel=_READING)
]
Encoding = Annotated[
    str | None, typer.Option(help="Encoding of a text file.", rich_help_panel=_READING)
]
SkipHidden = Annotated[
    bool,
    typer.Option("--skip-hidden", help="Leave hidden rows out.", rich_help_panel=_READING),
]
Map = Annotated[
    list[str] | None,
    typer.Option(
        metavar="HEADER=FIELD",
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
        help="Configuration; else alliance-check.toml above the sheet.",
        rich_help_panel=_READING,
    ),
]
ShowSettings = Annotated[
    bool,
    typer.Option(
        "--show-settings", help="Say what applies and from where.", rich_help_panel=_READING
    ),
]
MaxRows = Annotated[
    int | None, typer.Option(help="Most rows of a sheet.", rich_help_panel=_READING)
]
MaxColumns = Annotated[
    int | None, typer.Option(help="Most columns of a sheet.", rich_help_panel=_READING)
]
MaxCell = Annotated[
    int | None, typer.Option(help="Most characters in a cell.", rich_help_panel=_READING)
]
MaxUnpacked = Annotated[
    int | None, typer.Option(help="Most MiB of a file, unpacked.", rich_help_panel=_READING)
]
WhatIf = Annotated[
    list[str] | None,
    typer.Option(
        metavar="CHANGE",
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
    typer.Option(min=1, help="Most processes; as many as pay if none.", rich_help_panel=_READING),
]
FormatName = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FORMAT",
        parser=_format,
        help=f"{TERMINAL} (the default), or for programs "
        f"{', '.join(name for name in formats() if name != TERMINAL)}; several go to --output-dir.",
        rich_help_panel=_OUTPUT,
    ),
]
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
