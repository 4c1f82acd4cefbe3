"""The outputs for machines, and what every output shares."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import get_args

import pytest

from alliance_check.model.outcome import Outcome, Verdict
from alliance_check.model.report import Failure, Newest, Report
from alliance_check.model.sheet import Cell
from alliance_check.reports import FORMATS
from alliance_check.reports.escaping import UNSAFE, ascii_json, ascii_only, visible
from alliance_check.reports.places import places_of, ranges
from alliance_check.reports.words import cite, newest_line, verdict_words
from cli.exit_codes import code_of_lots
from cli.options.declared import FormatName
from tests.format_texts import TEXT_FORMATS
from tests.made_reports import (
    FINDINGS,
    HOSTILE,
    clause,
    eligible,
    from_outside,
    hostile,
    minimum,
    report,
)

KEYS = [
    "schema",
    "tool",
    "input",
    "call",
    "lot",
    "verdict",
    "exit_code",
    "project",
    "origins",
    "rules",
    "problems",
    "partners",
    "advice",
    "newest",
    "not_checked",
]
RULE_KEYS = [
    "id",
    "title",
    "outcome",
    "message",
    "need",
    "low",
    "high",
    "cells",
    "cautions",
    "source",
]
PARTNER_KEYS = [
    "row",
    "name",
    "country",
    "counts_as_country",
    "group",
    "role",
    "presence",
    "kinds",
    "counts_as",
    "may_count_as",
]
BROKEN = Failure("broken.xlsx", 4, "unreadable-file", "broken.xlsx is damaged.", "0.1.0")


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_each_format_writes_what_its_golden_file_holds(
    name: str, golden: Callable[[str, str], None]
) -> None:
    golden(f"report.{name}", FORMATS[name].render([report()], batch=False))
    golden(f"batch.{name}", FORMATS[name].render([report(), eligible(), BROKEN], batch=True))


def test_the_json_of_a_report_has_the_agreed_names_in_their_order() -> None:
    document = json.loads(FORMATS["json"].render([report()], batch=False))
    assert [key for key in document if key in KEYS] == KEYS
    rule = document["rules"][0]
    assert [key for key in rule if key in RULE_KEYS] == RULE_KEYS
    assert set(rule["source"]) == {"title", "page", "url"}
    assert list(document["partners"][0]) == PARTNER_KEYS
    assert list(document["problems"][0]) == ["id", "cell", "value", "message", "hint"]


def test_amounts_in_json_are_texts_with_two_decimals() -> None:
    document = json.loads(FORMATS["json"].render([report()], batch=False))
    assert document["project"]["grant_eur"] == "950000.50"
    assert document["project"]["total_eur"] is None
    assert document["origins"] == {
        "call": "option",
        "lot": "option",
        "duration_months": "option",
        "grant_eur": "Partners!F2:F9",
    }
    money = next(rule for rule in document["rules"] if rule["id"] == "grant-ceiling")
    assert (money["need_eur"], money["have_eur"]) == ("1000000.00", "950000.50")
    assert (document["rules"][0]["need_eur"], document["rules"][0]["have_eur"]) == (None, None)


def test_a_range_of_counts_is_low_and_high_in_json_and_null_where_nothing_is_counted() -> None:
    rules = json.loads(FORMATS["json"].render([report()], batch=False))["rules"]
    assert [rules[0][key] for key in ("need", "low", "high")] == [4, 3, 4]
    assert [rules[-1][key] for key in ("need", "low", "high")] == [None, None, None]


def test_a_run_that_could_not_judge_is_an_object_of_its_own_also_in_a_batch() -> None:
    alone = json.loads(FORMATS["json"].render([BROKEN], batch=False))
    assert alone["verdict"] is None
    assert alone["exit_code"] == 4
    assert alone["error"] == {"code": "unreadable-file", "message": "broken.xlsx is damaged."}
    batch = json.loads(FORMATS["json"].render([report(), BROKEN], batch=True))
    assert batch["schema"] == "alliance-check/batch-v1"
    assert batch["reports"][1] == alone


@pytest.mark.parametrize("name", TEXT_FORMATS)
@pytest.mark.parametrize("text", HOSTILE)
def test_no_unsafe_character_reaches_an_output(name: str, text: str) -> None:
    written = FORMATS[name].render([hostile(text)], batch=False)
    assert set(UNSAFE.findall(written.replace("\r\n", "\n"))) <= {"\n"}
    assert written.encode("utf-8")


@pytest.mark.parametrize("text", HOSTILE)
def test_json_gives_back_the_text_of_the_sheet_unchanged(text: str) -> None:
    document = json.loads(FORMATS["json"].render([hostile(text)], batch=False))
    assert {partner["name"] for partner in document["partners"]} == {text}
    assert document["problems"][0]["value"] == text


@pytest.mark.parametrize("text", HOSTILE)
def test_a_line_break_in_a_sheet_makes_no_line_of_its_own(text: str) -> None:
    plain = FORMATS["concise"].render([hostile("plain")], batch=False)
    evil = FORMATS["concise"].render([hostile(text)], batch=False)
    assert len(evil.splitlines()) == len(plain.splitlines())


def test_concise_names_place_outcome_and_rule_and_ends_with_the_verdict() -> None:
    lines = FORMATS["concise"].render([report()], batch=False).splitlines()
    assert lines[1].startswith("partners.xlsx:Partners!C9: to-check minimum-countries ")
    assert lines[-1].startswith("partners.xlsx: NOT ELIGIBLE, Lot 1 ")
    assert not any(" met " in line.replace("not-met", "") for line in lines)


def test_json_never_changes_from_run_to_run() -> None:
    assert FORMATS["json"].render([report()], batch=False) == FORMATS["json"].render(
        [report()], batch=False
    )


def test_ascii_forms_hold_no_other_character_and_json_stays_the_same_json() -> None:
    assert ascii_only(visible("Bø–3 \u202e 漢 €")) == r"Bo-3 \u202e \u6f22 EUR"
    dumped = FORMATS["json"].render([hostile("Ünï 漢 \U0001f600")], batch=False)
    assert ascii_json(dumped).isascii()
    assert json.loads(ascii_json(dumped)) == json.loads(dumped)


def test_zero_width_joiners_of_words_are_shown_and_those_of_letters_stay() -> None:
    assert visible("Ger\u200bmany\ufeff") == r"Ger\u200bmany\ufeff"
    assert visible("می\u200cخواهم") == "می\u200cخواهم"


def test_neighbouring_cells_become_ranges_sheet_by_sheet() -> None:
    cells = [Cell("B", 2, 1), Cell("A", 3, 2), Cell("A", 2, 2), Cell("A", 2, 3), Cell("B", 4, 1)]
    assert ranges(cells) == ("A!B2:B3", "A!C2", "B!A2", "B!A4")
    assert ranges([Cell("A", 2, 26), Cell("A", 2, 27)]) == ("A!Z2:AA2",)


def with_newest(verdict: Verdict, *findings: object) -> Report:
    newest = Newest("2026", verdict, tuple(findings), ())  # type: ignore[arg-type]
    return replace(report(), newest=newest)


def test_the_second_line_says_what_the_newest_call_says() -> None:
    assert str(newest_line(report())) == "call 2026: not eligible, same reason"
    assert str(newest_line(eligible())) == "call 2026: same verdict"
    other = minimum("minimum-countries", "countries", 3, 3, 5)
    assert str(newest_line(with_newest(Verdict.NOT_ELIGIBLE, other))) == (
        "call 2026: not eligible, countries: have 3, need 5"
    )
    assert str(newest_line(with_newest(Verdict.ELIGIBLE))) == "call 2026: eligible"
    assert newest_line(replace(report(), newest=None)) is None


def test_a_reason_of_the_newest_call_that_counts_nothing_names_its_cells() -> None:
    line = str(newest_line(replace(eligible(), newest=from_outside().newest)))
    assert line == (
        "call 2026: not eligible, third countries not associated: "
        "only as associated partner (Partners!C9)"
    )


def test_the_newest_call_names_a_reason_that_this_report_does_not_have() -> None:
    outside = minimum("non-associated-countries", "third countries", 0, 0, 1)
    vocational = FINDINGS[5]
    line = str(newest_line(with_newest(Verdict.NOT_ELIGIBLE, vocational, outside)))
    assert line == "call 2026: not eligible, third countries: have 0, need 1, and 1 more"
    two = replace(
        with_newest(Verdict.NOT_ELIGIBLE, vocational, outside), findings=(vocational, outside)
    )
    assert str(newest_line(two)) == "call 2026: not eligible, same reasons"


def test_what_is_only_to_check_is_no_reason_of_a_no() -> None:
    line = str(newest_line(with_newest(Verdict.NOT_ELIGIBLE, FINDINGS[5])))
    assert line == "call 2026: not eligible, same reason"


def test_cells_for_people_name_their_sheet_once() -> None:
    cells = [Cell("A", 2, 1), Cell("A", 4, 2), Cell("A", 5, 2), Cell("It's", 1, 1), Cell("B", 1, 1)]
    assert places_of(cells) == ("A!A2", "B4:B5", "B!A1", "'It''s'!A1")
    assert places_of([Cell(None, 2, 1), Cell(None, 4, 1)]) == ("A2", "A4")


def test_commands_to_build_servers_are_shown_by_number() -> None:
    assert visible("::error::x") == r"\x3a:error\x3a:x"
    assert visible("a ##[group]") == r"a \x23#[group]"
    assert visible("12::30 C## ratio 1:2") == "12::30 C## ratio 1:2"


def test_each_format_can_be_chosen() -> None:
    assert all(name in get_args(FormatName)[1].help for name in ("terminal", *FORMATS))


def test_an_eligible_verdict_carries_the_cautions_that_touch_it_and_no_other_does() -> None:
    assert str(verdict_words(from_outside())) == (
        "ELIGIBLE by the national agency's page; the guide lists no partner from outside "
        "(Partners!A9)"
    )
    assert str(verdict_words(replace(from_outside(), verdict=Verdict.UNDECIDED))) == "UNDECIDED"
    assert str(verdict_words(eligible())) == "ELIGIBLE"


def test_a_page_is_cited_as_a_page_and_a_section_by_its_name() -> None:
    assert str(cite(clause("x"))) == "Programme Guide 2023 p. 278"
    assert str(cite(replace(clause("x"), page="who may take part"))) == (
        "Programme Guide 2023: who may take part"
    )
    assert str(cite(replace(clause("x"), page=""))) == "Programme Guide 2023"


def test_lots_that_disagree_make_the_file_undecided() -> None:
    assert code_of_lots([report(), report()]) == 1
    assert code_of_lots([report(), eligible()]) == 3
    assert code_of_lots([eligible(), eligible()]) == 0
    assert code_of_lots([BROKEN]) == 4


def test_made_findings_show_every_outcome() -> None:
    assert {finding.outcome for finding in FINDINGS} == set(Outcome)
