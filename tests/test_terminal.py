"""The report for people."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from alliance_check.model.consortium import (
    Amount,
    Consortium,
    Duration,
    Presence,
    Project,
)
from alliance_check.model.message import say
from alliance_check.model.outcome import Outcome, Verdict
from alliance_check.model.report import Answer, Failure, Observation, Report, Result
from alliance_check.reports.escaping import UNSAFE
from cli.files.style import Style
from cli.terminal.page import Page
from cli.terminal.report import render
from cli.terminal.summary import MOST_ACROSS, MOST_UNGROUPED
from tests.made_reports import (
    HOSTILE,
    PARTNERS,
    PROJECT,
    cell,
    eligible,
    finding,
    from_outside,
    hostile,
    minimum,
    report,
)

BROKEN = Failure("broken.xlsx", 4, "unreadable-file", "broken.xlsx is damaged.")


@pytest.mark.parametrize(
    ("name", "look"),
    [
        ("80", Style()),
        ("40", Style(width=40)),
        ("120", Style(width=120)),
        ("ascii", Style(ascii=True)),
        ("full", Style(full=True)),
        ("colour", Style(colour=True)),
        ("quiet", Style(quiet=True)),
    ],
)
def test_the_report_looks_like_its_golden_file(
    name: str, look: Style, golden: Callable[[str, str], None]
) -> None:
    golden(f"report.terminal-{name}.txt", render([report()], look))


@pytest.mark.parametrize(
    ("name", "look"),
    [
        ("80", Style()),
        ("40", Style(width=40)),
        ("120", Style(width=120)),
        ("ascii", Style(ascii=True)),
        ("colour", Style(colour=True)),
    ],
)
def test_the_summary_looks_like_its_golden_file(
    name: str, look: Style, golden: Callable[[str, str], None]
) -> None:
    results: list[Result] = [report(), eligible(), BROKEN]
    golden(
        f"batch.terminal-{name}.txt",
        render(results, look, batch=True, skipped="2 without a table of partners"),
    )


@pytest.mark.parametrize(
    "look", [Style(), Style(width=40, full=True), Style(colour=True, full=True)]
)
@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_a_sheet_neither_drives_the_terminal_nor_is_taken_for_markup(
    text: str, look: Style
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
    for look in (Style(width=width, full=True), Style(width=width, ascii=True)):
        for batch in (False, True):
            lines = render([made()], look, batch=batch).splitlines()
            assert max(len(line) for line in lines) <= width


@pytest.mark.parametrize("width", [40, 80])
def test_no_address_is_cut(width: int) -> None:
    written = render([report()], Style(width=width, full=True))
    for address in ("Partners!D2:D9", "Partners!C9", "Partners!C3"):
        assert address in written


@pytest.mark.parametrize("text", [*HOSTILE, "Høyskolen – 漢字 😀"])
def test_ascii_is_ascii(text: str) -> None:
    for results in ([report()], [hostile(text)], [from_outside()]):
        for batch in (False, True):
            look = Style(ascii=True, full=True)
            assert render(results, look, batch=batch, skipped="1 hidden").isascii()


def test_without_colour_there_is_no_escape_sequence_and_the_verdict_is_a_word() -> None:
    written = render([report()], Style())
    assert "\x1b" not in written
    assert written.startswith("NOT ELIGIBLE ")
    assert render([from_outside()], Style()).startswith("ELIGIBLE by the national agency's page; ")


def test_colour_adds_nothing_but_colour() -> None:
    coloured = render([report()], Style(colour=True))
    assert "\x1b[1;31mNOT ELIGIBLE" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render([report()], Style())


def test_the_verdict_comes_first_and_last_and_what_decides_between_them() -> None:
    written = render([report()], Style())
    order = ["NOT ELIGIBLE", "Alliances for", "Minima", "What stands in the way", "What to change"]
    order += [
        "Cautions",
        "Not checked",
        "No partner list shows",
        "NOT ELIGIBLE: 2 changes would do",
    ]
    places = [written.index(words) for words in order]
    assert places == sorted(places)
    assert written.splitlines()[-2].startswith("NOT ELIGIBLE: 2 changes would do.")


def test_a_cell_is_reported_once_with_its_partner_and_its_likely_meaning() -> None:
    written = render([report()], Style(width=120))
    assert written.count("Germny") == 1
    assert (
        'Partners!C9  Grünes Netz · "Germny" is not a known country · probably Germany' in written
    )


def test_a_rule_that_no_cell_explains_stands_first_with_its_source() -> None:
    (line,) = (x for x in render([report()], Style()).splitlines() if "vocational provider:" in x)
    assert line == "  ✗ vocational provider: have 0, need 1 · Programme Guide 2023 p. 278"
    lines = render([report()], Style()).splitlines()
    assert lines[lines.index("What stands in the way") + 1] == line


def test_an_eligible_report_says_how_many_rules_hold_and_what_would_check_more() -> None:
    written = render([eligible()], Style())
    assert written.splitlines()[-1] == "ELIGIBLE on all 9 rules that were checked."
    assert "Not checked: Erasmus charter." in written
    assert "What stands in the way" not in written
    unsaid = replace(eligible(), consortium=replace(eligible().consortium, project=Project()))
    open_ceiling = Answer(Outcome.NOT_CHECKED, say("no requested grant is given"))
    ceiling = finding("grant-ceiling", "grant ceiling", open_ceiling)
    asked = replace(
        unsaid, findings=(*(f for f in unsaid.findings if f.rule != ceiling.rule), ceiling)
    )
    assert "8 rules checked; --grant would check more." in render([asked], Style())


def test_cautions_are_counted_beside_an_eligible_verdict_alone() -> None:
    assert render([eligible()], Style()).startswith("ELIGIBLE · 1 caution   partners.xlsx")
    assert render([report()], Style()).startswith("NOT ELIGIBLE   partners.xlsx")


def test_the_partners_stand_in_the_full_report_alone() -> None:
    assert "Solaris" not in render([report()], Style())
    assert "Solaris" in render([report()], Style(full=True))


def test_the_full_report_holds_everything_that_the_short_one_holds() -> None:
    short = render([report()], Style(width=120)).splitlines()
    full = render([report()], Style(width=120, full=True))
    left_out = ("and 3 more rules", "or 1 other set", "Not checked: ", "No partner list shows")
    for line in short:
        if not any(words in line for words in left_out):
            assert line in full


def test_quiet_is_the_verdict_line_alone() -> None:
    assert len(render([report()], Style(quiet=True)).splitlines()) == 1
    assert len(render([report(), BROKEN], Style(quiet=True), batch=True).splitlines()) == 2


def in_doubt(number: int) -> Report:
    """A report on which so many partners hang, each with a doubt of its own."""
    base = report()
    people = tuple(
        replace(
            p,
            presence=Presence.POSSIBLE,
            doubt=say("doubt {n}", n=n),
            cells={**p.cells, "status": cell(p.row or 0, 6)},
        )
        for n, p in enumerate(base.consortium.partners)
    )
    cells = tuple(p.cells["status"] for p in people[:number])
    hanging = minimum("minimum-partners", "full partners", 0, 8, 8, *cells)
    consortium = replace(base.consortium, partners=people)
    return replace(base, consortium=consortium, findings=(hanging,), verdict=Verdict.UNDECIDED)


def test_five_of_many_obstacles_are_listed_and_the_rest_counted() -> None:
    written = render([in_doubt(8)], Style())
    assert written.count("doubt ") == 5
    assert "and 3 more (--full)" in written
    assert render([in_doubt(8)], Style(full=True)).count(" · doubt ") == 8
    assert "more (--full)" not in render([in_doubt(5)], Style())


def test_partners_of_whom_the_same_is_said_are_one_obstacle() -> None:
    base = in_doubt(3)
    same = tuple(replace(p, doubt=say("no answer yet")) for p in base.consortium.partners)
    alike = replace(base, consortium=replace(base.consortium, partners=same))
    assert "Partners!F2:F4  3 partners · no answer yet" in render([alike], Style())


def test_cells_with_the_same_problem_are_named_together_in_full() -> None:
    first = report().problems[0]
    alike = replace(report(), problems=(first, replace(first, cell=cell(10, 3))))
    written = render([alike], Style(full=True))
    assert 'Partners!C9:C10  "Germny" is not a known country → Germany?' in written


def test_an_amount_is_never_broken_over_two_lines() -> None:
    answer = Answer(Outcome.NOT_MET, say("requests {eur} and more", eur="EUR 3 900 000"))
    broken = replace(report(), findings=(finding("grant-ceiling", "grant ceiling", answer),))
    for width in range(24, 90):
        written = render([broken], Style(width=width))
        assert "EUR 3 900 000" in written
        assert "EUR 950 000.50" in written


def test_the_summary_says_once_what_all_share() -> None:
    there = [
        replace(r, input=replace(r.input, file=f"in/{n}.csv"))
        for n, r in enumerate((report(), eligible()))
    ]
    written = render(there, Style(width=90), batch=True)
    assert written.startswith(
        "in/ · Lot 1 Alliances for Education and Enterprises · call 2023, deadline 3 May 2023"
    )
    assert written.count("in/") == 1
    other = replace(there[1], call=replace(there[1].call, id="2026"))
    assert "1.csv, Lot 1 of 2026" in render([there[0], other], Style(), batch=True)


def test_the_summary_ends_with_files_verdicts_and_what_was_skipped() -> None:
    written = render([report(), BROKEN], Style(), batch=True, skipped="1 hidden")
    assert written.endswith("2 files: 1 not eligible, 1 not judged. Skipped: 1 hidden.\n")


def test_more_than_twenty_results_stand_in_groups_the_worst_first() -> None:
    def named(number: int, verdict: Report) -> Report:
        return replace(verdict, input=replace(verdict.input, file=f"{number}.csv"))

    several = [named(n, eligible() if n % 2 else report()) for n in range(MOST_UNGROUPED)]
    assert "(10)" not in render(several, Style(), batch=True)
    written = render([*several, named(99, report()), BROKEN], Style(), batch=True)
    heads = ["NOT JUDGED (1)", "NOT ELIGIBLE (11)", "ELIGIBLE (10)"]
    assert [line for line in written.splitlines() if line in heads] == heads


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_name_is_never_broken_inside_its_extension(width: int) -> None:
    long = "the_consortium_of_the_university_of_somewhere_else.xlsx"
    named = [
        replace(r, input=replace(r.input, file=name))
        for r, name in ((report(), long), (eligible(), "b.xlsx"))
    ]
    assert long in render(named, Style(width=width), batch=True)


def test_ten_lines_list_what_proposals_share_unless_the_report_is_full() -> None:
    shared = [Observation("proposals", say("{n} takes part twice", n=n), ()) for n in range(30)]
    results = [report(), eligible()]
    written = render(results, Style(), batch=True, across=shared)
    assert written.count("takes part twice") == MOST_ACROSS
    assert "and 20 more (--verbose)" in written
    whole = render(results, Style(verbose=True), batch=True, across=shared)
    assert whole.count("takes part twice") == 30


def test_several_lots_of_one_file_point_to_the_option() -> None:
    assert "--lot" in render([report(), eligible()], Style())
    assert "--lot" not in render([report(), BROKEN], Style(), batch=True)


def project_lines(project: Project) -> list[str]:
    full = render([replace(report(), consortium=Consortium(PARTNERS, project))], Style(full=True))
    lines = full.partition("\nProject\n")[2].partition("\n\n")[0]
    return [line.strip() for line in lines.splitlines()]


def test_the_full_report_says_where_each_value_of_the_project_came_from() -> None:
    assert project_lines(PROJECT) == [
        "duration: 24 months (option)",
        "grant: EUR 950 000.50 (Partners!F2:F9)",
    ]
    grant = PROJECT.grant
    assert grant is not None
    bound = replace(grant, high=None)
    assert project_lines(Project(grant=bound)) == [
        "grant: at least EUR 950 000.50 (Partners!F2:F9)"
    ]
    assert project_lines(Project(duration=Duration(None, "P!B1"))) == ["duration: not read (P!B1)"]
    assert project_lines(Project(total=Amount(grant.low * 0, None, "P!B2"))) == [
        "total: not read (P!B2)"
    ]
    assert project_lines(Project()) == []


def test_the_report_names_what_is_known_of_the_project() -> None:
    assert "24 months · grant EUR 950 000.50" in render([report()], Style(width=120))


def test_a_word_longer_than_the_line_is_folded_not_lost() -> None:
    page = Page(Style(width=30))
    page.paragraph(page.text("x" * 100), 4)
    assert page.result().count("x") == 100
