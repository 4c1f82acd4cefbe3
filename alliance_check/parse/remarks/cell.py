"""Read one cell or comment beside a partner, by what its column may say.

Each text is *inert* where it is known to say nothing of eligibility, *applied* where it changes
what is known of the partner, and *open* otherwise. An open text makes its partner doubtful for the
minima, since nobody knows what it says.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from alliance_check.model.consortium import (
    Functions,
    Presence,
    Role,
    Said,
)
from alliance_check.model.sheet import (
    Cell,
    Content,
    Fault,
    Remark,
)
from alliance_check.parse.remarks.answers import compares
from alliance_check.parse.remarks.columns import Beside, Purpose
from alliance_check.parse.remarks.gathered import Remarks
from alliance_check.parse.table.values import PartnerTable, Row, text_of
from alliance_check.text.folding import fold
from alliance_check.vocabulary.countries import read_country
from alliance_check.vocabulary.remark_headers import is_inert
from alliance_check.vocabulary.remark_words import spares_mandate
from alliance_check.vocabulary.remarks import (
    Tone,
    read_remark,
    read_status,
    replaced_name,
    says_when,
    withdraws,
    words_meaning,
)
from alliance_check.vocabulary.role_and_status import UNCLEAR, names_role_or_status
from alliance_check.vocabulary.types import functions_of, read_kinds
from alliance_check.vocabulary.words import (
    NO_APPLICANTS,
    is_placeholder,
    read_presence,
    read_role,
    read_said,
)

_LONGEST_CODE = 3
_MOST_NAMES = 4
_PACKAGE = re.compile(r"(?:AP\s?[0-9]{1,2}[\s,;+/]*)+", re.IGNORECASE)
"""German and Norwegian work packages, which elsewhere may be associated partners."""
_WORD = re.compile(r"[^\W_]")
_FIRST = re.compile(r"[\s,;.:–—-]")
_NAMED = re.compile(r"[,;/()\[\]]|\s[–—-]\s")


class CellBeside(NamedTuple):
    """A cell beside a partner: the row of the partner, the column, and the row of the cell."""

    table: PartnerTable
    row: Row
    column: Beside
    number: int

    def remark(self, text: str) -> Remark:
        """Return what the cell holds as a remark."""
        return Remark(Cell(self.table.sheet.name, self.number, self.column.number), text)


def read_cell(found: Remarks, place: CellBeside, content: Content) -> None:
    """Add what a cell says of the partner, by what its column may say."""
    text = text_of(content)
    if _needs_no_paper(place, text):
        return
    reader = _READERS.get(place.column.purpose)
    package = place.column.purpose is Purpose.TASKS and _PACKAGE.fullmatch(text) is not None
    # Whoever is called a partner in a remark may be so in any sense of the word.
    if not package and (role := place.table.words.role(text)) in NO_APPLICANTS:
        found.roles.append((place.remark(text), role))
    elif reader is not None:
        reader(found, place, text)
    elif isinstance(content, str):
        read_text(found, place.table, place.row, place.remark(text), joined=place.column.joined)
    elif isinstance(content, Fault) and place.column.joined:
        found.open.append(place.remark(text))


def read_text(
    found: Remarks, table: PartnerTable, row: Row, remark: Remark, *, joined: bool = True
) -> None:
    """Add what a text beside a partner says of it; beyond an empty column only a doubt counts."""
    if _replaces_struck(table, remark.text):
        return
    tone = read_remark(remark.text)
    if joined and withdraws(remark.text):
        found.withdrawn.append(remark)
    elif tone is Tone.DOUBT:
        found.doubts.append(remark)
    elif tone is Tone.UNREAD and joined and not _says_nothing_new(table, row, remark.text):
        found.open.append(remark)
        _read_countries(found, table, row, remark)


def _replaces_struck(table: PartnerTable, text: str) -> bool:
    """Say whether a partner takes the place of one whose row is struck, and nothing else is said.

    The struck row tells that the change is made.
    """
    replaced = replaced_name(text) if table.sheet.struck else ""
    name = table.columns["name"][0].number
    struck = (
        fold(text_of(table.sheet.rows[row - 1][name - 1]))
        for row, column in table.sheet.struck
        if column == name and row > table.header_row
    )
    return bool(replaced) and any(f"{one} ".startswith(f"{replaced} ") for one in struck)


def _read_countries(found: Remarks, table: PartnerTable, row: Row, remark: Remark) -> None:
    """Note the countries that an open text names, where they are not the partner's own.

    Letters alone may be a legal form: SA, SE, AS.
    """
    own = table.words.country(row.text("country"))
    for part in (remark.text, *_NAMED.split(remark.text)):
        code = table.words.country(part.strip()) if len(part.strip()) > _LONGEST_CODE else None
        if code is not None and code != own:
            found.countries.append((remark, code))


def says_nothing(table: PartnerTable, purpose: Purpose, content: Content) -> bool:
    """Say whether a content of a column says nothing of a partner, whoever that is.

    It does not hang on the other texts of the column either.
    """
    text, nobody, found = text_of(content), Row(0, {}, {}), Remarks()
    if not text:
        return True
    if purpose not in _ALIKE or (purpose is Purpose.TEXT and compares(text)):
        return False
    read_cell(found, CellBeside(table, nobody, Beside(0, purpose), 0), content)
    return found == Remarks()


def read_remark_beside(table: PartnerTable, row: Row, number: int, content: Content) -> Remarks:
    """Return what a cell in a column of remarks says of one partner."""
    found = Remarks()
    read_cell(found, CellBeside(table, row, Beside(number, Purpose.REMARKS), row.number), content)
    return found


_ALIKE = frozenset(
    {
        *(Purpose.INERT, Purpose.TASKS, Purpose.AGAIN, Purpose.KIND),
        *(Purpose.REMARKS, Purpose.TEXT),
    }
)
"""Columns in which each text is read by itself."""


def _read_inert(found: Remarks, place: CellBeside, text: str) -> None:
    """Read a withdrawal, or a sentence of doubt: "not asked yet" is no address, "tbc" may be."""
    whole = " " in text and not is_placeholder(text) and not is_inert(text)
    if withdraws(text) or (whole and read_presence(text) in {Presence.POSSIBLE, Presence.DECLINED}):
        found.doubts.append(place.remark(text))


def _read_tasks(found: Remarks, place: CellBeside, text: str) -> None:
    if read_remark(text) is Tone.DOUBT:
        found.doubts.append(place.remark(text))


def _read_kind(found: Remarks, place: CellBeside, text: str) -> None:
    """Read a second column of types, such as Category, which may say a role or a status.

    Whoever is a person may not apply.
    """
    named = names_role_or_status(text)
    if named == UNCLEAR or "natural-person" in read_kinds(text).kinds:
        found.open.append(place.remark(text))
    elif named in {Presence.POSSIBLE, Presence.DECLINED} or is_placeholder(text):
        found.doubts.append(place.remark(text))
    else:
        _read_tasks(found, place, text)


def _read_status(found: Remarks, place: CellBeside, text: str) -> None:
    if read_status(text) is not Presence.CONFIRMED:
        found.doubts.append(place.remark(text))


def _read_headed(found: Remarks, place: CellBeside, text: str) -> None:
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


def _read_answer(found: Remarks, place: CellBeside, text: str) -> None:
    if Said.NO in {read_said(text), read_said(_FIRST.split(text, maxsplit=1)[0])}:
        found.doubts.append(place.remark(text))
    else:
        read_text(found, place.table, place.row, place.remark(text))


def _read_chance(found: Remarks, place: CellBeside, text: str) -> None:
    if fold(text) not in words_meaning("sure") and read_presence(text) is not Presence.CONFIRMED:
        found.doubts.append(place.remark(text))


def _read_unclear(found: Remarks, place: CellBeside, text: str) -> None:
    """Read a yes below a header such as Observer, and anything else than a no."""
    if read_said(text) not in {Said.NO, Said.BLANK}:
        found.open.append(place.remark(text))


def _note_invited(found: Remarks, place: CellBeside, text: str) -> None:
    if read_said(text) not in {Said.NO, Said.BLANK}:
        found.invited.append(place.remark(text))


def _read_seat(found: Remarks, place: CellBeside, text: str) -> None:
    """Read where an organisation has its seat; another country than its own leaves both open."""
    words, own = place.table.words, place.table.words.country(place.row.text("country"))
    named = {words.country(part.strip()) for part in (text, *_NAMED.split(text))} - {None}
    if not named:
        _read_inert(found, place, text)
    remark = place.remark(text)
    found.countries += [(remark, code) for code in named if code is not None and code != own]


def _read_role(found: Remarks, place: CellBeside, text: str) -> None:
    """Read a second column of roles."""
    role = place.table.words.role(text)
    if role is Role.UNKNOWN:
        _read_tasks(found, place, text)
    elif place.row.text("role") or role is not Role.FULL_PARTNER:
        found.roles.append((place.remark(text), role))


_READERS: dict[Purpose, Callable[[Remarks, CellBeside, str], None]] = {
    Purpose.INERT: _read_inert,
    Purpose.TASKS: _read_tasks,
    Purpose.AGAIN: _read_tasks,
    Purpose.KIND: _read_kind,
    Purpose.STATUS: _read_status,
    Purpose.HEADED: _read_headed,
    Purpose.ANSWER: _read_answer,
    Purpose.CHANCE: _read_chance,
    Purpose.UNCLEAR: _read_unclear,
    Purpose.INVITED: _note_invited,
    Purpose.SEAT: _read_seat,
    Purpose.ROLE: _read_role,
}


def _needs_no_paper(place: CellBeside, text: str) -> bool:
    """Say whether the paper of a column is not needed of the coordinator: "Mandat: entfällt".

    A plain no may be an answer.
    """
    table, number = place.table, place.column.number
    if table.words.role(place.row.text("role")) is not Role.COORDINATOR or number < 1:
        return False
    header = _folded_words(table.headers[number - 1] if number <= len(table.headers) else "")
    return read_said(text) is not Said.NO and spares_mandate(_folded_words(text), header)


def _folded_words(text: str) -> list[str]:
    return fold(text.replace("n/a", "na")).split()


def _has_an_address(table: PartnerTable, row: Row, text: str) -> bool:
    """Say whether a mail address in the row is made of the words of a text: it names a person."""
    words = fold(text).split()
    if not 1 < len(words) <= _MOST_NAMES or not row.number:
        return False
    cells = (text_of(content) for content in table.sheet.rows[row.number - 1])
    owners = (fold(cell.partition("@")[0]).split() for cell in cells if "@" in cell)
    return any(set(words) <= set(owner) for owner in owners)


def _says_nothing_new(table: PartnerTable, row: Row, text: str) -> bool:
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
    if _has_an_address(table, row, text):
        return True
    if words.role(row.text("role")) is Role.COORDINATOR and spares_mandate(_folded_words(text)):
        return True
    kinds, own = read_kinds(text).kinds, words.kinds(row.text("type")).kinds
    alike = functions_of(kinds) == functions_of(own) and functions_of(own) != Functions()
    return bool(kinds) and (kinds == own or alike)
