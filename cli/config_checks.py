"""What may stand in a configuration: each key with what it takes, all faults at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from alliance_check.folding import fold
from alliance_check.model import Role
from alliance_check.parse import OwnWords, read_amount, read_months

T = TypeVar("T")
FAIL_ON = ("not-eligible", "undecided", "never")
FORMATS = ("terminal", "json", "jsonl", "concise", "markdown", "junit", "sarif", "github", "csv")


class Fault(NamedTuple):
    """What is wrong with one key."""

    key: str
    sentence: str


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


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Wrong("takes a text")
    return value


def _call(value: Any) -> str:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not (text == "latest" or text.isdecimal()):
        raise Wrong("takes the year of a call, or latest")
    return text


def _lot(value: Any) -> str:
    from alliance_check.rulebook import lot_id

    lot = lot_id(str(value))
    if lot is None:
        raise Wrong("takes innovation, skills or stem")
    return lot


def _months(value: Any) -> int:
    content = Decimal(value) if isinstance(value, int) else value
    months = read_months(content, None) if isinstance(content, str | Decimal) else None
    if months is None:
        raise Wrong('takes months, such as 24, or "2y"')
    return months


def _euros(value: Any) -> Decimal:
    content = Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
    amount = read_amount(content) if isinstance(content, str | Decimal) else None
    if amount is None:
        raise Wrong('takes EUR, such as 1000000 or "1m"')
    return amount


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Wrong("takes true or false")
    return value


def _fail_on(value: Any) -> str:
    if value not in FAIL_ON:
        raise Wrong(f"takes {', '.join(FAIL_ON)}")
    return str(value)


def _formats(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(one in FORMATS for one in value):
        raise Wrong(f"takes a list of {', '.join(FORMATS)}")
    return tuple(value)


_VALUES: Mapping[str, Read] = {
    "call": _call,
    "lot": _lot,
    "duration": _months,
    "grant": _euros,
    "total": _euros,
    "sheet": _text,
    "strict": _flag,
    "fail-on": _fail_on,
    "formats": _formats,
}


def _field(value: Any) -> str:
    from alliance_check.parse.inspection import USED

    if value not in USED:
        raise Wrong(f"takes one of {', '.join(USED)}")
    return str(value)


def _country(value: Any) -> str:
    from alliance_check.countries import read_country

    code = read_country(value) if isinstance(value, str) else None
    if code is None:
        raise Wrong("takes a country or its two letters")
    return code


def _kinds(value: Any) -> tuple[str, ...]:
    from alliance_check.organisations import KINDS, read_kinds

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
    from alliance_check.vocabulary import read_role

    role = read_role(value) if isinstance(value, str) else Role.UNKNOWN
    if role is Role.UNKNOWN:
        roles = [role.value for role in Role if role is not Role.UNKNOWN]
        raise Wrong(f"takes one of {', '.join(roles)}")
    return role


def _date(value: Any) -> str:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    try:
        return dt.date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise Wrong("takes a date, such as 2026-03-01") from None


def _rule(value: Any) -> str:
    from alliance_check.rules import RULES

    if value not in {rule.ID for rule in RULES}:
        raise Wrong("takes the id of a rule; alliance-check rules lists them")
    return str(value)


_WAIVER: Mapping[str, Read] = {
    "rule": _rule,
    "reason": _text,
    "file": _text,
    "cell": _text,
    "partner": _text,
    "by": _text,
    "until": _date,
}
_WORDS: Mapping[str, Read] = {
    "columns": _field,
    "countries": _country,
    "types": _kinds,
    "roles": _role,
}


def read_top(
    content: Mapping[str, Any], faults: list[Fault]
) -> tuple[Values, tuple[tuple[str, Values], ...], OwnWords, list[dict[str, Any]]]:
    """Return what a configuration says, adding everything that is wrong with it to *faults*."""
    plain = {key: value for key, value in content.items() if key not in {*_WORDS, "file", "waiver"}}
    others = (*_WORDS, "file", "waiver")
    values = _read_values(plain, "", faults, others)
    files = [
        (str(overlay.pop("glob", "")), _read_values(overlay, f"file {n}: ", faults))
        for n, overlay in enumerate(_tables(content, "file", faults), start=1)
        if _has(overlay, ("glob",), f"file {n}", faults)
    ]
    waivers = [
        _read(waiver, _WAIVER, f"waiver {n}: ", faults)
        for n, waiver in enumerate(_tables(content, "waiver", faults), start=1)
        if _has(waiver, ("rule", "reason"), f"waiver {n}", faults)
    ]
    words = {name: _own(content.get(name, {}), name, faults) for name in _WORDS}
    return values, tuple(files), OwnWords(**words), waivers


def _read_values(
    content: Mapping[str, Any], within: str, faults: list[Fault], others: tuple[str, ...] = ()
) -> Values:
    read = _read(content, _VALUES, within, faults, others)
    return Values(**{key.replace("-", "_"): value for key, value in read.items()})


def _read(
    content: Mapping[str, Any],
    known: Mapping[str, Read],
    within: str,
    faults: list[Fault],
    others: tuple[str, ...] = (),
) -> dict[str, Any]:
    read = {}
    for key, value in content.items():
        if key not in known:
            faults.append(Fault(f"{within}{key}", _unknown(key, (*known, *others))))
            continue
        try:
            read[key] = known[key](value)
        except Wrong as wrong:
            faults.append(Fault(f"{within}{key}", f"{value!r} means nothing here; it {wrong}"))
    return read


def _unknown(key: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(key, known, n=1, cutoff=0.6)
    return (
        f"no such key; did you mean {near[0]}?"
        if near
        else f"no such key; known are {', '.join(known)}"
    )


def _tables(content: Mapping[str, Any], key: str, faults: list[Fault]) -> list[dict[str, Any]]:
    tables = content.get(key, [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        faults.append(Fault(key, f"write [[{key}]] for each"))
        return []
    return [dict(one) for one in tables]


def _has(
    table: Mapping[str, Any], needed: tuple[str, ...], within: str, faults: list[Fault]
) -> bool:
    missing = [key for key in needed if key not in table]
    faults += [Fault(within, f"lacks {key}") for key in missing]
    return not missing


def _own(content: Any, name: str, faults: list[Fault]) -> dict[str, Any]:
    """Return the own words of one kind, folded; one that is left empty is not filled in yet."""
    if not isinstance(content, dict):
        faults.append(Fault(name, f"write [{name}] and below it a line for each word"))
        return {}
    found: dict[str, Any] = {}
    for word, value in content.items():
        if value in ("", []):
            continue
        try:
            meaning = _WORDS[name](value)
        except Wrong as wrong:
            faults.append(Fault(f'{name}."{word}"', f"{value!r} means nothing here; it {wrong}"))
            continue
        if found.setdefault(fold(word), meaning) != meaning:
            faults.append(Fault(f'{name}."{word}"', "stands twice with two meanings"))
    return found
