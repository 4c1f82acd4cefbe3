"""Read workbooks of LibreOffice (ods)."""

from __future__ import annotations

from alliance_check.model.consortium import Workbook
from alliance_check.readers.archive import Archive
from alliance_check.readers.limits import Budget, protected
from alliance_check.readers.marks import assemble, left_out
from alliance_check.readers.ods.content import ContentPass
from alliance_check.readers.ods.styles import OdsStyles

_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "meta-inf/manifest.xml"


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
