"""What somebody can plant in a configuration above a sheet: no yes, no crash, no endless work."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from cli.options import configuration
from tests.cli_runs import EIGHT, HEADER, Command, text_of
from tests.measured import calls

RUSSIAN = [
    (name, "Russia" if land == "Germany" else land, kind, role) for name, land, kind, role in EIGHT
]
NAMES = ("terminal", "json", "jsonl", "concise", "markdown", "junit", "sarif", "github", "csv")


def configure(command: Command, text: str | bytes, name: str = "alliance-check.toml") -> Path:
    path = command.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


# --- a planted yes ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        '"Russia" = "Germany"',
        '"RU" = "DE"',
        '"Russian Federation" = "France"',
        '"Moscow, Russia" = "Germany"',
        '"Belarus" = "Ukraine"',
        '"Switzerland" = "Norway"',
        '"Gibraltar" = "Spain"',
        '"Germany/Russia" = "Germany"',
    ],
)
def test_nobody_from_outside_passes_as_somebody_else(command: Command, line: str) -> None:
    configure(command, f"[countries]\n{line}\n")
    ran = command(command.sheet("p.csv", RUSSIAN), "--lot", "innovation")
    assert ran.code == 2
    assert "which is outside the programme" in ran.err
    assert "alliance-check.toml" in ran.err


@pytest.mark.parametrize("line", ['"Congo" = "CG"', '"Rossija" = "RU"', '"Deutschl." = "DE"'])
def test_a_word_may_say_which_of_its_own_meanings_it_has(command: Command, line: str) -> None:
    configure(command, f"[countries]\n{line}\n")
    assert command(command.sheet("p.csv"), "--lot", "innovation").code == 0


OVERRULING = {
    "countries": ("Spain", "Portugal", "Portugal", "Spain"),
    "types": ("SME", "vet", "vet", "enterprise"),
    "roles": ("Full partner", "associated partner", "associated-partner", "full-partner"),
    "columns": ("Organisation type", "status", "the column status", "type"),
}


@pytest.mark.parametrize("table", OVERRULING)
@pytest.mark.parametrize("form", NAMES)
def test_a_word_that_overrules_its_meaning_is_said_in_every_format(
    command: Command, table: str, form: str
) -> None:
    word, own, read, known = OVERRULING[table]
    configure(command, f'[{table}]\n"{word}" = "{own}"\n', "above/alliance-check.toml")
    path = command.sheet("above/sub/p.csv")
    ran = command(path, "--lot", "innovation", "--format", form)
    said = " ".join(ran.out.split())
    for part in (word, read, known, "above/alliance-check.toml"):
        assert part in said, said


def test_a_batch_and_a_line_alone_say_it_too(command: Command) -> None:
    configure(command, '[types]\n"SME" = "vet"\n')
    paths = command.sheet("p.csv"), command.sheet("q.csv")
    for more in ((*paths,), (paths[0], "--quiet"), (*paths, "--quiet")):
        said = " ".join(command(*more, "--lot", "innovation").out.split())
        assert "1 word overruled by alliance-check.toml" in said


def test_what_is_overruled_stays_said_of_a_what_if(command: Command) -> None:
    configure(command, '[types]\n"SME" = "vet"\n')
    change = ("--what-if", "drop:A9")
    ran = command.json(command.sheet("p.csv"), "--lot", "innovation", *change)
    assert "overruled-word" in {problem["id"] for problem in ran.document["problems"]}


def test_a_word_that_is_not_in_the_sheet_overrules_nothing(command: Command) -> None:
    configure(command, '[types]\n"Chamber of commerce" = "vet"\n"Zorp" = "vet"\n')
    ran = command(command.sheet("p.csv", EIGHT[:-1]), "--lot", "innovation")
    assert "overruled" not in ran.out.lower()


# --- where it is looked for ---------------------------------------------------------------------


def test_nothing_applies_above_the_repository(command: Command) -> None:
    configure(command, 'lot = "skills"\n')
    (command.folder / "repo/.git").mkdir(parents=True)
    path = command.sheet("repo/sub/p.csv")
    assert "configuration: none" in command(path, "--show-settings").out
    configure(command, 'lot = "innovation"\n', "repo/alliance-check.toml")
    assert "lot = innovation (repo/alliance-check.toml)" in command(path, "--show-settings").out


def test_nothing_applies_above_the_home_folder(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(command, 'lot = "skills"\n')
    monkeypatch.setenv("HOME", str(command.folder / "home"))
    monkeypatch.setenv("USERPROFILE", str(command.folder / "home"))
    path = command.sheet("home/sub/p.csv")
    assert "configuration: none" in command(path, "--show-settings").out


def test_what_belongs_to_another_user_is_named_and_passed_over(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    owners = {"alliance-check.toml": 4711}

    def owner(path: Path) -> int:
        return owners.get(path.name, 1000)

    monkeypatch.setattr(configuration, "_owner", owner)
    monkeypatch.setattr(os, "getuid", lambda: 1000, raising=False)
    configure(command, 'lot = "skills"\n')
    path = command.sheet("p.csv")
    ran = command(path, "--show-settings")
    assert "configuration: none" in ran.out
    assert "alliance-check.toml belongs to another user" in ran.err
    assert len(ran.err.splitlines()) == 1
    assert "lot = skills" in command(path, "--show-settings", "--config", "alliance-check.toml").out
    owners["alliance-check.toml"] = 1000
    assert "lot = skills" in command(path, "--show-settings").out


@pytest.mark.parametrize("text", ["[[[", b"a = '\xe9'", "a = " + "[" * 9000, b"#" * 300_000])
def test_an_unrelated_pyproject_that_cannot_be_read_is_named_and_passed_over(
    command: Command, text: str | bytes
) -> None:
    configure(command, text, "sub/pyproject.toml")
    configure(command, 'lot = "innovation"\n')
    ran = command(command.sheet("sub/p.csv"), command.sheet("sub/q.csv"))
    assert ran.code == 0
    assert len(ran.err.splitlines()) == 1
    assert "sub/pyproject.toml" in ran.err
    assert "passed over" in ran.err


def test_no_configuration_applies_with_no_config(command: Command) -> None:
    configure(command, 'lot = "skills"\nfail-on = "never"\n[types]\n"SME" = "vet"\n')
    path = command.sheet("p.csv")
    ran = command(path, "--lot", "innovation", "--config", "none")
    assert (ran.code, "overruled" in ran.out) == (0, False)
    assert "configuration: none\n" in command(path, "--show-settings", "--config", "none").out


def test_settings_say_whose_the_configuration_is(command: Command) -> None:
    path = configure(command, '[types]\n"SME" = "vet"\n')
    ran = command(command.sheet("p.csv"), "--show-settings")
    assert f"configuration: alliance-check.toml, of {path.owner()}\n" in ran.out
    assert 'overruled: "SME" is read as vet because of alliance-check.toml' in ran.out


# --- what stands in it --------------------------------------------------------------------------

DEEP: Mapping[str, str | bytes] = {
    "lists in lists": "lot = " + "[" * 100_000,
    "tables in tables": "lot = " + "{a=" * 5_000,
    "dotted keys": "c." * 100_000 + "d = 1",
    "dotted tables": "[" + "c." * 100_000 + "d]",
    "an integer of 5,000 digits": "duration = " + "9" * 5000,
    "a hexadecimal one": "duration = 0x" + "f" * 50_000,
    "a call of 5,000 digits": "call = 0x" + "f" * 5_000,
    "a lot of 5,000 digits": "lot = 0x" + "f" * 5_000,
    "an exponent of six digits": "duration = 1e999999",
    "an exponent of thirty": "duration = 1e" + "9" * 30,
    "a small exponent": "grant = 1e-999999",
    "a fraction without end": "grant = 1." + "1" * 50_000,
    "a large grant": "grant = 1e999999",
    "a large total": "total = -1e999999",
    "no number": "grant = nan",
    "infinity as months": "duration = inf",
    "months for ever": "duration = 999999999999999999",
    "months as a long text": 'duration = "' + "9" * 9_000 + '"',
    "euros as a long text": 'grant = "' + "9" * 9_000 + '"',
    "a long glob": '[[file]]\nglob = "' + "[" * 40_000 + '"',
    "a long glob of a waiver": '[[waiver]]\nrule="duration"\nreason="x"\nfile="' + "[" * 9000 + '"',
    "many files": '[[file]]\nglob = "*"\n' * 1_001,
    "many keys": "".join(f"k{n} = 1\n" for n in range(20_000)),
    "a long key": "k" * 200_000 + " = 1",
    "a long word": '[countries]\n"' + "k" * 200_000 + '" = "Germny"',
    "a long country": '[countries]\n"a" = "' + "k" * 200_000 + '"',
    "many wrong words": "[countries]\n" + "".join(f'"k{n}" = "Germny"\n' for n in range(9_000)),
    "a list of lists": "formats = [[[[[[]]]]]]",
    "more than 256 KiB": "#" * (256 * 1024 + 1),
    "zeros": b"\0" * 1000,
    "no UTF-8": b"lot = '\xe9'",
    "two bytes a letter": "lot = 1".encode("utf-16"),
}


@pytest.mark.parametrize("what", DEEP)
def test_whatever_stands_in_a_configuration_gets_one_sentence(command: Command, what: str) -> None:
    configure(command, DEEP[what])
    ran = command(command.sheet("p.csv"), "--lot", "innovation")
    assert ran.code == 2
    assert ran.err.startswith("alliance-check: alliance-check.toml")
    assert len(ran.err.splitlines()) == 1
    assert len(ran.err) < 4_200


@pytest.mark.parametrize("what", DEEP)
def test_whatever_stands_in_a_configuration_takes_little_work(command: Command, what: str) -> None:
    configure(command, DEEP[what])
    path = command.sheet("p.csv")
    assert calls(lambda: command(path, "--lot", "innovation")) < 1_500_000


@pytest.mark.parametrize("glob", ["*a" * 60 + "b", "[!" * 99, "**/" * 60, "[a-" * 60, "?" * 200])
def test_a_glob_takes_little_work(command: Command, glob: str) -> None:
    configure(command, f"[[file]]\nglob = '{glob}'\nlot = 'skills'\n" * 500)
    path = command.sheet("a" * 200 + ".csv")
    assert calls(lambda: command(path, "--lot", "innovation")) < 1_500_000


@pytest.mark.parametrize("given", ["/dev/zero", "folder", "gone.toml", "a" * 300, "loop", ""])
def test_what_is_no_regular_file_is_no_configuration(command: Command, given: str) -> None:
    (command.folder / "folder").mkdir()
    (command.folder / "loop").symlink_to("loop")
    ran = command(command.sheet("p.csv"), "--lot", "innovation", "--config", given)
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1


def test_a_device_that_is_found_is_no_configuration(command: Command) -> None:
    (command.folder / "alliance-check.toml").symlink_to("/dev/zero")
    assert command(command.sheet("p.csv"), "--lot", "innovation").code == 0


def test_a_configuration_is_read_once_and_its_notes_are_printed_once(command: Command) -> None:
    configure(command, "[[[", "pyproject.toml")
    for number in range(70):
        command.sheet(f"many/{number}.csv")
    ran = command("many", "--lot", "innovation", "--jobs", "2")
    assert (ran.code, len(ran.err.splitlines())) == (0, 1)


def test_the_sheet_of_the_tests_is_not_eligible() -> None:
    assert "Russia" in text_of(RUSSIAN, HEADER)
