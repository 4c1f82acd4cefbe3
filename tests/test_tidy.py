"""What tidying writes and what it leaves, whatever the format."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance_check.model.consortium import Role
from alliance_check.model.errors import AllianceCheckError
from alliance_check.parse import OwnWords
from alliance_check.pipeline import Options
from alliance_check.text.folding import fold
from alliance_check.tidy import tidied
from alliance_check.vocabulary.countries import read_country
from alliance_check.vocabulary.official_labels import official_labels
from alliance_check.vocabulary.types import KINDS, read_kinds
from alliance_check.vocabulary.words import read_role
from tests.test_files import LAYOUTS, expected_of, options_of
from tests.tidying import (
    HEADER,
    ROWS,
    Row,
    csv_of,
    kept,
    meant,
    tidy,
    with_shared_texts,
    written,
    xlsx_of,
)

EXAMPLES = sorted(Path("data/examples").glob("*.[cx]*"))
SOCIAL = (
    "Social partner or other representative of working life "
    "(chambers of commerce, trade union, trade association)"
)
HEI = "Higher education institution (tertiary level)"


def made(row: Row, header: Row = HEADER, options: Options | None = None) -> dict[str, str]:
    """Return what is written into the third row of a table, by column."""
    content = csv_of([*ROWS[:2], row], header).encode()
    found = tidy(content, "partners.csv", options or Options(lot="innovation", advice=False))
    return {cell[0]: after for cell, after in written(found).items() if cell.endswith("4")}


def test_every_field_gets_its_official_label() -> None:
    found = tidy(csv_of(ROWS).encode(), "partners.csv")
    assert written(found) == {
        "B2": "Norway",
        "C2": HEI,
        "D2": "Coordinator",
        "E2": "999123456",
        "B3": "France",
        "D3": "Beneficiary",
        "E3": "000123456",
        "B4": "Norway",
        "C4": "Small and medium sized enterprise",
        "D4": "Beneficiary",
        "C5": SOCIAL,
    }


def test_what_stays_is_listed_with_its_reason() -> None:
    assert kept(tidy(csv_of(ROWS).encode(), "partners.csv")) == {
        "C3": "more than one label fits",
        "B5": "not understood",
        "D5": "says more than a label would",
        "E5": "not understood",
    }


def test_a_workbook_is_tidied_as_a_text_is() -> None:
    book, text = tidy(xlsx_of(ROWS), "p.xlsx"), tidy(csv_of(ROWS).encode(), "p.csv")
    assert {k.removeprefix("Partners!"): v for k, v in written(book).items()} == written(text)
    assert {k.removeprefix("Partners!"): v for k, v in kept(book).items()} == kept(text)


@pytest.mark.parametrize("path", [*EXAMPLES, *LAYOUTS], ids=lambda path: str(path.name))
def test_a_layout_means_the_same_when_it_is_tidied(path: Path) -> None:
    options = options_of(expected_of(path)[1].get("options", {}) if path in LAYOUTS else {})
    try:
        found = tidied(path.read_bytes(), path.name, options)
    except AllianceCheckError:
        assert "refused" in expected_of(path)[1] or path.suffix == ".ods", path.name
        return
    assert found.changes, f"nothing in {path.name} is changed; every layout has something"
    tidy(path.read_bytes(), path.name, options)


@pytest.mark.parametrize(
    "row",
    [
        ("A", "Spain (Canary Islands)", "University (reserve)", "P2 (partner)", ""),
        ("A", "Norway*", "University*", "Partner*", ""),
        ("A", "Norway 2", "SME, training provider", "Partner (WP3 leader)", ""),
        ("A", "Norway?", "University?", "Partner?", ""),
        ("A", "Ukraine", "Vocational school", "Work package leader", ""),
        ("A", "Madeira", "HES", "partner; AP", ""),
        ("A", "Kanarische Inseln", "European network", "Third party", ""),
        ("A", "Réunion", "Enterprise", "Subcontractor", ""),
        ("A", "Germny", "Labour market actor", "orange", "E10175142"),
        ("A", "", "", "", ""),
        ("A", "Norway", HEI, "Beneficiary", "999888777"),
    ],
    ids="|".join,
)
def test_a_cell_that_is_not_just_one_label_stays(row: Row) -> None:
    assert made(row) == {}


@pytest.mark.parametrize(
    ("column", "text", "label"),
    [
        ("B", "NO - Norway", "Norway"),
        ("B", "EL", "Greece"),
        ("B", "Czech Republic", "Czechia"),
        ("B", "Turkey", "Türkiye"),
        ("B", "FYROM", "North Macedonia"),
        ("C", "EPLUS-EDU-ADULT", "School/Institute/Educational centre – Adult education"),
        ("C", "Stiftelse", "Foundation"),
        ("C", "research institute/centre", "Research Institute/Centre"),
        ("D", "medsøker", "Beneficiary"),
        ("D", "associate partner", "Associated partner"),
        ("D", "AE", "Affiliated entity"),
        ("E", "999.123.457", "999123457"),
    ],
)
def test_a_spelling_becomes_its_label(column: str, text: str, label: str) -> None:
    cells = ["Werk AS", "Norway", HEI, "Beneficiary", "999123458"]
    cells["ABCDE".index(column)] = text
    assert made(tuple(cells)) == {column: label}


def test_a_cell_of_two_kinds_or_without_a_value_has_its_reason() -> None:
    two = ("A", "Norway", "SME; NGO", "partner", "")
    found = kept(tidy(csv_of([*ROWS, two]).encode(), "partners.csv"))
    assert found["C6"] == "names more than one kind of organisation"
    formulas = next(path for path in LAYOUTS if path.name == "formulas.xlsx")
    assert "has no value to go by" in kept(tidy(formulas.read_bytes(), "p.xlsx")).values()


def test_a_role_in_a_name_or_a_heading_stays_where_it_is() -> None:
    rows = (*ROWS[:2], ("Verein (associated partner)", "DE", "SME", "", ""))
    found = tidy(csv_of(rows).encode(), "partners.csv")
    assert not {"A4", "D4"} & {*written(found), *kept(found)}


def test_numbers_of_partners_in_a_column_of_roles_are_no_roles() -> None:
    rows = [(*row[:3], number, *row[4:]) for number, row in enumerate(ROWS, start=1)]
    found = tidy(csv_of(rows).encode(), "partners.csv")
    assert not [cell for cell in (*written(found), *kept(found)) if cell.startswith("D")]


def test_a_word_of_an_office_counts_as_read_for_sure() -> None:
    own = OwnWords(
        {}, {"lyngland": "NO"}, {"campus": ("hei",)}, {"helper": Role.ASSOCIATED_PARTNER}
    )
    options = Options(lot="innovation", advice=False, words=own)
    row = ("A", "Lyngland", "Campus", "Helper", "")
    assert made(row, options=options) == {"B": "Norway", "C": HEI, "D": "Associated partner"}


def test_a_label_that_an_office_reads_as_something_else_is_not_written() -> None:
    own = OwnWords(
        {},
        {"norway": "SE"},
        {fold(HEI): ("vet",)},
        {"beneficiary": Role.ASSOCIATED_PARTNER},
    )
    options = Options(lot="innovation", advice=False, words=own)
    found = tidy(csv_of(ROWS).encode(), "partners.csv", options)
    assert not {"B2", "C2", "D3"} & {*written(found)}
    assert kept(found)["B2"] == "its label would be read as something else"


def test_a_label_with_which_the_table_would_be_read_otherwise_is_not_written() -> None:
    rows = [(f"Kammer {n}, Nord, Ost", "Germany", "Chamber of commerce") for n in range(5)]
    content = csv_of([*rows, ("Nordvik", "NO", "University")], HEADER[:3]).encode()
    found = tidy(content, "partners.csv")
    # With its commas a comma would part the lines into more equal pieces than the semicolon.
    assert set(written(found)) == {"B7", "C7"}
    assert kept(found)["C2"] == "with its label the file would be read otherwise"


def test_every_consortium_of_a_long_table_is_tidied() -> None:
    rows = [(project, *row) for project in ("P-1", "P-2") for row in ROWS]
    found = tidy(csv_of(rows, ("Project", *HEADER)).encode(), "partners.csv")
    assert {"C2", "C6"} <= set(written(found))


def test_the_labels_are_read_as_what_they_stand_for() -> None:
    labels = official_labels()
    assert {code: read_country(name) for code, name in labels.countries.items()} == {
        code: code for code in labels.countries
    }
    assert {role: read_role(name) for role, name in labels.roles.items()} == {
        role: role for role in labels.roles
    }
    types = labels.types
    for kind, label in types.of_kind.items():
        assert read_kinds(label).kinds == (kind,), f"official-labels.toml: {label} is no {kind}"
        alike = [one for one in types.labels if read_kinds(one).kinds == (kind,)]
        assert alike == [label], f"official-labels.toml: {kind} fits {alike}, so none by its kind"
    for spelling, label in types.spelt.items():
        assert len(read_kinds(label).kinds) == 1, f"official-labels.toml: {label} is not read"
        known = read_kinds(spelling).kinds in {(), read_kinds(label).kinds}
        assert known, f"official-labels.toml: {spelling} is read as another kind than {label}"


def test_the_exceptions_are_read_as_something_that_is_excepted() -> None:
    labels = official_labels()
    for spelling in labels.types.unless:
        excepted = set(read_kinds(spelling).kinds) & set(labels.types.of_kind)
        assert excepted, f"official-labels.toml: unless {spelling!r} excepts nothing"
    for spelling in labels.says_more:
        assert read_role(spelling) is not Role.UNKNOWN, f"says_more {spelling!r} is no role"
    assert set(labels.types.of_kind) <= set(KINDS)


def test_the_countries_are_those_of_both_guides() -> None:
    from alliance_check.rulebook import calls, load_call

    for call in map(load_call, calls()):
        listed = call.member_states | call.associated | call.regions.keys()
        assert set(official_labels().countries) == listed - {"CG"}


COUNTRIES = (
    "NO|Norge|Norway|norway|EL|Hellas|Türkiye|Turkey|Germny|Kosovo*|Spain (Canary Islands)|"
    "NO - Norway|Ukraina|UA|Portugal – Madeira|Czech Republic|FR|France / Germany|TBC|?|"
).split("|")
TYPES = (
    "University|SME|Large enterprise|Enterprise|Chamber of commerce|Trade union|VET provider|"
    "Vocational school|EPLUS-EDU-VOC-SEC|Foundation|NGO|Research institute|SME; NGO|University?|"
    "Labour market actor|Other|HES|university (reserve)|something else|"
).split("|")
ROLES = (
    "Coordinator|lead|koordinator|Partner|Full partner|Beneficiary|AP|Associated partner|AE|"
    "Subcontractor|P1 (Lead)|3|Partner (WP3 leader)|orange|Partner*|"
).split("|")
PICS = "999123456|999 123 456|123456|999999999|none|n/a|pending|".split("|")
NAMES = "Nordvik|Kammer, Ost; Nord|Werk (associated partner)|TBC|Total|Lead|*|Uni (tbc)|A\nB".split(
    "|"
)
SHEETS = st.lists(
    st.tuples(*map(st.sampled_from, (NAMES, COUNTRIES, TYPES, ROLES, PICS))), min_size=1, max_size=9
)


def as_csv(rows: list[list[str]], header: list[str], delimiter: str) -> bytes:
    return csv_of(rows, header, delimiter).encode()


def as_workbook(rows: list[list[str]], header: list[str], _delimiter: str) -> bytes:
    return xlsx_of(rows, header)


def as_excel_writes_it(rows: list[list[str]], header: list[str], _delimiter: str) -> bytes:
    return with_shared_texts(xlsx_of(rows, header))


FORMS = {"p.csv": as_csv, "p.xlsx": as_workbook, "shared.xlsx": as_excel_writes_it}


@settings(max_examples=150)
@given(SHEETS, st.permutations(range(5)), st.sampled_from(",;\t|"), st.sampled_from(sorted(FORMS)))
def test_no_sheet_means_anything_else_when_it_is_tidied(
    rows: list[tuple[str, ...]], order: list[int], delimiter: str, name: str
) -> None:
    ordered = [[row[n] for n in order] for row in rows]
    content = FORMS[name](ordered, [HEADER[n] for n in order], delimiter)
    try:
        tidy(content, name)
    except AllianceCheckError as refusal:
        with pytest.raises(type(refusal)):
            meant(content, name)
