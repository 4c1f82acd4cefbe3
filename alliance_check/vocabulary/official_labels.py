"""What the official lists call countries, kinds of organisation and roles.

The table is ``data/official-labels.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from alliance_check.model.consortium import Role
from alliance_check.text.folding import fold
from alliance_check.text.tables import text_of_table


@dataclass(frozen=True)
class TypeLabels:
    """The Erasmus+ labels of types: by folded spelling, and by kind where all of it means one.

    *unless* are folded spellings of such a kind that do not mean its label.
    """

    labels: tuple[str, ...]
    spelt: Mapping[str, str]
    of_kind: Mapping[str, str]
    unless: frozenset[str]

    def find(self, text: str, kind: str) -> str | None:
        """Find the one label that a spelling of a kind means."""
        spelling = fold(text)
        if spelling in self.spelt:
            return self.spelt[spelling]
        return None if spelling in self.unless else self.of_kind.get(kind)


@dataclass(frozen=True)
class Labels:
    """All labels; *says_more* are folded spellings that say more than their role."""

    countries: Mapping[str, str]
    roles: Mapping[Role, str]
    says_more: frozenset[str]
    types: TypeLabels


@cache
def official_labels() -> Labels:
    """Return the labels, read once."""
    import tomllib

    content = tomllib.loads(text_of_table("official-labels.toml"))
    roles = content["roles"]
    return Labels(
        countries=content["countries"]["names"],
        roles={Role(role): label for role, label in roles["names"].items()},
        says_more=_folded(roles["says_more"]),
        types=_types(content["types"]["labels"]),
    )


def _types(entries: Iterable[Mapping[str, Any]]) -> TypeLabels:
    spelt: dict[str, str] = {}
    for entry in entries:
        code = entry["code"]
        ways = (entry["label"], code, code.removeprefix("EPLUS-"), *entry.get("also", ()))
        spelt |= dict.fromkeys(_folded(ways), entry["label"])
    return TypeLabels(
        labels=tuple(entry["label"] for entry in entries),
        spelt=spelt,
        of_kind={entry["kind"]: entry["label"] for entry in entries if "kind" in entry},
        unless=_folded(way for entry in entries for way in entry.get("unless", ())),
    )


def _folded(spellings: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold, spellings))
