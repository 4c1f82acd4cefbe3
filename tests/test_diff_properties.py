"""What holds of every comparison, for sheets that nobody would think of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random

from hypothesis import example, given
from hypothesis import strategies as st

from alliance_check.compare.statements import Statements
from alliance_check.compare.two_sheets import Comparison, compare, rule_changes
from alliance_check.pipeline import Checked, Options, checked_file
from tests.cli_runs import HEADER, TWELVE, text_of
from tests.measured import calls

COLUMNS = (*HEADER, "PIC", "OID", "Status", "EU contribution")
OPTIONS = Options(lot="innovation", advice=False)
MARKER = ("Marker", "Norway", "University", "Coordinator", "", "", "confirmed", "1")
ENTERPRISE = ("Norway", "SME", "Full partner", "999984059", "", "confirmed", "")

Row = tuple[str, ...]

CELLS = (
    ("Alpha", "ALPHA", "Beta", "Gamma", "TBD", "N.N.", "?", ""),
    ("Norway", "Norge", "Germany", "Germny", "Ukraine", "Russia"),
    ("University", "HEI", "SME", "VET provider", "xqq", ""),
    ("Full partner", "Partner", "Associated partner", "qxx"),
    ("", "", "999984059", "999 984 059", "999997833", "x"),
    ("", "", "E10000001", "e10000001", "E10000002"),
    ("confirmed", "reserve", "declined", "hmm"),
    ("", "100000", "100 000", "50000", "much"),
)
ROWS = st.lists(st.tuples(*map(st.sampled_from, CELLS)), max_size=7)


def checked(rows: Sequence[Row]) -> tuple[Checked, ...]:
    """Return what a sheet of these rows says, below one row that makes it a table of partners."""
    return checked_file(text_of([MARKER, *rows], COLUMNS).encode(), "p.csv", OPTIONS)


def comparison(old: Sequence[Row], new: Sequence[Row]) -> Comparison:
    """Return what became of the one consortium."""
    (found,) = compare(checked(old), checked(new)).comparisons
    return found


def places(partners: Sequence[Statements]) -> list[str]:
    return [partner["name"].place for partner in partners]


@given(ROWS, ROWS)
@example([("TBD", *ENTERPRISE)] * 3, [])
@example([("Alpha", *ENTERPRISE)] * 2, [("Alpha", *ENTERPRISE), ("", *ENTERPRISE)] * 2)
def test_each_partner_is_added_or_removed_or_matched_and_only_once(
    old: list[Row], new: list[Row]
) -> None:
    found = comparison(old, new)
    before = [*places(found.removed), *places([pair.before for pair in found.pairs])]
    after = [*places(found.added), *places([pair.after for pair in found.pairs])]
    for sides, rows in ((before, old), (after, new)):
        there = checked(rows)[0].report.consortium.partners
        assert Counter(sides) == Counter(str(p.cells["name"]) for p in there), (
            "matched() in alliance_check/comparison.py lost or doubled a partner: removed and "
            "pairs make up the old sheet, added and pairs the new one"
        )


@given(ROWS)
def test_a_sheet_and_itself_say_the_same(rows: list[Row]) -> None:
    assert compare(checked(rows), checked(rows)).same


@given(ROWS, st.randoms(use_true_random=False))
def test_in_another_order_nobody_is_added_removed_or_changed(
    rows: list[Row], chance: Random
) -> None:
    moved = list(rows)
    chance.shuffle(moved)
    found = comparison(rows, moved)
    assert (found.added, found.removed, found.changed) == ((), (), ())


@given(ROWS, ROWS)
def test_seen_from_the_other_side_added_is_removed(old: list[Row], new: list[Row]) -> None:
    there, back = comparison(old, new), comparison(new, old)
    assert places(there.added) == places(back.removed)
    assert places(there.removed) == places(back.added)
    changes = Counter((c.field, c.before, c.after) for p in there.pairs for c in p.changes)
    assert changes == Counter((c.field, c.after, c.before) for p in back.pairs for c in p.changes)


@given(ROWS, ROWS)
def test_the_rules_are_those_of_the_two_reports(old: list[Row], new: list[Row]) -> None:
    before, after = checked(old)[0].report, checked(new)[0].report
    (judged,) = comparison(old, new).judged
    assert (judged.before, judged.after) == (before, after)
    assert judged.rules == rule_changes(before.findings, after.findings)


@given(ROWS, st.randoms(use_true_random=False))
def test_where_the_sheets_say_the_same_the_rules_do_too(rows: list[Row], chance: Random) -> None:
    moved = list(rows)
    chance.shuffle(moved)
    found = comparison(rows, moved)
    # Of rows that may be one organisation the first decides with which others they are.
    if all(p.same_as is None for p in checked(rows)[0].report.consortium.partners):
        assert (found.project, found.judged[0].rules) == ((), ()), (
            "a rule answers otherwise, and no partner says why"
        )


def test_five_times_the_partners_cost_about_five_times_the_work() -> None:
    def cost(times: int) -> int:
        rows = [
            (f"{row[0]} {number}", *row[1:], "", "", "confirmed", "1000")
            for number in range(times)
            for row in TWELVE
        ]
        old, new = checked(rows), checked(rows[::-1])
        return calls(lambda: compare(old, new))

    assert cost(5) < 6 * cost(1), "it is not linear"
