"""Results as bytes and back, by the types of their fields.

JSON, because reading it can make nothing but the values of the model, whatever it holds. (Pickle,
on which libraries such as diskcache are built, runs what a file says.) What a type means is taken
from the model itself, so that a new field of a report is kept without a word here.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

from alliance_check.model.call import Call, Clause, Lot
from alliance_check.model.report import Result
from alliance_check.rulebook import part, place_of

_PLAIN = (str, int, bool, NoneType)
"""What JSON has itself."""


class Form(NamedTuple):
    """How the values of a type become what JSON has, and are made again from that."""

    plain: Callable[[Any], Any]
    made: Callable[[Any], Any]


def packed(results: Sequence[Result]) -> bytes:
    """Return results as bytes."""
    plain = form_of(list[Result]).plain(results)
    text = json.dumps(plain, ensure_ascii=True, separators=(",", ":"))
    return zlib.compress(text.encode("ascii"), 1)


def unpacked(content: bytes) -> list[Result]:
    """Return the results that ``packed`` made these bytes of."""
    results: list[Result] = form_of(list[Result]).made(json.loads(zlib.decompress(content)))
    return results


@cache
def form_of(kind: Any) -> Form:
    """Return the form of a type.

    :raises TypeError: when nobody has said how it is kept.
    """
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is None:
        return _of_class(kind)
    if origin is UnionType:
        return _choice(arguments)
    if origin is Mapping:
        return _mapping(*arguments)
    if origin is tuple and arguments[-1] is not Ellipsis:
        return _row(arguments)
    if origin in (list, tuple, frozenset):
        return _many(arguments[0], origin)
    raise TypeError(f"nobody has said how {kind} is kept")


def _of_class(kind: Any) -> Form:
    if kind in _PLAIN or kind is Any:  # the value of a clause, which stands in a rulebook
        return Form(_same, _same)
    if kind in (Call, Lot, Clause):
        return _part(kind)
    if issubclass(kind, date):
        return Form(lambda day: day.isoformat(), kind.fromisoformat)
    if kind is Decimal:
        return Form(str, Decimal)
    if issubclass(kind, Enum):
        return Form(lambda one: one.value, {one.value: one for one in kind}.__getitem__)
    return _record(kind)


def _same(value: Any) -> Any:
    return value


def _record(kind: type) -> Form:
    if is_dataclass(kind):
        names = [field.name for field in fields(kind)]
    elif hasattr(kind, "_fields"):
        names = list(kind._fields)
    else:
        raise TypeError(f"nobody has said how {kind} is kept")
    # A message holds messages: the forms of the fields are looked up once the form is there.
    forms = cache(lambda: _changing(get_type_hints(kind)[name] for name in names))

    def plain(value: Any) -> list[Any]:
        row = [getattr(value, name) for name in names]
        for number, form in forms():
            row[number] = form.plain(row[number])
        return row

    def made(row: list[Any]) -> Any:
        for number, form in forms():
            row[number] = form.made(row[number])
        return kind(*row)

    return Form(plain, made)


def _changing(kinds: Iterable[Any]) -> list[tuple[int, Form]]:
    """Return the forms of those fields that JSON does not have as they are, with their numbers."""
    found = enumerate(map(form_of, kinds))
    return [(number, form) for number, form in found if form.made is not _same]


def _row(kinds: Sequence[Any]) -> Form:
    forms = [form_of(kind) for kind in kinds]
    return Form(
        lambda row: [form.plain(one) for form, one in zip(forms, row, strict=True)],
        lambda row: tuple([form.made(one) for form, one in zip(forms, row, strict=True)]),
    )


def _many(of: Any, kind: Callable[[Any], Any]) -> Form:
    if of in _PLAIN:
        return Form(list, kind)
    form = cache(lambda: form_of(of))
    return Form(
        lambda values: [*map(form().plain, values)], lambda content: kind(map(form().made, content))
    )


def _mapping(key: Any, value: Any) -> Form:
    if key is not str:
        raise TypeError(f"nobody has said how a mapping by {key} is kept")
    form = form_of(value)
    if form.made is _same:
        return Form(dict, _same)
    return Form(
        lambda values: {name: form.plain(one) for name, one in values.items()},
        lambda content: {name: form.made(one) for name, one in content.items()},
    )


def _choice(kinds: Sequence[Any]) -> Form:
    """Return the form of one type or another: what JSON has as it is, others with their number."""
    others = [kind for kind in kinds if kind not in _PLAIN]
    if not others:
        return Form(_same, _same)
    if len(others) == 1 and set(kinds) == {others[0], NoneType}:
        form = form_of(others[0])
        return Form(
            lambda value: None if value is None else form.plain(value),
            lambda content: None if content is None else form.made(content),
        )
    forms = cache(lambda: [form_of(kind) for kind in others])

    def plain(value: Any) -> Any:
        if type(value) not in others:
            return value
        number = others.index(type(value))
        return [number, forms()[number].plain(value)]

    def made(content: Any) -> Any:
        return forms()[content[0]].made(content[1]) if isinstance(content, list) else content

    return Form(plain, made)


def _part(kind: type) -> Form:
    """Return the form of a part of a rulebook: its place, since the program has the rest.

    The clause of a finding that no rulebook has is kept whole.
    """
    whole = _record(kind)

    def plain(value: Any) -> Any:
        place = place_of(value)
        if place is not None:
            return "/".join(place)
        if kind is not Clause:
            raise TypeError("only rulebooks of the package are kept")
        return whole.plain(value)

    def made(content: Any) -> Any:
        return part(*content.split("/")) if isinstance(content, str) else whole.made(content)

    return Form(plain, made)
