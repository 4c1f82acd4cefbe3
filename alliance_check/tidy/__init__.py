"""A file in official words: what was read for sure is written as the official lists write it.

The file stays what it is in all else, and is read just as before: a change that would alter what
the program understands is not made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from alliance_check.model.consortium import Cell
from alliance_check.model.errors import AllianceCheckError, UnreadableFile
from alliance_check.model.message import Message, say
from alliance_check.pipeline import Options, checked_file
from alliance_check.readers.archive import Archive
from alliance_check.readers.delimited import choose_encoding
from alliance_check.readers.limits import Limits
from alliance_check.readers.sniff import Kind, kind_of
from alliance_check.tidy.delimited import Rewritten, rewrite_text
from alliance_check.tidy.planning import Edit, Left, Plan, in_order, plan
from alliance_check.tidy.workbook import rewrite_workbook

if TYPE_CHECKING:
    from alliance_check.pipeline import Checked

__all__ = ["Edit", "Left", "Tidied", "tidied"]

_READ_OTHERWISE = say("with its label the file would be read otherwise")


@dataclass(frozen=True)
class Tidied:
    """The bytes of the tidied file, what was changed in it, and what stays though it is no label.

    Without a change they are the bytes that were given.
    """

    content: bytes
    changes: tuple[Edit, ...]
    left: tuple[Left, ...]


def tidied(content: bytes, name: str, options: Options) -> Tidied:
    """Return a file with countries, types, roles and PICs as the official lists write them.

    :raises AllianceCheckError: when the file cannot be used, or not be written in its own format.
    """
    job = _Job(content, name, options)
    return job.tidied()


class _Job:
    """One file, and how it is read."""

    def __init__(self, content: bytes, name: str, options: Options) -> None:
        self._content, self._name = content, name
        self._kind = _writable_kind(content, name, options.limits)
        # What a file says hangs on neither call nor lot, and judging it under all of them is work.
        call, lot = options.call or "latest", options.lot or "innovation"
        self._options = replace(options, call=call, lot=lot, advice=False, fingerprint=False)

    def tidied(self) -> Tidied:
        """Return the file with as many of the wanted changes as leave its meaning."""
        before = self._checked(self._content)
        wished = plan(_bases(before))
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
        """Return the bytes with these changes; those that cannot be made get into *stays*."""
        edits = {change.cell: change.after for change in changes}
        written = self._rewritten(edits, encoding)
        stays.update(written.stays)
        return written.content

    def _rewritten(self, edits: Mapping[Cell, str], encoding: str) -> Rewritten:
        if self._kind is Kind.TEXT:
            return rewrite_text(self._content, self._name, encoding, edits)
        return rewrite_workbook(self._content, self._name, self._options.limits, edits)

    def _encoding(self, before: Sequence[Checked]) -> str:
        """Return the encoding in which a text was read; a note tells of one that was guessed."""
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
        """Say whether the changed file is read as the one before, and shows what was written."""
        try:
            after = self._checked(content)
        except AllianceCheckError:
            return False
        asked_again = {change.cell for change in plan(_bases(after)).changes}
        shown = not any(change.cell in asked_again for change in changes)
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
        return list(in_order(kept))


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


def _bases(checked: Iterable[Checked]) -> Iterable[Any]:
    return (one.basis for one in checked)


def _left(wished: Plan, stays: Mapping[Cell, Message]) -> tuple[Left, ...]:
    held = [
        Left(change.cell, change.field, change.before, stays[change.cell])
        for change in wished.changes
        if change.cell in stays
    ]
    return in_order((*wished.left, *held))


def _meaning(checked: Checked) -> tuple[object, ...]:
    """Return all of a report that must stay; the cells' texts stand only in its sentences."""
    report = checked.report
    read = report.input
    return (
        (read.project, read.sheet, read.header_row),
        report.consortium,
        [(problem.id, problem.cell) for problem in report.problems],
        report.verdict,
    )
