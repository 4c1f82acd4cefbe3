"""Workflow commands, read as the runner of GitHub Actions reads them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from alliance_check.model.report import Result
from alliance_check.reports.escaping import visible
from tests.format_texts import BATCH, BROKEN, TRAPS, written
from tests.made_reports import (
    eligible,
    from_outside,
    hostile,
    report,
)
from tests.outside_readers import runner


def github_commands(*results: Result) -> list[runner.Command]:
    found = runner.commands(written("github", *results))
    return [command for command in found if command is not None]


def test_every_line_for_github_is_a_command_with_file_line_and_title() -> None:
    assert len(github_commands(*BATCH)) == len(written("github", *BATCH).splitlines())
    for command in github_commands(*BATCH):
        assert list(command.properties) == ["file", "line", "title"]
        assert int(command.properties["line"]) >= 1
        assert command.text


def test_the_worst_comes_first_for_github_and_each_file_has_its_turn() -> None:
    other = replace(report(), input=replace(report().input, file="other.xlsx"))
    found = github_commands(eligible(), report(), other, BROKEN)
    levels = [command.name for command in found]
    assert levels == sorted(levels, key=["error", "warning", "notice"].index)
    files = [command.properties["file"] for command in found if command.name == "error"]
    assert files == ["partners.xlsx", "other.xlsx", "partners.xlsx", "other.xlsx", "broken.xlsx"]


def test_a_caution_of_the_verdict_is_a_warning_and_another_one_a_notice() -> None:
    cautions = {
        command.text: command.name
        for command in github_commands(from_outside())
        if command.properties["title"].startswith("caution: ")
    }
    names = {"outside" if "outside" in text else "other": n for text, n in cautions.items()}
    assert names == {"outside": "warning", "other": "notice"}


@pytest.mark.parametrize("sheet", TRAPS)
def test_no_text_of_a_sheet_is_a_command_or_a_property_for_github(sheet: str) -> None:
    plain, evil = github_commands(hostile("plain")), github_commands(hostile(sheet))
    assert [command.name for command in evil] == [command.name for command in plain]
    for command in evil:
        assert list(command.properties) == ["file", "line", "title"]
        assert command.properties["file"] == visible(sheet)
