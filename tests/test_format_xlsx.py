"""The workbook to hand on, read back by programs that did not write it."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

from alliance_check import check
from alliance_check.model.message import say, shown_in
from alliance_check.model.report import FilePlace, Observation, Report, Result
from alliance_check.reports import FORMATS
from alliance_check.reports.open_cells import open_cells
from alliance_check.reports.words import cautions
from alliance_check.reports.workbook.sheets import cell_text
from alliance_check.text.catalogue import language
from tests.cli_runs import EIGHT, SEVEN, Command, process, write
from tests.format_texts import BATCH, BROKEN, TEXTS, TRAPS
from tests.made_reports import calls_differ, cell, from_outside, hostile, report

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "data" / "examples").glob("*.xlsx"))
REAL = sorted((ROOT / "tests" / "real" / "own").glob("*.xlsx"))[::9]


def content(*results: Result) -> bytes:
    return FORMATS["xlsx"].content(results, batch=len(results) > 1)


def opened(*results: Result) -> Workbook:
    return load_workbook(io.BytesIO(content(*results)))


@cache
def judged(path: Path) -> Report:
    return check(path, lot="innovation")


def column(book: Workbook, sheet: str, title: str) -> list[object]:
    rows = [[cell.value for cell in row] for row in book[sheet].iter_rows()]
    return [row[rows[0].index(title)] for row in rows[1:]]


@pytest.mark.parametrize("path", [*EXAMPLES, *REAL], ids=lambda path: path.stem)
def test_the_workbook_holds_all_that_the_report_says(path: Path) -> None:
    made = judged(path)
    book = opened(made)
    assert book.sheetnames == ["Eligibility", "Partners", "Findings", "Sources"]
    said = set(column(book, "Findings", "What the sheet says"))
    for finding in made.findings:
        assert cell_text(finding.answer.message) in said
    for _, caution in cautions(made):
        assert cell_text(caution.message) in said
    for problem in made.problems:
        assert cell_text(problem.message) in said
    assert len(column(book, "Findings", "Clause")) >= len(made.findings)
    names = [cell_text(p.name.strip()) or "(no name)" for p in made.consortium.partners]
    assert column(book, "Partners", "Partner") == names
    front = "\n".join(str(c.value) for row in book["Eligibility"].iter_rows() for c in row)
    if made.advice is not None and made.advice.repairs:
        assert all(cell_text(one) in front for one in made.advice.repairs[0].sentences)
    sources = {finding.clause.source.url for finding in made.findings}
    assert sources <= set(column(book, "Sources", "Address"))


@pytest.mark.parametrize("path", [*EXAMPLES, *REAL], ids=lambda path: path.stem)
def test_every_open_cell_of_a_partner_is_filled_and_says_why(path: Path) -> None:
    made = judged(path)
    sheet = opened(made)["Partners"]
    marked = [c for row in sheet.iter_rows() for c in row if c.comment is not None]
    assert all(c.fill.fgColor.rgb == "00FBECCB" for c in marked)
    notes = "\n".join(c.comment.text for c in marked if c.comment is not None)
    for one in open_cells(made):
        if one.partner is not None:
            assert cell_text(one.what) in notes
            assert str(one.cell) in notes


def test_an_open_cell_is_marked_where_its_text_stands() -> None:
    made = judged(ROOT / "data/examples/innovation-not-eligible.xlsx")
    sheet = opened(made)["Partners"]
    place = next(c for c in sheet[1] if c.value == "Country, in the sheet").column_letter
    marked = {c.coordinate for row in sheet.iter_rows() for c in row if c.comment is not None}
    assert marked == {f"{place}3", f"{place}7"}
    assert sheet[f"{place}3"].value == "Germny"


@pytest.mark.parametrize("sheet", TRAPS)
def test_a_text_of_a_sheet_is_a_text_in_the_workbook(sheet: str) -> None:
    _stays_text(sheet)


@settings(max_examples=30)
@given(sheet=TEXTS)
def test_any_text_of_a_sheet_is_a_text_in_the_workbook(sheet: str) -> None:
    _stays_text(sheet)


def _stays_text(sheet: str) -> None:
    made = content(hostile(sheet))
    book = load_workbook(io.BytesIO(made))
    cells = [c for one in book.worksheets for row in one.iter_rows() for c in row]
    assert not [c for c in cells if c.data_type == "f"]
    shown = cell_text(sheet.strip()).strip() or "(no name)"
    assert {str(v).strip() for v in column(book, "Partners", "Partner")} == {shown}
    calamine = CalamineWorkbook.from_filelike(io.BytesIO(made))
    rows = calamine.get_sheet_by_name("Partners").to_python()
    assert {str(row[1]).strip() for row in rows[1:]} == {shown}


def test_a_sign_before_a_text_is_kept_when_somebody_edits_the_cell() -> None:
    sheet = opened(hostile("=1+1"))["Partners"]
    assert sheet["B2"].value == "=1+1"
    assert sheet["B2"].quotePrefix


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_calamine_reads_what_openpyxl_reads(path: Path) -> None:
    made = content(judged(path))
    book = load_workbook(io.BytesIO(made))
    calamine = CalamineWorkbook.from_filelike(io.BytesIO(made))
    for name in ("Partners", "Findings", "Sources"):
        ours = [[c.value for c in row] for row in book[name].iter_rows()]
        theirs = calamine.get_sheet_by_name(name).to_python()
        assert [[value or "" for value in row] for row in ours] == [
            [value or "" for value in row] for row in theirs
        ]


def test_the_same_report_is_the_same_bytes_on_any_day() -> None:
    first = content(report())
    assert first == content(report())
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_the_minima_have_bars_over_one_scale() -> None:
    sheet = opened(report())["Eligibility"]
    (places,) = sheet.conditional_formatting
    (rule,) = places.rules
    assert rule.dataBar is not None
    assert [one.val for one in rule.dataBar.cfvo] == [0, 8]


def test_findings_can_be_filtered_and_their_header_stays_in_sight() -> None:
    sheet = opened(report())["Findings"]
    assert sheet.auto_filter.ref == f"A1:L{sheet.max_row}"
    assert sheet.freeze_panes == "A2"


def test_a_verdict_carries_what_must_be_said_with_it() -> None:
    title = opened(from_outside())["Eligibility"]["A1"].value
    assert "by the national agency's page; the guide lists no partner from outside" in str(title)
    both = opened(calls_differ())["Eligibility"]["A1"].value
    assert str(both).startswith("ELIGIBLE under call 2023 by the national agency's page")
    assert "NOT ELIGIBLE under call 2026" in str(both)


def test_a_folder_has_a_sheet_of_verdicts_and_one_of_findings() -> None:
    shared = Observation("near-twins", say("one coordinator"), (FilePlace("a.csv", cell(2, 1)),))
    made = FORMATS["xlsx"].content(BATCH, batch=True, across=[shared])
    book = load_workbook(io.BytesIO(made))
    assert book.sheetnames == ["Verdicts", "Findings", "Sources"]
    verdicts = column(book, "Verdicts", "Verdict")
    assert verdicts[:2] == ["NOT ELIGIBLE", "ELIGIBLE"]
    assert verdicts[3] == "not judged: broken.xlsx is damaged."
    assert "one coordinator" in column(book, "Verdicts", "File")
    files = column(book, "Findings", "File")
    assert files.count("broken.xlsx") == 1
    assert files.count("partners.xlsx") > 30


def test_a_file_that_could_not_be_judged_is_a_row_that_says_why() -> None:
    book = opened(BROKEN)
    assert column(book, "Verdicts", "Verdict") == ["not judged: broken.xlsx is damaged."]


def test_a_workbook_is_in_the_language_of_the_block() -> None:
    with shown_in(language("nb")):
        book = opened(report())
    assert "Tyskland" in {c.value for row in book.worksheets[1].iter_rows() for c in row}


def test_a_very_long_text_is_cut_where_a_cell_has_no_room() -> None:
    book = opened(replace(hostile("x" * 40_000)))
    assert len(str(book["Partners"]["B2"].value)) == 32_001


# --- The command line -----------------------------------------------------------------------------


def test_a_report_is_not_taken_for_a_list_of_partners(command: Command) -> None:
    name = command.sheet("a.csv")
    lot = ("--lot", "innovation")
    assert command(name, *lot, "--format", "xlsx", "--output", "r.xlsx").code == 0
    ran = command("r.xlsx", *lot)
    assert (ran.code, ran.err) == (
        4,
        "alliance-check: r.xlsx is a report of this program, not a list of partners.\n",
    )
    command.sheet("b.csv", SEVEN)
    ran = command(".", *lot, "--format", "json")
    assert '"a.csv"' in ran.out
    assert "r.xlsx" not in ran.out


def test_a_pipe_takes_a_workbook(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", EIGHT)
    ran = process("a.csv", "--lot", "innovation", "--format", "xlsx", folder=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "Eligibility" in load_workbook(io.BytesIO(ran.stdout)).sheetnames


def test_a_workbook_is_in_english_unless_another_language_is_asked_for(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "nb_NO.UTF-8")
    name = command.sheet("a.csv")
    for more, country in (((), "Germany"), (("--lang", "nb"), "Tyskland")):
        arguments = ("--lot", "1", "--format", "xlsx", "--output", "r.xlsx", *more)
        assert command(name, *arguments).code == 0
        sheet = load_workbook("r.xlsx").worksheets[1]
        assert country in {c.value for row in sheet.iter_rows() for c in row}


def test_a_terminal_takes_no_workbook(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    ran = command(command.sheet("a.csv"), "--lot", "innovation", "--format", "xlsx")
    assert (ran.code, ran.out) == (2, "")
    assert "--format xlsx is no text: name a file with --output." in ran.err


def test_a_workbook_stands_beside_other_formats(command: Command) -> None:
    formats = ("--format", "xlsx", "--format", "html", "--output-dir", "out")
    ran = command(command.sheet("a.csv"), "--lot", "innovation", *formats, "--ascii")
    assert ran.code == 0
    assert sorted(os.listdir("out")) == ["report.html", "report.xlsx"]  # noqa: PTH208
    assert load_workbook("out/report.xlsx").sheetnames[0] == "Eligibility"


def test_nothing_else_loads_what_writes_workbooks(tmp_path: Path) -> None:
    from tests.test_startup import loaded

    write(tmp_path / "a.csv", EIGHT)
    found = loaded(str(tmp_path / "a.csv"), "--lot", "innovation", "--format", "html")
    assert not {name for name in found if "openpyxl" in name or "workbook" in name}
