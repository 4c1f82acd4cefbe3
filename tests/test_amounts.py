"""Amounts and lengths as people write them; what could mean two things is not read."""

from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_check.model.sheet import Content, Fault
from alliance_check.parse import read_months, read_project_amount
from alliance_check.vocabulary.amounts import (
    FOREIGN,
    Unit,
    names_its_unit,
    read_amount,
    unit_left_out,
    unit_of_format,
)
from tests.measured import calls

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
        "1 mill.",
        "1 Mio. €",
        "1,0 Mio. Euro",
        "1000 Tsd. €",
        "1.000 Tsd. Euro",
        "1000 k€",
        "1000 TEUR",
        "TEUR 1000",
        "1000 tusen euro",
        "1000 χιλιάδες ευρώ",
        "1 million",
        "€1,000,000.-",
        "1.000.000.--",
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
        *("1 k m", "1 Mio. Tsd.", "k 100", "1 TNOK", "Tsd. NOK 100", "100 pcs", "€ $ 100"),
    ],
)
def test_what_may_mean_something_else_is_not_read(text: str) -> None:
    assert read_amount(text) is None


def test_the_unit_of_a_column_is_applied_unless_the_cell_names_its_own() -> None:
    thousand = Decimal(1000)
    assert read_amount("180", thousand) == 180_000
    assert read_amount(Decimal("180.5"), thousand) == 180_500
    assert read_amount("180k", thousand) == 180_000


@pytest.mark.parametrize(
    ("code", "unit"),
    [
        ('#,##0 "€"', Decimal(1)),
        ("#,##0 €", Decimal(1)),
        ("_-* #,##0.00 €_-", Decimal(1)),
        ("[$€-407] #,##0.00", Decimal(1)),
        ("#,##0.00 [$€-x-euro2]", Decimal(1)),
        ("[$EUR] #,##0", Decimal(1)),
        ('#,##0 "EUR";[Red]-#,##0 "EUR"', Decimal(1)),
        ('#,##0 "k€"', Decimal(1000)),
        ('"k€"', Decimal(1000)),
        ('#,##0 "TEUR"', Decimal(1000)),
        ('#,##0 "Tsd. €"', Decimal(1000)),
        ('0.0 "Mio. €"', MILLION),
        ('#,##0, "k€"', Decimal(1)),
        ('0.0,, "M€"', Decimal(1)),
        ('#,##0, "M€"', FOREIGN),
        ('#,##0, "€"', FOREIGN),
        ('"NOK" #,##0', FOREIGN),
        ("[$NOK] #,##0", FOREIGN),
        ("[$kr-414]", FOREIGN),
        ("[$kr-414] #,##0.00", FOREIGN),
        ("#,##0\\ \\k\\r", FOREIGN),
        ('#,##0.00 "zł"', FOREIGN),
        ("$#,##0.00", FOREIGN),
        ("[$£-809]#,##0", FOREIGN),
        ("General", None),
        ("0", None),
        ("#,##0.00", None),
        ("#,##0,", None),
        ("0%", None),
        ("[$-409]d. mmm yyyy", None),
        ("yyyy-mm-dd", None),
        ('0 "months"', None),
        ("[Red]0", None),
        ("@", None),
        ("", None),
        ('"' * 500, None),
    ],
)
def test_a_number_format_names_its_unit(code: str, unit: Unit | None) -> None:
    assert unit_of_format(code) == unit


def test_a_small_amount_without_a_unit_may_be_in_millions() -> None:
    units = {"0.5": MILLION, "9.99": MILLION, "10": 1000, "9999.99": 1000, "10000": 1, "0": 1}
    assert {text: unit_left_out(Decimal(text)) for text in units} == units
    assert [names_its_unit(text) for text in ("1.5", "900 EUR", "€ 900", "1.5m", "2 000,00")] == [
        *(False, True, True, True, False)
    ]


@pytest.mark.parametrize("text", ["1.5", "800", "9 999,99"])
def test_an_amount_that_somebody_types_is_read_only_with_its_unit_where_it_is_small(
    text: str,
) -> None:
    assert read_project_amount(text) is None
    assert read_project_amount(f"{text} k") == read_amount(f"{text} k")
    assert read_project_amount(f"{text} EUR") == read_amount(text)


def test_a_long_text_is_given_up_at_once() -> None:
    for text in ("1" + "a" * 59, "1 " + "a. " * 19 + "!", "1" * 10**6, "a" * 10**6):
        assert read_amount(text) is None
        assert calls(partial(read_amount, text)) < 200, (
            "read a long text in one pass of bounded steps"
        )


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
        ("two years", None, 24),
        ("", None, None),
        ("24-36", None, None),
        (Fault("#N/A"), None, None),
    ],
)
def test_a_length_is_read_in_months(content: Content, unit: str | None, months: int | None) -> None:
    assert read_months(content, unit) == months
