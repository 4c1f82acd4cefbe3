"""Tables of many random consortia, each as varied as those of ``tests.naive``.

`python -m tests.made_portfolios ROWS FILE` writes one as csv.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from tests.naive import COUNTED, KINDS, Case, Row, case

PARTNERS = (15, 35)
"""How many rows a consortium has at least and at most, about twenty-five in the mean."""


def portfolio(
    rows: int, seed: int = 0, *, drawn: int = 2_000, partners: tuple[int, int] = PARTNERS
) -> pd.DataFrame:
    """Return a table of about so many rows, with the consortia in its column Proposal.

    So many random consortia are *drawn*; further ones have the same odd rows among other partners.
    *partners* is the least and the greatest number to which a consortium is filled up.
    """
    chance = random.Random(seed)  # noqa: S311 - the same table at every run
    known: dict[int, Case] = {}
    lines: list[dict[str, Any]] = []
    number = 0
    while len(lines) < rows:
        first = seed * drawn + number % drawn
        if first not in known:
            known[first] = case(first)
        name = f"P{number:07}"
        lines += [
            {"Proposal": name, **line} for line in _lines(known[first], chance, number, partners)
        ]
        number += 1
    return pd.DataFrame(lines)


def table(rows: int) -> Iterator[list[str]]:
    """Yield the rows of such a table, header first."""
    made = portfolio(rows)
    yield list(made.columns)
    yield from made.to_numpy().tolist()


def _lines(
    made: Case, chance: random.Random, number: int, partners: tuple[int, int]
) -> Iterator[dict[str, str]]:
    """Yield the rows of a random consortium, with further plain partners up to its size."""
    more = max(0, chance.randint(*partners) - len(made.rows))
    further = [_further(made, chance, number, place) for place in range(more)]
    rows = [*made.rows, *further]
    chance.shuffle(rows)
    for row in rows:
        yield {
            "Partner name": row.name if row in further else _own(row, number),
            "Country": row.cells["country"],
            "Organisation type": row.cells["kinds"],
            "Role": _role(made, row),
            "PIC": row.pic,
            "Status": row.status,
            "Counts as": row.counts_as,
            "ECHE": row.eche if made.charter else "",
            "Pact for Skills": row.pact if made.pact else "",
            "EU contribution (EUR)": row.share,
            "Remarks": row.remark,
        }


def _own(row: Row, number: int) -> str:
    """Return a name that no other consortium has, where it is one."""
    return f"{row.name} {number}" if row.name.startswith("Nordhaug") else row.name


def _role(made: Case, row: Row) -> str:
    if made.roles == "none" or (made.roles == "marked" and row.role != "coordinator"):
        return ""
    return row.cells["role"]


def _further(made: Case, chance: random.Random, number: int, place: int) -> Row:
    kind = chance.choice(list(KINDS))
    row = Row(f"Sørby {number} {place}", chance.choice(list(COUNTED)), (kind,))
    pics = any(other.pic for other in made.rows)
    row.pic = f"{800_000_000 + (number * 97 + place) % 99_999_999}" if pics else ""
    row.status = "confirmed" if any(other.status for other in made.rows) else ""
    if any(other.share for other in made.rows):
        row.share = str(chance.randint(1_000, 20_000))
    row.eche = "yes" if kind == "hei" and made.charter else ""
    row.pact = "yes"
    country, kinds = COUNTED[row.country or "DE"], KINDS[kind][1]
    row.cells = {
        "country": chance.choice(country),
        "kinds": chance.choice(kinds),
        "role": "Full partner",
    }
    return row


if __name__ == "__main__":
    portfolio(int(sys.argv[1])).to_csv(Path(sys.argv[2]), index=False)
