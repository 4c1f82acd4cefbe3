"""The problem that the search solves: what is missing, and who could supply it.

This is what the search knows of the rules on the minima. It only proposes: every set of changes is
judged by the rules themselves before it is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, cycle
from typing import NamedTuple

from alliance_check.advice.changes import Change
from alliance_check.advice.fields import CHANGE
from alliance_check.advice.options import Option, Organisation
from alliance_check.model.call import Call, Lot
from alliance_check.model.consortium import (
    EDUCATION,
    HEI,
    LABOUR,
    VET,
    Consortium,
)
from alliance_check.rules.shared.minima import Minima, minima


def places(abilities: frozenset[str]) -> tuple[str, ...]:
    """Return the fields of ``Minima`` that an organisation can fill, of which it fills one.

    A place that only one kind can fill goes before one that any education provider can fill.
    """
    found = ["labour"] if LABOUR in abilities else []
    if EDUCATION in abilities:
        kinds = [name for name, kind in (("hei", HEI), ("vet", VET)) if kind in abilities]
        found += kinds or ["education"]
    return tuple(found)


def without_one(missing: Minima, abilities: frozenset[str], *, country: bool) -> list[Minima]:
    """Return what is still missing after one more organisation, for each place that it can fill.

    *country* says whether it brings a country.
    """
    left = missing._replace(
        partners=max(0, missing.partners - 1), countries=max(0, missing.countries - country)
    )
    return list(_filled(left, abilities)) or [left]


def _filled(left: Minima, abilities: frozenset[str]) -> Iterator[Minima]:
    open_places = [place for place in places(abilities) if getattr(left, place)]
    if EDUCATION in abilities and left.education and not {"hei", "vet"}.intersection(open_places):
        open_places = [*(place for place in open_places if place == "labour"), "education"]
    for place in open_places:
        yield left._replace(**{place: getattr(left, place) - 1})


class Layer(NamedTuple):
    """The options of one organisation; *first* when none before it offers the same country."""

    options: tuple[Option, ...]
    first: bool


class SearchProblem(NamedTuple):
    """What is missing and who can supply it; *lead* is the cost of a new coordinator."""

    layers: tuple[Layer, ...]
    missing: Minima
    covered: frozenset[str]
    lead: int | None
    needs_lead: bool

    @property
    def leaderless(self) -> bool:
        """Whether a coordinator is needed and nobody could become it."""
        able = any(option.coordinates for layer in self.layers for option in layer.options)
        return self.needs_lead and self.lead is None and not able


def problem_of(
    organisations: Sequence[Organisation], lot: Lot, *, can_lead: bool, needs_lead: bool
) -> SearchProblem:
    """State the problem that is left once everything settled has taken its place."""
    need = minima(lot)
    settled = [o.options[0] for o in organisations if o.settled]
    covered = frozenset(o.country for o in settled if o.counted) - {""}
    # Of the education providers, those that the two kinds bring are needed only once.
    missing = need._replace(
        countries=max(0, need.countries - len(covered)), education=need.other_education
    )
    layers = []
    for option in settled:
        if option.counted and len(places(option.abilities)) > 1:
            layers.append(Layer((option,), first=True))
        elif option.counted:
            (missing,) = without_one(missing, option.abilities, country=False)
    layers += _layers([o.options for o in organisations if not o.settled], covered)
    return SearchProblem(tuple(layers), missing, covered, CHANGE if can_lead else None, needs_lead)


def _layers(
    organisations: Sequence[tuple[Option, ...]], covered: frozenset[str]
) -> Iterator[Layer]:
    """Yield the open organisations; those that may add the same country follow one another."""
    known = {*covered, ""}
    groups: dict[str, list[tuple[Option, ...]]] = {}
    for options in organisations:
        new = [o.country for o in options if o.counted and o.country not in known]
        own = new[0] if new else ""
        # One organisation may offer several countries; only the first is counted as new.
        kept = tuple(o._replace(country=own) if o.country in new else o for o in options)
        groups.setdefault(own, []).append(kept)

    def width(own: str) -> tuple[int, int, str]:
        # The search opens widest where most is free to choose: what must be settled comes first.
        group = groups[own]
        free = sum(not options[0].changes for options in group)
        return free, sum(map(len, group)), own

    for own in sorted(groups, key=width):
        for number, options in enumerate(groups[own]):
            yield Layer(options, first=number == 0 or not own)


def new_partners(
    missing: Minima, consortium: Consortium, call: Call, counted: set[str]
) -> Iterator[Change]:
    """Yield the new partners that bring what is missing, each from another country.

    Countries that nobody in the sheet is from come first, then those that do not count yet.
    """
    present = {call.state(p.country) for p in consortium.partners if p.same_as is None}
    everyone = [*sorted(call.member_states), *sorted(call.associated)]
    new = [code for code in everyone if code not in present]
    idle = [code for code in everyone if code in present - counted]
    what = [HEI] * missing.hei + [VET] * missing.vet + [LABOUR] * missing.labour
    what += [VET] * missing.education
    what += [LABOUR] * (missing.organisations - len(what))
    for country, function in zip(chain(new, idle, cycle(everyone)), what, strict=False):
        yield Change("add", None, f"{country}:{function}")
