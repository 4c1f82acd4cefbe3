"""Words and signs for the unit of an amount: euro, other currencies, thousands and millions.

The words are in ``data/unit-words.csv``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import Final, Literal

from alliance_check.text.folding import fold
from alliance_check.text.phrases import phrases

ONE, THOUSAND, MILLION = Decimal(1), Decimal(1000), Decimal(1_000_000)
FOREIGN: Final = "foreign"
"""A currency that is not converted, or a unit that is not known."""
Unit = Decimal | Literal["foreign"]

ONLY_OF_EUROS = frozenset({"t", "m"})
"""Letters that mean a thousand or a million beside the name of a currency alone."""

_WORDS = re.compile(r"[^\W\d_]+")
# A literal in quotes, a currency with its locale, any other bracket, an escaped letter, a gap or a
# filling that shows no letter, and whatever else stands in a number format.
_FORMAT = re.compile(
    r'"(?P<quoted>[^"]*)"|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]|\\(?P<escaped>.)|[_*].|(?P<plain>.)',
    re.DOTALL,
)
_SCALED = re.compile(r"[0#?](,+)(?![0#?,])")
_LONGEST_FORMAT = 200


@cache
def unit_words() -> Mapping[str, frozenset[str]]:
    """Return the words of each meaning, folded; of ``beside`` by its second column too."""
    found: dict[str, set[str]] = defaultdict(set)
    for meaning, second, words in phrases("unit-words.csv"):
        found[f"{meaning} {second}".strip()].update(words)
    return {meaning: frozenset(words) for meaning, words in found.items()}


def unit_of(tokens: set[str], *, euros: bool) -> Unit | None:
    """Return the factor that folded words name; None where they name two or none.

    *euros* says that a sign for the euro stands beside them. A single letter is a unit only beside
    the currency.
    """
    words = unit_words()
    if tokens & words["foreign"]:
        return FOREIGN
    euros = euros or bool(tokens & words["euro"])
    if tokens & ONLY_OF_EUROS and not euros:
        return None
    thousand, million = tokens & words["thousand"], tokens & words["million"]
    if thousand and million:
        return None
    return MILLION if million else THOUSAND if thousand else ONE if euros else None


@lru_cache(maxsize=256)
def unit_of_format(code: str) -> Unit | None:
    """Return the unit that the number format of a cell names; None where it names none.

    A comma behind the last digit only shows thousands: the cell itself holds euros.

    >>> unit_of_format('#,##0 "€"'), unit_of_format('#,##0 "k€"'), unit_of_format('0, "k€"')
    (Decimal('1'), Decimal('1000'), Decimal('1'))
    >>> unit_of_format('"NOK" #,##0'), unit_of_format("[$kr-414] #,##0"), unit_of_format("0.00")
    ('foreign', 'foreign', None)
    """
    section = code[:_LONGEST_FORMAT].partition(";")[0]
    literals = "".join(_literals(section))
    signs = {c for c in literals if unicodedata.category(c) == "Sc"}
    if signs - {"€"}:
        return FOREIGN
    unit = unit_of(set(_WORDS.findall(fold(literals))), euros="€" in signs)
    if not isinstance(unit, Decimal):
        return unit
    shown = THOUSAND ** max((len(commas) for commas in _SCALED.findall(section)), default=0)
    return unit if shown == ONE else ONE if shown == unit else FOREIGN


def _literals(section: str) -> Iterator[str]:
    """Yield what a number format shows beside the number; bare letters are codes of dates."""
    for part in _FORMAT.finditer(section):
        if (plain := part["plain"]) is not None:
            yield plain if unicodedata.category(plain) == "Sc" else " "
        elif part["escaped"] is not None:
            yield part["escaped"]
        else:
            yield f" {part['quoted'] or part['currency'] or ''} "
