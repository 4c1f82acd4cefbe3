"""Small words: the right role, status, yes or no, placeholder and total, or none."""

import csv
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alliance_check.model.consortium import (
    Presence,
    Role,
    Said,
)
from alliance_check.text.tables import meanings, phrases, written_phrases
from alliance_check.vocabulary.nobody import names_nobody
from alliance_check.vocabulary.persons import is_person
from alliance_check.vocabulary.project_words import read_ecosystems
from alliance_check.vocabulary.role_and_status import (
    RoleOrStatus,
    names_role_or_status,
    role_or_status_in_name,
    without_role_or_status,
)
from alliance_check.vocabulary.words import (
    calls_list_outdated,
    is_outdated,
    is_placeholder,
    is_total,
    read_charter,
    read_presence,
    read_role,
    read_said,
)
from tests.header_spellings import ROOT, lists_of, wrong
from tests.measured import calls

MEANINGS = {
    "role": {role.value for role in Role} - {"unknown"},
    "presence": {presence.value for presence in Presence},
    "said": {"yes", "no", "blank"},
    "charter": {"yes", "no"},
    "placeholder": {"placeholder", "whole", "kind"},
    "total": {"total"},
    "outdated": {"outdated"},
    "edition": {"edition"},
    "function": {"function"},
    "honorific": {"honorific"},
    "lead": {"full-partner"},
    "package": {"full-partner"},
    "first": {"possible"},
    "applicant": {"coordinator"},
}


def presence(text: str) -> str:
    found = read_presence(text)
    return "" if found is None else found.value


def name_of(text: str) -> str:
    return "placeholder" if is_placeholder(text) else "name"


def in_words(found: RoleOrStatus | None) -> str:
    return "" if found is None else found if isinstance(found, str) else found.value


READ: dict[str, Callable[[str], str]] = {
    "role": lambda text: read_role(text).value,
    "status": presence,
    "said": lambda text: read_said(text).value,
    "charter": lambda text: read_charter(text).value,
    "placeholder": name_of,
    "total": lambda text: "total" if is_total(text) else "no",
    "outdated": lambda text: "outdated" if is_outdated(text) else "no",
    "edition": lambda text: "edition" if calls_list_outdated(f"old {text}") else "no",
    "function": lambda text: "function" if is_person(text) else "no",
    "honorific": lambda text: "honorific" if is_person(f"{text} Vik") else "no",
    "lead": lambda text: read_role(f"WP3 {text}").value,
    "package": lambda text: read_role(f"{text} 3 leader").value,
    "applicant": lambda text: read_role(text).value,
    "first": lambda text: in_words(role_or_status_in_name(f"{text} Liceo Colle")),
}


@pytest.mark.parametrize(("name", "language"), lists_of(*READ))
def test_what_people_write_in_a_cell_is_read_right_or_not_at_all(name: str, language: str) -> None:
    assert not wrong(name, language, READ[name], "see data/words.csv and vocabulary.py")


def test_every_list_and_meaning_is_known() -> None:
    found = {(kind, meaning) for meaning, kind, _ in phrases("words.csv")}
    assert found == {(kind, meaning) for kind, all_ in MEANINGS.items() for meaning in all_}


@pytest.mark.parametrize("kind", MEANINGS)
def test_every_spelling_of_the_table_is_read_as_what_its_line_says(kind: str) -> None:
    for meaning, of_kind, written in written_phrases("words.csv"):
        if of_kind != kind:
            continue
        name = {"presence": "status"}.get(kind, kind)
        expected = "placeholder" if kind == "placeholder" else meaning
        for spelling in written:
            for text in (spelling, spelling.upper(), f" {spelling} "):
                assert READ[name](text) == expected, f"{text!r} in data/words.csv"


@pytest.mark.parametrize("mark", ["?", " ?", "？", " (?)"])
def test_a_question_mark_takes_every_certainty_away(mark: str) -> None:
    for meaning, kind, written in written_phrases("words.csv"):
        for spelling in written:
            text = spelling + mark
            if kind == "role":
                assert read_role(text) is Role.UNKNOWN, text
            elif kind == "presence":
                assert read_presence(text) is Presence.POSSIBLE, text
            elif kind in {"said", "charter"}:
                assert read_charter(text) is Said.UNREAD, text
                assert read_said(text) is Said.UNREAD, text
            elif kind == "placeholder":
                assert is_placeholder(text), f"{meaning} {text}"


@pytest.mark.parametrize(
    "before",
    "not|no|never|former|possible|deputy|vice|without|ikke|nicht|kein|pas|ancien|no es|non|não|"
    "niet|nie|nu|δεν|inte|ej|ei".split("|"),
)
def test_a_word_of_denial_before_a_role_leaves_no_role(before: str) -> None:
    for meaning, kind, written in written_phrases("words.csv"):
        if kind == "role":
            for spelling in written:
                text = f"{before} {spelling}"
                assert read_role(text).value != meaning, f"{text!r} is no {meaning}"


@pytest.mark.parametrize(
    "before", "not|no|ikke|nicht|pas|non|não|niet|nie|nu|inte|ej|ei".split("|")
)
def test_a_word_of_denial_before_a_status_leaves_nobody_confirmed(before: str) -> None:
    for meaning, kind, written in written_phrases("words.csv"):
        if (meaning, kind) == ("confirmed", "presence"):
            for spelling in written:
                text = f"{before} {spelling}"
                assert read_presence(text) is not Presence.CONFIRMED, text


def test_no_in_a_column_of_confirmations_means_not_yet() -> None:
    assert read_presence("no") is read_presence("nei") is Presence.POSSIBLE
    assert read_presence("declined") is read_presence("takket nei") is Presence.DECLINED


def test_associated_alone_is_the_short_form_of_a_role_but_no_country_is_one() -> None:
    for text in "associated|associato|asociado|associé|Assosiert|assoziiert|asociat".split("|"):
        assert read_role(text) is Role.ASSOCIATED_PARTNER, text
    for text in ("associated country", "non-associated", "not associated", "assosiert land"):
        assert read_role(text) is Role.UNKNOWN, f"{text!r}: a country, or none"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("P", "full-partner"),
        ("P8", "full-partner"),
        ("full", "full-partner"),
        ("WP3-leder", "full-partner"),
        ("AP2-Leitung", "full-partner"),
        ("Leder WP5", "full-partner"),
        ("AP2", "associated-partner"),
        ("AE1", "affiliated-entity"),
        ("Koord.", "coordinator"),
        ("Antragsteller", "coordinator"),
        ("P1 (AP)", "associated-partner"),
        ("Associated partner (no funding)", "associated-partner"),
        ("Assosiert partner (uten finansiering)", "associated-partner"),
        ("Associated partner – letter of support", "associated-partner"),
        ("Subcontractor (evaluation)", "subcontractor"),
        ("Associated partner (full partner from 2027)", "unknown"),
        ("Associated partner / full partner", "unknown"),
        ("Partner (no funding)", "unknown"),
        ("Full partner (observer)", "unknown"),
        *[(text, "unknown") for text in ("Observer", "Advisory board", "Supporter", "WP3")],
    ],
)
def test_short_forms_and_what_stands_behind_a_role(text: str, role: str) -> None:
    assert read_role(text).value == role


def roles_and_statuses() -> list[tuple[str, str, str]]:
    """Return texts, what they name (empty: nothing), and whether they are names."""
    path = ROOT / "tests/role-and-status.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [(r["text"], r["meaning"], r["where"]) for r in csv.DictReader(file, delimiter=";")]


@pytest.mark.parametrize(("text", "meaning", "where"), roles_and_statuses())
def test_a_role_or_status_is_found_where_it_stands(text: str, meaning: str, where: str) -> None:
    read = role_or_status_in_name if where == "name" else names_role_or_status
    assert in_words(read(text)) == meaning


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Research institute - associated", "Research institute"),
        ("Research institute (associated partner)", "Research institute"),
        ("University (UAS) (coordinator)", "University (UAS)"),
        ("University (UAS)", "University (UAS)"),
        ("Liceo Colle (if available) – observer", "Liceo Colle"),
        ("NTNU", "NTNU"),
    ],
)
def test_what_names_a_role_can_be_taken_off(text: str, bare: str) -> None:
    assert without_role_or_status(text) == bare


@pytest.mark.parametrize(
    ("text", "names", "unread"),
    [
        ("12 Digital", ("Digital",), False),
        ("12. Digital", ("Digital",), False),
        ("(12) Digital", ("Digital",), False),
        ("Digital (12)", ("Digital",), False),
        ("2 Textile; 12 Digital", ("Textile", "Digital"), False),
        ("12", (), True),
        ("12 Space", (), True),
    ],
)
def test_the_number_of_an_ecosystem_says_nothing(
    text: str, names: tuple[str, ...], *, unread: bool
) -> None:
    assert read_ecosystems(text) == (names, unread)


def names_of_nobody() -> list[tuple[str, bool]]:
    with (ROOT / "tests/names-of-nobody.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter=";")
        return [(row["name"], row["nobody"] == "yes") for row in rows]


@pytest.mark.parametrize(("name", "nobody"), names_of_nobody())
def test_a_name_without_a_proper_noun_names_nobody(name: str, nobody: bool) -> None:  # noqa: FBT001
    assert names_nobody(name) is nobody


def test_the_names_of_nobody_and_of_somebody_are_many() -> None:
    said = [nobody for _, nobody in names_of_nobody()]
    assert said.count(True) >= 150
    assert said.count(False) >= 150
    assert len(set(names_of_nobody())) == len(said)


@given(st.text(max_size=40))
def test_no_text_makes_the_reading_of_names_fail(text: str) -> None:
    names_nobody(text)
    role_or_status_in_name(text)


def test_every_phrase_of_a_role_or_status_names_what_its_line_says() -> None:
    named = set()
    for meaning, place, written in written_phrases("role-and-status.csv"):
        if place == "bracket":  # words that deny or restrict what stands beside them
            continue
        named.add(meaning)
        for spelling in written:
            for text in (spelling, spelling.upper(), f"({spelling})"):
                assert in_words(names_role_or_status(text)) == meaning, text
    assert named == {*MEANINGS["role"], *MEANINGS["presence"], "unclear"}


def test_a_long_text_is_read_with_work_that_grows_as_it_does() -> None:
    def read(text: str) -> None:
        role_or_status_in_name(text)
        without_role_or_status(text)

    read("a (not confirmed)")  # reads the tables
    for piece in ("(", "( ", " - ", "not confirmed ", "(a) ", "– "):
        assert calls(partial(read, piece * 4000)) < 5 * 4000, repr(piece)


@given(st.text(max_size=40))
@example("\x00")
@example("?" * 5000)
@example(" - " * 2000)
def test_no_text_makes_the_reading_of_words_fail(text: str) -> None:
    for read in READ.values():
        read(text)


@pytest.mark.parametrize("table", ["remarks.csv", "remark-words.csv", "nobody-words.csv"])
def test_one_meaning_by_itself_is_what_it_is_among_all(table: str) -> None:
    for meaning, spellings in meanings(table).items():
        assert list(meanings(table, meaning)[meaning].items()) == list(spellings.items())
