"""A page as Python's own parser of HTML reads it, which is not what wrote it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_EMPTY = {"meta", "br", "wbr", "link", "img", "input", "hr"}


@dataclass
class Page:
    """The elements in their order with their attributes, the text, and the style sheet."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    text: str = ""
    style: str = ""

    def all(self, tag: str) -> list[dict[str, str]]:
        """Return the attributes of each element with a tag."""
        return [attributes for name, attributes in self.elements if name == tag]

    def having(self, word: str) -> list[dict[str, str]]:
        """Return the attributes of each element of a class."""
        return [a for _, a in self.elements if word in a.get("class", "").split()]

    @property
    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        """The elements and the names of their attributes; how many cells are named is no part."""
        return [(tag, tuple(names)) for tag, names in self.elements if tag != "code"]

    @property
    def words(self) -> str:
        """The text with every run of spaces as one."""
        return " ".join(self.text.split())


def read(html: str) -> Page:
    """Return what is on a page; every element must be closed where it was opened."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open, reader.open
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in _EMPTY:
            self.open.append(tag)
        if tag not in {"b", "span", "code", "a", "abbr", "wbr"}:
            self.page.text += "\n"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "style":
            self.page.style += data
        else:
            self.page.text += data
