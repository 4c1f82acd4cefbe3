"""Tables that stand on their side, are forms, or lost their columns: refused, with a way out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from alliance_check.model.consortium import Cell, Content, Sheet
from alliance_check.parse.table.values import blank
from alliance_check.vocabulary.dictionary import Dictionary

_SEARCHED = 300
_FIELDS = frozenset({"name", "country", "type", "role", "pic"})
_FEWEST = 3
"""How many labels below one another make a table that stands on its side."""
_LONGEST_ROW = 400
_MOST_WORDS = 6
"""How many words a header has at most, where several stand in one text."""


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


def how_spaced(sheets: Sequence[Sheet], words: Dictionary) -> str | None:
    """Return the sentence for a table whose columns are but spaces; None for others."""
    for sheet in sheets:
        for number, row in enumerate(sheet.rows[:_SEARCHED], start=1):
            texts = [(n, content) for n, content in enumerate(row, start=1) if _filled(content)]
            if len(texts) == 1 and {"name", "country"} <= _headers_in(texts[0][1], words):
                place = Cell(sheet.name, number, texts[0][0])
                return (
                    f"The headers at {place} stand in one cell, with but spaces between them; put "
                    "the table into a spreadsheet, with a column each, and save it."
                )
    return None


def _headers_in(content: Content, words: Dictionary) -> set[str]:
    """Return the fields that headers in one text name one after another."""
    if not isinstance(content, str) or len(content) > _LONGEST_ROW:
        return set()
    spelt, found = content.split(), set()
    at = 0
    while at < len(spelt):
        ends = range(min(len(spelt), at + _MOST_WORDS), at, -1)
        headers = ((end, words.header(" ".join(spelt[at:end]))) for end in ends)
        at, header = next(((end, h) for end, h in headers if h is not None), (at + 1, None))
        found |= {header.field} if header is not None else set()
    return found


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
