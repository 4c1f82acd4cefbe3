"""Make changes to a consortium, as ``--what-if`` and the search for advice do.

The changes are made to what the consortium is made of; the result is judged like any other sheet.
An added partner is a full partner without a row. Its share is 0, it belongs to the Pact for
Skills, and if it is a university it holds a charter. Under a changed grant the shares in the sheet
no longer say anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from typing import Any

from alliance_check.advice.changes import Change
from alliance_check.model.consortium import (
    EDUCATION,
    HEI,
    LABOUR,
    Functions,
    Holder,
    Listing,
    Partner,
    Presence,
    Role,
    Said,
)
from alliance_check.model.errors import WrongUsage
from alliance_check.model.message import Message, listed, say
from alliance_check.model.sheet import Cell
from alliance_check.parse.consortium.draft import Basis, left_out, reread, settled
from alliance_check.text.folding import fold
from alliance_check.vocabulary.amounts import read_amount, read_months, read_project_amount
from alliance_check.vocabulary.dictionary import Dictionary, OwnWords
from alliance_check.vocabulary.project_words import read_ecosystems
from alliance_check.vocabulary.types import KINDS, functions_of, read_counts_as
from alliance_check.vocabulary.words import read_charter, read_said

_ORIGIN = "what-if"


def apply(basis: Basis, changes: Iterable[Change]) -> Basis:
    """Make all changes, one after the other, and return the new basis.

    :raises WrongUsage: when a change names no partner, or a value that means nothing.
    """
    for change in changes:
        basis = _VERBS[change.verb](basis, change)
    return basis


def _row_of(basis: Basis, change: Change) -> int:
    """Return which row has its name in the cell of a change, or is called as it says.

    The sheet may be left out.
    """
    if change.cell is None:
        return _called(basis, change.name)
    wanted = change.cell
    names = [partner.cells["name"] for partner in basis.partners]
    for index, name in enumerate(names):
        same_sheet = wanted.sheet is None or fold(wanted.sheet) == fold(name.sheet or "")
        if same_sheet and wanted[1:] == name[1:]:
            return index
    in_row = next((str(name) for name in names if name.row == wanted.row), None)
    if in_row is None:
        raise WrongUsage("--what-if: no partner's name stands in {cell}.", cell=str(wanted))
    raise WrongUsage(
        "--what-if: no partner's name stands in {cell}; the name in that row stands in {other}.",
        cell=str(wanted),
        other=in_row,
    )


def _called(basis: Basis, name: str) -> int:
    """Return the one row of a name; of an organisation that has several, the first."""
    called = [i for i, p in enumerate(basis.partners) if fold(p.name) == fold(name)]
    if len(called) == 1:
        return called[0]
    cells = listed(str(basis.partners[i].cells["name"]) for i in called)
    if called:
        raise WrongUsage(
            '--what-if: several partners are called "{name}" ({cells}); name the cell.',
            name=name,
            cells=cells,
        )
    near = get_close_matches(name, [p.name for p in basis.partners], n=1, cutoff=0.6)
    if near:
        raise WrongUsage(
            '--what-if: no partner is called "{name}"; did you mean "{near}"?',
            name=name,
            near=near[0],
        )
    raise WrongUsage(
        '--what-if: no partner is called "{name}"; name the cell of its name, such as A7.',
        name=name,
    )


def _role(basis: Basis, change: Change) -> Basis:
    role = basis.table.words.role(change.value)
    if role is Role.UNKNOWN:
        raise _meaningless(change, say("a role, such as full partner or associated partner"))
    return settled(basis, _row_of(basis, change), role=role)


def _country(basis: Basis, change: Change) -> Basis:
    text = _country_text(basis.table.words, change.value)
    if text is None:
        raise _meaningless(change, say("a country, such as Norway or NO"))
    return reread(basis, _row_of(basis, change), {"country": text}, basis.table.words)


def _type(basis: Basis, change: Change) -> Basis:
    words = words_for(basis, change.value)
    if not words.kinds(change.value).kinds:
        raise _meaningless(
            change, say("a type of organisation, such as SME, university or VET provider")
        )
    return reread(basis, _row_of(basis, change), {"type": change.value}, words)


def _counts(basis: Basis, change: Change) -> Basis:
    if read_counts_as(change.value) is None:
        raise _meaningless(change, say("one of labour-market, education, hei, vet, neither"))
    index = _row_of(basis, change)
    return reread(basis, index, {"counts_as": change.value}, basis.table.words)


def _yes_no(name: str, read: Callable[[str], Said]) -> Callable[[Basis, Change], Basis]:
    def change_it(basis: Basis, change: Change) -> Basis:
        if read(change.value) not in {Said.YES, Said.NO}:
            raise _meaningless(change, say("yes or no"))
        return reread(basis, _row_of(basis, change), {name: change.value}, basis.table.words)

    return change_it


def _share(basis: Basis, change: Change) -> Basis:
    index = _row_of(basis, change)
    if not basis.rows[index].money.get("share"):
        raise WrongUsage(
            "--what-if: {change}: the sheet has no column of shares.", change=str(change)
        )
    _amount(change, read_amount)
    # A sum that the sheet states is that of the shares as they were.
    basis = replace(basis, totals=())
    return reread(basis, index, {"share": change.value}, basis.table.words)


def _add(basis: Basis, change: Change) -> Basis:
    where, _, what = change.value.partition(":")
    words = words_for(basis, what)
    text = _country_text(basis.table.words, where)
    kinds = () if what in {LABOUR, EDUCATION} else words.kinds(what).kinds
    stated = None if kinds else read_counts_as(what)
    if text is None or not (kinds or stated):
        raise _meaningless(change, say("a country and a kind, such as PL:vet or NO:labour-market"))
    functions = functions_of(kinds) if stated is None else Functions(stated)
    name = f"new partner {len(basis.added) + 1}"
    university = basis.charters is not None and HEI in functions.sure
    partner = Partner(
        row=None,
        name=name,
        cells={"name": _next_free(basis)},
        country=basis.table.words.country(text),
        kinds=kinds,
        functions=functions,
        charter=_yes(basis, "charter"),
        pact=_yes(basis, "pact"),
        listing=Listing((Holder(name, None, None),)) if university else None,
        share=Decimal(0) if "share" in basis.columns else None,
    )
    return replace(basis, added=(*basis.added, partner))


def _yes(basis: Basis, column: str) -> Said:
    return Said.YES if column in basis.columns else Said.NO_COLUMN


def _next_free(basis: Basis) -> Cell:
    """Return where the name of the next partner would stand: below all others."""
    cells = [p.cells["name"] for p in (*basis.partners, *basis.added)]
    first = cells[0] if cells else Cell(basis.table.sheet.name, basis.table.header_row, 1)
    return Cell(first.sheet, max([basis.table.header_row, *(c.row for c in cells)]) + 1, first[2])


def _given(basis: Basis, name: str, value: Decimal | int) -> Basis:
    """Return the basis with a value of the project that overrules the workbook."""
    given = replace(basis.given, origins={**basis.given.origins, name: _ORIGIN})
    values: dict[str, Any] = {name: value}
    return replace(basis, given=replace(given, **values))


def _amount(change: Change, read: Callable[[str], Decimal | None] = read_project_amount) -> Decimal:
    amount = read(change.value)
    if amount is None:
        raise _meaningless(change, say("an amount in EUR, such as 1400000"))
    return amount


def _duration(basis: Basis, change: Change) -> Basis:
    months = read_months(change.value, None)
    if months is None:
        raise _meaningless(change, say("a length in months, such as 36 or 3 years"))
    return _given(basis, "duration", months)


def _ecosystem(basis: Basis, change: Change) -> Basis:
    names, unread = read_ecosystems(change.value)
    if unread or not names:
        raise _meaningless(change, say("an industrial ecosystem of the guide's list"))
    return replace(basis, ecosystem=change.value)


def _country_text(words: Dictionary, value: str) -> str | None:
    """Return a country as a cell may say it; a code in small letters is a code here."""
    texts = (value, value.upper()) if len(value) == 2 else (value,)
    return next((text for text in texts if words.country(text) is not None), None)


def words_for(basis: Basis, what: str) -> Dictionary:
    """Return the words of the run, with the id of a kind where one was given."""
    return _ids(what) if what in KINDS else basis.table.words


@cache
def _ids(kind: str) -> Dictionary:
    return Dictionary(OwnWords(types={fold(kind): (kind,)}))


def _meaningless(change: Change, wanted: Message) -> WrongUsage:
    return WrongUsage(
        '--what-if: {change}: "{value}" does not mean {wanted}.',
        change=str(change),
        value=change.value,
        wanted=wanted,
    )


_VERBS: dict[str, Callable[[Basis, Change], Basis]] = {
    "drop": lambda basis, change: left_out(basis, _row_of(basis, change)),
    "add": _add,
    "confirm": lambda basis, change: settled(
        basis, _row_of(basis, change), presence=Presence.CONFIRMED
    ),
    "country": _country,
    "type": _type,
    "role": _role,
    "counts": _counts,
    "charter": _yes_no("charter", read_charter),
    "pact": _yes_no("pact", read_said),
    "share": _share,
    "grant": lambda basis, change: replace(_given(basis, "grant", _amount(change)), redealt=True),
    "total": lambda basis, change: _given(basis, "total", _amount(change)),
    "duration": _duration,
    "ecosystem": _ecosystem,
}
