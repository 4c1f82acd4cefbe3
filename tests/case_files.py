"""Cases of tests/cases/*.toml: a base consortium, a few changes, and what it deserves.

A case is written for people who know the field and no Python. It names a base of bases.toml and
what differs: ``change`` (by the partner's name), ``without``, ``with``, ``no-column``, one more
partner from each of some countries, one value for each partner, cells ``above`` the table,
``project`` values that the caller gives, clauses that are ``unknown`` or ``carried-over``. ``for``
lists the calls and lots it holds for. What the rule says word for word stands in golden/cases/.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from alliance_check.evaluate import verdict
from alliance_check.model.call import Call
from alliance_check.model.outcome import Verdict
from alliance_check.model.report import Finding, Report
from alliance_check.model.sheet import Cell
from alliance_check.pipeline import Options, check_file
from alliance_check.rulebook import parse_call

FOLDER = Path(__file__).parent / "cases"
CALLS = Path(__file__).parent.parent / "data" / "calls"
HEADERS = {
    "name": "Partner name",
    "country": "Country",
    "type": "Organisation type",
    "role": "Role",
    "eche": "ECHE",
    "eche-until": "ECHE valid until",
    "pact": "Pact for Skills",
    "status": "Status",
    "counts-as": "Counts as",
    "pic": "PIC",
    "oid": "OID",
    "contribution": "EU contribution (EUR)",
    "budget": "Budget",
}
EXIT = {Verdict.ELIGIBLE: 0, Verdict.NOT_ELIGIBLE: 1, Verdict.UNDECIDED: 3}
_OF_EACH = {"share-of-each": "contribution", "budget-of-each": "budget", "pact-of-each": "pact"}
_FROM = {"full-partners-from": "Full partner", "associated-partners-from": "Associated partner"}
_CELL = re.compile(r"(?P<field>\S+) of (?P<each>each partner from )?(?P<who>.+)")

Row = dict[str, str]


@dataclass(frozen=True, eq=False)
class Case:
    """One case under one call and lot: its sheet, and what is expected of its rule."""

    rule: str
    name: str
    call: str
    lot: str
    rows: tuple[Row, ...]
    about: Mapping[str, Any]

    @property
    def id(self) -> str:
        """Where it stands and what it is of."""
        return f"{self.about['file']}: {self.name} ({self.call} {self.lot})"

    @property
    def expect(self) -> Mapping[str, Any]:
        """What is expected, as the file says it."""
        expected: Mapping[str, Any] = self.about["expect"]
        return expected

    @property
    def fields(self) -> list[str]:
        """The columns of the sheet: those that any partner fills, less those taken away."""
        dropped = self.about.get("no-column", [])
        return [f for f in HEADERS if f not in dropped and any(f in row for row in self.rows)]

    @property
    def top(self) -> list[list[str]]:
        """The rows above the header: labelled cells and an empty row."""
        above: Mapping[str, str] = self.about.get("above", {})
        return [*([label, value] for label, value in above.items()), *([[]] if above else [])]

    def sheet(self) -> bytes:
        """Return the case as a csv file."""
        target = io.StringIO()
        writer = csv.writer(target)
        writer.writerows([*self.top, [HEADERS[field] for field in self.fields]])
        writer.writerows([row.get(field, "") for field in self.fields] for row in self.rows)
        return target.getvalue().encode()

    def cells(self, words: Sequence[str]) -> list[str]:
        """Return the addresses that "country of Costa School" and the like mean, sorted."""
        return sorted(cell for word in words for cell in self._places(word))

    def _places(self, word: str) -> Iterator[str]:
        found = _CELL.fullmatch(word)
        if found is None:
            yield word
            return
        column = self.fields.index(found["field"]) + 1
        added = set(_added_from(self.about)) if found["who"] == "outside" else found["who"].split()
        for number, row in enumerate(self.rows, start=len(self.top) + 2):
            chosen = row["country"] in added if found["each"] else row["name"] == found["who"]
            if chosen:
                yield Cell(None, number, column).address


@cache
def cases() -> tuple[Case, ...]:
    """Return every case of every file, once for each call and lot that it holds for."""
    bases = tomllib.loads((FOLDER / "bases.toml").read_text("utf-8"))
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        content = tomllib.loads(path.read_text("utf-8"))
        for about in content.get("case", []) if path.stem != "bases" else []:
            rows = tuple(_rows(about, bases[about["base"]]))
            rule = about.get("rule") or content["rule"]
            for place in about["for"]:
                call, lot = place.split()
                filed = {**about, "file": path.name}
                found.append(Case(rule, about["name"], call, lot, rows, filed))
    return tuple(found)


def _rows(about: Mapping[str, Any], base: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the partners of a case."""
    of_each = {field: about[key] for key, field in _OF_EACH.items() if key in about}
    names = {partner[0] for partner in base["partners"]}
    change: Mapping[str, Row] = about.get("change", {})
    unknown = {*change, *about.get("without", [])} - names
    assert not unknown, f"{about['name']}: no partner of the base is called {sorted(unknown)}"
    for partner in base["partners"]:
        if partner[0] not in about.get("without", []):
            row = dict(zip(base["columns"], partner, strict=True))
            yield row | of_each | change.get(partner[0], {})
    yield from about.get("with", [])
    for code, role in _added_from(about).items():
        name = f"Aurora Works {code}"
        yield {"name": name, "country": code, "type": "Research institute", "role": role} | of_each


def _added_from(about: Mapping[str, Any]) -> dict[str, str]:
    return {c: role for key, role in _FROM.items() for c in about.get(key, "").split()}


@cache
def _read(call: str) -> Mapping[str, Any]:
    return tomllib.loads((CALLS / f"{call}.toml").read_text("utf-8"))


def rulebook_content(call: str) -> Mapping[str, Any]:
    """Return a rulebook as its file has it."""
    return _read(call)


def call_of(case: Case, content: Mapping[str, Any]) -> Call:
    """Return the call that a rulebook describes, with what the case says of its clauses."""
    for rule in case.about.get("unknown", []):
        path = ("lots", case.lot, "clauses", rule)
        clause = dict(content["lots"][case.lot]["clauses"][rule])
        clause.pop("value", None)
        content = put(content, path, clause | {"unknown": "the guide was not at hand"})
    for rule in case.about.get("carried-over", []):
        confidence = ("lots", case.lot, "clauses", rule, "confidence")
        content = put(content, confidence, "carried over")
    return parse_call(case.call, content)


def put(content: Any, path: Sequence[Any], value: Any) -> Any:
    """Return the content of a rulebook with another value at a place."""
    if not path:
        return value
    step, *rest = path
    changed = list(content) if isinstance(content, list) else dict(content)
    changed[step] = put(content[step], rest, value)
    return changed


def report_on(case: Case, *, advice: bool = True) -> Report:
    """Return the report on a case, by the way that everybody's sheet takes."""
    project = case.about.get("project", {})
    options = Options(
        lot=case.lot,
        call=case.call,
        duration=project.get("duration"),
        grant=Decimal(project["grant"]) if "grant" in project else None,
        total=Decimal(project["total"]) if "total" in project else None,
        strict=case.about.get("strict", False),
        advice=advice,
        rulebooks={case.call: call_of(case, rulebook_content(case.call))},
    )
    return check_file(case.sheet(), "case.csv", options)[0]


def differences(case: Case, findings: Sequence[Finding]) -> list[str]:
    """Return where the findings are not what the case expects."""
    expect, outcomes = case.expect, {f.rule: f.outcome.value for f in findings}
    own = next((f for f in findings if f.rule == case.rule), None)
    have: dict[str, Any] = {
        "outcome": outcomes.get(case.rule, "absent"),
        "verdict": verdict(findings).value,
        "exit": EXIT[verdict(findings)],
        **{rule: outcomes.get(rule) for rule in expect.get("others", {})},
    }
    want = {key: expect.get(key) for key in ("outcome", "verdict", "exit")}
    want |= expect.get("others", {})
    if own is not None:
        have |= _of_answer(own)
        want |= {"low": expect.get("low"), "high": expect.get("high")}
        want |= {"caution": case.cells(expect.get("caution", []))}
        want |= {"in-verdict": expect.get("in-verdict", False)}
        want |= {"cells": case.cells(expect["cells"])} if "cells" in expect else {}
        have |= {"hint": expect.get("hint", "") in str(own.answer.hint)}
        want |= {"hint": True}
    return [f"{key} is {have[key]}, not {want[key]}" for key in want if have[key] != want[key]]


def _of_answer(finding: Finding) -> dict[str, Any]:
    answer = finding.answer
    cautioned = [str(cell) for c in answer.cautions for cell in c.cells or ("no cell",)]
    return {
        "low": None if answer.count is None else answer.count.low,
        "high": None if answer.count is None else answer.count.high,
        "cells": sorted(cell.address for cell in answer.cells),
        "caution": sorted(cautioned),
        "in-verdict": any(caution.in_verdict for caution in answer.cautions),
    }
