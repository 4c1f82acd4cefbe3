"""Rows that may be one organisation, joined as in the check of a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

import numpy as np
import pandas as pd

from alliance_check.frames.sheet import Distinct, Flags
from alliance_check.frames.understood import PRESENCES, ROLES, SAID, Rows
from alliance_check.model.consortium import Partner, Presence
from alliance_check.model.sheet import Cell
from alliance_check.parse import PartnerTable
from alliance_check.parse.consortium.same_organisation import CityCell, join_twins


class Joined(NamedTuple):
    """The rows that are one organisation with others.

    *partners* holds what these rows became; *differs* says in which consortia they disagree, and
    *doubled* in which some may be one organisation or two.
    """

    partners: dict[int, Partner]
    differs: Flags
    doubled: Flags


def join_alike(rows: Rows, table: PartnerTable, columns: Sequence[Distinct]) -> Joined:
    """Join the rows of each organisation in place.

    The first row becomes what all of them say, and the others take no part.
    """
    found = Joined({}, *(np.zeros(len(rows.starts), np.bool_) for _ in range(2)))
    alike = np.flatnonzero(_alike(rows) & ~rows.odd[rows.group])
    joiner = _Joiner(rows, table, columns)
    for group, members in groupby(alike.tolist(), lambda row: int(rows.group[row])):
        places = list(members)
        joined = join_twins([joiner.partner(row) for row in places], joiner.cities(places))
        found.doubled[group] = any(partner.double is not None for partner in joined)
        found.differs[group] = any(partner.twin_differs for partner in joined)
        for row, partner in zip(places, joined, strict=True):
            found.partners[row] = partner
            joiner.put(row, partner)
    return found


def _alike(rows: Rows) -> Flags:
    """Say which rows have a name, a PIC or an OID that another row of their consortium has."""
    found = np.zeros(len(rows.group), np.bool_)
    for numbers in rows.alike:
        several = pd.Series(rows.group * (numbers.max(initial=0) + 2) + numbers).duplicated(
            keep=False
        )
        found |= several.to_numpy() & (numbers >= 0)
    return found


class _Joiner:
    def __init__(self, rows: Rows, table: PartnerTable, columns: Sequence[Distinct]) -> None:
        self._rows = rows
        self._columns = {
            field: columns[every[0].number - 1]
            for field, every in table.columns.items()
            if field in {"name", "city"}
        }
        self._place = {field: every[0].number for field, every in table.columns.items()}

    def _text(self, field: str, row: int) -> str:
        column = self._columns.get(field)
        return "" if column is None else column.texts[column.codes[self._rows.where[row]]]

    def partner(self, row: int) -> Partner:
        """Return the partner that a row tells of."""
        rows = self._rows
        name = self._text("name", row)
        cells = {field: Cell(None, row + 1, number) for field, number in self._place.items()}
        pic, oid = (
            rows.meanings.ids[field][int(numbers[row])]
            for field, numbers in zip(("pic", "oid"), rows.alike[1:], strict=True)
        )
        return replace(rows.partner(row, name, cells), row=row, pic=pic, oid=oid)

    def cities(self, places: Sequence[int]) -> list[CityCell | None]:
        """Return the cities of some rows with their cells; None where a row names none."""
        number = self._place.get("city", 0)
        named = ((row, self._text("city", row)) for row in places)
        return [(Cell(None, row + 1, number), city) if city else None for row, city in named]

    def put(self, row: int, partner: Partner) -> None:
        """Let a row say what its organisation is; a further row of it takes no part."""
        rows, meanings = self._rows, self._rows.meanings
        if partner.same_as is not None:
            rows.presence[row] = PRESENCES.index(Presence.DECLINED)
            return
        rows.country[row] = meanings.countries.number((partner.country, partner.countries))
        rows.types[row] = meanings.types.number(
            (partner.kinds, partner.functions, partner.overruled)
        )
        rows.role[row] = ROLES.index(partner.role)
        rows.presence[row] = PRESENCES.index(partner.presence)
        rows.charter[row] = SAID.index(partner.charter)
        rows.open[row] = bool(partner.open)
        rows.pact[row] = SAID.index(partner.pact)
