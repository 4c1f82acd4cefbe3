"""The Commission's list of Erasmus Charter holders, and which partners stand in it.

Its headers vary from year to year and are misspelt in some; the Erasmus code may have no header at
all. Dates are dates, texts with the day first, or numbers of days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from alliance_check.model.consortium import HEI, Content, Holder, Listing, Partner, Sheet, Workbook
from alliance_check.model.errors import NoTable
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
_CODE = re.compile(r"(?:IRL|LUX|[A-Z]{1,2}) *[A-Z][A-Z-]*[A-Z][0-9]{2,3}")
_MOST_NEAR = 3


class CharterList(NamedTuple):
    """The rows of the list, and which column holds what."""

    rows: Sequence[Sequence[Content]]
    columns: Mapping[str, int]
    words: Dictionary


def charter_list(book: Workbook, words: Dictionary) -> CharterList:
    """Return the list that a workbook holds.

    Raises NoTable when no sheet has the columns of one.
    """
    found = [one for sheet in book.sheets for one in _lists(sheet, words)]
    if not found:
        raise NoTable(
            "The charter list has no row with the headers Erasmus Code or PIC, Organisation Legal "
            "Name and Country; give the Commission's published list of ECHE holders."
        )
    return max(found, key=lambda one: len(one.rows))


def _lists(sheet: Sheet, words: Dictionary) -> Iterator[CharterList]:
    for number, row in enumerate(sheet.rows[:_SEARCHED], start=1):
        texts = [fold(text_of(content)) for content in row]
        columns = {
            field: column
            for field, names in _HEADERS.items()
            for column in [next((n for n, text in enumerate(texts) if text in names), None)]
            if column is not None
        }
        if {"name", "country"} <= set(columns) and {"pic", "erasmus_code", "oid"} & set(columns):
            rows = sheet.rows[number:]
            unnamed = _unnamed_code(rows, texts) if "erasmus_code" not in columns else None
            with_code = columns if unnamed is None else columns | {"erasmus_code": unnamed}
            yield CharterList(rows, with_code, words)
            return


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
    wanted = [i for i, p in enumerate(partners) if HEI in p.functions.sure | p.functions.may]
    found = _by_ids([(i, partners[i], _plain_code(codes[i])) for i in wanted], listed)
    for index in wanted:
        if not found.get(index):
            found[index] = _by_name(partners[index], listed)
    out = list(partners)
    for index in wanted:
        holders = tuple(found[index])
        near = () if holders else _near(partners[index], listed)
        out[index] = replace(partners[index], listing=Listing(holders, near))
    return tuple(out)


def _by_ids(
    wanted: Sequence[tuple[int, Partner, str]], listed: CharterList
) -> dict[int, list[Holder]]:
    """Return the holders that have an id of a partner; one pass over the list."""
    ids: dict[tuple[str, str], int] = {}
    for index, partner, code in wanted:
        for field, value in (("pic", partner.pic), ("oid", partner.oid), ("erasmus_code", code)):
            if value:
                ids[(field, value)] = index
    found: dict[int, list[Holder]] = {}
    for field, column in listed.columns.items():
        asked = {value: index for (of, value), index in ids.items() if of == field}
        if not asked:
            continue
        for row in listed.rows:
            value = _id(field, _at(row, column))
            if value in asked:
                found.setdefault(asked[value], []).append(_holder(row, listed))
    return found


def _id(field: str, content: Content) -> str:
    text = text_of(content)
    if field == "pic":
        return text.zfill(9) if text.isdecimal() else text
    return _plain_code(content) if field == "erasmus_code" else text.upper()


def _plain_code(content: Content) -> str:
    return "".join(text_of(content).upper().split())


def _by_name(partner: Partner, listed: CharterList) -> list[Holder]:
    name = fold(partner.name)
    return [
        _holder(row, listed)
        for row in _of_country(partner, listed)
        if fold(text_of(_at(row, listed.columns["name"]))) == name
    ]


def _of_country(partner: Partner, listed: CharterList) -> Iterator[Sequence[Content]]:
    for row in listed.rows:
        country = text_of(_at(row, listed.columns["country"]))
        if partner.country is not None and listed.words.country(country) == partner.country:
            yield row


def _near(partner: Partner, listed: CharterList) -> tuple[str, ...]:
    from difflib import get_close_matches

    rows = _of_country(partner, listed)
    names = {fold(n): n for row in rows for n in [text_of(_at(row, listed.columns["name"]))]}
    near = get_close_matches(fold(partner.name), names, n=_MOST_NEAR, cutoff=0.6)
    return tuple(names[name] for name in near)


def _holder(row: Sequence[Content], listed: CharterList) -> Holder:
    dates = {
        field: read_date(_at(row, listed.columns[field])) if field in listed.columns else None
        for field in ("start", "end")
    }
    return Holder(text_of(_at(row, listed.columns["name"])), dates["start"], dates["end"])


def _at(row: Sequence[Content], column: int) -> Content:
    return row[column] if column < len(row) else ""
