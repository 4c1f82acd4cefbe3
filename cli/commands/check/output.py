"""Render what a run found in every format wanted, and send it where it belongs."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from alliance_check.model.errors import WrongUsage
from alliance_check.model.message import listed, say
from alliance_check.model.report import Failure, Observation, Report, Result

from ...exit_codes import BROKEN
from ...files.sources import Source, refuse_to_overwrite
from ...files.style import PAGE, SUMMARY, TERMINAL, Style, formats
from ...files.walk import NO_TABLE, Skipped, skipped_words
from ...files.write import OutputFile, deliver, in_style, output_file, targets, write
from ...language import program_language
from ...stderr import print_error


def refuse_inputs(style: Style, sources: Sequence[Source], others: Mapping[str, str]) -> None:
    """Refuse an output that is one of the inputs; *others* are those beside the sheets.

    :raises WrongUsage: when it is.
    """
    inputs = {**{source.path: "an input" for source in sources}, **others}
    for target in targets(style):
        refuse_to_overwrite(target.output, inputs, _option(style))
    refuse_to_overwrite(style.summary, inputs, "--summary-file")


def _option(style: Style) -> str:
    return "--output" if style.folder is None else "--output-dir"


def refuse_what_if(style: Style, sources: Sequence[Source]) -> None:
    """Refuse a what-if on several files, or in a format that does not show what it is.

    :raises WrongUsage: when there are several files, or a format has no place for it.
    """
    if len(sources) != 1:
        raise WrongUsage("--what-if is about one file; name that file alone.")
    written = style.formats if style.folder is not None else (style.format,)
    fit = [name for name, form in formats().items() if form.what_if]
    unfit = [name for name in written if name not in fit]
    if unfit or style.summary is not None:
        name = listed(unfit or ["--summary-file"])
        raise WrongUsage(
            "--what-if is not shown by {name}; use the formats {fit}.", name=name, fit=listed(fit)
        )


def to_be_shown(style: Style) -> Style:
    """Return the style with a place for the page that is to be shown, if any is.

    :raises WrongUsage: when no format is a page.
    """
    if not style.shows:
        return style
    written = style.formats if style.folder is not None else (style.format,)
    if PAGE not in written:
        raise WrongUsage("--open shows a page: it needs --format html.")
    if style.folder is not None or style.output is not None:
        return style
    from tempfile import mkdtemp

    return replace(style, output=str(Path(mkdtemp(prefix="alliance-check-")) / "report.html"))


def open_page(style: Style) -> None:
    """Show the page in the browser of whoever runs the program; else say where it is."""
    import webbrowser

    (page,) = (Path(t.output).resolve() for t in targets(style) if t.format == PAGE and t.output)
    if not webbrowser.open(page.as_uri()):
        print_error(say("No browser could be started; the page is {page}.", page=str(page)))


def refuse_terminal(style: Style) -> None:
    """Refuse to write to a terminal what is no text.

    :raises WrongUsage: when the format is such a one and no file is named.
    """
    binary = style.folder is None and style.output is None and formats()[style.format].binary
    if binary and (sys.stdout is None or sys.stdout.isatty()):
        raise WrongUsage(
            "--format {format} is no text: name a file with --output.", format=style.format
        )


def streams(style: Style) -> bool:
    """Return whether results are written one by one; a file is rather written as a whole."""
    plain = style.output is None and style.folder is None
    return plain and formats()[style.format].streams


def write_line(results: Sequence[Result], style: Style) -> None:
    """Write the lines of one consortium at once."""
    with program_language():
        text = formats()[style.format].render(results, batch=True)
    write(text, style)


def report(
    results: Sequence[Result],
    style: Style,
    *,
    batch: bool,
    skipped: Sequence[Skipped],
    verbose: bool = False,
) -> None:
    """Write every text that is wanted, except what was written line by line."""
    texts = _Texts(results, batch, skipped, verbose)
    first = results[0]
    alone = first if len(results) == 1 and isinstance(first, Failure) else None
    plain = [t for t in targets(style) if alone is None or not formats()[t.format].prose]
    if alone is not None and len(plain) < len(targets(style)) and alone.exit_code != BROKEN:
        print_error(alone.sentence)  # a broken program has apologised already
    files = []
    for target in plain:
        if streams(target):
            continue
        content = texts.content(target) if formats()[target.format].binary else texts.text(target)
        file = output_file(content, target)
        if file is None:
            write(content, target)
        else:
            files.append(file._replace(option=_option(target)))
    if style.summary is not None:
        summary = replace(style, format=SUMMARY)
        text = in_style(texts.text(summary), summary)
        files.append(
            OutputFile("--summary-file", style.summary, text.encode("utf-8"), appended=True)
        )
    deliver(files)
    tableless = [each for each in skipped if each.why == NO_TABLE]
    if tableless and style.format != TERMINAL and not style.quiet and plain:
        print_error(say("Skipped: {files}.", files=skipped_words(tableless)))


@dataclass(frozen=True)
class _Texts:
    """What a run found, to be rendered in each format that is wanted."""

    results: Sequence[Result]
    batch: bool
    skipped: Sequence[Skipped]
    verbose: bool

    @cached_property
    def _across(self) -> Sequence[Observation]:
        """What the proposals say of one another."""
        reports = [result for result in self.results if isinstance(result, Report)]
        if not self.batch or len(reports) < 2:
            return ()
        from alliance_check.compare.proposals import across

        return across(reports)

    def content(self, style: Style) -> bytes:
        """Return everything in the binary format of the style."""
        form = formats()[style.format]
        with program_language():
            return form.content(self.results, batch=self.batch, across=self._across)

    def text(self, style: Style) -> str:
        """Return everything in the format of the style."""
        form = formats()[style.format]
        if style.format != TERMINAL:
            across = self._across if form.across else ()
            with program_language():
                return form.render(self.results, batch=self.batch, across=across)
        from ...terminal.report import render

        style = replace(style, verbose=self.verbose)
        across = () if style.quiet else self._across
        skipped = skipped_words(self.skipped)
        return render(self.results, style, batch=self.batch, skipped=skipped, across=across)
