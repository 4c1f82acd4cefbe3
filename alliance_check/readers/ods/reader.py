"""Read workbooks of LibreOffice (ods), after measuring all that they repeat."""

from __future__ import annotations

from alliance_check.model.consortium import Workbook
from alliance_check.readers.archive import CHUNK, Archive
from alliance_check.readers.assemble import assemble, left_out
from alliance_check.readers.calamine import Cells, open_workbook
from alliance_check.readers.limits import (
    CHARACTER_BYTES,
    COPIES,
    MIB,
    damaged,
    protected,
    too_long,
    too_much,
)
from alliance_check.readers.ods.content import ContentPass
from alliance_check.readers.ods.styles import OdsStyles
from alliance_check.readers.xlsx.extent import Extent, refuse_hostile
from alliance_check.readers.xml import by_tags

_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "meta-inf/manifest.xml"
_LARGEST_LIST = 4 * MIB
"""How large the other parts than the content may be."""
_TAG_BYTES = 80
"""How many bytes there are to a tag at the least, on the average of an honest content."""


def read_ods(archive: Archive, content: bytes) -> Workbook:
    """Return the sheets of the workbook."""
    name, limits = archive.name, archive.limits
    if _MANIFEST in archive and b"encryption-data" in _list(archive, _MANIFEST):
        raise protected(name)
    if COPIES * len(content) > limits.opened:
        raise too_much(name, "", limits)
    _measure(archive)
    styles = OdsStyles()
    if _STYLES in archive:
        styles.read([_list(archive, _STYLES)], name)
    archive.reset_count()
    found = ContentPass(name, limits, styles, COPIES * len(content)).read(archive.stream(_CONTENT))
    cells = Cells(open_workbook(content, name), name, limits)
    listed = cells.listed()
    if len(listed) != len(found):
        raise damaged(name, "its list of sheets is not clear")
    sheets = []
    for index, (about, marks) in enumerate(zip(listed, found, strict=True)):
        rows = cells.rows(index, about.title)
        sheets.append(assemble(name, about.title, rows, marks, hidden=about.hidden))
    titles = [about.title for about in listed]
    return Workbook(tuple(sheets), left_out(zip(titles, found, strict=True)))


def _list(archive: Archive, part: str) -> bytes:
    if archive.size(part) > _LARGEST_LIST:
        raise too_much(archive.name, "", archive.limits)
    return archive.read(part)


def _measure(archive: Archive) -> None:
    extent = Extent()
    longest = archive.limits.cell * CHARACTER_BYTES + CHUNK
    try:
        for piece in by_tags(archive.stream(_CONTENT), longest):
            extent.add(piece)
            refuse_hostile(extent, archive.name, archive.limits, _TAG_BYTES)
    except OverflowError as error:
        raise too_long(archive.name, "", archive.limits) from error
