"""Take for countries and for names what holds them, where no header of a sheet says so.

Whoever reads "Seat" above "Finland, Latvia, Austria" knows the countries by what stands there. A
column found like this is read as if somebody had said so, as in ``--map "Seat=country"``. Where two
columns could be meant, or one may be about somebody else than the partners, none is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from alliance_check.model.consortium import Role
from alliance_check.model.sheet import Cell, Content, Sheet
from alliance_check.parse.table.header_rows import Candidate, candidates
from alliance_check.parse.table.values import blank, filled_cells, text_of
from alliance_check.text.folding import fold
from alliance_check.vocabulary.dictionary import Dictionary
from alliance_check.vocabulary.remark_headers import (
    About,
    about,
    is_about_others,
    is_inert,
    speaks_of_country,
)
from alliance_check.vocabulary.type_phrases import speaks_of_organisation
from alliance_check.vocabulary.words import is_placeholder

_FEWEST = 3
"""Rows from which on a column shows what it holds."""
_NEARLY_ALL = 0.8
_DISTINCT = 0.9
_OF_ORGANISATIONS = 1 / 3
"""Share of names with a word such as "university" or "GmbH" from which on they are partners."""
_LONGEST_NAME = 150
_LONGEST_CODE = 3
_PLACES = frozenset({"city", "region", "address"})
"""Fields of headers below which countries may stand: "Seat", "Address"."""
_NO_NAME = re.compile(r"@|https?:|www\.|^[\d\W]+$|\d{1,2}[./-]\d{1,2}[./-]\d{2}")


class Taken(NamedTuple):
    """A column that is taken by its contents, and for which field."""

    field: str
    header: str
    cell: Cell


class Found(NamedTuple):
    """The columns of a sheet without a whole header that could be taken for each field."""

    candidate: Candidate
    could: Mapping[str, Sequence[Taken]]

    @property
    def taken(self) -> tuple[Taken, ...]:
        """The columns that are taken: one for each field, or none at all."""
        clear = all(len(columns) == 1 for columns in self.could.values())
        return tuple(columns[0] for columns in self.could.values()) if clear else ()


def find_by_contents(sheet: Sheet, words: Dictionary) -> Found | None:
    """Return what the columns of the first table hold of which a header is not known."""
    for candidate in candidates(sheet, words):
        if candidate.whole or not _may_be_header(sheet, candidate, words):
            continue
        found = _found(sheet, candidate, words)
        if found is not None:
            return found
    return None


def with_headers(words: Dictionary, taken: Sequence[Taken]) -> Dictionary:
    """Return the words with the headers of the columns that are taken, as --map would add them."""
    columns = {**words.own.columns, **{fold(one.header): one.field for one in taken}}
    return Dictionary(replace(words.own, columns=columns))


def _may_be_header(sheet: Sheet, candidate: Candidate, words: Dictionary) -> bool:
    """Say whether a row holds but texts, and nothing that its columns could hold of a partner."""
    contents = [content for _, content in filled_cells(sheet.rows[candidate.row - 1])]
    return len(contents) >= _FEWEST and all(
        isinstance(content, str) and words.country_in(content) is None for content in contents
    )


def _found(sheet: Sheet, candidate: Candidate, words: Dictionary) -> Found | None:
    missing = [field for field in ("country", "name") if field not in candidate.columns]
    row = sheet.rows[candidate.row - 1]
    times = Counter(fold(text_of(content)) for content in row)
    there = {
        number: text_of(content)
        for number, content in filled_cells(row)
        if times[fold(text_of(content))] == 1
    }
    columns = _columns(sheet, candidate.row, there)
    holds_like = {
        number: [is_one for is_one in _readers(words) if _nearly_all(columns[number], is_one)]
        for number in there
    }
    # What its column holds is no header: that row is a partner's.
    if any(is_one(there[number]) for number, every in holds_like.items() for is_one in every):
        return None
    if not ({"type", "role"} & candidate.columns.keys() or any(holds_like.values())):
        return None
    could: dict[str, list[Taken]] = {}
    for field in missing:
        could[field] = [
            Taken(field, header, Cell(sheet.name, candidate.row, number))
            for number, header in there.items()
            if _open(field, header, words)
            and (
                _holds_countries(columns[number], words, codes=speaks_of_country(header))
                if field == "country"
                else _holds_names(columns[number], words)
            )
        ]
    if not all(could.values()):
        return None
    return Found(candidate, could)


def _columns(sheet: Sheet, header: int, there: Mapping[int, str]) -> Mapping[int, Sequence[str]]:
    """Return the texts below each header, empty where there is none, of the rows that tell much."""
    fewest = max(2, len(there) // 3)
    rows = [row for row in sheet.rows[header:] if len(filled_cells(row)) >= fewest]
    return {
        number: [text_of(_at(row, number)) if _is_text(_at(row, number)) else "" for row in rows]
        for number in there
    }


def _at(row: Sequence[Content], number: int) -> Content:
    return row[number - 1] if number <= len(row) else ""


def _is_text(content: Content) -> bool:
    return isinstance(content, str) and not blank(content)


def _readers(words: Dictionary) -> Sequence[Callable[[str], bool]]:
    """Return what tells a type and a role; a column of them shows that partners are listed."""
    return (
        lambda text: bool(words.kinds(text).kinds),
        lambda text: words.role(text) is not Role.UNKNOWN,
    )


def _open(field: str, header: str, words: Dictionary) -> bool:
    """Say whether a header leaves open that its column holds a field of the partners."""
    known = words.header(header)
    if is_placeholder(header.rstrip("?")) or is_about_others(header):
        return False
    if about(header) not in {None, About.SEAT}:
        return False
    if field == "country":
        return known is None or known.field in _PLACES
    return known is None and not is_inert(header)


def _holds_countries(texts: Sequence[str], words: Dictionary, *, codes: bool) -> bool:
    """Say whether a column names countries; *codes* may be those of languages just as well."""
    return _nearly_all(
        texts,
        lambda text: (codes or len(text) > _LONGEST_CODE) and words.country_in(text) is not None,
    )


def _holds_names(texts: Sequence[str], words: Dictionary) -> bool:
    """Say whether a column names an organisation in nearly every row, each another one."""
    names = [text for text in texts if text]
    return (
        _nearly_all(texts, lambda text: _may_name(text, words))
        and len({*map(fold, names)}) >= _DISTINCT * len(names)
        and sum(map(speaks_of_organisation, names)) >= _OF_ORGANISATIONS * len(names)
    )


def _may_name(text: str, words: Dictionary) -> bool:
    return not (
        len(text) > _LONGEST_NAME
        or _NO_NAME.search(text)
        or words.country(text)
        or words.kinds(text).kinds
        or words.role(text) is not Role.UNKNOWN
    )


def _nearly_all(texts: Sequence[str], fits: Callable[[str], bool]) -> bool:
    fitting = sum(text != "" and fits(text) for text in texts)
    return fitting >= max(_FEWEST, _NEARLY_ALL * len(texts))
