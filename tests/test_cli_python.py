"""``from alliance_check import check`` does what the command does, and is typed."""

from __future__ import annotations

import json
import os
from importlib.resources import files
from pathlib import Path

import pytest
from mypy import api

import alliance_check
from alliance_check import Report, check
from alliance_check.model.errors import AllianceCheckError
from alliance_check.model.outcome import Verdict
from alliance_check.reports import FORMATS
from tests.cli_runs import EIGHT, HEADER, ROOT, SEVEN, UNREAD, Command, Row, write
from tests.pages import snippet
from tests.sheets import xlsx

EXAMPLES = sorted((ROOT / "data" / "examples").glob("*.*"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.name)
@pytest.mark.parametrize("lot", ["innovation", "skills"])
def test_on_a_path_and_on_bytes_it_equals_the_command(
    command: Command, path: Path, lot: str
) -> None:
    arguments = ("--lot", lot, "--call", "2026", "--duration", "24", "--grant", "1m")
    document = command.json(str(path), *arguments).document
    for source in (path, str(path), path.read_bytes()):
        report = check(source, lot=lot, call="2026", duration=24, grant=10**6, name=path.name)
        assert json.loads(FORMATS["json"].render([report], batch=False)) == document


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [(EIGHT, Verdict.ELIGIBLE), (SEVEN, Verdict.NOT_ELIGIBLE), (UNREAD, Verdict.UNDECIDED)],
)
def test_it_returns_the_typed_report(
    tmp_path: Path, rows: tuple[Row, ...], verdict: Verdict
) -> None:
    report = check(write(tmp_path / "p.csv", rows), lot="Lot 1")
    assert isinstance(report, Report)
    assert report.verdict is verdict


def test_what_makes_a_run_impossible_is_raised_with_its_code_and_exit_code() -> None:
    with pytest.raises(AllianceCheckError) as caught:
        check(b"", lot="innovation")
    assert caught.value.exit_code == 4
    with pytest.raises(AllianceCheckError) as caught:
        check(b"", lot="four")
    assert caught.value.exit_code == 2


def test_the_documented_use_runs_and_has_types(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    shown = snippet("check")
    typed = "\nfrom typing import assert_type\nfrom alliance_check import Report\n"
    typed += "assert_type(report, Report)\nassert_type(report.exit_code, int)\n"
    use = tmp_path / "use.py"
    use.write_text(shown + typed, "utf-8")
    (tmp_path / "partners.xlsx").write_bytes(xlsx((HEADER, *EIGHT)))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MYPYPATH", os.fspath(ROOT))
    assert pytestconfig.cache is not None
    known = pytestconfig.cache.mkdir("mypy")  # what it found out of everything else
    out, _, code = api.run(["--strict", "--config-file=", f"--cache-dir={known}", str(use)])
    assert code == 0, out
    exec(compile(shown, "docs/python.md", "exec"), {})  # noqa: S102


def test_the_package_tells_type_checkers_that_it_is_typed() -> None:
    assert (files(alliance_check) / "py.typed").is_file()
    assert set(alliance_check.__all__) == {"Report", "__version__", "check", "check_frame"}
