"""Bytes to sheets, one module a file format.

The content decides on the format, and a file is read as that format only, with nothing but the
zip and XML parsers of Python. What a file says of its own size is never believed, so that a hostile
or damaged one ends in one sentence. Nothing in it is run or followed.
"""

from __future__ import annotations

from alliance_check.model.sheet import Workbook
from alliance_check.readers.limits import Limits, damaged
from alliance_check.readers.sniff import SUFFIXES, Kind, kind_of

__all__ = ["SUFFIXES", "Limits", "guesses", "read"]

GUESSES = ("cp1252", "cp1250", "cp1253", "cp1254", "mac_roman")
"""What a text that is no UTF-8 may be written in, the most usual first."""
_LONGEST_TITLE = 255


def read(
    content: bytes, name: str, limits: Limits | None = None, encoding: str | None = None
) -> Workbook:
    """Return all sheets of a file, from its bytes.

    *name* is the file name as given, ``-`` for standard input; *encoding* is that of a text and
    overrules the guess. Raises UnreadableFile, TooLarge (the sentence names the option that
    raises the cap), and WrongUsage for an encoding that does not exist.
    """
    return _named_apart(_read(content, name, limits or Limits(), encoding), name)


def _read(content: bytes, name: str, limits: Limits, encoding: str | None) -> Workbook:
    kind = kind_of(content, name)
    if kind is Kind.TEXT:
        from alliance_check.readers.delimited import read_text

        return read_text(content, name, limits, encoding)
    if kind is Kind.OLE2:
        from alliance_check.readers.xls.reader import read_xls

        return read_xls(content, name, limits)
    from alliance_check.readers.zip_kind import read_package

    return read_package(content, name, limits)


def _named_apart(book: Workbook, name: str) -> Workbook:
    """Refuse sheets that an address cannot tell apart; no program writes them."""
    titles = [sheet.name.casefold() for sheet in book.sheets if sheet.name is not None]
    if len(set(titles)) < len(titles):
        raise damaged(name, "two of its sheets have one name")
    if max(map(len, titles), default=0) > _LONGEST_TITLE:
        raise damaged(name, "a sheet has a name without end")
    return book


def guesses(content: bytes, name: str) -> tuple[str, ...]:
    """Return the encodings that a text may be written in; none where its bytes decide.

    Raises UnreadableFile as *read* does.
    """
    if kind_of(content, name) is not Kind.TEXT:
        return ()
    from alliance_check.readers.delimited import choose_encoding

    chosen, _ = choose_encoding(content, name)
    return GUESSES if chosen == GUESSES[0] else ()
