"""What was given on the page: sheets, what is said of the project, changes to try, the language."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from alliance_check import rulebook
from alliance_check.advice.changes import Change, read_change
from alliance_check.model.errors import WrongUsage
from alliance_check.model.message import ENGLISH, Language, Message, say
from alliance_check.parse import read_months, read_project_amount
from alliance_check.pipeline import Options
from alliance_check.text.catalogue import language, language_named

_LONGEST = 60
"""Letters of the longest text that says a number."""


@dataclass(frozen=True)
class Sheet:
    """A file that was dropped: its name, its size in bytes, and what is in it.

    *content* is None where the page did not read it: it is larger than anything that is judged,
    or *broken*, since Python broke down on it before.
    """

    name: str
    size: int
    content: bytes | None
    broken: bool = False


@dataclass(frozen=True)
class Request:
    """Everything that one answer depends on; *wrong* says of each field why it means nothing."""

    sheets: tuple[Sheet, ...] = ()
    options: Options = field(default_factory=Options)
    changes: tuple[Change, ...] = ()
    language: Language = ENGLISH
    wrong: Mapping[str, Message] = field(default_factory=dict)


def read_request(text: str, sheets: Sequence[Mapping[str, Any]] = ()) -> Request:
    """Return the request that the page wrote as JSON, with the sheets that go with it.

    A field that means nothing is left out, and *wrong* says so: the rest is judged all the same.
    """
    given = json.loads(text)
    wrong: dict[str, Message] = {}
    months = _read(given, "duration", wrong)
    options = Options(
        lot=rulebook.lot_id(given.get("lot") or ""),
        call=given.get("call") or None,
        duration=None if months is None else int(months),
        grant=_read(given, "grant", wrong),
        total=_read(given, "total", wrong),
    )
    return Request(
        tuple(map(_sheet, sheets)),
        options,
        _changes(given.get("changes", ()), wrong),
        language(language_named(given.get("lang") or "") or "en"),
        wrong,
    )


def _sheet(one: Mapping[str, Any]) -> Sheet:
    content = one.get("content")
    return Sheet(
        str(one["name"]),
        int(one["size"]),
        None if content is None else bytes(content),
        bool(one.get("broken")),
    )


def _read(given: Mapping[str, Any], name: str, wrong: dict[str, Message]) -> Decimal | None:
    """Return the number that a field means; None where it is empty or means nothing."""
    text = str(given.get(name) or "").strip()
    if not text:
        return None
    found: Decimal | int | None = None
    if len(text) <= _LONGEST:
        found = read_months(text, None) if name == "duration" else read_project_amount(text)
    if found is None:
        wrong[name] = _REFUSED[name](text)
        return None
    return Decimal(found)


def _no_length(text: str) -> Message:
    return say('"{text}" is not a length; write 24 (months) or 2 years.', text=text)


def _no_amount(text: str) -> Message:
    return say('"{text}" is not an amount in EUR; write 1000000 or 1m.', text=text)


_REFUSED = {"duration": _no_length, "grant": _no_amount, "total": _no_amount}


def _changes(texts: Sequence[str], wrong: dict[str, Message]) -> tuple[Change, ...]:
    """Return the changes to try; of one that is none the sentence of the command says why."""
    try:
        return tuple(map(read_change, texts))
    except WrongUsage as error:
        wrong["changes"] = error.message
        return ()
