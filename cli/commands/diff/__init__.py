"""``diff``: what became of a consortium between two sheets; it informs, and fails no build."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from alliance_check.model.errors import NoTable, TooLarge, UnreadableFile, WrongUsage

from ...files.paths import STANDARD_INPUT
from ...files.sources import Source, content_of, refuse_to_overwrite, single_source
from ...files.style import Style, style_of
from ...files.write import write
from ...language import program_language
from ...options import declared as option
from ...options.settings import Settings

if TYPE_CHECKING:
    from alliance_check.pipeline import Checked

_OF_A_FILE = (UnreadableFile, TooLarge, NoTable, WrongUsage)
_SIDES = ("OLD", "NEW")


def diff(  # noqa: PLR0913 - one argument an option
    old: Annotated[str, typer.Argument(metavar="OLD", help="A partner sheet, or -.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="What became of it, or -.")],
    *,
    lot: option.Lot = None,
    call: option.Call = None,
    sheet: option.SheetName = None,
    by: option.By = None,
    project: option.Project = None,
    config: option.Config = None,
    format: option.ShortFormat = "terminal",  # noqa: A002 - the name of the option
    output: option.Output = None,
    lang: option.Lang = None,  # noqa: ARG001 - read by main()
) -> Callable[[], int]:
    """Show what became of a consortium between two sheets, and what that does to the verdict.

    Partners are matched by PIC, then OID, then name. Exit codes: 0 compared, whatever was found,
    2 wrong usage, 4 a file is unusable.
    """
    style = style_of(format, output)

    def job() -> int:
        from alliance_check.pipeline import Options

        sources = _sources(old, new)
        typed = Options(
            lot=lot,
            call=call,
            sheet=sheet,
            by=by,
            project=project,
            fingerprint=format == "json",
            advice=False,
        )
        settings = Settings(typed, config=config)
        settings.check(source.path for source in sources)
        inputs = {**{s.path: "an input" for s in sources}, **settings.named_files()}
        refuse_to_overwrite(output, inputs)
        before, after = (
            _checked(side, source, settings) for side, source in zip(_SIDES, sources, strict=True)
        )
        write(_text(before, after, style), style)
        return 0

    return job


def _sources(*paths: str) -> tuple[Source, ...]:
    if set(paths) == {STANDARD_INPUT}:
        raise WrongUsage("Only one of OLD and NEW can be standard input.")
    return tuple(single_source(side, path) for side, path in zip(_SIDES, paths, strict=True))


def _checked(side: str, source: Source, settings: Settings) -> tuple[Checked, ...]:
    """Return what is in one of the files; an error says which it was."""
    from alliance_check.pipeline import checked_file

    options = settings.options(source.path)
    try:
        content = content_of(source, options.limits.unpacked // 2)
        return checked_file(content, source.name, options)
    except _OF_A_FILE as error:
        name = "" if source.name in error.sentence else f" {source.name}"
        raise type(error)(f"{side}{name}: {error.sentence}") from error


def _text(old: tuple[Checked, ...], new: tuple[Checked, ...], style: Style) -> str:
    from alliance_check.compare.two_sheets import compare

    compared = compare(old, new)
    before, after = old[0].report.input, new[0].report.input
    if style.format == "json":
        from . import json as difference_json

        with program_language():
            return difference_json.render(compared, before, after)
    if style.format == "markdown":
        from . import markdown as difference_markdown

        with program_language():
            return difference_markdown.render(compared, before.file, after.file)
    from . import terminal as difference_page

    return difference_page.render(compared, before.file, after.file, style)
