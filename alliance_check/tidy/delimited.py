"""Change cells of a text table in place; delimiter, quotes, line ends and encoding stay."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from alliance_check.model.errors import UnreadableFile
from alliance_check.model.message import Message, say
from alliance_check.model.sheet import Cell
from alliance_check.readers.delimited import (
    BYTE_ORDER_MARKS,
    choose_delimiter,
    named_delimiter,
    sample_of,
)
from alliance_check.readers.limits import shown

_BREAKS = re.compile(r"\r\n|\r|\n")


class Rewritten(NamedTuple):
    """The bytes with the cells changed, and the reason for each cell that stays."""

    content: bytes
    stays: Mapping[Cell, Message]


class _Field(NamedTuple):
    start: int
    end: int
    quoted: bool


def rewrite_text(content: bytes, name: str, encoding: str, edits: Mapping[Cell, str]) -> Rewritten:
    """Change these cells of a text.

    :raises UnreadableFile: when the text could not be written back byte for byte.
    """
    mark, codec = _codec(content, encoding)
    body = content[len(mark) :]
    text = body.decode(codec)
    if text.encode(codec) != body:
        raise UnreadableFile(
            "{name} cannot be written again in the encoding {encoding} as it is; save it as UTF-8 "
            "and tidy that file.",
            name=shown(name),
            encoding=encoding,
        )
    held = {cell: after for cell, after in edits.items() if _holds(codec, after)}
    why = say("the encoding {encoding} has no such letters", encoding=encoding)
    stays = {cell: why for cell in edits if cell not in held}
    changed = _changed(text, {(cell.row, cell.column): after for cell, after in held.items()})
    return Rewritten(mark + changed.encode(codec), stays)


def _codec(content: bytes, encoding: str) -> tuple[bytes, str]:
    """Split off the byte order mark, and return it with the encoding of the rest."""
    named = codecs.lookup(encoding).name
    for mark, codec in BYTE_ORDER_MARKS:
        if content.startswith(mark) and named.startswith(codec[:6].rstrip("-")):
            return mark, codec
    return b"", encoding


def _holds(codec: str, text: str) -> bool:
    try:
        return text.encode(codec).decode(codec) == text
    except UnicodeError:
        return False


def _changed(text: str, edits: Mapping[tuple[int, int], str]) -> str:
    first = next(_lines(text), "")
    named = named_delimiter(first)
    start = len(first) if named else 0
    delimiter = named or choose_delimiter(sample_of(_lines(text)))
    pieces: list[str] = []
    done = 0
    for place, field in _fields(text, start, delimiter):
        if place in edits:
            pieces += text[done : field.start], _quoted(edits[place], field, delimiter)
            done = field.end
    return "".join((*pieces, text[done:]))


def _quoted(text: str, field: _Field, delimiter: str) -> str:
    if field.quoted or any(sign in text for sign in (delimiter, '"', "\r", "\n")):
        return '"' + text.replace('"', '""') + '"'
    return text


def _lines(text: str) -> Iterator[str]:
    return iter(io.StringIO(text, newline=""))


def _fields(text: str, start: int, delimiter: str) -> Iterator[tuple[tuple[int, int], _Field]]:
    """Yield row and column of every field, and where it stands, as Python's csv module splits."""
    sign = re.escape(delimiter)
    pattern = re.compile(rf'("[^"]*(?:""[^"]*)*(?:"|\Z))?[^{sign}\r\n]*')
    row, column, at = 1, 1, start
    while at < len(text):
        found = pattern.match(text, at)
        end = at if found is None else found.end()
        yield (row, column), _Field(at, end, found is not None and found[1] is not None)
        line_end = _BREAKS.match(text, end)
        if line_end:
            row, column, at = row + 1, 1, line_end.end()
        else:
            column, at = column + 1, end + 1
