"""What stands beside partners in columns that no rule reads: remarks, and what they may say.

A remark may say that a partner is not sure, wherever it stands; whatever it says otherwise is
shown. In columns that hold something else, such as an address, only a withdrawal counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from alliance_check.model.consortium import Cell, Content, Fault, Presence, Role, Said
from alliance_check.model.message import Message, say
from alliance_check.parse.remarks.columns import Beside, Kind, columns_beside
from alliance_check.parse.table.values import Row, Table, filled_cells, text_of
from alliance_check.vocabulary.remarks import Tone, read_remark, read_status, withdraws
from alliance_check.vocabulary.words import read_presence, read_said

_MOST = 5
_LONGEST = 40
_WORD = re.compile(r"[^\W_]")
_FIRST = re.compile(r"[\s,;.:–—-]")
_NAMED = re.compile(r"[,;/()\[\]]|\s[–—-]\s")

Remark = tuple[Cell, str]


@dataclass
class Remarks:
    """What is said beside one partner: a status by a header, doubts, what is not understood."""

    headed: list[tuple[Cell, Presence]] = field(default_factory=list)
    doubts: list[Remark] = field(default_factory=list)
    unread: list[Remark] = field(default_factory=list)
    invited: list[Cell] = field(default_factory=list)


def read_remarks(table: Table, rows: Sequence[Row]) -> list[Remarks]:
    """Return what the columns beside those of the fields say of each row."""
    found = [Remarks() for _ in rows]
    # In an export a row holds many partners, and none of its columns is a remark.
    if any(row.cells.get("role") == row.cells["name"] for row in rows):
        return found
    contents = [table.sheet.rows[row.number - 1] for row in rows]
    width = max(map(len, contents), default=0)
    filled: list[list[int]] = [[] for _ in range(width)]
    for at, content in enumerate(contents):
        for number, _ in filled_cells(content):
            filled[number - 1].append(at)
    for column in columns_beside(table, filled):
        there = filled[column.number - 1]
        shown = column.joined and (not column.attribute or 2 * len(there) < len(rows))
        for at in there:
            place = _Place(table, rows[at], column, shown=shown)
            _read(found[at], place, contents[at][column.number - 1])
        if column.answers and column.joined:
            _read_answers(table, rows, found, column, there)
        _doubt_blanks(table, rows, found, column)
    for row, remarks in zip(rows, found, strict=True):
        _read_invited(row, remarks)
    return found


def quoted(remarks: Sequence[Remark]) -> str:
    """Return remarks with their cells, the first few of them.

    >>> quoted([(Cell("Partners", 3, 6), "blue folder")])
    'Partners!F3 "blue folder"'
    """
    shown = ", ".join(
        f'{cell} "{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"}"'
        for cell, text in remarks[:_MOST]
    )
    more = len(remarks) - _MOST
    return shown if more <= 0 else f"{shown} and {more} more"


def notes(every: Sequence[Remarks]) -> Iterator[Message]:
    """Yield which remarks make a partner only possible, and which are not understood."""
    # What is said of nobody by name stands beside every partner, and is quoted once.
    doubts = list(dict.fromkeys(remark for remarks in every for remark in remarks.doubts))
    unread = list(dict.fromkeys(remark for remarks in every for remark in remarks.unread))
    if doubts:
        yield say("Only possible because of what is remarked: {remarks}.", remarks=quoted(doubts))
    if unread:
        yield say("Remarks that were not understood: {remarks}.", remarks=quoted(unread))


@dataclass(frozen=True)
class _Place:
    """The row and the column of a cell; *shown* where what is not understood is quoted."""

    table: Table
    row: Row
    column: Beside
    shown: bool

    @property
    def cell(self) -> Cell:
        return Cell(self.table.sheet.name, self.row.number, self.column.number)


def _read(found: Remarks, place: _Place, content: Content) -> None:
    text = text_of(content)
    reader = _READERS.get(place.column.kind)
    if reader is not None:
        reader(found, place, text)
    elif isinstance(content, str):
        _read_text(found, place, text)
    elif isinstance(content, Fault) and place.shown:
        found.unread.append((place.cell, text))


def _read_text(found: Remarks, place: _Place, text: str) -> None:
    tone = read_remark(text)
    if tone is Tone.DOUBT:
        found.doubts.append((place.cell, text))
    elif tone is Tone.UNREAD and place.shown and not _says_else(place, text):
        found.unread.append((place.cell, text))


def _read_other(found: Remarks, place: _Place, text: str) -> None:
    if withdraws(text):
        found.doubts.append((place.cell, text))


def _read_again(found: Remarks, place: _Place, text: str) -> None:
    if read_remark(text) is Tone.DOUBT:
        found.doubts.append((place.cell, text))


def _read_status(found: Remarks, place: _Place, text: str) -> None:
    if read_status(text) is not Presence.CONFIRMED:
        found.doubts.append((place.cell, text))


def _read_headed(found: Remarks, place: _Place, text: str) -> None:
    """Read a cell below a header that is a status: yes means it, no means that it is not so."""
    means, cell = place.column.means, place.cell
    said, status = read_said(text), read_presence(text)
    confirms = means is Presence.CONFIRMED
    if means is None or said is Said.BLANK or (said is Said.NO and not confirms):
        return
    if said is Said.YES or status is means:
        found.headed.append((cell, means))
    elif said is Said.NO:
        found.headed.append((cell, Presence.POSSIBLE))
    elif confirms and read_remark(text) is Tone.HARMLESS:  # such as the date of it
        found.headed.append((cell, means))
    else:
        found.doubts.append((cell, text))


def _read_answer(found: Remarks, place: _Place, text: str) -> None:
    if Said.NO in {read_said(text), read_said(_FIRST.split(text, maxsplit=1)[0])}:
        found.doubts.append((place.cell, text))
    else:
        _read_text(found, place, text)


def _note_invited(found: Remarks, place: _Place, text: str) -> None:
    if read_said(text) not in {Said.NO, Said.BLANK}:
        found.invited.append(place.cell)


def _read_seat(found: Remarks, place: _Place, text: str) -> None:
    """Read where an organisation has its seat; another country than its own is shown."""
    words = place.table.words
    named = {words.country(part.strip()) for part in (text, *_NAMED.split(text))} - {None}
    if not named:
        _read_other(found, place, text)
    elif named != {words.country(place.row.text("country"))}:
        found.unread.append((place.cell, text))


def _read_role(found: Remarks, place: _Place, text: str) -> None:
    """Read a second column of roles: where it contradicts the first one, nobody knows."""
    words, first = place.table.words, place.row.text("role")
    again, role = words.role(text), words.role(first) if first else Role.FULL_PARTNER
    if again is Role.UNKNOWN or role is Role.UNKNOWN:
        _read_again(found, place, text)
    elif again is not role and (role, again) != (Role.COORDINATOR, Role.FULL_PARTNER):
        found.doubts.append((place.cell, text))


_READERS: dict[Kind, Callable[[Remarks, _Place, str], None]] = {
    Kind.OTHER: _read_other,
    Kind.AGAIN: _read_again,
    Kind.STATUS: _read_status,
    Kind.HEADED: _read_headed,
    Kind.ANSWER: _read_answer,
    Kind.INVITED: _note_invited,
    Kind.SEAT: _read_seat,
    Kind.ROLE: _read_role,
}


def _read_answers(
    table: Table, rows: Sequence[Row], found: Sequence[Remarks], column: Beside, there: list[int]
) -> None:
    """Show each no in a column of answers that are mostly yes; what it denies is not known."""
    texts = [text_of(table.sheet.rows[rows[at].number - 1][column.number - 1]) for at in there]
    said: list[Said] = []
    for text in texts:
        said.append(read_said(text))
        if said[-1] is Said.UNREAD:
            return
    if not 0 < said.count(Said.NO) < said.count(Said.YES):
        return
    for at, text, one in zip(there, texts, said, strict=True):
        if one is Said.NO:
            cell = Cell(table.sheet.name, rows[at].number, column.number)
            found[at].unread.append((cell, text))


def _read_invited(row: Row, remarks: Remarks) -> None:
    """Make an invited partner possible where nothing says that it has agreed since."""
    agreed = any(means is Presence.CONFIRMED for _, means in remarks.headed)
    if remarks.invited and not agreed and not row.text("status"):
        remarks.headed.append((remarks.invited[0], Presence.POSSIBLE))


def _doubt_blanks(
    table: Table, rows: Sequence[Row], found: Sequence[Remarks], column: Beside
) -> None:
    """Make a blank possible where the column says yes of others, and no status tells more."""
    if column.means is not Presence.CONFIRMED:
        return
    said = [cell.row for one in found for cell, _ in one.headed if cell.column == column.number]
    if not said:
        return
    for row, one in zip(rows, found, strict=True):
        if row.number not in said and not row.text("status"):
            cell = Cell(table.sheet.name, row.number, column.number)
            one.headed.append((cell, Presence.POSSIBLE))


def _says_else(place: _Place, text: str) -> bool:
    """Say whether a text is an answer, the row's own country, a type, a role, or the name again."""
    said, words, row = read_said(text), place.table.words, place.row
    if place.column.kind is Kind.TASKS or (said is Said.BLANK and _WORD.search(text)):
        return True
    if place.column.attribute and said is not Said.UNREAD:
        return True
    if (country := words.country(text)) is not None:
        return country == words.country(row.text("country"))
    if text == row.text("name") or words.role(text) is not Role.UNKNOWN:
        return True
    return bool(words.kinds(text).kinds)
