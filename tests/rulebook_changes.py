"""Every way to change a rulebook by one: each number, country, region and policy of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from alliance_check.evaluate import evaluate
from alliance_check.model.call import Call
from alliance_check.model.consortium import Consortium
from tests.case_files import Case, call_of, cases, differences, put, report_on, rulebook_content

_POLICIES = {"not-met": "to-check", "to-check": "not-met"}


class Change(NamedTuple):
    """One value of a rulebook changed: where it stands, and what stands there instead."""

    path: tuple[str | int, ...]
    value: Any
    what: str


def of_clause(call: str, lot: str, rule: str) -> Iterator[Change]:
    """Yield every change of a clause's value by one."""
    content = rulebook_content(call)
    path = ("lots", lot, "clauses", rule, "value")
    value = content["lots"][lot]["clauses"][rule].get("value")
    if isinstance(value, dict) and "regions" in value:
        yield from _regions(content, (*path, "regions"), value["regions"])
        value = {key: part for key, part in value.items() if key != "regions"}
        yield from (change for key, part in value.items() for change in _of((*path, key), part))
    else:
        yield from _of(path, value)
        yield from _months(path, value)


def _of(path: tuple[str | int, ...], value: Any) -> Iterator[Change]:
    if isinstance(value, bool):
        yield Change(path, not value, f"{value} is {not value}")
    elif isinstance(value, int):
        for other in (value - 1, value + 1):
            yield Change(path, other, f"{value} is {other}")
    elif isinstance(value, str):
        policy = _POLICIES.get(value)
        yield Change(path, policy, f"{value!r} is {policy!r}")
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _of((*path, key), part)
    elif isinstance(value, list):
        for place, part in enumerate(value):
            if isinstance(part, int):
                yield from _of((*path, place), part)
            else:
                yield Change(path, value[:place] + value[place + 1 :], f"without {part}")


def _months(path: tuple[str | int, ...], value: Any) -> Iterator[Change]:
    """Yield the lengths of a table of ceilings, each a month shorter and longer."""
    for key in value if isinstance(value, dict) else ():
        if key.isdigit():
            for other in (int(key) - 1, int(key) + 1):
                moved = {str(other) if k == key else k: part for k, part in value.items()}
                yield Change(path, moved, f"{key} months are {other}")


def _regions(
    content: Mapping[str, Any], path: tuple[str | int, ...], value: list[int]
) -> Iterator[Change]:
    """Yield the regions of a clause with one left out, or with one more of those that matter."""
    excluded = set(content["countries"]["excluded"])
    for name, countries in content["countries"]["regions"].items():
        region = int(name)
        if region in value:
            yield Change(path, [r for r in value if r != region], f"without region {region}")
        elif set(countries) - excluded:
            yield Change(path, sorted([*value, region]), f"with region {region}")


def of_countries(call: str, group: str) -> Iterator[tuple[str, Change]]:
    """Yield each country of a group with the change that moves it out.

    The region of an excluded country has no say, so it is left alone.
    """
    countries = rulebook_content(call)["countries"]
    content = countries[group]
    lists = {(): content} if isinstance(content, list) else {(k,): v for k, v in content.items()}
    for below, codes in lists.items():
        for code in codes:
            if group != "regions" or code not in countries["excluded"]:
                left = [other for other in codes if other != code]
                yield code, Change(("countries", group, *below), left, f"without {code}")


def of_regions(call: str) -> Iterator[tuple[str, Change]]:
    """Yield each country with the change that moves it to a region with other rights."""
    content = rulebook_content(call)
    excluded, regions = content["countries"]["excluded"], content["countries"]["regions"]
    clauses = [lot["clauses"]["non-associated-countries"] for lot in content["lots"].values()]
    for name, codes in regions.items():
        rights = [int(name) in clause["value"]["regions"] for clause in clauses]
        for other in regions:
            there = [int(other) in clause["value"]["regions"] for clause in clauses]
            if there != rights and set(regions[other]) - set(excluded):
                for code in set(codes) - set(excluded):
                    moved = {**regions, name: [c for c in codes if c != code]}
                    moved[other] = [*regions[other], code]
                    what = f"{code} in region {other}"
                    yield code, Change(("countries", "regions"), moved, what)
                break


@cache
def _consortium(case: Case) -> Consortium:
    return report_on(case, advice=False).consortium


def is_noticed(change: Change, case: Case) -> bool:
    """Say whether the case fails under the rulebook with this change."""
    content = put(rulebook_content(case.call), change.path, change.value)
    call: Call = call_of(case, content)
    strict = case.about.get("strict", False)
    findings = evaluate(_consortium(case), call, call.lots[case.lot], strict=strict)
    return bool(differences(case, findings))


def cases_of_lot(call: str, lot: str, rule: str) -> list[Case]:
    """Return the cases of a lot, those of the rule itself first."""
    there = [case for case in cases() if (case.call, case.lot) == (call, lot)]
    return sorted(there, key=lambda case: case.rule != rule)


def cases_with(call: str, code: str) -> list[Case]:
    """Return the cases of a call in which a partner is from this country."""
    return [
        case
        for case in cases()
        if case.call == call and any(p.country == code for p in _consortium(case).partners)
    ]
