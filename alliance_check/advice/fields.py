"""The ways to fill in, confirm or change single fields of one organisation, and their costs.

Filling in an unread cell, confirming, and stating what an organisation counts as cost 1 a cell;
changing a role that could be read costs 2, and taking a university for a vocational provider as
well costs 3. Only likely readings are offered: countries and types that the cell or the name
resembles; any of three types where neither says anything. Rows of one organisation that differ
leave a value unread: one of the rows' own values is then to stand in all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
from alliance_check.parse.consortium.draft import Basis, reread
from alliance_check.vocabulary.countries import country_name
from alliance_check.vocabulary.types import functions_of, read_counts_as

FILL, CHANGE, ALSO_VET = 1, 2, 3
TYPES = ("enterprise", "hei", "vet")
"""What an organisation may be whose type and name say nothing: one type for each place."""
_COUNTING = {Role.COORDINATOR, Role.FULL_PARTNER}


class Rows(NamedTuple):
    """The rows of one organisation, the first one first; *shared* rows fit others as well."""

    own: tuple[int, ...]
    shared: tuple[int, ...] = ()

    @property
    def all(self) -> tuple[int, ...]:
        """All rows that say something of the organisation."""
        return self.own + self.shared


class Choice(NamedTuple):
    """One way to deal with a field: cost, changes and what they set.

    *light* says that nothing changes that was read.
    """

    cost: int = 0
    changes: tuple[Change, ...] = ()
    values: tuple[tuple[str, object], ...] = ()
    light: bool = True


KEEP = Choice()


def combined(choices: Sequence[Choice]) -> Choice:
    """Return several choices as one."""
    return Choice(
        sum(choice.cost for choice in choices),
        tuple(change for choice in choices for change in choice.changes),
        tuple(value for choice in choices for value in choice.values),
        all(choice.light for choice in choices),
    )


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
        self._types = _likely_types(basis, rows.all[0]) or TYPES
        self._each = [basis.partners[i] for i in self._rows]
        self._kept = {basis.partners[i].cells["name"] for i in rows.shared}
        self.partner = replace(partner, open=tuple(text for p in self._each for text in p.open))
        if partner.twin_differs:
            sure = all(p.presence is Presence.CONFIRMED for p in self._each)
            presence = Presence.CONFIRMED if sure else Presence.POSSIBLE
            self.partner = replace(self.partner, twin_differs=False, presence=presence)

    @property
    def key(self) -> object:
        """Everything that the choices depend on: partners with the same key have the same."""
        p = self.partner
        return (
            *(p.country, p.countries, p.role, p.presence, p.kinds, p.functions, p.charter, p.pact),
            *(bool(self._text(0, "type")), bool(self._text(0, "counts_as")), bool(p.open)),
            *(tuple(self._near), self._types, self._leads),
        )

    def choices(self) -> Iterator[list[Choice]]:
        """Yield the choices field by field; those that change a shared row are left out."""
        for choices in (self._countries(), self._roles(), self._kinds()):
            yield [c for c in choices if not any(change.cell in self._kept for change in c.changes)]
        yield self._presences()
        yield self._yes("charter", self.partner.charter)
        yield self._yes("pact", self.partner.pact)

    def _fill(
        self, verb: str, value: str, rows: Sequence[Partner] | None = None, **values: object
    ) -> Choice:
        """Return the choice of one value for all rows, or for some."""
        cells = [partner.cells["name"] for partner in (self._each if rows is None else rows)]
        changes = tuple(Change(verb, cell, value) for cell in cells)
        return Choice(FILL * len(changes), changes, tuple(values.items()))

    def _correct(self, name: str, value: str, new: object) -> Choice:
        """Return the choice of one value for the rows that say something else."""
        wrong = [partner for partner in self._each if getattr(partner, name) != new]
        return self._fill(name, value, wrong, **{name: new})

    def _countries(self) -> list[Choice]:
        if self.partner.country is not None:
            return [KEEP]
        known = sorted({p.country for p in self._each if p.country is not None})
        if known:
            return [self._correct("country", code, code) for code in known]
        none: frozenset[str] = frozenset()
        likely = self._near.items()
        return [KEEP, *(self._fill("country", n, country=c, countries=none) for n, c in likely)]

    def _roles(self) -> list[Choice]:
        current, known = self.partner.role, {p.role for p in self._each}
        needed, anybody = self._leads
        wanted = {
            Role.FULL_PARTNER: current is not Role.FULL_PARTNER,
            Role.ASSOCIATED_PARTNER: current not in {Role.ASSOCIATED_PARTNER, Role.SUBCONTRACTOR},
            Role.COORDINATOR: needed and (current not in _COUNTING or anybody),
        }
        differ = len(known) > 1
        if differ:
            wanted |= {role: True for role in known if role in wanted}
        found = [self._role(r, known if differ else set()) for r, fits in wanted.items() if fits]
        return found if differ else [KEEP, *found]

    def _role(self, role: Role, known: set[Role]) -> Choice:
        """Return the choice of one role for all rows; one *known* from another row costs less."""
        choice = self._correct("role", role.value, role)
        unread = [p.role is Role.UNKNOWN or role in known for p in self._each if p.role is not role]
        cost = sum(FILL if one else CHANGE for one in unread)
        return choice._replace(cost=cost, light=all(unread))

    def _kinds(self) -> list[Choice]:
        if len({(frozenset(p.kinds), p.functions) for p in self._each}) > 1:
            alike = [choice for number in range(len(self._rows)) for choice in self._like(number)]
            return alike or [self._type(kind) for kind in self._types]
        partner, stated = self.partner, bool(self._text(0, "counts_as"))
        unread = unread_type(partner)
        if not partner.kinds and not (unread and stated):
            return [KEEP, *(self._type(kind) for kind in self._types)]
        may, sure = partner.functions.may, partner.functions.sure
        found = [self._counts(function) for function in (LABOUR, HEI, VET) if function in may]
        if self._also_vet and HEI in sure and not stated:
            found.append(self._counts(f"{HEI} + {VET}", ALSO_VET))
        if unread:
            found += [combined((self._type("enterprise"), choice)) for choice in found]
        return [KEEP, *found]

    def _type(self, text: str) -> Choice:
        read = self._reread({"type": text})
        return self._fill("type", text, kinds=read.kinds, functions=read.functions)

    def _counts(self, text: str, cost: int = FILL) -> Choice:
        choice = self._fill("counts", text, functions=self._reread({"counts_as": text}).functions)
        return choice._replace(cost=cost * len(choice.changes))

    def _reread(self, texts: dict[str, str]) -> Partner:
        """Return the organisation with other texts in its first row."""
        index, words = self._rows[0], words_for(self._basis, texts.get("type", ""))
        return reread(self._basis, index, texts, words).partners[index]

    def _like(self, model: int) -> list[Choice]:
        """Return the choice that gives every row the type that one of them has."""
        right, changes = self._each[model], []
        means_something = {
            "type": lambda text: bool(self._basis.table.words.kinds(text).kinds),
            "counts_as": lambda text: read_counts_as(text) is not None,
        }
        for number, partner in enumerate(self._each):
            for verb, name in (("type", "type"), ("counts", "counts_as")):
                text = self._text(model, name)
                if text == self._text(number, name):
                    continue
                if not means_something[name](text):
                    return []
                changes.append(Change(verb, partner.cells["name"], text))
        values = (("kinds", right.kinds), ("functions", right.functions))
        return [Choice(FILL * len(changes), tuple(changes), values)]

    def _text(self, number: int, name: str) -> str:
        return self._basis.rows[self._rows[number]].text(name)

    def _presences(self) -> list[Choice]:
        if self.partner.presence is not Presence.POSSIBLE and not self.partner.open:
            return [KEEP]
        unsure = (p for p in self._each if p.open or p.presence is not Presence.CONFIRMED)
        changes = tuple(
            Change("confirm", cell) for cell in sorted({p.cells["name"] for p in unsure})
        )
        values = (("presence", Presence.CONFIRMED), ("open", ()))
        return [KEEP, Choice(FILL * len(changes), changes, values)]

    def _yes(self, name: str, cell: Said) -> list[Choice]:
        if cell is not Said.UNREAD:
            return [KEEP]
        return [KEEP, self._correct(name, "yes", Said.YES)]


def unread_type(partner: Partner) -> bool:
    """Return whether neither the type nor a column "Counts as" says what a partner is."""
    return not partner.kinds and partner.functions == functions_of(())


def likely_countries(basis: Basis, index: int) -> Mapping[str, str]:
    """Map the spellings that the country cell of a row means or resembles to their codes."""
    words, text = basis.table.words, basis.rows[index].text("country")
    if basis.partners[index].countries:
        return {country_name(code): code for code in sorted(basis.partners[index].countries)}
    near = {name: words.country(name) for name in words.countries_near(text)} if text else {}
    return {name: code for name, code in near.items() if code is not None}


def _likely_types(basis: Basis, index: int) -> tuple[str, ...]:
    """Return the types that the cell or the name of a row resembles; maybe none."""
    row, words = basis.rows[index], basis.table.words
    near = words.types_near(row.text("type"), row.text("name"))
    return tuple(text for text in near if words.kinds(text).kinds)
