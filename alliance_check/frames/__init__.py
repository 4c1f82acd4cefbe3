"""Many consortia in one table of pandas: one row of the answer for each of them.

The only room of the core that knows pandas. It asks the same stages as the check of a file, so
that a consortium gets the answer here that it would get alone: where every row of the table is
plainly a partner, distinct contents are read once and alike partners are judged once (``fast``),
and any other table is read as the sheet that it would be (``slow``).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

import pandas as pd

from alliance_check import rulebook
from alliance_check.frames.assembled import assemble
from alliance_check.frames.columns import COLUMNS as COLUMNS
from alliance_check.frames.fast import portfolio
from alliance_check.frames.sheet import contents_of, header_of
from alliance_check.frames.slow import answer_consortia, answer_rows
from alliance_check.model.sheet import Workbook
from alliance_check.parse import column_named, parse_all
from alliance_check.parse.table.values import text_of
from alliance_check.pipeline import Options
from alliance_check.text.folding import fold


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
    options = Options(
        lot=None if lot is None else rulebook.lot_named(lot),
        call=call,
        by=by,
        duration=duration,
        grant=None if grant is None else Decimal(grant),
        total=None if total is None else Decimal(total),
        strict=strict,
    )
    return judge_frame(df, options).answers


class Judged(NamedTuple):
    """The answers, and for each of them the country of the coordinator; empty if none is known."""

    answers: pd.DataFrame
    coordinators: list[str]


def judge_frame(df: pd.DataFrame, options: Options) -> Judged:
    """Check every consortium of a long table as ``check_frame`` does; say who coordinates, too."""
    by, call, lot = options.by, options.call, options.lot
    under_call = None if call is None else rulebook.load_call(call)
    if under_call is not None and lot is not None:
        rulebook.find_lot(under_call, lot)
    header = header_of(df)
    key = None if by is None else key_of(df, by)
    may_be_plain = not (options.strict or key is None or df.empty)
    plain = portfolio(df, header, options) if may_be_plain else None
    if plain is not None and key is not None:
        made, places = assemble(plain, call, lot, options)
        made.index = pd.Index(key.iloc[plain.first_rows[places]], name=by)
        countries = plain.coordinators
        return Judged(made, [countries[place] for place in places.tolist()])
    found = answer_rows(df, options)
    made = _typed(found.rows)
    made.index = _index(found.names, key, by)
    return Judged(made, found.coordinators)


def judge_book(book: Workbook, options: Options) -> Judged:
    """Check every consortium of a workbook, of which *options* must name the column.

    One sheet in which nothing is hidden, struck out, merged, coloured or commented is a table.
    """
    by, sheet = str(options.by), book.sheets[0]
    marks = (sheet.hidden_rows, sheet.struck, sheet.comments, sheet.fills, sheet.merged)
    if len(book.sheets) == 1 and not any((*marks, sheet.formats)) and len(sheet.rows) > 1:
        header, *rows = sheet.rows
        width = max(map(len, sheet.rows))
        if len(header) == width and any(fold(text_of(text)) == fold(by) for text in header):
            wide = [[*row, *[""] * (width - len(row))] for row in rows]
            return judge_frame(pd.DataFrame(wide, columns=list(header)), options)
    found = answer_consortia(parse_all(book, options), options)
    made = _typed(found.rows)
    made.index = pd.Index(found.names, dtype=object, name=by)
    return Judged(made, found.coordinators)


def key_of(df: pd.DataFrame, by: str) -> pd.Series[Any]:
    """Return the column that tells the consortia apart.

    :raises WrongUsage: when there is none with this header.
    """
    return df.iloc[:, column_named(header_of(df), by) - 1]


def _typed(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return rows of the answer with every column and its dtype, also where there is none."""
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(dict(COLUMNS))


def _index(names: list[str], key: pd.Series[Any] | None, by: str | None) -> pd.Index[Any]:
    """Return the names of the consortia as the table has them, not as text."""
    if key is None:
        return pd.Index(names, dtype=object, name="project")
    values: dict[str, Any] = {}
    for value, content in zip(key.tolist(), contents_of(key), strict=True):
        values.setdefault(text_of(content), value)
    named: pd.Index[Any] = pd.Index([values[name] for name in names], dtype=key.dtype, name=by)
    return named
