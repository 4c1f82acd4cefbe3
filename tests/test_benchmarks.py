"""The benchmarks work, at a scale at which nobody would compare what they measure."""

from __future__ import annotations

import platform
import re
import subprocess
import sys
from functools import partial
from itertools import islice
from pathlib import Path

import pandas as pd
import pytest

from alliance_check import check_frame
from tests.benchmarks import environments, inputs, results, timing
from tests.benchmarks.__main__ import main
from tests.benchmarks.bench import PROGRAMS
from tests.benchmarks.parts import PARTS, countries
from tests.lock import ROOT

MINIMA = (
    *("minimum-countries", "minimum-partners", "minimum-labour-market-actors"),
    *("minimum-education-providers", "higher-education-partner", "vet-partner"),
)
NUMBERS = range(1, len(PARTS) + 1)


@pytest.mark.parametrize("number", NUMBERS)
def test_every_part_measures_tiny_files_and_writes_its_tables(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], number: int
) -> None:
    page = tmp_path / "page.md"
    other = 1 + number % len(PARTS)
    results.write(page, other, "as it was")
    given = ["--tiny", "--only", str(number), "--runs", "1", "--output", str(page)]
    assert main(given) == 0
    text = page.read_text("utf-8")
    assert f"## {number}. {PARTS[number - 1].TITLE}\n" in text
    assert re.search(r"^\|.*\| [\d.]+ [mµ]?s \|", text, re.MULTILINE), text
    assert ", 1 round; " in text
    assert f"<!-- part {other} -->\nas it was\n<!-- end -->" in text
    assert capsys.readouterr().out.strip() in text


@pytest.mark.parametrize("given", [["--only", "7"], ["--only", "1,x"], ["--runs", "0"]])
def test_what_cannot_be_measured_is_refused(
    given: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as refused:
        main(given)
    assert refused.value.code == 2
    assert repr(given[1]) in capsys.readouterr().err


def test_a_section_takes_the_place_of_its_own_and_of_no_other() -> None:
    page = results.HEAD
    for number in (3, 1, 2, 1):
        page = results.put(page, number, f"part {number}, {page.count('<!-- part')} before")
    assert re.findall(r"^part .*$", page, re.MULTILINE) == [
        "part 1, 3 before",
        "part 2, 2 before",
        "part 3, 0 before",
    ]
    assert page.startswith(results.HEAD)


def test_where_a_goal_is_missed_the_page_says_where_the_time_goes() -> None:
    goal = results.goals()["workbook"]
    profiles = {"workbook": [("alliance_check/evaluate", 0.25)]}
    sections = {
        found: results.markdown(
            2, results.Section("Title", "Text", {}, {"workbook": found}, profiles), "today"
        )
        for found in (goal.most + 1, goal.most)
    }
    lost, won = sections.values()
    assert "missed." in lost
    assert "| alliance_check/evaluate | 25% |" in lost
    assert goal.reason in lost
    assert "reached." in won
    assert "evaluate" not in won


def test_the_page_names_the_machine_by_what_it_is_and_never_by_what_it_is_called() -> None:
    line = results.measured_on(15, {"pandas": "3.1.1"}, load=0.1)
    assert "15 rounds" in line
    assert "pandas 3.1.1" in line
    assert not {platform.node(), str(ROOT), str(Path.home())} & set(re.split(r"[\s;,]+", line))
    assert "not quiet" not in line
    assert "not quiet" in results.measured_on(15, {}, load=1000)


def test_every_round_does_all_and_starts_with_another() -> None:
    done: list[str] = []

    def work(name: str) -> int:
        done.append(name)
        return len(done)

    found = timing.alternating({name: partial(work, name) for name in "abc"}, 3)
    assert "".join(done) == "abcbcacababc"
    assert found == {"a": [6, 8, 10], "b": [4, 9, 11], "c": [5, 7, 12]}
    assert timing.alternating({"d": partial(work, "d")}, 1, warm=False) == {"d": [13]}


def test_a_ratio_is_that_of_each_round_and_not_of_the_medians() -> None:
    found = timing.ratio([2, 9, 40], [1, 10, 4])
    assert (found.low, found.median, found.high) == (1.45, 2, 6)
    with pytest.raises(ValueError, match="shorter"):
        timing.ratio([1, 2], [1])


def test_a_command_that_did_not_do_its_work_is_not_measured(tmp_path: Path) -> None:
    for code in ("import sys; sys.exit(4)", "raise ValueError('no')"):
        with pytest.raises(timing.Failed):
            timing.run([sys.executable, "-c", code], tmp_path)
    for ended in timing.JUDGED:
        timing.run([sys.executable, "-c", f"import sys; sys.exit({ended})"], tmp_path)


def test_the_inputs_are_the_same_on_every_machine() -> None:
    first = list(islice(inputs.portfolio(1000), 3))
    assert [",".join(row) for row in first] == [
        "Proposal,Partner name,Country,Organisation type,Role",
        "P-000001,Steinville Mont,Germany,Chamber of commerce,Coordinator",
        "P-000001,Saxville Vest,Sweden,University,Full partner",
    ]
    assert list(inputs.portfolio(50)) == list(inputs.portfolio(1000))[:51]
    assert inputs.with_gaps(12, 0) == inputs.with_gaps(12, 0) != inputs.with_gaps(12, 1)


def test_the_script_counts_as_alliance_check_does_where_nothing_is_open(tmp_path: Path) -> None:
    path = inputs.write(tmp_path / "table.csv", inputs.portfolio(3000))
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    ours = check_frame(table, by="Proposal", lot="innovation", call="2023")
    command = [sys.executable, str(PROGRAMS / "script.py"), path.name]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, encoding="utf-8")
    lines = [line for line in ran.stdout.splitlines() if line.startswith("P-")]
    theirs = {line.split(",")[0]: line.rpartition(",")[2] == "True" for line in lines}
    assert list(theirs) == list(ours.index)
    minima = ours[[*MINIMA]]
    settled = minima[(minima != "to-check").all(axis="columns")]
    assert len(settled) > 20
    met = (settled == "met").all(axis="columns")
    assert {str(proposal): theirs[str(proposal)] for proposal in met.index} == met.to_dict()


def test_the_truth_about_countries_is_what_both_lists_say() -> None:
    truth = countries.truth()
    both = [text for text in truth["the project's list"] if text in truth["the other list"]]
    assert both
    assert all(len({spelt[text] for spelt in truth.values()}) == 1 for text in both)
    drawn = countries.cells(["a", "b"], 5)
    assert len(drawn) == 5
    assert set(drawn) == {"a", "b"}


@pytest.mark.parametrize("peer", environments.PEERS)
def test_every_package_of_a_peer_has_its_version(peer: str) -> None:
    lines = (environments.REQUIREMENTS / f"{peer}.txt").read_text("utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in wanted), wanted
    assert environments.compared(peer)
