"""The page that checks sheets, in real Chromium: it answers as the command does, and only itself.

One visit does everything, step by step; each test looks at what was seen of one step.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cli.app import main
from tests.cli_runs import EIGHT, HEADER, ROOT, SEVEN, UNREAD
from tests.hostile import MIB, SHEET, with_part
from tests.sheets import ods, xls, xlsx
from tests.test_files import LAYOUTS, expected_of
from tests.with_tools.checking_page import (
    NEWER,
    PATH,
    built,
    encoded,
    newer,
    sizes,
    visit,
)

pytestmark = pytest.mark.tools

EXAMPLES = sorted((ROOT / "data" / "examples").glob("*.*"))
NOT_ELIGIBLE = ROOT / "data" / "examples" / "innovation-not-eligible.xlsx"
ELIGIBLE = ROOT / "data" / "examples" / "innovation-eligible.xlsx"
CHANGES: list[tuple[str, Mapping[str, str]]] = [
    ("add", {"country": "PL", "kind": "vet"}),
    ("drop", {"partner": "Partners!A4"}),
    ("drop", {"partner": "Partners!A5"}),
    ("country", {"partner": "Partners!A6", "country": "GE"}),
    ("counts", {"partner": "Partners!A7", "counts": "neither"}),
    ("charter", {"partner": "Partners!A2", "yes": "no"}),
]
TYPED = [
    "add:PL:vet",
    "drop:Partners!A4",
    "drop:Partners!A5",
    "country:Partners!A6=GE",
    "counts:Partners!A7=neither",
    "charter:Partners!A2=no",
]
"""The same changes, as the command takes them."""


def of_lot(path: Path) -> dict[str, str]:
    return {"lot": path.name.partition("-")[0]}


def files_of(folder: Path) -> Iterator[tuple[Path, str, dict[str, str]]]:
    """Yield files with the names under which they are known, and lot and call."""
    for path in EXAMPLES:
        yield path, path.name, of_lot(path)
    for path in LAYOUTS:
        options = expected_of(path)[1].get("options", {})
        yield path, path.name, {k: v for k, v in options.items() if k in {"lot", "call"}}
    table = (HEADER, *EIGHT)
    for name, content in {"old.xls": xls(table), "open.ods": ods(table)}.items():
        path = folder / name
        path.write_bytes(content)
        yield path, name, {"lot": "innovation", "call": "2026"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("visit")


@pytest.fixture(scope="module")
def sheets(folder: Path) -> list[tuple[Path, str, dict[str, str]]]:
    return list(files_of(folder))


@pytest.fixture(scope="module")
def seen(folder: Path, sheets: list[tuple[Path, str, dict[str, str]]]) -> dict[str, Any]:
    web = folder / "web"
    version = built(web)
    size = sizes(web / PATH)
    newer(web, version, folder / "newer")
    unread = folder / "unread.xlsx"
    unread.write_bytes(xlsx((HEADER, *SEVEN, UNREAD[-1])))
    hostile = {
        "bomb.xlsx": with_part(SHEET, b" " * (300 * MIB)),
        "large.csv": b"Partner name,Country\n" + b"Nordvik,Norway\n" * 3_500_000,
        "huge.csv": b"x" * (65 * MIB),
        "picture.xlsx": b"\x89PNG\r\n\x1a\n" + b"\0" * 1000,
    }
    for name, content in hostile.items():
        (folder / name).write_bytes(content)
    dropped = xls((HEADER, *EIGHT))
    found = visit(
        {
            "folder": str(folder),
            "web": str(web),
            "newer": str(folder / "newer"),
            "files": [
                {"path": str(path), "name": name, "options": options}
                for path, name, options in sheets
            ],
            "example": str(NOT_ELIGIBLE),
            "eligible": str(ELIGIBLE),
            "two": [str(ELIGIBLE), str(NOT_ELIGIBLE.with_suffix(".csv"))],
            "changes": CHANGES,
            "undecided": {"path": str(unread), "options": {"lot": "innovation", "call": "2026"}},
            "pasted": "\n".join("\t".join(row) for row in (HEADER, *SEVEN)),
            "dropped": {"name": "dropped.xls", "content": encoded(dropped)},
            "hostile": [str(folder / name) for name in hostile],
            "only": os.environ.get("VISIT", "").split() or None,
        }
    )
    return {**found, "version": version, "size": size}


def step(seen: dict[str, Any], name: str) -> Any:
    return seen["steps"][name]


def command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str, at: Path
) -> str:
    """Return what the command writes when it is started where the file is."""
    monkeypatch.chdir(at)
    capsys.readouterr()
    main([*arguments])
    return capsys.readouterr().out


def test_it_tells_how_long_it_takes_and_how_large_it_is(
    seen: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    whole, packed = seen["size"]
    names = ("load", "first check", "next check", "first workbook", "second visit, offline")
    times = ", ".join(f"{name} {seen['times'][name] / 1000:.2f} s" for name in names)
    with capsys.disabled():
        print(f"\nthe page: {times}; {whole / 2**20:.1f} MiB, {packed / 2**20:.1f} compressed")  # noqa: T201
    assert whole < 20 << 20


def test_every_file_is_judged_as_the_command_judges_it(
    seen: dict[str, Any],
    sheets: list[tuple[Path, str, dict[str, str]]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The verdict, every finding and every cell: the JSON is the same, byte for byte."""
    different = []
    for path, name, options in sheets:
        typed = [f"--{option}={value}" for option, value in options.items()]
        out = command(capsys, monkeypatch, path.name, *typed, "--format=json", at=path.parent)
        if seen["json"][name] != out:
            different.append(name)
    assert different == []
    assert len({name for _, name, _ in sheets} - {path.name for path in EXAMPLES}) >= 60
    assert {path.suffix for path, _, _ in sheets} >= {".xlsx", ".xls", ".ods", ".csv", ".tsv"}


def test_the_first_page_says_what_it_is_and_which_version(seen: dict[str, Any]) -> None:
    found = step(seen, "load")
    assert found["status"] == "Ready. Everything is on your machine."
    assert seen["version"] in found["version"]


def test_the_keyboard_is_enough(seen: dict[str, Any]) -> None:
    found = step(seen, "keyboard")
    assert found["first"] == "skip"
    assert found["before"] == "Not eligible: innovation-not-eligible.xlsx"
    assert found["rings"] == ["solid"] * 3, "what has the focus is seen to have it"
    assert found["wrong"] == '"much" is not an amount in EUR; write 1000000 or 1m.'
    assert found["after"] == "Eligible: innovation-not-eligible.xlsx"


def test_changes_are_tried_by_choosing_from_lists(
    seen: dict[str, Any], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = step(seen, "whatIf")
    name = ELIGIBLE.name
    assert found["lines"][0] == f"Eligible: {name}"
    assert found["lines"][2] == f"Not eligible: {name}", "the verdict follows at once"
    assert found["with"] == f"With them: Not eligible: {name}"
    assert found["before"] == f"Without them: Eligible: {name}"
    assert found["tried"][0] == (
        "with a new partner: Poland, vocational education and training provider"
    )
    assert found["tried"][1].startswith("without ")
    assert found["tried"][3].endswith(" is in: Georgia")
    assert found["left"] == len(CHANGES) - 1
    typed = [f"--what-if={change}" for change in TYPED]
    out = command(
        capsys, monkeypatch, name, "--lot=innovation", *typed, "--format=json", at=ELIGIBLE.parent
    )
    assert found["json"] == out


def test_reports_and_a_template_can_be_taken_away(
    seen: dict[str, Any], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = step(seen, "downloads")
    given = (NOT_ELIGIBLE.name, "--lot=innovation")
    page = command(capsys, monkeypatch, *given, "--format=html", at=NOT_ELIGIBLE.parent)
    assert found["html"] == page
    assert found["book"]["name"] == "innovation-not-eligible-report.xlsx"
    assert found["template"]["name"] == "partners-stem.xlsx"
    assert found["status"] == "partners-stem.xlsx is in your downloads."


def test_two_files_are_a_summary_and_each_can_be_shown(
    seen: dict[str, Any], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = step(seen, "two")
    assert found["status"] == "2 files: 1 Eligible, 1 Not eligible"
    assert (found["rows"], found["whatIf"]) == (2, False)
    names = (ELIGIBLE.name, NOT_ELIGIBLE.with_suffix(".csv").name)
    for given, made in ((names, "json"), (names[1:], "alone")):
        arguments = (*given, "--lot=innovation", "--format=json")
        assert found[made] == command(capsys, monkeypatch, *arguments, at=ELIGIBLE.parent)
    assert found["one"] == f"Not eligible: {names[1]}"


def test_a_sheet_can_be_dropped_or_pasted(seen: dict[str, Any]) -> None:
    assert step(seen, "dropped")["over"], "the page shows that it takes what is dropped"
    assert "dropped.xls" in step(seen, "dropped")["status"]
    assert step(seen, "pasted")["status"] == "Not eligible: Pasted table.tsv"


def test_an_undecided_consortium_comes_with_what_to_ask(seen: dict[str, Any]) -> None:
    assert "Bureau Nord" in step(seen, "asked")["questions"]
    assert "eligible" in step(seen, "asked")["questions"]


def test_the_language_can_be_changed_and_nothing_typed_is_lost(seen: dict[str, Any]) -> None:
    found = step(seen, "language")
    assert (found["lang"], found["duration"]) == ("nb", "30")
    assert found["title"] == "Er dette konsortiet støtteberettiget?"
    assert "Uavklart" in found["text"]
    assert "{" not in found["text"], "every place in a sentence is filled in"


def test_hostile_files_end_in_the_sentence_of_the_command_and_the_page_goes_on(
    seen: dict[str, Any], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = step(seen, "hostile")
    assert len(found) == 4
    for path, one in found.items():
        assert one["words"] == ["Not judged", "Not eligible"], path
        at = Path(path)
        out = command(capsys, monkeypatch, at.name, "--format=json", at=at.parent)
        sentence = json.loads(out)["error"]["message"]
        assert sentence in " ".join(one["text"].split()), path


def test_a_worker_that_breaks_or_hangs_is_replaced_and_nothing_typed_is_lost(
    seen: dict[str, Any],
) -> None:
    found = step(seen, "broken")
    assert found["words"] == ["Not eligible", "Not judged"], "the other is judged all the same"
    assert found["typed"] == ["2023", "2m"]
    assert f"{ELIGIBLE.name} broke the program" in found["text"]
    assert found["stopped"] == "Stopped. What you chose and typed is still here."
    assert found["again"] == f"Not eligible: {NOT_ELIGIBLE.name}"


def test_nothing_is_asked_of_any_other_address(seen: dict[str, Any]) -> None:
    asked = [one for one in seen["requests"] if not one[1].startswith("blob:")]
    others = [one for one in asked if not one[1].startswith(seen["base"])]
    allowed = step(seen, "policy")
    assert len(asked) > 20
    assert [one for one in others if "/127.0.0.1:" in one[1]] == others
    assert len(others) <= 2, "only those that the test itself tried"
    assert {(method, body) for method, _, body in asked} == {("GET", None)}, "nothing is sent"
    assert allowed["elsewhere"] == 0


def test_the_policy_would_keep_anything_from_leaving(seen: dict[str, Any]) -> None:
    found = step(seen, "policy")
    assert found["page"].startswith("TypeError")
    assert found["worker"].startswith("TypeError")
    assert not found["ran"], "no script but those of the page runs"
    assert found["elsewhere"] == 0
    refused = [one for one in seen["messages"] if "Content Security Policy" in one]
    assert len(refused) >= 2
    assert seen["messages"] == refused, "the page complains of nothing else"


def test_a_second_visit_needs_no_server(seen: dict[str, Any]) -> None:
    found = step(seen, "offline")
    assert found["gone"] == "gone"
    assert found["status"] == "Not eligible: innovation-not-eligible.xlsx"


def test_a_newer_version_is_offered_and_comes_when_it_is_wanted(seen: dict[str, Any]) -> None:
    found = step(seen, "update")
    assert seen["version"] in found["before"]
    assert found["still"] == found["before"], "nothing changes unasked"
    assert NEWER in found["after"]
    assert len(found["caches"]) == 1


def test_workbooks_made_in_the_browser_can_be_opened(seen: dict[str, Any]) -> None:
    for made in (step(seen, "downloads")["book"], step(seen, "downloads")["template"]):
        path = Path(made["kept"])
        assert load_workbook(path).sheetnames


WAYS = ("start", "what-if", "two", "asked", "nb", "dark", "phone", "phone-start")


@pytest.mark.parametrize("way", WAYS)
def test_axe_finds_no_violation(seen: dict[str, Any], way: str) -> None:
    assert seen["violations"][way] == []


@pytest.mark.parametrize("way", WAYS)
def test_nothing_scrolls_sideways(seen: dict[str, Any], way: str) -> None:
    assert seen["widths"][way] == (380 if way.startswith("phone") else 1280)
