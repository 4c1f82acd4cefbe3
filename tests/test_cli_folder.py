"""Folders, and several paths at once."""

from __future__ import annotations

import pytest

from tests.cli_runs import EIGHT, SEVEN, UNREAD, Command, raising


def names(command: Command, *arguments: str) -> list[str]:
    document = command.json(*arguments).document
    return [report["input"]["file"] for report in document["reports"]]


def test_every_sheet_below_a_folder_is_judged_in_order_of_name(command: Command) -> None:
    for name in ("b.csv", "a/z.csv", "a/b/c.csv", "B.csv", "a.csv", "c.tsv"):
        command.sheet(f"in/{name}")
    order = ["in/B.csv", "in/a/b/c.csv", "in/a/z.csv", "in/a.csv", "in/b.csv", "in/c.tsv"]
    assert names(command, "in", "--lot", "1") == order


def test_hidden_files_lock_files_and_other_files_are_left_out(command: Command) -> None:
    for name in ("p.csv", ".hidden.csv", "~$p.xlsx", ".git/p.csv", "notes.md", "p.docx"):
        command.sheet(f"in/{name}")
    assert names(command, "in", "--lot", "1") == ["in/p.csv"]


def test_links_that_lead_out_of_the_folder_are_not_followed(command: Command) -> None:
    command.sheet("out/secret.csv")
    command.sheet("in/p.csv")
    (command.folder / "in" / "link.csv").symlink_to(command.folder / "out" / "secret.csv")
    (command.folder / "in" / "way").symlink_to(command.folder / "out")
    (command.folder / "in" / "round").symlink_to(command.folder / "in")
    assert names(command, "in", "--lot", "1") == ["in/p.csv"]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        (["yes"], 0),
        (["yes", "maybe"], 3),
        (["yes", "maybe", "no"], 1),
        (["yes", "maybe", "no", "bad"], 4),
        (["yes", "none"], 0),
        (["no", "none"], 1),
        (["none"], 4),
        ([], 4),
    ],
)
def test_a_folder_exits_with_the_worst_of_its_files(
    command: Command, files: list[str], code: int
) -> None:
    (command.folder / "in").mkdir()
    rows = {"yes": EIGHT, "no": SEVEN, "maybe": UNREAD, "bad": ()}
    for name in files:
        if name == "none":
            (command.folder / "in" / "none.csv").write_text("milk;2\neggs;12\n", "utf-8")
        else:
            command.sheet(f"in/{name}.csv", rows[name])
    ran = command("in", "--lot", "1")
    assert ran.code == code
    assert command.json("in", "--lot", "1").code == code


def test_a_program_that_broke_on_one_file_is_the_worst_and_stops_no_other(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    command.sheet("in/a.csv", ())
    command.sheet("in/b.csv", SEVEN)
    monkeypatch.setattr("cli.commands.check.run.code_of_lots", lambda results: results[0].exit_code)
    assert command("in", "--lot", "1").code == 4
    monkeypatch.setattr("cli.commands.check.judge.check_file", raising(ZeroDivisionError()))
    ran = command("in", "--lot", "1")
    assert ran.code == 70
    assert ran.out.count("NOT JUDGED") == 2


def test_one_bad_file_never_stops_the_others(command: Command) -> None:
    command.sheet("in/a.csv")
    (command.folder / "in" / "b.xlsx").write_bytes(b"PK\x03\x04 broken")
    command.sheet("in/c.csv", SEVEN)
    ran = command("in", "--lot", "1")
    assert (ran.code, ran.err) == (4, "")
    verdicts = [line.strip().split("  ")[0] for line in ran.out.splitlines()]
    assert [v for v in verdicts if v.isupper()] == ["ELIGIBLE", "NOT JUDGED", "NOT ELIGIBLE"]
    assert "3 files: 1 eligible, 1 not eligible, 1 not judged." in ran.out
    reports = command.json("in", "--lot", "1").document["reports"]
    assert [report["verdict"] for report in reports] == ["eligible", None, "not-eligible"]


def test_a_file_without_any_header_is_skipped_and_counted(command: Command) -> None:
    command.sheet("in/a.csv")
    (command.folder / "in" / "shopping.csv").write_text("milk;2\neggs;12\n", "utf-8")
    ran = command("in", "--lot", "1")
    assert ran.code == 0
    assert "1 file: 1 eligible. Skipped: 1 without a table of partners." in ran.out
    ran = command("in", "--lot", "1", "--format", "concise")
    assert "shopping" not in ran.out
    assert ran.err == "alliance-check: Skipped: 1 without a table of partners.\n"


def test_a_file_with_some_of_the_headers_is_a_bad_file_and_not_skipped(command: Command) -> None:
    command.sheet("in/a.csv")
    command.sheet("in/half.csv", [("Nord", "SME")], ("Partner name", "Organisation type"))
    ran = command("in", "--lot", "1")
    assert ran.code == 4
    assert "half.csv" in ran.out


def test_a_file_without_headers_named_itself_is_a_bad_file(command: Command) -> None:
    (command.folder / "shopping.csv").write_text("milk;2\neggs;12\n", "utf-8")
    command.sheet("a.csv")
    assert command("a.csv", "shopping.csv", "--lot", "1").code == 4


def test_a_folder_without_any_partner_sheet_is_exit_4(command: Command) -> None:
    (command.folder / "in").mkdir()
    ran = command("in", "--lot", "1")
    assert (ran.code, ran.out) == (4, "")
    assert ran.err == "alliance-check: The folder in holds no partner sheet.\n"
    document = command.json("in").document
    assert document["schema"] == "alliance-check/batch-v1"
    assert document["reports"][0]["error"]["code"] == "no-partner-sheet"


def test_several_paths_are_judged_in_the_order_given_each_once(command: Command) -> None:
    command.sheet("b.csv")
    command.sheet("in/a.csv")
    assert names(command, "b.csv", "in", "./b.csv", "in/a.csv", "--lot", "1") == [
        "b.csv",
        "in/a.csv",
    ]
    assert command("b.csv", "gone.csv", "--lot", "1").code == 2


def test_a_path_outside_of_the_current_folder_is_called_by_its_name(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    command.sheet("one/p.csv")
    command.sheet("one/deep/q.csv")
    (command.folder / "here").mkdir()
    monkeypatch.chdir(command.folder / "here")
    path = str(command.folder / "one" / "p.csv")
    assert command.json(path, "--lot", "1").document["input"]["file"] == "p.csv"
    assert names(command, str(command.folder / "one"), "--lot", "1") == ["deep/q.csv", "p.csv"]


def test_an_option_that_fits_no_file_is_wrong_usage_and_one_that_fits_some_a_bad_file(
    command: Command,
) -> None:
    command.sheet("in/a.csv")
    command.sheet("in/b.csv")
    assert command("in", "--lot", "stem", "--call", "2023").code == 2
    sheet = command.folder / "in" / "a.csv"
    sheet.write_text("Call;2023\n\n" + sheet.read_text("utf-8"), "utf-8")
    ran = command.json("in", "--lot", "stem")
    assert ran.code == 4
    assert [report["exit_code"] for report in ran.document["reports"]] == [4, 0]


def test_a_folder_without_a_lot_has_one_line_for_each_lot_of_each_file(command: Command) -> None:
    command.sheet("in/a.csv")
    command.sheet("in/b.csv")
    ran = command("in")
    assert ran.code == 3
    assert "2 files, every lot: 2 eligible, 2 not eligible." in ran.out
    lots = [(r["input"]["file"], r["lot"]) for r in command.json("in").document["reports"]]
    assert lots == [(f, lot) for f in ("in/a.csv", "in/b.csv") for lot in ("innovation", "skills")]
