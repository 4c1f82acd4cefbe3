"""Read the files of data/, above all the tables of phrases that people edit.

A line of such a table is ``meaning;second;spelling | spelling | spelling``.
``importlib.resources`` would find the files too, but loads a dozen modules for it at every start.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cache

from alliance_check.text.folding import fold

_BETWEEN = " | "
# Folding one long text costs far less than folding thousands of short ones. Two letters that no
# spelling has stand in for the marks between spellings and lines, which folding would take away.
_SPELLING, _LINE = "間", "行"

Line = tuple[str, str, list[str]]


@cache
def _folder() -> str:
    from importlib import import_module

    # A string, because what is installed as alliance_check.data stands in data/ here.
    return str(import_module("alliance_check.data").__path__[0])


def bytes_of_table(name: str) -> bytes:
    """Return the bytes of a file, by its path below data/."""
    with open(os.path.join(_folder(), *name.split("/")), "rb") as file:  # noqa: PTH118, PTH123
        return file.read()


def text_of_table(name: str) -> str:
    """Return the text of a file, by its path below data/."""
    return bytes_of_table(name).decode()


def names_in(folder: str) -> list[str]:
    """Return the names of the files in a folder of data/, sorted."""
    return sorted(os.listdir(os.path.join(_folder(), folder)))  # noqa: PTH118, PTH208


def written_phrases(name: str) -> Iterator[Line]:
    """Yield meaning, second column and spellings of each line, as they are written."""
    for line in text_of_table(name).splitlines()[1:]:
        meaning, second, spellings = line.split(";", 2)
        yield meaning, second, spellings.split(_BETWEEN)


def phrases(name: str, only: str | None = None) -> Iterator[Line]:
    """Yield meaning, second column and spellings of each line, with the spellings folded.

    *only* is the one meaning that is wanted: what a sheet never asks for need not be folded.
    """
    lines = [line.split(";", 2) for line in text_of_table(name).splitlines()[1:]]
    lines = [line for line in lines if only in {None, line[0]}]
    marked = f" {_LINE} ".join(spellings for _, _, spellings in lines)
    whole = fold(marked.replace(_BETWEEN, f" {_SPELLING} ")).split(_LINE)
    for (meaning, second, _), folded in zip(lines, whole, strict=True):
        yield meaning, second, [spelling.strip() for spelling in folded.split(_SPELLING)]


@cache
def meanings(name: str, only: str | None = None) -> Mapping[str, Mapping[str, str]]:
    """Return the folded spellings of each meaning, with the second column of their first line."""
    lines = list(phrases(name, only))
    found: dict[str, dict[str, str]] = {meaning: {} for meaning, _, _ in lines}
    for meaning, second, spellings in reversed(lines):
        found[meaning].update(dict.fromkeys(spellings, second))
    return found
