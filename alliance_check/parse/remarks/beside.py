"""What stands beside a partner that no rule reads: remarks, comments, second columns.

Each text is *inert* where it is known to say nothing of eligibility, *applied* where it changes
what is known of the partner, and *open* otherwise. An open text makes its partner doubtful for the
minima, since nobody knows what it says.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from alliance_check.model.consortium import (
    Cell,
    Content,
    Fault,
    Functions,
    Presence,
    Remark,
    Role,
    Said,
)
from alliance_check.model.message import Message, say
from alliance_check.parse.remarks.columns import Beside, Purpose, columns_beside
from alliance_check.parse.table.values import Row, Table, filled_cells, text_of
from alliance_check.text.folding import fold
from alliance_check.vocabulary.countries import read_country
from alliance_check.vocabulary.remark_headers import is_inert
from alliance_check.vocabulary.remark_words import spares_mandate
from alliance_check.vocabulary.remarks import (
    Tone,
    read_remark,
    read_status,
    says_when,
    withdraws,
    words_meaning,
)
from alliance_check.vocabulary.role_and_status import UNCLEAR, role_or_status_in_name
from alliance_check.vocabulary.types import functions_of, read_kinds
from alliance_check.vocabulary.words import (
    NO_APPLICANTS,
    is_placeholder,
    read_presence,
    read_role,
    read_said,
)

_MOST = 5
_LONGEST = 40
_LONGEST_CODE = 3
_WORD = re.compile(r"[^\W_]")
_FIRST = re.compile(r"[\s,;.:–—-]")
_NAMED = re.compile(r"[,;/()\[\]]|\s[–—-]\s")


@dataclass(slots=True)
class Remarks:
    """What the texts beside one partner say of it, each with its cell.

    *headed* are statuses by the header of a column, *withdrawn* are texts that say that the partner
    withdrew, *doubts* make it only possible, *open* are the texts that were not understood, *roles*
    are said by notes and titles, and *countries* are other seats than the one in the column of
    countries.
    """

    headed: list[tuple[Remark, Presence]] = field(default_factory=list)
    withdrawn: list[Remark] = field(default_factory=list)
    doubts: list[Remark] = field(default_factory=list)
    open: list[Remark] = field(default_factory=list)
    invited: list[Remark] = field(default_factory=list)
    roles: list[tuple[Remark, Role]] = field(default_factory=list)
    countries: list[tuple[Remark, str]] = field(default_factory=list)

    @property
    def applied(self) -> Iterator[Remark]:
        """The texts that change what is known of the partner."""
        yield from (*self.withdrawn, *self.doubts, *self.invited)
        for said in (*self.headed, *self.roles, *self.countries):
            yield said[0]


def read_remarks(table: Table, rows: Sequence[Row]) -> list[Remarks]:
    """Return what the columns that no rule reads, and the comments, say of each row."""
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
    columns = columns_beside(table, filled, len(rows))
    for column in columns:
        there = filled[column.number - 1]
        texts = [text_of(contents[at][column.number - 1]) for at in there]
        if column.purpose in _ANSWERED and column.joined and _answers(texts):
            _read_answers(table, rows, found, column, dict(zip(there, texts, strict=True)))
            continue
        for at in there:
            place = _Place(table, rows[at], column, rows[at].number)
            _read(found[at], place, contents[at][column.number - 1])
        _doubt_blanks(table, rows, found, column)
    _read_further(table, rows, found, columns)
    written = comments(table)
    for row, remarks in zip(rows, found, strict=True):
        _read_name(row, remarks)
        for number in (row.number, *row.further):
            for remark in written.get(number, ()):
                _read_comment(remarks, table, row, remark)
        _read_invited(row, remarks)
    return found


def comments(table: Table) -> Mapping[int, list[Remark]]:
    """Return the comments on the cells of each row, by its number."""
    found: dict[int, list[Remark]] = defaultdict(list)
    for (number, column), text in table.sheet.comments.items():
        if text.strip():
            cell = Cell(table.sheet.name, number, column)
            found[number].append(Remark(cell, text.strip(), comment=True))
    return found


DOUBTED = say("Only possible because of what is remarked: {value}.")
UNREAD = say("Remarks that were not understood: {value}.")


def quoted(remarks: Sequence[Remark]) -> str:
    """Return remarks with their cells, the first few of them.

    >>> quoted([Remark(Cell("Partners", 3, 6), "blue folder")])
    'Partners!F3 "blue folder"'
    """
    shown = ", ".join(
        f'{cell} "{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"}"'
        for cell, text, _ in remarks[:_MOST]
    )
    more = len(remarks) - _MOST
    return shown if more <= 0 else f"{shown} and {more} more"


def notes(every: Sequence[Remarks]) -> Iterator[Message]:
    """Yield which texts make a partner only possible, and which were not understood."""
    # A text about the whole list stands beside every partner, and is quoted once.
    doubts = list(dict.fromkeys(remark for remarks in every for remark in remarks.doubts))
    unread = list(dict.fromkeys(remark for remarks in every for remark in remarks.open))
    withdrawn = [remark for remarks in every for remark in remarks.withdrawn]
    if withdrawn:
        yield say("Withdrawn by what is remarked: {remarks}.", remarks=quoted(withdrawn))
    if doubts:
        yield DOUBTED.about(quoted(doubts))
    if unread:
        yield UNREAD.about(quoted(unread))


class _Place(NamedTuple):
    """A cell beside a partner: the row of the partner, the column, and the row of the cell."""

    table: Table
    row: Row
    column: Beside
    number: int

    def remark(self, text: str) -> Remark:
        return Remark(Cell(self.table.sheet.name, self.number, self.column.number), text)


def _read(found: Remarks, place: _Place, content: Content) -> None:
    text = text_of(content)
    reader = _READERS.get(place.column.purpose)
    # Whoever is called a partner in a remark may be so in any sense of the word.
    if (role := place.table.words.role(text)) in NO_APPLICANTS:
        found.roles.append((place.remark(text), role))
    elif reader is not None:
        reader(found, place, text)
    elif isinstance(content, str):
        read_text(found, place.table, place.row, place.remark(text), joined=place.column.joined)
    elif isinstance(content, Fault) and place.column.joined:
        found.open.append(place.remark(text))


def read_text(
    found: Remarks, table: Table, row: Row, remark: Remark, *, joined: bool = True
) -> None:
    """Add what a text beside a partner says of it; beyond an empty column only a doubt counts."""
    tone = read_remark(remark.text)
    if joined and withdraws(remark.text):
        found.withdrawn.append(remark)
    elif tone is Tone.DOUBT:
        found.doubts.append(remark)
    elif tone is Tone.UNREAD and joined and not _says_nothing_new(table, row, remark.text):
        found.open.append(remark)
        _read_countries(found, table, row, remark)


def says_nothing(table: Table, purpose: Purpose, content: Content) -> bool:
    """Say whether a content of a column says nothing of a partner, whoever that is.

    It does not hang on the other texts of the column either.
    """
    text, nobody, found = text_of(content), Row(0, {}, {}), Remarks()
    if not text:
        return True
    if purpose not in _ALIKE or (purpose is Purpose.TEXT and _answer(text) in _ANSWERS):
        return False
    _read(found, _Place(table, nobody, Beside(0, purpose), 0), content)
    return found == Remarks()


def read_remark_beside(table: Table, row: Row, number: int, content: Content) -> Remarks:
    """Return what a cell in a column of remarks says of one partner."""
    found = Remarks()
    _read(found, _Place(table, row, Beside(number, Purpose.REMARKS), row.number), content)
    return found


_ALIKE = frozenset(
    {Purpose.INERT, Purpose.TASKS, Purpose.AGAIN, Purpose.REMARKS, Purpose.TEXT},
)
"""Columns in which each text is read by itself."""
_ANSWERS = frozenset({Said.YES, Said.NO})


def _read_countries(found: Remarks, table: Table, row: Row, remark: Remark) -> None:
    """Note the countries that an open text names, where they are not the partner's own.

    Letters alone may be a legal form: SA, SE, AS.
    """
    own = table.words.country(row.text("country"))
    for part in (remark.text, *_NAMED.split(remark.text)):
        code = table.words.country(part.strip()) if len(part.strip()) > _LONGEST_CODE else None
        if code is not None and code != own:
            found.countries.append((remark, code))


def _read_name(row: Row, found: Remarks) -> None:
    """Read what a name or a type says of the role or status; what nobody knows leaves it open."""
    for place in ("name", "type"):
        said = role_or_status_in_name(row.text(place))
        if said == UNCLEAR:
            found.open.append(Remark(row.cells[place], row.text(place)))
        elif said in {Presence.POSSIBLE, Presence.DECLINED}:
            found.doubts.append(Remark(row.cells[place], row.text(place)))


def _read_further(
    table: Table, rows: Sequence[Row], found: Sequence[Remarks], columns: Sequence[Beside]
) -> None:
    """Read what stands beside a merged name in the rows below, but not what is repeated there."""
    known = {column.number: column for column in columns}
    for row, remarks in zip(rows, found, strict=True):
        above = dict(filled_cells(table.sheet.rows[row.number - 1]))
        for number in row.further:
            for column, content in filled_cells(table.sheet.rows[number - 1]):
                if content != above.get(column):
                    beside = known.get(column, Beside(column, Purpose.TEXT))
                    _read(remarks, _Place(table, row, beside, number), content)


def _read_comment(found: Remarks, table: Table, row: Row, remark: Remark) -> None:
    """Read a comment as a text beside the partner, and as its role where it is nothing else."""
    role = table.words.role(remark.text)
    if role in NO_APPLICANTS:
        found.roles.append((remark, role))
    else:
        read_text(found, table, row, remark)


def _read_inert(found: Remarks, place: _Place, text: str) -> None:
    """Read a withdrawal, or a sentence of doubt: "not asked yet" is no address, "tbc" may be."""
    whole = " " in text and not is_placeholder(text) and not is_inert(text)
    if withdraws(text) or (whole and read_presence(text) in {Presence.POSSIBLE, Presence.DECLINED}):
        found.doubts.append(place.remark(text))


def _read_tasks(found: Remarks, place: _Place, text: str) -> None:
    if read_remark(text) is Tone.DOUBT:
        found.doubts.append(place.remark(text))


def _read_status(found: Remarks, place: _Place, text: str) -> None:
    if read_status(text) is not Presence.CONFIRMED:
        found.doubts.append(place.remark(text))


def _read_headed(found: Remarks, place: _Place, text: str) -> None:
    """Read a cell below a header that is a status: yes means it, no means that it is not so."""
    means, remark = place.column.means, place.remark(text)
    said, status = read_said(text), read_presence(text)
    confirms = means is Presence.CONFIRMED
    if means is None or said is Said.BLANK or (said is Said.NO and not confirms):
        return
    if said is Said.YES or status is means:
        found.headed.append((remark, means))
    elif said is Said.NO:
        found.headed.append((remark, Presence.POSSIBLE))
    elif confirms and (read_status(text) is Presence.CONFIRMED or says_when(text)):
        found.headed.append((remark, means))
    else:
        found.doubts.append(remark)


def _read_answer(found: Remarks, place: _Place, text: str) -> None:
    if Said.NO in {read_said(text), read_said(_FIRST.split(text, maxsplit=1)[0])}:
        found.doubts.append(place.remark(text))
    else:
        read_text(found, place.table, place.row, place.remark(text))


def _read_chance(found: Remarks, place: _Place, text: str) -> None:
    if fold(text) not in words_meaning("sure") and read_presence(text) is not Presence.CONFIRMED:
        found.doubts.append(place.remark(text))


def _read_unclear(found: Remarks, place: _Place, text: str) -> None:
    """Read a yes below a header such as Observer, and anything else than a no."""
    if read_said(text) not in {Said.NO, Said.BLANK}:
        found.open.append(place.remark(text))


def _note_invited(found: Remarks, place: _Place, text: str) -> None:
    if read_said(text) not in {Said.NO, Said.BLANK}:
        found.invited.append(place.remark(text))


def _read_seat(found: Remarks, place: _Place, text: str) -> None:
    """Read where an organisation has its seat; another country than its own leaves both open."""
    words, own = place.table.words, place.table.words.country(place.row.text("country"))
    named = {words.country(part.strip()) for part in (text, *_NAMED.split(text))} - {None}
    if not named:
        _read_inert(found, place, text)
    remark = place.remark(text)
    found.countries += [(remark, code) for code in named if code is not None and code != own]


def _read_role(found: Remarks, place: _Place, text: str) -> None:
    """Read a second column of roles."""
    role = place.table.words.role(text)
    if role is Role.UNKNOWN:
        _read_tasks(found, place, text)
    elif place.row.text("role") or role is not Role.FULL_PARTNER:
        found.roles.append((place.remark(text), role))


_ANSWERED = frozenset({Purpose.TEXT, Purpose.ANSWER})
"""Columns in which an exception among yes and no counts."""
_READERS: dict[Purpose, Callable[[Remarks, _Place, str], None]] = {
    Purpose.INERT: _read_inert,
    Purpose.TASKS: _read_tasks,
    Purpose.AGAIN: _read_tasks,
    Purpose.STATUS: _read_status,
    Purpose.HEADED: _read_headed,
    Purpose.ANSWER: _read_answer,
    Purpose.CHANCE: _read_chance,
    Purpose.UNCLEAR: _read_unclear,
    Purpose.INVITED: _note_invited,
    Purpose.SEAT: _read_seat,
    Purpose.ROLE: _read_role,
}


def _answer(text: str) -> Said:
    """Return the yes or no of a cell; "ok" is a yes."""
    said = read_said(text)
    confirms = said is Said.UNREAD and read_presence(text) is Presence.CONFIRMED
    return Said.YES if confirms else said


def _answers(texts: Sequence[str]) -> bool:
    """Say whether a column holds nothing but answers of yes and no."""
    said = {_answer(text) for text in texts}
    doubted = any(read_remark(text) is Tone.DOUBT for text in set(texts))
    return not doubted and Said.UNREAD not in said and said != {Said.BLANK}


def _read_answers(
    table: Table,
    rows: Sequence[Row],
    found: Sequence[Remarks],
    column: Beside,
    texts: dict[int, str],
) -> None:
    """Leave each exception open in a column of yes and no; what it means is not known.

    Where all answer the same, the column sets nobody apart.
    """
    yes = {at for at, text in texts.items() if _answer(text) is Said.YES}
    no = {at for at, text in texts.items() if _answer(text) is Said.NO}
    silent = len(rows) - len(yes) - len(no)
    if len(yes) + (0 if no else silent) <= len(no) or not yes:
        return
    for at in no or (yes if len(yes) < silent else ()):
        cell = Cell(table.sheet.name, rows[at].number, column.number)
        found[at].open.append(Remark(cell, texts[at]))


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
    said = [r.cell.row for one in found for r, _ in one.headed if r.cell.column == column.number]
    if not said:
        return
    for row, one in zip(rows, found, strict=True):
        if row.number not in said and not row.text("status"):
            cell = Cell(table.sheet.name, row.number, column.number)
            one.headed.append((Remark(cell, ""), Presence.POSSIBLE))


def _says_nothing_new(table: Table, row: Row, text: str) -> bool:
    """Say whether a text is the partner's own country, kind, role or name once more.

    The coordinator signs for itself, and needs no mandate.
    """
    words, yes = table.words, read_said(text) is Said.YES and text.casefold() != "x"
    if yes or (read_said(text) is Said.BLANK and _WORD.search(text)):
        return True
    # What an office says of words settles no text: its settings do, and a report names those.
    if (country := read_country(text)) is not None:
        return country == words.country(row.text("country"))
    if text == row.text("name") or read_role(text) is not Role.UNKNOWN:
        return True
    if words.role(row.text("role")) is Role.COORDINATOR and spares_mandate(
        fold(text.replace("n/a", "na")).split()
    ):
        return True
    kinds, own = read_kinds(text).kinds, words.kinds(row.text("type")).kinds
    alike = functions_of(kinds) == functions_of(own) and functions_of(own) != Functions()
    return bool(kinds) and (kinds == own or alike)
