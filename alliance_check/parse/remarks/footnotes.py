"""Read titles, footnotes and headings: what rows that are no partners say of those that are.

A note that names a partner, or begins with the mark of its row, is read as a text beside that
partner. A doubt that names nobody may be about anyone, and is open beside all. A title counts only
where it names a role or a status, and then for every row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from alliance_check.model.consortium import Presence, Role
from alliance_check.model.sheet import Cell, Remark
from alliance_check.parse.remarks.gathered import Remarks, comments
from alliance_check.parse.table.rows import Sorted
from alliance_check.parse.table.values import PartnerTable, Row, filled_cells, text_of
from alliance_check.text.folding import fold
from alliance_check.vocabulary.dictionary import Dictionary
from alliance_check.vocabulary.nobody import (
    heads_partners_at_large,
    lists_attendance,
    speaks_of_partners,
)
from alliance_check.vocabulary.remarks import Tone, read_remark, up_to_withdrawal
from alliance_check.vocabulary.role_and_status import UNCLEAR, RoleOrStatus, names_role_or_status
from alliance_check.vocabulary.types import read_kinds
from alliance_check.vocabulary.words import (
    NO_APPLICANTS,
    calls_list_outdated,
    is_outdated,
    read_presence,
)

_LONGEST_TITLE = 80
_MOST_WORDS = 6
"""Words of a title; longer texts are sentences."""
_MOST_CELLS = 3
"""A row with more cells is no sentence."""
_LONGEST_OF_NOBODY = 120
"""Longer texts that name no partner tell how to fill in the table."""
_SHORTEST_WORD = 4
_MOST_READ, _MOST_OF_NOBODY, _MOST_SHEETS = 100, 5, 10
"""How many cells are searched for names, and how many doubts about nobody are kept."""
_MARK = re.compile(r"\s*(\*+|†+|‡+|⁽?[¹²³⁴⁵⁶⁷⁸⁹]+⁾?|\([0-9a-z]{1,2}\)|\[[0-9a-z]{1,2}\])")
_NUMBER = re.compile(r"[0-9]{1,3}")
_NUMBERED = re.compile(
    r"\b(?:partners?|partnere?|partenaires?|socios?|p|no|nr|lp|number|nummer|except|but|unntatt|"
    r"außer|ausser|sauf|excepto|eccetto)\s?(?:(?:p|no|nr|number|nummer)\s?)?"
    r"([0-9]{1,2}(?:\s(?:(?:and|og|und|et|y|e|i|en)\s)?[0-9]{1,2})*)\b"
)
"""A partner that is called by its number, as in "P3", "Partners 3 and 4", "all but 3"."""
_LEGEND = re.compile(r"\s*[^\W_]{1,3}\s*[=:]\s*\S")
_BETWEEN = re.compile(r"[,;/|()]|\s[–—-]\s|\s=\s")


class _Note(NamedTuple):
    cell: Cell
    text: str
    tone: Tone
    comment: bool = False

    @property
    def remark(self) -> Remark:
        return Remark(self.cell, self.text, self.comment)


class _Partners(NamedTuple):
    """The partners as footnotes may call them, by their places."""

    rows: Sequence[Row]
    names: Sequence[str]
    acronyms: Sequence[str]
    firsts: Mapping[str, int]
    """The first words of names that say which one is meant."""

    @classmethod
    def of(cls, rows: Sequence[Row]) -> _Partners:
        """Return the names of the partners in all rows."""
        names = [fold(row.text("name")) for row in rows]
        often = Counter(name.partition(" ")[0] for name in names)
        firsts = {
            first: at
            for at, first in enumerate(name.partition(" ")[0] for name in names)
            if often[first] == 1 and len(first) >= _SHORTEST_WORD
        }
        return cls(rows, names, [fold(row.text("acronym")) for row in rows], firsts)

    def named(self, text: str) -> list[int]:
        """Return the places of those whose name, or else its first word, is in a text."""
        within = f" {fold(text)} "
        found = [
            at
            for called in (self.names, self.acronyms)
            for at, name in enumerate(called)
            if len(name) > 1 and name in within and f" {name} " in within
        ]
        own = (word for word in within.split() if word in self.firsts)
        return found or [self.firsts[word] for word in own if not read_kinds(word).kinds]

    def numbered(self, text: str) -> list[int]:
        """Return the places of those who are called by their numbers, else counted from the top."""
        called = _NUMBERED.findall(fold(text.replace("#", " no ")))
        wanted = {int(number) for words in called for number in _NUMBER.findall(words)}
        numbers = [_NUMBER.findall(row.text("number")) for row in self.rows]
        if not any(numbers):
            return [at for at in range(len(self.rows)) if at + 1 in wanted]
        return [at for at, own in enumerate(numbers) if wanted & set(map(int, own))]

    def alone(self, text: str) -> list[int]:
        """Return the places of those whose names are all that a text, or a part of it, holds."""
        parts = {fold(part) for part in (text, *_BETWEEN.split(text))} - {""}
        return [at for at, name in enumerate(self.names) if name in parts]

    def marked(self, text: str) -> list[int]:
        """Return the places of those with the mark that a footnote begins with."""
        mark = _MARK.match(text)
        if mark is None:
            return []
        return [
            at
            for at, row in enumerate(self.rows)
            if any(cell.endswith(mark[1]) and cell != mark[1] for cell in row.texts.values())
        ]


def read_notes(table: PartnerTable, every: Sorted, remarks: Sequence[Remarks]) -> None:
    """Add to *remarks* what the rows that are no partners, and comments there, say of partners."""
    rows = every.partners
    _read_headings(table, rows, remarks)
    _read_other_sheets(table, rows, remarks)
    heading = {row.heading[0].row for row in rows if row.heading is not None}
    lines = [number for number in (*every.above, *every.remarks) if number not in heading]
    _read_titles(table, rows, remarks, [n for n in lines if n < table.first_row])
    unread = (one for number in lines for one in _notes(table, number))
    first = list(islice(unread, _MOST_READ))
    written = list(_comments(table, every))
    if not first and not written:
        return
    partners = _Partners.of(rows)
    of_nobody: list[_Note] = []
    for block in (*_blocks(first), *([one] for one in written)):
        of_nobody += _read_block(block, partners, table, remarks)
    of_nobody += islice((one for one in unread if one.tone is Tone.DOUBT), 1)
    for one in remarks:
        left = (note.remark for note in of_nobody[:_MOST_OF_NOBODY])
        one.open += [remark for remark in left if remark not in one.doubts]  # as a title


def _comments(table: PartnerTable, every: Sorted) -> Iterator[_Note]:
    """Yield the comments on the header and on the rows above it and below that are no partners."""
    header = range(table.first_row, table.header_row + 1)
    numbers = {*every.no_partners, *header}
    for number, found in comments(table).items():
        if number in numbers:
            yield from (_Note(c, text, _tone(text), comment=True) for c, text, _ in found)


def _read_other_sheets(
    table: PartnerTable, rows: Sequence[Row], remarks: Sequence[Remarks]
) -> None:
    """Doubt a partner of whom another sheet says that it withdrew, as a log of changes does.

    What the list of partners says may be newer, or older. Whoever is not in the list any more may
    be named there, too.
    """
    partners: _Partners | None = None
    for sheet in table.others[:_MOST_SHEETS]:
        for number, content in enumerate(sheet.rows[:_MOST_READ], start=1):
            texts = [(n, text_of(c)) for n, c in filled_cells(content) if isinstance(c, str)]
            for column, text in texts:
                withdrawal = up_to_withdrawal(text)
                if withdrawal is None:
                    continue
                partners = partners or _Partners.of(rows)
                # Whoever a later sentence names may have come instead.
                line = " ".join(withdrawal if n == column else other for n, other in texts)
                for at in partners.named(line) or partners.numbered(line):
                    remarks[at].doubts.append(Remark(Cell(sheet.name, number, column), text))


def _read_titles(
    table: PartnerTable, rows: Sequence[Row], remarks: Sequence[Remarks], lines: Sequence[int]
) -> None:
    """Apply the role or the status that a title, or the name of the sheet, says of the whole list.

    Roles that stand beside each partner are more precise than a title.
    """
    own = any(row.text("role") for row in rows)
    titles = [one for number in lines for one in _notes(table, number)]
    if table.sheet.name is not None:
        titles.append(
            _Note(Cell(table.sheet.name, table.first_row, 1), table.sheet.name, Tone.HARMLESS)
        )
    for title in titles:
        named = _named_in_title(title.text)
        for row, one in zip(rows, remarks, strict=True):
            if named in {Presence.POSSIBLE, Presence.DECLINED} and not row.text("status"):
                one.doubts.append(title.remark)
            elif own or row.heading is not None:
                continue
            elif isinstance(named, Role) and named in NO_APPLICANTS:
                one.roles.append((title.remark, named))
            elif named == UNCLEAR:
                one.open.append(title.remark)


@lru_cache(maxsize=256)
def _named_in_title(text: str) -> RoleOrStatus | None:
    """Return the role or status that a title names of the list below it.

    A label with its value is no title, and a longer sentence speaks of the list only where it says
    so. A list that is called old is no list of partners for sure, nor is one of those at a meeting.
    """
    if len(text) <= _LONGEST_TITLE and lists_attendance(text):
        return UNCLEAR
    if calls_list_outdated(text):
        return Presence.POSSIBLE
    head, _, tail = text.partition(":")
    words = fold(text).split()
    if tail.strip() and not heads_partners_at_large(f"the {tail}"):
        return None
    if len(text) > _LONGEST_TITLE or (len(words) > _MOST_WORDS and not speaks_of_partners(text)):
        return None
    if len(words) <= _MOST_WORDS and is_outdated(text):
        return Presence.POSSIBLE
    return names_role_or_status(head if tail.strip() else text)


def _blocks(notes: Iterable[_Note]) -> Iterator[list[_Note]]:
    """Yield what stands in rows without another one between them."""
    block: list[_Note] = []
    for one in notes:
        if block and one.cell.row > block[-1].cell.row + 1:
            yield block
            block = []
        block.append(one)
    if block:
        yield block


def _read_block(
    block: Sequence[_Note], partners: _Partners, table: PartnerTable, remarks: Sequence[Remarks]
) -> list[_Note]:
    """Read each note of a block, and return the doubts that name nobody.

    Below or beside a doubt, a bare name is one of those whom it means.
    """
    of_nobody: list[_Note] = []
    below = False
    for one in block:
        doubts = one.tone is Tone.DOUBT
        marked = partners.marked(one.text)
        called = doubts or _NUMBERED.match(fold(one.text.replace("#", " no ")))
        named = partners.named(one.text) or (partners.numbered(one.text) if called else [])
        alone = partners.alone(one.text)
        if alone and not doubts:
            named = alone if below else []
        for at in dict.fromkeys((*marked, *named)):
            _apply(one, remarks[at], table, doubted=below and at in alone)
        if named:
            of_nobody.clear()
        elif doubts and not marked and not (one.comment and one.cell.row <= table.header_row):
            of_nobody += [] if _explains(one.text, table.words) else [one]
        below = below or doubts
    return of_nobody


def _apply(note: _Note, found: Remarks, table: PartnerTable, *, doubted: bool) -> None:
    """Apply a note to a partner: a role, a doubt, or what it says as a text beside it."""
    named = names_role_or_status(_unmarked(note.text))
    if isinstance(named, Role):
        found.roles.append((note.remark, named))
    elif doubted or note.tone is Tone.DOUBT:
        found.doubts.append(note.remark)
    elif note.tone is Tone.UNREAD and (note.comment or note.cell.row > table.header_row):
        found.open.append(note.remark)


def _notes(table: PartnerTable, number: int) -> Iterator[_Note]:
    cells = filled_cells(table.sheet.rows[number - 1])
    if len(cells) > _MOST_CELLS:
        return
    for column, content in cells:
        if isinstance(content, str):
            text = text_of(content)
            yield _Note(Cell(table.sheet.name, number, column), text, _tone(text))


def _tone(text: str) -> Tone:
    if calls_list_outdated(text):
        return Tone.DOUBT
    return read_remark(_unmarked(text).rstrip(": ") or text)


def _unmarked(text: str) -> str:
    return _MARK.sub("", text, count=1) if _MARK.match(text) else text


def _read_headings(table: PartnerTable, rows: Sequence[Row], remarks: Sequence[Remarks]) -> None:
    """Read a heading that doubts, for the rows below it and for others with the same names."""
    doubted: dict[str, Remark] = {}
    for row in rows:
        if row.heading is None:
            continue
        cell = row.heading[0]
        text = text_of(table.sheet.rows[cell.row - 1][cell.column - 1])
        if read_remark(text.rstrip(": ")) is Tone.DOUBT:
            doubted[fold(row.text("name"))] = Remark(cell, text)
    if not doubted:
        return
    for row, one in zip(rows, remarks, strict=True):
        remark = doubted.get(fold(row.text("name")))
        if remark is not None:
            one.doubts.append(remark)


def _explains(text: str, words: Dictionary) -> bool:
    """Say whether a text that names nobody is a long one, or tells what a sign or a word means.

    Where one line of a legend was understood, so that it says what statuses mean, all are lines of
    it.
    """
    if words.own.statuses and _LEGEND.match(text):
        return True
    mark = _MARK.match(text)
    if len(text) > _LONGEST_OF_NOBODY or (mark and read_presence(text[mark.end() :]) is not None):
        return True
    parts = [part.strip() for part in _BETWEEN.split(text.rpartition(":")[2])]
    statuses = {read_presence(part) for part in parts} - {None}
    named = {read_presence(word) for word in fold(text).split()}
    return named.issuperset(Presence) or (Presence.CONFIRMED in statuses and len(statuses) > 1)
