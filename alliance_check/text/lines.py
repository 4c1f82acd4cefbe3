"""A table kept as the text of its file, until it is asked so often that a dictionary pays.

Most sheets ask for a dozen words; to take thousands of lines apart for them costs more than to
search the text for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

_PAYS = 200
"""After so many questions the lines are taken apart."""


class Lines(Mapping[str, str]):
    r"""What stands behind each key of a text of lines ``key<mark>value``.

    >>> Lines("NO\tNorway\nSE\tSweden", "\t").get("SE")
    'Sweden'
    """

    def __init__(self, text: str, mark: str) -> None:
        self._text, self._mark, self._asked = f"\n{text}\n", mark, 0

    @cached_property
    def _made(self) -> dict[str, str]:
        lines = (line.partition(self._mark) for line in self._text.split("\n") if line)
        return {key: value for key, _, value in lines}

    def __getitem__(self, key: str) -> str:
        self._asked += 1
        if self._asked > _PAYS or "_made" in self.__dict__:
            return self._made[key]
        at = self._text.find(f"\n{key}{self._mark}")
        if at < 0 or "\n" in key or self._mark in key:
            raise KeyError(key)
        start = at + len(key) + 2
        return self._text[start : self._text.index("\n", start)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)
