"""What each value of a configuration may be, and what it becomes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any

from alliance_check.model.consortium import Role
from alliance_check.parse import read_amount, read_months

from .formats import formats

FAIL_ON = ("not-eligible", "undecided", "never")
_CELL = re.compile(r"(.+!)?[A-Z]+[1-9][0-9]*")
_YEAR = re.compile(r"20[0-9]{2}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Values:
    """What a configuration says of one file; None where it says nothing. EUR and months."""

    call: str | None = None
    lot: str | None = None
    duration: int | None = None
    grant: Decimal | None = None
    total: Decimal | None = None
    sheet: str | None = None
    strict: bool | None = None
    fail_on: str | None = None
    formats: tuple[str, ...] | None = None

    def under(self, other: Values) -> Values:
        """Return these values with whatever the other says laid over them."""
        said = {f.name: getattr(other, f.name) for f in fields(other)}
        return replace(self, **{name: value for name, value in said.items() if value is not None})


class Wrong(Exception):
    """A value that means nothing; the sentence says what is taken."""


Read = Callable[[Any], object]


def text(value: Any) -> str:
    """Return a text that says something."""
    if not isinstance(value, str) or not value.strip():
        raise Wrong("takes a text")
    return value


def _call(value: Any) -> str:
    year = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(year, str) or not (year == "latest" or _YEAR.fullmatch(year)):
        raise Wrong("takes the year of a call, or latest")
    return year


def _lot(value: Any) -> str:
    from alliance_check.rulebook import lot_id

    lot = lot_id(str(value))
    if lot is None:
        raise Wrong("takes innovation, skills or stem")
    return lot


def _months(value: Any) -> int:
    content = _number(value)
    months = read_months(content, None) if isinstance(content, str | Decimal) else None
    if months is None:
        raise Wrong('takes months, such as 24, or "2y"')
    return months


def _euros(value: Any) -> Decimal:
    content = _number(value)
    amount = read_amount(content) if isinstance(content, str | Decimal) else None
    if amount is None:
        raise Wrong('takes EUR, such as 1000000 or "1m"')
    return amount


def _number(value: Any) -> Any:
    """Return a number of TOML as the core takes it; what is no number as it is."""
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Wrong("takes true or false")
    return value


def _fail_on(value: Any) -> str:
    if value not in FAIL_ON:
        raise Wrong(f"takes {', '.join(FAIL_ON)}")
    return str(value)


def _formats(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(one in formats() for one in value):
        raise Wrong(f"takes a list of {', '.join(formats())}")
    return tuple(value)


VALUES: Mapping[str, Read] = {
    "call": _call,
    "lot": _lot,
    "duration": _months,
    "grant": _euros,
    "total": _euros,
    "sheet": text,
    "strict": _flag,
    "fail-on": _fail_on,
    "formats": _formats,
}


def _field(value: Any) -> str:
    from alliance_check.parse.table.inspection import USED

    if not isinstance(value, str) or value not in USED:
        raise Wrong(f"takes one of {', '.join(USED)}")
    return str(value)


def _country(value: Any) -> str:
    from alliance_check.vocabulary.countries import read_country

    code = read_country(value) if isinstance(value, str) else None
    if code is None:
        raise Wrong("takes a country or its two letters")
    return code


def _kinds(value: Any) -> tuple[str, ...]:
    from alliance_check.vocabulary.types import KINDS, read_kinds

    texts = value if isinstance(value, list) else [value]
    found: list[str] = []
    for text in texts:
        kinds = (
            ()
            if not isinstance(text, str)
            else (text,)
            if text in KINDS
            else read_kinds(text).kinds
        )
        if not kinds:
            raise Wrong(f"takes one or more of {', '.join(KINDS)}, or what a cell may say")
        found += kinds
    return tuple(dict.fromkeys(found))


def _role(value: Any) -> Role:
    from alliance_check.vocabulary.words import read_role

    role = read_role(value) if isinstance(value, str) else Role.UNKNOWN
    if role is Role.UNKNOWN:
        roles = [role.value for role in Role if role is not Role.UNKNOWN]
        raise Wrong(f"takes one of {', '.join(roles)}")
    return role


def _date(value: Any) -> dt.date:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    try:
        if _DAY.fullmatch(value):
            return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        pass
    raise Wrong("takes a date, such as 2026-03-01")


def _cell(value: Any) -> str:
    if not isinstance(value, str) or not _CELL.fullmatch(value):
        raise Wrong("takes one cell, such as Partners!C7, or C7 for a csv")
    return value


def _rule(value: Any) -> str:
    from alliance_check.rules import RULES

    if not any(value == rule.ID for rule in RULES):
        raise Wrong("takes the id of a rule; alliance-check rules lists them")
    return str(value)


WAIVER: Mapping[str, Read] = {
    "rule": _rule,
    "reason": text,
    "file": text,
    "cell": _cell,
    "partner": text,
    "by": text,
    "until": _date,
}
WORDS: Mapping[str, Read] = {
    "columns": _field,
    "countries": _country,
    "types": _kinds,
    "roles": _role,
}
