"""Cells as people name them: adjacent ones as a range, and the sheet once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from alliance_check.model.message import Message, listed, say
from alliance_check.model.sheet import Cell


def ranges(cells: Iterable[Cell]) -> tuple[str, ...]:
    """Return addresses in the order of the sheet, with neighbours in a column as one range.

    Neighbours in a row are joined only where nothing joins them in a column.

    >>> ranges([Cell("P", 3, 3), Cell("P", 2, 3), Cell("P", 4, 3), Cell("P", 9, 1)])
    ('P!C2:C4', 'P!A9')
    >>> ranges([Cell(None, 1, 1), Cell(None, 1, 2), Cell(None, 1, 2)])
    ('A1:B1',)
    """
    distinct = sorted(set(cells), key=lambda c: (c.sheet or "", c.column, c.row))
    columns = _joined([(c, c) for c in distinct], down=True)
    single = sorted((r for r in columns if r[0] == r[1]), key=_by_row)
    rows = _joined(single, down=False)
    found = [r for r in columns if r[0] != r[1]] + rows
    return tuple(
        str(first) if first == last else f"{first}:{last.address}"
        for first, last in sorted(found, key=_by_row)
    )


def _by_row(found: tuple[Cell, Cell]) -> tuple[str, int, int]:
    first = found[0]
    return (first.sheet or "", first.row, first.column)


def _joined(found: list[tuple[Cell, Cell]], *, down: bool) -> list[tuple[Cell, Cell]]:
    joined: list[tuple[Cell, Cell]] = []
    for first, last in found:
        row, column = (first.row - 1, first.column) if down else (first.row, first.column - 1)
        if joined and joined[-1][1] == Cell(first.sheet, row, column):
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def placed(sentence: Message, cells: Sequence[Cell]) -> Message:
    """Return a sentence with its cells in brackets, unless it names them itself."""
    places = listed(places_of(cells))
    if not places or str(places) in str(sentence):
        return sentence
    return say("{sentence} ({places})", sentence=sentence, places=places)


def places_of(cells: Iterable[Cell]) -> tuple[str, ...]:
    """Return cells for people: as ranges, with the sheet named once before those on it.

    >>> places_of([Cell("P", 3, 2), Cell("P", 4, 3), Cell("P", 5, 3), Cell("Q", 1, 1)])
    ('P!B3', 'C4:C5', 'Q!A1')
    """
    found = []
    last = ""
    for place in ranges(cells):
        sheet, mark, address = place.rpartition("!")
        found.append(address if mark and sheet == last else place)
        last = sheet
    return tuple(found)
