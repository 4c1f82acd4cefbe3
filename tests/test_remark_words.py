"""Remarks and headers as project offices write them, in fourteen languages.

``remarks-decisive.csv`` holds withdrawals, doubts, roles, conditions and seats: none may be read
as harmless. The exceptions below are harmless remarks that are left open, each for a reason.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from alliance_check.text.tables import phrases
from alliance_check.vocabulary.remark_headers import is_inert
from alliance_check.vocabulary.remarks import Tone, read_remark, read_status, words_meaning

LANGUAGES = 14
NOT_READ = {
    *("They sent us the logo", "Part of our network since 2019"),  # they leave; part of another
    *("Finance officer: Maria Lopez", "Gjerne med i pilot", "Freut sich auf das Projekt"),
    *("Kontakt über die IHK", "Unterschrift vom Rektor liegt vor"),  # contacted; received by whom
    *("Good for the quality of the proposal", "Dirige as oficinas"),  # of its own; as a guest
    # Capitals behind a German preposition may be any noun, such as "mit Vorbehalt".
    *("Leitet AP3 gemeinsam mit Graz", "Treffen in Wien am 4. Mai", "Besuch in Bremen im Mai"),
    # One language's little word is another's negation or reservation: no, ma, și (si), om.
    *("Boa colaboração no projeto anterior", "Muito interessados no tema"),
    *("Szkoła ma 900 uczniów", "Logo și PIC primite", "Uddanner 200 elever om året"),
    "Llamada con Ana el lunes",  # a weekday is mostly still to come
    "Absichtserklärung unterschrieben zurück",  # may also have been sent back
    # Finnish names are inflected, and what introduces them stands behind.
    *("Vetää WP2:ta yhdessä Turun kanssa", "Kolme koulua"),
}


def rows(name: str) -> list[tuple[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8") as file:
        return [(language, text) for language, text in list(csv.reader(file, delimiter=";"))[1:]]


DECISIVE = rows("remarks-decisive.csv")
HARMLESS = rows("remarks-harmless.csv")


@pytest.mark.parametrize(("language", "text"), DECISIVE)
def test_no_decisive_remark_is_harmless(language: str, text: str) -> None:
    assert read_remark(text) is not Tone.HARMLESS, (
        f"{text!r} ({language}): a word of data/remark-words.csv is decisive here"
    )


@pytest.mark.parametrize(("language", "text"), HARMLESS)
def test_a_remark_of_harmless_words_is_harmless(language: str, text: str) -> None:
    expected = Tone.UNREAD if text in NOT_READ else Tone.HARMLESS
    assert read_remark(text) is expected, f"{text!r} ({language}): see data/remark-words.csv"


def test_the_tables_hold_enough_of_every_language() -> None:
    for table, fewest in ((HARMLESS, 30), (DECISIVE, 30)):
        counted = Counter(language for language, _ in table)
        assert len(counted) == LANGUAGES
        assert min(counted.values()) >= fewest
    assert {text for _, text in HARMLESS} >= NOT_READ
    assert len(NOT_READ) < len(HARMLESS) / 15


@pytest.mark.parametrize(
    "text",
    [
        *("Treffen mit Verzug", "met in Switzerland", "met in UK", "Works in London"),
        *("University of Zurich", "School", "Vocational training", "Chamber of commerce", "AP1"),
        *("Letter in May", "Signed 2 of 3", "Good partner till 2024", "Good partner to May"),
        *("Leads the project", "Leader", "Coordinates", "Team → Bergen", "Met us *"),
        *(
            "in contact with the rector",
            "i dialog med rektor",
            "Kontakt",
            "Runs the project",
            "mail 3.11",
            "the",
            "av",
        ),
        *("New partner from 2025", "Signed by the old rector", "Own project", "All three signed"),
        *("LoI received, mandate in May", "Rector has received the mandate", "Teaches for us"),
        *("Mandate signed for previous project", "Sent to rector", "Contact with rector in May"),
        *("As teacher", "New partner 2024", "Kontakt mit der Uni", "Received LoI from us"),
        *("Hosts us", "Ny direktør i mai", "New company", "direttore nuovo", "mandate n/a"),
        *("Logo and mandate", "Vil lede", "good school " * 13),
    ],
)
def test_what_harmless_words_do_not_settle_is_left_open(text: str) -> None:
    assert read_remark(text) is Tone.UNREAD


@pytest.mark.parametrize(
    "text",
    [
        *("Met the team in Oslo", "Meeting with Kari Nordmann", "Leads WP2 with NTNU"),
        *(
            "Logo missing",
            "Venter på logo",
            "Kick-off 3.2.",
            "Gespräch mit Frau Vogt",
            "leitet AP 3",
            "WP2-leder",
        ),
        *("Call with Anna (anna@example.org)", "Mandate: received", "good partner"),
    ],
)
def test_names_codes_and_settled_words_are_harmless(text: str) -> None:
    assert read_remark(text) is Tone.HARMLESS


def test_a_status_is_confirmed_by_a_word_and_not_by_a_preposition() -> None:
    assert read_status("signed, met in Oslo") is not None
    assert read_status("med rektor på møte") is None
    assert read_status("in Oslo, met the team") is None


def test_no_harmless_word_halts_in_any_language() -> None:
    halting = {w for m in ("negation", "reserved", "stop") for w in words_meaning(m)}
    halting |= {w for w, place in words_meaning("doubt").items() if place == "start"}
    for meaning, place, words in phrases("remark-words.csv"):
        if meaning in {"word", "settling"}:
            assert halting.isdisjoint(words), (place, halting & set(words))
        assert all(word and " " not in word for word in words), (meaning, place)


@pytest.mark.parametrize(("language", "header"), rows("headers-inert.csv"))
def test_a_header_about_something_else_is_inert(language: str, header: str) -> None:
    assert is_inert(header), f"{header!r} ({language}): see `inert` in data/header-words.csv"


@pytest.mark.parametrize(("language", "header"), rows("headers-decisive.csv"))
def test_a_header_that_may_decide_is_never_inert(language: str, header: str) -> None:
    assert not is_inert(header), f"{header!r} ({language}): see `decisive` in header-words.csv"
