"""Questions that decide: favourable answers lead to eligible, and every answer is really judged."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from alliance_check import calls
from alliance_check.advice.changes import read_change
from alliance_check.advice.repair import advise
from alliance_check.advice.what_if import apply
from alliance_check.evaluate import evaluate, verdict
from alliance_check.model.consortium import Consortium
from alliance_check.model.outcome import Verdict
from alliance_check.parse.consortium.draft import finished
from alliance_check.pipeline import Checked, Options, checked_file
from alliance_check.questions import JudgedReply, Question, Questions, questions
from alliance_check.questions import judge as judging
from alliance_check.questions.judge import Judge
from alliance_check.questions.question_text import cited
from tests import test_advice
from tests.consortia import Row, chance_of, csv, row

DAMAGE: tuple[dict[str, str], ...] = (
    *({"country": "?"}, {"kind": "?"}, {"status": "-"}, {"role": "?"}, {"kind": "N"}),
)
ANSWERABLE = {"country", "type", "counts", "confirm", "charter", "pact"}
CHUNKS, EACH, FEW = 4, 30, 8
FULL = test_advice.FULL


def checked(
    text: str, call: str = "2023", lot: str = "innovation", duration: int | None = None
) -> Checked:
    options = Options(lot=lot, call=call, advice=False, duration=duration)
    return checked_file(text.encode(), "p.csv", options)[0]


def judged(one: Checked, changes: tuple[str, ...]) -> Verdict:
    """Return the verdict on the changed consortium, by the rules alone."""
    after = finished(apply(one.basis, map(read_change, changes))).consortium
    found = evaluate(after, one.report.call, one.report.lot, strict=one.options.strict)
    return verdict(found)


def favourable_changes(asked: tuple[Question, ...]) -> tuple[str, ...]:
    """Return the changes of the favourable answers; whoever leaves goes last."""
    answers = [answer for question in asked for answer in question.answers if answer.favourable]
    changes = [change for answer in answers for change in answer.changes]
    return tuple(sorted(changes, key=lambda change: change.startswith("drop:")))


def random_sheets(place: tuple[str, str], chunk: int) -> Iterator[str]:
    for seed in range(chunk * EACH, (chunk + 1) * EACH):
        chance = chance_of(f"questions {place} {seed}")
        rows = test_advice.damaged(test_advice.NEEDS[place], chance)
        for _ in range(chance.choice((0, 1, 2, 3))):
            number = chance.randrange(len(rows))
            rows[number] = rows[number]._replace(**chance.choice(DAMAGE))
        yield csv(rows)


@pytest.mark.parametrize("chunk", range(CHUNKS))
@pytest.mark.parametrize("place", test_advice.NEEDS, ids=" ".join)
def test_favourable_answers_lead_to_eligible(place: tuple[str, str], chunk: int) -> None:
    tried = 0
    for text in random_sheets(place, chunk):
        one = checked(text, *place)
        found = questions(one)
        if one.report.verdict is Verdict.UNDECIDED and found.enough:
            tried += 1
            assert judged(one, favourable_changes(found.first)) is Verdict.ELIGIBLE, text
            assert judged(one, favourable_changes(found.questions)) is Verdict.ELIGIBLE, text
    assert tried, "no sheet of this chunk is decided by questions; change its seeds"


@pytest.mark.parametrize("place", test_advice.NEEDS, ids=" ".join)
def test_a_repair_that_only_answers_is_found_as_questions(place: tuple[str, str]) -> None:
    for text in random_sheets(place, 0):
        one = checked(text, *place)
        if one.report.verdict is not Verdict.UNDECIDED:
            continue
        advice = advise(one.basis, one.report.call, one.report.lot)
        found = questions(one)
        for repair in advice.repairs:
            if all(_answers(one, change) for change in repair.changes):
                assert found.enough, f"{repair.changes} would do in\n{text}"
                assert len(found.first) <= len(repair.changes), f"{repair.changes} in\n{text}"


def _answers(one: Checked, text: str) -> bool:
    change = read_change(text)
    if change.cell is None:
        return False
    partner = next(p for p in one.basis.partners if p.cells["name"] == change.cell)
    unread_role = change.verb == "role" and partner.role.value == "unknown"
    return change.verb in ANSWERABLE or unread_role


@pytest.mark.parametrize("place", test_advice.NEEDS, ids=" ".join)
def test_no_smaller_set_of_questions_decides(place: tuple[str, str]) -> None:
    for text in random_sheets(place, 1):
        one = checked(text, *place)
        found = questions(one)
        if one.report.verdict is Verdict.UNDECIDED and len(found.questions) <= FEW:
            most = len(found.first) if found.enough else 3
            smaller = next(_deciding(one, found, most), None)
            assert smaller is None, f"{smaller} would do in\n{text}"


def _deciding(one: Checked, found: Questions, below: int) -> Iterator[tuple[str, ...]]:
    """Yield every set of answers to fewer questions that makes the consortium eligible."""
    for number in range(1, below):
        for asked in itertools.combinations(found.questions, number):
            for answers in itertools.product(*(question.answers for question in asked)):
                changes = [change for answer in answers for change in answer.changes]
                changes.sort(key=lambda change: change.startswith("drop:"))
                if judged(one, tuple(changes)) is Verdict.ELIGIBLE:
                    yield tuple(changes)


def test_what_an_answer_means_is_what_the_check_says_of_the_changed_sheet() -> None:
    for text in itertools.islice(random_sheets(("2023", "innovation"), 2), 6):
        one = checked(text)
        found = questions(one)
        for question in found.questions:
            for answer in question.answers:
                after = apply(one.basis, map(read_change, answer.changes))
                assert one.again(after).verdict is answer.alone, f"{answer.changes} in\n{text}"
                if question.first and answer.together is not None:
                    others = tuple(q for q in found.first if q is not question)
                    both = (*favourable_changes(others), *answer.changes)
                    leaving = tuple(sorted(both, key=lambda c: c.startswith("drop:")))
                    assert judged(one, leaving) is answer.together, f"{leaving} in\n{text}"


def deciding(text: str, duration: int | None = None) -> list[str]:
    """Return the questions that decide, each with its favourable answer."""
    found = questions(checked(text, duration=duration))
    return [
        f"{question.point.text} {next(str(a.text) for a in question.answers if a.favourable)}"
        for question in found.first
    ]


def changed(**rows: str) -> str:
    every: Mapping[int, str] = dict(enumerate(FULL.split("|"), start=2))
    every = {**every, **{int(n.removeprefix("row")): text for n, text in rows.items()}}
    return csv(row(text) for text in every.values())


def test_each_kind_of_open_point_has_its_question() -> None:
    text = changed(row5="? L f +").replace("Zzyx", "Germny")
    assert deciding(text) == [
        'In which country is Org 3 established (B5, which says "Germny")? Germany'
    ]
    text = changed(row5="ES ? f +", row9="ES R f +")
    (only,) = deciding(text)
    assert only.startswith('What kind of organisation is Org 3 (C5, which says "xqq")? a company')
    text = changed(row5="DE N f +")
    assert deciding(text) == ['Is Org 3 a labour market actor (C5, which says "NGO")? yes']
    text = changed(row8="NO R f -", row9="ES N f +")
    assert deciding(text) == [
        'Has Org 6 confirmed that it takes part (E8, which says "reserve")? yes'
    ]
    text = changed(row2="DE H ? +")
    assert deciding(text) == [
        'In which role does Org 0 take part (D2, which says "qxx")? coordinator'
    ]


def with_column(text: str, header: str, *cells: str) -> str:
    """Return the sheet with one more column; the last cell fills the rest."""
    lines = text.splitlines()
    values = [header, *cells, *[cells[-1]] * (len(lines) - 1 - len(cells))]
    return "\n".join(f"{line},{value}" for line, value in zip(lines, values, strict=True))


def test_charter_pact_and_money_have_questions_too() -> None:
    text = with_column(changed(), "ECHE", "perhaps", "yes")
    assert deciding(text) == [
        'Does Org 0 hold the Erasmus Charter for Higher Education (F2, which says "perhaps")? yes'
    ]
    text = with_column(changed(), "Grant", "100000", "x", "0")
    assert deciding(text, duration=24) == [
        'What share of the grant does Org 1 have, in EUR (F3, which says "x")? EUR 900 000 or less'
    ]


def test_a_question_on_the_project_is_put_to_the_coordinator() -> None:
    text = "Duration,soon\n\n" + changed()
    found = questions(checked(text))
    (question,) = found.first
    assert question.point.about is None
    assert str(found.coordinator) == "A4"
    assert str(question.point.text) == (
        'How many months does the project last (B1, which says "soon")?'
    )
    assert [a.alone.value for a in question.answers] == ["eligible", "eligible", "undecided"]


def test_a_partner_without_a_name_is_asked_for_by_its_cell() -> None:
    text = changed(row8="NO R f +", row9="ES N f +").replace("Org 6", "TBC (research)")
    (question,) = questions(checked(text)).first
    assert question.point.name == ""
    assert str(question.point.text) == (
        'Which organisation is the partner in A8 ("TBC (research)"), and has it confirmed?'
    )


def test_a_text_that_nobody_understands_is_asked_about() -> None:
    header, *rows = csv(map(row, FULL.split("|"))).splitlines()
    lines = [f"{header},Notes", *(f"{line}," for line in rows[:-1]), f"{rows[-1]},ask Anna"]
    found = questions(checked("\n".join(lines)))
    (question,) = found.first
    assert found.enough
    assert f'"ask Anna" in F{len(rows) + 1}' in str(question.point.text)
    assert favourable_changes(found.first) == (f"confirm:A{len(rows) + 1}",)


def test_rows_of_one_organisation_that_differ_are_asked_about_once_a_field() -> None:
    lines = changed().replace("Org 3,", "Org 2,").splitlines()
    text = with_column("\n".join(lines), "PIC", "", "", "999999991", "999999991", "")
    text += "\nOrg 9,Italy,SME,Full partner,confirmed,"
    (question,) = questions(checked(text)).first
    assert str(question.point.text).startswith("The rows A4, A5 are one organisation, Org 2")
    assert [str(answer.text) for answer in question.answers] == ["Norway", "Spain"]


def twins(one: str, other: str) -> str:
    """Return the full consortium and two rows more that are one organisation."""
    lines = changed(row10=one, row11=other).replace("Org 9,", "Org 8,")
    return with_column(lines, "PIC", *[""] * 8, "999999991", "999999991")


def test_rows_that_differ_twice_raise_two_questions() -> None:
    found = questions(checked(twins("DE R f +", "FR R a +")))
    assert found.enough
    assert [question.point.field for question in found.first] == ["country", "role"]
    found = questions(checked(twins("DE R f +", "FR N f +")))
    assert [question.point.field for question in found.first] == ["country", "type"]
    assert [str(answer.text) for answer in found.first[1].answers] == [
        '"Research institute"',
        '"NGO"',
    ]


def test_of_rows_of_one_organisation_the_one_that_is_read_is_proposed() -> None:
    (question,) = questions(checked(twins("? R f +", "PL R f +"))).first
    assert str(question.answers[0].text) == "Poland"
    assert question.answers[0].changes == ("country:A10=PL",)


def test_that_a_partner_does_not_come_is_hoped_for_where_it_could_only_harm() -> None:
    found = questions(checked(changed(row10="RU L f -")))
    (question,) = found.questions
    assert found.enough
    assert [str(a.text) for a in favourable(question)] == ["no, it does not take part"]
    assert [answer.alone.value for answer in question.answers] == ["not-eligible", "eligible"]


def test_changes_are_judged_alike_whatever_was_judged_before() -> None:
    one = checked(changed(row5="? ? f -", row6="? L ? +"))
    texts = ("country:A5=ES", "type:A5=vet", "confirm:A5", "country:A6=FR", "role:A6=full-partner")
    changes = [read_change(text) for text in texts]

    def judge() -> Judge:
        return Judge(one.basis, one.report.call, one.report.lot, strict=False)

    a, b, c, d, e = changes
    sets = [(a, b, c), (a, b), (a, d), (a,), (d, e), (d, e, b), (b, d), (b,), (b, c, a, e), ()]
    shared = judge()
    for chosen in sets:
        assert shared(chosen).findings == judge()(chosen).findings, list(map(str, chosen))


def test_every_question_names_the_clause_that_needs_it() -> None:
    (question,) = questions(checked(changed(row5="DE N f +"))).first
    assert str(cited(question.rules)) == "labour market actors (Programme Guide 2023 p. 278)"


def test_where_answers_are_not_enough_the_rest_is_said() -> None:
    found = questions(checked(changed(row5="? L f +"), duration=30))
    assert not found.enough
    assert [finding.rule for finding in found.beyond] == ["duration"]
    assert [str(sentence) for sentence in found.further] == ["Set the duration to 24 months."]
    assert [question.point.field for question in found.first] == ["country"]


def test_a_decided_consortium_gets_no_questions() -> None:
    for text in (changed(), changed(row2="RU H c +", row5="? L f +")):
        assert questions(checked(text)).questions == ()


def test_what_more_is_open_matters_no_longer_or_is_said_to() -> None:
    found = questions(checked(changed(row10="? R f +", row9="ES N f -")))
    assert not found.rest_matters
    for question in found.rest:
        assert {answer.together for answer in question.answers} == {Verdict.ELIGIBLE}


def favourable(question: Question) -> list[JudgedReply]:
    return [answer for answer in question.answers if answer.favourable]


def test_no_question_has_two_answers_to_hope_for() -> None:
    for text in random_sheets(("2023", "skills"), 3):
        for question in questions(checked(text, lot="skills")).questions:
            assert len(favourable(question)) <= 1


def test_the_question_that_settles_most_comes_first() -> None:
    text = changed(row4="DE N f +", row8="IT R f -", row6="ES L f +")
    questions_in_order = [q.split(" (")[0] for q in deciding(text)]
    assert questions_in_order == [
        "Has Org 6 confirmed that it takes part",
        "Is Org 2 a labour market actor",
    ], "the first settles countries and full partners, the second labour market actors alone"


@pytest.fixture
def judged_rows(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the rows of every consortium that is judged for questions."""
    found: list[int] = []
    plain = calls.judge

    def counted(consortium: Consortium, *args: Any, **options: Any) -> calls.Judgement:
        found.append(len(consortium.partners))
        return plain(consortium, *args, **options)

    monkeypatch.setattr(judging, "judge", counted)
    return found


def test_thirty_partners_are_within_the_budget(judged_rows: list[int]) -> None:
    chance = random.Random(1)  # noqa: S311 - nothing is to be kept secret
    rows = [
        Row(
            chance.choice(["?", "DE", "FR", "PL"]),
            chance.choice("?LHVN"),
            chance.choice("f?") if number else "c",
            chance.choice("+-"),
        )
        for number in range(30)
    ]
    found = questions(checked(csv(rows)))
    assert found.unread is None
    assert len(found.questions) > 50
    assert 0 < sum(judged_rows) <= judging.MOST_ROWS


@pytest.mark.parametrize("number", [40, 60, 1000])
def test_where_too_much_is_unread_the_columns_are_to_be_filled_in(
    judged_rows: list[int], number: int
) -> None:
    found = questions(checked(csv([Row("?", "?", "?", "-")] * number)))
    assert str(found.unread).startswith("Too much is unread to ask about each cell. Fill in")
    for column in ("country", "type", "role", "status"):
        assert column in str(found.unread)
    assert (found.questions, found.first) == ((), ())
    assert sum(judged_rows) <= judging.MOST_ROWS
