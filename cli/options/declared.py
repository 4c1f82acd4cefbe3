"""The arguments and options of the check, as typer declares them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from alliance_check import __version__
from alliance_check.model.errors import WrongUsage
from alliance_check.model.message import either

from ..files.style import formats
from ..language import read_language
from .shared import FAIL_ON, PROJECT, READING, SHARED

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


_OUTPUT, _PEOPLE = "Output", "Report"


def _option(help_text: str, panel: str | None, *flags: str, **more: Any) -> Any:
    """Return the declaration of an option for typer."""
    return typer.Option(*flags, help=help_text, rich_help_panel=panel, **more)


def _shared(key: str, *flags: str, panel: str | None = None, **more: Any) -> Any:
    """Return the declaration for typer of an option that a configuration may set too."""
    option = SHARED[key]
    if option.refused is not None:
        more |= {"metavar": "<str>", "parser": option.read_text}
    return _option(option.help, panel or option.panel, *flags, **more)


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

    named = list(headers or ())
    ignored = [(SettingKind.COLUMN, one.header) for one in named if one.field == IGNORE]
    partners = [(SettingKind.PARTNER, partner) for partner in confirmed or ()]
    return (
        OwnWords(columns={fold(one.header): one.field for one in named if one.field != IGNORE}),
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

    return _option(help_text, READING, callback=checked)


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
Lot = Annotated[str | None, _shared("lot")]
Call = Annotated[str | None, _shared("call")]
Strict = Annotated[bool, _shared("strict", "--strict")]
FailOn = Annotated[
    str | None, _shared("fail-on", metavar="VERDICT", parser=_one_of("--fail-on", lambda: FAIL_ON))
]
Duration = Annotated[int | None, _shared("duration")]
Grant = Annotated[Decimal | None, _shared("grant")]
Total = Annotated[Decimal | None, _shared("total")]
SheetName = Annotated[str | None, _shared("sheet")]
Encoding = Annotated[
    str | None,
    _option("Encoding of a text file.", READING, metavar="<str>", parser=_encoding),
]
SkipHidden = Annotated[bool, _option("Leave out hidden rows.", READING, "--skip-hidden")]
Map = Annotated[
    list[OwnHeader] | None,
    _option(
        'What a header means, such as "Partnerland=country"; "Notes=ignore" says that its '
        "texts say nothing.",
        READING,
        metavar="HEADER=FIELD",
        parser=_own_header,
    ),
]
Confirm = Annotated[list[str] | None, _shared("confirm", metavar="PARTNER")]
By = Annotated[
    str | None,
    _option("The column that says to which consortium a row belongs.", READING, metavar="HEADER"),
]
Project = Annotated[
    str | None, _option("Judge only this consortium of the file.", READING, metavar="ID")
]
CharterList = Annotated[
    str | None,
    _option(
        "Look universities up in the Commission's list of charter holders.",
        READING,
        metavar="FILE",
    ),
]
Config = Annotated[
    str | None,
    _option(
        "Configuration file, or none. Without it: alliance-check.toml in a folder above.",
        READING,
        metavar="FILE",
    ),
]
ShowSettings = Annotated[
    bool,
    _option("Show the settings, and where each comes from.", READING, "--show-settings"),
]
MaxRows = Annotated[int | None, _cap("--max-rows", "Read at most so many rows.", 10**7)]
MaxColumns = Annotated[int | None, _cap("--max-columns", "Read at most so many columns.", 20_000)]
MaxCell = Annotated[
    int | None, _cap("--max-cell", "Read at most so many characters of a cell.", 10**7)
]
MaxUnpacked = Annotated[int | None, _cap("--max-unpacked", "Unpack at most so many MiB.", 16_384)]
WhatIf = Annotated[
    list[Change] | None,
    _option(
        'Judge the consortium after a change: "drop:A7", "drop:Fagskolen Oslo", "add:PL:vet".',
        PROJECT,
        metavar="CHANGE",
        parser=_change,
    ),
]
NoAdvice = Annotated[bool, _option("Do not search for what to change.", _OUTPUT, "--no-advice")]
Jobs = Annotated[int | None, _option("Use at most so many processes.", READING, min=1, max=256)]
Cache = Annotated[str | None, _shared("cache", metavar="DIR")]
FormatName = Annotated[
    list[str] | None,
    _shared("formats", panel=_OUTPUT, metavar="FORMAT", parser=_one_of("--format", formats)),
]
ShortFormat = Annotated[
    str,
    _option(
        "terminal (the default), markdown or json.",
        _OUTPUT,
        metavar="FORMAT",
        parser=_one_of("--format", lambda: ("terminal", "markdown", "json")),
    ),
]
"""The formats of the commands that have a report of their own."""
Output = Annotated[
    str | None,
    _option("Write to FILE instead of the terminal.", _OUTPUT, "--output", "-o", metavar="FILE"),
]
OutputDir = Annotated[
    str | None, _option("Write a file for each format into DIR.", _OUTPUT, metavar="DIR")
]
Open = Annotated[bool, _option("Show the page of --format html in a browser.", _OUTPUT, "--open")]
SummaryFile = Annotated[
    str | None,
    _option("Append markdown to FILE, such as the summary of a job.", _OUTPUT, metavar="FILE"),
]
Verbose = Annotated[
    bool,
    _option("List skipped files, and all that proposals share.", _OUTPUT, "--verbose", "-v"),
]
Quiet = Annotated[bool, _option("Show only the verdict.", _PEOPLE, "--quiet", "-q")]
Full = Annotated[bool, _option("Show everything: each rule, cell and partner.", _PEOPLE, "--full")]
NoColour = Annotated[bool, _option("Use no colours.", _PEOPLE, "--no-color")]
Ascii = Annotated[bool, _option("Use ASCII only.", _OUTPUT, "--ascii")]
Lang = Annotated[str | None, _shared("lang", panel=_PEOPLE, metavar="LANG", parser=read_language)]
"""``main()`` has read it before the other arguments, since help texts and errors need it."""
Version = Annotated[
    bool,
    _option("Show the version.", None, "--version", callback=_print_version, is_eager=True),
]
