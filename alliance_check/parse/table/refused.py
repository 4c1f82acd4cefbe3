"""Workbooks without a table that can be used: what is wrong with them, and the way out.

Tables stand on their side, are forms, lost their columns, or lack a header.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from alliance_check.model.errors import NoHeaders, NoTable
from alliance_check.model.message import listed
from alliance_check.model.sheet import (
    Cell,
    Content,
    Sheet,
)
from alliance_check.parse.table.by_contents import find_by_contents
from alliance_check.parse.table.header_rows import candidates, header_texts
from alliance_check.parse.table.values import blank
from alliance_check.vocabulary.dictionary import Dictionary
from alliance_check.vocabulary.headers import read_header, suggest_field

_SEARCHED = 300
_MOST_HEADERS = 20
_FIELDS = frozenset({"name", "country", "type", "role", "pic"})
_FEWEST = 3
"""How many labels below one another make a table that stands on its side."""
_LONGEST_ROW = 400
_MOST_WORDS = 6
"""How many words a header has at most, where several stand in one text."""


def no_table(sheets: Sequence[Sheet], words: Dictionary) -> NoTable:
    """Return the error for a file in which no table could be used, with the nearest guess."""
    turned = _how_turned(sheets, words) or _how_spaced(sheets, words)
    if turned is not None:
        return NoTable(turned)
    partly = [(sheet, c) for sheet in sheets for c in candidates(sheet, words)]
    if not partly:
        return NoHeaders(
            "There is no table of partners: no row has headers such as Partner name, Country and "
            "Organisation type{rows}. Rename the headers, or say what they mean, as in --map "
            '"Header=country".',
            rows=_first_rows(sheets),
        )
    sheet, best = max(partly, key=lambda found: (found[1].whole, found[1].partly))
    place = str(Cell(sheet.name, best.row, 1))
    if best.whole:
        return NoTable(
            "Nothing is filled in yet: the table with its header at {place} has no row of partners "
            "below it.",
            place=place,
        )
    missing = " and no ".join(f for f in ("name", "country") if f not in best.columns)
    texts = header_texts(sheet.rows[best.row - 1])
    guess = _several(sheet, words) or _guess(texts, missing.split(" and no "))
    headers = listed((f'"{text[:40]}"' for text in texts), _MOST_HEADERS)
    return NoTable(
        "The headers at {place} have no {missing} column; they are {headers}.{guess}",
        place=place,
        missing=missing,
        headers=headers,
        guess=guess,
    )


def _several(sheet: Sheet, words: Dictionary) -> str:
    """Return the sentence for a sheet with several columns of countries or of names, else none."""
    found = find_by_contents(sheet, words)
    for field, columns in found.could.items() if found is not None else ():
        if len(columns) > 1:
            there = listed(f'"{one.header[:40]}" ({one.cell.address})' for one in columns)
            return (
                f" The columns {there} may each hold it; say which one does, as in "
                f'--map "{columns[0].header[:40]}={field}".'
            )
    return ""


def _guess(texts: Sequence[str], missing: Sequence[str]) -> str:
    for text in texts[:_MOST_HEADERS]:
        near = suggest_field(text)
        header = read_header(near) if near else None
        if header is not None and header.field in missing:
            return f' "{text[:40]}" looks like "{near}"; rename the column if that is meant.'
    return (
        ' Add the column, rename the one that holds it, or name it, as in --map "Header=country".'
    )


def _first_rows(sheets: Sequence[Sheet]) -> str:
    rows = [row for sheet in sheets for row in sheet.rows[:50]]
    texts = next((header_texts(row) for row in rows if not all(map(blank, row))), [])
    if not texts:
        return ""
    shown = listed((f'"{text[:40]}"' for text in texts), _MOST_HEADERS)
    return f"; the first row holds {shown}"


def _how_turned(sheets: Sequence[Sheet], words: Dictionary) -> str | None:
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


def _how_spaced(sheets: Sequence[Sheet], words: Dictionary) -> str | None:
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
