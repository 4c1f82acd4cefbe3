"""The requested grant against the ceiling of each duration, on one scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from xml.etree.ElementTree import Element

from alliance_check.model.consortium import Amount
from alliance_check.model.message import Message, eur, say
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Report
from alliance_check.reports.html.drawings import outcome_mark, svg, tick
from alliance_check.reports.html.elements import Frame, el
from alliance_check.reports.words import OUTCOMES

_WIDTH = 640
_RULES = ("grant-ceiling", "co-financing-rate", "partner-shares", "duration")


def budget_of(report: Report, frame: Frame) -> Element | None:
    """Return the budget; None where the lot has no ceiling."""
    clause = report.lot.clauses.get("grant-ceiling")
    if clause is None or not isinstance(clause.value, Mapping):
        return None
    ceilings = {int(months): Decimal(most) for months, most in clause.value.items()}
    grant = report.consortium.project.grant
    bars = _bars(ceilings, _months(report, ceilings), grant)
    rules = (_rule(report, name) for name in _RULES)
    title, intro = say("Budget against the ceiling"), _intro(report, ceilings)
    return frame.section(
        "budget",
        title,
        intro,
        el("div", *bars, class_="scales"),
        el("ul", *rules, class_="outcomes"),
    )


def _months(report: Report, ceilings: Mapping[int, Decimal]) -> int | None:
    """Return the named length whose ceiling applies; None where that is open."""
    duration = report.consortium.project.duration
    if duration is None or duration.months is None:
        return None
    months = duration.months
    return max((named for named in ceilings if named <= months), default=None)


def _intro(report: Report, ceilings: Mapping[int, Decimal]) -> Message:
    project = report.consortium.project
    grant, duration = project.grant, project.duration
    exact = None if grant is None else grant.exact
    if exact is None:
        return say("The sheet does not name one amount that is asked for.")
    if duration is None or duration.months is None:
        return say("{grant} are asked for; the duration is not known.", grant=eur(exact))
    applies = _months(report, ceilings)
    asks = say("{grant} over {months} months", grant=eur(exact), months=duration.months)
    if applies is None:
        return say("The project asks for {asks}.", asks=asks)
    most = ceilings[applies]
    if exact > most:
        return say(
            "The project asks for {asks}: {over} more than the ceiling of {most}.",
            asks=asks,
            over=eur(exact - most),
            most=eur(most),
        )
    return say(
        "The project asks for {asks}; {left} remain below the ceiling of {most}.",
        asks=asks,
        left=eur(most - exact),
        most=eur(most),
    )


def _bars(
    ceilings: Mapping[int, Decimal], applies: int | None, grant: Amount | None
) -> Iterator[Element]:
    """Yield a line and a bar for each length."""
    exact = None if grant is None else grant.exact
    longest = max(*ceilings.values(), exact or Decimal(0))
    for months, most in sorted(ceilings.items()):
        mine = months == applies
        words = say("{months} months", months=months)
        words = say("{length}, as asked", length=words) if mine and exact is not None else words
        ends = el(
            "p",
            el("span", words),
            " ",
            el("span", say("at most {most}", most=eur(most))),
            class_="ends mine" if mine else "ends",
        )
        yield el("div", ends, _bar(exact, most, longest, mine=mine), class_="scale")


def _bar(exact: Decimal | None, most: Decimal, longest: Decimal, *, mine: bool) -> Element:
    """Return a bar: what is asked for, filled where its length applies, and the ceiling."""

    def at(amount: Decimal) -> float:
        return 4 + float(amount / longest) * (_WIDTH - 8)

    end = at(most)
    drawn = [_piece(4, end, "room")]
    if exact is not None and mine:
        drawn.append(_piece(4, min(at(exact), end), "sure"))
        if exact > most:
            drawn.append(_piece(end + 3, at(exact), "excess"))
    elif exact is not None:
        drawn.append(el("path", d=f"M{at(exact):.1f} 6v16", class_="dotted"))
    return svg(_WIDTH, 28, *drawn, tick(end, 2, 24), class_="money")


def _piece(start: float, end: float, name: str) -> Element:
    width = max(end - start, 1)
    size = {"x": f"{start:.1f}", "y": "6", "width": f"{width:.1f}", "height": "16"}
    return el("rect", class_=name, **size)


def _rule(report: Report, name: str) -> Element | None:
    finding = next((f for f in report.findings if f.rule == name), None)
    if finding is None or finding.outcome is Outcome.NOT_APPLICABLE:
        return None
    outcome = finding.outcome
    head = say("{title} {outcome}:", title=finding.title, outcome=OUTCOMES[outcome])
    return el("li", outcome_mark(outcome), el("div", el("b", head), " ", finding.answer.message))
