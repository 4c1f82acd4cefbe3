"""Put the values of a sheet together with what they do not show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from alliance_check.model.consortium import Cell, Content, Sheet
from alliance_check.model.message import Message, listed, say
from alliance_check.readers.limits import damaged
from alliance_check.readers.xlsx.marks import Marks, Place

Row = tuple[Content, ...]


def assemble(name: str, title: str, rows: list[Row], marks: Marks, *, hidden: bool) -> Sheet:
    """Build the sheet as it is shown.

    Padded numbers have their zeros, faults stand in the place of blanks, parts of a text that are
    struck through are left out, and what lies under a merged cell is blank.
    """
    shown: dict[int, dict[int, Content]] = defaultdict(dict)
    for (row, column), width in marks.padded.items():
        if row <= len(rows) and column <= len(rows[row - 1]):
            shown[row][column] = padded(rows[row - 1][column - 1], width)
    for (row, column), text in marks.kept.items():
        shown[row][column] = text
    for (row, column), fault in marks.faults.items():
        shown[row][column] = fault
    for row, column in _covered(name, rows, marks):
        shown[row][column] = ""
    if shown:
        rows.extend(() for _ in range(max(shown) - len(rows)))
    for row, cells in shown.items():
        line = list(rows[row - 1])
        line.extend(("",) * (max(cells) - len(line)))
        for column, content in cells.items():
            line[column - 1] = content
        rows[row - 1] = tuple(line)
    return Sheet(
        title,
        tuple(rows),
        hidden,
        frozenset(marks.hidden_rows),
        frozenset(marks.struck),
        marks.comments,
        marks.fills,
        tuple(marks.merged),
        marks.formats,
    )


def left_out(sheets: Iterable[tuple[str, Marks]]) -> tuple[Message, ...]:
    """Return a note that names the cells of which a part was left out."""
    cells = [
        Cell(title, row, column) for title, marks in sheets for row, column in sorted(marks.partly)
    ]
    if not cells:
        return ()
    return (say("The struck-through part of {cells} was left out.", cells=listed(cells)),)


def without_author(comment: str, author: str) -> str:
    r"""Return a comment without the line that names its author, which programs put first.

    >>> without_author("Anna Berg:\nWithdrew 14 Nov\n", "Anna Berg")
    'Withdrew 14 Nov'
    """
    first, _, rest = comment.partition("\n")
    return (rest if first.strip() == f"{author}:" else comment).strip()


def _covered(name: str, rows: list[Row], marks: Marks) -> Iterator[Place]:
    """Yield the cells with a value under a merged one; a spreadsheet does not show them."""
    width = max(map(len, rows), default=0) if marks.merged else 0
    left_over = 2 * width * len(rows)
    for top, left, bottom, right in marks.merged:
        lines = rows[top - 1 : bottom] if left <= width else []
        left_over -= len(lines) * (min(right, width) - left + 2)
        if left_over < 0:
            raise damaged(name, "merged cells lie over one another")
        for row, line in enumerate(lines, top):
            for column, content in enumerate(line[left - 1 : right], left):
                if content != "" and (row, column) != (top, left):
                    yield row, column


def padded(content: Content, width: int) -> Content:
    """Return a whole number with the zeros that its cell shows.

    >>> padded(Decimal(123456), 9), padded(Decimal("1.5"), 9), padded("x", 9)
    ('000123456', Decimal('1.5'), 'x')
    """
    if isinstance(content, Decimal) and content >= 0 and content == content.to_integral_value():
        return f"{int(content):0{width}d}"
    return content
