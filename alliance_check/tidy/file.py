"""Write what was read for sure as the official lists write it, and change nothing else.

A change that would alter what the program reads in the file is not made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from alliance_check.model.errors import AllianceCheckError, UnreadableFile
from alliance_check.model.message import Message, say
from alliance_check.model.sheet import Cell
from alliance_check.parse.table.values import Row
from alliance_check.pipeline import Options, checked_file
from alliance_check.readers.archive import Archive
from alliance_check.readers.delimited import choose_encoding
from alliance_check.readers.limits import Limits
from alliance_check.readers.sniff import Kind, kind_of
from alliance_check.tidy.delimited import rewrite_text
from alliance_check.tidy.labels import FIELDS, wanted
from alliance_check.tidy.workbook import rewrite_workbook

if TYPE_CHECKING:
    from alliance_check.parse.consortium.draft import Basis
    from alliance_check.pipeline import Checked

_READ_OTHERWISE = say("with its label the file would be read otherwise")
_FAULT = say("has no value to go by")


class Edit(NamedTuple):
    """A cell, what it says, and what it is to say."""

    cell: Cell
    field: str
    before: str
    after: str


class Left(NamedTuple):
    """A cell that stays as it is, and why."""

    cell: Cell
    field: str
    text: str
    why: Message


_Item = TypeVar("_Item", Edit, Left)


@dataclass(frozen=True)
class Tidied:
    """A file after tidying: its bytes, the changed cells and the cells that stay without a label.

    Without a change the bytes are those that were given.
    """

    content: bytes
    changes: tuple[Edit, ...]
    left: tuple[Left, ...]


def tidied(content: bytes, name: str, options: Options) -> Tidied:
    """Write countries, types, roles and PICs of a file as the official lists write them.

    :raises AllianceCheckError: when the file cannot be used, or not be written in its own format.
    """
    return _Job(content, name, options).tidied()


class _Job:
    """One file and the options under which it is read."""

    def __init__(self, content: bytes, name: str, options: Options) -> None:
        self._content, self._name = content, name
        self._kind = _writable_kind(content, name, options.limits)
        # What a file says depends on neither call nor lot, so one of each is enough.
        call, lot = options.call or "latest", options.lot or "innovation"
        self._options = replace(options, call=call, lot=lot, advice=False, fingerprint=False)

    def tidied(self) -> Tidied:
        """Make as many of the wanted changes as leave the meaning of the file alone."""
        before = self._checked(self._content)
        wished = _plan(before)
        if not wished.changes:
            return Tidied(self._content, (), wished.left)
        encoding = self._encoding(before)
        stays: dict[Cell, Message] = {}
        tried = self._written(wished.changes, stays, encoding)
        made = [change for change in wished.changes if change.cell not in stays]
        if not self._means_the_same(before, tried, made):
            made = self._harmless(before, made, stays, encoding)
            tried = self._written(made, stays, encoding)
        return Tidied(tried if made else self._content, tuple(made), _left(wished, stays))

    def _checked(self, content: bytes) -> tuple[Checked, ...]:
        return checked_file(content, self._name, self._options)

    def _written(self, changes: Sequence[Edit], stays: dict[Cell, Message], encoding: str) -> bytes:
        """Write the file with these changes; add to *stays* those that cannot be made."""
        edits = {change.cell: change.after for change in changes}
        if self._kind is Kind.TEXT:
            written = rewrite_text(self._content, self._name, encoding, edits)
        else:
            written = rewrite_workbook(self._content, self._name, self._options.limits, edits)
        stays.update(written.stays)
        return written.content

    def _encoding(self, before: Sequence[Checked]) -> str:
        """Return the encoding in which a text was read; a guessed one stands in a note."""
        if self._kind is not Kind.TEXT:
            return ""
        if self._options.encoding is not None:
            return self._options.encoding
        for note in before[0].report.input.notes:
            values = dict(note.values)
            if "encoding" in values:
                return str(values["encoding"])
        return choose_encoding(self._content, self._name)[0]

    def _means_the_same(
        self, before: Sequence[Checked], content: bytes, changes: Iterable[Edit]
    ) -> bool:
        """Return whether the changed file is read as the one before, and shows what was written."""
        try:
            after = self._checked(content)
        except AllianceCheckError:
            return False
        wanted_again = {change.cell for change in _plan(after).changes}
        shown = not any(change.cell in wanted_again for change in changes)
        return shown and list(map(_meaning, before)) == list(map(_meaning, after))

    def _harmless(
        self,
        before: Sequence[Checked],
        changes: Sequence[Edit],
        stays: dict[Cell, Message],
        encoding: str,
    ) -> list[Edit]:
        """Return the changes without the labels that would alter how the file is read."""
        kept: list[Edit] = []
        for label in dict.fromkeys((change.field, change.after) for change in changes):
            same = [change for change in changes if (change.field, change.after) == label]
            content = self._written([*kept, *same], {}, encoding)
            if self._means_the_same(before, content, [*kept, *same]):
                kept += same
            else:
                stays.update({change.cell: _READ_OTHERWISE for change in same})
        return list(_in_order(kept))


def _writable_kind(content: bytes, name: str, limits: Limits) -> Kind:
    """Return the family of a file that can be written again as it is.

    :raises UnreadableFile: when its format cannot be.
    """
    kind = kind_of(content, name)
    if kind is Kind.OLE2 or (kind is Kind.ZIP and "content.xml" in Archive(content, name, limits)):
        raise UnreadableFile(
            "{name} is a workbook of a format that can only be read here; open it in a "
            "spreadsheet program, save it as .xlsx or .csv and tidy that file.",
            name=name,
        )
    return kind


def _left(wished: _TidyPlan, stays: Mapping[Cell, Message]) -> tuple[Left, ...]:
    held = [
        Left(change.cell, change.field, change.before, stays[change.cell])
        for change in wished.changes
        if change.cell in stays
    ]
    return _in_order((*wished.left, *held))


def _meaning(checked: Checked) -> tuple[object, ...]:
    """Return the parts of a report that must stay; texts of cells stand only in its sentences."""
    report = checked.report
    read = report.input
    return (
        (read.project, read.sheet, read.header_row),
        report.consortium,
        [(problem.id, problem.cell) for problem in report.problems],
        report.verdict,
    )


@dataclass(frozen=True)
class _TidyPlan:
    """The changes and the cells that stay, each in the order of the sheet."""

    changes: tuple[Edit, ...]
    left: tuple[Left, ...]


def _plan(checked: Iterable[Checked]) -> _TidyPlan:
    """Find what to change in the rows of all consortia of a file."""
    found: dict[Cell, Edit | Left] = {}
    for one in checked:
        for row in one.basis.rows:
            for item in _row_items(row, one.basis):
                found.setdefault(item.cell, item)
    return _TidyPlan(
        _in_order(one for one in found.values() if isinstance(one, Edit)),
        _in_order(one for one in found.values() if isinstance(one, Left)),
    )


def _in_order(items: Iterable[_Item]) -> tuple[_Item, ...]:
    """Sort changes, or cells that stay, by their place in the sheet."""
    return tuple(sorted(items, key=lambda one: (one.cell.row, one.cell.column)))


def _row_items(row: Row, basis: Basis) -> Iterator[Edit | Left]:
    shared = Counter(row.cells.values())
    for field in FIELDS:
        cell, text = row.cells.get(field), row.text(field)
        # A cell that two fields share says more than either, or what a reader put in its place.
        if cell is None or not text or shared[cell] > 1:
            continue
        if row.fault(field) is not None:
            yield Left(cell, field, text, _FAULT)
            continue
        answer = wanted(row, field, basis.table.words)
        if isinstance(answer, Message):
            yield Left(cell, field, text, answer)
        elif answer is not None:
            yield Edit(cell, field, text, answer)
