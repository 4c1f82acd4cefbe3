"""``template``: a workbook to fill in, for the lot that one applies to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from alliance_check.model.errors import WrongUsage
from alliance_check.model.message import say

from ..files.style import style_of
from ..files.write import OutputFile, deliver, write
from ..language import program_language
from ..options import declared as option


def template(
    *,
    lot: option.Lot = None,
    call: Annotated[str, typer.Option(help="Year of the call, or latest.")] = "latest",
    lang: option.Lang = None,  # noqa: ARG001 - read by main()
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where it goes; ends in .xlsx.")
    ] = "partners.xlsx",
) -> Callable[[], int]:
    """Write a workbook to fill in: partners with drop-downs, project, tally, clauses.

    The tally counts as one fills in; it is no verdict. A file that is there is not overwritten.
    """

    def job() -> int:
        from alliance_check import rulebook
        from alliance_check.template import template as build

        if lot is None:
            raise WrongUsage("template needs --lot: innovation, skills or stem.")
        loaded = rulebook.load_call(call)
        found = rulebook.find_lot(loaded, lot)
        _refuse(output)
        with program_language():  # partners in many countries fill it in
            content = build(loaded, found)
        deliver([OutputFile("--output", output, content)])
        done = say(
            "{output} is for Lot {number} of the call {call}; fill it in and check it.",
            output=output,
            number=found.number,
            call=loaded.id,
        )
        write(f"{done}\n", style_of())
        return 0

    return job


def _refuse(output: str) -> None:
    if Path(output).suffix.lower() != ".xlsx":
        raise WrongUsage("--output {output} must end in .xlsx.", output=repr(output))
    if Path(output).exists():
        raise WrongUsage(
            "{output} is there already and may be filled in; name another file with -o.",
            output=repr(output),
        )
