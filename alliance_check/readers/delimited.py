"""Read tables that are text: csv, tsv, and what people paste."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from alliance_check.model.errors import UnreadableFile, WrongUsage
from alliance_check.model.message import Message, say
from alliance_check.model.sheet import Sheet, Workbook
from alliance_check.readers.limits import (
    CELL_BYTES,
    MIB,
    Budget,
    Limits,
    shown,
    too_long,
    too_many_columns,
    too_many_rows,
    too_much,
)
from alliance_check.readers.values import Texts

DELIMITERS = ",;\t|"
_SAMPLE = 50
"""How many records decide on the delimiter."""
_LINE = MIB
"""How many characters a line may have at most, before it is split into cells."""
_RECORD_BYTES = 48
_CONTROLS = bytes({*range(32)} - {0, *b"\t\n\v\f\r\x1a\x1b"})
_OPEN = ', perhaps since a quotation mark (") is never closed'
_UNREADABLE = 50
"""One control character in so many is no longer text."""
_END = "\x1e"
"""A line after the last record, which an open quote swallows."""
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""The encoding of what follows each mark; that of UTF-32 begins as the one of UTF-16 does."""


def read_text(content: bytes, name: str, limits: Limits, encoding: str | None) -> Workbook:
    """Return the one sheet of a text, its rows numbered as a spreadsheet shows them.

    Row N is the Nth record, a blank line included; a line break inside quotes belongs to its
    cell; a first line ``sep=;`` is no row, since a spreadsheet takes it as an order and shows the
    next one as row 1. Raises UnreadableFile for what is not text and for a quote that is never
    closed.
    """
    if len(content) > limits.opened:
        raise too_much(name, "", limits)
    chosen, notes = (_named(encoding), ()) if encoding else choose_encoding(content, name)
    try:
        sample = sample_of(_lines(content, chosen, name, limits))
        lines = _lines(content, chosen, name, limits)
        named = named_delimiter(sample[0]) if sample else None
        if named:
            next(lines)
        rows = tuple(_records(lines, named or choose_delimiter(sample), name, limits))
    except UnicodeError as error:
        raise UnreadableFile(
            "{name} is not text in the encoding {chosen}; name the right one with --encoding, or "
            "save the file as UTF-8.",
            name=shown(name),
            chosen=chosen,
        ) from error
    return Workbook((Sheet(None, rows),), notes)


def choose_encoding(content: bytes, name: str) -> tuple[str, tuple[Message, ...]]:
    """Return the encoding of a text, with a note where it had to be guessed.

    A byte order mark decides, then the pattern of zero bytes, then whether it is UTF-8.
    """
    for mark, codec in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            if codec == "utf-8":
                return "utf-8-sig", ()
            marked = codec.removesuffix("-le").removesuffix("-be")
            return marked, _note(marked)
    if b"\0" in content:
        wide = _wide(content)
        if wide is None:
            raise _no_text(name)
        return wide, _note(wide)
    start = content[:MIB]
    if (len(start) - len(start.translate(None, _CONTROLS))) * _UNREADABLE > len(start):
        raise _no_text(name)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(content), MIB):
            decoder.decode(content[at : at + MIB])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252", _note("cp1252")
    return "utf-8", ()


def _no_text(name: str) -> UnreadableFile:
    return UnreadableFile(
        "{name} is neither a workbook nor text; give it the partner list as .xlsx, .ods, .xls or "
        ".csv.",
        name=shown(name),
    )


def _note(encoding: str) -> tuple[Message, ...]:
    return (say("The text was read as {encoding}.", encoding=encoding),)


def _named(encoding: str) -> str:
    try:
        "".encode(encoding)
        b"".decode(encoding)
    except (LookupError, UnicodeError, ValueError, TypeError, AttributeError) as error:
        raise WrongUsage(
            "There is no encoding {encoding}; try utf-8 or cp1252.", encoding=encoding
        ) from error
    return encoding


def _wide(content: bytes) -> str | None:
    """Return the UTF-16 to which the zero bytes point, None when they are not those of text."""
    # Delimiters, spaces and ends of lines have a zero byte in any script, on one side only.
    even, odd = content[0::2].count(0), content[1::2].count(0)
    ends = content.count(b"\n") or content.count(b"\r")
    enough = len(content) // 40
    if odd > enough and odd > even * 20:
        wide, pairs = "utf-16-le", content.count(b"\n\0") or content.count(b"\r\0")
    elif even > enough and even > odd * 20:
        wide, pairs = "utf-16-be", content.count(b"\0\n") or content.count(b"\0\r")
    else:
        return None
    return wide if pairs * 5 >= ends * 4 else None


def _lines(content: bytes, encoding: str, name: str, limits: Limits) -> Iterator[str]:
    """Yield the lines with their ends as they are; CR, LF and CRLF end one."""
    with io.TextIOWrapper(io.BytesIO(content), encoding, newline="") as text:
        # A byte order mark stays in the text when the encoding was named.
        line = text.readline(_LINE).removeprefix("\ufeff")
        while line:
            if len(line) >= _LINE - 1:
                raise too_long(name, "", limits)
            if "\0" in line:
                raise _no_text(name)
            yield line
            line = text.readline(_LINE)


def sample_of(lines: Iterator[str]) -> list[str]:
    """Return the first lines, by which the delimiter is chosen."""
    sample, length = [], 0
    for line in islice(lines, _SAMPLE):
        sample.append(line)
        length += len(line)
        if length > _LINE:
            break
    return sample


def named_delimiter(line: str) -> str | None:
    r"""Return the delimiter that a first line names, None when it is a line like any other.

    >>> named_delimiter("sep=;\r\n"), named_delimiter('"sep=\t"\n'), named_delimiter("Name;Land")
    (';', '\t', None)
    """
    plain = line.strip("\r\n").removeprefix('"').removesuffix('"')
    named = plain[4:] if plain[:4].lower() == "sep=" else ""
    return named if len(named) == 1 and not named.isalnum() and named not in "\"'" else None


def choose_delimiter(lines: list[str]) -> str:
    r"""Return the delimiter that splits most records into equally many cells.

    Quoted text is not looked into.

    >>> choose_delimiter(["Name;Land;Budsjett\r\n", "NTNU;NO;1,5\r\n"])
    ';'
    """
    return max(DELIMITERS, key=lambda delimiter: _agreement(lines, delimiter))


def _agreement(lines: list[str], delimiter: str) -> int:
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
    except csv.Error:
        return 0
    return max(((width - 1) * count for width, count in widths.items()), default=0)


def _records(
    lines: Iterator[str], delimiter: str, name: str, limits: Limits
) -> Iterator[tuple[str, ...]]:
    """Yield the records, each without the blanks at its end, once each cap is kept."""
    before = csv.field_size_limit(limits.cell + 1)
    budget = Budget(name, limits, limits.opened)
    texts = Texts(limits.cell, too_long(name, "", limits), budget)
    number, last = 1, None
    try:
        for number, row in enumerate(csv.reader(_ended(lines), delimiter=delimiter), 1):
            if last is not None:
                _check(last, number - 1, name, limits)
                budget.spend(_RECORD_BYTES + CELL_BYTES * len(last))
                yield tuple([texts[text] for text in last])
            last = row
        if last != [_END]:
            raise _open_quote(name, number)
    except csv.Error as error:
        where = f" in row {number + (last is not None)}{_OPEN}"
        raise too_long(name, where, limits) from error
    finally:
        csv.field_size_limit(before)


def _ended(lines: Iterator[str]) -> Iterator[str]:
    yield from lines
    yield _END


def _check(row: list[str], number: int, name: str, limits: Limits) -> None:
    while row and not row[-1]:
        row.pop()
    if number > limits.rows:
        raise too_many_rows(name, "", number, limits)
    if len(row) > limits.columns:
        raise too_many_columns(name, f" in row {number}", len(row), limits)
    if row and max(map(len, row)) > limits.cell:
        raise too_long(name, f" in row {number}", limits)


def _open_quote(name: str, number: int) -> UnreadableFile:
    return UnreadableFile(
        '{name} has a quotation mark (") in row {number} that is never closed, so that everything '
        "below belongs to one cell; close or remove it.",
        name=shown(name),
        number=number,
    )
