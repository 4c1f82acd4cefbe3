"""From organisations to the problem of covering what a lot asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from alliance_check.advice.options import FRESH, Option, Organisation
from alliance_check.advice.solver.demands import demands
from alliance_check.advice.solver.gains import after, gain
from alliance_check.advice.solver.problem import ROLE, Layer, Missing, Problem
from alliance_check.model.call import Lot
from alliance_check.model.consortium import EDUCATION, HEI, LABOUR, VET


def problem_of(
    organisations: Sequence[Organisation], lot: Lot, *, can_lead: bool, asks_lead: bool
) -> Problem:
    """Return what is to be covered, after all that is settled has taken its place."""
    need = demands(lot)
    settled = [o.options[0] for o in organisations if o.settled]
    covered = frozenset(o.country for o in settled if o.counted) - {""}
    missing = Missing(
        need.partners,
        max(0, need.countries - len(covered)),
        *(need.labour, need.other_education, need.hei, need.vet),
    )
    layers = []
    for option in settled:
        if option.counted and len(list(_places(option))) > 1:
            layers.append(Layer((option,), first=True))
        elif option.counted:
            ((missing, _),) = after(missing, gain(option, covered), seen=False)
    layers += _layers([o.options for o in organisations if not o.settled], covered)
    return Problem(tuple(layers), missing, covered, ROLE if can_lead else None, asks_lead)


def _places(option: Option) -> Iterator[str]:
    """Yield the places among which an organisation has the choice."""
    if LABOUR in option.abilities:
        yield LABOUR
    if EDUCATION in option.abilities:
        kinds = [kind for kind in (HEI, VET) if kind in option.abilities]
        yield from kinds or [EDUCATION]


def _layers(
    organisations: Sequence[tuple[Option, ...]], covered: frozenset[str]
) -> Iterator[Layer]:
    """Yield the open organisations, those that may add the same country one after the other."""
    known = covered | {FRESH, ""}
    groups: dict[str, list[tuple[Option, ...]]] = {}
    for options in organisations:
        new = [o.country for o in options if o.counted and o.country not in known]
        own = new[0] if new else ""
        # Rows that differ may offer several countries; only the first is counted as new.
        kept = tuple(o._replace(country=own) if o.country in new else o for o in options)
        groups.setdefault(own, []).append(kept)
    for own in sorted(groups, key=lambda country: (_spread(groups[country]), country)):
        for number, options in enumerate(groups[own]):
            yield Layer(options, first=number == 0 or not own)


def _spread(group: Sequence[tuple[Option, ...]]) -> tuple[int, int]:
    """Return how wide the search opens at a group: what must be settled comes first."""
    free = sum(not options[0].changes for options in group)
    return free, sum(map(len, group))
