"""The table of spellings: no spelling has two meanings, and the script makes what is shipped."""

import importlib
import re
from collections import defaultdict
from pathlib import Path
from types import ModuleType

import pytest
from babel import Locale

from alliance_check.rulebook import calls, load_call
from alliance_check.text.folding import fold
from alliance_check.vocabulary import country_names as spellings
from alliance_check.vocabulary.countries import read_country
from alliance_check.vocabulary.country_names import table
from tests.lock import LOCK
from tests.measured import calls as cost

ROOT = Path(__file__).parent.parent
EU = (
    "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv "
    "nb nn is tr sr sr_Latn mk sq uk ka bs ca eu gl cy"
).split()


@pytest.fixture
def making() -> ModuleType:
    return importlib.import_module("data.making.countries")


def test_a_built_spelling_is_read_as_its_own_country() -> None:
    for spelling, code in table().names.items():
        assert fold(spelling) == spelling
        assert read_country(spelling) == code, f"{spelling!r}: run data/making/countries.py"
        if not spelling.isascii() or len(spelling) > 3:
            assert read_country(spelling.upper()) in {code, None}


def test_no_spelling_has_two_meanings() -> None:
    parts = (table().names, table().shared, table().places, dict.fromkeys(table().beside))
    seen: dict[str, int] = defaultdict(int)
    for part in parts[:3]:
        for spelling in part:
            seen[spelling] += 1
    assert not [spelling for spelling, times in seen.items() if times > 1]
    assert not set(parts[3]) & (set(table().names) | set(table().places))


def test_cldr_calls_no_other_country_by_a_spelling_of_the_table() -> None:
    wrong = []
    for language in EU:
        for code, name in Locale.parse(language).territories.items():
            known = table().names.get(fold(name))
            if known and code in table().english and known != code:
                wrong.append((language, name, code, known))
    assert not wrong, f"{wrong}: what two countries are called is no spelling"


def test_wrong_translations_are_thrown_out() -> None:
    assert read_country("Slovenská republika") == "SK"
    assert read_country("Slovenčina") is None
    assert read_country("Reino de Tanzania") != "TH"
    assert read_country("Gweriniaeth y Swdan") != "SE"
    assert read_country("Poblacht Dhaonlathach an Chongó") != "DZ"


def test_the_script_objects_to_a_name_that_is_another_countrys(making: ModuleType) -> None:
    assert making.objection("Slovenská republika", "GM", "sk")
    assert making.objection("Slovenská republika Macedónsko", "MK", "sk")
    assert not making.objection("Slovenská republika", "SK", "sk")
    assert making.objection("Congo", "CG", "en"), "Congo is part of two names"


def test_a_spelling_of_two_countries_is_none(
    making: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted = {"utopia": {"FR", "IT"}, "arcadia": {"GR"}}
    witness = {"arcadia": {"ES"}, "atlantis": {"PT"}, "oz": {"AU"}}
    monkeypatch.setattr(making, "read_sources", lambda: (trusted, witness, []))
    lines = [making.Alias("NL", "name", "Atlantis", "")]
    names, shared, refused = making.choose(lines)
    assert names == {"atlantis": "NL", "arcadia": "GR"}
    assert shared == {"utopia": "FR IT"}
    assert {spelling for _, spelling, _ in refused} == {"utopia", "arcadia", "atlantis", "oz"}


def test_the_script_refuses_aliases_that_contradict_each_other(making: ModuleType) -> None:
    lines = [making.Alias("FR", "name", "Gallia", ""), making.Alias("IT", "name", "gallia", "")]
    with pytest.raises(SystemExit, match="gallia"):
        making.check_aliases(lines)


def test_the_shipped_table_is_what_the_script_makes(making: ModuleType, tmp_path: Path) -> None:
    making.main(tmp_path)
    made = (tmp_path / "country-names.txt").read_text("utf-8").splitlines()
    shipped = (ROOT / "data/country-names.txt").read_text("utf-8").splitlines()
    assert made[0] == shipped[0], (
        "Babel or pycountry is another version than the table was made from: install those of "
        "tests/constraints.txt, or, when that file is new, rebuild with: "
        "python -m data.making.countries"
    )
    # The second line is the day.
    assert made[2:] == shipped[2:], "rebuild with: python -m data.making.countries"


def test_the_shipped_table_is_made_from_the_locked_versions() -> None:
    locked = dict(line.split("==") for line in LOCK.read_text("utf-8").splitlines() if "==" in line)
    head = (ROOT / "data/country-names.txt").read_text("utf-8").partition("\n")[0]
    found = re.match(r"# From CLDR \d+ \(Babel ([\d.]+)\), pycountry ([\d.]+) and", head)
    assert found
    assert found.groups() == (locked["babel"], locked["pycountry"]), (
        "rebuild with: python -m data.making.countries"
    )


@pytest.mark.parametrize("call", calls())
def test_the_table_knows_the_territories_of_the_rulebooks(call: str) -> None:
    assert dict(load_call(call).territories) == table().belongs


def test_loading_does_nothing_for_each_line() -> None:
    spellings.table.cache_clear()
    assert cost(spellings.table) < 200
