"""The hook of pre-commit, run by pre-commit itself on a repository of proposals."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests import pages, repositories
from tests.cli_runs import ROOT, write
from tests.lock import pinned

CONFIG = """\
repos:
  - repo: {address}
    rev: {revision}
    hooks:
      - id: alliance-check
        args: [--lot=innovation, --format=concise]
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps what it installs; one installation serves all tests here."""
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return repositories.program(tmp_path_factory.mktemp("program") / "alliance-check")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return repositories.proposals(tmp_path / "workspace")


def pre_commit(home: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**pinned(), "PRE_COMMIT_HOME": str(home), "GIT_CONFIG_GLOBAL": os.devnull}
    command = [repositories.installed("pre-commit"), *arguments]
    return subprocess.run(
        command, cwd=folder, env=env, capture_output=True, check=False, encoding="utf-8"
    )


def test_the_manifest_and_the_snippet_have_the_form_that_pre_commit_asks_for(
    home: Path, tmp_path: Path
) -> None:
    config = tmp_path / "config.yaml"
    config.write_text(pages.snippet("pre-commit"), "utf-8")
    for arguments in (
        ("validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")),
        ("validate-config", str(config)),
    ):
        ran = pre_commit(home, tmp_path, *arguments)
        assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_the_hook_of_a_configuration_stops_a_commit_with_a_bad_list(
    home: Path, program: Path, workspace: Path
) -> None:
    revision = subprocess.check_output(
        ["git", "rev-parse", "HEAD"],  # noqa: S607
        cwd=program,
        encoding="utf-8",
    ).strip()
    text = CONFIG.format(address=program, revision=revision)
    (workspace / ".pre-commit-config.yaml").write_text(text, "utf-8")
    repositories.git(workspace, "add", "--all")
    ran = pre_commit(home, workspace, "run", "--all-files")
    assert ran.returncode == 1
    assert "check partner lists" in ran.stdout
    assert "- exit code: 1" in ran.stdout
    assert "proposals/bad.csv: NOT ELIGIBLE, Lot 1" in ran.stdout
    assert "proposals/good.csv: ELIGIBLE, Lot 1" in ran.stdout
    assert "README.md:" not in ran.stdout

    write(workspace / "proposals" / "bad.csv")
    repositories.git(workspace, "add", "--all")
    ran = pre_commit(home, workspace, "run", "--all-files")
    assert ran.returncode == 0, ran.stdout
    assert "check partner lists" in ran.stdout
    assert ran.stdout.rstrip().endswith("Passed")
