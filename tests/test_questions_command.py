"""``questions`` as a command: its formats, its exit codes, and text that cannot do harm."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.cli_runs import EIGHT, SEVEN, UNREAD, Command

RUSSIAN = ("Zavod", "Russia", "SME", "Full partner")


def document(command: Command, *arguments: str) -> Any:
    """Return what --format json prints, once its schema has let it pass."""
    ran = command("questions", *arguments, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    text = (files("alliance_check.data") / "schemas/questions-v1.schema.json").read_text("utf-8")
    found = json.loads(ran.out)
    wrong = [e.message for e in Draft202012Validator(json.loads(text)).iter_errors(found)]
    assert not wrong, f"data/schemas/questions-v1.schema.json says otherwise: {wrong[:3]}"
    return found


def test_the_question_its_addressee_its_clause_and_its_answers_are_shown(command: Command) -> None:
    ran = command("questions", command.sheet("p.csv", UNREAD), "--lot", "innovation")
    assert ran.code == 0
    shown = " ".join(ran.out.split())
    assert "UNDECIDED: one question can decide it." in shown
    assert "1. Bureau Nord (A10) In which country is Bureau Nord established (B10" in shown
    assert "needed for excluded countries (Programme Guide 2023 p. 277)" in shown
    assert "* Germany → eligible" in shown
    assert "such as Russia → not eligible (excluded countries: organisations from Russia" in shown


def test_markdown_says_the_same(command: Command) -> None:
    sheet = command.sheet("p.csv", UNREAD)
    ran = command("questions", sheet, "--lot", "1", "--format", "markdown")
    assert ran.code == 0
    assert ran.out.startswith("## p.csv: UNDECIDED\n")
    assert "1. **Bureau Nord (A10)** In which country is Bureau Nord established" in ran.out
    assert "   - &#42; Germany → eligible\n" in ran.out


def test_json_has_the_shape_of_its_schema(command: Command) -> None:
    found = document(command, command.sheet("p.csv", UNREAD), "--lot", "1")
    (consortium,) = found["consortia"]
    (question,) = consortium["questions"]
    assert (consortium["enough"], question["first"], question["about"]) == (True, True, "A10")
    assert question["answers"][0]["changes"] == ["country:A10=DE"]
    assert found["letters"] is None


def test_a_printed_answer_can_be_tried_with_what_if(command: Command) -> None:
    sheet = command.sheet("p.csv", UNREAD)
    (consortium,) = document(command, sheet, "--lot", "1")["consortia"]
    for answer in consortium["questions"][0]["answers"]:
        changes = [word for change in answer["changes"] for word in ("--what-if", change)]
        ran = command(sheet, "--lot", "1", *changes, "--format", "json")
        assert json.loads(ran.out)["verdict"] == answer["verdict"], answer["text"]


def test_every_lot_has_questions_where_none_is_named(command: Command) -> None:
    sheet = command.sheet("p.csv", UNREAD)
    found = document(command, sheet)["consortia"]
    assert [one["lot"] for one in found] == ["innovation", "skills"]
    assert [one["lot"] for one in document(command, sheet, "--call", "2026")["consortia"]] == [
        *("innovation", "skills", "stem"),
    ]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (EIGHT, "ELIGIBLE: nothing has to be asked"),
        (SEVEN, "NOT ELIGIBLE: no answer would change that"),
        ((*EIGHT, RUSSIAN), "NOT ELIGIBLE: no answer would change that"),
    ],
)
def test_what_is_decided_needs_no_question(command: Command, rows: Any, words: str) -> None:
    ran = command("questions", command.sheet("p.csv", rows), "--lot", "1")
    assert ran.code == 0
    assert words in " ".join(ran.out.split())


def test_what_stays_open_is_said_with_what_else_would_be_needed(command: Command) -> None:
    sheet = command.sheet("p.csv", UNREAD)
    ran = command("questions", sheet, "--lot", "1", "--duration", "30")
    shown = " ".join(ran.out.split())
    assert "the questions below help, but their answers alone are not enough" in shown
    assert "duration: 30 months; the call names 24 or 36" in shown
    assert (
        "What else would be needed, in addition to the answers marked * Set the duration" in shown
    )


def test_wrong_usage_and_unusable_files_have_their_codes(command: Command) -> None:
    assert command("questions", "nowhere.csv").code == 2
    assert command("questions", ".").code == 2
    assert command("questions", command.sheet("p.csv", EIGHT), "--lot", "seven").code == 2
    (command.folder / "empty.csv").write_text("", "utf-8")
    assert command("questions", "empty.csv").code == 4


def test_a_name_cannot_drive_the_terminal(command: Command) -> None:
    rows = (*EIGHT, ("Evil\x1b[31m ::error:: [red]", "Germny", "SME", "Full partner"))
    sheet = command.sheet("p.csv", rows)
    for form in ("terminal", "markdown", "json"):
        ran = command("questions", sheet, "--lot", "1", "--format", form)
        assert ran.code == 0
        assert "\x1b" not in ran.out
        assert form == "json" or "::error" not in ran.out


@pytest.mark.parametrize("form", ["terminal", "markdown", "json"])
def test_that_too_much_is_unread_is_said_in_every_format(command: Command, form: str) -> None:
    rows = [(f"Org {number}", "Zzyx", "xqq", "qxx") for number in range(60)]
    ran = command("questions", command.sheet("p.csv", rows), "--lot", "1", "--format", form)
    assert ran.code == 0
    assert "Too much is unread to ask about each cell" in " ".join(ran.out.split())
    if form == "json":
        document(command, "p.csv", "--lot", "1")
