"""Which rows of a sheet are headers of a table of partners, and how far the table goes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from alliance_check.columns import Header
from alliance_check.folding import fold
from alliance_check.model import Content, Sheet
from alliance_check.parse.dictionary import Dictionary
from alliance_check.parse.values import Column, blank, text_of
from alliance_check.vocabulary import is_total

_SEARCHED = 300
"""How many rows from the top may be headers; a table starts before that."""
_LONGEST = 120
"""No header is longer than this."""
_PARTNER_FIELDS = frozenset({"name", "acronym", "country", "type", "role", "pic", "counts_as"})
_BARE_NAMES = frozenset({"name", "names", "navn", "namn", "nom", "nome", "nombre", "naam", "nazwa"})

MONEY = frozenset({"share", "total"})
_PACKAGE = re.compile(
    r"\b(?:wp|work[ -]?package|ap|arbeidspakke|arbeitspaket|lot de travail|pt|"
    r"paquete de trabajo|pacchetto di lavoro|werkpakket|arbetspaket|työpaketti)"
    r"\s*\.?\s*[0-9]{1,2}\b",
    re.IGNORECASE,
)

Columns = Mapping[str, tuple[Column, ...]]


class Candidate(NamedTuple):
    """A row that may be the header of a table, and the fields that it names.

    ``first`` is the upper row of a header of two rows.
    """

    first: int
    row: int
    columns: Columns

    @property
    def whole(self) -> bool:
        """Whether it names what no table of partners can do without."""
        return "name" in self.columns and "country" in self.columns

    @property
    def partly(self) -> int:
        """How many fields of partners it names."""
        return len(_PARTNER_FIELDS & set(self.columns))


def candidates(sheet: Sheet, words: Dictionary) -> Iterator[Candidate]:
    """Yield every row near the top that names a field of partners, from the top down."""
    rows = sheet.rows
    for number in range(1, min(len(rows), _SEARCHED) + 1):
        row = rows[number - 1]
        if sum(not blank(content) for content in row) < 2:
            continue
        above = rows[number - 2] if number > 1 else ()
        found = _with_groups(row, above, words)
        if "name" in found and "country" in found:
            yield Candidate(number, number, found)
            continue
        below = rows[number] if number < len(rows) else ()
        both = {} if is_header(below, words) else _two_rows(row, below, words)
        if "name" in both and "country" in both:
            yield Candidate(number, number + 1, both)
        elif _PARTNER_FIELDS & set(found):
            yield Candidate(number, number, found)


def header_texts(row: tuple[Content, ...]) -> list[str]:
    """Return the texts of a row, for a sentence that names its headers."""
    return [text_of(content) for content in row if not blank(content)]


def repeats(columns: Columns, row: tuple[Content, ...], words: Dictionary) -> bool:
    """Say whether a row names again the name and the country of the header above it."""
    return all(_names(row, columns[field][0].number, field, words) for field in ("name", "country"))


def is_header(row: tuple[Content, ...], words: Dictionary) -> bool:
    """Say whether a row is the header of another table of partners."""
    found = _fields(enumerate(row, start=1), words)
    return "name" in found and "country" in found


def _names(row: tuple[Content, ...], column: int, field: str, words: Dictionary) -> bool:
    header = _header(row[column - 1], words) if column <= len(row) else None
    return header is not None and header.field == field


def _with_groups(
    row: tuple[Content, ...], above: tuple[Content, ...], words: Dictionary
) -> Columns:
    """Return the fields of a row, read together with a row of group headings above it.

    A name below "Contact" is the name of a contact.
    """
    group = ""
    texts: list[tuple[int, Content]] = []
    for number, content in enumerate(row, start=1):
        over = above[number - 1] if number <= len(above) else ""
        group = text_of(over) if not blank(over) else group
        joined = f"{group} {text_of(content)}"
        known = group and (_header(joined, words) or _part(joined, words))
        texts.append((number, joined if known else _total_of(group, content, words)))
    return _fields(texts, words)


def _two_rows(row: tuple[Content, ...], below: tuple[Content, ...], words: Dictionary) -> Columns:
    """Return the fields of a header of two rows, of which neither has them all.

    The lower one is the more precise.
    """
    if not _fields(enumerate(below, start=1), words):
        return {}
    texts: list[tuple[int, Content]] = []
    for number in range(1, max(len(row), len(below)) + 1):
        upper = row[number - 1] if number <= len(row) else ""
        lower = below[number - 1] if number <= len(below) else ""
        joined = f"{text_of(upper)} {text_of(lower)}"
        best = next((t for t in (joined, lower, upper) if _header(t, words)), lower)
        best = joined if _part(joined, words) else best
        texts.append((number, best))
    return _fields(texts, words)


def _fields(texts: Iterable[tuple[int, Content]], words: Dictionary) -> Columns:
    found: dict[str, list[Column]] = defaultdict(list)
    for number, content in texts:
        header = _header(content, words)
        if header is not None:
            found[header.field].append(Column(number, header, text_of(content)))
            continue
        money = _part(content, words)
        if money is not None:
            found[money.field].append(Column(number, money, text_of(content), part=True))
    if "name" not in found and "acronym" in found:
        found["name"] = found["acronym"]
    return {field: tuple(sorted(columns, key=_bare)) for field, columns in found.items()}


def _total_of(group: str, content: Content, words: Dictionary) -> Content:
    """Return the group where a column of money below it is called its total."""
    money = _header(group, words) if is_total(text_of(content)) else None
    return group if money is not None and money.field in MONEY else content


def _part(content: Content, words: Dictionary) -> Header | None:
    """Return the field of money of which a column holds the part of one work package."""
    if not isinstance(content, str) or not _PACKAGE.search(content):
        return None
    header = _header(_PACKAGE.sub(" ", content).strip(" -–:·/"), words)
    return header if header is not None and header.field in MONEY else None


def _bare(column: Column) -> bool:
    """Sort a bare "Name" behind the name of an organisation."""
    return column.header.field == "name" and fold(column.text) in _BARE_NAMES


def _header(content: Content, words: Dictionary) -> Header | None:
    if not isinstance(content, str) or not content or len(content) > _LONGEST:
        return None
    return words.header(content)
