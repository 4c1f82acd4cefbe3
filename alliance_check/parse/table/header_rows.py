"""Which rows of a sheet are headers of a table of partners, and how far the table goes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from alliance_check.model.sheet import Content, Sheet
from alliance_check.parse.table.header_fields import (
    OF_PARTNERS,
    Columns,
    divided,
    fields_named,
    fields_of,
    two_rows,
    with_groups,
)
from alliance_check.parse.table.values import blank, text_of
from alliance_check.vocabulary.dictionary import Dictionary

SEARCHED = 300
"""How many rows from the top may be headers; a table starts before that."""
_PARTNER_FIELDS = frozenset({"name", "acronym", "country", "type", "role", "pic", "counts_as"})


class Candidate(NamedTuple):
    """A row that may be the header of a table, and the fields that it names.

    ``first`` is the upper row of a header of several rows, ``row`` the lowest.
    """

    first: int
    row: int
    columns: Columns

    @property
    def whole(self) -> bool:
        """Whether it names what no table of partners can do without."""
        return "name" in self.columns and "country" in self.columns

    @property
    def partly(self) -> int:
        """How many fields of partners it names."""
        return len(_PARTNER_FIELDS & set(self.columns))


def candidates(sheet: Sheet, words: Dictionary, first: int = 1) -> Iterator[Candidate]:
    """Yield every row near the top that names a field of partners, from the *first* down."""
    rows = sheet.rows
    for number in range(first, min(len(rows), SEARCHED) + 1):
        row = rows[number - 1]
        if sum(not blank(content) for content in row) < 2:
            continue
        above = rows[number - 2] if number > 1 else ()
        texts, grouped = with_groups(row, above, words)
        found = fields_of(texts, words)
        below = rows[number] if number < len(rows) else ()
        if "name" in found and "country" in found:
            parts = divided(texts, found, below, words)
            yield Candidate(number - grouped, number + bool(parts), parts or found)
            continue
        texts = [] if is_header(below, words) else two_rows(row, below, words)
        both = fields_of(texts, words)
        if "name" in both and "country" in both:
            units = divided(texts, both, rows[number + 1] if number + 1 < len(rows) else (), words)
            yield Candidate(number, number + 1 + bool(units), units or both)
        elif _PARTNER_FIELDS & set(found):
            yield Candidate(number, number, found)


def header_texts(row: tuple[Content, ...]) -> list[str]:
    """Return the texts of a row, for a sentence that names its headers."""
    return [text_of(content) for content in row if not blank(content)]


def repeats(columns: Columns, row: tuple[Content, ...], words: Dictionary) -> bool:
    """Say whether a row names again what the header above it names of each partner.

    A header that lacks one of these, or has it elsewhere, is that of another table.
    """
    # Countries are few, and soon all known; names are many.
    country = columns["country"][0].number
    if not fields_named(row[country - 1 : country], words):
        return False
    name = columns["name"][0].number
    if name > len(row) or words.header(text_of(row[name - 1])) is None:
        return False
    found = fields_of(row, words)
    return all(
        [column.number for column in columns.get(field, ())[:1]]
        == [column.number for column in found.get(field, ())[:1]]
        for field in OF_PARTNERS
    )


def is_header(row: tuple[Content, ...], words: Dictionary) -> bool:
    """Say whether a row is the header of another table of partners."""
    # It takes two cells; the first one is mostly a name, and those are many.
    if not fields_named(row[1:], words):
        return False
    found = fields_named(row, words)
    return "country" in found and ("name" in found or "acronym" in found)
