"""The consortium as a picture: a tile a country, with how many partners count for it.

The numbers are those that the minimum of countries uses, so that map and minimum agree. The list
beside the map says the same in words and is its name for screen readers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple
from xml.etree.ElementTree import Element

from alliance_check.model.consortium import (
    Group,
    Partner,
    Presence,
)
from alliance_check.model.message import Message, count, listed, say
from alliance_check.model.report import Count, Report
from alliance_check.reports.html.drawings import svg
from alliance_check.reports.html.elements import Frame, el
from alliance_check.reports.partner_words import called
from alliance_check.text.tables import text_of_table
from alliance_check.vocabulary.countries import country

_PITCH, _SIZE = 46, 44
_KOSOVO = "XK"


class _Square(NamedTuple):
    shown: str
    row: int
    column: int


@dataclass
class _Tile:
    """Who is from a country: how many count for sure, how many may, and who else takes part."""

    group: Group
    low: int = 0
    high: int = 0
    more: int = 0
    partners: list[Partner] = field(default_factory=list)

    @property
    def inside(self) -> bool:
        """Whether partners from here can count."""
        return self.group in {Group.EU, Group.ASSOCIATED}

    @property
    def number(self) -> str:
        """What stands on the tile; of a country that does not count, everybody."""
        if not self.inside and self.group is not Group.UNKNOWN:
            return str(len(self.partners))
        counted = str(Count(self.low, self.high)) if self.high else ""
        return counted + (f"+{self.more}" if self.more else "")

    @property
    def state(self) -> str:
        """How the tile is drawn."""
        if self.group is Group.UNKNOWN:
            return "possible"
        if not self.inside:
            taken = "excluded" if self.group is Group.EXCLUDED else "outside"
            return taken if self.partners else "outside-empty"
        if self.low:
            return "member" if self.group is Group.EU else "associated"
        return "possible" if self.high else "empty"


_LEGEND: Mapping[str, Message] = {
    "member": say("Member State with a partner that counts"),
    "associated": say("Associated country with a partner that counts"),
    "empty": say("Could count, none there"),
    "outside-empty": say("Does not count, none there"),
    "possible": say("Only possible partners, or country not read"),
    "outside": say("Does not count, with partner"),
    "excluded": say("Excluded, with partner"),
}
_ALWAYS = ("member", "associated", "empty", "outside-empty")


@cache
def _places() -> Mapping[str, _Square]:
    lines = text_of_table("tile-map.csv").splitlines()[1:]
    cells = (line.split(";") for line in lines)
    return {code: _Square(shown, int(row), int(column)) for code, shown, row, column in cells}


def map_of(report: Report, frame: Frame) -> Element:
    """Return the map, its legend, and the same facts as a list."""
    tiles = _tiles(report)
    name = f"{frame.prefix}map-list"
    beside = el("div", _legend(tiles), _facts(tiles, name), class_="beside-map")
    whole = el("div", _drawn(report, tiles, name), beside, class_="map-and-list")
    intro = _intro(report)
    return frame.section(
        "map", say("The consortium on the map"), intro, whole, *_elsewhere(tiles, frame)
    )


def _intro(report: Report) -> Message | None:
    finding = next((f for f in report.findings if f.rule == "minimum-countries"), None)
    if finding is None or finding.answer.count is None:
        return None
    return say(
        "{have} countries count; {need} are needed. One square is one country, the numbers are "
        "partners.",
        have=str(finding.answer.count),
        need=finding.answer.need or 0,
    )


def _tiles(report: Report) -> Mapping[str, _Tile]:
    """Return the tile of each country that somebody is from; "" where it was not read."""
    tiles: dict[str, _Tile] = {}
    pairs = zip(report.consortium.partners, report.classifications, strict=True)
    for partner, classified in pairs:
        if partner.same_as is None and partner.presence is not Presence.DECLINED:
            code = classified.counts_as_country or ""
            group = classified.group if code else Group.UNKNOWN
            tile = tiles.setdefault(code, _Tile(group))
            tile.partners.append(partner)
            tile.low += classified.as_partner.low
            tile.high += classified.as_partner.high
            tile.more += not classified.as_partner.high
    return tiles


def _drawn(report: Report, tiles: Mapping[str, _Tile], name: str) -> Element:
    drawn = []
    for code, place in _places().items():
        tile = tiles.get(code) or _Tile(report.call.group(code))
        drawn.append(_tile(tile, place.shown, (place.column - 1, place.row - 1)))
    high = max(place.row for place in _places().values())
    wide = max(place.column for place in _places().values())
    size = (wide * _PITCH, high * _PITCH)
    return svg(*size, *drawn, class_="map", role="img", aria_labelledby=name)


def _tile(tile: _Tile, code: str, at: tuple[int, int] = (0, 0)) -> Element:
    """Return a tile: its plate, its code, and below it the number."""
    x, y = (place * _PITCH + 1 for place in at)
    parts = [*_plate(tile.state, x, y)]
    middle, number = str(x + _SIZE // 2), tile.number
    if not tile.partners:
        parts.append(el("text", code, x=middle, y=str(y + 28), class_="alone"))
        return el("g", *parts, class_=f"tile {tile.state}")
    if code:
        parts.append(el("text", code, x=middle, y=str(y + 19), class_="code"))
    small = "number small" if len(number) > 3 else "number"
    parts.append(el("text", number, x=middle, y=str(y + (37 if code else 28)), class_=small))
    return el("g", *parts, class_=f"tile {tile.state}")


def _plate(state: str, x: int, y: int) -> Iterator[Element]:
    """Yield what a tile is drawn on; states differ in fill and in outline."""
    inset = {"member": 0.0, "associated": 2.0, "possible": 2.0, "outside": 1.25}.get(state, 0.6)
    side = f"{_SIZE - 2 * inset:g}"
    at = {"x": f"{x + inset:g}", "y": f"{y + inset:g}", "width": side, "height": side}
    yield el("rect", class_="plate", **at)
    if state == "possible":
        inner = {"x": str(x + 5), "y": str(y + 5), "width": "34", "height": "34"}
        yield el("rect", class_="inner", **inner)
    if state == "excluded":
        far = _SIZE - 9
        corners = ((x, y + 9, 9, -9), (x + far, y, 9, 9), (x, y + far, 9, 9))
        lines = [f"M{a} {b}l{c} {d}" for a, b, c, d in (*corners, (x + far, y + _SIZE, 9, -9))]
        yield el("path", d="".join(lines), class_="cut")


def _legend(tiles: Mapping[str, _Tile]) -> Element:
    there = {tile.state for tile in tiles.values()}
    samples = (
        el("li", _sample(state), words)
        for state, words in _LEGEND.items()
        if state in _ALWAYS or state in there
    )
    return el("ul", *samples, class_="map-legend")


def _sample(state: str) -> Element:
    number = {"empty": "", "outside-empty": "", "possible": "?"}.get(state, "2")
    parts = list(_plate(state, 1, 1))
    if number:
        parts.append(el("text", number, x="23", y="29", class_="number"))
    return svg(_PITCH, _PITCH, el("g", *parts, class_=f"tile {state}"), class_="tile-sample")


def _facts(tiles: Mapping[str, _Tile], name: str) -> Element:
    lines = [el("li", line) for line in _lines(tiles)]
    if any(tile.more and tile.inside for tile in tiles.values()):
        words = say("+1 is one more that takes part but does not count, such as an associate.")
        lines.append(el("li", words, class_="aside"))
    return el("ul", *lines, id=name, class_="map-list")


def _lines(tiles: Mapping[str, _Tile]) -> Iterator[Message]:
    by_group: dict[Group, list[Message]] = {}
    for code, tile in sorted(tiles.items()):
        words = say("{country} {number}", country=country(code), number=tile.number)
        by_group.setdefault(tile.group, []).append(words)
    numbers = {group: len(found) for group, found in by_group.items()}
    for group, head in _heads(numbers).items():
        if found := by_group.get(group):
            yield say("{head}: {countries}.", head=head, countries=listed(found, len(found)))
    if unread := tiles.get(""):
        number = len(unread.partners)
        yield count(
            "Country not read: {number} partner.",
            "Country not read: {number} partners.",
            number=number,
        )


def _elsewhere(tiles: Mapping[str, _Tile], frame: Frame) -> Iterator[Element]:
    """Yield what has no tile on the grid, with its partners, and the footnote on Kosovo."""
    left = [code for code in sorted(tiles) if code not in _places()]
    if left:
        yield frame.subtitle(say("Not on the map"))
        yield el("ul", *(_off(code, tiles[code]) for code in left), class_="off-map")
    if _KOSOVO in tiles:
        yield el(
            "p",
            say(
                "Kosovo: this designation is without prejudice to positions on status, and is in "
                "line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of "
                "independence."
            ),
            class_="aside",
        )


def _off(code: str, tile: _Tile) -> Element:
    drawn = svg(_PITCH, _PITCH, _tile(tile, code or "?"), class_="tile-sample")
    words = country(code) if code else say("Country not read")
    names = listed(map(called, tile.partners), len(tile.partners))
    return el("li", drawn, el("div", el("b", words), el("p", names, dir="auto")))


def _heads(numbers: Mapping[Group, int]) -> Mapping[Group, Message]:
    """Return how many countries there are of each group, in words."""
    eu, associated, other, excluded = (
        numbers.get(group, 0) for group in (Group.EU, Group.ASSOCIATED, Group.OTHER, Group.EXCLUDED)
    )
    return {
        Group.EU: count("{number} Member State", "{number} Member States", number=eu),
        Group.ASSOCIATED: count(
            "{number} associated country", "{number} associated countries", number=associated
        ),
        Group.OTHER: count(
            "{number} other country, which does not count",
            "{number} other countries, which do not count",
            number=other,
        ),
        Group.EXCLUDED: count(
            "{number} excluded country", "{number} excluded countries", number=excluded
        ),
    }
