"""What a start may cost: which libraries it loads, and how many beyond an empty program.

The empty program does nothing but parse no arguments with typer and print one table with Rich.
``python -m tests.test_startup`` measures how many times as long as that program each run takes.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import indent

import pytest

from tests.cli_runs import TWELVE
from tests.sheets import xlsx

HEADER = ("Partner name", "Country", "Organisation type", "Role")
HEAVY = {"pandas", "numpy", "openpyxl", "pycountry", "babel", "xlwt"}

EMPTY = """
import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer()

@app.command()
def main() -> None:
    table = Table("name", "country")
    table.add_row("Nordvik universitet", "Norway")
    Console().print(table)

app()
"""

EMPTY_LOADED = f"""
import sys
try:
{indent(EMPTY, "    ")}
finally:
    print(" ".join(sys.modules), file=sys.stderr)
"""

LOADED = """
import sys
from alliance_check.cli.app import main
code = main(sys.argv[1:])
print(" ".join(sorted(sys.modules)), file=sys.stderr)
sys.exit(code)
"""

PROGRAM = (sys.executable, "-m", "alliance_check.cli")
ALLOWED = {"--help": 1.2, "terminal": 1.3, "json": 1.2}
MOST_MODULES = 60


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "partners.xlsx"
    path.write_bytes(xlsx((HEADER, *TWELVE)))
    return path


def arguments(sheet: Path) -> Mapping[str, Sequence[str]]:
    check = (str(sheet), "--lot", "innovation")
    return {"--help": ("--help",), "terminal": check, "json": (*check, "--format", "json")}


def loaded(*given: str) -> set[str]:
    """Return the modules that a run has loaded when it is over."""
    ran = subprocess.run(
        [sys.executable, "-c", LOADED, *given], capture_output=True, check=True, encoding="utf-8"
    )
    return set(ran.stderr.split())


@pytest.mark.parametrize("run", ALLOWED)
def test_a_run_loads_no_heavy_library(sheet: Path, run: str) -> None:
    found = loaded(*arguments(sheet)[run])
    assert not {name.partition(".")[0] for name in found} & HEAVY, (
        "import a heavy library inside the function that needs it, "
        "and only when a sheet cannot be read without"
    )


def test_the_help_loads_nothing_of_the_core_but_its_names() -> None:
    own = {name for name in loaded("--help") if name.startswith("alliance_check")}
    assert not own & {
        "alliance_check.pipeline",
        "alliance_check.parse",
        "alliance_check.readers",
        "alliance_check.rules",
    }


def test_json_loads_neither_the_report_for_people_nor_another_format(sheet: Path) -> None:
    found = loaded(*arguments(sheet)["json"])
    assert "alliance_check.reports.json_report" in found
    others = ("concise", "markdown", "junit", "sarif", "github", "csv_report", "html")
    assert not found & {f"alliance_check.reports.{name}" for name in others}
    assert not found & {"alliance_check.cli.terminal.page", "rich.console", "rich.table"}


def test_one_eligible_sheet_loads_nothing_for_many_or_for_changes(sheet: Path) -> None:
    found = loaded(*arguments(sheet)["terminal"])
    assert "alliance_check.advice.margins" in found
    unwanted = {"alliance_check.advice.repair", "alliance_check.cli.jobs.pool", "multiprocessing"}
    assert not found & unwanted, "load it where it is needed: one eligible sheet needs none of it"


@pytest.mark.parametrize("run", ["terminal", "json"])
def test_a_run_loads_few_modules_of_others_beyond_an_empty_program(sheet: Path, run: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", EMPTY_LOADED], capture_output=True, check=True, encoding="utf-8"
    )
    found = loaded(*arguments(sheet)[run]) - set(ran.stderr.split())
    others = sorted(name for name in found if not name.startswith("alliance_check"))
    assert len(others) < MOST_MODULES, others


def ratios(sheet: Path, times: int) -> Mapping[str, float]:
    """Return how many times as long as the empty program each run takes, by the median pair."""
    commands = {name: (*PROGRAM, *given) for name, given in arguments(sheet).items()}
    seconds: dict[str, list[float]] = {name: [] for name in ("empty", *commands)}
    for _ in range(times + 1):
        seconds["empty"].append(_seconds((sys.executable, "-c", EMPTY)))
        for name, command in commands.items():
            seconds[name].append(_seconds(command))
    pairs = {name: zip(seconds[name][1:], seconds["empty"][1:], strict=True) for name in commands}
    return {name: statistics.median(a / b for a, b in found) for name, found in pairs.items()}


def _seconds(command: Sequence[str]) -> float:
    """Return the processor time of one run."""
    before = os.times()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    after = os.times()
    spent = (after.children_user, after.children_system)
    return sum(spent) - before.children_user - before.children_system


if __name__ == "__main__":
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder) / "partners.xlsx"
        path.write_bytes(xlsx((HEADER, *TWELVE)))
        for run, ratio in ratios(path, times=21).items():
            print(f"{run:<10} {ratio:.2f}, at most {ALLOWED[run]:.1f}")  # noqa: T201
