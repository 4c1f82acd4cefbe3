"""Layouts as programs export them: their XML is written here, since no library writes it so."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from xml.sax.saxutils import escape

from openpyxl import Workbook

from tests.making_tables import ASSOCIATED, HEADER, SHARES, TIGHT, Row
from tests.sheets import raw_ods, raw_xlsx

_LETTERS = "ABCDEFGHIJ"
MADE = datetime(2026, 11, 24)  # noqa: DTZ001 - a workbook's dates have no zone


def _cell(place: str, value: object, style: int = 0) -> str:
    if value == "":
        return f'<c r="{place}" s="{style}"/>'
    if isinstance(value, bool):
        return f'<c r="{place}" s="{style}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int):
        return f'<c r="{place}" s="{style}"><v>{value}</v></c>'
    if str(value).startswith("<"):
        return f'<c r="{place}"{value}</c>'.replace('"<', '"', 1)
    text = escape(str(value))
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t>{text}</t></is></c>'


def _rows(rows: Iterable[Sequence[object]]) -> str:
    return "".join(
        f'<row r="{number}">'
        + "".join(
            _cell(f"{letter}{number}", value) for letter, value in zip(_LETTERS, row, strict=False)
        )
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )


def google() -> bytes:
    """Return a sheet of Google: tick boxes far below the table, and styled rows without content."""
    rows: list[Row] = [[*HEADER, "Confirmed?", "Grant (EUR)"]]
    rows += [[*row, n != 5, SHARES[n]] for n, row in enumerate(TIGHT)]
    rows += [["", "", "", "", False, ""] for _ in range(20)]
    rows += [[""] * 6 for _ in range(900)]
    return raw_xlsx(_rows(rows), styles='<cellXfs count="1"><xf numFmtId="0"/></cellXfs>')


def numbers() -> Workbook:
    """Return a workbook of Numbers: a summary, then a sheet for each table under its title."""
    book = Workbook()
    summary = book.worksheets[0]
    summary.title = "Export Summary"
    for row in (
        [],
        ["", "One worksheet was made for each table of this document."],
        [],
        ["", "Numbers Sheet Name", "Numbers Table Name", "Excel Worksheet Name"],
        ["", "Partners"],
        ["", "", "Consortium", "Partners - Consortium"],
        ["", "", "Money", "Partners - Money"],
    ):
        summary.append(row)
    table = book.create_sheet("Partners - Consortium")
    for partner in (["Consortium"], HEADER, *TIGHT, ASSOCIATED, [""] * 4):
        table.append(partner)
    table.merge_cells("A1:D1")
    money = book.create_sheet("Partners - Money")
    for label in (["Money"], ["Requested grant", 950_000], ["Total budget", 1_200_000]):
        money.append(label)
    return book


def libreoffice() -> bytes:
    """Return a sheet of LibreOffice: merged title, hidden row, rows repeated to the end."""

    def text(value: object) -> str:
        return (
            f'<table:table-cell office:value-type="string" calcext:value-type="string">'
            f"<text:p>{escape(str(value))}</text:p></table:table-cell>"
        )

    rest = '<table:table-cell table:number-columns-repeated="16380"/>'
    title = (
        '<table:table-row><table:table-cell table:number-columns-spanned="4" '
        'office:value-type="string"><text:p>Partners of the alliance</text:p></table:table-cell>'
        f'<table:covered-table-cell table:number-columns-repeated="3"/>{rest}</table:table-row>'
    )
    rows = (
        title
        + '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
    )
    for number, row in enumerate((HEADER, *TIGHT, ASSOCIATED)):
        shown = ' table:visibility="collapse"' if number == 8 else ""
        rows += f"<table:table-row{shown}>{''.join(map(text, row))}{rest}</table:table-row>"
    rows += (
        '<table:table-row table:number-rows-repeated="1048560">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    return raw_ods(rows)


def formulas() -> bytes:
    """Return a sheet with a formula that was calculated, one that was not, and one that broke."""
    rows = [[*HEADER, "Grant (EUR)"], *([*row, SHARES[n]] for n, row in enumerate(TIGHT))]
    rows[2][1] = '< t="str"><f>Lists!A2</f><v>Germany</v>'
    rows[3][2] = '< t="e"><f>Lists!#REF!</f><v>#REF!</v>'
    rows[4][1] = '< t="str"><f>VLOOKUP(A5,Lists!A:B,2,0)</f><v></v>'
    rows[5][4] = "<><f>100000+5000</f><v>105000</v>"
    rows[6][0] = "<><f>Lists!A7</f>"
    rows.append(["Total", "", "", "", "<><f>SUM(E2:E9)</f>"])
    return raw_xlsx(_rows(rows))


def _results(coordinator: str, kind: str) -> list[Row]:
    parts = ("name", "organisation type", "address", "region", "country", "website")
    head: Row = ["Programme", "Key Action", "Call year", "Project Identifier", "Project Title"]
    head += ["EU Grant award in euros (This amount represents the grant awarded)"]
    head += [coordinator, kind, "Coordinator's address", "Coordinator's region"]
    head += ["Coordinator's country", "Coordinator's website"]
    head += [f"Partner {n} {part}" for n in range(1, 9) for part in parts]

    def project(number: str, grant: object, rows: Iterable[Sequence[object]]) -> Row:
        partners = [cell for r in rows for cell in (r[0], r[2], "Street 1", "", r[1], "")]
        whole: Row = ["Erasmus+", "Partnerships", "2023", number, "A project", grant, *partners]
        return whole + [""] * (len(head) - len(whole))

    second: list[Row] = [TIGHT[0], TIGHT[2], ["Firma Nova", "Germny", "SME", ""], ASSOCIATED]
    return [
        head,
        project("101100001-ERASMUS-EDU-2023-PI-ALL-INNO", "950000", TIGHT),
        project("101100002-ERASMUS-EDU-2023-PI-ALL-INNO", "", second),
    ]


def results_xlsx() -> Workbook:
    """Return an export of project results in the newer spelling."""
    book = Workbook()
    for row in _results("Coordinating organisation name", "Coordinating organisation type"):
        book.worksheets[0].append(row)
    return book


def results_csv() -> bytes:
    """Return an export of project results in the older spelling."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(_results("Coordinator's name", "Coordinator's type"))
    return out.getvalue().encode("utf-8-sig")


def charter_sheet() -> Workbook:
    """Return partners with PIC and without a column on the charter."""
    book = Workbook()
    pics: Row = ["900000101", 900000102, "", "", "", "", "", ""]
    book.worksheets[0].append([*HEADER, "PIC"])
    for row, pic in zip(TIGHT, pics, strict=True):
        book.worksheets[0].append([*row, pic])
    return book


def charter_list() -> Workbook:
    """Return a small list of charter holders with the misspellings of the published ones."""
    book = Workbook()
    rows: list[Row] = [
        [],
        ["Proposal Number", "Eramus Code", "PIC", "OID", "Legal Name", "Street", "Post Cd", "City"],
        ["101", "N  FJORDBY01", 900000101, "E1", "FJORDBYEN UNIVERSITET", "", "1", "Fjordby"],
        ["102", "D  LINDENT01", "900000102", "E2", "Technische Hochschule Lindental", "", "", ""],
    ]
    rows[1] += ["Country Cd", "Website Url", "Erasmus Eche Start", "Erasmus Eche End"]
    rows[2] += ["NO", "", date(2021, 3, 1), date(2027, 12, 31)]
    rows[3] += ["DE", "", "01/03/2021", "31/12/2022"]
    for row in rows:
        book.worksheets[0].append(row)
    return book


def same_bytes(made: bytes | Workbook) -> bytes:
    """Return a workbook as bytes, with every date in them set."""
    out = io.BytesIO()
    if isinstance(made, bytes):
        out.write(made)
    else:
        made.properties.created = made.properties.modified = MADE
        made.save(out)
    same = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(same, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "docProps/core.xml":
                head, _, _ = text.partition(b"<dcterms:modified")
                text = head + text.rpartition(b"</dcterms:modified>")[2]
            entry = zipfile.ZipInfo(name, date_time=(2026, 11, 24, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, text)
    return same.getvalue()


EXPORTS: dict[str, Callable[[], bytes | Workbook]] = {
    "google.xlsx": google,
    "numbers.xlsx": numbers,
    "libreoffice.ods": libreoffice,
    "formulas.xlsx": formulas,
    "results-export.xlsx": results_xlsx,
    "results-export-older.csv": results_csv,
    "charter.xlsx": charter_sheet,
    "lists/charter-holders.xlsx": charter_list,
}
