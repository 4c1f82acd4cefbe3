"""Parse an XML part in one pass, without document types, entities or anything outside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, NoReturn, TypeVar

from alliance_check.model.errors import UnreadableFile
from alliance_check.readers.limits import MIB, damaged

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

DEEPEST = 500
"""How many elements of an honest part lie inside one another, at the very most."""
_LONGEST_TAG = 2 * MIB
"""How many bytes one tag may have; the parser begins anew with each piece of a longer one."""

Opened = Callable[[dict[str, str]], None]
Closed = Callable[[], None]
_Call = TypeVar("_Call")
_REMEMBERED = 1_000


class _ByTag(dict[str, _Call | None], Generic[_Call]):
    """The call for a tag, with or without its prefix."""

    def __init__(self, calls: Mapping[str, _Call]) -> None:
        super().__init__(calls)

    def __missing__(self, tag: str) -> _Call | None:
        call = self.get(tag.rpartition(":")[2])
        if len(self) < _REMEMBERED:
            self[tag] = call
        return call


def _feed(parser: XMLParserType, pieces: Iterable[bytes], name: str) -> None:
    fed = 0
    for piece in pieces:
        parser.Parse(piece, False)  # noqa: FBT003 - takes no keyword
        fed += len(piece)
        if fed - max(parser.CurrentByteIndex, 0) > _LONGEST_TAG:
            raise damaged(name, "an element has attributes without end")
    parser.Parse(b"", True)  # noqa: FBT003


def run(
    pieces: Iterable[bytes],
    name: str,
    opened: Mapping[str, Opened],
    closed: Mapping[str, Closed] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call back for the elements of these names, written without their prefix, and for text.

    Raises UnreadableFile when the XML is not well formed or brings a document type, and when a
    callback raises ValueError.
    """
    depth = 0
    opens, closes = _ByTag(opened), _ByTag(closed or {})

    # Hot: millions of elements pass here.
    def start(tag: str, given: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise damaged(name, "its XML is nested too deeply")
        if call := opens[tag]:
            call(given)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        if call := closes[tag]:
            call()

    _parse(pieces, name, start, end, text)


def run_again(
    content: bytes,
    name: str,
    opened: Mapping[str, Opened],
    closed: Mapping[str, Closed] | None = None,
) -> None:
    """Call back as *run* does for the elements of a small part, which many files have alike."""
    elements = elements_of(content)
    if elements is None:
        run((content,), name, opened, closed)
        return
    closed = closed or {}
    try:
        for tag, given in elements:
            if given is None:
                if tag in closed:
                    closed[tag]()
            elif tag in opened:
                opened[tag](given)
    except (LookupError, ValueError) as error:
        raise damaged(name, "its XML is broken") from error


@lru_cache(maxsize=32)
def elements_of(content: bytes) -> Sequence[tuple[str, dict[str, str] | None]] | None:
    """Return each beginning of an element with its attributes, and each end without, in order.

    Their names have no prefix. None where the XML is refused.
    """
    found: list[tuple[str, dict[str, str] | None]] = []
    depth = 0

    def start(tag: str, given: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise ValueError(tag)
        found.append((tag.rpartition(":")[2], given))

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        found.append((tag.rpartition(":")[2], None))

    try:
        _parse((content,), "", start, end)
    except UnreadableFile:
        return None
    return found


def _parse(
    pieces: Iterable[bytes],
    name: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None] | None = None,
) -> None:
    """Call back for every element, and for text."""
    from xml.parsers import expat

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    if text is not None:
        parser.CharacterDataHandler = text

    def refuse(*_: object) -> NoReturn:
        raise damaged(name, "it defines entities of its own")

    parser.StartDoctypeDeclHandler = refuse
    try:
        _feed(parser, pieces, name)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise damaged(name, "its XML is broken") from error
