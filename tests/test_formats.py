"""Every format for machines gives back every text, to a program that is not ours."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

import jsonschema
import pytest
from hypothesis import given, settings

from alliance_check.reports.escaping import UNSAFE, visible
from alliance_check.reports.jsonl import line
from tests.format_texts import BATCH, BROKEN, TEXT_FORMATS, TEXTS, TRAPS, written
from tests.made_reports import (
    hostile,
    report,
)
from tests.outside_readers import junit_readers, markdown_parsers, runner, tables


def squeezed(text: str) -> str:
    return " ".join(visible(text).split())


def in_jsonl(text: str, sheet: str) -> bool:
    (document,) = [json.loads(one) for one in text.split("\n") if one]
    return bool(document["problems"][0]["value"] == sheet)


def in_sarif(text: str, sheet: str) -> bool:
    run = json.loads(text)["runs"][0]
    uri = run["artifacts"][0]["location"]["uri"]
    named = unquote_to_bytes(uri) == (sheet.encode("utf-8", "surrogatepass") or b".")
    messages = [result["message"]["text"].replace("\\", "") for result in run["results"]]
    return named and any(visible(sheet).replace("\\", "") in message for message in messages)


def in_junit(text: str, sheet: str) -> bool:
    shown = re.sub("[\ufffe\uffff]", lambda m: f"\\u{ord(m.group()):04x}", visible(sheet))
    return any(f"reads {shown}" in case.message for case in junit_readers.cases(text))


def in_github(text: str, sheet: str) -> bool:
    found = runner.commands(text)
    assert all(found), "a line is no command"
    return any(f"reads {visible(sheet)}".rstrip() in one.text for one in found if one)


def in_csv(text: str, sheet: str) -> bool:
    values = [row["value"].replace("'", "") for row in tables.rows(text)]
    return visible(sheet).replace("'", "") in values


def in_markdown(text: str, sheet: str) -> bool:
    wanted = f"reads {squeezed(sheet)}".rstrip()
    return all(wanted in page.words for page in markdown_parsers.pages(text))


READERS: dict[str, Callable[[str, str], bool]] = {
    "jsonl": in_jsonl,
    "sarif": in_sarif,
    "junit": in_junit,
    "github": in_github,
    "csv": in_csv,
    "markdown": in_markdown,
}


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("sheet", TRAPS)
def test_whatever_a_sheet_holds_its_text_is_read_back(name: str, sheet: str) -> None:
    text = written(name, hostile(sheet))
    assert READERS[name](text, sheet), f"{name} loses {sheet!r}:\n{text}"
    assert set(UNSAFE.findall(text)) <= {"\n", "\r"}


@settings(max_examples=60)
@given(sheet=TEXTS)
@pytest.mark.parametrize("name", READERS)
def test_any_text_in_a_sheet_is_read_back(name: str, sheet: str) -> None:
    text = written(name, hostile(sheet))
    assert READERS[name](text, sheet)
    assert text.encode("utf-8")


@pytest.mark.parametrize("name", READERS)
def test_a_run_that_could_not_judge_is_written_too(name: str) -> None:
    assert "damaged" in written(name, BROKEN)
    assert "damaged" in written(name, *BATCH)


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_no_format_changes_from_run_to_run(name: str) -> None:
    assert written(name, *BATCH) == written(name, *BATCH)


LINE = {
    "type": "object",
    "required": ["schema", "tool", "input", "verdict", "exit_code"],
    "properties": {
        "schema": {"const": "alliance-check/report-v1"},
        "verdict": {"enum": ["eligible", "not-eligible", "undecided", None]},
        "exit_code": {"enum": [0, 1, 3, 4, 70]},
    },
    "if": {"properties": {"verdict": {"type": "null"}}},
    "then": {"required": ["error"]},
    "else": {"required": ["call", "lot", "rules", "problems", "partners", "not_checked"]},
}


def test_jsonl_is_one_valid_report_a_line_and_nothing_else() -> None:
    text = written("jsonl", *BATCH)
    lines = text.splitlines()
    assert len(lines) == len(BATCH)
    for one in lines:
        jsonschema.Draft202012Validator(LINE).validate(json.loads(one))
    assert text == "".join(line(result) for result in BATCH)


def test_a_line_of_jsonl_is_the_json_of_its_report() -> None:
    assert json.loads(written("jsonl", report())) == json.loads(written("json", report()))
