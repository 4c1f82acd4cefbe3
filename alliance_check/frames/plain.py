"""Whether each row of a table of pandas is a partner whose cells can be read one by one.

A sheet that people write has headings, totals and notes between its partners, and what a row means
hangs on its neighbours. A table of pandas seldom has. Where that is proved for every row, each
distinct content needs to be understood once; every other table is read as a sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from alliance_check.frames.sheet import Distinct, Ints
from alliance_check.model.sheet import (
    Content,
    Fault,
    Sheet,
)
from alliance_check.parse import Dictionary, PartnerTable
from alliance_check.parse.consortium.project import may_head_shares
from alliance_check.parse.table.contents import settle_columns
from alliance_check.parse.table.header_fields import fields_named
from alliance_check.parse.table.header_rows import SEARCHED, candidates, header_texts, is_header
from alliance_check.parse.table.values import blank
from alliance_check.vocabulary.amounts import read_amount
from alliance_check.vocabulary.words import is_total

_FEWEST = 3
"""Cells of a row that is no heading, label, remark or legend, whatever they hold."""
_MOST_OF_LEGEND = 4
_SINGLE = frozenset(
    {
        *("name", "country", "type", "role", "status", "counts_as", "charter", "charter_until"),
        *("pact", "pic", "oid", "share", "total", "number", "parent", "city", "ecosystem"),
    }
)
"""Fields of which a second column would be read too."""


class Silent(Dictionary):
    """Reads words without finding out what an unread one resembles, which no answer tells."""

    def may_guess(self, kind: str, text: str) -> bool:
        """Say that it need not be found out, and that nobody gave it up."""
        return not (kind and text)


def plain_table(header: tuple[Content, ...], columns: Sequence[Distinct]) -> PartnerTable | None:
    """Return where the partners stand; None where a row may be anything but a partner."""
    words = Silent()
    rows = len(columns[0].codes)
    faulty = any(isinstance(one, Fault) for column in columns for one in column.contents)
    if faulty or any(blank(text) for text in header):
        return None
    top = [tuple(c.contents[c.codes[n]] for c in columns) for n in range(min(rows, SEARCHED))]
    whole = (one for one in candidates(Sheet(None, (header, *top)), words) if one.whole)
    first = next(whole, None)
    if first is None or (first.first, first.row) != (1, 1):
        return None
    found = first.columns
    words.headers = tuple(header_texts(header))
    filled = np.sum([column.filled for column in columns], axis=0)
    legend = _legend(columns, filled)
    sheet = Sheet(None, (header, *legend))
    table = PartnerTable(sheet, 1, 1, found, rows + 1, words)
    times = {number: column.times() for number, column in enumerate(columns, start=1)}
    table = settle_columns(table, times)
    own = table.words.own
    if own != words.own:
        table = _silent(table)
    several = any(len(table.columns.get(field, ())) > 1 for field in _SINGLE)
    if several or table.ticks or table.prose or not {"name", "country"} <= table.columns.keys():
        return None
    return table if _only_partners(table, columns, filled) else None


def may_hold_shares(table: PartnerTable, columns: Sequence[Distinct]) -> bool:
    """Say whether an unknown column may hold the grant, of which each group has a sum."""
    known = {column.number for every in table.columns.values() for column in every} | {table.by}
    return "share" not in table.columns and any(
        number not in known and may_head_shares(header) and any(map(read_amount, column.contents))
        for number, (header, column) in enumerate(zip(table.headers, columns, strict=True), start=1)
    )


def _silent(table: PartnerTable) -> PartnerTable:
    words = Silent(table.words.own)
    words.headers = table.words.headers
    return replace(table, words=words)


def _legend(columns: Sequence[Distinct], filled: Ints) -> list[tuple[Content, ...]]:
    """Return the rows that may explain a word: few cells, one with an equals sign or a colon."""
    rows = np.flatnonzero(filled <= _MOST_OF_LEGEND)
    return [
        row
        for number in rows.tolist()
        for row in [tuple(column.contents[column.codes[number]] for column in columns)]
        if any(isinstance(cell, str) and ("=" in cell or ":" in cell) for cell in row)
    ]


def _only_partners(
    table: PartnerTable,
    columns: Sequence[Distinct],
    filled: Ints,
) -> bool:
    """Say whether no row is a heading, a total, a remark, a legend or another header."""
    place = {field: every[0].number - 1 for field, every in table.columns.items()}
    name, country = columns[place["name"]], columns[place["country"]]
    telling = [columns[place[field]] for field in ("country", "type", "role") if field in place]
    known = np.logical_or.reduce([column.filled for column in telling])
    if (filled < _FEWEST).any() or not known.all():
        return False
    if place["country"] < place["name"] and (~country.filled & name.filled).sum() > 1:
        return False  # the country of a group may stand in its first row alone
    if any(text.isdecimal() for column in telling for text in column.texts):
        return False  # a row may number the columns
    odd = [text for text, plain in zip(name.texts, name.plain, strict=True) if plain is None]
    if any(text.isdecimal() or is_total(text) for text in odd):
        return False
    if any(is_total(text) for column in columns[: place["name"]] for text in column.texts):
        return False
    return not any(
        is_header(tuple(column.contents[column.codes[row]] for column in columns), table.words)
        for row in _with_header_of_country(columns, name, table.words)
    )


def _with_header_of_country(
    columns: Sequence[Distinct], name: Distinct, words: Dictionary
) -> list[int]:
    """Return the rows with a cell that could head a column of countries, as every header has."""
    found = np.zeros(len(name.codes), np.bool_)
    for column in columns:
        plain = column.plain if column is name else [None] * len(column.texts)
        heads = [
            none is None and not text.isdecimal() and "country" in fields_named([content], words)
            for content, text, none in zip(column.contents, column.texts, plain, strict=True)
        ]
        found |= np.array(heads, np.bool_)[column.codes]
    return np.flatnonzero(found).tolist()
