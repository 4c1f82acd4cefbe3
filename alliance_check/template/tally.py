"""The formulas of the tally: what counts for sure, as the rules count it.

They stand on a hidden sheet beside the lists of the drop-downs, one row a partner, in functions
that every spreadsheet program has. What the tally cannot tell it does not count: an organisation
that stands twice and differently, a name that names nobody, a blank that may mean anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from alliance_check.model.consortium import FUNCTIONS
from alliance_check.rules.shared.minima import MINIMA
from alliance_check.template.choices import PartnerColumn

ROWS = 60
"""How many partners there is room for."""
FIRST, LAST = 2, ROWS + 1
_NOBODY = ("TBC", "TBD", "N.N.", "NN", "?", "-")


class Range(NamedTuple):
    """Cells of a column on a sheet, as formulas call them."""

    sheet: str
    column: str
    first: int = FIRST
    last: int = LAST

    def __str__(self) -> str:
        return f"{self.sheet}!${self.column}${self.first}:${self.column}${self.last}"

    def cell(self, row: int) -> str:
        """Return one cell of it."""
        return f"{self.sheet}!${self.column}{row}"

    def down_to(self, row: int) -> str:
        """Return its cells down to a row."""
        return f"{self.sheet}!${self.column}${self.first}:${self.column}{row}"


def quoted_name(name: str) -> str:
    """Return the name of a sheet as formulas write it."""
    return "'" + name.replace("'", "''") + "'"


class Lists:
    """The hidden sheet, filled column by column."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._name = quoted_name(sheet.title)
        self._next = 1

    def add(self, values: Sequence[str | int]) -> Range:
        """Write values below one another and return where they stand."""
        column, self._next = self._next, self._next + 1
        for row, value in enumerate(values, FIRST):
            self._sheet.cell(row, column, value)
        return Range(self._name, get_column_letter(column), FIRST, FIRST + len(values) - 1)


def drop_downs(lists: Lists, columns: Sequence[PartnerColumn]) -> Mapping[str, tuple[Range, ...]]:
    """Write what may be chosen in each column, and return it with the numbers it adds to."""
    return {
        column.field: (
            lists.add([choice.label for choice in column.choices]),
            *(
                lists.add([int(choice.counts[at]) for choice in column.choices])
                for at in range(len(column.choices[0].counts))
            ),
        )
        for column in columns
        if column.choices
    }


def counts(
    lists: Lists, partners: Mapping[str, Range], offered: Mapping[str, tuple[Range, ...]]
) -> dict[str, str]:
    """Write the formulas of each partner, and return that of each minimum."""
    nobody = lists.add(_NOBODY)
    counted = lists.add(list(_counted(partners, offered, nobody)))
    types, *flags = offered["type"]
    found = {"minimum-partners": f"=SUM({counted})"}
    for rule, flag in zip(MINIMA[2:], flags[: len(FUNCTIONS)], strict=True):
        each = [
            f"={counted.cell(row)}*SUMPRODUCT(({types}={partners['type'].cell(row)})*{flag})"
            for row in range(FIRST, LAST + 1)
        ]
        found[rule] = f"=SUM({lists.add(each)})"
    countries, counting = offered["country"]
    there = [
        f"=({counting.cell(row)}=1)"
        f"*(SUMPRODUCT(({partners['country']}={countries.cell(row)})*{counted})>0)"
        for row in range(countries.first, countries.last + 1)
    ]
    found["minimum-countries"] = f"=SUM({lists.add(there)})"
    return found


def _counted(
    partners: Mapping[str, Range], offered: Mapping[str, tuple[Range, ...]], nobody: Range
) -> Iterator[str]:
    """Yield for each row 1 if it counts towards the number of partners for sure, else 0."""
    name, country, role, status = (partners[f] for f in ("name", "country", "role", "status"))
    pic, kind = partners["pic"], partners["type"]
    countries, counting = offered["country"]
    roles, applying = offered["role"]
    coordinator, confirmed = offered["role"][0].cell(FIRST), offered["status"][0].cell(FIRST)
    # Blanks below "Role" are full partners only where nobody but the coordinator is marked; blanks
    # below "Status" are confirmed only where nobody is marked so.
    others = f'SUMPRODUCT(({role}<>"")*({role}<>{coordinator}))'
    marked = f"SUMPRODUCT(--({status}={confirmed}))"
    chosen = f"SUMPRODUCT(({roles}={{}})*{applying})>0"
    for row in range(FIRST, LAST + 1):
        mine = f"({name}={name.cell(row)})*({country}={country.cell(row)})"
        alike = "*".join(f"({one}={one.cell(row)})" for one in (kind, role, status))
        same_id = f'({pic}<>"")*({pic}={pic.cell(row)})'
        above = (
            f"({name.down_to(row)}={name.cell(row)})*({country.down_to(row)}={country.cell(row)})"
        )
        conditions = (
            f'(TRIM({name.cell(row)})<>"")',
            f"(SUMPRODUCT(--({nobody}=TRIM({name.cell(row)})))=0)",
            f"(SUMPRODUCT(({countries}={country.cell(row)})*{counting})>0)",
            f'IF({role.cell(row)}="",{others}=0,{chosen.format(role.cell(row))})',
            f'IF({status.cell(row)}="",{marked}=0,{status.cell(row)}={confirmed})',
            f"(SUMPRODUCT({above})=1)",
            f"(SUMPRODUCT({mine})=SUMPRODUCT({mine}*{alike}))",
            f"(SUMPRODUCT({same_id})=SUMPRODUCT({same_id}*{mine}))",
        )
        yield "=" + "*".join(conditions)
