"""The list of headers and small words in tests/header-spellings.csv, written without the tables."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
LANGUAGES = "en nb nn de fr es it pt nl pl ro el sv da fi".split()
UNREAD = {"", "unread", "unknown", "blank"}

Read = Callable[[str], str]


class Spelling(NamedTuple):
    """A line: what a text means, ``unread``, or ``not`` and what it must not be taken for."""

    list: str
    language: str
    text: str
    means: str

    @property
    def trap(self) -> bool:
        """Whether the line says what a text is not."""
        none = {("placeholder", "name"), ("total", "no")}
        return self.means.startswith(("not ", "unread")) or (self.list, self.means) in none

    def allows(self, meaning: str) -> bool:
        """Say whether a text may be read so."""
        if self.means == "unread":
            return meaning in UNREAD
        if self.means.startswith("not "):
            wrong = self.means.removeprefix("not ").split(", ")
            return meaning not in wrong and meaning.partition(" ")[0] not in wrong
        return meaning == self.means


@cache
def spellings() -> tuple[Spelling, ...]:
    """Return all lines."""
    path = ROOT / "tests/header-spellings.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(Spelling(**row) for row in csv.DictReader(file))


def wrong(name: str, language: str, read: Read, table: str) -> list[str]:
    """Return a sentence for each text of a list that is read wrongly."""
    return [
        f"{line.text!r} is read as {read(line.text) or 'nothing'}, not as {line.means!r}: {table}"
        for line in spellings()
        if (line.list, line.language) == (name, language) and not line.allows(read(line.text))
    ]


def lists_of(*names: str) -> list[tuple[str, str]]:
    """Return each list with each language that has lines in it."""
    return sorted({(line.list, line.language) for line in spellings() if line.list in names})
