"""The questions that would decide a consortium, as a part of the page."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from alliance_check.model.message import say
from alliance_check.model.report import Report
from alliance_check.pipeline import Checked
from alliance_check.questions import Question, Questions, questions
from alliance_check.questions import question_text as words
from alliance_check.reports.html.elements import el, to_html
from alliance_check.reports.words import finding_words, lot_name


def question_section(checked: Checked) -> str:
    """Return the questions about one consortium under one lot, those that decide first."""
    found = questions(checked)
    return to_html(el("section", *_inside(checked.report, found), class_="asked"))


def _inside(report: Report, found: Questions) -> Iterator[Element]:
    yield el("h3", lot_name(report))
    yield el("p", words.headline(found), ".", class_="headline")
    if found.unread is not None:
        yield el("p", found.unread)
    if found.first:
        yield el("ol", *(_question(one, report, found) for one in found.first))
        yield el("p", words.TOGETHER, class_="aside")
    if found.beyond:
        yield el("h4", say("Open or not met, whatever the answers"))
        lines = ((finding_words(f), "; ", words.cited((f,))) for f in found.beyond)
        yield el("ul", *(el("li", *line) for line in lines))
    if found.further:
        yield el("h4", say("What else would be needed"))
        yield el("ul", *(el("li", one) for one in found.further))
    if found.rest:
        yield el("h4", words.rest_title(found))
        yield el("ol", *(_question(one, report, found) for one in found.rest))


def _question(question: Question, report: Report, found: Questions) -> Element:
    to = el("b", words.addressee(question.point, found, report), dir="auto")
    needed = say("needed for {rules}", rules=words.cited(question.rules))
    answers = (
        el("li", "* " if hoped else "", el("b" if hoped else "span", texts), " → ", meaning)
        for hoped, texts, meaning in words.grouped(question)
    )
    return el("li", to, " ", question.point.text, el("ul", *answers), el("small", needed))
