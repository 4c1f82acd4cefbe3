"""Names of countries: how fast, how many right, and how many confidently wrong."""

from __future__ import annotations

import csv
import json
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from tests.benchmarks import inputs, results
from tests.benchmarks.bench import Bench
from tests.benchmarks.environments import OURS
from tests.benchmarks.timing import ratio, said, seconds
from tests.lock import ROOT

TITLE = "Names of countries"
TEXT = """
The cells are drawn with equal chances from two lists of spellings: `tests/country-spellings.csv`,
made with the project (names of the Unicode CLDR, and what offices, codes, footnotes and doubts
look like), and `tests/independent-countries.csv`, written by somebody who had seen none of its
tables. The truth is what the lists say, by hand. Where both lists hold a spelling and disagree,
it is left out. Many spellings are none of a country (`tbc`, `EU`, `Germany/France`): unread is
right there, and any country is wrong.

**This is no fair contest for rightness**: the tests of alliance-check hold it to both lists, so
that its own counts say that it keeps them, not how it does elsewhere; five spellings that it
reads although the second list would leave them unread count as wrong here. Nor is every "wrong" a
mistake of a peer: most of them promise to find the likeliest country, while here only a sure one
is of use. The code of a part (`GB-SCT`) counts as its country. The time is fair. It is that of
plain calls in a loop (country_converter takes the whole list), on the first so many cells, with
all tables loaded before; beside it stands the time for each different spelling once, since
alliance-check and countrynames remember what they have read, and anybody can put such a memory
before the others.
"""
PEERS = ("countries",)
LISTS = {
    "the project's list": "country-spellings.csv",
    "the other list": "independent-countries.csv",
}


class Library(NamedTuple):
    """What a program calls it, and how many cells it is asked in a run."""

    name: str
    cells: int


LIBRARIES = {
    "alliance-check": Library("alliance-check", 100_000),
    "pycountry, `lookup`": Library("pycountry-lookup", 100_000),
    "pycountry, `search_fuzzy`": Library("pycountry-search-fuzzy", 200),
    "country_converter": Library("country-converter", 5_000),
    "countryguess": Library("countryguess", 2_000),
    "countrynames": Library("countrynames", 100_000),
}


def truth() -> dict[str, dict[str, str]]:
    """Return for each list what each spelling means; nothing where it means no country for sure."""
    found: dict[str, dict[str, str]] = {}
    for name, file in LISTS.items():
        with (ROOT / "tests" / file).open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines))[1:]
        found[name] = {row[1]: row[2].strip("-") for row in rows if row}
    first, second = found.values()
    unsure = {text for text in first.keys() & second.keys() if first[text] != second[text]}
    return {
        name: {text: code for text, code in spellings.items() if text not in unsure}
        for name, spellings in found.items()
    }


def cells(spellings: Sequence[str], number: int) -> list[str]:
    """Return so many cells drawn from the spellings; all of these stand in it at least once."""
    dice = inputs.chance("cells")
    drawn = [*spellings, *dice.choices(spellings, k=max(0, number - len(spellings)))]
    dice.shuffle(drawn)
    return drawn


def counted(answers: Mapping[str, str | None], means: Mapping[str, str]) -> Counter[str]:
    """Count the right, wrong and unread answers to the spellings of a list.

    >>> found = counted({"a": "GB-SCT", "b": "TH", "c": None}, {"a": "GB", "b": "", "c": "NO"})
    >>> sorted(found)
    ['right', 'unread', 'wrong']
    """
    return Counter(_judged(answers[text], code) for text, code in means.items())


def _judged(answer: str | None, code: str) -> str:
    if (answer or "").partition("-")[0] == code:
        return "right"
    return "wrong" if answer else "unread"


def measure(bench: Bench) -> results.Section:
    """Measure each library on the same cells."""
    means = truth()
    spellings = list(dict.fromkeys(text for spelt in means.values() for text in spelt))
    drawn = cells(spellings, bench.scale.cells)
    path = bench.folder / "cells.json"
    path.write_text(json.dumps(drawn), "utf-8")
    asked = {
        name: library
        for name, library in LIBRARIES.items()
        if library.name == OURS or "countries" in bench.peers
    }

    def ask(library: Library, *most: str) -> Any:
        peer = OURS if library.name == OURS else "countries"
        return json.loads(said(bench.program(peer, "countries.py", library.name, path, *most)))

    work = {name: partial(ask, library, str(library.cells)) for name, library in asked.items()}
    found = bench.alternating(work)
    answers = {name: ask(library) for name, library in asked.items()}
    return results.Section(
        TITLE,
        TEXT,
        {
            f"{len(drawn):,} cells, {len(spellings):,} different spellings:": _times(found),
            "Answers to each spelling once:": _counts(answers, means),
        },
    )


def _times(found: Mapping[str, Sequence[Any]]) -> results.Table:
    spent = {
        name: {what: [each[what] for each in runs] for what in ("cell", "spelling")}
        for name, runs in found.items()
    }
    rows = [
        (
            name,
            f"{min(LIBRARIES[name].cells, 100_000):,}",
            *(
                part
                for what in ("cell", "spelling")
                for part in (
                    seconds(statistics.median(times[what])),
                    str(ratio(times[what], spent[OURS][what])),
                )
            ),
        )
        for name, times in spent.items()
    ]
    times = "times alliance-check"
    return results.Table(("", "cells", "a cell", times, "a spelling, first time", times), rows)


def _counts(
    answers: Mapping[str, Mapping[str, str | None]], means: Mapping[str, Mapping[str, str]]
) -> results.Table:
    kinds = ("right", "wrong", "unread")
    header = [f"{name}: {kind}" if kind == "right" else kind for name in means for kind in kinds]
    rows = []
    for name, answer in answers.items():
        counts = [counted(answer, spelt) for spelt in means.values()]
        rows.append((name, *(f"{count[kind]:,}" for count in counts for kind in kinds)))
    return results.Table(("", *header), rows)
