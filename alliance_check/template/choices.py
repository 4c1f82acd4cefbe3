"""What the drop-downs offer, and what the tally makes of each choice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from alliance_check.model.call import Call, Lot
from alliance_check.model.consortium import FUNCTIONS, Role
from alliance_check.model.message import Message, current_language, say
from alliance_check.vocabulary.countries import country, country_name, read_country
from alliance_check.vocabulary.kinds import functions_of
from alliance_check.vocabulary.official_labels import official_labels
from alliance_check.vocabulary.types import read_kinds

_COUNTED = (Role.COORDINATOR, Role.FULL_PARTNER)


@dataclass(frozen=True)
class DropDownEntry:
    """An entry of a drop-down; *counts* says of the tally's numbers whether it adds to each."""

    label: str
    counts: tuple[bool, ...] = ()


@dataclass(frozen=True)
class PartnerColumn:
    """A column of the partners: its header, its width, and what may be chosen in it."""

    field: str
    header: Message
    width: int
    choices: tuple[DropDownEntry, ...] = ()


def columns(call: Call, lot: Lot) -> tuple[PartnerColumn, ...]:
    """Return the columns of the sheet of partners, without those that no rule of the lot reads."""
    answers = (DropDownEntry(str(say("yes"))), DropDownEntry(str(say("no"))))
    every = (
        PartnerColumn("name", say("Partner name"), 38),
        PartnerColumn("country", say("Country"), 22, tuple(_countries(call))),
        PartnerColumn("type", say("Organisation type"), 46, tuple(_types())),
        PartnerColumn("role", say("Role"), 20, tuple(_roles())),
        PartnerColumn("status", say("Status"), 14, tuple(_statuses())),
        PartnerColumn("pic", say("PIC"), 13),
        PartnerColumn("share", say("EU contribution (EUR)"), 22),
        PartnerColumn("charter", say("ECHE"), 9, answers),
        PartnerColumn("pact", say("Pact for Skills"), 16, answers),
    )
    needs = {"charter": "valid-charter", "pact": "pact-for-skills"}
    return tuple(c for c in every if needs.get(c.field, "minimum-partners") in lot.clauses)


def _countries(call: Call) -> Iterator[DropDownEntry]:
    """Yield the countries that the guide lists: those that count first, each group by its name."""
    states = call.member_states | call.associated
    others = call.regions.keys() - states
    for group in (call.member_states, call.associated, others):
        for label in sorted(map(_name, group)):
            yield DropDownEntry(label, (group is not others,))


def _name(code: str) -> str:
    """Return what the guide calls a country, or another language; it must be read as that."""
    shown = str(country(code))
    if current_language().code == "en":
        shown = official_labels().countries.get(code, shown)
    return shown if read_country(shown) == code else country_name(code)


def _types() -> Iterator[DropDownEntry]:
    for label in official_labels().types.labels:
        sure = functions_of(read_kinds(label).kinds).sure
        yield DropDownEntry(str(Message(label)), tuple(one in sure for one in FUNCTIONS))


def _roles() -> Iterator[DropDownEntry]:
    for role, label in official_labels().roles.items():
        yield DropDownEntry(str(Message(label)), (role in _COUNTED,))


def _statuses() -> Iterator[DropDownEntry]:
    yield DropDownEntry(str(say("confirmed")), (True,))
    for word in (say("invited"), say("reserve"), say("declined")):
        yield DropDownEntry(str(word), (False,))
