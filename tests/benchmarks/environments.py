"""Each program in an environment of its own, so that none starts slower for what another needs.

The environments stand beside the running Python, where git ignores them. The project is built from
the working tree and installed as its users have it: an editable installation starts slower.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.lock import LOCK, ROOT, pinned

HERE = Path(__file__).parent
HOME = Path(sys.prefix) / "benchmarks"
REQUIREMENTS = HERE / "requirements"
PEERS = tuple(sorted(path.stem for path in REQUIREMENTS.glob("*.txt")))
OURS = "alliance-check"


class Missing(Exception):
    """The packages of a peer cannot be installed here."""


def python(name: str) -> Path:
    """Return the Python of an environment."""
    return HOME / name / "bin" / "python"


def compared(peer: str) -> dict[str, str]:
    """Return the version of each package of a peer that is compared: those above the blank line."""
    above = (REQUIREMENTS / f"{peer}.txt").read_text("utf-8").partition("\n\n")[0]
    lines = [line for line in above.splitlines() if not line.startswith("#")]
    return {name: version for name, _, version in (line.partition("==") for line in lines)}


def install_peer(peer: str) -> None:
    """Install a peer, unless exactly what its file asks for is there.

    :raises Missing: when pip cannot; the sentence is pip's own.
    """
    wanted, done = REQUIREMENTS / f"{peer}.txt", HOME / peer / "installed.txt"
    if done.exists() and done.read_bytes() == wanted.read_bytes():
        return
    _fresh(peer)
    _pip(peer, "--no-deps", "--requirement", str(wanted))
    shutil.copy(wanted, done)


def install_ours() -> None:
    """Build the project from the working tree, and install it with what the lock says.

    :raises Missing: when it cannot be built or installed.
    """
    with TemporaryDirectory() as folder:
        build = [sys.executable, "-m", "build", "--outdir", folder, str(ROOT)]
        _quietly(build)
        if not python(OURS).exists() or not _same_lock():
            _fresh(OURS)
        (wheel,) = Path(folder).glob("*.whl")
        _pip(OURS, str(wheel))
        _pip(OURS, "--force-reinstall", "--no-deps", str(wheel))
    shutil.copy(LOCK, HOME / OURS / "installed.txt")


def _same_lock() -> bool:
    done = HOME / OURS / "installed.txt"
    return done.exists() and done.read_bytes() == LOCK.read_bytes()


def _fresh(name: str) -> None:
    venv.create(HOME / name, clear=True, with_pip=True)


def _pip(name: str, *what: str) -> None:
    _quietly([str(python(name)), "-m", "pip", "install", "--quiet", *what], locked=name == OURS)


def _quietly(command: list[str], *, locked: bool = True) -> None:
    environment = pinned() if locked else None
    if environment is not None:
        del environment["PIP_NO_COMPILE"]  # or the first run of each module would pay for it
    ran = subprocess.run(
        command, capture_output=True, encoding="utf-8", env=environment, check=False
    )
    if ran.returncode:
        errors = [line for line in ran.stderr.splitlines() if line.startswith("ERROR")]
        raise Missing((errors or ran.stderr.strip().splitlines() or ["no reason given"])[0])
