"""Rows that are no partners, but tell of them: titles, footnotes, headings."""

from __future__ import annotations

import pytest

from alliance_check.model.consortium import Presence
from alliance_check.model.outcome import Verdict
from tests.parsing import parsed, sheet
from tests.remarked_sheets import BASE, HEADER, judged, left_open, said


@pytest.mark.parametrize(
    "below",
    [
        ["* Drava has withdrawn on 3 Feb"],
        ["", "Drava has withdrawn on 3 Feb"],
        ["", "Withdrawn:", "Drava"],
        ["Withdrawn:", "Drava"],
        ["", "Withdrawn: Drava, Obrera"],
        ["", "Withdrawn:", "Drava;Slovenia;SME;Full partner"],
    ],
)
def test_a_footnote_that_names_a_partner_makes_it_possible(below: list[str]) -> None:
    report = judged([HEADER, *BASE, *below])
    assert report.verdict is Verdict.UNDECIDED
    assert report.consortium.partners[7].presence.value == "possible"
    assert report.consortium.partners[0].presence.value == "confirmed"


def test_the_mark_of_a_footnote_names_its_partner() -> None:
    marked = [*BASE[:7], BASE[7].replace("Drava", "Drava*"), ""]
    assert judged([HEADER, *marked, "* withdrawn"]).verdict is Verdict.UNDECIDED
    assert "burnt down" in left_open(judged([HEADER, *marked, "* burnt down"]))


def test_a_title_that_doubts_counts() -> None:
    named = judged(["DRAFT: Drava has withdrawn", HEADER, *BASE])
    assert named.verdict is Verdict.UNDECIDED
    nobody = judged(["Consortium (to be confirmed)", "", HEADER, *BASE])
    assert nobody.verdict is Verdict.UNDECIDED
    assert said(nobody).count("to be confirmed") == 1, (
        "what is said of the whole list is quoted once"
    )
    assert all(p.presence is Presence.POSSIBLE for p in nobody.consortium.partners)


@pytest.mark.parametrize(
    "text",
    [
        "Fjord alliance: list of partners",
        "Version 3 of 12 March 2023",
        "Status: confirmed, pending, declined",
        "Please write invited, confirmed or declined in the column of the status",
        "* mandate sent",
        "ORCHARD+ work packages and who leads or contributes",
    ],
)
def test_a_plain_title_or_legend_is_silent(text: str) -> None:
    assert not left_open(judged([text, "", HEADER, *BASE]))


def test_rows_below_a_heading_of_withdrawal_are_possible() -> None:
    report = judged([HEADER, *BASE[:7], "Withdrawn:", BASE[7]])
    assert report.verdict is Verdict.UNDECIDED
    assert 'A9 "Withdrawn:"' in said(report)


def test_a_full_partner_below_associated_partners_has_no_readable_role() -> None:
    report = judged([HEADER, *BASE[:7], "Associated partners", BASE[7]])
    assert report.verdict is Verdict.UNDECIDED
    (problem,) = report.problems
    assert str(problem.message) == '"Full partner" contradicts the heading in A9'


def possible(names: dict[str, str], text: str) -> list[str]:
    """Return who is only possible when partners are called otherwise and a footnote says a text."""
    lines = [names.get(line.partition(";")[0], "") or line.partition(";")[0] for line in BASE]
    rows = [f"{name};{line.partition(';')[2]}" for name, line in zip(lines, BASE, strict=True)]
    report = judged([HEADER, *rows, "", text])
    return [p.name for p in report.consortium.partners if p.presence.value == "possible"]


def test_a_partner_is_named_by_its_whole_name_or_by_a_first_word_of_its_own() -> None:
    two = {"Obrera": "Drava Works", "Drava": "Drava Steel"}
    assert possible(two, "* Drava Steel has withdrawn") == ["Drava Steel"]
    assert possible(two, "* Drava has withdrawn") == [], "nobody knows which of the two"
    assert possible({"Drava": "Drava Steel d.o.o."}, "* Drava has left") == ["Drava Steel d.o.o."]
    assert possible({"Linden": "University of Linden"}, "* one university has withdrawn") == []


def test_a_heading_above_a_name_means_that_name_alone() -> None:
    assert not left_open(
        judged([HEADER, *BASE, BASE[7].replace("Drava", "Sava"), "", "Left:", "Sava"])
    )


def test_a_doubt_below_a_hundred_footnotes_is_not_lost() -> None:
    many = [f"* Note {number}" for number in range(200)]
    assert "has withdrawn" in left_open(judged([HEADER, *BASE, "", *many, "* Drava has withdrawn"]))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("P3 has left 3.2.", [3]),
        ("Partner no. 3 is not confirmed", [3]),
        ("#3 has withdrawn", [3]),
        ("Partners 3 and 4 are not confirmed", [3, 4]),
        ("All partners confirmed except 8", [8]),
        ("Lp. 3 zrezygnował", [3]),
        ("P9 has left", []),
    ],
)
def test_a_footnote_may_call_a_partner_by_its_number(text: str, meant: list[int]) -> None:
    numbered = [f"{at};{row}" for at, row in enumerate(BASE, start=1)]
    for header, rows in ((f"No;{HEADER}", numbered), (HEADER, list(BASE))):
        partners = judged([header, *rows, "", text]).consortium.partners
        possible = [at for at, p in enumerate(partners, 1) if p.presence.value == "possible"]
        assert possible == meant


def test_a_log_of_changes_on_another_sheet_doubts_the_partner_that_it_names() -> None:
    rows = [line.split(";") for line in (HEADER, *BASE)]
    log = sheet(
        [["Date", "Change"], ["3.10.", "Drava joins"], ["12.11.", "Drava withdraws"]], "Log"
    )
    partners = parsed(sheet(rows), log).consortium.partners
    assert [p.presence for p in partners if p.name == "Drava"] == [Presence.POSSIBLE]
    joined = sheet(
        [["Date", "Change"], ["3.10.", "Drava joins"], ["4.10.", "Logo of Drava"]], "Log"
    )
    assert all(
        p.presence is Presence.CONFIRMED for p in parsed(sheet(rows), joined).consortium.partners
    )
