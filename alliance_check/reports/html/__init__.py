"""One page to hand on: a file without script, fonts or pictures from elsewhere.

Its policy allows the style sheet inside it, by a fingerprint, and nothing else.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from xml.etree.ElementTree import Element

from alliance_check.model.message import Message, current_language, say
from alliance_check.model.report import Failure, Observation, Report, Result
from alliance_check.reports.html.advice import advice_of
from alliance_check.reports.html.budget import budget_of
from alliance_check.reports.html.drawings import hatching
from alliance_check.reports.html.elements import Frame, el, to_html
from alliance_check.reports.html.overview import overview, shared_by
from alliance_check.reports.html.partners import partners_of
from alliance_check.reports.html.reading import (
    beyond,
    cautions_of,
    footer,
    gate_of,
    open_cells_of,
    reading_of,
    settings_of,
)
from alliance_check.reports.html.rules import minima_of, rules_of
from alliance_check.reports.html.tile_map import map_of
from alliance_check.reports.html.verdict import NOT_JUDGED, VERDICTS, verdict_of
from alliance_check.text.tables import text_of_table

_FEW = 3
"""How many reports of a page are open from the start."""


def render(results: Sequence[Result], *, batch: bool, across: Sequence[Observation] = ()) -> str:
    """Return the page of one report, or of many with a table of verdicts first."""
    content = _content(results, across, Frame(), batch=batch)
    if batch or len(results) > 1:
        return _page(say("Eligibility of the consortia"), *content)
    (result,) = results
    if isinstance(result, Failure):
        return _page(NOT_JUDGED, *content)
    title = say("{verdict}: {name}", verdict=VERDICTS[result.verdict], name=result.name)
    return _page(title, *content)


def sections(results: Sequence[Result], *, batch: bool, across: Sequence[Observation] = ()) -> str:
    """Return what such a page says as a part of another one: below a heading of its own.

    The style sheet is ``data/report.css``.
    """
    content = _content(results, across, Frame(2), batch=batch)
    return to_html(el("div", hatching(), *content, lang=current_language().code))


def _content(
    results: Sequence[Result], across: Sequence[Observation], frame: Frame, *, batch: bool
) -> tuple[Element, ...]:
    if batch or len(results) > 1:
        unfolded = len(results) <= _FEW
        each = (_one_of_many(r, n, open_=unfolded) for n, r in enumerate(results, 1))
        return *overview(results, frame), *shared_by(across), *each
    (result,) = results
    if isinstance(result, Failure):
        return _failure(result, frame)
    return _report(result, frame)


def _page(title: Message, *content: Element) -> str:
    style = text_of_table("report.css")
    allowed = b64encode(sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"
    )
    policy_name: dict[str, str] = {"http-equiv": "Content-Security-Policy"}
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", content=policy, **policy_name),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("title", str(title)),
        _style(style),
    )
    body = el(
        "body",
        el("a", say("Skip to the verdict"), href="#report", class_="skip"),
        hatching(),
        el("header", el("p", say("Eligibility of the consortium")), el("p", _PROGRAMME)),
        el("main", *content, id="report"),
    )
    return "<!doctype html>\n" + to_html(el("html", head, body, lang=current_language().code))


_PROGRAMME = say("Alliances for Innovation · Erasmus+")


def _style(text: str) -> Element:
    """Return the style sheet just as it is, since its fingerprint is that of every sign in it."""
    made = Element("style")
    made.text = text
    made.tail = "\n"
    return made


def _one_of_many(result: Result, place: int, *, open_: bool) -> Element:
    frame = Frame(2, f"r{place}-")
    if isinstance(result, Failure):
        return el("section", *_failure(result, frame), class_="one")
    summary = say("{name}, Lot {number}", name=result.name, number=result.lot.number)
    fold: dict[str, str] = {"open": ""} if open_ else {}
    whole = el("details", el("summary", summary), *_report(result, frame), class_="whole", **fold)
    return el("section", whole, class_="one")


def _failure(failure: Failure, frame: Frame) -> tuple[Element, ...]:
    heading = frame.title(NOT_JUDGED, ": ", failure.file, id=f"{frame.prefix}verdict")
    return heading, el("p", failure.sentence)


def _report(report: Report, frame: Frame) -> tuple[Element, ...]:
    """Return the sections in the order in which people ask: may we, what to do, how close, who."""
    sections = [
        advice_of(report, frame),
        minima_of(report, frame),
        map_of(report, frame),
        budget_of(report, frame),
        open_cells_of(report, frame),
        cautions_of(report, frame),
        gate_of(report, frame),
        settings_of(report, frame),
        partners_of(report, frame),
        rules_of(report, frame),
        reading_of(report, frame),
        beyond(frame),
    ]
    there = [section for section in sections if section is not None]
    return *verdict_of(report, frame), _contents(there, frame), *there, footer(report)


def _contents(sections: Sequence[Element], frame: Frame) -> Element:
    """Return a link to each section, by its heading."""
    links = (
        el("li", el("a", section[0].text or "", href=f"#{section.get('id')}"))
        for section in sections
    )
    if frame.prefix:
        return el("div", el("ul", *links), class_="contents")
    return el("nav", el("ul", *links), class_="contents", aria_label=say("Sections"))
