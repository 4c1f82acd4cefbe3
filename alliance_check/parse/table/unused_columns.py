"""Columns that no rule reads although their headers resemble one that a rule would read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from alliance_check.model.consortium import Cell
from alliance_check.model.message import Message, say
from alliance_check.parse.table.values import Row, Table, blank
from alliance_check.text.folding import fold
from alliance_check.text.phrases import phrases
from alliance_check.vocabulary.remark_headers import heading_says

_MOST = 3
_LONGEST = 60
_OF_EU = frozenset({"eu", "ue", "ec", "erasmus", "requested"})
"""Words that make a budget the part of it that is asked for."""
_CALLED = {
    "total": say("the budget of each partner"),
    "share": say("the EU contribution of each partner"),
    "status": say("whether each partner is confirmed"),
    "type": say("the type of each organisation"),
    "role": say("the role of each partner"),
    "country": say("the country of each partner"),
    "pic": say("the PIC"),
    "oid": say("the OID"),
    "charter": say("whether each holds the Erasmus charter"),
    "pact": say("whether each is a member of the Pact for Skills"),
    "counts_as": say("what each organisation counts as"),
}


def unused(table: Table, rows: Sequence[Row]) -> Iterator[Message]:
    """Yield a note on each column with content that may be meant for a rule, the first few."""
    found = list(_resembling(table, rows))
    for number, header, field in found[:_MOST]:
        letter = Cell(None, 1, number).address.rstrip("0123456789")
        short = header if len(header) <= _LONGEST else header[: _LONGEST - 1] + "…"
        yield say(
            'Column {letter} "{header}" is not used; if it is {what}, give '
            '--map "{header}={field}".',
            letter=letter,
            header=short,
            what=_CALLED[field],
            field=field,
        )
    if len(found) > _MOST:
        yield say("{number} more columns of that kind are not used.", number=len(found) - _MOST)


def _resembling(table: Table, rows: Sequence[Row]) -> Iterator[tuple[int, str, str]]:
    # In an export a row holds many partners, and its columns are known by their places.
    if any(row.cells.get("role") == row.cells["name"] for row in rows):
        return
    known = {column.number for columns in table.columns.values() for column in columns}
    for number, header in enumerate(table.headers, start=1):
        field = resembles(header) if header and number not in known else None
        if field and any(_stands(table, row, number) for row in rows):
            yield number, header, field


def _stands(table: Table, row: Row, number: int) -> bool:
    content = table.sheet.rows[row.number - 1]
    return number <= len(content) and not blank(content[number - 1])


@lru_cache(maxsize=1024)
def resembles(header: str) -> str | None:
    """Return the field that an unknown header may be meant for; None where it resembles none.

    >>> resembles("Budget EU (€)"), resembles("Mandate signed?"), resembles("Contact country")
    ('share', 'status', None)
    """
    words = [word.rstrip("0123456789") or word for word in fold(header).split()]
    if heading_says(header) is not None or not _words("other").isdisjoint(words):
        return None
    field = next((f for f in _CALLED if not _words(f).isdisjoint(words)), None)
    if field is None:
        return "share" if "€" in header else None
    return "share" if field == "total" and not _OF_EU.isdisjoint(words) else field


@cache
def _words(field: str) -> frozenset[str]:
    return _all()[field]


@cache
def _all() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for field, _, words in phrases("header-words.csv"):
        found[field].update(words)
    return {field: frozenset(words) for field, words in found.items()}
