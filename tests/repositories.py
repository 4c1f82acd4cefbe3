"""Repositories as others have them: one of proposals, and one that holds this program."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.cli_runs import EIGHT, ROOT, SEVEN, write

SHIPPED = ("alliance_check", "cli", "data")
FILES = ("pyproject.toml", "README.md", "LICENSE", "MANIFEST.in", ".pre-commit-hooks.yaml")


def installed(name: str) -> str:
    """Return the path of a program that the tests need beside Python."""
    path = Path(sys.executable).parent / name
    assert path.exists(), (
        f"{name} is missing: pip install {name}; it is one of the dev dependencies"
    )
    return str(path)


def proposals(folder: Path) -> Path:
    """Make a repository with one good and one bad proposal."""
    write(folder / "proposals" / "good.csv", EIGHT)
    write(folder / "proposals" / "bad.csv", SEVEN)
    (folder / "README.md").write_text("Two proposals.\n", "utf-8")
    commit(folder)
    return folder


def program(folder: Path) -> Path:
    """Make a repository of what this program is installed from."""
    folder.mkdir(parents=True)
    for name in SHIPPED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)
    commit(folder)
    return folder


def commit(folder: Path) -> None:
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "as it is")


def git(folder: Path, *arguments: str) -> None:
    who = {f"GIT_{role}_{what}": f"{what.lower()}@example.org" for role, what in _WHO}
    env = {**os.environ, **who, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["git", *arguments], cwd=folder, env=env, check=True)  # noqa: S607


_WHO = [(role, what) for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")]


def checked(schema: str, path: Path) -> None:
    """Let check-jsonschema hold a file against a schema that it carries."""
    command = [installed("check-jsonschema"), "--builtin-schema", schema, str(path)]
    ran = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout == "ok -- validation done\n"
