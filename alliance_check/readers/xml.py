"""Parse an XML part in one pass, without document types, entities or anything outside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, NoReturn, TypeVar

from alliance_check.model.errors import UnreadableFile
from alliance_check.readers.limits import damaged

DEEPEST = 500
"""How many elements of an honest part lie inside one another, at the very most."""

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


def run(
    pieces: Iterable[bytes],
    name: str,
    opened: Mapping[str, Opened],
    closed: Mapping[str, Closed] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call back for the elements of these names, written without their prefix, and for text.

    Raises UnreadableFile when the XML is not well formed or brings a document type.
    """
    from xml.parsers import expat

    parser = expat.ParserCreate()
    parser.buffer_text = True
    closed = closed or {}

    started, ended = 0, list[str]()

    opens, closes = _ByTag(opened), _ByTag(closed)

    # Hot: millions of elements pass here.
    def start(tag: str, given: dict[str, str]) -> None:
        nonlocal started
        started += 1
        if call := opens[tag]:
            call(given)

    def end(tag: str) -> None:
        ended.append(tag)
        if call := closes[tag]:
            call()

    parser.StartElementHandler = start
    # Without anything to call at an end, no function of Python's is called for it.
    parser.EndElementHandler = end if closed else ended.append
    if text is not None:
        parser.CharacterDataHandler = text

    def refuse(*_: object) -> NoReturn:
        raise damaged(name, "it defines entities of its own")

    parser.StartDoctypeDeclHandler = refuse
    try:
        for piece in pieces:
            parser.Parse(piece, False)  # noqa: FBT003 - takes no keyword
            started -= len(ended)
            ended.clear()
            if started > DEEPEST:
                raise too_deep(name)
        parser.Parse(b"", True)  # noqa: FBT003
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise damaged(name, "its XML is broken") from error


def too_deep(name: str) -> UnreadableFile:
    """Return the error for elements inside elements without end."""
    return damaged(name, "its XML is nested too deeply")


def by_tags(pieces: Iterator[bytes], longest: int) -> Iterator[bytes]:
    """Yield the same bytes cut so that no tag is split; None of the pieces starts inside one.

    Raises OverflowError when more than *longest* bytes follow one another without a tag.
    """
    rest = b""
    for piece in pieces:
        whole = rest + piece
        last = whole.rfind(b"<")
        # A small part is one piece: it ends with the end of an element.
        closed = whole.startswith(b"</", last) and whole.find(b">", last) == len(whole) - 1
        cut = len(whole) if closed else max(last, 0)
        rest = whole[cut:]
        if len(rest) > longest:
            raise OverflowError
        if cut:
            yield whole[:cut]
    if rest:
        yield rest
