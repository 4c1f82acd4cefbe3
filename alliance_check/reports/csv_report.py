"""A table for spreadsheets and data frames: one row for each finding, met or not.

Comma, double quotes and CRLF as RFC 4180 has them, in UTF-8. A spreadsheet takes a cell that begins
with ``=`` for a formula, so an apostrophe goes before it. It also goes behind a semicolon within a
cell, because programs set to a country with decimal commas split there.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from alliance_check.model.report import Finding, Report, Result
from alliance_check.reports.escaping import visible
from alliance_check.reports.gate_words import WAIVED, gate_words
from alliance_check.reports.lines import CAUTION, PROBLEM, ReportLine, report_lines
from alliance_check.reports.places import ranges
from alliance_check.reports.text_words import OPEN_TEXT
from alliance_check.reports.words import cite

COLUMNS = (
    "file",
    "call",
    "lot",
    "verdict",
    "finding",
    "outcome",
    "title",
    "message",
    "hint",
    "cells",
    "value",
    "need",
    "low",
    "high",
    "need_eur",
    "have_eur",
    "source",
    "url",
)
# Full-width forms of the same signs are taken for them too.
FORMULA = re.compile(r"""(^|;)(?=[\s"]*[=+\-@\t\r＝＋－＠])""")

_Row = dict[str, object]


def render(results: Sequence[Result]) -> str:
    """Return the table of all results under one header."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for result in results:
        for row in _rows(result):
            texts = {name: visible(str(value)) for name, value in row.items() if value is not None}
            writer.writerow({name: FORMULA.sub(r"\1'", text) for name, text in texts.items()})
    return text.getvalue()


def _rows(result: Result) -> Iterator[_Row]:
    about: _Row = {"file": result.file}
    if isinstance(result, Report):
        about |= {"call": result.call.id, "lot": result.lot.id, "verdict": result.verdict.value}
        yield from (about | _rule(finding) for finding in result.findings)
    for line in report_lines(result):
        if line.finding is None or line.kind in {CAUTION, WAIVED}:
            yield about | _line(line)
    words = gate_words(result) if isinstance(result, Report) else None
    if words is not None:
        outcome = str(words).partition(":")[0].removeprefix("gate ")
        yield about | {"finding": "gate", "outcome": outcome, "title": "gate", "message": words}


def _rule(finding: Finding) -> _Row:
    answer = finding.answer
    row: _Row = {
        "finding": finding.rule,
        "outcome": finding.outcome.value,
        "title": str(finding.title),
        "message": answer.message,
        "hint": answer.hint,
        "cells": ", ".join(ranges(answer.cells)),
        "need": answer.need,
        "need_eur": _euros(answer.need_eur),
        "have_eur": _euros(answer.have_eur),
    }
    if answer.count is not None:
        row |= {"low": answer.count.low, "high": answer.count.high}
    return row | _source(finding)


def _line(line: ReportLine) -> _Row:
    return {
        "finding": line.id,
        "outcome": line.kind,
        "title": line.title,
        "message": line.message,
        "hint": line.hint,
        "cells": ", ".join(ranges(line.cells)),
        "value": line.subject if line.kind in {PROBLEM, OPEN_TEXT} else "",
    } | _source(line.finding)


def _source(finding: Finding | None) -> _Row:
    if finding is None:
        return {}
    return {"source": cite(finding.clause), "url": finding.clause.source.url}


def _euros(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}"
