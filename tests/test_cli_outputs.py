"""What the command line writes, and where."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import webbrowser
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest

from alliance_check.reports.escaping import UNSAFE
from tests.cli_runs import (
    EIGHT,
    HEADER,
    ROOT,
    SEVEN,
    TWELVE,
    UKRAINIAN,
    UNREAD,
    Command,
    process,
    raising,
    text_of,
    valid,
    write,
)
from tests.outside_readers.html_parser import read

HOSTILE = (
    "Uni [/x]",
    "[link=https://evil.example]Uni[/link]",
    "\x1b[31mUni\x1b]8;;https://evil.example\x07",
    "\u202eynamreG\u2066",
    "::error file=x::Uni",
    "##[add-path]/tmp",
    "=HYPERLINK(1)",
    "{0} %s",
)
EXAMPLES = sorted((ROOT / "data" / "examples").glob("*.*"))


# --- JSON ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.name)
@pytest.mark.parametrize("call", ["2023", "2026"])
def test_the_json_of_every_example_has_the_shape_that_its_schema_promises(
    command: Command, path: Path, call: str
) -> None:
    ran = command.json(str(path), "--call", call)
    assert ran.document["schema"] == "alliance-check/batch-v1"
    for report in ran.document["reports"]:
        ids = [rule["id"] for rule in report["rules"]]
        assert len(ids) == len(set(ids))
        assert report["not_checked"] == [
            rule["id"] for rule in report["rules"] if rule["outcome"] == "not-checked"
        ]


def test_the_json_of_a_report_has_its_keys_in_the_order_of_the_schema(command: Command) -> None:
    schema = json.loads((ROOT / "data/schemas/report-v1.schema.json").read_text("utf-8"))["$defs"]
    arguments = ("--lot", "1", "--duration", "24", "--grant", "1m", "--total", "1250000")
    named = ("--call", "2023")
    changed = ("--what-if", "confirm:A2")
    found = command.json(command.sheet("p.csv", UNREAD), *arguments, *named, *changed).document
    assert list(found) == list(schema["judged"]["properties"])
    assert [*found["input"], "project"] == list(schema["input"]["properties"])
    assert list(found["origins"]) == list(schema["judged"]["properties"]["origins"]["properties"])
    assert list(found["partners"][0]) == list(schema["partner"]["properties"])
    assert list(found["advice"]) == list(schema["advice"]["properties"])
    assert list(found["what_if"]) == list(schema["what_if"]["properties"])
    assert list(found["problems"][0]) == list(schema["problem"]["properties"])
    money = next(rule for rule in found["rules"] if rule["id"] == "grant-ceiling")
    assert list(money) == list(schema["rule"]["properties"])
    failed = command.json(command.sheet("q.csv", ())).document
    assert list(failed) == list(schema["failed"]["properties"])


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("verdict",), "perhaps"),
        (("exit_code",), 4),
        (("project", "grant_eur"), 1000000),
        (("rules", 0, "outcome"), "passed"),
        (("partners", 0, "country"), "Norway"),
        (("partners", 0, "counts_as"), ["university"]),
        (("input", "sha256"), ""),
    ],
)
def test_the_schema_refuses_what_is_not_a_report(
    command: Command, path: tuple[str | int, ...], value: object
) -> None:
    document = command.json(command.sheet("p.csv"), "--lot", "1").document
    part = document
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    with pytest.raises(AssertionError, match="says otherwise"):
        valid(document)


def test_a_run_that_could_not_judge_is_a_document_too(command: Command) -> None:
    ran = command.json(command.sheet("p.csv", ()), "--lot", "1")
    assert ran.code == 4
    assert ran.document["input"] == {"file": "p.csv"}
    assert (ran.document["verdict"], ran.document["exit_code"]) == (None, 4)
    assert ran.document["error"]["code"] == "no-table"
    ran = command.json(command.sheet("q.csv"), "--call", "2027")
    assert (ran.code, ran.document["error"]["code"]) == (4, "unknown-call")


def test_a_broken_program_is_a_document_too(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.commands.check.judge.check_file", raising(ZeroDivisionError()))
    ran = command.json(command.sheet("p.csv"), "--lot", "1")
    assert (ran.code, ran.document["exit_code"]) == (70, 70)
    assert ran.document["error"]["code"] == "internal-error"


def test_what_differs_in_the_newest_call_is_listed_by_rule(command: Command) -> None:
    found = command.json(command.sheet("p.csv"), "--lot", "1").document["newest"]
    assert found == {"call": "2026", "verdict": "eligible", "differs": []}
    command.sheet("p.csv", (*TWELVE, UKRAINIAN))
    found = command.json("p.csv", "--lot", "2").document["newest"]
    assert found["verdict"] == "not-eligible"
    assert "non-associated-countries" in found["differs"]
    assert command.json("p.csv", "--lot", "2", "--call", "2026").document["newest"] is None


@pytest.mark.parametrize("form", ["terminal", "json", "concise"])
@pytest.mark.parametrize("lot", [["--lot", "1"], []])
def test_the_output_is_the_same_byte_for_byte_from_run_to_run(
    tmp_path: Path, form: str, lot: list[str]
) -> None:
    write(tmp_path / "a" / "p.csv", UNREAD)
    write(tmp_path / "a" / "q.csv", SEVEN)
    runs = {
        process("a", "--format", form, *lot, folder=tmp_path, PYTHONHASHSEED=seed).stdout
        for seed in ("1", "77")
    }
    assert len(runs) == 1
    assert str(tmp_path).encode() not in runs.pop()


# --- The report for people -----------------------------------------------------------------------


def test_concise_is_one_line_a_finding_with_its_place_first(command: Command) -> None:
    ran = command(command.sheet("p.csv", UNREAD), "--lot", "1", "--format", "concise")
    lines = ran.out.splitlines()
    assert any(line.startswith("p.csv:B10: to-check excluded-countries ") for line in lines)
    assert any(line.startswith("p.csv:B10: problem unread-country ") for line in lines)
    assert lines[-1].startswith("p.csv: UNDECIDED, Lot 1 ")


def test_quiet_is_the_verdict_alone_and_full_names_every_partner(command: Command) -> None:
    command.sheet("p.csv")
    quiet = command("p.csv", "--lot", "1", "--quiet")
    assert quiet.out == "ELIGIBLE   p.csv · Lot 1 · calls 2023 and 2026\n"
    assert command("p.csv", "-q").out.splitlines()[0] == "ELIGIBLE  p.csv, Lot 1"
    assert "Lycée des Métiers · " not in command("p.csv", "--lot", "1").out
    full = " ".join(command("p.csv", "--lot", "1", "--full").out.split())
    assert all(name in full for name, *_ in EIGHT)
    assert "France (Member State) · full partner · vocational education and training" in full


@pytest.mark.parametrize("width", ["40", "80", "132"])
@pytest.mark.parametrize("arguments", [["--lot", "1"], [], ["--lot", "1", "--full"], ["--ascii"]])
def test_no_line_is_longer_than_the_columns_there_are(
    command: Command, monkeypatch: pytest.MonkeyPatch, width: str, arguments: list[str]
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    out = command(command.sheet("p.csv", UNREAD), *arguments).out
    assert max(map(len, out.splitlines())) <= int(width)
    assert not re.search(r" +$", out, re.MULTILINE)
    assert out.isascii() == ("--ascii" in arguments)


def test_colour_is_for_a_terminal_and_can_be_refused(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    command.sheet("p.csv")
    assert "\x1b" not in command("p.csv", "--lot", "1").out
    monkeypatch.setattr("cli.files.style._terminal", lambda: True)
    assert command("p.csv", "--lot", "1").out.startswith("\x1b[1;32mELIGIBLE")
    assert "\x1b" not in command("p.csv", "--lot", "1", "--no-color").out
    assert "\x1b" not in command("p.csv", "--lot", "1", "--format", "json").out
    command("p.csv", "--lot", "1", "--output", "out.txt")
    assert b"\x1b" not in (command.folder / "out.txt").read_bytes()
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in command("p.csv", "--lot", "1").out
    monkeypatch.setenv("NO_COLOR", "")
    assert "\x1b" in command("p.csv", "--lot", "1").out
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in command("p.csv", "--lot", "1").out


@pytest.mark.parametrize("form", ["terminal", "json", "concise"])
def test_ascii_is_ascii_in_every_format(command: Command, form: str) -> None:
    out = command(command.sheet("p.csv", UNREAD), "--lot", "1", "--ascii", "--format", form).out
    assert out.isascii()
    if form == "json":
        assert json.loads(out) == command.json("p.csv", "--lot", "1").document


def test_a_terminal_that_cannot_show_unicode_gets_ascii(tmp_path: Path) -> None:
    write(tmp_path / "p.csv")
    ran = process("p.csv", "--lot", "1", folder=tmp_path, PYTHONIOENCODING="cp1252")
    assert ran.returncode == 0
    assert ran.stdout.isascii()


# --- Hostile sheets ------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("form", ["terminal", "json", "concise"])
@pytest.mark.parametrize("more", [["--lot", "1", "--full"], []])
def test_text_of_a_sheet_stays_text_in_every_output(
    command: Command, text: str, form: str, more: list[str]
) -> None:
    rows = (*EIGHT, (text, text, text, text), (text, "Norway", "SME", "Full partner"))
    ran = command(command.sheet("p.csv", rows), *more, "--format", form)
    assert ran.code in {0, 1, 3}
    assert_harmless(ran.out + ran.err)
    if form == "json" and more:
        assert json.loads(ran.out)["partners"][-1]["name"] == text.strip()


def assert_harmless(out: str) -> None:
    assert set(UNSAFE.findall(out)) <= {"\n"}
    for line in out.splitlines():
        assert not line.lstrip().startswith("::")
        assert "##[" not in line


@pytest.mark.parametrize("text", [t for t in HOSTILE if "/" not in t])
@pytest.mark.parametrize("form", ["terminal", "json", "concise"])
def test_the_name_of_a_file_and_of_a_sheet_are_text_too(
    command: Command, text: str, form: str
) -> None:
    name = command.sheet(f"./{text}.csv", UNREAD)
    for arguments in (["--lot", "1"], [], ["--lot", "1", "--call", "2027"], ["--lot", text]):
        ran = command(name, *arguments, "--format", form)
        assert ran.code != 70
        assert_harmless(ran.out + ran.err)
    assert_harmless(command(f"./{text}").err)
    assert_harmless(command(name, "--output", f"{text}/x").err)


# --- Files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "option"), [("terminal", "--output"), ("json", "--output"), ("concise", "-o")]
)
def test_an_output_file_holds_what_standard_output_would(
    command: Command, form: str, option: str
) -> None:
    command.sheet("p.csv", UNREAD)
    shown = command("p.csv", "--lot", "1", "--format", form)
    ran = command("p.csv", "--lot", "1", "--format", form, option, "out.txt")
    assert ran == (3, "", "")
    assert (command.folder / "out.txt").read_text("utf-8") == shown.out
    assert sorted(p.name for p in command.folder.iterdir()) == ["out.txt", "p.csv"]


def test_an_output_file_is_never_half_written(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    command.sheet("p.csv")
    (command.folder / "out.txt").write_text("before", "utf-8")
    monkeypatch.setattr(Path, "replace", raising(OSError(28, "No space left on device")))
    ran = command("p.csv", "--lot", "1", "--output", "out.txt")
    assert ran.code == 2
    assert "--output 'out.txt' cannot be written: no space left on device." in ran.err
    assert (command.folder / "out.txt").read_text("utf-8") == "before"
    assert sorted(p.name for p in command.folder.iterdir()) == ["out.txt", "p.csv"]


def test_an_output_file_keeps_its_rights_and_a_link_stays_a_link(command: Command) -> None:
    command.sheet("p.csv")
    target = command.folder / "deep.txt"
    target.write_text("before", "utf-8")
    target.chmod(0o640)
    (command.folder / "link.txt").symlink_to(target)
    assert command("p.csv", "--lot", "1", "--output", "link.txt").code == 0
    assert (command.folder / "link.txt").is_symlink()
    assert target.stat().st_mode & 0o777 == 0o640
    assert target.read_text("utf-8").startswith("ELIGIBLE")


def test_an_output_that_is_an_input_is_refused_under_any_name(command: Command) -> None:
    command.sheet("in/p.csv")
    (command.folder / "link.csv").symlink_to(command.folder / "in" / "p.csv")
    before = (command.folder / "in" / "p.csv").read_bytes()
    for name in ("in/p.csv", "./in/../in/p.csv", "link.csv"):
        assert command("in", "--lot", "1", "--output", name).code == 2
    assert (command.folder / "in" / "p.csv").read_bytes() == before


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    program = f"{shlex.quote(sys.executable)} -m alliance_check.cli"
    return subprocess.run(
        ["bash", "-c", line.replace("PROGRAM", program)],  # noqa: S607
        cwd=folder,
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("arguments", ["p.csv --lot 1", "p.csv --format json", "--help"])
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path, arguments: str) -> None:
    write(tmp_path / "p.csv")
    code = "1" if arguments == "p.csv --lot 1" else "3"
    write(tmp_path / "p.csv", SEVEN if code == "1" else EIGHT)
    ran = shell(f"PROGRAM {arguments} | true; echo ${{PIPESTATUS[0]}}", tmp_path)
    assert ran.stderr == b""
    assert ran.stdout.strip().decode() == ("0" if arguments == "--help" else code)


def test_a_closed_or_full_standard_output_is_no_traceback(tmp_path: Path) -> None:
    write(tmp_path / "p.csv")
    closed = shell("PROGRAM p.csv --lot 1 >&-", tmp_path)
    assert (closed.returncode, closed.stderr) == (0, b"")
    if Path("/dev/full").exists():
        full = shell("PROGRAM p.csv --lot 1 >/dev/full", tmp_path)
        assert full.returncode == 2
        assert full.stderr == (
            b"alliance-check: Standard output cannot be written: no space left on device.\n"
        )


def test_a_table_is_read_from_a_real_standard_input(tmp_path: Path) -> None:
    ran = process("-", "--lot", "1", folder=tmp_path, given=text_of(EIGHT, HEADER).encode())
    assert (ran.returncode, ran.stderr) == (0, b"")


# --- The page -------------------------------------------------------------------------------------


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A browser that writes down what it was asked to show."""
    program, seen = tmp_path / "browser", tmp_path / "seen.txt"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$1" >>"{seen}"\n')
    program.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{program} %s")
    monkeypatch.setattr(webbrowser, "_tryorder", None)
    return seen


def shown_page(seen: Path) -> Path:
    (address,) = seen.read_text().split()
    return Path(url2pathname(urlsplit(address).path))


def test_open_shows_a_page_that_was_written_for_it(command: Command, browser: Path) -> None:
    ran = command(command.sheet("a.csv"), "--lot", "innovation", "--open")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert "<h1>Eligible</h1>" in shown_page(browser).read_text("utf-8")


@pytest.mark.parametrize("where", [("--output", "p.html"), ("--output-dir", ".")])
def test_open_shows_the_page_where_it_is_written(
    command: Command, browser: Path, where: tuple[str, str]
) -> None:
    name = command.sheet("a.csv")
    ran = command(name, "--lot", "innovation", "--format", "html", *where, "--open")
    assert ran.code == 0
    assert shown_page(browser).parent == command.folder


def test_without_a_browser_open_says_where_the_page_is(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webbrowser, "open", lambda _address: False)
    ran = command(command.sheet("a.csv"), "--lot", "innovation", "--output", "p.html", "--open")
    assert ran.err == (
        f"alliance-check: No browser could be started; the page is {command.folder / 'p.html'}.\n"
    )


def test_open_shows_nothing_but_a_page(command: Command) -> None:
    ran = command(command.sheet("a.csv"), "--lot", "innovation", "--format", "json", "--open")
    assert ran.code == 2
    assert ran.err == "alliance-check: --open shows a page: it needs --format html.\n"


def test_a_page_in_ascii_shows_the_same_letters_and_keeps_its_policy(command: Command) -> None:
    name = command.sheet("a.csv")
    plain, ascii_ = (
        command(name, "--lot", "innovation", "--format", "html", *more).out
        for more in ((), ("--ascii",))
    )
    assert ascii_.isascii()
    assert read(ascii_) == read(plain)
