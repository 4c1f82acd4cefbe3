"""One run: every source judged, one text written, one exit code returned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from alliance_check import __version__
from alliance_check.errors import AllianceCheckError
from alliance_check.findings import Failure, Report
from alliance_check.pipeline import check_file
from alliance_check.reports.wording import code_of

from .complaints import BROKEN, broken, complain
from .options import Style
from .settings import Settings
from .sources import Source, content_of, named, refuse_to_overwrite
from .writing import write

_WRONG_USAGE, _UNUSABLE = 2, 4
_TO_PEOPLE = frozenset({"terminal", "concise"})
_WORST_FIRST = (BROKEN, _UNUSABLE, 1, 3, 0)

Result = Report | Failure


def run(paths: Sequence[str], settings: Settings, style: Style) -> int:
    """Check everything that the paths name and write what was found.

    :raises AllianceCheckError: when a path does not exist, or the output cannot be written.
    """
    found = named(paths)
    refuse_to_overwrite(style.output, found.sources)
    settings.check()
    skipped = 0
    judged: list[list[Result]] = []
    for source in found.sources:
        results = _judge(source, settings)
        if source.found and _without_headers(results):
            skipped += 1
        else:
            judged += _consortia(results)
    if not judged:
        judged = [[_nothing(found.folder, skipped)]]
    flat = [result for results in judged for result in results]
    if not all(_wrongly_used(result) for result in flat):
        judged = [[_in_batch(result) for result in results] for results in judged]
        flat = [result for results in judged for result in results]
    _report(flat, style, batch=found.many or len(flat) > 1, skipped=skipped)
    return _worst([code_of(results) for results in judged])


def _judge(source: Source, settings: Settings) -> list[Result]:
    """Return the reports on one file, or why there are none; nothing but Ctrl-C stops the rest."""
    try:
        options = settings.options(source.path)
        content = content_of(source, options.limits.unpacked // 2)
        return list(check_file(content, source.name, options))
    except AllianceCheckError as error:
        return [_failure(source.name, error)]
    except Exception as error:  # noqa: BLE001 - one file must not stop the others
        code = broken(error)
        sentence = f"The program broke on this file ({type(error).__name__})."
        return [Failure(source.name, code, "internal-error", sentence, __version__)]


def _consortia(results: list[Result]) -> list[list[Result]]:
    """Return the results apart for each consortium of a file; its lots stay together."""
    found: dict[str, list[Result]] = {}
    for result in results:
        name = result.input.project if isinstance(result, Report) else ""
        found.setdefault(name, []).append(result)
    return list(found.values())


def _failure(name: str, error: AllianceCheckError) -> Failure:
    return Failure(name, error.exit_code, error.code, error.sentence, __version__)


def _without_headers(results: Sequence[Result]) -> bool:
    first = results[0]
    return isinstance(first, Failure) and first.code == "no-headers"


def _nothing(folder: str, skipped: int) -> Failure:
    left = f"; {skipped} without a table of partners skipped" if skipped else ""
    sentence = f"The folder {folder} holds no partner sheet{left}."
    return Failure(folder, _UNUSABLE, "no-partner-sheet", sentence, __version__)


def _wrongly_used(result: Result) -> bool:
    return isinstance(result, Failure) and result.exit_code == _WRONG_USAGE


def _in_batch(result: Result) -> Result:
    """Return the result beside others: an option that fits those makes this file unusable."""
    if isinstance(result, Failure) and _wrongly_used(result):
        return replace(result, exit_code=_UNUSABLE)
    return result


def _worst(codes: Sequence[int]) -> int:
    return next((code for code in _WORST_FIRST if code in codes), codes[0])


def _report(results: Sequence[Result], style: Style, *, batch: bool, skipped: int) -> None:
    first = results[0]
    alone = len(results) == 1 and isinstance(first, Failure)
    if alone and isinstance(first, Failure) and style.format in _TO_PEOPLE:
        if first.exit_code != BROKEN:  # then the apology is out already
            complain(first.sentence)
        return
    write(_text(results, style, batch=batch, skipped=skipped), style)
    if skipped and style.format != "terminal" and not style.quiet:
        noun = "file" if skipped == 1 else "files"
        complain(f"{skipped} {noun} without a table of partners skipped.")


def _text(results: Sequence[Result], style: Style, *, batch: bool, skipped: int) -> str:
    if style.format != "terminal":
        from alliance_check.reports import FORMATS

        return FORMATS[style.format](results, batch=batch)
    from .page import Look
    from .terminal import render

    look = Look(style.width, style.colour, style.ascii, style.full, style.quiet)
    return render(results, look, batch=batch, skipped=skipped)
