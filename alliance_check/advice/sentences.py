"""Advice in words for the coordinator: one sentence a change, new partners together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from alliance_check.advice.changes import Change
from alliance_check.model.call import Call
from alliance_check.model.consortium import (
    EDUCATION,
    HEI,
    LABOUR,
    VET,
    Cell,
    Consortium,
    Partner,
    Presence,
    Project,
    Role,
)
from alliance_check.model.message import Message, Value, eur, listed, say
from alliance_check.rules.shared.minima import Minima

_ROLES: Mapping[str, Message] = {
    Role.COORDINATOR.value: say("coordinator"),
    Role.FULL_PARTNER.value: say("full partner"),
    Role.ASSOCIATED_PARTNER.value: say("associated partner"),
}
_WHAT: Mapping[str, Message] = {
    LABOUR: say("labour market actor"),
    HEI: say("higher education institution"),
    VET: say("vocational provider"),
    EDUCATION: say("education and training provider"),
    "": say("full partner of any kind"),
}
_SEVERAL: Mapping[str, Message] = {
    LABOUR: say("labour market actors"),
    HEI: say("higher education institutions"),
    VET: say("vocational providers"),
    EDUCATION: say("education and training providers"),
    "": say("full partners of any kind"),
}


def sentences(
    changes: Iterable[Change], missing: Minima, consortium: Consortium
) -> tuple[Message, ...]:
    """Return the sentences for a set of changes; *missing* is what new partners must bring."""
    everyone = {p.cells["name"]: p for p in consortium.partners}
    found: list[Message] = []
    beside: list[Partner] = []
    for change in changes:
        partner = everyone.get(change.cell) if change.cell else None
        if change.verb == "confirm" and partner is not None and _only_text(partner):
            beside.append(partner)
        elif partner is not None:
            found.append(_of_partner(change, partner))
        elif change.verb != "add":
            found.append(_of_project(change, consortium.project))
    return (*_texts(beside), *found, *_added(missing, _new(changes)))


def _only_text(partner: Partner) -> bool:
    """Say whether nothing but a text beside a partner keeps it from being confirmed."""
    return partner.presence is not Presence.POSSIBLE and bool(partner.open)


def _texts(partners: Iterable[Partner]) -> Iterator[Message]:
    """Yield what to do about texts that were not understood."""
    cells = list(dict.fromkeys(cell for partner in partners for cell, _ in partner.open))
    if len(cells) == 1:
        yield say(
            "Settle what the text in {cell} means for the partner: confirmed, or not.",
            cell=str(cells[0]),
        )
    elif cells:
        yield say(
            "Settle what the texts in {cells} mean for their partners: confirmed, or not.",
            cells=listed(_short(cells)),
        )


def _short(cells: Iterable[Cell]) -> Iterator[str]:
    """Yield the cells, those behind the first without the sheet where it is the same."""
    sheet: object = ...
    for cell in cells:
        yield cell.address if cell.sheet == sheet else str(cell)
        sheet = cell.sheet


def notes(
    changes: Iterable[Change], missing: Minima, consortium: Consortium, call: Call
) -> tuple[Message, ...]:
    """Return where new partners may come from, and what they are taken to be."""
    number = _new(changes)
    if not number:
        return ()
    where = _where(missing.countries, number, consortium, call)
    return (where, *_taken_for_granted(missing, consortium))


def _new(changes: Iterable[Change]) -> int:
    return sum(change.verb == "add" for change in changes)


def _of_partner(change: Change, partner: Partner) -> Message:
    who = _who(partner)
    if change.verb == "role":
        return _role(change.value, partner, who)
    if change.verb == "confirm":
        if partner.presence is Presence.POSSIBLE:
            return say("Confirm {who}, which is only possible so far.", who=who)
        return say("Confirm {who}.", who=who)
    if change.verb == "drop":
        return say("Leave out {who}, which may not take part.", who=who)
    template, field = _CELLS[change.verb]
    if field in partner.cells:
        place, who = say("in {cell}", cell=str(partner.cells[field])), _named(partner)
    else:
        place = say('in a column "{header}"', header=_HEADERS[field])
    if change.verb == "counts" and HEI in partner.functions.sure:
        template = _also_vocational
    return template(who=who, place=place, value=_value(change))


def _role(value: str, partner: Partner, who: Message) -> Message:
    role = _ROLES.get(value, say("{role}", role=value))
    if partner.role is not Role.UNKNOWN:
        return say("Let {who} take part as {role}.", who=who, role=role)
    return say(
        "State the role of {who} in {cell}: {role}.",
        who=_named(partner),
        cell=str(partner.cell("role")),
        role=role,
    )


def _also_vocational(who: Message, place: Message, **_: object) -> Message:
    return say(
        "Does {who} count as vocational provider too? If it does, state so {place}.",
        who=who,
        place=place,
    )


def _value(change: Change) -> Value:
    if change.verb == "counts":
        return _WHAT.get(change.value, say("{value}", value=change.value))
    if change.verb == "type":
        return _TYPES.get(change.value, say('of the type "{value}"', value=change.value))
    return eur(Decimal(change.value)) if change.verb == "share" else change.value


def _named(partner: Partner) -> Message:
    """Return who it is, where another of its cells is named too."""
    return say("{name}", name=partner.name) if partner.name else _who(partner)


def _who(partner: Partner) -> Message:
    if not partner.name:
        return say("the partner in {cell}", cell=str(partner.cells["name"]))
    return say("{name} ({cell})", name=partner.name, cell=str(partner.cells["name"]))


_HEADERS = {
    "country": "Country",
    "type": "Type",
    "counts_as": "Counts as",
    "charter": "ECHE",
    "pact": "Pact for Skills",
    "share": "EU contribution",
}
_TYPES: Mapping[str, Message] = {
    "enterprise": say("a company or another labour market actor"),
    "hei": say("a higher education institution"),
    "vet": say("a vocational provider"),
}
_CELLS: Mapping[str, tuple[Callable[..., Message], str]] = {
    "country": (
        lambda **v: say("Correct the country of {who} {place}, if it is {value}.", **v),
        "country",
    ),
    "type": (lambda **v: say("State {place} that {who} is {value}, if it is.", **v), "type"),
    "counts": (
        lambda **v: say("State {place} that {who} counts as {value}, if it does.", **v),
        "counts_as",
    ),
    "charter": (
        lambda **v: say("State {place} that {who} holds the charter, if it does.", **v),
        "charter",
    ),
    "pact": (
        lambda **v: say(
            "State {place} that {who} belongs to the Pact for Skills, if it does.", **v
        ),
        "pact",
    ),
    "share": (lambda **v: say("Correct the share of {who} {place}: {value}.", **v), "share"),
}


def _of_project(change: Change, project: Project) -> Message:
    value = change.value
    if change.verb == "grant":
        return _grant(Decimal(value), project)
    if change.verb == "total":
        return say("State the total budget: {total} or more.", total=eur(Decimal(value)))
    if change.verb == "duration":
        return say("Set the duration to {months} months.", months=value)
    if project.ecosystem is not None and value in project.ecosystem.names:
        return say("Keep only one industrial ecosystem, such as {name}.", name=value)
    return say("Name one industrial ecosystem of the guide's list, such as {name}.", name=value)


def _grant(value: Decimal, project: Project) -> Message:
    if project.shares is None:
        return say("Ask for a grant of {most}.", most=eur(value))
    if project.shares.exact == value:
        return say("Ask for a grant of {most}, to which the shares add up.", most=eur(value))
    return say("Ask for a grant of {most} and deal out the partners' shares anew.", most=eur(value))


def _added(missing: Minima, number: int) -> Iterator[Message]:
    """Yield one sentence for each function that *number* new partners must have."""
    if not number:
        return
    wanted = Counter(
        {HEI: missing.hei, VET: missing.vet, LABOUR: missing.labour, EDUCATION: missing.education}
    )
    wanted[""] = number - missing.functions
    for what, count in wanted.items():
        if count > 0:
            yield say(
                "Add {number} {what}.", number=count, what=(_WHAT if count == 1 else _SEVERAL)[what]
            )


def _taken_for_granted(missing: Minima, consortium: Consortium) -> Iterator[Message]:
    """Yield what a new partner is taken to be, where a rule could ask for it."""
    if missing.hei:
        yield say(
            "New partners are taken to have a share of 0, and a university among them to hold "
            "the charter."
        )
    elif "share" in consortium.columns:
        yield say("New partners are taken to have a share of 0.")


def _where(countries: int, number: int, consortium: Consortium, call: Call) -> Message:
    """Return the countries from which new partners must come."""
    if not countries:
        return say("New partners may come from any Member State or associated country.")
    known = {call.state(p.country) for p in consortium.partners if call.counts(p.country)}
    names = listed(sorted(code for code in known if code), 40)
    if countries >= number:
        return say("New partners must come from countries other than {known}.", known=names)
    return say(
        "At least {countries} of the new partners must come from other countries than {known}.",
        countries=countries,
        known=names,
    )
