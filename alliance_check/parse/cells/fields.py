"""What single cells of a partner's row mean; each function returns the meaning and the problem."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from alliance_check.model.consortium import (
    EDUCATION,
    HEI,
    LABOUR,
    VET,
    Functions,
    Said,
)
from alliance_check.model.message import Items, Message, Term, say
from alliance_check.model.sheet import (
    Cell,
    Fault,
    Problem,
)
from alliance_check.parse.cells import problems
from alliance_check.parse.table.rows import READ_TWICE
from alliance_check.parse.table.values import Row
from alliance_check.text.folding import fold
from alliance_check.vocabulary.countries import COUNTRY, country_name
from alliance_check.vocabulary.dictionary import Dictionary
from alliance_check.vocabulary.kinds import is_trait_of
from alliance_check.vocabulary.remarks import words_meaning
from alliance_check.vocabulary.role_and_status import (
    role_or_status_in_name,
    without_role_or_status,
)
from alliance_check.vocabulary.types import functions_of, read_counts_as
from alliance_check.vocabulary.words import is_placeholder, read_charter, read_said

_MARKS = " ,;/()[]"
_AGAIN = READ_TWICE["type"]
_NO_MORE = frozenset[str]()  # made once: each takes 216 bytes
_NO_COUNTRY, _NO_TYPE = say("no country is given"), say("no type is given")
_COUNTRY = say("Write the name of the country or its two letters.")
_TYPE = say("Write what kind of organisation it is, such as University, VET provider or SME.")
_COUNTS = say("Write labour market actor, education provider, higher education, vet or neither.")
_YES_NO = say("Write yes or no.")
_NO_CHARTER = say('"{value}" is neither yes nor no, in the column on the charter')
_NO_PACT = say('"{value}" is neither yes nor no, in the column on the Pact for Skills')
_SPACES = re.compile(r"[\s.\-]")
_DATE = re.compile(
    r"(?:[0-9]{4}[-./ ][0-9]{1,2}[-./ ][0-9]{1,2}|"
    r"[0-9]{1,2}[-./ ][0-9]{1,2}[-./ ](?:[0-9]{2}){1,2})(?:[T ].*)?"
)
_AROUND_PIC = re.compile(
    r"(?:PIC\b[\s:.#-]*)?(?:(?P<plain>[0-9]{7,9})\.0|(?P<spaced>[0-9][0-9\s.\-]*?))"
    r"(?:\s*\([^()]*\))?",
    re.IGNORECASE,
)
"""A number with what people and programs write around it: "PIC: 999999999", "999999999.0"."""
_PIC_DIGITS = 9
_OID = re.compile(r"E[0-9]{8}")


class Types(NamedTuple):
    """What an organisation is and counts as; *overruled* where two cells contradict."""

    kinds: tuple[str, ...]
    functions: Functions
    overruled: frozenset[str]
    problems: list[Problem | None]


def name(row: Row) -> Problem | None:
    """Return the problem of a name that is no text."""
    fault = row.fault("name")
    return None if fault is None else _faulty(row, "name", fault)


class Country(NamedTuple):
    """The country of a row, or what it may be; both empty where it may be any."""

    code: str | None
    readings: frozenset[str]
    problem: Problem | None


def country(row: Row, words: Dictionary, seats: Sequence[tuple[Cell, str]] = ()) -> Country:
    """Return the country of a row.

    A second column, or one of the *seats* that other cells name, that contradicts the country
    leaves both open; so does a spelling that several countries share.
    """
    text = row.text("country")
    if not text:
        return Country(None, _NO_MORE, problems.empty(row, "country", _NO_COUNTRY, _COUNTRY))
    code = None if row.fault("country") else words.country_in(text)
    readings = frozenset({code}) if code is not None else words.country_readings(text)
    if code is not None and words.country(text) is None:
        if not words_meaning("seat").keys().isdisjoint(fold(text).split()):
            what = say("a country and something about a seat or an owner")
            return Country(None, _NO_MORE, problems.unread(row, "country", what, _COUNTRY))
        named = {words.country(word.strip(_MARKS)) for word in text.split()} - {None, code}
        seats = [*seats, *((row.cells["country"], one) for one in named if one is not None)]
    again = row.text(READ_TWICE["country"])
    others = [(row.cells["country"], words.country(again))] if again else []
    others = [*others, *seats]
    if not readings:
        names = [Term(COUNTRY, name) for name in words.countries_near(text)]
        hint, near = problems.guess(names, _COUNTRY)
        what = say('"{value}" is not a known country')
        return Country(None, _NO_MORE, problems.unread(row, "country", what, hint, near))
    different = [(cell, other) for cell, other in others if other not in {code, None}]
    every = readings | {other for _, other in different if other is not None}
    if len(every) == 1:
        return Country(code, _NO_MORE, None)
    if not different:
        what = say('"{value}" is the name of several countries')
        return Country(None, every, problems.unread(row, "country", what, _COUNTRY))
    cell, other = different[0]
    what = say(
        '"{value}" contradicts {other} in {cell}',
        other=country_name(other or ""),
        cell=cell.address,
    )
    problem = problems.unread(row, "country", what, say("Correct one of the two."))
    return Country(None, every, problem)


def types(row: Row, columns: frozenset[str], words: Dictionary) -> Types:
    """Return what an organisation is, and what it counts as.

    The column "Counts as" overrules what follows from the type.
    """
    kinds, by_type, problem = _by_type(row, columns, words)
    if "counts_as" not in columns or not row.text("counts_as"):
        return Types(kinds, by_type, _NO_MORE, [problem])
    stated = None if row.fault("counts_as") else read_counts_as(row.text("counts_as"))
    if stated is None:
        what = say('"{value}" is nothing that an organisation can count as')
        unclear = problems.unread(row, "counts_as", what, _COUNTS)
        return Types(kinds, functions_of(()), _NO_MORE, [problem, unclear])
    contradicted = _contradicted(by_type, stated) if kinds else frozenset[str]()
    return Types(kinds, _overrule(by_type, stated), contradicted, [])


def _by_type(
    row: Row, columns: frozenset[str], words: Dictionary
) -> tuple[tuple[str, ...], Functions, Problem | None]:
    if "type" not in columns:
        return (), functions_of(()), None
    text = row.text("type")
    if not text or row.fault("type") is not None:
        problem = problems.empty(row, "type", _NO_TYPE, *_hint("", row, words))
        fault = row.fault("type")
        return (), functions_of(()), problem if fault is None else _faulty(row, "type", fault)
    read, again = words.kinds(text), _again(row, words)
    if is_trait_of(again, read.kinds):
        again = ()
    if not read.kinds and role_or_status_in_name(text) is not None:
        read = words.kinds(without_role_or_status(text))
    if read.kinds and again and functions_of(again) != functions_of(read.kinds):
        one, other = functions_of(read.kinds), functions_of(again)
        every = one.sure | one.may | other.sure | other.may
        what = say(
            '"{value}" contradicts {other} in {cell}',
            other=row.text(_AGAIN),
            cell=row.cells[_AGAIN].address,
        )
        problem = problems.unread(row, "type", what, say("Correct one of the two."))
        sure = one.sure & other.sure
        return read.kinds, Functions(sure, every - sure), problem
    if read.kinds or again:
        kinds = read.kinds or again
        return kinds, functions_of(kinds), None
    part = read.unread[0] if len(read.unread) == 1 else text
    what = say('"{value}" is not a known type')
    if part != text:
        what = say('"{value}" is not a known type, because of "{part}"', part=part)
    return (), functions_of(()), problems.unread(row, "type", what, *_hint(text, row, words))


def _again(row: Row, words: Dictionary) -> tuple[str, ...]:
    """Return the kinds that a second cell of the row says; empty where none does."""
    text = row.text(_AGAIN)
    return words.kinds(text).kinds if text else ()


def _hint(text: str, row: Row, words: Dictionary) -> tuple[Message, Items | None]:
    return problems.guess(words.types_near(text, row.text("name")), _TYPE)


def _overrule(by_type: Functions, stated: frozenset[str]) -> Functions:
    """Return what the column says; of which kind an education provider is, the type still says."""
    if EDUCATION not in stated or stated & {HEI, VET}:
        return Functions(stated)
    which = frozenset({HEI, VET})
    return Functions(stated | (by_type.sure & which), by_type.may & which)


def _contradicted(by_type: Functions, stated: frozenset[str]) -> frozenset[str]:
    """Return what the column grants against the type, or denies although the type says so."""
    granted = stated - by_type.sure - by_type.may
    denied = (by_type.sure & {LABOUR, EDUCATION}) - stated
    return frozenset(granted | denied)


def charter(row: Row, columns: frozenset[str]) -> tuple[Said, Problem | None]:
    """Return what the row says of the Erasmus charter."""
    return _yes_no(row, "charter", columns, read_charter, _NO_CHARTER)


def pact(row: Row, columns: frozenset[str]) -> tuple[Said, Problem | None]:
    """Return what the row says of the Pact for Skills."""
    return _yes_no(row, "pact", columns, read_said, _NO_PACT)


def _yes_no(
    row: Row, name: str, columns: frozenset[str], read: Callable[[str], Said], what: Message
) -> tuple[Said, Problem | None]:
    if name not in columns:
        return Said.NO_COLUMN, None
    said = Said.UNREAD if row.fault(name) else read(row.text(name))
    return said, problems.unread(row, name, what, _YES_NO) if said is Said.UNREAD else None


def _faulty(row: Row, name: str, fault: Fault) -> Problem:
    return problems.faulty(row.cells[name], fault)


def read_pic(row: Row) -> tuple[str, Problem | None]:
    """Return the participant identification code of a row: nine digits, or empty.

    A shorter number has lost its zeros. One digit over and over is a placeholder, and a date is
    no number.
    """
    text = row.text("pic")
    if _nothing(text):
        return "", None
    around = None if _DATE.fullmatch(text) else _AROUND_PIC.fullmatch(text)
    digits = "" if around is None else _SPACES.sub("", around["plain"] or around["spaced"])
    if digits.isascii() and digits.isdecimal() and len(digits) <= _PIC_DIGITS:
        pic = digits.zfill(_PIC_DIGITS)
        if len(set(pic)) > 1:
            return pic, None
        what = say('"{value}" is a placeholder, not a PIC (participant identification code)')
        return "", problems.unread(row, "pic", what, say("Write the PIC once it is known."))
    what = say('"{value}" is not a PIC (participant identification code)')
    return "", problems.unread(row, "pic", what, say("A PIC has nine digits."))


def read_oid(row: Row) -> tuple[str, Problem | None]:
    """Return the organisation id of a row: an E and eight digits, or empty."""
    text = row.text("oid")
    if _nothing(text):
        return "", None
    code = _SPACES.sub("", text).upper()
    if _OID.fullmatch(code):
        return code, None
    what = say('"{value}" is not an OID (organisation id)')
    return "", problems.unread(row, "oid", what, say("An OID is an E and eight digits."))


def _nothing(text: str) -> bool:
    return not text or read_said(text) is Said.BLANK or is_placeholder(text)
