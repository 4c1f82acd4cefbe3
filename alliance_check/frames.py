"""Many consortia in one table of pandas: one row of the answer for each of them.

The only place of the core that knows pandas. It asks the same stages as the check of a file, so
that a consortium gets the answer here that it would get alone.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd

from alliance_check import rulebook
from alliance_check.calls import Judgement, call_and_lots, judge
from alliance_check.model.consortium import Content, Sheet, Workbook
from alliance_check.model.errors import NoTable, TooLarge
from alliance_check.model.report import CALL
from alliance_check.parse import Reading, Table, parse_all
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
    rows, names = [], []
    for one in found:
        under = call_and_lots(one.parsed, call, wanted, reading, rulebook.load_call)
        newest = None if CALL in under.origins else rulebook.load_call(rulebook.newest())
        for each in under.lots:
            judgement = judge(one.parsed.consortium, under, each, newest, strict=strict)
            rows.append(_row(under.call.id, each.id, judgement, len(one.parsed.problems)))
            names.append(one.name)
    made = pd.DataFrame(rows)
    made.index = pd.Index(_as_in_table(names, df, by), name=by or "project")
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


def _as_in_table(names: list[str], df: pd.DataFrame, by: str | None) -> list[Any]:
    """Return the values of *by* as the table has them, not as text."""
    if by is None or by not in df.columns or not df.columns.is_unique:
        return names
    column = df[by]
    values: dict[str, Any] = {}
    for value, content in zip(column.tolist(), _contents(column), strict=True):
        values.setdefault(text_of(content), value)
    return [values.get(name, name) for name in names]


def _ordered(made: pd.DataFrame) -> pd.DataFrame:
    """Order the columns, low and high after their rule and as whole numbers."""
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
