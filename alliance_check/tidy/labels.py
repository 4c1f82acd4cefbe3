"""Find the official label of a cell, or why it stays.

Only a cell that says one thing and nothing else gets a label, and only a label that this run
reads back as the same.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from functools import cache

from alliance_check.model.consortium import Role
from alliance_check.model.message import Message, say
from alliance_check.parse.cells.fields import read_pic
from alliance_check.parse.table.values import Row
from alliance_check.text.folding import fold
from alliance_check.text.tables import phrases, text_of_table
from alliance_check.vocabulary.countries import parts
from alliance_check.vocabulary.country_names import table
from alliance_check.vocabulary.dictionary import Dictionary
from alliance_check.vocabulary.official_labels import official_labels
from alliance_check.vocabulary.type_phrases import phrases as types_in
from alliance_check.vocabulary.type_phrases import plain
from alliance_check.vocabulary.types import Kinds
from alliance_check.vocabulary.words import is_number

_UNREAD = say("not understood")
_NO_LABEL = say("the official lists have no label for it")
_SAYS_MORE = say("says more than a label would")
_SAYS_OTHER = say("the only label near it says something else")
_TWO_KINDS = say("names more than one kind of organisation")
_TWO_LABELS = say("more than one label fits")
_READ_OTHERWISE = say("its label would be read as something else")

Label = str | Message | None
"""A label to write, why the cell stays though it has none, or None where nothing is to be done."""

# A footnote mark points to something that a label would leave dangling.
_MORE = re.compile(r"[*†‡§¹²³⁰⁴-⁹•|/\\?]|\d|[\U0001f1e6-\U0001f1ff]")
_PART = "without a code of its own"
_MARKED = re.compile(r"[*†‡§¹²³⁰⁴-⁹•]")


def wanted(row: Row, field: str, words: Dictionary) -> Label:
    """Return the label for the cell of a field."""
    if field == "pic":
        return _pic(row)
    return _READ[field](row.text(field), words)


def _country(text: str, words: Dictionary) -> Label:
    code = words.country(text)
    if code is None:
        return _UNREAD
    label = official_labels().countries.get(code)
    if label is None:
        return _NO_LABEL
    if text == label:
        return None
    sides = () if _names(text, code) else parts(text)
    own = fold(text) in words.own.countries
    if not own and (_MARKED.search(text) or not all(_names(side, code) for side in sides)):
        return _SAYS_MORE
    return label if words.country(label) == code else _READ_OTHERWISE


def _names(text: str, code: str) -> bool:
    """Return whether a text is a name or the code of a country and nothing else."""
    if _MORE.search(text):
        return False
    known, folded = table(), fold(text)
    if folded in _regions():
        return False
    return code in {known.names.get(folded), known.codes.get(text.strip(" .").upper())}


@cache
def _regions() -> frozenset[str]:
    """Return the spellings of parts of a country, which its own name would not show."""
    rows = csv.reader(text_of_table("country-aliases.csv").splitlines())
    return frozenset(fold(spelling) for _, _, spelling, why in rows if _PART in why)


def _type(text: str, words: Dictionary) -> Label:
    read = words.kinds(text)
    if not read.kinds or read.unread:
        return _UNREAD
    if len(read.kinds) > 1:
        return _TWO_KINDS
    if not _is_one_type(text, words):
        return _SAYS_MORE
    label = official_labels().types.find(text, read.kinds[0])
    if label is None:
        return _why_no_label(read, words)
    if text == label:
        return None
    return label if words.kinds(label) == read else _READ_OTHERWISE


def _is_one_type(text: str, words: Dictionary) -> bool:
    """Return whether a text is one spelling of a type, with nothing before, behind or about it."""
    known = types_in("organisation-types.csv").find(plain(text)) is not None
    return (known or fold(text) in words.own.types) and not _MARKED.search(text)


def _why_no_label(read: Kinds, words: Dictionary) -> Message:
    labels = official_labels().types.labels
    fitting = sum(words.kinds(label).kinds == read.kinds for label in labels)
    return _TWO_LABELS if fitting > 1 else _SAYS_OTHER if fitting else _NO_LABEL


def _role(text: str, words: Dictionary) -> Label:
    if is_number(text):
        return None
    role = words.role(text)
    if role is Role.UNKNOWN:
        return _UNREAD
    labels = official_labels()
    label, spelling = labels.roles.get(role), fold(text)
    if label is None:
        return _NO_LABEL
    if text == label:
        return None
    known = spelling in words.own.roles or spelling in _spellings_of_roles()
    if not known or spelling in labels.says_more or _MARKED.search(text):
        return _SAYS_MORE
    return label if words.role(label) is role else _READ_OTHERWISE


@cache
def _spellings_of_roles() -> frozenset[str]:
    found = (spelt for _, kind, spelt in phrases("words.csv") if kind == "role")
    return frozenset(spelling for spelt in found for spelling in spelt)


def _pic(row: Row) -> Label:
    pic, problem = read_pic(row)
    if problem is not None:
        return _UNREAD
    return pic if pic and row.text("pic") != pic else None


_READ: Mapping[str, Callable[[str, Dictionary], Label]] = {
    "country": _country,
    "type": _type,
    "role": _role,
}
FIELDS = (*_READ, "pic")
"""The fields whose cells are tidied, in the order in which they are counted."""
