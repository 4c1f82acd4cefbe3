"""Start-up, beside a program that does nothing with the same libraries for the command line."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from tests.benchmarks import inputs, profiles, results
from tests.benchmarks.bench import PROGRAMS, Bench
from tests.benchmarks.environments import OURS
from tests.benchmarks.timing import middle, processor, ratio, run, seconds

TITLE = "Start-up"
TEXT = """
The empty program (`programs/empty_typer.py`) parses no arguments with typer and prints one table
with Rich, in the same environment. It reads nothing and decides nothing. typer has pydantic read
what is typed, which is half of what the empty program takes; alliance-check reads texts without
it, and so may take less than the empty program.
"""
PEERS: tuple[str, ...] = ()
EMPTY = "an empty typer program"
GOAL = "`FILE.xlsx`, 12 rows"


def measure(bench: Bench) -> results.Section:
    """Measure the help, a check for people, and one for programs."""
    sheet = inputs.write(bench.folder / "start.xlsx", inputs.twelve())
    commands: dict[str, list[str | Path]] = {
        EMPTY: [bench.ours, PROGRAMS / "empty_typer.py"],
        "`--help`": [bench.command(OURS), "--help"],
        GOAL: bench.check(sheet),
        f"{GOAL}, `--format json`": bench.check(sheet, "--format", "json"),
    }
    found = bench.alternating({name: partial(run, each) for name, each in commands.items()})
    base = processor(found[EMPTY])
    ratios = {name: ratio(processor(costs), base) for name, costs in found.items()}
    rows = [
        (name, seconds(m.processor), seconds(m.elapsed), str(ratios[name]))
        for name, m in ((name, middle(costs)) for name, costs in found.items())
    ]
    table = results.Table(("run", "processor", "clock", f"times {EMPTY}"), rows)
    start = ratios[GOAL].median
    shares = {}
    if results.missed("start", start):
        command = ["-m", "alliance_check.cli", *commands[GOAL][1:]]
        shares["start"] = profiles.profile(bench.ours, command, bench.folder)
    return results.Section(TITLE, TEXT, {"": table}, {"start": start}, shares)
