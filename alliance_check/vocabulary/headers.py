"""Which header means which field, and in which unit its amounts stand.

The spellings are in ``data/columns.csv``, those of labels beside a value in ``data/labels.csv``.
They are compared as a whole, without case, accents and punctuation; a part of a header never
decides, except in a question of a web form.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from alliance_check.text.folding import fold
from alliance_check.text.tables import phrases, written_phrases
from alliance_check.vocabulary.amounts import MILLION, THOUSAND, time_units, unit_of, unit_words
from alliance_check.vocabulary.form_questions import asked_field

_MONEY = frozenset({"share", "total", "grant"})
_NUMBERING = re.compile(r"^\s*(?:\(?[0-9]{1,2}[.)]|[a-z]\))\s*", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_TOKENS = re.compile(r"[^\W\d_]+|[0-9]+")
_RATE = re.compile(r"\b80\s?%")
"""The co-financing rate; it is no unit."""
_NO_AMOUNT = re.compile(r"[%％‰#]")
_COUNTED = re.compile(r"#")
_WITH_NUMBERS = frozenset({"pic", "oid", "number", "phone", "tax", "call", "lot", "erasmus_code"})
_ZEROS = re.compile(
    r"(?<![0-9])(?:1[\s.,'’]?)?000(?P<million>[\s.,'’]?000)?(?![0-9]|[\s.,'’][0-9])"
)
_LANGUAGES = re.compile(r"\s*[/|\n]\s*")


@dataclass(frozen=True)
class Header:
    """What a header means: its field, and for money the unit in EUR.

    ``foreign`` marks a currency that is not converted, or a unit that is not known; ``unit`` is
    ``months`` or ``years`` where a label of a length says so. ``otherwise`` is another field that
    the header may mean, which the values below it have to show; ``question`` says that the field is
    read from the words inside a question.
    """

    field: str
    factor: Decimal = Decimal(1)
    foreign: bool = False
    unit: str | None = None
    otherwise: str | None = None
    question: bool = False


class _Lexicon(NamedTuple):
    """What spellings mean, and what may stand beside the unit of an amount."""

    known: Mapping[str, Header]
    beside: Mapping[str, frozenset[str]]
    amounts: frozenset[str]
    """The first words of what means an amount."""


@lru_cache(maxsize=4096)
def read_header(text: str) -> Header | None:
    r"""Return what the header of a column means; None when it is none that is known.

    >>> read_header("2. Partner\nname *").field, read_header("Grant (k€)").factor
    ('name', Decimal('1000'))
    >>> read_header("Budget NOK").foreign, read_header("Contact name").field, read_header("Budgie")
    (True, 'contact', None)
    >>> read_header("Partner type").otherwise, read_header("What is your PIC number?").field
    ('role', 'pic')
    """
    known = _signed(text, _headers())
    if known is not None:
        return known
    asked = asked_field(text) or asked_field(_BRACKETS.sub(" ", text))
    field, _, otherwise = (asked or "").partition("/")
    return Header(field, otherwise=otherwise or None, question=True) if field else None


@lru_cache(maxsize=4096)
def read_label(text: str) -> Header | None:
    """Return what a label beside a value means; None when it is none that is known.

    The most that a call gives is no request, and its label is ignored.

    >>> read_label("Duration (months):").unit, read_label("Total budget, EUR").field
    ('months', 'total')
    >>> read_label("Maximum grant (EUR)").field, read_label("max. tilskudd").field
    ('ignored', 'ignored')
    """
    found = _signed(text, _labels())
    words = fold(text).split()
    kept = [word for word in words if word not in unit_words()["ceiling"]]
    if kept == words or (found is not None and found.field == "ignored"):
        return found
    of_money = found or _signed(" ".join(kept), _labels())
    return Header("ignored") if of_money and of_money.field in _MONEY else found


def header_spellings() -> Iterable[str]:
    """Return every spelling of a header that is known, folded."""
    return _headers().known


def own_header(field: str, text: str) -> Header:
    """Return what a header means of which somebody says the field; its unit stands in its text.

    >>> own_header("share", "k€").factor, own_header("share", "Penger i 1000 NOK").foreign
    (Decimal('1000'), True)
    """
    header = Header(field)
    if field not in _MONEY:
        return header
    spelt = _ZEROS.sub(lambda zeros: " million " if zeros["million"] else " thousand ", text)
    tokens, words = set(_TOKENS.findall(fold(spelt))), unit_words()
    if tokens & words["foreign"]:
        return replace(header, foreign=True)
    # A single letter is a unit only beside the currency.
    if not tokens & words["euro"] and "€" not in text:
        tokens = {token for token in tokens if len(token) > 1}
    if tokens & words["million"]:
        return replace(header, factor=MILLION, foreign=bool(tokens & words["thousand"]))
    return replace(header, factor=THOUSAND) if tokens & words["thousand"] else header


@lru_cache(maxsize=16)  # the files of a folder often have one layout
def language_of(headers: tuple[str, ...]) -> str:
    """Return the language in which most headers are written; empty where none stands out.

    >>> language_of(("Organisasjon", "Land", "Rolle")), language_of(("Organisasjon", "Country"))
    ('no', '')
    """
    wanted = set(map(fold, headers))
    found = Counter(
        language
        for _, language, spellings in phrases("columns.csv")
        for spelling in spellings
        if spelling in wanted
    )
    (first, most), (_, second) = [*found.most_common(2), ("", 0), ("", 0)][:2]
    return first if most > second else ""


@lru_cache(maxsize=256)
def suggest_field(text: str) -> str | None:
    """Return the header that a text resembles most, as people write it; None when none does.

    >>> suggest_field("Contry")
    'Country'
    """
    from difflib import get_close_matches

    written = {
        folded: spelling
        for (_, _, spellings), (_, _, plain) in zip(
            written_phrases("columns.csv"), phrases("columns.csv"), strict=True
        )
        for folded, spelling in zip(plain, spellings, strict=True)
    }
    near = get_close_matches(fold(text), written, n=1, cutoff=0.78)
    return written[near[0]] if near else None


def _signed(text: str, lexicon: _Lexicon) -> Header | None:
    """Return what a text means, with the signs in it that folding takes away."""
    plain = _NUMBERING.sub("", _RATE.sub(" ", text))
    header = _read(plain, lexicon)
    if header is None:
        return None
    if header.field not in _MONEY:
        counted = _COUNTED.search(plain) and header.field not in _WITH_NUMBERS
        return None if counted else header
    if _NO_AMOUNT.search(plain):
        return None
    signs = {c for c in plain if not c.isascii() and unicodedata.category(c) == "Sc"} - {"€"}
    foreign = signs or not {"$", "£", "¥"}.isdisjoint(plain)
    return replace(header, foreign=True) if foreign else header


def _read(text: str, lexicon: _Lexicon) -> Header | None:
    folded = fold(text)
    plain = lexicon.known.get(folded)
    if plain is not None or not folded:
        return plain
    inside = " ".join(_BRACKETS.findall(text))
    if inside:
        return _with_remark(_read(_BRACKETS.sub(" ", text), lexicon), inside, lexicon)
    amount = folded.partition(" ")[0] in lexicon.amounts
    return (amount and _before_unit(text, lexicon)) or _of_two_languages(text, lexicon)


def _with_remark(header: Header | None, inside: str, lexicon: _Lexicon) -> Header | None:
    """Return a header with what its brackets add: a unit, or that it is about something else."""
    if header is None:
        return None
    if header.field in _MONEY:
        return _in_unit(header, inside, lexicon) or replace(header, foreign=True)
    if header.field == "duration":
        return _in_time(header, inside)
    other = lexicon.known.get(fold(inside))
    # "Partner (country)" heads names with their countries.
    same = other is None or other.field in {header.field, "city" if header.field == "name" else ""}
    with_country = header.field == "name" and other is not None and other.field == "country"
    return header if same or with_country else None


def _before_unit(text: str, lexicon: _Lexicon) -> Header | None:
    """Return the header of an amount that is followed by its unit without brackets."""
    words = text.split()
    for at in range(len(words) - 1, 0, -1):
        header = lexicon.known.get(fold(" ".join(words[:at])))
        if header is not None and header.field in _MONEY:
            return _in_unit(header, " ".join(words[at:]), lexicon)
    return None


def _of_two_languages(text: str, lexicon: _Lexicon) -> Header | None:
    said = _LANGUAGES.split(text)
    parts = {lexicon.known.get(fold(part)) for part in said}
    return parts.pop() if len(said) > 1 and len(parts) == 1 else None


def _in_unit(header: Header, unit: str, lexicon: _Lexicon) -> Header | None:
    """Return the header with a unit; None when a word of the unit is not known."""
    spelt = _ZEROS.sub(lambda zeros: " million " if zeros["million"] else " thousand ", unit)
    tokens, words = set(_TOKENS.findall(fold(spelt))), unit_words()
    if tokens & words["foreign"]:
        return replace(header, foreign=True)
    euros = bool(tokens & words["euro"]) or "€" in unit
    scales = words["thousand"] | words["million"]
    if not tokens <= words["euro"] | scales | lexicon.beside[header.field]:
        return None
    factor = unit_of(tokens, euros=euros)
    if isinstance(factor, Decimal):
        return replace(header, factor=factor)
    # A numeral, as in "Grant (I)", is no unit.
    return None if tokens & scales or min(map(len, tokens), default=2) == 1 else header


def _in_time(header: Header, unit: str) -> Header | None:
    """Return the header of a length with its unit; None when it is in weeks or about others."""
    words = [word for word in fold(unit).split() if not word.isdecimal()]
    units = {time_units().get(word) for word in words if word not in unit_words()["time"]}
    unit_of_it = units.pop() if len(units) == 1 else None
    if unit_of_it is None or header.unit not in {None, unit_of_it}:
        return None
    return replace(header, unit=unit_of_it)


@cache
def _headers() -> _Lexicon:
    known = {
        spelling: header
        for fields, _, spellings in phrases("columns.csv")
        for field, _, otherwise in [fields.partition("/")]
        for header in [Header(field, otherwise=otherwise or None)]
        for spelling in spellings
    }
    words = unit_words()
    # The EU's part of a budget is not the budget.
    beside = {
        f: words["filling"] | words["each"] | words[f"beside {f}"] for f in ("share", "total")
    }
    return _lexicon(known, beside)


@cache
def _labels() -> _Lexicon:
    known = {
        spelling: header
        for field, unit, spellings in phrases("labels.csv")
        for header in [Header(field, unit=unit or None)]
        for spelling in spellings
    }
    words = unit_words()
    # Of the whole project an amount for each partner says nothing.
    beside = {f: words["filling"] | words[f"beside {f}"] for f in ("grant", "total")}
    return _lexicon(known, beside)


def _lexicon(known: Mapping[str, Header], beside: Mapping[str, frozenset[str]]) -> _Lexicon:
    amounts = {s.partition(" ")[0] for s, header in known.items() if header.field in _MONEY}
    return _Lexicon(known, beside, frozenset(amounts))
