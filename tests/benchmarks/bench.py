"""What every part is given: where its files stand, how large they are, how often it runs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tests.benchmarks import environments
from tests.benchmarks.timing import alternating

K = TypeVar("K")
T = TypeVar("T")

PROGRAMS = Path(__file__).parent / "programs"


@dataclass(frozen=True)
class Scale:
    """How much is measured."""

    rows: int = 100_000
    books: int = 1000
    books_of_peers: int = 50
    holders: int = 6000
    cells: int = 100_000
    portfolios: tuple[int, ...] = (10_000, 100_000, 1_000_000)
    partners: tuple[int, ...] = (12, 30, 60)
    sheets: int = 20
    batches: tuple[int, ...] = (16, 64, 1000)


TINY = Scale(
    rows=60,
    books=3,
    books_of_peers=2,
    holders=5,
    cells=40,
    portfolios=(50, 100),
    partners=(12,),
    sheets=2,
    batches=(2,),
)
"""Enough to see that the command works."""


@dataclass(frozen=True)
class Bench:
    """A run: *folder* is empty and for the inputs; *peers* are those that could be installed.

    Where nothing is installed (*own* is false), our own programs run in the running Python.
    """

    folder: Path
    runs: int
    scale: Scale
    peers: frozenset[str]
    own: bool = True

    def alternating(self, work: Mapping[K, Callable[[], T]]) -> dict[K, list[T]]:
        """Do each piece of work in turn; where only that is of interest, without warming up."""
        return alternating(work, self.runs, warm=self.own)

    @property
    def ours(self) -> Path:
        """Return the Python that has the project installed."""
        return self.python(environments.OURS)

    def check(self, *arguments: str | Path) -> list[str | Path]:
        """Return the command that runs alliance-check for Lot 1."""
        return [self.command(environments.OURS), *arguments, "--lot", "innovation"]

    def program(self, peer: str, name: str, *arguments: str | Path) -> list[str | Path]:
        """Return the command that runs one of the programs in the environment of a peer."""
        return [self.python(peer), PROGRAMS / name, *arguments]

    def command(self, name: str) -> Path:
        """Return the command that a package has put beside its Python."""
        return self.python(name).with_name(name)

    def python(self, peer: str) -> Path:
        """Return the Python of a peer, or the running one where nothing is installed."""
        return environments.python(peer) if self.own else Path(sys.executable)
