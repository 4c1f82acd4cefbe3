"""Read a table of pandas as the sheet that it would be in a file, and ask the rules each thing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import pandas as pd

from alliance_check import rulebook
from alliance_check.calls import Judgement, call_and_lots, judge
from alliance_check.frames.sheet import sheet_of
from alliance_check.model.consortium import Consortium, Role
from alliance_check.model.errors import NoTable
from alliance_check.model.report import CALL
from alliance_check.model.sheet import Workbook
from alliance_check.parse import Named, PartnerTable, parse_all
from alliance_check.pipeline import Options


class Found(NamedTuple):
    """For each consortium and lot a row, its name, and the country of its coordinator."""

    rows: list[dict[str, Any]]
    names: list[str]
    coordinators: list[str]


def answer_rows(df: pd.DataFrame, options: Options) -> Found:
    """Return a row of the answer for each consortium and lot."""
    consortia = list(parse_all(Workbook((sheet_of(df),)), options)) if len(df) else []
    if consortia:
        _refuse_to_lose_rows(consortia[0].table)
    return answer_consortia(consortia, options)


def answer_consortia(consortia: Iterable[Named], options: Options) -> Found:
    """Ask the rules of each consortium."""
    found = Found([], [], [])
    for one in consortia:
        under = call_and_lots(one.parsed, options.call, options.lot, options, options.load)
        newest = None if CALL in under.origins else options.load(rulebook.newest())
        for each in under.lots:
            judgement = judge(one.parsed.consortium, under, each, newest, strict=options.strict)
            found.rows.append(_row(under.call.id, each.id, judgement, len(one.parsed.problems)))
            found.names.append(one.name)
            found.coordinators.append(led_from(one.parsed.consortium))
    return found


def led_from(consortium: Consortium) -> str:
    """Return the country of the coordinator; empty where there is not one, or it is not read."""
    leads = [p.country or "" for p in consortium.taking_part if p.role is Role.COORDINATOR]
    return leads[0] if len(leads) == 1 else ""


def _refuse_to_lose_rows(table: PartnerTable) -> None:
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
