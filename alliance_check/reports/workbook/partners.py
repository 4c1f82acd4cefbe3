"""The partners as they were read: what stands in each cell, and what it became."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from openpyxl import Workbook

from alliance_check.model.consortium import Partner
from alliance_check.model.message import Message, Value, listed, say
from alliance_check.model.report import Classification, Report
from alliance_check.model.sheet import Cell
from alliance_check.reports.open_cells import OpenCell, Owners, open_cells
from alliance_check.reports.partner_words import GROUPS, PRESENCES, ROLES, called, kind_words
from alliance_check.reports.workbook.sheets import TableColumn, comment, put, sheet_named, table
from alliance_check.vocabulary.countries import country

_AS_WRITTEN: Mapping[str, Message] = {
    "country": say("Country, in the sheet"),
    "type": say("Type, in the sheet"),
    "role": say("Role, in the sheet"),
    "status": say("Status, in the sheet"),
    "counts_as": say("Counts as, in the sheet"),
    "pic": say("PIC, in the sheet"),
    "oid": say("OID, in the sheet"),
    "charter": say("ECHE, in the sheet"),
    "pact": say("Pact for Skills, in the sheet"),
    "share": say("EU contribution, in the sheet"),
}
_READ = (
    TableColumn(say("Country"), 20),
    TableColumn(say("Counts as country"), 18),
    TableColumn(say("Group"), 24),
    TableColumn(say("Kind"), 36),
    TableColumn(say("Role"), 18),
    TableColumn(say("Presence"), 14),
    TableColumn(say("Full partner"), 14),
    TableColumn(say("Labour market"), 14),
    TableColumn(say("Education"), 14),
    TableColumn(say("Higher education"), 14),
    TableColumn(say("Vocational"), 14),
)
_READ_HERE = frozenset({"country", "type", "role", "status", "counts_as"})
_FUNCTIONS = ("labour-market", "education", "hei", "vet")


def add_partners(book: Workbook, report: Report) -> None:
    """Add the sheet of the partners; a cell that is open is filled, and a note says why."""
    sheet = sheet_named(book, say("Partners"))
    partners = report.consortium.partners
    unread = {one.cell for one in open_cells(report)}
    there = [f for f in _AS_WRITTEN if any(_is_shown(p, f, unread) for p in partners)]
    written = [TableColumn(_AS_WRITTEN[field], 18) for field in there]
    columns = (TableColumn(say("Cell"), 9), TableColumn(say("Partner"), 36), *written, *_READ)
    owners = Owners(report)
    pairs = zip(partners, report.classifications, strict=True)
    rows = [
        (
            owners.address(p.cells["name"]) if p.row is not None else say("new"),
            called(p),
            *(p.texts.get(field, "") for field in there),
            *_became(p, classified),
        )
        for p, classified in pairs
    ]
    table(sheet, columns, rows)
    places = {field: at for at, field in enumerate(there, 3)}
    row_of = {id(partner): row for row, partner in enumerate(partners, 2)}
    for (row, at), found in _by_place(report, places, row_of).items():
        sentences = [line for one in found for line in _sentences(one)]
        comment(put(sheet, row, at, rows[row - 2][at - 1]), sentences)
    sheet.freeze_panes = "C2"


def _is_shown(partner: Partner, field: str, unread: Container[Cell | None]) -> bool:
    """Return whether a column is shown: one that is read here, or has a cell that is open."""
    if field in _READ_HERE:
        return field in partner.cells
    return field in partner.cells and partner.cells[field] in unread


def _became(partner: Partner, classified: Classification) -> Iterator[Value | None]:
    state = classified.counts_as_country
    yield say("not read") if partner.country is None else country(partner.country)
    yield None if state is None or state == partner.country else country(state)
    yield GROUPS[classified.group]
    yield kind_words(partner.kinds) or say("not read")
    yield ROLES[partner.role]
    if partner.same_as is not None:
        yield say("same as {cell}", cell=str(partner.same_as))
    else:
        yield PRESENCES[partner.presence]
    counted = classified.as_partner
    yield _counts(sure=bool(counted.low), possible=bool(counted.high))
    for function in _FUNCTIONS:
        sure = function in classified.counts_as
        yield _counts(sure=sure, possible=function in classified.may_count_as)


def _counts(*, sure: bool, possible: bool) -> Message | None:
    return say("counts") if sure else say("may count") if possible else None


def _by_place(
    report: Report, places: Mapping[str, int], row_of: Mapping[int, int]
) -> dict[tuple[int, int], list[OpenCell]]:
    """Return the open cells by where they stand here; what has no column stands by the name."""
    found: dict[tuple[int, int], list[OpenCell]] = {}
    for one in open_cells(report):
        partner = one.partner
        if partner is not None:
            fields = (field for field, cell in partner.cells.items() if cell == one.cell)
            at = next((places[field] for field in fields if field in places), 2)
            found.setdefault((row_of[id(partner)], at), []).append(one)
    return found


def _sentences(one: OpenCell) -> Iterator[Value]:
    yield say("{cell}: {what}", cell=str(one.cell), what=one.what)
    if one.hint is not None:
        yield one.hint
    if one.decides:
        yield say("It decides: {rules}.", rules=listed(one.decides, len(one.decides)))
