"""Headings between the rows of partners: what they say of the partners below them.

A heading names a role, a type or a country, or is a text that nobody understands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from alliance_check.model.consortium import Role
from alliance_check.model.sheet import Cell
from alliance_check.parse.table.values import Filled, PartnerTable, Row, text_of
from alliance_check.vocabulary.dictionary import Dictionary
from alliance_check.vocabulary.kinds import heads
from alliance_check.vocabulary.nobody import heads_partners_at_large
from alliance_check.vocabulary.role_and_status import names_role_or_status
from alliance_check.vocabulary.words import NO_APPLICANTS

TELLING = ("name", "country", "type", "role")
"""Fields of which at least one is filled in the row of a partner."""
FOOTNOTE = ("*", "†", "‡", "¹", "²", "³")
_FEWEST_BLANKS = 2
_NUMBERED = re.compile(
    r"^(?:[0-9]{1,2}|[A-Za-z]|[IVX]{1,4})[.)]\s+|:$"
    r"|\s*\((?:[0-9]{1,3}|cont(?:\.|inued)?|forts(?:\.|att)?|fortsetzung|suite|segue)\)(?=:?$)",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"\s*\([A-ZÆØÅÄÖÜ]{2,6}\)$")

Quote = tuple[Cell, str]
"""A text and its cell."""


class Above(NamedTuple):
    """What the headings above a row say of it: its role, its type, its country."""

    role: tuple[Cell, Role] | None = None
    kind: Quote | None = None
    country: Quote | None = None

    def below(self, table: PartnerTable, number: int, line: Filled) -> Above:
        """Return what holds below one more heading.

        Those who do not apply may be listed by country and by type, so that their heading holds on.
        """
        role = _role_of_heading(table, number, line)
        kind = kind_of_heading(table, number, line)
        cell, text = Cell(table.sheet.name, number, line[0][0]), heading_text(text_of(line[0][1]))
        country = (cell, text) if table.words.country(text) is not None else None
        if role is None and self.role is not None and self.role[1] in NO_APPLICANTS:
            role = self.role
        return Above(role, self.kind if country and not kind else kind, country)

    def tell(self, row: Row, words: Dictionary, *, typed: bool = False) -> Row:
        """Return the row of a partner with what the headings say where the row itself does not.

        Where the table is *typed*, a row without a type has none.

        A heading that the row contradicts is none of kinds or countries, and nobody knows what it
        says of the row: those below "Network" may be no partners.
        """
        role = self.role
        for name, said in (("type", self.kind), ("country", self.country)):
            if said is None:
                continue
            cell, text = said
            if not row.text(name) and not (typed and name == "type"):
                contents, cells = {**row.contents, name: text}, {**row.cells, name: cell}
                row = replace(row, contents=contents, cells=cells)
            elif (
                role is None and row.text(name) and _contradicts(name, text, row.text(name), words)
            ):
                role = (cell, Role.UNKNOWN)
        return row if role is None else replace(row, heading=role)


def _contradicts(name: str, heading: str, text: str, words: Dictionary) -> bool:
    """Say whether a heading says another country or kind of a row than the row itself does."""
    if name == "country":
        there = words.country_in(text)
        return there is not None and there != words.country(heading)
    above, own = words.kinds(heading).kinds, words.kinds(text).kinds
    return bool(above and own) and not heads(above, own)


class Grouped(NamedTuple):
    """Countries that stand only in the first row of each group of partners."""

    said: Mapping[int, Quote]

    @classmethod
    def of(cls, table: PartnerTable, lines: Mapping[int, Filled]) -> Grouped:
        """Return for each row without a country the one above it, if that is meant.

        It is where the column stands left of the names and no country is written twice.
        """
        column, name = (table.columns[field][0].number for field in ("country", "name"))
        partners = {n: dict(line) for n, line in lines.items() if name in dict(line)}
        written = [text_of(line[column]) for line in partners.values() if column in line]
        blanks = len(partners) - len(written)
        whole = bool(partners) and column in next(iter(partners.values()))
        if (
            column >= name
            or blanks < _FEWEST_BLANKS
            or len(set(written)) < len(written)
            or not whole
        ):
            return cls({})
        found: dict[int, Quote] = {}
        last: Quote | None = None
        for number, line in partners.items():
            if column in line:
                last = (Cell(table.sheet.name, number, column), text_of(line[column]))
            elif last is not None:
                found[number] = last
        return cls(found)

    def tell(self, row: Row, number: int, words: Dictionary) -> Row:
        """Return the row of a partner with the country of its group."""
        return Above(country=self.said.get(number)).tell(row, words)


def is_heading(row: Row, line: Filled, words: Dictionary) -> bool:
    """Say whether a row has but one cell, and that names a role, a country or a type.

    In a column of its own such a word tells of a partner that has no name yet.
    """
    if len(line) != 1 or any(row.text(name) for name in TELLING if name != "name"):
        return False
    text = text_of(line[0][1])
    return not text.startswith(FOOTNOTE) and heads_partners(text, words)


def _role_of_heading(table: PartnerTable, number: int, line: Filled) -> tuple[Cell, Role] | None:
    role = _role_in(heading_text(text_of(line[0][1])), table.words)
    return None if role is Role.UNKNOWN else (Cell(table.sheet.name, number, line[0][0]), role)


def _role_in(text: str, words: Dictionary) -> Role:
    """Return the role that a heading names, perhaps in the plural; UNKNOWN where it names none."""
    role = words.role(text)
    named = names_role_or_status(text) if role is Role.UNKNOWN else None
    return named if isinstance(named, Role) else role


def kind_of_heading(table: PartnerTable, number: int, line: Filled) -> Quote | None:
    """Return the kind of organisation that a heading names."""
    text = heading_text(text_of(line[0][1]))
    kind = table.words.one_kind(text)
    return (Cell(table.sheet.name, number, line[0][0]), kind) if kind else None


def unknown_heading(
    table: PartnerTable, number: int, line: Filled, *, after_gap: bool
) -> tuple[Cell, Role] | None:
    """Return an unread role for the rows below a text that stands alone, as a heading does.

    What it says of them is not known; a footnote says nothing of the rows below, nor does what
    stands alone further to the right, such as a second contact.
    """
    if len(line) != 1 or text_of(line[0][1]).startswith(FOOTNOTE):
        return None
    column = line[0][0]
    partners = {c.number for f in ("name", "country") for c in table.columns[f][:1]}
    others = {c.number for columns in table.columns.values() for c in columns} - partners
    if column > max(partners) or (column in others and not after_gap):
        return None
    return Cell(table.sheet.name, number, column), Role.UNKNOWN


def heading_text(text: str) -> str:
    """Return a heading without its numbering, the number of partners in brackets, and its colon.

    >>> heading_text("B. Associated partners (2):"), heading_text("3) Germany")
    ('Associated partners', 'Germany')
    """
    return _ACRONYM.sub("", _NUMBERED.sub("", text.strip()))


def heads_partners(text: str, words: Dictionary) -> bool:
    """Say whether a text alone in its row heads the partners below it: a role, country or type."""
    plain = heading_text(text)
    named = _role_in(plain, words) is not Role.UNKNOWN or words.country(plain) is not None
    return named or bool(words.one_kind(plain)) or heads_partners_at_large(plain)
