"""Measures what strangers can send; ``python -m tests.measure_hostile [PYTHON] [WORD]``.

Runs each case as a process of its own and prints a table: class, case, exit code, the largest
memory of the process and its children together, and processor time. PYTHON is the interpreter of
another checkout, to compare with; WORD picks the cases whose name contains it.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests import hostile_cases as make

MIB = 1 << 20
MOST_SECONDS, MOST_MEMORY = 100, 4 << 30
_PAGE = resource.getpagesize()


class Measure(NamedTuple):
    """What a run came to; ``code`` is negative where a signal ended it."""

    code: int
    memory: int
    seconds: float
    said: str


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _family(pid: int) -> Iterator[int]:
    yield pid
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(int(child))


def _resident(pid: int) -> int:
    total = 0
    for each in _family(pid):
        with contextlib.suppress(OSError, IndexError):
            total += int(Path(f"/proc/{each}/statm").read_text().split()[1]) * _PAGE
    return total


def measured(python: str, arguments: Sequence[str], folder: Path) -> Measure:
    """Run the program in a folder and return what that took."""
    (folder / ".said").write_bytes(b"")
    with (folder / ".said").open("r+b") as said:
        process = subprocess.Popen(
            [python, "-m", "alliance_check.cli", *arguments],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
            preexec_fn=_limit,  # noqa: PLW1509 - no threads here
            start_new_session=True,
        )
        peak, end = 0, time.monotonic() + 3 * MOST_SECONDS
        while True:
            peak = max(peak, _resident(process.pid))
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() > end:
                os.killpg(process.pid, signal.SIGKILL)
            time.sleep(0.01)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        words = said.read(2000).decode("utf-8", "replace")
    seconds = usage.ru_utime + usage.ru_stime
    peak = max(peak, usage.ru_maxrss * 1024)
    last = words.strip().split("\n")[-1]
    return Measure(process.returncode, peak, seconds, last)


def main(python: str = sys.executable, word: str = "") -> None:
    """Print the table."""
    print("| class | case | exit | MiB | s | said |\n|---|---|---|---|---|---|")  # noqa: T201
    for kind, cases in make.CASES.items():
        for name, build in cases.items():
            if word in f"{kind} {name}":
                row = _row(python, build)
                print(f"| {kind} | {name} | {row} |", flush=True)  # noqa: T201


def _row(python: str, build: Callable[[Path], Sequence[str]]) -> str:
    with TemporaryDirectory() as place:
        folder = Path(place) / "here"
        folder.mkdir()
        arguments = build(folder)
        found = measured(python, arguments, folder)
        for path in (folder, *folder.rglob("*")):
            with contextlib.suppress(OSError):
                path.chmod(0o700)
    said = found.said.replace("|", "/").replace(place, "")[:110]
    return f"{found.code} | {found.memory / MIB:.0f} | {found.seconds:.1f} | {said}"


if __name__ == "__main__":
    main(*sys.argv[1:3])
