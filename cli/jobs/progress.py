"""A bar on standard error while many files are judged, where a person can see it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

FEWEST = 20
"""Fewer files are done before a bar could be read."""


def watched(
    results: Iterable[T], total: int, *, wanted: bool = True, fewest: int = FEWEST
) -> Iterator[T]:
    """Yield the results, and show on a terminal how many of *total* there are.

    The bar is drawn as results come, by no thread of its own, because a process with threads
    cannot be forked safely; and it is gone when the last one has come.
    """
    if not wanted or total < fewest or not _seen():
        yield from results
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, auto_refresh=False, transient=True) as bar:
        task = bar.add_task("", total=total)
        step = max(total // 100, 1)
        for number, result in enumerate(results, start=1):
            bar.update(task, completed=number, refresh=number % step == 0)
            yield result


def _seen() -> bool:
    return sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
