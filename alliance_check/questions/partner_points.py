"""Open points about single organisations: presence, country, role, type, charter, Pact for Skills.

The replies to one question cover what the answer may be; where there are too many answers, such
as countries, one stands for all that are judged alike and is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from alliance_check.advice.changes import Change
from alliance_check.model.call import Call
from alliance_check.model.consortium import (
    EDUCATION,
    HEI,
    LABOUR,
    VET,
    Group,
    Presence,
    Role,
    Said,
)
from alliance_check.model.message import Message, say
from alliance_check.parse.consortium.draft import Basis
from alliance_check.questions.bodies import Body, body_point, differing
from alliance_check.questions.question import Point, Reply
from alliance_check.reports.partner_words import ROLES
from alliance_check.vocabulary.countries import country as country_term
from alliance_check.vocabulary.types import functions_of, read_counts_as

_YES, _NO = say("yes"), say("no")
_ROLES = (
    *(Role.FULL_PARTNER, Role.COORDINATOR, Role.ASSOCIATED_PARTNER),
    *(Role.AFFILIATED_ENTITY, Role.SUBCONTRACTOR),
)
"""What may be answered where a role is not known, the likeliest first."""
_SORTS = {
    "enterprise": say("a company, chamber, trade union or another labour market actor"),
    "hei": say("a higher education institution"),
    "vet": say("a provider of vocational education and training"),
    "research": say("none of these, such as a research institute"),
}
_COUNTED = {
    LABOUR: say("a labour market actor"),
    HEI: say("a higher education institution"),
    VET: say("a provider of vocational education and training"),
    EDUCATION: say("an education and training provider of no stated kind"),
}
_USUAL = ("US", "CH", "GB")
"""Countries outside that people know, to stand for all of them."""


def partner_points(basis: Basis, everyone: list[Body], call: Call) -> Iterator[Point]:
    """Yield what is open about each organisation, in the order of the sheet."""
    named = any(body.partner.role is Role.COORDINATOR for body in everyone)
    countries = _Countries(everyone, call)
    for body in everyone:
        found = [
            _presence(body),
            _remark(body),
            _country(basis, body, countries),
            _role(body, coordinates=not named),
            *_kinds(basis, body),
            _charter(body),
            _pact(body),
        ]
        yield from (point for point in found if point is not None and point.replies)


def _presence(body: Body) -> Point | None:
    unsure = [p for p in body.each if p.open or p.presence is not Presence.CONFIRMED]
    if body.partner.presence is not Presence.POSSIBLE or not unsure:
        return None
    place = body.place("status")
    text = say("Has {who} confirmed that it takes part ({place})?", who=body.who, place=place)
    if not body.known:
        text = say("Which organisation is {who}, and has it confirmed?", who=body.who)
    return body_point(
        body,
        "status",
        text,
        say("Does your organisation confirm that it takes part?"),
        [
            Reply(_YES, body.change("confirm", "", unsure)),
            Reply(say("no, it does not take part"), body.change("drop", "", body.each)),
        ],
    )


def _remark(body: Body) -> Point | None:
    """Return what to ask where a text beside an organisation was not understood."""
    unsure = [p for p in body.each if p.open and p.presence is Presence.CONFIRMED]
    if body.partner.presence is not Presence.CONFIRMED or not unsure:
        return None
    remark = unsure[0].open[0]
    text = say(
        'What does "{text}" in {cell} mean for {who}: does it take part?',
        text=remark.text,
        cell=str(remark.cell),
        who=body.who,
    )
    replies = [
        Reply(say("yes, it takes part as the list says"), body.change("confirm", "", unsure)),
        Reply(say("no, it does not take part"), body.change("drop", "", body.each)),
    ]
    ask = say("Does your organisation confirm that it takes part, as our list says?")
    point = body_point(body, "status", text, ask, replies)
    return point._replace(field="remark", cell=remark.cell, said="")


class _Countries:
    """Countries that stand for others: one that is new, one that is there, and those outside."""

    def __init__(self, everyone: list[Body], call: Call) -> None:
        self._namesakes: dict[str, set[str]] = defaultdict(set)
        for partner in (partner for body in everyone for partner in body.each):
            self._namesakes[partner.name].update(filter(None, (partner.country,)))
        present = {body.partner.country for body in everyone} - {None}
        states = {call.state(country) for country in present}
        every = [*sorted(call.member_states), *sorted(call.associated)]
        self._new = [c for c in every if c not in states]
        self._there = [c for c in every if c in present]
        outside = [c for c in (*_USUAL, *sorted(call.regions)) if call.group(c) is Group.OTHER]
        self._outside, self._excluded = outside, sorted(call.excluded, reverse=True)
        self._given = 0

    def replies(self, body: Body, near: Iterable[str]) -> Iterator[Reply]:
        """Yield the countries that a cell resembles, and one of each sort."""
        yield from (_country_reply(body, code) for code in near)
        # The new countries come in another order each time, so that two cells get two of them.
        start = self._given % len(self._new) if self._new else 0
        self._given += 1
        sorts = (
            (
                self._new[start:] + self._new[:start],
                say("a Member State or associated country that no partner is from"),
            ),
            (
                self._there,
                say("a Member State or associated country that another partner is from"),
            ),
            (self._outside, say("a third country not associated")),
            (self._excluded, say("a country whose organisations may not take part")),
        )
        # An organisation of the same name in the same country would be the same one.
        taken = self._namesakes[body.partner.name]
        for codes, sort in sorts:
            free = [code for code in codes if code not in taken]
            if free:
                yield _country_reply(body, free[0], sort)


def _country_reply(body: Body, code: str, sort: Message | None = None) -> Reply:
    """Return the reply that names a country, or a *sort* of countries with an example."""
    wrong = [partner for partner in body.taking_part if partner.country != code]
    text = say("{country}", country=country_term(code))
    if sort is not None:
        text = say("{sort}, such as {country}", sort=sort, country=country_term(code))
    return Reply(text, body.change("country", code, wrong))


def _country(basis: Basis, body: Body, countries: _Countries) -> Point | None:
    if body.partner.country is not None:
        return None
    place = body.place("country")
    known = list(dict.fromkeys(filter(None, (p.country for p in body.taking_part))))
    text = say("In which country is {who} established ({place})?", who=body.who, place=place)
    ask = say("In which country is your organisation established?")
    if len(known) > 1:
        text = differing(body, say("countries"))
        return body_point(body, "country", text, ask, [_country_reply(body, c) for c in known])
    words, said = basis.table.words, body.rows[0].text("country")
    near = [words.country(n) for n in words.countries_near(said)] if said else []
    likely = dict.fromkeys([*known, *(code for code in near if code is not None)])
    return body_point(body, "country", text, ask, countries.replies(body, likely))


def _role(body: Body, *, coordinates: bool) -> Point | None:
    if body.partner.role is not Role.UNKNOWN:
        return None
    place = body.place("role")
    known: list[Role] = list(dict.fromkeys(p.role for p in body.taking_part))
    text = say("In which role does {who} take part ({place})?", who=body.who, place=place)
    ask = say("In which role does your organisation take part?")
    roles: list[Role] = [role for role in known if role is not Role.UNKNOWN]
    if len(roles) > 1:
        text = differing(body, say("roles"))
    if Role.UNKNOWN in known:
        free = [r for r in _ROLES if r is not Role.COORDINATOR or coordinates]
        roles = list(dict.fromkeys([*roles, *free]))
    replies = [
        Reply(
            ROLES[role],
            body.change("role", role.value, [p for p in body.taking_part if p.role != role]),
        )
        for role in roles
    ]
    return body_point(body, "role", text, ask, replies)


def _kinds(basis: Basis, body: Body) -> Iterator[Point]:
    """Yield what is open about the type: rows that differ, an unread type, what it counts as."""
    place = body.place("type")
    ask = say("What kind of organisation are you?")
    if len({(frozenset(p.kinds), p.functions) for p in body.taking_part}) > 1:
        yield body_point(body, "type", differing(body, say("types")), ask, _rows_alike(body))
        return
    said = bool(body.rows[0].text("counts_as"))
    stated = said and read_counts_as(body.rows[0].text("counts_as")) is not None
    if not body.partner.kinds:
        text = say("What kind of organisation is {who} ({place})?", who=body.who, place=place)
        yield body_point(body, "type", text, ask, _types(basis, body))
    if not stated and body.partner.functions.may and (body.partner.kinds or said):
        yield _counts(basis, body, "counts_as" if said else "type")


def _types(basis: Basis, body: Body) -> Iterator[Reply]:
    """Yield the sorts of organisations; those that the cell or the name resembles come first."""
    row, words = body.rows[0], basis.table.words
    near = {}
    for text in words.types_near(row.text("type"), row.text("name")):
        counted = functions_of(words.kinds(text).kinds)
        alike = [sort for sort in _SORTS if functions_of((sort,)) == counted]
        if words.kinds(text).kinds and (not alike or alike[0] not in near):
            near[alike[0] if alike else text] = text
    for sort, text in near.items():
        meant = say("{sort}", sort=text) if sort not in _SORTS else _SORTS[sort]
        yield Reply(meant, body.change("type", text))
    for sort, meant in _SORTS.items():
        if sort not in near:
            yield Reply(meant, body.change("type", sort))


def _counts(basis: Basis, body: Body, field: str) -> Point:
    place, may = body.place(field), body.partner.functions.may
    text = say("What does {who} count as ({place})?", who=body.who, place=place)
    ask = say("Which of these is your organisation?")
    if may == {LABOUR}:
        text = say("Is {who} a labour market actor ({place})?", who=body.who, place=place)
        ask = say("Is your organisation a labour market actor?")
    elif not may & {LABOUR, HEI}:
        text = say(
            "Does {who} provide vocational education and training ({place})?",
            who=body.who,
            place=place,
        )
        ask = say("Does your organisation provide vocational education and training?")
    return body_point(body, field, text, ask, _counted(basis, body))


def _counted(basis: Basis, body: Body) -> Iterator[Reply]:
    """Yield each thing that it may count as, added to what it counts as for sure; then neither.

    What its name speaks of comes first.
    """
    functions = body.partner.functions
    words, none = _COUNTED, say("neither")
    if functions.may == {LABOUR}:
        words, none = {LABOUR: say("yes")}, say("no")
    elif not functions.may & {LABOUR, HEI}:
        other = say("education and training of no stated kind")
        words, none = {VET: say("yes"), EDUCATION: other}, say("no")
    base = [f for f in (LABOUR, HEI, VET) if f in functions.sure]
    base = base or [f for f in (EDUCATION,) if f in functions.sure]
    spoken = basis.table.words.types_near("", body.partner.name)
    likely = functions_of(k for t in spoken for k in basis.table.words.kinds(t).kinds).sure
    for function, meant in sorted(words.items(), key=lambda each: each[0] not in likely):
        if function in functions.may:
            yield Reply(meant, body.change("counts", " + ".join([*base, function])))
    yield Reply(none, body.change("counts", " + ".join(base) or "neither"))


def _rows_alike(body: Body) -> Iterator[Reply]:
    """Yield one reply for each row with a type that was read: the others say the same."""
    seen: set[str] = set()
    for model, row in zip(body.each, body.rows, strict=True):
        texts = {"type": row.text("type") if model.kinds else "", "counts": row.text("counts_as")}
        what = " / ".join(filter(None, texts.values()))
        if (
            model not in body.taking_part
            or what in {"", *seen}
            or not _can_say(texts["counts"], body)
        ):
            continue
        seen.add(what)
        meant = say('"{what}"', what=what)
        yield Reply(meant, tuple(_copied(body, texts)))


def _can_say(counts: str, body: Body) -> bool:
    """Return whether all rows can have this in the column "Counts as"; no answer empties a cell."""
    if counts:
        return read_counts_as(counts) is not None
    return not any(row.text("counts_as") for row in body.rows)


def _copied(body: Body, texts: dict[str, str]) -> Iterator[Change]:
    for partner, row in zip(body.each, body.rows, strict=True):
        for verb, field in (("type", "type"), ("counts", "counts_as")):
            if texts[verb] and row.text(field) != texts[verb]:
                yield Change(verb, partner.cells["name"], texts[verb])


def _charter(body: Body) -> Point | None:
    """Return what is open about the charter: an unread cell, or a university in no list."""
    partner, place = body.partner, body.place("charter")
    if partner.charter is not Said.UNREAD and partner.listing is None:
        return None
    text = say(
        "Does {who} hold the Erasmus Charter for Higher Education ({place})?",
        who=body.who,
        place=place,
    )
    ask = say(
        "Does your organisation hold the Erasmus Charter for Higher Education, and under which PIC "
        "or Erasmus code?"
    )
    return body_point(body, "charter", text, ask, _yes_no(body, "charter"))


def _pact(body: Body) -> Point | None:
    if body.partner.pact is not Said.UNREAD:
        return None
    place = body.place("pact")
    text = say("Does {who} belong to the Pact for Skills ({place})?", who=body.who, place=place)
    ask = say("Does your organisation belong to the Pact for Skills?")
    return body_point(body, "pact", text, ask, _yes_no(body, "pact"))


def _yes_no(body: Body, verb: str) -> list[Reply]:
    return [Reply(_YES, body.change(verb, "yes")), Reply(_NO, body.change(verb, "no"))]
