"""A header means the right field in the right unit, or nothing; a length has the right unit."""

import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alliance_check.parse import read_months
from alliance_check.text.folding import fold
from alliance_check.text.tables import phrases, written_phrases
from alliance_check.vocabulary import headers as columns
from alliance_check.vocabulary import words as vocabulary
from alliance_check.vocabulary.amounts import time_units, unit_words
from alliance_check.vocabulary.headers import (
    Header,
    read_header,
    read_label,
    suggest_field,
)
from tests.header_spellings import LANGUAGES, ROOT, lists_of, spellings, wrong
from tests.measured import calls

FIELDS = frozenset(
    "name acronym country type role status share total pic oid erasmus_code charter charter_until "
    "pact counts_as ecosystem number city region address contact email phone website notes sector "
    "parent size legal_form tax project".split()
)
LABELS = frozenset("duration grant total lot call ecosystem title acronym ignored".split())
TABLES = ("columns.csv", "labels.csv", "words.csv", "role-and-status.csv")
MONEY = {"share", "total", "grant"}
PLAIN = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ŋ": "n"}
)


def in_words(header: Header | None) -> str:
    """Return a header as header-spellings.csv writes it: field and factor, foreign or unit."""
    if header is None:
        return ""
    if header.field in MONEY:
        return f"{header.field} {'foreign' if header.foreign else header.factor}"
    return f"{header.field} {header.unit}" if header.unit else header.field


def months(text: str) -> str:
    return str(read_months(text, None) or "")


READ: dict[str, Callable[[str], str]] = {
    "header": lambda text: in_words(read_header(text)),
    "label": lambda text: in_words(read_label(text)),
    "duration": months,
}
TABLE = {
    "header": "see data/columns.csv, and the units in alliance_check/columns.py",
    "label": "see data/labels.csv, and the units in alliance_check/columns.py",
    "duration": "see data/unit-words.csv",
}


@pytest.mark.parametrize(("name", "language"), lists_of(*READ))
def test_what_people_write_above_a_column_is_read_right_or_not_at_all(
    name: str, language: str
) -> None:
    assert not wrong(name, language, READ[name], TABLE[name])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_is_long_enough_to_mean_something(language: str) -> None:
    lines = [line for line in spellings() if line.language == language]
    headers = [line for line in lines if line.list == "header"]
    assert len(headers) >= 12, "add headers of this language to tests/header-spellings.csv"
    assert len(lines) - len(headers) >= 25, "add words of this language to the same file"


def test_the_list_has_far_more_traps_than_anybody_thinks_of_at_once() -> None:
    assert sum(line.trap for line in spellings()) >= 150
    assert len(spellings()) == len(set(spellings())), (
        "a text stands twice in tests/header-spellings.csv"
    )


@pytest.mark.parametrize("table", TABLES)
def test_no_spelling_has_two_meanings_in_one_list(table: str) -> None:
    meanings: dict[tuple[str, str], set[str]] = defaultdict(set)
    for meaning, second, spelt in phrases(table):
        for spelling in spelt:
            # The second column of columns.csv is a language, of labels.csv a part of the meaning.
            place = second if table == "words.csv" else ""
            whole = f"{meaning} {second}" if table == "labels.csv" else meaning
            meanings[place, spelling].add(whole)
    twice = {key: found for key, found in meanings.items() if len(found) > 1 and key[1]}
    assert not twice, f"keep each in one line of data/{table} only: {twice}"


@pytest.mark.parametrize("table", [*TABLES, "unit-words.csv"])
def test_a_table_is_well_formed(table: str) -> None:
    text = (ROOT / "data" / table).read_text("utf-8")
    assert text.endswith("\n")
    assert "\r" not in text
    for line in text.splitlines():
        cells = line.split(";")
        assert len(cells) == 3, f"data/{table}: {line[:60]}"
        parts = cells[-1].split("|")
        assert all(part.strip() for part in parts), f"data/{table}: an empty spelling in {line}"
        assert "|" not in cells[-1].replace(" | ", "")
        folded = [unicodedata.normalize("NFC", part) == part for part in parts]
        assert all(folded), f"data/{table}: letters in two parts in {line}"


@pytest.mark.parametrize("table", TABLES)
def test_folding_a_table_at_once_is_folding_each_spelling(table: str) -> None:
    for (meaning, second, written), (again, other, folded) in zip(
        written_phrases(table), phrases(table), strict=True
    ):
        assert (meaning, second) == (again, other)
        assert folded == [fold(spelling) for spelling in written]


def test_every_field_and_unit_is_known_elsewhere() -> None:
    fields = [field.split("/") for field, _, _ in phrases("columns.csv")]
    assert {first for first, *_ in fields} == FIELDS
    assert {another for _, *others in fields for another in others} <= FIELDS
    assert {field for field, _, _ in phrases("labels.csv")} == LABELS
    assert {unit for _, unit, _ in phrases("labels.csv")} == {"", "months", "years"}
    assert set(time_units().values()) == {"months", "years"}


def test_a_word_for_a_time_is_months_or_years_but_never_both() -> None:
    twice = unit_words()["months"] & unit_words()["years"]
    assert not twice, f"keep {twice} in one line of data/unit-words.csv only"


def test_every_spelling_of_the_tables_is_read_as_what_its_line_says() -> None:
    for field, _, written in written_phrases("columns.csv"):
        for spelling in written:
            found = read_header(spelling)
            assert found is not None, f"{spelling!r} in data/columns.csv is never read"
            fields = [found.field, found.otherwise] if found.otherwise else [found.field]
            assert fields == field.split("/"), (
                f"{spelling!r} in data/columns.csv is read as {found}"
            )
            assert not found.foreign


@pytest.mark.parametrize(
    ("text", "field", "otherwise"),
    [
        ("Partner type", "type", "role"),
        ("Partnertype", "type", "role"),
        ("Organisation type", "type", None),
        ("Location", "city", "country"),
        ("Standort", "city", "country"),
        ("City", "city", None),
        ("Applicant/partner", "name", "role"),
        ("Where is your organisation based?", "city", "country"),
        ("In which country is your organisation based?", "country", None),
    ],
)
def test_a_header_of_two_meanings_leaves_them_to_its_values(
    text: str, field: str, otherwise: str | None
) -> None:
    found = read_header(text)
    assert found is not None
    assert (found.field, found.otherwise) == (field, otherwise)
    assert found.question is text.endswith("?")


def test_a_column_of_contacts_or_numbers_is_never_taken_for_partners() -> None:
    for text in ("Contact name", "Partner #", "Name of contact person", "Partner no."):
        found = read_header(text)
        assert found is None or found.field in {"contact", "number"}, text


def test_the_nearest_header_is_suggested_as_people_write_it() -> None:
    assert suggest_field("Organisaton name") == "Organisation name"
    assert suggest_field("qwertyuiop") is None


def test_loading_all_tables_folds_each_as_one_text() -> None:
    tables: list[Any] = [columns._headers, columns._labels]  # noqa: SLF001
    caches = [*tables, time_units, unit_words, vocabulary.all_words]
    for load in caches:
        load.cache_clear()
    found = calls(lambda: [load() for load in caches])
    assert found < 20_000, f"{found} calls; fold a table as one text, see phrases.py"


def plain_fold(text: str) -> str:
    """Return what folding means, letter by letter."""
    spread = unicodedata.normalize("NFKD", text).casefold()
    spread = unicodedata.normalize("NFKD", spread)
    letters = "".join(c for c in spread if not unicodedata.combining(c)).translate(PLAIN)
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split())


def test_folding_means_the_same_for_every_letter_of_unicode() -> None:
    for start in range(0, sys.maxunicode + 1, 4096):
        block = [chr(code) for code in range(start, start + 4096)]
        assert fold("a".join(block)) == plain_fold("a".join(block)), hex(start)
    for letter in map(chr, range(0x3000)):
        assert fold(letter) == plain_fold(letter), hex(ord(letter))


@given(st.text(max_size=40))
@example("Ǆ̣ŉ ſ͏ﬃ İ")
def test_folding_a_text_is_folding_its_letters(text: str) -> None:
    assert fold(text) == plain_fold(text)
    assert fold(fold(text)) == fold(text) or not fold(text).isascii()


PIECES = st.sampled_from(
    "EU contribution|Grant|Budget|(|)|[|]|€|k€|NOK|%|in|1000|'000|1.000|Duration|months|weeks|/|"
    "#|2024|\n|per partner|t|m|Partner|Country|Tilskudd|thousand|million|-|?|x".split("|")
)


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=8).map(" ".join)))
@example("(((((")
@example("\x00")
@example("١٬٠٠٠")
def test_no_text_makes_the_reading_of_headers_fail(text: str) -> None:
    header, label = read_header(text), read_label(text)
    assert header is None or header.field in FIELDS
    assert label is None or label.field in LABELS
    for found in (header, label):
        if found is not None and found.field in MONEY:
            assert found.factor in {1, 1000, 1_000_000}
            assert "%" not in text or "80" in text
            assert found.foreign or "NOK" not in text
