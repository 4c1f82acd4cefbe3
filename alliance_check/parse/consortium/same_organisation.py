"""Rows that are one organisation: the first stands for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from alliance_check.model.consortium import (
    Double,
    Partner,
    Presence,
    Role,
    Said,
)
from alliance_check.model.sheet import Cell
from alliance_check.rulebook import territories
from alliance_check.text.folding import fold
from alliance_check.vocabulary.types import functions_of
from alliance_check.vocabulary.words import is_placeholder

_SHORTEST = 3
_SHORT_FORM = 6
"""Up to so many letters a name may be the short form of any other."""
_SIMILAR = 0.5
_MOST_NAMES = 5
"""With how many names beside one PIC another is compared."""


class _Group(NamedTuple):
    """The rows of one organisation, and rows that may be its own or another's of that name."""

    own: tuple[int, ...]
    floating: tuple[int, ...] = ()


CityCell = tuple[Cell, str]
"""The cell of a city, and its name."""


def join_twins(
    partners: Sequence[Partner], cities: Sequence[CityCell | None]
) -> tuple[Partner, ...]:
    """Return the partners with every further row of an organisation pointing to its first.

    The same PIC or OID makes rows one organisation; where an id is missing, the same name and
    country do, and a row that fits several organisations counts for each of them. Where the rows
    differ in country, type or role, that value is unread and the organisation only possible; so it
    is where they differ in status.

    One name in two *cities*, or one PIC beside two names that have nothing in common, may be one
    organisation or two: each stays what its row says, and knows of the others.
    """
    named = [i for i, p in enumerate(partners) if p.name and not is_placeholder(p.name)]
    same = _Same()
    doubts = [
        *_link_ids(partners, named, same),
        *_other_cities(partners, named, cities, same),
    ]
    apart = {doubt.row: doubt.city for doubt in doubts if doubt.city}
    joined = list(partners)
    heads: dict[int, int] = {}
    for group in _groups(partners, named, same, apart):
        first, *others = sorted(group.own, key=lambda i: partners[i].presence is Presence.DECLINED)
        heads.update(dict.fromkeys(group.own, first))
        others += group.floating
        joined[first] = _merged([partners[index] for index in (first, *others)])
        for other in others:
            if joined[other].same_as is None:
                joined[other] = replace(partners[other], same_as=partners[first].cells["name"])
    _note_doubles(joined, heads, doubts)
    return tuple(joined)


class _PerhapsSame(NamedTuple):
    """Two rows that may be one organisation, and the cell of each that says so.

    *city* is the folded city of the first, where the cities say it.
    """

    row: int
    other: int
    cells: tuple[Cell, Cell]
    city: str = ""


def _link_ids(
    partners: Sequence[Partner], named: Sequence[int], same: _Same
) -> Iterator[_PerhapsSame]:
    """Link the rows of one OID or PIC, and yield those of a PIC whose names are nothing alike."""
    oids: dict[str, int] = {}
    pics: dict[str, list[int]] = defaultdict(list)
    for row in named:
        partner = partners[row]
        if partner.oid:
            same.link(oids.setdefault(partner.oid, row), row)
        holders = pics[partner.pic] if partner.pic else []
        some = holders[:_MOST_NAMES]
        like = [h for h in some if _alike(partners[h].name, partner.name)]
        if like:
            same.link(like[0], row)
        elif holders and row not in same.rows(holders[0]):
            yield _PerhapsSame(
                row, holders[0], (partner.cell("pic"), partners[holders[0]].cell("pic"))
            )
        if partner.pic and not like:
            holders.append(row)


def _other_cities(
    partners: Sequence[Partner],
    named: Sequence[int],
    cities: Sequence[CityCell | None],
    same: _Same,
) -> Iterator[_PerhapsSame]:
    """Yield the rows of one name and country in another city than the first that has one."""
    first: dict[tuple[str, str | None], tuple[int, CityCell]] = {}
    for row in named:
        place = cities[row]
        if place is None:
            continue
        name = (fold(partners[row].name), _state(partners[row]))
        there, (cell, city) = first.setdefault(name, (row, place))
        one, two = partners[row], partners[there]
        differ = any(a and b and a != b for a, b in ((one.pic, two.pic), (one.oid, two.oid)))
        own = fold(place[1])
        if own != fold(city) and row not in same.rows(there) and not differ:
            yield _PerhapsSame(row, there, (place[0], cell), own)


def _note_doubles(
    joined: list[Partner], heads: Mapping[int, int], doubts: Sequence[_PerhapsSame]
) -> None:
    """Let each organisation know of those that may be the same one."""
    linked = _Same()
    said: dict[int, Cell] = {}
    for doubt in doubts:
        for row, cell in zip((doubt.row, doubt.other), doubt.cells, strict=True):
            said.setdefault(heads.get(row, row), cell)
        linked.link(*(heads.get(row, row) for row in (doubt.row, doubt.other)))
    for head in said:
        if joined[head].double is None:
            members = sorted(linked.rows(head))
            names = tuple(joined[member].cells["name"] for member in members)
            for member in members:
                other = members[0] if member != members[0] else members[1]
                double = Double(names, (said[member], said[other]))
                joined[member] = replace(joined[member], double=double)


def _alike(one: str, other: str) -> bool:
    """Say whether two names may be those of one organisation, as a translation or short form is.

    >>> _alike("Universität Wien", "University of Vienna"), _alike("NTNU", "Norges tekn. univ.")
    (True, True)
    >>> _alike("Nokia Oyj", "Camera Valle")
    False
    """
    first, second = fold(one), fold(other)
    words = [{word for word in name.split() if len(word) > _SHORTEST} for name in (first, second)]
    if not words[0].isdisjoint(words[1]) or min(len(first), len(second)) <= _SHORT_FORM:
        return True
    from difflib import SequenceMatcher  # rarely needed: only where a PIC stands twice

    return SequenceMatcher(None, first, second).ratio() > _SIMILAR


def _state(partner: Partner) -> str | None:
    country = partner.country
    return None if country is None else territories().get(country, country)


def _groups(
    partners: Sequence[Partner], named: Sequence[int], same: _Same, apart: Mapping[int, str]
) -> list[_Group]:
    """Return the rows of each organisation that has more than one, in the order of the sheet.

    *apart* are the cities of rows that are joined only with those of their name and city.
    """
    firsts: dict[tuple[str, str | None, str], int] = {}
    namesakes: dict[int, list[int]] = {}
    for row in named:
        key = (fold(partners[row].name), _state(partners[row]), apart.get(row, ""))
        first = firsts.setdefault(key, row)
        if first != row:
            namesakes.setdefault(first, [first]).append(row)
    floating: dict[int, list[int]] = defaultdict(list)
    for rows in namesakes.values():
        for row, fits in _namesakes(partners, rows, same):
            for anchor in fits:
                floating[min(same.rows(anchor))].append(row)
    found = sorted({tuple(sorted(same.rows(index))) for index in (*same.linked(), *floating)})
    groups = [_Group(own, tuple(sorted({*floating[own[0]]} - {*own}))) for own in found]
    return [group for group in groups if len(group.own) + len(group.floating) > 1]


class _Same:
    """Which rows are known to be one organisation; of most rows nothing is kept."""

    def __init__(self) -> None:
        self._groups: dict[int, set[int]] = {}

    def link(self, one: int, other: int) -> None:
        less, more = sorted((self.rows(one), self.rows(other)), key=len)
        if one != other and less is not more:
            more |= less
            for row in (*less, one, other):
                self._groups[row] = more

    def rows(self, one: int) -> set[int]:
        return self._groups.get(one) or {one}

    def linked(self) -> Iterable[int]:
        """Return the rows that belong to one with others."""
        return self._groups


def _namesakes(
    partners: Sequence[Partner], rows: Sequence[int], same: _Same
) -> list[tuple[int, list[int]]]:
    """Link rows of one name and country, unless their ids say that they are several.

    Returns the rows that fit more than one of those, each with a row of all that it fits. What is
    linked does not hang on the order of the rows.
    """

    def codes(identifier: str, *of: int) -> set[str]:
        members = (member for row in of for member in same.rows(row))
        return {getattr(partners[member], identifier) for member in members} - {""}

    def agree(*of: int) -> bool:
        return len(codes("pic", *of)) < 2 and len(codes("oid", *of)) < 2

    heads = list({min(same.rows(row)): row for row in rows}.values())
    if agree(*heads):
        for row in heads[1:]:
            same.link(heads[0], row)
        return []
    telling = "pic" if len(codes("pic", *heads)) > 1 else "oid"
    anchors = [row for row in heads if codes(telling, row)]
    fits = {row: [a for a in anchors if agree(a, row)] for row in heads if row not in anchors}
    for row, fitting in fits.items():
        if len(fitting) == 1:
            same.link(fitting[0], row)
    several = [(row, fitting) for row, fitting in fits.items() if len(fitting) > 1]
    return [(member, fitting) for row, fitting in several for member in same.rows(row)]


def _merged(rows: Sequence[Partner]) -> Partner:
    """Return the one organisation that these rows are; those that declined say nothing of it."""
    first = rows[0]
    telling = [row for row in rows if row.presence is not Presence.DECLINED] or rows
    countries = {_state(row) for row in telling}
    roles = {row.role for row in telling}
    kinds = {frozenset(row.kinds) for row in telling}
    functions = {row.functions for row in telling}
    differs = max(len(countries), len(roles), len(kinds), len(functions)) > 1
    same = len({row.presence for row in rows}) == 1
    unsure = not same or (differs and first.presence is Presence.CONFIRMED)
    return replace(
        first,
        country=_country({row.country for row in telling}) if len(countries) == 1 else None,
        role=first.role if len(roles) == 1 else Role.UNKNOWN,
        kinds=first.kinds if len(kinds) == 1 else (),
        functions=first.functions if len(functions) == 1 else functions_of(()),
        presence=Presence.POSSIBLE if unsure else first.presence,
        doubt=next((row.doubt for row in rows if row.doubt is not None), None),
        charter=_said([row.charter for row in telling]),
        pact=_said([row.pact for row in telling]),
        overruled=frozenset().union(*(row.overruled for row in telling)),
        pic=min({row.pic for row in rows} - {""}, default=""),
        oid=min({row.oid for row in rows} - {""}, default=""),
        open=tuple(dict.fromkeys(text for row in rows for text in row.open)),
        twin_differs=differs,
    )


def _country(countries: set[str | None]) -> str | None:
    """Return the country of rows in one Member State: the territory, which may be asked about."""
    named = sorted(code for code in countries if code is not None)
    return next((code for code in named if code in territories()), next(iter(named), None))


def _said(answers: Sequence[Said]) -> Said:
    """Return what several cells say together; a yes beside a no says nothing."""
    given = {answer for answer in answers if answer is not Said.BLANK}
    if len(given) == 1:
        return given.pop()
    return Said.UNREAD if given else Said.BLANK
