"""Whole processes: one file in, an answer out, beside what people would use instead."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from tests.benchmarks import inputs, results
from tests.benchmarks.bench import PROGRAMS, Bench
from tests.benchmarks.timing import run

TITLE = "Whole processes"
TEXT = """
From the start of the program to its end, on the same file. The large table holds many proposals,
each of 12 to 40 partners; one country in two hundred is misspelt.

- **alliance-check** judges under both calls, all rules, and says of the small file what it has to
  spare. Of the large table it writes the verdict and the outcome of every rule for each proposal,
  and prints a summary (`portfolio --by Proposal --output verdicts.csv`).
- **the script** (`programs/script.py`, pandas, openpyxl and pycountry) is what a person would
  write instead: the six counts of Lot 1 for each proposal, for exactly these columns and these
  words. A country that pycountry does not know counts as none; it has no ranges, no other rule,
  no cell, no source.
- **pandera** (`programs/pandera_script.py`) compares each cell with the words that are allowed
  and checks the minima of each proposal; it says which check failed in how many rows.
- **frictionless** (`frictionless validate` with `programs/frictionless.json`) compares each cell
  with the words that are allowed and says where one is none of them. It counts nothing over rows.
"""
PEERS = ("script", "pandera", "frictionless")
OURS = "alliance-check"


def schema(folder: Path, *, proposals: bool) -> Path:
    """Write the schema of frictionless and return its path; *proposals* have a column."""
    found = json.loads((PROGRAMS / "frictionless.json").read_text("utf-8"))
    if not proposals:
        found["fields"] = [f for f in found["fields"] if f["name"] != "Proposal"]
    path = folder / f"schema-{'portfolio' if proposals else 'sheet'}.json"
    path.write_text(json.dumps(found), "utf-8")
    return path


def commands(bench: Bench, path: Path, *, proposals: bool) -> Mapping[str, list[str | Path]]:
    """Return the command of each program on a file; frictionless reads no absolute path."""
    many = ("portfolio", path.name, "--by", "Proposal", "--output", "verdicts.csv")
    described = schema(bench.folder, proposals=proposals)
    found: dict[str, list[str | Path]] = {
        "script": bench.program("script", "script.py", path.name),
        "pandera": bench.program("pandera", "pandera_script.py", path.name),
        "frictionless": [
            bench.command("frictionless"),
            "validate",
            path.name,
            "--schema",
            described.name,
        ],
    }
    there = {peer: command for peer, command in found.items() if peer in bench.peers}
    return {OURS: bench.check(*many if proposals else (path.name,)), **there}


def measure(bench: Bench) -> results.Section:
    """Measure a small and a large file, as text and as workbook."""
    rows = bench.scale.rows
    files = {
        "12 rows": inputs.twelve(),
        f"{rows:,} rows": list(inputs.portfolio(rows)),
    }
    tables = {}
    for name, table in files.items():
        for suffix in ("csv", "xlsx"):
            path = bench.folder / f"{name.replace(' ', '-').replace(',', '')}.{suffix}"
            inputs.write(path, table)
            found = commands(bench, path, proposals=table[0] != inputs.HEADER)
            tables[f"**{name}, {suffix}**"] = _compared(bench, found)
    return results.Section(TITLE, TEXT, tables)


def _compared(bench: Bench, commands: Mapping[str, list[str | Path]]) -> results.Table:
    work = {name: partial(run, each, bench.folder) for name, each in commands.items()}
    found = bench.alternating(work)
    return results.compared("", found, OURS)
