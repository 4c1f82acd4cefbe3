"""Where the time of a run goes: the share of each module in it, by the profile of Python."""

from __future__ import annotations

import pstats
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.benchmarks.timing import said

MOST = 12
"""How many modules are listed."""


def profile(python: Path, arguments: Sequence[str | Path], folder: Path) -> list[tuple[str, float]]:
    """Run Python with these arguments, and return the modules with their share of the time.

    The time in a function is its own, without that of the functions it calls; what is written in C
    counts as "built in". The profile itself makes small functions look dearer than they are.
    """
    with TemporaryDirectory() as place:
        found = Path(place) / "profile"
        said([python, "-m", "cProfile", "-o", found, *arguments], folder)
        # It is typed without the mapping that everybody reads.
        stats: Any = pstats.Stats(str(found))
    return shares({key: times[2] for key, times in stats.stats.items()})


def shares(times: dict[tuple[str, int, str], float]) -> list[tuple[str, float]]:
    """Return the modules that take most of the time, with their share of it.

    >>> shares({("/x/site-packages/a/b.py", 1, "f"): 3.0, ("~", 0, "<sorted>"): 1.0})
    [('a/b', 0.75), ('built in', 0.25)]
    """
    total = sum(times.values())
    spent: dict[str, float] = {}
    for (file, _, _), own in times.items():
        spent[module_of(file)] = spent.get(module_of(file), 0) + own
    most = sorted(spent.items(), key=lambda item: -item[1])
    return [(module, own / total) for module, own in most[:MOST]]


def module_of(file: str) -> str:
    """Return a module as its package knows it, never with a path of this machine.

    >>> module_of("/usr/lib/python3.11/json/decoder.py"), module_of("~"), module_of("<string>")
    ('json/decoder', 'built in', '<string>')
    """
    if file == "~":
        return "built in"
    path = Path(file)
    parts = path.with_suffix("").parts
    for root in ("site-packages", "programs"):
        if root in parts:
            return "/".join(parts[parts.index(root) + 1 :])
    start = next((n for n, part in enumerate(parts) if part.startswith("python3.")), -1)
    return "/".join(parts[start + 1 :]) if start >= 0 else path.stem if path.is_absolute() else file
