"""Spellings by somebody who had not seen the tables: right or unread, never something else.

The few that the author of the list would leave unread and the program reads are decided below.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from alliance_check.vocabulary.countries import read_country
from alliance_check.vocabulary.types import functions_of, read_kinds

HERE = Path(__file__).parent
# The text means one country all the same: a footnote, a part of a Member State, an ISO code, an
# older name, or what the territory is called in full.
READ_ALL_THE_SAME = {
    *("Germany1", "Canary Islands", "Azores", "Saint-Martin", "Portugual", "Moldavia"),
    *("Bosna", "Hong Kong, China"),
}
# A provider of vocational training by its own name; the business academies give degrees; as a type,
# offices write "næringsliv" for enterprises and their organisations.
COUNTED_ALL_THE_SAME = {"Furnizor de formare profesională", "Erhvervsakademi", "Næringsliv"}


def rows(name: str) -> list[tuple[str, str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return [(r[0], r[1], r[2]) for r in list(csv.reader(file))[1:] if r]


COUNTRIES, TYPES = rows("independent-countries.csv"), rows("independent-types.csv")


@pytest.mark.parametrize("language", dict.fromkeys(language for language, _, _ in COUNTRIES))
def test_no_country_is_read_as_another(language: str) -> None:
    for of, text, code in COUNTRIES:
        if of == language and text not in READ_ALL_THE_SAME:
            read = read_country(text)
            assert read in {None, code}, f"{text!r} is read as {read}, not {code}"


@pytest.mark.parametrize("language", dict.fromkeys(language for language, _, _ in TYPES))
def test_no_type_counts_as_more_than_it_means(language: str) -> None:
    for of, text, kinds in TYPES:
        if of == language and text not in COUNTED_ALL_THE_SAME:
            meant = re.findall(r"[a-z][a-z-]*", kinds)
            sure = functions_of(meant).sure if meant else frozenset[str]()
            more = functions_of(read_kinds(text).kinds).sure - sure
            assert not more, f"{text!r} counts as {set(more)}; it means {kinds}"


def test_most_of_both_lists_is_understood() -> None:
    known = [read_country(text) == code for _, text, code in COUNTRIES if code != "-"]
    read = [bool(read_kinds(text).kinds) for _, text, kinds in TYPES if kinds != "?"]
    assert sum(known) >= len(known) * 0.95
    assert sum(read) >= len(read) * 0.9
