"""The page to hand on, as a parser reads it; how it looks is tested in tests/with_tools."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings

from alliance_check import check
from alliance_check.model.consortium import (
    Group,
    Partner,
    Presence,
    Role,
)
from alliance_check.model.message import say, shown_in
from alliance_check.model.report import (
    Advice,
    Classification,
    Count,
    FilePlace,
    Gate,
    Margins,
    Observation,
    Report,
    Waiver,
    WhatIf,
)
from alliance_check.reports import FORMATS
from alliance_check.reports.escaping import visible
from alliance_check.reports.words import cautions, cite, minimum_findings
from alliance_check.text.catalogue import language
from tests.format_texts import BATCH, BROKEN, TEXTS, TRAPS, written
from tests.made_reports import calls_differ, cell, eligible, from_outside, hostile, report
from tests.outside_readers.html_parser import Page, read

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "data" / "examples").glob("*.xlsx"))
REAL = sorted((ROOT / "tests" / "real" / "own").glob("*.xlsx"))[::7]
KINDS = {
    "not eligible": report(),
    "eligible": eligible(),
    "eligible by one source": from_outside(),
    "two calls": calls_differ(),
}


def page(*results: Report) -> Page:
    return read(written("html", *results))


@cache
def judged(path: Path, lot: str = "innovation") -> Report:
    return check(path, lot=lot)


# --- Nothing of a sheet becomes markup, and nothing is fetched ------------------------------------


@pytest.mark.parametrize("sheet", TRAPS)
def test_a_page_shows_the_text_of_a_sheet_and_obeys_none_of_it(sheet: str) -> None:
    found, plain = page(hostile(sheet)), page(hostile("plain"))
    assert found.shape == plain.shape
    assert {a["href"] for a in found.all("a")} == {a["href"] for a in plain.all("a")}
    assert " ".join(f"reads {visible(sheet)}".split()) in found.words


@settings(max_examples=30)
@given(sheet=TEXTS)
def test_no_text_of_a_sheet_adds_an_element_or_an_attribute(sheet: str) -> None:
    assert page(hostile(sheet)).shape == page(hostile("plain")).shape


@pytest.mark.parametrize("kind", KINDS)
def test_the_policy_allows_the_style_sheet_of_the_page_and_nothing_else(kind: str) -> None:
    found = page(KINDS[kind])
    (policy,) = (meta for meta in found.all("meta") if "http-equiv" in meta)
    digest = b64encode(sha256(found.style.encode()).digest()).decode()
    assert policy["content"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r"https?:|@import|url\((?!#hatch)", found.style)
    assert not {tag for tag, _ in found.elements} & {"script", "img", "iframe", "object", "form"}
    names = {name for _, attributes in found.elements for name in attributes}
    assert not {n for n in names if n in {"style", "src", "srcset"} or n.startswith("on")}


def test_an_address_that_is_no_web_page_is_no_link() -> None:
    made = report()
    first = made.findings[0]
    source = replace(first.clause.source, url="javascript:alert(1)")
    made = replace(made, findings=(replace(first, clause=replace(first.clause, source=source)),))
    assert all(a["href"].startswith(("#", "https://")) for a in page(made).all("a"))


@pytest.mark.parametrize("results", [[one] for one in KINDS.values()] + [list(BATCH)], ids=len)
def test_every_anchor_is_there_once_and_every_link_inside_leads_somewhere(
    results: list[Report],
) -> None:
    found = read(written("html", *results))
    anchors = Counter(a["id"] for _, a in found.elements if "id" in a)
    assert set(anchors.values()) == {1}
    inside = {a["href"][1:] for a in found.all("a") if a["href"].startswith("#")}
    named = {a["aria-labelledby"] for _, a in found.elements if "aria-labelledby" in a}
    assert inside | named <= set(anchors)


# --- The page leaves nothing out ------------------------------------------------------------------


@pytest.mark.parametrize("path", [*EXAMPLES, *REAL], ids=lambda path: path.stem)
def test_a_page_holds_all_that_the_report_says(path: Path) -> None:
    made = judged(path)
    found = page(made)
    words, links = found.words, {a["href"] for a in found.all("a")}

    def shown(text: object) -> bool:
        return " ".join(visible(str(text)).split()) in words

    for finding in made.findings:
        assert shown(finding.title)
        assert shown(finding.answer.message)
        assert finding.answer.hint is None or shown(finding.answer.hint)
        assert shown(cite(finding.clause))
        assert finding.clause.source.url in links
    for _, caution in cautions(made):
        assert shown(caution.message)
    for problem in made.problems:
        assert shown(problem.message)
    for note in made.input.notes:
        assert shown(note)
    for partner in made.consortium.partners:
        assert shown(partner.name)
    if made.advice is not None:
        for repair in made.advice.repairs:
            assert all(map(shown, (*repair.sentences, *repair.notes)))


@pytest.mark.parametrize("path", [*EXAMPLES, *REAL], ids=lambda path: path.stem)
def test_the_sums_of_the_partners_are_the_counts_of_the_minima(path: Path) -> None:
    made = judged(path)
    counts = {f.rule: f.answer.count for f in minimum_findings(made)}
    found = [c.as_partner for c in made.classifications]
    total = counts["minimum-partners"]
    assert total is not None
    assert sum(one.low for one in found) == total.low
    # The upper end may hold partners from outside, where the clause leaves them open.
    assert sum(one.high for one in found) <= total.high
    names = {"labour-market": "minimum-labour-market-actors", "hei": "higher-education-partner"}
    for name, rule in names.items():
        assert sum(name in c.counts_as for c in made.classifications) == getattr(
            counts[rule], "low", None
        )


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_map_shows_as_many_countries_as_the_minimum_counts(path: Path) -> None:
    made = judged(path)
    found = page(made)
    # One tile of each kind is the sample of the legend.
    tiles = sum(len(found.having(kind)) - 1 for kind in ("member", "associated"))
    (count,) = (f.answer.count for f in minimum_findings(made) if f.rule == "minimum-countries")
    assert count is not None
    assert tiles == count.low


def test_a_bar_has_a_block_for_each_that_counts_may_count_or_is_missing() -> None:
    found = page(judged(ROOT / "data/examples/innovation-not-eligible.xlsx"))
    blocks = {
        name: len([a for a in found.all("rect") if a.get("class") == name])
        for name in ("sure", "possible", "missing")
    }
    # 4–6 of 4, 6–8 of 8, 3–4 of 3, 1–2 of 3, 1–2 of 1, 0 of 1; a sample each, and the grant.
    assert blocks == {"sure": 15 + 2, "possible": 7 + 1, "missing": 2 + 1}


def test_the_verdict_carries_the_doubt_without_which_it_must_not_be_said() -> None:
    made = from_outside()
    assert "Eligible by the national agency's page" in page(made).words
    assert "the guide lists no partner from outside (Partners!A9)" in page(made).words
    overview = read(written("html", made, eligible())).words.partition("How safe it is")[0]
    assert "Eligible by the national agency's page" in overview


def test_two_calls_that_differ_have_two_bands_and_the_verdict_of_neither() -> None:
    found = page(calls_differ())
    assert [a["class"] for a in found.having("band")] == ["band eligible", "band not-eligible"]
    assert "Call 2023 Eligible" in found.words
    assert "Call 2026 Not eligible" in found.words
    assert "this is undecided" in found.words


def test_waivers_what_ifs_and_possible_partners_are_said_below_the_verdict() -> None:
    gate = Gate(0, "undecided", waived=(Waiver("minimum-countries", "asked", by="the lead"),))
    made = replace(
        report(),
        gate=gate,
        what_if=WhatIf(("drop:Partners!A9",), report().verdict, ()),
    )
    words = page(made).words
    assert "Judged with changes that the sheet does not have: drop:Partners!A9" in words
    assert "waived by the lead: asked" in words
    assert "with all possible partners: undecided" in words


def test_a_long_list_is_complete_behind_a_fold() -> None:
    made = report()
    many = [
        Partner(row, f"Partner {row}", {"name": cell(row, 1)}, "DE", kinds=("enterprise",))
        for row in range(2, 202)
    ]
    classified = Classification("DE", Group.EU, ("labour-market",), (), Count(1, 1))
    made = replace(
        made,
        consortium=replace(made.consortium, partners=tuple(many)),
        classifications=(classified,) * len(many),
    )
    found = page(made)
    assert all(f"Partner {row} A{row}" in found.words for row in range(2, 202))
    assert "and 140 more" in found.words


def test_a_partner_who_does_not_count_is_no_number_of_the_map_and_one_who_left_is_nowhere() -> None:
    made = report()

    def partner(row: int, role: Role, presence: Presence) -> Partner:
        cells = {"name": cell(row, 1)}
        return Partner(row, f"P{row}", cells, "FR", role, presence, kinds=("enterprise",))

    people = (
        partner(2, Role.FULL_PARTNER, Presence.CONFIRMED),
        partner(3, Role.ASSOCIATED_PARTNER, Presence.CONFIRMED),
        partner(4, Role.FULL_PARTNER, Presence.POSSIBLE),
        partner(5, Role.FULL_PARTNER, Presence.DECLINED),
    )
    counts = (Count(1, 1), Count(0, 0), Count(0, 1), Count(0, 0))
    made = replace(
        made,
        consortium=replace(made.consortium, partners=people),
        classifications=tuple(Classification("FR", Group.EU, (), (), c) for c in counts),
    )
    assert "1 Member State: France 1–2+1." in page(made).words


def test_a_figure_says_how_many_may_leave() -> None:
    made = replace(eligible(), advice=Advice(Margins({}, fewest=3, example=(cell(2, 1),))))
    words = page(made).words
    assert "2may leave" in words.replace("2 may", "2may")
    assert "No partner is indispensable; 3 who leave can break a minimum" in words


def test_a_batch_has_a_row_and_a_section_for_each() -> None:
    found = read(written("html", *BATCH))
    assert found.text.count("What no sheet can show") == 2 * 3
    assert "broken.xlsx is damaged." in found.words
    assert "2 files" in found.words
    assert len([a for a in found.all("a") if a["href"].endswith("-verdict")]) == len(BATCH)


def test_a_file_that_could_not_be_judged_is_a_page_of_its_own() -> None:
    words = read(written("html", BROKEN)).words
    assert "Not judged: broken.xlsx" in words
    assert "broken.xlsx is damaged." in words


def test_a_page_is_in_the_language_of_the_block() -> None:
    with shown_in(language("nb")):
        found = page(report())
    assert found.all("html")[0]["lang"] == "nb"
    assert "Tyskland" in found.words


def test_a_batch_says_what_the_proposals_say_of_one_another() -> None:
    shared = Observation(
        "near-twins", say("the same coordinator"), (FilePlace("a.csv", cell(2, 1)),)
    )
    found = read(FORMATS["html"].render([report(), eligible()], batch=True, across=[shared]))
    assert "What the proposals share the same coordinator a.csv Partners!A2" in found.words
