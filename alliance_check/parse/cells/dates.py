"""Read the date in a cell."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from alliance_check.model.consortium import Content
from alliance_check.parse.table.values import blank, text_of

_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_EXCEL_EPOCH = dt.date(1899, 12, 30)


def read_date(content: Content) -> dt.date | None:
    """Return the date in a cell, also one with the day first or a number of days; None if none.

    >>> str(read_date("31.12.2027")), str(read_date("2020-12-31")), read_date("soon")
    ('2027-12-31', '2020-12-31', None)
    """
    if blank(content):
        return None
    if isinstance(content, Decimal):
        return _EXCEL_EPOCH + dt.timedelta(days=int(content)) if 0 < content < 10**5 else None
    text = text_of(content)
    day_first = _DAY_FIRST.match(text)
    try:
        if day_first:
            day, month, year = map(int, day_first.groups())
            return dt.date(year, month, day)
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
