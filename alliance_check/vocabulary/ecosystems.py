"""Which industrial ecosystem a name means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from alliance_check.text.folding import fold
from alliance_check.text.package_data import text_of_table

_NUMBERED = re.compile(r"^\s*\(?[0-9]{1,2}[.):]?\s+|\s*\(?[0-9]{1,2}\)?\s*$")
_BETWEEN = re.compile(r"[;,/+|\n]|\s+and\s+|\s+og\s+", re.IGNORECASE)


@cache
def _known() -> Mapping[str, str]:
    text = text_of_table("ecosystems.csv")
    lines = [line.split(";") for line in text.splitlines()[1:] if line]
    return {fold(spelling): name for name, spelling in lines}


def read_ecosystems(text: str) -> tuple[tuple[str, ...], bool]:
    """Return the ecosystems that a text names, and whether a part of it is none.

    The number of an ecosystem in a list says nothing.

    >>> read_ecosystems("Textiles"), read_ecosystems("Health; Digital"), read_ecosystems("Space")
    ((('Textile',), False), (('Health', 'Digital'), False), ((), True))
    """
    known = _known()
    whole = fold(_NUMBERED.sub("", text))
    if whole in known:
        return (known[whole],), False
    parts = [_NUMBERED.sub("", part) for part in _BETWEEN.split(text) if fold(part)]
    names = [known[fold(part)] for part in parts if fold(part) in known]
    return tuple(dict.fromkeys(names)), len(names) < len(parts) or not parts
