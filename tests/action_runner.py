"""Runs the steps of action.yml as the runner of GitHub does: each in a shell of its own."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.cli_runs import ROOT
from tests.lock import pinned

_EXPRESSION = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")
_SHELL = ("bash", "--noprofile", "--norc", "-eo", "pipefail")
ACTION: Any = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS: Any = ACTION["runs"]["steps"]


class Job(NamedTuple):
    """What a run of the action left behind."""

    code: int
    log: str
    errors: str
    summary: str
    outputs: Mapping[str, str]


class Runner:
    """One machine: its Python, its temporary folder, and where the action was put."""

    def __init__(self, temp: Path, action: Path, python: Path) -> None:
        self.temp, self.action, self.python = temp, action, python

    def install(self, workspace: Path) -> None:
        (step,) = [s for s in STEPS if s.get("name") == "Install alliance-check"]
        job = self._run(step, {}, workspace)
        assert job.code == 0, job.log + job.errors

    def check(self, workspace: Path, **inputs: str) -> Job:
        """Run the check with these inputs; a dash in a name is an underscore here."""
        given = {name.replace("_", "-"): value for name, value in inputs.items()}
        assert given.keys() <= ACTION["inputs"].keys()
        defaults = {name: one["default"] for name, one in ACTION["inputs"].items()}
        (step,) = [s for s in STEPS if s.get("id") == "check"]
        return self._run(step, defaults | given, workspace)

    def _run(self, step: Any, inputs: Mapping[str, str], workspace: Path) -> Job:
        assert step["shell"] == "bash"
        assert "${{" not in step["run"], "text of an input would become part of the script"
        known = {f"inputs.{name}": value for name, value in inputs.items()}
        known |= {
            "github.action_path": str(self.action),
            "steps.python.outputs.python-path": str(self.python),
        }
        files = {n: self.temp / n for n in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for path in files.values():
            path.write_bytes(b"")
        script = self.temp / "script.sh"
        script.write_text(step["run"], "utf-8")
        env = {name: value for name, value in pinned().items() if name != "PYTHONPATH"}
        env |= {name: str(path) for name, path in files.items()} | {"RUNNER_TEMP": str(self.temp)}
        env |= {
            name: _EXPRESSION.sub(lambda match: known[match[1]], value)
            for name, value in step["env"].items()
        }
        ran = subprocess.run(
            [*_SHELL, script], cwd=workspace, env=env, capture_output=True, check=False, text=True
        )
        lines = files["GITHUB_OUTPUT"].read_text("utf-8").splitlines()
        outputs = dict(line.split("=", 1) for line in lines)
        summary = files["GITHUB_STEP_SUMMARY"].read_text("utf-8")
        return Job(ran.returncode, ran.stdout, ran.stderr, summary, outputs)
