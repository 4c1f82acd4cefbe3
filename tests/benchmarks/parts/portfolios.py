"""Portfolios: tables of many consortia, beside reading the same file with pandas."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from tests import made_portfolios
from tests.benchmarks import inputs, profiles, results
from tests.benchmarks.bench import PROGRAMS, Bench
from tests.benchmarks.environments import OURS
from tests.benchmarks.timing import ratio, said, seconds

TITLE = "Portfolios"
TEXT = """
`pandas.read_csv` with text columns, and `check_frame` on what it returns, by proposal and for Lot
1 under both calls, in one process whose libraries are loaded. `read_csv` splits text into
columns; it knows nothing of what they mean, so that the ratio is a yardstick and no contest.
Memory is the most that the process held, for reading alone and for both.

The plain tables have a name, a country, a type and a role for each partner. The varied one holds
also ids, statuses, charters, shares of the grant and remarks; cells are unread, partners possible,
and organisations listed twice (`tests/made_portfolios.py`). The goal is held to the varied one.
"""
PEERS: tuple[str, ...] = ()
VARIED = "varied.csv"
Measures = Sequence[Mapping[str, Any]]


def measure(bench: Bench) -> results.Section:
    """Measure a table of each size."""
    sizes = bench.scale.portfolios
    found = {size: _of(bench, inputs.portfolio(size), f"{size}.csv") for size in sizes}
    large, larger = sizes[-2:]
    varied = _of(bench, made_portfolios.table(large), VARIED)
    rows = [_row(f"{size:,}, plain", found[size]) for size in sizes]
    rows.append(_row(f"{large:,}, varied", varied))
    header = ("rows", "read_csv", "check_frame", "times read_csv", "GiB to read", "GiB in all")
    tables = {"": results.Table(header, rows), **_verdicts(found[sizes[-1]]["check"])}
    frame = ratio(_spent(varied["check"], "check"), _spent(varied["check"], "read"))
    growth = _checked(found[larger]) / _checked(found[large]) / (larger / large)
    goals = {"check-frame": frame.median, "linear": growth, "memory": _gib(found[larger]["check"])}
    shares = {}
    if results.missed("check-frame", frame.median):
        command = (PROGRAMS / "portfolio.py", bench.folder / VARIED, "check")
        shares["check-frame"] = profiles.profile(bench.ours, command, bench.folder)
    return results.Section(TITLE, TEXT, tables, goals, shares)


def _of(bench: Bench, table: Iterable[inputs.Row], name: str) -> Mapping[str, Measures]:
    path = inputs.write(bench.folder / name, table)

    def once(what: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = json.loads(said(bench.program(OURS, "portfolio.py", path, what)))
        return found

    return bench.alternating({what: partial(once, what) for what in ("read", "check")})


def _row(name: str, found: Mapping[str, Measures]) -> Sequence[str]:
    read, check = found["read"], found["check"]
    return (
        name,
        seconds(statistics.median(_spent(check, "read"))),
        seconds(statistics.median(_spent(check, "check"))),
        str(ratio(_spent(check, "check"), _spent(check, "read"))),
        f"{_gib(read):.2f}",
        f"{_gib(check):.2f}",
    )


def _spent(measures: Measures, what: str) -> list[float]:
    """Return the processor time of each run."""
    return [each[what][0] for each in measures]


def _checked(found: Mapping[str, Measures]) -> float:
    return statistics.median(_spent(found["check"], "check"))


def _gib(measures: Measures) -> float:
    peak: float = statistics.median(each["memory"] for each in measures)
    return peak / 2**30


def _verdicts(measures: Measures) -> dict[str, results.Table]:
    verdicts = sorted(measures[0]["verdicts"].items())
    rows = [(verdict, f"{number:,}") for verdict, number in verdicts]
    return {
        "What became of the proposals of the largest table:": results.Table(
            ("verdict", "proposals"), rows
        )
    }
