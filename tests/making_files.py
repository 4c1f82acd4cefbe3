"""Makes the binary layouts of tests/files, each the way that one program writes or people build it.

Run ``python -m tests.making_files``; the files are rewritten byte for byte the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from tests.making_exports import EXPORTS, same_bytes
from tests.making_tables import ASSOCIATED, CONTACTS, HEADER, SHARES, TEXTS, TIGHT, Row

FOLDER = Path(__file__).parent / "files"

Rows = Iterable[Row]


def workbook(**sheets: Rows) -> Workbook:
    """Return a workbook of these sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
    return book


def partners(book: Workbook) -> Worksheet:
    """Return the first sheet."""
    return book.worksheets[0]


def group_headings() -> Workbook:
    """A title and labels over a header of groups and fields."""
    details = [
        [*row, name, f"{name.split()[0].lower()}@example.org", share, share * 5 // 4]
        for row, name, share in zip(TIGHT, [*CONTACTS, "Per Dahl"], SHARES, strict=True)
    ]
    top: list[Row] = [
        ["Alliance for green skills: partners"],
        ["Lot", "Lot 1"],
        ["Project duration", "24 months"],
        [],
        ["Organisation", "", "", "", "Contact person", "", "Budget", ""],
        ["Name", "Country", "Type", "Role", "Name", "E-mail", "EU contribution", "Total cost"],
    ]
    book = workbook(Partners=[*top, *details])
    for area in ("A1:H1", "A5:D5", "E5:F5", "G5:H5"):
        partners(book).merge_cells(area)
    return book


def work_packages(totals: Row) -> Workbook:
    """A budget by work package below a merged heading, with totals at both ends."""
    parts = [[share // 2, share // 4, share // 4, share] for share in SHARES]
    rows = [[*row, *part] for row, part in zip(TIGHT, parts, strict=True)]
    head: list[Row] = [
        [*HEADER, "EU contribution (EUR)", "", "", ""],
        ["", "", "", "", "WP1", "WP2", "WP3", "Total"],
    ]
    book = workbook(Partners=[*head, *rows, ["Total", "", "", "", *totals]])
    for area in ("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:H1"):
        partners(book).merge_cells(area)
    return book


def over_contacts(columns: str) -> Workbook:
    """Each partner over two rows of contacts; the cells of some columns are merged."""
    rows: list[Row] = [[*HEADER, "Contact person"]]
    for row, name in zip(TIGHT, [*CONTACTS, "Per Dahl"], strict=True):
        under = ["" if letter in columns else row[n] for n, letter in enumerate("ABCD")]
        rows += [[*row, name], [*under, "Deputy of " + name]]
    book = workbook(Partners=rows)
    for first in range(2, len(rows) + 1, 2):
        for letter in columns:
            partners(book).merge_cells(f"{letter}{first}:{letter}{first + 1}")
    return book


def legend() -> Workbook:
    """A legend beside the table and notes below it."""
    beside = [["", "Legend"], ["", "Coordinator = the applicant"], ["", "University", "HEI"]]
    beside += [["", "SME", "labour market actor"], ["", "Norway", "associated country"]]
    rows: list[Row] = [
        [*row, *(beside[n] if n < 5 else [])] for n, row in enumerate([HEADER, *TIGHT])
    ]
    notes: list[Row] = [
        [],
        ["Notes"],
        ["All partners from Norway signed in March."],
        ["* mandate sent"],
    ]
    words: list[Row] = [["Types:", "HEI, VET, SME"], [], ["HEI", "Higher education institution"]]
    words += [["AP", "Associated partner, does not count"], ["SME", "up to 250 staff"]]
    return workbook(Partners=[*rows, *notes, *words])


def sections(*, roles: bool) -> Workbook:
    """Headings between the partners: their roles, or their countries."""
    rows: list[Row] = [HEADER[:3]]
    if roles:
        rows += [["Coordinator"], TIGHT[0][:3], ["Full partners"], *(r[:3] for r in TIGHT[1:7])]
        rows += [["Associated partners"], TIGHT[7][:3], ASSOCIATED[:3]]
        return workbook(Partners=rows)
    for country in ("Germany", "Italy", "Norway", "Spain"):
        rows += [[country.upper()], *(row[:3] for row in TIGHT if row[1] == country)]
    return workbook(Partners=rows)


def several_sheets(*, hidden: bool) -> Workbook:
    """Partners, contacts, a budget, notes, and an older version, which is hidden or not."""
    old: list[Row] = [HEADER, *TIGHT[:6], ["Old Partner Ltd", "Poland", "SME", "Full partner"]]
    contacts: list[Row] = [["Organisation", "Country", "Contact person"]]
    contacts += [[row[0], row[1], name] for row, name in zip(TIGHT, CONTACTS, strict=False)]
    budget: list[Row] = [["Partner", "WP1", "WP2", "Total"]]
    budget += [[row[0], 1, 2, 3] for row in TIGHT]
    book = workbook(
        Partners_old=old,
        Contacts=contacts,
        Budget=budget,
        Partners=[HEADER, *TIGHT, ASSOCIATED],
        Project_old=[["Duration", "24 months"], ["Grant", "1 600 000"]],
        Notes=[["Duration", "36 months"], ["Grant", "1 500 000"]],
    )
    book["Project_old"].sheet_state = "hidden"
    book["Partners_old"].sheet_state = "hidden" if hidden else "visible"
    return book


def two_tables(*others: Row) -> Workbook:
    """A second table below the first, without types: contacts, and perhaps others."""
    people: list[Row] = [["Organisation", "Country", "Person"]]
    people += [[row[0], row[1], name] for row, name in zip(TIGHT, CONTACTS, strict=False)]
    return workbook(Partners=[HEADER, *TIGHT, [], [], *people, *others])


def titled_tables() -> Workbook:
    """A second table under the same headers, whose title says that they are no partners."""
    board: list[Row] = [
        ["Advisory board"],
        HEADER[:3],
        ["Ministry of Skills", "France", "Ministry"],
    ]
    rows = [row[:3] for row in (HEADER, *TIGHT)]
    return workbook(Partners=[*rows, [], *board, ["Sector Fund", "Malta", "SME"]])


def side_by_side() -> Workbook:
    """Two tables beside one another under one row of headers."""
    others: list[Row] = [["Associated partner", "Country"], ["Region Nord", "France"]]
    others += [["Ministry of Skills", "Malta"], ["Region Sud", "Greece"]]
    rows = [[*row, "", *(others[n] if n < 4 else [])] for n, row in enumerate([HEADER, *TIGHT])]
    rows[3][1] = ""
    return workbook(Partners=rows)


def doubtful_rows(*, struck: bool) -> Workbook:
    """Two rows that are hidden, or struck through."""
    book = workbook(Partners=[HEADER, *TIGHT, ASSOCIATED])
    for number in (5, 9):
        if not struck:
            partners(book).row_dimensions[number].hidden = True
            continue
        for cell in partners(book)[number]:
            cell.font = Font(strike=True)
    return book


def turned() -> Workbook:
    """One partner a column."""
    return workbook(Partners=[[head, *(row[n] for row in TIGHT)] for n, head in enumerate(HEADER)])


def forms() -> Workbook:
    """One block of labels a partner."""
    rows: list[Row] = []
    for row in TIGHT:
        rows += [[head, cell] for head, cell in zip(HEADER, row, strict=True)] + [[]]
    return workbook(Partners=rows)


LAYOUTS: dict[str, Callable[[], Workbook]] = {
    "group-headings": group_headings,
    "work-packages": lambda: work_packages([475_000, 237_500, 237_500, 950_000]),
    "work-packages-mismatch": lambda: work_packages([475_000, 237_500, 237_500, 1_950_000]),
    "merged-partners": lambda: over_contacts("ABCD"),
    "merged-names": lambda: over_contacts("A"),
    "legend-and-notes": legend,
    "sections-of-roles": lambda: sections(roles=True),
    "sections-of-countries": lambda: sections(roles=False),
    "several-sheets": lambda: several_sheets(hidden=True),
    "several-versions": lambda: several_sheets(hidden=False),
    "two-tables": two_tables,
    "two-tables-and-others": lambda: two_tables(["Skills Fund", "Malta", "B. Zahra"]),
    "titled-tables": titled_tables,
    "side-by-side": side_by_side,
    "hidden-rows": lambda: doubtful_rows(struck=False),
    "hidden-rows-skipped": lambda: doubtful_rows(struck=False),
    "struck-rows": lambda: doubtful_rows(struck=True),
    "one-partner-a-column": turned,
    "form-blocks": forms,
}


def made_files() -> Iterator[tuple[str, bytes]]:
    """Yield every made layout by file name."""
    for name, make in LAYOUTS.items():
        yield f"{name}.xlsx", same_bytes(make())
    for name, export in EXPORTS.items():
        content = export()
        is_text = isinstance(content, bytes) and name.endswith(".csv")
        yield name, content if is_text and isinstance(content, bytes) else same_bytes(content)
    for name, (encoding, text) in TEXTS.items():
        yield name, text.replace("\n", "\r\n").encode(encoding)


def main() -> None:
    """Write every made layout."""
    for name, content in made_files():
        path = FOLDER / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()
