"""What ``country`` says of a spelling, and what ISO 3166 adds to it."""

from __future__ import annotations

from pathlib import Path

import pycountry
import pytest

from alliance_check.vocabulary.countries import suggest_countries
from alliance_check.vocabulary.country_names import table
from alliance_check.vocabulary.iso import region
from tests.cli_runs import SEVEN, Command, write
from tests.test_startup import loaded


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "Norge",
            (
                '"Norge" is Norway (NO); in call 2023: associated country',
                "  ISO 3166 calls it Kingdom of Norway, Norway; its codes are NO, NOR, 578.",
            ),
        ),
        ("Kosovo", ('"Kosovo" is Kosovo (XK); in call 2023: third country not associated',)),
        (
            "Bavaria",
            (
                '"Bavaria" is not a known country; Germany?',
                "  a region of Germany: Bayern (DE-BY)",
            ),
        ),
        (
            "Catalonia",
            (
                '"Catalonia" is not a known country; Spain?',
                "  a region of Spain: Catalunya (ES-CT)",
            ),
        ),
        ("Punjab", ('"Punjab" is not a known country.',)),
        ("Germny", ('"Germny" is not a known country; Germany?',)),
    ],
)
def test_a_spelling_is_shown_with_what_iso_knows_of_it(
    command: Command, text: str, lines: tuple[str, ...]
) -> None:
    ran = command("country", text)
    assert (ran.code, ran.out.splitlines()) == (0, list(lines))


def test_a_part_that_is_read_as_its_state_is_shown_as_a_region(command: Command) -> None:
    out = command("country", "Wales").out
    assert out.startswith('"Wales" is United Kingdom (GB)')
    assert "a region of United Kingdom: Wales (GB-WLS)" in out


def test_a_region_suggests_its_country_unless_many_have_one_of_that_name() -> None:
    assert suggest_countries("Saskatchewan") == ["Canada"]
    assert suggest_countries("Punjab") == []
    assert suggest_countries("North") == []
    found = region("Bavaria")
    assert found is not None
    assert found.country == "DE"


def test_the_table_lacks_no_country_that_the_installed_pycountry_knows() -> None:
    known = {country.alpha_2 for country in pycountry.countries}
    assert known <= table().english.keys(), "rebuild with: python -m data.making.countries"


@pytest.mark.parametrize(("country", "needed"), [("Germny", False), ("Saskatchewan", True)])
def test_only_a_text_that_resembles_nothing_loads_pycountry(
    tmp_path: Path,
    country: str,
    needed: bool,  # noqa: FBT001 - a value of the table above
) -> None:
    path = write(tmp_path / "a.csv", [*SEVEN, ("Bureau Nord", country, "SME", "Full partner")])
    found = loaded(str(path), "--lot", "innovation", "--fail-on", "never")
    assert ("pycountry" in found) == needed
