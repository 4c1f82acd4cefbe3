"""The records of an old Excel workbook: how they are cut, and the texts in them."""

from __future__ import annotations

import codecs
import struct
from collections.abc import Callable, Iterator

BIFF8, CONTINUE = 0x0600, 0x003C
_WIDE, _FAR_EAST, _RICH = 1, 4, 8
_RECORD_BYTES = 8
"""How many bytes there are to a record at the least, on the average of an honest workbook."""


def records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield where each record stands, its kind and its content.

    :raises IndexError: when there are more than any honest workbook has, or the last is cut off.
    """
    at, end, left = 0, len(stream), 1_000 + len(stream) // _RECORD_BYTES
    while at + 4 <= end and left:
        kind, length = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
        left -= 1
    if at > end or not left:
        raise IndexError


def codec_of(page: int) -> str:
    """Return the codec of the code page in which workbooks before Excel 97 have their texts."""
    name = {1200: "utf-16-le", 10000: "mac_roman", 32768: "mac_roman", 32769: "cp1252"}
    found = name.get(page, f"cp{page}")
    try:
        codecs.lookup(found)
    except LookupError:
        return "cp1252"
    return found


def short_text(body: bytes, at: int, version: int, codec: str, width: int = 2) -> str:
    """Return a text that begins with its length in *width* bytes.

    :raises IndexError: when it is longer than its record.
    """
    length, at = int.from_bytes(body[at : at + width], "little"), at + width
    if version < BIFF8:
        raw = body[at : at + length]
        if len(raw) < length:
            raise IndexError
        return raw.decode(codec, "replace")
    text, _ = _letters(body, at + 1, length, body[at])
    if len(text) < length:
        raise IndexError
    return text


def _letters(body: bytes, at: int, length: int, flags: int) -> tuple[str, int]:
    """Return as many letters as a record has of a text, and where they end."""
    width = 1 + (flags & _WIDE)
    raw = body[at : at + length * width]
    raw = raw[: len(raw) // width * width]
    if width == 1:
        return raw.decode("latin-1"), at + len(raw)
    # A pair of surrogates is two letters there; one cut in two by the end of a record stays so.
    return "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw))), at + len(raw)


class SharedTexts:
    """Reads the texts that cells share, which run over several records.

    *spend* is charged for each.
    """

    def __init__(self, spend: Callable[[int], None], longest: int, refused: Exception) -> None:
        self._spend, self._longest, self._refused = spend, longest, refused
        self._blocks: list[bytes] = []
        self._block = self._at = 0

    def read(self, blocks: list[bytes]) -> list[str]:
        """Return the texts.

        :raises IndexError: when there are fewer than announced.
        """
        self._blocks, self._block, self._at = blocks, 0, 8
        if not blocks:
            return []
        return [self._text() for _ in range(int.from_bytes(blocks[0][4:8], "little"))]

    def _text(self) -> str:
        block, at = self._blocks[self._block], self._at
        if at + 3 <= len(block) and not block[at + 2] & ~_WIDE:
            # Hot: most texts are plain, and lie in one record.
            length, width = block[at] | block[at + 1] << 8, 1 + block[at + 2]
            end = at + 3 + length * width
            if end <= len(block) and length <= self._longest:
                self._spend(100 + 2 * length)
                self._at = end
                raw = block[at + 3 : end]
                return raw.decode("latin-1") if width == 1 else raw.decode("utf-16-le", "replace")
        return self._text_in_parts()

    def _text_in_parts(self) -> str:
        (length,) = struct.unpack("<H", self._bytes(2))
        if length > self._longest:
            raise self._refused
        self._spend(100 + 2 * length)
        flags = self._bytes(1)[0]
        extra = 4 * struct.unpack("<H", self._bytes(2))[0] if flags & _RICH else 0
        extra += struct.unpack("<I", self._bytes(4))[0] if flags & _FAR_EAST else 0
        pieces, left = [], length
        while left:
            piece, self._at = _letters(self._blocks[self._block], self._at, left, flags)
            pieces.append(piece)
            left -= len(piece)
            if left:
                # A text that goes on in the next record says again how wide its letters are.
                self._next()
                flags = self._bytes(1)[0]
        self._skip(extra)
        return joined("".join(pieces))

    def _next(self) -> None:
        self._block, self._at = self._block + 1, 0
        if self._block >= len(self._blocks):
            raise IndexError

    def _bytes(self, count: int) -> bytes:
        if self._at >= len(self._blocks[self._block]):
            self._next()
        found = self._blocks[self._block][self._at : self._at + count]
        if len(found) < count:
            raise IndexError
        self._at += count
        return found

    def _skip(self, count: int) -> None:
        while count > len(self._blocks[self._block]) - self._at:
            count -= max(len(self._blocks[self._block]) - self._at, 0)
            if self._block + 1 == len(self._blocks) and count:
                raise IndexError
            self._next()
        self._at += count


def joined(text: str) -> str:
    r"""Return a text with pairs of surrogates as the letters that they mean.

    >>> joined("\ud83d\ude00") == "\U0001f600", joined("\ud83d") == "\ufffd"
    (True, True)
    """
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
