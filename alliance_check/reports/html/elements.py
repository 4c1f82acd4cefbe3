"""Elements and sections of a page, so that no text of a sheet is ever joined into markup.

The standard library's element tree escapes what it writes. Jinja2 would need a compiled MarkupSafe
to be as quick, and this must also run where there are only packages in pure Python.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element, tostring

from alliance_check.model.message import Euros, Items, Message, Term, Value, count
from alliance_check.model.sheet import Cell
from alliance_check.reports.escaping import visible

Inside = str | int | Message | Euros | Items | Term | Cell | Element | None
"""What can stand in an element. Nothing at all stands for None."""

_BLOCKS = frozenset(
    "article body details div dl footer h1 h2 h3 h4 head header html li link main meta nav ol p "
    "section style svg table tbody tfoot thead tr ul".split()
)
_PLACES = frozenset({"cell", "cells", "place", "places", "in_row"})
_NAMES = frozenset({"name", "who"})


def el(
    tag: str, *inside: Inside | Iterable[Inside], **attributes: str | float | Message | None
) -> Element:
    """Return an element; underscores in the names of attributes stand for hyphens.

    >>> print(to_html(el("p", "a<b ", el("b", "&"), class_="x", aria_label='"')).strip())
    <p class="x" aria-label="&quot;">a&lt;b <b>&amp;</b></p>
    """
    made = Element(tag)
    for name, value in attributes.items():
        if value is not None:
            made.set(name.rstrip("_").replace("_", "-"), visible(str(value)))
    for one in inside:
        for part in (one,) if one is None or isinstance(one, _SINGLE) else one:
            _add(made, part)
    if tag in _BLOCKS:
        made.tail = "\n"
    return made


_SINGLE = (str, int, Message, Euros, Items, Term, Cell, Element)


def _add(parent: Element, part: Inside) -> None:
    if part is None:
        return
    if isinstance(part, Message | Euros | Items | Cell):
        for piece in _shown(part, ""):
            _add(parent, piece)
    elif isinstance(part, Element):
        parent.append(part)
    elif len(parent):
        parent[-1].tail = (parent[-1].tail or "") + visible(str(part))
    else:
        parent.text = (parent.text or "") + visible(str(part))


def _shown(value: Value | Cell, name: str) -> Iterator[str | Element]:
    """Yield a value of a sentence, with cells, names and amounts marked as what they are."""
    if isinstance(value, Message):
        for inner, piece in value.pieces():
            yield from _shown(piece, inner)
    elif isinstance(value, Items):
        yield from _row(value, name)
    elif isinstance(value, Euros):
        yield el("span", str(value), class_="amount")
    elif isinstance(value, Cell) or (name in _PLACES and isinstance(value, str)):
        yield el("code", str(value))
    elif name in _NAMES and isinstance(value, str):
        yield el("b", str(value), dir="auto")
    else:
        yield str(value)


def _row(items: Items, name: str) -> Iterator[str | Element]:
    """Yield a list; the words between its members are those of the language."""
    phrase = items.phrase
    if phrase is not None:
        for inner, piece in phrase.pieces():
            yield from _shown(piece, "" if inner == "number" else name)
        return
    for number, item in enumerate(items.items):
        if number:
            yield ", "
        yield from _shown(item, name)


def codes(places: Iterable[str]) -> Iterator[str | Element]:
    """Yield places in a sheet as a list."""
    for number, place in enumerate(places):
        if number:
            yield ", "
        yield el("code", place)


def to_html(root: Element) -> str:
    """Return an element as HTML."""
    return tostring(root, encoding="unicode", method="html")


class Frame(NamedTuple):
    """Where a report stands on the page: the level of its heading, and how its anchors begin.

    A page may hold many reports; anchors and headings of each are its own.
    """

    level: int = 1
    prefix: str = ""

    def title(self, *inside: Inside, **attributes: str) -> Element:
        """Return the heading of the report."""
        return el(f"h{self.level}", *inside, **attributes)

    def section(
        self, anchor: str, title: Message, intro: Message | None, *inside: Element | None
    ) -> Element:
        """Return a section with its heading and what is said below it."""
        name = f"{self.prefix}{anchor}"
        heading = el(f"h{self.level + 1}", title, id=f"{name}-title")
        said = None if intro is None else el("p", intro, class_="intro")
        return el(
            "section",
            heading,
            said,
            *inside,
            class_=f"section of-{anchor}",
            id=name,
            # With a name a section is a landmark, and of many reports there would be too many.
            aria_labelledby=None if self.prefix else f"{name}-title",
        )

    def subtitle(self, title: Message) -> Element:
        """Return a heading inside a section."""
        return el(f"h{self.level + 2}", title)


def table(
    kind: str, head: Sequence[Inside], rows: Iterable[Element], foot: Element | None = None
) -> Element:
    """Return a table; roles are stated, since on a phone its rows are drawn as blocks."""
    cells = (el("th", one, scope="col", role="columnheader") for one in head)
    return el(
        "table",
        el("thead", el("tr", *cells, role="row"), role="rowgroup"),
        el("tbody", *rows, role="rowgroup"),
        None if foot is None else el("tfoot", foot, role="rowgroup"),
        class_=kind,
        role="table",
    )


def row(first: Inside | Sequence[Inside], *others: Inside | Sequence[Inside]) -> Element:
    """Return a row of a table, whose first cell names it."""
    head = el("th", first, scope="row", role="rowheader")
    return el("tr", head, *(el("td", one, role="cell") for one in others), role="row")


def folded(
    rows: Sequence[Element],
    most: int,
    shown: Callable[[Sequence[Element]], Element],
) -> tuple[Element, ...]:
    """Return what is shown of the first rows, and a fold with the others; nothing is left out."""
    if len(rows) <= most:
        return (shown(rows),)
    more = count("and {number} more", "and {number} more", number=len(rows) - most)
    fold = el("details", el("summary", more), shown(rows[most:]))
    return shown(rows[:most]), fold
