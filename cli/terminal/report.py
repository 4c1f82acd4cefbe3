"""The report for people: the verdict, the minima, what stands in the way, what to change.

It fits a screen. ``--full`` adds what is known of every rule, cell and partner.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from rich.cells import cell_len
from rich.text import Text

from alliance_check.model.consortium import Project
from alliance_check.model.message import Message, Value, count, eur, listed, say
from alliance_check.model.outcome import Outcome, Verdict
from alliance_check.model.report import Finding, Observation, Repair, Report, Result
from alliance_check.parse.remarks.gathered import DOUBTED, UNREAD
from alliance_check.reports.places import placed, places_of
from alliance_check.reports.words import (
    VERDICTS,
    call_origin,
    cautions,
    cite,
    deadline_words,
    having,
    minimum_findings,
    newest_line,
    one_call,
    overruled,
    spare,
    with_possible,
)

from ..files.style import Style
from .blocks import add_settings, add_verdict, add_waivers
from .next_step import add_next_step
from .obstacles import Obstacle, obstacles
from .page import OUTCOME_STYLES, Page, Styled, joined

T = TypeVar("T")

MOST_OBSTACLES, MOST_CHANGES, MOST_NOTES = 5, 4, 3
"""How much of each block the report shows without --full."""
_MOST_NAMES = 2
_BAR = 10


def render(
    results: Sequence[Result],
    style: Style,
    *,
    batch: bool = False,
    skipped: Value | None = None,
    across: Sequence[Observation] = (),
) -> str:
    """Return the text of one report, or of a summary when there is more than one result.

    *skipped* says how many files of a folder were passed over, *across* what the proposals have in
    common.
    """
    page = Page(style)
    reports = [result for result in results if isinstance(result, Report)]
    whole = len(results) == 1 and not batch
    if reports and (whole or all(report.what_if is not None for report in reports)):
        for report in reports:
            _add_report(page, report)
        return page.result()
    from .summary import add_summary

    if style.full:
        for result in results:
            if isinstance(result, Report):
                _add_report(page, result)
                page.gap()
    add_summary(page, results, skipped, across)
    return page.result()


def _add_report(page: Page, report: Report) -> None:
    """Add one whole report, or its verdict line alone; of a what-if only what it changes."""
    if report.what_if is not None:
        from .what_if import add_what_if

        add_what_if(page, report, report.what_if)
        return
    add_verdict(page, report)
    if page.style.quiet:
        return
    _add_about(page, report)
    _add_minima(page, report)
    _add_obstacles(page, obstacles(report), report)
    _add_changes(page, report)
    _add_cautions(page, report)
    add_waivers(page, report)
    if report.settings or report.idle_settings:
        page.heading(say("Settings of texts"))
        add_settings(page, [("", report)])
    if page.style.full:
        from .full import add_rest

        add_rest(page, report)
    else:
        _add_left_out(page, report)
    add_next_step(page, report)


def _add_about(page: Page, report: Report) -> None:
    """Add the lot's full name and the deadline, what the newest call says, and what was read."""
    lot = Message(report.lot.title)
    deadline = say("closes {deadline}", deadline=deadline_words(report.call))
    if report.second_call is not None:
        call = report.call.id
        deadline = say("call {call} closes {d}", call=call, d=deadline_words(report.call))
    newest = newest_line(report)
    others = [" · ", newest] if newest is not None else []
    page.paragraph(page.text(lot, " · ", deadline, *others), hang=2)
    origin = [] if (cell := call_origin(report)) is None else [cell]
    about = [_read(report), *origin, *_project(report.consortium.project)]
    read = page.text(*joined(about, " · "))
    page.paragraph(Styled(read, "dim"), hang=2)
    for problem in _first(page, overruled(report), MOST_NOTES):
        page.paragraph(page.text(Styled(problem.cell, "bold"), "  ", problem.message), hang=2)
    possible = with_possible(report)
    if possible is not None and report.with_all_possible is not report.verdict:
        page.paragraph(possible, hang=2)
    notes = [note for note in report.input.notes if page.style.full or _worth_it(note, report)]
    for note in _first(page, notes, MOST_NOTES):
        page.paragraph(Styled(say("note: {note}", note=note), "dim"), hang=2)


def _worth_it(note: Message, report: Report) -> bool:
    """Return whether a note is news: of remarks, what decides stands in the way anyway."""
    of_remarks = note.template in {DOUBTED.template, UNREAD.template}
    return report.verdict is Verdict.ELIGIBLE or not of_remarks


def _read(report: Report) -> Message:
    number, row = len(report.consortium.partners), report.input.header_row
    if report.input.sheet:
        return count(
            "{number} partner in sheet {sheet}, headers in row {row}",
            "{number} partners in sheet {sheet}, headers in row {row}",
            number=number,
            sheet=report.input.sheet,
            row=row,
        )
    return count(
        "{number} partner, headers in row {row}",
        "{number} partners, headers in row {row}",
        number=number,
        row=row,
    )


def _project(project: Project) -> Iterator[Message]:
    """Yield what is said of the project, as far as it could be read."""
    if project.duration is not None and project.duration.months is not None:
        yield say("{months} months", months=project.duration.months)
    if project.grant is not None and project.grant.exact is not None:
        yield say("grant {eur}", eur=eur(project.grant.exact))
    if project.total is not None and project.total.exact is not None:
        yield say("total {eur}", eur=eur(project.total.exact))


def _add_minima(page: Page, report: Report) -> None:
    """Add the minima with a bar and what there is to spare, then the other rules that hold."""
    found = minimum_findings(report)
    if found:
        page.heading(say("Minima (have / need)"))
        wide = max(cell_len(page.safe(f.title)) for f in found)
        numbers = max(len(_numbers(f)) for f in found)
        for finding in found:
            _add_minimum(page, finding, wide, numbers)
    others = [f for f in having(report, Outcome.MET) if f not in found]
    sign = page.bullet("met", "green")
    if page.style.full:
        for finding in others:
            message = Styled(finding.answer.message, "dim")
            page.paragraph(page.text(finding.title, ": ", message), sign)
    elif others:
        more = count("and {number} more rule", "and {number} more rules", number=len(others))
        page.paragraph(Styled(more, "dim"), sign)


def _numbers(finding: Finding) -> str:
    return f"{finding.answer.count} / {finding.answer.need}"


def _add_minimum(page: Page, finding: Finding, wide: int, number_wide: int) -> None:
    count, need = finding.answer.count, finding.answer.need or 1
    if count is None:
        return
    style = OUTCOME_STYLES[finding.outcome]
    low, high = (min(_BAR, _BAR * n // need) for n in (count.low, count.high))
    bar = page.sign("full") * low + page.sign("open") * (high - low)
    bar += page.sign("empty") * (_BAR - len(bar))
    title = finding.title
    head = page.text(page.bullet(finding.outcome.value, style), title)
    numbers = _numbers(finding).ljust(number_wide)
    words = Styled(spare(finding.answer) or "", style)
    tail = page.text(numbers, "  ", Styled(bar, style), " ", words)
    head.pad_right(max(0, wide + 7 - head.cell_len))
    if head.cell_len + tail.cell_len > page.style.width:
        page.paragraph(head, hang=4)
        page.paragraph(tail, 4)
    else:
        page.paragraph(Text.assemble(head, tail))


def _add_obstacles(page: Page, found: Sequence[Obstacle], report: Report) -> None:
    """Add what stands in the way, by cell and partner."""
    if not found:
        return
    page.heading(say("What stands in the way"))
    for obstacle in _first(page, found, MOST_OBSTACLES):
        style = OUTCOME_STYLES[obstacle.outcome]
        sign = page.bullet(obstacle.outcome.value, style)
        parts = [part for part in _obstacle(page, obstacle, report) if part.cell_len]
        page.paragraph(page.text(*joined(parts, " · ")), sign, 6)


def _obstacle(page: Page, obstacle: Obstacle, report: Report) -> Iterator[Text]:
    """Yield the cell and its partner, what is wrong, and what it decides or who says so."""
    places = ", ".join(places_of(obstacle.cells))
    names = _names(obstacle.names)
    where = page.text(Styled(places, "bold"), "  " if places and names else "", names)
    if obstacle.title:
        title = page.text(Styled(obstacle.title, "bold"), ": ", obstacle.what[0])
        yield page.text(title, f" ({places})" if places else "")
    else:
        yield where
        yield from map(page.text, obstacle.what)
    if obstacle.finding is not None:
        yield page.text(Styled(cite(obstacle.finding.clause), "dim"))
    elif obstacle.consequence is not None:
        verdict = page.text(_settled(obstacle.consequence, report))
        yield page.text(Styled(verdict, "bold"))
    elif obstacle.needed_for:
        yield page.text(Styled(_needed_for(obstacle.needed_for), "dim"))


def _needed_for(titles: Sequence[Message]) -> Message:
    if len(titles) > _MOST_NAMES:
        return say("needed for {number} rules", number=len(titles))
    return say("needed for {rules}", rules=listed(titles))


def _settled(consequence: Message, report: Report) -> Message:
    verdict, call = VERDICTS[Verdict.ELIGIBLE], one_call(report)
    if call:
        verdict = say("{verdict} under call {call}", verdict=verdict, call=call)
    return consequence._replace(values=(("verdict", verdict),))


def _names(names: Sequence[str]) -> Value:
    """Return the names of a few partners, or how many there are."""
    if len(names) > _MOST_NAMES:
        return count("{number} partner", "{number} partners", number=len(names))
    unnamed = say("(no name)")
    return listed(name.strip() or unnamed for name in names) if names else ""


def _first(page: Page, entries: Sequence[T], most: int) -> Iterator[T]:
    """Yield the first entries of a block, then add how many are left; with --full yield all."""
    shown = entries if page.style.full else entries[:most]
    yield from shown
    if left := len(entries) - len(shown):
        more = say("and {number} more (--full)", number=left)
        page.paragraph(Styled(more, "dim"), 4)


def _add_changes(page: Page, report: Report) -> None:
    """Add the cheapest set of changes, one a line; with --full every such set."""
    advice = report.advice
    if advice is None or not (advice.repairs or advice.none):
        return
    call = one_call(report)
    title = say("What to change (call {call})", call=call) if call else say("What to change")
    page.heading(title)
    if advice.none is not None:
        page.paragraph(advice.none, 2)
    sets = advice.repairs if page.style.full else advice.repairs[:1]
    for number, repair in enumerate(sets):
        if number:
            page.paragraph(say("or:"), 2)
        _add_repair(page, repair)
    left = len(advice.repairs) - len(sets)
    if left:
        more = count(
            "or {number} other set (--full)", "or one of {number} other sets (--full)", number=left
        )
        page.paragraph(Styled(more, "dim"), 5)


def _add_repair(page: Page, repair: Repair) -> None:
    sentences = repair.sentences
    # In place of one more sentence, the line on what is left would say less.
    most = MOST_CHANGES if len(sentences) > MOST_CHANGES + 1 else len(sentences)
    for number, sentence in enumerate(_first(page, sentences, most), start=1):
        page.paragraph(sentence, page.text(f"  {number}. "))
    for note in repair.notes:
        page.paragraph(Styled(note, "dim"), 5)
    if page.style.full:
        tried = " ".join(f'--what-if "{change}"' for change in repair.changes)
        page.paragraph(Styled(tried, "dim"), 5, 7)


def _add_cautions(page: Page, report: Report) -> None:
    """Add what the sources differ on, where this sheet is touched by it."""
    found = list(cautions(report))
    if not found:
        return
    page.heading(say("Cautions"))
    for _, caution in _first(page, found, MOST_OBSTACLES):
        sign = page.bullet("caution", "yellow")
        page.paragraph(placed(caution.message, caution.cells), sign)


def _add_left_out(page: Page, report: Report) -> None:
    """Add one line on the rules that were not checked, and one on what no list can show."""
    page.gap()
    titles = [finding.title for finding in having(report, Outcome.NOT_CHECKED)]
    for most in range(len(titles), 0, -1):
        line = page.text(say("Not checked: {rules}.", rules=listed(titles, most)))
        if line.cell_len <= page.style.width or most == 1:
            page.paragraph(Styled(line, "dim"), hang=2)
            break
    beyond = say("No partner list shows exclusion grounds, capacity and mandates (--full).")
    page.paragraph(Styled(beyond, "dim"), hang=2)
