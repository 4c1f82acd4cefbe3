"""What a sheet states about each partner and the project: field by field, as text and as read.

``diff`` compares two sheets by these statements and ``textconv`` shows one by them, so they do not
depend on the place of a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from alliance_check.model.consortium import (
    Gap,
    Partner,
    Presence,
    Role,
    Said,
)
from alliance_check.model.message import Message, say
from alliance_check.parse import finished
from alliance_check.parse.cells import fields
from alliance_check.parse.cells.fields import read_oid, read_pic
from alliance_check.parse.cells.money import read_money
from alliance_check.parse.table.rows import READ_TWICE
from alliance_check.parse.table.values import Row, blank, text_of
from alliance_check.vocabulary.project_words import read_ecosystems
from alliance_check.vocabulary.remarks import read_status
from alliance_check.vocabulary.types import read_counts_as

if TYPE_CHECKING:
    from alliance_check.parse.consortium.draft import Basis

FIELDS = (
    *("name", "country", "type", "role", "status", "counts_as", "charter", "pact"),
    *("pic", "oid", "share", "total", "ecosystem"),
)
"""What may be stated of a partner, in the order in which it is shown."""
PROJECT = ("call", "lot", "duration", "grant", "total", "ecosystem")
"""What may be stated of the project."""
_LABELS = {
    "name": say("name"),
    "country": say("country"),
    "type": say("type"),
    "role": say("role"),
    "status": say("status"),
    "counts_as": say("counts as"),
    "charter": say("Erasmus charter"),
    "pact": say("Pact for Skills"),
    "pic": say("PIC"),
    "oid": say("OID"),
    "share": say("EU contribution"),
    "total": say("total cost"),
    "ecosystem": say("industrial ecosystem"),
    "call": say("call"),
    "lot": say("lot"),
    "duration": say("duration"),
    "grant": say("grant"),
}
_USUAL = {"role": Role.FULL_PARTNER.value, "status": Presence.CONFIRMED.value}
"""What a partner is taken for where nothing says otherwise."""


class Statement(NamedTuple):
    """What one field says: the text as it stands, what it is read as, and where.

    *value* is an id, a number or a text of its own; None where the text could not be read, and
    empty where nothing is said. *place* is a cell, a range, or what else said so.
    """

    text: str
    value: str | None
    place: str = ""

    @property
    def meaning(self) -> tuple[str | None, str]:
        """What two statements have in common when they say the same, however it is written."""
        return self.value, self.text if self.value is None else ""

    @property
    def silent(self) -> bool:
        """Whether there is nothing to show."""
        return not self.text and not self.value


NOTHING = Statement("", "")
Statements = Mapping[str, Statement]


def label(field: str) -> Message:
    """Return what people call a field."""
    return _LABELS[field]


def stated_fields(stated: Statements) -> Iterator[tuple[str, Statement]]:
    """Yield the fields that say something; a blank that means the default says nothing."""
    for name, statement in stated.items():
        usual = not statement.text and statement.value == _USUAL.get(name)
        if not statement.silent and not usual:
            yield name, statement


def statements(basis: Basis) -> list[Statements]:
    """Return what each row of partners states by itself, in the order of the sheet."""
    return [
        {
            name: Statement(_text(row, name), value, str(partner.cells.get(name, "")))
            for name, value in _values(partner, row, basis).items()
        }
        for partner, row in zip(basis.partners, basis.rows, strict=True)
    ]


def _values(partner: Partner, row: Row, basis: Basis) -> dict[str, str | None]:
    country = partner.country
    unclear = bool(row.text("status")) and read_status(row.text("status")) is None
    only_possible = unclear and partner.presence is Presence.POSSIBLE
    return {
        "name": partner.name,
        "country": _or_unread(row, "country") if country is None else country,
        "type": ", ".join(sorted(partner.kinds)) or _or_unread(row, "type"),
        "role": None if partner.role is Role.UNKNOWN else partner.role.value,
        "status": None if only_possible else partner.presence.value,
        "counts_as": _counts_as(row),
        "charter": _said(fields.charter(row, basis.columns)[0]),
        "pact": _said(fields.pact(row, basis.columns)[0]),
        "pic": partner.pic or (None if read_pic(row)[1] else ""),
        "oid": partner.oid or (None if read_oid(row)[1] else ""),
        "share": _money(row, "share"),
        "total": _money(row, "total"),
        "ecosystem": _ecosystems(row.text("ecosystem")),
    }


def _text(row: Row, name: str) -> str:
    if name in row.money:
        return "; ".join(text_of(e.content) for e in row.money[name] if not blank(e.content))
    again = row.text(READ_TWICE[name]) if name in READ_TWICE else ""
    return "; ".join(dict.fromkeys(filter(None, (row.text(name), again))))


def _or_unread(row: Row, name: str) -> str | None:
    """Return nothing said for a blank cell, and unread for any other."""
    return None if _text(row, name) else ""


def _counts_as(row: Row) -> str | None:
    if not row.text("counts_as"):
        return ""
    read = None if row.fault("counts_as") else read_counts_as(row.text("counts_as"))
    return None if read is None else ", ".join(sorted(read)) or "neither"


def _said(said: Said) -> str | None:
    if said is Said.UNREAD:
        return None
    return said.value if said in {Said.YES, Said.NO} else ""


def _money(row: Row, name: str) -> str | None:
    money = read_money(row, name)
    if money.gap is not Gap.NONE:
        return None if money.gap is Gap.UNREAD else ""
    return _amount(money.low, money.high)


def _amount(low: Decimal, high: Decimal | None) -> str:
    if low == high:
        return f"{low:.2f}"
    return f"at least {low:.2f}" if high is None else f"{low:.2f} to {high:.2f}"


def _ecosystems(text: str) -> str | None:
    if not text:
        return ""
    names, unread = read_ecosystems(text)
    return None if unread else ", ".join(names)


def project_statements(basis: Basis) -> Statements:
    """Return what labelled cells, columns or the caller say of the project as a whole."""
    parsed = finished(basis)
    project = parsed.consortium.project
    length, ecosystem = project.duration, project.ecosystem
    found = {name: _labelled(basis, name) for name in PROJECT}
    for name, named in (("call", parsed.call), ("lot", parsed.lot)):
        if named is not None:
            found[name] = found[name]._replace(value=named)
    if length is not None:
        months = None if length.months is None else str(length.months)
        found["duration"] = _from(found["duration"], months, length.origin)
    for name, amount in (("grant", project.grant), ("total", project.total)):
        if amount is not None:
            read = amount.low or amount.high is not None
            value = _amount(amount.low, amount.high) if read else None
            found[name] = _from(found[name], value, amount.origin)
    if ecosystem is not None:
        names = None if ecosystem.unread else ", ".join(ecosystem.names)
        found["ecosystem"] = _from(found["ecosystem"], names, str(ecosystem.cell or ""))
    return found


def _from(labelled: Statement, value: str | None, place: str) -> Statement:
    """Return what was read, with the labelled text only if that is what was read."""
    return Statement(labelled.text if place == labelled.place else "", value, place)


def _labelled(basis: Basis, name: str) -> Statement:
    """Return the text next to the labels of a field, as unread until it is read."""
    found = basis.labels.get(name, [])
    texts = dict.fromkeys(text_of(one.content) for one in found)
    text = "; ".join(filter(None, texts))
    return Statement(text, None if text else "", str(found[0].cell) if found else "")
