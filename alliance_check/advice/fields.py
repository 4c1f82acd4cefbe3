"""The ways to fill in, confirm or change single fields of one organisation, and their costs.

Filling in an unread cell, confirming, and stating what an organisation counts as cost 1 a cell;
changing a role that could be read costs 2, and taking a university for a vocational provider as
well costs 3. Only likely readings are offered: countries and types that the cell or the name
resembles; any of three types where neither says anything. Rows of one organisation that differ
leave a value unread: one of the rows' own values is then to stand in all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from alliance_check.advice.changes import Change
from alliance_check.advice.what_if import words_for
from alliance_check.model.consortium import (
    HEI,
    LABOUR,
    VET,
    Partner,
    Presence,
    Role,
    Said,
)
from alliance_check.parse.consortium.draft import reread
from alliance_check.parse.consortium.parsed import Basis
from alliance_check.vocabulary.countries import country_name
from alliance_check.vocabulary.types import functions_of, read_counts_as

FILL, ROLE, ALSO_VET = 1, 2, 3
TYPES = ("enterprise", "hei", "vet")
"""What an organisation may be whose type and name say nothing: one type for each place."""
_BOTH_KINDS = f"{HEI} + {VET}"
_COUNTING = {Role.COORDINATOR, Role.FULL_PARTNER}


class Rows(NamedTuple):
    """The rows of one organisation, its first row first; *shared* ones fit others as well."""

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

    *leads* says whether a coordinator is needed, and whether any full partner may become it;
    *also_vet*, whether a university may turn out to be a vocational provider as well.
    """

    def __init__(
        self,
        basis: Basis,
        rows: Rows,
        partner: Partner,
        leads: tuple[bool, bool],
        *,
        also_vet: bool = False,
    ) -> None:
        self._basis, self._rows, self._leads = basis, rows.all, leads
        self._also_vet = also_vet
        self._near = likely_countries(basis, rows.all[0])
        self._types = likely_types(basis, rows.all[0]) or TYPES
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
        filled = (bool(row.text("type")), bool(row.text("counts_as")))
        place = (
            p.country,
            p.countries,
            p.role,
            p.presence,
            p.kinds,
            p.functions,
            p.charter,
            p.pact,
        )
        return (*place, filled, tuple(self._near), self._types, self._leads, bool(p.open))

    def choices(self) -> Iterator[list[Choice]]:
        """Yield the choices field by field."""
        yield self._open(self._countries())
        yield self._open(self._roles())
        yield self._open(self._kinds())
        yield self._presences()
        yield self._yes("charter", self.partner.charter)
        yield self._yes("pact", self.partner.pact)

    def _open(self, choices: list[Choice]) -> list[Choice]:
        """Return the choices that change no row that another organisation shares."""
        return [c for c in choices if not any(change.cell in self._kept for change in c.changes)]

    def _countries(self) -> list[Choice]:
        if self.partner.country is not None:
            return [_KEEP]
        known = sorted({p.country for p in self._each if p.country is not None})
        if not known:
            near = self._near.items()
            none: frozenset[str] = frozenset()
            return [
                _KEEP,
                *(self._fill("country", name, country=code, countries=none) for name, code in near),
            ]
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
        needed, anybody = self._leads
        wanted = {
            Role.FULL_PARTNER: current is not Role.FULL_PARTNER,
            Role.ASSOCIATED_PARTNER: current not in {Role.ASSOCIATED_PARTNER, Role.SUBCONTRACTOR},
            Role.COORDINATOR: needed and (current not in _COUNTING or anybody),
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
            return alike or [self._type(kind) for kind in self._types]
        partner, stated = self.partner, bool(self._text(0, "counts_as"))
        unread = unread_type(partner)
        if not partner.kinds and not (unread and stated):
            return [_KEEP, *(self._type(kind) for kind in self._types)]
        found = [_KEEP]
        may, sure = partner.functions.may, partner.functions.sure
        found += [self._counts(function) for function in (LABOUR, HEI, VET) if function in may]
        if self._also_vet and HEI in sure and not stated:
            found.append(self._counts(_BOTH_KINDS, ALSO_VET))
        if unread:
            found += [self._both(choice) for choice in found[1:]]
        return found

    def _type(self, text: str) -> Choice:
        read = self._reread({"type": text})
        return self._fill("type", text, None, kinds=read.kinds, functions=read.functions)

    def _counts(self, text: str, cost: int = FILL) -> Choice:
        read = self._reread({"counts_as": text})
        choice = self._fill("counts", text, None, functions=read.functions)
        return choice._replace(cost=cost * len(choice.changes))

    def _both(self, counts: Choice) -> Choice:
        kind = self._type("enterprise")
        values = (("kinds", ("enterprise",)), *counts.values)
        return Choice(kind.cost + counts.cost, (*kind.changes, *counts.changes), values)

    def _reread(self, texts: dict[str, str]) -> Partner:
        """Return the organisation with other texts in its first row."""
        basis, index = self._basis, self._rows[0]
        words = words_for(basis, texts.get("type", ""))
        return reread(basis, index, texts, words).partners[index]

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

    def _yes(self, name: str, cell: Said) -> list[Choice]:
        if cell is not Said.UNREAD:
            return [_KEEP]
        wrong = (getattr(p, name) is not Said.YES for p in self._each)
        return [_KEEP, self._fill(name, "yes", wrong, **{name: Said.YES})]


def unread_type(partner: Partner) -> bool:
    """Say whether neither the type nor a column "Counts as" says what an organisation is."""
    return not partner.kinds and partner.functions == functions_of(())


def likely_countries(basis: Basis, index: int) -> Mapping[str, str]:
    """Return the countries that the cell of a row means or resembles: spelling to code."""
    words, text = basis.table.words, basis.rows[index].text("country")
    if basis.partners[index].countries:
        return {country_name(code): code for code in sorted(basis.partners[index].countries)}
    near = {name: words.country(name) for name in words.countries_near(text)} if text else {}
    return {name: code for name, code in near.items() if code is not None}


def likely_types(basis: Basis, index: int) -> tuple[str, ...]:
    """Return the types that the cell or the name of a row resembles; empty where nothing does."""
    row, words = basis.rows[index], basis.table.words
    near = words.types_near(row.text("type"), row.text("name"))
    return tuple(text for text in near if words.kinds(text).kinds)
