"""Read tables of phrases, which people edit: what each means, and how it may be written.

A line is ``meaning;second;spelling | spelling | spelling``.
"""

from __future__ import annotations

from collections.abc import Iterator

from alliance_check.text.folding import fold
from alliance_check.text.package_data import text_of_table

_BETWEEN = " | "
# Folding one long text costs far less than folding thousands of short ones. Two letters that no
# spelling has stand in for the marks between spellings and lines, which folding would take away.
_SPELLING, _LINE = "間", "行"

Line = tuple[str, str, list[str]]


def written_phrases(name: str) -> Iterator[Line]:
    """Yield meaning, second column and spellings of each line, as they are written."""
    for line in _text(name):
        meaning, second, spellings = line.split(";", 2)
        yield meaning, second, spellings.split(_BETWEEN)


def phrases(name: str) -> Iterator[Line]:
    """Yield meaning, second column and spellings of each line, with the spellings folded."""
    lines = [line.split(";", 2) for line in _text(name)]
    marked = (spellings.replace(_BETWEEN, f" {_SPELLING} ") for _, _, spellings in lines)
    whole = fold(f" {_LINE} ".join(marked)).split(_LINE)
    for (meaning, second, _), folded in zip(lines, whole, strict=True):
        yield meaning, second, [spelling.strip() for spelling in folded.split(_SPELLING)]


def _text(name: str) -> list[str]:
    return text_of_table(name).splitlines()[1:]
