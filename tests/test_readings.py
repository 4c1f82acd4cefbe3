"""The counts and `minima-together` say what trying every reading of a small consortium says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import chain, combinations, product
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from alliance_check.evaluate import evaluate
from alliance_check.model.consortium import (
    EDUCATION,
    HEI,
    LABOUR,
    VET,
    Consortium,
    Functions,
    Partner,
    Presence,
    Role,
    Said,
)
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Answer, Count
from alliance_check.model.sheet import Cell, Remark
from alliance_check.rulebook import calls, load_call, parse_call
from alliance_check.rules.shared.claimants import claimants
from alliance_check.rules.shared.counting import count_countries
from alliance_check.rules.shared.joint import Fit, best_fit
from alliance_check.rules.shared.minima import Minima
from alliance_check.vocabulary.types import functions_of
from tests.case_files import put, rulebook_content

BODIES = [
    frozenset(body)
    for body in (
        {LABOUR},
        {EDUCATION},
        {EDUCATION, HEI},
        {EDUCATION, VET},
        {EDUCATION, HEI, VET},
        {LABOUR, EDUCATION},
        {LABOUR, EDUCATION, HEI},
        {LABOUR, EDUCATION, VET},
        {LABOUR, EDUCATION, HEI, VET},
        set[str](),
    )
]
EVERYTHING = Functions(may=frozenset({LABOUR, EDUCATION, HEI, VET}))
MINIMA = {
    "minimum-countries": 2,
    "minimum-partners": 3,
    "minimum-labour-market-actors": 1,
    "minimum-education-providers": 2,
    "higher-education-partner": 1,
    "vet-partner": 1,
}
NEEDS = Minima(0, 0, *list(MINIMA.values())[2:])
MOST_READINGS = 1500


@cache
def fit_by_trying(bodies: tuple[frozenset[str], ...], needs: Minima) -> Fit:
    """Try every way to deal the bodies out, and every use of a body as one kind or as both."""
    best = Fit.NONE
    for uses in product(*(_uses(body) for body in bodies)):
        tally = Counter(word for use in uses for word in use)
        have = (tally[LABOUR], tally[EDUCATION], tally[HEI], tally[VET])
        if all(h >= n for h, n in zip(have, needs[2:], strict=True)):
            doubled = any({HEI, VET} <= use for use in uses)
            best = max(best, Fit.ONE_BODY_AS_BOTH if doubled else Fit.CLEAN)
    return best


def _uses(body: frozenset[str]) -> list[frozenset[str]]:
    taught = [frozenset({EDUCATION, *kinds}) for kinds in _subsets(body & {HEI, VET})]
    worked = [frozenset({LABOUR})] if LABOUR in body else []
    return [*worked, *(taught if EDUCATION in body else []), frozenset()]


def _subsets(words: frozenset[str]) -> Iterator[tuple[str, ...]]:
    return chain.from_iterable(combinations(sorted(words), n) for n in range(len(words) + 1))


@settings(max_examples=300)
@given(
    st.lists(st.sampled_from(BODIES), max_size=5),
    st.builds(
        Minima,
        labour=st.integers(0, 3),
        education=st.integers(0, 3),
        hei=st.integers(0, 2),
        vet=st.integers(0, 2),
    ),
)
def test_the_matching_finds_what_trying_everything_finds(
    bodies: list[frozenset[str]], needs: Minima
) -> None:
    assert best_fit(bodies, needs) is fit_by_trying(tuple(bodies), needs)


class Reading(NamedTuple):
    """One partner in one reading: None for its country where it counts for nothing."""

    country: str | None
    body: frozenset[str]


def readings(partner: Partner, number: int) -> list[Reading]:
    """Return every reading of a partner; an unread country may be new, known or outside."""
    unread = sorted(partner.countries) or ["DE", "FR", ("AT", "BE", "BG", "CY", "CZ")[number], "CH"]
    countries = unread if partner.country is None else [partner.country]
    unsure = partner.presence is Presence.POSSIBLE or partner.role is Role.UNKNOWN
    out = unsure or "CH" in countries or bool(partner.open)
    inside = partner.role is not Role.ASSOCIATED_PARTNER
    functions = partner.functions
    bodies = [functions.sure | frozenset(extra) for extra in _subsets(functions.may)]
    found = [Reading(c, b) for c in countries for b in bodies if inside and c != "CH"]
    return found + ([Reading(None, frozenset())] if out or not inside else [])


def counts(reading: tuple[Reading, ...]) -> tuple[int, ...]:
    """Return what each minimum counts in one reading of all partners."""
    inside = [one for one in reading if one.country is not None]
    heads = (len({one.country for one in inside}), len(inside))
    return heads + tuple(
        sum(function in one.body for one in inside) for function in (LABOUR, EDUCATION, HEI, VET)
    )


PARTNERS = st.builds(
    Partner,
    row=st.none(),
    name=st.just("x"),
    cells=st.just({"name": Cell(None, 2, 1)}),
    country=st.sampled_from(["DE", "FR", "NO", "CH", None, None]),
    countries=st.sampled_from(
        [frozenset(codes.split()) for codes in ("", "DE FR", "DE NO", "FR NO", "DE CH", "NO IT CH")]
    ),
    open=st.sampled_from([()] * 5 + [(Remark(Cell(None, 2, 9), "see CV"),)]),
    role=st.sampled_from(
        [Role.FULL_PARTNER] * 4 + [Role.COORDINATOR, Role.ASSOCIATED_PARTNER, Role.UNKNOWN]
    ),
    presence=st.sampled_from([Presence.CONFIRMED] * 4 + [Presence.POSSIBLE]),
    functions=st.one_of(
        st.sampled_from([Functions(body) for body in BODIES]),
        st.sampled_from(
            [
                EVERYTHING,
                Functions(may=frozenset({LABOUR})),
                Functions(may=frozenset({EDUCATION, VET})),
            ]
        ),
    ),
)


@settings(max_examples=250)
@given(st.lists(PARTNERS, min_size=2, max_size=5))
def test_counts_and_minima_say_what_trying_every_reading_says(partners: list[Partner]) -> None:
    options = [readings(partner, number) for number, partner in enumerate(partners)]
    total = 1
    for option in options:
        total *= len(option)
    assume(total <= MOST_READINGS)
    every = list(product(*options))
    content = rulebook_content("2023")
    for rule, need in MINIMA.items():
        content = put(content, ("lots", "innovation", "clauses", rule, "value"), need)
    call = parse_call("2023", content)
    found = evaluate(Consortium(tuple(partners)), call, call.lots["innovation"])
    answers = {finding.rule: finding.answer for finding in found}
    tallies = [counts(reading) for reading in every]
    spans = [Count(min(column), max(column)) for column in zip(*tallies, strict=True)]
    if sum(p.country is None and len(p.countries) > 1 for p in partners) > 2:
        # Only then may the lower end of the countries be below the least of all readings.
        counted = answers["minimum-countries"].count
        assert counted is not None
        assert counted.low <= spans[0].low
        assert counted.high == spans[0].high
        return
    for rule, span in zip(MINIMA, spans, strict=True):
        assert answers[rule].count == span, rule
    assert answers["minima-together"].outcome is together(every, tallies)


def together(every: list[tuple[Reading, ...]], tallies: list[tuple[int, ...]]) -> Outcome:
    """Return what `minima-together` must say, from every reading one by one."""
    best = [max(column) for column in zip(*tallies, strict=True)]
    if any(have < need for have, need in zip(best, MINIMA.values(), strict=True)):
        return Outcome.NOT_APPLICABLE
    fits = set()
    for reading, tally in zip(every, tallies, strict=True):
        enough = tally[0] >= MINIMA["minimum-countries"] and tally[1] >= MINIMA["minimum-partners"]
        bodies = tuple(one.body for one in reading if one.country is not None)
        fits.add(fit_by_trying(bodies, NEEDS) if enough else Fit.NONE)
    if fits == {Fit.NONE}:
        return Outcome.NOT_MET
    return Outcome.MET if fits == {Fit.CLEAN} else Outcome.TO_CHECK


BARRING = (
    "coordinator-country",
    "excluded-countries",
    "non-associated-countries",
    "restrictive-measures",
    "valid-charter",
)
COLUMNS = frozenset({"role", "charter"})
HARMLESS = {Outcome.MET, Outcome.NOT_APPLICABLE, Outcome.NOT_CHECKED}


@settings(max_examples=400)
@given(
    st.sampled_from([(call, lot) for call in calls() for lot in load_call(call).lots]),
    st.sets(st.sampled_from(["SE", "FI", "CH", "CD", "CG", "GE", "RU", "BY", "GI"]), min_size=2),
    st.sampled_from([role for role in Role if role is not Role.UNKNOWN]),
    st.sampled_from(["hei", "public-body"]),
    st.sampled_from([Said.YES, Said.NO]),
)
def test_a_country_of_several_readings_is_barred_where_all_readings_are(
    place: tuple[str, str], countries: set[str], role: Role, kind: str, charter: Said
) -> None:
    call = load_call(place[0])
    several = Partner(
        row=2,
        name="x",
        cells={"name": Cell(None, 2, 1)},
        countries=frozenset(countries),
        role=role,
        kinds=(kind,),
        functions=functions_of((kind,)),
        charter=charter,
    )

    def outcomes(partner: Partner) -> dict[str, Outcome]:
        found = evaluate(Consortium((partner,), columns=COLUMNS), call, call.lots[place[1]])
        return {f.rule: f.outcome for f in found if f.rule in BARRING}

    single = [outcomes(replace(several, country=code)) for code in sorted(countries)]
    for rule, have in outcomes(several).items():
        each = {reading[rule] for reading in single}
        if each == {Outcome.NOT_MET}:
            assert have is Outcome.NOT_MET, rule
        elif each <= HARMLESS:
            assert have in HARMLESS, rule
        else:
            assert have is Outcome.TO_CHECK, rule


def of_countries(codes: frozenset[str], role: Role = Role.FULL_PARTNER) -> Partner:
    """Return a confirmed partner with a country of these readings, in cell B2."""
    cells = {"name": Cell(None, 2, 1), "country": Cell(None, 2, 2), "role": Cell(None, 2, 3)}
    one = codes if len(codes) > 1 else frozenset()
    country = None if one else next(iter(codes))
    return Partner(2, "x", cells, country, role, countries=one)


CODES = st.frozensets(st.sampled_from(["DE", "FR", "NO", "SE", "IT"]), min_size=1, max_size=3)


@settings(max_examples=300, deadline=None)
@given(st.lists(CODES, min_size=1, max_size=5))
def test_countries_of_several_readings_are_counted_as_trying_all_does(
    choices: list[frozenset[str]],
) -> None:
    call = load_call("2023")
    found = claimants(Consortium(tuple(map(of_countries, choices))), call)
    numbers = [len(set(world)) for world in product(*choices)]
    count = count_countries(found, call)
    assert count.high == max(numbers)
    assert count.low <= min(numbers)
    if sum(len(codes) > 1 for codes in choices) < 3:
        assert count.low == min(numbers)


def answers_on(partner: Partner, call: str = "2023") -> dict[str, Answer]:
    book = load_call(call)
    found = evaluate(Consortium((partner,), columns=COLUMNS), book, book.lots["innovation"])
    return {finding.rule: finding.answer for finding in found}


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        ("RU SE", "may be from Russia, which is not allowed"),
        ("BY RU", "organisations from Belarus or Russia may not take part"),
        ("GI JE", "Gibraltar or Jersey is in none of the guide's lists"),
    ],
)
def test_a_finding_names_the_readings_that_bar(codes: str, said: str) -> None:
    answer = answers_on(of_countries(frozenset(codes.split())))["excluded-countries"]
    assert str(answer.message) == said


def test_the_cell_of_a_country_is_named_where_the_countries_hang_on_its_readings() -> None:
    content = put(
        rulebook_content("2023"),
        ("lots", "innovation", "clauses", "minimum-countries", "value"),
        2,
    )
    call = parse_call("2023", content)
    partners = (of_countries(frozenset({"DE"})), of_countries(frozenset({"DE", "FR"})))
    found = evaluate(Consortium(partners), call, call.lots["innovation"])
    answer = next(f.answer for f in found if f.rule == "minimum-countries")
    assert answer.count == Count(1, 2)
    assert answer.cells == (Cell(None, 2, 2),)


@pytest.mark.parametrize(("parent", "cautions"), [("Fjord University", 0), ("", 1)])
def test_an_affiliated_entity_without_a_named_beneficiary_is_a_caution(
    parent: str, cautions: int
) -> None:
    entity = of_countries(frozenset({"NO"}), Role.AFFILIATED_ENTITY)
    answer = answers_on(replace(entity, parent=parent))["eligible-organisations"]
    assert len(answer.cautions) == cautions
