"""Sheets as offices keep them, each with what a person concludes: drop a file, get a test.

``tests/real/<set>/index.csv`` names the file, the lot, the call, what a person expects (several
verdicts where a person would accept each) and why. The verdicts were written before any run.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from alliance_check.model.errors import AllianceCheckError
from alliance_check.model.report import Report
from alliance_check.pipeline import Options, check_file

REAL = Path(__file__).parent / "real"
Line = dict[str, str]
WORST = ("not-eligible", "undecided", "eligible")

UNDECIDED_YET = frozenset(
    (REAL / "undecided-yet.txt").read_text("utf-8").split()  # a person decides these
)


def lines() -> Iterator[tuple[str, Line]]:
    for index in sorted(REAL.glob("*/index.csv")):
        with index.open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                yield index.parent.name, line


def reports(folder: str, line: Line, name: str = "") -> tuple[Report, ...]:
    """Return the reports on a file, which they call *name*.

    :raises AllianceCheckError: when it cannot be used.
    """
    options = Options(
        lot=line["lot"],
        call=line["call"] or None,
        duration=int(line["duration"]) if line["duration"] else None,
        grant=Decimal(line["grant"]) if line["grant"] else None,
        by=line["by"] or None,
        project=line["project"] or None,
    )
    path = REAL / folder / line["file"]
    return check_file(path.read_bytes(), name or path.name, options)


def verdict(folder: str, line: Line) -> str:
    """Return the worst verdict of a file, or that it could not be used."""
    try:
        found = {report.verdict.value for report in reports(folder, line)}
    except AllianceCheckError:
        return "refused"
    return next(one for one in WORST if one in found)


@pytest.mark.parametrize(
    ("folder", "line"), [pytest.param(f, one, id=f"{f}/{one['file']}") for f, one in lines()]
)
def test_a_sheet_gets_the_verdict_of_a_person(folder: str, line: Line) -> None:
    found, expected = verdict(folder, line), line["expected"].split("|")
    name = f"{folder}/{line['file']}".replace(" ", "_")
    if name in UNDECIDED_YET:
        assert found in {"undecided", "refused"}, (
            f"{name} is {found} now; take it out of tests/real/undecided-yet.txt if that is right"
        )
    else:
        assert found in expected, f"{name} is {found}: {line['why']}"
