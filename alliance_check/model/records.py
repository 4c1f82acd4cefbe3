"""The ``dataclass`` of values that never change, made in a fifth of the time.

The standard one writes six methods for each class and compiles them at every start of the program,
which for the values of a check took longer than to judge a sheet. Here only ``__init__`` is
compiled, and the others are the same for every class. Fields, ``replace`` and what a type checker
sees are those of the standard library.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

_UNSAID: Any = object()
_set = object.__setattr__


def _record(*, frozen: bool, kw_only: bool = False, slots: bool = False) -> Callable[[Any], Any]:
    """Return what makes a frozen dataclass of a class."""
    if not frozen:
        raise TypeError("what may change is a standard dataclass")
    with_fields = dataclasses.dataclass(
        init=False, repr=False, eq=False, kw_only=kw_only, slots=slots
    )

    def made(declared: Any) -> Any:
        kind: Any = with_fields(declared)
        fields = dataclasses.fields(kind)
        kind.compared_fields = attrgetter(*(field.name for field in fields if field.compare))
        kind.__init__ = _init(fields, prepared=hasattr(kind, "__post_init__"))
        kind.__eq__, kind.__hash__, kind.__repr__ = _equal, _hash, _shown
        kind.__setattr__ = kind.__delattr__ = _refuse
        if slots:
            kind.__setstate__ = _restore
        return kind

    return made


def _init(fields: tuple[dataclasses.Field[Any], ...], *, prepared: bool) -> Any:
    """Return the method that takes the values of the fields, by place or by name."""
    known: dict[str, Any] = {"_set": _set, "_UNSAID": _UNSAID}
    by_place, by_name, body = ["self"], ["*"], []
    for field in (each for each in fields if each.init):
        name = field.name
        takes, value = name, name
        if field.default is not dataclasses.MISSING:
            takes, known[f"_default_{name}"] = f"{name}=_default_{name}", field.default
        elif field.default_factory is not dataclasses.MISSING:
            takes, known[f"_new_{name}"] = f"{name}=_UNSAID", field.default_factory
            value = f"_new_{name}() if {name} is _UNSAID else {name}"
        (by_name if field.kw_only else by_place).append(takes)
        body.append(f" _set(self, {name!r}, {value})")
    taken = by_place + (by_name if len(by_name) > 1 else [])
    if prepared:
        body.append(" self.__post_init__()")
    exec("\n".join([f"def __init__({', '.join(taken)}):", *body]), known)  # noqa: S102 - as above
    return known["__init__"]


def _equal(self: Any, other: Any) -> Any:
    if type(other) is not type(self):
        return NotImplemented
    return self.compared_fields(self) == self.compared_fields(other)


def _hash(self: Any) -> int:
    return hash(self.compared_fields(self))


def _shown(self: Any) -> str:
    shown = (f"{f.name}={getattr(self, f.name)!r}" for f in dataclasses.fields(self) if f.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _restore(self: Any, state: tuple[None, Mapping[str, Any]]) -> None:
    for name, value in state[1].items():
        _set(self, name, value)


def _refuse(self: Any, name: str, *_value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"{type(self).__name__}.{name} never changes")


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _record
