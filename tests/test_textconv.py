"""``textconv``: what git shows of a workbook, asked of git itself."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from alliance_check.reports.escaping import UNSAFE
from cli.commands import textconv as command_module
from tests.cli_runs import EIGHT, HEADER, Command, Row, process, raising, text_of
from tests.hostile_small import SMALL
from tests.made_reports import HOSTILE
from tests.repositories import commit, git
from tests.sheets import xlsx

ATTRIBUTES = "*.xlsx diff=alliance-check\n"
SETTING = ("diff.alliance-check.textconv", "alliance-check textconv")
LABELS = (("Duration", "24 months"), ("Grant", "950 000"), ("", ""))
FIRST = """\
Sheet Partners, columns: name, country, type, role
Nordvik universitet · country "Norway" = NO · type "University" = hei · role "Coordinator"
"""


def book(rows: Iterable[Row] = EIGHT, *, labels: Iterable[Row] = (), header: Row = HEADER) -> bytes:
    """Return the rows as a workbook."""
    return xlsx([*labels, header, *rows])


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository of one workbook that git shows by way of this program."""
    (tmp_path / ".gitattributes").write_text(ATTRIBUTES, "utf-8")
    (tmp_path / "partners.xlsx").write_bytes(book(labels=LABELS))
    commit(tmp_path)
    git(tmp_path, "config", *SETTING)
    return tmp_path


def shown(folder: Path, *arguments: str) -> list[str]:
    """Return the lines that git shows as removed or added."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "GIT_CONFIG_GLOBAL": os.devnull}
    ran = subprocess.run(
        ["git", "--no-pager", *arguments],  # noqa: S607
        cwd=folder,
        env=env,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert (ran.returncode, ran.stderr) == (0, ""), "git stops a diff whose textconv fails"
    assert "Binary files" not in ran.stdout
    marked = (line for line in ran.stdout.splitlines() if line[:1] in {"+", "-"})
    return [line for line in marked if not line.startswith(("+++", "---"))]


def saved(folder: Path, content: bytes) -> None:
    """Put another version of the workbook into the repository."""
    (folder / "partners.xlsx").write_bytes(content)
    git(folder, "commit", "--quiet", "--all", "--message", "changed")


# --- In git's hands ----------------------------------------------------------------------------


def test_git_shows_what_changed_in_a_workbook_and_nothing_else(repository: Path) -> None:
    new = ("Politechnika", "Poland", "University", "Full partner")
    rows = [*EIGHT[:2], new, *EIGHT[2:4], ("Kraftverk AS", "Sweeden", *EIGHT[4][2:]), *EIGHT[5:7]]
    saved(repository, book(rows, labels=[("Duration", "36 months"), *LABELS[1:]]))
    expected = [
        '+Politechnika · country "Poland" = PL · type "University" = hei · role "Full partner"',
        '-Kraftverk AS · country "Norway" = NO · type "SME" = enterprise · role "Full partner"',
        '+Kraftverk AS · country "Sweeden" unread · type "SME" = enterprise · role "Full partner"',
        (
            '-Cámara del Sur · country "Spain" = ES · type "Chamber of commerce" = working-life'
            ' · role "Full partner"'
        ),
        '-Project duration "24 months" = 24',
        '+Project duration "36 months" = 36',
    ]
    assert shown(repository, "diff", "HEAD~1", "HEAD") == expected
    assert shown(repository, "log", "-p", "-1", "--format=") == expected


def test_git_shows_the_same_of_a_file_in_the_working_tree(repository: Path) -> None:
    rows = [("Nordvik University", *EIGHT[0][1:]), *EIGHT[1:]]
    (repository / "partners.xlsx").write_bytes(book(rows, labels=LABELS))
    assert [line.partition(" · ")[0] for line in shown(repository, "diff")] == [
        "-Nordvik universitet",
        "+Nordvik University",
    ]
    git(repository, "add", "--all")
    assert len(shown(repository, "diff", "--cached")) == 2


def test_a_new_and_a_deleted_workbook_are_shown_whole(repository: Path) -> None:
    git(repository, "rm", "--quiet", "partners.xlsx")
    gone = shown(repository, "diff", "--cached")
    assert len(gone) == 1 + len(EIGHT) + 2
    assert gone[1].startswith("-Nordvik universitet · ")
    git(repository, "commit", "--quiet", "--message", "gone")
    assert shown(repository, "diff", "HEAD", "HEAD~1") == ["+" + line[1:] for line in gone]


def test_a_row_that_is_inserted_and_a_header_that_moves_down_change_no_other_line(
    repository: Path,
) -> None:
    saved(repository, book(labels=[("Partners of our alliance", ""), ("", ""), *LABELS]))
    assert shown(repository, "diff", "HEAD~1", "HEAD")[-1].startswith("+Other cells: 1, ")
    assert len(shown(repository, "diff", "HEAD~1", "HEAD")) == 1


def test_a_change_of_a_cell_that_has_no_line_still_shows(repository: Path) -> None:
    notes = [[*row, "by phone"] for row in EIGHT]
    saved(repository, book([tuple(row) for row in notes], labels=LABELS, header=(*HEADER, "Phone")))
    before = shown(repository, "diff", "HEAD~1", "HEAD")
    assert [line.partition(",")[0] for line in before] == ["+Other cells: 9"]
    notes[3][-1] = "by letter"
    saved(repository, book([tuple(row) for row in notes], labels=LABELS, header=(*HEADER, "Phone")))
    assert [line[:16] for line in shown(repository, "diff", "HEAD~1", "HEAD")] == [
        "-Other cells: 9,",
        "+Other cells: 9,",
    ]


def test_versions_that_cannot_be_read_do_not_stop_git_and_differ_in_their_fingerprints(
    repository: Path,
) -> None:
    gone, reasons = "-Nordvik universitet", list[str]()
    for content in (b"", b"PK\x03\x04 cut off", book()[:2000]):
        saved(repository, content)
        lines = shown(repository, "diff", "HEAD~1", "HEAD")
        assert any(line.startswith(gone) for line in lines), content
        assert lines[-1].startswith("+Fingerprint: "), content
        gone = "-" + lines[-1][1:]
        reasons += [line for line in lines if line.startswith("+Not read: file.xlsx is ")]
    assert len(reasons) == 2, "the second version and the third are damaged alike"


def test_own_words_of_the_repository_hold_for_every_version_and_from_every_folder(
    repository: Path,
) -> None:
    (repository / "alliance-check.toml").write_text('[types]\n"Huis" = "enterprise"\n', "utf-8")
    rows = [("Huis BV", "Netherlands", "Huis", "Full partner"), *EIGHT[1:]]
    saved(repository, book(rows, labels=LABELS))
    (repository / "below").mkdir()
    for folder in (repository, repository / "below"):
        lines = shown(folder, "diff", "HEAD~1", "HEAD", "--", ":/partners.xlsx")
        assert (
            '+Huis BV · country "Netherlands" = NL · type "Huis" = enterprise · ' in lines[1] + " "
        )


# --- The text ----------------------------------------------------------------------------------


TEXT = """\
Sheet Partners, columns: name, country, type, role, status, PIC, EU contribution
Nordvik universitet · country "Norway" = NO · type "University" = hei · role "Coordinator" \
· status "confirmed" · PIC "999984059" · EU contribution "100 000" = 100000.00
TBD · country "France" = FR · type "xqq" unread · role "Partner" = full-partner \
· status = possible · EU contribution "much" unread
(no name) · country "Germany" = DE · type "NGO" · role "AP" = associated-partner \
· status "reserve" = possible · PIC "n/a"
Project lot "Lot 1" = innovation
Project grant = at least 100000.00
"""


def test_the_text_says_how_each_cell_stands_and_how_it_is_read(command: Command) -> None:
    header = (*HEADER, "Status", "PIC", "EU contribution")
    rows = [
        (*EIGHT[0], "confirmed", "999984059", "100 000"),
        ("TBD", "France", "xqq", "Partner", "", "", "much"),
        ("", "Germany", "NGO", "AP", "reserve", "n/a", ""),
    ]
    (command.folder / "p.xlsx").write_bytes(book(rows, header=header, labels=[("Lot", "Lot 1")]))
    assert command("textconv", "p.xlsx") == (0, TEXT, "")


def test_the_text_hangs_on_the_bytes_alone(command: Command) -> None:
    for name in ("a.xlsx", "below/other name.xlsx"):
        (command.folder / name).parent.mkdir(exist_ok=True)
        (command.folder / name).write_bytes(book())
    first = command("textconv", "a.xlsx")
    assert first.out.startswith(FIRST)
    assert command("textconv", "below/other name.xlsx") == first
    for name in ("a.xlsx", "below/other name.xlsx"):
        (command.folder / name).write_bytes(b"PK\x03\x04")
    assert command("textconv", "a.xlsx") == command("textconv", "below/other name.xlsx")


def test_the_text_is_utf8_whatever_the_locale_says(tmp_path: Path) -> None:
    (tmp_path / "p.xlsx").write_bytes(book())
    ran = process("textconv", "p.xlsx", folder=tmp_path, PYTHONIOENCODING="cp1252")
    assert "Cámara del Sur · " in ran.stdout.decode("utf-8")
    piped = process("textconv", "-", folder=tmp_path, given=book(), PYTHONIOENCODING="ascii")
    assert (piped.returncode, piped.stdout) == (0, ran.stdout)


def test_a_workbook_without_partners_is_shown_row_by_row(command: Command) -> None:
    (command.folder / "b.xlsx").write_bytes(xlsx([("Item", "Cost"), ("Travel", 1200), ("", "")]))
    lines = command("textconv", "b.xlsx").out.splitlines()
    assert lines[0].startswith("There is no table of partners: ")
    assert lines[1:] == ["Sheet Partners", "Item · Cost", "Travel · 1200"]


def test_each_consortium_of_many_is_shown_below_its_name(command: Command) -> None:
    path = Path(__file__).parent / "files" / "results-export.xlsx"
    lines = command("textconv", str(path)).out.splitlines()
    heads = [line.partition(",")[0] for line in lines if line.startswith("Consortium ")]
    assert heads == [f"Consortium 10110000{n}-ERASMUS-EDU-2023-PI-ALL-INNO" for n in (1, 2)]
    assert lines[-1].startswith("All cells: fingerprint ")


@pytest.mark.parametrize("text", [text for text in HOSTILE if "\ud800" not in text])
def test_text_of_a_sheet_stays_on_its_line_and_drives_no_terminal(
    command: Command, text: str
) -> None:
    command.sheet("p.csv", [*EIGHT, (text, text, text, text)])
    ran = command("textconv", "p.csv")
    assert (ran.code, len(ran.out.splitlines())) == (0, 10)
    assert set(UNSAFE.findall(ran.out)) == {"\n"}


# --- What goes wrong ---------------------------------------------------------------------------


def test_a_missing_file_is_wrong_usage_and_a_folder_is_not_read(command: Command) -> None:
    ran = command("textconv", "gone.xlsx")
    assert (ran.code, ran.out) == (2, "")
    assert "FILE 'gone.xlsx': there is no such file." in ran.err
    (command.folder / "folder.xlsx").mkdir()
    ran = command("textconv", "folder.xlsx")
    assert (ran.code, ran.out) == (0, "Not read: file.xlsx cannot be read: is a directory.\n")


def test_a_configuration_that_means_nothing_does_not_stop_git(command: Command) -> None:
    (command.folder / "alliance-check.toml").write_text("lot = 7\n", "utf-8")
    command.sheet("p.csv")
    ran = command("textconv", "p.csv")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Not read: ")
    assert len(ran.out.splitlines()) == 1


@pytest.mark.parametrize("name", SMALL)
def test_no_hostile_file_stops_git(command: Command, name: str) -> None:
    made, _ = SMALL[name]
    path = command.folder / Path(name).name
    path.write_bytes(made if isinstance(made, bytes) else made())
    ran = command("textconv", path.name)
    assert (ran.code, ran.err) == (0, "")
    assert len(ran.out.splitlines()) > 1


def test_a_fault_of_the_program_is_one_of_its_own(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command_module, "content_lines", raising(ZeroDivisionError()))
    (command.folder / "p.csv").write_text(text_of(), "utf-8")
    ran = command("textconv", "p.csv")
    assert (ran.code, ran.out) == (70, "")
