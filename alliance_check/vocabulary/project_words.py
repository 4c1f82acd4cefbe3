"""Which call, lot and ecosystem a text names.

A title such as ``Alliances for Innovation 2026, Lot 1`` names a call and a lot. A year alone is no
call: titles carry dates of versions, of meetings and of projects. It has to stand beside a word for
the action or the call. The words are in ``data/title-words.csv``, the ecosystems in
``data/ecosystems.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from alliance_check.text.folding import fold
from alliance_check.text.tables import phrases, text_of_table

_DATES = re.compile(
    r"""(?<!\d)(?:
        \d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,4}   # 2026-11-12, 12.11.2025
      | \d{1,2}\s?[./-]\s?20\d\d                        # 11/2025
      | 20\d\d\s?[./–—-]\s?\d{1,4}                      # 2026-11, 2021-2027, 2026/27
    )(?!\d)""",
    re.VERBOSE,
)
_YEAR = r"20\d\d"
_CALLS = frozenset(str(year) for year in range(2021, 2028))
"""The years of the programme; a project may well carry another one in its name."""
_NUMBERS = ("innovation", "skills", "stem")
"""The ids of the lots, in the order of their numbers."""

_ORDINAL = re.compile(r"^\s*\(?[0-9]{1,2}[.):]?\s+|\s*\(?[0-9]{1,2}\)?\s*$")
_BETWEEN = re.compile(r"[;,/+|\n]|\s+and\s+|\s+og\s+", re.IGNORECASE)


class _Patterns(NamedTuple):
    """What finds a call, a numbered lot, a named lot, and what says it is about another call."""

    calls: tuple[re.Pattern[str], ...]
    number: re.Pattern[str]
    names: dict[str, re.Pattern[str]]
    other: re.Pattern[str]


def call_in_title(text: str) -> str | None:
    """Return the year of the only call that a title names.

    >>> call_in_title("ERASMUS-EDU-2026-PI-ALL-INNO-EDU-ENTERP"), call_in_title("utlysning 2026")
    ('2026', '2026')
    >>> call_in_title("Partner list 2026-11-12"), call_in_title("Call 2023 (rejected)")
    (None, None)
    """
    found, plain = _patterns(), fold(_DATES.sub(" ", text))
    years = set(re.findall(rf"(?<!\S){_YEAR}(?!\S)", plain))
    if len(years) != 1 or not years <= _CALLS or found.other.search(plain):
        return None
    return years.pop() if any(pattern.search(plain) for pattern in found.calls) else None


def lot_in_title(text: str) -> str | None:
    """Return the id of the only lot that a title names, by its number or its full name.

    >>> lot_in_title("Lot 2"), lot_in_title("Lots 1 and 2"), lot_in_title("Lot 1 / Lot 2")
    ('skills', None, None)
    """
    found, plain = _patterns(), fold(text)
    numbers = [int(number) for number in found.number.findall(plain)]
    lots = {lot for lot, pattern in found.names.items() if pattern.search(plain)}
    if any(not 1 <= number <= len(_NUMBERS) for number in numbers) or found.other.search(plain):
        return None
    lots |= {_NUMBERS[number - 1] for number in numbers}
    return lots.pop() if len(lots) == 1 else None


@cache
def _patterns() -> _Patterns:
    words: dict[tuple[str, str], list[str]] = {}
    for meaning, second, spellings in phrases("title-words.csv"):
        words.setdefault((meaning, second), []).extend(spellings)
    action, call = words["action", ""], words["call", ""]
    named = _any([*action, *call])
    gap = rf"(?: {_any([*words['beside', ''], *action, *call])})*"
    lots = {lot: spellings for (meaning, lot), spellings in words.items() if meaning == "lot"}
    return _Patterns(
        (
            _whole(rf"{named}{gap} {_YEAR}"),
            _whole(rf"{_YEAR}{gap} {named}"),
        ),
        _whole(rf"{_any(lots.pop(''))}(?: n[or])? (\d+)"),
        {lot: _whole(_any(spellings)) for lot, spellings in lots.items()},
        _whole(_any(words["other", ""])),
    )


def _any(spellings: list[str]) -> str:
    longest_first = sorted(set(spellings), key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, longest_first))})"


def _whole(pattern: str) -> re.Pattern[str]:
    """Return a pattern of whole words in a folded text."""
    return re.compile(rf"(?<!\S)(?:{pattern})(?!\S)")


def read_ecosystems(text: str) -> tuple[tuple[str, ...], bool]:
    """Return the ecosystems that a text names, and whether a part of it is none.

    The number of an ecosystem in a list says nothing.

    >>> read_ecosystems("Textiles"), read_ecosystems("Health; Digital"), read_ecosystems("Space")
    ((('Textile',), False), (('Health', 'Digital'), False), ((), True))
    """
    known = _ecosystems()
    whole = fold(_ORDINAL.sub("", text))
    if whole in known:
        return (known[whole],), False
    parts = [_ORDINAL.sub("", part) for part in _BETWEEN.split(text) if fold(part)]
    names = [known[fold(part)] for part in parts if fold(part) in known]
    return tuple(dict.fromkeys(names)), len(names) < len(parts) or not parts


@cache
def _ecosystems() -> Mapping[str, str]:
    text = text_of_table("ecosystems.csv")
    lines = [line.split(";") for line in text.splitlines()[1:] if line]
    return {fold(spelling): name for name, spelling in lines}
