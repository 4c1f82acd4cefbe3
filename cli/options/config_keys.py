"""What may stand in a configuration: every key and table, with all faults at once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from alliance_check.model.consortium import Role
from alliance_check.model.settings import HARMLESS, IGNORE, SettingKind
from alliance_check.parse import OwnWords
from alliance_check.parse.account import USED
from alliance_check.reports.escaping import Json
from alliance_check.rules import RULES
from alliance_check.text.folding import fold
from alliance_check.vocabulary.countries import read_country
from alliance_check.vocabulary.types import KINDS, read_kinds
from alliance_check.vocabulary.words import read_role

from .known_words import outsiders_in
from .shared import DEFINITIONS, SHARED, Key, defined, words

_CELL = r"(.+!)?[A-Z]+[1-9][0-9]*"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_LONGEST_GLOB = 200
_LONGEST, _LARGEST = 80, 10**40
_MOST_TABLES = 1_000
MOST_FAULTS = 20
"""How many faults are listed; looking for what was meant takes time for each."""
_FIELDS = (*USED, IGNORE)
_ROLES = tuple(role.value for role in Role if role is not Role.UNKNOWN)


Values = Mapping[str, Any]
"""What a configuration says of one file, by the names of the options; EUR and months."""


def _kinds(value: Any) -> tuple[str, ...] | None:
    """Return the kinds that a text or a list of texts means; None where one of them means none."""
    found: list[str] = []
    for text in value if isinstance(value, list) else [value]:
        if not isinstance(text, str):
            return None
        kinds = (text,) if text in KINDS else read_kinds(text).kinds
        if not kinds:
            return None
        found += kinds
    return tuple(dict.fromkeys(found))


def _role(value: Any) -> Role | None:
    role = read_role(value) if isinstance(value, str) else Role.UNKNOWN
    return None if role is Role.UNKNOWN else role


def _date(value: Any) -> dt.date | None:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    try:
        return dt.date.fromisoformat(value) if re.fullmatch(_DAY, value) else None
    except (TypeError, ValueError):
        return None


def _text(description: str, **more: Any) -> Json:
    return {"type": "string", "pattern": r"\S", "description": description} | more


def _own_words(description: str, *values: Json) -> Json:
    """Return the schema of a table with a line for each word of an office."""
    each = values[0] if len(values) == 1 else {"anyOf": [*values]}
    return {"type": "object", "description": description, "additionalProperties": each}


_GLOB = Key(
    lambda value: value if words(value) and len(value) <= _LONGEST_GLOB else None,
    f"a glob of at most {_LONGEST_GLOB} characters",
    _text("A glob, from the folder of the configuration.", maxLength=_LONGEST_GLOB),
)
WAIVER: Mapping[str, Key] = {
    "rule": Key(
        lambda value: next((rule.ID for rule in RULES if value == rule.ID), None),
        "the id of a rule; alliance-check rules lists them",
        {
            "description": "What alliance-check rules calls it.",
            "enum": [rule.ID for rule in RULES],
        },
    ),
    "reason": Key(words, "a text", defined("text")),
    "file": _GLOB,
    "cell": Key(
        lambda value: value if isinstance(value, str) and re.fullmatch(_CELL, value) else None,
        "one cell, such as Partners!C7, or C7 for a csv",
        _text("One cell, such as Partners!C7, or C7 for a csv.", pattern=f"^{_CELL}$"),
    ),
    "partner": Key(words, "a text", _text("The name of a partner, as the sheet has it.")),
    "by": Key(words, "a text", _text("Who decided.")),
    "until": Key(
        _date,
        "a date, such as 2026-03-01",
        _text(
            "The last day on which it holds; a TOML date or a text.",
            format="date",
            pattern=f"^{_DAY}$",
        ),
    ),
}
_WORDS: Mapping[str, Key] = {
    "columns": Key(
        lambda value: value if value in _FIELDS else None,
        f"one of {', '.join(_FIELDS)}",
        _own_words(
            "What a header means; ignore says that the texts in the column say nothing, "
            "empty is not filled in yet.",
            {"enum": [*_FIELDS, "", []]},
        ),
    ),
    "countries": Key(
        lambda value: read_country(value) if isinstance(value, str) else None,
        "a country or its two letters",
        _own_words("Which country a word means.", {"type": "string"}, {"const": []}),
    ),
    "types": Key(
        _kinds,
        f"one or more of {', '.join(KINDS)}, or what a cell may say",
        _own_words(
            "What kind of organisation a word means, or several.",
            {"type": "string"},
            {"type": "array", "items": defined("text")},
        ),
    ),
    "roles": Key(
        _role,
        f"one of {', '.join(_ROLES)}",
        _own_words("What role a word means.", {"type": "string"}, {"const": []}),
    ),
}
REMARKS = Key(
    lambda value: value if value == HARMLESS else None,
    f"{HARMLESS}, the only thing that can be said of a text",
    _own_words(
        "Texts beside partners that are harmless; empty is not filled in yet.",
        {"enum": [HARMLESS, "", []]},
    ),
)
_OF_FILES: Mapping[str, Key] = {
    "glob": Key(_GLOB.read, _GLOB.takes, _text("Which files.", maxLength=_LONGEST_GLOB)),
    **{name: option for name, option in SHARED.items() if option.per_file},
}


class KeyFault(NamedTuple):
    """What is wrong with one key."""

    key: str
    sentence: str


class Read(NamedTuple):
    """What a configuration says; *settled* are its settings of open texts that fit every file."""

    values: Values
    files: tuple[tuple[str, Values], ...]
    words: OwnWords
    settled: tuple[tuple[SettingKind, str], ...]
    waivers: list[dict[str, Any]]


def read_top(content: Mapping[str, Any], faults: list[KeyFault]) -> Read:
    """Return what a configuration says, adding everything that is wrong with it to *faults*."""
    others = (*_WORDS, "remarks", "file", "waiver")
    plain = {key: value for key, value in content.items() if key not in others}
    values = _values(_read(plain, SHARED, "", faults, others))
    files = []
    for n, table in enumerate(_tables(content, "file", faults), start=1):
        _lacks(table, ("glob",), f"file {n}", faults)
        read = _read(table, _OF_FILES, f"file {n}: ", faults)
        files.append((str(read.pop("glob", "")), _values(read)))
    waivers = []
    for n, table in enumerate(_tables(content, "waiver", faults), start=1):
        _lacks(table, ("reason",) if "cell" in table else ("rule", "reason"), f"waiver {n}", faults)
        if {"cell", "partner"} <= table.keys():
            faults.append(KeyFault(f"waiver {n}", "takes a cell or a partner, not both"))
        waivers.append(_read(table, WAIVER, f"waiver {n}: ", faults))
    words = {name: _own(content, name, key, faults) for name, key in _WORDS.items()}
    folded = {name: {fold(word): own[word] for word in own} for name, own in words.items()}
    ignored = [header for header, field in words["columns"].items() if field == IGNORE]
    columns = {fold(h): field for h, field in words["columns"].items() if field != IGNORE}
    harmless = _own(content, "remarks", REMARKS, faults)
    return Read(
        values,
        tuple(files),
        OwnWords(**folded | {"columns": columns}),
        (
            *((SettingKind.REMARK, text) for text in harmless),
            *((SettingKind.COLUMN, header) for header in ignored),
        ),
        waivers,
    )


def _values(read: Mapping[str, Any]) -> Values:
    return {key.replace("-", "_"): value for key, value in read.items()}


def _read(
    content: Mapping[str, Any],
    known: Mapping[str, Key],
    within: str,
    faults: list[KeyFault],
    others: tuple[str, ...] = (),
) -> dict[str, Any]:
    read = {}
    for key, value in content.items():
        if key not in known:
            near = _unknown(key, (*known, *others)) if len(faults) < MOST_FAULTS else "no such key"
            faults.append(KeyFault(f"{within}{_cut(key)}", near))
            continue
        read[key] = known[key].read(value)
        if read[key] is None:
            faults.append(KeyFault(f"{within}{key}", _means_nothing(value, known[key])))
    return read


def _means_nothing(value: Any, key: Key) -> str:
    return f"{_quoted(value)} means nothing here; it takes {key.takes}"


def _quoted(value: Any) -> str:
    """Return a value as a sentence quotes it, however long or deep it is."""
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a table"
    # The digits of a very large number cannot even be written out.
    return "a number" if isinstance(value, int) and abs(value) > _LARGEST else _cut(repr(value))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _unknown(key: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(key[:_LONGEST], known, n=1, cutoff=0.6)
    return (
        f"no such key; did you mean {near[0]}?"
        if near
        else f"no such key; known are {', '.join(known)}"
    )


def _tables(content: Mapping[str, Any], key: str, faults: list[KeyFault]) -> list[dict[str, Any]]:
    tables = content.get(key, [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        faults.append(KeyFault(key, f"write [[{key}]] for each"))
        return []
    if len(tables) > _MOST_TABLES:
        faults.append(KeyFault(key, f"stands more than {_MOST_TABLES} times"))
        return []
    return [dict(one) for one in tables]


def _lacks(
    table: Mapping[str, Any], needed: tuple[str, ...], within: str, faults: list[KeyFault]
) -> None:
    faults += [KeyFault(within, f"lacks {key}") for key in needed if key not in table]


def _own(content: Mapping[str, Any], name: str, key: Key, faults: list[KeyFault]) -> dict[str, Any]:
    """Return the own words of one kind; one that is left empty is not filled in yet."""
    table = content.get(name, {})
    if not isinstance(table, dict):
        faults.append(KeyFault(name, f"write [{name}] and below it a line for each word"))
        return {}
    found: dict[str, Any] = {}
    known: dict[str, Any] = {}
    for word, value in table.items():
        if value in ("", []):
            continue
        place = f'{name}."{_cut(word)}"'
        meaning = key.read(value)
        if meaning is None:
            faults.append(KeyFault(place, _means_nothing(value, key)))
            continue
        found[word] = meaning
        if known.setdefault(fold(word), meaning) != meaning:
            faults.append(KeyFault(place, "stands twice with two meanings"))
        elif name == "countries" and (others := outsiders_in(word, meaning)):
            names = " or ".join(sorted(others))
            sentence = f"{_quoted(value)} cannot be meant; the word means {names}, which is outside"
            faults.append(KeyFault(place, f"{sentence} the programme"))
    return found


def schema() -> Json:
    """Return the JSON Schema of a configuration, for editors and checkers."""
    tables = {
        "file": "Values for the files that a glob fits; the last one that fits wins.",
        "waiver": "Findings that the gate lets pass.",
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "configuration.schema.json",
        "title": "alliance-check.toml",
        "description": "The configuration of alliance-check; in pyproject.toml it is the table "
        "tool.alliance-check.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            **{name: key.schema for name, key in {**SHARED, **_WORDS, "remarks": REMARKS}.items()},
            **{
                name: {"type": "array", "description": description, "items": defined(name)}
                for name, description in tables.items()
            },
        },
        "$defs": {
            **DEFINITIONS,
            "file": _table(_OF_FILES, ["glob"]),
            "waiver": _table(
                WAIVER,
                ["reason"],
                {
                    "anyOf": [{"required": ["rule"]}, {"required": ["cell"]}],
                    "not": {"required": ["cell", "partner"]},
                },
            ),
        },
    }


def _table(keys: Mapping[str, Key], required: list[str], more: Json | None = None) -> Json:
    return {
        "type": "object",
        "required": required,
        "additionalProperties": False,
        **(more or {}),
        "properties": {name: key.schema for name, key in keys.items()},
    }
