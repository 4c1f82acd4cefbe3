"""Types of organisation: what is read is right, what could mislead is left unread."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_check.model.consortium import (
    EDUCATION,
    HEI,
    LABOUR,
    VET,
    Functions,
)
from alliance_check.text.folding import fold
from alliance_check.vocabulary import types
from alliance_check.vocabulary.kinds import rows
from alliance_check.vocabulary.type_phrases import Phrases, phrases
from alliance_check.vocabulary.type_words import blank
from alliance_check.vocabulary.types import (
    KINDS,
    Kinds,
    functions_of,
    kind_label,
    read_counts_as,
    read_kinds,
    suggest_types,
)
from tests.measured import calls
from tests.parsing import parsed

HERE = Path(__file__).parent
TYPES = "organisation-types.csv"
MOST_USED = "en no de fr es it pt nl pl ro el sv da fi".split()
ALSO = "cs sk hu hr sl bg et lv lt tr sr mk is".split()
# Labour market actors whichever way they are read.
EITHER_WAY = {
    "Chamber of commerce and industry association",
    *(f"{size} business association" for size in ("Large", "Private", "Small")),
}
EVERYTHING = frozenset({LABOUR, EDUCATION, HEI, VET})

# Design, section 3, by hand: labour market, education and training, hei, vet.
DESIGN = {
    "hei": "no yes yes no",
    "vet": "no yes no yes",
    "enterprise": "yes no no no",
    "working-life": "yes no no no",
    "ngo": "may no no no",
    "network": "may no no no",
    "cluster": "may no no no",
    "skills-council": "may no no no",
    "employment-service": "may no no no",
    "development-agency": "may no no no",
    "hospital": "may no no no",
    "training-provider": "no may no may",
    "adult-education": "no may no may",
    "vet-network": "no may no may",
    "school": "no may no may",
    "local-authority": "no may no may",
    "foundation": "may may no may",
    "research": "no no no no",
    "public-body": "no no no no",
    "accreditation": "no no no no",
    "guidance": "no no no no",
    "international": "no no no no",
    "sport": "no no no no",
    "youth": "no no no no",
    "natural-person": "no no no no",
    "eu-body": "no no no no",
    "national-agency": "no no no no",
    "other": "may may may may",
}
CODES = {
    "EDU-HEI": "hei",
    "EDU-VOC-SEC": "vet",
    "EDU-VOC-TER": "vet",
    "EDU-ADULT": "adult-education",
    "EDU-GEN-PRE": "school",
    "EDU-GEN-PRI": "school",
    "EDU-GEN-SEC": "school",
    "ENT-SME": "enterprise",
    "ENT-LARGE": "enterprise",
    "SOCIAL": "working-life",
    "NGO": "ngo",
    "ENGO": "ngo",
    "FOUND": "foundation",
    "RES": "research",
    "BODY-PUB-NAT": "public-body",
    "BODY-PUB-REG": "local-authority",
    "BODY-PUB-LOC": "local-authority",
    "BODY-ACCRED": "accreditation",
    "BODY-CONS": "guidance",
    "INTER": "international",
    "NET-EU": "network",
    "EURO-GROUP-COOP": "local-authority",
    "YOUTH-COUNCIL": "youth",
    "YOUTH-GROUP": "youth",
    "SPORT-PARTIAL": "sport",
    "SPORT-FED": "sport",
    "SPORT-LEAGUE": "sport",
    "SPORT-CLUB": "sport",
}


def known() -> list[tuple[str, tuple[str, ...], str]]:
    """Return the phrases that somebody wrote down without looking at the table."""
    with (HERE / "organisation-phrases.csv").open(encoding="utf-8", newline="") as file:
        return [
            (row["phrase"], tuple(row["kinds"].split()), row["language"])
            for row in csv.DictReader(file, delimiter=";")
        ]


def traps() -> list[str]:
    """Return texts that look like a type that counts, and are none."""
    text = (HERE / "organisation-traps.txt").read_text("utf-8")
    return [line.replace("\\n", "\n") for line in text.splitlines()]


def sure(text: str) -> frozenset[str]:
    """Return what a body with this type counts as for sure."""
    found = read_kinds(text)
    return functions_of(found.kinds, unread=bool(found.unread)).sure


def counting_phrases() -> list[str]:
    """Return the phrases of the table that count as something for sure."""
    table = phrases(TYPES)
    return [table.written[p] for p, kinds in table.means.items() if functions_of(kinds).sure]


@pytest.mark.parametrize(("phrase", "kinds", "language"), known())
def test_a_type_is_read_as_people_mean_it(
    phrase: str, kinds: tuple[str, ...], language: str
) -> None:
    assert read_kinds(phrase) == Kinds(kinds), (
        f"{phrase!r} ({language}) should be {kinds}; put the phrase into data/{TYPES}"
    )


def test_the_phrases_to_be_read_are_many_in_every_language() -> None:
    counted = Counter(language for _, _, language in known())
    assert sum(counted.values()) >= 600
    assert min(counted[language] for language in MOST_USED) >= 40


def composed() -> list[tuple[str, tuple[str, ...], str]]:
    """Return types made of a phrase and what stands beside it; without kinds: counts as nothing."""
    with (HERE / "organisation-composed.csv").open(encoding="utf-8", newline="") as file:
        return [
            (row["type"], tuple(row["kinds"].split()), row["why"])
            for row in csv.DictReader(file, delimiter=";")
        ]


@pytest.mark.parametrize(("text", "kinds", "why"), composed())
def test_a_qualifier_or_a_translation_leaves_the_kind_as_it_is(
    text: str, kinds: tuple[str, ...], why: str
) -> None:
    found = read_kinds(text)
    assert found.kinds == kinds, f"{text!r} ({why}) is read as {found}"
    assert bool(found.unread) is not bool(kinds), why


def test_every_federation_has_a_country_and_a_source() -> None:
    for name, kind, country, what, source in rows("federations.csv"):
        assert read_kinds(name) == Kinds(("working-life",)), name
        assert kind == "working-life"
        assert all(len(code) == 2 for code in country.split()), country
        assert what, name
        assert "." in source, f"{name}: where was it looked up?"


@pytest.mark.parametrize("text", traps())
def test_what_only_looks_like_a_type_counts_as_nothing(text: str) -> None:
    assert not sure(text), (
        f"{text!r} counts as {sorted(sure(text))} and may not be that; take the phrase out of "
        f"data/{TYPES}, or give it a kind that only may count"
    )


def test_the_traps_are_many() -> None:
    assert len(set(traps())) >= 110


@pytest.mark.parametrize(
    "around",
    [
        "{} association", "association of {}", "not {}", "no {}", "non-{}", "former {}", "{}?",
        "{} (?)", "{} (tbc)", "network of {}", "{} network", "{} library", "ministry of {}",
        "{} and student union", "maybe {}", "!{}", "kein {}", "ikke {}", "{} / something else?",
        "friends of {}", "{} or NGO", "federation of {} and hospitals", "{}, museums and archives",
        "{} - alumni", "{}; not any more", "> {}", "{} = no", "{}: no", "ex {}", "{}/VET network",
    ],
)  # fmt: skip
def test_a_known_phrase_in_another_counts_as_nothing(around: str) -> None:
    whole = phrases(TYPES).means
    wrong = [
        text
        for phrase in counting_phrases()
        if fold(text := around.format(phrase)) not in whole or "?" in text
        if sure(text)
    ]
    wrong = sorted(set(wrong) - EITHER_WAY)
    assert not wrong, f"read although they say something else: {wrong[:10]}"


def test_every_phrase_of_the_table_means_its_kinds() -> None:
    for phrase, kinds, _ in rows(TYPES):
        assert set(read_kinds(phrase).kinds) == set(kinds.split()), f"{phrase!r} is not found"


def test_every_phrase_stands_once_and_has_kinds_and_languages() -> None:
    lines = list(rows(TYPES))
    twice = [p for p, n in Counter(fold(line[0]) for line in lines).items() if n > 1]
    assert not twice, f"one line a phrase; add the language to the first: {twice}"
    for phrase, kinds, languages in lines:
        assert set(kinds.split()) <= set(KINDS), f"{phrase}: kinds are {KINDS}"
        assert set(languages.split()) <= {"code", *MOST_USED, *ALSO}, f"{phrase}: {languages}"
        assert phrase == phrase.strip(), f"{phrase!r}: no spaces around it"


def test_each_language_has_enough_phrases() -> None:
    counted = Counter(word for line in rows(TYPES) for word in line[2].split())
    few = {language: counted[language] for language in MOST_USED if counted[language] < 40}
    assert not few, f"at least 40 phrases a language; write more of {few}"
    assert min(counted[language] for language in ALSO) >= 20


@pytest.mark.parametrize(("kind", "answers"), DESIGN.items())
def test_a_kind_counts_as_the_design_says(kind: str, answers: str) -> None:
    said = dict(zip((LABOUR, EDUCATION, HEI, VET), answers.split(), strict=True))
    assert functions_of([kind]) == Functions(
        frozenset(f for f in said if said[f] == "yes"),
        frozenset(f for f in said if said[f] == "may"),
    )


def test_the_kinds_are_those_of_the_design_in_its_order() -> None:
    assert tuple(DESIGN) == KINDS
    assert all(kind_label(kind) for kind in KINDS)


@pytest.mark.parametrize(("code", "kind"), CODES.items())
def test_a_code_is_read_in_any_case(code: str, kind: str) -> None:
    for text in (f"EPLUS-{code}", f"eplus-{code.lower()}", f"EPLUS-{code} ", f"EPLUS–{code}"):
        assert read_kinds(text) == Kinds((kind,))
    plain_words = {"SOCIAL", "FOUND", "RES", "INTER"}
    assert (read_kinds(code) == Kinds((kind,))) is (code not in plain_words)


@pytest.mark.parametrize(
    ("code", "kind"),
    [("HES", "other"), ("REC", "research"), ("PRC", "enterprise"), ("PUB", "public-body")],
)
def test_the_activity_types_of_the_portal_are_read(code: str, kind: str) -> None:
    assert read_kinds(code) == Kinds((kind,))


@pytest.mark.parametrize("text", ["", "  ", "-", "n/a", "N.A.", "tbc", "TBD", "?", "noch offen"])
def test_an_empty_cell_or_a_placeholder_says_nothing(text: str) -> None:
    assert read_kinds(text) == Kinds()


@pytest.mark.parametrize(
    ("text", "kinds", "unread"),
    [
        ("SME; e-learning wizards", ("enterprise",), ("e-learning wizards",)),
        ("SME, e-learning wizards", (), ("e-learning wizards",)),
        ("University\ncollege", (), ("college",)),
        ("University of life", (), ("University of life",)),
        ("SME; not a HEI", (), ("SME; not a HEI",)),
        ("Training\ncentre", ("training-provider",), ()),
        ("Employers’ association", ("working-life",), ()),
        ("Universita\u0300", ("hei",), ()),
        ("• SME\n• training provider", ("enterprise", "training-provider"), ()),
        ("Uni\u00adversity", ("hei",), ()),
    ],
)
def test_a_cell_is_read_in_parts(
    text: str, kinds: tuple[str, ...], unread: tuple[str, ...]
) -> None:
    assert read_kinds(text) == Kinds(kinds, unread)


def test_an_unread_type_may_be_anything_and_is_nothing_for_sure() -> None:
    assert functions_of(()) == Functions(frozenset(), EVERYTHING)
    assert functions_of(["enterprise"], unread=True) == Functions(
        frozenset({LABOUR}), EVERYTHING - {LABOUR}
    )


COUNTS_AS = {
    "labour market actor": {LABOUR},
    "LMA": {LABOUR},
    "Education provider": {EDUCATION},
    "education & training provider": {EDUCATION},
    "E&T": {EDUCATION},
    "higher education": {EDUCATION, HEI},
    "HEI": {EDUCATION, HEI},
    "VET": {EDUCATION, VET},
    "HEI/VET": {EDUCATION, HEI, VET},
    "higher education and VET": {EDUCATION, HEI, VET},
    "LMA + E&T": {LABOUR, EDUCATION},
    "LMA and education provider": {LABOUR, EDUCATION},
    "Labour market actor; HEI": {LABOUR, EDUCATION, HEI},
    "E&T (VET)": {EDUCATION, VET},
    "neither": set(),
    "None": set(),
    "arbeidsmarkedsaktør": {LABOUR},
    "utdannings- og opplæringstilbyder": {EDUCATION},
    "høyere utdanning": {EDUCATION, HEI},
    "fag- og yrkesopplæring": {EDUCATION, VET},
    "ingen av delene": set(),
    "Arbeitsmarktakteur": {LABOUR},
    "Hochschule und Berufsbildung": {EDUCATION, HEI, VET},
    "weder noch": set(),
    "acteur du marché du travail": {LABOUR},
    "enseignement supérieur": {EDUCATION, HEI},
    "ni l'un ni l'autre": set(),
    "actor del mercado laboral": {LABOUR},
    "formación profesional": {EDUCATION, VET},
    "attore del mercato del lavoro": {LABOUR},
    "istruzione e formazione professionale": {EDUCATION, VET},
}


@pytest.mark.parametrize(("text", "functions"), COUNTS_AS.items())
def test_the_column_counts_as_is_read(text: str, functions: set[str]) -> None:
    assert read_counts_as(text) == frozenset(functions), (
        f"{text!r}: put the phrase into data/counts-as.csv"
    )


@pytest.mark.parametrize(
    "text", ["", "-", "not LMA", "VET?", "LMA, neither", "LMA or VET", "HEI (no)", "yes", "x" * 999]
)
def test_a_doubtful_counts_as_is_unread(text: str) -> None:
    assert read_counts_as(text) is None


def test_every_phrase_of_counts_as_names_a_function_and_stands_once() -> None:
    lines = list(rows("counts-as.csv"))
    assert {line[1] for line in lines} == {LABOUR, EDUCATION, HEI, VET, "neither"}
    assert len({fold(line[0]) for line in lines}) == len(lines)


@pytest.mark.parametrize(
    ("text", "name", "hint"),
    [
        ("Univresity", "", "University"),
        ("Vocatonal school", "", "Vocational school"),
        ("University?", "", "University"),
        ("SME?", "", "SME"),
        ("GmbH", "", "enterprise"),
        ("partner", "Fjordbyen Universitet", kind_label("hei")),
        ("partner", "Lindental University of Applied Sciences", kind_label("hei")),
        ("", "Chamber of Commerce of Colle Alto", kind_label("working-life")),
        ("", "Solaris S.r.l.", kind_label("enterprise")),
        ("", "Fjordbyen AS", kind_label("enterprise")),
        ("", "University Hospital Lindental", kind_label("hospital")),
    ],
)
def test_an_unread_type_gets_a_suggestion(text: str, name: str, hint: str) -> None:
    assert hint in suggest_types(text, name)


@pytest.mark.parametrize(
    ("header", "hint"),
    [
        ("Partnernavn,Land,Organisasjonstype,Rolle", "Universitet"),
        ("Name der Einrichtung,Staat,Art der Einrichtung,Rolle", "Universität"),
        ("Partner name,Country,Organisation type,Role", "Universities"),
    ],
)
def test_a_suggestion_comes_from_the_language_of_the_sheet_first(header: str, hint: str) -> None:
    rows = (header.split(","), ["Nordvik", "NO", "Universtet", ""], ["Bø", "NO", "University", ""])
    found = parsed(rows)
    (problem,) = (p for p in found.problems if p.id == "unread-type")
    assert str(problem.hint) == f"{hint}?"


@pytest.mark.parametrize(
    ("text", "name"),
    [("not a university", ""), ("", "Students of Fjordbyen University"), ("", "As you like it")],
)
def test_nothing_is_suggested_where_the_words_mislead(text: str, name: str) -> None:
    assert suggest_types(text, name) == []


def test_the_words_of_names_lead_to_kinds() -> None:
    for words, kind, place in rows("organisation-name-words.csv"):
        assert fold(words), "a row without words speaks of every name"
        assert place in {"any", "end"}, words
        assert kind in {"", *KINDS}, words


@given(st.lists(st.sampled_from(KINDS), min_size=1), st.lists(st.sampled_from(KINDS)))
def test_another_kind_never_takes_away(kinds: list[str], more: list[str]) -> None:
    fewer, all_kinds = functions_of(kinds), functions_of([*kinds, *more])
    assert fewer.sure <= all_kinds.sure
    assert fewer.sure | fewer.may <= all_kinds.sure | all_kinds.may


@given(st.lists(st.sampled_from(KINDS)), st.booleans())
def test_what_is_sure_is_never_called_possible(kinds: list[str], unread: bool) -> None:  # noqa: FBT001
    functions = functions_of(kinds, unread=unread)
    assert not functions.sure & functions.may
    assert EDUCATION in functions.sure or not functions.sure & {HEI, VET}


PIECES = st.lists(
    st.sampled_from(
        ["SME", "HEI", "VET school", "not", "?", ",", ";", " - ", "(", ")", "/", " and ", "\n", "&"]
    )
    | st.text(max_size=5)
)


@given(PIECES.map("".join))
def test_reading_never_fails_and_loses_nothing(text: str) -> None:
    found = read_kinds(text)
    assert list(found.kinds) == sorted(set(found.kinds), key=KINDS.index)
    assert found.kinds or found.unread or blank(text)
    read_counts_as(text)
    assert len(suggest_types(text, text)) <= 3


def test_a_long_text_is_no_type() -> None:
    assert read_kinds("HEI; " * 99).kinds == ()


def test_loading_and_looking_up_are_little_work() -> None:
    def load() -> None:
        phrases.cache_clear()
        phrases(TYPES)

    assert calls(load) < 100, "nothing is done for each line"
    assert calls(lambda: read_kinds.__wrapped__("University")) < 150


def test_an_unread_text_of_one_piece_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    look = types._piece  # noqa: SLF001 - the dearest step, and nothing else shows how often

    def looking(table: Phrases, text: str) -> tuple[str, ...] | None:
        looked.append(text)
        return look(table, text)

    monkeypatch.setattr(types, "_piece", looking)
    assert read_kinds.__wrapped__("Skipsverft i Hardanger").unread == ("Skipsverft i Hardanger",)
    assert looked == ["Skipsverft i Hardanger"]
