"""Folders through the command line: what is passed over, processes, and what files share."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from alliance_check.model.report import Result
from cli.cache.folder import Cache
from cli.commands.check import judge as judging
from cli.files import write as writing
from cli.files.sources import Source
from cli.jobs import pool as parallel
from cli.options.settings import Settings
from tests.cli_runs import EIGHT, ROOT, SEVEN, TWELVE, UNREAD, Command, write

LOT = ("--lot", "innovation")


def test_what_is_passed_over_is_counted_and_with_verbose_listed(command: Command) -> None:
    for name in ("p.csv", ".git/p.csv", "~$p.xlsx", "notes.docx"):
        command.sheet(f"in/{name}")
    (command.folder / "in" / "list.csv").write_text("milk;2\neggs;12\n", "utf-8")
    ran = command("in", *LOT)
    counted = (
        "Skipped: 1 without a table of partners, 1 in no format of a partner sheet, 1 hidden, "
        "1 lock file of an office program."
    )
    assert counted in " ".join(ran.out.split())
    assert ran.err == ""
    lines = command("in", *LOT, "--verbose").err.splitlines()
    assert lines == [
        "alliance-check: skipped: in/.git (hidden)",
        "alliance-check: skipped: in/list.csv (without a table of partners)",
        "alliance-check: skipped: in/notes.docx (in no format of a partner sheet)",
        "alliance-check: skipped: in/~$p.xlsx (a lock file of an office program)",
    ]


@pytest.mark.parametrize("command_name", [(), ("questions",), ("inspect",), ("tidy", "--diff")])
def test_a_lock_file_is_reported_with_the_file_that_it_stands_for(
    command: Command, command_name: tuple[str, ...]
) -> None:
    command.sheet("in/~$partners.xlsx")
    ran = command(*command_name, "in/~$partners.xlsx")
    assert (ran.code, ran.out) == (4, "")
    assert ran.err == (
        "alliance-check: in/~$partners.xlsx is the lock file of an office program, which holds no "
        "table; name partners.xlsx.\n"
    )


def test_the_summary_says_how_many_cells_could_not_be_read(command: Command) -> None:
    command.sheet("in/a.csv", UNREAD)
    command.sheet("in/b.csv")
    lines = command("in", *LOT).out.splitlines()
    row = next(line for line in lines if "a.csv" in line)
    assert row.split()[:2] == ["UNDECIDED", "a.csv"]
    assert row.endswith(" · 1 cell not read")


def test_why_a_file_was_not_judged_stands_whole_below_the_table(command: Command) -> None:
    command.sheet("in/a.csv")
    command.sheet("in/half.csv", [("Nord", "SME")], ("Partner name", "Organisation type"))
    lines = command("in", *LOT).out.splitlines()
    row = next(line for line in lines if "NOT JUDGED" in line)
    assert row.split() == ["NOT", "JUDGED", "half.csv", "see", "below"]
    below = said_below(lines)
    assert "half.csv: The headers at A1 have no country column" in below


def said_below(lines: Sequence[str]) -> str:
    return " ".join(" ".join(lines[lines.index("") :]).split())


@pytest.mark.parametrize("form", ["terminal", "json", "jsonl", "concise", "csv", "junit", "sarif"])
def test_any_number_of_processes_writes_the_same(command: Command, form: str) -> None:
    rows = (EIGHT, SEVEN, UNREAD, TWELVE, ())
    for number in range(10):
        command.sheet(f"in/{number}.csv", rows[number % 5])
    one = command("in", *LOT, "--format", form, "--jobs", "1")
    assert command("in", *LOT, "--format", form, "--jobs", "3") == one
    assert one.code == 4
    assert len(one.out.splitlines()) > 9


def test_there_is_at_least_one_process(command: Command) -> None:
    command.sheet("p.csv")
    ran = command("p.csv", *LOT, "--jobs", "0")
    assert (ran.code, ran.out) == (2, "")


def _dies(source: Source, settings: Settings, cache: Cache | None = None) -> list[Result]:
    if source.name.endswith("killed.csv"):
        os.kill(os.getpid(), signal.SIGKILL)
    return judging.judge(source, settings, cache)


def test_a_killed_process_costs_its_file_only(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "killed", "z"):
        command.sheet(f"in/{name}.csv")
    monkeypatch.setattr("cli.commands.check.run.judge", _dies)
    ran = command.json("in", *LOT, "--jobs", "2")
    assert ran.code == 70
    found = {r["input"]["file"]: r["exit_code"] for r in ran.document["reports"]}
    assert found == {"in/a.csv": 0, "in/killed.csv": 70, "in/z.csv": 0}


def _interrupted(source: Source, settings: Settings, cache: Cache | None = None) -> list[Result]:
    if source.name.endswith("slow.csv"):
        raise KeyboardInterrupt
    return judging.judge(source, settings, cache)


def test_ctrl_c_reports_what_is_done_so_far(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "slow", "z"):
        command.sheet(f"in/{name}.csv")
    monkeypatch.setattr("cli.commands.check.run.judge", _interrupted)
    ran = command("in", *LOT)
    assert (ran.code, ran.err) == (
        130,
        "alliance-check: Interrupted; 2 of 4 files were judged.\n",
    )
    assert "2 files: 2 eligible." in ran.out
    ran = command("in/slow.csv", "in/a.csv", *LOT, "--format", "json", "--output", "out.json")
    assert (ran.code, ran.out) == (130, "")
    assert not (command.folder / "out.json").exists(), "nothing is done, so nothing is written"


def test_json_lines_are_written_as_results_come(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "c"):
        command.sheet(f"in/{name}.csv")
    events: list[str] = []

    def seen(source: Source, settings: Settings, cache: Cache | None = None) -> list[Result]:
        events.append(f"judged {source.name}")
        return judging.judge(source, settings, cache)

    def written(text: str) -> None:
        events.append(f"wrote {json.loads(text)['input']['file']}")

    monkeypatch.setattr("cli.commands.check.run.judge", seen)
    monkeypatch.setattr(writing, "_to_terminal", written)
    command("in", *LOT, "--format", "jsonl")
    names = ["in/a.csv", "in/b.csv", "in/c.csv"]
    assert events == [f"{what} {name}" for name in names for what in ("judged", "wrote")]


def test_json_lines_wait_only_where_waivers_need_all_files(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        command.sheet(f"in/{name}.csv", UNREAD)
    texts: list[str] = []
    monkeypatch.setattr(writing, "_to_terminal", texts.append)
    waiver = '[[waiver]]\nrule = "minimum-countries"\nreason = "known"\n'
    (command.folder / "alliance-check.toml").write_text(waiver, "utf-8")
    command("in", *LOT, "--format", "jsonl")
    gates = [json.loads(text)["gate"] for text in texts]
    unused = [bool(gate["unused"]) for gate in gates]
    assert unused == [True, False], "that no file uses it is known at the end, and said once"


def test_a_small_batch_stays_in_one_process(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise AssertionError("a process for eight files costs more than it saves")

    for number in range(8):
        command.sheet(f"in/{number}.csv")
    monkeypatch.setattr(parallel, "_Workers", refuse)
    assert command("in", *LOT).code == 0


def test_what_several_files_say_together_stands_under_the_summary(command: Command) -> None:
    header = ("PIC", "Partner name", "Country", "Organisation type", "Role")
    pics = [str(999_000_000 + number) for number in range(8)]

    def rows(country: str) -> list[Sequence[str]]:
        made = [(pic, *row) for pic, row in zip(pics, EIGHT, strict=True)]
        return [*made[:4], (made[4][0], made[4][1], country, *made[4][3:]), *made[5:]]

    command.sheet("in/a.csv", rows("Norway"), header)
    command.sheet("in/b.csv", rows("Sweden"), header)
    ran = command("in", *LOT, "--verbose")
    said = " ".join(ran.out.split())
    assert ran.code == 0, "what files say of one another changes no verdict"
    assert "Across proposals" in said
    assert (
        "PIC 999000004 has another country in another file: Norway, Sweden (a.csv C6, b.csv C6)"
        in said
    )
    assert "2 proposals in Lot 1 of call 2023 have nearly the same partners" in said
    assert "Nordvik universitet takes part in 2 proposals, in 2 as coordinator" in said
    assert "Across proposals" not in command("in/a.csv", *LOT).out
    found = command.json("in", *LOT).document["across"]
    (country,) = (one for one in found if one["id"] == "another-country")
    assert country["places"] == [{"file": f"in/{f}.csv", "cell": "C6"} for f in "ab"]
    assert "### Across proposals" in command("in", *LOT, "--format", "markdown").out


def test_a_real_run_survives_ctrl_c(tmp_path: Path) -> None:
    for number in range(1500):
        write(tmp_path / "in" / f"{number:04d}.csv", TWELVE)
    run = [sys.executable, "-m", "alliance_check.cli", "in", *LOT, "--format", "jsonl"]
    with subprocess.Popen(
        [*run, "--jobs", "2"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as running:
        assert running.stdout is not None
        first = json.loads(running.stdout.readline())
        os.killpg(running.pid, signal.SIGINT)
        assert running.stderr is not None
        out, err = running.stdout.read(), running.stderr.read()
    assert first["input"]["file"] == "in/0000.csv"
    assert running.returncode == 130
    done = len(out.splitlines()) + 1
    assert err == f"alliance-check: Interrupted; {done} of 1500 files were judged.\n"
    names = [json.loads(line)["input"]["file"] for line in out.splitlines()]
    assert names == [f"in/{number:04d}.csv" for number in range(1, done)], "whole lines, in order"


def test_a_file_without_rights_is_named_and_stops_no_other(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        command.sheet(f"in/{name}.csv")
    opened = Path.open

    def guarded(path: Path, *arguments: Any, **options: Any) -> Any:
        if path.name == "a.csv":  # rights mean nothing to a test that runs as root
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return opened(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", guarded)
    ran = command.json("in", *LOT)
    assert ran.code == 4
    first, second = ran.document["reports"]
    assert first["error"]["message"] == "in/a.csv cannot be read: permission denied."
    assert second["verdict"] == "eligible"
