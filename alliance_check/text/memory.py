"""What words meant before: the same headers, countries and types stand in file after file."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

_MOST = 4096
"""How many different texts are remembered for each question."""
_LONGEST = 200
"""Longer texts are asked anew, so that what is remembered stays small."""

T = TypeVar("T")


def remembered(read: Callable[[str], T]) -> Callable[[str], T]:
    """Return the same function, which asks about a text that was met lately only once.

    >>> remembered(str.upper)("no")
    'NO'
    """
    known: dict[str, T] = {}

    # Hot: a dictionary that is emptied when it is full costs less to ask than a cache that keeps
    # its texts in order.
    @wraps(read)
    def reading(text: str) -> T:
        if text in known:
            return known[text]
        found = read(text)
        if len(text) <= _LONGEST:
            if len(known) >= _MOST:
                known.clear()
            known[text] = found
        return found

    return reading
