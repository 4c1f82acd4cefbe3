"""A comparison for people: the verdict first, then the rules, then who and what changed."""

from __future__ import annotations

from alliance_check.compare.statements import Statements, label
from alliance_check.compare.two_sheets import Compared, Comparison, FieldChange, LotReports
from alliance_check.model.message import say
from alliance_check.model.outcome import Outcome

from ...files.style import Style
from ...terminal.page import OUTCOME_STYLES, VERDICT_STYLES, Page, Styled
from . import words


def render(compared: Compared, old: str, new: str, style: Style) -> str:
    """Return the text on two files, which are called *old* and *new*."""
    page = Page(style)
    if compared.same:
        page.paragraph(words.no_difference(compared), hang=2)
        return page.result()
    page.paragraph(page.text(Styled(old, "bold"), f" {page.sign('arrow')} ", Styled(new, "bold")))
    for sentence in words.other_consortia(compared):
        page.paragraph(sentence, 2, 4)
    for comparison in compared.comparisons:
        if len(compared.comparisons) == 1 or not comparison.same:
            _add(page, comparison)
    return page.result()


def _add(page: Page, comparison: Comparison) -> None:
    if comparison.name:
        page.heading(say("{name}", name=comparison.name))
    for judged in comparison.judged:
        _add_judged(page, judged)
    page.heading(say("Partners: {totals}", totals=words.totals(comparison)))
    for partner in comparison.added:
        _add_partner(page, "+", "green", partner)
    for partner in comparison.removed:
        _add_partner(page, "-", "red", partner)
    for pair in comparison.changed:
        before, after = (side["name"].place for side in pair[:2])
        places = before if before == after else f"{before} {page.sign('arrow')} {after}"
        start = page.text("  ", Styled("~", "yellow"), " ")
        name = Styled(words.name_words(pair.after), "bold")
        page.paragraph(page.text(name, f" ({places})"), start)
        _add_changes(page, pair.changes, 6)
    if comparison.project:
        page.heading(say("Project"))
        _add_changes(page, comparison.project, 2)
    for sentence in words.columns(comparison):
        page.paragraph(sentence, hang=2)


def _add_judged(page: Page, judged: LotReports) -> None:
    arrow = page.sign("arrow")
    side = judged.after or judged.before
    style = VERDICT_STYLES[side.verdict] if side else "bold"
    verdict = Styled(words.verdicts(judged, arrow), style)
    page.paragraph(page.text(words.terms(judged, arrow), ": ", verdict), hang=2)
    for rule in judged.rules:
        outcome = rule.after.outcome if rule.after else Outcome.NOT_APPLICABLE
        style = OUTCOME_STYLES[outcome]
        sign = page.bullet(outcome.value, style)
        outcomes, margin = words.outcomes(rule, arrow), words.margins(rule, arrow)
        said = ["; ", margin] if margin else []
        answer = [] if rule.after is None else [" · ", rule.after.message]
        title = page.text(Styled(rule.title, "bold"), ": ")
        became = Styled(page.text(outcomes, *said), style)
        page.paragraph(page.text(title, became, *answer), sign)


def _add_partner(page: Page, sign: str, style: str, partner: Statements) -> None:
    start = page.text("  ", Styled(sign, style), " ")
    said = [part for word in words.partner_words(partner) for part in (" · ", word)]
    place = f" ({partner['name'].place})"
    name = Styled(words.name_words(partner), "bold")
    page.paragraph(page.text(name, place, *said), start)


def _add_changes(page: Page, changes: tuple[FieldChange, ...], indent: int) -> None:
    for field, *sides in changes:
        before, after = (words.placed_words(field, side) for side in sides)
        arrow = f" {page.sign('arrow')} "
        said = page.text(label(field), ": ", before, arrow, after)
        page.paragraph(said, indent, indent + 2)
