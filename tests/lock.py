"""Makes tests/constraints.txt, the lock: exact versions with which everything is known to pass.

Run ``python -m tests.lock`` on the oldest Python that pyproject.toml allows: what runs there has
builds for the newer ones too. It installs the newest that pyproject.toml allows into an environment
of its own and writes down what came. ``python -m tests.lock --lowest`` prints the lowest instead.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import venv
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "tests/constraints.txt"
CONFIG: Any = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
# The first rules what is installed. From pip 25.3 on the second rules what builds it; before that
# the first does both.
VARIABLES = ("PIP_CONSTRAINT", "PIP_BUILD_CONSTRAINT")
HEAD = """\
# What the test command of README.md installs. Made on CPython {python} by: python -m tests.lock
# Do not edit. When Babel or pycountry changed, also run: python -m data.making.countries
"""


def required() -> list[str]:
    """Return what pyproject.toml asks for: to build, to run with every extra, and to develop."""
    project = CONFIG["project"]
    extras = chain.from_iterable(project["optional-dependencies"].values())
    others = (each for each in extras if not each.startswith(f"{project['name']}["))
    return [*CONFIG["build-system"]["requires"], *project["dependencies"], *others]


def lowest(requirements: Sequence[str]) -> list[str]:
    """Return each requirement with the lowest version that it allows as the only one.

    pip takes no extras in a constraint.

    >>> lowest(["rich>=14.1", "dask[dataframe]>=2025.1"])
    ['rich==14.1', 'dask==2025.1']
    """
    return [re.sub(r"(\[.*\])?>=", "==", requirement) for requirement in requirements]


def locked() -> dict[str, str]:
    """Return the version of each package in the lock."""
    lines = LOCK.read_text("utf-8").splitlines()
    return dict(line.split("==") for line in lines if not line.startswith("#"))


def pinned() -> dict[str, str]:
    """Return the environment in which pip, whoever starts it, installs what the lock says.

    What a run needs is compiled by that run: compiling all of pandas takes longer than installing.
    """
    # pip takes the value for that of "compile", so that a 1 would compile.
    return {**os.environ, **dict.fromkeys(VARIABLES, LOCK.as_uri()), "PIP_NO_COMPILE": "0"}


def newest(requirements: Sequence[str]) -> list[str]:
    """Return what pip has installed after it was asked for the requirements alone."""
    free = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    with TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        scripts = Path(folder, "Scripts" if sys.platform == "win32" else "bin")
        pip = (str(scripts / "python"), "-m", "pip")
        subprocess.run(
            [*pip, "install", "--quiet", "--upgrade", *requirements], env=free, check=True
        )
        listed = [*pip, "freeze", "--all", "--exclude", "pip"]
        return subprocess.check_output(listed, env=free, encoding="utf-8").splitlines()


def main() -> None:
    """Write the lock, or print the lowest versions."""
    if sys.argv[1:] == ["--lowest"]:
        print("\n".join(lowest(required())))  # noqa: T201
        return
    python = "{}.{}".format(*sys.version_info)
    if CONFIG["project"]["requires-python"] != f">={python}":
        sys.exit(f"This is {python}; pyproject.toml says {CONFIG['project']['requires-python']}.")
    lines = sorted(newest(required()), key=str.lower)
    text = HEAD.format(python=python) + "\n".join(lines) + "\n"
    LOCK.write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
