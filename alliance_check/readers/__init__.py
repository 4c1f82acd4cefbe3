"""Bytes to sheets, one module a file format.

The content decides on the format. Everything is checked before it is opened: a hostile, damaged,
encrypted or mislabelled file ends in one sentence, and nothing in a file is run or followed.
"""

from __future__ import annotations

from alliance_check.model import Workbook
from alliance_check.readers.kinds import SUFFIXES, Kind, kind_of
from alliance_check.readers.limits import Limits

__all__ = ["SUFFIXES", "Limits", "read"]


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
        from alliance_check.readers.xls import read_xls

        return read_xls(content, name, limits)
    from alliance_check.readers.packages import read_package

    return read_package(content, name, limits)
