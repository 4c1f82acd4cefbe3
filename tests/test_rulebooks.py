"""Every rulebook is complete, sourced, and says in words the numbers that it uses."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from alliance_check.model.call import Clause
from alliance_check.model.errors import BrokenRulebook, UnknownCall, WrongUsage
from alliance_check.rulebook import calls, find_lot, load_call, lot_id, newest, parse_call
from alliance_check.rules import RULES
from tests.rulebook_changes import (
    cases_of_lot,
    cases_with,
    is_noticed,
    of_clause,
    of_countries,
    of_regions,
)

ROOT = Path(__file__).parent.parent
CLAUSES = [
    (f"{call} {lot.id} {clause.id}", clause)
    for call in calls()
    for lot in load_call(call).lots.values()
    for clause in lot.clauses.values()
]
NAMES = [name for name, _ in CLAUSES]
CONFIDENCE = {"official text read", "secondary", "carried over", "interpretation"}


def numbers(value: Any) -> Iterator[int]:
    """Yield every number of a clause's value; of a table keyed by months the months too."""
    if isinstance(value, bool):
        return
    if isinstance(value, int):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from numbers(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key.isdigit():
                yield int(key)
            if key != "regions":
                yield from numbers(item)


@pytest.mark.parametrize(("name", "clause"), CLAUSES, ids=NAMES)
def test_a_clause_says_its_numbers_in_words(name: str, clause: Clause) -> None:
    said = f"{clause.says} {clause.interpretation or ''}"
    for number in numbers(clause.value):
        spelt = f"{number:,}".replace(",", " ")
        assert re.search(rf"(?<![0-9]){spelt}(?![0-9])", said), (
            f"{name}: the value {number} does not stand in `says`; write the clause in our own "
            "words with its number, so that a reader can compare it with the guide"
        )


@pytest.mark.parametrize(("name", "clause"), CLAUSES, ids=NAMES)
def test_a_clause_names_its_source(name: str, clause: Clause) -> None:
    assert clause.page, f"{name}: give the page"
    assert clause.wording, f"{name}: give the wording, must or should"
    assert clause.confidence in CONFIDENCE, f"{name}: confidence is one of {sorted(CONFIDENCE)}"
    assert clause.source.url.startswith("https://"), f"{name}: give the publisher's own address"
    assert clause.value is None or clause.unknown is None, f"{name}: known or unknown, not both"


@pytest.mark.parametrize("call", calls())
def test_every_clause_belongs_to_a_rule(call: str) -> None:
    ids = {rule.ID for rule in RULES}
    for lot in load_call(call).lots.values():
        assert set(lot.clauses) <= ids, f"{call} {lot.id}: a clause without a rule"


@pytest.mark.parametrize("call", calls())
def test_lots_leave_out_only_what_belongs_to_the_blueprint(call: str) -> None:
    blueprint = {"pact-for-skills", "industrial-ecosystem"}
    for lot in load_call(call).lots.values():
        missing = {rule.ID for rule in RULES} - set(lot.clauses)
        assert missing <= blueprint, f"{call} {lot.id}: write clauses for {sorted(missing)}"


@pytest.mark.parametrize("call", calls())
def test_the_countries_of_a_call_do_not_overlap(call: str) -> None:
    book = load_call(call)
    assert len(book.member_states) == 27
    assert book.associated == {"IS", "LI", "MK", "NO", "RS", "TR"}
    assert not book.member_states & book.associated
    assert not (book.member_states | book.associated) & set(book.regions)
    assert not set(book.territories) & (book.member_states | book.associated | set(book.regions))
    assert book.excluded <= set(book.regions)
    assert set(book.regions.values()) == set(range(1, 15))


@pytest.mark.parametrize(
    ("code", "state"),
    [("RE", "FR"), ("NC", "FR"), ("GL", "DK"), ("CW", "NL"), ("AX", "FI"), ("SJ", "NO")],
)
def test_territories_count_as_their_state(code: str, state: str) -> None:
    for call in calls():
        assert load_call(call).state(code) == state
        assert load_call(call).counts(code)


def test_the_faroe_islands_are_not_denmark() -> None:
    assert load_call("2023").state("FO") == "FO"
    assert not load_call("2023").counts("FO")


def test_a_call_without_a_rulebook_names_those_there_are() -> None:
    with pytest.raises(UnknownCall, match="There are rulebooks for 2023, 2026"):
        load_call("2022")


def test_a_future_call_points_to_the_newest_rulebook() -> None:
    with pytest.raises(UnknownCall, match="--call 2026"):
        load_call("2027")


def test_latest_is_the_newest_rulebook() -> None:
    assert load_call("latest") is load_call(newest())


def test_a_lot_that_the_call_does_not_have_is_refused() -> None:
    with pytest.raises(WrongUsage, match="innovation, skills"):
        find_lot(load_call("2023"), "stem")


def test_a_rulebook_that_lacks_a_part_is_refused() -> None:
    content = tomllib.loads((ROOT / "data/calls/2023.toml").read_text("utf-8"))
    del content["lots"]["innovation"]["clauses"]["duration"]["page"]
    with pytest.raises(BrokenRulebook, match="lacks 'page'"):
        parse_call("2023", content)


def test_a_rulebook_that_is_laid_out_otherwise_is_refused() -> None:
    content = tomllib.loads((ROOT / "data/calls/2023.toml").read_text("utf-8"))
    content["sources"]["guide"]["pages"] = 442
    with pytest.raises(BrokenRulebook, match="not laid out"):
        parse_call("2023", content)


@pytest.mark.parametrize(
    ("text", "lot"),
    [
        ("Innovation", "innovation"),
        ("LOT 1", "innovation"),
        ("Alliances for Education and Enterprises", "innovation"),
        ("sectoral", "skills"),
        ("3", "stem"),
        ("Lot 2 – Alliances for Sectoral Cooperation on Skills (Blueprint)", "skills"),
        ("Lot 3: STEM Skills Foundries", "stem"),
        ("Lot 1: Blueprint", None),
        ("lot 4", None),
        ("innovations", None),
        ("", None),
    ],
)
def test_a_lot_is_known_by_any_of_its_names(text: str, lot: str | None) -> None:
    assert lot_id(text) == lot


@pytest.mark.parametrize(
    ("call", "lot", "rule"),
    [
        (call, lot, rule)
        for call in calls()
        for lot, book in load_call(call).lots.items()
        for rule in book.clauses
    ],
)
def test_a_case_notices_every_change_of_a_clause(call: str, lot: str, rule: str) -> None:
    there = cases_of_lot(call, lot, rule)
    for change in of_clause(call, lot, rule):
        assert any(is_noticed(change, case) for case in there), (
            f"{call} {lot} {rule}: with {change.what} every case still gets what it expects; "
            f"write a case in tests/cases/{rule}.toml that this value decides"
        )


@pytest.mark.parametrize("call", calls())
@pytest.mark.parametrize(
    "group", ["member-states", "associated", "excluded", "territories", "regions"]
)
def test_a_case_notices_every_country_that_is_moved_out(call: str, group: str) -> None:
    for code, change in of_countries(call, group):
        assert any(is_noticed(change, case) for case in cases_with(call, code)), (
            f"{call} countries {group}: {change.what} every case still gets what it expects; "
            "write a case in tests/cases/ (minimum-countries.toml or excluded-countries.toml) "
            f"with a partner from {code}"
        )


@pytest.mark.parametrize("call", calls())
def test_a_case_notices_every_country_that_is_moved_to_a_region_with_other_rights(
    call: str,
) -> None:
    for code, change in of_regions(call):
        assert any(is_noticed(change, case) for case in cases_with(call, code)), (
            f"{call} countries regions: with {change.what} every case still gets what it expects; "
            f"write a case in tests/cases/non-associated-countries.toml with a partner from {code}"
        )
