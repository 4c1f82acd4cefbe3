"""The report for people."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from alliance_check.model.consortium import Amount, Duration, Outcome, Project
from alliance_check.model.message import say
from alliance_check.model.report import Answer, Failure, Report, Result
from alliance_check.reports.escaping import UNSAFE
from cli.terminal.page import Look, Page
from cli.terminal.report import render
from cli.terminal.words import project_words
from tests.made_reports import (
    HOSTILE,
    PROJECT,
    cell,
    eligible,
    finding,
    from_outside,
    hostile,
    report,
)

BROKEN = Failure("broken.xlsx", 4, "unreadable-file", "broken.xlsx is damaged.")


@pytest.mark.parametrize(
    ("name", "look"),
    [
        ("80", Look()),
        ("40", Look(width=40)),
        ("ascii", Look(ascii=True)),
        ("full", Look(full=True)),
        ("colour", Look(colour=True)),
        ("quiet", Look(quiet=True)),
    ],
)
def test_the_report_looks_like_its_golden_file(
    name: str, look: Look, golden: Callable[[str, str], None]
) -> None:
    golden(f"report.terminal-{name}.txt", render([report()], look))


@pytest.mark.parametrize(
    ("name", "look"), [("80", Look()), ("40", Look(width=40)), ("ascii", Look(ascii=True))]
)
def test_the_summary_looks_like_its_golden_file(
    name: str, look: Look, golden: Callable[[str, str], None]
) -> None:
    results: list[Result] = [report(), eligible(), BROKEN]
    golden(
        f"batch.terminal-{name}.txt",
        render(results, look, batch=True, skipped="2 without a table of partners skipped"),
    )


@pytest.mark.parametrize("look", [Look(), Look(width=40, full=True), Look(colour=True, full=True)])
@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_a_sheet_neither_drives_the_terminal_nor_is_taken_for_markup(
    text: str, look: Look
) -> None:
    for batch in (False, True):
        written = render([hostile(text)], look, batch=batch)
        own = re.sub(r"\x1b\[[0-9;]*m", "", written) if look.colour else written
        assert set(UNSAFE.findall(own)) <= {"\n"}
        assert "]8;" not in written.replace("\\x1b]8;", "")
        assert written.encode("utf-8")
        if text.isprintable() and not batch:  # the columns of a table would stand in between
            assert re.sub(r"\s+", "", text) in re.sub(r"\s+", "", own)


@pytest.mark.parametrize("width", [20, 30, 40, 60, 80, 120])
@pytest.mark.parametrize("made", [report, eligible, from_outside])
def test_no_line_is_longer_than_the_terminal_is_wide(
    made: Callable[[], Report], width: int
) -> None:
    for look in (Look(width=width, full=True), Look(width=width, ascii=True)):
        for batch in (False, True):
            lines = render([made()], look, batch=batch).splitlines()
            assert max(len(line) for line in lines) <= width


@pytest.mark.parametrize("width", [40, 80])
def test_no_address_is_cut(width: int) -> None:
    written = render([report()], Look(width=width))
    for address in ("Partners!D2:D9", "Partners!C9", "Partners!C3"):
        assert address in written


@pytest.mark.parametrize("text", [*HOSTILE, "Høyskolen – 漢字 😀"])
def test_ascii_is_ascii(text: str) -> None:
    for results in ([report()], [hostile(text)], [from_outside()]):
        for batch in (False, True):
            look = Look(ascii=True, full=True)
            assert render(
                results, look, batch=batch, skipped="1 without a table of partners skipped"
            ).isascii()


def test_without_colour_there_is_no_escape_sequence_and_the_verdict_is_a_word() -> None:
    written = render([report()], Look())
    assert "\x1b" not in written
    assert written.startswith("NOT ELIGIBLE ")
    assert render([from_outside()], Look()).startswith("ELIGIBLE by the national agency's page; ")


def test_colour_adds_nothing_but_colour() -> None:
    coloured = render([report()], Look(colour=True))
    assert "\x1b[1;31mNOT ELIGIBLE" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render([report()], Look())


def test_what_stands_in_the_way_comes_before_everything_else() -> None:
    written = render([report()], Look())
    order = ["NOT ELIGIBLE", "call 2023", "Why", "vocational provider", "countries", "Minima"]
    order += ["Not understood", "Cautions", "something unread", "cannot show", "No sheet can show"]
    places = [written.index(words) for words in order]
    assert places == sorted(places)


def test_a_rule_to_be_checked_names_the_cell_its_value_and_what_it_may_mean() -> None:
    assert 'hangs on Partners!C9 "Germny" (Germany?)' in render([report()], Look())


def test_an_eligible_report_says_on_how_many_rules_and_how_many_were_not_checked() -> None:
    written = render([eligible()], Look())
    assert "Eligible on the 9 rules that this sheet can show; 1 not checked." in written
    assert "Why" not in written


def test_only_rows_with_something_unread_are_listed_unless_all_are_asked_for() -> None:
    assert "Solaris" not in render([report()], Look())
    assert "Grünes Netz" in render([report()], Look())
    assert "Solaris" in render([report()], Look(full=True))


def test_quiet_is_the_verdict_line_alone() -> None:
    assert len(render([report()], Look(quiet=True)).splitlines()) == 1
    assert len(render([report(), BROKEN], Look(quiet=True), batch=True).splitlines()) == 2


def test_many_problems_are_cut_with_their_number_and_full_shows_them() -> None:
    problem = report().problems[0]
    several = tuple(replace(problem, message=say("problem {n}", n=n)) for n in range(35))
    many = replace(report(), problems=several)
    assert "and 15 more; --full shows them all" in render([many], Look())
    assert "more; --full" not in render([many], Look(full=True))


def test_cells_with_the_same_problem_are_named_together() -> None:
    first = report().problems[0]
    alike = replace(report(), problems=(first, replace(first, cell=cell(10, 3))))
    written = render([alike], Look())
    assert "Partners!C9:C10  Germny is no country that is known here" in written


def test_an_amount_is_never_broken_over_two_lines() -> None:
    answer = Answer(Outcome.NOT_MET, say("requests {eur} and more", eur="EUR 3 900 000"))
    broken = replace(report(), findings=(finding("grant-ceiling", "grant ceiling", answer),))
    for width in range(24, 90):
        written = render([broken], Look(width=width))
        assert "EUR 3 900 000" in written
        assert "EUR 950 000.50" in written


def test_the_table_of_results_says_once_what_all_share() -> None:
    there = [
        replace(r, input=replace(r.input, file=f"in/{n}.csv"))
        for n, r in enumerate((report(), eligible()))
    ]
    written = render(there, Look(width=90), batch=True)
    assert written.startswith(
        "in/ · Lot 1 Alliances for Education and Enterprises · call 2023, deadline 3 May 2023"
    )
    assert written.count("in/") == 1
    other = replace(there[1], call=replace(there[1].call, id="2026"))
    assert "1 of 2026" in render([there[0], other], Look(), batch=True)


def test_the_summary_counts_files_verdicts_and_what_was_skipped() -> None:
    written = render(
        [report(), BROKEN], Look(), batch=True, skipped="1 without a table of partners skipped"
    )
    assert (
        "2 files; 1 not eligible; 1 not judged; 1 without a table of partners skipped." in written
    )


def test_several_lots_of_one_file_point_to_the_option() -> None:
    assert "--lot" in render([report(), eligible()], Look())
    assert "--lot" not in render([report(), BROKEN], Look(), batch=True)


def test_the_project_line_says_where_each_value_came_from() -> None:
    assert project_words(PROJECT) == (
        "duration 24 months (option) · grant EUR 950 000.50 (Partners!F2:F9)"
    )
    grant = PROJECT.grant
    assert grant is not None
    bound = replace(grant, high=None)
    assert project_words(Project(grant=bound)) == "grant at least EUR 950 000.50 (Partners!F2:F9)"
    assert project_words(Project(duration=Duration(None, "P!B1"))) == "duration unread (P!B1)"
    assert project_words(Project(total=Amount(grant.low * 0, None, "P!B2"))) == (
        "total unread (P!B2)"
    )
    assert project_words(Project()) == ""


def test_a_word_longer_than_the_line_is_folded_not_lost() -> None:
    page = Page(Look(width=30))
    page.paragraph(page.text("x" * 100), 4)
    assert page.result().count("x") == 100
