"""Open points about single organisations: role, presence, charter, Pact for Skills, country.

The replies to one question cover what the answer may be; where there are too many answers, such
as countries, one stands for all that are judged alike and is named.
"""

from __future__ import annotations

from collections.abc import Iterator

from alliance_check.model.call import Call
from alliance_check.model.consortium import Group, Presence, Role, Said
from alliance_check.model.message import Message, say
from alliance_check.parse.consortium.parsed import Basis
from alliance_check.questions.bodies import Body, body_point, by_name, differing
from alliance_check.questions.question import Point, Reply
from alliance_check.questions.type_points import kinds
from alliance_check.vocabulary.countries import country_name

_YES, _NO = say("yes"), say("no")
_ROLES = {
    Role.FULL_PARTNER: say("full partner"),
    Role.COORDINATOR: say("coordinator"),
    Role.ASSOCIATED_PARTNER: say("associated partner"),
    Role.AFFILIATED_ENTITY: say("affiliated entity"),
    Role.SUBCONTRACTOR: say("subcontractor"),
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
            _country(basis, body, countries),
            _role(body, coordinates=not named),
            *kinds(basis, body),
            _charter(body),
            _pact(body),
        ]
        yield from (point for point in found if point is not None and point.replies)


def _presence(body: Body) -> Point | None:
    unsure = [p for p in body.each if p.presence is not Presence.CONFIRMED]
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
        say("Does your organisation confirm that it takes part ({place})?", place=place),
        [
            Reply(_YES, body.change("confirm", "", unsure)),
            Reply(say("no, it does not take part"), body.change("drop", "", body.each)),
        ],
    )


class _Countries:
    """Countries that stand for others: one that is new, one that is there, and those outside."""

    def __init__(self, everyone: list[Body], call: Call) -> None:
        self._call, self._named = call, by_name(everyone)
        present = {body.partner.country for body in everyone} - {None}
        every = [*sorted(call.member_states), *sorted(call.associated)]
        self._new = [c for c in every if c not in {call.state(p) for p in present}]
        self._there = [c for c in every if c in present]
        outside = [c for c in (*_USUAL, *sorted(call.regions)) if call.group(c) is Group.OTHER]
        self._outside, self._excluded = outside, sorted(call.excluded, reverse=True)
        self._given = 0

    def replies(self, body: Body, near: list[str]) -> Iterator[Reply]:
        """Yield the countries that a cell resembles, and one of each sort."""
        for code in near:
            yield _is(body, code, say("{country}", country=country_name(code)))
        sorts = (
            (
                self._fresh(),
                say("a Member State or associated country that no partner is from"),
            ),
            (
                self._there,
                say("a Member State or associated country that another partner is from"),
            ),
            (self._outside, say("a third country not associated")),
            (self._excluded, say("a country whose organisations may not take part")),
        )
        taken = self._named.get(body.partner.name, set())
        for codes, sort in sorts:
            free = [code for code in codes if code not in taken]
            if free:
                yield _is(body, free[0], _such_as(sort, free[0]))

    def _fresh(self) -> list[str]:
        """Return the new countries in another order each time, so that two cells get two."""
        start = self._given % len(self._new) if self._new else 0
        self._given += 1
        return self._new[start:] + self._new[:start]


def _such_as(sort: Message, code: str) -> Message:
    return say("{sort}, such as {country}", sort=sort, country=country_name(code))


def _is(body: Body, code: str, text: Message) -> Reply:
    wrong = [partner for partner in body.taking_part if partner.country != code]
    return Reply(text, body.change("country", code, wrong))


def _country(basis: Basis, body: Body, countries: _Countries) -> Point | None:
    if body.partner.country is not None:
        return None
    place = body.place("country")
    known = list(dict.fromkeys(filter(None, (p.country for p in body.taking_part))))
    text = say("In which country is {who} established ({place})?", who=body.who, place=place)
    ask = say("In which country is your organisation established ({place})?", place=place)
    if len(known) > 1:
        text = differing(body, say("countries"))
        replies = [_is(body, c, say("{country}", country=country_name(c))) for c in known]
        return body_point(body, "country", text, ask, replies)
    words, said = basis.table.words, body.rows[0].text("country")
    near = [words.country(n) for n in words.countries_near(said)] if said else []
    likely = dict.fromkeys([*known, *(code for code in near if code is not None)])
    return body_point(body, "country", text, ask, countries.replies(body, list(likely)))


def _role(body: Body, *, coordinates: bool) -> Point | None:
    if body.partner.role is not Role.UNKNOWN:
        return None
    place = body.place("role")
    known: list[Role] = list(dict.fromkeys(p.role for p in body.taking_part))
    text = say("In which role does {who} take part ({place})?", who=body.who, place=place)
    ask = say("In which role does your organisation take part ({place})?", place=place)
    roles: list[Role] = [role for role in known if role is not Role.UNKNOWN]
    if len(roles) > 1:
        text = differing(body, say("roles"))
    if Role.UNKNOWN in known:
        free = [r for r in _ROLES if r is not Role.COORDINATOR or coordinates]
        roles = list(dict.fromkeys([*roles, *free]))
    replies = [
        Reply(
            _ROLES[role],
            body.change("role", role.value, [p for p in body.taking_part if p.role != role]),
        )
        for role in roles
    ]
    return body_point(body, "role", text, ask, replies)


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
        "Does your organisation hold the Erasmus Charter for Higher Education ({place}), and "
        "under which PIC or Erasmus code?",
        place=place,
    )
    return body_point(body, "charter", text, ask, _yes_no(body, "charter"))


def _pact(body: Body) -> Point | None:
    if body.partner.pact is not Said.UNREAD:
        return None
    place = body.place("pact")
    text = say("Does {who} belong to the Pact for Skills ({place})?", who=body.who, place=place)
    ask = say("Does your organisation belong to the Pact for Skills ({place})?", place=place)
    return body_point(body, "pact", text, ask, _yes_no(body, "pact"))


def _yes_no(body: Body, verb: str) -> list[Reply]:
    return [Reply(_YES, body.change(verb, "yes")), Reply(_NO, body.change(verb, "no"))]
