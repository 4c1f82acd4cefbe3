"""Read the streams of an OLE2 file, the container of old Excel workbooks."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

_FREE = 0xFFFFFFFA
"""Numbers of sectors from here on mean that there is none."""
_SMALL = 4096
"""Streams shorter than this lie in small sectors."""


class Stream(NamedTuple):
    """A stream of the directory: its first sector and its size in bytes."""

    start: int
    size: int


class BrokenContainer(ValueError):
    """The sectors of the file do not form streams."""


class Container:
    """The directory of an OLE2 file; raises BrokenContainer for anything that is not one."""

    def __init__(self, content: bytes) -> None:
        try:
            shift, small = struct.unpack_from("<HH", content, 30)
            first_directory = struct.unpack_from("<I", content, 48)[0]
            first_small, _, more, count = struct.unpack_from("<IIII", content, 60)
        except struct.error as error:
            raise BrokenContainer from error
        if shift not in {9, 12} or small != 6:
            raise BrokenContainer
        self._content, self._size = content, 1 << shift
        self._sectors = len(content) // self._size
        self._next = self._table(list(self._table_sectors(more, count)))
        self.streams, root = self._directory(self._chain(first_directory, self._next))
        self._small_next = self._table(list(self._walk(first_small, self._next)))
        self._small = self._chain(root.start, self._next)

    def read(self, name: str) -> bytes:
        """Return a stream by its name."""
        stream = self.streams[name]
        if stream.size >= _SMALL:
            return self._chain(stream.start, self._next)[: stream.size]
        sectors = self._walk(stream.start, self._small_next)
        pieces = (self._small[number * 64 : number * 64 + 64] for number in sectors)
        return b"".join(pieces)[: stream.size]

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        return self._content[at : at + self._size]

    def _walk(self, start: int, following: tuple[int, ...]) -> Iterator[int]:
        left, number = len(following), start
        while number < _FREE:
            if number >= len(following) or left < 0:
                raise BrokenContainer
            yield number
            number, left = following[number], left - 1

    def _chain(self, start: int, following: tuple[int, ...]) -> bytes:
        return b"".join(map(self._sector, self._walk(start, following)))

    def _table_sectors(self, more: int, count: int) -> Iterator[int]:
        yield from struct.unpack_from("<109I", self._content.ljust(512, b"\xff"), 76)
        for _ in range(min(count, self._sectors)):
            numbers = self._numbers(self._sector(more))
            if not numbers:
                raise BrokenContainer
            yield from numbers[:-1]
            more = numbers[-1]

    def _table(self, sectors: list[int]) -> tuple[int, ...]:
        used = [number for number in sectors if number < _FREE]
        if len(used) > self._sectors:
            raise BrokenContainer
        return self._numbers(b"".join(map(self._sector, used)))

    @staticmethod
    def _numbers(table: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])

    @staticmethod
    def _directory(entries: bytes) -> tuple[dict[str, Stream], Stream]:
        streams: dict[str, Stream] = {}
        root = Stream(_FREE, 0)
        for at in range(0, len(entries) - 127, 128):
            entry = entries[at : at + 128]
            length = int.from_bytes(entry[64:66], "little")
            name = entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", entry, 116)
            if entry[66] == 5:
                root = Stream(start, size)
            elif entry[66] == 2:
                streams.setdefault(name, Stream(start, size))
        return streams, root
