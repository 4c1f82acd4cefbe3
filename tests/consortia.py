"""Consortia for the tests of advice, and a second judge of what the cheapest repair costs.

The judge shares nothing with the search: it tries every way for every row and counts.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from alliance_check import rulebook
from alliance_check.advice.changes import read_change
from alliance_check.advice.repair import advise
from alliance_check.advice.what_if import apply
from alliance_check.evaluate import evaluate, verdict
from alliance_check.model.call import Call, Lot
from alliance_check.model.outcome import Verdict
from alliance_check.model.report import Advice
from alliance_check.parse import Dictionary, Given, find_table
from alliance_check.parse.consortium.draft import Basis, basis_of, finished
from alliance_check.parse.table.labels import labelled
from alliance_check.parse.table.rows import sort_rows
from alliance_check.readers import read

HEADER = "Name,Country,Type,Role,Status"
COUNTRIES = {"DE": "Germany", "FR": "France", "RU": "Russia", "CH": "Switzerland", "?": "Germny"}
KINDS = {"L": "SME", "H": "University", "V": "VET provider", "N": "NGO", "R": "Research institute"}
KINDS |= {"?": "xqq"}
ROLES = {"f": "Full partner", "c": "Coordinator", "a": "Associated partner", "?": "qxx"}
STATUS = {"+": "confirmed", "-": "reserve"}
COUNTED = sorted("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT".split())


class Row(NamedTuple):
    """A partner by the keys of the tables above; any other country stands for itself."""

    country: str
    kind: str
    role: str = "f"
    status: str = "+"


class Way(NamedTuple):
    """What can become of a row: the cost, and what it brings."""

    cost: int
    country: str = ""
    function: str = ""
    leads: bool = False


def chance_of(seed: object) -> random.Random:
    """Return chances that are the same in every run."""
    return random.Random(str(seed))  # noqa: S311 - nothing is to be kept secret


def row(text: str) -> Row:
    """Return the row that four words mean, such as "DE H c +"."""
    return Row(*text.split())


def csv(rows: Iterable[Row]) -> str:
    """Return the rows as a partner sheet; the first stands in row 2."""
    lines = [
        f"Org {number},{COUNTRIES.get(r.country, r.country)},{KINDS[r.kind]},"
        f"{ROLES[r.role]},{STATUS[r.status]}"
        for number, r in enumerate(rows)
    ]
    return "\n".join([HEADER, *lines])


def basis(text: str, given: Given | None = None) -> Basis:
    """Return what a sheet is made of."""
    book = read(text.encode(), "p.csv")
    table = find_table(book, None, Dictionary())
    return basis_of(table, sort_rows(table), labelled(book, table), given or Given())


def lot_of(call: str, lot: str) -> tuple[Call, Lot]:
    """Return a call and one of its lots."""
    found = rulebook.load_call(call)
    return found, rulebook.find_lot(found, lot)


def small() -> tuple[Call, Lot]:
    """Return a lot that asks for 2 countries, 4 partners, 1 and 1, and for no university."""
    call, lot = lot_of("2023", "innovation")
    numbers = {
        "minimum-countries": 2,
        "minimum-partners": 4,
        "minimum-labour-market-actors": 1,
        "minimum-education-providers": 1,
    }
    clauses = {
        rule: replace(clause, value=numbers.get(rule, clause.value))
        for rule, clause in lot.clauses.items()
        if rule not in {"higher-education-partner", "vet-partner"}
    }
    return call, replace(lot, clauses=clauses)


def advice_on(text: str, call: str = "2023", lot: str = "innovation") -> Advice:
    """Return the advice on a sheet."""
    return advise(basis(text), *lot_of(call, lot))


def replayed(made: Basis, changes: Iterable[str], call: Call, lot: Lot) -> Verdict:
    """Return the verdict on what changes, as they are printed, make of a consortium."""
    after = apply(made, [read_change(text) for text in changes])
    return verdict(evaluate(finished(after).consortium, call, lot))


def cheapest(rows: Sequence[Row], need: tuple[int, int, int, int, int, int]) -> float:
    """Return what the cheapest repair costs, by trying every way of every row.

    *need* are countries, partners, labour market actors, education providers, universities and
    vocational providers.
    """
    best = math.inf
    lone = _lone_university(rows, need)
    for ways in itertools.product(*(_cheapest_ways(r, also_vet=lone) for r in rows)):
        cost = sum(way.cost for way in ways)
        leads = sum(way.leads for way in ways)
        if leads == 1 and cost < best:
            best = min(best, cost + 4 * _missing(ways, need))
    return best


def _lone_university(rows: Sequence[Row], need: tuple[int, int, int, int, int, int]) -> bool:
    """Say whether only a university could turn out to be the vocational provider."""
    return need[5] > 0 and not any(r.kind in "V?" for r in rows)


def _missing(ways: Sequence[Way], need: tuple[int, int, int, int, int, int]) -> int:
    """Return how many new partners would bring all that is missing."""
    counted = [way for way in ways if way.country]
    named = {way.country for way in counted} - {"new"}
    fresh = sum(way.country == "new" for way in counted)
    labour, hei, vet = (sum(way.function == f for way in counted) for f in "LHV")
    kinds = max(0, need[4] - hei) + max(0, need[5] - vet)
    teach = max(kinds, need[3] - hei - vet)
    functions = max(0, need[2] - labour) + max(0, teach)
    return max(0, need[0] - len(named) - fresh, need[1] - len(counted), functions)


def _cheapest_ways(r: Row, *, also_vet: bool) -> Collection[Way]:
    """Return the cheapest of the ways that bring the same."""
    dearest_first = sorted(_ways(r, also_vet=also_vet), reverse=True)
    return {way[1:]: way for way in dearest_first}.values()


def _ways(r: Row, *, also_vet: bool) -> Iterator[Way]:
    """Yield every way that the rules on single partners allow, with what it costs."""
    light = False
    for after, way in _allowed_ways(r, also_vet=also_vet):
        light = light or r.role in {after.role, "?"}
        yield way
    if not light:
        yield Way(3)


def _combinations(r: Row, *, also_vet: bool) -> Iterator[tuple[int, str, str, str, str]]:
    countries = [(0, r.country), (1, "DE")] if r.country == "?" else [(0, r.country)]
    kinds = {"?": [(0, "?"), *((1, k) for k in "LHV")], "N": [(0, "N"), (1, "L")]}
    kinds["H"] = [(0, "H"), *([(3, "V")] if also_vet else [])]
    price = 1 if r.role == "?" else 2
    roles = [(0, r.role), *((price, role) for role in "fac" if role != r.role)]
    statuses = [(0, r.status), *([(1, "+")] if r.status == "-" else [])]
    for chosen in itertools.product(countries, kinds.get(r.kind, [(0, r.kind)]), roles, statuses):
        (a, country), (b, kind), (c, role), (d, status) = chosen
        yield a + b + c + d, country, kind, role, status


def _allowed(country: str, role: str, status: str) -> bool:
    if country == "RU" or (country == "?" and role != "a"):
        return False
    return role != "c" or (country not in {"?", "CH"} and status == "+")


def within_two(rows: Sequence[Row], need: tuple[int, int, int, int, int, int]) -> float:
    """Return what the cheapest repair of at most two changes costs, by trying all of them."""
    now = [_as_is(r) for r in rows]
    lone = _lone_university(rows, need)
    moves = [
        (n, number, way)
        for number, r in enumerate(rows)
        for n, way in _few_changes(r, also_vet=lone)
    ]
    moves += [(1, len(rows), Way(4, "new", f)) for f in "LHV"]
    best: float = 0 if _eligible(now, need) else math.inf
    single = [move for move in moves if move[0] == 1]
    for chosen in (
        *((move,) for move in moves),
        *itertools.combinations_with_replacement(single, 2),
    ):
        cost = sum(way.cost for _, _, way in chosen)
        places = {place for _, place, _ in chosen}
        if cost < best and (len(places) == len(chosen) or len(rows) in places):
            after = [(True, way) for _, place, way in chosen if place == len(rows)]
            changed = {place: (True, way) for _, place, way in chosen}
            after += [changed.get(place, way) for place, way in enumerate(now)]
            best = cost if _eligible(after, need) else best
    return best


def _as_is(r: Row) -> tuple[bool, Way]:
    found = next((way for way in _allowed_ways(r, also_vet=False) if way[0] == r), None)
    return (False, Way(0)) if found is None else (True, found[1])


def _few_changes(r: Row, *, also_vet: bool) -> Iterator[tuple[int, Way]]:
    """Yield what one change, or two, make of a row, and how many they are."""
    light = False
    for after, way in _allowed_ways(r, also_vet=also_vet):
        changed = sum(a != b for a, b in zip(r, after, strict=True))
        light = light or r.role in {after.role, "?"}
        if 1 <= changed <= 2:
            yield changed, way
    if not light:
        yield 1, Way(3)


def _allowed_ways(r: Row, *, also_vet: bool) -> Iterator[tuple[Row, Way]]:
    for cost, country, kind, role, status in _combinations(r, also_vet=also_vet):
        if _allowed(country, role, status):
            yield Row(country, kind, role, status), _brings(cost, country, kind, role, status)


def _brings(cost: int, country: str, kind: str, role: str, status: str) -> Way:
    counts = country not in {"?", "CH"} and role in {"f", "c"} and status == "+"
    function = kind if kind in {"L", "H", "V"} else ""
    return Way(cost, country, function, role == "c") if counts else Way(cost)


def _eligible(rows: Sequence[tuple[bool, Way]], need: tuple[int, int, int, int, int, int]) -> bool:
    ways = [way for fine, way in rows if fine]
    return len(ways) == len(rows) and sum(w.leads for w in ways) == 1 and not _missing(ways, need)
