"""What an unread cell resembles goes before any other value that would do as well."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from alliance_check.advice.applying import place
from alliance_check.advice.changes import Change
from alliance_check.parse.consortium.parsed import Basis
from alliance_check.vocabulary.types import suggest_types


def prefer_suggestions(
    basis: Basis, changes: Sequence[Change], eligible: Callable[[Sequence[Change]], bool]
) -> tuple[Change, ...]:
    """Return the changes with suggested countries and types wherever all of them stay eligible."""
    chosen = list(changes)
    for number, change in enumerate(changes):
        for text in _suggestions(basis, change):
            other = change._replace(value=text)
            trial = [*chosen[:number], other, *chosen[number + 1 :]]
            if eligible(trial):
                chosen = trial
                break
    return tuple(chosen)


def _suggestions(basis: Basis, change: Change) -> list[str]:
    if change.verb not in {"country", "type"} or change.cell is None:
        return []
    row = basis.rows[place(basis, change.cell)]
    if change.verb == "country":
        return basis.table.words.countries_near(row.text("country")) if row.text("country") else []
    near = suggest_types(row.text("type"), row.text("name"))
    return [text for text in near if basis.table.words.kinds(text).kinds]
