"""Many results at a glance: one line each, what they share, then totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from posixpath import commonpath
from typing import NamedTuple

from rich.cells import cell_len
from rich.text import Text

from alliance_check.model.message import Message, Value, count, listed, say
from alliance_check.model.outcome import Verdict
from alliance_check.model.report import CALL, Failure, Finding, Observation, Report, Result
from alliance_check.reports.gate_words import gate_words
from alliance_check.reports.words import (
    SMALL,
    VERDICTS,
    call_name,
    call_words,
    caution_count,
    deciding,
    lot_name,
    not_understood,
    overruled_words,
    spare,
)
from alliance_check.rules import minima_together

from .blocks import add_settings, add_waivers
from .page import VERDICT_STYLES, Page, Styled, joined

MOST_UNGROUPED = 20
"""From how many results more they stand in groups, the worst first."""
MOST_ACROSS = 10
"""How many lines say what proposals share, without --verbose."""
_WORST_FIRST = (None, Verdict.NOT_ELIGIBLE, Verdict.UNDECIDED, Verdict.ELIGIBLE)
_WIDEST = 40
_MOST_REASONS = 2
_LONG = 60


class _Common(NamedTuple):
    """What all results share, and is therefore said once, above them."""

    folder: str
    file: str
    lot: str
    call: str


def add_summary(
    page: Page, results: Sequence[Result], skipped: Value | None, across: Sequence[Observation] = ()
) -> None:
    """Add one line a result, what proposals say of one another, and how many there are."""
    common = _common(results)
    if page.style.quiet:
        for result in results:
            _add_quiet(page, result, common._replace(folder="", file=""))
        return
    _add_common(page, common)
    _add_results(page, results, common)
    for failure in (result for result in results if isinstance(result, Failure)):
        if len(failure.sentence) > _LONG:
            page.gap()
            file = Styled(failure.file.removeprefix(common.folder), "bold")
            page.paragraph(page.text(file, ": ", failure.sentence), hang=2)
    reports = [result for result in results if isinstance(result, Report)]
    for report in reports:
        add_waivers(page, report, idle=True)
    add_settings(page, ((_place(report, common), report) for report in reports))
    _add_across(page, across, common)
    page.gap()
    _add_hints(page, reports)
    left_out = [" ", say("Skipped: {files}.", files=skipped)] if skipped else []
    page.paragraph(page.text(_totals(results), *left_out), hang=2)


def _add_common(page: Page, common: _Common) -> None:
    if any(common):
        head = Styled(common.file or common.folder, "bold")
        others = [part for part in (common.lot, common.call) if part]
        page.paragraph(
            page.text(head, " · " if head.words and others else "", " · ".join(others)), hang=2
        )
        page.gap()


def _add_hints(page: Page, reports: Sequence[Report]) -> None:
    if _lots_of_one_file(reports):
        page.paragraph(say("No lot is named; --lot gives the whole report on one."))
    if any(report.call_verdict is not None for report in reports):
        page.paragraph(say("No call is named, and the calls differ; --call decides."))


def _add_across(page: Page, found: Sequence[Observation], common: _Common) -> None:
    """Add what the proposals say of one another; it changes no verdict."""
    if not found:
        return
    page.heading(say("Across proposals (no verdict hangs on it)"))
    verbose = page.style.verbose
    left, room = len(found), MOST_ACROSS
    for one in found:
        words = _across(one, common.folder, 40 if verbose else 2)
        sign = page.bullet("caution", "yellow")
        lines = page.lines(page.text(words), sign)
        if len(lines) > room and not verbose:
            break
        page.write_all(lines)
        left, room = left - 1, room - len(lines)
    if left:
        more = say("and {number} more (--verbose)", number=left)
        page.paragraph(Styled(more, "dim"), 4)


def _across(one: Observation, folder: str, most: int) -> Message:
    files = [place._replace(file=place.file.removeprefix(folder)) for place in one.places]
    if not files:
        return one.message
    return say("{sentence} ({places})", sentence=one.message, places=listed(files, most))


def _common(results: Sequence[Result]) -> _Common:
    names = list(dict.fromkeys(result.name for result in results))
    reports = [result for result in results if isinstance(result, Report)]
    folders = [name.rpartition("/")[0] for name in names]
    folder = commonpath(folders) if all(folders) else ""
    if len(names) == 1:
        folder, file = "", names[0]
    else:
        folder, file = folder and f"{folder}/", ""
    return _Common(
        folder,
        file,
        _only(str(lot_name(report)) for report in reports),
        _only(str(_calls(report)) for report in reports),
    )


def _calls(report: Report) -> Message:
    if report.second_call is None:
        return call_name(report.call)
    return say("no call named: {calls}", calls=call_words(report))


def _only(words: Iterable[str]) -> str:
    distinct = set(words)
    return distinct.pop() if len(distinct) == 1 else ""


def _add_quiet(page: Page, result: Result, common: _Common) -> None:
    verdict, style = _verdict(result)
    beside = () if isinstance(result, Failure) else (gate_words(result), overruled_words(result))
    said = joined([part for part in (_place(result, common), *beside) if part], " · ")
    page.paragraph(page.text(Styled(verdict, style), "  ", *said), hang=2)


def _add_results(page: Page, results: Sequence[Result], common: _Common) -> None:
    """Add a line for each result; of many, those of one verdict below one another."""
    if len(results) <= MOST_UNGROUPED:
        wide = max(cell_len(page.safe(_verdict(result)[0])) for result in results)
        _add_lines(page, results, common, wide)
        return
    for number, kind in enumerate(_WORST_FIRST):
        alike = [result for result in results if result.verdict is kind]
        if alike:
            verdict, style = _verdict(alike[0])
            title = say("{verdict} ({number})", verdict=verdict, number=len(alike))
            if number:
                page.gap()
            page.paragraph(Styled(title, style))
            _add_lines(page, alike, common, 0)


def _add_lines(page: Page, results: Sequence[Result], common: _Common, verdict_wide: int) -> None:
    places = [_place(result, common) for result in results]
    wide = min(_WIDEST, max(place.cell_len for place in map(page.text, places)))
    before: object = None
    for result, place in zip(results, places, strict=True):
        verdict, style = _verdict(result)
        start = page.text("  ", Styled(verdict, style) if verdict_wide else "")
        start.pad_right(verdict_wide + 2 + (2 if verdict_wide else 0) - start.cell_len)
        name = page.text("" if place == before else place)
        before = place
        said = page.text(*joined(_said(result), " · "))
        column = start.cell_len + (wide + 2 if wide else 0)
        if page.narrow or start.cell_len + name.cell_len > page.style.width:
            whole = page.text(start, name, " · " if name and said else "", said)
            page.paragraph(whole, hang=4)
        elif name.cell_len > wide:
            page.write(Text.assemble(start, name))
            page.paragraph(said, column)
        else:
            head = Text.assemble(start, name)
            head.pad_right(column - head.cell_len)
            page.paragraph(said, head)


def _said(result: Result) -> Iterator[Value]:
    """Yield what a line has to say behind the verdict and the file."""
    if isinstance(result, Failure):
        yield say("see below") if len(result.sentence) > _LONG else result.sentence
        return
    gate, beside = gate_words(result), caution_count(result)
    changed, number = overruled_words(result), len(not_understood(result))
    found = deciding(result.verdict, result.findings)
    if gate is not None:
        yield gate
    if found:
        # That all minima hold at once follows from the minima, and is named only on its own.
        alone = [f for f in found if f.rule != minima_together.ID] or found
        yield listed(map(_reason, alone), _MOST_REASONS)
    if beside is not None:
        yield beside
    if changed is not None:
        yield changed
    if number:
        yield count("{number} cell not read", "{number} cells not read", number=number)


def _reason(finding: Finding) -> Message:
    """Return a rule with how much is missing, where it counts."""
    title, missing = finding.title, spare(finding.answer)
    if finding.rule == CALL:
        return finding.answer.message
    if missing is None:
        return title
    return say("{title}: {missing}", title=title, missing=missing)


def _verdict(result: Result) -> tuple[Message, str]:
    return VERDICTS[result.verdict], VERDICT_STYLES[result.verdict]


def _place(result: Result, common: _Common) -> Value:
    """Return the file, and the lot and call where others have another one."""
    file = "" if common.file else result.name.removeprefix(common.folder)
    if isinstance(result, Failure) or (common.lot and common.call):
        return file
    lot, call = result.lot.number, result.call.id
    where = say("Lot {lot}", lot=lot)
    if not common.call:
        where = say("Lot {lot} of {call}", lot=lot, call=call)
    return say("{file}, {lot}", file=file, lot=where) if file else where


def _totals(results: Sequence[Result]) -> Message:
    """Return how many results there are of each verdict."""
    numbers = Counter(result.verdict for result in results)
    files = len({result.file for result in results})
    reports = [result for result in results if isinstance(result, Report)]
    parts = listed(
        say(
            "{number} {verdict}",
            number=numbers[kind],
            verdict=SMALL[kind],
        )
        for kind in reversed(_WORST_FIRST)
        if numbers[kind]
    )
    if _lots_of_one_file(reports):
        return count(
            "{number} file, every lot: {what}.",
            "{number} files, every lot: {what}.",
            number=files,
            what=parts,
        )
    return count("{number} file: {what}.", "{number} files: {what}.", number=files, what=parts)


def _lots_of_one_file(reports: Iterable[Report]) -> bool:
    files = Counter(report.name for report in reports)
    return any(number > 1 for number in files.values())
