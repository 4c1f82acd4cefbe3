"""What is open, how the sheet was read, what a gate let pass, and the footer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from alliance_check.model.message import Message, count, listed, say
from alliance_check.model.report import TOOL, Report
from alliance_check.reports.gate_words import gate_lines
from alliance_check.reports.html.elements import Frame, Inside, codes, el, folded, row, table
from alliance_check.reports.open_cells import OpenCell, open_cells
from alliance_check.reports.partner_words import called
from alliance_check.reports.places import places_of
from alliance_check.reports.text_words import setting_lines
from alliance_check.reports.words import cautions

_MOST = 15
_BEYOND = (
    say("Admissibility: complete, readable, in time, within the page limit"),
    say("Exclusion grounds"),
    say("Financial and operational capacity"),
    say("The declaration on honour and the mandates of the partners"),
    say("Whether each organisation is what its row says"),
)


def open_cells_of(report: Report, frame: Frame) -> Element:
    """Return the table of the open cells."""
    title, found = say("Open cells"), open_cells(report)
    if not found:
        number = len(report.consortium.partners)
        every = count(
            "None. Every filled cell of the {number} partner was read.",
            "None. Every filled cell of the {number} partners was read.",
            number=number,
        )
        return frame.section("open", title, None, el("p", every))
    rows = [_row(one) for one in found]
    head = (say("Partner"), say("Cell"), say("What is open"), say("What it decides"))

    def shown(some: Sequence[Element]) -> Element:
        return table("open-cells", head, some)

    intro = say("Until these cells are settled, the rules beside them stay open.")
    return frame.section("open", title, intro, *folded(rows, _MOST, shown))


def _row(one: OpenCell) -> Element:
    whose = one.partner
    who = say("no partner") if whose is None else el("b", called(whose), dir="auto")
    hint = el("b", one.hint) if one.hint is not None else None
    decides = listed(one.decides, len(one.decides)) if one.decides else say("no rule")
    return row(who, [one.cell], [one.what, " ", hint], decides)


def cautions_of(report: Report, frame: Frame) -> Element | None:
    """Return what the sources differ on where this sheet is touched by it."""
    found = list(cautions(report))
    if not found:
        return None
    items = (
        el("li", el("b", f.title), ": ", c.message, " ", *codes(places_of(c.cells)))
        for f, c in found
    )
    intro = say("The sources leave these open; they do not change the verdict.")
    return frame.section("cautions", say("Cautions"), intro, el("ul", *items))


def reading_of(report: Report, frame: Frame) -> Element:
    """Return how the sheet was read: where the table stood, what was taken from where."""
    items = [el("li", *line) for line in _lines(report)]
    return frame.section("reading", say("How the sheet was read"), None, el("ul", *items))


def _lines(report: Report) -> Iterator[Sequence[Inside]]:
    read, number = report.input, len(report.consortium.partners)
    sheet = say("Sheet {sheet}, ", sheet=read.sheet) if read.sheet else None
    below = count(
        "headers in row {row}, {number} partner below",
        "headers in row {row}, {number} partners below",
        number=number,
        row=read.header_row,
    )
    yield [sheet, below]
    project = report.consortium.project
    stated = {
        say("Duration"): project.duration,
        say("Grant"): project.grant,
        say("Total"): project.total,
    }
    for what, value in stated.items():
        if value is not None:
            yield [_from(what, value.origin)]
    for name, label in {"call": say("Call"), "lot": say("Lot")}.items():
        if name in report.origins:
            yield [_from(label, report.origins[name])]
    yield from ([note] for note in read.notes)


def _from(what: Message, origin: str) -> Message:
    if origin == "option":
        return say("{what}: given for this check", what=what)
    if origin == "configuration":
        return say("{what}: from the configuration", what=what)
    return say("{what}: from {cell}", what=what, cell=origin)


def gate_of(report: Report, frame: Frame) -> Element | None:
    """Return what each waiver did or failed to do; None without a gate."""
    found = list(gate_lines(report))
    if not found:
        return None
    items = []
    for line in found:
        title = None if line.finding is None else el("b", line.finding.title, ": ")
        items.append(el("li", title, line.sentence))
    return frame.section("gate", say("Waivers"), None, el("ul", *items))


def settings_of(report: Report, frame: Frame) -> Element | None:
    """Return what settings of texts settled, and which have no effect; None without any."""
    found = [el("li", line.sentence) for line in setting_lines(report)]
    if not found:
        return None
    intro = say("They settle texts that were not understood, and overrule nothing that was read.")
    return frame.section("settings", say("Settings of texts"), intro, el("ul", *found))


def beyond(frame: Frame) -> Element:
    """Return what no sheet can show."""
    items = (el("li", one) for one in _BEYOND)
    return frame.section(
        "beyond", say("What no sheet can show"), None, el("ul", *items, class_="columns")
    )


def footer(report: Report) -> Element:
    """Return which program and which rules judged which file."""
    rules = say(
        "{tool} {version} · rules of the call {call}, {guide}",
        tool=TOOL,
        version=report.version,
        call=report.call.id,
        guide=Message(report.call.guide.title),
    )
    digest = None
    if report.input.sha256:
        digest = el("p", say("SHA-256 of the file: "), el("code", report.input.sha256))
    return el("footer", el("p", rules), digest)
