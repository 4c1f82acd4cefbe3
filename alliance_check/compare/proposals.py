"""What several proposals say of one another: contradictions on one organisation, twin consortia.

Everything here is worth a look and changes no verdict. The cost grows with the number of partners,
not with the number of pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from alliance_check.model.call import Call
from alliance_check.model.consortium import (
    Partner,
    Presence,
    Role,
)
from alliance_check.model.message import Message, Value, either, listed, say
from alliance_check.model.report import FilePlace, Observation, Report
from alliance_check.text.folding import fold
from alliance_check.vocabulary.countries import country as country_term
from alliance_check.vocabulary.kinds import kind_label
from alliance_check.vocabulary.words import is_placeholder

_MOST_PROPOSALS = 10
"""How many organisations are named with the number of their proposals."""
_MOST_DIFFERENT = 2
_FEWEST = 5
"""Of how many organisations one may differ in consortia that are nearly the same."""


class _Member(NamedTuple):
    """An organisation in one proposal; ``key`` is the same wherever it takes part."""

    key: str
    partner: Partner
    report: Report

    def place(self, field: str = "name") -> FilePlace:
        return FilePlace(self.report.name, self.partner.cell(field))


def across(reports: Sequence[Report]) -> tuple[Observation, ...]:
    """Return what the reports of several proposals say together, as cautions.

    A proposal that was judged under several lots is taken once.
    """
    proposals = {report.name: report for report in reports}
    if len(proposals) < 2:
        return ()
    seen = _organisations(list(proposals.values()))
    return (*_contradictions(seen), *_near_twins(reports, seen), *_busiest(seen))


def _organisations(reports: Sequence[Report]) -> list[_Member]:
    """Return every named organisation of every proposal, those that declined left out.

    One without an id is the one of the same name and country, where only one id has those.
    """
    named = [
        (partner, report)
        for report in reports
        for partner in report.consortium.partners
        if partner.name and not is_placeholder(partner.name)
        if partner.same_as is None and partner.presence is not Presence.DECLINED
    ]
    ids: dict[str, set[str]] = defaultdict(set)
    for partner, report in named:
        ids[_name_key(partner, report)] |= {_id_key(partner)} - {""}
    members = []
    for partner, report in named:
        name = _name_key(partner, report)
        of_name = next(iter(ids[name])) if len(ids[name]) == 1 else name
        members.append(_Member(_id_key(partner) or of_name, partner, report))
    return members


def _name_key(partner: Partner, report: Report) -> str:
    return f"name {report.call.state(partner.country)} {fold(partner.name)}"


def _id_key(partner: Partner) -> str:
    if partner.pic:
        return f"PIC {partner.pic}"
    return f"OID {partner.oid}" if partner.oid else ""


def _contradictions(seen: Sequence[_Member]) -> Iterator[Observation]:
    """Yield each PIC that has another country, type or name in another file."""
    found: dict[str, list[_Member]] = defaultdict(list)
    for one in seen:
        if one.partner.pic:
            found[one.partner.pic].append(one)
    for pic, members in found.items():
        for field, said in _FIELDS.items():
            first: dict[str, _Member] = {}
            for one in members:
                value = said(one)
                if value:
                    first.setdefault(value, one)
            if len({one.report.name for one in first.values()}) > 1:
                yield _contradiction(pic, field, list(first.values()))


def _contradiction(pic: str, field: str, members: Sequence[_Member]) -> Observation:
    values = listed((_SHOWN[field](one) for one in members), 4)
    if field == "country":
        message = say("PIC {pic} has another country in another file: {v}", pic=pic, v=values)
    elif field == "type":
        message = say("PIC {pic} has another type in another file: {v}", pic=pic, v=values)
    else:
        message = say("PIC {pic} has another name in another file: {v}", pic=pic, v=values)
    return Observation(f"another-{field}", message, tuple(one.place(field) for one in members))


_FIELDS: Mapping[str, Callable[[_Member], str]] = {
    "country": lambda one: one.report.call.state(one.partner.country) or "",
    "type": lambda one: " ".join(sorted(one.partner.kinds)),
    "name": lambda one: fold(one.partner.name),
}
_SHOWN: Mapping[str, Callable[[_Member], Value]] = {
    "country": lambda one: country_term(one.partner.country or ""),
    "type": lambda one: either(Message(kind_label(kind)) for kind in one.partner.kinds),
    "name": lambda one: f'"{one.partner.name}"',
}


def _near_twins(reports: Sequence[Report], seen: Sequence[_Member]) -> Iterator[Observation]:
    """Yield the groups of proposals of one lot that have nearly all organisations in common."""
    members: dict[str, set[str]] = defaultdict(set)
    for one in seen:
        members[one.report.name].add(one.key)
    lots: dict[tuple[str, int], list[str]] = defaultdict(list)
    for report in reports:
        lots[report.call.id, report.lot.number].append(report.name)
    calls = {report.call.id: report.call for report in reports}
    found: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for (call, lot), names in lots.items():
        sets = {name: frozenset(members[name]) for name in names}
        for group in _alike(sets):
            found[call, group].append(lot)
    for (call, group), numbers in found.items():
        yield Observation(
            "near-twins", _twin_words(calls[call], group, numbers), tuple(map(FilePlace, group))
        )


def _twin_words(call: Call, group: Sequence[str], lots: Sequence[int]) -> Message:
    words = say(
        "{number} proposals in Lot {lots} of call {call} have nearly the same partners; "
        "of near-identical proposals only one is evaluated",
        number=len(group),
        lots=listed(sorted(lots)),
        call=call.id,
    )
    if not call.near_identical:
        return words
    source, page = Message(call.guide.title), call.near_identical
    return say("{sentence}, {source} p. {page}", sentence=words, source=source, page=page)


def _alike(sets: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, ...]]:
    """Group sets that differ from the first of their group in very few members.

    Two sets that differ in at most two members become equal when the right two are taken out of
    each; so each set is looked up under what remains of it without any two.
    """
    order = {name: number for number, name in enumerate(sets)}
    first: dict[int, str] = {}
    groups: dict[str, list[str]] = {}
    for name, whole in sets.items():
        traces = _traces(whole) if len(whole) > 1 else []
        known = {first[trace] for trace in traces if trace in first}
        like = [other for other in known if _near(whole, sets[other])]
        if like:
            groups[min(like, key=order.__getitem__)].append(name)
            continue
        groups[name] = [name]
        for trace in traces:
            first.setdefault(trace, name)
    yield from (tuple(group) for group in groups.values() if len(group) > 1)


def _allowed(size: int) -> int:
    return min(size // _FEWEST, _MOST_DIFFERENT)


def _near(one: frozenset[str], other: frozenset[str]) -> bool:
    most = _allowed(min(len(one), len(other)))
    return len(one - other) <= most and len(other - one) <= most


def _traces(whole: frozenset[str]) -> list[int]:
    """Return a number for the set without any members that another one may lack."""
    hashes = [hash(member) for member in whole]
    total = sum(hashes)
    return [
        total - sum(left_out)
        for count in range(_allowed(len(whole)) + 1)
        for left_out in combinations(hashes, count)
    ]


def _busiest(seen: Sequence[_Member]) -> Iterator[Observation]:
    """Yield the organisations in most proposals, with how many those are."""
    found: dict[str, dict[str, _Member]] = defaultdict(dict)
    for one in seen:
        found[one.key].setdefault(one.report.name, one)
    several = [list(members.values()) for members in found.values() if len(members) > 1]
    several.sort(key=lambda members: (-len(members), fold(members[0].partner.name)))
    for members in several[:_MOST_PROPOSALS]:
        yield Observation("proposals", _proposals(members), tuple(one.place() for one in members))
    if len(several) > _MOST_PROPOSALS:
        left = len(several) - _MOST_PROPOSALS
        more = say("{number} more organisations take part in more than one proposal", number=left)
        yield Observation("proposals", more, ())


def _proposals(members: Sequence[_Member]) -> Message:
    leading = sum(one.partner.role is Role.COORDINATOR for one in members)
    name, number = members[0].partner.name, len(members)
    if not leading:
        return say("{name} takes part in {number} proposals", name=name, number=number)
    return say(
        "{name} takes part in {number} proposals, in {leading} as coordinator",
        name=name,
        number=number,
        leading=leading,
    )
