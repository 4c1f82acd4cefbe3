"""Recognise a file by its content, and refuse one whose name says otherwise."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import PurePath

from alliance_check.model.errors import UnreadableFile
from alliance_check.model.message import say
from alliance_check.readers.limits import SAVE, not_a_table, protected, shown

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")


class Kind(Enum):
    """The families of files, recognised by their first bytes."""

    ZIP = "zip"
    OLE2 = "ole2"
    TEXT = "text"


_NAMED = {
    ".xlsx": Kind.ZIP,
    ".xlsm": Kind.ZIP,
    ".ods": Kind.ZIP,
    ".xls": Kind.OLE2,
    ".csv": Kind.TEXT,
    ".tsv": Kind.TEXT,
    ".txt": Kind.TEXT,
}
SUFFIXES = frozenset(_NAMED)

_CONTENT = {
    Kind.ZIP: say("a workbook (.xlsx or .ods)"),
    Kind.OLE2: say("an old Excel workbook (.xls)"),
    Kind.TEXT: say("plain text (.csv)"),
}
# A workbook with a password is wrapped in the container of old Excel workbooks.
_ENCRYPTED = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"

# First bytes of what people give by mistake, and what it is called.
_PDF, _RTF = say("a PDF document"), say("a rich text document")
_PICTURE, _ARCHIVE = say("a picture"), say("a compressed archive")
_FOREIGN = (
    (b"%PDF", _PDF),
    (b"{\\rtf", _RTF),
    *((magic, _PICTURE) for magic in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")),
    (b"\x1f\x8b", _ARCHIVE),
    *((magic, _ARCHIVE) for magic in (b"7z\xbc\xaf\x27\x1c", b"Rar!", b"BZh", b"\xfd7zXZ")),
    (b"SQLite format 3\0", say("a database")),
    (b"PAR1", say("a Parquet table")),
)
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:(?P<html>!doctype\s+html|html|head|body|table|meta|div|style)\b"
    rb"|(?P<xml>\?xml|!--|\w+:))",
    re.IGNORECASE,
)


def kind_of(content: bytes, name: str) -> Kind:
    """Return the family of the content.

    Raises UnreadableFile when it is empty, foreign, or not what the suffix of the name says;
    standard input and other suffixes say nothing.
    """
    if not content.strip(b"\0 \t\r\n"):
        raise UnreadableFile("{name} is empty; give it a table of partners.", name=shown(name))
    kind = _family(content, name)
    named = _NAMED.get(PurePath(name).suffix.lower(), kind)
    if kind is Kind.OLE2 and _ENCRYPTED in content:
        raise protected(name)
    if named is not kind:
        raise UnreadableFile(
            "{name} is {content} under the name of {content2}; give it its right suffix, or "
            "{save}.",
            name=shown(name),
            content=_CONTENT[kind],
            content2=_CONTENT[named],
            save=SAVE,
        )
    return kind


def _family(content: bytes, name: str) -> Kind:
    if content.startswith(ZIP):
        return Kind.ZIP
    if content.startswith(OLE2):
        return Kind.OLE2
    foreign = next((what for magic, what in _FOREIGN if content.startswith(magic)), None)
    markup = _MARKUP.match(content)
    if markup:
        page = _is_page(content, markup)
        foreign = say("a web page (HTML)") if page else say("an XML document")
    if foreign is not None:
        raise not_a_table(name, foreign, document=foreign in {_PDF, _RTF})
    return Kind.TEXT


def _is_page(content: bytes, markup: re.Match[bytes]) -> bool:
    return bool(markup["html"]) or b"<html" in content[:2000].lower()
