"""What may stand in a configuration: every key and table, with all faults at once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from alliance_check.model.consortium import Role
from alliance_check.model.settings import HARMLESS, IGNORE, SettingKind
from alliance_check.parse import OwnWords
from alliance_check.reports.escaping import Json
from alliance_check.text.folding import fold

from .known_words import outsiders_in
from .shared import DEFINITIONS, SHARED, Wrong, defined, words

_CELL = r"(.+!)?[A-Z]+[1-9][0-9]*"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_LONGEST_GLOB = 200
_LONGEST, _LARGEST = 80, 10**40
_MOST_TABLES = 1_000
MOST_FAULTS = 20
"""How many faults are told; looking for what was meant takes time for each."""


Values = Mapping[str, Any]
"""What a configuration says of one file, by the names of the options; EUR and months."""


class Key(NamedTuple):
    """What a key may be: how its value is read, and the same for the schema."""

    read: Callable[[Any], Any]
    schema: Callable[[], Json]
    """Called by what makes the schema, as the names of rules and fields take time to load."""


def _words(value: Any) -> str:
    found = words(value)
    if found is None:
        raise Wrong("takes a text")
    return found


def _glob(value: Any) -> str:
    if words(value) is None or len(value) > _LONGEST_GLOB:
        raise Wrong(f"takes a glob of at most {_LONGEST_GLOB} characters")
    return str(value)


def _field(value: Any) -> str:
    from alliance_check.parse.account import USED

    if not isinstance(value, str) or value not in {*USED, IGNORE}:
        raise Wrong(f"takes one of {', '.join([*USED, IGNORE])}")
    return str(value)


def _harmless(value: Any) -> str:
    if value != HARMLESS:
        raise Wrong(f"takes {HARMLESS}, the only thing that can be said of a text")
    return HARMLESS


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
        if re.fullmatch(_DAY, value):
            return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        pass
    raise Wrong("takes a date, such as 2026-03-01")


def _cell(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(_CELL, value):
        raise Wrong("takes one cell, such as Partners!C7, or C7 for a csv")
    return value


def _rule(value: Any) -> str:
    from alliance_check.rules import RULES

    if not any(value == rule.ID for rule in RULES):
        raise Wrong("takes the id of a rule; alliance-check rules lists them")
    return str(value)


def _text(description: str, **more: Any) -> Callable[[], Json]:
    return lambda: {"type": "string", "pattern": r"\S", "description": description} | more


def _meanings(description: str, *meanings: Json) -> Callable[[], Json]:
    return lambda: {
        "type": "object",
        "description": description,
        "additionalProperties": {"anyOf": [*meanings]},
    }


def _rules() -> Json:
    from alliance_check.rules import RULES

    return {
        "description": "What alliance-check rules calls it.",
        "enum": [rule.ID for rule in RULES],
    }


def _fields() -> Json:
    from alliance_check.parse.account import USED

    return {
        "type": "object",
        "description": "What a header means; ignore says that the texts in the column say nothing, "
        "empty is not filled in yet.",
        "additionalProperties": {"enum": [*USED, IGNORE, "", []]},
    }


WAIVER: Mapping[str, Key] = {
    "rule": Key(_rule, _rules),
    "reason": Key(_words, lambda: defined("text")),
    "file": Key(
        _glob, _text("A glob, from the folder of the configuration.", maxLength=_LONGEST_GLOB)
    ),
    "cell": Key(
        _cell, _text("One cell, such as Partners!C7, or C7 for a csv.", pattern=f"^{_CELL}$")
    ),
    "partner": Key(_words, _text("The name of a partner, as the sheet has it.")),
    "by": Key(_words, _text("Who decided.")),
    "until": Key(
        _date,
        _text(
            "The last day on which it holds; a TOML date or a text.",
            format="date",
            pattern=f"^{_DAY}$",
        ),
    ),
}
WORDS: Mapping[str, Key] = {
    "columns": Key(_field, _fields),
    "countries": Key(
        _country, _meanings("Which country a word means.", {"type": "string"}, {"const": []})
    ),
    "types": Key(
        _kinds,
        _meanings(
            "What kind of organisation a word means, or several.",
            {"type": "string"},
            {"type": "array", "items": defined("text")},
        ),
    ),
    "roles": Key(_role, _meanings("What role a word means.", {"type": "string"}, {"const": []})),
}
REMARKS = Key(
    _harmless,
    lambda: {
        "type": "object",
        "description": "Texts beside partners that are harmless; empty is not filled in yet.",
        "additionalProperties": {"enum": [HARMLESS, "", []]},
    },
)
_TOP = {key: option.of_toml for key, option in SHARED.items()}
_OF_FILES = {"glob": _glob} | {k: one.of_toml for k, one in SHARED.items() if one.per_file}
_OF_WAIVERS = {key: known.read for key, known in WAIVER.items()}
_Read = Mapping[str, Callable[[Any], Any]]


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
    others = (*WORDS, "remarks", "file", "waiver")
    plain = {key: value for key, value in content.items() if key not in others}
    values = _values(_read(plain, _TOP, "", faults, others))
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
        waivers.append(_read(table, _OF_WAIVERS, f"waiver {n}: ", faults))
    words = {name: _own(content, name, key, faults) for name, key in WORDS.items()}
    ignored = [header for header, field in words["columns"].items() if field == IGNORE]
    columns = {fold(h): field for h, field in words["columns"].items() if field != IGNORE}
    harmless = _own(content, "remarks", REMARKS, faults)
    return Read(
        values,
        tuple(files),
        OwnWords(**{name: _folded(own) for name, own in words.items()} | {"columns": columns}),
        (
            *((SettingKind.REMARK, text) for text in harmless),
            *((SettingKind.COLUMN, header) for header in ignored),
        ),
        waivers,
    )


def _folded(own: Mapping[str, Any]) -> dict[str, Any]:
    return {fold(word): meaning for word, meaning in own.items()}


def _values(read: Mapping[str, Any]) -> Values:
    return {key.replace("-", "_"): value for key, value in read.items()}


def _read(
    content: Mapping[str, Any],
    known: _Read,
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
        try:
            read[key] = known[key](value)
        except Wrong as wrong:
            faults.append(
                KeyFault(f"{within}{key}", f"{_said(value)} means nothing here; it {wrong}")
            )
    return read


def _said(value: Any) -> str:
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
        try:
            meaning = key.read(value)
        except Wrong as wrong:
            faults.append(KeyFault(place, f"{_said(value)} means nothing here; it {wrong}"))
            continue
        found[word] = meaning
        if known.setdefault(fold(word), meaning) != meaning:
            faults.append(KeyFault(place, "stands twice with two meanings"))
        elif name == "countries" and (others := outsiders_in(word, meaning)):
            names = " or ".join(sorted(others))
            sentence = f"{_said(value)} cannot be meant; the word means {names}, which is outside"
            faults.append(KeyFault(place, f"{sentence} the programme"))
    return found


def schema() -> Json:
    """Return the JSON Schema of a configuration, for editors and checkers."""
    top = {key: option.schema for key, option in SHARED.items()}
    of_files = {key: option.schema for key, option in SHARED.items() if option.per_file}
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
            **top,
            **{name: key.schema() for name, key in WORDS.items()},
            "remarks": REMARKS.schema(),
            **{
                name: {"type": "array", "description": description, "items": defined(name)}
                for name, description in tables.items()
            },
        },
        "$defs": {
            **DEFINITIONS,
            "file": _table(
                {"glob": _text("Which files.", maxLength=_LONGEST_GLOB)(), **of_files}, ["glob"]
            ),
            "waiver": _table(
                {name: key.schema() for name, key in WAIVER.items()},
                ["reason"],
                {
                    "anyOf": [{"required": ["rule"]}, {"required": ["cell"]}],
                    "not": {"required": ["cell", "partner"]},
                },
            ),
        },
    }


def _table(properties: Json, required: list[str], more: Json | None = None) -> Json:
    return {
        "type": "object",
        "required": required,
        "additionalProperties": False,
        **(more or {}),
        "properties": properties,
    }
