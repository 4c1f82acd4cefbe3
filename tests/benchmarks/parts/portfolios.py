"""Portfolios: tables of many consortia, beside reading the same file with pandas."""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

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
"""
PEERS: tuple[str, ...] = ()
Measures = Sequence[Mapping[str, Any]]


def measure(bench: Bench) -> results.Section:
    """Measure a table of each size."""
    sizes = bench.scale.portfolios
    found = {size: _of(bench, size) for size in sizes}
    rows = [_row(size, found[size]["read"], found[size]["check"]) for size in sizes]
    header = ("rows", "read_csv", "check_frame", "times read_csv", "GiB to read", "GiB in all")
    tables = {"": results.Table(header, rows), **_verdicts(found[sizes[-1]]["check"])}
    large, larger = sizes[-2:]
    frame = ratio(_spent(found[large]["check"], "check"), _spent(found[large]["check"], "read"))
    growth = _checked(found[larger]) / _checked(found[large]) / (larger / large)
    goals = {"check-frame": frame.median, "linear": growth, "memory": _gib(found[larger]["check"])}
    shares = {}
    if results.missed("check-frame", frame.median):
        command = (PROGRAMS / "portfolio.py", bench.folder / f"{large}.csv", "check")
        shares["check-frame"] = profiles.profile(bench.ours, command, bench.folder)
    return results.Section(TITLE, TEXT, tables, goals, shares)


def _of(bench: Bench, size: int) -> Mapping[str, Measures]:
    path = inputs.write(bench.folder / f"{size}.csv", inputs.portfolio(size))

    def once(what: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = json.loads(said(bench.program(OURS, "portfolio.py", path, what)))
        return found

    return bench.alternating({what: partial(once, what) for what in ("read", "check")})


def _row(size: int, read: Measures, check: Measures) -> Sequence[str]:
    return (
        f"{size:,}",
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
