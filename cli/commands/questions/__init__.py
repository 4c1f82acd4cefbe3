"""``questions``: the fewest questions that would decide an undecided consortium."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from ...files.sources import content_of, single_source
from ...files.style import Style, style_of
from ...files.write import write
from ...language import program_language
from ...options import declared as option
from ...options.settings import Settings

if TYPE_CHECKING:
    from alliance_check.questions import QuestionsByReport


def questions(  # noqa: PLR0913 - one argument an option
    path: Annotated[str, typer.Argument(metavar="FILE", help="A partner sheet, or -.")],
    *,
    lot: option.Lot = None,
    call: option.Call = None,
    strict: option.Strict = False,
    duration: option.Duration = None,
    grant: option.Grant = None,
    total: option.Total = None,
    sheet: option.SheetName = None,
    encoding: option.Encoding = None,
    by: option.By = None,
    project: option.Project = None,
    charter_list: option.CharterList = None,
    config: option.Config = None,
    letters: Annotated[
        str | None,
        typer.Option(
            metavar="DIR",
            help="Write a letter to each partner into DIR, as a text and as a mail (.eml).",
        ),
    ] = None,
    sender: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Who signs the letters."),
    ] = None,
    format: option.ShortFormat = "terminal",  # noqa: A002 - the name of the option
    lang: option.Lang = None,  # noqa: ARG001 - read by main()
) -> Callable[[], int]:
    """List the questions that would decide an undecided consortium, the fewest first.

    Each goes to one partner, or to the coordinator, with what each answer would mean. Exit
    codes: 0 answered, whatever was found, 2 wrong usage, 4 the file is unusable.
    """
    style = style_of(format)

    def job() -> int:
        from alliance_check.pipeline import Options

        typed = Options(
            lot=lot,
            call=call,
            strict=strict,
            duration=duration,
            grant=grant,
            total=total,
            sheet=sheet,
            encoding=encoding,
            by=by,
            project=project,
            fingerprint=format == "json",
            advice=False,
        )
        found = _found(path, Settings(typed, config=config, charter_list=charter_list))
        written: tuple[str, ...] | None = None
        if letters is not None:
            from .letters import letters_for, save, sender_of

            written = save(letters, letters_for(found), sender or sender_of(found))
        write(_text(found, style, written), style)
        return 0

    return job


def _found(path: str, settings: Settings) -> QuestionsByReport:
    from alliance_check.pipeline import checked_file
    from alliance_check.questions import questions as questions_on

    source = single_source("FILE", path)
    settings.check()
    options = settings.options(path)
    content = content_of(source, options.limits.unpacked // 2)
    checked = checked_file(content, source.name, options)
    return [(one.report, questions_on(one)) for one in checked]


def _text(found: QuestionsByReport, style: Style, written: tuple[str, ...] | None) -> str:
    if style.format == "json":
        from . import json as asking_json

        with program_language():
            return asking_json.render(found, written)
    if style.format == "markdown":
        from . import markdown as asking_markdown

        with program_language():
            return asking_markdown.render(found, written)
    from . import terminal as asking_page

    return asking_page.render(found, written, style)
