"""Tables that can be filtered: every finding, its sources, and of a folder the verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from openpyxl import Workbook
from openpyxl.styles import Font

from alliance_check.model.call import Document
from alliance_check.model.consortium import Cell, Outcome
from alliance_check.model.message import Message, Value, listed, say
from alliance_check.model.report import Failure, Finding, Observation, Report, Result
from alliance_check.reports.lines import Remark, remarks
from alliance_check.reports.open_cells import open_cells
from alliance_check.reports.words import (
    OUTCOMES,
    call_words,
    cautions,
    having,
    places_of,
    verdict_words,
)
from alliance_check.reports.workbook.eligibility import BANDS
from alliance_check.reports.workbook.sheets import Column, put, sheet_named, table

_FINDINGS = (
    Column(say("Finding"), 30),
    Column(say("Outcome"), 16),
    Column(say("What the sheet says"), 56),
    Column(say("Cells"), 24),
    Column(say("What to change"), 48),
    Column(say("For sure"), 10),
    Column(say("At most"), 10),
    Column(say("Need"), 8),
    Column(say("Clause"), 56),
    Column(say("Document"), 28),
    Column(say("Page"), 12),
    Column(say("Address"), 44),
)
_WHOSE = (Column(say("File"), 36), Column(say("Lot"), 8))
_VERDICTS = (
    *_WHOSE,
    Column(say("Call"), 16),
    Column(say("Verdict"), 48),
    Column(say("Not met or to check"), 60),
    Column(say("Open cells"), 12),
    Column(say("Cautions"), 12),
)
_SOURCES = (
    Column(say("Document"), 34),
    Column(say("Publisher"), 26),
    Column(say("Version"), 16),
    Column(say("Date"), 14),
    Column(say("Address"), 60),
    Column(say("Read for"), 60),
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
    if isinstance(result, Failure):
        return result.file, ""
    return result.input.name, result.lot.number


def _rows(result: Result) -> Iterator[tuple[Value | None, ...]]:
    """Yield a row for every rule, the worst first, then one for everything else that is said."""
    found = [] if isinstance(result, Failure) else having(result, *_ORDER)
    yield from map(_of_rule, found)
    for remark in remarks(result):
        if remark.kind not in _RULES:
            yield _of_remark(remark)


_ORDER = (
    *(Outcome.NOT_MET, Outcome.TO_CHECK, Outcome.NOT_CHECKED),
    *(Outcome.MET, Outcome.NOT_APPLICABLE),
)


def _of_rule(finding: Finding) -> tuple[Value | None, ...]:
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


def _of_remark(remark: Remark) -> tuple[Value | None, ...]:
    return (remark.title, "", remark.message, _places(remark.cells), remark.hint)


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
    yield from (result.input.name, result.lot.number, call_words(result), verdict_words(result))
    waiting = having(result, Outcome.NOT_MET, Outcome.TO_CHECK)
    yield listed((finding.title for finding in waiting), len(waiting))
    yield len(open_cells(result))
    yield len(list(cautions(result)))
