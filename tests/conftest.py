"""What tests share: golden files, and an environment that does not colour their output."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.cli_runs import Command

collect_ignore = ["fuzz.py", "benchmarks/programs"]
"""Commands of their own, with packages that the tests do without."""
GOLDEN = Path(__file__).parent / "golden"

# Containers mostly forbid bytecode: each worker, and each process that a test starts, would compile
# the tests and the program anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A busy machine is no reason to fail: no example has to be found or tried within a time. Nor is
# luck: every run tries the same examples, and --hypothesis-profile=search looks for others.
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("steady", settings.get_profile("search"), derandomize=True)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the golden files")


def pytest_collection_finish() -> None:
    """Keep thousands of tests, which live to the end, out of every search for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a golden file; with --update, rewrite the file instead."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update"):
            path.write_text(text, "utf-8", newline="")
        expected = path.read_bytes().decode("utf-8") if path.exists() else None
        assert text == expected, f"{name} differs; pytest --update rewrites it, then read the diff"

    return compare


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "ALLIANCE_CHECK_DEBUG", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Command:
    """The command line in one process, started in a folder of the test's own."""
    monkeypatch.chdir(tmp_path)
    return Command(tmp_path, capsys)
