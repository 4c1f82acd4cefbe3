"""GitHub's own parser of Markdown (cmark-gfm) and markdown-it, and what a page shows then."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

import cmarkgfm  # type: ignore[import-untyped]
from cmarkgfm.cmark import Options  # type: ignore[import-untyped]
from markdown_it import MarkdownIt


@dataclass
class Page:
    """What is on a page: its elements, where its links lead, its text, and the text not in code."""

    elements: list[str] = field(default_factory=list)
    links: set[str] = field(default_factory=set)
    text: str = ""
    prose: str = ""

    @property
    def words(self) -> str:
        """The text with every run of spaces as one."""
        return " ".join(self.text.split())


def pages(markdown: str) -> list[Page]:
    """Return the page that each parser makes of a text."""
    gfm = cmarkgfm.github_flavored_markdown_to_html(markdown, options=Options.CMARK_OPT_UNSAFE)
    other = MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown)
    return [_read(gfm), _read(other)]


def _read(html: str) -> Page:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.in_code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.elements.append(tag)
        self.page.links |= {value or "" for name, value in attrs if name in {"href", "src"}}
        self.in_code += tag == "code"
        self._separate(tag)

    def handle_endtag(self, tag: str) -> None:
        self.in_code -= tag == "code"
        self._separate(tag)

    def _separate(self, tag: str) -> None:
        if tag in {"td", "th", "li", "p", "h2", "h3"}:
            self.page.text += "\n"
            self.page.prose += "\n"

    def handle_data(self, data: str) -> None:
        self.page.text += data
        self.page.prose += "" if self.in_code else data
