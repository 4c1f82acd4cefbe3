"""``inspect``: what was understood of a file, and a configuration for what was not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from alliance_check.model.errors import WrongUsage
from alliance_check.model.message import Message, count, either, listed, say
from alliance_check.model.settings import HARMLESS, IGNORE
from alliance_check.parse.account import USED, Item, Use
from alliance_check.reports.places import ranges
from alliance_check.text.folding import fold

from ..files.paths import is_there, shown
from ..files.sources import content_of, single_source
from ..files.style import Style, style_of
from ..files.write import write
from ..options import declared as option
from ..options.settings import Settings
from ..terminal.page import Page, Styled

if TYPE_CHECKING:
    from alliance_check.parse.inspection import Inspection, Word

_TABLES = {"country": "countries", "type": "types", "role": "roles"}
"""The fields of which an office may have own words, and the table of the configuration."""
_USES = {
    "used": say("used"),
    "inert": say("inert"),
    "applied": say("applied"),
    "open": say("open"),
}
_MOST, _MOST_NAMES, _MOST_RANGES = 20, 3, 200
"""How much is listed unless everything is wanted."""


def inspect(  # noqa: PLR0913 - one argument an option
    path: Annotated[str, typer.Argument(metavar="FILE", help="A partner sheet.")],
    *,
    sheet: option.SheetName = None,
    encoding: option.Encoding = None,
    map: option.Map = None,  # noqa: A002 - the name of the option
    config: option.Config = None,
    confirm: option.Confirm = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="List every cell, also those that are used.")
    ] = False,
    write_config: Annotated[
        str | None,
        typer.Option(
            metavar="TOML", help="Write a configuration with the unread words to fill in."
        ),
    ] = None,
    lang: option.Lang = None,  # noqa: ARG001 - read by main()
) -> Callable[[], int]:
    """Show what was understood of a sheet: columns, every distinct word, what each cell is for.

    A cell or a comment is used, inert, applied (it changes what is known of a partner), or open
    (the minima must hold without the partner beside it).
    """

    def job() -> int:
        from alliance_check.pipeline import Options

        words, settings = option.own_words(map, confirm)
        typed = Options(sheet=sheet, encoding=encoding, words=words, settings=settings)
        found = _inspected(path, Settings(typed, config=config))
        if write_config is not None:
            if is_there(write_config):
                raise WrongUsage(
                    "--write-config {write_config} exists; it is not overwritten.",
                    write_config=repr(write_config),
                )
            text = "".join(f"{line}\n" for line in _configuration_lines(found))
            write(text, Style(output=write_config))
            return 0
        _show(found, path, verbose=verbose)
        return 0

    return job


def _inspected(path: str, settings: Settings) -> Inspection:
    from alliance_check.parse.inspection import inspect as inspect_book
    from alliance_check.pipeline import read_book

    source = single_source("FILE", path)
    options = settings.options(path)
    content = content_of(source, options.limits.unpacked // 2)
    book = read_book(content, source.name, options)
    return inspect_book(book, options)


def _show(found: Inspection, path: str, *, verbose: bool) -> None:
    style = style_of()
    page = Page(style)
    _add_place(page, found, path)
    _add_columns(page, found)
    _add_words(page, found)
    _add_cells(page, found, verbose=verbose)
    write(page.result(), style)


def _add_place(page: Page, found: Inspection, path: str) -> None:
    table = found.table
    where = say("headers in row {row}", row=table.header_row)
    if table.first_row != table.header_row:
        where = say(
            "headers in rows {first} and {row}", first=table.first_row, row=table.header_row
        )
    if table.sheet.name:
        where = say("sheet {sheet}, {where}", sheet=table.sheet.name, where=where)
    page.paragraph(page.text(Styled(shown(path), "bold"), " · ", where), hang=2)
    for note in found.notes:
        page.paragraph(Styled(say("note: {note}", note=note), "dim"), hang=2)


def _add_columns(page: Page, found: Inspection) -> None:
    page.heading(say("Columns"))
    for head in found.heads:
        words = Styled(str(head.field), "green")
        if head.field is None:
            use = say("not known, and texts below it are open") if head.open else say("not used")
            near = say("{use}; {near}?", use=use, near=head.near or "")
            words = Styled(near if head.near else use, "dim")
        page.paragraph(page.text(f'{head.cell} "{head.text}"  ', words), 2, 6)


def _add_words(page: Page, found: Inspection) -> None:
    for field in dict.fromkeys(word.field for word in found.words):
        page.heading(say("Words of the column {field}", field=field))
        for word in (w for w in found.words if w.field == field):
            start = say('"{text}"', text=word.text)
            if len(word.cells) > 1:
                start = say('"{text}" ({number} times)', text=word.text, number=len(word.cells))
            unread = Styled(_unread(word), "yellow")
            meaning = unread if word.meaning is None else Styled(word.meaning, "green")
            page.paragraph(page.text(start, "  ", meaning), 2, 6)


def _unread(word: Word) -> Message:
    cells = listed(ranges(word.cells))
    if word.near:
        return say("not understood ({cells}); {near}?", cells=cells, near=either(word.near))
    return say("not understood ({cells})", cells=cells)


def _add_cells(page: Page, found: Inspection, *, verbose: bool) -> None:
    page.heading(say("Cells"))
    written = sum(item.remark.comment for item in found.items)
    cells = count(
        "{number} filled cell", "{number} filled cells", number=len(found.items) - written
    )
    if written:
        comments = count("{number} comment", "{number} comments", number=written)
        cells = say("{cells} and {comments}", cells=cells, comments=comments)
    words = say(
        "{cells}: {used} used, {inert} inert, {applied} applied, {open} open.",
        cells=cells,
        **{use.value: len(found.of(use)) for use in Use},
    )
    page.paragraph(words, 2)
    for use in (Use.OPEN, Use.APPLIED):
        _add_texts(page, _USES[use.value], found.of(use), verbose=verbose)
    for use in (Use.INERT, Use.USED) if verbose else (Use.INERT,):
        _add_ranges(page, _USES[use.value], found.of(use), verbose=verbose)
    if found.elsewhere or found.unread:
        words = say(
            "Other sheets: {used} used, {unread} not read.",
            used=len(found.elsewhere),
            unread=len(found.unread),
        )
        page.paragraph(words, 2)


def _add_texts(page: Page, name: Message, items: list[Item], *, verbose: bool) -> None:
    for item in items if verbose else items[:_MOST]:
        cell, text, comment = item.remark
        what = say('{cell} "{text}"', cell=str(cell), text=text)
        if comment:
            what = say('comment on {cell} "{text}"', cell=str(cell), text=text)
        if any(item.partners):
            whom = listed(item.partners, _MOST_NAMES)
            what = say("{what}, beside {partners}", what=what, partners=whom)
        page.paragraph(page.text(Styled(name, "yellow"), "  ", what), 2, 4)
    if len(items) > _MOST and not verbose:
        more = say("and {number} more; --verbose lists them all", number=len(items) - _MOST)
        page.paragraph(Styled(more, "dim"), 2)


def _add_ranges(page: Page, name: Message, items: list[Item], *, verbose: bool) -> None:
    if items:
        places = ranges(item.remark.cell for item in items)
        cells = listed(places, len(places) if verbose else _MOST_RANGES)
        page.paragraph(say("{use}  {cells}", use=name, cells=cells), 2, 4)


def _configuration_lines(found: Inspection) -> Iterator[str]:
    """Yield a configuration in which every unread word waits for its meaning."""
    yield "# Fill in what each word means; a line left empty changes nothing."
    unknown = [head for head in found.heads if head.field is None]
    own = found.table.words.own.columns
    known = [head for head in found.heads if head.field is not None and fold(head.text) in own]
    if unknown or known:
        yield ""
        yield "[columns]"
        yield "# One of " + ", ".join([*USED, IGNORE]) + "."
        for head in known:
            yield _entry(head.text, str(head.field))
        for head in unknown:
            yield _entry(head.text, near=head.near)
    for field, table in _TABLES.items():
        unread = [word for word in found.unknown if word.field == field]
        if unread:
            yield ""
            yield f"[{table}]"
            for word in unread:
                yield _entry(word.text, near=" or ".join(word.near))
    texts = dict.fromkeys(item.remark.text for item in found.of(Use.OPEN))
    if texts:
        yield ""
        yield "[remarks]"
        yield f'# "{HARMLESS}" where a text says nothing of the partner beside which it stands.'
        yield from map(_entry, texts)


def _entry(word: str, meaning: str = "", near: str | None = None) -> str:
    """Return a line of a table: a word, its meaning, and what may have been meant."""
    guess = f"  # {' '.join(near.split())}?" if near else ""
    return f'{json.dumps(word, ensure_ascii=False)} = "{meaning}"{guess}'
