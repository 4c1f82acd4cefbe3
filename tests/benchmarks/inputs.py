"""The files that are measured, the same in every run and on every machine.

Partners come from a list of countries and types as offices write them in English; one country in
two hundred is misspelt. Nothing here hangs on what the program would make of it.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

Row = Sequence[str]

HEADER = ("Partner name", "Country", "Organisation type", "Role")
COUNTRIES = (
    *("Norway", "Germany", "France", "Spain", "Poland", "Italy", "Portugal", "Sweden", "Finland"),
    *("Belgium", "Greece", "Ireland", "Serbia", "Iceland", "Switzerland", "Ukraine"),
)
TYPES = ("University", "VET provider", "SME", "Large enterprise", "Chamber of commerce", "NGO")
ROLES = ("Full partner",) * 9 + ("Associated partner",)
MISSPELT = {"Germany": "Germny", "Sweden": "Swedn", "Portugal": "Portuagl"}
STARTS = "Nord Stein Linden Berg Sol Kalm Vest Ros Birk Grun Havre Mont Lago Torre Sax Hall".split()
ENDS = "vik feld tal heim dal mark ville ona iana sund stad berga mere lund rup aholm".split()
NAMES = len(STARTS) * len(ENDS) * len(STARTS)
HOLDER = (
    *("Proposal Number", "Erasmus Code", "PIC", "OID", "Organisation Legal Name", "Street"),
    *("Postal Code", "City", "Country", "Webpage", "ECHE Start Date", "ECHE End Date"),
)


def chance(seed: object) -> random.Random:
    """Return chances that are the same in every run."""
    return random.Random(str(seed))  # noqa: S311 - nothing is to be kept secret


def organisation(number: int) -> str:
    """Return the name of an organisation, another one for each number below ``NAMES``.

    >>> organisation(0), organisation(4095)
    ('Nordvik Nord', 'Hallaholm Hall')
    """
    rest, first = divmod(number, len(STARTS))
    third, second = divmod(rest, len(ENDS))
    return f"{STARTS[first]}{ENDS[second]} {STARTS[third]}"


def twelve() -> list[Row]:
    """Return twelve partners that are eligible in Lot 1, header first."""
    rows = [
        (organisation(n), COUNTRIES[n], TYPES[n % len(TYPES)], ROLES[0] if n else "Coordinator")
        for n in range(12)
    ]
    return [HEADER, *rows]


def eligible(dice: random.Random) -> list[Row]:
    """Return twelve partners that are eligible in Lot 1, without a header."""
    chosen, types = dice.sample(range(NAMES), 12), dice.sample(TYPES * 2, 12)
    return [
        (
            organisation(each),
            dice.choice(COUNTRIES[number % 4 : 14 : 4]),
            types[number],
            ROLES[0] if number else "Coordinator",
        )
        for number, each in enumerate(chosen)
    ]


def consortium(dice: random.Random, most: int = 40) -> list[Row]:
    """Return the partners of one proposal, 12 to *most* of them, without a header."""
    chosen = dice.sample(range(NAMES), dice.randint(12, most))
    return [
        (
            organisation(each),
            _country(dice),
            dice.choice(TYPES),
            dice.choice(ROLES) if number else "Coordinator",
        )
        for number, each in enumerate(chosen)
    ]


def _country(dice: random.Random) -> str:
    right = dice.choice(COUNTRIES)
    return MISSPELT.get(right, right) if dice.random() < 3 / 100 else right


def portfolio(rows: int) -> Iterator[Row]:
    """Yield so many rows of many proposals, header first."""
    yield ("Proposal", *HEADER)
    yield from islice(_proposals(chance("portfolio")), rows)


def _proposals(dice: random.Random) -> Iterator[Row]:
    number = 0
    while True:
        number += 1
        yield from ((f"P-{number:06d}", *row) for row in consortium(dice))


def with_gaps(partners: int, seed: object) -> list[Row]:
    """Return a proposal that is not eligible although it is large, header first.

    Nobody is a vocational provider for sure, countries are misspelt, types unread, roles wrong.
    """
    dice = chance(f"{partners} {seed}")
    types = ("University", "SME", "NGO", "Research institute", "Foundation", "Local authority")
    rows = [
        (
            organisation(number),
            "Germny" if dice.random() < 0.05 else dice.choice(COUNTRIES),
            "Xqq" if dice.random() < 0.05 else dice.choice(types),
            "Associated partner" if dice.random() < 0.3 else "Full partner",
        )
        for number in range(partners)
    ]
    return [HEADER, *rows]


def charter_list(holders: int) -> Iterator[Row]:
    """Yield a list of charter holders as the Commission publishes it, header first."""
    yield HOLDER
    dice = chance("charters")
    for number in range(holders):
        country = dice.choice(COUNTRIES)
        yield (
            *(str(101_000_000 + number), f"{country[:2].upper()} CITY{number:05d}"),
            *(str(900_000_000 + number), f"E{10_000_000 + number}"),
            *(f"University {number} of {country}", f"Street {number % 90}", str(1000 + number)),
            *(f"City {number % 700}", country, f"https://university-{number}.example"),
            *("2021-03-01", "2027-12-31"),
        )


def text(rows: Iterable[Row]) -> str:
    """Return rows as comma-separated text."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def write(path: Path, rows: Iterable[Row]) -> Path:
    """Write rows as the suffix of the path says, csv or xlsx; return the path."""
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
        return path
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Partners")
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def workbooks(folder: Path, number: int, proposal: Callable[[random.Random], list[Row]]) -> None:
    """Write so many proposals, each made by chance, as workbooks of a new folder."""
    folder.mkdir()
    dice = chance("workbooks")
    for n in range(number):
        write(folder / f"proposal-{n:04d}.xlsx", [HEADER, *proposal(dice)])
