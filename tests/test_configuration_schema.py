"""The schema of the configuration says the same as the program's own check.

check-jsonschema, which reads TOML itself, is the reader that is not ours. What only the program can
know (which words are countries, types or roles) the schema lets through.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from alliance_check.model.errors import WrongUsage
from cli.options.config_keys import schema
from cli.options.configuration import load
from tests import pages, repositories
from tests.cli_runs import ROOT

PATH = ROOT / "data" / "schemas" / "configuration.schema.json"
WAIVER = '[[waiver]]\nrule = "duration"\nreason = "Asked."\n'

GOOD = {
    "nothing": "",
    "the snippet of the docs": pages.snippet("configuration"),
    "a call as number": "call = 2026",
    "the latest call": 'call = "latest"',
    "a lot by name": 'lot = "stem"',
    "a lot by number": "lot = 2",
    "a lot by number as text": 'lot = "Lot 1"',
    "a lot in full": 'lot = "Alliances for Education and Enterprises"',
    "months": "duration = 24",
    "years": 'duration = "2y"',
    "months as text": 'duration = "24 months"',
    "euros": "grant = 1000000\ntotal = 1250000.50",
    "no money at all": "grant = 0",
    "few euros with their unit": 'grant = "900 EUR"',
    "euros as text": 'grant = "0.9m"\ntotal = "1 000 000 EUR"',
    "plain values": 'sheet = "Partners"\nstrict = true\nfail-on = "never"',
    "formats": 'formats = ["json", "junit"]',
    "own words": pages.snippet("words"),
    "settings of texts": pages.snippet("texts"),
    "a partner of one file": '[[file]]\nglob = "*.csv"\nconfirm = ["Partners!A7"]\n',
    "a text to be filled in": '[remarks]\n"see CV" = ""\n',
    "words to be filled in": '[columns]\n"Land" = ""\n[countries]\n"D." = ""\n[types]\n"A" = []\n',
    "a table of a file": '[[file]]\nglob = "*.csv"\nlot = "skills"\nfail-on = "undecided"\n',
    "a waiver": WAIVER,
    "a waiver of a cell": f'{WAIVER}file = "a/*.csv"\ncell = "Partners!C7"\nby = "us"\n',
    "a waiver of a sheet with a space": f"{WAIVER}cell = \"'My sheet'!AB12\"\n",
    "a waiver of a partner": f'{WAIVER}partner = "Uni"\nuntil = 2026-03-01\n',
    "an end as text": f'{WAIVER}until = "2026-03-01"\n',
}
BAD = {
    "an unknown key": "lott = 1",
    "another year": "call = 1999",
    "no year": 'call = "soon"',
    "a call that is true": "call = true",
    "another lot": "lot = 4",
    "a lot that is none": 'lot = "four"',
    "few months": "duration = 3",
    "few months as text": 'duration = "3"',
    "no months": 'duration = "soon"',
    "months that are true": "duration = true",
    "negative euros": "grant = -1",
    "negative euros as text": 'grant = "-5"',
    "few euros": "grant = 1.5",
    "few euros as text": 'total = "900"',
    "no euros": 'total = "much"',
    "infinite euros": "total = inf",
    "euros that are true": "total = true",
    "an empty sheet": 'sheet = " "',
    "strict as text": 'strict = "yes"',
    "another limit": 'fail-on = "always"',
    "a limit that is a list": "fail-on = []",
    "no formats": "formats = []",
    "a format that is none": 'formats = ["pdf"]',
    "formats as text": 'formats = "json"',
    "a field that is none": '[columns]\n"Land" = "land"',
    "a field that is a list": '[columns]\n"Land" = ["country"]',
    "a text that is no doubt": '[remarks]\n"see CV" = "confirmed"',
    "texts that are no table": 'remarks = ["see CV"]',
    "a partner that is no list": 'confirm = "A7"',
    "a partner that is empty": 'confirm = [" "]',
    "a partner that is a number": "confirm = [7]",
    "a country to be ignored": '[columns]\n"Land" = "ignored"',
    "columns that are no table": 'columns = "country"',
    "a country that is a number": '[countries]\n"D." = 49',
    "a country that is a list": '[countries]\n"D." = ["Germany"]',
    "a role that is a list": '[roles]\n"X" = ["partner"]',
    "a type that is a number": '[types]\n"A" = 1',
    "types that hold a number": '[types]\n"A" = ["vet", 1]',
    "a file without a glob": '[[file]]\nlot = "skills"',
    "a glob that is a number": "[[file]]\nglob = 1",
    "a file with formats": '[[file]]\nglob = "*"\nformats = ["json"]',
    "a file with a key of its own": '[[file]]\nglob = "*"\nlott = 1',
    "a file that is one table": '[file]\nglob = "*"',
    "a waiver without a reason": '[[waiver]]\nrule = "duration"',
    "a waiver with an empty reason": '[[waiver]]\nrule = "duration"\nreason = ""',
    "a waiver without a rule": '[[waiver]]\nreason = "x"',
    "a waiver of no rule": '[[waiver]]\nrule = "length"\nreason = "x"',
    "a waiver of rules": '[[waiver]]\nrule = ["duration"]\nreason = "x"',
    "a waiver of a range": f'{WAIVER}cell = "B2:B9"',
    "a waiver of a column": f'{WAIVER}cell = "B"',
    "a waiver of cell and partner": f'{WAIVER}cell = "B2"\npartner = "Uni"',
    "a waiver with a key of its own": f"{WAIVER}untill = 2026-03-01",
    "an end that is no date": f'{WAIVER}until = "soon"',
    "an end that is no day": f'{WAIVER}until = "2026-02-30"',
    "an end in short": f'{WAIVER}until = "20260301"',
    "an end that is a number": f"{WAIVER}until = 20260301",
}
ONLY_THE_PROGRAM_KNOWS = {
    "a country that is none": '[countries]\n"D." = "Germny"',
    "a type that is none": '[types]\n"A" = "Zorp"',
    "a role that is none": '[roles]\n"X" = "Friend"',
    "a word with two meanings": '[countries]\n"D." = "Germany"\n"d" = "Denmark"',
}


def accepted(path: Path) -> bool:
    try:
        load(path)
    except WrongUsage:
        return False
    return True


def by_schema(*paths: Path) -> set[str]:
    """Return the names of the files that check-jsonschema finds wrong."""
    command = [repositories.installed("check-jsonschema"), "--output-format", "json"]
    ran = subprocess.run(
        [*command, "--schemafile", str(PATH), *map(str, paths)],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    found = json.loads(ran.stdout)
    assert not found.get("parse_errors"), found
    return {Path(error["filename"]).stem for error in found.get("errors", [])}


def written(folder: Path, examples: dict[str, str]) -> list[Path]:
    paths = [folder / f"{name}.toml" for name in examples]
    for path, text in zip(paths, examples.values(), strict=True):
        path.write_text(text, "utf-8")
    return paths


def test_the_schema_is_one() -> None:
    command = [repositories.installed("check-jsonschema"), "--check-metaschema", str(PATH)]
    ran = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    assert (ran.returncode, ran.stdout) == (0, "ok -- validation done\n"), ran.stderr


@pytest.mark.parametrize("name", GOOD)
def test_the_program_takes_what_is_right(tmp_path: Path, name: str) -> None:
    load(*written(tmp_path, {name: GOOD[name]}))


@pytest.mark.parametrize("name", [*BAD, *ONLY_THE_PROGRAM_KNOWS])
def test_the_program_refuses_what_is_wrong(tmp_path: Path, name: str) -> None:
    (path,) = written(tmp_path, {name: (BAD | ONLY_THE_PROGRAM_KNOWS)[name]})
    assert not accepted(path)


def test_the_schema_gives_the_same_answers(tmp_path: Path) -> None:
    right = written(tmp_path, GOOD | ONLY_THE_PROGRAM_KNOWS)
    assert by_schema(*right) == set(), "the schema refuses what the program takes"
    wrong = written(tmp_path, BAD)
    assert by_schema(*wrong) == set(BAD), "the schema takes what the program refuses"


def test_the_schema_is_made_from_what_the_program_takes(request: pytest.FixtureRequest) -> None:
    text = json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
    if request.config.getoption("--update"):
        PATH.write_text(text, "utf-8")
    assert PATH.read_text("utf-8") == text, "pytest tests/test_configuration_schema.py --update"
