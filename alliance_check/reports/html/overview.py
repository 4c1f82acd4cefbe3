"""The table of verdicts of several consortia, each with a link to its section."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from alliance_check.model.message import Message, count, listed, say
from alliance_check.model.outcome import Outcome, Verdict
from alliance_check.model.report import Failure, Observation, Report, Result
from alliance_check.reports.html.drawings import verdict_mark
from alliance_check.reports.html.elements import Frame, Inside, codes, el, row, table
from alliance_check.reports.html.verdict import NOT_JUDGED, VERDICTS, verdict_by_source
from alliance_check.reports.open_cells import open_cells
from alliance_check.reports.words import cautions, having

_MOST = 3
_HEAD = (
    say("File"),
    say("Verdict"),
    say("Lot"),
    say("Call"),
    say("Not met or to check"),
    say("Open cells"),
    say("Cautions"),
)


def overview(results: Sequence[Result], frame: Frame) -> tuple[Element, ...]:
    """Return the heading of a page with many reports, how many say what, and the table."""
    files = len({result.file for result in results})
    heading = count("{number} file", "{number} files", number=files)
    verdicts = Counter(r.verdict for r in results if isinstance(r, Report))
    failures = sum(isinstance(r, Failure) for r in results)
    tally = [
        el("li", verdict_mark(v, 18), f"{verdicts[v]} ", VERDICTS[v], class_=v.value)
        for v in Verdict
        if verdicts[v]
    ]
    if failures:
        tally.append(el("li", f"{failures} ", NOT_JUDGED))
    rows = [_row(result, place) for place, result in enumerate(results, 1)]
    summary = table("overview", _HEAD, rows)
    return frame.title(heading), el("ul", *tally, class_="tally"), summary


def shared_by(across: Sequence[Observation]) -> Iterator[Element]:
    """Yield what the proposals say of one another."""
    if across:
        items = (el("li", one.message, " ", *codes(map(str, one.places))) for one in across)
        heading = el("h2", say("What the proposals share"))
        yield el("section", heading, el("ul", *items), class_="section")


def _row(result: Result, place: int) -> Element:
    if isinstance(result, Failure):
        return row(_link(result.file, place), el("b", NOT_JUDGED), "", "", result.sentence, "", "")
    second = result.second_call
    calls = result.call.id if second is None else f"{result.call.id}, {second.call}"
    waiting = having(result, Outcome.NOT_MET, Outcome.TO_CHECK)
    rules = listed((f.title for f in waiting), _MOST) if waiting else ""
    unsettled, doubts = len(open_cells(result)), len(list(cautions(result)))
    return row(
        _link(result.name, place),
        el(
            "span",
            verdict_mark(result.verdict, 18),
            " ",
            _verdict(result),
            class_=f"word {result.verdict.value}",
        ),
        _labelled(2, result.lot.number),
        _labelled(3, calls),
        rules,
        _labelled(5, unsettled),
        _labelled(6, doubts),
    )


def _labelled(column: int, value: str | int) -> Sequence[Inside]:
    """Return a value with the heading of its column, which only a phone shows beside it."""
    return (el("span", _HEAD[column], ": ", class_="label"), str(value)) if value else ()


def _link(name: str, place: int) -> Element:
    # A narrow column breaks a long name between its words instead of inside the suffix.
    first, *rest = re.split("(?<=[/_-])(?=.)", name)
    words = (inside for word in rest for inside in (el("wbr"), word))
    return el("a", first, *words, href=f"#r{place}-verdict", dir="auto")


def _verdict(report: Report) -> Message:
    newest = report.newest
    if report.call_verdict is None or newest is None:
        return verdict_by_source(report.verdict, report.findings)
    return say(
        "{verdict}: {call} {here}, {newest} {there}",
        verdict=VERDICTS[report.verdict],
        call=report.call.id,
        here=verdict_by_source(report.call_verdict, report.findings),
        newest=newest.call,
        there=verdict_by_source(newest.verdict, newest.findings),
    )
