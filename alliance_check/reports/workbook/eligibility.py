"""The first sheet: the verdict, the minima with bars, what to change."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.formatting.rule import DataBarRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from alliance_check.model.message import Message, Value, count, say
from alliance_check.model.outcome import Verdict
from alliance_check.model.report import Report
from alliance_check.reports.gate_words import day_words
from alliance_check.reports.words import (
    OUTCOMES,
    call_name,
    cautions,
    lot_name,
    margin,
    minimum_findings,
    newest_line,
    spare,
    verdict_words,
    with_possible,
)
from alliance_check.reports.workbook.sheets import TableColumn, height, put, sheet_named, table

BANDS = {
    Verdict.ELIGIBLE: PatternFill("solid", fgColor="0A5F55"),
    Verdict.NOT_ELIGIBLE: PatternFill("solid", fgColor="8A1912"),
    Verdict.UNDECIDED: PatternFill("solid", fgColor="6B4400"),
}
_COLUMNS = (
    TableColumn(say("Minimum"), 40),
    TableColumn(say("For sure"), 14),
    TableColumn(say("At most"), 14),
    TableColumn(say("Need"), 10),
    TableColumn(say("Spare"), 18),
    TableColumn(say("Outcome"), 16),
)


def add_eligibility(book: Workbook, report: Report) -> None:
    """Add the sheet of the verdict."""
    sheet = sheet_named(book, say("Eligibility"))
    for at in range(1, len(_COLUMNS) + 1):
        sheet.cell(1, at).fill = BANDS[report.verdict]
    title = put(sheet, 1, 1, verdict_words(report))
    title.font = Font(bold=True, size=16, color="FFFFFF")
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(_COLUMNS))
    sheet.row_dimensions[1].height = 66 if len(str(title.value)) > 60 else 34
    row = 2
    for line in _facts(report):
        row = _across(sheet, row, line)
    row = _add_minima(sheet, report, row + 1)
    for head, lines in _advice(report):
        put(sheet, row + 1, 1, head).font = Font(bold=True, size=13)
        row += 2
        for line in lines:
            row = _across(sheet, row, line)


def _across(sheet: Worksheet, row: int, line: Value) -> int:
    """Write a line over the whole width, and return the row below it."""
    put(sheet, row, 1, line)
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(_COLUMNS))
    sheet.row_dimensions[row].height = height(str(line), sum(one.width for one in _COLUMNS))
    return row + 1


def _facts(report: Report) -> Iterator[Value]:
    yield say("File: {file}", file=report.name)
    yield lot_name(report)
    yield call_name(report.call)
    second = report.second_call
    if second is not None and second.deadline is not None:
        deadline = day_words(second.deadline)
        yield say("call {call}, deadline {deadline}", call=second.call, deadline=deadline)
    yield from (line for line in (newest_line(report), with_possible(report)) if line is not None)
    if report.what_if is not None:
        changes = ", ".join(report.what_if.changes)
        yield say("Judged with changes that the sheet does not have: {changes}", changes=changes)
    number = len(list(cautions(report)))
    if number:
        yield count("{number} caution", "{number} cautions", number=number)


def _add_minima(sheet: Worksheet, report: Report, first: int) -> int:
    found = minimum_findings(report)
    rows: list[tuple[Value | None, ...]] = []
    most = 1
    for finding in found:
        answer = finding.answer
        if answer.count is not None:
            low, high = answer.count.low, answer.count.high
            most = max(most, high, answer.need or 0)
            outcome = OUTCOMES[finding.outcome]
            spoken = (finding.title, low, high, answer.need, spare(answer), outcome)
            rows.append(spoken)
    row = table(sheet, _COLUMNS, rows, first)
    if rows:
        places = f"B{first + 1}:C{row - 1}"
        bars = DataBarRule("num", 0, "num", most, "FF7FA6D6")  # type: ignore[no-untyped-call]
        sheet.conditional_formatting.add(places, bars)
    return row


def _advice(report: Report) -> Iterator[tuple[Message, list[Value]]]:
    """Yield headings with the lines below them."""
    if report.advice is None:
        return
    for number, repair in enumerate(report.advice.repairs):
        head = say("Or instead") if number else say("What to change")
        steps: list[Value] = [
            say("{number}. {step}", number=at, step=step)
            for at, step in enumerate(repair.sentences, 1)
        ]
        yield head, [*steps, *repair.notes]
    if report.advice.none is not None:
        yield say("What to change"), [report.advice.none]
    safe = margin(report)
    if safe is not None:
        yield say("How safe it is"), [safe]
