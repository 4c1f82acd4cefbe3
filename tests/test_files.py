"""Layouts that people really have: each file of tests/files with its expected report beside it.

A file that is dropped there gets its test: ``pytest --update`` writes what is understood of it to
``<layout>.expected.json``, to be read before it is kept. The key "options" of that file holds how
it is to be read. Every layout is then changed in ways that change nothing of what it says, and
must be understood just the same.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from alliance_check import pipeline
from alliance_check.model.errors import AllianceCheckError
from alliance_check.model.report import Report
from alliance_check.model.sheet import Workbook
from alliance_check.parse import Dictionary
from alliance_check.parse.cells.charters import charter_list
from alliance_check.pipeline import Options, check_file
from alliance_check.readers import read
from tests.layout_changes import changes, places
from tests.making_extracts import essence, extract
from tests.making_files import made_files

FILES = Path(__file__).parent / "files"
LAYOUTS = sorted(p for p in FILES.iterdir() if p.is_file() and p.suffix != ".json")


def expected_of(path: Path) -> tuple[Path, dict[str, Any]]:
    beside = path.with_name(f"{path.name}.expected.json")
    return beside, json.loads(beside.read_text("utf-8")) if beside.exists() else {}


def options_of(settings: dict[str, Any]) -> Options:
    """Return how a layout is read; the options are named as on the command line."""
    charters = None
    if "charter-list" in settings:
        path = FILES / settings["charter-list"]
        charters = charter_list(read(path.read_bytes(), path.name), Dictionary())
    return Options(
        lot=settings.get("lot"),
        call=settings.get("call"),
        skip_hidden=settings.get("skip-hidden", False),
        charters=charters,
    )


def judged(path: Path, settings: dict[str, Any]) -> tuple[Report, ...]:
    name = "-" if settings.get("standard-input") else path.name
    return check_file(path.read_bytes(), name, options_of(settings))


def ids(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("path", LAYOUTS, ids=ids)
def test_a_layout_is_understood_as_expected(path: Path, request: pytest.FixtureRequest) -> None:
    beside, expected = expected_of(path)
    settings = expected.get("options", {"lot": "innovation"})
    found: dict[str, Any] = {"options": settings}
    try:
        found["reports"] = [extract(report) for report in judged(path, settings)]
    except AllianceCheckError as refusal:
        found["refused"] = str(refusal)
    if request.config.getoption("--update"):
        text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
        beside.write_text(text, "utf-8", newline="")
    assert found == expected_of(path)[1], (
        f"{path.name} is not understood as {beside.name} says; where the new reading is right, "
        "pytest --update rewrites it, then read the diff"
    )


def with_workbook(book: Workbook, path: Path, settings: dict[str, Any]) -> tuple[Report, ...]:
    """Return what is read of a workbook in the place of a file's own."""
    with patch.object(pipeline, "read_book", lambda *_: book):
        return judged(path, settings)


@pytest.mark.parametrize("path", LAYOUTS, ids=ids)
def test_a_layout_means_the_same_wherever_its_cells_stand(path: Path) -> None:
    expected = expected_of(path)[1]
    settings = expected.get("options", {})
    name = "-" if settings.get("standard-input") else path.name
    book = pipeline.read_book(path.read_bytes(), name, options_of(settings))
    if "refused" in expected:
        for _, change in places(book):
            with pytest.raises(AllianceCheckError):
                with_workbook(change(book), path, settings)
        return
    before = with_workbook(book, path, settings)
    for what, change in changes(book, before):
        after = with_workbook(change(book), path, settings)
        assert essence(after) == essence(before), f"{path.name} with {what} is read otherwise"


def test_the_made_layouts_are_what_their_script_makes() -> None:
    for name, content in made_files():
        stored = (FILES / name).read_bytes()
        same = stored == content or read(stored, name) == read(content, name)
        assert same, f"{name} differs; run python -m tests.making_files"
