"""A rule and a format are their entries in RULES and FORMATS: every command works with new ones."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

import pytest

from tests.cli_runs import EIGHT, ROOT, Ran, valid, write
from tests.made_up import FORMAT, RULE
from tests.outside_readers import junit_readers, tables

LOT = ("--lot", "innovation", "--call", "2026")
GOOD, BAD, OPEN = "in/good.csv", "in/bad.csv", "in/open.csv"
FORMATS = (
    "terminal",
    "json",
    "jsonl",
    "concise",
    "markdown",
    "junit",
    "sarif",
    "github",
    "csv",
    "html",
)
COMMANDS: Mapping[str, Sequence[str]] = {
    **{name: (BAD, *LOT, "--format", name) for name in (*FORMATS, FORMAT)},
    "eligible": (GOOD, *LOT),
    "undecided": (OPEN, *LOT, "--format", FORMAT),
    "folder": ("in", *LOT, "--format", FORMAT, "--jobs", "2"),
    "outputs": ("in", *LOT, "--format", "json", "--format", FORMAT, "--output-dir", "out"),
    "configured": (OPEN, *LOT, "--config", "own.toml", "--output-dir", "configured"),
    "other format": (BAD, *LOT, "--format", "toml"),
    "what-if": (GOOD, *LOT, *(f"--what-if=country:A{row}=Norway" for row in (3, 4, 5))),
    "what-if in the format": (GOOD, *LOT, "--what-if", "drop:A9", "--format", FORMAT),
    "strict": (GOOD, *LOT, "--strict", "--format", "json"),
    "rules": ("rules", "--call", "2026", "--lot", "innovation"),
    "explain": ("explain", RULE, "--call", "2026"),
    "near": ("explain", RULE[:-2]),
    "diff": ("diff", GOOD, BAD, *LOT),
    "diff as json": ("diff", GOOD, BAD, *LOT, "--format", "json"),
    "questions": ("questions", OPEN, *LOT),
    "questions as json": ("questions", OPEN, *LOT, "--format", "json"),
    "inspect": ("inspect", OPEN),
    "tidy": ("tidy", OPEN, "--diff"),
    "textconv": ("textconv", OPEN),
}
NORWEGIAN = tuple((name, "Norway", *rest) for name, _, *rest in EIGHT[:6])
UNREAD = tuple((name, "Germny", *rest) for name, _, *rest in EIGHT[2:3])


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Ran]:
    folder = tmp_path_factory.mktemp("made-up")
    more = (("Politechnika", "Poland", "University", "Full partner"),)
    four = tuple((name, "Norway", *rest) for name, _, *rest in EIGHT[:4])
    write(folder / GOOD, EIGHT)
    write(folder / BAD, (*NORWEGIAN, *EIGHT[6:], *more))
    write(folder / OPEN, (*four, *UNREAD, *EIGHT[5:], *more))
    waiver = '[[waiver]]\nrule = "{}"\nreason = "It is being settled."\n'
    waivers = "".join(map(waiver.format, (RULE, "excluded-countries", "non-associated-countries")))
    (folder / "own.toml").write_text(f'formats = ["{FORMAT}", "csv"]\n{waivers}', "utf-8")
    command = [sys.executable, "-m", "tests.made_up"]
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
    text = json.dumps([*COMMANDS.values()])
    done = subprocess.run(
        command, cwd=folder, env=env, input=text, stdout=subprocess.PIPE, check=True, text=True
    )
    found = (Ran(*one) for one in json.loads(done.stdout))
    files = {path.relative_to(folder).as_posix(): path for path in folder.glob("*/report.*")}
    read = {f"file {name}": Ran(0, path.read_text("utf-8"), "") for name, path in files.items()}
    return dict(zip(COMMANDS, found, strict=True)) | read


def test_every_report_says_what_the_rule_found(ran: Mapping[str, Ran]) -> None:
    said = "6 of 9 applicants from one country"
    for name in FORMATS:
        assert ran[name].code == 1, name
        assert said in ran[name].out, name
        assert not ran[name].err, name
    rules = valid(json.loads(ran["json"].out))["rules"]
    assert (rules[-1]["id"], rules[-1]["outcome"]) == (RULE, "not-met")
    assert tables.rows(ran["csv"].out)[-1]["finding"] == RULE
    assert [c.name for c in junit_readers.cases(ran["junit"].out) if c.name == RULE]
    assert RULE in {
        rule["id"] for rule in json.loads(ran["sarif"].out)["runs"][0]["tool"]["driver"]["rules"]
    }


def test_the_rule_decides_the_verdict_and_the_advice_is_honest_of_it(
    ran: Mapping[str, Ran],
) -> None:
    assert ran["eligible"].code == 0
    assert "applicants from one country" in ran["terminal"].out
    assert ran["undecided"].code == 3
    assert f"{RULE}: to-check" in ran["undecided"].out
    assert (
        "None of the changes tried here settles applicants from one country" in ran["terminal"].out
    )
    assert "applicants from one country: met → not met (" in ran["what-if"].out
    assert ran["what-if"].code == 1
    assert RULE in ran["strict"].out


def test_the_commands_that_inform_know_the_rule(ran: Mapping[str, Ran]) -> None:
    assert f"  {RULE} applicants from one country: 2" in ran["rules"].out
    assert "No more than half of the applicants may come from one country." in ran["explain"].out
    assert f"did you mean {RULE}?" in ran["near"].err
    assert "applicants from one country: met → not met" in ran["diff"].out
    changed = json.loads(ran["diff as json"].out)["consortia"][0]["lots"][0]["rules"]
    assert changed[-1]["id"] == RULE
    assert "applicants from one country" in ran["questions"].out
    asked = json.loads(ran["questions as json"].out)["consortia"][0]["questions"]
    assert RULE in {finding["id"] for question in asked for finding in question["asked_for"]}
    for name in ("inspect", "tidy", "textconv"):
        assert (ran[name].code, ran[name].err) == (0, ""), name


def test_the_format_is_written_wherever_a_format_is(ran: Mapping[str, Ran]) -> None:
    assert ran[FORMAT].out.startswith("- verdict: not-eligible")
    assert f"{RULE}: not-met" in ran[FORMAT].out
    assert ran["folder"].out.count("- verdict: ") == 3
    assert ran["file out/report.yaml"].out == ran["folder"].out
    assert ran["what-if in the format"].code == 1
    assert " or yaml." in ran["other format"].err


def test_a_configuration_may_name_both(ran: Mapping[str, Ran]) -> None:
    assert ran["configured"] == (0, "", ""), "the waiver lets the rule pass"
    assert ran["file configured/report.yaml"].out == ran["undecided"].out
    (gate,) = [
        r for r in tables.rows(ran["file configured/report.csv"].out) if r["finding"] == "gate"
    ]
    assert gate["message"] == "gate passed: 3 waived"
