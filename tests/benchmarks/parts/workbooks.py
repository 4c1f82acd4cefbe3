"""A folder of workbooks: what a further one costs, beside reading it and doing nothing with it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from cli.jobs.pool import processors
from tests.benchmarks import inputs, profiles, results
from tests.benchmarks.bench import Bench
from tests.benchmarks.parts.whole_process import schema
from tests.benchmarks.timing import Cost, alternating, middle, processor, ratio, run, seconds

TITLE = "A folder of workbooks"
TEXT = """
What each further workbook costs: the time for the folder less the time for its first file, which
holds the start, over the number of the others. The bare read (`programs/bare_read.py`) has every
cell of every sheet from python-calamine, which is written in Rust, and does nothing with it.
alliance-check prints a list of verdicts with what stands in the way of each, searches for what to
change, and compares the proposals with one another; unchanged files are those that its cache
(`--cache`) knows. frictionless takes many files with a schema as a data package; given on the
command line it would pass over the schema.
"""
PEERS = ("calamine", "script", "pandera", "frictionless")
BARE, OURS = "a bare read with calamine", "alliance-check, one process"
Command = list[str | Path]
Costs = Mapping[str, Sequence[Cost]]
PROCESSES = processors()


def measure(bench: Bench) -> results.Section:
    """Measure a folder, batches of it, and a list of charter holders."""
    folder = bench.folder / "workbooks"
    paths = inputs.workbooks(folder, bench.scale.books)
    found = further(bench, _commands(bench, paths))
    spent = {name: processor(costs) for name, costs in found.items()}
    rows = [
        (name, seconds(m.processor), seconds(m.elapsed), str(ratio(spent[name], spent[BARE])))
        for name, m in ((name, middle(costs)) for name, costs in found.items())
    ]
    header = ("a further workbook", "processor", "clock", f"times {BARE}")
    book = ratio(spent[OURS], spent[BARE]).median
    listed, charters = _charter_list(bench, paths[0])
    shares = {}
    if results.missed("workbook", book):
        command = ["-m", "alliance_check.cli", *bench.check(folder.name, "--jobs", "1")[1:]]
        shares["workbook"] = profiles.profile(bench.ours, command, bench.folder)
    tables = {
        f"{len(paths):,} workbooks of 12 to 40 partners:": results.Table(header, rows),
        "Whole runs on the clock, in one process and in several:": _batches(bench, paths),
        f"A list of {bench.scale.holders:,} charter holders, beyond the run without:": listed,
    }
    goals = {"workbook": book, "charter-list": charters}
    return results.Section(TITLE, TEXT, tables, goals, shares)


def further(bench: Bench, commands: Mapping[str, tuple[Command, Command, int]]) -> Costs:
    """Return the cost of each further file: of each command for one file, and for so many."""
    work = {}
    for name, (one, many, _) in commands.items():
        work[name, 1] = partial(run, one, bench.folder)
        work[name, 2] = partial(run, many, bench.folder)
    found = alternating(work, bench.runs)
    return {
        name: [
            (many - one) / (number - 1)
            for one, many in zip(found[name, 1], found[name, 2], strict=True)
        ]
        for name, (_, _, number) in commands.items()
    }


def _commands(bench: Bench, paths: Sequence[Path]) -> dict[str, tuple[Command, Command, int]]:
    folder, number = paths[0].parent.name, len(paths)
    names = [f"{folder}/{path.name}" for path in paths]

    def program(peer: str, file: str) -> tuple[Command, Command, int]:
        return bench.program(peer, file, names[0]), bench.program(peer, file, *names), number

    def check(*options: str) -> tuple[Command, Command, int]:
        return bench.check(names[0], *options), bench.check(folder, *options), number

    found = {
        BARE: program("calamine", "bare_read.py"),
        OURS: check("--jobs", "1"),
        f"alliance-check, {PROCESSES} processes": check("--jobs", str(PROCESSES)),
        "alliance-check, one process, unchanged files": check("--jobs", "1", "--cache", "cache"),
    }
    if "script" in bench.peers:
        found["the script"] = program("script", "script.py")
    if "pandera" in bench.peers:
        found["pandera"] = program("pandera", "pandera_script.py")
    if "frictionless" in bench.peers:
        some = names[: bench.scale.books_of_frictionless]
        found[f"frictionless, {len(some)} workbooks"] = (
            _package(bench, "one", some[:1]),
            _package(bench, "many", some),
            len(some),
        )
    return found


def _package(bench: Bench, title: str, names: Sequence[str]) -> Command:
    described = schema(bench.folder, proposals=False).name
    resources = [
        {"name": f"sheet-{n}", "path": name, "schema": described} for n, name in enumerate(names)
    ]
    path = bench.folder / f"{title}.datapackage.json"
    path.write_text(json.dumps({"name": title, "resources": resources}), "utf-8")
    return [bench.command("frictionless"), "validate", path.name, "--type", "package"]


def _batches(bench: Bench, paths: Sequence[Path]) -> results.Table:
    """Measure from how many files on a second process pays (``LEAST`` in ``cli/jobs/pool.py``)."""
    rows = []
    for number in bench.scale.batches:
        some = [f"{path.parent.name}/{path.name}" for path in paths[:number]]
        jobs = (1, PROCESSES)
        work = {j: partial(run, bench.check(*some, "--jobs", str(j)), bench.folder) for j in jobs}
        found = alternating(work, bench.runs)
        rows.append((f"{len(some):,}", *(seconds(middle(found[j]).elapsed) for j in jobs)))
    return results.Table(("workbooks", "one process", f"{PROCESSES} processes"), rows)


def _charter_list(bench: Bench, sheet: Path) -> tuple[results.Table, float]:
    path = inputs.write(bench.folder / "charters.xlsx", inputs.charter_list(bench.scale.holders))
    bare = partial(bench.program, "calamine", "bare_read.py", sheet)
    found = further(
        bench,
        {
            BARE: (bare(), bare(path), 2),
            OURS: (bench.check(sheet), bench.check(sheet, "--charter-list", path), 2),
        },
    )
    base = processor(found[BARE])
    rows = [
        (name, seconds(middle(costs).processor), str(ratio(processor(costs), base)))
        for name, costs in found.items()
    ]
    table = results.Table(("", "processor", f"times {BARE}"), rows)
    return table, ratio(processor(found[OURS]), base).median
