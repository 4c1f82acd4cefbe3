"""The language of a run: what people read follows the locale, what programs read does not."""

from __future__ import annotations

import json

import pytest

from tests.cli_runs import Command


@pytest.fixture
def norwegian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "nn_NO.UTF-8")


def verdict(text: str) -> str:
    return text.split("   ", maxsplit=1)[0]


@pytest.mark.usefixtures("norwegian")
def test_the_locale_speaks_to_people(command: Command) -> None:
    sheet = command.sheet("p.csv")
    assert verdict(command(sheet, "--lot", "1").out) != "ELIGIBLE"
    assert verdict(command(sheet, "--lot", "1", "--lang", "en").out) == "ELIGIBLE"
    assert command("--help").out != command("--help", "--lang", "en").out


@pytest.mark.usefixtures("norwegian")
def test_what_programs_read_is_english_unless_a_language_is_typed(command: Command) -> None:
    sheet = command.sheet("p.csv")
    titles = {
        code: json.loads(command(sheet, "--lot", "1", "--format", "json", *typed).out)["rules"][0]
        for code, typed in {"": (), "en": ("--lang", "en"), "nb": ("--lang=nb",)}.items()
    }
    assert titles[""] == titles["en"]
    assert titles["nb"]["id"] == titles["en"]["id"]
    assert titles["nb"]["title"] != titles["en"]["title"]


def test_a_configuration_names_the_language_of_its_sheets(command: Command) -> None:
    sheet = command.sheet("p.csv")
    english = command(sheet, "--lot", "1").out
    (command.folder / "alliance-check.toml").write_text('lang = "nb"\n', "utf-8")
    assert command(sheet, "--lot", "1").out != english
    assert command(sheet, "--lot", "1", "--lang", "en").out == english


def test_a_language_without_a_catalogue_is_wrong_usage(command: Command) -> None:
    ran = command(command.sheet("p.csv"), "--lot", "1", "--lang", "tlh")
    assert (ran.code, ran.out) == (2, "")
    assert '--lang "tlh" has no catalogue; use en, de, nb.' in ran.err


def test_a_file_that_cannot_be_read_says_so_in_the_language_of_the_run(command: Command) -> None:
    (command.folder / "p.xlsx").write_bytes(b"")
    english = command("p.xlsx", "--lot", "1").err
    assert command("p.xlsx", "--lot", "1", "--lang", "nb").err != english
