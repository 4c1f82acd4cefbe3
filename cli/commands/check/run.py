"""One run: every source judged, what was found written, one exit code returned."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from alliance_check import __version__
from alliance_check.model.message import say
from alliance_check.model.report import Failure, Report, Result

from ...exit_codes import INTERRUPTED, UNUSABLE, code_of_lots, worst
from ...files.paths import is_same
from ...files.sources import Selection, Source, select
from ...files.style import Style
from ...files.walk import OWN, WHY, Skipped, skipped_words
from ...files.write import make_folder, targets
from ...language import configured_language
from ...options.settings import GateTerms, Settings
from ...stderr import print_error
from .idle_settings import has_idle, said_once
from .judge import JudgedConsortium, by_consortium, in_batch, judge, passed_over
from .output import (
    open_page,
    refuse_inputs,
    refuse_terminal,
    refuse_what_if,
    report,
    streams,
    to_be_shown,
    write_line,
)

if TYPE_CHECKING:
    from ...cache.folder import Cache
    from ...jobs.pool import JudgeSource


@dataclass
class _Tally:
    """What a run has done so far, to be reported even when it is interrupted."""

    skipped: list[Skipped]
    seen: int = 0
    interrupted: bool = False
    results: list[Result] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)

    def code(self) -> int:
        """Return the exit code of the whole run: the worst of its files."""
        return INTERRUPTED if self.interrupted else worst(self.codes)


def run(
    paths: Sequence[str],
    settings: Settings,
    style: Style,
    *,
    jobs: int | None = None,
    verbose: bool = False,
) -> int:
    """Check everything that the paths name and write what was found.

    *jobs* is how many processes there may be; None leaves it to the work that there is. *verbose*
    lists every file of a folder that was passed over.

    :raises AllianceCheckError: when a path does not exist, or the output cannot be written.
    """
    found = select(paths)
    settings.check(source.path for source in found.sources)
    code = settings.language(found.sources[0].path) if found.sources else None
    with configured_language(code):
        return _run(found, settings, style, jobs=jobs, verbose=verbose)


def _run(
    found: Selection, settings: Settings, style: Style, *, jobs: int | None, verbose: bool
) -> int:
    if settings.typed.changes:
        refuse_what_if(style, found.sources)
    style = to_be_shown(_with_formats(style, found.sources, settings))
    found = _without_own(found, style, settings)
    refuse_terminal(style)
    refuse_inputs(style, found.sources, settings.named_files())
    make_folder(style)
    if not style.advises(many=found.many):
        settings.drop_advice()
    tally = _Tally(list(found.skipped))
    cache = _cache(found, settings)
    groups = in_batch(
        _judged(found, partial(judge, settings=settings, cache=cache), style, tally, jobs)
    )
    for results, code in _gated(groups, settings):
        tally.codes.append(code)
        tally.results += results
        if streams(style):
            write_line(results, style)
    _finish(tally, found, style, verbose=verbose)
    if cache is not None:
        cache.trim()
    return tally.code()


def _cache(found: Selection, settings: Settings) -> Cache | None:
    """Return the cache of the run, if any; like the language, it is that of the first file."""
    folder = settings.cache(found.sources[0].path) if found.sources else None
    if folder is None:
        return None
    from ...cache.folder import opened

    return opened(folder)


def _without_own(found: Selection, style: Style, settings: Settings) -> Selection:
    """Return the selection without the reports of an earlier run that this one writes anew."""
    names = [target.output for target in targets(style) if target.output is not None]
    own = [
        source
        for source in found.sources
        if source.found
        and any(is_same(source.path, name) for name in names)
        and passed_over(judge(source, settings))
    ]
    if not own:
        return found
    skipped = (*found.skipped, *(Skipped(Path(source.name), OWN) for source in own))
    kept = tuple(source for source in found.sources if source not in own)
    return replace(found, sources=kept, skipped=skipped)


def _finish(tally: _Tally, found: Selection, style: Style, *, verbose: bool) -> None:
    if tally.interrupted:
        total = len(found.sources)
        seen = say(
            "Interrupted; {seen} of {total} files were judged.", seen=tally.seen, total=total
        )
        print_error(seen)
    elif not tally.results:
        tally.results, tally.codes = [_nothing(found.folder, tally.skipped)], [UNUSABLE]
    if verbose:
        for path, why in sorted(tally.skipped):
            print_error(say("skipped: {file} ({why})", file=path.as_posix(), why=WHY[why]))
    if tally.results:
        many = found.many or len(tally.results) > 1
        report(tally.results, style, batch=many, skipped=tally.skipped, verbose=verbose)
        if style.shows:
            open_page(style)


def _judged(
    found: Selection, judge: JudgeSource, style: Style, tally: _Tally, jobs: int | None
) -> Iterator[JudgedConsortium]:
    """Yield every consortium of every file, in order; Ctrl-C ends it with what is done so far."""
    many = len(found.sources) > 1
    try:
        with _interruptible(many=many) as pressed:
            for source, results in _each(found.sources, judge, style, jobs):
                tally.seen += 1
                if source.found and (why := passed_over(results)):
                    tally.skipped.append(Skipped(Path(source.name), why))
                else:
                    yield from by_consortium(source, results)
                tally.interrupted = pressed() and tally.seen < len(found.sources)
                if tally.interrupted:
                    return
    except KeyboardInterrupt:
        if not many:
            raise
        tally.interrupted = True


def _interruptible(*, many: bool) -> AbstractContextManager[Callable[[], bool]]:
    if not many:
        return nullcontext(lambda: False)

    from ...interrupts import deferred_interrupts

    return deferred_interrupts()


def _each(
    sources: Sequence[Source], judge: JudgeSource, style: Style, jobs: int | None
) -> Iterable[tuple[Source, list[Result]]]:
    if len(sources) < 2:
        return ((source, judge(source)) for source in sources)
    from ...jobs.pool import judge_all  # knows how to start processes, which one file never needs
    from ...jobs.progress import watched

    return watched(judge_all(sources, judge, jobs), len(sources), wanted=not style.quiet)


def _with_formats(style: Style, sources: Sequence[Source], settings: Settings) -> Style:
    """Return the style; the formats of a folder may come from the first file's configuration."""
    if style.folder is None or style.formats or not sources:
        return style
    return replace(style, formats=settings.formats(sources[0].path))


def _gated(
    groups: Iterable[JudgedConsortium], settings: Settings
) -> Iterator[tuple[list[Result], int]]:
    """Yield the results of each consortium with the gate's answer, and its exit code.

    Whether a waiver or a setting is used is known when all files are judged; so they are held back
    where there is a waiver, or a setting without effect.
    """
    held: list[tuple[GateTerms | None, list[Result]]] = []
    for source, results in groups:
        terms = _gate_of(source, results, settings)
        if held or (terms is not None and terms.waivers) or has_idle(results):
            held.append((terms, results))
        else:
            yield from _decided([(terms, results)])
    yield from _decided(held)


def _decided(
    groups: list[tuple[GateTerms | None, list[Result]]],
) -> Iterator[tuple[list[Result], int]]:
    if has_idle(result for _, results in groups for result in results):
        once = said_once([results for _, results in groups])
        groups = [(terms, results) for (terms, _), results in zip(groups, once, strict=True)]
    if not any(terms for terms, _ in groups):
        yield from ((results, code_of_lots(results)) for _, results in groups)
        return
    from . import gate

    for results in gate.apply_gate(groups, gate.today()):
        yield results, gate.code_of(results)


def _gate_of(source: Source, results: list[Result], settings: Settings) -> GateTerms | None:
    """Return what the gate goes by; where nothing was judged there is nothing to let pass."""
    judged = any(isinstance(result, Report) for result in results)
    return settings.gate(source.path) if judged else None


def _nothing(folder: str, skipped: Sequence[Skipped]) -> Failure:
    sentence = say("The folder {folder} holds no partner sheet.", folder=folder)
    if words := skipped_words(skipped):
        sentence = say(
            "The folder {folder} holds no partner sheet; skipped: {skipped}.",
            folder=folder,
            skipped=words,
        )
    return Failure(folder, UNUSABLE, "no-partner-sheet", sentence, __version__)
