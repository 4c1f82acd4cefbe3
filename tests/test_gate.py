"""The gate: from which verdict a run fails, and several formats in one run."""

from __future__ import annotations

import json

import pytest

from cli.files.style import formats
from tests.cli_runs import EIGHT, SEVEN, UNREAD, Command, raising, valid
from tests.outside_readers import junit_readers, tables
from tests.test_startup import loaded

LOT = ("--lot", "innovation")
SHEETS = {"good.csv": EIGHT, "open.csv": UNREAD, "bad.csv": SEVEN}


@pytest.fixture
def command(command: Command) -> Command:
    for name, rows in SHEETS.items():
        command.sheet(name, rows)
    return command


# --- From which verdict a run fails --------------------------------------------------------------


@pytest.mark.parametrize(
    ("limit", "codes"),
    [
        ([], (0, 3, 1)),
        (["--fail-on", "undecided"], (0, 3, 1)),
        (["--fail-on", "not-eligible"], (0, 0, 1)),
        (["--fail-on", "never"], (0, 0, 0)),
    ],
    ids=str,
)
def test_the_limit_moves_the_exit_code_and_nothing_else(
    command: Command, limit: list[str], codes: tuple[int, ...]
) -> None:
    verdicts = ("eligible", "undecided", "not-eligible")
    for name, code, verdict, own in zip(SHEETS, codes, verdicts, (0, 3, 1), strict=True):
        ran = command.json(name, *LOT, *limit)
        assert (ran.code, ran.document["verdict"], ran.document["exit_code"]) == (
            *(code, verdict, own),
        )
        plain = command.json(name, *LOT).document
        assert {**ran.document, "gate": None} == {**plain, "gate": None}


def test_the_report_says_that_the_gate_let_it_pass(command: Command) -> None:
    found = command.json("open.csv", *LOT, "--fail-on", "not-eligible").document["gate"]
    assert found == {
        "exit_code": 0,
        "fail_on": "not-eligible",
        "waived": [],
        "unused": [],
        "expired": [],
    }
    ran = command("open.csv", *LOT, "--fail-on", "not-eligible", "--quiet")
    assert ran.out.startswith("UNDECIDED (gate passed: it fails on not eligible only)")
    assert "(gate passed: --fail-on never)" in command("bad.csv", *LOT, "--fail-on", "never").out
    assert "gate" not in command("good.csv", *LOT, "--fail-on", "never").out


def test_without_a_gate_nothing_is_said_of_one(command: Command) -> None:
    assert command.json("open.csv", *LOT).document["gate"] is None
    assert "gate" not in command("open.csv", *LOT).out


@pytest.mark.parametrize("limit", ["not-eligible", "never"])
def test_the_limit_never_hides_what_went_wrong(
    command: Command, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    gate = ("--fail-on", limit)
    (command.folder / "broken.xlsx").write_bytes(b"PK\x03\x04 broken")
    assert command("broken.xlsx", *LOT, *gate).code == 4
    assert command("broken.xlsx", "bad.csv", *LOT, *gate).code == 4
    assert command("gone.csv", *LOT, *gate).code == 2
    assert command("good.csv", "--lot", "four", *gate).code == 2
    assert command("good.csv", "--call", "2027", *gate).code == 4
    monkeypatch.setattr("cli.commands.check.judge.check_file", raising(ZeroDivisionError()))
    assert command("good.csv", *LOT, *gate).code == 70


def test_a_folder_fails_on_the_worst_that_is_left(command: Command) -> None:
    assert command(".", *LOT).code == 1
    assert command(".", *LOT, "--fail-on", "not-eligible").code == 1
    assert command(".", *LOT, "--fail-on", "never").code == 0
    (command.folder / "bad.csv").unlink()
    assert command(".", *LOT, "--fail-on", "not-eligible").code == 0


def test_lots_that_differ_are_undecided_for_the_gate_too(command: Command) -> None:
    assert command("good.csv").code == 3
    assert command("good.csv", "--fail-on", "undecided").code == 3
    assert command("good.csv", "--fail-on", "not-eligible").code == 0
    assert command("bad.csv", "--fail-on", "not-eligible").code == 1


def test_the_configuration_has_a_limit_for_each_file_and_the_command_line_wins(
    command: Command,
) -> None:
    text = 'fail-on = "never"\n[[file]]\nglob = "bad.csv"\nfail-on = "not-eligible"\n'
    (command.folder / "alliance-check.toml").write_text(text, "utf-8")
    assert command("open.csv", *LOT).code == 0
    assert command("bad.csv", *LOT).code == 1
    assert command("bad.csv", *LOT, "--fail-on", "never").code == 0
    assert command("open.csv", *LOT, "--fail-on", "undecided").code == 3
    shown = command("bad.csv", *LOT, "--show-settings").out
    assert "fail-on = not-eligible (alliance-check.toml)" in shown


@pytest.mark.usefixtures("command")
def test_a_plain_check_loads_nothing_of_the_gate() -> None:
    found = loaded("good.csv", *LOT)
    assert "alliance_check.cli.commands.check.run" in found
    rooms = ("commands.check.gate", "options.configuration", "options.config_keys")
    own = {f"alliance_check.cli.{name}" for name in rooms}
    assert not found & own, "import it where it is needed"


# --- Several formats in one run ------------------------------------------------------------------


def test_one_run_writes_every_format_into_a_folder(command: Command) -> None:
    every = [word for form in formats() for word in ("--format", form)]
    ran = command("open.csv", "bad.csv", *LOT, *every, "--output-dir", "out/deep")
    assert ran == (1, "", "")
    folder = command.folder / "out" / "deep"
    files = {name: folder / f"report.{form.suffix}" for name, form in formats().items()}
    assert {*folder.iterdir()} == {*files.values()}
    assert len(valid(json.loads((folder / "report.json").read_text("utf-8")))["reports"]) == 2
    assert junit_readers.cases((folder / "report.xml").read_text("utf-8"))
    for form in formats():
        command("open.csv", "bad.csv", *LOT, "--format", form, "--output", "alone")
        assert files[form].read_bytes() == (command.folder / "alone").read_bytes()


def test_the_formats_of_the_configuration_are_what_a_folder_gets(command: Command) -> None:
    (command.folder / "alliance-check.toml").write_text('formats = ["csv", "sarif"]\n', "utf-8")
    assert command("bad.csv", *LOT, "--output-dir", "out").code == 1
    assert {p.name for p in (command.folder / "out").iterdir()} == {"report.csv", "report.sarif"}
    command("bad.csv", *LOT, "--output-dir", "one", "--format", "json")
    assert {p.name for p in (command.folder / "one").iterdir()} == {"report.json"}
    assert command("bad.csv", *LOT).out.startswith("NOT ELIGIBLE")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--format", "json", "--format", "csv"], "2 formats need --output-dir DIR"),
        (["--output-dir", "out"], "--output-dir needs a --format"),
        (["--output-dir", "out", "--output", "x"], "use one"),
        (["--output-dir", "bad.csv/x", "--format", "csv"], "--output-dir 'bad.csv/x' cannot be"),
        (["--output-dir", "bad.csv", "--format", "csv"], "--output-dir 'bad.csv' cannot be made"),
        (["--summary-file", "no/where.md"], "--summary-file 'no/where.md' cannot be written"),
        (["--summary-file", "bad.csv"], "--summary-file 'bad.csv' is an input"),
        (["--fail-on", "maybe"], '--fail-on "maybe" is not known; use not-eligible'),
    ],
    ids=str,
)
def test_what_cannot_be_written_is_wrong_usage(
    command: Command, arguments: list[str], sentence: str
) -> None:
    before = (command.folder / "bad.csv").read_bytes()
    ran = command("bad.csv", *LOT, *arguments)
    assert ran.code == 2
    assert sentence in ran.err
    assert len(ran.err.splitlines()) == 1
    assert (command.folder / "bad.csv").read_bytes() == before


def test_a_file_of_the_folder_never_replaces_an_input(command: Command) -> None:
    command.sheet("in/report.csv")
    ran = command("in", *LOT, "--output-dir", "in", "--format", "csv")
    assert ran.code == 2
    assert "--output-dir 'in/report.csv' is an input" in ran.err


def test_a_summary_is_added_to_what_stands_there(command: Command) -> None:
    path = command.folder / "summary.md"
    first = command("bad.csv", *LOT, "--summary-file", "summary.md")
    assert first.out == command("bad.csv", *LOT).out
    markdown = command("bad.csv", *LOT, "--format", "markdown").out
    assert path.read_bytes().decode() == markdown
    command("bad.csv", *LOT, "--summary-file", "summary.md")
    assert path.read_bytes().decode() == f"{markdown}\n{markdown}"


def test_a_file_that_cannot_be_judged_is_in_summary_and_folder(command: Command) -> None:
    (command.folder / "broken.xlsx").write_bytes(b"PK\x03\x04 broken")
    formats = ("--format", "csv", "--format", "concise")
    files = ("--output-dir", "out", "--summary-file", "s.md")
    ran = command("broken.xlsx", *LOT, *formats, *files)
    assert ran.code == 4
    assert len(ran.err.splitlines()) == 1
    (row,) = tables.rows((command.folder / "out" / "report.csv").read_text("utf-8"))
    assert row["outcome"] == "not-judged"
    assert (command.folder / "s.md").read_text("utf-8").startswith("## NOT JUDGED: broken.xlsx")
