"""Cells as people name them: adjacent ones as a range."""

from __future__ import annotations

from collections.abc import Iterable

from alliance_check.model.consortium import Cell


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
    return tuple(_name(*r) for r in sorted(found, key=_by_row))


def _by_row(found: tuple[Cell, Cell]) -> tuple[str, int, int]:
    first = found[0]
    return (first.sheet or "", first.row, first.column)


def _joined(found: list[tuple[Cell, Cell]], *, down: bool) -> list[tuple[Cell, Cell]]:
    joined: list[tuple[Cell, Cell]] = []
    for first, last in found:
        if joined and joined[-1][1] == _before(first, down=down):
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _before(cell: Cell, *, down: bool) -> Cell:
    if down:
        return Cell(cell.sheet, cell.row - 1, cell.column)
    return Cell(cell.sheet, cell.row, cell.column - 1)


def _name(first: Cell, last: Cell) -> str:
    return str(first) if first == last else f"{first}:{last.address}"
