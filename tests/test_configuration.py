"""The configuration: found upwards, checked as a whole, laid under the command line."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from cli.app import main
from tests.cli_runs import EIGHT, HEADER, Ran, valid

OWN = """\
[columns]
"Hemisphere" = "country"

[countries]
"Deutschl." = "Germany"

[types]
"A" = "vet"
"B" = ["hei", "research"]

[roles]
"X" = "associated partner"
"""


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def go(*arguments: str) -> Ran:
        capsys.readouterr()
        code = main(list(arguments))
        return Ran(code, *capsys.readouterr())

    return go


def document(ran: Ran) -> Any:
    return valid(json.loads(ran.out))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def configure(here: Path, text: str, name: str = "alliance-check.toml") -> None:
    (here / name).write_text(text, "utf-8")


def sheet(here: Path, rows: Sequence[Sequence[str]], name: str = "p.csv") -> str:
    path = here / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(";".join(row) + "\n" for row in rows), "utf-8")
    return str(path.relative_to(here))


GOOD = [HEADER, *EIGHT]


def test_own_words_come_before_those_of_the_program(here: Path, run: Run) -> None:
    configure(here, OWN)
    rows = [
        ("Partner name", "Hemisphere", "Organisation type", "Role"),
        *EIGHT,
        ("Extra", "Deutschl.", "A", "X"),
    ]
    ran = run(sheet(here, rows), "--lot", "innovation", "--format", "json")
    partner = document(ran)["partners"][-1]
    assert ran.code == 0
    assert [partner["country"], partner["kinds"], partner["role"]] == [
        "DE",
        ["vet"],
        "associated-partner",
    ]


def test_a_header_may_be_mapped_on_the_command_line(here: Path, run: Run) -> None:
    header = ("Partner name", "Hemisphere", "Half", "Organisation type", "Role")
    path = sheet(here, [header, *((row[0], row[1], *row[1:]) for row in EIGHT)])
    assert run(path, "--lot", "innovation").code == 4
    assert run(path, "--lot", "innovation", "--map", "Hemisphere=country").code == 0


@pytest.mark.parametrize("pair", ["Hemisphere", "=country", "Hemisphere=land"])
def test_a_mapping_that_means_nothing_is_wrong_usage(here: Path, run: Run, pair: str) -> None:
    ran = run(sheet(here, GOOD), "--lot", "innovation", "--map", pair)
    assert ran.code == 2
    assert "--map" in ran.err


def test_values_of_the_configuration_apply_and_say_where_they_come_from(
    here: Path, run: Run
) -> None:
    configure(here, 'lot = "innovation"\nduration = 24\ngrant = "0.9m"\ncall = 2026\n')
    found = document(run(sheet(here, GOOD, "deep/down/p.csv"), "--format", "json"))
    assert (found["lot"], found["call"]) == ("innovation", "2026")
    assert found["project"]["grant_eur"] == "900000.00"
    named = ("call", "lot", "duration_months", "grant_eur")
    assert found["origins"] == dict.fromkeys(named, "configuration")


def test_the_command_line_wins_over_the_configuration(here: Path, run: Run) -> None:
    configure(here, 'lot = "skills"\nduration = 48\n')
    ran = run(sheet(here, GOOD), "--lot", "innovation", "--duration", "24", "--format", "json")
    assert document(ran)["lot"] == "innovation"
    assert document(ran)["origins"]["duration_months"] == "option"


def test_the_table_of_a_file_is_laid_over_the_others(here: Path, run: Run) -> None:
    text = 'lot = "skills"\n[[file]]\nglob = "one/*.csv"\nlot = "innovation"\n'
    configure(here, text)
    one = run(sheet(here, GOOD, "one/p.csv"), "--format", "json")
    two = run(sheet(here, GOOD, "two/p.csv"), "--format", "json")
    assert (document(one)["lot"], document(two)["lot"]) == ("innovation", "skills")


def test_a_table_in_pyproject_is_a_configuration_too(here: Path, run: Run) -> None:
    configure(here, '[tool.alliance-check]\nlot = "innovation"\n', "pyproject.toml")
    assert run(sheet(here, GOOD)).code == 0


def test_the_nearest_configuration_applies(here: Path, run: Run) -> None:
    configure(here, 'lot = "skills"\n')
    (here / "sub").mkdir()
    configure(here / "sub", 'lot = "innovation"\n')
    assert run(sheet(here, GOOD, "sub/p.csv")).code == 0


def test_all_faults_are_reported_at_once_with_suggestions(here: Path, run: Run) -> None:
    configure(
        here,
        'lott = "skills"\nduration = 3\n[countries]\n"Deutschl." = "Germny"\n'
        '[[file]]\nlot = "innovation"\n[[waiver]]\nrule = "vet"\nreason = ""\n',
    )
    ran = run(sheet(here, GOOD), "--lot", "innovation")
    assert ran.code == 2
    for part in (
        "alliance-check.toml",
        "lott: no such key; did you mean lot?",
        "duration: 3 means nothing here",
        "countries.\"Deutschl.\": 'Germny' means nothing here",
        "file 1: lacks glob",
        "waiver 1: rule: 'vet' means nothing here",
        "waiver 1: reason: '' means nothing here",
    ):
        assert part in ran.err, ran.err


def test_a_word_left_empty_changes_nothing(here: Path, run: Run) -> None:
    configure(here, '[countries]\n"Germny" = ""\n')
    assert run(sheet(here, GOOD), "--lot", "innovation").code == 0


def test_what_is_no_toml_is_refused(here: Path, run: Run) -> None:
    configure(here, "lot = \n")
    ran = run(sheet(here, GOOD), "--lot", "innovation")
    assert ran.code == 2
    assert "is no TOML" in ran.err


def test_settings_are_shown_with_where_they_come_from(here: Path, run: Run) -> None:
    configure(here, f'lot = "skills"\nduration = 48\n{OWN}')
    ran = run(sheet(here, GOOD), "--lot", "innovation", "--show-settings")
    assert ran.code == 0
    for line in (
        "configuration: alliance-check.toml",
        "lot = innovation (option)",
        "duration = 48 (alliance-check.toml)",
        "call = what the file says, else 2023",
        "types: 2 own words",
    ):
        assert line in ran.out, ran.out


def test_inspect_shows_what_was_understood_and_counts_every_cell(here: Path, run: Run) -> None:
    rows = [
        (*HEADER, "Mascot"),
        *((*row, "") for row in EIGHT),
        ("Bureau", "Germny", "Zorp", "Friend", "cat"),
    ]
    ran = run("inspect", sheet(here, rows))
    assert ran.code == 0
    for part in (
        'A1 "Partner name"  name',
        'E1 "Mascot"  not known, and texts below it are open',
        '"Norway" (2 times)  Norway (NO)',
        '"Germny"  not understood (B10); Germany?',
        '"Zorp"  not understood (C10)',
        '"Friend"  not understood (D10)',
        "42 filled cells: 41 used, 0 inert, 0 applied, 1 open.",
        'open  E10 "cat", beside Bureau',
    ):
        assert part in ran.out, ran.out


def test_inspect_writes_a_configuration_with_the_unread_words(here: Path, run: Run) -> None:
    rows = [(*HEADER, "Contry"), *((*r, "") for r in EIGHT), ("B", "Germny", 'Z"orp', "", "x")]
    path = sheet(here, rows)
    assert run("inspect", path, "--write-config", "alliance-check.toml").code == 0
    text = (here / "alliance-check.toml").read_text("utf-8")
    assert tomllib.loads(text) == {
        "columns": {"Contry": ""},
        "countries": {"Germny": ""},
        "types": {'Z"orp': ""},
        "remarks": {"x": ""},
    }
    assert "# Germany?" in text
    ran = run("inspect", path, "--write-config", "alliance-check.toml")
    assert ran.code == 2
    assert "not overwritten" in ran.err


@pytest.mark.parametrize("header", ["k€", "Money (k€)", "Penger i 1000 EUR", "Geld, Tsd. Euro"])
def test_a_unit_counts_in_a_header_that_only_the_office_knows(
    here: Path, run: Run, header: str
) -> None:
    rows = [("Name", "Country", header), ("Nord", "NO", "900"), ("Sud", "ES", "700")]
    path = sheet(here, rows)
    ran = run(path, "--lot", "1", "--map", f"{header}=share", "--format", "json")
    assert json.loads(ran.out)["project"]["grant_eur"] == "1600000.00"
    config = f'[columns]\n"{header}" = "share"\n'
    (here / "alliance-check.toml").write_text(config, "utf-8")
    ran = run(path, "--lot", "1", "--format", "json")
    assert json.loads(ran.out)["project"]["grant_eur"] == "1600000.00"


def test_a_remark_that_makes_a_partner_only_possible_is_used(here: Path, run: Run) -> None:
    rows = [
        ("Name", "Country", "Remarks"),
        ("Nord", "NO", "not confirmed yet"),
        ("Sud", "ES", "zorp"),
    ]
    out = run("inspect", sheet(here, rows)).out
    assert "9 filled cells: 7 used, 0 inert, 1 applied, 1 open." in out
    assert 'open  C3 "zorp", beside Sud' in out
    assert 'applied  C2 "not confirmed yet", beside Nord' in out
    assert 'C1 "Remarks"  remarks' in out


def test_inspect_reads_a_status_as_the_check_does(here: Path, run: Run) -> None:
    rows = [("Name", "Country", "Status"), ("Nord", "NO", "confirmed 3.2."), ("Sud", "ES", "tbc")]
    path = sheet(here, rows)
    out = run("inspect", path).out
    assert '"confirmed 3.2."  confirmed' in out
    assert "not understood" not in out
    assert 'status "confirmed 3.2." = confirmed' in run("textconv", path).out


def test_inspect_knows_the_headers_that_the_check_is_given(here: Path, run: Run) -> None:
    path = sheet(here, [("Who?", "where"), ("Nord", "Norway"), ("Sud", "Atlantis")])
    refused = run("inspect", path)
    assert refused.code == 4
    assert 'as in --map "Header=country"' in refused.err
    ran = run("inspect", path, "--map", "Who?=name", "--map", "where=country")
    assert ran.code == 0
    assert 'B1 "where" country' in " ".join(ran.out.split())
    assert "6 filled cells: 6 used, 0 inert, 0 applied, 0 open." in ran.out
    told = ("--map", "Who?=name", "--map", "where=country", "--write-config", "new.toml")
    assert run("inspect", path, *told).code == 0
    assert '"Who?" = "name"\n"where" = "country"\n' in (here / "new.toml").read_text("utf-8")
    own = here / "own.toml"
    own.write_text('[columns]\n"Who?" = "name"\nwhere = "country"\n[countries]\nAtlantis = "ES"\n')
    ran = run("inspect", path, "--config", str(own))
    assert '"Atlantis"  Spain (ES)' in ran.out


def test_inspecting_a_file_without_a_table_prints_one_sentence(here: Path, run: Run) -> None:
    ran = run("inspect", sheet(here, [("a", "b"), ("c", "d")]))
    assert ran.code == 4
    assert len(ran.err.splitlines()) == 1
    assert run("inspect", "nothing.csv").code == 2


def test_a_column_that_distinguishes_consortia_gives_a_report_each(here: Path, run: Run) -> None:
    rows = [("Bid", *HEADER), *(("x", *row) for row in EIGHT), ("y", *EIGHT[0])]
    path = sheet(here, rows)
    both = document(run(path, "--lot", "innovation", "--by", "Bid", "--format", "json"))["reports"]
    assert [r["input"]["project"] for r in both] == ["x", "y"]
    assert [r["verdict"] for r in both] == ["eligible", "not-eligible"]
    one = run(path, "--lot", "innovation", "--by", "Bid", "--project", "x", "--format", "json")
    assert one.code == 0
    assert document(one)["input"]["project"] == "x"
    assert run(path, "--lot", "innovation", "--by", "Bid", "--project", "z").code == 2


def test_a_charter_list_is_looked_up(here: Path, run: Run) -> None:
    header = ("Erasmus Code", "PIC", "Organisation Legal Name", "Country", "ECHE Start Date")
    charters = sheet(
        here,
        [header, ("N NORD01", "999999001", "Nordvik universitet", "NO", "2021-01-01")],
        "eche.csv",
    )
    ran = run(
        sheet(here, GOOD), "--lot", "innovation", "--charter-list", charters, "--format", "json"
    )
    rule = next(r for r in document(ran)["rules"] if r["id"] == "valid-charter")
    assert ran.code == 3
    assert (rule["outcome"], rule["cells"]) == ("to-check", ["A3"])
    assert run(sheet(here, GOOD), "--charter-list", "none.csv").code == 2
