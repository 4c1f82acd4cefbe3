"""What a consortium is made of, before rows are joined and columns added up.

A change to one row or to the project is made here, and the consortium is put together again, so
that it is the one that the changed sheet would hold. What a blank role or status means was settled
by the whole column when the sheet was read, and a change to one row leaves it so for the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from alliance_check.model.consortium import (
    Consortium,
    Ecosystem,
    Partner,
    Presence,
    Project,
    Role,
    Said,
)
from alliance_check.model.message import Message
from alliance_check.model.settings import Heeded, Idle
from alliance_check.model.sheet import Problem, Remark
from alliance_check.parse.cells import fields
from alliance_check.parse.cells.money import read_money
from alliance_check.parse.consortium.partners import read_partners
from alliance_check.parse.consortium.project import read_project
from alliance_check.parse.consortium.same_organisation import join_twins
from alliance_check.parse.table.rows import READ_TWICE, Sorted
from alliance_check.parse.table.values import Entry, Given, Labelled, PartnerTable, Row
from alliance_check.vocabulary.amounts import read_amount
from alliance_check.vocabulary.dictionary import Dictionary
from alliance_check.vocabulary.project_words import read_ecosystems

if TYPE_CHECKING:
    from alliance_check.parse.cells.charters import CharterList

T = TypeVar("T")

REREAD = ("country", "type", "counts_as", "charter", "pact", "share")
"""Fields whose meaning hangs on their own row alone."""


@dataclass(frozen=True)
class Basis:
    """The rows and what each says by itself, the labelled cells, and what the caller says.

    *added* are partners that no row tells of; *ecosystem* overrules the sheet; *redealt* says that
    the grant is no longer the one to which the shares in the sheet add up.
    """

    table: PartnerTable
    rows: tuple[Row, ...]
    partners: tuple[Partner, ...]
    columns: frozenset[str]
    labels: Mapping[str, list[Labelled]]
    given: Given
    charters: CharterList | None = None
    totals: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Message, ...] = ()
    added: tuple[Partner, ...] = ()
    ecosystem: str | None = None
    redealt: bool = False
    applied: tuple[Remark, ...] = ()
    """The texts beside partners that change what is known of them."""
    heeded: tuple[Heeded, ...] = ()
    """The settings that settled a text."""
    idle: tuple[Idle, ...] = ()
    """Those that had no effect."""


class Parsed(NamedTuple):
    """What the sheet says once it is understood, and every cell that was not."""

    consortium: Consortium
    basis: Basis
    """What the consortium was made of, so that it can be changed."""
    problems: tuple[Problem, ...] = ()
    notes: tuple[Message, ...] = ()
    call: str | None = None
    lot: str | None = None


def basis_of(
    table: PartnerTable,
    rows: Sorted,
    labels: Mapping[str, list[Labelled]],
    given: Given,
    charters: CharterList | None = None,
) -> Basis:
    """Return what the rows of one consortium say, each by itself."""
    read = read_partners(table, rows, given.settings)
    return Basis(
        table,
        tuple(rows.partners),
        tuple(read.partners),
        read.columns,
        labels,
        given,
        charters,
        tuple(rows.totals),
        tuple(read.problems),
        (*rows.notes(), *read.notes),
        applied=read.applied,
        heeded=read.heeded,
        idle=read.idle,
    )


def finished(basis: Basis) -> Parsed:
    """Return the consortium: rows of one organisation joined, columns of money added up."""
    cities = [
        (row.cells["city"], city) if (city := row.text("city")) else None for row in basis.rows
    ]
    partners = join_twins(basis.partners, cities)
    if basis.charters is not None:
        from alliance_check.parse.cells.charters import look_up

        codes = [row.text("erasmus_code") for row in basis.rows]
        partners = look_up(partners, codes, basis.charters)
    rows = Sorted(partners=list(basis.rows), totals=list(basis.totals))
    about = read_project(basis.table, rows, partners, basis.labels, basis.given)
    return Parsed(
        consortium=Consortium(
            (*partners, *basis.added), _project(about.project, basis), basis.columns
        ),
        basis=basis,
        problems=tuple(sorted((*basis.problems, *about.problems), key=_place(basis))),
        notes=basis.notes,
        call=about.call,
        lot=about.lot,
    )


def _project(project: Project, basis: Basis) -> Project:
    if basis.redealt:
        project = replace(project, shares=None, redealt=True)
    if basis.ecosystem is None:
        return project
    names, unread = read_ecosystems(basis.ecosystem)
    cell = None if project.ecosystem is None else project.ecosystem.cell
    return replace(project, ecosystem=Ecosystem(names, unread, cell))


def reread(basis: Basis, index: int, texts: Mapping[str, str], words: Dictionary) -> Basis:
    """Return the basis with other texts in cells of one row, each a field of REREAD.

    *words* say what the texts mean.
    """
    basis = _with_columns(basis, texts.keys())
    row = basis.rows[index]
    contents = {**row.contents, **texts}
    contents |= {again: "" for field, again in READ_TWICE.items() if field in texts}
    money = {**row.money, **{f: _entries(row, f, texts[f]) for f in ("share",) if f in texts}}
    changed = replace(row, contents=contents, money=money)
    partner, problems = _read_again(basis.partners[index], changed, basis.columns, words)
    return replace(
        basis,
        rows=_put(basis.rows, index, changed),
        partners=_put(basis.partners, index, partner),
        problems=(
            *_without(basis, row, ("country", "type", "counts_as", "charter", "pact")),
            *problems,
        ),
    )


def _with_columns(basis: Basis, names: Iterable[str]) -> Basis:
    """Return the basis with columns in which nothing stood until now."""
    new = frozenset(names) - basis.columns
    if not new:
        return basis
    blank: dict[str, Any] = {name: Said.BLANK for name in ("charter", "pact") if name in new}
    held: dict[str, Any] = dict.fromkeys(blank, Said.YES)
    partners = tuple(
        replace(
            partner,
            cells={**partner.cells, **{n: row.cells[n] for n in new if n in row.cells}},
            **blank,
        )
        for partner, row in zip(basis.partners, basis.rows, strict=True)
    )
    added = tuple(replace(partner, **held) for partner in basis.added)
    problems = basis.problems
    if {"type", "counts_as"} & new:
        problems = tuple(problem for problem in problems if problem.id != "no-type-column")
    columns = basis.columns | new
    return replace(basis, partners=partners, added=added, columns=columns, problems=problems)


def _read_again(
    partner: Partner, row: Row, columns: frozenset[str], words: Dictionary
) -> tuple[Partner, list[Problem]]:
    country = fields.country(row, words)
    types = fields.types(row, columns, words)
    charter, no_charter = fields.charter(row, columns)
    pact, no_pact = fields.pact(row, columns)
    changed = replace(
        partner,
        texts=row.texts,
        country=country.code,
        countries=country.readings,
        kinds=types.kinds,
        functions=types.functions,
        overruled=types.overruled,
        charter=charter,
        pact=pact,
        share=read_money(row, "share").exact,
    )
    if partner.presence is Presence.DECLINED:
        return changed, []
    problems = (country.problem, *types.problems, no_charter, no_pact)
    return changed, [problem for problem in problems if problem is not None]


def _entries(row: Row, name: str, text: str) -> tuple[Entry, ...]:
    """Return the cells of an amount with *text*, in EUR, in the first and nothing in the others."""
    entries = row.money.get(name, ())
    amount = read_amount(text)
    first = "" if amount is None else amount / entries[0].column.header.factor if entries else ""
    return tuple(
        entry._replace(content=first if number == 0 else "") for number, entry in enumerate(entries)
    )


def settled(
    basis: Basis, index: int, *, role: Role | None = None, presence: Presence | None = None
) -> Basis:
    """Return the basis with the role or the presence of one row settled.

    Whoever settles the presence has read the remarks. What a row that had declined says otherwise
    was not looked at, and is not complained of now.
    """
    partner, row = basis.partners[index], basis.rows[index]
    if role is not None:
        basis = replace(basis, problems=_without(basis, row, ("role",)))
        partner = replace(partner, role=role)
    if presence is not None:
        basis = replace(basis, problems=_without(basis, row, ("status",)))
        partner = replace(partner, presence=presence, doubt=None, open=())
    columns = basis.columns | ({"role"} if role is Role.COORDINATOR else set())
    return replace(basis, partners=_put(basis.partners, index, partner), columns=columns)


def with_all_possible(basis: Basis) -> Consortium:
    """Return the consortium with every possible partner confirmed, and their shares in the sums."""
    consortium = finished(replace(basis, partners=_confirmed(basis.partners))).consortium
    # Rows that differ leave their organisation possible.
    return replace(consortium, partners=_confirmed(consortium.partners))


def _confirmed(partners: Iterable[Partner]) -> tuple[Partner, ...]:
    return tuple(
        p
        if p.presence is not Presence.POSSIBLE
        else replace(p, presence=Presence.CONFIRMED, doubt=None, open=())
        for p in partners
    )


def left_out(basis: Basis, index: int) -> Basis:
    """Return the basis without one row."""
    return replace(
        basis,
        rows=_put(basis.rows, index),
        partners=_put(basis.partners, index),
        problems=_without(basis, basis.rows[index], tuple(basis.rows[index].cells)),
    )


def _put(items: tuple[T, ...], index: int, *new: T) -> tuple[T, ...]:
    return (*items[:index], *new, *items[index + 1 :])


def _without(basis: Basis, row: Row, names: Iterable[str]) -> tuple[Problem, ...]:
    """Return the problems but for those of some cells of a row."""
    cells = {row.cells[name] for name in names if name in row.cells}
    return tuple(p for p in basis.problems if p.cell is None or p.cell not in cells)


def _place(basis: Basis) -> Callable[[Problem], tuple[bool, int, int]]:
    """Return where a problem stands: without a cell first, other sheets last."""
    sheet = basis.table.sheet.name

    def place(problem: Problem) -> tuple[bool, int, int]:
        cell = problem.cell
        return (False, 0, 0) if cell is None else (cell.sheet != sheet, cell.row, cell.column)

    return place
