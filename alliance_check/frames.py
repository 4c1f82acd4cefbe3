"""Many consortia in one table of pandas: one row of the answer for each of them.

The only place of the core that knows pandas. It asks the same stages as the check of a file, so
that a consortium gets the answer here that it would get alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from alliance_check import rulebook
from alliance_check.calls import DEFAULT_CALL, Judgement, call_and_lots, judge
from alliance_check.model.consortium import Content, Sheet, Workbook
from alliance_check.model.errors import NoTable, TooLarge
from alliance_check.model.report import CALL
from alliance_check.parse import Reading, Table, column_named, parse_all
from alliance_check.parse.table.values import text_of
from alliance_check.readers import Limits
from alliance_check.readers.values import other
from alliance_check.rules import RULES, one_coordinator
from alliance_check.rules.shared.minima import MINIMA

_DIGITS = ".15g"
"""The digits of a number that a spreadsheet keeps."""
_COUNTING = frozenset({*MINIMA, one_coordinator.ID})
"""The rules that count something, lowest and highest."""


def _columns() -> Iterator[tuple[str, str]]:
    yield from (("call", "string"), ("lot", "string"), ("verdict", "string"))
    for call in dict.fromkeys((DEFAULT_CALL, rulebook.newest())):
        yield f"verdict of {call}", "string"
    yield from (("exit code", "int64"), ("problems", "int64"))
    for rule in RULES:
        yield rule.ID, "string"
        if rule.ID in _COUNTING:
            yield from ((f"{rule.ID} low", "Int64"), (f"{rule.ID} high", "Int64"))


COLUMNS: Mapping[str, str] = dict(_columns())
"""The columns of every answer and their dtypes, whatever the table and the rules that it met."""


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

    The index holds the values of *by*, in the order of the table. The columns are always those of
    ``COLUMNS``, and an empty table has none but them: ``call``, ``lot``, ``verdict``, ``exit
    code``, ``problems`` (how many cells were not understood), and for each rule its outcome, such
    as ``minimum-partners``; where it counts, also ``minimum-partners low`` and ``minimum-partners
    high``. What a lot does not ask is missing. Where no call is named and the two that are judged
    differ, the verdict is undecided, and ``verdict of <call>`` holds that of each.

    :raises AllianceCheckError: when the table has no such column, or is no table of partners.
    """
    reading = Reading(duration, _decimal(grant), _decimal(total), by=by)
    wanted = None if lot is None else rulebook.lot_named(lot)
    under_call = None if call is None else rulebook.load_call(call)
    if under_call is not None and wanted is not None:
        rulebook.find_lot(under_call, wanted)
    key = None if by is None else _key(df, by)
    found = list(parse_all(Workbook((_sheet(df),)), reading)) if len(df) else []
    if found:
        _refuse_to_lose_rows(found[0].table)
    rows, names = [], []
    for one in found:
        under = call_and_lots(one.parsed, call, wanted, reading, rulebook.load_call)
        newest = None if CALL in under.origins else rulebook.load_call(rulebook.newest())
        for each in under.lots:
            judgement = judge(one.parsed.consortium, under, each, newest, strict=strict)
            rows.append(_row(under.call.id, each.id, judgement, len(one.parsed.problems)))
            names.append(one.name)
    made = pd.DataFrame(rows, columns=list(COLUMNS)).astype(dict(COLUMNS))
    made.index = _index(names, key, by)
    return made


def _decimal(value: Decimal | int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _sheet(df: pd.DataFrame) -> Sheet:
    """Return the table as a sheet of text; its headers are the first row."""
    most = Limits().columns
    if df.shape[1] > most:
        raise TooLarge(
            "The table has {shape} columns; {most} are read at most.", shape=df.shape[1], most=most
        )
    columns = [contents_of(df.iloc[:, number]) for number in range(df.shape[1])]
    header = tuple(_content(text) for text in df.columns)
    return Sheet(None, (header, *zip(*columns, strict=True)))


def contents_of(column: pd.Series[Any]) -> list[Content]:
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


def _row(call: str, lot: str, judgement: Judgement, problems: int) -> dict[str, Any]:
    row: dict[str, Any] = {
        "call": call,
        "lot": lot,
        "verdict": judgement.verdict.value,
        "exit code": judgement.verdict.exit_code,
        "problems": problems,
    }
    if judgement.call_verdict is not None and judgement.newest is not None:
        row[f"verdict of {call}"] = judgement.call_verdict.value
        row[f"verdict of {judgement.newest.call}"] = judgement.newest.verdict.value
    for finding in judgement.findings:
        if finding.rule != CALL:  # that column holds the call itself
            row[finding.rule] = finding.outcome.value
            count = finding.answer.count
            if count is not None:
                row |= {f"{finding.rule} low": count.low, f"{finding.rule} high": count.high}
    return row


def _key(df: pd.DataFrame, by: str) -> pd.Series[Any]:
    """Return the column that tells the consortia apart."""
    header = tuple(_content(text) for text in df.columns)
    return df.iloc[:, column_named(header, by) - 1]


def _index(names: list[str], key: pd.Series[Any] | None, by: str | None) -> pd.Index[Any]:
    """Return the names of the consortia as the table has them, not as text."""
    if key is None:
        return pd.Index(names, dtype=object, name="project")
    values: dict[str, Any] = {}
    for value, content in zip(key.tolist(), contents_of(key), strict=True):
        values.setdefault(text_of(content), value)
    named: pd.Index[Any] = pd.Index([values[name] for name in names], dtype=key.dtype, name=by)
    return named
