"""Which rows say something of one organisation, as ``parse.twins`` heard them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice, product

from alliance_check.advice.changes import Change
from alliance_check.advice.fields import Rows
from alliance_check.model.consortium import Cell, Partner, Role
from alliance_check.parse.consortium.parsed import Basis
from alliance_check.parse.consortium.same_organisation import TERRITORIES
from alliance_check.text.folding import fold

_MOST = 32
"""In how many ways shared rows are made to agree with those who hear them."""


def grouped(partners: Sequence[Partner]) -> Iterator[Rows]:
    """Yield the rows of each organisation, in the order of the sheet.

    A row without an id that fits several organisations of its name is shared by them.
    """
    groups: dict[Cell, list[int]] = defaultdict(list)
    for index, partner in enumerate(partners):
        groups[partner.same_as or partner.cells["name"]].append(index)
    firsts = [
        min(group, key=lambda i: partners[i].same_as is not None) for group in groups.values()
    ]
    further = [i for i, partner in enumerate(partners) if partner.same_as is not None]
    heard = {
        first: [i for i in further if _fits(partners[first], partners[i])] if further else []
        for first in firsts
    }
    hearers = [row for rows in heard.values() for row in rows]
    shared = {row for row in further if hearers.count(row) > 1}
    for first, group in zip(firsts, groups.values(), strict=True):
        own = [i for i in group if i != first and i not in shared]
        yield Rows((first, *own), tuple(i for i in heard[first] if i in shared))


def alignments(basis: Basis, partners: Sequence[Partner]) -> Iterator[tuple[Change, ...]]:
    """Yield what can be changed in the rows that organisations share: first nothing at all.

    A shared row can be made to say what one of those who hear it says in its own row.
    """
    hearers: dict[int, list[int]] = defaultdict(list)
    for rows in grouped(partners[: len(basis.partners)]):
        for row in rows.shared:
            hearers[row].append(rows.own[0])
    ways = (
        dict.fromkeys([(), *(_like(basis, row, hearer) for hearer in heard)])
        for row, heard in hearers.items()
    )
    for chosen in islice(product(*ways), _MOST):
        yield tuple(change for changes in chosen for change in changes)


def _like(basis: Basis, row: int, model: int) -> tuple[Change, ...]:
    """Return the changes by which a row says what another one does; none where it cannot."""
    one, other = basis.partners[row], basis.partners[model]
    cell, found = one.cells["name"], []
    if one.role is not other.role:
        if other.role is Role.UNKNOWN:
            return ()
        found.append(Change("role", cell, other.role.value))
    if (frozenset(one.kinds), one.functions) != (frozenset(other.kinds), other.functions):
        text = basis.rows[model].text("type")
        if not basis.table.words.kinds(text).kinds:
            return ()
        found.append(Change("type", cell, text))
    return tuple(found)


def _fits(first: Partner, other: Partner) -> bool:
    """Say whether a row may be one of an organisation by its name and country."""
    same = fold(first.name) == fold(other.name) and _state(first) == _state(other)
    return same and not any(
        a and b and a != b for a, b in ((first.pic, other.pic), (first.oid, other.oid))
    )


def _state(partner: Partner) -> str | None:
    return TERRITORIES.get(partner.country or "", partner.country)
