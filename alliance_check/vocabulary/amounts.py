"""Amounts of money, dates and lengths of time, as people write them, and their units.

The words of the units are in ``data/unit-words.csv``.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import Final, Literal

from alliance_check.model.sheet import Content, Fault
from alliance_check.text.folding import fold
from alliance_check.text.tables import phrases

ONE, THOUSAND, MILLION = Decimal(1), Decimal(1000), Decimal(1_000_000)
FOREIGN: Final = "foreign"
"""A currency that is not converted, or a unit that is not known."""
Unit = Decimal | Literal["foreign"]

ONLY_OF_EUROS = frozenset({"t", "m"})
"""Letters that mean a thousand or a million beside the name of a currency alone."""

# A literal in quotes, a currency with its locale, any other bracket, an escaped letter, a gap or a
# filling that shows no letter, and whatever else stands in a number format.
_FORMAT = re.compile(
    r'"(?P<quoted>[^"]*)"|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]|\\(?P<escaped>.)|[_*].|(?P<plain>.)',
    re.DOTALL,
)
_SCALED = re.compile(r"[0#?](,+)(?![0#?,])")
_LONGEST_FORMAT = 200

_WRITTEN = re.compile(
    r"(?P<before>€|[^\W\d_]*)\s*(?P<number>[0-9][0-9.,'’ ]*?)\s*"
    r"(?P<behind>(?:(?:[^\W\d_]++[.'’]?|€)\s*+)*+)(?:[.,][-–—]{1,2})?(?:\([0-9.,]+ ?%\))?",
)
_WORDS = re.compile(r"[^\W\d_]+")
_LONGEST = 60  # letters; what is longer is no amount
_GROUPED = {
    mark: re.compile(rf"[0-9]{{1,3}}(?:{re.escape(mark)}[0-9]{{3}})+")
    for mark in (".", ",", "'", " ")
}
_LARGEST = Decimal(10) ** 12
"""Beyond this nobody asks for euros; the cell holds something else."""

_LEAST = 10_000
"""No project of these calls asks for less, in EUR."""
_IN_MILLIONS = 10

_OF_EUROS = frozenset({"d", "de", "di", "of"})
"""Words between a million and its currency."""

_LENGTH = re.compile(r"(?P<number>[0-9]+(?:[.,][0-9]+)?)[\s-]*(?P<unit>[^\W\d_]*)\.?")
_BETWEEN_LENGTHS = re.compile(r"[();=]|,\s")
_DATE = re.compile(r"\b(?:[0-9]{1,2}\W){0,2}20[0-9]{2}\b(?:-[0-9]{2}){0,2}")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_FEWEST_BARE_MONTHS = 6
_MOST_MONTHS = 1200
"""Nobody plans a project of more than a hundred years; the cell holds something else."""


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


@cache
def time_units() -> Mapping[str, str]:
    """Return ``months`` or ``years`` for each word that means one of them, folded.

    >>> time_units()["monate"], time_units()["ar"], time_units().get("weeks")
    ('months', 'years', None)
    """
    words = unit_words()
    return {word: unit for unit in ("months", "years") for word in words[unit]}


def read_amount(content: Content, factor: Decimal = ONE) -> Decimal | None:
    """Return an amount in EUR, at least 0; None when it cannot be read without a doubt.

    *factor* is the unit of the column; an amount that names its own unit does without it. One
    separator followed by exactly three digits separates thousands.

    >>> read_amount("1.000.000,00"), read_amount("1 500 000"), read_amount("€ 1,5m")
    (Decimal('1000000.00'), Decimal('1500000'), Decimal('1500000.0'))
    >>> read_amount("180", Decimal(1000)), read_amount("1.234"), read_amount("12 NOK")
    (Decimal('180000'), Decimal('1234'), None)
    """
    if isinstance(content, Fault):
        return None
    amount = content * factor if isinstance(content, Decimal) else _from_text(content, factor)
    if amount is None or not amount.is_finite() or not 0 <= amount <= _LARGEST:
        return None
    return amount


def unit_left_out(amount: Decimal) -> Decimal:
    """Return the unit that a grant or a total without one may be in; 1 where it can be in EUR.

    >>> [f"{unit_left_out(Decimal(amount))}" for amount in ("1.5", "800", "900000", "0")]
    ['1000000', '1000', '1', '1']
    """
    if not 0 < amount < _LEAST:
        return ONE
    return MILLION if amount < _IN_MILLIONS else THOUSAND


def read_project_amount(content: Content) -> Decimal | None:
    """Return the grant or the total that somebody types; None where it may lack its unit.

    >>> read_project_amount("1.5m"), read_project_amount("1.5"), read_project_amount(Decimal(800))
    (Decimal('1500000.0'), None, None)
    """
    amount = read_amount(content)
    named = isinstance(content, str) and names_its_unit(content)
    return amount if amount is None or named or unit_left_out(amount) == ONE else None


def names_its_unit(text: str) -> bool:
    """Say whether an amount names its currency or its scale, as "900 EUR" and "1.5m" do."""
    return bool(_WORDS.search(text)) or "€" in text


def _from_text(text: str, factor: Decimal) -> Decimal | None:
    plain = " ".join(text.lower().split())
    found = _WRITTEN.fullmatch(plain) if len(plain) <= _LONGEST else None
    if found is None:
        return None
    own = _own_unit(found["before"], found["behind"])
    if own is None:
        return None
    number = _number(found["number"].replace("’", "'"), thousands=own != MILLION)
    return None if number is None else number * (factor if own == ONE else own)


def _own_unit(before: str, behind: str) -> Decimal | None:
    """Return the factor that an amount names, 1 where it names none; None where it is unknown."""
    words = unit_words()
    named = [fold(token) for token in _WORDS.findall(f"{before} {behind}")]
    scales = [token for token in named if token in words["thousand"] | words["million"]]
    known = words["euro"] | words["thousand"] | words["million"] | _OF_EUROS
    # A scale stands once, and behind the number unless it is one word with the currency (TEUR).
    if len(scales) > 1 or not known.issuperset(named):
        return None
    if before not in {"", "€"} and fold(before) not in words["euro"]:
        return None
    unit = unit_of({*named, "eur"}, euros=True)
    return unit if isinstance(unit, Decimal) else None


def _number(text: str, *, thousands: bool) -> Decimal | None:
    """Return a number with any of the separators; *thousands* where one may stand alone."""
    decimal = _decimal_mark(text, thousands=thousands)
    whole, mark, cents = text.rpartition(decimal) if decimal else (text, "", "")
    if mark and not cents.isdecimal():
        return None
    grouped = {m for m in ".,' " if m in whole}
    if len(grouped) > 1 or any(_GROUPED[m].fullmatch(whole) is None for m in grouped):
        return None
    digits = "".join(c for c in whole if c.isdecimal())
    try:
        return Decimal(f"{digits}.{cents}" if mark else digits)
    except InvalidOperation:
        return None


def _decimal_mark(text: str, *, thousands: bool) -> str:
    """Return the mark before the cents; empty where there are none.

    The last of two different marks is the decimal one; a mark that stands twice never is.
    """
    marks = [c for c in text if c in ".,"]
    if not marks or marks.count(marks[-1]) > 1:
        return ""
    last = marks[-1]
    if len(marks) > 1 or " " in text or "'" in text:
        return last
    whole, _, rest = text.rpartition(last)
    return "" if thousands and len(rest) == 3 and len(whole) <= 3 and whole != "0" else last


def read_months(content: Content, unit: str | None) -> int | None:
    """Return a length in months; None when it cannot be read.

    *unit* is what the label says, ``months`` or ``years``. A bare number below 6 may well be in
    years and is not read. What is said twice has to agree.

    >>> read_months("2 years", None), read_months("36", None), read_months("2", None)
    (24, 36, None)
    >>> read_months("2", "years"), read_months("2,5 years", None), read_months("24 weeks", None)
    (24, 30, None)
    >>> read_months("24 months (2 years)", None), read_months("2 years (36 months)", None)
    (24, None)
    """
    if isinstance(content, Fault):
        return None
    if isinstance(content, Decimal):
        # Written out, an exponent of a million would be a million digits.
        content = format(content, "f") if content.is_finite() and content < _MOST_MONTHS else ""
    plain = " ".join(content.lower().split()) if len(content) <= _LONGEST else ""
    sayings = map(str.strip, _BETWEEN_LENGTHS.split(plain))
    lengths = {_months(one, unit) for one in sayings if one and not _DATE.search(one)}
    return lengths.pop() if len(lengths) == 1 else None


def _months(text: str, unit: str | None) -> int | None:
    first, _, rest = text.partition(" ")
    digit = next((n for n in "12345" if fold(first) in unit_words()[f"number {n}"]), None)
    found = _LENGTH.fullmatch(f"{digit} {rest}" if digit else text)
    if found is None:
        return None
    number, word = Decimal(found["number"].replace(",", ".")), fold(found["unit"])
    scale = _scale(word, unit, number)
    months = number * scale if scale is not None else Decimal(0)
    if not 1 <= months <= _MOST_MONTHS or months != months.to_integral_value():
        return None
    return int(months)


def _scale(word: str, unit: str | None, number: Decimal) -> int | None:
    """Return how many months one of the unit is; None when it is not known."""
    named = time_units().get(word) if word else unit
    if named is not None:
        return 1 if named == "months" else 12
    return 1 if not word and number >= _FEWEST_BARE_MONTHS else None


def read_date(content: Content) -> dt.date | None:
    """Return the date in a cell, also one with the day first or a number of days; None if none.

    >>> str(read_date("31.12.2027")), str(read_date("2020-12-31")), read_date("soon")
    ('2027-12-31', '2020-12-31', None)
    """
    if isinstance(content, Decimal):
        return _EXCEL_EPOCH + dt.timedelta(days=int(content)) if 0 < content < 10**5 else None
    if isinstance(content, Fault):
        return None
    text = content.strip()
    day_first = _DAY_FIRST.match(text)
    try:
        if day_first:
            day, month, year = map(int, day_first.groups())
            return dt.date(year, month, day)
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
