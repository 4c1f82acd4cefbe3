"""The command line: what is asked, and the exit code that answers."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from alliance_check import __version__
from alliance_check.rulebook import calls
from tests.cli_runs import (
    EIGHT,
    SEVEN,
    TWELVE,
    UKRAINIAN,
    UNREAD,
    Command,
    process,
    raising,
    text_of,
    write,
)


@pytest.mark.parametrize(
    ("rows", "code", "verdict"),
    [(EIGHT, 0, "ELIGIBLE"), (SEVEN, 1, "NOT ELIGIBLE"), (UNREAD, 3, "UNDECIDED")],
)
def test_the_exit_code_is_the_verdict(
    command: Command, rows: tuple[tuple[str, ...], ...], code: int, verdict: str
) -> None:
    ran = command(command.sheet("p.csv", rows), "--lot", "innovation")
    assert (ran.code, ran.err) == (code, "")
    assert ran.out.startswith(f"{verdict}   p.csv · Lot 1 · calls 2023 and 2026\nAlliances for ")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["gone.csv"], "There is no file or folder 'gone.csv'."),
        (["p.csv", "--lot", "four"], '--lot "four" is not a lot; use innovation (Lot 1), '),
        (["p.csv", "--lot", "stem", "--call", "2023"], "The call 2023 has no lot 'stem'"),
        (["p.csv", "--duration", "3"], "--duration 3 is in months; for years write 3y."),
        (["p.csv", "--duration", "soon"], '--duration "soon" is not a length; write 24 (months)'),
        (["p.csv", "--duration", "0y"], '--duration "0y" is not a length'),
        (["p.csv", "--grant", "much"], '--grant "much" is not an amount in EUR'),
        (["p.csv", "--total", "-5"], '--total "-5" is not an amount in EUR'),
        (["p.csv", "--grant", "1.5"], "--grant 1.5 is too little for a project; write 1.5m or "),
        (["p.csv", "--total", "9999"], "write 9999m or 9999k."),
        (["p.csv", "--max-rows", "0"], "--max-rows must be from 1 to 10000000."),
        (["p.csv", "--max-rows", "many"], "Invalid value for '--max-rows'"),
        (["p.csv", "--encoding", "klingon"], "klingon"),
        (["p.csv", "--format", "toml"], '--format "toml" is not known; use terminal, json, '),
        (["p.csv", "--colour"], "No such option: --colour"),
        (["p.csv", "--output", "."], "--output '.' is a folder; name a file."),
        (["p.csv", "--output", "p.csv"], "--output 'p.csv' is an input; it would be overwritten."),
        (["p.csv", "--output", "no/where.txt"], "--output 'no/where.txt' cannot be written: no "),
        ([], "Missing argument 'PATH'"),
    ],
)
def test_wrong_usage_is_exit_2_and_one_sentence(
    command: Command, arguments: list[str], sentence: str
) -> None:
    command.sheet("p.csv")
    ran = command(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("alliance-check: ")
    assert sentence in ran.err
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("p.xlsx", b"PK\x03\x04 not a workbook", "p.xlsx"),
        ("p.csv", b"", "p.csv"),
        ("p.csv", b"shopping;list\nmilk;2\n", "name"),
        ("p.csv", b"Partner name;Country\n", "has no row of partners"),
    ],
)
def test_a_file_that_cannot_be_used_is_exit_4_and_one_sentence(
    command: Command, name: str, content: bytes, sentence: str
) -> None:
    (command.folder / name).write_bytes(content)
    ran = command(name, "--lot", "innovation")
    assert (ran.code, ran.out) == (4, "")
    assert sentence in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_file_that_may_not_be_read_is_exit_4(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    command.sheet("p.csv")
    monkeypatch.setattr(Path, "open", raising(PermissionError(13, "Permission denied")))
    ran = command("p.csv", "--lot", "innovation")
    assert (ran.code, ran.err) == (4, "alliance-check: p.csv cannot be read: permission denied.\n")


def test_a_file_larger_than_the_cap_is_refused_before_it_is_read(command: Command) -> None:
    with (command.folder / "p.csv").open("wb") as file:
        file.truncate(65 << 20)
    ran = command("p.csv", "--lot", "innovation")
    assert ran.code == 4
    assert "p.csv is larger than 64 MiB, half of --max-unpacked; " in ran.err


@pytest.mark.parametrize(
    ("option", "cap"), [("--max-rows", "4"), ("--max-columns", "3"), ("--max-cell", "10")]
)
def test_a_cap_names_the_option_that_raises_it(command: Command, option: str, cap: str) -> None:
    ran = command(command.sheet("p.csv"), "--lot", "innovation", option, cap)
    assert ran.code == 4
    assert option in ran.err
    assert command("p.csv", "--lot", "innovation", option, "1000").code == 0


def test_a_broken_program_is_exit_70_and_one_sentence(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    command.sheet("p.csv")
    monkeypatch.setattr("cli.commands.check.judge.check_file", raising(ZeroDivisionError("oh")))
    ran = command("p.csv", "--lot", "innovation")
    assert (ran.code, ran.out) == (70, "")
    assert ran.err == (
        "alliance-check: Sorry, the program itself broke (ZeroDivisionError); "
        "ALLIANCE_CHECK_DEBUG=1 shows where, to be reported.\n"
    )
    monkeypatch.setenv("ALLIANCE_CHECK_DEBUG", "1")
    assert "Traceback" in command("p.csv", "--lot", "innovation").err


def test_whatever_breaks_outside_of_a_file_is_exit_70_too(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.commands.check.run.run", raising(RecursionError()))
    assert command(command.sheet("p.csv")).code == 70
    monkeypatch.setattr("cli.dispatch.split", raising(SystemExit(1)))
    assert command("p.csv").code == 70


def test_an_interruption_is_exit_130(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    command.sheet("p.csv")
    monkeypatch.setattr("cli.commands.check.judge.check_file", raising(KeyboardInterrupt()))
    assert command("p.csv", "--lot", "innovation") == (130, "", "")
    monkeypatch.setattr("cli.commands.check.style_of", raising(KeyboardInterrupt()))
    assert command("p.csv", "--lot", "innovation").code == 130


def test_a_command_is_the_first_argument_and_everything_else_is_the_check(
    command: Command,
) -> None:
    command.sheet("rules")
    assert "minimum-countries" in command("rules").out
    assert command("./rules", "--lot", "1").code == 0
    assert command("--lot", "1", "rules").code == 0


def test_a_path_that_does_not_exist_suggests_the_command_that_it_resembles(
    command: Command,
) -> None:
    assert "did you mean the command rules?" in command("rule").err
    assert "did you mean" not in command("partners.xlsx").err
    ran = command("--lot", "1", "rules")
    assert ran.code == 2
    assert "as a command 'rules' must come first." in ran.err


def test_a_word_that_resembles_no_command_is_answered_with_all_of_them(command: Command) -> None:
    ran = command("foo")
    words = "There is no file, folder or command 'foo'; the commands are rules, explain, calls, "
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert len(ran.err.splitlines()) == 1
    assert "the commands are" not in command("foo.xlsx").err


@pytest.mark.parametrize(
    ("name", "rule"),
    [("vet", "vet-partner"), ("VET-partner", "vet-partner"), ("labour", "minimum-labour-market-")],
)
def test_a_rule_is_found_by_a_part_of_its_id(command: Command, name: str, rule: str) -> None:
    ran = command("explain", name)
    assert ran.code == 0
    assert ran.out.startswith(rule)


def test_a_rule_that_is_not_there_is_one_sentence_with_the_choices(command: Command) -> None:
    assert "did you mean minimum-countries, minimum-partners," in command("explain", "minimum").err
    assert "did you mean vet-partner?" in command("explain", "vett-partner").err
    said = command("explain", "zzz").err
    assert 'There is no rule "zzz"; the rules are minimum-countries, ' in said


@pytest.mark.parametrize("command_name", [(), ("rules",), ("questions",), ("diff",)])
def test_h_is_help(command: Command, command_name: tuple[str, ...]) -> None:
    assert command(*command_name, "-h") == command(*command_name, "--help")
    assert command(*command_name, "-h").code == 0


def test_help_and_version_are_exit_0(command: Command) -> None:
    assert command("--version") == (0, f"alliance-check {__version__}\n", "")
    shown = command("--help")
    assert shown.code == 0
    assert "Exit codes: 0 eligible, 1 not eligible, 2 wrong usage, 3 undecided" in shown.out
    assert command("rules", "--help").code == 0


@pytest.mark.parametrize(
    "name", ["innovation", "1", "lot1", "Lot 1", "education-enterprises", "INNOVATION"]
)
def test_lot_1_has_several_names(command: Command, name: str) -> None:
    assert command(command.sheet("p.csv"), "--lot", name).code == 0


@pytest.mark.parametrize("name", ["skills", "2", "lot2", "blueprint", "sectoral"])
def test_lot_2_has_several_names(command: Command, name: str) -> None:
    ran = command(command.sheet("p.csv", TWELVE), "--lot", name)
    assert "Lot 2 · calls 2023 and 2026 Alliances for Sectoral Cooperation on Skills" in " ".join(
        ran.out.split()
    )


@pytest.mark.parametrize("name", ["stem", "3", "lot3"])
def test_lot_3_has_several_names_in_the_call_2026(command: Command, name: str) -> None:
    assert command(command.sheet("p.csv"), "--lot", name, "--call", "2026").code == 0


def test_without_a_lot_every_lot_of_the_call_has_one_line_and_disagreement_is_exit_3(
    command: Command,
) -> None:
    ran = command(command.sheet("p.csv"))
    assert ran.code == 3
    lines = [line.split() for line in ran.out.splitlines()]
    assert ["ELIGIBLE", "Lot", "1"] in lines
    assert any(line[:4] == ["NOT", "ELIGIBLE", "Lot", "2"] for line in lines)
    assert "p.csv · no call named: calls 2023 and 2026" in ran.out
    assert "--lot gives the whole report on one." in ran.out


@pytest.mark.parametrize(("rows", "code"), [(SEVEN, 1), (EIGHT, 3), (TWELVE, 0)])
def test_lots_that_agree_give_their_own_exit_code(
    command: Command, rows: tuple[tuple[str, ...], ...], code: int
) -> None:
    ran = command.json(command.sheet("p.csv", rows))
    codes = [report["exit_code"] for report in ran.document["reports"]]
    assert (ran.code, len(codes)) == (code, 2)
    assert code == (codes[0] if len(set(codes)) == 1 else 3)


def test_lot_and_call_may_come_from_the_sheet_and_the_option_wins(command: Command) -> None:
    sheet = command.folder / "p.csv"
    sheet.write_text("Lot;Lot 3\nCall;2026\n\n" + text_of(), "utf-8")
    found = command.json("p.csv").document
    assert (found["lot"], found["call"]) == ("stem", "2026")
    found = command.json("p.csv", "--lot", "innovation").document
    assert (found["lot"], found["call"]) == ("innovation", "2026")
    assert command("p.csv", "--call", "2023").code == 2


def test_a_call_without_a_rulebook_is_exit_4_with_those_there_are(command: Command) -> None:
    ran = command(command.sheet("p.csv"), "--call", "2022")
    assert ran.code == 4
    assert f"There are rulebooks for {', '.join(calls())}." in ran.err


def test_the_call_2027_points_to_the_newest_rulebook(command: Command) -> None:
    ran = command(command.sheet("p.csv"), "--call", "2027")
    assert ran.code == 4
    assert "No Programme Guide is known for the call 2027" in ran.err
    assert "--call 2026" in ran.err


def test_latest_is_the_newest_call_and_says_nothing_of_a_newer_one(command: Command) -> None:
    ran = command(command.sheet("p.csv"), "--lot", "1", "--call", "latest")
    assert " · closes 10 March 2026 17:00 (Brussels)\n" in ran.out


@pytest.mark.parametrize(
    ("text", "months"), [("24", 24), ("2y", 24), ("36", 36), ("3 years", 36), ("30 months", 30)]
)
def test_a_duration_is_in_months_or_has_its_unit(command: Command, text: str, months: int) -> None:
    found = command.json(command.sheet("p.csv"), "--lot", "1", "--duration", text).document
    assert found["project"]["duration_months"] == months
    assert found["origins"]["duration_months"] == "option"


@pytest.mark.parametrize(
    "text", ["1000000", "1 000 000", "1.000.000,00", "1,000,000.00", "1m", "1000k", "1\xa0000 000"]
)
def test_an_amount_may_be_spelt_in_several_ways(command: Command, text: str) -> None:
    command.sheet("p.csv")
    arguments = ("p.csv", "--lot", "1", "--duration", "24", "--grant", text, "--total", "1.25m")
    found = command.json(*arguments).document
    assert found["project"]["grant_eur"] == "1000000.00"
    assert found["project"]["total_eur"] == "1250000.00"
    assert found["verdict"] == "eligible"


def test_the_command_line_wins_over_the_sheet_and_the_report_says_so(command: Command) -> None:
    sheet = command.folder / "p.csv"
    sheet.write_text("Duration;24 months\nGrant;2 000 000\n\n" + text_of(), "utf-8")
    assert command("p.csv", "--lot", "1").code == 1
    ran = command("p.csv", "--lot", "1", "--grant", "1m")
    assert ran.code == 0
    ran = command("p.csv", "--lot", "1", "--grant", "1m", "--full")
    assert "\n  duration: 24 months (B1)\n  grant: EUR 1 000 000 (option)\n" in ran.out


def test_a_sheet_is_chosen_by_its_name(command: Command) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for name, rows in (("Now", EIGHT), ("Before", SEVEN)):
        page = book.create_sheet(name)
        for row in (("Partner name", "Country", "Organisation type", "Role"), *rows):
            page.append(row)
    book.save(command.folder / "p.xlsx")
    ran = command("p.xlsx", "--lot", "1")
    assert ran.code == 4
    assert "--sheet" in ran.err
    assert command("p.xlsx", "--lot", "1", "--sheet", "Now").code == 0
    assert command("p.xlsx", "--lot", "1", "--sheet", "Before").code == 1
    assert command("p.xlsx", "--lot", "1", "--sheet", "After").code == 2


def test_an_encoding_can_be_named(command: Command) -> None:
    rows = (*EIGHT, ("Żółw sp. z o.o.", "Poland", "SME", "Full partner"))
    (command.folder / "p.csv").write_bytes(text_of(rows).encode("cp1250", "replace"))
    found = command.json("p.csv", "--lot", "1", "--encoding", "cp1250").document
    assert found["partners"][-1]["name"] == "Żółw sp. z o.o."


@pytest.mark.parametrize("text", [text_of(), text_of().replace(";", "\t")])
def test_standard_input_is_a_file_called_by_a_dash(
    command: Command, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))
    ran = command.json("-", "--lot", "innovation")
    assert ran.code == 0
    assert ran.document["input"]["file"] == "-"


def test_a_closed_standard_input_is_a_file_that_cannot_be_read(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    ran = command("-", "--lot", "innovation")
    assert ran.code == 4
    assert ran.err == "alliance-check: Standard input cannot be read: it is closed.\n"


def test_strict_makes_what_is_cautioned_undecided_and_no_missing_column(command: Command) -> None:
    command.sheet("p.csv")
    assert command("p.csv", "--lot", "1", "--strict").code == 0
    command.sheet("svalbard.csv", (*EIGHT, ("Longyear Works", "Svalbard", "SME", "Full partner")))
    assert command("svalbard.csv", "--lot", "1").code == 0
    assert command("svalbard.csv", "--lot", "1", "--strict").code == 3


def second_line(command: Command, *arguments: str) -> str:
    whole = re.split(r"\n\d+ partners", command(*arguments).out)[0]
    return " ".join(whole[whole.index("call 2023 closes") :].split())


def test_the_second_line_says_what_the_newest_rulebook_says(command: Command) -> None:
    start = "call 2023 closes 3 May 2023 17:00 (Brussels) · call 2026: "
    command.sheet("yes.csv")
    command.sheet("no.csv", SEVEN)
    command.sheet("maybe.csv", UNREAD)
    assert second_line(command, "yes.csv", "--lot", "1") == f"{start}same verdict"
    assert second_line(command, "no.csv", "--lot", "1") == f"{start}not eligible, same reason"
    assert second_line(command, "maybe.csv", "--lot", "1").startswith(f"{start}undecided")


def test_a_partner_from_outside_in_lot_2_is_named_in_the_first_two_lines(command: Command) -> None:
    sheet = command.sheet("p.csv", (*TWELVE, UKRAINIAN))
    ran = command(sheet, "--lot", "skills", "--call", "2023")
    head = " ".join(ran.out.split("\n13 partners, headers")[0].split())
    assert ran.code == 0
    assert head.startswith("ELIGIBLE by the national agency's page; Programme Guide 2023 p. 279 ")
    assert "lists no partner from outside (A14) p.csv · Lot 2 " in head
    assert "call 2026: not eligible, third countries not associated: " in head
    assert head.endswith("may only be associated partners (B14)")
    assert command("p.csv", "--lot", "skills", "--call", "2026").code == 1


def test_months_are_in_the_language_of_the_locale(tmp_path: Path) -> None:
    write(tmp_path / "p.csv")
    ran = process("p.csv", "--lot", "1", folder=tmp_path, LC_ALL="nb_NO.UTF-8", PYTHONUTF8="1")
    assert "3. mai 2023" in " ".join(ran.stdout.decode().split())
