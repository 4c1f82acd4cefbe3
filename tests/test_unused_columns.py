"""A column that a rule might have read is named; columns that nobody misses are not."""

from __future__ import annotations

import pytest

from alliance_check.parse.remarks.columns import resembles
from tests.parsing import HEADER, NARVIK, parsed

NEAR = {
    "total": "Budget 2024 | Our costs | Dépenses prévues | Budżet roczny | Kosten 2025",
    "share": "Budget EU (€) | EU money (EUR) | Grant (I) | Tilskudd år 1 | "
    "Requested budget | € sum",
    "status": "Mandate signed? | Mandate received | LoI | Status of mandate | Fullmakt signert | "
    "Mandat signé ? | Vollmacht liegt vor | Letter of intent | Firmado el mandato",
    "type": "Type (guide) or kind | Kind of partner org | Rodzaj podmiotu (skrót)",
    "role": "Role 2023 guide | Beneficiary? | Rolle i søknaden | Ruolo nel consorzio",
    "country": "Country of seat | Land (juridisk) | País de origen | Kraj siedziby",
    "pic": "PIC or temporary | PIC/OID?",
    "charter": "ECHE until | Charter valid till",
}
HARMLESS = [
    *("E-mail of coordinator", "Contact country", "Address", "Website", "WP", "WP budget lead"),
    *("Phone", "Legal representative", "Role in WP2", "Status of tasks", "Type of contact"),
    *("Expertise", "Logo", "Bank account", "Number", "Notes on budget", "Contribution to tasks"),
    *("VAT", "City of the grant office", "Colour", "Mascot", "Person months", "Travel costs"),
    *("Date of confirmation", "Kontaktperson rolle", "Correo del socio", "Projekttitel"),
]


def notes(header: str, *cells: str) -> list[str]:
    rows = [(*NARVIK[:3], NARVIK[3], cell) for cell in cells]
    found = parsed([(*HEADER, header), *rows])
    return [str(note) for note in found.notes if "not used" in str(note)]


@pytest.mark.parametrize(
    ("field", "header"), [(f, h) for f, hs in NEAR.items() for h in hs.split(" | ")]
)
def test_a_header_near_to_one_of_a_rule_is_seen(field: str, header: str) -> None:
    assert resembles(header) == field, f"{header!r}: see {field} in data/header-words.csv"


@pytest.mark.parametrize("header", HARMLESS)
def test_a_harmless_header_resembles_nothing(header: str) -> None:
    assert resembles(header) is None, f"{header!r}: add a word to `other` in data/header-words.csv"


def test_the_note_names_the_column_and_the_way_out() -> None:
    (note,) = notes("PIC or temporary", "yes")
    assert 'Column E "PIC or temporary" is not used' in note
    assert '--map "PIC or temporary=pic"' in note


def test_a_column_that_is_read_or_blank_throughout_is_not_named() -> None:
    assert not notes("Status", "confirmed")
    assert not notes("Mandate signed?", "yes"), "it is read as an answer"
    assert not notes("PIC or temporary", "", "")
    assert not notes("Withdrawn", "yes")


def test_at_most_three_columns_are_named() -> None:
    more = ("PIC or temporary", "PIC/OID?", "Budget EU (€)", "Grant (I)", "Our costs")
    found = parsed([(*HEADER, *more), (*NARVIK, *["yes"] * 5)])
    said = [str(note) for note in found.notes if "not used" in str(note)]
    assert len(said) == 4
    assert said[-1] == "2 more columns of that kind are not used."
