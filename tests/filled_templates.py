"""Templates as people may fill them in, chosen at random but the same in every run."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from random import Random

from openpyxl import load_workbook

from alliance_check.rulebook import calls, load_call
from alliance_check.template import template
from alliance_check.template.choices import PartnerColumn, columns

LOTS = tuple((call, lot) for call in calls() for lot in load_call(call).lots)
_SYLLABLES = "Kal Vor Mer Tan Bel Dru Nis Fol Gar Pim Sto Zel".split()


@cache
def blank(call: str, lot: str) -> bytes:
    loaded = load_call(call)
    return template(loaded, loaded.lots[lot])


def columns_of(call: str, lot: str) -> tuple[PartnerColumn, ...]:
    loaded = load_call(call)
    return columns(loaded, loaded.lots[lot])


def with_rows(call: str, lot: str, rows: list[Mapping[str, str | int | None]]) -> bytes:
    """Return a template with partners, each a value by the field of its column."""
    book = load_workbook(io.BytesIO(blank(call, lot)))
    sheet = book.worksheets[0]
    for number, row in enumerate(rows, 2):
        for at, column in enumerate(columns_of(call, lot), 1):
            sheet.cell(number, at).value = row.get(column.field)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def random_rows(call: str, lot: str, seed: int) -> list[Mapping[str, str | int | None]]:
    """Return partners with blanks, placeholders and organisations that stand twice."""
    random = Random(f"{call} {lot} {seed}")  # noqa: S311 - no secret
    wanted = columns_of(call, lot)
    rows: list[Mapping[str, str | int | None]] = []
    few = {"role": random.random() < 0.3, "status": random.random() < 0.4}
    for number in range(random.choice((1, 5, 9, 14, 20, 35))):
        if rows and random.random() < 0.06:
            twin = dict(random.choice(rows))
            if random.random() < 0.4:
                column = random.choice([c for c in wanted if c.choices])
                twin[column.field] = random.choice(column.choices).label
            rows.append(twin)
            continue
        row = {column.field: _value(random, column) for column in wanted}
        if number == 0:
            row["role"] = "Coordinator"
        elif few["role"]:
            row["role"] = None  # only the coordinator is marked
        if few["status"] and row["status"] == "confirmed":
            row["status"] = None  # only exceptions are marked
        rows.append(row)
    return rows


def _value(random: Random, column: PartnerColumn) -> str | int | None:
    if column.field == "name":
        one, two, three = random.sample(_SYLLABLES, 3)
        name = f"{one}{two.lower()} {three}{one.lower()}"
        return random.choice((None, "TBC", "N.N.")) if random.random() < 0.05 else name
    if column.field == "pic":
        return str(random.randrange(900_000_000, 999_999_999)) if random.random() < 0.7 else None
    if column.field == "share":
        return random.choice((None, 50_000))
    if random.random() < 0.07:
        return None
    counted = [one for one in column.choices if any(one.counts)]
    return random.choice(counted if counted and random.random() < 0.7 else column.choices).label
