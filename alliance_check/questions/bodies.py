"""The organisations of a consortium with all their rows, and how a question names them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from alliance_check.advice.changes import Change
from alliance_check.model.consortium import (
    Consortium,
    Partner,
    Presence,
)
from alliance_check.model.message import Message, listed, say
from alliance_check.model.sheet import Cell
from alliance_check.parse.consortium.draft import Basis
from alliance_check.parse.table.rows import READ_TWICE
from alliance_check.parse.table.values import Row
from alliance_check.questions.question import Contact, Point, Reply
from alliance_check.vocabulary.words import is_placeholder

_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}")
_BRACKETS = re.compile(r"[(<\[]\s*[)>\]]")


class Body(NamedTuple):
    """One organisation: what its rows say together, and what each of them says by itself."""

    partner: Partner
    each: tuple[Partner, ...]
    rows: tuple[Row, ...]
    columns: frozenset[str]

    @property
    def taking_part(self) -> tuple[Partner, ...]:
        """The rows that did not decline; those that did do not describe it."""
        found = tuple(p for p in self.each if p.presence is not Presence.DECLINED)
        return found or self.each

    @property
    def known(self) -> bool:
        """Whether the name is that of an organisation, not a stand-in for one to be found."""
        return bool(self.partner.name) and not is_placeholder(self.partner.name)

    @property
    def name(self) -> str:
        """The name of an organisation that is known, else nothing."""
        return self.partner.name if self.known else ""

    @property
    def who(self) -> Message:
        """The organisation inside a sentence."""
        place = str(self.partner.cells["name"])
        if self.known:
            return say("{name}", name=self.partner.name)
        if self.partner.name:
            return say('the partner in {place} ("{name}")', place=place, name=self.partner.name)
        return say("the partner in {place}", place=place)

    def cell(self, field: str) -> Cell:
        """Return the cell of a field in the first row."""
        return self.partner.cell(field)

    def text(self, field: str) -> str:
        """Return what the first row says in a field, in both columns where there are two."""
        row = self.rows[0]
        again = row.text(READ_TWICE[field]) if field in READ_TWICE else ""
        return " / ".join(dict.fromkeys(filter(None, (row.text(field), again))))

    def place(self, field: str) -> Message:
        """Return where the answer belongs, and what stands there now."""
        cell, name = self.cell(field), self.partner.cells["name"]
        if cell == name:
            return say("{cell}", cell=str(cell))
        return stated(cell, self.text(field))

    def change(
        self, verb: str, value: str, rows: Iterable[Partner] | None = None
    ) -> tuple[Change, ...]:
        """Return one change for each row that takes part, or for *rows*."""
        every = self.taking_part if rows is None else rows
        return tuple(Change(verb, partner.cells["name"], value) for partner in every)


def contact_of(row: Row) -> Contact:
    """Return whom to write to about a row, as far as it says so.

    >>> contact_of(Row(2, {"contact": "Kari Ås (kari@nord.no)", "city": "Bø"}, {}))
    Contact(person='Kari Ås', email='kari@nord.no', address='Bø')
    """
    texts = (row.text(field) for field in ("email", "contact"))
    found = next((m for text in texts if (m := _EMAIL.search(text)) is not None), None)
    person = _BRACKETS.sub(" ", _EMAIL.sub(" ", row.text("contact")))
    places = (row.text(field) for field in ("address", "city"))
    return Contact(
        " ".join(person.split()).strip(" ,;:/-"),
        "" if found is None else found[0],
        ", ".join(dict.fromkeys(filter(None, places))),
    )


def stated(cell: Cell, text: str) -> Message:
    """Return a cell with what it says, to be put in brackets."""
    if not text:
        return say("{cell}, which is empty", cell=str(cell))
    return say('{cell}, which says "{text}"', cell=str(cell), text=text)


def bodies(basis: Basis, consortium: Consortium) -> list[Body]:
    """Return every organisation that takes part, or may, in the order of the sheet."""
    joined = consortium.partners[: len(basis.partners)]
    groups: dict[Cell, list[int]] = {}
    for index, partner in enumerate(joined):
        groups.setdefault(partner.same_as or partner.cells["name"], []).append(index)
    found = []
    for indexes in groups.values():
        first, *others = sorted(indexes, key=lambda i: joined[i].same_as is not None)
        order = (first, *others)
        if joined[first].presence is not Presence.DECLINED:
            each = tuple(basis.partners[i] for i in order)
            rows = tuple(basis.rows[i] for i in order)
            found.append(Body(joined[first], each, rows, consortium.columns))
    return found


def body_point(
    body: Body, field: str, text: Message, ask: Message, replies: Iterable[Reply]
) -> Point:
    """Return a point about one organisation, without the replies that change nothing."""
    kept = tuple(reply for reply in replies if reply.changes)
    name, cell = body.partner.cells["name"], body.cell(field)
    said = "" if cell == name else body.text(field)
    return Point(field, name, body.name, cell, text, ask, kept, said)


def differing(body: Body, what: Message) -> Message:
    """Return the question to ask where rows of one organisation differ."""
    rows = listed(str(partner.cells["name"]) for partner in body.each)
    return say(
        "The rows {rows} are one organisation, {who}, but give different {what}: which are "
        "right? (If they are two organisations, give each its own PIC.)",
        rows=rows,
        who=body.who,
        what=what,
    )
