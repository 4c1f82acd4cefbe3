"""The page in a real browser: wide, dark, on a phone and on paper."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from alliance_check import check
from alliance_check.model.message import shown_in
from alliance_check.model.report import Report, Result
from alliance_check.text.catalogue import language
from tests.conftest import GOLDEN
from tests.format_texts import BATCH, TRAPS, written
from tests.made_reports import calls_differ, eligible, from_outside, hostile, report
from tests.with_tools.browser import Look, difference, look, program

pytestmark = pytest.mark.tools

EXAMPLES = Path(__file__).parents[2] / "data" / "examples"
REAL = Path(__file__).parents[1] / "real" / "own"
Looks = dict[tuple[str, str], Look]


def judged(path: Path, lot: str = "innovation") -> Report:
    return check(path, lot=lot)


PAGES: dict[str, Sequence[Result]] = {
    "eligible": [judged(EXAMPLES / "innovation-eligible.xlsx")],
    "not-eligible": [judged(EXAMPLES / "innovation-not-eligible.xlsx")],
    "undecided": [judged(REAL / "071_it_misspelled.csv")],
    "two-calls": [calls_differ()],
    "one-source": [from_outside()],
    "outside": [judged(REAL / "066_it_kosovo_israel.xlsx")],
    "made": [report(), eligible()],
    "hostile": [hostile("".join(TRAPS))],
    "folder": list(BATCH),
}
NORWEGIAN = "not-eligible-nb"
PAPER = "not-eligible"


@pytest.fixture(scope="module")
def looks(tmp_path_factory: pytest.TempPathFactory) -> Looks:
    folder = tmp_path_factory.mktemp("pages")
    pages = {}
    for name, results in PAGES.items():
        pages[name] = folder / f"{name}.html"
        pages[name].write_text(written("html", *results), "utf-8", newline="")
    pages[NORWEGIAN] = folder / f"{NORWEGIAN}.html"
    with shown_in(language("nb")):
        pages[NORWEGIAN].write_text(written("html", *PAGES[PAPER]), "utf-8", newline="")
    return look(pages, folder)


@pytest.mark.parametrize("name", [*PAGES, NORWEGIAN])
@pytest.mark.parametrize("way", ["wide", "dark", "phone"])
def test_a_page_asks_for_nothing_and_complains_of_nothing(
    looks: Looks, name: str, way: str
) -> None:
    found = looks[name, way]
    assert (found.requests, found.messages) == ([], [])


@pytest.mark.parametrize("name", [*PAGES, NORWEGIAN])
@pytest.mark.parametrize("way", ["wide", "dark", "phone"])
def test_axe_finds_no_violation(looks: Looks, name: str, way: str) -> None:
    assert looks[name, way].violations == []


@pytest.mark.parametrize("name", [*PAGES, NORWEGIAN])
def test_nothing_scrolls_sideways(looks: Looks, name: str) -> None:
    assert looks[name, "phone"].width == 380
    assert looks[name, "wide"].width == 1280


def test_the_page_looks_as_it_did(looks: Looks, request: pytest.FixtureRequest) -> None:
    picture, kept = looks[PAPER, "wide"].picture, GOLDEN / "page-1280.jpg"
    if request.config.getoption("--update"):
        shutil.copy(picture, kept)
    assert difference(picture, kept) < 0.002, "look at both; pytest --update keeps the new one"


def test_paper_shows_what_is_folded_on_the_screen_and_the_number_of_each_page(
    looks: Looks,
) -> None:
    paper = looks[PAPER, "wide"].paper
    ran = subprocess.run(
        [program("pdftotext"), "-layout", str(paper), "-"], capture_output=True, check=True
    )
    pages = ran.stdout.decode().split("\f")[:-1]
    assert 3 <= len(pages) <= 7
    assert "Not eligible" in pages[0]
    assert "vocational provider" in pages[0]
    assert "Minimum numbers" in pages[0]
    assert "restrictive" in "".join(pages), "the last rule of the fold"
    for number, page in enumerate(pages, 1):
        assert re.search(rf"{number}\s*/\s*{len(pages)}\s*$", page)
