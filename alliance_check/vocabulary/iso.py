"""What ISO 3166 says of countries and their regions, by way of pycountry.

It informs and suggests; it never decides which country a cell means. It is loaded only when asked,
since a sheet that can be read needs none of it.
"""

from __future__ import annotations

import gettext
from collections import defaultdict
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import NamedTuple

import pycountry

from alliance_check.text.folding import fold
from alliance_check.vocabulary.country_names import table

_SHORTEST = 4
_ALIKE = 0.75


class Facts(NamedTuple):
    """What a country is called officially and commonly, and its codes."""

    official: str
    common: str
    codes: tuple[str, ...]


class Region(NamedTuple):
    """A part of a country: the name that ISO gives it, and its code."""

    name: str
    code: str
    country: str


def facts(code: str) -> Facts | None:
    """Return what ISO says of a country; None where it does not list it, such as Kosovo.

    >>> facts("NO")
    Facts(official='Kingdom of Norway', common='Norway', codes=('NO', 'NOR', '578'))
    >>> facts("XK")
    """
    found = pycountry.countries.get(alpha_2=code)
    if found is None:
        return None
    official = getattr(found, "official_name", found.name)
    common = getattr(found, "common_name", found.name)
    return Facts(official, common, (found.alpha_2, found.alpha_3, found.numeric))


def region(text: str) -> Region | None:
    """Return the region that a text names; None where it names none, or one in several countries.

    >>> region("Bavaria"), region("California").country, region("Punjab")
    (Region(name='Bayern', code='DE-BY', country='DE'), 'US', None)
    >>> region("Catalonia")
    Region(name='Catalunya', code='ES-CT', country='ES')
    """
    folded = fold(text)
    if len(folded) < _SHORTEST:
        return None
    if found := _regions().get(folded):
        return found[0] if len({one.country for one in found}) == 1 else None
    country = table().places.get(folded)  # which country is settled; ISO only spells it otherwise
    mine = [name for name, found in _regions().items() if found[0].country == country]
    near = get_close_matches(folded, mine, 1, _ALIKE)
    return _regions()[near[0]][0] if near else None


@cache
def _regions() -> Mapping[str, list[Region]]:
    """Return the regions by each of their names, folded; the larger regions first."""
    english = gettext.translation("iso3166-2", pycountry.LOCALES_DIR, ["en"], fallback=True)
    found = defaultdict(list)
    for division in sorted(pycountry.subdivisions, key=lambda d: (bool(d.parent_code), d.code)):
        shown = division.name.partition(" [")[0]
        one = Region(shown, division.code, division.country_code)
        for name in {fold(n) for n in _names(division.name, english.gettext(division.name))}:
            found[name].append(one)
    return found


def _names(*names: str) -> Iterator[str]:
    for name in names:
        yield from name.replace("[", "/").replace("]", "").split("/")
