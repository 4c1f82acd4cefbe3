"""The workbook to fill in: what it offers, the program reads."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from alliance_check.model.consortium import (
    FUNCTIONS,
    Group,
    Presence,
    Role,
)
from alliance_check.model.message import shown_in
from alliance_check.pipeline import Options, check_file
from alliance_check.rulebook import load_call
from alliance_check.template import template
from alliance_check.template.choices import PartnerColumn, columns
from alliance_check.text.catalogue import language, languages
from alliance_check.vocabulary.countries import read_country
from alliance_check.vocabulary.headers import read_header
from alliance_check.vocabulary.kinds import functions_of
from alliance_check.vocabulary.remarks import read_status
from alliance_check.vocabulary.types import read_kinds
from alliance_check.vocabulary.words import read_role, read_said
from tests.cli_runs import Command
from tests.filled_templates import LOTS, blank, columns_of, random_rows, with_rows
from tests.tidying import csv_of

FORMULAS = {"SUM", "SUMPRODUCT", "IF", "TRIM", "MAX"}
PARTNER = {"name": "Nordvik", "country": "Norway", "type": "Other", "role": "Coordinator"}


def every_column() -> dict[str, tuple[PartnerColumn, ...]]:
    found = {}
    for code in languages():
        with shown_in(language(code)):
            for call, lot in LOTS:
                loaded = load_call(call)
                found[f"{code} {call} {lot}"] = columns(loaded, loaded.lots[lot])
    return found


COLUMNS = every_column()


@pytest.mark.parametrize("name", COLUMNS)
def test_every_label_of_a_drop_down_is_read_as_what_it_is_counted_as(name: str) -> None:
    call = load_call(name.split()[1])
    offered = {column.field: column.choices for column in COLUMNS[name]}
    read = [read_country(one.label) for one in offered["country"]]
    assert set(read) == call.member_states | call.associated | call.regions.keys()
    assert len(set(read)) == len(read)
    for one, code in zip(offered["country"], read, strict=True):
        assert one.counts == (call.group(code) in {Group.EU, Group.ASSOCIATED},), one.label
    for one in offered["type"]:
        kinds = read_kinds(one.label)
        assert len(kinds.kinds) == 1, one.label
        assert not kinds.unread, one.label
        sure = functions_of(kinds.kinds).sure
        assert one.counts == tuple(function in sure for function in FUNCTIONS), one.label
    for one in offered["role"]:
        assert one.counts == (read_role(one.label) in {Role.COORDINATOR, Role.FULL_PARTNER},)
    assert {read_role(one.label) for one in offered["role"]} >= {
        *(Role.COORDINATOR, Role.FULL_PARTNER, Role.AFFILIATED_ENTITY, Role.ASSOCIATED_PARTNER)
    }
    for one in offered["status"]:
        assert one.counts == (read_status(one.label) is Presence.CONFIRMED,), one.label
    for answers in (offered[field] for field in ("charter", "pact") if field in offered):
        assert [read_said(one.label).value for one in answers] == ["yes", "no"]


@pytest.mark.parametrize("name", COLUMNS)
def test_every_header_is_read_as_its_column(name: str) -> None:
    for column in COLUMNS[name]:
        header = read_header(str(column.header))
        assert header is not None
        assert header.field == column.field


@pytest.mark.parametrize(("call", "lot"), LOTS)
def test_a_blank_template_says_that_nothing_is_filled_in(
    command: Command, call: str, lot: str
) -> None:
    ran = command("template", "--lot", lot, "--call", call, "-o", "p.xlsx")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("p.xlsx is for Lot ")
    ran = command("p.xlsx")
    assert ran.code == 4
    assert ran.err == (
        "alliance-check: Nothing is filled in yet: the table with its header at Partners!A1 has no "
        "row of partners below it.\n"
    )


@pytest.mark.parametrize(("call", "lot"), LOTS)
@pytest.mark.parametrize("seed", range(3))
def test_a_template_is_judged_as_the_same_table_without_its_other_sheets(
    call: str, lot: str, seed: int
) -> None:
    rows = random_rows(call, lot, seed)
    wanted = columns_of(call, lot)
    # The label of a column with a unit has a comma in no cell, so a csv holds the same.
    table = [[str(c.header) for c in wanted]]
    table += [[str(row.get(c.field) or "") for c in wanted] for row in rows]
    (whole,) = check_file(with_rows(call, lot, rows), "p.xlsx", Options())
    (plain,) = check_file(
        csv_of(table[1:], table[0]).encode(), "p.csv", Options(lot=lot, call=call)
    )
    assert (whole.call.id, whole.lot.id) == (call, lot)
    assert whole.verdict is plain.verdict
    assert [(f.rule, f.outcome, f.answer.count) for f in whole.findings] == [
        (f.rule, f.outcome, f.answer.count) for f in plain.findings
    ]
    assert [p.value for p in whole.problems] == [p.value for p in plain.problems]
    assert not whole.input.notes or whole.input.notes == plain.input.notes


@pytest.mark.parametrize(("call", "lot"), LOTS)
def test_its_formulas_are_plain_and_there_is_no_macro(call: str, lot: str) -> None:
    content = blank(call, lot)
    book = load_workbook(io.BytesIO(content))
    formulas = [
        cell.value
        for sheet in book.worksheets
        for cells in sheet.iter_rows()
        for cell in cells
        if isinstance(cell.value, str) and cell.value.startswith("=")
    ]
    assert formulas
    assert {name for one in formulas for name in re.findall(r"([A-Z]+)\(", one)} == FORMULAS
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not [name for name in archive.namelist() if "vba" in name.lower()]


def test_every_needed_number_stands_in_the_tally() -> None:
    for call, lot in LOTS:
        book = load_workbook(io.BytesIO(blank(call, lot)))
        clauses = load_call(call).lots[lot].clauses
        needs = [book["Tally"].cell(row, 3).value for row in range(2, 8)]
        assert needs[0] == clauses["minimum-countries"].value
        assert needs[2] == clauses["minimum-labour-market-actors"].value
        assert all(needs)


def test_every_clause_stands_in_the_explanations_with_its_page() -> None:
    for call, lot in LOTS:
        sheet = load_workbook(io.BytesIO(blank(call, lot)))["Explanations"]
        rows = list(sheet.iter_rows(min_row=2, values_only=True))
        clauses = load_call(call).lots[lot].clauses.values()
        assert [row[1] for row in rows] == [clause.says for clause in clauses]
        assert [row[4] for row in rows] == [clause.page or None for clause in clauses]


def test_a_pic_keeps_its_zeros_and_the_header_stays_in_sight() -> None:
    sheet = load_workbook(io.BytesIO(blank("2023", "innovation"))).worksheets[0]
    pic = next(cell for cell in sheet[1] if cell.value == "PIC")
    assert sheet.cell(2, pic.column or 0).number_format == "@"
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "template needs --lot: innovation, skills or stem."),
        (("--lot", "1", "-o", "p.ods"), "--output 'p.ods' must end in .xlsx."),
        (("--lot", "1", "--lang", "tlh"), '--lang "tlh" has no catalogue; use en, '),
        (("--lot", "3", "--call", "2023"), "The call 2023 has no lot 'stem'"),
        (("--lot", "1", "-o", "no/p.xlsx"), "--output 'no/p.xlsx' cannot be written: "),
    ],
)
def test_what_cannot_be_made_is_refused_in_one_sentence(
    command: Command, arguments: tuple[str, ...], sentence: str
) -> None:
    ran = command("template", *arguments)
    assert ran.err.startswith(f"alliance-check: {sentence}")
    assert ran.code == 2
    assert not list(Path().glob("*.xlsx"))


def test_a_template_that_may_be_filled_in_is_never_overwritten(command: Command) -> None:
    assert command("template", "--lot", "1").code == 0
    before = Path("partners.xlsx").read_bytes()
    ran = command("template", "--lot", "2")
    assert ran.code == 2
    assert "is there already and may be filled in" in ran.err
    assert Path("partners.xlsx").read_bytes() == before


@pytest.mark.parametrize("code", languages())
def test_the_project_of_a_template_is_read_in_every_language(code: str) -> None:
    for call, lot in LOTS:
        loaded = load_call(call)
        with shown_in(language(code)):
            book = load_workbook(io.BytesIO(template(loaded, loaded.lots[lot])))
        partners, project = book.worksheets[:2]
        for at, column in enumerate(COLUMNS[f"{code} {call} {lot}"], 1):
            partners.cell(2, at).value = PARTNER.get(column.field)
        for row, value in ((3, 36), (4, 900_000), (5, 1_200_000)):
            project.cell(row, 2).value = value
        written = io.BytesIO()
        book.save(written)
        (report,) = check_file(written.getvalue(), "p.xlsx", Options(advice=False))
        about = report.consortium.project
        assert (report.call.id, report.lot.id) == (call, lot)
        assert about.duration is not None
        assert about.duration.months == 36
        assert [one.exact for one in (about.grant, about.total) if one is not None] == [
            *(900_000, 1_200_000)
        ]
        assert not report.problems


def test_a_template_in_norwegian_names_the_countries_so(command: Command) -> None:
    assert command("template", "--lot", "1", "--lang", "nb").code == 0
    book = load_workbook("partners.xlsx")
    assert "Tyskland" in {cell.value for cell in book.worksheets[-1]["A"]}
