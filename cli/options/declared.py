"""The arguments and options of the check, as typer declares them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from alliance_check import __version__
from alliance_check.model.errors import WrongUsage
from alliance_check.model.message import either

from ..language import read_language
from .shared import FAIL_ON, PROJECT, READING, SHARED
from .style import formats

if TYPE_CHECKING:
    from alliance_check.advice.changes import Change
    from alliance_check.model.settings import Setting
    from alliance_check.parse import OwnWords
else:
    # typer looks the types up; what reads a change gives it, so the class need not be loaded.
    Change = object


class OwnHeader(NamedTuple):
    """A header in an office's own words, and the field that it means."""

    header: str
    field: str


_PROJECT, _READING = PROJECT, READING
_OUTPUT, _PEOPLE = "Output", "Report"


def _shared(key: str, *flags: str, **more: Any) -> Any:
    """Return the declaration for typer of an option that a configuration may set too."""
    option = SHARED[key]
    return typer.Option(*flags, **{"help": option.help, "rich_help_panel": option.panel} | more)


def _one_of(option: str, names: Callable[[], Iterable[str]]) -> Callable[[str], str]:
    """Return what reads a choice; typer itself takes none that may be made several times."""

    def chosen(name: str) -> str:
        if name not in names():
            raise WrongUsage(
                '{option} "{name}" is not known; use {names}.',
                option=option,
                name=name,
                names=either(names()),
            )
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
    from alliance_check.model.settings import IGNORE
    from alliance_check.parse.account import USED
    from alliance_check.text.folding import fold

    header, sign, field = pair.rpartition("=")
    if not sign or not fold(header):
        raise WrongUsage('--map {pair} means nothing; write "Header=country".', pair=repr(pair))
    if field.strip() not in {*USED, IGNORE}:
        used = ", ".join([*USED, IGNORE])
        raise WrongUsage("--map {pair}: the fields are {used}.", pair=repr(pair), used=used)
    return OwnHeader(header.strip(), field.strip())


def own_words(
    headers: Iterable[OwnHeader] | None, confirmed: Iterable[str] | None
) -> tuple[OwnWords, tuple[Setting, ...]]:
    """Return what options say of headers, and of texts that are not understood."""
    from alliance_check.model.settings import IGNORE, Setting, SettingKind
    from alliance_check.parse import OwnWords
    from alliance_check.text.folding import fold

    told = list(headers or ())
    ignored = [(SettingKind.COLUMN, one.header) for one in told if one.field == IGNORE]
    partners = [(SettingKind.PARTNER, partner) for partner in confirmed or ()]
    return (
        OwnWords(columns={fold(one.header): one.field for one in told if one.field != IGNORE}),
        tuple(Setting(kind, text, "option") for kind, text in (*ignored, *partners)),
    )


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
    str | None, _shared("fail-on", metavar="VERDICT", parser=_one_of("--fail-on", lambda: FAIL_ON))
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
    typer.Option("--skip-hidden", help="Leave out hidden rows.", rich_help_panel=_READING),
]
Map = Annotated[
    list[OwnHeader] | None,
    typer.Option(
        metavar="HEADER=FIELD",
        parser=_own_header,
        help='What a header means, such as "Partnerland=country"; "Notes=ignore" says that its '
        "texts say nothing.",
        rich_help_panel=_READING,
    ),
]
Confirm = Annotated[
    list[str] | None,
    _shared("confirm", metavar="PARTNER"),
]
By = Annotated[
    str | None,
    typer.Option(
        metavar="HEADER",
        help="The column that says to which consortium a row belongs.",
        rich_help_panel=_READING,
    ),
]
Project = Annotated[
    str | None,
    typer.Option(
        metavar="ID", help="Judge only this consortium of the file.", rich_help_panel=_READING
    ),
]
CharterList = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="Look universities up in the Commission's list of charter holders.",
        rich_help_panel=_READING,
    ),
]
Config = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="Configuration file, or none. Without it: alliance-check.toml in a folder above.",
        rich_help_panel=_READING,
    ),
]
ShowSettings = Annotated[
    bool,
    typer.Option(
        "--show-settings",
        help="Show the settings, and where each comes from.",
        rich_help_panel=_READING,
    ),
]
MaxRows = Annotated[int | None, _cap("--max-rows", "Read at most so many rows.", 10**7)]
MaxColumns = Annotated[int | None, _cap("--max-columns", "Read at most so many columns.", 20_000)]
MaxCell = Annotated[
    int | None, _cap("--max-cell", "Read at most so many characters of a cell.", 10**7)
]
MaxUnpacked = Annotated[int | None, _cap("--max-unpacked", "Unpack at most so many MiB.", 16_384)]
WhatIf = Annotated[
    list[Change] | None,
    typer.Option(
        metavar="CHANGE",
        parser=_change,
        help='Judge the consortium after a change: "drop:A7", "drop:Fagskolen Oslo", "add:PL:vet".',
        rich_help_panel=_PROJECT,
    ),
]
NoAdvice = Annotated[
    bool,
    typer.Option("--no-advice", help="Do not search for what to change.", rich_help_panel=_OUTPUT),
]
Jobs = Annotated[
    int | None,
    typer.Option(min=1, max=256, help="Use at most so many processes.", rich_help_panel=_READING),
]
FormatName = Annotated[
    list[str] | None,
    _shared(
        "formats", metavar="FORMAT", parser=_one_of("--format", formats), rich_help_panel=_OUTPUT
    ),
]
ShortFormat = Annotated[
    str,
    typer.Option(
        metavar="FORMAT",
        parser=_one_of("--format", lambda: ("terminal", "markdown", "json")),
        help="terminal (the default), markdown or json.",
        rich_help_panel=_OUTPUT,
    ),
]
"""The formats of the commands that have a report of their own."""
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to FILE instead of the terminal.",
        rich_help_panel=_OUTPUT,
    ),
]
OutputDir = Annotated[
    str | None,
    typer.Option(
        metavar="DIR", help="Write a file for each format into DIR.", rich_help_panel=_OUTPUT
    ),
]
Open = Annotated[
    bool,
    typer.Option(
        "--open", help="Show the page of --format html in a browser.", rich_help_panel=_OUTPUT
    ),
]
SummaryFile = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="Append markdown to FILE, such as the summary of a job.",
        rich_help_panel=_OUTPUT,
    ),
]
Verbose = Annotated[
    bool,
    typer.Option(
        "--verbose",
        "-v",
        help="List skipped files, and all that proposals share.",
        rich_help_panel=_OUTPUT,
    ),
]
Quiet = Annotated[
    bool,
    typer.Option("--quiet", "-q", help="Show only the verdict.", rich_help_panel=_PEOPLE),
]
Full = Annotated[
    bool,
    typer.Option(
        "--full", help="Show everything: each rule, cell and partner.", rich_help_panel=_PEOPLE
    ),
]
NoColour = Annotated[
    bool, typer.Option("--no-color", help="Use no colours.", rich_help_panel=_PEOPLE)
]
Ascii = Annotated[bool, typer.Option("--ascii", help="Use ASCII only.", rich_help_panel=_OUTPUT)]
Lang = Annotated[
    str | None, _shared("lang", metavar="LANG", parser=read_language, rich_help_panel=_PEOPLE)
]
"""``main()`` has read it before the other arguments, since help texts and errors need it."""
Version = Annotated[
    bool,
    typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version."),
]
