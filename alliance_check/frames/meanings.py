"""The different meanings of cells, each with a number."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from typing import Generic, TypeVar

from alliance_check.model.consortium import Functions

T = TypeVar("T", bound=Hashable)


class Numbered(Generic[T]):
    """Gives each different value a number, from 0."""

    def __init__(self) -> None:
        self._numbers: dict[T, int] = {}
        self.all: list[T] = []

    def number(self, value: T) -> int:
        """Return the number of a value."""
        found = self._numbers.setdefault(value, len(self.all))
        if found == len(self.all):
            self.all.append(value)
        return found


class Meanings:
    """What the numbers in the rows stand for."""

    def __init__(self) -> None:
        self.countries = Numbered[tuple[str | None, frozenset[str]]]()
        """A country, or what an unread one may be."""
        self.types = Numbered[tuple[tuple[str, ...], Functions, frozenset[str]]]()
        """What an organisation is, what it counts as, and what overrules its type."""
        self.days = Numbered[date | None]()
        """The day on which a charter ends."""
        self.ids: dict[str, dict[int, str]] = {}
        """The code of each number of a PIC or an OID."""
