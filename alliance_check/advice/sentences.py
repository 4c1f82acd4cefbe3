"""Advice in words for the coordinator: one sentence a change, new partners together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from alliance_check.advice.changes import Change
from alliance_check.model.call import Call
from alliance_check.model.consortium import (
    HEI,
    LABOUR,
    Consortium,
    Partner,
    Presence,
    Project,
    Role,
)
from alliance_check.model.message import Message, Value, count, eur, listed, say
from alliance_check.model.sheet import Cell
from alliance_check.rules.shared.minima import Minima
from alliance_check.vocabulary.countries import country, country_name

_ROLES: Mapping[str, Message] = {
    Role.COORDINATOR.value: say("coordinator"),
    Role.FULL_PARTNER.value: say("full partner"),
    Role.ASSOCIATED_PARTNER.value: say("associated partner"),
}
_KINDS: Mapping[str, Message] = {
    "enterprise": say("a company or another labour market actor"),
    "hei": say("a higher education institution"),
    "vet": say("a vocational provider"),
    LABOUR: say("a labour market actor"),
}
_COLUMNS = {
    "country": ("country", "Country"),
    "type": ("type", "Type"),
    "counts": ("counts_as", "Counts as"),
    "charter": ("charter", "ECHE"),
    "pact": ("pact", "Pact for Skills"),
    "share": ("share", "EU contribution"),
}
"""The field that a change is about, and the header of a column for it."""
_SENTENCES = {
    "country": say("Correct the country of {who} {place}, if it is {value}."),
    "type": say("State {place} that {who} is {value}, if it is."),
    "counts": say("State {place} that {who} counts as {value}, if it does."),
    "charter": say("State {place} that {who} holds the charter, if it does."),
    "pact": say("State {place} that {who} belongs to the Pact for Skills, if it does."),
    "share": say("Correct the share of {who} {place}: {value}."),
}


def sentences(
    changes: Iterable[Change], missing: Minima, consortium: Consortium
) -> tuple[Message, ...]:
    """Return the sentences for a set of changes; *missing* is what new partners must bring."""
    everyone = {p.cells["name"]: p for p in consortium.partners}
    found: list[Message] = []
    with_texts: list[Partner] = []
    for change in changes:
        partner = everyone.get(change.cell) if change.cell else None
        if partner is not None:
            sure = partner.presence is not Presence.POSSIBLE
            if change.verb == "confirm" and sure and partner.open:  # only a text is in the way
                with_texts.append(partner)
            else:
                found.append(_partner_sentence(change, partner))
        elif change.verb != "add":
            found.append(_project_sentence(change, consortium.project))
    return (*_texts(with_texts), *found, *_added(missing, _new(changes)))


def _texts(partners: Iterable[Partner]) -> Iterator[Message]:
    """Yield what to do about texts that were not understood."""
    cells = list(dict.fromkeys(remark.cell for partner in partners for remark in partner.open))
    if len(cells) == 1:
        yield say(
            "Settle what {cell} means for the partner: confirmed, or not.",
            cell=str(cells[0]),
        )
    elif cells:
        yield say(
            "Settle what {cells} mean for their partners: confirmed, or not.",
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
    """Return where new partners may come from, and what is assumed of them."""
    number = _new(changes)
    if not number:
        return ()
    where = _where(missing.countries, number, consortium, call)
    return (where, *_assumed(missing, consortium))


def _new(changes: Iterable[Change]) -> int:
    return sum(change.verb == "add" for change in changes)


def _partner_sentence(change: Change, partner: Partner) -> Message:
    match change.verb:
        case "confirm" if partner.presence is Presence.POSSIBLE:
            return say("Confirm {who}, which is only possible so far.", who=_who(partner))
        case "confirm":
            return say("Confirm {who}.", who=_who(partner))
        case "drop":
            return say("Leave out {who}, which may not take part.", who=_who(partner))
        case "role":
            return _role_sentence(change.value, partner)
        case _:
            return _cell_sentence(change, partner)


def _role_sentence(value: str, partner: Partner) -> Message:
    role = _ROLES.get(value, say("{role}", role=value))
    if partner.role is not Role.UNKNOWN:
        return say("Let {who} take part as {role}.", who=_who(partner), role=role)
    return say(
        "State the role of {who} in {cell}: {role}.",
        who=_named(partner),
        cell=str(partner.cell("role")),
        role=role,
    )


def _cell_sentence(change: Change, partner: Partner) -> Message:
    """Return what to state or correct in a cell, or in a column that the sheet does not have."""
    field, header = _COLUMNS[change.verb]
    sentence = _SENTENCES[change.verb]
    if field in partner.cells:
        place, who = say("in {cell}", cell=str(partner.cells[field])), _named(partner)
    else:
        place, who = say('in a column "{header}"', header=header), _who(partner)
    if change.verb == "counts" and HEI in partner.functions.sure:
        sentence = say("Does {who} count as vocational provider too? If it does, state so {place}.")
    value: Value = change.value
    if change.verb in {"type", "counts"}:
        value = _KINDS.get(change.value, say('of the type "{value}"', value=change.value))
    elif change.verb == "country":
        value = country(change.value)
    elif change.verb == "share":
        value = eur(Decimal(change.value))
    return sentence.filled(who=who, place=place, value=value)


def _named(partner: Partner) -> Message:
    """Return the name alone, for a sentence that names another cell of the partner."""
    return say("{name}", name=partner.name) if partner.name else _who(partner)


def _who(partner: Partner) -> Message:
    if not partner.name:
        return say("the partner in {cell}", cell=str(partner.cells["name"]))
    return say("{name} ({cell})", name=partner.name, cell=str(partner.cells["name"]))


def _project_sentence(change: Change, project: Project) -> Message:
    value = change.value
    if change.verb == "grant":
        return _grant_sentence(Decimal(value), project)
    if change.verb == "total":
        return say("State the total budget: {total} or more.", total=eur(Decimal(value)))
    if change.verb == "duration":
        return say("Set the duration to {months} months.", months=value)
    if project.ecosystem is not None and value in project.ecosystem.names:
        return say("Keep only one industrial ecosystem, such as {name}.", name=value)
    return say("Name one industrial ecosystem from the guide's list, such as {name}.", name=value)


def _grant_sentence(value: Decimal, project: Project) -> Message:
    if project.shares is None:
        return say("Ask for a grant of {most}.", most=eur(value))
    if project.shares.exact == value:
        return say("Ask for a grant of {most}, to which the shares add up.", most=eur(value))
    return say("Ask for a grant of {most} and divide it among the partners again.", most=eur(value))


def _added(missing: Minima, number: int) -> Iterator[Message]:
    """Yield one sentence for each function that *number* new partners must have."""
    hei, vet, labour, education = missing.hei, missing.vet, missing.labour, missing.education
    other = number - missing.functions if number else 0
    for wanted, what in (
        (
            hei,
            count(
                "{number} higher education institution",
                "{number} higher education institutions",
                number=hei,
            ),
        ),
        (vet, count("{number} vocational provider", "{number} vocational providers", number=vet)),
        (
            labour,
            count("{number} labour market actor", "{number} labour market actors", number=labour),
        ),
        (
            education,
            count(
                "{number} education and training provider",
                "{number} education and training providers",
                number=education,
            ),
        ),
        (
            other,
            count(
                "{number} full partner of any kind",
                "{number} full partners of any kind",
                number=other,
            ),
        ),
    ):
        if wanted > 0 and number:
            yield say("Add {what}.", what=what)


def _assumed(missing: Minima, consortium: Consortium) -> Iterator[Message]:
    """Yield what is assumed of new partners, where a rule could ask for it."""
    if missing.hei:
        yield say(
            "It is assumed that new partners have a share of 0, and that a new university holds "
            "the charter."
        )
    elif "share" in consortium.columns:
        yield say("It is assumed that new partners have a share of 0.")


def _where(countries: int, number: int, consortium: Consortium, call: Call) -> Message:
    """Return the countries from which new partners must come."""
    if not countries:
        return say("New partners may come from any Member State or associated country.")
    known = {call.state(p.country) for p in consortium.partners if call.counts(p.country)}
    names = listed(map(country, sorted((code for code in known if code), key=country_name)), 40)
    if countries >= number:
        return say("New partners must come from countries other than {known}.", known=names)
    return say(
        "At least {countries} of the new partners must come from countries other than {known}.",
        countries=countries,
        known=names,
    )
