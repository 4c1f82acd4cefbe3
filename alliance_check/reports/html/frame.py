"""Where a section stands on the page: the level of its headings, and how its anchors begin.

A page may hold many reports; anchors and headings of each are its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from alliance_check.model.message import Message, count
from alliance_check.reports.html.elements import Inside, el


class Frame(NamedTuple):
    """The level of the heading of a report, and what its anchors begin with."""

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
