"""Makes data/country-names.txt: which spelling means which country.

Run ``python -m data.making.countries`` (``--refused`` also prints what was left out, and why).
What CLDR and pycountry know is read by country_sources.py; what else people write stands in
data/country-aliases.csv, which overrules both. A spelling that two countries share is none.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pycountry
from babel.core import get_cldr_version

from alliance_check.text.folding import fold
from data.making.country_sources import LANGUAGES, cldr, iso, objection, variants

DATA = Path(__file__).parent.parent
COUNTED = (
    "BE BG CZ DK DE EE IE GR ES FR HR IT CY LV LT LU HU MT NL AT PL PT RO SI SK FI SE "
    "NO IS LI MK RS TR"
).split()
# Divisions whose name speaks for more than the country that they belong to.
LEFT_OUT = {"kosovo metohija", "ulster", "luxembourg"}


class Alias(NamedTuple):
    """A line of data/country-aliases.csv."""

    code: str
    kind: str
    spelling: str
    why: str


class CountryTable(NamedTuple):
    """What goes into the file; keys are folded spellings, except in ``english``."""

    english: dict[str, str]
    belongs: dict[str, str]
    codes: dict[str, str]
    names: dict[str, str]
    places: dict[str, str]
    shared: dict[str, str]
    beside: list[str]
    articles: list[str]
    small: list[str]
    refused: list[tuple[str, str, str]]


def aliases() -> list[Alias]:
    """Return the lines that people edit."""
    with (DATA / "country-aliases.csv").open(encoding="utf-8", newline="") as file:
        return [Alias(**row) for row in csv.DictReader(file)]


def read_sources() -> tuple[dict[str, set[str]], dict[str, set[str]], list[tuple[str, str, str]]]:
    """Return CLDR's spellings, pycountry's that have a witness, and what was refused."""
    trusted: dict[str, set[str]] = defaultdict(set)
    witness: dict[str, set[str]] = defaultdict(set)
    refused = []
    for language in LANGUAGES:
        for code, name in cldr(language).items():
            for variant in variants(name, language):
                trusted[fold(variant)].add(code)
        for code, name in iso(language):
            english = language == "en"
            reason = "" if english else objection(name, code, language)
            if reason:
                refused.append((code, name, f"{language}: {reason}"))
                continue
            for variant in variants(name, language):
                (trusted if english else witness)[fold(variant)].add(code)
    return trusted, witness, refused


def short(spelling: str) -> bool:
    """Say whether a spelling is too short to be sure of unless a person has listed it."""
    return len(spelling) < 4 and spelling.isascii()


def choose(lines: list[Alias]) -> tuple[dict[str, str], dict[str, str], list[tuple[str, str, str]]]:
    """Return spelling → country, shared spelling → countries, and what was refused."""
    trusted, witness, refused = read_sources()
    shared = {fold(line.spelling): line.code for line in lines if line.kind == "not"}
    shared |= {fold(line.spelling): "-" for line in lines if line.kind == "disputed"}
    names = {fold(line.spelling): line.code for line in lines if line.kind == "name"}
    for source in (trusted, witness):
        taken = dict(names)
        for spelling, codes in source.items():
            known = codes | ({taken[spelling]} if spelling in taken else set())
            if spelling in names or spelling in shared or spelling in taken or short(spelling):
                if known != codes or spelling in shared or short(spelling):
                    refused += [(code, spelling, "shared or short") for code in sorted(codes)]
            elif len(codes) > 1:
                refused += [(code, spelling, "shared") for code in sorted(codes)]
                shared[spelling] = " ".join(sorted(codes))
            else:
                names[spelling] = next(iter(codes))
    return names, shared, refused


def check_aliases(lines: list[Alias]) -> None:
    """Stop when two lines of the aliases contradict each other."""
    said: dict[str, str] = {}
    for line in lines:
        if line.kind not in {"name", "not", "disputed", "place"}:
            continue
        key = fold(line.spelling)
        meaning = f"{line.kind} {line.code}"
        if said.setdefault(key, meaning) != meaning:
            raise SystemExit(f"country-aliases.csv: {line.spelling!r} is {said[key]} and {meaning}")


def divisions() -> Iterator[tuple[str, str]]:
    """Yield the divisions of the counted countries: they may stand beside their country.

    Cyprus and Kosovo's districts are left out: whose they are is what cannot be known.
    """
    for code in COUNTED:
        for division in pycountry.subdivisions.get(country_code=code) or ():
            parent = division.parent_code or division.code
            if code != "CY" and "RS-KM" not in {parent, division.code}:
                yield code, division.name


def find_places(lines: list[Alias], names: Mapping[str, str]) -> dict[str, str]:
    """Return the cities, regions and peoples that speak for one country, never alone."""
    listed = {fold(line.spelling): line.code for line in lines if line.kind == "place"}
    found: dict[str, set[str]] = defaultdict(set)
    for code, division in divisions():
        for part in {division, *division.replace("[", "/").replace("]", "").split("/")}:
            found[fold(part)].add(code)
    no_places = {
        fold(line.spelling) for line in lines if line.kind in {"not", "disputed", "beside"}
    }
    places = {
        place: next(iter(codes))
        for place, codes in found.items()
        if len(codes) == 1 and len(place) > 2 and place not in LEFT_OUT
    } | listed
    return {p: c for p, c in places.items() if p and p not in names and p not in no_places}


def codes(lines: list[Alias]) -> dict[str, str]:
    """Return every code in capitals: ISO's of two and three letters, and the EU's own.

    A code by which people also mean other countries is none.
    """
    unsure = {line.spelling for line in lines if line.kind == "not" and line.code}
    found = {country.alpha_2: country.alpha_2 for country in pycountry.countries}
    found |= {country.alpha_3: country.alpha_2 for country in pycountry.countries}
    found |= {"EL": "GR", "UK": "GB", "XK": "XK", "XKX": "XK"}
    return {code: country for code, country in found.items() if code not in unsure}


def english_names(lines: list[Alias]) -> dict[str, str]:
    """Return the name of every country as reports write it."""
    plain = {
        code: name.replace(" & ", " and ").replace("St. ", "Saint ").replace("’", "'")
        for code, name in cldr("en").items()
    }
    return plain | {line.code: line.spelling for line in lines if line.kind == "english"}


def listed(lines: list[Alias], kind: str) -> list[str]:
    """Return the spellings of one kind, folded."""
    return sorted({fold(line.spelling) for line in lines if line.kind == kind})


def make() -> CountryTable:
    """Return the whole table."""
    lines = aliases()
    check_aliases(lines)
    names, shared, refused = choose(lines)
    return CountryTable(
        english=english_names(lines),
        belongs={line.code: line.spelling for line in lines if line.kind == "belongs"},
        codes=codes(lines),
        names=names,
        places=find_places(lines, names),
        shared=shared,
        beside=listed(lines, "beside"),
        articles=listed(lines, "article"),
        small=listed(lines, "small"),
        refused=refused,
    )


def as_text(table: CountryTable) -> str:
    """Return the file: its head, then one block a part, each sorted."""
    head = (
        f"# From CLDR {get_cldr_version()} (Babel {version('Babel')}), "
        f"pycountry {version('pycountry')} and country-aliases.csv\n"
        f"# Made by data/making/countries.py on {date.today()}.\n"  # noqa: DTZ011 - only a day
        "# Do not edit: add a line to country-aliases.csv and run the script. Blocks: English\n"
        "# names, territories, codes, spellings, places that only suggest, spellings that are\n"
        "# none (with what they may mean), words that say nothing, articles, codes that are read\n"
        "# in small letters too (the others are words)."
    )
    blocks = (table.english, table.belongs, table.codes, table.names, table.places, table.shared)
    parts = ["\n".join(f"{key}\t{value}" for key, value in sorted(b.items())) for b in blocks]
    lists = ["\n".join(words) for words in (table.beside, table.articles, table.small)]
    return "\n\n".join([head, *parts, *lists]) + "\n"


def main(folder: Path = DATA) -> None:
    """Write the table into *folder*."""
    table = make()
    (folder / "country-names.txt").write_text(as_text(table), encoding="utf-8", newline="\n")
    if "--refused" in sys.argv:
        for reason, count in Counter(reason for _, _, reason in table.refused).most_common():
            print(f"# {count} {reason}")
        for code, name, reason in sorted(table.refused):
            print(f"{code}\t{name}\t{reason}")


if __name__ == "__main__":
    main()
