"""What README.md and docs/ show is what the program does; ``pytest --update`` rewrites blocks."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from alliance_check.advice.changes import TO_CELLS, TO_PROJECT, read_change
from alliance_check.rulebook import calls, load_call
from alliance_check.rules import RULES
from alliance_check.text.tables import written_phrases
from cli.app import main
from cli.files.style import formats
from tests.cli_runs import EIGHT, HEADER, write
from tests.pages import PAGES, README, ROOT, page_of, shown_commands, snippet

PROGRAM = shutil.which("alliance-check", path=Path(sys.executable).parent) or "alliance-check"


def output(*arguments: str, folder: Path = ROOT) -> str:
    """Return what the installed program prints, in 80 columns and without colour."""
    env = {"PATH": os.environ["PATH"], "COLUMNS": "80", "NO_COLOR": "1", "PYTHONUTF8": "1"}
    ran = subprocess.run(
        [PROGRAM, *arguments],
        cwd=folder,
        env=env,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert not ran.stderr, ran.stderr
    return ran.stdout


def example() -> str:
    shown = output("data/examples/innovation-not-eligible.xlsx", "--lot", "innovation")
    return indented(shown)


def lines_about(kind: str, configuration: str = "") -> str:
    """Return the lines of one kind on eight partners of whom the last has a text beside it."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        rows = [*((*row, "") for row in EIGHT[:-1]), (*EIGHT[-1], "ask Anna")]
        write(folder / "partners.csv", rows, (*HEADER, "Notes"))
        (folder / "alliance-check.toml").write_text(configuration, "utf-8")
        out = output(
            *("partners.csv", "--lot", "innovation", "--call", "2026", "--format", "concise"),
            folder=folder,
        )
    return indented("\n".join(line for line in out.splitlines() if f" {kind} " in line))


def open_text() -> str:
    return lines_about("open-text")


def settings() -> str:
    return "\n".join(lines_about(kind, snippet("texts")) for kind in ("setting", "idle-setting"))


def usage() -> str:
    return indented(output("--help"))


def indented(text: str) -> str:
    lines = [line.rstrip() for line in text.strip("\n").split("\n")]
    return "\n".join(f"    {line}" if line else "" for line in lines)


def rules() -> str:
    return "\n".join(_rule_lines())


def _rule_lines() -> Iterator[str]:
    lots = [(call, lot) for call in calls() for lot in load_call(call).lots.values()]
    names = [f"{call} lot {lot.number}" for call, lot in lots]
    yield f"| rule | {' | '.join(names)} |"
    yield "|---|" + "---|" * len(names)
    for rule in RULES:
        pages = [
            _place(lot.clauses[rule.ID].page) if rule.ID in lot.clauses else "–" for _, lot in lots
        ]
        first = (rule.__doc__ or "").partition("\n")[0]
        yield f"| `{rule.ID}`: {first} | {' | '.join(pages)} |"


def _place(page: str) -> str:
    """Return where a clause stands: on a page, or in a section of a document without pages."""
    return f"p. {page}" if page[:1].isdigit() else f"section {page!r}"


def every_format() -> str:
    rows = ["| format | file | what it is | what to change | what-if |", "|---|---|---|---|---|"]
    for name, form in formats().items():
        home = f"alliance_check.reports.{form.module}" if form.module else "cli.terminal.report"
        purpose = (import_module(home).__doc__ or "").partition("\n")[0]
        shown = " | ".join("yes" if fact else "" for fact in (form.advice, form.what_if))
        rows.append(f"| `{name}` | `report.{form.suffix}` | {purpose} | {shown} |")
    return "\n".join(rows)


LANGUAGES = {
    "en": "English",
    "no": "Norwegian",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "pt": "Portuguese",
    "nl": "Dutch",
    "pl": "Polish",
    "ro": "Romanian",
    "el": "Greek",
    "sv": "Swedish",
    "da": "Danish",
    "fi": "Finnish",
}


def languages() -> str:
    types = Counter(
        language
        for line in (ROOT / "data/organisation-types.csv").read_text("utf-8").splitlines()[1:]
        for language in line.split(";")[2].split()
    )
    headers: Counter[str] = Counter()
    for _, language, phrases in written_phrases("columns.csv"):
        headers[language] += len(phrases)
    rows = [f"| {name} | {types[code]} | {headers[code]} |" for code, name in LANGUAGES.items()]
    return "\n".join(["| language | types | headers |", "|---|---|---|", *rows])


def test_each_language_has_forty_phrases_for_types() -> None:
    counts = [int(row.split("|")[2]) for row in languages().splitlines()[2:]]
    assert min(counts) >= 40, "add phrases to data/organisation-types.csv"


LONGEST = 200
"""Lines of the README."""
COMMANDS_OF_A_CLONE = ("set-up-command", "test-command")
SNIPPETS = (
    "check",
    "check_frame",
    "check_partitions",
    "configuration",
    "github",
    "github-cache",
    "gitlab",
    "pre-commit",
    "spark",
    "texts",
    "words",
)
"""What other tests run or read: a use from Python, a configuration, a workflow."""
BLOCKS: dict[str, Callable[[], str]] = {
    "example": example,
    "formats": every_format,
    "help": usage,
    "languages": languages,
    "open-text": open_text,
    "settings": settings,
    "rules": rules,
}


@pytest.mark.parametrize("block", BLOCKS)
def test_a_page_shows_what_the_program_does(block: str, request: pytest.FixtureRequest) -> None:
    page, shown = page_of(block)
    expected = f"{BLOCKS[block]()}\n"
    if request.config.getoption("--update"):
        page.write_text(page.read_text("utf-8").replace(shown, expected), "utf-8")
        return
    assert shown == expected, f"the block {block} is old; pytest tests/test_readme.py --update"


def test_every_block_is_compared_or_run_by_a_test() -> None:
    texts = [page.read_text("utf-8") for page in PAGES]
    found = {name for text in texts for name in re.findall(r"<!-- (?!end)(.+) -->", text)}
    snippets = {f"snippet {name}" for name in SNIPPETS}
    assert found == {*BLOCKS, *snippets, *COMMANDS_OF_A_CLONE}


@pytest.mark.parametrize("name", COMMANDS_OF_A_CLONE)
def test_the_commands_of_a_clone_are_one_line_each(name: str) -> None:
    page, shown = page_of(name)
    assert page == README
    assert re.fullmatch("    .+\n", shown), f"one command between <!-- {name} --> and <!-- end -->"


def test_the_readme_is_short() -> None:
    assert len(README.read_text("utf-8").splitlines()) <= LONGEST, "move the rest to docs/"


def test_every_link_leads_somewhere() -> None:
    reached = {README}
    for page in (*PAGES, ROOT / "CONTRIBUTING.md"):
        for link in re.findall(r"\]\((?!https?:)([^)]+)\)", page.read_text("utf-8")):
            path, _, anchor = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            assert target.is_file(), f"{page.name} links to {link}"
            assert not anchor or anchor in anchors(target), f"{page.name} links to {link}"
            if page == README:
                reached.add(target)
    assert reached >= set(PAGES), "README.md leads to every page"


def anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub and GitLab give the headings of a page."""
    heads = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head).strip().lower().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("shown", shown_commands())
def test_every_command_that_a_page_shows_has_its_options(shown: str) -> None:
    assert main([*shlex.split(shown, comments=True)[1:], "--help"]) == 0


def test_the_changes_that_a_page_shows_are_those_that_there_are() -> None:
    text = (ROOT / "docs" / "answer.md").read_text("utf-8")
    table = text.partition("| change | meaning |")[2].partition("\n\n")[0]
    changes = [read_change(shown) for shown in re.findall("`([a-z]+[:=][^`]+)`", table)]
    assert {change.verb for change in changes} == {*TO_CELLS, *TO_PROJECT, "drop", "add", "confirm"}
