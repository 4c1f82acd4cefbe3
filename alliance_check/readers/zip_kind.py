"""Recognise which kind of workbook a zip file is, and read it."""

from __future__ import annotations

from alliance_check.model.errors import UnreadableFile
from alliance_check.model.message import say
from alliance_check.model.sheet import Workbook
from alliance_check.readers.archive import Archive
from alliance_check.readers.limits import MIB, SAVE, Limits, damaged, not_a_table, shown

_SMALL = MIB // 4
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"

# The first folder or the suffix of a part that gives away what the file is.
_FOREIGN = (
    ("word/", say("a Word document")),
    ("ppt/", say("a presentation")),
    ("index/", say("an Apple Numbers or Pages file")),
    ("index.zip", say("an Apple Numbers or Pages file")),
)
_DOCUMENTS = ("word/", "ppt/")


def read_package(content: bytes, name: str, limits: Limits) -> Workbook:
    """Return the sheets of a workbook that is a zip file: xlsx, xlsm or ods."""
    archive = Archive(content, name, limits)
    excel, office = "[Content_Types].xml" in archive, "content.xml" in archive
    parts = archive.names()
    if (excel or any(part.startswith("xl/") for part in parts)) and office:
        raise damaged(name, "it is two kinds of workbook at once")
    if office:
        return _read_office(archive)
    if "xl/workbook.xml" in archive and "xl/workbook.bin" in archive:
        raise damaged(name, "it is two kinds of workbook at once")
    main = _main_part(archive) if excel and "_rels/.rels" in archive else ""
    if main.endswith(".bin"):
        raise UnreadableFile(
            "{name} is a binary workbook (.xlsb); {save}.", name=shown(name), save=SAVE
        )
    if not main.startswith("xl/"):
        raise _foreign(archive)
    from alliance_check.readers.xlsx.reader import XlsxReader

    return XlsxReader(archive).read(main)


def _read_office(archive: Archive) -> Workbook:
    says = "mimetype" in archive
    if says and (archive.size("mimetype") > _SMALL or archive.read("mimetype").strip() != _ODS):
        raise not_a_table(archive.name, say("another OpenDocument file"), document=True)
    from alliance_check.readers.ods.reader import read_ods

    return read_ods(archive)


def _main_part(archive: Archive) -> str:
    found: list[str] = []

    def link(given: dict[str, str]) -> None:
        if given.get("Type", "").endswith("/officeDocument"):
            found.append(given.get("Target", "").lstrip("/").lower())

    if archive.size("_rels/.rels") > _SMALL:
        raise damaged(archive.name, "it lists parts without end")
    archive.parse("_rels/.rels", {"Relationship": link})
    if len(found) > 1:
        raise damaged(archive.name, "it has two main parts")
    if found and found[0] not in archive:
        raise damaged(archive.name, "its main part is missing")
    return found[0] if found else ""


def _foreign(archive: Archive) -> UnreadableFile:
    for start, what in _FOREIGN:
        if any(part.startswith(start) for part in archive.names()):
            return not_a_table(archive.name, what, document=start in _DOCUMENTS)
    return not_a_table(archive.name, say("a zip archive"))
