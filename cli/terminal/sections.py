"""The blocks of the report for people, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len
from rich.text import Text

from alliance_check.model.consortium import Cell, Outcome, Problem
from alliance_check.model.message import listed
from alliance_check.model.report import Finding, Report
from alliance_check.reports.advice_words import margin, no_repair, repairs
from alliance_check.reports.gate_words import WAIVED, gate_lines
from alliance_check.reports.words import (
    OUTCOMES,
    cautions,
    cite,
    having,
    not_understood,
    overruled,
    places_of,
    under_call,
    with_places,
)

from .page import OUTCOME_STYLES, Page, Styled
from .words import partner_words, something_unread

_MOST = 20
_BAR = 10
_NO_SHEET_SHOWS = (
    "admissibility (complete, readable, in time, within the page limit)",
    "exclusion grounds",
    "financial and operational capacity",
    "the declaration on honour and the mandates of the partners",
    "whether each organisation is what its row says",
)


def add_why(page: Page, report: Report) -> None:
    """Add each rule that stands in the way, the broken ones first."""
    found = having(report, Outcome.NOT_MET, Outcome.TO_CHECK)
    if not found:
        return
    page.heading("Why")
    wide = max(cell_len(page.safe(f.title)) for f in found)
    unread = {p.cell: p for p in report.problems if p.cell is not None}
    for finding in found:
        _add_reason(page, finding, min(wide, 34), unread)


def _add_reason(page: Page, finding: Finding, wide: int, unread: Mapping[Cell, Problem]) -> None:
    answer, style = finding.answer, OUTCOME_STYLES[finding.outcome]
    sign = Styled(page.sign(finding.outcome.value), style)
    start = page.text("  ", sign, " ", Styled(finding.title, "bold"))
    message = page.text(Styled(answer.message, style))
    source = page.text(Styled(cite(finding.clause), "dim"))
    start.pad_right(max(0, wide + 7 - start.cell_len))
    whole = Text.assemble(message, "   ", source)
    apart = page.narrow or start.cell_len + whole.cell_len > page.look.width
    if page.narrow:
        page.paragraph(start, hang=4)
    page.paragraph(message if apart else whole, 4 if page.narrow else start)
    words = _cell_words(finding, unread)
    if words:
        page.paragraph(page.text(words), 4)
    if answer.hint is not None:
        page.paragraph(page.text(answer.hint), page.text("    ", page.sign("arrow"), " "))
    if apart:
        page.paragraph(source, 4)


def _cell_words(finding: Finding, unread: Mapping[Cell, Problem]) -> str:
    """Return where to look: the cells with what stands in the unread ones, ranges for the rest."""
    cells = finding.answer.cells
    if finding.outcome is Outcome.NOT_MET:
        places = str(listed(places_of(cells)))
        return "" if not places or places in str(finding.answer.message) else f"see {places}"
    alike: dict[str, list[Cell]] = {}
    for cell in cells:
        alike.setdefault(_quoted(unread[cell]) if cell in unread else "", []).append(cell)
    rest = alike.pop("", [])
    named = [f"{listed(places_of(c))} {words}" for words, c in alike.items()]
    return f"hangs on {listed((*named, *places_of(rest)))}" if cells else ""


def _quoted(problem: Problem) -> str:
    value = f'"{problem.value}"' if problem.value.strip() else "(empty)"
    short = problem.hint is not None and len(str(problem.hint)) <= 40
    return value + (f" ({problem.hint})" if short else "")


def add_minima(page: Page, report: Report) -> None:
    """Add the minimum numbers with a bar, then the other rules that hold."""
    minima = [f for f in report.findings if f.answer.count is not None and f.answer.need]
    if minima:
        page.heading("Minima (have / need)")
        wide = max(cell_len(page.safe(f.title)) for f in minima)
        numbers = max(len(page.safe(_numbers(f))) for f in minima)
        for finding in minima:
            _add_minimum(page, finding, wide, numbers)
    _add_others(page, [f for f in having(report, Outcome.MET) if f not in minima])


def _add_others(page: Page, others: list[Finding]) -> None:
    sign = page.text("  ", Styled(page.sign("met"), "green"), " ")
    if page.look.full:
        for finding in others:
            words = Styled(finding.answer.message, "dim")
            page.paragraph(page.text(f"{finding.title}: ", words), sign)
    elif others:
        names = " · ".join(f.title for f in others)
        page.paragraph(page.text(Styled(names, "dim")), sign)


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
    head = page.text("  ", Styled(page.sign(finding.outcome.value), style), " ", finding.title)
    numbers = page.safe(_numbers(finding)).ljust(number_wide)
    outcome = Styled(OUTCOMES[finding.outcome], style)
    tail = page.text(numbers, "  ", Styled(bar, style), " ", outcome)
    head.pad_right(max(0, wide + 7 - head.cell_len))
    if head.cell_len + tail.cell_len > page.look.width:
        page.paragraph(head, hang=4)
        page.paragraph(tail, 4)
    else:
        page.paragraph(Text.assemble(head, tail))


def add_repairs(page: Page, report: Report) -> None:
    """Add every cheapest set of changes that makes the consortium eligible, or why none does."""
    found, none = repairs(report), no_repair(report)
    if not found and not none:
        return
    title = f"What to change{under_call(report)}"
    page.heading(title if len(found) < 2 else f"{title}: any one of these")
    for number, text in enumerate(found, start=1):
        mark = page.sign("arrow") if len(found) == 1 else f"{number}."
        page.paragraph(page.text(text), page.text(f"  {mark} "))
        _add_replay(page, report, number - 1)
    if none:
        page.paragraph(page.text(none), 2)


def _add_replay(page: Page, report: Report, number: int) -> None:
    """Add how to try it out, for those who want to see everything."""
    if page.look.full and report.advice is not None:
        changes = report.advice.repairs[number].changes
        tried = " ".join(f'--what-if "{change}"' for change in changes)
        page.paragraph(page.text(Styled(tried, "dim")), 5, 7)


def add_margin(page: Page, report: Report) -> None:
    """Add how many may leave, and who may not."""
    found = list(margin(report))
    if not found:
        return
    page.heading(f"Margin{under_call(report)}")
    for line in found:
        page.paragraph(page.text(line), 2, 4)


def add_problems(page: Page, report: Report) -> None:
    """Add the cells that could not be understood, with what may have been meant."""
    changed, problems = overruled(report), not_understood(report)
    if changed:
        page.heading("Overruled by a configuration")
    for problem in changed:
        place = page.text(Styled(str(problem.cell), "bold"), "  ")
        page.paragraph(Text.assemble(place, page.text(problem.message)), 2, 4)
    if not problems:
        return
    page.heading("Not understood")
    alike: dict[str, list[Problem]] = {}
    for problem in problems:
        alike.setdefault(_problem_words(page, problem), []).append(problem)
    most = len(alike) if page.look.full else _MOST
    for words, problems in list(alike.items())[:most]:
        cells = [p.cell for p in problems if p.cell is not None]
        place = page.text(Styled(", ".join(places_of(cells)), "bold"), "  " if cells else "")
        page.paragraph(Text.assemble(place, page.text(words)), 2, 4)
    _add_rest(page, sum(map(len, list(alike.values())[most:])))


def _problem_words(page: Page, problem: Problem) -> str:
    hint = f" {page.sign('arrow')} {problem.hint}" if problem.hint is not None else ""
    return f"{problem.message}{hint}"


def _add_rest(page: Page, left: int) -> None:
    if left > 0:
        page.paragraph(page.text(Styled(f"and {left} more; --full shows them all", "dim")), 2)


def add_cautions(page: Page, report: Report) -> None:
    """Add what the sources differ on, where this sheet is touched by it."""
    found = list(cautions(report))
    if not found:
        return
    page.heading("Cautions")
    for _, caution in found:
        sign = page.text("  ", Styled(page.sign("caution"), "yellow"), " ")
        places = with_places(caution.cells, str(caution.message))
        page.paragraph(page.text(f"{caution.message}{places}"), sign)


def add_idle(page: Page, report: Report) -> None:
    """Add a line for each waiver that let nothing pass; what it passed is said with the verdict."""
    for line in gate_lines(report):
        if line.kind != WAIVED:
            sign = page.text("  ", Styled(page.sign("caution"), "yellow"), " ")
            page.paragraph(page.text(line.sentence), sign)


def add_gate(page: Page, report: Report) -> None:
    """Add a line for each waiver: what it let pass, or why it did not."""
    found = list(gate_lines(report))
    if not found:
        return
    page.heading("Gate")
    for line in found:
        name, style = ("other", "dim") if line.kind == WAIVED else ("caution", "yellow")
        sign = page.text("  ", Styled(page.sign(name), style), " ")
        title = [Styled(line.finding.title, "bold"), ": "] if line.finding else []
        page.paragraph(page.text(*title, line.sentence), sign)


def add_partners(page: Page, report: Report) -> None:
    """Add the partners with what each counts as: all of them, or those not fully read."""
    pairs = list(zip(report.consortium.partners, report.classifications, strict=True))
    if not page.look.full:
        pairs = [pair for pair in pairs if something_unread(*pair)]
    if not pairs:
        return
    page.heading("Partners" if page.look.full else "Partners with something unread")
    most = len(pairs) if page.look.full else _MOST
    for partner, classification in pairs[:most]:
        row = "  new" if partner.row is None else f"{partner.row:>5}"
        words = partner_words(partner, classification)
        body = page.text(Styled(partner.name.strip() or "(no name)", "bold"), f" · {words}")
        page.paragraph(body, page.text(row, "  "))
    _add_rest(page, len(pairs) - most)


def add_not_checked(page: Page, report: Report) -> None:
    """Add the rules that this sheet has no column for, and which column would answer."""
    found = having(report, Outcome.NOT_CHECKED)
    if not found:
        return
    page.heading("Not checked: this sheet cannot show")
    for finding in found:
        answer = finding.answer
        hint = f" {page.sign('arrow')} {answer.hint}" if answer.hint is not None else ""
        sign = page.text("  ", Styled(page.sign("other"), "dim"), " ")
        page.paragraph(page.text(Styled(finding.title, "bold"), f": {answer.message}{hint}"), sign)


def add_beyond(page: Page) -> None:
    """Add what no partner list can show at all."""
    page.heading("No sheet can show")
    page.paragraph(page.text(Styled("; ".join(_NO_SHEET_SHOWS) + ".", "dim")), 2)
