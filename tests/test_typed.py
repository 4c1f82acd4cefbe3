"""What is typed means the same with and without the short way past pydantic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
import typer
from typer.core import TyperCommand
from typer.exceptions import TyperException

from alliance_check.model.errors import AllianceCheckError
from cli import typed
from cli.dispatch import COMMANDS, function_of

LINES: Sequence[tuple[str | None, str]] = [
    (None, ""),
    (None, "a.xlsx"),
    (None, "a.xlsx b.csv -"),
    (None, "a.xlsx --lot 1 --call latest --duration 2y --grant 1m"),
    (None, "a.xlsx --lot nothing"),
    (None, "a.xlsx --lot"),
    (None, "a.xlsx --grant -1"),
    (None, "a.xlsx --what-if drop:A7 --what-if add:PL:vet"),
    (None, "a.xlsx --what-if nonsense"),
    (None, "a.xlsx --map Partnerland=country --map Notes=ignore --confirm A7 --confirm A8"),
    (None, "a.xlsx --format json --format csv --output-dir out"),
    (None, "a.xlsx --format jsn"),
    (None, "a.xlsx --jobs 3 --max-rows 7 --strict -q"),
    (None, "a.xlsx --jobs 0"),
    (None, "a.xlsx --jobs many"),
    (None, "a.xlsx --max-rows 0"),
    (None, "a.xlsx --encoding klingon"),
    (None, "a.xlsx --lang tlh"),
    (None, "a.xlsx --unheard-of"),
    ("rules", ""),
    ("rules", "--call 2026 --lot skills"),
    ("calls", ""),
    ("explain", ""),
    ("country", ""),
    ("country", "Norge"),
    ("inspect", ""),
    ("inspect", "a.xlsx"),
    ("portfolio", "a.csv"),
    ("questions", "a.xlsx --format json"),
    ("tidy", "a.xlsx"),
    ("template", ""),
    ("diff", "a.xlsx b.xlsx"),
    ("diff", "a.xlsx"),
    ("textconv", "a.xlsx"),
]


def understood(kind: type[TyperCommand], command: str | None, line: str) -> Any:
    """Return the values of all parameters, or the sentence that refuses one."""
    app = typer.Typer(add_completion=False)
    app.command(cls=kind)(function_of(command))
    try:
        return typer.main.get_command(app).make_context("program", line.split()).params
    except (AllianceCheckError, TyperException) as refused:
        return type(refused), str(refused)


@pytest.mark.parametrize(("command", "line"), LINES)
def test_a_line_means_what_typer_makes_of_it(command: str | None, line: str) -> None:
    plain = understood(TyperCommand, command, line)
    assert understood(typed.Command, command, line) == plain


def test_every_command_is_compared() -> None:
    assert {command for command, _ in LINES} == {None, *COMMANDS}


def test_a_function_and_a_callback_have_their_say() -> None:
    def even(text: str) -> int:
        if int(text) % 2:
            raise ValueError(text)
        return int(text)

    def half(number: int) -> int:
        return number // 2

    def command(number: int = typer.Option(2, parser=even, callback=half)) -> None:
        """Take a number."""

    app = typer.Typer(add_completion=False)
    app.command(cls=typed.Command)(command)
    made = typer.main.get_command(app)
    assert made.make_context("program", ["--number", "4"]).params == {"number": 2}
    with pytest.raises(TyperException, match="3"):
        made.make_context("program", ["--number", "3"])
