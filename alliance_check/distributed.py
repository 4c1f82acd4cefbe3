"""Many consortia in a table of dask, on as many machines as its cluster has.

Each partition is checked as a table of its own, by one call of ``check_frame``. So that no
consortium is torn apart, its rows are brought into one partition first, in the order in which they
stand in the table. What a column means is settled by its header; where a header leaves that to the
contents, each partition decides by its own rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from pandas.util import hash_array

from alliance_check.frames import check_frame
from alliance_check.frames.sheet import Distinct
from alliance_check.model.errors import WrongUsage
from alliance_check.parse import column_named
from alliance_check.parse.table.values import text_of
from alliance_check.text.folding import fold

try:
    import dask.dataframe as dd
    from dask.dataframe.dispatch import make_meta
except ImportError as error:
    raise ImportError(
        'alliance_check.distributed needs dask; install it with: pip install "alliance-check[dask]"'
    ) from error

_Judge = Callable[[pd.DataFrame], pd.DataFrame]
_NAME, _PLACE = "alliance-check name", "alliance-check place"
"""Columns that the table has on the way: what the name of a consortium hashes to; the row."""
_MOST_ROWS = 2**32
"""The rows of a partition that can be told apart."""


def check_partitions(  # noqa: PLR0913 - what check_frame can be asked, by name
    ddf: dd.DataFrame,
    *,
    by: str,
    lot: str | None = None,
    call: str | None = None,
    duration: int | None = None,
    grant: Decimal | int | None = None,
    total: Decimal | int | None = None,
    strict: bool = False,
) -> dd.DataFrame:
    """Check every consortium of a long table of dask; return one row for each, computed later.

    *by* is the header of the column that tells the consortia apart, or the name of the index; the
    other arguments are those of ``check_frame``, and so are the columns and the index of the
    answer. Its rows come in the order of the partitions.

    A table that is indexed by *by* with known divisions stays where it is. Any other is shuffled.

    :raises AllianceCheckError: when the table has no such column, or an option means nothing; while
        it computes, when a partition is no table of partners.
    """
    if not isinstance(ddf, dd.DataFrame):
        raise WrongUsage(
            "check_partitions takes a table of dask.dataframe; for one of pandas there is "
            "check_frame."
        )
    judge = partial(
        check_frame,
        by=by,
        lot=lot,
        call=call,
        duration=duration,
        grant=grant,
        total=total,
        strict=strict,
    )
    indexed = ddf.index.name is not None and fold(str(ddf.index.name)) == fold(by)
    table = ddf.reset_index() if indexed else ddf
    # The answer to no rows has the types of every answer, and refuses now what no partition takes.
    meta = judge(make_meta(table))
    if indexed and ddf.known_divisions:
        answer: dd.DataFrame = ddf.map_partitions(_judged_in_place, judge, meta=meta)
    else:
        answer = _gathered(table, by).map_partitions(_judged, judge, meta=meta)
    return answer


def _judged(partition: pd.DataFrame, judge: _Judge) -> pd.DataFrame:
    """Return the answer to the rows of whole consortia, taken in the order of the table."""
    return judge(partition.sort_values(_PLACE).drop(columns=[_NAME, _PLACE]))


def _judged_in_place(partition: pd.DataFrame, judge: _Judge) -> pd.DataFrame:
    """Return the answer to a partition of a table that is divided by the names of its consortia.

    Names that differ in spaces alone are one consortium, which the divisions may tear apart.
    """
    for name in partition.index.unique():
        if isinstance(name, str) and text_of(name) != name:
            raise WrongUsage(
                'The index holds "{name}", with spaces that tell no consortia apart; remove them '
                "before the table is indexed, or check it by a column.",
                name=name,
            )
    return judge(partition.reset_index())


def _gathered(table: dd.DataFrame, by: str) -> dd.DataFrame:
    """Return the table with all rows of a consortium in one partition."""
    meta = make_meta(table)
    key = column_named([str(name) for name in meta.columns], by) - 1
    placed = table.map_partitions(_placed, key, meta=_placed(meta, key))
    gathered: dd.DataFrame = placed.shuffle(on=_NAME, ignore_index=True)
    return gathered


def _placed(
    partition: pd.DataFrame, key: int, partition_info: Mapping[str, Any] | None = None
) -> pd.DataFrame:
    """Return the partition with what its rows are shuffled by, and their places in the table."""
    names = Distinct.of(partition.iloc[:, key])
    hashes = hash_array(np.array(names.texts, dtype=object))[names.codes]
    first = partition_info["number"] * _MOST_ROWS if partition_info else 0
    places = np.arange(first, first + len(partition), dtype="int64")
    return partition.assign(**{_NAME: hashes, _PLACE: places})
