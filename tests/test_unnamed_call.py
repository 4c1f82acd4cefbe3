"""No call is named: two are judged, and where they differ neither is the answer."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from alliance_check import check, check_frame
from alliance_check.evaluate import evaluate
from alliance_check.model.call import Call, Lot
from alliance_check.model.consortium import Consortium
from alliance_check.model.errors import AllianceCheckError
from alliance_check.model.outcome import Outcome, Verdict
from alliance_check.model.report import CALL, Report
from alliance_check.pipeline import Options, check_file, checked_file
from alliance_check.reports import FORMATS
from cli.files.style import Style
from cli.terminal.report import render
from tests.cli_runs import EIGHT, HEADER, SEVEN, TWELVE, UKRAINIAN, UNREAD, Command, Row, text_of
from tests.format_texts import TEXT_FORMATS
from tests.made_reports import calls_differ
from tests.outside_readers import junit_readers, runner

BRAZIL = ("Escola do Sul", "Brazil", "University", "Full partner")
OUTSIDE: tuple[Row, ...] = (*EIGHT, BRAZIL)
"""Eligible under 2023, not under 2026."""
NO_PACT: tuple[Row, ...] = tuple((*row, "no") for row in TWELVE)
"""Not eligible under 2023 in Lot 2, eligible under 2026."""
PACT = (*HEADER, "Pact for Skills")
ONE, TWO = ("--lot", "innovation"), ("--lot", "skills")
BOTH = "ELIGIBLE under call 2023 · NOT ELIGIBLE under call 2026, the newest known"
REVERSE = "NOT ELIGIBLE under call 2023 · ELIGIBLE under call 2026, the newest known"


def judged(rows: tuple[Row, ...], **more: Any) -> Report:
    return check(text_of(rows).encode(), lot="innovation", **more)


def title(text: str, rows: tuple[Row, ...] = OUTSIDE) -> bytes:
    return f'"{text}"\n\n{text_of(rows)}'.encode()


# --- The verdict ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        (EIGHT, Verdict.ELIGIBLE),
        ((*EIGHT, UKRAINIAN), Verdict.ELIGIBLE),
        (SEVEN, Verdict.NOT_ELIGIBLE),
        ((*SEVEN, BRAZIL), Verdict.NOT_ELIGIBLE),
        (UNREAD, Verdict.UNDECIDED),
    ],
)
def test_where_the_calls_agree_that_is_the_verdict(rows: tuple[Row, ...], verdict: Verdict) -> None:
    report = judged(rows)
    assert (report.verdict, report.call_verdict, report.call.id) == (verdict, None, "2023")
    assert report.newest is not None
    assert (report.newest.call, report.newest.verdict) == ("2026", verdict)
    assert report.outcome(CALL) is None


def test_a_yes_that_the_newest_call_denies_is_undecided() -> None:
    report = judged(OUTSIDE)
    assert (report.verdict, report.exit_code) == (Verdict.UNDECIDED, 3)
    assert report.call_verdict is Verdict.ELIGIBLE
    first = report.findings[0]
    assert (first.rule, first.outcome) == (CALL, Outcome.TO_CHECK)
    assert [str(cell) for cell in first.answer.cells] == ["B10"]
    assert "--call 2023 or --call 2026" in str(first.answer.hint)


def test_a_no_that_the_newest_call_denies_is_undecided_though_a_rule_is_not_met() -> None:
    report = check(text_of(NO_PACT, PACT).encode(), lot="skills")
    assert (report.verdict, report.exit_code) == (Verdict.UNDECIDED, 3)
    assert report.call_verdict is Verdict.NOT_ELIGIBLE
    assert report.outcome("pact-for-skills") is Outcome.NOT_MET
    assert report.findings[0].rule == CALL


def test_strict_judges_both_calls_strictly() -> None:
    cautioned = ("Longyear Works", "Svalbard", "SME", "Full partner")
    report = judged((*OUTSIDE, cautioned), strict=True)
    assert (report.verdict, report.call_verdict) == (Verdict.UNDECIDED, Verdict.UNDECIDED)
    assert report.newest is not None
    assert report.newest.verdict is Verdict.NOT_ELIGIBLE


@pytest.mark.parametrize(("call", "verdict"), [("2023", "eligible"), ("2026", "not-eligible")])
def test_a_call_that_is_named_decides_alone(call: str, verdict: str) -> None:
    report = judged(OUTSIDE, call=call)
    assert (report.verdict.value, report.call.id, report.call_verdict) == (verdict, call, None)
    assert report.outcome(CALL) is None


def test_rules_and_advice_are_those_of_2023() -> None:
    named, unnamed = judged(OUTSIDE, call="2023"), judged(OUTSIDE)
    assert unnamed.findings[1:] == named.findings
    assert unnamed.advice == named.advice
    assert unnamed.newest == named.newest


def test_nothing_is_judged_more_often_than_where_the_call_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def counting(consortium: Consortium, call: Call, lot: Lot, *, strict: bool) -> Any:
        asked.append(call.id)
        return evaluate(consortium, call, lot, strict=strict)

    monkeypatch.setattr("alliance_check.calls.evaluate", counting)
    judged(OUTSIDE)
    assert asked == ["2023", "2026"]
    judged(OUTSIDE, call="2023")
    assert asked == ["2023", "2026"] * 2


# --- Where a call is named -----------------------------------------------------------------------


def test_a_lot_that_one_call_has_names_that_call(command: Command) -> None:
    ran = command.json(command.sheet("p.csv", TWELVE), "--lot", "stem")
    assert ran.document["call"] == "2026"
    assert ran.document["origins"] == {"call": "option", "lot": "option"}


def test_a_lot_that_a_call_does_not_have_stays_wrong_usage(command: Command) -> None:
    assert command(command.sheet("p.csv"), "--lot", "stem", "--call", "2023").code == 2


def test_the_option_the_configuration_and_the_sheet_name_the_call(command: Command) -> None:
    name = command.sheet("p.csv", OUTSIDE)
    assert command.json(name, *ONE).document["origins"] == {"lot": "option"}
    ran = command.json(name, *ONE, "--call", "latest")
    assert (ran.code, ran.document["origins"]["call"]) == (1, "option")
    (command.folder / "alliance-check.toml").write_text('call = "2026"\nlot = "1"\n', "utf-8")
    ran = command.json(name)
    named = {"call": "configuration", "lot": "configuration"}
    assert (ran.code, ran.document["origins"]) == (1, named)


@pytest.mark.parametrize(
    "text", ["Alliances for Innovation 2026, Lot 1", "ERASMUS-EDU-2026-PI-ALL-INNO-EDU-ENTERP"]
)
def test_a_title_names_call_and_lot(command: Command, text: str) -> None:
    (command.folder / "p.csv").write_bytes(title(text))
    ran = command.json("p.csv")
    assert (ran.code, ran.document["verdict"]) == (1, "not-eligible")
    assert (ran.document["call"], ran.document["lot"]) == ("2026", "innovation")
    assert ran.document["origins"] == {"call": "A1", "lot": "A1"}
    assert command.json("p.csv", "--call", "2023").document["origins"]["call"] == "option"


def test_a_label_names_the_call(command: Command) -> None:
    (command.folder / "p.csv").write_text(f"Call;2026\n\n{text_of(OUTSIDE)}", "utf-8")
    ran = command.json("p.csv", *ONE)
    assert (ran.document["call"], ran.document["origins"]["call"]) == ("2026", "B1")


def test_a_title_and_a_label_that_differ_name_no_call() -> None:
    text = f"Call;2023\nAlliances for Innovation 2026\n\n{text_of(OUTSIDE)}"
    (report,) = check_file(text.encode(), "p.csv", Options(lot="innovation"))
    assert report.call_verdict is Verdict.ELIGIBLE
    assert [problem.id for problem in report.problems] == ["unread-call"]


def test_a_title_with_a_call_that_has_no_rulebook_is_refused_as_a_label_is() -> None:
    with pytest.raises(AllianceCheckError, match="2025"):
        check_file(title("Call 2025"), "p.csv", Options(lot="innovation"))


def test_every_lot_is_judged_under_both_calls(command: Command) -> None:
    ran = command.json(command.sheet("p.csv", OUTSIDE))
    lots = {report["lot"]: report["call_verdict"] for report in ran.document["reports"]}
    assert (ran.code, lots) == (3, {"innovation": "eligible", "skills": None})


# --- What is said of it --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "header", "lot", "headline"),
    [(OUTSIDE, HEADER, ONE, BOTH), (NO_PACT, PACT, TWO, REVERSE)],
)
def test_the_headline_gives_both_with_equal_weight(
    command: Command,
    rows: tuple[Row, ...],
    header: Row,
    lot: tuple[str, str],
    headline: str,
) -> None:
    name = command.sheet("p.csv", rows, header)
    ran = command(name, *lot)
    assert (ran.code, ran.out.splitlines()[0]) == (3, headline)
    assert command(name, *lot, "--quiet").out.startswith(headline)
    why = ran.out.partition("\nWhat stands in the way\n")[2]
    assert why.split()[:2] == ["?", "call:"]
    assert ran.out.endswith("UNDECIDED until the call is named: --call 2023 or --call 2026.\n")


def test_the_second_line_names_both_calls_where_they_agree(command: Command) -> None:
    out = command(command.sheet("p.csv"), *ONE).out
    assert out.startswith("ELIGIBLE   p.csv · Lot 1 · calls 2023 and 2026\n")
    second = " ".join(out.split("\n\n")[0].split())
    assert "call 2023 closes 3 May 2023 17:00 (Brussels) · call 2026: same verdict" in second


def test_possible_partners_and_advice_are_said_to_be_of_one_call_where_the_other_differs(
    command: Command,
) -> None:
    possible, change = "with all possible partners", "\nWhat to change"
    name = command.sheet("p.csv", (*SEVEN, ("TBC", "Spain", "SME", "Full partner"), BRAZIL))
    out = command(name, *ONE).out
    assert f"{possible} (call 2023): eligible" in out
    assert f"{change} (call 2023)" in out
    named = command(name, *ONE, "--call", "2023").out
    assert f"{possible}: eligible" in named
    assert f"{change}\n" in named


def test_a_folder_says_so_of_each_file(command: Command) -> None:
    command.sheet("all/a.csv", EIGHT)
    command.sheet("all/b.csv", OUTSIDE)
    ran = command("all", *ONE)
    assert ran.code == 3
    assert "no call named: calls 2023 and 2026" in " ".join(ran.out.split())
    flat = " ".join(ran.out.split())
    assert "UNDECIDED b.csv eligible under call 2023, not eligible under call 2026" in flat
    assert "No call is named, and the calls differ; --call decides." in flat
    assert "--call decides" not in command("all", *ONE, "--call", "2023").out


def test_json_and_json_lines_say_so(command: Command) -> None:
    name = command.sheet("p.csv", OUTSIDE)
    document = command.json(name, *ONE).document
    assert (document["verdict"], document["exit_code"], document["call"]) == (
        "undecided",
        3,
        "2023",
    )
    assert (document["rules"][0]["id"], document["rules"][0]["outcome"]) == (CALL, "to-check")
    assert document["call_verdict"] == "eligible"
    assert document["newest"]["verdict"] == "not-eligible"
    assert document["newest"]["differs"] == ["non-associated-countries"]
    assert json.loads(command(name, *ONE, "--format", "jsonl").out) == document


def _concise(text: str) -> bool:
    lines = text.splitlines()
    return "p.csv:B10: to-check call " in lines[0] and f"p.csv: {BOTH}, Lot 1 " in lines[-1]


def _csv(text: str) -> bool:
    first = next(csv.DictReader(io.StringIO(text)))
    return (first["finding"], first["outcome"], first["verdict"]) == (CALL, "to-check", "undecided")


def _junit(text: str) -> bool:
    first = junit_readers.cases(text)[0]
    return first.name == CALL and BOTH in text


def _github(text: str) -> bool:
    first, second = [one for one in runner.commands(text) if one][:2]
    return BOTH in first.text and "(call)" in second.properties["title"]


def _sarif(text: str) -> bool:
    run = json.loads(text)["runs"][0]
    (summary,) = run["properties"]["reports"]
    return run["results"][0]["ruleId"] == CALL and BOTH in summary["text"]


def _markdown(text: str) -> bool:
    return text.startswith(f"## {BOTH}: p.csv\n") and "| call | **to check** |" in text


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("concise", _concise),
        ("csv", _csv),
        ("junit", _junit),
        ("github", _github),
        ("sarif", _sarif),
        ("markdown", _markdown),
    ],
)
def test_every_other_format_says_so_first(
    command: Command, name: str, says: Callable[[str], bool]
) -> None:
    ran = command(command.sheet("p.csv", OUTSIDE), *ONE, "--format", name)
    assert ran.code == 3
    assert says(ran.out)


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_each_format_has_its_golden_file(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"unnamed-call.{name}", FORMATS[name].render([calls_differ()], batch=False))


def test_the_report_for_people_has_its_golden_file(golden: Callable[[str, str], None]) -> None:
    golden("unnamed-call.terminal-80.txt", render([calls_differ()], Style(width=80)))


# --- The gate ------------------------------------------------------------------------------------


def test_a_gate_that_fails_on_not_eligible_only_lets_it_pass(command: Command) -> None:
    name = command.sheet("p.csv", OUTSIDE)
    assert command(name, *ONE, "--fail-on", "not-eligible").code == 0
    assert command(name, *ONE, "--fail-on", "undecided").code == 3
    name = command.sheet("q.csv", NO_PACT, PACT)
    assert command(name, *TWO, "--fail-on", "not-eligible").code == 0


def test_the_call_cannot_be_waived(command: Command) -> None:
    name = command.sheet("p.csv", OUTSIDE)
    waiver = '[[waiver]]\nrule = "call"\nreason = "It will do."\n'
    (command.folder / "alliance-check.toml").write_text(waiver, "utf-8")
    ran = command(name, *ONE)
    assert ran.code == 2
    assert "call" in ran.err


def test_waivers_of_other_rules_do_not_pass_over_the_call(command: Command) -> None:
    name = command.sheet("p.csv", (*UNREAD, BRAZIL))
    waiver = '[[waiver]]\nrule = "excluded-countries"\nreason = "It is in Bonn."\n'
    (command.folder / "alliance-check.toml").write_text(waiver, "utf-8")
    assert command(name, *ONE, "--call", "2023").code == 0
    ran = command(name, *ONE)
    assert ran.code == 3
    assert "gate failed: 1 waived, 1 still to check" in " ".join(ran.out.split())


def test_a_waiver_passes_only_what_it_covers_under_both_calls(command: Command) -> None:
    # What an unread country means for who may take part is open under 2026 alone.
    name = command.sheet("p.csv", UNREAD)
    waiver = '[[waiver]]\nrule = "excluded-countries"\nreason = "It is in Bonn."\n'
    (command.folder / "alliance-check.toml").write_text(waiver, "utf-8")
    assert command(name, *ONE, "--call", "2023").code == 0
    assert command(name, *ONE, "--call", "2026").code == 3
    assert command(name, *ONE).code == 3
    more = '[[waiver]]\nrule = "non-associated-countries"\nreason = "It is in Bonn."\n'
    (command.folder / "alliance-check.toml").write_text(waiver + more, "utf-8")
    ran = command(name, *ONE)
    assert ran.code == 0
    assert "gate passed: 2 waived" in ran.out.splitlines()[0]
    for form in TEXT_FORMATS:
        assert command(name, *ONE, "--format", form).code == 0


# --- What-if, diff, questions, frames ------------------------------------------------------------


def test_a_what_if_says_what_becomes_of_the_call(command: Command) -> None:
    name = command.sheet("p.csv", OUTSIDE)
    ran = command(name, *ONE, "--what-if", "drop:A10")
    assert (ran.code, ran.out.splitlines()[0].startswith("ELIGIBLE, was undecided")) == (0, True)
    assert "→ the calls agree" in " ".join(ran.out.split())
    name = command.sheet("q.csv", EIGHT)
    ran = command(name, *ONE, "--what-if", "country:A2=BR")
    assert ran.code == 1, "a coordinator from outside is a no under both"


def test_a_diff_shows_both_verdicts(command: Command) -> None:
    before, after = command.sheet("a.csv", EIGHT), command.sheet("b.csv", OUTSIDE)
    out = " ".join(command("diff", before, after, *ONE).out.split())
    assert f"ELIGIBLE → {BOTH}" in out
    assert "the calls agree, or one is named → to check" in out
    ran = command("diff", before, after, *ONE, "--format", "json")
    (one,) = json.loads(ran.out)["consortia"][0]["lots"]
    assert (one["before"]["verdict"], one["after"]["verdict"]) == ("eligible", "undecided")
    assert [rule["id"] for rule in one["rules"]][-1] == CALL


def test_questions_ask_for_the_call_first(command: Command) -> None:
    name = command.sheet("p.csv", OUTSIDE)
    out = " ".join(command("questions", name, *ONE).out.split())
    assert "Name the call under which the consortium applies" in out


def test_what_an_answer_means_is_judged_under_both_calls(command: Command) -> None:
    name = command.sheet("p.csv", UNREAD)
    document = json.loads(command("questions", name, *ONE, "--format", "json").out)
    answers = document["consortia"][0]["questions"][0]["answers"]
    outside = next(answer for answer in answers if "not associated" in answer["text"])
    assert outside["verdict"] == "undecided"
    named = command("questions", name, *ONE, "--call", "2023", "--format", "json")
    answers = json.loads(named.out)["consortia"][0]["questions"][0]["answers"]
    outside = next(answer for answer in answers if "not associated" in answer["text"])
    assert outside["verdict"] == "eligible"


def test_a_frame_gets_the_answer_that_a_sheet_gets() -> None:
    rows = [("bid 1", *row) for row in EIGHT] + [("bid 2", *row) for row in OUTSIDE]
    frame = check_frame(pd.DataFrame(rows, columns=["Bid", *HEADER]), by="Bid", lot="innovation")
    assert list(frame["verdict"]) == ["eligible", "undecided"]
    assert list(frame["exit code"]) == [0, 3]
    assert list(frame["call"]) == ["2023", "2023"]
    there = frame.loc["bid 2"]
    assert (there["verdict of 2023"], there["verdict of 2026"]) == ("eligible", "not-eligible")
    named = check_frame(
        pd.DataFrame(rows, columns=["Bid", *HEADER]), by="Bid", lot="innovation", call="2023"
    )
    assert list(named["verdict"]) == ["eligible", "eligible"]
    assert named["verdict of 2023"].isna().all()


def test_a_report_pickles_with_where_its_call_was_named() -> None:
    import pickle

    (one,) = checked_file(title("Call 2026"), "p.csv", Options(lot="innovation"))
    assert pickle.loads(pickle.dumps(one.report)).origins == {"call": "A1", "lot": "option"}  # noqa: S301
