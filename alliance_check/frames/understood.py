"""What each row of a plain table says, understood once for each distinct content.

The readers of single cells are those of the check of a file. What hangs on a whole consortium (what
a blank role means, a blank status, a column in which nothing stands) is settled here for all of
them at once. A consortium with anything else in it is *odd*, and is read by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from alliance_check.frames.meanings import Meanings
from alliance_check.frames.sheet import Distinct, Flags, Ints
from alliance_check.model.consortium import (
    Partner,
    Presence,
    Role,
    Said,
)
from alliance_check.model.sheet import (
    Cell,
    Content,
    Remark,
)
from alliance_check.parse import PartnerTable
from alliance_check.parse.cells import fields
from alliance_check.parse.cells.presences import is_unnamed
from alliance_check.parse.cells.roles import role_in_its_cell, roles_elsewhere
from alliance_check.parse.remarks.beside import letters_of
from alliance_check.parse.remarks.cell import read_remark_beside, says_nothing
from alliance_check.parse.remarks.columns import OFTEN, Purpose, purposes
from alliance_check.parse.remarks.gathered import Remarks
from alliance_check.parse.table.values import Row
from alliance_check.text.folding import fold
from alliance_check.vocabulary.amounts import read_date
from alliance_check.vocabulary.role_and_status import role_or_status_in_name
from alliance_check.vocabulary.two_names import names_two
from alliance_check.vocabulary.words import is_number, words_of

ROLES, PRESENCES, SAID = tuple(Role), tuple(Presence), tuple(Said)
OPEN = (Remark(Cell(None, 0, 9), "?"),)
"""What stands for a text beside a partner that was not understood."""
_NONE = len(ROLES)
"""The number of a role or a status that is not said."""
_NUMBER = {one: n for every in (ROLES, PRESENCES, SAID) for n, one in enumerate(every)}
_DIGITS = 9


@dataclass
class Rows:
    """What the rows say, in the order of their consortia; each number stands for a meaning.

    *starts* are the first rows of the consortia, *where* their places in the table. *alike* are
    numbers of names, PICs and OIDs, of which equal ones may make rows one organisation; -1 is none.
    """

    starts: Ints
    group: Ints
    where: Ints
    country: Ints
    types: Ints
    role: Ints
    presence: Ints
    charter: Ints
    pact: Ints
    until: Ints
    open: Ints
    """1 where a text beside a partner was not understood."""
    alike: tuple[Ints, ...]
    problems: Ints
    """How many cells of each consortium were not understood."""
    odd: Flags
    """Which consortia are to be read by themselves."""
    columns: Mapping[str, Flags]
    """In which consortia a field has anything in it."""
    meanings: Meanings

    def partner(self, row: int, name: str, cells: Mapping[str, Cell]) -> Partner:
        """Return the partner that a row tells of, as far as rules ask, under this name."""
        meanings = self.meanings
        code, readings = meanings.countries.all[self.country[row]]
        kinds, functions, overruled = meanings.types.all[self.types[row]]
        return Partner(
            row=None,
            name=name,
            cells=cells,
            country=code,
            countries=readings,
            role=ROLES[self.role[row]],
            presence=PRESENCES[self.presence[row]],
            kinds=kinds,
            functions=functions,
            overruled=overruled,
            charter=SAID[self.charter[row]],
            charter_until=meanings.days.all[self.until[row]],
            pact=SAID[self.pact[row]],
            open=OPEN if self.open[row] else (),
        )

    def any(self, flags: Flags) -> Flags:
        """Say of each consortium whether a flag is set in one of its rows."""
        return np.logical_or.reduceat(flags, self.starts)

    def sum(self, numbers: Ints | Flags) -> Ints:
        """Add up the numbers of the rows of each consortium."""
        return np.add.reduceat(numbers.astype(np.int64), self.starts)

    def spread(self, values: Any) -> Any:
        """Return for each row the value of its consortium."""
        return values[self.group]


def understand(table: PartnerTable, columns: Sequence[Distinct], group: Ints) -> Rows:
    """Return what the rows of a plain table say; *group* numbers the consortium of each."""
    return _Reader(table, columns, group).rows()


class _Reader:
    def __init__(self, table: PartnerTable, columns: Sequence[Distinct], group: Ints) -> None:
        self._table, self._columns = table, columns
        self._place = {field: every[0].number for field, every in table.columns.items()}
        self._order = np.argsort(group, kind="stable")
        self._group = group[self._order]
        self._starts = np.flatnonzero(np.diff(self._group, prepend=-1))
        self._odd = np.zeros(len(group), np.bool_)
        self._doubted = np.zeros(len(group), np.bool_)
        self._open = np.zeros(len(group), np.int64)
        self._problems = np.zeros(len(group), np.int64)
        self._meanings = Meanings()

    def _column(self, field: str) -> Distinct | None:
        number = self._place.get(field)
        return None if number is None else self._columns[number - 1]

    @property
    def _name(self) -> Distinct:
        return self._columns[self._place["name"] - 1]

    def _filled(self, field: str) -> Flags:
        column = self._column(field)
        return (
            np.zeros(len(self._order), np.bool_) if column is None else column.filled[self._order]
        )

    def _codes(self, field: str) -> Ints:
        column, none = self._column(field), np.zeros(len(self._order), np.int64)
        return none if column is None else column.codes[self._order]

    def _row(self, **contents: Content) -> Row:
        place = self._place
        cells = {field: Cell(None, 1, place.get(field, place["name"])) for field in contents}
        cells |= {field: Cell(None, 1, place[field]) for field in ("name", "country")}
        return Row(1, contents, cells)

    def _each(self, field: str, read: Callable[[Content, str], int], blank: int = 0) -> Ints:
        """Return for each row what *read* makes of its cell; *blank* where there is no column."""
        column = self._column(field)
        if column is None:
            return np.full(len(self._order), blank, np.int64)
        read_once = [read(c, t) for c, t in zip(column.contents, column.texts, strict=True)]
        return np.array(read_once, np.int64)[column.codes[self._order]]

    def _any(self, flags: Flags) -> Flags:
        return np.logical_or.reduceat(flags, self._starts)

    def rows(self) -> Rows:
        there = {field: self._any(self._filled(field)) for field in {*self._place, "type"}}
        until = there.get("charter_until", np.zeros(len(self._starts), np.bool_))
        there["charter"] = there.get("charter", until) | until
        there.setdefault("pact", np.zeros(len(self._starts), np.bool_))
        there.setdefault("counts_as", np.zeros(len(self._starts), np.bool_))
        self._read_beside()
        self._find_roles_elsewhere()
        role = self._roles(there)
        presence = self._presences()
        found = Rows(
            starts=self._starts,
            group=self._group,
            where=self._order,
            country=self._countries(),
            types=self._types(there),
            role=role,
            presence=presence,
            charter=self._said("charter", fields.charter, there),
            pact=self._said("pact", fields.pact, there),
            until=self._each(
                "charter_until",
                lambda content, _: self._meanings.days.number(read_date(content)),
                self._meanings.days.number(None),
            ),
            open=self._open,
            alike=self._alike(),
            problems=np.zeros(0, np.int64),
            odd=self._any(self._odd),
            columns=there,
            meanings=self._meanings,
        )
        self._problems[presence == _NUMBER[Presence.DECLINED]] = 0
        untyped = ~(there["type"] | there["counts_as"])
        found.problems = found.sum(self._problems) + untyped
        return found

    def _count(self, problems: Ints | Flags) -> None:
        self._problems += problems

    def _countries(self) -> Ints:
        words, problems = self._table.words, dict[int, int]()

        def read(content: Content, _: str) -> int:
            found = fields.country(self._row(country=content), words)
            number = self._meanings.countries.number((found.code, found.readings))
            problems[len(problems)] = int(found.problem is not None)
            return number

        column = self._columns[self._place["country"] - 1]
        codes = column.codes[self._order]
        numbers = self._each("country", read)
        wrong = np.array([problems[n] for n in range(len(problems))], np.int64)[codes]
        self._from_names(numbers, wrong)
        self._count(wrong)
        return numbers

    def _from_names(self, numbers: Ints, wrong: Ints) -> None:
        """Read the country that a name carries, where the cell of the country is empty."""
        words, name = self._table.words, self._name
        codes = name.codes[self._order]
        for place in np.flatnonzero(~self._filled("country")).tolist():
            text = name.texts[codes[place]]
            country = (
                words.country_of_name(text) if isinstance(name.contents[codes[place]], str) else ""
            )
            if country:
                found = fields.country(self._row(country=country), words)
                numbers[place] = self._meanings.countries.number((found.code, found.readings))
                wrong[place] = found.problem is not None

    def _types(self, there: Mapping[str, Flags]) -> Ints:
        kind, counts = self._column("type"), self._column("counts_as")
        width = 1 if counts is None else len(counts.contents)
        pairs, inverse = np.unique(
            self._codes("type") * width + self._codes("counts_as"), return_inverse=True
        )
        read = []
        for pair in pairs.tolist():
            contents: dict[str, Content] = {}
            if kind is not None:
                contents["type"] = kind.contents[pair // width]
            if counts is not None:
                contents["counts_as"] = counts.contents[pair % width]
            row, words = self._row(**contents), self._table.words
            whole = fields.types(row, frozenset({"type", "counts_as"} & contents.keys()), words)
            blank = fields.types(row, frozenset({"counts_as"} & contents.keys()), words)
            number = self._meanings.types.number((whole.kinds, whole.functions, whole.overruled))
            read.append((number, *(sum(p is not None for p in t.problems) for t in (whole, blank))))
        found = np.array(read, np.int64)[inverse]
        self._count(np.where(there["type"][self._group], found[:, 1], found[:, 2]))
        return found[:, 0]

    def _roles(self, there: Mapping[str, Flags]) -> Ints:
        def read(content: Content, text: str) -> int:
            if not text:
                return _NONE
            if is_number(text) or fold(text) in words_of("applicant"):
                return -1
            role = role_in_its_cell(self._row(role=content), self._table.words)[1]
            return _NONE if role is None else _NUMBER[role]

        said = self._each("role", read, _NONE)
        self._odd |= said < 0
        leads = self._any(said == _NUMBER[Role.COORDINATOR])
        others = self._any((said != _NONE) & (said != _NUMBER[Role.COORDINATOR]))
        has_roles = there.get("role", np.zeros(len(self._starts), np.bool_))
        silent = np.where(
            ~has_roles | (leads & ~others), _NUMBER[Role.FULL_PARTNER], _NUMBER[Role.UNKNOWN]
        )
        roles = np.where(said == _NONE, silent[self._group], said)
        self._count((roles == _NUMBER[Role.UNKNOWN]) & has_roles[self._group])
        return roles

    def _presences(self) -> Ints:
        def read(_: Content, text: str) -> int:
            status = self._table.words.status(text) if text else None
            return _NONE if status is None else _NUMBER[status]

        said, filled = self._each("status", read, _NONE), self._filled("status")
        confirmed, possible = _NUMBER[Presence.CONFIRMED], _NUMBER[Presence.POSSIBLE]
        blank = np.where(self._any(said == confirmed), possible, confirmed)[self._group]
        found = np.where(said != _NONE, said, np.where(filled, possible, blank))
        found[(found == confirmed) & self._doubted] = possible
        self._count(filled & (said == _NONE))
        return found

    def _said(
        self, field: str, read: Callable[..., tuple[Said, Any]], there: Mapping[str, Flags]
    ) -> Ints:
        only = frozenset({field})

        def number(content: Content, _: str) -> int:
            return _NUMBER[read(self._row(**{field: content}), only)[0]]

        said = self._each(field, number, _NUMBER[Said.BLANK])
        asked = there[field][self._group]
        self._count(asked & (said == _NUMBER[Said.UNREAD]))
        return np.where(asked, said, _NUMBER[Said.NO_COLUMN])

    def _read_beside(self) -> None:
        """Read what says anything of a partner beside the cells that a rule reads."""
        for one in purposes(self._table):
            if one.number == self._table.by:
                continue
            column = self._columns[one.number - 1]
            said = [
                not (_plain_number(text) or says_nothing(self._table, one.purpose, content))
                for content, text in zip(column.contents, column.texts, strict=True)
            ]
            telling = np.array(said, np.bool_)[column.codes[self._order]]
            if one.purpose is Purpose.REMARKS:
                self._read_remarks(one.number, column, telling)
            else:
                self._odd |= telling

    def _read_remarks(self, number: int, column: Distinct, telling: Flags) -> None:
        """Read remarks each beside its partner; where nearly all have one it may be no remark."""
        rows = np.diff(np.append(self._starts, len(self._group)))
        there = np.add.reduceat(column.filled[self._order].astype(np.int64), self._starts)
        often = (there >= OFTEN * rows)[self._group]
        self._odd |= telling & often
        fields_read = {
            field: found
            for field in ("name", "country", "type", "role")
            if (found := self._column(field)) is not None
        }
        for place in np.flatnonzero(telling & ~often).tolist():
            where = self._order[place]
            contents = {f: c.contents[c.codes[where]] for f, c in fields_read.items()}
            content = column.contents[column.codes[where]]
            said = read_remark_beside(self._table, self._row(**contents), number, content)
            doubts, unread, said.doubts, said.open = said.doubts, said.open, [], []
            self._doubted[place] |= bool(doubts)
            self._open[place] |= bool(unread)
            self._odd[place] |= said != Remarks()

    def _find_roles_elsewhere(self) -> None:
        """Mark roles and statuses that stand where none is asked for, and find who has no name."""
        name = self._name
        named: list[tuple[bool, bool]] = []
        self._folded: list[str] = []
        for content, text, plain in zip(name.contents, name.texts, name.plain, strict=True):
            self._folded.append(fold(text) if plain is None else plain)
            named.append((False, False) if plain is not None else self._of_name(content, text))
        flags = np.array(named, np.bool_)[name.codes[self._order]]
        self._odd |= flags[:, 0]
        self._doubted |= flags[:, 1]
        for field in ("type", "number", "status", "legal_form", "charter", "pact"):
            elsewhere = self._each(field, lambda c, t, f=field: int(self._tells_role(f, c, t)))  # type: ignore[misc]
            self._odd |= elsewhere > 0
        numbers = self._column("number")
        letters = {letters_of(text) for text in numbers.texts} - {""} if numbers else set()
        if numbers is not None and len(letters) > 1:  # some may not be numbered like the others
            elsewhere = self._each("number", lambda _, text: int(letters_of(text) != ""), 0)
            self._odd |= elsewhere > 0

    def _of_name(self, content: Content, text: str) -> tuple[bool, bool]:
        row = self._row(name=content)
        return self._tells_role("name", content, text), is_unnamed(row)

    def _tells_role(self, field: str, content: Content, text: str) -> bool:
        if not text:
            return False
        row = self._row(**{field: content})
        inside = field in {"name", "type"} and role_or_status_in_name(text) is not None
        two = field == "name" and names_two(text)
        return inside or two or any(True for _ in roles_elsewhere(row, self._table.words))

    def _alike(self) -> tuple[Ints, ...]:
        """Return numbers of names, PICs and OIDs, and count those that are none."""
        known: dict[str, int] = {"": -1}
        name = self._name
        by_name = np.array([known.setdefault(text, len(known)) for text in self._folded], np.int64)[
            name.codes[self._order]
        ]
        return (by_name, self._ids("pic"), self._ids("oid"))

    def _ids(self, field: str) -> Ints:
        known: dict[str, int] = {"": -1}
        read = {"pic": fields.read_pic, "oid": fields.read_oid}[field]
        wrong: list[bool] = []

        def number(content: Content, text: str) -> int:
            if _plain_pic(text) and field == "pic":
                code, problem = text, None
            else:
                code, problem = read(self._row(**{field: content}))
            wrong.append(problem is not None)
            return known.setdefault(code, len(known))

        found = self._each(field, number, -1)
        if wrong:
            self._count(np.array(wrong, np.bool_)[self._codes(field)])
        self._meanings.ids[field] = {n: code for code, n in known.items()}
        return found


def _plain_pic(text: str) -> bool:
    return len(text) == _DIGITS and text.isascii() and text.isdecimal() and len(set(text)) > 1


def _plain_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()
