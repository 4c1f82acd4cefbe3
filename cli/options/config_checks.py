"""What may stand in a configuration: every key and table, all faults at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from alliance_check.parse import OwnWords
from alliance_check.text.folding import fold

from .config_values import VALUES, WAIVER, WORDS, Read, Values, Wrong, text

# One run writes its formats once, whatever files it is about.
_OF_FILES = {"glob": text, **{key: read for key, read in VALUES.items() if key != "formats"}}


class Fault(NamedTuple):
    """What is wrong with one key."""

    key: str
    sentence: str


def read_top(
    content: Mapping[str, Any], faults: list[Fault]
) -> tuple[Values, tuple[tuple[str, Values], ...], OwnWords, list[dict[str, Any]]]:
    """Return what a configuration says, adding everything that is wrong with it to *faults*."""
    others = (*WORDS, "file", "waiver")
    plain = {key: value for key, value in content.items() if key not in others}
    values = _values(_read(plain, VALUES, "", faults, others))
    files = []
    for n, table in enumerate(_tables(content, "file", faults), start=1):
        _lacks(table, ("glob",), f"file {n}", faults)
        read = _read(table, _OF_FILES, f"file {n}: ", faults)
        files.append((str(read.pop("glob", "")), _values(read)))
    waivers = []
    for n, table in enumerate(_tables(content, "waiver", faults), start=1):
        _lacks(table, ("rule", "reason"), f"waiver {n}", faults)
        if {"cell", "partner"} <= table.keys():
            faults.append(Fault(f"waiver {n}", "takes a cell or a partner, not both"))
        waivers.append(_read(table, WAIVER, f"waiver {n}: ", faults))
    words = {name: _own(content.get(name, {}), name, faults) for name in WORDS}
    return values, tuple(files), OwnWords(**words), waivers


def _values(read: Mapping[str, Any]) -> Values:
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


def _lacks(
    table: Mapping[str, Any], needed: tuple[str, ...], within: str, faults: list[Fault]
) -> None:
    faults += [Fault(within, f"lacks {key}") for key in needed if key not in table]


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
            meaning = WORDS[name](value)
        except Wrong as wrong:
            faults.append(Fault(f'{name}."{word}"', f"{value!r} means nothing here; it {wrong}"))
            continue
        if found.setdefault(fold(word), meaning) != meaning:
            faults.append(Fault(f'{name}."{word}"', "stands twice with two meanings"))
    return found
