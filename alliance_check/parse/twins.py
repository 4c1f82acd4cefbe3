"""Rows that are one organisation: the first stands for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from alliance_check.folding import fold
from alliance_check.model import Partner, Presence, Role, Said
from alliance_check.organisations import functions_of
from alliance_check.vocabulary import is_placeholder

TERRITORIES = dict.fromkeys(
    ("BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "TF", "WF", "YT"), "FR"
)
TERRITORIES |= dict.fromkeys(("AW", "BQ", "CW", "SX"), "NL")
TERRITORIES |= {"GL": "DK", "AX": "FI", "SJ": "NO"}
"""The Member State of each territory, as every rulebook has it: one organisation may be listed
under either."""


def join_twins(partners: Sequence[Partner]) -> tuple[Partner, ...]:
    """Return the partners with every further row of an organisation pointing to its first.

    The same PIC or OID makes rows one organisation; where an id is missing, the same name and
    country do. Where the rows differ in country, type or role, that value is unread and the
    organisation only possible; so it is where they differ in status.
    """
    joined = list(partners)
    for group in _groups(partners):
        first, *others = sorted(group, key=lambda i: partners[i].presence is Presence.DECLINED)
        joined[first] = _merged([partners[index] for index in (first, *others)])
        for other in others:
            joined[other] = replace(partners[other], same_as=partners[first].cells["name"])
    return tuple(joined)


def _state(partner: Partner) -> str | None:
    country = partner.country
    return None if country is None else TERRITORIES.get(country, country)


def _groups(partners: Sequence[Partner]) -> list[list[int]]:
    """Return the rows of each organisation that has more than one, in the order of the sheet."""
    named = [i for i, p in enumerate(partners) if p.name and not is_placeholder(p.name)]
    groups = {index: {index} for index in named}

    def link(one: int, other: int) -> None:
        whole = groups[one] | groups[other]
        for index in whole:
            groups[index] = whole

    for identifier in ("pic", "oid"):
        known: dict[str, int] = {}
        for index in named:
            code = getattr(partners[index], identifier)
            if code:
                link(known.setdefault(code, index), index)
    _link_namesakes(partners, named, groups, link)
    found = {min(group): sorted(group) for group in groups.values()}
    return [found[first] for first in sorted(found) if len(found[first]) > 1]


def _link_namesakes(
    partners: Sequence[Partner],
    named: Sequence[int],
    groups: Mapping[int, set[int]],
    link: Callable[[int, int], None],
) -> None:
    """Link rows of one name and country, unless their ids say that they are two."""
    known: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    for index in named:
        namesakes = known[(fold(partners[index].name), _state(partners[index]))]
        for other in namesakes:
            both = [partners[i] for i in groups[index] | groups[other]]
            if len({p.pic for p in both} - {""}) < 2 and len({p.oid for p in both} - {""}) < 2:
                link(other, index)
                break
        else:
            namesakes.append(index)


def _merged(rows: Sequence[Partner]) -> Partner:
    """Return the one organisation that these rows are; those that declined say nothing of it."""
    first = rows[0]
    telling = [row for row in rows if row.presence is not Presence.DECLINED] or rows
    countries = {_state(row) for row in telling}
    roles = {row.role for row in telling}
    types = {(frozenset(row.kinds), row.functions) for row in telling}
    differs = len(countries) > 1 or len(roles) > 1 or len(types) > 1
    same = len({row.presence for row in rows}) == 1
    unsure = not same or (differs and first.presence is Presence.CONFIRMED)
    return replace(
        first,
        country=first.country if len(countries) == 1 else None,
        role=first.role if len(roles) == 1 else Role.UNKNOWN,
        kinds=first.kinds if len(types) == 1 else (),
        functions=first.functions if len(types) == 1 else functions_of(()),
        presence=Presence.POSSIBLE if unsure else first.presence,
        charter=_said([row.charter for row in telling]),
        pact=_said([row.pact for row in telling]),
        pic=next((row.pic for row in rows if row.pic), ""),
        oid=next((row.oid for row in rows if row.oid), ""),
        twin_differs=differs,
    )


def _said(answers: Sequence[Said]) -> Said:
    """Return what several cells say together; a yes beside a no says nothing."""
    given = {answer for answer in answers if answer is not Said.BLANK}
    if len(given) == 1:
        return given.pop()
    return Said.UNREAD if given else Said.BLANK
