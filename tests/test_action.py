"""The action of GitHub: its form, and its steps run on a repository of proposals."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import pages, repositories
from tests.action_runner import ACTION, STEPS, Runner
from tests.cli_runs import ROOT, SEVEN, UNREAD, write
from tests.outside_readers import junit_readers, runner, sarif_multitool

WAIVERS = "".join(
    f'[[waiver]]\nrule = "{rule}"\nreason = "Asked."\nby = "the coordinator"\n'
    for rule in ("excluded-countries", "non-associated-countries")
)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """A machine on which the action is installed, with a Python that knows nothing else."""
    folder = tmp_path_factory.mktemp("runner")
    (folder / "temp").mkdir()
    # pre-commit brings virtualenv, which is done in a tenth of the time that venv takes.
    subprocess.run([sys.executable, "-m", "virtualenv", "-q", folder / "python"], check=True)
    action = repositories.program(folder / "action")
    found = Runner(folder / "temp", action, folder / "python" / "bin" / "python")
    found.install(folder)
    return found


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return repositories.proposals(tmp_path / "workspace")


def test_the_action_has_the_form_that_github_asks_for() -> None:
    repositories.checked("vendor.github-actions", ROOT / "action.yml")
    wanted = {"paths", "lot", "call", "format", "strict", "fail-on"}
    assert set(ACTION["inputs"]) == wanted
    named = {part for step in STEPS for part in step.get("env", {}).values()}
    assert {f"${{{{ inputs.{name} }}}}" for name in wanted} <= named


@pytest.mark.parametrize(
    ("name", "schema"), [("github", "vendor.github-workflows"), ("gitlab", "vendor.gitlab-ci")]
)
def test_the_snippets_of_the_readme_have_the_form_that_their_readers_ask_for(
    name: str, schema: str, tmp_path: Path
) -> None:
    path = tmp_path / f"{name}.yml"
    path.write_text(pages.snippet(name), "utf-8")
    repositories.checked(schema, path)


def test_the_workflow_publishes_what_the_documentation_builds() -> None:
    workflow = ROOT / ".github" / "workflows" / "page.yml"
    repositories.checked("vendor.github-workflows", workflow)
    shown = (ROOT / "docs" / "page.md").read_text("utf-8")
    (command,) = re.findall(r"^    (python -m data\.making\.page .+)$", shown, re.MULTILINE)
    assert f"- run: {command}\n" in workflow.read_text("utf-8")


def test_one_bad_sheet_of_two_fails_the_step_with_annotations_and_summary(
    machine: Runner, workspace: Path, tmp_path: Path
) -> None:
    job = machine.check(workspace, paths="proposals", lot="innovation", format="sarif, junit")
    assert (job.code, job.errors) == (1, "")
    commands = runner.commands(job.log)
    assert all(commands), job.log
    found = [(c.name, c.properties["file"]) for c in commands if c and c.name != "notice"]
    assert found == [("error", "proposals/bad.csv")] * len(found)
    assert len(found) >= 2
    assert job.summary.startswith("## alliance-check: 2 files; 1 eligible; 1 not eligible\n")
    assert job.outputs["exit-code"] == "1"
    reports = Path(job.outputs["reports"])
    assert {p.name for p in reports.iterdir()} == {
        *("report.github.txt", "report.sarif", "report.xml")
    }
    sarif = (reports / "report.sarif").read_text("utf-8")
    assert not [c for c in sarif_multitool.validate(sarif, tmp_path) if c.level == "error"]
    assert junit_readers.cases((reports / "report.xml").read_text("utf-8"))


def test_the_summary_comes_even_where_nothing_fails(machine: Runner, workspace: Path) -> None:
    job = machine.check(workspace, lot="innovation", fail_on="never")
    assert (job.code, job.outputs["exit-code"]) == (0, "0")
    assert "NOT ELIGIBLE (gate passed" in job.log
    assert "NOT ELIGIBLE (gate passed" in job.summary
    job = machine.check(workspace, paths="proposals/good.csv\n", lot="innovation")
    assert job.code == 0
    assert job.summary.startswith("## ELIGIBLE")


def test_a_waiver_of_the_repository_lets_the_step_pass(machine: Runner, workspace: Path) -> None:
    write(workspace / "proposals" / "bad.csv", UNREAD)
    arguments = {"lot": "innovation", "paths": "proposals"}
    assert machine.check(workspace, **arguments).code == 3
    (workspace / "alliance-check.toml").write_text(WAIVERS, "utf-8")
    job = machine.check(workspace, **arguments)
    assert job.code == 0, job.log
    assert "UNDECIDED (gate passed: 2 waived by the coordinator)" in job.summary


def test_a_file_that_cannot_be_judged_fails_the_step_whatever_it_fails_on(
    machine: Runner, workspace: Path
) -> None:
    (workspace / "proposals" / "broken.xlsx").write_bytes(b"PK\x03\x04 broken")
    job = machine.check(workspace, lot="innovation", fail_on="never")
    assert (job.code, job.outputs["exit-code"]) == (4, "4")
    assert "::error file=proposals/broken.xlsx" in job.log


def test_nothing_is_compiled_that_no_run_needs(machine: Runner) -> None:
    pandas = machine.temp / "alliance-check" / "pandas"
    assert pandas.is_dir()
    assert not list(pandas.rglob("*.pyc"))


@pytest.mark.parametrize(
    "inputs",
    [
        {"lot": "$(touch pwned)"},
        {"lot": "innovation'; touch pwned; '"},
        {"call": '"; touch pwned; "'},
        {"format": "json;touch${IFS}pwned"},
        {"format": "*"},
        {"fail_on": "`touch pwned`"},
        {"paths": "proposals\n--summary-file=pwned"},
        {"paths": "$(touch pwned)"},
        {"strict": "true; touch pwned"},
    ],
    ids=str,
)
def test_text_of_an_input_is_never_run(
    machine: Runner, workspace: Path, inputs: dict[str, str]
) -> None:
    job = machine.check(workspace, **inputs)
    assert job.code == (4 if "call" in inputs else 2)
    assert "::error " in job.log
    assert not list(workspace.rglob("*pwned*"))


def test_modules_of_the_repository_are_not_imported(machine: Runner, workspace: Path) -> None:
    for name in ("typer.py", "json.py", "alliance_check/__init__.py"):
        path = workspace / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("raise SystemExit(0)\n", "utf-8")
    write(workspace / "proposals" / "bad.csv", SEVEN)
    assert machine.check(workspace, lot="innovation").code == 1


def test_strict_reaches_the_check(machine: Runner, workspace: Path) -> None:
    good = workspace / "proposals" / "good.csv"
    good.write_text(good.read_text("utf-8").replace("Norway", "Svalbard"), "utf-8")
    assert machine.check(workspace, paths="proposals/good.csv", lot="innovation").code == 0
    job = machine.check(workspace, paths="proposals/good.csv", lot="innovation", strict="true")
    assert job.code == 3
