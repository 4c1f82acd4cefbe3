"""Read old Excel workbooks (xls), after counting what their records announce.

xlrd reads the same and more, but not safely: 5 KiB that announce their extent over and over take
900 MiB, 9 KiB with a text of negative length all memory there is, and a directory that branches
at each entry never ends (tests/hostile_small.py). To guard it takes most of what stands here.
"""

from __future__ import annotations

import struct
from itertools import islice

from alliance_check.model.consortium import Workbook
from alliance_check.model.errors import UnreadableFile
from alliance_check.model.message import say
from alliance_check.readers.assemble import assemble
from alliance_check.readers.calamine import Cells, open_workbook
from alliance_check.readers.limits import (
    SAVE,
    Budget,
    Limits,
    check_extent,
    damaged,
    opened_bytes,
    protected,
    shown,
    too_much,
)
from alliance_check.readers.xls.biff import Encrypted, Records, lengths_of_texts, scan
from alliance_check.readers.xls.ole2 import BrokenContainer, Container
from alliance_check.readers.xlsx.marks import Marks

_COPIES = 4
"""How many copies of the file are in memory while it is read."""
_TEXT_BYTES = 64
_NOTE = say(
    "An .xls file shows neither comments nor which formulas were never calculated, nor a text that "
    "is struck through only in part; save it as .xlsx to have them checked."
)


def read_xls(content: bytes, name: str, limits: Limits) -> Workbook:
    """Return the sheets of the workbook."""
    found = _scanned(content, name, limits)
    cells = Cells(open_workbook(content, name), name, limits)
    listed = cells.listed()
    if len(listed) != len(found.starts):
        raise damaged(name, "its list of sheets is not clear")
    sheets = []
    for index, about in enumerate(listed):
        if about.cells:
            marks = found.sheets.get(found.starts[index], Marks())
            rows = cells.rows(index, about.title)
            sheets.append(assemble(name, about.title, rows, marks, hidden=about.hidden))
    return Workbook(tuple(sheets), (_NOTE,))


def _scanned(content: bytes, name: str, limits: Limits) -> Records:
    if len(content) > limits.whole:
        raise too_much(name, "", limits)

    def check(marks: Marks) -> None:
        check_extent(name, limits, marks.rows, marks.columns, marks.cells)

    try:
        stream = _book_stream(Container(content), name)
        found = scan(stream, check, Budget(name, limits, limits.marked))
        most = limits.opened // _TEXT_BYTES
        lengths = list(islice(lengths_of_texts(found.texts), most + 1))
    except Encrypted as error:
        raise protected(name) from error
    except (BrokenContainer, struct.error, IndexError) as error:
        raise damaged(name, "its sectors or records are broken") from error
    cells = sum(
        opened_bytes(marks.rows, marks.columns, marks.cells) for marks in found.sheets.values()
    )
    known = len(lengths)
    texts = sum(2 * lengths[n] for n in found.text_numbers if n < known)
    if cells + texts + _COPIES * len(content) > limits.opened or known > most:
        raise too_much(name, "", limits)
    return found


def _book_stream(container: Container, name: str) -> bytes:
    streams = container.streams
    if "EncryptedPackage" in streams:
        raise protected(name)
    for wanted in ("Workbook", "Book"):
        if wanted in streams:
            return container.read(wanted)
    what = "a Word document" if "WordDocument" in streams else "an old Office or mail file"
    raise UnreadableFile(
        "{name} is {what}, not a workbook; {save}.", name=shown(name), what=what, save=SAVE
    )
