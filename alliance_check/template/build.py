"""Build the workbook: each sheet with its widths, its colours and what is printed of it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from alliance_check.model.call import Call, Lot
from alliance_check.model.message import Message, say
from alliance_check.rules import RULES
from alliance_check.rules.shared.minima import MINIMA
from alliance_check.template.choices import PartnerColumn, columns
from alliance_check.template.tally import FIRST, LAST, Lists, Range, counts, drop_downs, quoted_name

_HEAD = PatternFill("solid", fgColor="1D4F91")
_FIELD = PatternFill("solid", fgColor="F3F5F8")
_ENOUGH = PatternFill("solid", bgColor="CDEBE5")
_SHORT = PatternFill("solid", bgColor="F8D7D3")


def template(call: Call, lot: Lot) -> bytes:
    """Return the workbook for a lot of a call, in the language of the block."""
    book = Workbook()
    book.remove(book.worksheets[0])
    partners = book.create_sheet(str(say("Partners")))
    project = book.create_sheet(str(say("Project")))
    tally = book.create_sheet(str(say("Tally")))
    clauses = book.create_sheet(str(say("Explanations")))
    hidden = book.create_sheet(str(say("Lists")))
    hidden.sheet_state = "hidden"
    wanted = columns(call, lot)
    lists = Lists(hidden)
    offered = drop_downs(lists, wanted)
    places = {
        column.field: Range(quoted_name(partners.title), get_column_letter(number))
        for number, column in enumerate(wanted, 1)
    }
    _fill_partners(partners, wanted, offered)
    _fill_project(project, call, lot)
    _fill_tally(tally, lot, counts(lists, places, offered))
    _fill_clauses(clauses, lot)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _head(sheet: Worksheet, titles: Sequence[Message], widths: Sequence[int]) -> None:
    """Write the headers of a sheet, which stay in sight and on every printed page."""
    for number, (title, width) in enumerate(zip(titles, widths, strict=True), 1):
        cell = sheet.cell(1, number, str(title))
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.row_dimensions[1].height = 30
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    _paper(sheet)


def _paper(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _fill_partners(
    sheet: Worksheet, wanted: Sequence[PartnerColumn], offered: Mapping[str, tuple[Range, ...]]
) -> None:
    _head(sheet, [c.header for c in wanted], [c.width for c in wanted])
    for number, column in enumerate(wanted, 1):
        letter = get_column_letter(number)
        if column.field in offered:
            _offer(sheet, f"{letter}{FIRST}:{letter}{LAST}", str(offered[column.field][0]))
        if column.field == "pic":  # a text, so that no zero in front is lost
            for row in range(FIRST, LAST + 1):
                sheet.cell(row, number).number_format = "@"
        if column.field == "share":
            for row in range(FIRST, LAST + 1):
                sheet.cell(row, number).number_format = "#,##0.00"
    sheet.print_area = f"A1:{get_column_letter(len(wanted))}{LAST}"


def _offer(sheet: Worksheet, place: str, source: str, why: Message | None = None) -> None:
    """Offer a list in some cells; other words are allowed, but the tally does not know them."""
    offer = DataValidation(type="list", formula1=source, allow_blank=True, errorStyle="warning")
    offer.showErrorMessage = True
    offer.error = str(say("The tally counts only what the list offers."))
    if why is not None:
        offer.prompt, offer.showInputMessage = str(why), True
    sheet.add_data_validation(offer)
    offer.add(place)


def _fill_project(sheet: Worksheet, call: Call, lot: Lot) -> None:
    _paper(sheet)
    rows: list[tuple[Message, Any]] = [
        (say("Call"), int(call.id)),
        (say("Lot"), lot.number),
        (say("Duration (months)"), None),
        (say("Requested grant (EUR)"), None),
        (say("Total budget (EUR)"), None),
    ]
    for number, (label, value) in enumerate(rows, 1):
        sheet.cell(number, 1, str(label)).font = Font(bold=True)
        cell = sheet.cell(number, 2, value)
        cell.fill, cell.alignment = _FIELD, Alignment(horizontal="right")
        cell.number_format = "#,##0.00" if number > 3 else "0"
    lengths = lot.clauses["duration"].value
    if lengths:
        _offer(sheet, "B3", '"' + ",".join(map(str, lengths)) + '"')
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 24
    sheet.print_area = "A1:B5"


def _fill_tally(sheet: Worksheet, lot: Lot, formulas: Mapping[str, str]) -> None:
    heads = (say("Minimum"), say("Have"), say("Need"), say("Missing"))
    _head(sheet, heads, (38, 12, 12, 12))
    titles = {rule.ID: rule.TITLE for rule in RULES}
    row = 1
    for rule in MINIMA:
        clause = lot.clauses.get(rule)
        if clause is None or clause.unknown is not None:
            continue
        row += 1
        sheet.cell(row, 1, str(Message(titles[rule])))
        sheet.cell(row, 2, formulas[rule]).font = Font(bold=True)
        sheet.cell(row, 3, clause.number)
        sheet.cell(row, 4, f"=MAX(0,C{row}-B{row})")
    enough = Rule(type="cellIs", operator="greaterThanOrEqual", formula=["C2"])
    short = Rule(type="cellIs", operator="lessThan", formula=["C2"])
    for colour, fill in ((enough, _ENOUGH), (short, _SHORT)):
        colour.dxf = DifferentialStyle(fill=fill)
        sheet.conditional_formatting.add(f"B2:B{row}", colour)
    notes = (
        say("This tally counts what is sure from the lists. It is no verdict."),
        say("Check the file with alliance-check: it judges every rule and names each open cell."),
        say("Not counted: names such as TBC, blanks beside marked cells, rows that differ."),
    )
    for number, note in enumerate(notes, row + 2):
        cell = sheet.cell(number, 1, str(note))
        cell.font, cell.alignment = Font(italic=True), Alignment(wrap_text=True, vertical="top")
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=4)
        sheet.row_dimensions[number].height = 32
    sheet.print_area = f"A1:D{row + 1 + len(notes)}"


def _fill_clauses(sheet: Worksheet, lot: Lot) -> None:
    heads = (
        say("Rule"),
        say("What the clause says"),
        say("Our reading"),
        say("Document"),
        say("Page"),
        say("Address"),
    )
    widths = (24, 52, 52, 24, 9, 36)
    _head(sheet, heads, widths)
    titles = {rule.ID: rule.TITLE for rule in RULES}
    for row, (rule, clause) in enumerate(lot.clauses.items(), 2):
        source = clause.source
        texts = (titles[rule], clause.says, clause.interpretation or "", source.title)
        shown = [str(Message(text)) if text else "" for text in texts]
        for number, text in enumerate((*shown, clause.page, source.url), 1):
            cell = sheet.cell(row, number, text)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
        # A row that nobody has opened yet has no height of its own in every program.
        lines = max(-(-len(text) // width) for text, width in zip(shown, widths, strict=False))
        sheet.row_dimensions[row].height = 15 * (lines + 1)
    sheet.print_area = f"A1:F{len(lot.clauses) + 1}"
