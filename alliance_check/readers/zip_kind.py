"""Recognise which kind of workbook a zip file is, and read it."""

from __future__ import annotations

from alliance_check.model.consortium import Workbook
from alliance_check.model.errors import UnreadableFile
from alliance_check.readers.archive import Archive
from alliance_check.readers.limits import MIB, SAVE, Limits, damaged, shown

_SMALL = MIB // 4
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"

# The first folder or the suffix of a part that gives away what the file is.
_FOREIGN = (
    ("word/", "a Word document"),
    ("ppt/", "a presentation"),
    ("index/", "an Apple Numbers or Pages file"),
    ("index.zip", "an Apple Numbers or Pages file"),
)


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
        raise UnreadableFile(
            "{name} is {archive}, not a workbook; {save}.",
            name=shown(name),
            archive=_what(archive),
            save=SAVE,
        )
    from alliance_check.readers.xlsx.reader import XlsxReader

    return XlsxReader(archive).read(main)


def _read_office(archive: Archive) -> Workbook:
    says = "mimetype" in archive
    if says and (archive.size("mimetype") > _SMALL or archive.read("mimetype").strip() != _ODS):
        raise UnreadableFile(
            "{name} is an OpenDocument file, but no workbook; {save}.",
            name=shown(archive.name),
            save=SAVE,
        )
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


def _what(archive: Archive) -> str:
    for start, what in _FOREIGN:
        if any(part.startswith(start) for part in archive.names()):
            return what
    return "a zip archive"
