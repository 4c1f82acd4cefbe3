"""Markdown, read by GitHub's own parser and by markdown-it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from alliance_check.model.message import say
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Answer
from alliance_check.model.sheet import Problem
from alliance_check.reports.markdown_text import escaped
from tests.format_texts import BATCH, BROKEN, TEXTS, TRAPS, written
from tests.made_reports import (
    GUIDE,
    cell,
    clause,
    finding,
    hostile,
    report,
)
from tests.outside_readers import markdown_parsers

ALLOWED = {"h2", "h3", "p", "ul", "li", "strong", "code", "a"}
TABLE = {"table", "thead", "tbody", "tr", "th", "td"}
LIVE = re.compile(r"@\w|#\d|://|www\.|GH-\d|:smile:|deadbeef|\$")


@pytest.mark.parametrize("sheet", TRAPS)
def test_markdown_shows_the_text_of_a_sheet_and_obeys_none_of_it(sheet: str) -> None:
    plain = markdown_parsers.pages(written("markdown", hostile("plain")))
    for page, model in zip(
        markdown_parsers.pages(written("markdown", hostile(sheet))), plain, strict=True
    ):
        assert set(page.elements) <= ALLOWED | TABLE
        assert page.links == {GUIDE.url}
        without_code = [element for element in page.elements if element != "code"]
        assert without_code == [element for element in model.elements if element != "code"]
        assert not LIVE.search(page.prose), "GitHub would make a link or a mention of it"


@pytest.mark.parametrize("sheet", TRAPS)
def test_no_trap_adds_an_element_or_a_link_at_the_start_of_an_item_or_in_a_cell(sheet: str) -> None:
    _adds_nothing(sheet)


@settings(max_examples=100)
@given(sheet=TEXTS)
def test_no_text_adds_an_element_or_a_link_at_the_start_of_an_item_or_in_a_cell(sheet: str) -> None:
    _adds_nothing(sheet)


def _adds_nothing(sheet: str) -> None:
    # At the start of an item a sign could also begin a list, a heading or a quotation.
    for page in markdown_parsers.pages(f"- {escaped(sheet)}\n- z"):
        assert set(page.elements) <= {"ul", "li", "code"}
        assert page.elements.count("ul") == 1
    for page in markdown_parsers.pages(
        f"- x {escaped(sheet)}\n\n| a |\n| - |\n| {escaped(sheet)} |"
    ):
        assert [e for e in page.elements if e != "code"].count("td") == 1
        assert set(page.elements) <= {"ul", "li", "code"} | TABLE
        assert not page.links


def test_markdown_says_verdict_why_minima_problems_and_cautions() -> None:
    (page, _) = markdown_parsers.pages(written("markdown", report()))
    assert "NOT ELIGIBLE: partners.xlsx" in page.text
    for words in ("Why", "Minima", "Not understood", "Cautions", "Not checked", "Svalbard"):
        assert words in page.text
    assert page.elements.count("table") == 3


def test_markdown_of_a_batch_begins_with_a_table_of_verdicts() -> None:
    text = written("markdown", *BATCH)
    assert text.startswith(
        "## alliance-check: 2 files; 2 eligible; 1 not eligible; 1 not judged\n\n| Verdict | File |"
    )
    table = text.split("\n\n")[1]
    assert len(table.splitlines()) == 2 + len(BATCH)
    assert "the guide lists no partner from outside" in table


@pytest.mark.parametrize("sheet", TRAPS)
def test_the_table_of_verdicts_obeys_no_text_of_a_sheet_either(sheet: str) -> None:
    found = [
        markdown_parsers.pages(written("markdown", hostile(text), replace(BROKEN, message=text)))
        for text in ("plain", sheet)
    ]
    for model, page in zip(*found, strict=True):
        assert page.elements.count("td") == model.elements.count("td")
        assert set(page.elements) <= ALLOWED | TABLE
        assert not LIVE.search(page.prose)


def test_markdown_of_many_reports_leaves_out_what_a_job_summary_has_no_room_for() -> None:
    text = written("markdown", *[report()] * 900)
    assert len(text.encode()) < 1024 * 1024
    assert text.endswith("more reports have no room here.\n")


def test_long_lists_in_markdown_are_cut_and_say_so() -> None:
    many = tuple(Problem("unread-type", cell(n, 4), "x", say("unread")) for n in range(2, 60))
    assert "and 8 more." in written("markdown", replace(report(), problems=many))


def test_an_address_that_would_break_a_link_is_left_out_of_markdown() -> None:
    odd = replace(clause("x"), source=replace(GUIDE, url="javascript:alert"))
    bad = replace(
        finding("x", "x", Answer(Outcome.NOT_MET, say("no"))),
        clause=odd,
    )
    assert "javascript" not in written("markdown", replace(report(), findings=(bad,)))
