"""Folders: what is found, what is passed over, and judging it in several processes."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from alliance_check.model.errors import WrongUsage
from alliance_check.model.report import Failure, Result
from cli.files.sources import Source, select
from cli.files.walk import FORMAT, HIDDEN, LINK, LOCK, NO_TABLE, Skipped, skipped_words
from cli.jobs import pool as parallel
from cli.jobs import progress
from cli.jobs.pool import JudgedSource, judge_all
from tests.cli_runs import ROOT, write

OPEN = "open"  # the file for which some names wait


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(*paths: str) -> list[str]:
    return [source.name for source in select(paths).sources]


def passed_over(*paths: str) -> dict[str, str]:
    return {each.path.as_posix(): each.why for each in select(paths).skipped}


def test_what_is_passed_over_is_listed_with_the_reason(folder: Path) -> None:
    for name in ("p.csv", ".hidden.csv", "~$p.xlsx", ".~lock.p.ods#", ".git/p.csv", "a/n.docx"):
        write(folder / "in" / name)
    write(folder / "secret.csv")
    (folder / "in" / "out.csv").symlink_to(folder / "secret.csv")
    (folder / "in" / "round").symlink_to(folder / "in")
    (folder / "in" / "gone.csv").symlink_to(folder / "nowhere.csv")
    assert found("in") == ["in/p.csv"]
    assert passed_over("in") == {
        "in/.hidden.csv": HIDDEN,
        "in/~$p.xlsx": LOCK,
        "in/.~lock.p.ods#": LOCK,
        "in/.git": HIDDEN,
        "in/a/n.docx": FORMAT,
        "in/out.csv": LINK,
        "in/round": LINK,
        "in/gone.csv": LINK,
    }


def test_a_link_to_a_file_within_the_folder_is_that_file_once(folder: Path) -> None:
    write(folder / "in" / "p.csv")
    (folder / "in" / "a.csv").symlink_to("p.csv")
    assert found("in") == ["in/a.csv"]


def test_what_was_passed_over_is_counted_by_reason() -> None:
    skipped = [Skipped(Path("a"), why) for why in (HIDDEN, LOCK, LOCK, NO_TABLE, HIDDEN)]
    assert str(skipped_words(skipped)) == (
        "1 without a table of partners, 2 hidden, 2 lock files of an office program"
    )
    assert not skipped_words([])


def test_a_folder_that_may_not_be_read_is_a_source_so_that_it_is_not_lost(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder / "in" / "closed" / "p.csv")
    write(folder / "in" / "z.csv")
    scan = os.scandir

    def guarded(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError
        return scan(path)

    monkeypatch.setattr("cli.files.walk.os.scandir", guarded)
    assert found("in") == ["in/closed", "in/z.csv"]


def test_a_pattern_that_the_shell_left_alone_is_followed(folder: Path) -> None:
    for name in ("in/b.csv", "in/a.csv", "in/~$a.csv", "in/deep/c.csv", "x[1].csv"):
        write(folder / name)
    assert found("in/*.csv") == ["in/a.csv", "in/b.csv"]
    assert passed_over("in/*.csv") == {"in/~$a.csv": LOCK}
    assert found("in/**/*.csv") == ["in/a.csv", "in/b.csv", "in/deep/c.csv"]
    assert found("x[1].csv") == ["x[1].csv"], "a file of that name is meant, no pattern"
    with pytest.raises(WrongUsage, match="nothing"):
        select(["nothing/*.csv"])


def test_files_of_one_name_in_several_folders_are_distinguished(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one/p.csv", "two/p.csv", "two/q.csv", "here/x.csv"):
        write(folder / name)
    monkeypatch.chdir(folder / "here")
    assert found("../one", "../two") == ["one/p.csv", "two/p.csv", "q.csv"]
    assert found("../one/p.csv", "../two/p.csv") == ["one/p.csv", "two/p.csv"]


def sources(*names: str) -> list[Source]:
    return [Source(name, name) for name in names]


def judge(source: Source) -> list[Result]:
    """Answer with the name and the process; some names make it end otherwise."""
    if source.name.startswith("killed"):
        os.kill(os.getpid(), signal.SIGKILL)
    if source.name.startswith("left"):
        os._exit(3)
    if source.name.startswith("broken"):
        raise SystemExit(1)
    if source.name.startswith("slow"):
        time.sleep(0.2)
    if source.name.startswith("waits"):
        for _ in range(1000):
            if Path(OPEN).exists():
                break
            time.sleep(0.02)
        else:
            raise SystemExit(1)
    if source.name.startswith("strange"):
        return [Failure(source.name, 0, "strange", lambda: "")]  # type: ignore[arg-type]
    return [Failure(source.name, 0, "judged", str(os.getpid()))]


def codes(judged: list[JudgedSource]) -> dict[str, int]:
    return {s.name: r.exit_code for s, results in judged for r in results if isinstance(r, Failure)}


def pids(judged: list[JudgedSource]) -> set[str]:
    return {r.sentence for _, results in judged for r in results if isinstance(r, Failure)}


@pytest.mark.parametrize("jobs", [1, 2, 3, 50])
def test_results_come_in_the_order_of_the_sources_however_many_processes(jobs: int) -> None:
    given = sources(*(f"{'slow' if n % 5 == 0 else 'quick'} {n}" for n in range(12)))
    assert [source for source, _ in judge_all(given, judge, jobs)] == given


def test_no_source_and_one_source_need_no_process() -> None:
    assert list(judge_all([], judge, 4)) == []
    assert pids(list(judge_all(sources("a"), judge, 4))) == {str(os.getpid())}


def test_a_small_batch_stays_in_one_process_and_a_large_one_does_not(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parallel, "processors", lambda: 2)
    many = sources(*(f"a{n}" for n in range(parallel.LEAST["spawn"])))
    assert pids(list(judge_all(many[:10], judge))) == {str(os.getpid())}
    assert str(os.getpid()) not in pids(list(judge_all(many, judge)))
    (folder / "large").write_bytes(bytes(4_000_000))
    assert str(os.getpid()) not in pids(list(judge_all(sources("large", "small"), judge)))
    monkeypatch.setattr(parallel, "processors", lambda: 1)
    assert pids(list(judge_all(many, judge))) == {str(os.getpid())}


@pytest.mark.parametrize("how", ["killed", "left", "broken", "strange"])
def test_a_process_that_ends_costs_its_own_file_only(how: str) -> None:
    given = sources("a", f"{how} 1", "b", "c", f"{how} 2", f"{how} 3", "d", f"{how} 4")
    expected = {source.name: 70 if how in source.name else 0 for source in given}
    assert codes(list(judge_all(given, judge, 2))) == expected


def test_a_file_that_breaks_the_only_process_stops_no_other() -> None:
    assert codes(list(judge_all(sources("a", "broken", "b"), judge, 1))) == {
        "a": 0,
        "broken": 70,
        "b": 0,
    }


def test_a_killed_process_is_reported_with_its_signal() -> None:
    (_, (failure,)), _ = judge_all(sources("killed", "b"), judge, 2)
    assert isinstance(failure, Failure)
    assert failure.code == "internal-error"
    assert "signal 9" in failure.sentence


def test_standard_input_is_judged_where_it_is() -> None:
    judged = list(judge_all(sources("a", "-", "b"), judge, 2))
    assert [source.name for source, _ in judged] == ["a", "-", "b"]
    assert pids(judged[1:2]) == {str(os.getpid())}
    assert str(os.getpid()) not in pids([judged[0], judged[2]])


def test_results_come_while_others_are_still_judged(folder: Path) -> None:
    results = judge_all(sources("quick", "waits 1", "waits 2"), judge, 2)
    assert codes([next(results)]) == {"quick": 0}
    (folder / OPEN).touch()
    assert codes(list(results)) == {"waits 1": 0, "waits 2": 0}, "they waited for the first result"


def test_whoever_wants_no_more_results_leaves_no_process_behind() -> None:
    import multiprocessing

    results = judge_all(sources(*(f"slow {n}" for n in range(9))), judge, 2)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


def test_processes_may_also_be_started_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_method", lambda: "spawn")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    given = sources("a", "killed", "b")
    assert codes(list(judge_all(given, judge, 2))) == {"a": 0, "killed": 70, "b": 0}


INTERRUPTED = """
import signal
import sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever started the tests may ignore it
sys.path.insert(0, {root!r})
from cli.jobs.pool import judge_all
from tests.test_folders import judge, sources
try:
    for source, _ in judge_all(sources("a", "b", *(f"slow {{n}}" for n in range(400))), judge, 2):
        print(source.name, flush=True)
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


def test_ctrl_c_ends_cleanly_with_what_is_done() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED.format(root=str(ROOT))],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "a\n"
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to parent and workers alike
        out, err = process.communicate(timeout=120)
    assert err == "", "no worker says anything of its own"
    assert out.splitlines()[-1] == "interrupted"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_is_shown_on_a_terminal_only_and_is_gone_at_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stderr", terminal)
    assert list(progress.watched(range(50), 50)) == list(range(50))
    assert "50/50" in terminal.getvalue()
    assert terminal.getvalue().endswith("\x1b[2K"), "the line is wiped"
    shown = terminal.getvalue()
    assert list(progress.watched(range(50), 50, wanted=False)) == list(range(50))
    assert list(progress.watched(range(3), 3)) == list(range(3))
    assert terminal.getvalue() == shown
    plain = io.StringIO()
    monkeypatch.setattr("sys.stderr", plain)
    assert list(progress.watched(range(50), 50)) == list(range(50))
    assert plain.getvalue() == ""
