"""The sources of the page in the browser, as they stand in data/page."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from alliance_check.page.words import LANGUAGES, WORDS, words_in
from data.making.page import EXAMPLE, LOCK, PAGE, build, fetched, first_page, integrity
from tests.cli_runs import ROOT

SOURCES = {path.name: path.read_text("utf-8") for path in PAGE.iterdir()}
FIRST = SOURCES["index.html"]


class Tags(HTMLParser):
    """Every start tag with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


TAGS = Tags(FIRST).found


def test_every_word_of_the_page_is_asked_for_and_there() -> None:
    asked = {attributes["data-say"] for _, attributes in TAGS if "data-say" in attributes}
    script = SOURCES["page.js"] + SOURCES["worker.js"]
    asked |= set(re.findall(r'\b(?:say|report)\(\s*"([\w-]+)"', script))
    asked |= set(re.findall(r'stage: "(\w+)"', script))
    asked |= set(re.findall(r'let status = \["(\w+)"', script))
    verbs = {word for _, a in TAGS if "data-for" in a for word in a["data-for"].split()}
    asked |= {f"{kind}-{verb}" for kind in ("verb", "change") for verb in verbs}
    asked |= {"yes", "no"}
    assert asked == set(WORDS)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_list_of_the_page_has_words(code: str) -> None:
    found = words_in(code)
    assert [len(found["lots"]), len(found["calls"])] == [3, 2]
    for name in ("country", "kind", "role", "counts-as"):
        values = [value for value, _ in found[name]]
        assert len(values) == len(set(values)) > 3
        assert all(label for _, label in found[name])


def test_the_policy_allows_the_page_its_own_files_and_nothing_else() -> None:
    (policy,) = (a["content"] for tag, a in TAGS if a.get("http-equiv"))
    allowed = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert allowed == {
        "default-src": "'none'",
        "script-src": "'self' 'wasm-unsafe-eval'",
        "worker-src": "'self' blob:",
        "connect-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_nothing_on_the_page_stands_in_its_markup_but_markup() -> None:
    for tag, attributes in TAGS:
        assert tag != "style"
        assert tag != "script" or set(attributes) == {"type", "src"}
        assert not [name for name in attributes if name == "style" or name.startswith("on")]


@pytest.mark.parametrize("name", [name for name in SOURCES if not name.endswith((".json", ".svg"))])
def test_no_source_names_an_address_elsewhere(name: str) -> None:
    assert not re.findall(r"""(?:https?:)?//[\w.-]+\.\w+""", SOURCES[name])


def test_every_element_that_a_script_looks_for_is_on_the_page() -> None:
    ids = [a["id"].removeprefix("page-") for _, a in TAGS if "id" in a]
    assert len(ids) == len(set(ids))
    assert all(a["id"].startswith("page-") for _, a in TAGS if "id" in a), "others are the report's"
    looked_for = re.findall(r'(?<!\w)(?:\$|offer)\("([\w-]+)"', SOURCES["page.js"])
    assert set(looked_for) <= set(ids)


def test_the_first_page_can_be_read_before_its_scripts_run() -> None:
    filled = first_page(FIRST, "abc")
    assert '<h1 data-say="title">Is this consortium eligible?</h1>' in filled
    assert "Nothing is uploaded" in filled
    assert 'src="abc/page.js"' in filled
    assert "BUILD" not in filled


def test_the_lock_names_each_package_with_its_version_and_hash() -> None:
    lock = json.loads(LOCK.read_text("utf-8"))
    installed = (ROOT / "tests" / "constraints.txt").read_text("utf-8").lower().splitlines()
    for name, entry in lock.items():
        assert entry["version"] in entry["file"]
        assert re.fullmatch(r"sha512-[A-Za-z0-9+/]{86}==", entry["integrity"])
        if entry["from"] == "PyPI":
            pins = {f"{n}=={entry['version']}" for n in (name, name.replace("-", "_"))}
            assert pins & set(installed), "the page and the tests use the same version"
    assert (ROOT / "data" / "examples" / EXAMPLE).exists()


def test_a_hash_is_written_as_npm_writes_it() -> None:
    # The hash of nothing at all, as every implementation of SHA-512 has it.
    assert integrity(b"").startswith("sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XY")


def test_a_package_that_is_not_the_one_of_the_lock_is_refused_and_thrown_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.making.page.KEPT", tmp_path)
    entry = {"from": "npm", "version": "1.0", "file": "x-1.0.tgz", "integrity": integrity(b"x")}
    kept = tmp_path / "x-1.0.tgz"
    kept.write_bytes(b"x")
    assert fetched("x", entry) == kept
    kept.write_bytes(b"y")
    with pytest.raises(SystemExit, match=r"x 1\.0 is not what lock\.json says"):
        fetched("x", entry)
    assert not kept.exists()


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", "utf-8")
    with pytest.raises(SystemExit, match="holds something else"):
        build(tmp_path)
    assert (tmp_path / "thesis.txt").read_text("utf-8") == "mine"


WITHOUT = """
import json, sys
for name in ("typer", "rich", "pandas", "numpy", "openpyxl", "pycountry", "babel"):
    sys.modules[name] = None
from pathlib import Path
from alliance_check.page.answer import answer, questions
from alliance_check.page.files import report_file
content = Path(sys.argv[1]).read_bytes()
sheets = [{"name": "a.xlsx", "size": len(content), "content": content}]
for request in ({}, {"lot": "innovation", "changes": ["add:PL:vet"], "lang": "nb"}):
    answer(json.dumps(request), sheets)
    questions(json.dumps(request), sheets)
    for form in ("html", "json"):
        report_file(form, json.dumps(request), sheets)
print("judged")
"""


def test_an_answer_needs_the_standard_library_only() -> None:
    given = ROOT / "data" / "examples" / EXAMPLE
    command = [sys.executable, "-c", WITHOUT, str(given)]
    ran = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    assert ran.stdout == "judged\n"
