"""The Commission's list of Erasmus Charter holders, and which partners stand in it.

Its headers vary from year to year and are misspelt in some; the Erasmus code may have no header at
all. Dates are dates, texts with the day first, or numbers of days.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from alliance_check.model.consortium import (
    HEI,
    Holder,
    Listing,
    Partner,
)
from alliance_check.model.errors import NoTable
from alliance_check.model.sheet import (
    Content,
    Sheet,
    Workbook,
)
from alliance_check.parse.table.values import text_of
from alliance_check.text.folding import fold
from alliance_check.vocabulary.amounts import read_date
from alliance_check.vocabulary.dictionary import Dictionary

_SEARCHED = 10
_HEADERS = {
    "erasmus_code": ("erasmus code", "eramus code", "erasms code", "erasmus id", "erasmus id code"),
    "pic": ("pic", "pic number", "pic code"),
    "oid": ("oid", "organisation id"),
    "name": (
        *("organisation legal name", "legal name", "organisation", "organisation name"),
        *("organization legal name", "institution", "institution name", "name"),
    ),
    "country": ("country", "country cd", "country code"),
    "start": ("eche start date", "erasmus eche start", "eche start", "start date", "eche start dt"),
    "end": ("eche end date", "erasmus eche end", "eche end", "end date", "eche end dt"),
}
_IDS = ("erasmus_code", "pic", "oid")
_CODE = re.compile(r"(?:IRL|LUX|[A-Z]{1,2}) *[A-Z][A-Z-]*[A-Z][0-9]{2,3}")
_MOST_NEAR = 3


Row = Sequence[Content]


class Entry(NamedTuple):
    """A row of the list with the name in it, as it stands there and folded."""

    name: str
    folded: str
    row: Row


class CharterList(NamedTuple):
    """The entries of the list by each id and by country, and which column holds what."""

    by_id: Mapping[tuple[str, str], Sequence[Entry]]
    by_country: Mapping[str, Sequence[Entry]]
    columns: Mapping[str, int]


def charter_list(book: Workbook, words: Dictionary) -> CharterList:
    """Return the list that a workbook holds.

    Raises NoTable when no sheet has the columns of one.
    """
    found = [one for sheet in book.sheets for one in _lists(sheet)]
    if not found:
        raise NoTable(
            "The charter list has no row with the headers Erasmus Code or PIC, Organisation Legal "
            "Name and Country; give the Commission's published list of ECHE holders."
        )
    return _indexed(*max(found, key=lambda one: len(one[0])), words)


def _lists(sheet: Sheet) -> Iterator[tuple[Sequence[Row], Mapping[str, int]]]:
    """Yield the rows below a header of the list, and which column holds what."""
    for number, row in enumerate(sheet.rows[:_SEARCHED], start=1):
        texts = [fold(text_of(content)) for content in row]
        columns = {
            field: column
            for field, names in _HEADERS.items()
            for column in [next((n for n, text in enumerate(texts) if text in names), None)]
            if column is not None
        }
        if {"name", "country"} <= set(columns) and {*_IDS} & set(columns):
            rows = sheet.rows[number:]
            unnamed = _unnamed_code(rows, texts) if "erasmus_code" not in columns else None
            yield rows, columns if unnamed is None else columns | {"erasmus_code": unnamed}
            return


def _indexed(rows: Sequence[Row], columns: Mapping[str, int], words: Dictionary) -> CharterList:
    """Return the list as it is asked; each of many files asks for a few of thousands of rows."""
    by_id: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    by_country: dict[str, list[Entry]] = defaultdict(list)
    ids = {field: column for field, column in columns.items() if field in _IDS}
    for row in rows:
        name = text_of(_at(row, columns["name"]))
        entry = Entry(name, fold(name), row)
        by_country[words.country(text_of(_at(row, columns["country"]))) or ""].append(entry)
        for field, column in ids.items():
            by_id[field, _id(field, _at(row, column))].append(entry)
    return CharterList(dict(by_id), dict(by_country), columns)


def _unnamed_code(rows: Sequence[Sequence[Content]], texts: Sequence[str]) -> int | None:
    """Return the column without a header that holds Erasmus codes."""
    some = rows[:20]
    for column in range(max((len(row) for row in some), default=0)):
        named = column < len(texts) and texts[column]
        codes = sum(bool(_CODE.fullmatch(_plain_code(_at(row, column)))) for row in some)
        if not named and codes * 2 > len(some):
            return column
    return None


def look_up(
    partners: Sequence[Partner], codes: Sequence[str], listed: CharterList
) -> tuple[Partner, ...]:
    """Return the partners, each university with what the list says of it.

    *codes* are the Erasmus codes of the partners, empty where the sheet gives none.
    """
    return tuple(
        replace(partner, listing=_listing(partner, code, listed))
        if HEI in partner.functions.sure | partner.functions.may
        else partner
        for partner, code in zip(partners, codes, strict=True)
    )


def _listing(partner: Partner, code: str, listed: CharterList) -> Listing:
    """Return what the list says of a university: the entries with its ids, else with its name."""
    of_country = listed.by_country.get(partner.country, ()) if partner.country else ()
    ids = {"pic": partner.pic, "oid": partner.oid, "erasmus_code": _plain_code(code)}
    found = [
        entry
        for field in listed.columns
        if ids.get(field)
        for entry in listed.by_id.get((field, ids[field]), ())
    ]
    name = fold(partner.name)
    entries = found or [entry for entry in of_country if entry.folded == name]
    holders = tuple(_holder(entry, listed) for entry in entries)
    return Listing(holders, () if holders else _near(name, of_country))


def _id(field: str, content: Content) -> str:
    text = text_of(content)
    if field == "pic":
        return text.zfill(9) if text.isdecimal() else text
    return _plain_code(content) if field == "erasmus_code" else text.upper()


def _plain_code(content: Content) -> str:
    return "".join(text_of(content).upper().split())


def _near(name: str, entries: Sequence[Entry]) -> tuple[str, ...]:
    from difflib import get_close_matches

    names = {entry.folded: entry.name for entry in entries}
    return tuple(names[near] for near in get_close_matches(name, names, n=_MOST_NEAR, cutoff=0.6))


def _holder(entry: Entry, listed: CharterList) -> Holder:
    dates = {
        field: read_date(_at(entry.row, listed.columns[field])) if field in listed.columns else None
        for field in ("start", "end")
    }
    return Holder(entry.name, dates["start"], dates["end"])


def _at(row: Sequence[Content], column: int) -> Content:
    return row[column] if column < len(row) else ""
