"""Rows to partners: country, kinds, functions, and whatever else a row says of one of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from alliance_check.model.consortium import (
    Partner,
    Presence,
    Role,
)
from alliance_check.model.message import Message, listed, say
from alliance_check.model.settings import Heeded, Idle, Setting
from alliance_check.model.sheet import (
    Cell,
    Problem,
    Remark,
)
from alliance_check.parse.cells import fields
from alliance_check.parse.cells.fields import read_oid, read_pic
from alliance_check.parse.cells.money import read_money
from alliance_check.parse.cells.presences import read_presences
from alliance_check.parse.cells.roles import read_roles
from alliance_check.parse.remarks.beside import read_remarks
from alliance_check.parse.remarks.columns import unused
from alliance_check.parse.remarks.fills import read_fills
from alliance_check.parse.remarks.footnotes import read_notes
from alliance_check.parse.remarks.gathered import Remarks
from alliance_check.parse.remarks.gathered import notes as remark_notes
from alliance_check.parse.remarks.settled import settle
from alliance_check.parse.table.rows import Sorted, filled
from alliance_check.parse.table.values import PartnerTable, Row
from alliance_check.vocabulary.amounts import read_date

_NUMBER_OF = re.compile(
    r"(?:\b(?:no|nr|number|partner|p)\b\.?\s*|#|\bP)([0-9]{1,2})\b", re.IGNORECASE
)
_NUMBER_BELOW = re.compile(r"P?([0-9]{1,2})(?:\s*[a-z]|[.-][0-9a-z]+)$", re.IGNORECASE)
_SET_IN = re.compile(r"\s{2,}|\s*[↳└↪→▸>»-]")


@dataclass
class Partners:
    """The partners in the order of the sheet, and what was found on the way."""

    partners: list[Partner] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    columns: frozenset[str] = frozenset()
    applied: tuple[Remark, ...] = ()
    heeded: tuple[Heeded, ...] = ()
    idle: tuple[Idle, ...] = ()


def read_partners(table: PartnerTable, every: Sorted, settings: Sequence[Setting] = ()) -> Partners:
    """Return a partner for each row, with every cell that could not be understood.

    *settings* settle texts that stand beside them.
    """
    rows = every.partners
    remarks = read_remarks(table, rows)
    read_notes(table, every, remarks)
    coloured = read_fills(table, rows, remarks) if table.sheet.fills else []
    heeded, idle = settle(table, rows, remarks, settings) if settings else ((), ())
    noted = [[(remark.cell, role) for remark, role in one.roles] for one in remarks]
    roles = read_roles(rows, table.words, noted)
    presences = read_presences(rows, table.words, remarks)
    columns = {name for name in {*table.columns, "type"} if filled(rows, name)} - {"role"}
    if "charter_until" in columns:
        columns.add("charter")
    found = Partners(columns=frozenset(columns | {"role"} if roles.column else columns))
    found.heeded, found.idle = heeded, idle
    found.applied = tuple(dict.fromkeys(remark for one in remarks for remark in one.applied))
    found.notes += [
        *roles.notes,
        *presences.notes,
        *remark_notes(remarks),
        *coloured,
        *unused(table, rows),
    ]
    if not {"type", "counts_as"} & columns:
        found.problems.append(_no_types())
    parents = list(_parents(rows, roles.roles))
    for index, row in enumerate(rows):
        cells = {name: cell for name, cell in row.cells.items() if name in found.columns}
        cells["name"], cells["country"] = row.cells["name"], row.cells["country"]
        cells["status"] = presences.cells[index]
        if "charter_until" in found.columns:
            cells.setdefault("charter", row.cells["charter_until"])
        if (role_cell := roles.cells[index]) is not None:
            cells["role"] = role_cell
        presence = presences.presences[index]
        place = _Surroundings(
            cells,
            roles.roles[index],
            presence,
            presences.doubts[index],
            remarks[index],
            parents[index],
        )
        partner, problems = _read(table, row, found.columns, place)
        found.partners.append(partner)
        if presence is not Presence.DECLINED:
            said = [roles.problems[index], presences.problems[index], *problems]
            found.problems += [problem for problem in said if problem is not None]
    if table.words.gave_up:
        found.notes.append(_too_much(table.words.gave_up))
    return found


def _too_much(kinds: Collection[str]) -> Message:
    return say(
        "Too much is unread to say what each word may mean: fill in the columns {columns}, or have "
        "the words listed to say it (inspect --write-config).",
        columns=listed(kind for kind in ("country", "type") if kind in kinds),
    )


def _no_types() -> Problem:
    return Problem(
        "no-type-column",
        None,
        "",
        say("no column says what kind of organisation each partner is, so every type is unread"),
        say("Add a column Organisation type."),
    )


class _Surroundings(NamedTuple):
    """What of a partner hangs on other rows too, or stands beside it."""

    cells: Mapping[str, Cell]
    role: Role
    presence: Presence
    doubt: Message | None
    remarks: Remarks
    parent: str


def _parents(rows: Sequence[Row], roles: Sequence[Role]) -> Iterator[str]:
    """Yield the beneficiary of each affiliated entity, empty where none is named.

    It is named in a column of its own or by its number ("Affiliated to no. 3", "3a"), or stands
    above a row that is set in.
    """
    numbers = {row.text("number"): row.text("name") for row in rows}
    last = ""
    for row, role in zip(rows, roles, strict=True):
        if role is not Role.AFFILIATED_ENTITY:
            last = row.text("name")
            yield row.text("parent")
            continue
        said = [_NUMBER_OF.search(row.text(field)) for field in ("role", "name")]
        said.append(_NUMBER_BELOW.match(row.text("number")))
        name = next((numbers[one[1]] for one in said if one and one[1] in numbers), "")
        within = row.contents["name"]
        set_in = isinstance(within, str) and _SET_IN.match(within) is not None
        yield row.text("parent") or name or (last if set_in else "")


def _read(
    table: PartnerTable, row: Row, columns: frozenset[str], place: _Surroundings
) -> tuple[Partner, list[Problem | None]]:
    """Return the partner that a row tells of, and the cells that could not be understood."""
    seats = [(remark.cell, code) for remark, code in place.remarks.countries]
    country = fields.country(row, table.words, seats)
    types = fields.types(row, columns, table.words)
    charter, wrong_charter = fields.charter(row, columns)
    until = read_date(row.contents.get("charter_until", ""))
    pact, wrong_pact = fields.pact(row, columns)
    pic, wrong_pic = read_pic(row)
    oid, wrong_oid = read_oid(row)
    partner = Partner(
        row=row.number,
        name=row.text("name"),
        cells=place.cells,
        texts=row.texts,
        country=country.code,
        countries=country.readings,
        role=place.role,
        presence=place.presence,
        doubt=place.doubt,
        kinds=types.kinds,
        functions=types.functions,
        overruled=types.overruled,
        charter=charter,
        charter_until=until,
        parent=place.parent,
        pact=pact,
        share=read_money(row, "share").exact,
        pic=pic,
        oid=oid,
        open=tuple(place.remarks.open),
    )
    wrong_name = fields.name(row)
    problems = [wrong_name, country.problem, *types.problems, wrong_charter, wrong_pact]
    return partner, [*problems, wrong_pic, wrong_oid]
