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
from .options import GateTerms, Style
from .settings import Settings
from .sources import Source, content_of, named, refuse_to_overwrite
from .writing import append, make_folder, targets, write

_WRONG_USAGE, _UNUSABLE = 2, 4
_TO_PEOPLE = frozenset({"terminal", "concise"})
_WORST_FIRST = (BROKEN, _UNUSABLE, 1, 3, 0)

Result = Report | Failure


def run(paths: Sequence[str], settings: Settings, style: Style) -> int:
    """Check everything that the paths name and write what was found.

    :raises AllianceCheckError: when a path does not exist, or the output cannot be written.
    """
    found = named(paths)
    settings.check()
    style = _with_formats(style, found.sources, settings)
    option = "--output" if style.folder is None else "--output-dir"
    for target in targets(style):
        refuse_to_overwrite(target.output, found.sources, option)
    refuse_to_overwrite(style.summary, found.sources, "--summary-file")
    make_folder(style)
    skipped = 0
    judged: list[tuple[Source, list[Result]]] = []
    for source in found.sources:
        results = _judge(source, settings)
        if source.found and _without_headers(results):
            skipped += 1
        else:
            judged += [(source, results) for results in _consortia(results)]
    if not judged:
        judged = [(Source("", found.folder), [_nothing(found.folder, skipped)])]
    if not all(_wrongly_used(result) for _, results in judged for result in results):
        judged = [(source, [_in_batch(r) for r in results]) for source, results in judged]
    groups, code = _gated(judged, settings)
    flat = [result for results in groups for result in results]
    _report(flat, style, batch=found.many or len(flat) > 1, skipped=skipped)
    return code


def _with_formats(style: Style, sources: Sequence[Source], settings: Settings) -> Style:
    """Return the style; the formats of a folder may come from the first file's configuration."""
    if style.folder is None or style.formats or not sources:
        return style
    return replace(style, formats=settings.formats(sources[0].path))


def _gated(
    judged: Sequence[tuple[Source, list[Result]]], settings: Settings
) -> tuple[list[list[Result]], int]:
    """Return the results of each consortium with the gate's answer, and the code of the run."""
    terms = [_gate_of(source, results, settings) for source, results in judged]
    groups = [results for _, results in judged]
    if not any(terms):
        return groups, _worst([code_of(results) for results in groups])
    from . import gate

    groups = gate.decided(list(zip(terms, groups, strict=True)), gate.today())
    return groups, _worst([gate.code_of(results) for results in groups])


def _gate_of(source: Source, results: list[Result], settings: Settings) -> GateTerms | None:
    """Return what the gate goes by; where nothing was judged there is nothing to let pass."""
    judged = any(isinstance(result, Report) for result in results)
    return settings.gate(source.path) if judged else None


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
    alone = first if len(results) == 1 and isinstance(first, Failure) else None
    plain = [t for t in targets(style) if alone is None or t.format not in _TO_PEOPLE]
    if alone is not None and len(plain) < len(targets(style)) and alone.exit_code != BROKEN:
        complain(alone.sentence)  # a broken program has apologised already
    for target in plain:
        write(_text(results, target, batch=batch, skipped=skipped), target)
    if style.summary is not None:
        summary = replace(style, format="markdown")
        append(_text(results, summary, batch=batch, skipped=skipped), style)
    if skipped and style.format != "terminal" and not style.quiet and plain:
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
