"""How long commands take, each in turn, and what one costs as a multiple of another."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeVar

JUDGED = frozenset({0, 1, 3})
"""The exit codes of a run that judged, whatever the verdict; the peers use the first two."""
K = TypeVar("K")
T = TypeVar("T")


class Cost(NamedTuple):
    """What a run took, in seconds: on the clock, and of processors, those of children included."""

    elapsed: float
    processor: float

    def __sub__(self, other: Cost) -> Cost:
        """Return what a run took beyond another one."""
        return Cost(self.elapsed - other.elapsed, self.processor - other.processor)

    def __truediv__(self, number: float) -> Cost:
        """Return the share of one of so many."""
        return Cost(self.elapsed / number, self.processor / number)


@dataclass(frozen=True)
class Ratio:
    """How many times the processor time of another the same rounds took: median and quartiles."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        """Return the median, with the quartiles in brackets.

        >>> str(Ratio(1.2345, 1.1, 13.06))
        '1.23 (1.10–13.1)'
        """
        return f"{digits(self.median)} ({digits(self.low)}–{digits(self.high)})"


class Failed(Exception):
    """A command that is measured ended as none should."""


def run(command: Sequence[str | Path], folder: Path | None = None) -> Cost:
    """Run a command and return what that took; its output is thrown away.

    :raises Failed: when it ends with a code that says it did not do its work.
    """
    before, start = _of_children(), time.perf_counter()
    ran = subprocess.run(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=_environment(folder),
        check=False,
    )
    elapsed, after = time.perf_counter() - start, _of_children()
    _refuse_failure(command, ran)
    return Cost(elapsed, after - before)


def _environment(folder: Path | None) -> dict[str, str]:
    """Return the environment without what would change how Python starts, such as no bytecode.

    What a program keeps for its user, it keeps in the folder.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    kept = {} if folder is None else {"XDG_STATE_HOME": str(folder / "state")}
    return {**own, **kept, "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}


def _of_children() -> float:
    """Return the processor time of all children so far; os.times() counts hundredths only."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def said(command: Sequence[str | Path], folder: Path | None = None) -> str:
    """Run a command and return what it prints.

    :raises Failed: when it ends with a code that says it did not do its work.
    """
    environment = _environment(folder)
    ran = subprocess.run(command, cwd=folder, capture_output=True, env=environment, check=False)
    _refuse_failure(command, ran)
    return ran.stdout.decode()


def _refuse_failure(command: Sequence[str | Path], ran: subprocess.CompletedProcess[bytes]) -> None:
    if ran.returncode not in JUDGED or b"Traceback (most recent call last)" in ran.stderr:
        words = " ".join(Path(str(word)).name for word in command)[:200]
        last = ran.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise Failed(f"{words}: exit code {ran.returncode}: {last}")


def alternating(
    work: Mapping[K, Callable[[], T]], runs: int, *, warm: bool = True
) -> dict[K, list[T]]:
    """Return what each piece of work gives in so many rounds, each of which does all of them.

    A round before the first, with *warm*, warms the caches of the disk and is forgotten. Every
    round starts with another piece, so that none always follows the same.
    """
    found: dict[K, list[T]] = {name: [] for name in work}
    names = list(work)
    for number in range(0 if warm else 1, runs + 1):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            result = work[name]()
            if number:
                found[name].append(result)
        print(f"\r  round {number} of {runs}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return found


def ratio(these: Sequence[float], those: Sequence[float]) -> Ratio:
    """Compare the rounds pair by pair.

    >>> ratio([2, 4, 9], [1, 2, 3])
    Ratio(median=2.0, low=2.0, high=2.5)
    """
    pairs = sorted(this / that for this, that in zip(these, those, strict=True))
    if len(pairs) == 1:
        return Ratio(pairs[0], pairs[0], pairs[0])
    low, middle, high = statistics.quantiles(pairs, n=4, method="inclusive")
    return Ratio(middle, low, high)


def processor(costs: Collection[Cost]) -> list[float]:
    """Return the processor time of each run."""
    return [cost.processor for cost in costs]


def middle(costs: Collection[Cost]) -> Cost:
    """Return the medians of both times."""
    return Cost(
        statistics.median(cost.elapsed for cost in costs),
        statistics.median(cost.processor for cost in costs),
    )


def digits(number: float) -> str:
    """Return a number with three digits that count, and no exponent.

    >>> digits(0.01234), digits(1.2345), digits(123.4), digits(12345)
    ('0.0123', '1.23', '123', '12300')
    """
    if not number:
        return "0"
    exponent = int(f"{number:.2e}".partition("e")[2])
    return f"{round(number, 2 - exponent):.{max(0, 2 - exponent)}f}"


def seconds(number: float) -> str:
    """Return a time in the unit in which it is read best.

    >>> seconds(12.345), seconds(0.0123), seconds(0.0000456)
    ('12.3 s', '12.3 ms', '45.6 µs')
    """
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if abs(number) >= size:
            return f"{digits(number / size)} {unit}"
    return f"{digits(number / 1e-6)} µs"
