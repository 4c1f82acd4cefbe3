"""Two sheets that a test compares on the command line, and what the answer says."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator

from tests.cli_runs import EIGHT, HEADER, Command, Row

SCHEMA = json.loads(
    (files("alliance_check.data") / "schemas/diff-v1.schema.json").read_text("utf-8")
)
IDS = (*HEADER, "PIC", "OID")
LOT = ("--lot", "innovation")
ENTERPRISE = ("Filati SpA", "Italy", "Large enterprise", "Full partner")


def sheets(
    command: Command, old: Iterable[Row], new: Iterable[Row], header: Row = HEADER
) -> tuple[str, str]:
    """Write the old and the new sheet and return their names."""
    return command.sheet("old.csv", old, header), command.sheet("new.csv", new, header)


def compared(command: Command, *arguments: str) -> Any:
    """Return the JSON of a comparison when it has the shape that its schema promises."""
    ran = command("diff", *arguments, "--format", "json")
    assert (ran.code, ran.err) == (0, ""), "diff only informs: it exits with 0 when it could answer"
    document = json.loads(ran.out)
    wrong = [
        f"{e.json_path}: {e.message}" for e in Draft202012Validator(SCHEMA).iter_errors(document)
    ]
    assert not wrong, f"data/schemas/diff-v1.schema.json says otherwise: {wrong[:3]}"
    return document


def only(document: Any) -> Any:
    """Return the one consortium of a comparison."""
    (found,) = document["consortia"]
    return found


def fields(pair: Any) -> dict[str, tuple[str | None, str | None, str | None, str | None]]:
    """Return what changed: both values and both places, by field."""
    return {
        c["field"]: tuple(
            c[side][key] for key in ("value", "place") for side in ("before", "after")
        )
        for c in pair["fields"]
    }


def edited(number: int, column: int, text: str, rows: Iterable[Row] = EIGHT) -> list[Row]:
    """Return the rows with another text in one cell."""
    changed = [list(row) for row in rows]
    changed[number][column] = text
    return [tuple(row) for row in changed]
