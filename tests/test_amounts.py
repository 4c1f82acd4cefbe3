"""Amounts and lengths as people write them; what could mean two things is not read."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_check.model.consortium import Content, Fault
from alliance_check.parse import read_amount, read_months

MILLION = Decimal(1_000_000)


@pytest.mark.parametrize(
    "text",
    [
        "1000000",
        "1 000 000",
        "1\u00a0000\u202f000",
        "1.000.000,00",
        "1,000,000.00",
        "1'000'000",
        "1’000’000",
        "1.000.000",
        "1,000,000",
        "1m",
        "1 m",
        "1.0 m€",
        "1,000 k",
        "1000k",
        "EUR 1 000 000",
        "1 000 000 EUR",
        "€1,000,000",
        "1.000.000,-",
        "1 mio.",
        "1 million EUR",
        "1 mill. euro",
    ],
)
def test_a_million_is_read_in_many_spellings(text: str) -> None:
    assert read_amount(text) == MILLION


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234", "1234"),
        ("1,234", "1234"),
        ("1,5", "1.5"),
        ("1.50", "1.50"),
        ("12345.678", "12345.678"),
        ("0.125", "0.125"),
        ("1000000.01", "1000000.01"),
        ("1 000 000,01", "1000000.01"),
        ("1.5m", "1500000"),
        ("1.500m", "1500000"),
        ("1,250k", "1250000"),
        ("0", "0"),
    ],
)
def test_one_mark_before_three_digits_separates_thousands(text: str, amount: str) -> None:
    assert read_amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        *("", "-5", "tbc", "ca. 100000", "100 000 NOK", "100 000 kr", "1.2.3", "1,234,56", "12 34"),
        *("1e6", "50 %", "100-200", "100 000*", "£5", "１００", "1 000 000 000 000 000 000"),
        *("nan", "inf", "1.000.00", "1 00 000", "10 000 000 m"),
    ],
)
def test_what_may_mean_something_else_is_not_read(text: str) -> None:
    assert read_amount(text) is None


def test_the_unit_of_a_column_is_applied_unless_the_cell_names_its_own() -> None:
    thousand = Decimal(1000)
    assert read_amount("180", thousand) == 180_000
    assert read_amount(Decimal("180.5"), thousand) == 180_500
    assert read_amount("180k", thousand) == 180_000


@pytest.mark.parametrize("content", [Fault("#REF!"), Decimal(-1), Decimal("NaN"), Decimal("1e20")])
def test_a_fault_or_an_impossible_number_is_no_amount(content: Content) -> None:
    assert read_amount(content) is None


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading(text: str) -> None:
    amount = read_amount(text)
    assert amount is None or amount >= 0
    months = read_months(text, None)
    assert months is None or months >= 1


@given(st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False))
def test_every_customary_spelling_of_an_amount_is_read_the_same(amount: Decimal) -> None:
    english = f"{amount:,.2f}"
    for spelling in (
        english,
        english.replace(",", "_").replace(".", ",").replace("_", "."),
        english.replace(",", " "),
        english.replace(",", "\u00a0").replace(".", ","),
        f"{amount:.2f}",
    ):
        assert read_amount(spelling) == amount, spelling


@pytest.mark.parametrize(
    ("content", "unit", "months"),
    [
        ("24", None, 24),
        (Decimal(24), None, 24),
        ("24 months", None, 24),
        ("24 Monate", None, 24),
        ("24 mnd.", None, 24),
        ("36 mois", None, 36),
        ("2y", None, 24),
        ("2 years", None, 24),
        ("3 år", None, 36),
        ("4 ans", None, 48),
        ("2,5 years", None, 30),
        ("6", None, 6),
        ("5", None, None),
        (Decimal(2), None, None),
        ("2", "years", 24),
        ("5", "months", 5),
        ("2 years", "months", 24),
        ("24 weeks", None, None),
        ("24.5", None, None),
        ("0", "months", None),
        ("two years", None, None),
        ("", None, None),
        ("24-36", None, None),
        (Fault("#N/A"), None, None),
    ],
)
def test_a_length_is_read_in_months(content: Content, unit: str | None, months: int | None) -> None:
    assert read_months(content, unit) == months
