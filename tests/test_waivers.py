"""Waivers: what they let pass, what they never do, and that every format says so."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from alliance_check.model.message import say
from alliance_check.model.outcome import Outcome, Verdict
from alliance_check.model.report import Answer, Caution, Report, Waiver
from alliance_check.model.sheet import Cell
from cli.commands.check.gate import apply_gate
from cli.files.style import formats
from cli.options.settings import GateTerms
from tests.cli_runs import EIGHT, HEADER, SEVEN, UNREAD, Command
from tests.made_reports import report
from tests.outside_readers import junit_readers, sarif_multitool, tables
from tests.sheets import xlsx

LOT = ("--lot", "innovation", "--call", "2023")
OPEN = "excluded-countries"
PLACE, OTHER = Cell("Partners", 3, 2), Cell("Project", 3, 2)
TWO_UNREAD = (*UNREAD, ("Bureau Sud", "Frankreichh", "SME", "Full partner"))
BY = {"by": "the coordinator", "until": "2026-03-01"}


@pytest.fixture
def command(command: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.setattr("cli.commands.check.gate.today", lambda: dt.date(2026, 2, 1))
    return command


def waive(command: Command, *waivers: Mapping[str, str]) -> None:
    lines = []
    for waiver in waivers:
        lines.append("[[waiver]]")
        lines += [f"{key} = {json.dumps(value)}" for key, value in waiver.items()]
    (command.folder / "alliance-check.toml").write_text("\n".join(lines) + "\n", "utf-8")


def waiver(rule: str, **more: str) -> dict[str, str]:
    return {"rule": rule, "reason": "The seat is in Bonn.", **more}


def gate(command: Command, *arguments: str) -> tuple[int, Any]:
    ran = command.json(*arguments, *LOT)
    return ran.code, ran.document["gate"]


# --- What a waiver lets pass ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"cell": "B10"},
        {"partner": "Bureau Nord"},
        {"partner": "BUREAU  nord"},
        {"file": "p.csv"},
        {"file": "*.csv", "cell": "B10"},
        BY,
    ],
    ids=str,
)
def test_a_waiver_takes_a_finding_out_of_the_exit_code_and_leaves_the_verdict(
    command: Command, more: dict[str, str]
) -> None:
    name = command.sheet("p.csv", UNREAD)
    before = command.json(name, *LOT)
    waive(command, waiver(OPEN, **more))
    after = command.json(name, *LOT)
    assert (before.code, after.code) == (3, 0)
    assert (after.document["verdict"], after.document["exit_code"]) == ("undecided", 3)
    assert {**after.document, "gate": None} == before.document
    found = after.document["gate"]
    assert (found["exit_code"], found["unused"], found["expired"]) == (0, [], [])
    assert [{k: v for k, v in one.items() if v is not None} for one in found["waived"]] == [
        waiver(OPEN, **more)
    ]


def test_every_format_says_so(command: Command, tmp_path: Path) -> None:
    name = command.sheet("p.csv", UNREAD)
    waive(command, waiver(OPEN, cell="B10", **BY))
    for form in formats():
        ran = command.shown(form, name, *LOT)
        assert ran.code == 0
        text = " ".join(ran.out.split())
        assert "The seat is in Bonn." in text, form
        if form not in {"json", "jsonl"}:
            assert "gate passed: 1 waived by the coordinator, until 1 March 2026" in text, form
    sarif = command(name, *LOT, "--format", "sarif").out
    assert not [c for c in sarif_multitool.validate(sarif, tmp_path) if c.level == "error"]
    (waived,) = [r for r in json.loads(sarif)["runs"][0]["results"] if "suppressions" in r]
    assert waived["ruleId"] == OPEN
    junit = command(name, *LOT, "--format", "junit").out
    assert any("waived by the coordinator" in one for one in junit_readers.outputs(junit))
    rows = tables.rows(command(name, *LOT, "--format", "csv").out)
    assert [r["outcome"] for r in rows if r["finding"] == OPEN] == ["to-check", "waived"]
    assert [r["outcome"] for r in rows if r["finding"] == "gate"] == ["passed"]


def test_the_line_of_a_summary_says_so_too(command: Command) -> None:
    command.sheet("a.csv", UNREAD)
    command.sheet("b.csv")
    waive(command, waiver(OPEN, **BY))
    words = "gate passed: 1 waived by the coordinator, until 1 March 2026"
    for more in ([], ["--quiet"]):
        ran = command(".", *LOT, *more)
        assert ran.code == 0
        assert words in " ".join(ran.out.replace("\n", " ").split())


def test_what_is_still_to_check_fails(command: Command) -> None:
    name = command.sheet("p.csv", (*SEVEN, UNREAD[-1]))
    waive(command, waiver(OPEN, by="the office"))
    ran = command(name, *LOT, "--quiet")
    assert ran.code == 3
    assert "(gate failed: 1 waived by the office, 2 still to check)" in " ".join(ran.out.split())


def test_several_waivers_cover_a_finding_together_and_name_the_first_end(
    command: Command,
) -> None:
    name = command.sheet("p.csv", TWO_UNREAD)
    waive(command, waiver(OPEN, cell="B10", by="A", until="2026-05-01"))
    assert gate(command, name)[0] == 3
    waive(
        command,
        waiver(OPEN, cell="B10", by="A", until="2026-05-01"),
        waiver(OPEN, partner="Bureau Sud", by="B", until="2026-03-01"),
    )
    ran = command(name, *LOT, "--quiet")
    assert ran.code == 0
    assert "1 waived by A, B, the first until 1 March 2026" in " ".join(ran.out.split())


def test_a_waiver_of_a_cell_covers_every_finding_that_hangs_on_it_alone(command: Command) -> None:
    name = command.sheet("p.csv", (*SEVEN, UNREAD[-1]))
    open_rules = [
        r["id"] for r in command.json(name, *LOT).document["rules"] if r["outcome"] == "to-check"
    ]
    assert open_rules == ["minimum-partners", "minima-together", OPEN]
    waive(command, {"cell": "B9", "reason": "The seat is in Bonn."})
    code, found = gate(command, name)
    assert (code, found["unused"]) == (0, [])
    assert [one["rule"] for one in found["waived"]] == open_rules


def test_a_waiver_of_a_cell_leaves_a_finding_that_hangs_on_another_too(command: Command) -> None:
    name = command.sheet("p.csv", TWO_UNREAD)
    waive(command, {"cell": "B10", "reason": "The seat is in Bonn."})
    code, found = gate(command, name)
    assert (code, found["waived"]) == (3, [])
    assert [(u["rule"], u["why"]) for u in found["unused"]] == [
        (OPEN, "the finding hangs on B11 too")
    ]


def test_a_waiver_of_a_cell_on_which_nothing_hangs_says_so(command: Command) -> None:
    name = command.sheet("p.csv", UNREAD)
    waive(command, {"cell": "B2", "reason": "asked"})
    code, found = gate(command, name)
    assert (code, [u["rule"] for u in found["unused"]]) == (3, [None])
    assert "the waiver of B2 has no effect: there is nothing to waive" in command(name, *LOT).out


# --- What a waiver never does --------------------------------------------------------------------


def test_a_waiver_for_one_cell_leaves_a_finding_that_hangs_on_another(command: Command) -> None:
    name = command.sheet("p.csv", TWO_UNREAD)
    for place in ({"cell": "B10"}, {"partner": "Bureau Nord"}):
        waive(command, waiver(OPEN, **place))
        code, found = gate(command, name)
        assert (code, found["waived"]) == (3, [])
        assert found["unused"][0]["why"] == "the finding hangs on B11 too"


def test_what_is_not_met_cannot_be_waived_and_the_attempt_is_a_finding(command: Command) -> None:
    name = command.sheet("p.csv", SEVEN)
    waive(command, waiver("minimum-partners"))
    code, found = gate(command, name)
    assert (code, found["exit_code"], found["waived"]) == (1, 1, [])
    assert found["unused"][0]["why"] == "full partners is not met, and that cannot be waived"
    assert "cannot be waived" in " ".join(command(name, *LOT).out.split())


def test_a_waiver_of_a_doubt_does_not_hide_what_is_not_met(command: Command) -> None:
    name = command.sheet("p.csv", (*SEVEN[:-1], UNREAD[-1]))
    waive(command, waiver(OPEN))
    code, found = gate(command, name)
    assert (code, found["exit_code"], len(found["waived"])) == (1, 1, 1)
    assert "(gate failed: 1 waived, 1 not met)" in command(name, *LOT, "-q").out


def test_a_waiver_does_not_help_a_file_that_cannot_be_judged(command: Command) -> None:
    waive(command, waiver(OPEN))
    assert command.json(command.sheet("p.csv", ()), *LOT).code == 4


def test_without_strict_cautions_and_what_is_not_checked_need_no_waiver(command: Command) -> None:
    name = command.sheet("p.csv")
    waive(command, waiver("valid-charter"))
    code, found = gate(command, name)
    assert (code, found["waived"]) == (0, [])
    assert found["unused"][0]["why"] == "there is nothing to waive"


def test_with_strict_a_caution_can_be_waived(command: Command) -> None:
    rows = [(*row, "yes" if number else "") for number, row in enumerate(EIGHT)]
    name = command.sheet("p.csv", rows, (*HEADER, "ECHE"))
    arguments = ("--duration", "24", "--grant", "900000", "--total", "1200000", "--strict")
    plain = command.json(name, *LOT, *arguments).document
    found = {r["id"]: r["cautions"] for r in plain["rules"] if r["outcome"] == "to-check"}
    assert found.keys() == {"valid-charter"}
    assert [caution["cells"] for caution in found["valid-charter"]] == [["E2"]]
    for cell, code in {"E3": 3, "E2": 0}.items():
        waive(command, waiver("valid-charter", cell=cell))
        ran = command.json(name, *LOT, *arguments)
        assert (ran.code, ran.document["verdict"]) == (code, "undecided")
    assert len(ran.document["gate"]["waived"]) == 1


def test_a_waiver_of_a_cell_does_not_cover_a_finding_without_a_cell(command: Command) -> None:
    # That nobody is from a Member State is a caution without a cell.
    countries = itertools.cycle(("Norway", "Iceland", "Serbia", "Türkiye"))
    rows = [
        (name, country, *rest) for (name, _, *rest), country in zip(EIGHT, countries, strict=False)
    ]
    name = command.sheet("p.csv", rows)
    waive(command, waiver("minimum-countries", cell="B2"))
    ran = command.json(name, *LOT, "--strict")
    assert ran.code == 3
    assert ran.document["gate"]["waived"] == []


def test_a_cell_of_another_sheet_or_file_is_not_meant(command: Command) -> None:
    name = command.sheet("p.csv", UNREAD)
    for place in ({"cell": "Partners!B10"}, {"cell": "B1"}, {"partner": "Bureau"}):
        waive(command, waiver(OPEN, **place))
        assert gate(command, name)[0] == 3
    waive(command, waiver(OPEN, file="other/*.csv"))
    assert gate(command, name) == (3, None)


def test_a_cell_without_a_sheet_is_on_the_sheet_of_the_partners(command: Command) -> None:
    (command.folder / "p.xlsx").write_bytes(xlsx((HEADER, *UNREAD)))
    codes = {"B10": 0, "Partners!B10": 0, "Project!B10": 3, "B11": 3}
    for cell, code in codes.items():
        waive(command, waiver(OPEN, cell=cell))
        assert gate(command, "p.xlsx")[0] == code, cell


@pytest.mark.parametrize(
    ("cells", "doubts", "waived"),
    [
        ([PLACE], [], [PLACE]),
        ([PLACE], [(PLACE,)], [PLACE]),
        ([PLACE], [()], []),
        ([PLACE], [(OTHER,)], []),
        ([], [(PLACE,)], [PLACE]),
    ],
    ids=str,
)
def test_with_strict_a_waiver_of_a_cell_must_cover_the_cautions_too(
    cells: list[Cell], doubts: list[tuple[Cell, ...]], waived: list[Cell]
) -> None:
    found = made(cells, [Caution(say("doubt"), places) for places in doubts])
    terms = GateTerms(waivers=(Waiver("duration", "x", cell=str(PLACE)),), strict=True)
    ((after,),) = apply_gate([(terms, [found])], dt.date(2026, 2, 1))
    assert isinstance(after, Report)
    assert after.gate is not None
    assert len(after.gate.waived) == len(waived)
    assert after.gate.exit_code == (0 if waived else 3)


def test_a_cell_of_another_sheet_is_named_with_it() -> None:
    for cell, code in {"B3": 3, "Project!B3": 0}.items():
        terms = GateTerms(waivers=(Waiver("duration", "x", cell=cell),))
        ((after,),) = apply_gate([(terms, [made([OTHER])])], dt.date(2026, 2, 1))
        assert isinstance(after, Report)
        assert after.gate is not None
        assert after.gate.exit_code == code, cell


def made(cells: Sequence[Cell], cautions: Sequence[Caution] = ()) -> Report:
    """Return a report on the sheet Partners of which one rule alone is to be checked."""
    finding = report().findings[0]
    answer = Answer(Outcome.TO_CHECK, say("open"), cells=(*cells,), cautions=(*cautions,))
    only = replace(finding, rule="duration", answer=answer)
    read = replace(report().input, sheet="Partners")
    return replace(report(), input=read, findings=(only,), verdict=Verdict.UNDECIDED)


# --- Time, and waivers without effect ------------------------------------------------------------


@pytest.mark.parametrize(("day", "code"), [("2026-02-01", 0), ("2026-01-31", 3)])
def test_a_waiver_holds_until_the_end_of_its_last_day(
    command: Command, day: str, code: int
) -> None:
    name = command.sheet("p.csv", UNREAD)
    waive(command, waiver(OPEN, until=day))
    assert gate(command, name)[0] == code


def test_an_expired_waiver_is_a_finding_in_every_format(command: Command) -> None:
    name = command.sheet("p.csv", UNREAD)
    waive(command, waiver(OPEN, until="2026-01-31"))
    code, found = gate(command, name)
    assert (code, found["waived"], found["unused"]) == (3, [], [])
    assert [one["until"] for one in found["expired"]] == ["2026-01-31"]
    for form in formats():
        out = " ".join(command.shown(form, name, *LOT).out.split())
        said = '"expired"' if form in {"json", "jsonl"} else "expired on 31 January 2026"
        assert said in out, form


def test_an_unused_waiver_is_reported_once_and_only_if_no_file_needed_it(command: Command) -> None:
    for name, rows in {"a.csv": EIGHT, "b.csv": UNREAD, "c.csv": EIGHT}.items():
        command.sheet(name, rows)
    waive(command, waiver(OPEN), waiver("duration"), waiver("vet-partner", file="c.csv"))
    reports = command.json(".", *LOT).document["reports"]
    unused = {r["input"]["file"]: [u["rule"] for u in r["gate"]["unused"]] for r in reports}
    assert unused == {"a.csv": ["duration"], "b.csv": [], "c.csv": ["vet-partner"]}


def test_a_waiver_that_one_lot_of_a_file_needs_is_used(command: Command) -> None:
    name = command.sheet("p.csv", UNREAD)
    waive(command, waiver(OPEN))
    document = command.json(name).document
    assert [r["gate"]["unused"] for r in document["reports"]] == [[], []]


# --- How it is written ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('rule = "duration"', "waiver 1: lacks reason"),
        ('rule = "duration"\nreason = " "', "waiver 1: reason: ' ' means nothing here"),
        ('reason = "x"', "waiver 1: lacks rule"),
        ('rule = "length"\nreason = "x"', "waiver 1: rule: 'length' means nothing here"),
        ('rule = "duration"\nreason = "x"\ncell = "B"', "waiver 1: cell: 'B' means nothing"),
        ('rule = "duration"\nreason = "x"\ncell = "B2:B9"', "takes one cell"),
        ('rule = "duration"\nreason = "x"\ncell = "B2"\npartner = "y"', "not both"),
        ('rule = "duration"\nreason = "x"\nuntil = "soon"', "waiver 1: until: 'soon'"),
        ('rule = "duration"\nreason = "x"\nuntil = 2026-03-01T12:00:00', "takes a date"),
        ('rule = "duration"\nreason = "x"\nuntill = 2026-03-01', "did you mean until?"),
    ],
    ids=str,
)
def test_a_waiver_that_is_not_clear_is_wrong_usage(
    command: Command, text: str, sentence: str
) -> None:
    (command.folder / "alliance-check.toml").write_text(f"[[waiver]]\n{text}\n", "utf-8")
    ran = command(command.sheet("p.csv"), *LOT)
    assert ran.code == 2
    assert sentence in ran.err


def test_the_settings_show_the_waivers_of_a_file(command: Command) -> None:
    waive(command, waiver(OPEN, cell="B10", **BY), waiver("duration", file="q.csv"))
    out = command(command.sheet("p.csv"), "--show-settings").out
    assert f"waiver: {OPEN} at B10, until 2026-03-01 (alliance-check.toml)" in out
    assert "waiver: duration" not in out


def test_text_of_a_waiver_stays_text(command: Command) -> None:
    evil = "::error::x\x1b[31m [/x] <b>|`"
    name = command.sheet("p.csv", UNREAD, HEADER)
    waive(command, {"rule": OPEN, "reason": evil, "by": evil})
    for form in formats():
        ran = command.shown(form, name, *LOT)
        assert ran.code == 0
        assert "\x1b" not in ran.out
        assert "::error::" not in ran.out or form in {"json", "jsonl"}
