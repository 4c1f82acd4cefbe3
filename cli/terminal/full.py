"""What --full adds to the report: every rule that is open or not met, every cell, every partner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.cells import cell_len
from rich.text import Text

from alliance_check.model.consortium import (
    Amount,
    Partner,
    Presence,
    Project,
)
from alliance_check.model.message import Message, Value, eur, listed, say
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Classification, Finding, Report
from alliance_check.model.sheet import Cell, Problem
from alliance_check.reports.partner_words import GROUPS, PRESENCES, ROLES, called, kind_words
from alliance_check.reports.places import places_of
from alliance_check.reports.words import cite, having, margin, not_understood, one_call
from alliance_check.vocabulary.countries import country as country_term

from .obstacles import FUNCTIONS
from .page import OUTCOME_STYLES, Page, Styled

_NO_LIST_SHOWS = (
    say("admissibility (complete, readable, in time, within the page limit)"),
    say("exclusion grounds"),
    say("financial and operational capacity"),
    say("the declaration on honour and the mandates of the partners"),
    say("whether each organisation is what its row says"),
)


def add_rest(page: Page, report: Report) -> None:
    """Add everything that the short report leaves out."""
    _add_rules(page, report)
    _add_margin(page, report)
    _add_problems(page, report)
    _add_partners(page, report)
    _add_project(page, report.consortium.project)
    _add_not_checked(page, report)
    page.heading(say("No partner list shows"))
    for what in _NO_LIST_SHOWS:
        page.paragraph(Styled(what, "dim"), page.bullet("other"))


def _add_rules(page: Page, report: Report) -> None:
    """Add each rule that is not met or to check, with its cells, the way out and the source."""
    found = having(report, Outcome.NOT_MET, Outcome.TO_CHECK)
    if not found:
        return
    page.heading(say("Rule by rule"))
    wide = max(cell_len(page.safe(f.title)) for f in found)
    unread = {p.cell: p for p in report.problems if p.cell is not None}
    for finding in found:
        _add_rule(page, finding, min(wide, 34), unread)


def _add_rule(page: Page, finding: Finding, wide: int, unread: Mapping[Cell, Problem]) -> None:
    answer, style = finding.answer, OUTCOME_STYLES[finding.outcome]
    start = page.text(page.bullet(finding.outcome.value, style), Styled(finding.title, "bold"))
    message = page.text(Styled(answer.message, style))
    start.pad_right(max(0, wide + 7 - start.cell_len))
    if page.narrow:
        page.paragraph(start, hang=4)
    page.paragraph(message, 4 if page.narrow else start)
    words = _cell_words(finding, unread)
    if words is not None:
        page.paragraph(words, 4)
    if answer.hint is not None:
        page.paragraph(answer.hint, page.text("    ", page.sign("arrow"), " "))
    page.paragraph(Styled(cite(finding.clause), "dim"), 4)


def _cell_words(finding: Finding, unread: Mapping[Cell, Problem]) -> Message | None:
    """Return where to look: the cells with what stands in the unread ones, ranges for the rest."""
    cells = finding.answer.cells
    if not cells:
        return None
    if finding.outcome is Outcome.NOT_MET:
        places = listed(places_of(cells))
        named = str(places) in str(finding.answer.message)
        return None if named else say("see {places}", places=places)
    alike: dict[str, list[Cell]] = {}
    for cell in cells:
        alike.setdefault(_quoted(unread[cell]) if cell in unread else "", []).append(cell)
    rest = alike.pop("", [])
    named_cells = [f"{listed(places_of(c))} {words}" for words, c in alike.items()]
    return say("hangs on {cells}", cells=listed((*named_cells, *places_of(rest))))


def _quoted(problem: Problem) -> str:
    value = f'"{problem.value}"' if problem.value.strip() else "(empty)"
    return value if problem.near is None else f"{value} ({problem.near}?)"


def _add_margin(page: Page, report: Report) -> None:
    """Add whom an eligible consortium cannot lose."""
    found = margin(report)
    if found is None:
        return
    call = one_call(report)
    page.heading(say("Margin (call {call})", call=call) if call else say("Margin"))
    page.paragraph(found, 2, 4)


def _add_problems(page: Page, report: Report) -> None:
    """Add the cells that could not be understood, with what may have been meant."""
    unread = not_understood(report)
    if unread:
        page.heading(say("Not understood"))
    alike: dict[Message, list[Problem]] = {}
    for problem in unread:
        alike.setdefault(_problem_words(page, problem), []).append(problem)
    for words, problems in alike.items():
        cells = [p.cell for p in problems if p.cell is not None]
        place = page.text(Styled(", ".join(places_of(cells)), "bold"), "  " if cells else "")
        page.paragraph(Text.assemble(place, page.text(words)), 2, 4)


def _problem_words(page: Page, problem: Problem) -> Message:
    if problem.hint is None:
        return problem.message
    sign = page.sign("arrow")
    return say("{message} {arrow} {hint}", message=problem.message, arrow=sign, hint=problem.hint)


def _add_partners(page: Page, report: Report) -> None:
    """Add the partners with what each counts as."""
    page.heading(say("Partners"))
    for each in zip(report.consortium.partners, report.classifications, strict=True):
        partner = each[0]
        row = "  new" if partner.row is None else f"{partner.row:>5}"
        name = Styled(called(partner), "bold")
        parts = [part for said in _partner(*each) for part in (" · ", said)]
        page.paragraph(page.text(name, *parts), page.text(row, "  "))


def _partner(partner: Partner, classification: Classification) -> Iterator[Value]:
    """Yield country, role, presence, kinds and functions of one partner."""
    yield _country(partner, classification)
    yield ROLES[partner.role]
    if partner.presence is not Presence.CONFIRMED:
        yield PRESENCES[partner.presence]
    if partner.same_as is not None:
        yield say("same organisation as {cell}", cell=str(partner.same_as))
    yield kind_words(partner.kinds) or say("type not read")
    counts, may = (_functions(f) for f in (classification.counts_as, classification.may_count_as))
    if counts:
        yield say("counts as {what}", what=counts)
    if may:
        yield say("may count as {what}", what=may)
    if not counts and not may:
        yield say("counts towards nothing")


def _functions(functions: tuple[str, ...]) -> Value:
    return listed(FUNCTIONS.get(function, function) for function in functions)


def _country(partner: Partner, classification: Classification) -> Message:
    if partner.country is None:
        return say("country not read")
    state, group = classification.counts_as_country, GROUPS[classification.group]
    country = country_term(partner.country)
    if state and state != partner.country:
        return say(
            "{country}, counts as {state} ({group})",
            country=country,
            state=country_term(state),
            group=group,
        )
    return say("{country} ({group})", country=country, group=group)


def _add_project(page: Page, project: Project) -> None:
    """Add duration, grant and total, each with where it was said."""
    found = list(_project(project))
    if found:
        page.heading(say("Project"))
    for line in found:
        page.paragraph(line, 2, 4)


def _project(project: Project) -> Iterator[Message]:
    duration = project.duration
    if duration is not None:
        months = say("{months} months", months=duration.months or 0)
        what = say("not read") if duration.months is None else months
        yield say("duration: {what} ({origin})", what=what, origin=duration.origin)
    if project.grant is not None:
        what, origin = _amount(project.grant), project.grant.origin
        yield say("grant: {what} ({origin})", what=what, origin=origin)
    if project.total is not None:
        what, origin = _amount(project.total), project.total.origin
        yield say("total: {what} ({origin})", what=what, origin=origin)


def _amount(amount: Amount) -> Message:
    if amount.exact is not None:
        return say("{low}", low=eur(amount.low))
    if amount.high is None:
        return say("at least {low}", low=eur(amount.low)) if amount.low else say("not read")
    return say("{low} to {high}", low=eur(amount.low), high=eur(amount.high))


def _add_not_checked(page: Page, report: Report) -> None:
    """Add the rules that this sheet has no column for, and which column would answer."""
    found = having(report, Outcome.NOT_CHECKED)
    if not found:
        return
    page.heading(say("Not checked"))
    for finding in found:
        answer = finding.answer
        words = page.text(Styled(finding.title, "bold"), ": ", answer.message)
        if answer.hint is not None:
            words = page.text(words, " ", page.sign("arrow"), " ", answer.hint)
        page.paragraph(words, page.bullet("other"))
