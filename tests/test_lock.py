"""The lock holds everything that pyproject.toml asks for, and the documented commands obey it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import lock
from tests.lock import ROOT

AGAIN = "make the lock again: python -m tests.lock"


def test_every_requirement_is_locked_to_a_version_that_it_allows() -> None:
    versions = {canonicalize_name(name): version for name, version in lock.locked().items()}
    for requirement in map(Requirement, lock.required()):
        version = versions.get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is not in the lock; {AGAIN}"
        assert version in requirement.specifier, f"{requirement} is locked to {version}; {AGAIN}"


def test_the_lowest_version_of_every_requirement_is_known() -> None:
    for requirement in lock.required():
        assert re.fullmatch(r"[\w-]+(\[[\w,]+\])?>=[\w.]+", requirement), (
            f"{requirement!r}: write name>=version, so that .ci/run can install the lowest"
        )


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_command_of_a_clone_installs_what_is_locked(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    commands = re.findall(r"^    .*pip install .*(?: \.|\.\[dev\]).*$", text, re.MULTILINE)
    assert commands
    for command in commands:
        for variable in lock.VARIABLES:
            assert re.search(rf'\b{variable}="?tests/constraints\.txt', command)


def test_the_lock_is_made_of_what_pip_lists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "LOCK", tmp_path / "constraints.txt")
    monkeypatch.setattr(lock, "newest", lambda _: ["b==2", "C==3", "a==1"])
    monkeypatch.setattr(sys, "argv", ["lock"])
    monkeypatch.setattr(sys, "version_info", (3, 11))
    lock.main()
    assert list(lock.locked().items()) == [("a", "1"), ("b", "2"), ("C", "3")]
    assert "CPython 3.11 by: python -m tests.lock\n" in lock.LOCK.read_text("utf-8")


def test_the_lock_is_not_made_on_a_newer_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["lock"])
    monkeypatch.setattr(sys, "version_info", (3, 12))
    with pytest.raises(SystemExit, match=r"This is 3\.12; pyproject\.toml says >=3\.11\."):
        lock.main()
