"""The minima as bars, then every rule with its clause: what stands in the way first, in full."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from alliance_check.model.message import Message, count, say
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Finding, Report
from alliance_check.reports.html.drawings import bar, outcome_mark, outcome_words, sample
from alliance_check.reports.html.elements import Frame, Inside, codes, el, row, table
from alliance_check.reports.places import places_of
from alliance_check.reports.words import OUTCOMES, cite, having, minimum_findings, spare

_IN_THE_WAY = (Outcome.NOT_MET, Outcome.TO_CHECK)
_OTHERS = (Outcome.NOT_CHECKED, Outcome.MET, Outcome.NOT_APPLICABLE)
_HEAD = (say("Rule"), say("Outcome"), say("What the sheet says"), say("Clause"))


def minima_of(report: Report, frame: Frame) -> Element | None:
    """Return the table of the minima; None where the lot has none."""
    found = minimum_findings(report)
    if not found:
        return None
    counts = (c for f in found if (c := f.answer.count) is not None)
    scale = max(*(c.high for c in counts), *(f.answer.need or 0 for f in found))
    head = (say("Minimum"), say("Have"), say("Need"), say("Range"), say("Spare"), say("Outcome"))
    whole = table("minima", head, [_minimum(f, scale) for f in found])
    title, intro = say("Minimum numbers"), say("One block is one partner or country.")
    return frame.section("minima", title, intro, whole, _legend())


def _minimum(finding: Finding, scale: int) -> Element:
    counted, need = finding.answer.count, finding.answer.need or 0
    if counted is None:
        return row(finding.title)
    return row(
        finding.title,
        el("b", str(counted)),
        str(need),
        bar(counted, need, scale),
        spare(finding.answer),
        outcome_words(finding.outcome),
    )


def _legend() -> Element:
    words = {
        "sure": say("counts for sure"),
        "possible": say("may count, depending on open cells"),
        "missing": say("missing"),
        "need": say("needed"),
    }
    return el("ul", *(el("li", sample(k), w) for k, w in words.items()), class_="legend")


def rules_of(report: Report, frame: Frame) -> Element:
    """Return all rules: those in the way, then the others behind a fold."""
    waiting, others = having(report, *_IN_THE_WAY), having(report, *_OTHERS)
    parts = [_tally(report)]
    if waiting:
        parts.append(_table(waiting))
    if others:
        number = len(others)
        if waiting:
            words = count("{number} other rule", "{number} other rules", number=number)
        else:
            words = count(
                "{number} rule, with clause and page",
                "{number} rules, with clause and page",
                number=number,
            )
        parts.append(el("details", el("summary", words), _table(others)))
    newest = report.newest
    if newest is not None and newest.differs:
        there = [f for f in newest.findings if f.rule in newest.differs]
        title = say("Call {call} answers otherwise", call=newest.call)
        if there:
            parts.append(el("details", el("summary", title), _table(there)))
    return frame.section("rules", say("Every rule"), None, *parts)


def _tally(report: Report) -> Element:
    numbers = {outcome: len(having(report, outcome)) for outcome in (*_IN_THE_WAY, *_OTHERS)}
    items = (
        el("li", outcome_mark(outcome), f"{number} ", OUTCOMES[outcome], class_=outcome.value)
        for outcome, number in numbers.items()
        if number
    )
    return el("ul", *items, class_="tally")


def _table(findings: Sequence[Finding]) -> Element:
    return table("rules", _HEAD, [_rule(finding) for finding in findings])


def _rule(finding: Finding) -> Element:
    answer = finding.answer
    said: list[Inside] = [el("p", answer.message)]
    if answer.cells:
        said.append(el("p", codes(places_of(answer.cells)), class_="cells"))
    if answer.hint is not None:
        said.append(el("p", answer.hint, class_="hint"))
    return row(finding.title, outcome_words(finding.outcome), said, _clause(finding))


def _clause(finding: Finding) -> list[Element]:
    clause = finding.clause
    says = " ".join(clause.says.split())
    parts = [el("p", Message(says), class_="says"), el("p", _source(finding), class_="source")]
    if clause.interpretation and finding.outcome in _IN_THE_WAY:
        reading = Message(" ".join(clause.interpretation.split()))
        parts.insert(1, el("p", say("Our reading: {reading}", reading=reading), class_="reading"))
    return parts


def _source(finding: Finding) -> Element:
    """Return where a clause stands, as a link where its address can be one."""
    clause = finding.clause
    url = clause.source.url
    if not url.startswith("https://"):
        return el("span", cite(clause))
    return el("a", cite(clause), href=url, rel="noreferrer")
