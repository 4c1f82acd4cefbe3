"""Every partner: role, country, presence, and a matrix of what each counts as."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from alliance_check.model.consortium import (
    Group,
    Partner,
    Presence,
    Role,
)
from alliance_check.model.message import Message, say
from alliance_check.model.report import Classification, Report
from alliance_check.reports.html.drawings import disc
from alliance_check.reports.html.elements import Frame, Inside, el, folded, row, table
from alliance_check.reports.open_cells import Owners
from alliance_check.reports.partner_words import GROUPS, PRESENCES, ROLES, called, kind_words
from alliance_check.vocabulary.countries import country

_MOST = 60
_COLUMNS: tuple[tuple[str, str, Message, Message], ...] = (
    ("partner", "minimum-partners", say("Full partner"), say("FP")),
    ("labour-market", "minimum-labour-market-actors", say("Labour market"), say("LM")),
    ("education", "minimum-education-providers", say("Education"), say("ED")),
    ("hei", "higher-education-partner", say("Higher education"), say("HEI")),
    ("vet", "vet-partner", say("Vocational"), say("VET")),
)
_DISCS = {"sure": say("counts"), "possible": say("may count"), "not": say("does not count")}


def partners_of(report: Report, frame: Frame) -> Element:
    """Return the table of the partners, its last row the sums that the minima use."""
    owners = Owners(report)
    pairs = zip(report.consortium.partners, report.classifications, strict=True)
    rows = [_partner(partner, classified, owners) for partner, classified in pairs]
    short = (
        el("span", el("span", whole, class_="whole"), el("abbr", letters, title=whole))
        for _, _, whole, letters in _COLUMNS
    )
    head: tuple[Inside, ...] = (
        say("Partner"),
        say("Role"),
        say("Country"),
        *short,
    )

    def shown(some: Sequence[Element]) -> Element:
        return table("partners", head, some, _sums(report) if some[-1] is rows[-1] else None)

    intro = say("What each of them counts as. The last row is the sum that the minima use.")
    parts = folded(rows, _MOST, shown) if rows else ()
    samples = (el("li", disc(kind, None), words) for kind, words in _DISCS.items())
    legend = el("ul", *samples, class_="legend")
    return frame.section("partners", say("Partners"), intro, *parts, legend)


def _partner(partner: Partner, classified: Classification, owners: Owners) -> Element:
    place = owners.address(partner.cells["name"]) if partner.row is not None else say("new")
    kinds = kind_words(partner.kinds) or say("type not read")
    below = el("small", el("span", place, class_="place"), " · ", kinds)
    who = [el("b", called(partner), dir="auto"), below]
    counts = (_disc(name, whole, classified) for name, _, whole, _ in _COLUMNS)
    return row(
        who,
        [*_role(partner)],
        [*_country(partner, classified)],
        *counts,
    )


def _role(partner: Partner) -> Iterator[Element]:
    unread = partner.role is Role.UNKNOWN
    yield el("span", ROLES[partner.role], class_="unread" if unread else None)
    if partner.same_as is not None:
        yield el("small", say("the same organisation as {cell}", cell=str(partner.same_as)))
    else:
        possible = partner.presence is Presence.POSSIBLE
        yield el("small", PRESENCES[partner.presence], class_="unread" if possible else None)


def _country(partner: Partner, classified: Classification) -> Iterator[Element]:
    if partner.country is None:
        yield el("span", GROUPS[Group.UNKNOWN], class_="unread")
        return
    yield el("span", country(partner.country))
    state = classified.counts_as_country
    group = GROUPS[classified.group]
    if state and state != partner.country:
        group = say("as {country}, {group}", country=country(state), group=group)
    yield el("small", group)


def _disc(name: str, whole: Message, classified: Classification) -> Element:
    if name == "partner":
        found = classified.as_partner
        kind = "sure" if found.low else "possible" if found.high else "not"
    elif name in classified.counts_as:
        kind = "sure"
    else:
        kind = "possible" if name in classified.may_count_as else "not"
    spoken = say("{what}: {counts}", what=whole, counts=_DISCS[kind])
    return disc(kind, spoken)


def _sums(report: Report) -> Element:
    counts = {f.rule: f.answer.count for f in report.findings}
    sums = (counts.get(rule) for _, rule, _, _ in _COLUMNS)
    return row(say("Counts"), "", "", *("" if n is None else el("b", str(n)) for n in sums))
