"""Tables that can be filtered: every finding, its sources, and of a folder the verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from openpyxl import Workbook
from openpyxl.styles import Font

from alliance_check.model.call import Document
from alliance_check.model.message import Message, Value, listed, say
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Failure, Finding, Observation, Report, Result
from alliance_check.model.sheet import Cell
from alliance_check.reports.lines import report_lines
from alliance_check.reports.open_cells import open_cells
from alliance_check.reports.places import places_of
from alliance_check.reports.words import (
    OUTCOMES,
    call_words,
    cautions,
    having,
    verdict_words,
)
from alliance_check.reports.workbook.eligibility import BANDS
from alliance_check.reports.workbook.sheets import TableColumn, put, sheet_named, table

_FINDINGS = (
    TableColumn(say("Finding"), 30),
    TableColumn(say("Outcome"), 16),
    TableColumn(say("What the sheet says"), 56),
    TableColumn(say("Cells"), 24),
    TableColumn(say("What to change"), 48),
    TableColumn(say("For sure"), 10),
    TableColumn(say("At most"), 10),
    TableColumn(say("Need"), 8),
    TableColumn(say("Clause"), 56),
    TableColumn(say("Document"), 28),
    TableColumn(say("Page"), 12),
    TableColumn(say("Address"), 44),
)
_WHOSE = (TableColumn(say("File"), 36), TableColumn(say("Lot"), 8))
_VERDICTS = (
    *_WHOSE,
    TableColumn(say("Call"), 16),
    TableColumn(say("Verdict"), 48),
    TableColumn(say("Not met or to check"), 60),
    TableColumn(say("Open cells"), 12),
    TableColumn(say("Cautions"), 12),
)
_SOURCES = (
    TableColumn(say("Document"), 34),
    TableColumn(say("Publisher"), 26),
    TableColumn(say("Version"), 16),
    TableColumn(say("Date"), 14),
    TableColumn(say("Address"), 60),
    TableColumn(say("Read for"), 60),
)
_RULES = {outcome.value for outcome in Outcome}


def add_findings(book: Workbook, results: Sequence[Result], *, whose: bool) -> None:
    """Add the sheet of the findings; *whose* says that each names its file and lot."""
    sheet = sheet_named(book, say("Findings"))
    columns = (*_WHOSE, *_FINDINGS) if whose else _FINDINGS
    rows = [
        (*(_file_and_lot(result) if whose else ()), *row)
        for result in results
        for row in _rows(result)
    ]
    table(sheet, columns, rows)


def _file_and_lot(result: Result) -> tuple[Value, Value]:
    return result.name, "" if isinstance(result, Failure) else result.lot.number


def _rows(result: Result) -> Iterator[tuple[Value | None, ...]]:
    """Yield a row for every rule, the worst first, then one for everything else that is said."""
    found = [] if isinstance(result, Failure) else having(result, *_ORDER)
    yield from map(_rule_row, found)
    for line in report_lines(result):
        if line.kind not in _RULES:
            yield (line.title, "", line.message, _places(line.cells), line.hint)


_ORDER = (
    *(Outcome.NOT_MET, Outcome.TO_CHECK, Outcome.NOT_CHECKED),
    *(Outcome.MET, Outcome.NOT_APPLICABLE),
)


def _rule_row(finding: Finding) -> tuple[Value | None, ...]:
    answer, counted, clause = finding.answer, finding.answer.count, finding.clause
    return (
        finding.title,
        OUTCOMES[finding.outcome],
        answer.message,
        _places(answer.cells),
        answer.hint,
        None if counted is None else counted.low,
        None if counted is None else counted.high,
        answer.need,
        Message(clause.says),
        Message(clause.source.title),
        clause.page,
        clause.source.url,
    )


def _places(cells: Iterable[Cell]) -> Value:
    places = places_of(cells)
    return listed(places, len(places))


def add_sources(book: Workbook, results: Sequence[Result]) -> None:
    """Add the documents behind the findings, each with the rules that it was read for."""
    sheet = sheet_named(book, say("Sources"))
    rules: dict[Document, dict[Message, None]] = {}
    for result in results:
        if isinstance(result, Report):
            for finding in result.all_findings:
                rules.setdefault(finding.clause.source, {})[finding.title] = None
    rows = []
    for source, titles in rules.items():
        read_for = listed(titles, len(titles))
        about = (source.publisher, source.version, source.date, source.url)
        rows.append((Message(source.title), *about, read_for))
    table(sheet, _SOURCES, rows)


def add_verdicts(book: Workbook, results: Sequence[Result], across: Sequence[Observation]) -> None:
    """Add the sheet of verdicts of a folder, and what its proposals say of one another."""
    sheet = sheet_named(book, say("Verdicts"))
    below = table(sheet, _VERDICTS, [tuple(_verdict(result)) for result in results])
    for row, result in enumerate(results, 2):
        if isinstance(result, Report):
            cell = sheet.cell(row, 4)
            cell.font, cell.fill = Font(bold=True, color="FFFFFF"), BANDS[result.verdict]
    for row, one in enumerate(across, below + 1):
        put(sheet, row, 1, one.message)
        put(sheet, row, 4, listed(map(str, one.places), len(one.places)))


def _verdict(result: Result) -> Iterator[Value]:
    if isinstance(result, Failure):
        yield from (result.file, "", "", say("not judged: {why}", why=result.sentence))
        return
    yield from (result.name, result.lot.number, call_words(result), verdict_words(result))
    waiting = having(result, Outcome.NOT_MET, Outcome.TO_CHECK)
    yield listed((finding.title for finding in waiting), len(waiting))
    yield len(open_cells(result))
    yield len(list(cautions(result)))
