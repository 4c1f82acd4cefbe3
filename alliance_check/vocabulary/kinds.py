"""What each kind of organisation counts as, and what people call it.

The table is ``data/organisation-kinds.csv``. Some kinds may count and may not: no guide says, so
they widen what is possible and never what is sure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from alliance_check.model.consortium import (
    EDUCATION,
    HEI,
    LABOUR,
    VET,
    Functions,
)
from alliance_check.text.tables import text_of_table

ALL = frozenset({LABOUR, EDUCATION, HEI, VET})


_TRAITS = frozenset({"public-body", "local-authority", "ngo"})
"""Kinds that an organisation of another one may be called by: public, or working without profit."""
_OPEN = frozenset({"school", "training-provider", "other"})
"""Kinds of which a more precise word says which they are."""


class _Kind(NamedTuple):
    label: str
    functions: Functions


def rows(name: str) -> Iterator[list[str]]:
    """Yield the rows of a table below its header."""
    return (line.split(";") for line in table_text(name).splitlines())


def table_text(name: str) -> str:
    """Return a table as it stands in its file, without the header."""
    return text_of_table(name).partition("\n")[2].rstrip("\n")


@cache
def _kinds() -> dict[str, _Kind]:
    order = (LABOUR, EDUCATION, HEI, VET)
    kinds = {}
    for kind, label, *answers in rows("organisation-kinds.csv"):
        said = dict(zip(order, answers, strict=True))
        sure = frozenset(f for f, answer in said.items() if answer == "yes")
        may = frozenset(f for f, answer in said.items() if answer == "may")
        kinds[kind] = _Kind(label, Functions(sure, may))
    return kinds


KINDS: tuple[str, ...] = tuple(_kinds())
"""All kinds, in the order in which they are named."""


def kind_label(kind: str) -> str:
    """Return what people call a kind.

    >>> kind_label("hei")
    'higher education institution'
    """
    return _kinds()[kind].label


def functions_of(kinds: Iterable[str], *, unread: bool = False) -> Functions:
    """Return what an organisation of these kinds counts as: the best of them.

    Without any kind, or where a part of its type is *unread*, it may be anything else too.

    >>> sorted(functions_of(["enterprise", "training-provider"]).may)
    ['education', 'vet']
    """
    return _functions_of(tuple(kinds), unread)


@lru_cache(maxsize=1024)
def _functions_of(kinds: tuple[str, ...], unread: bool) -> Functions:  # noqa: FBT001 - a cache's key
    found = [_kinds()[kind].functions for kind in kinds]
    sure = frozenset[str]().union(*(f.sure for f in found))
    may = ALL if unread or not found else frozenset[str]().union(*(f.may for f in found))
    return Functions(sure, may - sure)


def is_trait_of(said: Iterable[str], kinds: Iterable[str]) -> bool:
    """Return whether what is said of an organisation of these kinds is but a trait, as "public" is.

    Whoever stands for working life is neither public nor a non-governmental organisation.

    >>> is_trait_of(["ngo"], ["vet"]), is_trait_of(["ngo"], ["enterprise"])
    (True, False)
    """
    return _TRAITS.issuperset(said) and LABOUR not in functions_of(kinds).sure


def heads(heading: Iterable[str], kinds: Iterable[str]) -> bool:
    """Return whether an organisation of these kinds may stand below a heading of others.

    >>> heads(["working-life"], ["enterprise"]), heads(["school"], ["vet"])
    (True, True)
    >>> heads(["network"], ["enterprise"]), heads(["enterprise"], ["hei"])
    (False, False)
    """
    above, own = set(heading), set(kinds)
    if above & own or is_trait_of(above, own):
        return True
    said, known = functions_of(above), functions_of(own)
    if said.sure & known.sure or (said.sure and said.sure <= known.may):
        return True
    return bool(above & _OPEN and known.sure and known.sure <= said.may)
