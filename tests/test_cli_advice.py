"""What to change, the margin and the what-if, from the file to what the command says."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from typing import Any

import pytest

from alliance_check import pipeline
from tests.cli_runs import EIGHT, SEVEN, TWELVE, UNREAD, Command, Row, raising
from tests.cli_runs import HEADER as NAMES
from tests.consortia import csv, row

LOT = ("--lot", "innovation")
AMISS = (
    *(("country", "?"), ("country", "RU"), ("country", "CH"), ("kind", "?"), ("kind", "N")),
    *(("role", "a"), ("role", "?"), ("status", "-")),
)
MINIMA = ("minimum-", "higher-education-partner", "vet-partner")


def what_if(changes: Iterable[str]) -> list[str]:
    return [part for change in changes for part in ("--what-if", change)]


def said(text: str) -> str:
    return " ".join(text.split())


def some_consortium(seed: int) -> str:
    """Return a sheet that is nearly eligible: a good one with two or three things amiss."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    good = ["DE H c", "FR H", "IT V", "NO V", "DE L", "FR L", "IT L", "NO L"]
    rows = [row(text if text.endswith("c") else f"{text} f") for text in good]
    for _ in range(dice.randrange(1, 4)):
        at = dice.randrange(len(rows))
        field, key = dice.choice(AMISS)
        rows[at] = rows[at]._replace(**{field: key})
    return csv(rows if dice.random() < 0.7 else rows[:-1])


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("call", ["2023", "2026"])
def test_a_printed_repair_replayed_on_the_file_makes_it_eligible(
    command: Command, seed: int, call: str
) -> None:
    (command.folder / "p.csv").write_text(some_consortium(seed), "utf-8")
    arguments = ("p.csv", *LOT, "--call", call)
    advice = command.json(*arguments).document["advice"]
    for repair in advice["repairs"]:
        ran = command.json(*arguments, *what_if(repair["changes"]))
        assert ran.code == 0, f"{repair} in\n{some_consortium(seed)}"
        assert ran.document["verdict"] == "eligible"
        assert ran.document["what_if"]["changes"] == repair["changes"]
    assert advice["repairs"] or advice["none"] or command(*arguments).code == 0


@pytest.mark.parametrize("seed", range(25))
def test_no_single_change_left_out_of_a_repair_is_enough(command: Command, seed: int) -> None:
    (command.folder / "p.csv").write_text(some_consortium(seed), "utf-8")
    for repair in command.json("p.csv", *LOT).document["advice"]["repairs"]:
        for number in range(len(repair["changes"])):
            fewer = repair["changes"][:number] + repair["changes"][number + 1 :]
            code = command.json("p.csv", *LOT, *what_if(fewer)).code
            assert code != 0, f"{repair} would do without its change {number}"


def test_a_what_if_gives_what_the_edited_file_gives(command: Command) -> None:
    edited = [list(r) for r in (*EIGHT, UNREAD[-1])]
    edited[8][1], edited[2][2], edited[1][3] = "Poland", "NGO", "Associated partner"
    command.sheet("edited.csv", edited)
    command.sheet("p.csv", (*EIGHT, UNREAD[-1]))
    changes = ("country:A10=Poland", "type:A4=NGO", "role:A3=associated partner")
    have = command.json("p.csv", *LOT, *what_if(changes)).document
    want = command.json("edited.csv", *LOT).document
    for key in ("verdict", "exit_code", "rules", "partners", "problems", "advice", "not_checked"):
        assert have[key] == want[key], key
    assert (have["what_if"]["verdict_before"], have["verdict"]) == ("undecided", "not-eligible")


def test_a_partner_left_out_is_as_if_its_row_were_not_there(command: Command) -> None:
    command.sheet("p.csv", TWELVE)
    command.sheet("edited.csv", TWELVE[:-1])
    have = command.json("p.csv", *LOT, "--what-if", "drop:A13").document
    want = command.json("edited.csv", *LOT).document
    assert (have["rules"], have["partners"]) == (want["rules"], want["partners"])


def leaving(command: Command, cells: Sequence[str]) -> dict[str, str]:
    """Return what the minima answer when some partners leave."""
    ran = command.json("p.csv", *LOT, *what_if(f"drop:{cell}" for cell in cells))
    rules: list[dict[str, Any]] = ran.document["rules"]
    return {r["id"]: r["outcome"] for r in rules if r["id"].startswith(MINIMA)}


@pytest.mark.parametrize("rows", [EIGHT, TWELVE, (*EIGHT, TWELVE[-1])])
def test_whoever_is_not_said_to_be_indispensable_may_leave(
    command: Command, rows: Sequence[Row]
) -> None:
    command.sheet("p.csv", rows)
    advice = command.json("p.csv", *LOT).document["advice"]
    everyone = [f"A{number}" for number in range(2, len(rows) + 2)]
    broken = [cell for cell in everyone if set(leaving(command, [cell]).values()) != {"met"}]
    assert broken == advice["critical_partners"]
    assert set(leaving(command, advice["example"]).values()) != {"met"}
    assert len(advice["example"]) == advice["fewest"]


def test_an_eligible_report_says_what_is_to_spare_and_in_full_who_cannot_be_lost(
    command: Command,
) -> None:
    command.sheet("p.csv", (*EIGHT, ("Texteis", "Portugal", "SME", "Full partner")))
    out = said(command("p.csv", *LOT, "--full").out)
    assert "full partners 9 / 8 ██████████ 1 to spare" in out
    assert "Margin No partner is indispensable; 2 who leave can break a minimum" in out
    command.sheet("p.csv", EIGHT)
    out = said(command("p.csv", *LOT, "--full").out)
    assert "full partners 8 / 8 ██████████ none to spare" in out
    assert "No full partner that counts can be lost: none is to spare." in out
    ten = [*EIGHT[:2], *TWELVE[8:10], *EIGHT[4:], *TWELVE[10:], EIGHT[2]]
    command.sheet("p.csv", ten)
    out = said(command("p.csv", *LOT, "--full").out)
    assert "Cannot be lost, or a minimum is not met: Lycée des Métiers (A12)." in out


def test_a_report_that_is_not_eligible_says_what_to_change(command: Command) -> None:
    out = said(command(command.sheet("p.csv", SEVEN), *LOT).out)
    assert "What to change 1. Add 1 full partner of any kind." in out
    assert "Margin" not in out
    reserve = [(*r, "confirmed") for r in SEVEN] + [(*EIGHT[-1], "reserve")]
    out = said(command(command.sheet("p.csv", reserve, (*NAMES, "Status")), *LOT, "--full").out)
    assert "What to change 1. Confirm Cámara del Sur (A9), which is only possible so far." in out
    assert '--what-if "confirm:A9"' in out


def test_no_advice_leaves_it_out(command: Command) -> None:
    command.sheet("p.csv", SEVEN)
    assert "What to change" not in command("p.csv", *LOT, "--no-advice").out
    assert command.json("p.csv", *LOT, "--no-advice").document["advice"] is None
    command.sheet("p.csv")
    assert "Margin" not in command("p.csv", *LOT, "--no-advice").out


def test_nothing_is_sought_that_is_not_shown(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    command.sheet("in/a.csv", SEVEN)
    command.sheet("in/b.csv")
    monkeypatch.setattr(pipeline, "_advice", raising(AssertionError("nobody sees it")))
    for form in ("terminal", "concise", "junit", "sarif", "github", "csv"):
        assert command("in", *LOT, "--format", form).code == 1, form
    assert command("in/a.csv", *LOT, "--quiet").code == 1
    for form in ("json", "jsonl", "markdown"):
        assert command("in", *LOT, "--format", form).code == 70, f"{form} has room for it"


def test_a_what_if_prints_the_difference_and_nothing_else(command: Command) -> None:
    ran = command(command.sheet("p.csv"), *LOT, "--what-if", "drop:A2")
    assert ran.code == 1
    assert ran.out.splitlines() == [
        "NOT ELIGIBLE, was eligible   p.csv · Lot 1 · calls 2023 and 2026",
        "what if: drop:A2",
        "",
        "What changes",
        "  ✗ full partners: none to spare → 1 missing",
        "  ✓ education and training providers: 1 to spare → none to spare",
        "  ✓ higher education institution: 1 to spare → none to spare",
        "  – all minima at once: met → not applicable",
        "  ✗ one coordinator: met → not met (have 0, need exactly 1)",
        "  – coordinator's country: met → not applicable",
    ]


def test_a_change_without_effect_says_so(command: Command) -> None:
    ran = command(command.sheet("p.csv"), *LOT, "--what-if", "confirm:A2")
    assert ran.code == 0
    assert "ELIGIBLE, as before p.csv" in said(ran.out)
    assert "No rule answers otherwise, and no margin changes." in ran.out


def test_what_is_assumed_of_a_new_partner_is_said(command: Command) -> None:
    command.sheet("p.csv", SEVEN)
    ran = command("p.csv", *LOT, "--what-if", "add:PL:hei")
    assert ran.code == 0
    assert "A new partner is taken with a share of 0 and, if it is a university, with a" in ran.out
    assert "A new partner" not in command("p.csv", *LOT, "--what-if", "drop:A8").out


def test_under_another_grant_the_shares_say_nothing(command: Command) -> None:
    rows = [(*r, "250000") for r in EIGHT]
    command.sheet("p.csv", rows, (*NAMES, "EU contribution"))
    before = command.json("p.csv", *LOT).document
    assert before["verdict"] == "not-eligible", "two million are more than any ceiling of the lot"
    for more in ((), ("--strict",)):
        changes = what_if(["grant=1000000", "duration=24", "total=1.5m"])
        after = command.json("p.csv", *LOT, *changes, *more).document
        outcomes = {r["id"]: r["outcome"] for r in after["rules"]}
        assert outcomes["partner-shares"] == "not-applicable"
        assert outcomes["grant-ceiling"] == "met"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("drop:A99", "no partner's name stands in A99"),
        ("drop:B3", "the name in that row stands in A3"),
        ("country:A3=Atlantis", '"Atlantis" does not mean a country'),
        ("paint:A3=red", "is not a change; write one such as drop:A7"),
        ("country:A3", "needs a value, as in country:A7=Norway"),
        ("share:A3=5", "the sheet has no column of shares"),
        ("role:A3=boss of all", "does not mean a role"),
        ("grant=much", "does not mean an amount in EUR"),
        ("duration=soon", "does not mean a length"),
        ("add:PL:castle", "does not mean a country and a kind"),
    ],
)
def test_a_change_that_means_nothing_is_wrong_usage(
    command: Command, change: str, says: str
) -> None:
    ran = command(command.sheet("p.csv"), *LOT, "--what-if", change)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_what_if_is_about_one_file_and_shown_as_what_it_is(command: Command) -> None:
    command.sheet("in/a.csv")
    command.sheet("in/b.csv")
    ran = command("in", *LOT, "--what-if", "drop:A2")
    assert (ran.code, ran.err) == (
        2,
        "alliance-check: --what-if is about one file; name that file alone.\n",
    )
    ran = command("in/a.csv", *LOT, "--what-if", "drop:A2", "--format", "junit")
    assert ran.code == 2
    words = "--what-if is not shown by junit; use the formats terminal, json, jsonl, html, xlsx."
    assert words in ran.err
    assert command("in/a.csv", *LOT, "--what-if", "drop:A2", "--summary-file", "s.md").code == 2


def test_of_a_table_of_many_a_what_if_needs_to_know_which(command: Command) -> None:
    rows = [(bid, *r) for bid in ("A", "B") for r in SEVEN]
    command.sheet("many.csv", rows, ("Bid", *NAMES))
    ran = command("many.csv", *LOT, "--by", "Bid", "--what-if", "add:PL:vet")
    assert ran.code == 2
    assert "is about one consortium of the file; pick one by --project." in ran.err
    ran = command("many.csv", *LOT, "--by", "Bid", "--project", "B", "--what-if", "add:PL:vet")
    assert ran.code == 0


def test_without_a_lot_a_what_if_reports_each(command: Command) -> None:
    ran = command(command.sheet("p.csv", TWELVE), "--what-if", "drop:A13")
    assert ran.out.count("what if: drop:A13") == 2
    assert "NOT ELIGIBLE, was eligible p.csv · Lot 2" in said(ran.out)
    assert ran.code == 3


@pytest.mark.parametrize("columns", [3, 4])
def test_a_list_without_some_columns_gets_advice_too(command: Command, columns: int) -> None:
    rows = [row[:columns] for row in (*EIGHT, UNREAD[-1])]
    command.sheet("p.csv", rows, NAMES[:columns])
    found = command.json("p.csv", *LOT).document["advice"]
    assert found["repairs"], found["none"]
    for repair in found["repairs"]:
        assert command("p.csv", *LOT, *what_if(repair["changes"])).code == 0
    assert command("p.csv", *LOT, "--what-if", "country:A10=Portugal").code in {0, 1, 3}


def test_without_types_the_advice_is_to_state_them(command: Command) -> None:
    command.sheet("p.csv", [row[:2] for row in EIGHT], NAMES[:2])
    found = command.json("p.csv", *LOT).document["advice"]
    assert found["repairs"] == []
    assert found["none"].startswith('Add a column "Type"')
