"""Strange options, paths and outputs: a sentence and a documented code, and nothing lost."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from cli.files import write as writing
from cli.interrupts import uninterrupted
from tests.cli_runs import EIGHT, HEADER, Command, text_of
from tests.sheets import xlsx

LOT = ("--lot", "innovation")
DIGITS = "1" + "0" * 100
LONG = "a" * 300

# --- numbers and words ---------------------------------------------------------------------------

NUMBERS = [
    ("--max-cell", str(2**63 - 1)),
    ("--max-cell", str(2**31)),
    ("--max-rows", DIGITS),
    ("--max-columns", DIGITS),
    ("--max-unpacked", DIGITS),
    ("--max-unpacked", "9" * 5000),
    ("--max-unpacked", "-1"),
    ("--jobs", DIGITS),
    ("--duration", DIGITS),
    ("--duration", "9" * 5000),
    ("--duration", "9" * 40 + "y"),
    ("--duration", "1e999999"),
    ("--grant", DIGITS),
    ("--grant", "9" * 5000),
    ("--grant", "1e999999"),
    ("--total", "9" * 50 + "m"),
    ("--what-if", f"duration={DIGITS}"),
    ("--what-if", "grant=" + "9" * 5000),
    ("--what-if", "total=1e999999"),
    ("--what-if", "drop:A" + "9" * 5000),
    ("--what-if", "share:A2=" + "9" * 5000),
    ("--encoding", "\udcff"),
    ("--encoding", "utf-8\udc00"),
    ("--encoding", "x" * 5000),
    ("--lot", "9" * 5000),
    ("--map", "x" * 5000),
    ("--project", "x" * 5000),
]


@pytest.mark.parametrize("option", NUMBERS, ids=lambda pair: f"{pair[0]} {pair[1][:20]!a}")
def test_a_number_or_word_beyond_all_bounds_is_wrong_usage(
    command: Command, option: Sequence[str]
) -> None:
    ran = command(command.sheet("p.csv"), *LOT, *option)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
    assert len(ran.err) < 5_000


def test_a_call_beyond_all_bounds_has_no_rulebook(command: Command) -> None:
    assert command(command.sheet("p.csv"), *LOT, "--call", DIGITS).code == 4


@pytest.mark.parametrize("name", ["idna", "punycode", "hex", "rot13", "undefined", "zlib", "utf-7"])
def test_an_encoding_that_is_none_of_a_sheet_is_one_sentence(command: Command, name: str) -> None:
    ran = command(command.sheet("p.csv"), *LOT, "--encoding", name)
    assert ran.code in {0, 2, 3, 4}
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "amount", ["9" * 40, "1e999999", "-1e999999", "1e-999999", "inf", "9" * 32_000, "\ufdfa" * 900]
)
@pytest.mark.parametrize("header", ["EU contribution", "Total cost"])
def test_an_amount_beyond_all_bounds_is_unread(command: Command, header: str, amount: str) -> None:
    rows = [(*row, amount) for row in EIGHT]
    ran = command(command.sheet("p.csv", rows, (*HEADER, header)), *LOT)
    assert ran.code in {0, 3}
    assert "Traceback" not in ran.err


# --- paths ---------------------------------------------------------------------------------------

PLACES = {
    "too long": LONG,
    "too long in all": "a/" * 3000,
    "through a file": "p.csv/q.csv",
    "a link to itself": "loop",
    "through a link to itself": "loop/p.csv",
    "undecodable": "a\udc80b",
    "empty": "",
}
COMMANDS: Mapping[str, Callable[[str], tuple[str, ...]]] = {
    "check": lambda path: (path, *LOT),
    "settings": lambda path: (path, "--show-settings"),
    "charter list": lambda path: ("p.csv", *LOT, "--charter-list", path),
    "configuration": lambda path: ("p.csv", *LOT, "--config", path),
    "questions": lambda path: ("questions", path, *LOT),
    "inspect": lambda path: ("inspect", path),
    "tidy": lambda path: ("tidy", path, "--diff"),
    "diff": lambda path: ("diff", path, "p.csv", *LOT),
    "diff with": lambda path: ("diff", "p.csv", path, *LOT),
    "two": lambda path: ("p.csv", path, *LOT),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_path_that_leads_nowhere_is_named(command: Command, name: str, place: str) -> None:
    command.sheet("p.csv")
    (command.folder / "loop").symlink_to("loop")
    ran = command(*COMMANDS[name](PLACES[place]))
    if name != "settings" or ran.code:  # what only cannot be read has settings all the same
        assert ran.code in {2, 4}
        said = f"{ran.out}{ran.err}"
        assert (PLACES[place][:20].partition("\udc80")[0] or "''") in said
    assert "Traceback" not in ran.err
    assert "Sorry" not in ran.err


def test_an_empty_path_does_not_read_whatever_is_there(command: Command) -> None:
    command.sheet("p.csv")
    ran = command("", *LOT)
    assert (ran.code, "There is no file or folder ''." in ran.err) == (2, True)


def test_textconv_says_of_any_path_why_it_was_not_read(command: Command) -> None:
    (command.folder / "loop").symlink_to("loop")
    assert command("textconv", "").code == 2
    for path in ("loop", LONG):
        ran = command("textconv", path)
        assert (ran.code, "cannot be read" in ran.out) == (0, True)


OUTPUTS = {
    "--output": ("--output",),
    "--output-dir": ("--format", "json", "--output-dir"),
    "--summary-file": ("--summary-file",),
}


@pytest.mark.parametrize("option", OUTPUTS)
@pytest.mark.parametrize("place", [p for p in PLACES if p != "undecodable"])
def test_an_output_that_leads_nowhere_is_wrong_usage(
    command: Command, option: str, place: str
) -> None:
    command.sheet("p.csv")
    (command.folder / "loop").symlink_to("loop")
    ran = command("p.csv", *LOT, *OUTPUTS[option], PLACES[place])
    if (option, place) != ("--output-dir", "empty"):  # that is the current folder
        assert ran.code == 2
        assert option in ran.err
    assert "Sorry" not in ran.err


def test_an_output_may_have_the_longest_name_there_is(command: Command) -> None:
    name = "b" * 255
    assert command(command.sheet("p.csv"), *LOT, "--output", name).code == 0
    assert (command.folder / name).read_text("utf-8").startswith("ELIGIBLE")
    assert len(list(command.folder.iterdir())) == 2


def test_a_folder_with_strange_entries_is_judged_all_the_same(command: Command) -> None:
    command.sheet("many/good.csv")
    (command.folder / "many/loop.csv").symlink_to("loop.csv")
    (command.folder / "many/gone.csv").symlink_to("gone-too.csv")
    (command.folder / "many/zero.csv").symlink_to("/dev/zero")
    os.mkfifo(command.folder / "many/pipe.csv")
    (command.folder / "many/folder.csv").mkdir()
    ran = command("many", *LOT)
    assert ran.code == 0
    assert "1 file" in ran.out
    assert "3 links that are not followed" in " ".join(ran.out.split())


@pytest.fixture
def nobody() -> Iterator[Callable[[], None]]:
    """Return what makes the test one of a user who may not do everything."""
    if os.geteuid() == 0:
        yield lambda: os.seteuid(65534)
        os.seteuid(0)
    else:
        yield lambda: None


def test_a_folder_that_nobody_may_enter_is_named(
    command: Command, nobody: Callable[[], None]
) -> None:
    command.sheet("open/p.csv")
    command.sheet("closed/p.csv")
    commands = ((), ("questions",), ("inspect",), ("textconv",), ("diff", "open/p.csv"))
    for start in commands:  # so that all modules are loaded
        command(*start, "open/p.csv", *(() if start in {("inspect",), ("textconv",)} else LOT))
    command.folder.chmod(0o755)
    (command.folder / "closed").chmod(0)
    nobody()
    try:
        for start in commands:
            more = () if start in {("inspect",), ("textconv",)} else LOT
            ran = command(*start, "closed/p.csv", *more)
            assert ran.code == (0 if start == ("textconv",) else 4), ran
            assert "permission denied" in f"{ran.out}{ran.err}"
        ran = command("closed", *LOT)
        assert (ran.code, "permission denied" in f"{ran.out}{ran.err}") == (4, True)
        ran = command("open/p.csv", *LOT, "--output", "closed/x")
        assert (ran.code, "permission denied" in ran.err) == (2, True)
    finally:
        if hasattr(os, "seteuid") and os.getuid() == 0:
            os.seteuid(0)
        (command.folder / "closed").chmod(0o700)


def test_a_current_folder_that_is_gone_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text(text_of(), "utf-8")
    program = (
        "import os, sys; os.rmdir('../gone'); from alliance_check.cli.app import main; "
        "sys.exit(main())"
    )
    for path, code in ((str(tmp_path / "p.csv"), 0), ("p.csv", 2), (".", 4)):
        (tmp_path / "gone").mkdir()
        ran = subprocess.run(
            [sys.executable, "-c", program, path, *LOT],
            cwd=tmp_path / "gone",
            capture_output=True,
            check=False,
            text=True,
        )
        assert ran.returncode == code, ran.stderr
        assert "Traceback" not in ran.stderr


# --- nothing that a run reads is written over -----------------------------------------------------

CHARTERS = "Erasmus Code,PIC,Organisation Legal Name,Country,ECHE Start Date\nN A,1,Nord,NO,2021\n"


@pytest.mark.parametrize("option", ["--output", "--summary-file"])
@pytest.mark.parametrize("name", ["eche.csv", "alliance-check.toml", "own.toml", "p.csv", "link"])
def test_no_output_names_a_file_that_the_run_reads(
    command: Command, option: str, name: str
) -> None:
    command.sheet("p.csv")
    texts = {"eche.csv": CHARTERS, "alliance-check.toml": 'lot = "1"\n', "own.toml": ""}
    for each, text in texts.items():
        (command.folder / each).write_text(text, "utf-8")
    (command.folder / "link").symlink_to("eche.csv")
    more = ("--config", "own.toml") if name == "own.toml" else ()
    ran = command("p.csv", *LOT, "--charter-list", "eche.csv", *more, option, f"./{name}")
    assert ran.code == 2
    assert "it would be overwritten" in ran.err
    assert (command.folder / "eche.csv").read_text("utf-8") == CHARTERS
    assert (command.folder / "p.csv").read_text("utf-8") == text_of()


def test_no_report_in_a_folder_names_one_either(command: Command) -> None:
    command.sheet("p.csv")
    (command.folder / "report.csv").write_text(CHARTERS, "utf-8")
    arguments = ("--charter-list", "report.csv", "--output-dir", ".", "--format", "csv")
    assert command("p.csv", *LOT, *arguments).code == 2
    assert (command.folder / "report.csv").read_text("utf-8") == CHARTERS


def test_tidy_and_diff_write_over_no_configuration(command: Command) -> None:
    command.sheet("p.csv")
    (command.folder / "q.csv").write_text('lot = "1"\n', "utf-8")
    assert command("tidy", "p.csv", "-o", "q.csv", "--config", "q.csv").code == 2
    assert command("diff", "p.csv", "p.csv", "--config", "q.csv", "--output", "q.csv").code == 2
    assert (command.folder / "q.csv").read_text("utf-8") == 'lot = "1"\n'


# --- all or nothing ------------------------------------------------------------------------------


class FullDisk:
    """A disk on which the nth file, and all after it, find no room."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, room: int) -> None:
        self._room, self._before = room, os.fdopen
        monkeypatch.setattr("cli.files.write.os.fdopen", self._open)

    def _open(self, handle: int, mode: str) -> Any:
        self._room -= 1
        opened = self._before(handle, mode)
        if self._room < 0:
            opened.close()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return opened


@pytest.mark.parametrize("room", [0, 1, 2])
def test_of_several_reports_all_are_there_or_none(
    command: Command, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    command.sheet("p.csv")
    (command.folder / "out").mkdir()
    (command.folder / "out/report.json").write_text("before", "utf-8")
    (command.folder / "summary.md").write_text("before", "utf-8")
    forms = [part for name in ("json", "csv", "junit") for part in ("--format", name)]
    arguments = ("p.csv", *LOT, *forms, "--output-dir", "out", "--summary-file", "summary.md")
    with monkeypatch.context() as patched:
        FullDisk(patched, room)
        ran = command(*arguments)
    assert ran.code == 2
    assert "no space left" in ran.err
    assert [path.name for path in (command.folder / "out").iterdir()] == ["report.json"]
    assert (command.folder / "out/report.json").read_text("utf-8") == "before"
    assert (command.folder / "summary.md").read_text("utf-8") == "before"
    assert command(*arguments).code == 0
    assert len(list((command.folder / "out").iterdir())) == 3


def test_a_report_that_cannot_be_put_in_place_takes_the_others_back(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    command.sheet("p.csv")
    (command.folder / "out").mkdir()
    (command.folder / "out/report.json").write_text("before", "utf-8")
    before = writing._put_in_place  # noqa: SLF001
    done: list[Path] = []

    def put(temporary: Path, target: Path, undone: Any) -> None:
        if target.name == "report.xml":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        done.append(target)
        before(temporary, target, undone)

    monkeypatch.setattr(writing, "_put_in_place", put)
    forms = [part for name in ("json", "csv", "junit") for part in ("--format", name)]
    assert command("p.csv", *LOT, *forms, "--output-dir", "out").code == 2
    assert [path.name for path in done] == ["report.json", "report.csv"]
    assert [path.name for path in (command.folder / "out").iterdir()] == ["report.json"]
    assert (command.folder / "out/report.json").read_text("utf-8") == "before"


def test_a_summary_that_cannot_be_written_whole_gets_no_part(command: Command) -> None:
    import resource

    path = command.sheet("p.csv")
    (command.folder / "summary.md").write_text("x" * 900, "utf-8")

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))

    ran = subprocess.run(
        [sys.executable, "-m", "alliance_check.cli", path, *LOT, "--summary-file", "summary.md"],
        cwd=command.folder,
        capture_output=True,
        check=False,
        text=True,
        preexec_fn=limit,
    )
    assert (ran.returncode, "--summary-file" in ran.stderr) == (2, True)
    assert (command.folder / "summary.md").read_text("utf-8") == "x" * 900


@pytest.mark.parametrize("room", [0, 1])
def test_of_several_letters_all_are_there_or_none(
    command: Command, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    rows = [(row[0], "Germny" if n > 4 else row[1], *row[2:]) for n, row in enumerate(EIGHT)]
    path = command.sheet("p.csv", rows)
    arguments = ("questions", path, *LOT, "--letters", "out")
    with monkeypatch.context() as patched:
        FullDisk(patched, room)
        assert command(*arguments).code == 2
    assert not list((command.folder / "out").iterdir())
    assert command(*arguments).code == 0
    assert len(list((command.folder / "out").iterdir())) > 1


@pytest.mark.parametrize("form", ["csv", "terminal", "concise", "github"])
def test_reports_among_the_sheets_are_not_judged_by_the_next_run(
    command: Command, form: str
) -> None:
    command.sheet("p.csv")
    arguments = (".", *LOT, "--output-dir", ".", "--format", form)
    assert [command(*arguments).code for _ in range(3)] == [0, 0, 0]
    assert "1 file" in command(".", *LOT).out


def test_what_is_named_itself_is_judged_even_if_it_is_a_report(command: Command) -> None:
    command(command.sheet("p.csv"), *LOT, "--format", "csv", "--output", "r.csv")
    assert command("r.csv", *LOT).code == 4


# --- interrupted ---------------------------------------------------------------------------------


def test_what_is_being_written_is_whole_before_ctrl_c_ends_the_run() -> None:
    done = []

    def work() -> None:
        with uninterrupted():
            os.kill(os.getpid(), signal.SIGINT)
            done.append(1)

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == [1]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_second_ctrl_c_does_not_wait() -> None:
    done = []

    def work() -> None:
        with uninterrupted():
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGINT)
            done.append(1)

    with pytest.raises(KeyboardInterrupt):
        work()
    assert not done


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_line_for_a_slow_reader_is_whole_when_ctrl_c_comes(
    tmp_path: Path, unbuffered: str
) -> None:
    rows = [("Uni " + "x" * 20_000 + f" {n}", *row[1:]) for n, row in enumerate(EIGHT)]
    (tmp_path / "p.csv").write_text(text_of(rows), "utf-8")
    ran = subprocess.Popen(
        [sys.executable, "-m", "alliance_check.cli", "p.csv", *LOT, "--format", "jsonl"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
    )
    assert ran.stdout is not None
    first = ran.stdout.read(10)
    ran.send_signal(signal.SIGINT)
    rest = ran.stdout.read()
    ran.stdout.close()
    ran.wait()
    assert len(rest) > 100_000
    assert (first + rest).endswith(b"}\n")


IMPORTING = """
import sys
class Pressed:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            raise KeyboardInterrupt
from alliance_check.cli.app import main
sys.meta_path.insert(0, Pressed())
sys.exit(main())
"""


@pytest.mark.parametrize(
    "name", ["typer", "alliance_check.pipeline", "alliance_check.model.errors", "rich.text"]
)
def test_ctrl_c_while_modules_are_imported_is_no_traceback(tmp_path: Path, name: str) -> None:
    (tmp_path / "p.xlsx").write_bytes(xlsx((HEADER, *EIGHT)))
    ran = subprocess.run(
        [sys.executable, "-c", IMPORTING.format(name=name), "p.xlsx", *LOT],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        text=True,
    )
    assert (ran.returncode, ran.stderr) == (130, "")
