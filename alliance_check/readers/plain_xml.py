"""Cut out of an XML part the items that are written plainly, which need no parser.

Nearly all of a large part is rows or texts that programs write in one and the same way. Whatever
matches the strict pattern of an item is well-formed by itself, so the parser misses nothing when
it is left out. From the first item that does not match on, the parser reads all that follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

_HEAD = re.compile(
    rb"""(?:<\?xml version="1\.0"(?: encoding="utf-8")?(?: standalone="(?:yes|no)")?[ ]?\?>)?+"""
    rb"""(?:(?!<[!?]).)*+""",
    re.DOTALL | re.IGNORECASE,
)
"""What may stand before the items: no comment, no instruction, and no other encoding."""
# Neither what the parser refuses in a text, nor what it reads as something else.
_PLAIN = r"[^<&\]\x00-\x08\x0b-\x1f\ufffe\uffff]*+"
_ENTITY = re.compile("&(?:amp|lt|gt|quot|apos);")
_MEANS = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}
TEXT = rf"{_PLAIN}(?:(?:{_ENTITY.pattern}|\](?!\]>)){_PLAIN})*+"
ATTRIBUTES = r'(?: [A-Za-z_][A-Za-z0-9_:.-]*+="[^"<&\x00-\x1f\ufffe\uffff]*+")*+'
_ATTRIBUTE = re.compile(r' ([^=]+)="([^"]*)"')


class Plain(NamedTuple):
    """The items that follow *start*, what each matches and ends with, and who is given it."""

    start: re.Pattern[bytes]
    item: re.Pattern[str]
    end: bytes
    take: Callable[[re.Match[str]], None]

    def left_out_of(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Yield a part without its plain items; what stands before them is read first."""
        left = iter(pieces)
        first = next(left, b"")
        begins = self.start.search(first)
        if begins is None or not _HEAD.fullmatch(first, 0, begins.end()):
            yield first
            yield from left
            return
        yield first[: begins.end()]
        rest = first[begins.end() :]
        while (length := rest.rfind(self.end) + len(self.end)) >= len(self.end):
            text = rest[:length].decode()
            at = 0
            while found := self.item.match(text, at):
                self.take(found)
                at = found.end()
            rest = text[at:].encode() + rest[length:]
            piece = next(left, b"") if at == len(text) else b""
            if not piece:
                break
            rest += piece
        yield rest
        yield from left


def attributes(text: str) -> dict[str, str]:
    """Return attributes that match ``ATTRIBUTES``.

    :raises ValueError: when one is given twice.
    """
    given = _ATTRIBUTE.findall(text)
    found = dict(given)
    if len(found) < len(given):
        raise ValueError(text)
    return found


def without_groups(pattern: re.Pattern[str]) -> str:
    """Return a pattern to be repeated within another one.

    >>> without_groups(re.compile("(a)(?:b)"))
    '(?:a)(?:b)'
    """
    return re.sub(r"\((?!\?)", "(?:", pattern.pattern)


def meant(text: str) -> str:
    """Return what a text that matches ``TEXT`` means.

    >>> meant("Colle &amp; Valle &lt;3"), meant("&amp;lt;")
    ('Colle & Valle <3', '&lt;')
    """
    return _ENTITY.sub(lambda found: _MEANS[found[0]], text) if "&" in text else text
