"""The ways to fill in, confirm or change single fields of one organisation, and their costs.

Filling in an unread cell, confirming, and stating what an organisation counts as cost 1 a cell;
changing a role that could be read costs 2. Rows of one organisation that differ leave a value
unread: one of the rows' own values is then to stand in all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from alliance_check.advice.changes import Change
from alliance_check.model.consortium import (
    HEI,
    LABOUR,
    VET,
    Functions,
    Partner,
    Presence,
    Role,
    Said,
)
from alliance_check.parse.consortium.draft import reread
from alliance_check.parse.consortium.parsed import Basis
from alliance_check.vocabulary.types import functions_of, read_counts_as

FILL, ROLE = 1, 2
_TYPES = ("enterprise", "hei", "vet")
_COUNTING = {Role.COORDINATOR, Role.FULL_PARTNER}


class Rows(NamedTuple):
    """The rows of one organisation, its first row first; others hear those that are *shared*."""

    own: tuple[int, ...]
    shared: tuple[int, ...] = ()

    @property
    def all(self) -> tuple[int, ...]:
        """All rows that say something of the organisation."""
        return self.own + self.shared


class Choice(NamedTuple):
    """What is done about a field: cost, changes, new values; *light* if nothing read is changed."""

    cost: int = 0
    changes: tuple[Change, ...] = ()
    values: tuple[tuple[str, object], ...] = ()
    light: bool = True


_KEEP = Choice()


class Fields:
    """The choices for each field of one organisation.

    *leads* says whether a coordinator is asked for, and whether any full partner may become it.
    """

    def __init__(
        self, basis: Basis, rows: Rows, partner: Partner, leads: tuple[bool, bool]
    ) -> None:
        self._basis, self._rows, self._leads = basis, rows.all, leads
        self._each = [basis.partners[i] for i in self._rows]
        self._kept = {basis.partners[i].cells["name"] for i in rows.shared}
        self.partner = replace(partner, open=tuple(text for p in self._each for text in p.open))
        if partner.twin_differs:
            sure = all(p.presence is Presence.CONFIRMED for p in self._each)
            presence = Presence.CONFIRMED if sure else Presence.POSSIBLE
            self.partner = replace(self.partner, twin_differs=False, presence=presence)

    @property
    def key(self) -> object:
        """All that the choices hang on; partners with the same key have the same choices."""
        p = self.partner
        row = self._basis.rows[self._rows[0]]
        said = (bool(row.text("type")), bool(row.text("counts_as")))
        place = (p.country, p.role, p.presence, p.kinds, p.functions, p.charter, p.pact)
        return (*place, said, self._leads, bool(p.open))

    def choices(self, fresh: str) -> Iterator[list[Choice]]:
        """Yield the choices field by field; *fresh* is what an unread country is taken for."""
        yield self._open(self._countries(fresh))
        yield self._open(self._roles())
        yield self._open(self._kinds())
        yield self._presences()
        yield self._said("charter", self.partner.charter)
        yield self._said("pact", self.partner.pact)

    def _open(self, choices: list[Choice]) -> list[Choice]:
        """Return the choices that change no row that another organisation shares."""
        return [c for c in choices if not any(change.cell in self._kept for change in c.changes)]

    def _countries(self, fresh: str) -> list[Choice]:
        if self.partner.country is not None:
            return [_KEEP]
        known = sorted({p.country for p in self._each if p.country is not None})
        if not known:
            return [_KEEP, self._fill("country", "", country=fresh)]
        return [
            self._fill("country", code, (p.country != code for p in self._each), country=code)
            for code in known
        ]

    def _fill(
        self, verb: str, value: str, wrong: Iterable[bool] | None = None, **values: object
    ) -> Choice:
        """Return the choice of one value for all rows, or for those that are *wrong*."""
        which = [True] * len(self._each) if wrong is None else list(wrong)
        cells = [p.cells["name"] for p, w in zip(self._each, which, strict=True) if w]
        changes = tuple(Change(verb, cell, value) for cell in cells)
        return Choice(FILL * len(changes), changes, tuple(values.items()))

    def _roles(self) -> list[Choice]:
        current = self.partner.role
        asked, anybody = self._leads
        wanted = {
            Role.FULL_PARTNER: current is not Role.FULL_PARTNER,
            Role.ASSOCIATED_PARTNER: current not in {Role.ASSOCIATED_PARTNER, Role.SUBCONTRACTOR},
            Role.COORDINATOR: asked and (current not in _COUNTING or anybody),
        }
        differ = len({p.role for p in self._each}) > 1
        found = [] if differ else [_KEEP]
        if differ:
            wanted |= {role: True for role in (p.role for p in self._each) if role in wanted}
        return found + [self._role(role) for role, possible in wanted.items() if possible]

    def _role(self, role: Role) -> Choice:
        cells = [p.cells["name"] for p in self._each if p.role is not role]
        differ = len({p.role for p in self._each}) > 1
        among = differ and any(p.role is role for p in self._each)
        costs = [
            FILL if p.role is Role.UNKNOWN or among else ROLE
            for p in self._each
            if p.role is not role
        ]
        changes = tuple(Change("role", cell, role.value) for cell in cells)
        return Choice(sum(costs), changes, (("role", role),), light=ROLE not in costs)

    def _kinds(self) -> list[Choice]:
        types = {(frozenset(p.kinds), p.functions) for p in self._each}
        if len(types) > 1:
            alike = [choice for i in range(len(self._rows)) for choice in self._like(i)]
            return alike or [self._type(kind) for kind in _TYPES]
        partner, said = self.partner, bool(self._text(0, "counts_as"))
        unread = not partner.kinds and partner.functions == functions_of(())
        if not partner.kinds and not (unread and said):
            return [_KEEP, *(self._type(kind) for kind in _TYPES)]
        found = [_KEEP]
        may = partner.functions.may
        found += [self._counts(function) for function in (LABOUR, HEI, VET) if function in may]
        if unread:
            found += [self._both(choice) for choice in found[1:]]
        return found

    def _type(self, kind: str) -> Choice:
        read = self._reread({"type": kind})
        return self._fill("type", kind, None, kinds=(kind,), functions=read)

    def _counts(self, function: str) -> Choice:
        read = self._reread({"counts_as": function})
        return self._fill("counts", function, None, functions=read)

    def _both(self, counts: Choice) -> Choice:
        kind = self._type("enterprise")
        values = (("kinds", ("enterprise",)), *counts.values)
        return Choice(kind.cost + counts.cost, (*kind.changes, *counts.changes), values)

    def _reread(self, texts: dict[str, str]) -> Functions:
        """Return what the organisation counts as with other texts in its first row."""
        basis, index = self._basis, self._rows[0]
        return reread(basis, index, texts, basis.table.words).partners[index].functions

    def _like(self, model: int) -> list[Choice]:
        """Return the choice that all rows say of the type what one of them says."""
        right, changes = self._each[model], []
        for number, partner in enumerate(self._each):
            for verb, name in (("type", "type"), ("counts", "counts_as")):
                text = self._text(model, name)
                if text == self._text(number, name):
                    continue
                if not self._means_something(verb, text):
                    return []
                changes.append(Change(verb, partner.cells["name"], text))
        values = (("kinds", right.kinds), ("functions", right.functions))
        return [Choice(FILL * len(changes), tuple(changes), values)]

    def _means_something(self, verb: str, text: str) -> bool:
        if verb == "counts":
            return read_counts_as(text) is not None
        return bool(self._basis.table.words.kinds(text).kinds)

    def _text(self, number: int, name: str) -> str:
        return self._basis.rows[self._rows[number]].text(name)

    def _presences(self) -> list[Choice]:
        partner = self.partner
        if partner.presence is not Presence.POSSIBLE and not partner.open:
            return [_KEEP]
        unsure = (p for p in self._each if p.presence is not Presence.CONFIRMED)
        doubted = (p for p in self._each if p.open)
        cells = sorted({p.cells["name"] for p in (*unsure, *doubted)})
        changes = tuple(Change("confirm", cell) for cell in cells)
        values = (("presence", Presence.CONFIRMED), ("open", ()))
        return [_KEEP, Choice(FILL * len(changes), changes, values)]

    def _said(self, name: str, said: Said) -> list[Choice]:
        if said is not Said.UNREAD:
            return [_KEEP]
        wrong = (getattr(p, name) is not Said.YES for p in self._each)
        return [_KEEP, self._fill(name, "yes", wrong, **{name: Said.YES})]
