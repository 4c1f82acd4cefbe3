"""Workbooks of Excel since 2007 (xlsx, xlsm): opened, and asked what values hide."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from alliance_check.model.consortium import Workbook
from alliance_check.readers.archive import Archive
from alliance_check.readers.assemble import assemble, left_out
from alliance_check.readers.calamine import Cells, open_workbook
from alliance_check.readers.limits import Budget, check_extent, damaged
from alliance_check.readers.xlsx.marks import Marks, SheetPass
from alliance_check.readers.xlsx.measure import Measured
from alliance_check.readers.xlsx.styles import Left, Styles, struck_texts, styles_of
from alliance_check.readers.xml import run

# The reading library looks for these parts here, whatever the workbook says.
_MAIN, _TEXTS, _STYLES = "xl/workbook.xml", "xl/sharedstrings.xml", "xl/styles.xml"
_PLACES = {"sharedStrings": _TEXTS, "styles": _STYLES}
_SPEAKING = re.compile(rb"strike|formatCode\s*=\s*[\"']00")
"""What a style sheet has in it when its styles say what values do not show."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A sheet as the workbook lists it."""

    title: str
    path: str
    hidden: bool


class XlsxReader:
    """Reads one workbook; its parts are measured before anything is built from them."""

    def __init__(self, archive: Archive, content: bytes) -> None:
        self._archive, self._content = archive, content
        self._name, self._limits = archive.name, archive.limits
        self._measured = Measured(archive)
        self._budget = Budget(archive.name, archive.limits, archive.limits.marked)
        self._stale = False

    def read(self, main: str) -> Workbook:
        """Return the sheets of the workbook whose main part is *main*."""
        if main != _MAIN:
            raise damaged(self._name, "its parts lie in unusual places")
        parts = self._parts(main)
        styles = self._read_styles()
        paths = [part.path for part in parts]
        self._measured.measure(paths, _TEXTS, styles, self._pass)
        cells = Cells(open_workbook(self._content, self._name), self._name, self._limits)
        listed = cells.listed()
        if len(listed) != len(parts):
            raise damaged(self._name, "its list of sheets is not clear")
        left = self._struck_texts()
        sheets, marked = [], []
        for index, part in enumerate(parts):
            if listed[index].cells:
                marks = self._marks(part, styles, left)
                rows = cells.rows(index, part.title)
                title = part.title
                marked.append((title, marks))
                sheets.append(assemble(self._name, title, rows, marks, hidden=part.hidden))
        return Workbook(tuple(sheets), left_out(marked))

    def _parts(self, main: str) -> list[_Part]:
        targets = self._targets(main)
        found: list[_Part] = []

        def sheet(given: dict[str, str]) -> None:
            key = next((v for k, v in given.items() if k.endswith(":id") or k == "id"), "")
            state = given.get("state", "visible")
            found.append(_Part(given.get("name", ""), targets.get(key, ""), state != "visible"))
            if len(found) > self._limits.parts:
                raise damaged(self._name, "it lists sheets without end")

        def calculation(given: dict[str, str]) -> None:
            self._stale = given.get("fullCalcOnLoad") in {"1", "true"}

        self._measured.small(main)
        calls = {"sheet": sheet, "calcPr": calculation}
        run(self._archive.stream(main), self._name, calls)
        if len({part.path for part in found}) < len(found):
            raise damaged(self._name, "two of its sheets are the same part")
        if not all(part.path in self._archive for part in found):
            raise damaged(self._name, "a sheet that it lists is missing")
        return found

    def _targets(self, main: str) -> dict[str, str]:
        folder, base = posixpath.split(main)
        targets: dict[str, str] = {}

        def link(given: dict[str, str]) -> None:
            if given.get("TargetMode") == "External":
                return
            path = posixpath.normpath(posixpath.join("/", folder, given.get("Target", "")))
            path = path.lstrip("/").lower()
            kind = given.get("Type", "").rpartition("/")[2]
            if given.get("Id", "") in targets:
                raise damaged(self._name, "two of its parts have one id")
            targets[given.get("Id", "")] = path
            if path != _PLACES.get(kind, path):
                raise damaged(self._name, "its parts lie in unusual places")
            if len(targets) > self._limits.parts:
                raise damaged(self._name, "it lists parts without end")

        links = f"{folder}/_rels/{base}.rels".lstrip("/")
        if links not in self._archive:
            raise damaged(self._name, "the list of its parts is missing")
        self._measured.small(links)
        run(self._archive.stream(links), self._name, {"Relationship": link})
        return targets

    def _read_styles(self) -> Styles:
        if _STYLES not in self._archive:
            return Styles()
        speaks = self._measured.small(_STYLES, _SPEAKING)
        return styles_of(self._archive.stream(_STYLES), self._name) if speaks else Styles()

    def _struck_texts(self) -> Left:
        if not self._measured.has_struck(_TEXTS):
            return {}
        self._archive.again()
        return struck_texts(self._archive.stream(_TEXTS), self._name, self._budget.spend)

    def _marks(self, part: _Part, styles: Styles, left: Left) -> Marks:
        if not (self._measured.extents[part.path].marked or left):
            return Marks()
        return self._pass(part.path, styles, left, self._budget)

    def _pass(self, path: str, styles: Styles, left: Left, budget: Budget) -> Marks:
        self._archive.again()
        reader = SheetPass(styles, left, self._check, budget.spend, stale=self._stale)
        return reader.read(self._archive.stream(path), self._name)

    def _check(self, marks: Marks) -> None:
        check_extent(self._name, self._limits, marks.rows, marks.columns, marks.cells)
