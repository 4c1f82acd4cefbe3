"""What one way of an organisation brings towards what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from alliance_check.advice.options import FRESH, Option
from alliance_check.advice.solver.problem import Missing
from alliance_check.model.consortium import EDUCATION, HEI, LABOUR, VET


class Gain(NamedTuple):
    """Whether a way counts, whether its country is new to all or may be, and its functions."""

    counted: bool = False
    fresh: bool = False
    """Whether it brings a country of its own."""
    new: bool = False
    """Whether it brings a country, if none of that country came before it."""
    abilities: frozenset[str] = frozenset()


def gain(option: Option, covered: frozenset[str]) -> Gain:
    """Return what a way brings beside the countries that are *covered*."""
    if not option.counted:
        return Gain()
    fresh = option.country == FRESH
    new = not fresh and option.country not in {*covered, ""}
    return Gain(True, fresh, new, option.abilities)  # noqa: FBT003 - the first field


def after(missing: Missing, gained: Gain, *, seen: bool) -> tuple[tuple[Missing, bool], ...]:
    """Return what may be missing after a way, and whether its country has been seen now.

    *seen* says whether the country of the organisation has been seen before.
    """
    if not gained.counted:
        return ((missing, seen),)
    country = gained.fresh or (gained.new and not seen)
    left = missing._replace(
        partners=max(0, missing.partners - 1), countries=max(0, missing.countries - country)
    )
    served = tuple(_served(left, gained.abilities)) or (left,)
    return tuple((one, seen or gained.new) for one in served)


def _served(left: Missing, abilities: frozenset[str]) -> Iterator[Missing]:
    """Yield what is missing after the organisation took each place that it can fill.

    A place that only one kind can fill goes first: whoever comes later can fill the other.
    """
    if LABOUR in abilities and left.labour:
        yield left._replace(labour=left.labour - 1)
    if EDUCATION not in abilities:
        return
    hei, vet = HEI in abilities and left.hei, VET in abilities and left.vet
    if hei:
        yield left._replace(hei=left.hei - 1)
    if vet:
        yield left._replace(vet=left.vet - 1)
    if not hei and not vet and left.education:
        yield left._replace(education=left.education - 1)
