"""How ``diff`` looks, of which files it speaks, and what it refuses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from alliance_check.reports.escaping import UNSAFE
from tests.cli_runs import EIGHT, HEADER, SEVEN, TWELVE, UKRAINIAN, Command, Row
from tests.comparing import LOT, SCHEMA, compared, edited, only, sheets
from tests.made_reports import HOSTILE
from tests.sheets import xlsx

# --- Looks -------------------------------------------------------------------------------------

TERMINAL = """\
old.csv → new.csv
Lot 1 Alliances for Education and Enterprises, call 2023: ELIGIBLE → NOT
  ELIGIBLE
  ✓ countries: met; none to spare → 1 to spare · have 5, need 4
  ✗ full partners: met → not met; none to spare → 1 missing · have 7, need 8
  ✓ labour market actors: met; 1 to spare → none to spare · have 3, need 3
  – all minima at once: met → not applicable · one minimum is not met on its own
  ✓ third countries not associated: not applicable → met · may take part, in
    addition to the minimum numbers

Partners: 1 added, 1 removed, 1 changed, 6 as before
  + Lviv Works (A2) · Ukraine (UA) · enterprise · full partner
  - Cámara del Sur (A9) · Spain (ES) · social partner or other representative of
    working life · full partner
  ~ Kraftverk AS (A6 → A7)
      country: Norway (NO) (B6) → Sweden (SE) (B7)
"""
MARKDOWN = """\
## old.csv → new.csv

**Lot 1 Alliances for Education and Enterprises, call 2023:** ELIGIBLE → NOT ELIGIBLE

| Rule | Outcome | Margin | What the sheet says now |
| --- | --- | --- | --- |
| countries | met | none to spare → 1 to spare | have 5, need 4 |
| full partners | met → not met | none to spare → 1 missing | have 7, need 8 |
| labour market actors | met | 1 to spare → none to spare | have 3, need 3 |
| all minima at once | met → not applicable |  | one minimum is not met on its own |
| third countries not associated | not applicable → met |  | may take part, in addition to the \
minimum numbers |

**Partners:** 1 added, 1 removed, 1 changed, 6 as before

|  | Partner | Cell | What the sheet says |
| --- | --- | --- | --- |
| added | Lviv Works | A2 | Ukraine (UA) · enterprise · full partner |
| removed | Cámara del Sur | A9 | Spain (ES) · social partner or other representative of \
working life · full partner |

| Partner | Field | Before | After |
| --- | --- | --- | --- |
| Kraftverk AS | country | Norway (NO) (B6) | Sweden (SE) (B7) |
"""


@pytest.mark.parametrize(("form", "expected"), [("terminal", TERMINAL), ("markdown", MARKDOWN)])
def test_a_comparison_looks_like_this(command: Command, form: str, expected: str) -> None:
    names = sheets(command, EIGHT, [UKRAINIAN, *edited(4, 1, "Sweden", SEVEN)])
    assert command("diff", *names, *LOT, "--call", "2023", "--format", form) == (0, expected, "")
    assert (
        command("diff", *names, *LOT, "--call", "2023", "--format", form, "--output", "out").out
        == ""
    )
    assert Path("out").read_text("utf-8") == expected


def test_a_doubt_that_the_verdict_carries_is_no_verdict_as_before(command: Command) -> None:
    names = sheets(command, TWELVE, [*TWELVE, UKRAINIAN])
    said = " ".join(command("diff", *names, "--lot", "skills", "--call", "2023").out.split())
    assert "ELIGIBLE → ELIGIBLE by the national agency's page; Programme Guide 2023 p. 279" in said
    third = command.sheet(
        "third.csv", [UKRAINIAN, *TWELVE, ("Zeta", "Italy", "SME", "Full partner")]
    )
    said = " ".join(command("diff", "new.csv", third, "--lot", "skills").out.split())
    assert ", as before" in said


@pytest.mark.parametrize("text", [text for text in HOSTILE if "\ud800" not in text])
def test_text_of_a_sheet_is_harmless_in_every_format(command: Command, text: str) -> None:
    hostile = (text, text, text, text)
    old, new = sheets(command, EIGHT, [*EIGHT, hostile])
    for arguments in ((old, new), (new, old)):
        for form in ("terminal", "markdown", "json"):
            ran = command("diff", *arguments, "--format", form)
            assert ran.code == 0
            assert set(UNSAFE.findall(ran.out)) <= {"\n"}
            assert not re.search(r"^\s*::", ran.out, re.MULTILINE)
        written = command("diff", *arguments, "--format", "markdown").out
        own = re.sub(r"<code>|</code>|<!-- -->", "", written)
        assert not re.search(r"[<>]|\]\(|\[/?\w", own), "escape the text as markdown_text.py does"
        compared(command, *arguments)


# --- Many, and wrong ---------------------------------------------------------------------------

MANY = ("Project", *HEADER)


def of(name: str, rows: Iterable[Row]) -> list[Row]:
    return [(name, *row) for row in rows]


def test_consortia_of_one_name_are_compared_and_the_others_named(command: Command) -> None:
    old = [*of("P1", EIGHT), *of("P2", EIGHT)]
    new = [*of("P3", EIGHT), *of("P1", SEVEN)]
    names = sheets(command, old, new, MANY)
    document = compared(command, *names, "--by", "Project", *LOT)
    assert (document["consortia_added"], document["consortia_removed"]) == (["P3"], ["P2"])
    found = only(document)
    assert (found["name"], len(found["removed"])) == ("P1", 1)
    said = command("diff", *names, "--by", "Project", *LOT).out
    assert 'Consortia added: "P3"\n  Consortia removed: "P2"\n' in said
    assert "\nP1\n" in said
    one = command("diff", *names, "--by", "Project", "--project", "P1", *LOT)
    assert "Partners: 0 added, 1 removed" in one.out


def test_files_without_a_consortium_in_common_are_reported(command: Command) -> None:
    names = sheets(command, [*of("P1", EIGHT), *of("P2", EIGHT)], of("P3", EIGHT), MANY)
    ran = command("diff", *names, "--by", "Project")
    assert ran.code == 2
    assert ran.err == (
        'alliance-check: No consortium is in both files: OLD holds "P1", "P2"; NEW holds "P3".\n'
    )


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("gone.csv", "p.csv"), 2, "OLD 'gone.csv': there is no such file."),
        (("p.csv", "gone.csv"), 2, "NEW 'gone.csv': there is no such file."),
        (("p.csv", "."), 2, "NEW '.' is a folder; name a partner sheet."),
        (("-", "-"), 2, "Only one of OLD and NEW can be standard input."),
        (("p.csv",), 2, "Missing argument 'NEW'"),
        (("p.csv", "p.csv", "--lot", "four"), 2, '--lot "four" is not a lot'),
        (
            ("p.csv", "p.csv", "--lot", "stem", "--call", "2023"),
            2,
            "The call 2023 has no lot 'stem'",
        ),
        (("p.csv", "p.csv", "--call", "1999"), 4, "1999"),
        (("p.csv", "p.csv", "--by", "Nowhere"), 2, 'OLD p.csv: --by: there is no column "Nowhere"'),
        (("p.csv", "p.csv", "--format", "sarif"), 2, '--format "sarif" is not known; use'),
        (("p.csv", "p.csv", "--output", "p.csv"), 2, "--output 'p.csv' is an input"),
        (("p.csv", "note.csv"), 4, "NEW note.csv: There is no table of partners"),
        (("broken.xlsx", "p.csv"), 4, "OLD: broken.xlsx is damaged"),
    ],
)
def test_what_cannot_be_compared_is_one_sentence_that_names_the_file(
    command: Command, arguments: tuple[str, ...], code: int, sentence: str
) -> None:
    command.sheet("p.csv", EIGHT)
    (command.folder / "note.csv").write_text("hello\n", "utf-8")
    (command.folder / "broken.xlsx").write_bytes(xlsx([HEADER, *EIGHT])[:900])
    ran = command("diff", *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert sentence in ran.err
    assert ran.err.count("\n") == 1


def test_the_json_has_its_keys_in_the_order_of_the_schema(command: Command) -> None:
    parts = SCHEMA["$defs"]
    document = compared(command, *sheets(command, EIGHT, [UKRAINIAN, *edited(4, 1, "SE", SEVEN)]))
    found = only(document)
    for part, schema in (
        (document, SCHEMA),
        (document["old"], parts["input"]),
        (found, parts["consortium"]),
        (found["lots"][0], parts["judged"]),
        (found["lots"][0]["rules"][0], parts["rule"]),
        (found["lots"][0]["rules"][0]["after"], parts["answer"]),
        (found["added"][0], parts["partner"]),
        (found["changed"][0], parts["pair"]),
        (found["changed"][0]["fields"][0], parts["partner_change"]),
    ):
        assert list(part) == list(schema["properties"]), "data/schemas/diff-v1.schema.json"
