"""Check the directory of a zip file, and unpack and parse no more of it than the limits allow."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from alliance_check.readers.limits import MIB, Limits, damaged, protected, too_dense, too_much
from alliance_check.readers.plain_xml import Plain
from alliance_check.readers.xml import Closed, Opened, run, run_again

CHUNK = MIB
RATIO = 200
"""How many times its size an honest part of a workbook unpacks to, at the very most."""
_TAG_BYTES = 36
_ENCRYPTED = 1
_ALIKE = MIB // 64
"""How large a part without texts may be to be parsed once for all files that have it."""
_SMALL, _KEPT = MIB // 16, 16
"""How large a part is kept, and how many: most are read twice."""
# All that zipfile is known to raise on hostile bytes.
_BROKEN = (
    BadZipFile,
    EOFError,
    IndexError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)


class Archive:
    """The parts of a zip file by name; none unpacks to more than it says.

    Names are compared without case, as the programs that read workbooks do.
    """

    def __init__(self, content: bytes, name: str, limits: Limits) -> None:
        self.name, self.limits = name, limits
        self._tags = 0
        self._small: dict[str, bytes] = {}
        try:
            self._zip = ZipFile(io.BytesIO(content))
        except _BROKEN as error:
            raise damaged(name, "its directory of parts cannot be read") from error
        infos = self._zip.infolist()
        self._check(content, infos)
        self._infos = {info.filename.lower(): info for info in infos}

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._infos

    def names(self) -> list[str]:
        """Return the names of all parts, in small letters."""
        return list(self._infos)

    def size(self, part: str) -> int:
        """Return how many bytes a part says that it unpacks to."""
        return self._infos[part.lower()].file_size

    def stream(self, part: str) -> Iterator[bytes]:
        """Yield a part in pieces of at most ``CHUNK`` bytes, and no more than it declares."""
        part = part.lower()
        if part in self._small:
            yield self._small[part]
            return
        info = self._infos[part]
        declared = info.file_size
        whole = b""
        try:
            with self._opened(info) as opened:
                while piece := opened.read(CHUNK):
                    declared -= len(piece)
                    if declared < 0:
                        raise damaged(self.name, "a part of it is longer than it says")
                    yield piece
                    whole += piece if info.file_size <= _SMALL else b""
        except _BROKEN as error:
            raise damaged(self.name, "a part of it cannot be unpacked") from error
        if whole and len(self._small) < _KEPT:
            self._small[part] = whole

    def _opened(self, info: ZipInfo) -> IO[bytes]:
        # One byte more than declared is read, so that a part that goes on is noticed: the
        # reading library would unpack all of it.
        info.file_size += 1
        try:
            return self._zip.open(info)
        finally:
            info.file_size -= 1

    def read(self, part: str) -> bytes:
        """Return a whole part; meant for the small ones."""
        return b"".join(self.stream(part))

    def parse(
        self,
        part: str,
        opened: Mapping[str, Opened],
        closed: Mapping[str, Closed] | None = None,
        text: Callable[[str], None] | None = None,
        tag_bytes: int = _TAG_BYTES,
    ) -> None:
        """Call back for the elements of a part, once they have been counted.

        To count them costs little beside making something of each. *tag_bytes* is how many bytes
        there are to the beginning or end of one, on the average of an honest part.
        """
        self._count(part, tag_bytes)
        if text is None and self.size(part) <= _ALIKE:
            run_again(self.read(part), self.name, opened, closed)
        else:
            run(self.stream(part), self.name, opened, closed, text)

    def parse_around(
        self,
        plain: Plain,
        part: str,
        opened: Mapping[str, Opened],
        closed: Mapping[str, Closed],
        text: Callable[[str], None],
    ) -> None:
        """Parse a part as *parse* does, but for the items that need no parser."""
        self._count(part, _TAG_BYTES)
        run(plain.left_out_of(self.stream(part)), self.name, opened, closed, text)

    def _count(self, part: str, tag_bytes: int) -> None:
        self._tags += tag_bytes * sum(piece.count(b"<") for piece in self.stream(part))
        if self._tags > self.limits.unpacked:
            raise too_much(self.name, "", self.limits)

    def _check(self, content: bytes, infos: list[ZipInfo]) -> None:
        if len(infos) > self.limits.parts:
            raise damaged(self.name, f"it has {len(infos)} parts, a workbook a few dozen")
        if len({info.filename.lower() for info in infos}) < len(infos):
            raise damaged(self.name, "a part is in it twice")
        if any(info.flag_bits & _ENCRYPTED for info in infos):
            raise protected(self.name)
        if any(info.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for info in infos):
            raise damaged(self.name, "it is packed in a way that workbooks never are")
        unpacked = sum(info.file_size for info in infos)
        if unpacked > self.limits.unpacked:
            raise too_much(self.name, "", self.limits)
        dense = sum(i.file_size for i in infos if i.file_size > RATIO * max(i.compress_size, 1))
        if dense > self.limits.unpacked // 8:
            raise too_dense(self.name, self.limits)
        _check_end(content, self.name)


def _check_end(content: bytes, name: str) -> None:
    """Refuse a file with something before or after its directory.

    Two programs may then see two directories, and the one that was checked is not the one read.
    """
    end = content.rfind(b"PK\x05\x06")
    close = end + 22 + _number(content, end + 20, 2)
    start, size, offset = end, _number(content, end + 12, 4), _number(content, end + 16, 4)
    if content[end - 20 : end - 16] == b"PK\x06\x07":
        start = _number(content, end - 12, 8)
        size, offset = _number(content, start + 40, 8), _number(content, start + 48, 8)
    if close != len(content) or offset + size != start:
        raise damaged(name, "something was added to it or cut off")


def _number(content: bytes, at: int, width: int) -> int:
    return int.from_bytes(content[at : at + width], "little")
