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
from tests.benchmarks.timing import Cost, middle, processor, ratio, run, seconds

TITLE = "A folder of workbooks"
TEXT = """
What each further workbook costs: the time for the folder less the time for its first file, which
holds the start, over the number of the others. The bare read (`programs/bare_read.py`) has every
cell of every sheet from python-calamine, which is written in Rust, and does nothing with it.
alliance-check prints the list of verdicts with what stands in the way of each, searches for what
to change where a proposal is not eligible, and compares all of them with one another; unchanged
files are those that its cache (`--cache`) knows. The others are given a part of the first folder
only, and do what they do in part 1. frictionless takes many files with a schema as a data package;
given on the command line it would pass over the schema.
"""
PEERS = ("calamine", "script", "pandera", "frictionless")
BARE, OURS = "a bare read with calamine", "alliance-check, one process"
CHARTERS = "charters.xlsx"
FOLDERS = {"eligible": inputs.eligible, "mixed": inputs.consortium}
Command = list[str | Path]
Commands = tuple[Command, Command, int]
"""The command for one file, the one for many, and how many these are."""
Costs = Mapping[str, Sequence[Cost]]
PROCESSES = processors()


def measure(bench: Bench) -> results.Section:
    """Measure two folders, batches of one, and a list of charter holders."""
    books = bench.scale.books
    for name, proposal in FOLDERS.items():
        inputs.workbooks(bench.folder / name, books, proposal)
    twelve, mixed = FOLDERS
    found = further(bench, {**_own(bench, twelve), **_peers(bench, twelve)})
    listed, charters = _charter_list(bench, Path(_names(bench, twelve)[0]))
    tables = {
        f"{books:,} workbooks of 12 partners, all eligible:": _compared(found),
        f"{books:,} workbooks of 12 to 40 partners, eligible, undecided and not eligible:": (
            _compared(further(bench, _own(bench, mixed)))
        ),
        "Whole runs on the first folder, on the clock:": _batches(bench, twelve),
        f"A list of {bench.scale.holders:,} charter holders, beyond the run without:": listed,
    }
    book = ratio(processor(found[OURS]), processor(found[BARE])).median
    shares = {}
    if results.missed("workbook", book):
        command = ["-m", "alliance_check.cli", *bench.check(twelve, "--jobs", "1")[1:]]
        shares["workbook"] = profiles.profile(bench.ours, command, bench.folder)
    if results.missed("charter-list", charters):
        command = ["-m", "alliance_check.cli", *_with_charters(bench, _names(bench, twelve)[0])[1:]]
        shares["charter-list"] = profiles.profile(bench.ours, command, bench.folder)
    goals = {"workbook": book, "charter-list": charters}
    return results.Section(TITLE, TEXT, tables, goals, shares)


def _compared(found: Costs) -> results.Table:
    return results.compared("a further workbook", found, BARE)


def further(bench: Bench, commands: Mapping[str, Commands]) -> Costs:
    """Return the cost of each further file: of each command for one file, and for so many."""
    work = {}
    for name, (one, many, _) in commands.items():
        work[name, 1] = partial(run, one, bench.folder)
        work[name, 2] = partial(run, many, bench.folder)
    found = bench.alternating(work)
    return {
        name: [
            (many - one) / (number - 1)
            for one, many in zip(found[name, 1], found[name, 2], strict=True)
        ]
        for name, (_, _, number) in commands.items()
    }


def _names(bench: Bench, folder: str) -> list[str]:
    return [f"{folder}/{path.name}" for path in sorted((bench.folder / folder).iterdir())]


def _own(bench: Bench, folder: str) -> dict[str, Commands]:
    names = _names(bench, folder)
    number = len(names)

    def check(*options: str) -> Commands:
        return bench.check(names[0], *options), bench.check(folder, *options), number

    bare = partial(bench.program, "calamine", "bare_read.py")
    return {
        BARE: (bare(names[0]), bare(folder), number),
        OURS: check("--jobs", "1"),
        f"alliance-check, {PROCESSES} processes": check("--jobs", str(PROCESSES)),
        "alliance-check, one process, unchanged files": check("--jobs", "1", "--cache", "cache"),
    }


def _peers(bench: Bench, folder: str) -> dict[str, Commands]:
    some = _names(bench, folder)[: bench.scale.books_of_peers]
    number = len(some)
    script = partial(bench.program, "script", "script.py")
    pandera = partial(bench.program, "pandera", "pandera_script.py")
    found = {
        "script": (script(some[0]), script(*some), number),
        "pandera": (pandera(some[0]), pandera(*some), number),
        "frictionless": (_package(bench, some[:1]), _package(bench, some), number),
    }
    return {f"{p}, {number} workbooks": found[p] for p in found if p in bench.peers}


def _package(bench: Bench, names: Sequence[str]) -> Command:
    described = schema(bench.folder, proposals=False).name
    resources = [
        {"name": f"sheet-{n}", "path": name, "schema": described} for n, name in enumerate(names)
    ]
    path = bench.folder / f"{len(names)}.datapackage.json"
    path.write_text(json.dumps({"name": "sheets", "resources": resources}), "utf-8")
    return [bench.command("frictionless"), "validate", path.name, "--type", "package"]


def _batches(bench: Bench, folder: str) -> results.Table:
    """Measure from how many files on a second process pays (``LEAST`` in ``cli/jobs/pool.py``)."""
    rows = []
    for number in bench.scale.batches:
        some = _names(bench, folder)[:number]
        jobs = (1, PROCESSES)
        work = {j: partial(run, bench.check(*some, "--jobs", str(j)), bench.folder) for j in jobs}
        found = bench.alternating(work)
        rows.append((f"{len(some):,}", *(seconds(middle(found[j]).elapsed) for j in jobs)))
    return results.Table(("workbooks", "one process", f"{PROCESSES} processes"), rows)


def _with_charters(bench: Bench, sheet: str | Path) -> Command:
    return bench.check(sheet, "--charter-list", CHARTERS)


def _charter_list(bench: Bench, sheet: Path) -> tuple[results.Table, float]:
    path = inputs.write(bench.folder / CHARTERS, inputs.charter_list(bench.scale.holders))
    bare = partial(bench.program, "calamine", "bare_read.py", sheet)
    found = further(
        bench,
        {
            BARE: (bare(), bare(path), 2),
            OURS: (bench.check(sheet), _with_charters(bench, sheet), 2),
        },
    )
    base = processor(found[BARE])
    rows = [
        (name, seconds(middle(costs).processor), str(ratio(processor(costs), base)))
        for name, costs in found.items()
    ]
    table = results.Table(("", "processor", f"times {BARE}"), rows)
    return table, ratio(processor(found[OURS]), base).median
