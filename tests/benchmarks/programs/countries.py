"""Reads a list of country cells with one library; ``python countries.py WITH FILE [MOST]``.

FILE holds the cells as a JSON list. Prints as JSON the answer to each different spelling: an ISO
code, or null where the library gives none. With MOST prints instead the processor seconds for one
of the first MOST different spellings, each read once, and for one of the first MOST cells. A cell
is read before the clock runs, since some load their tables only then.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

Answers = list[str | None]
Look = Callable[[Sequence[str]], Answers]


def ours() -> Look:
    from alliance_check.vocabulary.countries import read_country

    return lambda cells: [read_country(cell) for cell in cells]


def pycountry_lookup() -> Look:
    import pycountry

    def one(cell: str) -> str | None:
        try:
            return str(pycountry.countries.lookup(cell).alpha_2)
        except LookupError:
            return None

    return lambda cells: [one(cell) for cell in cells]


def pycountry_fuzzy() -> Look:
    import pycountry

    def one(cell: str) -> str | None:
        try:
            return str(pycountry.countries.search_fuzzy(cell)[0].alpha_2)
        except LookupError:
            return None

    return lambda cells: [one(cell) for cell in cells]


def country_converter() -> Look:
    import country_converter as coco

    logging.getLogger("country_converter").setLevel(logging.CRITICAL)
    converter = coco.CountryConverter()

    def all_of(cells: Sequence[str]) -> Answers:
        found: Any = converter.convert(list(cells), to="ISO2", not_found="-")
        # Of one cell it returns no list; several matches of a cell are a list in the list.
        answers = found if isinstance(found, list) else [found]
        return [a if isinstance(a, str) and a != "-" else None for a in answers]

    return all_of


def countryguess() -> Look:
    from countryguess import guess_country

    return lambda cells: [guess_country(cell, attribute="iso2") for cell in cells]


def countrynames() -> Look:
    from countrynames import to_code

    return lambda cells: [to_code(cell) for cell in cells]


WITH: dict[str, Callable[[], Look]] = {
    "alliance-check": ours,
    "pycountry-lookup": pycountry_lookup,
    "pycountry-search-fuzzy": pycountry_fuzzy,
    "country-converter": country_converter,
    "countryguess": countryguess,
    "countrynames": countrynames,
}


def answers(look: Look, cells: Sequence[str]) -> dict[str, str | None]:
    """Return what a library makes of each spelling."""
    spellings = list(dict.fromkeys(cells))
    return dict(zip(spellings, look(spellings), strict=True))


def times(look: Look, cells: Sequence[str], most: int) -> dict[str, float]:
    """Return the processor seconds for a spelling that was not there before, and for a cell."""
    spellings = list(dict.fromkeys(cells))[:most]
    start = time.process_time()
    look(spellings)
    between = time.process_time()
    look(cells[:most])
    end = time.process_time()
    return {
        "spelling": (between - start) / len(spellings),
        "cell": (end - between) / len(cells[:most]),
    }


def main(name: str, file: str, most: str | None = None) -> dict[str, Any]:
    """Measure one library, or ask it."""
    cells: list[str] = json.loads(Path(file).read_text("utf-8"))
    look = WITH[name]()
    look(["Norway"])
    return answers(look, cells) if most is None else times(look, cells, int(most))


print(json.dumps(main(*sys.argv[1:])))
