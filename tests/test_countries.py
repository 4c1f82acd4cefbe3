"""A country is the right one or unread, whatever people write."""

import csv
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pycountry
import pytest
from babel import Locale
from hypothesis import example, given
from hypothesis import strategies as st

from alliance_check.model.call import Call
from alliance_check.rulebook import load_call
from alliance_check.text.folding import fold
from alliance_check.vocabulary.countries import (
    country_inside,
    country_name,
    country_readings,
    read_country,
    suggest_countries,
)
from alliance_check.vocabulary.country_names import table
from tests.measured import calls

ROOT = Path(__file__).parent.parent
MAKING = ROOT / "data/making"
EU = (
    "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv "
    "nb nn is tr sr sr_Latn mk sq uk ka bs ca eu gl cy"
).split()


class Spelling(NamedTuple):
    """A line of country-spellings.csv; an empty code means that the text is no country."""

    language: str
    text: str
    code: str


def hand_made() -> list[Spelling]:
    with (ROOT / "tests/country-spellings.csv").open(encoding="utf-8", newline="") as file:
        return [Spelling(**row) for row in csv.DictReader(file)]


SPELLINGS = hand_made()
COUNTED: Call = load_call("2023")


@pytest.mark.parametrize("language", sorted({line.language for line in SPELLINGS}))
def test_what_people_write_is_read_right_or_not_at_all(language: str) -> None:
    for line in SPELLINGS:
        if line.language != language:
            continue
        assert (read_country(line.text) or "") == line.code, (
            f"{line.text!r} is read as {read_country(line.text)}, not {line.code or 'unread'}: "
            "add a line to data/country-aliases.csv and run data/making/countries.py"
        )


def pairs(name: str) -> list[tuple[str, str]]:
    """Return the two columns of a table of texts and what they mean."""
    with (ROOT / "tests" / name).open(encoding="utf-8", newline="") as file:
        return [(text, meaning) for text, meaning in list(csv.reader(file))[1:]]


@pytest.mark.parametrize(("text", "codes"), pairs("country-readings.csv"))
def test_a_spelling_of_several_countries_has_each_as_a_reading(text: str, codes: str) -> None:
    assert country_readings(text) == set(codes.split())


@pytest.mark.parametrize(("text", "code"), pairs("country-inside.csv"))
def test_a_country_inside_a_longer_cell_is_found_or_none(text: str, code: str) -> None:
    assert (country_inside(text) or "") == code


def test_the_list_is_long_enough_to_mean_something() -> None:
    right = [line for line in SPELLINGS if line.code]
    assert len(right) >= 400
    assert len(SPELLINGS) - len(right) >= 150
    assert {line.code for line in right} >= COUNTED.member_states | COUNTED.associated


@pytest.mark.parametrize("language", EU)
def test_the_names_that_cldr_knows_are_read_right(language: str) -> None:
    names = Locale.parse(language).territories
    misread, unread = [], []
    for code in table().english:
        found = read_country(names[code]) if code in names else code
        if found is None:
            unread.append((code, names[code]))
        elif found != code:
            misread.append((names[code], found))
    counted = COUNTED.member_states | COUNTED.associated | {"GB", "CH", "UA", "XK", "RE", "GL"}
    assert not misread, f"{language}: {misread}; list the spelling as `not` in the aliases"
    assert not [pair for pair in unread if pair[0] in counted]
    assert len(unread) <= 5, f"{language}: {unread}"


def test_every_name_and_code_of_iso_is_read() -> None:
    for country in pycountry.countries:
        if country.alpha_2 != "SR":
            assert read_country(country.alpha_2) == country.alpha_2
        assert read_country(country.alpha_3) == country.alpha_2
        names = [country.name, getattr(country, "official_name", country.name)]
        for name in names:
            assert read_country(name) in {country.alpha_2, None}
        assert {read_country(name) for name in names} & {country.alpha_2}, names


def test_a_text_longer_than_any_name_is_no_country() -> None:
    for length, read in ((200, True), (201, False)):
        assert (read_country(f"{'Norway':>{length}}") == "NO") is read
        assert (country_inside(f"{', Norway':x>{length}}") == "NO") is read
        assert (country_readings(f"{'Congo':>{length}}") == {"CD", "CG"}) is read


@pytest.mark.parametrize("text", ["Paris", "Paris, EU", "Paris (EU)"])
def test_a_city_is_no_country_even_beside_the_union(text: str) -> None:
    assert read_country(text) is None


@pytest.mark.parametrize("text", ["Germany or Austria", "Germany; Austria;", "/ Germany / Austria"])
def test_a_mark_at_either_end_adds_no_reading(text: str) -> None:
    assert country_readings(text) == {"DE", "AT"}


def test_a_code_by_which_people_mean_three_countries_is_unread_and_all_three_are_named() -> None:
    assert read_country("SR") is None
    assert read_country("SR - Serbia") is None
    assert suggest_countries("SR") == ["Suriname", "Serbia", "Slovakia"]
    assert [read_country(text) for text in ("Suriname", "SUR")] == ["SR", "SR"]


NAMES = sorted(table().names)
LETTERS = "abcdefghijklmnopqrstuvwxyzäöøéšč -/()'"


@given(st.sampled_from(NAMES), st.integers(0, 40), st.sampled_from(LETTERS), st.integers(0, 2))
@example("niger", 5, "i", 0)
@example("iran", 3, "q", 1)
@example("slovenia", 5, "k", 1)
def test_a_slip_of_one_letter_never_makes_another_country(
    name: str, place: int, letter: str, kind: int
) -> None:
    at = min(place, len(name))
    slip = name[:at] + (letter if kind < 2 else "") + name[at + (kind > 0) :]
    known = table()
    first, _, rest = fold(slip).partition(" ")
    spelt = fold(slip) if first not in known.articles else rest
    meant = {known.names.get(fold(slip)), known.names.get(spelt)}
    code = known.codes.get(slip.upper()) if slip in known.small else None
    assert read_country(slip) in {None, known.names[name], code, *meant}, slip


@given(st.text(max_size=30))
@example("Norway\x00")
@example("🇳")
@example("(" * 150)
@example("Norway" * 100)
def test_any_text_is_read_as_a_country_or_not_at_all(text: str) -> None:
    assert read_country(text) in {None, *table().english}
    assert country_inside(text) in {None, *table().english}
    assert country_readings(text) <= set(table().english)
    assert len(suggest_countries(text)) <= 3


@given(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(["/", " / ", ", ", " - "]))
@example("ireland", "united kingdom", "/")
@example("francia", "guyana", "/")
@example("denmark", "faroe islands", " - ")
def test_two_countries_in_a_cell_are_none(one: str, other: str, between: str) -> None:
    known = table()
    codes = [known.names[one], known.names[other]]
    states = {known.belongs.get(code, code) for code in codes}
    found = read_country(one + between + other)
    if len(states) > 1 and fold(one + between + other) not in known.names:
        assert found is None
    elif len(states) == 1 and "/" in between:
        assert known.belongs.get(found or "", found) in states


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Paris", ["France"]),
        ("Norwegian", ["Norway"]),
        ("German", ["Germany"]),
        ("Bavaria", ["Germany"]),
        ("nor", ["Norway"]),
        ("Island of Man", ["Isle of Man"]),
        ("Ireland/UK", ["Ireland", "United Kingdom"]),
        ("Germany/France", ["Germany", "France"]),
        ("Congo", ["Republic of the Congo", "Democratic Republic of the Congo"]),
        ("Korea", ["South Korea", "North Korea"]),
        ("Norway tbc", ["Norway"]),
        ("Benelux (Antwerp office)", ["Belgium", "Luxembourg"]),
        ("Norway / Ulster", ["Norway", "Ireland", "United Kingdom"]),
        # A word that names no country resembles none, however near its letters are to one.
        *((word, []) for word in ("EU", "Africa", "Asia", "South America", "Land", "keine")),
        ("n/a", []),
        ("nan", []),
        ("", []),
        ("Northern Cyprus", []),
        ("Lefkoşa, Cyprus", []),
        ("Ukraine (Crimea)", []),
        ("qqqqqqqq", []),
        ("Germany/France/Italy/Spain", ["Germany", "France", "Italy"]),
        ("Norway " * 100, []),
        (f"{'Germny':>200}", ["Germany"]),
        (f"{'Germny':>201}", []),
        ("whoever sits in Norway these days", ["Norway"]),
        ("Paris (Norway these days)", ["France"]),
    ],
)
def test_an_unread_text_suggests_what_it_may_mean(text: str, names: list[str]) -> None:
    assert read_country(text) is None
    assert suggest_countries(text) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Germny", "Germany"),
        ("Swtzerland", "Switzerland"),
        ("Untied Kingdom", "United Kingdom"),
        ("Nrway (tbc)", "Norway"),
        ("Lichtenstein", "Liechtenstein"),
        ("Norge?", "Norway"),
        ("Austrla", "Austria"),
        ("Australja?", "Australia"),
        ("Γερμανίαα", "Germany"),
    ],
)
def test_the_closest_spelling_comes_first(text: str, name: str) -> None:
    assert read_country(text) is None
    assert suggest_countries(text)[0] == name


def test_reports_write_the_names_of_the_guide() -> None:
    wanted = {
        "NL": "Netherlands",
        "TR": "Türkiye",
        "CZ": "Czechia",
        "MK": "North Macedonia",
        "XK": "Kosovo",
        "GB": "United Kingdom",
        "BA": "Bosnia and Herzegovina",
        "PS": "Palestine",
    }
    assert {code: country_name(code) for code in wanted} == wanted
    assert country_name("QQ") == "QQ"
    for code, name in table().english.items():
        assert read_country(name) == code, f"{name!r} is not read as {code}"


def test_a_lookup_is_little_work() -> None:
    texts = [f"{name} (EU)" for name in NAMES[:2000]]
    read_country.cache_clear()
    assert calls(lambda: [read_country(text) for text in texts]) < 200 * len(texts)


def test_reading_countries_imports_neither_pycountry_nor_babel() -> None:
    code = (
        "import sys; "
        "from alliance_check.vocabulary.countries import read_country, suggest_countries; "
        "read_country('Norge'); suggest_countries('Germny'); "
        "print({'pycountry', 'babel', 'pandas', 'openpyxl'} & set(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert run.stdout.strip() == "set()"
