"""What is said of the project as a whole: by the caller, by labelled cells, by columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple, TypeVar

from alliance_check.model.consortium import (
    Amount,
    Duration,
    Ecosystem,
    Gap,
    Partner,
    Project,
)
from alliance_check.model.message import Message, eur, say
from alliance_check.model.sheet import (
    Cell,
    Fault,
    Problem,
)
from alliance_check.parse.cells import problems
from alliance_check.parse.cells.money import Money, add_up, read_money
from alliance_check.parse.remarks.columns import resembles
from alliance_check.parse.table.labels import may_be_grant, may_name_grant
from alliance_check.parse.table.rows import Sorted
from alliance_check.parse.table.values import Given, Labelled, PartnerTable, Row, text_of
from alliance_check.rulebook import lot_id
from alliance_check.vocabulary.amounts import ONE, read_amount, read_months, unit_left_out
from alliance_check.vocabulary.headers import own_header
from alliance_check.vocabulary.project_words import read_ecosystems

_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
_MONTHS = say("Write the length in months, such as 24 months.")
_EUROS = say("Write the amount in EUR, such as 1000000.")
_UNIT = say("Name the unit in the header or label, such as (k€), or write the amount in EUR.")
_LOTS = say("Write innovation (Lot 1), skills (Lot 2) or stem (Lot 3).")
_CALLS = say("Write the year of the call, such as 2023.")

T = TypeVar("T")
Labels = Mapping[str, list[Labelled]]


class Statements(NamedTuple):
    """The project, the call and lot that the workbook names, and what could not be read."""

    project: Project
    call: str | None
    lot: str | None
    problems: list[Problem]


def read_project(  # noqa: PLR0913 - what is said of a project stands in many places
    table: PartnerTable,
    rows: Sorted,
    partners: Sequence[Partner],
    labels: Labels,
    given: Given,
    *,
    read_row: Callable[[Row, str], Money] = read_money,
) -> Statements:
    """Return what is said of the project; the caller overrules the workbook.

    *read_row* reads the amount in a row, unless it knows it already.
    """
    reader = _Reader(labels, given, read_row)
    shares = reader.column(table, rows, partners, "share")
    grant = reader.amount("grant", given.grant) or shares or _what_may_be_shares(table, rows)
    total = reader.amount("total", given.total)
    if total is None:
        total = reader.column(table, rows, partners, "total")
    only_shares = grant is shares
    grant, total = reader.doubt_small(grant, "grant"), reader.doubt_small(total, "total")
    shares = grant if only_shares else shares
    project = Project(
        duration=reader.duration(),
        grant=grant,
        total=total,
        shares=shares,
        ecosystem=reader.ecosystem(rows.partners),
    )
    call = reader.one("call", _call_of, say('"{value}" is not the year of a call'), _CALLS)
    lot = reader.one("lot", _lot_of, say('"{value}" is not a known lot'), _LOTS)
    return Statements(project, call, lot, reader.problems)


def may_head_shares(header: str) -> bool:
    """Say whether the amounts below an unknown header may be the shares of the grant."""
    return bool(header) and (resembles(header) == "share" or may_name_grant(header))


def _what_may_be_shares(table: PartnerTable, rows: Sorted) -> Amount | None:
    """Return the grant as anything up to the sum of a column that may hold the shares of it.

    Its header is not known, but has a word for a grant, or is about nothing else of which such
    amounts could be a number.
    """
    known = {column.number for columns in table.columns.values() for column in columns} | {table.by}
    most: Amount | None = None
    for number, header in enumerate(table.headers, start=1):
        if number in known or not may_head_shares(header):
            continue
        means = own_header("share", header)
        cells = [Cell(table.sheet.name, row.number, number) for row in rows.partners]
        there = [table.sheet.rows[row.number - 1][number - 1 : number] for row in rows.partners]
        read = [read_amount(content, means.factor) for one in there for content in one if content]
        amounts = [amount for amount in read if amount is not None]
        high = sum(amounts, Decimal(0))
        meant = resembles(header) == "share" or (
            len(amounts) == len(read) > 1 and may_be_grant(header, high)
        )
        if meant and amounts and not means.foreign and (most is None or high > (most.high or 0)):
            most = Amount(Decimal(0), high, str(cells[0]), cells=tuple(cells))
    return most


def _call_of(one: Labelled) -> str | None:
    years = set(_YEAR.findall(text_of(one.content)))
    return years.pop() if len(years) == 1 else None


def _lot_of(one: Labelled) -> str | None:
    return lot_id(text_of(one.content))


def _months_of(one: Labelled) -> int | None:
    return read_months(one.content, one.header.unit)


def _amount_of(one: Labelled) -> Decimal | None:
    return None if one.header.foreign else read_amount(one.content, one.header.factor)


class _Reader:
    """Reads labelled cells and gathers the problems on the way."""

    def __init__(self, labels: Labels, given: Given, read_row: Callable[[Row, str], Money]) -> None:
        self._labels, self._given, self._read_row = labels, given, read_row
        self.problems: list[Problem] = []

    def one(
        self, field: str, read: Callable[[Labelled], T | None], what: Message, hint: Message
    ) -> T | None:
        """Return the value that all cells of a field agree on; None where one is not read."""
        found = self._labels.get(field, [])
        values = [read(one) for one in found]
        if not found or (None not in values and len(set(values)) == 1):
            return values[0] if values else None
        unread = next((o for o, v in zip(found, values, strict=True) if v is None), None)
        if unread is None:
            what = say('"{value}" contradicts {other}', other=str(found[0].cell))
        self.problems.append(_problem(field, unread or found[-1], what, hint))
        return None

    def duration(self) -> Duration | None:
        """Return the length of the project."""
        if self._given.duration is not None:
            return Duration(self._given.duration, self._given.origin("duration"))
        months = self.one(
            "duration", _months_of, say('"{value}" cannot be read as a length'), _MONTHS
        )
        cells = [one.cell for one in self._labels.get("duration", [])]
        return Duration(months, str(cells[0]), cells[0]) if cells else None

    def amount(self, field: str, given: Decimal | None) -> Amount | None:
        """Return a labelled amount; one that cannot be read has no upper end."""
        if given is not None:
            return Amount(given, given, self._given.origin(field))
        amount = self.one(field, _amount_of, say('"{value}" cannot be read as an amount'), _EUROS)
        if field == "grant" and field not in self._labels:
            return self._amount_of_unknown_label()
        cells = tuple(one.cell for one in self._labels.get(field, []))
        if not cells:
            return None
        if amount is None:
            return Amount(Decimal(0), None, str(cells[0]), Gap.UNREAD, cells)
        return Amount(amount, amount, str(cells[0]), cells=cells)

    def _amount_of_unknown_label(self) -> Amount | None:
        """Return the grant as anything up to the amounts whose labels are not known."""
        found = [
            (one, amount)
            for one in self._labels.get("unread-amount", [])
            if (amount := _amount_of(one)) is not None
        ]
        if not found:
            return None
        most, high = max(found, key=lambda each: each[1])
        what = say('"{value}" has a label that is not known; it may be the grant')
        self.problems.append(_problem("label", most, what, _EUROS))
        return Amount(Decimal(0), high, str(most.cell), cells=(most.cell,))

    def doubt_small(self, amount: Amount | None, field: str) -> Amount | None:
        """Return an amount of the whole project, open where it is too small to be in EUR.

        Who gives an amount as an option gives it in EUR.
        """
        unit = ONE if amount is None or amount.high is None else unit_left_out(amount.high)
        if amount is None or amount.high is None or unit == ONE:
            return amount
        cell = amount.cells[0] if amount.cells else None
        message = say(
            "{amount} for the whole project is very little; it may be in thousands",
            amount=eur(amount.high),
        )
        self.problems.append(Problem(f"small-{field}", cell, f"{amount.high:f}", message, _UNIT))
        if not amount.cells:
            return amount
        return replace(amount, high=unit * amount.high, gap=Gap.UNREAD)

    def column(
        self, table: PartnerTable, rows: Sorted, partners: Sequence[Partner], name: str
    ) -> Amount | None:
        """Return what a column of money adds up to."""
        if name not in table.columns:
            return None
        amount, problems = add_up(table, rows, partners, name, self._read_row)
        self.problems += problems
        return amount

    def ecosystem(self, rows: Sequence[Row]) -> Ecosystem | None:
        """Return the industrial ecosystems that labels or a column name."""
        named = [(text_of(one.content), one.cell) for one in self._labels.get("ecosystem", [])]
        named += [
            (row.text("ecosystem"), row.cells["ecosystem"]) for row in rows if row.text("ecosystem")
        ]
        if not named:
            return None
        read = [read_ecosystems(text) for text, _ in named]
        names = tuple(dict.fromkeys(name for known, _ in read for name in known))
        return Ecosystem(names, any(unread for _, unread in read), named[0][1])


def _problem(field: str, one: Labelled, what: Message, hint: Message) -> Problem:
    if isinstance(one.content, Fault):
        return problems.faulty(one.cell, one.content)
    value = text_of(one.content)
    return Problem(f"unread-{field}", one.cell, value, what.about(value), hint)
