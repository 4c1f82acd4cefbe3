"""What a careful reader stops at in a sheet that else meets all minima exactly, and what not."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pytest

from alliance_check.model.errors import NoTable
from alliance_check.model.report import Report
from alliance_check.pipeline import Options, check_file
from alliance_check.text.folding import fold
from alliance_check.vocabulary import two_names
from alliance_check.vocabulary.nobody import lists_attendance
from alliance_check.vocabulary.two_names import names_two
from tests.making_files import workbook
from tests.sheets import saved

Rows = Sequence[Sequence[str]]

HEADER = ("Partner", "Country", "Type")
EIGHT: Rows = (
    ("Nordvik universitet", "NO", "University"),
    ("Lindental Hochschule", "SE", "University"),
    ("Gamma yrkesskole", "DK", "VET provider"),
    ("Delta institutt", "FI", "Research institute"),
    ("Epsilon AS", "NO", "SME"),
    ("Zeta AB", "SE", "SME"),
    ("Eta kammer", "DK", "Chamber of commerce"),
    ("Theta Oy", "FI", "Research institute"),
)
LAST = len(EIGHT) - 1


def verdict(rows: Rows, **options: object) -> str:
    return report(rows, **options).verdict.value


def report(rows: Rows, **options: object) -> Report:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    given = Options(lot="innovation", call="2026", **options)  # type: ignore[arg-type]
    (found,) = check_file(text.getvalue().encode(), "p.csv", given)
    return found


def book_of(**sheets: Sequence[Sequence[object]]) -> bytes:
    return saved(workbook(**{name: [list(row) for row in rows] for name, rows in sheets.items()}))


def with_column(header: str, texts: Sequence[str]) -> Rows:
    return [(*HEADER, header), *((*row, text) for row, text in zip(EIGHT, texts, strict=True))]


def all_but(text: str, place: int, other: str) -> list[str]:
    return [other if at == place else text for at in range(len(EIGHT))]


def test_the_sheet_itself_is_eligible() -> None:
    assert verdict([HEADER, *EIGHT]) == "eligible"
    assert verdict([HEADER, *EIGHT[:LAST]]) == "not-eligible"


@pytest.mark.parametrize("header", ["OK?", "Mandate", "LoI", "Mandat", "Signert", "x", "Yes/no"])
@pytest.mark.parametrize("yes", ["ok", "x", "✓", "yes"])
def test_one_blank_where_all_others_are_ticked_is_an_exception(header: str, yes: str) -> None:
    assert verdict(with_column(header, all_but(yes, LAST, ""))) == "undecided"
    assert verdict(with_column(header, [yes] * len(EIGHT))) == "eligible"


def test_several_blanks_below_a_header_that_asks_for_an_answer_are_exceptions() -> None:
    assert verdict(with_column("Mandate", ["x"] * 3 + [""] * 5)) == "undecided"
    assert verdict(with_column("Visited", ["x"] * 3 + [""] * 5)) == "eligible"


def with_mandates(header: str, mandates: list[str]) -> list[tuple[str, ...]]:
    """Return the eight with roles, and what a column of mandates says of each."""
    roles = ["Coordinator", *["Partner"] * LAST]
    told = zip(EIGHT, roles, mandates, strict=True)
    return [(*HEADER, "Role", header), *((*row, role, said) for row, role, said in told)]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        *(("Mandate", ""), ("Mandate", "not needed"), ("Mandate letter", "n/a")),
        *(("Unterschrift Mandat", "entfällt"), ("Mandat", "sans objet"), ("Mandaat", "n.v.t.")),
        *(("Fullmakt", "bortfaller"), ("Pełnomocnictwo", "nie dotyczy"), ("Mandat", "utgår")),
    ],
)
def test_a_coordinator_needs_no_mandate(header: str, said: str) -> None:
    assert verdict(with_mandates(header, all_but("signed", 0, said))) == "eligible"


@pytest.mark.parametrize(
    ("header", "said", "place"),
    [
        *(("Mandat", "entfällt", LAST), ("Mandate", "no", 0), ("Bemerkung", "entfällt", 0)),
        ("Mandate", "missing", 0),
    ],
)
def test_whoever_else_needs_one_and_a_plain_no_is_an_answer(
    header: str, said: str, place: int
) -> None:
    assert verdict(with_mandates(header, all_but("signed", place, said))) == "undecided"


@pytest.mark.parametrize(
    ("header", "place"),
    [
        *(("NGO", 5), ("University", 5), ("Research institute", 5), ("Public body", 5)),
        *(("Enterprise", 0), ("Network", 6), ("Hospital", 6)),
    ],
)
def test_a_tick_of_another_kind_than_the_type_leaves_it_open(header: str, place: int) -> None:
    assert verdict(with_column(header, all_but("", place, "x"))) == "undecided"


@pytest.mark.parametrize(("header", "place"), [("Public body", 0), ("NGO", 2), ("SME", 5)])
def test_a_tick_of_a_trait_or_of_the_same_kind_says_nothing_new(header: str, place: int) -> None:
    assert verdict(with_column(header, all_but("", place, "x"))) == "eligible"


@pytest.mark.parametrize("header", ["Enkeltpersonforetak?", "Natural person", "Einzelunternehmen?"])
def test_whether_a_partner_is_a_person_is_asked_for_a_reason(header: str) -> None:
    assert verdict(with_column(header, all_but("no", LAST, "yes"))) == "undecided"
    assert verdict(with_column(header, ["no"] * len(EIGHT))) == "eligible"


@pytest.mark.parametrize(
    "heading", ["Network", "Companies", "Universities", "Advisory board", "Sweden"]
)
def test_a_heading_that_the_rows_below_contradict_may_say_that_they_are_no_partners(
    heading: str,
) -> None:
    assert verdict([HEADER, *EIGHT[:LAST], (heading,), EIGHT[LAST]]) == "undecided"


@pytest.mark.parametrize("heading", ["Research", "Finland", "Partners", "Full partners"])
def test_a_heading_that_agrees_with_the_rows_below_changes_nothing(heading: str) -> None:
    assert verdict([HEADER, *EIGHT[:LAST], (heading,), EIGHT[LAST]]) == "eligible"


@pytest.mark.parametrize(
    "title",
    [
        *("Deltakere på partnermøte", "Participants of the kick-off meeting", "Attendance list"),
        *("Teilnehmerliste Partnertreffen Wien", "Uczestnicy spotkania partnerskiego"),
        *("Asistentes a la reunión de socios", "Osallistujat, kick-off-kokous"),
    ],
)
def test_a_list_of_those_at_a_meeting_is_no_list_of_partners(title: str) -> None:
    assert lists_attendance(title)
    assert verdict([(title,), (), HEADER, *EIGHT]) == "undecided"


@pytest.mark.parametrize(
    "title",
    [
        "Deltakere",
        "Participants – GREENVET",
        "Partner list for the meeting on 12.11.",
        "Teilnehmer",
    ],
)
def test_participants_are_partners_where_no_meeting_is_named(title: str) -> None:
    assert not lists_attendance(title)
    assert verdict([(title,), (), HEADER, *EIGHT]) == "eligible"


@pytest.mark.parametrize(
    "text",
    [
        *("ÜBERHOLT – gültig ist die neue Liste im Projektordner", "Superseded, do not use"),
        *("Old version; the valid one is on SharePoint", "Utdatert – se ny liste i mappen"),
    ],
)
def test_a_list_that_calls_itself_old_is_no_list_of_partners_for_sure(text: str) -> None:
    assert verdict([(text,), (), HEADER, *EIGHT]) == "undecided"
    assert verdict([HEADER, *EIGHT, (), (text,)]) == "undecided"


@pytest.mark.parametrize(
    "text", ["This list replaces the outdated list of March", "Old Town project"]
)
def test_an_old_list_that_is_only_spoken_of_below_doubts_nobody(text: str) -> None:
    assert verdict([HEADER, *EIGHT, (), (text,)]) == "eligible"


@pytest.mark.parametrize(
    "name",
    [
        *("restoration company, still looking", "Greek hotel, search ongoing", "Hotel? ask Maria"),
        *("one of the two unions", "Hotel, noch gesucht", "still searching for a company"),
    ],
)
def test_a_name_that_is_still_looked_for_is_a_possible_partner_at_most(name: str) -> None:
    assert verdict([HEADER, *EIGHT[:LAST], (name, *EIGHT[LAST][1:])]) == "undecided"


@pytest.mark.parametrize(
    ("header", "over"),
    [
        ("Beantragte Fördersumme", "not-eligible"),
        ("Beantragte Zuwendungssumme gesamt", "undecided"),
        ("Ask (€)", "undecided"),
        ("Turnover", "eligible"),
    ],
)
def test_a_column_that_may_hold_the_shares_of_the_grant_is_held_against_the_ceiling(
    header: str, over: str
) -> None:
    ticket = with_column(header, ["120000"] * len(EIGHT))
    assert verdict(ticket, duration=24) == "eligible"
    assert verdict(with_column(header, ["220000"] * len(EIGHT)), duration=24) == over


@pytest.mark.parametrize(
    "name",
    [
        *("Liceo Colle / ENAIP", "Liceo Colle / Liceo Valle", "Telenor / Equinor"),
        *("Uni Alfa + Uni Beta", "Colle; Valle", "TÜV/DEKRA"),
    ],
)
def test_two_organisations_in_one_name_cell_leave_open_which_is_meant(name: str) -> None:
    assert names_two(name)
    assert verdict([HEADER, *EIGHT[:LAST], (name, *EIGHT[LAST][1:])]) == "undecided"


@pytest.mark.parametrize(
    "name",
    [
        *("Universität Wien / University of Vienna", "KIT / Karlsruher Institut für Technologie"),
        *("Vilniaus universitetas / Vilnius University", "NTNU / Institutt for datateknologi"),
        *("Suomen Yrittäjät / Federation of Finnish Enterprises", "Nordkraft AS / Norway"),
        *("Høgskulen på Vestlandet / Bergen", "Maskin A/S"),
    ],
)
def test_one_organisation_may_have_two_names(name: str) -> None:
    assert not names_two(name)


def test_nothing_is_read_of_a_name_that_is_in_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(two_names, "_names_a_body", pytest.fail)
    assert not names_two("Nordvik Liceo Colle")


@pytest.mark.parametrize("header", ["AP-Leitung", "Leitung AP", "AP-leder", "Arbeitspaket"])
def test_a_german_work_package_is_no_associated_partner(header: str) -> None:
    packages = [f"AP{n}" for n in range(1, len(EIGHT) + 1)]
    assert verdict(with_column(header, packages)) == "eligible"
    assert verdict(with_column("Funktion AP", ["Assoziierter Partner"] * len(EIGHT))) != "eligible"


def test_who_has_a_mail_address_of_that_name_is_a_person() -> None:
    names = ["Gábor Fekete", "Rok Zupan", "Eva Lindinger", "Marko Jurić", "Inès Barrault"]
    names += ["Jari Lehtonen", "Tom Claes", "Oda Sæther"]
    mails = [f"{fold(name).replace(' ', '.')}@partner.example" for name in names]
    rows = with_column("Wen fragen", names)
    assert verdict(rows) == "undecided"
    with_mails = [[*row, mail] for row, mail in zip(rows, ["Mail", *mails], strict=True)]
    assert verdict(with_mails) == "eligible"
    assert verdict([*with_mails[:-1], [*rows[-1], mails[0]]]) == "undecided"


@pytest.mark.parametrize("place", ["vocational school near Milan", "Berufsschule bei Wien"])
def test_a_kind_near_a_place_is_nobody(place: str) -> None:
    assert verdict([HEADER, *EIGHT[:2], (place, *EIGHT[2][1:]), *EIGHT[3:]]) == "undecided"


def test_a_number_unlike_those_of_the_others_leaves_the_role_open() -> None:
    numbers = [f"P{n}" for n in range(1, len(EIGHT))]
    rows = [(n, *row) for n, row in zip([*numbers, "PS1"], EIGHT, strict=True)]
    assert verdict([("No", *HEADER), *rows]) == "undecided"
    rows[LAST] = (f"P{len(EIGHT)}", *EIGHT[LAST])
    assert verdict([("No", *HEADER), *rows]) == "eligible"


def test_percentages_below_a_hundred_are_chances() -> None:
    assert verdict(with_column("Feeling", all_but("100 %", LAST, "70 %"))) == "undecided"
    assert verdict(with_column("Feeling", ["100 %"] * len(EIGHT))) == "eligible"


def test_letters_of_a_status_mean_what_a_legend_says() -> None:
    legend = [(), ("A = confirmed",), ("B = invited",)]
    told = with_column("Status", ["A"] * len(EIGHT))
    assert verdict([*told, *legend]) == "eligible"
    told = with_column("Status", all_but("A", LAST, "B"))
    assert verdict([*told, *legend]) == "undecided"


def test_a_line_of_counts_below_the_table_is_no_partner() -> None:
    assert verdict([HEADER, *EIGHT, (), ("8 partners", "4 countries", "")]) == "eligible"


def test_a_grant_on_a_budget_sheet_is_not_added_to_its_own_sum() -> None:
    budget: list[list[object]] = [["Partner", "Grant (EUR)"]]
    budget += [[row[0], 120000] for row in EIGHT]
    budget.append(["Úhrnem", 960000])
    book = book_of(Partners=[HEADER, *EIGHT], Budget=budget)
    (found,) = check_file(book, "p.xlsx", Options(lot="innovation", call="2026", duration=24))
    assert found.outcome("grant-ceiling").value == "met"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Theta Oy: their board said no", "undecided"),
        ("12 Nov: Theta Oy pulled out, looking for another", "undecided"),
        ("Iota Oy withdrew in October. Theta Oy came instead and signed.", "eligible"),
        ("Theta Oy sent the logo", "eligible"),
    ],
)
def test_minutes_say_of_whom_they_tell_that_they_left(text: str, expected: str) -> None:
    book = book_of(Partners=[HEADER, *EIGHT], Minutes=[["Agenda"], [text]])
    (found,) = check_file(book, "p.xlsx", Options(lot="innovation", call="2026"))
    assert found.verdict.value == expected


def test_two_lists_that_differ_are_refused_with_the_difference() -> None:
    book = book_of(One=[HEADER, *EIGHT], Two=[HEADER, *EIGHT[:LAST]])
    with pytest.raises(NoTable, match=r'"Theta Oy" \(One!A9\).*--sheet "One"'):
        check_file(book, "p.xlsx", Options(lot="innovation", call="2026"))


def test_two_lists_that_agree_are_one() -> None:
    book = book_of(One=[HEADER, *EIGHT], Two=[HEADER, *reversed(EIGHT)])
    (found,) = check_file(book, "p.xlsx", Options(lot="innovation", call="2026"))
    assert found.verdict.value == "eligible"
