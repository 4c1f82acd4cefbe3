"""Some hundred hostile files made by rule: a table or one sentence, little work, nothing lost."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from re import _constants as sign  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import alliance_check
import cli
from alliance_check.readers import Limits, read
from alliance_check.vocabulary import dictionary
from alliance_check.vocabulary.dictionary import MOST_GUESSED
from tests import hostile_cases as make
from tests.cli_runs import EIGHT, Command, text_of
from tests.hostile_made import GENERATORS, every
from tests.measured import Cost, calls, measured
from tests.parsing import HEADER, parsed
from tests.sheets import xlsx

MIB = 1 << 20
LOT = ("--lot", "innovation")


@pytest.fixture(scope="module")
def costs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Cost]:
    return measured(every(), tmp_path_factory.mktemp("made"), Limits(), counted=True)


def test_there_are_many_of_them() -> None:
    assert len(every()) > 400


@pytest.mark.parametrize("generator", [one.__name__ for one in GENERATORS])
def test_each_ends_in_a_table_or_in_one_sentence(costs: dict[str, Cost], generator: str) -> None:
    for name, cost in costs.items():
        if name.startswith(generator):
            assert cost.outcome in {"read", "UnreadableFile", "TooLarge"}, (name, cost.sentence)
            if cost.outcome != "read":
                assert re.fullmatch(r"[^\n]{20,500}\.", cost.sentence), name


@pytest.mark.parametrize("generator", [one.__name__ for one in GENERATORS])
def test_each_costs_little(costs: dict[str, Cost], generator: str) -> None:
    for name, cost in costs.items():
        if name.startswith(generator):
            assert cost.calls < 2_000_000, name
            assert cost.memory < 60 * MIB, (name, cost.memory // MIB)


def test_some_are_read_and_most_are_not(costs: dict[str, Cost]) -> None:
    outcomes = Counter(cost.outcome for cost in costs.values())
    assert min(outcomes["read"], outcomes["UnreadableFile"]) > 100


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ods", make.polyglot_ods),
        ("a.xlsx", make.with_binary),
        ("a.xlsx", lambda: make.same_name(2)),
    ],
)
def test_a_file_of_two_kinds_or_with_two_sheets_of_one_name_is_refused(
    command: Command, name: str, content: Any
) -> None:
    (command.folder / name).write_bytes(content())
    ran = command(name, *LOT)
    assert ran.code == 4
    assert "two kinds" in ran.err or "one name" in ran.err


def test_a_package_behind_an_old_workbook_is_not_looked_at() -> None:
    old = make.several_sheets(make.sheet(make.number(0, 0)))
    assert [sheet.name for sheet in read(old + xlsx([["x"]]), "a.xls").sheets] == ["A"]


def test_a_folder_with_ten_hostile_files_among_twenty_good_ones_has_thirty_results(
    command: Command,
) -> None:
    names = [
        "old_claims-far-ffff.xls",
        "old_containers-concealed.xls",
        "old_containers-loop-0.xls",
        "new_claims-at-Ax.xlsx",
        "new_claims-text-10000000000.xlsx",
        "new_values-twice.xlsx",
        "new_packages-both.ods",
        "new_packages-binary.xlsx",
        "new_office-nested.ods",
        "texts-mark-fffe-odd.csv",
    ]
    made = every()
    for name in names:
        (command.folder / name).write_bytes(made[name])
    for number in range(20):
        command.sheet(f"good-{number}.csv")
    for jobs in ("1", "2"):
        ran = command.json(".", *LOT, "--jobs", jobs)
        reports = ran.document["reports"]
        assert (ran.code, len(reports)) == (4, 30)
        assert Counter(report["exit_code"] for report in reports) == {0: 20, 4: 10}


# --- budgets of work -----------------------------------------------------------------------------

COMMANDS = {
    "check": ("a.csv", *LOT),
    "json": ("a.csv", *LOT, "--format", "json"),
    "questions": ("questions", "a.csv", *LOT),
    "inspect": ("inspect", "a.csv"),
    "tidy": ("tidy", "a.csv", "--diff"),
    "textconv": ("textconv", "a.csv"),
    "diff": ("diff", "a.csv", "a.csv", *LOT),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_so_many_words_are_compared_with_all_known_ones_and_no_more(
    command: Command, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    compared: list[str] = []

    def counted(text: str) -> list[str]:
        compared.append(text)
        return []

    monkeypatch.setattr(dictionary, "suggest_countries", counted)
    (command.folder / "a.csv").write_text(make.unread(MOST_GUESSED + 60), "utf-8")
    assert command(*COMMANDS[name]).code in {0, 3}
    assert len(set(compared)) == MOST_GUESSED


def test_the_work_grows_with_the_rows_and_not_faster(command: Command) -> None:
    def run(rows: int) -> int:
        (command.folder / "a.csv").write_text(make.unread(rows), "utf-8")
        return calls(lambda: command("a.csv", *LOT))

    run(200)
    least, more = run(400), run(800)
    assert more < 2.4 * least


def test_a_note_says_that_too_much_is_unread(command: Command) -> None:
    (command.folder / "a.csv").write_text(make.unread(MOST_GUESSED + 60), "utf-8")
    ran = command.json("a.csv", *LOT)
    notes = ran.document["input"]["notes"]
    assert any(n.startswith("Too much is unread") and "country, type" in n for n in notes)
    (command.folder / "b.csv").write_text(make.unread(20), "utf-8")
    assert not any("Too much" in n for n in command.json("b.csv", *LOT).document["input"]["notes"])


def test_where_too_much_is_unread_only_columns_that_lack_something_are_named() -> None:
    rows = [(f"Org {n}", "Norway", f"xq{n}", "") for n in range(MOST_GUESSED + 60)]
    (note,) = (n for n in parsed([HEADER, *rows]).notes if str(n).startswith("Too much"))
    assert "fill in the columns type, or" in str(note)


def test_no_partner_is_taken_for_a_legend_because_too_much_is_unread(command: Command) -> None:
    rows = [(f"O {n}", f"Landia {n}x", "", "") for n in range(MOST_GUESSED + 20)]
    rows += [(name, land, kind, role) for name, land, kind, role in EIGHT]
    rows += [("Last one", "Rusia land", "", "")]
    (command.folder / "a.csv").write_text(text_of(rows), "utf-8")
    names = [p["name"] for p in command.json("a.csv", *LOT).document["partners"]]
    assert "Last one" in names


LONG = ("- ", "a ", "1.", "(", "[(", "maybe ", "\ufdfa", "e\u0301", "\n", "x@x ", "NO-", "\u200b")


@pytest.mark.parametrize("unit", LONG)
def test_a_long_cell_takes_no_more_work_than_it_has_letters(command: Command, unit: str) -> None:
    def run(length: int) -> int:
        long = (unit * length)[:length]
        (command.folder / "a.csv").write_text(make.with_status([long] * 8), "utf-8")
        return calls(lambda: command("a.csv", *LOT, "--no-advice"))

    run(100)
    assert run(32_000) < 9 * run(4_000)


# --- patterns ------------------------------------------------------------------------------------

SEPARATED = {
    "_TAG": "each round begins with a space and ends with a quote",
    "_PACKAGE": 'each round begins with "AP"',
    "_PLAIN_WORD": "each round begins with a sign that is no letter",
}
"""Patterns with a quantifier in a quantifier that can be read in one way only, and why."""


def _patterns() -> dict[str, re.Pattern[Any]]:
    found = {}
    for package in (alliance_check, cli):
        for info in walk_packages(package.__path__, f"{package.__name__}."):
            if ".cli" in info.name[1:] or ".data" in info.name or info.name.endswith("__main__"):
                continue
            for name, value in vars(import_module(info.name)).items():
                values = value.values() if isinstance(value, dict) else [value]
                if isinstance(value, tuple | list):
                    values = [
                        v for one in value for v in (one if isinstance(one, tuple) else [one])
                    ]
                found.update(
                    {f"{info.name}:{name}": v for v in values if isinstance(v, re.Pattern)}
                )
    return found


def _parsed(pattern: re.Pattern[Any]) -> Any:
    is_bytes = isinstance(pattern.pattern, bytes)
    return parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE if is_bytes else pattern.flags)


def _inner(operator: Any, given: Any) -> list[Any]:
    """Return what an operator that can give letters back is made of."""
    if operator is sign.SUBPATTERN:
        return [given[3]]
    if operator in {sign.ASSERT, sign.ASSERT_NOT}:
        return [given[1]]
    return list(given[1]) if operator is sign.BRANCH else []


def _nested(parsed: Any, *, within: bool = False) -> bool:
    """Say whether an unbounded quantifier stands in another one that may give letters back."""
    for operator, given in parsed:
        repeats = operator in {sign.MAX_REPEAT, sign.MIN_REPEAT}
        unbounded = repeats and given[1] > 20
        inner = [given[2]] if repeats else _inner(operator, given)
        if (unbounded and within) or any(_nested(one, within=within or unbounded) for one in inner):
            return True
    return False


def test_no_pattern_has_a_quantifier_in_a_quantifier() -> None:
    patterns = _patterns()
    assert len(patterns) > 100
    nested = {name for name, pattern in patterns.items() if _nested(_parsed(pattern))}
    assert {name.rpartition(":")[2] for name in nested} == set(SEPARATED)


def test_a_pattern_with_one_is_found() -> None:
    assert _nested(parser.parse(r"(a+)+b"))
    assert not _nested(parser.parse(r"(?:a++)*+b"))


def test_no_reader_is_handed_to_a_library() -> None:
    source = Path(inspect.getfile(read)).parent
    names = {line for path in source.rglob("*.py") for line in path.read_text("utf-8").splitlines()}
    assert not [
        n
        for n in names
        if re.match(r"\s*(?:import|from) (?:python_calamine|openpyxl|lxml|xlrd)", n)
    ]
