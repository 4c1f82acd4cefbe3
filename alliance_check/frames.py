"""Many consortia in one table of pandas: one row of the answer for each of them.

The only place of the core that knows pandas. It asks the same stages as the check of a file, so
that a consortium gets the answer here that it would get alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from alliance_check import __version__, rulebook
from alliance_check.calls import asked, judged
from alliance_check.model.consortium import Content, Sheet, Workbook
from alliance_check.model.errors import NoTable, TooLarge
from alliance_check.model.report import CALL, Finding, Input, Report
from alliance_check.parse import Named, Reading, Table, parse_all
from alliance_check.parse.table.values import text_of
from alliance_check.readers import Limits
from alliance_check.readers.values import other
from alliance_check.rules import RULES

_DIGITS = ".15g"
"""The digits of a number that a spreadsheet keeps."""
_ORDER = [rule.ID for rule in RULES]
_FIXED = ("call", "lot", "verdict", "exit code", "problems")


def check_frame(  # noqa: PLR0913 - what the command line can say, by name
    df: pd.DataFrame,
    *,
    by: str | None = None,
    lot: str | None = None,
    call: str | None = None,
    duration: int | None = None,
    grant: Decimal | int | None = None,
    total: Decimal | int | None = None,
    strict: bool = False,
) -> pd.DataFrame:
    """Check every consortium of a long table; return one row for each, in the table's order.

    *by* is the header of the column that tells the consortia apart; without it the table is one of
    the known exports, or a single consortium. *lot* is any name of a lot; without it there is one
    row for each lot. *duration* (months), *grant* and *total* (EUR) hold for every consortium.

    The index holds the values of *by*. The columns are ``call``, ``lot``, ``verdict``,
    ``exit code``, ``problems`` (how many cells were not understood), and for each rule its
    outcome, such as ``minimum-partners``; where it counts, also ``minimum-partners low`` and
    ``minimum-partners high``. Where no call is named and the two that are judged differ, the
    verdict is undecided, and ``verdict of <call>`` holds that of each.

    :raises AllianceCheckError: when the table has no such column, or is no table of partners.
    """
    reading = Reading(duration, _decimal(grant), _decimal(total), by=by)
    found = list(parse_all(Workbook((_sheet(df),)), reading))
    if found:
        _refuse_to_lose_rows(found[0].table)
    wanted = None if lot is None else rulebook.lot_named(lot)
    reports = [r for one in found for r in _reports(one, wanted, call, reading, strict=strict)]
    made = pd.DataFrame([_row(report) for report in reports])
    made.index = pd.Index(_names(reports, df, by), name=by or "project")
    return _ordered(made)


def _decimal(value: Decimal | int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _sheet(df: pd.DataFrame) -> Sheet:
    """Return the table as a sheet of text; its headers are the first row."""
    most = Limits().columns
    if df.shape[1] > most:
        raise TooLarge(
            "The table has {shape} columns; {most} are read at most.", shape=df.shape[1], most=most
        )
    columns = [_contents(df.iloc[:, number]) for number in range(df.shape[1])]
    header = tuple(_content(text) for text in df.columns)
    return Sheet(None, (header, *zip(*columns, strict=True)))


def _contents(column: pd.Series[Any]) -> list[Content]:
    """Return the cells of a column; what pandas calls missing is empty."""
    values, missing = column.tolist(), column.isna().tolist()
    return ["" if none else _content(v) for v, none in zip(values, missing, strict=True)]


def _content(value: Any) -> Content:
    """Return what a sheet would hold for a value that is not missing."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return other(value)
    number = Decimal(format(value, _DIGITS)) if isinstance(value, float) else Decimal(value)
    # The infinities stay text: no sum may be made of them.
    return Decimal(format(number, "f")) if number.is_finite() else str(value)


def _refuse_to_lose_rows(table: Table) -> None:
    """Refuse a table with rows that would not be read as partners."""
    if table.header_row != 1:
        raise NoTable("The names of the columns are not those of a table of partners.")
    rows = len(table.sheet.rows)
    if table.last_row != rows:
        raise NoTable(
            "Row {last_row} of the table is followed by the header of another one; give each to "
            "check_frame by itself.",
            last_row=table.last_row,
        )


def _reports(
    one: Named, lot: str | None, call: str | None, reading: Reading, *, strict: bool
) -> Iterator[Report]:
    parsed = one.parsed
    under = asked(parsed, call, lot, reading, rulebook.load_call)
    newest = None if CALL in under.origins else rulebook.load_call(rulebook.newest())
    for each in under.lots:
        found = judged(parsed.consortium, under, each, newest, strict=strict)
        yield Report(
            input=Input("", "", None, one.table.header_row, parsed.notes, one.name),
            call=under.call,
            lot=each,
            consortium=parsed.consortium,
            classifications=(),
            findings=found.findings,
            problems=parsed.problems,
            verdict=found.verdict,
            newest=found.newest,
            version=__version__,
            origins=under.origins,
            call_verdict=found.call_verdict,
        )


def _row(report: Report) -> dict[str, Any]:
    row: dict[str, Any] = {
        "call": report.call.id,
        "lot": report.lot.id,
        "verdict": report.verdict.value,
        "exit code": report.exit_code,
        "problems": len(report.problems),
    }
    if report.call_verdict is not None and report.newest is not None:
        row[f"verdict of {report.call.id}"] = report.call_verdict.value
        row[f"verdict of {report.newest.call}"] = report.newest.verdict.value
    for finding in report.findings:
        if finding.rule != CALL:  # that column holds the call itself
            row |= _cells(finding)
    return row


def _cells(finding: Finding) -> dict[str, Any]:
    found: dict[str, Any] = {finding.rule: finding.outcome.value}
    count = finding.answer.count
    if count is not None:
        found |= {f"{finding.rule} low": count.low, f"{finding.rule} high": count.high}
    return found


def _names(reports: Sequence[Report], df: pd.DataFrame, by: str | None) -> list[Any]:
    """Return the value of *by* for each report as the table has it, not as text."""
    names = [report.input.project for report in reports]
    if by is None or by not in df.columns or not df.columns.is_unique:
        return names
    column = df[by]
    values: dict[str, Any] = {}
    for value, content in zip(column.tolist(), _contents(column), strict=True):
        values.setdefault(text_of(content), value)
    return [values.get(name, name) for name in names]


def _ordered(made: pd.DataFrame) -> pd.DataFrame:
    """Return the columns with low and high beside their rule, as whole numbers."""
    fixed = [name for name in _FIXED if name in made]
    fixed[3:3] = [str(name) for name in made if str(name).startswith("verdict of ")]
    rules = sorted((str(name) for name in made if name not in fixed), key=_place)
    for name in rules:
        if name.endswith((" low", " high")):
            made[name] = made[name].astype("Int64")
    return made[[*fixed, *rules]]


def _place(name: str) -> tuple[int, int]:
    rule, _, end = name.partition(" ")
    return _ORDER.index(rule), ("", "low", "high").index(end)
