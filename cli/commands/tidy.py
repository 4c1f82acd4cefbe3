"""``tidy``: a copy of a sheet in official words, and the list of what is changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from alliance_check.model.errors import WrongUsage
from alliance_check.model.message import Message, count, listed, say
from alliance_check.reports.places import ranges

from ..files.paths import STANDARD_INPUT, is_file, is_folder, shown
from ..files.sources import Source, content_of, refuse_lock, refuse_to_overwrite
from ..files.style import Style, style_of
from ..files.write import OutputFile, deliver, write
from ..options import declared as option
from ..options.settings import Settings
from ..terminal.page import Page, Styled

if TYPE_CHECKING:
    from alliance_check.tidy import Left, Tidied

_NOUNS: Mapping[str, Callable[[int], Message]] = {
    "country": lambda number: count("{number} country", "{number} countries", number=number),
    "type": lambda number: count("{number} type", "{number} types", number=number),
    "role": lambda number: count("{number} role", "{number} roles", number=number),
    "pic": lambda number: count("{number} PIC", "{number} PICs", number=number),
}


def tidy(  # noqa: PLR0913 - one argument an option
    path: Annotated[str, typer.Argument(metavar="FILE", help="A partner sheet (xlsx, xlsm, csv).")],
    *,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Where the tidied copy goes; never FILE itself."
        ),
    ] = None,
    diff: Annotated[bool, typer.Option("--diff", help="List every change with its cell.")] = False,
    sheet: option.SheetName = None,
    encoding: option.Encoding = None,
    map: option.Map = None,  # noqa: A002 - the name of the option
    by: option.By = None,
    config: option.Config = None,
    lang: option.Lang = None,  # noqa: ARG001 - read by main()
) -> Callable[[], int]:
    """Write countries, types, roles and PICs of a sheet as the official lists write them.

    Only what is read for sure is changed. Everything else in the file stays as it is, and what
    stays although it is no official label is listed.
    """

    def job() -> int:
        from alliance_check.pipeline import Options

        _refuse(path, output, diff=diff)
        words, _ = option.own_words(map, None)
        typed = Options(sheet=sheet, encoding=encoding, words=words, by=by)
        settings = Settings(typed, config=config)
        settings.check([path])
        refuse_to_overwrite(output, {path: "an input", **settings.named_files()})
        found = _tidied(path, settings)
        if output is not None:
            deliver([OutputFile("--output", output, found.content)])
        style = style_of()
        write(_text(found, path, output, style, diff=diff), style)
        return 0

    return job


def _refuse(path: str, output: str | None, *, diff: bool) -> None:
    if path == STANDARD_INPUT:
        raise WrongUsage("tidy needs a file of its own, not standard input; name the file.")
    if not is_file(path):
        what = "is a folder; tidy takes one file" if is_folder(path) else "is no file"
        raise WrongUsage("{path} {what}.", path=repr(path), what=what)
    if output is None:
        if not diff:
            raise WrongUsage(
                "tidy never overwrites the file that it reads: name the copy with -o FILE, "
                "or see the changes with --diff."
            )
        return
    wanted, given = Path(path).suffix.lower(), Path(output).suffix.lower()
    if wanted != given:
        raise WrongUsage(
            "--output {output} must end in {wanted} as {path} does; the format stays.",
            output=repr(output),
            wanted=repr(wanted),
            path=repr(path),
        )


def _tidied(path: str, settings: Settings) -> Tidied:
    from alliance_check.tidy import tidied

    options = settings.options(path)
    refuse_lock(path)
    content = content_of(Source(path, shown(path)), options.limits.unpacked // 2)
    return tidied(content, shown(path), options)


def _text(found: Tidied, path: str, output: str | None, style: Style, *, diff: bool) -> str:
    page = Page(style)
    if diff:
        _add_changes(page, found)
    _add_summary(page, found, path, output)
    if diff:
        _add_left(page, found)
    else:
        _add_left_together(page, found)
    return page.result()


def _add_changes(page: Page, found: Tidied) -> None:
    for change in found.changes:
        arrow = f" {page.sign('arrow')} "
        before, after = Styled(f'"{change.before}"', "red"), Styled(f'"{change.after}"', "green")
        page.paragraph(page.text(f"{change.cell}  ", before, arrow, after), hang=4)
    if found.changes:
        page.gap()


def _add_summary(page: Page, found: Tidied, path: str, output: str | None) -> None:
    numbers = Counter(change.field for change in found.changes)
    parts = listed(noun(numbers[field]) for field, noun in _NOUNS.items() if numbers[field])
    number = len(found.changes)
    if not number:
        what = say("no change.")
        if output is not None:
            what = say("no change, written to {file}.", file=output)
    elif output is None:
        what = count(
            "{number} cell to change ({parts}).",
            "{number} cells to change ({parts}).",
            number=number,
            parts=parts,
        )
    else:
        what = count(
            "{number} cell changed ({parts}), written to {file}.",
            "{number} cells changed ({parts}), written to {file}.",
            number=number,
            parts=parts,
            file=output,
        )
    page.paragraph(page.text(Styled(shown(path), "bold"), ": ", what), hang=2)


def _add_left(page: Page, found: Tidied) -> None:
    if found.left:
        page.heading(say("Left as they are"))
    for left in found.left:
        page.paragraph(page.text(str(left.cell), "  ", f'"{left.text}": ', left.why), 2, 6)


def _add_left_together(page: Page, found: Tidied) -> None:
    """Add the cells that stay, by why they do."""
    if found.left:
        page.heading(say("Left as they are"))
    reasons: dict[Message, list[Left]] = {}
    for left in found.left:
        reasons.setdefault(left.why, []).append(left)
    for why, cells in reasons.items():
        places = listed(ranges([left.cell for left in cells]), 40)
        page.paragraph(page.text(why, ": ", places), 2, 6)
