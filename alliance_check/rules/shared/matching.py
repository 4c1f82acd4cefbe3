"""Dealing the organisations out to the two groups, so that all minima hold.

Each organisation goes to the labour market actors or to the education providers, never to both.
Only what an organisation can be matters, so organisations are counted by what they can be and the
answer is exact, however many there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import IntEnum
from itertools import product
from typing import NamedTuple

from alliance_check.model.consortium import EDUCATION, HEI, LABOUR, VET

# An education provider by its kinds: (is a university, is a vocational provider).
_Kinds = Counter[tuple[bool, bool]]
_UNIVERSITY, _VOCATIONAL, _BOTH = (True, False), (False, True), (True, True)


class Needs(NamedTuple):
    """The minima of the two groups, and of the two kinds within the second."""

    labour: int
    education: int
    hei: int
    vet: int


class Fit(IntEnum):
    """How well the minima can be met at once."""

    NONE = 0
    ONE_BODY_AS_BOTH = 1
    CLEAN = 2


def best_fit(abilities: Iterable[frozenset[str]], needs: Needs) -> Fit:
    """Return the best way to meet the needs with these organisations.

    >>> school, firm = frozenset({"education", "vet"}), frozenset({"labour-market"})
    >>> both = frozenset({"education", "hei", "vet"})
    >>> best_fit([firm, school, both], Needs(1, 2, 1, 1)).name
    'CLEAN'
    >>> best_fit([firm, both], Needs(1, 1, 1, 1)).name
    'ONE_BODY_AS_BOTH'
    >>> best_fit([firm, school], Needs(1, 1, 1, 1)).name
    'NONE'
    """
    everyone = list(abilities)
    only_labour = sum(LABOUR in a and EDUCATION not in a for a in everyone)
    teachers = [a for a in everyone if EDUCATION in a]
    fixed: _Kinds = Counter((HEI in a, VET in a) for a in teachers if LABOUR not in a)
    either: _Kinds = Counter((HEI in a, VET in a) for a in teachers if LABOUR in a)
    best = Fit.NONE
    for drawn in _draws(either, needs):
        group = fixed + drawn
        fit = _kinds_fit(group, needs)
        left = either.total() - drawn.total() - max(0, needs.education - group.total())
        if left >= 0 and only_labour + left >= needs.labour:
            best = max(best, fit)
    return best


def _draws(either: _Kinds, needs: Needs) -> Iterable[_Kinds]:
    """Return the choices of bodies, fit for both groups, that supply the two kinds."""
    most = {_UNIVERSITY: needs.hei, _VOCATIONAL: needs.vet, _BOTH: needs.hei + needs.vet}
    ranges = (range(min(either[kinds], n) + 1) for kinds, n in most.items())
    return (Counter(dict(zip(most, numbers, strict=True))) for numbers in product(*ranges))


def _kinds_fit(group: _Kinds, needs: Needs) -> Fit:
    both = group[_BOTH]
    if group[_UNIVERSITY] + both < needs.hei or group[_VOCATIONAL] + both < needs.vet:
        return Fit.NONE
    suppliers = group[_UNIVERSITY] + group[_VOCATIONAL] + both
    return Fit.CLEAN if suppliers >= needs.hei + needs.vet else Fit.ONE_BODY_AS_BOTH
