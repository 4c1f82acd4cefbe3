"""What a set of changes says to a coordinator: one sentence a change, new partners in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from alliance_check.advice.changes import Change
from alliance_check.advice.solver.problem import Missing
from alliance_check.model.call import Call
from alliance_check.model.consortium import (
    EDUCATION,
    HEI,
    LABOUR,
    VET,
    Consortium,
    Partner,
    Presence,
    Role,
)
from alliance_check.model.message import Message, eur, listed, say

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
    changes: Iterable[Change], missing: Missing, consortium: Consortium, call: Call
) -> tuple[Message, ...]:
    """Return the sentences for a set of changes; *missing* is what new partners must bring."""
    everyone = {p.cells["name"]: p for p in consortium.partners}
    found = []
    for change in changes:
        if change.verb == "add":
            continue
        partner = everyone.get(change.cell) if change.cell else None
        found.append(
            _PROJECT[change.verb](change.value)
            if partner is None
            else _of_partner(change, partner, consortium)
        )
    return (*found, *_added(missing, list(changes), consortium, call))


def _of_partner(change: Change, partner: Partner, consortium: Consortium) -> Message:
    who = _who(partner)
    if change.verb == "role":
        read = partner.role is not Role.UNKNOWN
        as_role = _ROLES.get(change.value, say("{role}", role=change.value))
        if read:
            return say("Let {who} take part as {role}.", who=who, role=as_role)
        cell = str(partner.cell("role"))
        return say("State the role of {who} in {cell}: {role}.", who=who, cell=cell, role=as_role)
    if change.verb == "confirm":
        reserve = partner.presence is Presence.POSSIBLE
        if reserve:
            return say("Bring in {who}, which is only possible so far.", who=who)
        return say("Confirm {who}.", who=who)
    if change.verb == "drop":
        return say("Leave out {who}, which may not take part.", who=who)
    template, field = _CELLS[change.verb]
    cell = str(partner.cell(field)) if field in consortium.columns else str(partner.cells["name"])
    return template(who=who, cell=cell, value=_value(change))


def _value(change: Change) -> Message | str:
    if change.verb == "counts":
        return _WHAT.get(change.value, say("{value}", value=change.value))
    return eur(Decimal(change.value)) if change.verb == "share" else change.value


def _who(partner: Partner) -> Message:
    if not partner.name:
        return say("the partner in {cell}", cell=str(partner.cells["name"]))
    return say("{name} ({cell})", name=partner.name, cell=str(partner.cells["name"]))


_CELLS: Mapping[str, tuple[Callable[..., Message], str]] = {
    "country": (
        lambda **v: say("Correct the country of {who} in {cell}, if it is {value}.", **v),
        "country",
    ),
    "type": (
        lambda **v: say("State what {who} is in {cell}, if it is {value}.", **v),
        "type",
    ),
    "counts": (
        lambda **v: say("State that {who} counts as {value}, if it does.", **v),
        "counts_as",
    ),
    "charter": (
        lambda **v: say("State in {cell} that {who} holds the charter, if it does.", **v),
        "charter",
    ),
    "pact": (
        lambda **v: say(
            "State in {cell} that {who} belongs to the Pact for Skills, if it does.", **v
        ),
        "pact",
    ),
    "share": (lambda **v: say("Correct the share of {who} in {cell}: {value}.", **v), "share"),
}

_PROJECT: Mapping[str, Callable[[str], Message]] = {
    "grant": lambda value: say(
        "Ask for a grant of {most} and deal out the partners' shares anew.",
        most=eur(Decimal(value)),
    ),
    "total": lambda value: say(
        "State the total budget: {total} or more.", total=eur(Decimal(value))
    ),
    "duration": lambda value: say("Set the duration to {months} months.", months=value),
    "ecosystem": lambda value: say(
        "Name one industrial ecosystem of the guide's list, such as {name}.", name=value
    ),
}


def _added(
    missing: Missing, changes: list[Change], consortium: Consortium, call: Call
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


def _taken_for_granted(missing: Missing, consortium: Consortium) -> Iterator[Message]:
    """Yield what a new partner is taken to be, where a rule could ask for it."""
    if missing.hei:
        yield say(
            "New partners are taken to have a share of 0, and a university among them to hold "
            "the charter."
        )
    elif "share" in consortium.columns:
        yield say("New partners are taken to have a share of 0.")


def _where(countries: int, number: int, consortium: Consortium, call: Call) -> Message:
    """Return from where new partners are to come."""
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
