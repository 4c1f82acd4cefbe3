"""The same content of a workbook in another place: what people do to a sheet that changes nothing.

Each change makes a new workbook; the numbers of hidden and struck rows move along.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import pairwise

from alliance_check.model.errors import AllianceCheckError
from alliance_check.model.report import Input, Report
from alliance_check.model.sheet import (
    Content,
    Sheet,
    Workbook,
)
from alliance_check.parse import find_table
from alliance_check.parse.table.values import blank

Change = Callable[[Workbook], Workbook]
Rows = tuple[tuple[Content, ...], ...]


def places(book: Workbook) -> Iterator[tuple[str, Change]]:
    """Yield each change that needs no knowledge of what a sheet holds, by name."""
    yield "moved down and right", partial(_each, change=partial(_moved, down=3, right=2))
    yield "all sheets renamed", partial(_each, change=_renamed)
    yield "an empty sheet first", lambda b: replace(b, sheets=(Sheet("Intro", ()), *b.sheets))
    for sheet in book.sheets:
        for at in range(max(map(len, sheet.rows), default=0) + 1):
            yield (
                f"an empty column before column {at + 1}",
                _on(sheet, partial(_inserted, at=at, written={})),
            )


def changes(book: Workbook, reports: Sequence[Report]) -> Iterator[tuple[str, Change]]:
    """Yield each change by name; *reports* tell which sheet and which rows are the partners'."""
    yield from places(book)
    read_as = reports[0].input
    sheet = next(s for s in book.sheets if s.name == read_as.sheet)
    partners = sorted({p.row for r in reports for p in r.consortium.partners if p.row is not None})
    width = max(len(row) for row in sheet.rows)
    top = _first_row(book, read_as)
    blocks = _blocks(sheet, top, read_as.header_row)
    written: Mapping[int, Content] = {top: "Our thoughts", **dict.fromkeys(partners, "x")}
    for at in (0, blocks[len(blocks) // 2][0], width):
        yield (
            f"a column of our own before column {at + 1}",
            _on(sheet, partial(_inserted, at=at, written=written)),
        )
    for seed in range(2):
        yield (
            f"rows shuffled, {seed}",
            _on(sheet, partial(_shuffled, partners=partners, seed=seed)),
        )
    one_table, beside = _beside(sheet, blocks)
    end = next((n for n in range(partners[-1] + 1, len(sheet.rows)) if _bare(sheet, n)), None)
    end = end or len(sheet.rows) + 1
    for what, order in (
        ("columns in reverse", one_table[::-1]),
        ("first columns put last", one_table[2:] + one_table[:2]),
    ):
        flat = [index for block in order + beside for index in block]
        yield what, _on(sheet, partial(_reordered, order=flat, rows=range(top, end)))


def _each(book: Workbook, change: Callable[[Sheet], Sheet]) -> Workbook:
    return replace(book, sheets=tuple(map(change, book.sheets)))


def _on(sheet: Sheet, change: Callable[[Sheet], Sheet]) -> Change:
    """Return the change of one sheet alone."""
    return lambda book: _each(book, lambda s: change(s) if s.name == sheet.name else s)


def _renamed(sheet: Sheet) -> Sheet:
    return replace(sheet, name=f"Ark {sheet.name}")


def _moved(sheet: Sheet, down: int, right: int) -> Sheet:
    return replace(
        _placed(sheet, lambda row: row + down, lambda column: column + right),
        rows=((),) * down + tuple(("",) * right + row for row in sheet.rows),
    )


def _placed(sheet: Sheet, row: Callable[[int], int], column: Callable[[int], int]) -> Sheet:
    """Return the sheet with all that is said of places moved to where *row* and *column* say."""

    def moved(places: Mapping[tuple[int, int], str]) -> dict[tuple[int, int], str]:
        return {(row(r), column(c)): text for (r, c), text in places.items()}

    return replace(
        sheet,
        hidden_rows=frozenset(map(row, sheet.hidden_rows)),
        struck=frozenset((row(r), column(c)) for r, c in sheet.struck),
        comments=moved(sheet.comments),
        fills=moved(sheet.fills),
        formats=moved(sheet.formats),
        merged=tuple((row(a), column(b), row(c), column(d)) for a, b, c, d in sheet.merged),
    )


def _inserted(sheet: Sheet, at: int, written: Mapping[int, Content]) -> Sheet:
    """Return the sheet with a column before the one at this index."""
    rows = tuple(
        (*_filled(row, at)[:at], written.get(number, ""), *row[at:])
        for number, row in enumerate(sheet.rows, start=1)
    )
    moved = _placed(sheet, lambda row: row, lambda column: column + (column > at))
    return replace(moved, rows=rows)


def _shuffled(sheet: Sheet, partners: Sequence[int], seed: int) -> Sheet:
    """Return the sheet with the rows of each run of partners in another order.

    Merged cells hold rows together.
    """
    held = [range(top, bottom + 1) for top, _, bottom, _ in sheet.merged if top < bottom]
    partners = [row for row in partners if not any(row in rows for rows in held)]
    order = list(range(1, len(sheet.rows) + 1))
    for run in _runs(partners):
        moved = random.Random(seed).sample(run, len(run))  # noqa: S311 - any order will do
        for at, number in zip(run, moved, strict=True):
            order[at - 1] = number
    place = {number: at for at, number in enumerate(order, start=1)}
    there = _placed(sheet, lambda row: place.get(row, row), lambda column: column)
    return replace(there, rows=tuple(sheet.rows[number - 1] for number in order))


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    run = list(numbers[:1])
    for before, number in pairwise(numbers):
        if number != before + 1:
            yield run
            run = []
        run.append(number)
    yield run


def _first_row(book: Workbook, read_as: Input) -> int:
    """Return the first row of the header; exports have but one."""
    with suppress(AllianceCheckError):
        table = find_table(book)
        return table.first_row if table.header_row == read_as.header_row else read_as.header_row
    return read_as.header_row


def _blocks(sheet: Sheet, first: int, last: int) -> list[list[int]]:
    """Return the indexes of the columns; those below one heading of a group stay together."""
    above = sheet.rows[first - 1] if first < last else ()
    width = max(len(row) for row in sheet.rows)
    found: list[list[int]] = []
    for index in range(width):
        group = found and any(not blank(c) for c in above[:index])
        if group and (index >= len(above) or blank(above[index])):
            found[-1].append(index)
        else:
            found.append([index])
    return found


def _beside(sheet: Sheet, blocks: list[list[int]]) -> tuple[list[list[int]], list[list[int]]]:
    """Return the blocks of the table, and those beyond the first empty column beside it."""
    empty = (at for at, block in enumerate(blocks) if all(_empty(sheet, n) for n in block))
    end = next(empty, len(blocks))
    return blocks[:end], blocks[end:]


def _empty(sheet: Sheet, index: int) -> bool:
    return all(index >= len(row) or blank(row[index]) for row in sheet.rows)


def _bare(sheet: Sheet, number: int) -> bool:
    return all(map(blank, sheet.rows[number - 1]))


def _reordered(sheet: Sheet, order: Sequence[int], rows: range) -> Sheet:
    """Return the sheet with the columns of a table in another order; what is around it stays."""
    lines = tuple(
        tuple(_filled(row, len(order))[index] for index in order) if number in rows else row
        for number, row in enumerate(sheet.rows, start=1)
    )
    moved = _placed(sheet, lambda row: row, lambda column: order.index(column - 1) + 1)
    return replace(moved, rows=lines)


def _filled(row: tuple[Content, ...], width: int) -> tuple[Content, ...]:
    return row + ("",) * (width - len(row))
