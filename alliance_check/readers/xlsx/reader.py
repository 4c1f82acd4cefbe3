"""Read workbooks of Excel since 2007 (xlsx, xlsm), with what their values do not show."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from alliance_check.model.consortium import Workbook
from alliance_check.readers.archive import Archive
from alliance_check.readers.assemble import assemble, left_out
from alliance_check.readers.calamine import Cells, open_workbook
from alliance_check.readers.limits import Budget, check_extent, damaged
from alliance_check.readers.xlsx.marks import Marks, Place, SheetPass
from alliance_check.readers.xlsx.measure import Measured
from alliance_check.readers.xlsx.styles import Styles, Unstruck, struck_texts, styles_of
from alliance_check.readers.xml import run

# The reading library looks for these parts here, whatever the workbook says.
_MAIN, _TEXTS, _STYLES = "xl/workbook.xml", "xl/sharedstrings.xml", "xl/styles.xml"
_THEME = "xl/theme/theme1.xml"
_PLACES = {"sharedStrings": _TEXTS, "styles": _STYLES}
_STYLED = re.compile(rb"strike|formatCode|patternType\s*=\s*[\"']solid")
"""What a style sheet contains if its styles show more than values do."""


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
        self._comment_parts: set[str] = set()

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
        links = self._links(main)
        found: list[_Part] = []

        def sheet(given: dict[str, str]) -> None:
            key = next((v for k, v in given.items() if k.endswith(":id") or k == "id"), "")
            state = given.get("state", "visible")
            _, path = links.get(key, ("", ""))
            found.append(_Part(given.get("name", ""), path, state != "visible"))
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

    def _links(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the kind and the path of each part that a part links to, by the link's id."""
        folder = posixpath.dirname(part)
        links: dict[str, tuple[str, str]] = {}

        def link(given: dict[str, str]) -> None:
            if given.get("TargetMode") == "External":
                return
            path = posixpath.normpath(posixpath.join("/", folder, given.get("Target", "")))
            path = path.lstrip("/").lower()
            kind = given.get("Type", "").rpartition("/")[2]
            if given.get("Id", "") in links:
                raise damaged(self._name, "two of its parts have one id")
            links[given.get("Id", "")] = (kind, path)
            if path != _PLACES.get(kind, path):
                raise damaged(self._name, "its parts lie in unusual places")
            if len(links) > self._limits.parts:
                raise damaged(self._name, "it lists parts without end")

        listed = _links_of(part)
        if listed not in self._archive:
            raise damaged(self._name, "the list of its parts is missing")
        self._measured.small(listed)
        run(self._archive.stream(listed), self._name, {"Relationship": link})
        return links

    def _read_styles(self) -> Styles:
        if _STYLES not in self._archive:
            return Styles()
        if not self._measured.small(_STYLES, _STYLED):
            return Styles()
        return styles_of(self._archive.stream(_STYLES), self._name, self._colour)

    def _colour(self, given: Mapping[str, str]) -> str:
        from alliance_check.readers.xlsx.colours import colour

        return colour(given, self._theme if "theme" in given else ())

    @cached_property
    def _theme(self) -> tuple[str, ...]:
        from alliance_check.readers.xlsx.colours import theme_colours

        if _THEME not in self._archive:
            return ()
        self._measured.small(_THEME)
        return theme_colours(self._archive.stream(_THEME), self._name)

    def _struck_texts(self) -> Unstruck:
        if not self._measured.has_struck(_TEXTS):
            return {}
        self._archive.reset_count()
        return struck_texts(self._archive.stream(_TEXTS), self._name, self._budget.spend)

    def _marks(self, part: _Part, styles: Styles, left: Unstruck) -> Marks:
        marks = Marks()
        if self._measured.extents[part.path].marked or left:
            marks = self._pass(part.path, styles, left, self._budget)
        if _links_of(part.path) in self._archive:
            marks.comments = self._comments(part.path)
        return marks

    def _pass(self, path: str, styles: Styles, left: Unstruck, budget: Budget) -> Marks:
        self._archive.reset_count()
        reader = SheetPass(styles, left, self._check, budget, stale=self._stale)
        return reader.read(self._archive.stream(path), self._name)

    def _comments(self, sheet: str) -> dict[Place, str]:
        """Return the comments of a sheet; where a cell has a thread, that is its comment."""
        notes: dict[Place, str] = {}
        threads: dict[Place, str] = {}
        for kind, path in self._links(sheet).values():
            if kind not in {"comments", "threadedComment"}:
                continue
            if path not in self._archive or path in self._comment_parts:
                raise damaged(self._name, "the comments that it lists are missing")
            self._comment_parts.add(path)
            from alliance_check.readers.xlsx.comments import notes_of, threads_of

            self._measured.small(path)
            pieces = self._archive.stream(path)
            if kind == "comments":
                notes.update(notes_of(pieces, self._name, self._budget.spend))
            else:
                threads.update(threads_of(pieces, self._name, self._budget.spend))
        return {**notes, **threads}

    def _check(self, marks: Marks) -> None:
        check_extent(self._name, self._limits, marks.rows, marks.columns, marks.cells)


def _links_of(part: str) -> str:
    folder, base = posixpath.split(part)
    return f"{folder}/_rels/{base}.rels".lstrip("/")
