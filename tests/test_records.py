"""Our dataclass does what the standard one does, and is quicker to make."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import field
from typing import Any

import pytest

from alliance_check.model import records

BOTH = pytest.mark.parametrize("kind", [0, 1], ids=["standard", "ours"])


@dataclasses.dataclass(frozen=True)
class _StandardPlace:
    row: int
    column: int = 1
    notes: Mapping[str, str] = field(default_factory=dict, compare=False)


@records.dataclass(frozen=True)
class _Place:
    row: int
    column: int = 1
    notes: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclasses.dataclass(frozen=True, kw_only=True)
class _StandardSpan(_StandardPlace):
    last: int
    secret: str = field(default="", repr=False)


@records.dataclass(frozen=True, kw_only=True)
class _Span(_Place):
    last: int
    secret: str = field(default="", repr=False)


@dataclasses.dataclass(frozen=True, slots=True)
class _StandardText:
    written: str
    folded: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folded", self.written.lower())


@records.dataclass(frozen=True, slots=True)
class _Text:
    written: str
    folded: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folded", self.written.lower())


PLACE: Any = (_StandardPlace, _Place)
SPAN: Any = (_StandardSpan, _Span)
TEXT: Any = (_StandardText, _Text)


@BOTH
def test_values_are_taken_by_place_by_name_and_by_default(kind: int) -> None:
    place = PLACE[kind]
    assert place(3).column == 1
    assert place(3, 4) == place(column=4, row=3)
    assert place(3).notes == {}
    assert place(3).notes is not place(3).notes
    span = SPAN[kind](3, last=9)
    assert (span.row, span.column, span.last) == (3, 1, 9)
    for made, wrong in ((place, ()), (place, (1, 2, {}, 4)), (SPAN[kind], (3, 1, {}, 9))):
        with pytest.raises(TypeError, match="__init__"):
            made(*wrong)


@BOTH
def test_values_are_equal_by_what_is_compared_within_one_class(kind: int) -> None:
    place, span = PLACE[kind], SPAN[kind]
    assert place(3, notes={"a": "b"}) == place(3)
    assert hash(place(3, notes={"a": "b"})) == hash(place(3))
    assert place(3) != place(4)
    assert span(3, last=9) != place(3)
    assert len({TEXT[kind]("A"), TEXT[kind]("A"), TEXT[kind]("a")}) == 2


@BOTH
def test_a_value_never_changes(kind: int) -> None:
    for value, name in ((PLACE[kind](3), "row"), (SPAN[kind](3, last=9), "row")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(value, name, 4)
        with pytest.raises(dataclasses.FrozenInstanceError):
            delattr(value, name)
    with pytest.raises(dataclasses.FrozenInstanceError):
        TEXT[kind]("A").written = "B"


@BOTH
def test_a_value_shows_its_fields(kind: int) -> None:
    shown = repr(SPAN[kind](3, last=9))
    assert shown.removeprefix("_Standard").removeprefix("_") == (
        "Span(row=3, column=1, notes={}, last=9)"
    )
    assert repr(TEXT[kind]("A")).endswith("Text(written='A')")


@BOTH
def test_the_functions_of_the_standard_library_know_it(kind: int) -> None:
    span, text = SPAN[kind](3, last=9), TEXT[kind]("A")
    assert [each.name for each in dataclasses.fields(span)] == [
        *("row", "column", "notes", "last", "secret")
    ]
    assert dataclasses.replace(span, row=4) == SPAN[kind](4, last=9)
    assert dataclasses.replace(text, written="B").folded == "b"
    for value in (span, text):
        assert copy.deepcopy(value) == value
        assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - its own
    assert pickle.loads(pickle.dumps(text)).folded == "a"  # noqa: S301 - its own


def test_what_changes_is_left_to_the_standard_library() -> None:
    with pytest.raises(TypeError, match="standard"):
        records.dataclass(frozen=False)(type("Changing", (), {}))


COUNTED = """
import builtins
texts = []
real = builtins.exec
def counting(code, *where):
    texts.append(code) if isinstance(code, str) else None
    real(code, *where)
builtins.exec = counting
from alliance_check.model import consortium
print(len(texts), len([c for c in vars(consortium).values() if hasattr(c, "__dataclass_fields__")]))
"""


def test_one_method_of_a_class_is_compiled() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", COUNTED], capture_output=True, check=True, encoding="utf-8"
    )
    compiled, classes = map(int, ran.stdout.split())
    assert classes > 5
    assert compiled <= classes
