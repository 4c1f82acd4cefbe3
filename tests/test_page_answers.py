"""What the page in the browser asks of Python, here asked by Python itself."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from alliance_check.model.errors import AllianceCheckError
from alliance_check.page.answer import answer, questions
from alliance_check.page.files import report_file, template_file
from alliance_check.pipeline import Options, checked_file
from alliance_check.readers import Limits
from tests.cli_runs import EIGHT, SEVEN, UNREAD, Command, text_of
from tests.outside_readers import html_parser

EXAMPLES = Path(__file__).parents[1] / "data" / "examples"
LOT = {"lot": "innovation", "call": "2026"}

Given = dict[str, Any]


def sheet(name: str, content: bytes | None, **more: Any) -> Given:
    size = len(content) if content is not None else Limits().unpacked
    # The worker gives what is a view of the browser's memory.
    view = None if content is None else memoryview(content)
    return {"name": name, "size": size, "content": view, **more}


def rows(name: str, given: Any) -> Given:
    return sheet(name, text_of(given).encode())


def asked(*sheets: Given, **request: Any) -> Given:
    found: Given = json.loads(answer(json.dumps({**LOT, **request}), sheets))
    return found


NOT_ELIGIBLE = rows("seven.csv", SEVEN)
ELIGIBLE = rows("eight.csv", EIGHT)
UNDECIDED = rows("unread.csv", [*SEVEN, UNREAD[-1]])


def test_one_sheet_is_a_report_with_its_verdict_in_a_line() -> None:
    found = asked(NOT_ELIGIBLE)
    assert found["line"] == "Not eligible: seven.csv"
    assert found["verdict"] == "not-eligible"
    assert found["sheets"] == [
        {"name": "seven.csv", "words": "Not eligible", "verdict": "not-eligible"}
    ]
    assert found["partners"][0] == {"cell": "A2", "name": "Nordvik universitet"}
    page = html_parser.read(found["html"])
    assert "Not eligible" in page.words
    assert not page.all("h1"), "the page has a heading of its own"
    assert page.all("h2")


def test_several_sheets_are_a_summary_with_what_they_share() -> None:
    found = asked(ELIGIBLE, NOT_ELIGIBLE, sheet("note.pdf", b"%PDF-1.7"))
    assert found["line"] == "3 files: 1 Eligible, 1 Not eligible, 1 Not judged"
    assert found["verdict"] == "mixed"
    assert [one["verdict"] for one in found["sheets"]] == ["eligible", "not-eligible", "failure"]
    assert found["partners"] == found["advice"] == []
    words = html_parser.read(found["html"]).words
    assert "What the proposals share" in words
    assert "note.pdf is a PDF document" in words


def test_without_a_lot_each_is_judged_and_named_in_the_line() -> None:
    found = asked(ELIGIBLE, lot="")
    assert found["line"].startswith("eight.csv: Lot 1: Eligible, Lot 2: ")
    assert found["partners"], "it is still one consortium, and changes can be tried"


def test_a_change_is_judged_and_the_verdict_without_it_is_kept() -> None:
    found = asked(ELIGIBLE, changes=["drop:A9"])
    assert (found["verdict"], found["before"]) == ("not-eligible", "Eligible: eight.csv")
    assert len(found["partners"]) == 8, "whom a change can name stays as the sheet has it"
    again = asked(NOT_ELIGIBLE, changes=found["advice"])
    assert again["verdict"] == "eligible", "what is proposed is enough"


@pytest.mark.parametrize("change", ["drop:A99", "country:A2=Atlantis", "nonsense"])
def test_a_change_that_means_nothing_is_said_and_the_sheet_judged_as_it_is(change: str) -> None:
    found = asked(ELIGIBLE, changes=[change])
    assert found["wrong"]["changes"].startswith("--what-if: ")
    assert found["verdict"] == "eligible"


def test_changes_are_made_to_one_sheet_only() -> None:
    found = asked(ELIGIBLE, NOT_ELIGIBLE, changes=["drop:A9"])
    assert found["sheets"][0]["verdict"] == "eligible"


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("duration", "long", "is not a length"),
        ("duration", "9" * 5000, "is not a length"),
        ("grant", "1.5", "is not an amount in EUR"),
        ("total", "much", "is not an amount in EUR"),
    ],
)
def test_a_field_that_means_nothing_is_said_and_left_out(field: str, text: str, words: str) -> None:
    found = asked(ELIGIBLE, **{field: text})
    assert words in found["wrong"][field]
    assert found["verdict"] == "eligible"


def test_fields_are_read_as_the_command_reads_its_options() -> None:
    found = asked(ELIGIBLE, duration="2 years", grant="9m", total="10m")
    assert found["wrong"] == {}
    assert found["verdict"] == "not-eligible"
    assert "EUR 9 000 000" in html_parser.read(found["html"]).words


def test_the_answer_is_in_the_language_of_the_page() -> None:
    found = asked(UNDECIDED, lang="nb")
    assert found["line"] == "Uavklart: unread.csv"
    assert found["html"].startswith('<div lang="nb">')
    assert "Uavklart" in found["html"]


def test_an_undecided_consortium_is_asked_about() -> None:
    assert asked(UNDECIDED)["asks"]
    assert not asked(ELIGIBLE)["asks"]
    page = html_parser.read(questions(json.dumps(LOT), [UNDECIDED]))
    assert "one question can decide it" in page.words
    assert "Bureau Nord (A9)" in page.words
    assert "eligible" in page.words


def test_hostile_names_stay_text() -> None:
    hostile = "<script>alert(1)</script>&\"'"
    named = [(hostile, *SEVEN[0][1:]), *SEVEN[1:], (hostile + "2", *UNREAD[-1][1:])]
    given = rows(f"{hostile}.csv", named)
    found = asked(given)
    made = [found["html"], questions(json.dumps(LOT), [given])]
    for text in made:
        page = html_parser.read(text)
        assert not page.all("script")
        assert "<script>alert(1)</script>" in page.words


def test_each_sheet_is_named_before_it_is_judged() -> None:
    heard: list[int] = []
    answer(json.dumps(LOT), [ELIGIBLE, NOT_ELIGIBLE], heard.append)
    assert heard == [0, 1]


FAILURES: Mapping[str, tuple[Given, str]] = {
    "too large to be read": (sheet("large.csv", None), "larger than 64 MiB"),
    "broke before": (sheet("bad.xlsx", b"PK", broken=True), "bad.xlsx broke the program"),
    "empty": (sheet("empty.csv", b""), "empty.csv is empty"),
}


@pytest.mark.parametrize("case", FAILURES)
def test_a_sheet_that_cannot_be_judged_is_a_sentence_and_the_others_go_on(case: str) -> None:
    given, words = FAILURES[case]
    found = asked(given, ELIGIBLE)
    assert words in html_parser.read(found["html"]).words
    assert [one["verdict"] for one in found["sheets"]] == ["failure", "eligible"]


BROKEN: Mapping[str, tuple[Exception, str]] = {
    "memory": (MemoryError(), "needs more memory than there is"),
    "fault": (ZeroDivisionError(), "ZeroDivisionError"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_breaks_on_one_sheet_spares_the_others(
    monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    error, words = BROKEN[case]

    def breaking(content: bytes, name: str, options: Options) -> Any:
        if name == "eight.csv":
            raise error
        return checked_file(content, name, options)

    monkeypatch.setattr("alliance_check.page.judge.checked_file", breaking)
    found = asked(ELIGIBLE, NOT_ELIGIBLE)
    assert words in found["html"]
    assert found["sheets"][1]["verdict"] == "not-eligible"


@pytest.mark.parametrize("form", ["json", "html"])
@pytest.mark.parametrize(
    ("names", "options"),
    [
        (["innovation-eligible.xlsx"], {"lot": "innovation"}),
        (["innovation-not-eligible.csv"], {}),
        (["stem-eligible.xlsx", "skills-eligible.csv"], {"lot": "stem"}),
        (["stem-eligible.xlsx"], {"lot": "stem", "call": "2023"}),
        (["stem-eligible.xlsx", "innovation-eligible.csv"], {"lot": "stem", "call": "2023"}),
        (["skills-eligible.xlsx"], {"lot": "skills", "duration": "48", "grant": "4m"}),
        (["skills-eligible.xlsx"], {"lot": "skills", "changes": ["drop:A3", "add:PL:vet"]}),
    ],
)
def test_a_file_is_that_of_the_command(
    form: str,
    names: list[str],
    options: Given,
    command: Command,
) -> None:
    contents = {name: (EXAMPLES / name).read_bytes() for name in names}
    for name, content in contents.items():
        (command.folder / name).write_bytes(content)
    made = report_file(form, json.dumps(options), [sheet(*one) for one in contents.items()])
    changes = [f"--what-if={change}" for change in options.get("changes", ())]
    typed = [f"--{name}={value}" for name, value in options.items() if name != "changes"]
    ran = command(*names, *typed, *changes, "--format", form)
    assert made.decode() == ran.out


def test_a_workbook_is_made_of_several_sheets_in_the_language_of_the_page() -> None:
    request = json.dumps({**LOT, "lang": "nb"})
    book = load_workbook(io.BytesIO(report_file("xlsx", request, [ELIGIBLE, NOT_ELIGIBLE])))
    cells = {str(cell.value) for sheet in book for row in sheet for cell in row}
    assert any("støtteberettiget" in cell.casefold() for cell in cells)


def test_json_is_in_english_whatever_the_language_of_the_page() -> None:
    both = [report_file("json", json.dumps({**LOT, "lang": c}), [ELIGIBLE]) for c in ("en", "nb")]
    assert both[0] == both[1]


def test_the_template_is_that_of_the_lot_and_call() -> None:
    book = load_workbook(io.BytesIO(template_file("stem", "", json.dumps({"lang": "nb"}))))
    assert book.sheetnames[0] == "Partnere"
    with pytest.raises(AllianceCheckError, match="2023"):
        template_file("stem", "2023", "{}")
