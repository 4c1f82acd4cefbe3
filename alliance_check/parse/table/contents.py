"""Check what the columns of a table hold against what their headers promise.

A header alone can mislead: below "Role in the project" may stand tasks, below "Budget" a yes, and
a column headed "VET provider" may hold nothing but ticks. Merged cells hold one value for all the
rows that they cover, as whoever reads the sheet sees it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from alliance_check.model.consortium import EDUCATION, LABOUR, Role, Said
from alliance_check.model.message import Message, say
from alliance_check.model.sheet import Cell, Content, Sheet
from alliance_check.parse.table.header_fields import MONEY
from alliance_check.parse.table.values import (
    FieldColumn,
    PartnerTable,
    blank,
    filled_cells,
    text_of,
)
from alliance_check.text.folding import fold
from alliance_check.vocabulary.amounts import read_amount
from alliance_check.vocabulary.dictionary import Dictionary
from alliance_check.vocabulary.headers import Header
from alliance_check.vocabulary.kinds import functions_of
from alliance_check.vocabulary.remark_headers import About, about, is_inert
from alliance_check.vocabulary.remarks import read_status
from alliance_check.vocabulary.role_and_status import names_role_or_status
from alliance_check.vocabulary.words import is_number, is_placeholder, read_said

_OWN = frozenset({"name", "country", "status"})
_NO_ANSWERS = frozenset({"name", "acronym", "country", "legal_form", "number", "project"})
"""Fields of which a column of yes and no says nothing, whatever its header: "Member", "Entity"."""
_NEEDED = ("name", "country")
_SAID_OF_OTHERS = frozenset({("type", "sector"), ("role", "contact")})
"""Fields whose columns may hold another one: types below "Sector", roles below "Position"."""
_FITTING = 0.8
"""Share of texts that are types or roles from which on an unknown header heads these."""
_FIELDS = {
    "name": say("name"),
    "country": say("country"),
    "type": say("type"),
    "role": say("role"),
}
_LONGEST_CODE = 12
_MOST_LEGENDS = 4
"""A row with more cells explains nothing."""
_BETWEEN = re.compile(r"[,;|\n]")
_DISTINCT = 0.6
"""Share of different texts from which on a column describes its partners one by one."""


Texts = Mapping[str, int]
"""The different texts of a column, in their order, and how often each stands there."""
_NONE: Texts = {}


def settle_columns(table: PartnerTable, filled: Mapping[int, Texts] | None = None) -> PartnerTable:
    """Return the table with merged values spread and with columns that keep their promise.

    A column of money without any number and a column of roles that holds tasks become free text.
    A column of ticks below a role or a kind of organisation says that role or kind of each row.
    Whoever has counted the texts of each column already gives them as *filled*.
    """
    table = replace(table, sheet=_spread(table))
    filled = dict(_filled(table)) if filled is None else filled
    table = replace(table, columns=_by_values(table, filled))
    table = _with_unknown_columns(table, filled)
    table = replace(table, words=_explained(table, filled))
    ticks = dict(_ticked(table, filled))
    prose = {
        column.number
        for name, columns in table.columns.items()
        for column in columns
        if _breaks_promise(name, filled.get(column.number, _NONE), table.words)
        and not _answers(filled.get(column.number, _NONE))
    }
    answers: set[int] = set()
    for name in (_NO_ANSWERS | MONEY) & table.columns.keys():
        numbers = {column.number for column in table.columns[name]}
        found = {
            number
            for number in numbers
            if _answers(texts := filled.get(number, _NONE))
            and (name not in MONEY or any(text.isalpha() and text[1:] for text in texts))
        }
        if name not in _NEEDED or found < numbers:  # without names there would be no partner
            answers |= found
    dropped = prose | ticks.keys() | answers
    columns = {
        name: kept
        for name, every in table.columns.items()
        if (kept := tuple(c for c in every if c.number not in dropped))
    }
    return replace(table, columns=columns, ticks=ticks, prose=frozenset(prose))


def _by_values(
    table: PartnerTable, filled: Mapping[int, Texts]
) -> Mapping[str, tuple[FieldColumn, ...]]:
    """Return the columns with each below the field that its values show.

    "Partner type" may head roles or kinds; the header says which two fields it may be. Where no
    header says role, "Status" may head roles.
    """
    unsaid = {} if "role" in table.columns else {"status": "role"}
    found: dict[str, list[FieldColumn]] = defaultdict(list)
    for name, columns in table.columns.items():
        for column in columns:
            other = column.header.otherwise or unsaid.get(name)
            texts = filled.get(column.number, _NONE)
            moved = other is not None and _known(other, texts, table.words) > _known(
                name, texts, table.words
            )
            found[other if other is not None and moved else name].append(column)
    if not {"name", "country"} <= found.keys():
        return table.columns
    return {name: tuple(columns) for name, columns in found.items()}


def _with_unknown_columns(table: PartnerTable, filled: Mapping[int, Texts]) -> PartnerTable:
    """Return the table with types and roles from a column whose header promises neither.

    It counts where no column is known to hold them, and nearly all that it holds is one of them.
    """
    columns, notes = dict(table.columns), list(table.notes)
    rows = _times(filled.get(columns["name"][0].number, _NONE))
    for name in ("type", "role"):
        if name in columns:
            continue
        taken = {
            column.number
            for field, every in columns.items()
            for column in every
            if (name, field) not in _SAID_OF_OTHERS
            or (name == "role" and not _one_leads(filled.get(column.number, _NONE), table.words))
        }
        for number, header in enumerate(table.headers, start=1):
            texts = filled.get(number, _NONE)
            if (
                not header
                or number in taken
                or about(header) is About.TASKS
                or _known(name, texts, table.words) < _FITTING * max(_times(texts), rows)
                or len(texts) < 2
                or (is_inert(header) and not (name == "type" and _of_both(texts, table.words)))
            ):
                continue
            columns = {
                field: kept
                for field, every in columns.items()
                if (kept := tuple(column for column in every if column.number != number))
            }
            columns[name] = (FieldColumn(number, Header(name), header),)
            notes.append(read_by_contents(name, header, number))
            break
    return replace(table, columns=columns, notes=tuple(notes))


def read_by_contents(field: str, header: str, column: int) -> Message:
    """Return the note on a column that was read as a field because of what it holds."""
    return say(
        'Column {column} "{header}" was read as the {field}, because of what it holds.',
        column=Cell(None, 1, column).address.rstrip("1"),
        header=header,
        field=_FIELDS[field],
    )


def _one_leads(texts: Texts, words: Dictionary) -> bool:
    """Say whether one text at most means a coordinator; many a person leads a project at home."""
    return sum(n for text, n in texts.items() if words.role(text) is Role.COORDINATOR) < 2


def _of_both(texts: Texts, words: Dictionary) -> bool:
    """Say whether texts name bodies of education and of working life, not fields of work.

    "VET" and "higher education" may be what an enterprise works for.
    """
    sure = {function for text in texts for function in functions_of(words.kinds(text).kinds).sure}
    return {LABOUR, EDUCATION} <= sure


def _known(name: str, texts: Texts, words: Dictionary) -> int:
    """Return how many texts are known as values of a field."""
    if name == "country":
        return sum(n for text, n in texts.items() if words.country_in(text) is not None)
    if name == "status":
        return sum(n for text, n in texts.items() if words.status(text) is not None)
    if name == "role":
        return sum(n for text, n in texts.items() if words.role(text) is not Role.UNKNOWN)
    if name == "type":
        return sum(n for text, n in texts.items() if words.kinds(text).kinds)
    return 0


def _times(texts: Texts) -> int:
    return sum(texts.values())


def _explained(table: PartnerTable, filled: Mapping[int, Texts]) -> Dictionary:
    """Return the words with those that the workbook explains: "IND = company", "1 = university".

    A code in small letters is one where the column of countries holds codes.
    """
    own = table.words.own
    countries, types, roles = dict(own.countries), dict(own.types), dict(own.roles)
    statuses = dict(own.statuses)
    for text in _codes_in_small_letters(table, filled):
        countries.setdefault(fold(text), table.words.country(text.upper()) or "")
    unread = {
        fold(text)
        for name in ("type", "role", "status")
        for column in table.columns.get(name, ())
        for text in filled.get(column.number, _NONE)
        if len(text) <= _LONGEST_CODE and not _known(name, {text: 1}, table.words)
    }
    for word, meaning in _legends(table) if unread else ():
        if word in unread and (kind := table.words.one_kind(meaning)):
            types.setdefault(word, table.words.kinds(kind).kinds)
        if word in unread and (role := table.words.role(meaning)) is not Role.UNKNOWN:
            roles.setdefault(word, role)
        if word in unread and (status := read_status(meaning)) is not None:
            statuses.setdefault(word, status)
    explained = replace(own, countries=countries, types=types, roles=roles, statuses=statuses)
    return table.words if explained == own else Dictionary(explained)


def _codes_in_small_letters(table: PartnerTable, filled: Mapping[int, Texts]) -> Iterator[str]:
    texts = filled.get(table.columns["country"][0].number, _NONE)
    if 2 * sum(n for text, n in texts.items() if len(text) == 2) > _times(texts):
        for text in texts:
            if (
                text != "na"
                and text.islower()
                and not table.words.country(text)
                and table.words.country(text.upper())
            ):
                yield text


def _legends(table: PartnerTable) -> Iterator[tuple[str, str]]:
    """Yield each word that texts explain, folded, with what it means."""
    for sheet in (table.sheet, *table.others):
        for row in sheet.rows:
            line = filled_cells(row)
            if len(line) == 2:
                yield fold(text_of(line[0][1])), text_of(line[1][1])
            for _, content in line if len(line) <= _MOST_LEGENDS else ():
                for part in _BETWEEN.split(content) if isinstance(content, str) else ():
                    word, sign, meaning = part.partition("=" if "=" in part else ":")
                    if sign and meaning.strip():
                        yield fold(word), meaning.strip()


def _spread(table: PartnerTable) -> Sheet:
    """Return the sheet with the value of each cell merged downwards in all its rows.

    A name is not repeated: the rows beside a merged name tell of one partner.
    """
    sheet = table.sheet
    names = {column.number for column in table.columns["name"]}
    rows: dict[int, list[Content]] = {}
    for top, left, bottom, _ in sheet.merged:
        if top <= table.header_row or top == bottom or left in names:
            continue
        value = sheet.rows[top - 1][left - 1] if left <= len(sheet.rows[top - 1]) else ""
        for number in range(top + 1, min(bottom, len(sheet.rows)) + 1):
            row = rows.setdefault(number, list(sheet.rows[number - 1]))
            row.extend([""] * (left - len(row)))
            row[left - 1] = value
    if not rows:
        return sheet
    spread = (tuple(rows.get(n, row)) for n, row in enumerate(sheet.rows, start=1))
    return replace(sheet, rows=tuple(spread))


def _filled(table: PartnerTable) -> Iterator[tuple[int, Texts]]:
    """Yield the texts of each column below the header, without blank cells."""
    rows = table.sheet.rows[table.header_row : table.last_row]
    for index in range(max(map(len, rows), default=0)):
        there = (row[index] for row in rows if index < len(row) and not blank(row[index]))
        yield index + 1, Counter(map(text_of, there))


def _breaks_promise(name: str, texts: Texts, words: Dictionary) -> bool:
    if name in MONEY:
        # Mostly the first text is an amount, and those are many.
        if any(read_amount(text) for text in texts if not is_placeholder(text)):
            return False
        said = {text: n for text, n in texts.items() if not is_placeholder(text)}
        numbers = sum(n for text, n in said.items() if any(c.isdecimal() for c in text))
        # An amount that cannot be read has a number; so may the name of a work package.
        return bool(said) and 2 * numbers < _times(said)
    return name == "role" and _holds_tasks(texts, words)


def _holds_tasks(texts: Texts, words: Dictionary) -> bool:
    """Say whether a column of roles names no role at all, and something else of nearly each."""
    if _times(texts) < 2 or len(texts) < _DISTINCT * _times(texts):
        return False
    return not any(
        is_number(text)
        or words.role(text) is not Role.UNKNOWN
        or names_role_or_status(text) is not None
        for text in texts
    )


def _answers(texts: Texts) -> bool:
    """Say whether a column holds nothing but yes and no, and a yes at least."""
    said = set()
    for text in texts:  # mostly the first one is none of them
        if (one := read_said(text)) is Said.UNREAD:
            return False
        said.add(one)
    return Said.YES in said


def _ticked(
    table: PartnerTable, filled: Mapping[int, Texts]
) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield each column of ticks whose header is a role or a kind, with the field it tells of."""
    own = {columns[0].number for name, columns in table.columns.items() if name in _OWN}
    times = Counter(table.headers)
    for number, header in enumerate(table.headers, start=1):
        texts = filled.get(number, _NONE)
        if number in own or not header or not texts:
            continue
        if not _answers(texts):
            continue
        plain = header.rstrip("? ")
        role = table.words.role(plain)
        # "AP2" may be a work package.
        if role is not Role.UNKNOWN and not plain[-1:].isdecimal():
            # Who leads a work package is ticked in a column for each.
            leads = role is Role.COORDINATOR and ("role" in table.columns or times[header] > 1)
            if leads:
                continue
            yield number, ("role", plain)
            continue
        # Whether somebody is a person is no kind: it decides whether they may apply at all.
        if table.words.kinds(plain).kinds and about(header) is not About.PERSON:
            yield number, ("type", plain)
