"""Tables that stand on their side, or are forms: refused, with how to turn them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from alliance_check.model import Cell, Content, Sheet
from alliance_check.parse.dictionary import Dictionary
from alliance_check.parse.values import blank

_SEARCHED = 300
_FIELDS = frozenset({"name", "country", "type", "role", "pic"})
_FEWEST = 3
"""How many labels below one another make a table that stands on its side."""


def how_turned(sheets: Sequence[Sheet], words: Dictionary) -> str | None:
    """Return the sentence for a table that stands on its side or is a form; None for others."""
    for sheet in sheets:
        for column in range(1, 1 + max((len(row) for row in sheet.rows[:_SEARCHED]), default=0)):
            labels = list(_labels(sheet, column, words))
            counted = Counter(field for _, field in labels)
            if len(counted) < _FEWEST or not {"name", "country"} <= set(counted):
                continue
            place = Cell(sheet.name, labels[0][0], column)
            if counted["name"] > 1:
                return (
                    f"At {place} begins a form for each partner; put the partners into one table "
                    "with a row each, and Partner name, Country and Organisation type as headers."
                )
            return (
                f"The table at {place} has a partner in each column; copy it and paste it "
                "transposed, so that each partner has a row."
            )
    return None


def _labels(sheet: Sheet, column: int, words: Dictionary) -> Iterator[tuple[int, str]]:
    """Yield the rows in which a column holds the name of a field, with a value beside it."""
    for number, row in enumerate(sheet.rows[:_SEARCHED], start=1):
        if column >= len(row) or not _text(row[column - 1]) or not any(map(_filled, row[column:])):
            continue
        header = words.header(str(row[column - 1]).rstrip(": "))
        if header is not None and header.field in _FIELDS:
            yield number, header.field


def _text(content: Content) -> bool:
    return isinstance(content, str) and 0 < len(content) <= 120


def _filled(content: Content) -> bool:
    return not blank(content)
