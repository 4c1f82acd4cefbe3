"""Counting in arrays is held to the rules: the same answer, column by column."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

import pandas as pd
import pytest

from alliance_check import check_frame, frames, rulebook
from alliance_check.evaluate import evaluate
from alliance_check.frames import fast, slow
from alliance_check.frames.classes import WORST
from alliance_check.frames.counted import count_answers
from alliance_check.frames.sheet import header_of, sheet_of
from alliance_check.model.consortium import Consortium
from alliance_check.model.sheet import Workbook
from alliance_check.parse import Reading, parse_all
from alliance_check.vocabulary.nobody import names_nobody
from alliance_check.vocabulary.plain_names import PlainNames
from alliance_check.vocabulary.role_and_status import role_or_status_in_name
from alliance_check.vocabulary.words import all_words, is_placeholder, is_total
from tests.case_files import put, rulebook_content
from tests.made_portfolios import portfolio
from tests.rulebook_changes import Change, of_clause, of_countries, of_regions

BY = "Proposal"
CONSORTIA = 10_000
PARTS = 20
OPTIONS: list[dict[str, Any]] = [
    {"lot": "innovation", "call": "2023"},
    {"lot": "innovation", "call": "2026"},
    {"lot": "skills", "call": "2023", "duration": 48},
    {"lot": "stem", "duration": 24, "grant": 900_000, "total": 1_300_000},
    {"lot": "innovation", "duration": 24},
]


def by_rules(df: pd.DataFrame, patch: pytest.MonkeyPatch, **options: Any) -> pd.DataFrame:
    """Check a table as a sheet, without counting."""
    with patch.context() as patched:
        patched.setattr(frames, "portfolio", lambda *_: None)
        return check_frame(df, by=BY, **options)


def counted(df: pd.DataFrame, patch: pytest.MonkeyPatch, **options: Any) -> pd.DataFrame:
    """Check a table by counting; it fails where the table is read as a sheet."""
    with patch.context() as patched:
        patched.setattr(frames, "answer_rows", lambda *_, **__: pytest.fail("read as a sheet"))
        return check_frame(df, by=BY, **options)


@pytest.mark.parametrize("part", range(PARTS))
def test_counting_gives_the_answer_of_the_rules(part: int, monkeypatch: pytest.MonkeyPatch) -> None:
    each = CONSORTIA // PARTS
    df = portfolio(each * 16, seed=100 + part, drawn=each, partners=(1, 12))
    df = df[df[BY].isin(df[BY].unique()[:each])]
    options = OPTIONS[part % len(OPTIONS)]
    pd.testing.assert_frame_equal(
        counted(df, monkeypatch, **options), by_rules(df, monkeypatch, **options)
    )


def changes() -> Iterator[tuple[str, Change]]:
    """Yield every change of a value of a rulebook by one, some of the countries."""
    for call in rulebook.calls():
        for lot in rulebook.load_call(call).lots.values():
            for rule in lot.clauses:
                for change in of_clause(call, lot.id, rule):
                    yield call, change
        chance = random.Random(call)  # noqa: S311 - the same changes at every run
        for group in ("member-states", "associated", "excluded", "territories", "regions"):
            if group in rulebook_content(call)["countries"]:
                found = _sorted(change for _, change in of_countries(call, group))
                yield from ((call, change) for change in chance.sample(found, min(3, len(found))))
        found = _sorted(change for _, change in of_regions(call))
        yield from ((call, change) for change in chance.sample(found, min(3, len(found))))


def _sorted(found: Iterable[Change]) -> list[Change]:
    return sorted(found, key=lambda change: change.what)


class Understood(NamedTuple):
    """Some consortia as they are counted, and as the rules see them."""

    counted: fast.Portfolio
    alone: list[Consortium]


@cache
def understood() -> Understood:
    df = portfolio(350, seed=7, partners=(6, 14))
    reading = Reading(duration=24, grant=Decimal(1_000_000), by=BY)
    made = fast.portfolio(df, header_of(df), reading)
    assert made is not None
    found = parse_all(Workbook((sheet_of(df),)), reading)
    return Understood(made, [one.parsed.consortium for one in found])


@pytest.mark.parametrize(
    ("call", "change"), [pytest.param(*one, id=f"{one[0]} {one[1].what}") for one in changes()]
)
def test_a_changed_rulebook_changes_both_alike(call: str, change: Change) -> None:
    changed = rulebook.parse_call(call, put(rulebook_content(call), change.path, change.value))
    path = change.path
    lots = [changed.lots[str(path[1])]] if path[0] == "lots" else changed.lots.values()
    for lot in lots:
        answers = understood().counted.answers(changed, lot)
        for place, consortium in enumerate(understood().alone):
            for finding in evaluate(consortium, changed, lot):
                counted = WORST[answers.outcomes[finding.rule][place]]
                assert counted is finding.outcome, (place, finding.rule)
                told = finding.answer.count
                if told is not None:
                    low, high = (side[finding.rule][place] for side in (answers.low, answers.high))
                    assert (low, high) == (told.low, told.high), (place, finding.rule)


def test_a_plain_name_is_nothing_to_any_reader_of_names() -> None:
    chance = random.Random(1)  # noqa: S311 - the same names at every run
    known = [word for words in all_words().values() for word in words]
    known += ["Verft", "Nordhaug", "Østlund", "Skule", "VET", "AP", "and", "of", "in", "Italian"]
    signs = [" ", " ", " ", "-", " - ", ", ", " (", " / ", " & "]
    names, plain = PlainNames(), 0
    for _ in range(20_000):
        parts = chance.choices(known, k=chance.randint(1, 4))
        parts.insert(chance.randint(0, 4), chance.choice(["Nordhaug", "Sørby", "Zqwert", ""]))
        name = "".join(part + chance.choice(signs) for part in parts).strip(" -,(/&")
        if names.folded(name) is None:
            continue
        plain += 1
        told = (is_total(name), is_placeholder(name), names_nobody(name))
        assert not any(told), name
        assert role_or_status_in_name(name) is None, name
    assert plain > 500


def test_equal_consortia_and_partners_are_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    df = portfolio(600, seed=3)
    more = pd.concat([df.assign(**{BY: df[BY] + f" {n}"}) for n in range(10)])
    looked: list[int] = []
    look = count_answers

    def counting(*given: Any) -> Any:
        looked.append(len(given[1].partners))
        return look(*given)

    monkeypatch.setattr("alliance_check.frames.fast.count_answers", counting)
    counted(df, monkeypatch, lot="innovation", call="2023")
    counted(more, monkeypatch, lot="innovation", call="2023")
    assert looked[0] == looked[1], "ten times the rows have the same classes of partners"
    assert looked[0] < len(df)


@pytest.mark.parametrize(
    "row",
    [
        ("Total", "", "", ""),
        ("Associated partners", "", "", ""),
        ("Nordhaug", "", "", ""),
        ("Partner name", "Country", "Organisation type", "Role"),
        ("", "", "", ""),
    ],
)
def test_a_table_with_a_row_that_is_no_plain_partner_is_read_as_a_sheet(
    row: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    df = portfolio(300, seed=5)[[BY, "Partner name", "Country", "Organisation type", "Role"]]
    odd = pd.DataFrame([(df[BY].iloc[-1], *row)], columns=df.columns)
    both = pd.concat([df, odd], ignore_index=True)
    asked: list[int] = []
    answer = slow.answer_rows

    def answering(*given: Any, **options: Any) -> Any:
        asked.append(len(given[0]))
        return answer(*given, **options)

    monkeypatch.setattr(frames, "answer_rows", answering)
    check_frame(both, by=BY, lot="innovation")
    assert asked
