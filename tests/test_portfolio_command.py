"""``portfolio``: tables in, verdicts out, and a summary."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from alliance_check import check_frame
from cli.app import main
from cli.commands import portfolio
from tests.cli_runs import EIGHT, HEADER, SEVEN, UNREAD

LONG = ["Project", *HEADER]
FRAME = pd.DataFrame(
    [(n, *row) for n, rows in (("a", EIGHT), ("=b", SEVEN), ("c", UNREAD)) for row in rows],
    columns=LONG,
)
OPTIONS = ["--by", "Project", "--lot", "innovation", "--call", "2023"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    FRAME.to_csv("all.csv", index=False)
    return tmp_path


def run(*arguments: str) -> int:
    return main(["portfolio", *arguments])


def read(name: str) -> pd.DataFrame:
    if name.endswith(".csv"):
        return pd.read_csv(name).set_index("Project")
    if name.endswith(".xlsx"):
        return pd.read_excel(name, engine="openpyxl").set_index("Project")
    if name.endswith(".jsonl"):
        return pd.read_json(name, lines=True).set_index("Project")
    return pd.read_parquet(name)


@pytest.mark.parametrize("source", ["all.csv", "semicolons.csv", "all.xlsx", "all.parquet"])
@pytest.mark.parametrize("output", ["v.csv", "v.xlsx", "v.parquet", "v.jsonl"])
def test_each_kind_of_file_is_read_and_written(source: str, output: str, folder: Path) -> None:
    plain = FRAME.replace("=b", "b")
    plain.to_csv("semicolons.csv", index=False, sep=";", encoding="utf-8-sig")
    plain.to_excel("all.xlsx", index=False)
    plain.to_parquet("all.parquet")
    before = {path.name for path in folder.iterdir()}
    assert run(source, *OPTIONS, "-o", output) == 0
    found = read(output)
    assert list(found["verdict"]) == ["eligible", "not-eligible", "undecided"]
    assert list(found["minimum-partners high"]) == [8, 7, 9]
    assert {path.name for path in folder.iterdir()} == {*before, output}


@pytest.mark.parametrize(
    ("output", "name"), [("v.csv", "'=b"), ("v.xlsx", "'=b"), ("v.jsonl", "=b")]
)
def test_a_name_is_no_formula(output: str, name: str) -> None:
    assert run("all.csv", *OPTIONS, "-o", output) == 0
    assert list(read(output).index) == ["a", name, "c"]


def test_a_row_that_is_struck_out_in_a_workbook_is_only_possible() -> None:
    from openpyxl import load_workbook
    from openpyxl.styles import Font

    FRAME.replace("=b", "b").to_excel("all.xlsx", index=False)
    book = load_workbook("all.xlsx")
    for cell in book.worksheets[0][2]:
        cell.font = Font(strike=True)
    book.save("all.xlsx")
    assert run("all.xlsx", *OPTIONS, "-o", "v.csv") == 0
    assert list(read("v.csv")["verdict"]) == ["undecided", "not-eligible", "undecided"]


def test_the_summary_says_what_an_agency_asks(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("all.csv", *OPTIONS) == 0
    shown = capsys.readouterr().out
    assert "3 consortia." in shown
    assert "2023 innovation         1             1          1" in shown
    assert "Norway" in shown
    assert "minimum-partners: not met 1, to check 0" in shown
    assert "=b (innovation: minimum-partners)" in shown


def test_parts_of_whole_consortia_give_the_answer_of_the_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(portfolio, "_ROWS", 9)
    mixed = FRAME.sort_values("Partner name", kind="stable")
    mixed.to_csv("mixed.csv", index=False)
    assert run("mixed.csv", *OPTIONS, "-o", "v.parquet") == 0
    whole = check_frame(mixed.reset_index(drop=True), by="Project", lot="1", call="2023")
    pd.testing.assert_frame_equal(
        read("v.parquet").sort_index(), whole.sort_index(), check_index_type=False
    )


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["all.csv", "--lot", "1"], 2, "portfolio needs --by"),
        (["all.csv", "--by", "Bid"], 2, "there is no column"),
        (["none.csv", "--by", "Project"], 2, "there is no such file"),
        (["all.csv", *OPTIONS, "-o", "v.txt"], 2, "must end in .csv"),
        (["all.csv", *OPTIONS, "-o", "all.csv"], 2, "is an input"),
        (["all.txt", *OPTIONS], 2, "must end in .csv"),
        (["broken.xlsx", *OPTIONS], 4, "broken.xlsx"),
        (["broken.parquet", *OPTIONS], 4, "holds no table that can be read"),
        (["latin.csv", *OPTIONS], 4, "is not in UTF-8"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_a_code(
    arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("all.txt").write_text("x")
    Path("broken.xlsx").write_text("x")
    Path("broken.parquet").write_text("x")
    Path("latin.csv").write_bytes("Project;Måned\n1;2\n".encode("latin-1"))
    assert run(*arguments) == code
    errors = capsys.readouterr().err
    assert said in errors
    assert errors.count("\n") == 1


@pytest.mark.parametrize("arguments", [["all.parquet"], ["all.csv", "-o", "v.parquet"]])
def test_without_pyarrow_parquet_is_refused_in_one_sentence(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    FRAME.to_parquet("all.parquet")
    missing: dict[str, Any] = {"pyarrow": None, "pyarrow.parquet": None}
    for name, nothing in missing.items():
        monkeypatch.setitem(sys.modules, name, nothing)
    assert run(*arguments, *OPTIONS) == 2
    assert "alliance-check[parquet]" in capsys.readouterr().err
    assert not Path("v.parquet").exists()
