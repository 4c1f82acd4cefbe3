"""What each row's role is; what a blank means is decided by the whole column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from alliance_check.model.consortium import Role
from alliance_check.model.message import Message, say
from alliance_check.model.sheet import Cell, Problem
from alliance_check.parse.cells import problems
from alliance_check.parse.table.rows import filled
from alliance_check.parse.table.values import Row
from alliance_check.text.folding import fold
from alliance_check.vocabulary.dictionary import Dictionary
from alliance_check.vocabulary.role_and_status import (
    names_role_or_status,
    role_or_status_in_name,
    segments_of,
)
from alliance_check.vocabulary.words import NO_APPLICANTS, is_number, words_of

_COLUMN = say("Add a column Role.")
_HINT = say(
    "Write coordinator, full partner, affiliated entity, associated partner, subcontractor."
)

_ASTRAY = ("status", "legal_form", "charter", "pact")
"""Fields in which the role of those who do not apply may stand by mistake."""
_CODE = re.compile(r"(AP|AE) ?[0-9]{1,2}", re.IGNORECASE)
_CODES = {"ap": Role.ASSOCIATED_PARTNER, "ae": Role.AFFILIATED_ENTITY}
"""How project offices number those who are no full partners."""


@dataclass
class Roles:
    """The role of each row and the cell that says it; ``column`` when the sheet tells roles."""

    column: bool
    roles: list[Role] = field(default_factory=list)
    cells: list[Cell | None] = field(default_factory=list)
    problems: list[Problem | None] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)


def read_roles(
    rows: list[Row], words: Dictionary, noted: Sequence[Sequence[tuple[Cell, Role]]]
) -> Roles:
    """Return the roles of all rows.

    Without roles in the sheet everybody is a full partner. Where only the coordinator is marked,
    the others are; where other roles stand too, a blank is unread. *noted* are the roles that
    notes and titles say of each row.
    """
    said = [_said(row, words, notes) for row, notes in zip(rows, noted, strict=True)]
    said = _settle_applicants(rows, said)
    marked = {role for _, role in said if role is not None}
    if not filled(rows, "role") or all(is_number(row.text("role")) for row in rows):
        return _from_headings(rows, said, marked)
    only_coordinator = marked == {Role.COORDINATOR}
    found = Roles(column=True)
    for row, (cell, role) in zip(rows, said, strict=True):
        numbered = row.text("role")[:1].lower() == "p" and is_number(row.text("role"))
        meant = role or (Role.FULL_PARTNER if only_coordinator or numbered else Role.UNKNOWN)
        found.roles.append(meant)
        found.cells.append(cell)
        found.problems.append(_problem(row, role, cell) if meant is Role.UNKNOWN else None)
    if only_coordinator and len(rows) > sum(role is not None for _, role in said):
        found.notes.append(
            say("Only the coordinator has a role; the others were taken for full partners.")
        )
    return found


def _said(
    row: Row, words: Dictionary, noted: Sequence[tuple[Cell, Role]]
) -> tuple[Cell | None, Role | None]:
    """Return where a row's role stands and what it is; None where nothing stands.

    A role may also stand in the name, behind the type, in the number, in a column of ticks or in a
    note. Where two of them contradict each other, nobody knows which is right.
    """
    cell, role = role_in_its_cell(row, words)
    for where, other in (*roles_elsewhere(row, words), *noted):
        together = _together(role, other)
        if together is not role:
            cell, role = where, together
    return cell, role


def _settle_applicants(
    rows: Sequence[Row], said: Sequence[tuple[Cell | None, Role | None]]
) -> list[tuple[Cell | None, Role | None]]:
    """Return the roles with those of applicants settled.

    Guides call coordinator and full partners applicants: one applicant is the coordinator, beside a
    coordinator it is a full partner, and of several nobody knows who coordinates.
    """
    coordinators = [at for at, (_, role) in enumerate(said) if role is Role.COORDINATOR]
    applicants = {at for at in coordinators if fold(rows[at].text("role")) in words_of("applicant")}
    if len(coordinators) < 2 or not applicants:
        return list(said)
    meant = Role.FULL_PARTNER if len(coordinators) > len(applicants) else Role.UNKNOWN
    return [(cell, meant if at in applicants else role) for at, (cell, role) in enumerate(said)]


def _together(role: Role | None, other: Role) -> Role:
    """Return what two statements say of one partner; a coordinator is a partner too."""
    if role is None or role is other:
        return other
    if {role, other} == {Role.COORDINATOR, Role.FULL_PARTNER}:
        return Role.COORDINATOR
    return Role.UNKNOWN


def roles_elsewhere(row: Row, words: Dictionary) -> Iterator[tuple[Cell, Role]]:
    """Yield the roles that stand outside of the column of roles, each with its cell."""
    for name in ("name", "type"):
        said = role_or_status_in_name(row.text(name)) if row.text(name) else None
        if isinstance(said, Role):
            # An associated institute may be one by its statutes, not by its role in the project.
            parts = [part for part in segments_of(row.text(name)) if words.role(part) is said]
            clear = said is Role.COORDINATOR or any(" " in part.strip() for part in parts)
            whole = name == "name" or bool(parts and clear)
            yield row.cells[name], said if whole else Role.UNKNOWN
    kind = row.text("type")
    if kind and (whole_type := words.role(kind)) in NO_APPLICANTS:
        yield row.cells["type"], whole_type
    elif any(words.role(word) in NO_APPLICANTS for word in kind.split() if word[4:]):
        yield row.cells["type"], Role.UNKNOWN  # such as "Associated research institute"
    code = _CODE.fullmatch(row.text("number"))
    if code is not None:
        yield row.cells["number"], _CODES[code[1].lower()]
    for cell, header in row.ticked:
        yield cell, words.role(header)
    for name in _ASTRAY:
        if row.text(name) and (role := words.role(row.text(name))) in NO_APPLICANTS:
            yield row.cells[name], role


def role_in_its_cell(row: Row, words: Dictionary) -> tuple[Cell | None, Role | None]:
    """Return the role in the column of roles, or that of the heading above, with its cell."""
    if row.text("role") and not is_number(row.text("role")):
        role = Role.UNKNOWN if row.fault("role") else words.role(row.text("role"))
        named = names_role_or_status(row.text("role")) if role is Role.UNKNOWN else None
        if isinstance(named, Role) and named in NO_APPLICANTS and not row.fault("role"):
            role = named  # such as "Affiliated to no. 3"
        # Below a heading of those who do not apply, a full partner is a contradiction.
        if row.heading is not None and row.heading[1] in NO_APPLICANTS - {role}:
            return row.heading[0], Role.UNKNOWN
        return row.cells["role"], role
    if row.heading is not None:
        return row.heading
    return row.cells.get("role"), None


def _from_headings(
    rows: list[Row], said: list[tuple[Cell | None, Role | None]], marked: set[Role]
) -> Roles:
    """Return the roles that headings between the rows give; others are full partners."""
    found = Roles(column=Role.COORDINATOR in marked)
    for row, (cell, role) in zip(rows, said, strict=True):
        found.roles.append(role or Role.FULL_PARTNER)
        found.cells.append(cell if role is not None else None)
        unclear = role is Role.UNKNOWN and cell is not None
        found.problems.append(_unclear_heading(row, cell) if unclear and cell else None)
    return found


def _unclear_heading(row: Row, cell: Cell) -> Problem:
    message = say(
        "{cell} may give the role of this partner, but was not understood", cell=str(cell)
    )
    return Problem("unread-role", row.cells["name"], row.text("name"), message, _COLUMN)


def _problem(row: Row, role: Role | None, cell: Cell | None) -> Problem:
    if role is None:
        return problems.empty(row, "role", say("no role is given"), _HINT)
    if row.heading is not None and cell == row.heading[0] and not is_number(row.text("role")):
        what = say('"{value}" contradicts the heading in {cell}', cell=str(cell))
        return problems.unread(row, "role", what, _HINT)
    return problems.unread(row, "role", say('"{value}" is not a known role'), _HINT)
