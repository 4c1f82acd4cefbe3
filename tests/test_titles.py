"""Titles that name a call or a lot, and those that only carry a year or a date."""

from __future__ import annotations

import pytest

from alliance_check.model.sheet import Workbook
from alliance_check.parse import Reading, parse_all
from alliance_check.parse.account import Use
from alliance_check.parse.inspection import inspect
from alliance_check.vocabulary.project_words import call_in_title, lot_in_title
from tests import cli_runs
from tests.cli_runs import Command
from tests.parsing import BREMEN, HEADER, NARVIK, book, parsed, problem_ids, sheet


@pytest.mark.parametrize(
    "text",
    [
        "Alliances for Innovation 2026, Lot 1",
        "Erasmus+ 2026 Alliances for Innovation",
        "Alliances for Innovation 2026 – status 12.11.2025",
        "Erasmus+ 2021-2027, call for proposals 2026",
        "ERASMUS-EDU-2026-PI-ALL-INNO-BLUEPRINT",
        "Call 2026",
        "Partner list – call year 2026",
        "Utlysning 2026",
        "Allianser for innovasjon (2026-utlysningen)",
        "GREENVET – Ausschreibung 2026",
        "Appel à propositions 2026",
        "Convocatoria 2026, lote 2",
        "Bando 2026",
        "Convite 2026",
        "Oproep 2026",
        "Nabór 2026",
        "Apelul 2026",
        "Πρόσκληση 2026",
        "Utlysningen 2026",
        "Indkaldelse 2026",
        "vuoden 2026 haku",
        "2026 çağrısı",
    ],
)
def test_a_title_that_names_a_call(text: str) -> None:
    assert call_in_title(text) == "2026"


@pytest.mark.parametrize(
    "text",
    [
        "Partner list 2026-11-12",
        "per 12.11.2025",
        "Partners 2026",
        "Alliances for Innovation",
        "Alliances for Innovation, November 2026",
        "Alliances for Innovation – per 12.11.2026",
        "Alliances for Innovation 2026/2027",
        "Alliances for Innovation 2030",
        "Kick-off call 2026-02-01",
        "Meeting 2026, call with all partners",
        "Call 2023 or call 2026",
        "Resubmission of call 2023",
        "Call 2023 (rejected)",
        "Forrige utlysning 2023",
        "ERASMUS-EDU-2026-PEX-COVE",
        "2026",
        "",
    ],
)
def test_a_title_that_names_no_call(text: str) -> None:
    assert call_in_title(text) is None


@pytest.mark.parametrize(
    ("text", "lot"),
    [
        ("Lot 1", "innovation"),
        ("Alliances for Innovation 2026, Lot 2", "skills"),
        ("Los 3", "stem"),
        ("ERASMUS-EDU-2026-PI-ALL-INNO-EDU-ENTERP", "innovation"),
        ("ERASMUS-EDU-2026-PI-ALL-INNO-BLUEPRINT", "skills"),
        ("ERASMUS-EDU-2026-PI-ALL-INNO-STEM", "stem"),
        ("Alliances for Education and Enterprises", "innovation"),
        ("Alliances for Innovation", None),
        ("Lot 4", None),
        ("Lot 12", None),
        ("Lot 1 / Lot 2", None),
        ("Lot 2: Alliances for Education and Enterprises", None),
        ("Blueprint for green skills", None),
        ("A lot of partners", None),
    ],
)
def test_the_lot_that_a_title_names(text: str, lot: str | None) -> None:
    assert lot_in_title(text) == lot


TABLE = [HEADER, BREMEN, NARVIK]


def test_titles_above_the_table_and_on_sheets_of_labels_are_read() -> None:
    above = parsed([("Alliances for Innovation 2026, Lot 2",), (), *TABLE])
    assert (above.call, above.lot) == ("2026", "skills")
    beside = parsed(sheet(TABLE), sheet([("ERASMUS-EDU-2026-PI-ALL-INNO-BLUEPRINT",)], "Project"))
    assert (beside.call, beside.lot) == ("2026", "skills")
    assert str(beside.basis.labels["call"][0].cell) == "Project!A1"


def test_a_title_above_many_consortia_names_the_call_and_the_lot_of_each() -> None:
    rows = [("Bid", *HEADER), ("x", *BREMEN), ("y", *NARVIK)]
    top = [("Alliances for Innovation 2026, Lot 2",), ("Requested grant", "900000"), ()]
    found = list(parse_all(book([*top, *rows]), Reading(by="Bid")))
    assert [(one.name, one.parsed.call, one.parsed.lot) for one in found] == [
        ("x", "2026", "skills"),
        ("y", "2026", "skills"),
    ]
    assert [one.parsed.consortium.project.grant for one in found] == [None, None]


@pytest.mark.parametrize("name", ["terminal", "markdown"])
def test_the_report_says_where_the_call_was_named(command: Command, name: str) -> None:
    rows = [("Alliances for Innovation 2026", "", "", ""), ("", "", "", ""), cli_runs.HEADER]
    path = command.sheet("p.csv", [*rows[1:], *cli_runs.EIGHT], rows[0])
    out = command(path, "--lot", "1", "--format", name).out
    assert "call named in A1" in " ".join(out.split())
    assert (
        "call named in" not in command(path, "--lot", "1", "--call", "2026", "--format", name).out
    )


def test_titles_elsewhere_are_not_read() -> None:
    hidden = sheet([("Call 2026",)], "Old", hidden=True)
    wide = sheet([("Call 2026", "Lot 2", "x")], "Other list")
    long = [("Call 2026 " + "and what it is all about " * 10,)]
    below = [("", "", "", ""), ("Call 2026", "", "", "")]
    for found in (
        parsed(sheet(TABLE), hidden),
        parsed(sheet(TABLE), wide),
        parsed([*long, *TABLE]),
        parsed([*TABLE, *below]),
    ):
        assert (found.call, found.lot) == (None, None)


def test_the_title_of_a_project_names_no_call() -> None:
    found = parsed([("Project title", "Alliances for Innovation 2023"), (), *TABLE])
    assert found.call is None


def test_a_label_and_a_title_that_say_the_same_agree_and_others_do_not() -> None:
    same = parsed([("Call", "2026"), ("Alliances for Innovation 2026",), *TABLE])
    assert (same.call, problem_ids(same)) == ("2026", [])
    other = parsed([("Call", "2023"), ("Alliances for Innovation 2026",), *TABLE])
    assert (other.call, problem_ids(other)) == (None, ["unread-call Partners!A2"])
    assert "contradicts Partners!B1" in str(other.problems[0].message)


def test_a_topic_beside_its_label_names_the_lot_too() -> None:
    found = parsed([("Topic", "ERASMUS-EDU-2026-PI-ALL-INNO-BLUEPRINT"), (), *TABLE])
    assert (found.call, found.lot, problem_ids(found)) == ("2026", "skills", [])


def test_a_title_that_is_applied_is_no_unused_cell() -> None:
    title = sheet([("Alliances for Innovation 2026",), (), *TABLE])
    found = inspect(Workbook((title,)), Reading())
    assert found.items[0].use is Use.USED
