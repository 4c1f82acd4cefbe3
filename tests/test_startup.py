"""What a start may cost: which libraries it loads, and how many beyond an empty program.

The empty program does nothing but parse no arguments with typer and print one table with Rich;
``python -m tests.benchmarks --only 6`` measures how many times as long each run takes.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import indent

import pytest

from tests.benchmarks.bench import PROGRAMS
from tests.cli_runs import TWELVE
from tests.sheets import xlsx

HEADER = ("Partner name", "Country", "Organisation type", "Role")
HEAVY = {"pandas", "numpy", "openpyxl", "pycountry", "babel", "xlwt"}

EMPTY = (PROGRAMS / "empty_typer.py").read_text("utf-8")
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

RUNS = ("--help", "terminal", "json")
MOST_MODULES = 24


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


@pytest.mark.parametrize("run", RUNS)
def test_a_run_loads_no_heavy_library(sheet: Path, run: str) -> None:
    found = loaded(*arguments(sheet)[run])
    assert not {name.partition(".")[0] for name in found} & HEAVY, (
        "import a heavy library inside the function that needs it, "
        "and only when a sheet cannot be read without"
    )


@pytest.mark.parametrize("run", ["terminal", "json"])
def test_a_check_reads_its_arguments_without_pydantic(sheet: Path, run: str) -> None:
    assert "pydantic" not in loaded(*arguments(sheet)[run])


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


FOLDED = """
import sys
from alliance_check.text import folding
texts, plain = [], folding._long
folding._long = lambda text: texts.append(text) or plain(text)
from alliance_check.pipeline import check
check(sys.argv[1], lot="innovation")
print(sum(map(len, texts)))
"""
MOST_LETTERS = 230_000
"""Of the tables of words; all that remarks may say would be 130,000 more."""


def test_a_plain_sheet_has_few_words_of_remarks_folded(sheet: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", FOLDED, sheet], capture_output=True, check=True, encoding="utf-8"
    )
    assert int(ran.stdout) < MOST_LETTERS
