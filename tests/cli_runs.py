"""Runs of the command line on small sheets that a test can change."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook
from referencing import Registry, Resource

from cli.app import main
from cli.files.style import formats

ROOT = Path(__file__).parent.parent
Row = Sequence[str]

HEADER = ("Partner name", "Country", "Organisation type", "Role")
EIGHT: tuple[Row, ...] = (
    ("Nordvik universitet", "Norway", "University", "Coordinator"),
    ("Universität Steinfeld", "Germany", "University", "Full partner"),
    ("Lycée des Métiers", "France", "Vocational school", "Full partner"),
    ("Escuela del Sol", "Spain", "Vocational school", "Full partner"),
    ("Kraftverk AS", "Norway", "SME", "Full partner"),
    ("Werkhof GmbH", "Germany", "SME", "Full partner"),
    ("Atelier SARL", "France", "SME", "Full partner"),
    ("Cámara del Sur", "Spain", "Chamber of commerce", "Full partner"),
)
SEVEN = EIGHT[:-1]
UNREAD: tuple[Row, ...] = (*EIGHT, ("Bureau Nord", "Germny", "SME", "Full partner"))
TWELVE: tuple[Row, ...] = (
    *EIGHT,
    ("Politechnika", "Poland", "University", "Full partner"),
    ("Filati SpA", "Italy", "Large enterprise", "Full partner"),
    ("Texteis Lda", "Portugal", "SME", "Full partner"),
    ("Lõng OÜ", "Estonia", "SME", "Full partner"),
)
UKRAINIAN = ("Lviv Works", "Ukraine", "SME", "Full partner")


class Ran(NamedTuple):
    """What a run left behind."""

    code: int
    out: str
    err: str


class Json(NamedTuple):
    """What a run with ``--format json`` left behind; the document has passed its schema."""

    code: int
    document: Any


def text_of(rows: Iterable[Row] = EIGHT, header: Row = HEADER) -> str:
    """Return the rows as a csv."""
    quoted = (('"' + cell.replace('"', '""') + '"' for cell in row) for row in (header, *rows))
    return "".join(";".join(row) + "\n" for row in quoted)


def write(path: Path, rows: Iterable[Row] = EIGHT, header: Row = HEADER) -> Path:
    """Write the rows as a csv, with the folders that lead to it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text_of(rows, header), "utf-8")
    return path


class Command:
    """The command line in one process, started where its files are."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys

    def __call__(self, *arguments: str) -> Ran:
        self._capsys.readouterr()
        code = main(list(arguments))
        return Ran(code, *self._capsys.readouterr())

    def shown(self, form: str, *arguments: str) -> Ran:
        """Run in a format; of a workbook return the texts of its cells."""
        if not formats()[form].binary:
            return self(*arguments, "--format", form)
        ran = self(*arguments, "--format", form, "--output", "shown.xlsx")
        book = load_workbook(self.folder / "shown.xlsx", read_only=True)
        cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
        return ran._replace(out="\n".join(str(cell.value) for cell in cells))

    def json(self, *arguments: str) -> Json:
        ran = self(*arguments, "--format", "json")
        return Json(ran.code, valid(json.loads(ran.out)))

    def sheet(self, name: str, rows: Iterable[Row] = EIGHT, header: Row = HEADER) -> str:
        write(self.folder / name, rows, header)
        return name


@cache
def _validators() -> Mapping[str, Draft202012Validator]:
    folder = files("alliance_check.data") / "schemas"
    names = ("report-v1", "batch-v1")
    schemas = {n: json.loads((folder / f"{n}.schema.json").read_text("utf-8")) for n in names}
    pairs = [(schema["$id"], Resource.from_contents(schema)) for schema in schemas.values()]
    registry: Registry[Any] = Registry().with_resources(pairs)
    return {name: Draft202012Validator(s, registry=registry) for name, s in schemas.items()}


def valid(document: Any) -> Any:
    """Return the document when it has the shape that its schema promises."""
    name = document["schema"].removeprefix("alliance-check/")
    wrong = [f"{e.json_path}: {e.message}" for e in _validators()[name].iter_errors(document)]
    assert not wrong, f"data/schemas/{name}.schema.json says otherwise: {wrong[:3]}"
    return document


def process(
    *arguments: str, folder: Path, given: bytes | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a process of its own."""
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment}
    command = [sys.executable, "-m", "alliance_check.cli", *arguments]
    return subprocess.run(
        command, cwd=folder, env=env, input=given, capture_output=True, check=False
    )


def raising(error: BaseException) -> Callable[..., Any]:
    """Return a function that only raises."""

    def fail(*_arguments: object, **_options: object) -> Any:
        raise error

    return fail
