"""A table of pandas as the sheet that it would be in a file."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from alliance_check.model.errors import TooLarge
from alliance_check.model.sheet import (
    Content,
    Fault,
    Sheet,
)
from alliance_check.parse.table.values import text_of
from alliance_check.readers import Limits
from alliance_check.readers.values import other
from alliance_check.vocabulary.plain_names import PlainNames

_DIGITS = ".15g"
"""The digits of a number that a spreadsheet keeps."""

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Distinct:
    """A column by its different contents: *codes* say for each row which of them it holds."""

    def __init__(self, codes: Ints, contents: Sequence[Content]) -> None:
        self.codes, self.contents = codes, contents

    @classmethod
    def of(cls, column: pd.Series[Any]) -> Distinct:
        """Return the column of a table."""
        if pd.api.types.infer_dtype(column, skipna=True) in {"string", "empty"}:
            found, uniques = pd.factorize(column)
            contents: list[Content] = [*uniques.tolist(), ""]
            return cls(np.where(found < 0, len(contents) - 1, found).astype(np.int64), contents)
        known: dict[tuple[type, Content], int] = {}
        cells = contents_of(column)
        codes = [known.setdefault((type(cell), cell), len(known)) for cell in cells]
        return cls(np.array(codes, np.int64), [content for _, content in known])

    @cached_property
    def texts(self) -> list[str]:
        """The text of each content."""
        return [text_of(content) for content in self.contents]

    @cached_property
    def blank(self) -> Flags:
        """Which of the contents are empty."""
        return np.array([not text for text in self.texts], np.bool_)

    @cached_property
    def filled(self) -> Flags:
        """In which rows something stands."""
        return ~self.blank[self.codes]

    @cached_property
    def by_text(self) -> Ints:
        """Which text each row holds: contents with one text have one number."""
        known: dict[str, int] = {}
        numbers = np.array([known.setdefault(text, len(known)) for text in self.texts], np.int64)
        return numbers[self.codes]

    @cached_property
    def plain(self) -> list[str | None]:
        """Each text as a plain name, folded; None where it is not proved to be one."""
        names = PlainNames()
        return [names.folded(text) for text in self.texts]

    def times(self) -> dict[str, int]:
        """Return how often each text stands in the column, the first one first."""
        found: dict[str, int] = {}
        for text, number in zip(self.texts, np.bincount(self.codes).tolist(), strict=False):
            if text and number:
                found[text] = found.get(text, 0) + number
        return found


def sheet_of(df: pd.DataFrame) -> Sheet:
    """Return the table as a sheet of text; its headers are the first row."""
    columns = [contents_of(df.iloc[:, number]) for number in range(df.shape[1])]
    return Sheet(None, (header_of(df), *zip(*columns, strict=True)))


def header_of(df: pd.DataFrame) -> tuple[Content, ...]:
    """Return the names of the columns as cells.

    :raises TooLarge: when there are too many.
    """
    most = Limits().columns
    if df.shape[1] > most:
        raise TooLarge(
            "The table has {shape} columns; {most} are read at most.", shape=df.shape[1], most=most
        )
    return tuple(_content(text) for text in df.columns)


def contents_of(column: pd.Series[Any]) -> list[Content]:
    """Return the cells of a column; what pandas calls missing is empty."""
    values, missing = column.tolist(), column.isna().tolist()
    return ["" if none else _content(v) for v, none in zip(values, missing, strict=True)]


def _content(value: Any) -> Content:
    """Return what a sheet would hold for a value that is not missing."""
    if isinstance(value, str | Fault):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return other(value)
    number = Decimal(format(value, _DIGITS)) if isinstance(value, float) else Decimal(value)
    # The infinities stay text: no sum may be made of them.
    return Decimal(format(number, "f")) if number.is_finite() else str(value)
