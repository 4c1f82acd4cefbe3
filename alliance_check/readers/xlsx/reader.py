"""Read workbooks of Excel since 2007 (xlsx, xlsm), with what their values do not show."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from alliance_check.model.errors import NoHeaders
from alliance_check.model.report import REPORT
from alliance_check.model.sheet import Workbook
from alliance_check.readers.archive import Archive
from alliance_check.readers.limits import Budget, damaged
from alliance_check.readers.marks import Place, assemble, left_out
from alliance_check.readers.values import Grid
from alliance_check.readers.xlsx.sheet import Book, SheetPass
from alliance_check.readers.xlsx.styles import Styles, styles_of
from alliance_check.readers.xlsx.texts import Shared, shared_texts

# Every program that writes workbooks puts these parts here; one elsewhere may be a second one.
_MAIN, _TEXTS, _STYLES = "xl/workbook.xml", "xl/sharedstrings.xml", "xl/styles.xml"
_THEME = "xl/theme/theme1.xml"
_PLACES = {"sharedStrings": _TEXTS, "styles": _STYLES}
_SHEET_BYTES = 2_000


class _Part(NamedTuple):
    """A sheet as the workbook lists it."""

    title: str
    path: str
    cells: bool
    hidden: bool


class XlsxReader:
    """Reads one workbook."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._name, self._limits = archive.name, archive.limits
        self._budget = Budget(archive.name, archive.limits, archive.limits.opened)
        self._marked = Budget(archive.name, archive.limits, archive.limits.marked)
        self._stale = self._since_1904 = False
        self._comment_parts: set[str] = set()

    def read(self, main: str) -> Workbook:
        """Return the sheets of the workbook whose main part is *main*."""
        if main != _MAIN:
            raise damaged(self._name, "its parts lie in unusual places")
        parts = self._parts(main)
        styles = self._read_styles()
        texts = Shared([], {})
        if _TEXTS in self._archive:
            texts = shared_texts(self._archive, _TEXTS, self._budget)
        book = Book(styles, texts, self._marked, self._stale, self._since_1904)
        sheets, marked = [], []
        for part in parts:
            self._marked.spend(_SHEET_BYTES)
            if part.cells:
                grid = Grid(self._name, part.title, self._limits, self._budget)
                marks = SheetPass(book, grid).read(self._archive, part.path)
                if _links_of(part.path) in self._archive:
                    marks.comments = self._comments(part.path)
                marked.append((part.title, marks))
                rows = grid.finished()
                sheets.append(assemble(self._name, part.title, rows, marks, hidden=part.hidden))
        return Workbook(tuple(sheets), left_out(marked))

    def _parts(self, main: str) -> list[_Part]:
        links = self._links(main)
        found: list[_Part] = []

        def sheet(given: dict[str, str]) -> None:
            key = next((v for k, v in given.items() if k.endswith(":id") or k == "id"), "")
            state = given.get("state", "visible")
            kind, path = links.get(key, ("", ""))
            cells = kind == "worksheet"
            found.append(_Part(given.get("name", ""), path, cells, state != "visible"))
            if len(found) > self._limits.parts:
                raise damaged(self._name, "it lists sheets without end")

        def calculation(given: dict[str, str]) -> None:
            self._stale = given.get("fullCalcOnLoad") in {"1", "true"}

        def properties(given: dict[str, str]) -> None:
            self._since_1904 = given.get("date1904") in {"1", "true"}

        def name(given: dict[str, str]) -> None:
            if given.get("name") == REPORT:
                raise NoHeaders(
                    "{name} is a report of this program, not a list of partners.", name=self._name
                )

        calls = {"sheet": sheet, "calcPr": calculation, "workbookPr": properties}
        calls["definedName"] = name
        self._archive.parse(main, calls)
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
        self._archive.parse(listed, {"Relationship": link})
        return links

    def _read_styles(self) -> Styles:
        if _STYLES not in self._archive:
            return Styles()
        return styles_of(self._archive, _STYLES, self._colour, self._marked)

    def _colour(self, given: Mapping[str, str]) -> str:
        from alliance_check.readers.xlsx.colours import colour

        return colour(given, self._theme if "theme" in given else ())

    @cached_property
    def _theme(self) -> tuple[str, ...]:
        from alliance_check.readers.xlsx.colours import theme_colours

        if _THEME not in self._archive:
            return ()
        return theme_colours(self._archive, _THEME)

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

            if kind == "comments":
                notes.update(notes_of(self._archive, path, self._marked))
            else:
                threads.update(threads_of(self._archive, path, self._marked))
        return {**notes, **threads}


def _links_of(part: str) -> str:
    folder, base = posixpath.split(part)
    return f"{folder}/_rels/{base}.rels".lstrip("/")
