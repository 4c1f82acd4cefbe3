"""What values do not show of a sheet, and the sheet as both together make it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from alliance_check.model.message import Message, listed, say
from alliance_check.model.sheet import (
    Cell,
    Content,
    Sheet,
)
from alliance_check.readers.limits import damaged
from alliance_check.readers.values import Row

Place = tuple[int, int]
Area = tuple[int, int, int, int]


@dataclass
class Marks:
    """What the values of a sheet do not show, by row and column.

    ``partly`` are the texts of which a part is struck through, ``merged`` the first row and column
    of merged cells and their last. The other fields are those of ``Sheet``.
    """

    hidden_rows: set[int] = field(default_factory=set)
    struck: set[Place] = field(default_factory=set)
    partly: set[Place] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    comments: dict[Place, str] = field(default_factory=dict)
    fills: dict[Place, str] = field(default_factory=dict)
    formats: dict[Place, str] = field(default_factory=dict)


def assemble(name: str, title: str, rows: list[Row], marks: Marks, *, hidden: bool) -> Sheet:
    """Build the sheet as it is shown: what lies under a merged cell is blank."""
    covered: dict[int, list[int]] = {}
    for row, column in _covered(name, rows, marks):
        covered.setdefault(row, []).append(column)
    for row, columns in covered.items():
        line = list(rows[row - 1])
        for column in columns:
            line[column - 1] = ""
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
