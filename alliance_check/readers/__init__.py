"""Bytes to sheets, one module a file format.

The content decides on the format. Everything is checked before it is opened: a hostile, damaged,
encrypted or mislabelled file ends in one sentence, and nothing in a file is run or followed.
"""

from __future__ import annotations

from alliance_check.model.consortium import Workbook
from alliance_check.readers.limits import Limits
from alliance_check.readers.sniff import SUFFIXES, Kind, kind_of

__all__ = ["SUFFIXES", "Limits", "guesses", "read"]

GUESSES = ("cp1252", "cp1250", "cp1253", "cp1254", "mac_roman")
"""What a text that is no UTF-8 may be written in, the most usual first."""


def read(
    content: bytes, name: str, limits: Limits | None = None, encoding: str | None = None
) -> Workbook:
    """Return all sheets of a file, from its bytes.

    *name* is the file name as given, ``-`` for standard input; *encoding* is that of a text and
    overrules the guess. Raises UnreadableFile, TooLarge (the sentence names the option that
    raises the cap), and WrongUsage for an encoding that does not exist.
    """
    limits = limits or Limits()
    kind = kind_of(content, name)
    if kind is Kind.TEXT:
        from alliance_check.readers.delimited import read_text

        return read_text(content, name, limits, encoding)
    if kind is Kind.OLE2:
        from alliance_check.readers.xls.reader import read_xls

        return read_xls(content, name, limits)
    from alliance_check.readers.zip_kind import read_package

    return read_package(content, name, limits)


def guesses(content: bytes, name: str) -> tuple[str, ...]:
    """Return the encodings that a text may be written in; none where its bytes decide.

    Raises UnreadableFile as *read* does.
    """
    if kind_of(content, name) is not Kind.TEXT:
        return ()
    from alliance_check.readers.delimited import choose_encoding

    chosen, _ = choose_encoding(content, name)
    return GUESSES if chosen == GUESSES[0] else ()
