"""Read workbooks of LibreOffice (ods): their values, and what these do not show."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable

from alliance_check.model.sheet import (
    Content,
    Fault,
    Workbook,
)
from alliance_check.readers.archive import Archive
from alliance_check.readers.limits import (
    CELL_BYTES,
    Budget,
    Limits,
    damaged,
    protected,
    too_long,
    too_many_columns,
    too_many_rows,
)
from alliance_check.readers.marks import (
    Marks,
    Place,
    assemble,
    left_out,
    padded,
    without_author,
)
from alliance_check.readers.ods.styles import OdsStyles
from alliance_check.readers.values import Numbers, Row, Texts

_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "meta-inf/manifest.xml"
_PADDED = re.compile(r"0[0-9]{1,29}")
_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)|Err:[0-9]{3}")
# What is written next to the digits of a number; an exponent is one of them.
_UNIT = re.compile(r"(?!E[+-]?[0-9])[^\W\d_]+|[€$£¥₺₴₽]")
_HOURS = re.compile(r"PT([0-9]{1,6})H([0-9]{1,2})M([0-9]{1,2})(?:[.,][0-9]{1,9})?S")
_MARK_BYTES, _SHEET_BYTES, _ROW_BYTES = 250, 2_000, 90
_MOST_REPEATED = 1 << 24
_TAG_BYTES = 80
_CELLS = ("table-cell", "covered-table-cell")
_NUMBERS = frozenset({"float", "currency", "percentage"})


def read_ods(archive: Archive) -> Workbook:
    """Return the sheets of the workbook."""
    name = archive.name
    if _MANIFEST in archive:
        archive.parse(_MANIFEST, {"encryption-data": lambda _: _refuse(name)})
    marked = Budget(name, archive.limits, archive.limits.marked)
    styles = OdsStyles(marked)
    if _STYLES in archive:
        archive.parse(_STYLES, styles.opened())
    tables = ContentPass(name, archive.limits, styles, marked).read(archive, _CONTENT)
    sheets = [
        assemble(name, table.title, table.rows, table.marks, hidden=table.hidden)
        for table in tables
    ]
    return Workbook(tuple(sheets), left_out((table.title, table.marks) for table in tables))


def _refuse(name: str) -> None:
    raise protected(name)


class Table:
    """One sheet as it is read: its rows, with what they repeat, and its marks."""

    def __init__(self, title: str, *, hidden: bool) -> None:
        self.title, self.hidden = title, hidden
        self.marks = Marks()
        self.rows: list[Row] = []
        self.blank_rows = 0
        self.columns: list[tuple[int, str]] = []


class ContentPass:
    """Follows rows and cells with their repetitions, and refuses what passes a cap."""

    def __init__(self, name: str, limits: Limits, styles: OdsStyles, marked: Budget) -> None:
        self._name, self._limits, self._styles, self._marked = name, limits, styles, marked
        self._budget = Budget(name, limits, limits.opened)
        self._spend = self._marked.spend
        self.tables: list[Table] = []
        self._table: Table | None = None
        self._marks = Marks()
        self._row: list[Content] = []
        self._row_times = self._column = self._times = self._length = 0
        self._row_style: str | None = None
        self._row_hidden = self._row_is_noted = False
        self._cell: dict[str, str] | None = None
        self._covered = self._partly = False
        self._words: list[tuple[str, bool]] = []
        self._spans: list[bool] = []
        self._paragraphs = 0
        self._comment: list[str] | None = None
        self._author: list[str] = []
        self._signing = False
        self._numbers = Numbers(self._budget)
        self._texts = Texts(limits.cell, too_long(name, "", limits), self._budget)

    def read(self, archive: Archive, part: str) -> list[Table]:
        """Return the sheets."""
        opened = {
            **self._styles.opened(),
            "table": self._open_table,
            "table-column": self._open_column,
            "table-row": self._open_row,
            "table-cell": self._open_cell,
            "covered-table-cell": self._open_covered,
            "p": self._open_paragraph,
            "span": self._open_span,
            "annotation": self._open_comment,
            "creator": self._sign,
            "s": self._space,
            "tab": self._break,
            "line-break": self._break,
        }
        closed: dict[str, Callable[[], None]] = {
            "table": self._close_table,
            "table-row": self._close_row,
            **dict.fromkeys(_CELLS, self._close_cell),
            "p": self._close_paragraph,
            "span": self._close_span,
            "annotation": self._close_comment,
            "creator": self._signed,
        }
        archive.parse(part, opened, closed, self._text, tag_bytes=_TAG_BYTES)
        return self.tables

    def _open_table(self, given: dict[str, str]) -> None:
        if self._table is not None:
            raise damaged(self._name, "a sheet lies within a sheet")
        self._spend(_SHEET_BYTES)
        hidden = self._styles.hides(given.get("table:style-name"))
        self._table = Table(given.get("table:name", ""), hidden=hidden)
        self._marks = self._table.marks
        self.tables.append(self._table)

    def _close_table(self) -> None:
        self._table = None

    def _open_column(self, given: dict[str, str]) -> None:
        columns = [] if self._table is None else self._table.columns
        last = columns[-1][0] if columns else 0
        times = _times(given.get("table:number-columns-repeated"))
        columns.append((last + times, given.get("table:default-cell-style-name", "")))
        self._spend(_MARK_BYTES)

    def _open_row(self, given: dict[str, str]) -> None:
        self._row = []
        self._row_times = _times(given.get("table:number-rows-repeated"))
        self._row_style = given.get("table:default-cell-style-name")
        is_flat = self._styles.is_flat(given.get("table:style-name"))
        self._row_hidden = is_flat or given.get("table:visibility", "visible") != "visible"
        self._row_is_noted = False
        self._column = self._times = 0

    def _close_row(self) -> None:
        table = self._table
        if table is None:
            return
        if not self._row:
            table.blank_rows += self._row_times
            return
        rows = len(table.rows) + table.blank_rows + self._row_times
        if rows > self._limits.rows:
            raise too_many_rows(self._name, f" in the sheet {table.title}", rows, self._limits)
        row = tuple(self._row)
        self._budget.spend(_ROW_BYTES * (rows - len(table.rows)))
        self._budget.spend(CELL_BYTES * len(row) * self._row_times)
        table.rows.extend([()] * table.blank_rows)
        table.rows.extend([row] * self._row_times)
        table.blank_rows = 0

    @property
    def _row_number(self) -> int:
        table = self._table
        return 1 if table is None else len(table.rows) + table.blank_rows + 1

    def _open_cell(self, given: dict[str, str]) -> None:
        self._column += self._times or 1
        self._times = _times(given.get("table:number-columns-repeated"))
        self._cell = given
        self._covered = self._partly = False
        self._words, self._spans, self._length = [], [], 0
        if "table:number-columns-spanned" in given and self._table is not None:
            self._merge(given)

    def _merge(self, given: dict[str, str]) -> None:
        rows = _times(given.get("table:number-rows-spanned"))
        columns = _times(given.get("table:number-columns-spanned"))
        row = self._row_number
        if rows * columns > 1:
            area = (row, self._column, row + rows - 1, self._column + columns - 1)
            self._marks.merged.append(area)
            self._spend(_MARK_BYTES)

    def _open_covered(self, given: dict[str, str]) -> None:
        self._open_cell(given)
        self._covered = True

    def _open_paragraph(self, _given: dict[str, str]) -> None:
        self._paragraphs += 1
        if self._words if self._comment is None else self._comment:
            self._text("\n")

    def _close_paragraph(self) -> None:
        self._paragraphs -= 1

    def _open_span(self, given: dict[str, str]) -> None:
        self._spans.append(self._styles.strikes(given.get("text:style-name")))

    def _close_span(self) -> None:
        if self._spans:
            self._spans.pop()

    # A comment stands inside its cell and is no part of its value.
    def _open_comment(self, _given: dict[str, str]) -> None:
        self._comment, self._author = [], []

    def _close_comment(self) -> None:
        comment = without_author("".join(self._comment or ()), "".join(self._author).strip())
        self._comment = None
        if comment and self._cell is not None and self._table is not None:
            self._marks.comments[self._row_number, self._column] = comment

    def _sign(self, _given: dict[str, str]) -> None:
        self._signing = self._comment is not None

    def _signed(self) -> None:
        self._signing = False

    def _space(self, given: dict[str, str]) -> None:
        times = _times(given.get("text:c"))
        if times > self._limits.cell:
            raise too_long(self._name, "", self._limits)
        self._text(" " * times)

    def _break(self, _given: dict[str, str]) -> None:
        self._text("\n")

    def _text(self, text: str) -> None:
        if self._comment is not None:
            self._spend(_MARK_BYTES + 4 * len(text))
            if self._signing:
                self._author.append(text)
            elif self._paragraphs and not any(self._spans):
                self._comment.append(text)
            return
        self._length += len(text)
        if self._length > self._limits.cell and self._cell is not None:
            raise too_long(self._name, "", self._limits)
        if self._cell is not None and self._paragraphs:
            struck = any(self._spans)
            self._words.append((text, struck))
            self._partly = self._partly or struck

    def _close_cell(self) -> None:
        given, text = self._cell or {}, "".join([word for word, _ in self._words])
        self._cell = None
        formula = given.get("table:formula", "")
        kind = given.get("office:value-type", "")
        if not (kind or text or formula) or self._table is None or self._covered:
            return
        content = self._content(given, kind, text, formula)
        if content == "":
            return
        self._hide_row()
        self._put(content)
        if isinstance(content, Fault):
            return
        if kind in {"float", "currency"}:
            self._mark_unit(given, text)
        self._mark_struck(given, text)

    def _content(self, given: dict[str, str], kind: str, text: str, formula: str) -> Content:
        if given.get("calcext:value-type") == "error" or (formula and _ERROR.fullmatch(text)):
            return self._counted(Fault(text or "#ERROR"))
        if formula and not kind and not text:
            return self._counted(Fault("=" + formula.partition("=")[2], uncalculated=True))
        if kind in _NUMBERS:
            found = self._numbers[given.get("office:value", "")]
            wide = kind == "float" and _PADDED.fullmatch(text)
            return padded(found, len(text)) if wide else found
        return self._texts[self._written(given, kind, text)]

    def _written(self, given: dict[str, str], kind: str, text: str) -> str:
        """Return a value that is no number as text; of a text what is not struck through."""
        if kind == "boolean":
            return "TRUE" if given.get("office:boolean-value") == "true" else "FALSE"
        if kind == "date":
            return given.get("office:date-value", "").removesuffix("T00:00:00")
        if kind == "time":
            return _time(given.get("office:time-value", ""))
        if self._partly:
            left = "".join([word for word, struck in self._words if not struck])
            text = left if left.strip() else text
        return text or given.get("office:string-value", "")

    def _counted(self, fault: Fault) -> Fault:
        self._spend(_MARK_BYTES + 4 * len(fault.text))
        return fault

    def _hide_row(self) -> None:
        if self._row_hidden and not self._row_is_noted:
            self._row_is_noted = True
            self._spend(_ROW_BYTES * self._row_times)
            first = self._row_number
            self._marks.hidden_rows.update(range(first, first + self._row_times))

    def _put(self, content: Content) -> None:
        """Add a cell to its row, and each that repeats it."""
        last = self._column + self._times - 1
        if last > self._limits.columns:
            title = "" if self._table is None else self._table.title
            raise too_many_columns(self._name, f" in the sheet {title}", last, self._limits)
        self._row.extend([""] * (self._column - 1 - len(self._row)))
        self._row.extend([content] * self._times)

    def _mark_struck(self, given: dict[str, str], text: str) -> None:
        left = text
        if self._partly:
            left = "".join([word for word, struck in self._words if not struck])
        style = given.get("table:style-name") or self._row_style or self._column_style()
        if fill := self._styles.fill(style):
            self._decorate(self._marks.fills, fill)
        if self._styles.strikes(style) or (self._partly and not left.strip()):
            self._marks.struck.update(self._places())
        elif self._partly:
            self._marks.partly.update(self._places())

    def _mark_unit(self, given: dict[str, str], text: str) -> None:
        """Keep the currency or unit that is shown with a number, as a format code has it."""
        unit = given.get("office:currency") or "".join(_UNIT.findall(text))
        if unit:
            self._decorate(self._marks.formats, f'"{unit}" #,##0')

    def _places(self) -> list[Place]:
        """Return where a cell stands, and where it is repeated."""
        self._spend(_MARK_BYTES * self._times * self._row_times)
        first, column = self._row_number, self._column
        return [
            (row, at)
            for row in range(first, first + self._row_times)
            for at in range(column, column + self._times)
        ]

    def _decorate(self, marks: dict[Place, str], mark: str) -> None:
        times = self._times * self._row_times
        if self._marked.affords((_MARK_BYTES + len(mark)) * times):
            marks.update(dict.fromkeys(self._places(), mark))

    def _column_style(self) -> str:
        columns = [] if self._table is None else self._table.columns
        at = bisect_left(columns, (self._column, ""))
        return columns[at][1] if at < len(columns) else ""


def _times(given: str | None) -> int:
    times = int(given) if given else 1
    if not 0 < times < _MOST_REPEATED:
        raise ValueError(given)
    return times


def _time(written: str) -> str:
    """Return a time of day as people write it; what is none stays as it is.

    >>> _time("PT17H00M00S"), _time("P1D")
    ('17:00:00', 'P1D')
    """
    found = _HOURS.fullmatch(written)
    if found is None:
        return written
    hours, minutes, seconds = (int(part) for part in found.groups())
    days, hours = divmod(hours, 24)
    plain = f"{hours:02}:{minutes:02}:{seconds:02}"
    return f"{days} day{'' if days == 1 else 's'}, {plain}" if days else plain
