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
    changes: Iterable[Change], missing: Minima, consortium: Consortium, call: Call
) -> tuple[Message, ...]:
    """Return the sentences for a set of changes; *missing* is what new partners must bring."""
    everyone = {p.cells["name"]: p for p in consortium.partners}
    found = []
    for change in changes:
        if change.verb == "add":
            continue
        partner = everyone.get(change.cell) if change.cell else None
        found.append(
            _of_project(change, consortium.project)
            if partner is None
            else _of_partner(change, partner)
        )
    return (*found, *_added(missing, list(changes), consortium, call))


def _of_partner(change: Change, partner: Partner) -> Message:
    who = _who(partner)
    if change.verb == "role":
        return _role(change.value, partner, who)
    if change.verb == "confirm":
        if partner.presence is Presence.POSSIBLE:
            return say("Bring in {who}, which is only possible so far.", who=who)
        return say("Confirm {who}.", who=who)
    if change.verb == "drop":
        return say("Leave out {who}, which may not take part.", who=who)
    template, field = _CELLS[change.verb]
    if field in partner.cells:
        place = say("in {cell}", cell=str(partner.cells[field]))
    else:
        place = say('in a column "{header}"', header=_HEADERS[field])
    if change.verb == "counts" and HEI in partner.functions.sure:
        template = _also_vocational
    return template(who=who, place=place, value=_value(change))


def _role(value: str, partner: Partner, who: Message) -> Message:
    role = _ROLES.get(value, say("{role}", role=value))
    if partner.role is not Role.UNKNOWN:
        return say("Let {who} take part as {role}.", who=who, role=role)
    cell = str(partner.cell("role"))
    return say("State the role of {who} in {cell}: {role}.", who=who, cell=cell, role=role)


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


def _added(
    missing: Minima, changes: list[Change], consortium: Consortium, call: Call
) -> Iterator[Message]:
    """Yield one sentence for each function that new partners must have."""
    number = sum(change.verb == "add" for change in changes)
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
    yield _where(missing.countries, number, consortium, call)
    yield from _taken_for_granted(missing, consortium)


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
