"""``--cache``: an unchanged file is not judged again, and nothing is believed that may be wrong."""

from __future__ import annotations

import hmac
import json
import os
import random
import signal
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
import yaml

import cli.cache.folder as store
from alliance_check.advice.changes import read_change
from alliance_check.model.call import Call, Clause, Document, Lot
from alliance_check.model.report import Report, Result
from alliance_check.parse import OwnWords
from alliance_check.pipeline import Options, check_file
from alliance_check.readers import Limits
from cli.cache.key import key_of, program
from cli.cache.record import form_of, packed, unpacked
from cli.commands.check import judge as judging
from cli.files.sources import Source
from cli.files.style import formats
from cli.options.settings import Settings
from tests.cli_runs import EIGHT, HEADER, ROOT, SEVEN, TWELVE, UNREAD, Command, write
from tests.pages import page_of, snippet
from tests.sheets import xlsx

CACHE = ("in", "--lot", "1", "--cache", "kept")
FILES = ROOT / "tests" / "files"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were judged; a test may empty it."""
    names: list[str] = []

    def counted(content: bytes, name: str, options: Options) -> tuple[Report, ...]:
        names.append(name)
        return check_file(content, name, options)

    monkeypatch.setattr(judging, "check_file", counted)
    return names


@pytest.fixture
def folder(command: Command) -> Path:
    """A folder with a sheet of every kind, broken ones too."""
    there = command.folder / "in"
    for name, rows in {"yes": TWELVE, "no": SEVEN, "unread": UNREAD}.items():
        write(there / f"{name}.csv", rows)
    (there / "book.xlsx").write_bytes(xlsx((HEADER, *EIGHT)))
    (there / "broken.xlsx").write_bytes(b"PK\x03\x04 broken")
    (there / "shopping.csv").write_text("milk;2\neggs;12\n", "utf-8")
    return there


def entries(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "kept").iterdir() if len(path.name) == 64)


@pytest.mark.parametrize("form", formats())
def test_a_second_run_judges_nothing_and_writes_the_same_bytes(
    command: Command, folder: Path, judged: list[str], form: str
) -> None:
    wanted = [*CACHE[:3], "--format", form, "--output"]
    plain = command(*wanted, "plain")
    judged.clear()
    first = command(*wanted, "first", "--cache", "kept")
    assert len(judged) == len(list(folder.iterdir()))
    judged.clear()
    second = command(*wanted, "second", "--cache", "kept")
    assert not judged
    assert plain == first == second
    texts = [(command.folder / name).read_bytes() for name in ("plain", "first", "second")]
    assert texts[0] == texts[1] == texts[2]


@pytest.mark.parametrize("arguments", [("--full",), ("--lang", "nb"), ("--lang", "de", "--full")])
@pytest.mark.usefixtures("folder")
def test_the_report_for_people_is_the_same(
    command: Command, judged: list[str], arguments: Sequence[str]
) -> None:
    plain = command("in", *arguments)
    first = command("in", *arguments, "--cache", "kept")
    judged.clear()
    assert plain == first == command("in", *arguments, "--cache", "kept")
    assert not judged


@pytest.mark.parametrize("path", sorted(FILES.glob("*.*")), ids=lambda path: path.name)
def test_what_is_kept_of_a_file_is_all_that_was_found(path: Path) -> None:
    if path.suffix not in {".csv", ".xlsx", ".xls", ".ods"}:
        return
    found = results(path, Options())
    again = unpacked(packed(found))
    assert again == found
    for one, other in zip(found, again, strict=True):
        if isinstance(one, Report) and isinstance(other, Report):
            texts = [[p.texts for p in r.consortium.partners] for r in (one, other)]
            assert texts[0] == texts[1], "which are not compared with the rest"


def test_a_what_if_is_kept_with_what_was_found_before(command: Command) -> None:
    path = write(command.folder / "p.csv", UNREAD)
    changes = (read_change("add:PL:vet"), read_change("drop:A3"))
    found = results(path, Options(changes=changes))
    assert unpacked(packed(found)) == found


def results(path: Path, options: Options) -> list[Result]:
    return judging.judge(Source(str(path), path.name), Settings(options, config="none"))


def test_every_field_of_a_result_has_a_form() -> None:
    """A type that nobody can keep is found here, not in the run that first holds one."""
    for kind in types_within(Result):
        form_of(kind)


def types_within(kind: Any, seen: set[Any] | None = None) -> Iterator[Any]:
    seen = set() if seen is None else seen
    if kind in seen or kind in (Call, Lot, Document, Any, Ellipsis):
        return
    seen.add(kind)
    yield kind
    inner = get_args(kind)
    if not inner and hasattr(kind, "__annotations__"):
        inner = tuple(get_type_hints(kind).values())
    for one in inner:
        yield from types_within(one, seen)


def test_the_types_within_a_result_are_found() -> None:
    assert Clause in set(types_within(Result))


def test_a_type_that_nobody_said_how_to_keep_is_refused() -> None:
    for kind in (complex, dict[int, str], object):
        with pytest.raises(TypeError):
            form_of(kind).plain(kind)


def test_a_file_that_changed_by_one_byte_is_judged_again(
    command: Command, folder: Path, judged: list[str]
) -> None:
    command(*CACHE, "--full")
    judged.clear()
    path = folder / "yes.csv"
    path.write_bytes(path.read_bytes().replace(b"Nordvik", b"Nordvig"))
    assert "Nordvig" in command(*CACHE, "--full").out
    assert judged == ["in/yes.csv"]
    judged.clear()
    path.rename(folder / "moved.csv")
    command(*CACHE, "--full")
    assert judged == ["in/moved.csv"], "a report says which file it is about"


@pytest.mark.parametrize(
    "more",
    [
        ("--lot", "2"),
        ("--strict",),
        ("--call", "2026"),
        ("--duration", "24"),
        ("--map", "Role=ignore"),
        ("--confirm", "Kraftverk AS"),
        ("--lang", "nb"),
        ("--max-rows", "5000"),
        ("--charter-list", "holders.csv"),
    ],
)
def test_a_run_with_another_option_judges_anew(
    command: Command, folder: Path, judged: list[str], more: Sequence[str]
) -> None:
    holders = "PIC;Legal name;Country\n1;Nordvik universitet;NO\n"
    (command.folder / "holders.csv").write_text(holders, "utf-8")
    command(*CACHE)
    judged.clear()
    command(*CACHE, *more)
    assert len(judged) == len(list(folder.iterdir()))
    judged.clear()
    command(*CACHE, *more)
    assert not judged
    if "--charter-list" in more:
        (command.folder / "holders.csv").write_text(f"{holders}2;Skolen;NO\n", "utf-8")
        command(*CACHE, *more)
        assert judged


def test_every_option_of_a_check_is_a_part_of_the_key() -> None:
    given = Options(
        lot="innovation",
        words=OwnWords(types={"a": ("hei", "vet")}),
        changes=(read_change("drop:A3"),),
        limits=Limits(rows=10),
    )
    other = {**vars(given), "lot": "skills", "words": OwnWords(types={"a": ("vet", "hei")})}
    other |= {"changes": (read_change("drop:A4"),), "limits": Limits(rows=11)}
    keys = {
        key_of(replace(given, **{name: other[name]}))
        for name in other
        if other[name] != vars(given)[name]
    }
    assert len(keys | {key_of(given)}) == 5
    assert key_of(given) == key_of(replace(given))
    with pytest.raises(TypeError):
        key_of(object())


def test_the_program_and_its_data_decide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, data = tmp_path / "code", tmp_path / "data"
    for path, text in {code / "a.py": "x = 1", data / "calls" / "2026.toml": "need = 4"}.items():
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")

    class Imported:
        def __init__(self, path: Path) -> None:
            self.__path__ = [str(path)]

    monkeypatch.setattr("cli.cache.key._PARTS", ("code", "data"))
    monkeypatch.setattr("cli.cache.key.import_module", lambda name: Imported(tmp_path / name))
    seen = [program()]

    def changes(change: Callable[[], object]) -> bool:
        change()
        seen.append(program())
        return seen[-1] not in seen[:-1]

    assert program() == seen[0]
    assert changes(lambda: (data / "calls" / "2026.toml").write_text("need = 5", "utf-8"))
    assert changes(lambda: (code / "a.py").write_text("x = 2", "utf-8"))
    assert changes(lambda: (code / "b.py").write_text("", "utf-8"))
    assert changes(lambda: monkeypatch.setattr("cli.cache.key.__version__", "9"))
    (code / "__pycache__").mkdir()
    (code / "__pycache__" / "a.pyc").write_bytes(b"compiled")
    assert program() == seen[-1]


def test_the_fingerprint_covers_the_rules_and_the_rulebooks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = set()
    plain = Path.read_bytes

    def noted(path: Path) -> bytes:
        read.add(path.name)
        return plain(path)

    monkeypatch.setattr(Path, "read_bytes", noted)
    program()
    assert {"2026.toml", "country-names.txt", "evaluate.py", "judge.py", "columns.csv"} <= read


def test_a_program_in_another_state_judges_anew(
    command: Command, folder: Path, judged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    command(*CACHE)
    judged.clear()
    monkeypatch.setattr(store, "program", lambda: "a later version")
    command(*CACHE)
    assert len(judged) == len(list(folder.iterdir()))


@pytest.mark.usefixtures("folder")
def test_an_entry_that_is_damaged_or_of_somebody_else_is_judged_and_written_anew(
    command: Command, judged: list[str]
) -> None:
    right = command(*CACHE)
    whole = {path: path.read_bytes() for path in entries(command.folder)}
    (first, one), (_, other), *_ = whole.items()
    harm: list[bytes] = [b"", one[:-1], one + b"\0", other, b"\0" * len(one)]
    harm += [one[:n] + bytes([one[n] ^ 1]) + one[n + 1 :] for n in (0, 31, 32, len(one) // 2)]
    harm.append(hmac.digest(b"a guess", first.name.encode() + one[32:], "sha256") + one[32:])
    for content in harm:
        first.write_bytes(content)
        judged.clear()
        assert command(*CACHE) == right
        assert len(judged) == 1
        assert first.read_bytes() == one
    first.unlink()
    first.mkdir()
    assert command(*CACHE) == right


@pytest.mark.usefixtures("folder")
def test_an_entry_holds_nothing_that_could_run(command: Command) -> None:
    command(*CACHE)
    for path in entries(command.folder):
        json.loads(zlib.decompress(path.read_bytes()[32:]))


def test_a_verdict_that_comes_along_with_a_folder_is_not_believed(
    command: Command, folder: Path, judged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    command(*CACHE)
    monkeypatch.setenv("XDG_STATE_HOME", str(command.folder / "home of somebody else"))
    judged.clear()
    command(*CACHE)
    assert len(judged) == len(list(folder.iterdir()))


def processes(folder: Path, *programs: str) -> list[subprocess.Popen[str]]:
    """Start runs at the same time."""
    return [
        subprocess.Popen(
            [sys.executable, "-c", one],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for one in programs
    ]


RUN = "import sys; from alliance_check.cli.app import main; sys.exit(main({arguments}))"
KILLED = """
import os, signal
from pathlib import Path
plain, left = Path.replace, [3]
def replace(path, target):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    return plain(path, target)
Path.replace = replace
"""


def test_two_runs_at_once_find_the_same(command: Command, folder: Path) -> None:
    dice = random.Random(16)  # noqa: S311 - no secret
    for number in range(12):
        write(folder / f"p{number}.csv", dice.sample(TWELVE, 9))
    right = command(*CACHE[:3])
    run = RUN.format(arguments=list(CACHE))
    several = RUN.format(arguments=[*CACHE, "--jobs", "2"])
    for process in processes(command.folder, run, several, run):
        out, err = process.communicate()
        assert (out, err) == (right.out, right.err)
        assert process.returncode == right.code
    assert command(*CACHE) == right
    names = {path.name for path in (command.folder / "kept").iterdir()}
    assert not [name for name in names if name.startswith(store.HALF_WRITTEN)]


@pytest.mark.skipif(sys.platform == "win32", reason="no process can be killed so there")
@pytest.mark.usefixtures("folder")
def test_a_run_that_is_killed_while_it_writes_does_no_harm(
    command: Command, judged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    right = command(*CACHE[:3])
    (killed,) = processes(command.folder, KILLED + RUN.format(arguments=list(CACHE)))
    killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    kept = command.folder / "kept"
    half = [path for path in kept.iterdir() if path.name.startswith(store.HALF_WRITTEN)]
    assert half
    judged.clear()
    assert command(*CACHE) == right
    assert half[0].exists(), "somebody may still be writing it"
    monkeypatch.setattr(store, "ABANDONED", -1)
    assert command(*CACHE) == right
    assert not half[0].exists()


@pytest.mark.usefixtures("folder")
def test_a_cache_never_grows_beyond_its_bound(
    command: Command, judged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = ("in/yes.csv", *CACHE[1:])
    command(*one)
    (used,) = entries(command.folder)
    right = command(*CACHE)
    assert len(entries(command.folder)) > 3
    for path in entries(command.folder):
        age = 2_000 if path == used else 1_000
        os.utime(path, (1_700_000_000 - age, 1_700_000_000 - age))
    monkeypatch.setattr(store, "MOST_ENTRIES", 3)
    judged.clear()
    command(*one)
    assert not judged
    left = entries(command.folder)
    assert len(left) == 3
    assert used in left, "what was used last is young again"
    monkeypatch.setattr(store, "MOST_BYTES", 0)
    assert command(*CACHE) == right
    assert not entries(command.folder)


@pytest.mark.usefixtures("folder")
def test_what_is_too_large_is_not_kept(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "LARGEST", 100)
    right = command(*CACHE)
    assert not entries(command.folder)
    assert command(*CACHE) == right


def test_a_folder_with_other_things_in_it_is_refused(command: Command, folder: Path) -> None:
    ran = command("in", "--lot", "1", "--cache", "in")
    assert ran.code == 2
    assert "holds other files" in ran.err
    assert not (folder / "CACHEDIR.TAG").exists()
    (command.folder / "file").write_text("x", "utf-8")
    ran = command("in", "--lot", "1", "--cache", "file")
    assert ran.code == 2
    assert "cannot be used" in ran.err


@pytest.mark.usefixtures("folder")
def test_a_full_disk_does_no_harm(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    right = command(*CACHE)
    for path in entries(command.folder):
        path.unlink()

    def full(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "mkstemp", full)
    assert command(*CACHE) == right
    assert not entries(command.folder)


def test_a_cache_inside_the_folder_is_no_part_of_it(command: Command, folder: Path) -> None:
    inside = ("in", "--lot", "1", "--cache", "in/kept", "--verbose")
    first = command(*inside)
    assert (folder / "kept" / "CACHEDIR.TAG").exists()
    assert first == command(*inside)
    (folder / "kept" / "CACHEDIR.TAG").write_text("Signature: of another program", "utf-8")
    assert "kept" in command(*inside[:3], "--verbose").err


def test_a_configuration_names_the_cache_from_where_it_stands(
    command: Command, folder: Path, judged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "alliance-check.toml").write_text('cache = "../kept"\n', "utf-8")
    command("in")
    judged.clear()
    monkeypatch.chdir(folder)
    command("../in")
    assert judged, "reports call the files by other names from here"
    judged.clear()
    command("../in")
    assert not judged
    command("../in", "--cache", "../typed")
    assert judged
    assert "cache = " in command("../in", "--show-settings").out


@pytest.mark.usefixtures("folder")
def test_the_language_of_a_run_is_a_part_of_the_key(command: Command, judged: list[str]) -> None:
    right = command(*CACHE[:3], "--lang", "nb")
    command(*CACHE)
    judged.clear()
    assert command(*CACHE, "--lang", "nb") == right
    assert judged


def test_the_step_of_a_job_restores_the_secret_too(monkeypatch: pytest.MonkeyPatch) -> None:
    (step,) = yaml.safe_load(snippet("github-cache"))
    folder, home = step["with"]["path"].split()
    shown = page_of("snippet github-cache")[0].read_text("utf-8")
    assert f"--cache {folder}" in shown
    assert home in shown.replace(shown[shown.index("<!-- snippet github-cache") :], "")
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setenv("HOME", "/home/nobody")
    assert store.secret_path() == Path(home.replace("~", "/home/nobody"), "cache-secret")
