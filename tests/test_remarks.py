"""Remarks beside a partner: doubts make it possible, what is not understood is shown."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pytest

from alliance_check.model.consortium import Presence
from alliance_check.model.outcome import Outcome, Verdict
from alliance_check.model.report import Count, Report
from alliance_check.pipeline import Options, check_file
from alliance_check.text.tables import phrases
from alliance_check.vocabulary.remarks import Tone, read_remark
from tests.making_tables import HEADER, TIGHT, Row
from tests.parsing import BREMEN, NARVIK, Rows, parsed, problem_ids
from tests.parsing import HEADER as PLAIN

DOUBTS = """\
en: has left 3.2.|not confirmed yet|to be confirmed by 3 March|will probably withdraw|pending
en: letter of intent missing|dropped out in May|waiting for the rector|No, has left|still in?
en: mandate signed, but may withdraw|is leaving the consortium|no reply since March|tbc (HR)
en: confirmed orally|they are unsure|might join|subject to board approval|Pulled out 12.4.
no: avklares|usikker|Ikke bekreftet ennå|trakk seg i mars|venter på svar fra rektor|kanskje med
no: mangler fullmakt|er i tvil|skal bekreftes innen fredag|takket nei|ikkje avklart|hoppet av
de: unsicher|noch nicht bestätigt|hat sich zurückgezogen|Zusage fehlt|springt ab|vielleicht dabei
de: wartet auf Rektorat|unter Vorbehalt|nicht mehr dabei|Rückmeldung fehlt noch
fr: à confirmer avant mars|incertain|s'est retiré|en attente de réponse|pas encore signé
fr: peut-être|lettre manquante|a quitté le projet|sous réserve d'accord
es: pendiente de firma|por confirmar en marzo|no ha respondido|tal vez|se retira|falta la carta
es: no está seguro|ya no participa
it: da confermare|in attesa di risposta|forse|si è ritirato|manca la firma|ha rinunciato|incerto
it: non ancora firmato
pt: por confirmar até março|talvez|desistiu|ainda não respondeu|falta a carta|pendente|incerto
nl: nog niet bevestigd|onzeker|wacht op antwoord|misschien|heeft zich teruggetrokken|haakt af
nl: handtekening ontbreekt
pl: do potwierdzenia|niepewny|wycofał się|brak odpowiedzi|być może|czekamy na podpis|zrezygnowała
ro: de confirmat|nesigur|s-a retras|fără răspuns|așteptăm semnătura|probabil|nu a semnat încă
el: προς επιβεβαίωση|αβέβαιο|αποσύρθηκε|εκκρεμεί η υπογραφή|ίσως|δεν απάντησε|υπό συζήτηση
sv: ska bekräftas|osäker|har dragit sig ur|väntar på svar|kanske|fullmakt saknas|hoppar av
da: afventer svar|usikkert|har trukket sig|måske|skal bekræftes|fuldmagt mangler|melder fra
fi: epävarma|vahvistamatta|vetäytyi hankkeesta|odottaa vastausta|ehkä|allekirjoitus puuttuu
fi: ei ole vielä vastannut
"""
HARMLESS = """\
en: confirmed|contact: Anna|mandate signed|not for profit|new partner|leaves room for one more
en: responsible for WP 3|WP3|leads WP 2 and WP 3|Confirmed 3.2.|signed by the rector|see e-mail
en: letter of intent received|member of the network|expert in welding|hosts the kick-off
en: task leader|provides test sites|3.2.2023|12
en: anna@example.org|https://example.org/left|ok|done|yes
no: bekreftet|kontakt: Anna|fullmakt signert|ny partner|ansvarlig for AP 3|leder AP2|ideell
no: medlem av klyngen|takket ja
de: bestätigt|Ansprechpartnerin: Frau Vogt|Mandat unterschrieben|gemeinnützig|neuer Partner
de: verantwortlich für AP 3|leitet AP 2|Mitglied im Verband
fr: confirmé|mandat signé|sans but lucratif|nouveau partenaire|responsable du WP3|membre du réseau
es: confirmado|mandato firmado|sin ánimo de lucro|nuevo socio|responsable del WP3|lidera WP2
it: confermato|mandato firmato|senza scopo di lucro|nuovo partner|responsabile WP3|guida WP2
pt: confirmado|mandato assinado|sem fins lucrativos|novo parceiro|responsável pelo WP3
nl: bevestigd|mandaat getekend|zonder winstoogmerk|nieuwe partner|verantwoordelijk voor WP3
pl: potwierdzony|mandat podpisany|nowy partner|odpowiedzialny za WP3|członek klastra
ro: confirmat|mandat semnat|fără scop lucrativ|partener nou|responsabil WP3|membru al rețelei
el: επιβεβαιώθηκε|νέος εταίρος|μη κερδοσκοπικός|υπεύθυνος για το WP3|μέλος του δικτύου
sv: bekräftad|fullmakt undertecknad|ny partner|ansvarar för AP 3|ideell förening|medlem i klustret
da: bekræftet|mandat underskrevet|ny partner|ansvarlig for AP 3|almennyttig|medlem af netværket
fi: vahvistettu|valtakirja allekirjoitettu|uusi kumppani|vastaa työpaketista 3|jäsen verkostossa
"""
UNREAD = [
    *("moving to a new campus", "two campuses, one mandate", "confirmed but by the old rector"),
    *("no doubt about them", "ohne Zweifel dabei", "uten tvil den beste", "not withdrawn"),
    *("blue folder", "ask Kari", "sender papirene", "hoy votación"),
]


def cases(table: str) -> list[tuple[str, str]]:
    lines = [line.partition(": ") for line in table.splitlines()]
    return [(language, text) for language, _, texts in lines for text in texts.split("|")]


NINTH: Row = ["Nordvik AS", "Norway", "SME", "Full partner"]


def judged(
    extra: Sequence[tuple[str, Sequence[str]]], *, more: Row | None = None, strict: bool = False
) -> Report:
    """Return the report on eight partners, none to lose, with more columns beside them."""
    rows = [[*HEADER, *(header for header, _ in extra)]]
    for at, row in enumerate([*TIGHT, *([more] if more else [])]):
        beside = [cells[at] if at < len(cells) else "" for _, cells in extra]
        rows.append([*map(str, row), *beside])
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    options = Options(lot="innovation", strict=strict)
    return check_file(written.getvalue().encode(), "partners.csv", options)[0]


def presences(report: Report) -> list[str]:
    return [p.presence.value for p in report.consortium.partners]


def cautions(report: Report) -> list[tuple[str, list[str]]]:
    return [
        (str(caution.message), list(map(str, caution.cells)))
        for finding in report.findings
        for caution in finding.answer.cautions
    ]


@pytest.mark.parametrize(("language", "text"), cases(DOUBTS))
def test_a_remark_that_doubts_is_read_as_one(language: str, text: str) -> None:
    found = read_remark(text)
    assert found is Tone.DOUBT, (
        f"{text!r} ({language}) is {found.value}; add its words to a line doubt;within, doubt;stem "
        "or doubt;start of data/remarks.csv"
    )


@pytest.mark.parametrize(("language", "text"), cases(HARMLESS))
def test_a_harmless_remark_is_silent(language: str, text: str) -> None:
    found = read_remark(text)
    assert found is Tone.HARMLESS, (
        f"{text!r} ({language}) is {found.value}; a word of doubt in data/remarks.csv is too wide, "
        "or a line harmless;start lacks how it begins"
    )


@pytest.mark.parametrize("text", UNREAD)
def test_any_other_remark_is_neither_a_doubt_nor_silent(text: str) -> None:
    assert read_remark(text) is Tone.UNREAD


def test_there_are_remarks_of_both_sorts_in_every_language() -> None:
    for table in (DOUBTS, HARMLESS):
        lines = cases(table)
        assert len(lines) >= 60
        assert len({language for language, _ in lines}) == 14


def test_no_phrase_is_in_the_table_twice_with_two_meanings() -> None:
    seen: dict[str, str] = {}
    for meaning, place, spellings in phrases("remarks.csv"):
        for spelling in spellings:
            assert spelling, f"an empty spelling in {meaning};{place}"
            assert place != "stem" or (len(spelling) >= 4 and " " not in spelling), spelling
            if meaning in {"doubt", "harmless"}:
                before = seen.setdefault(spelling, meaning + place)
                assert before == meaning + place, f"{spelling!r} is {before} and {meaning}{place}"


@pytest.mark.parametrize("header", ["Remarks", "Merknad", "Comments", "Info", "", "Status quo"])
def test_a_doubt_in_any_column_makes_the_partner_possible_and_names_the_cell(header: str) -> None:
    report = judged([(header, ["", "", "wants to leave 3.2."])])
    assert presences(report)[2] == "possible"
    assert report.verdict is Verdict.UNDECIDED
    assert 'E4 "wants to leave 3.2."' in " ".join(map(str, report.input.notes))
    minimum = next(f for f in report.findings if f.rule == "minimum-partners")
    assert [str(cell) for cell in minimum.answer.cells] == ["E4"]


WITHDRAWALS = """\
Withdrew 14 Nov|Has withdrawn from the consortium|Trukket sig d. 3/11|har trukket seg fra prosjektet
Zrezygnował z udziału (mail z 5.11)|hat sich zurückgezogen|ausgestiegen am 3.11.|Nei takk
s'est retiré le 12/11|se ha retirado del proyecto|si è ritirato|desistiu|vetäytynyt hankkeesta
Withdrew 14 Nov (mail from Jonas). Looking for a school in Kaunas
"""
NO_WITHDRAWALS = """\
Withdrew as coordinator|withdrew from WP3|declined to lead|may withdraw|Withdrawn?|not withdrawn
withdrew in 2022, joined again|Ikke med på møtet|out|ute|left message|no longer coordinator
not participating in WP3|takket nei til lunsj|nicht dabei am 3.12.|cancelled|refused to sign
no longer available by phone|trakk seg, men er med igjen|only withdrew from WP3|withdrawn charter
"""


@pytest.mark.parametrize("text", "|".join(WITHDRAWALS.splitlines()).split("|"))
def test_a_remark_that_says_nothing_but_a_withdrawal_leaves_the_partner_out(text: str) -> None:
    report = judged([("Remarks", ["", "", text])])
    assert presences(report)[2] == "declined"
    assert "E4" in " ".join(map(str, report.input.notes))
    said_otherwise = judged([("Status", ["confirmed"] * 8), ("Remarks", ["", "", text])])
    assert presences(said_otherwise)[2] == "possible"


@pytest.mark.parametrize("text", "|".join(NO_WITHDRAWALS.splitlines()).split("|"))
def test_a_withdrawal_of_something_else_leaves_nobody_out(text: str) -> None:
    assert presences(judged([("Remarks", ["", "", text])]))[2] != "declined"


def test_a_second_column_of_remarks_and_a_long_remark_are_read_too() -> None:
    long = "We wrote to them in May and in June; the rector says that they will probably withdraw."
    report = judged([("WP", ["WP1"] * 8), ("Remarks", ["", long])])
    assert presences(report)[1] == "possible"


def test_a_second_status_column_counts_where_it_says_otherwise() -> None:
    report = judged([("Status", ["confirmed"] * 8), ("Confirmation", ["yes"] * 7 + ["invited"])])
    assert presences(report) == ["confirmed"] * 7 + ["possible"]


@pytest.mark.parametrize("text", ["Fjordbyen AS (has left 3.2.)", "Fjordbyen AS – usikker"])
def test_a_doubt_in_the_brackets_of_a_name_counts(text: str) -> None:
    rows = [[*map(str, row)] for row in TIGHT]
    rows[0][0] = text
    lines = "\n".join("\t".join(row) for row in [[*map(str, HEADER)], *rows])
    report = check_file(lines.encode(), "partners.tsv", Options(lot="innovation"))[0]
    assert presences(report)[0] == "possible"


@pytest.mark.parametrize("header", ["E-mail", "City", "PIC", "Website"])
def test_in_columns_of_something_else_only_a_bare_withdrawal_counts(header: str) -> None:
    assert presences(judged([(header, ["withdrawn", "pending", "Left Bank"])]))[:3] == [
        "possible",
        "confirmed",
        "confirmed",
    ]


def test_a_remark_that_is_not_understood_leaves_the_minima_open_that_need_the_partner() -> None:
    report = judged([("Remarks", ["", "", "moving house"])])
    assert report.verdict is Verdict.UNDECIDED
    answer = next(f.answer for f in report.findings if f.rule == "minimum-partners")
    assert answer.count == Count(7, 8)
    assert [str(cell) for cell in answer.cells] == ["E4"]
    assert str(answer.hint) == (
        'Settle the text in E4: remove it, or call it "harmless" below [remarks] in the '
        "configuration."
    )
    assert 'E4 "moving house"' in " ".join(map(str, report.input.notes))


@pytest.mark.parametrize(
    ("texts", "named"), [(3, "E2, E3, E4"), (4, "E2, E3, E4 and 1 more"), (8, "and 5 more")]
)
def test_at_most_three_texts_to_settle_are_named(texts: int, named: str) -> None:
    report = judged([("Remarks", ["moving house"] * texts)])
    answer = next(f.answer for f in report.findings if f.rule == "minimum-partners")
    assert f"{named}: remove it" in str(answer.hint)


def test_a_remark_leaves_open_nothing_but_the_minima() -> None:
    report = judged([("Remarks", ["moving house"] * 8)])
    undecided = {f.rule for f in report.findings if f.outcome is Outcome.TO_CHECK}
    minima = {"higher-education-partner", "vet-partner", "minima-together"}
    assert undecided == minima | {rule for rule in undecided if rule.startswith("minimum-")}
    assert report.outcome("one-coordinator") is Outcome.MET
    assert report.outcome("coordinator-country") is Outcome.MET


def test_a_remark_and_a_cell_that_could_not_be_read_are_both_to_be_settled() -> None:
    report = judged([("Status", ["reserve"]), ("Remarks", ["", "moving house"])])
    answer = next(f.answer for f in report.findings if f.rule == "minimum-partners")
    assert str(answer.hint).startswith("Settle the text in F3: ")
    assert str(answer.hint).endswith(" or settle who takes part.")


def test_a_remark_on_a_partner_who_can_be_spared_is_a_note_only() -> None:
    report = judged([("Remarks", [""] * 8 + ["moving house"])], more=NINTH, strict=True)
    assert not cautions(report)
    assert report.outcome("minima-together") is Outcome.MET
    assert 'E10 "moving house"' in " ".join(map(str, report.input.notes))


def test_remarks_on_several_partners_are_weighed_together() -> None:
    report = judged([("Remarks", [""] * 7 + ["moving house"] * 2)], more=NINTH)
    answer = next(f.answer for f in report.findings if f.rule == "minimum-partners")
    assert [str(cell) for cell in answer.cells] == ["E9", "E10"]


def test_a_remark_in_any_row_of_an_organisation_counts_for_it() -> None:
    again: Row = [*TIGHT[0]]
    report = judged([("Remarks", [""] * 8 + ["moving house"])], more=again)
    answer = next(f.answer for f in report.findings if f.rule == "minimum-partners")
    assert answer.count == Count(7, 8)
    assert [str(cell) for cell in answer.cells] == ["E10"]


def test_only_five_remarks_are_quoted_on_one_line() -> None:
    report = judged([("Remarks", [f"blue folder {n}" for n in range(8)])])
    (note,) = report.input.notes
    assert str(note).count('"') == 10
    assert "and 3 more" in str(note)


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Expertise", ["welding of hulls"] * 2),
        ("Contact person", ["Anna Berg"]),
        ("Remarks", ["Norway", "SME", "full partner", "-"]),
        ("Green label", ["yes", "no"]),
        ("Budget holder", ["12", "13"]),
    ],
)
def test_what_is_no_remark_is_not_listed(header: str, cells: list[str]) -> None:
    report = judged([(header, cells)])
    assert not [note for note in report.input.notes if "emark" in str(note)]
    assert not cautions(report)


def test_a_legend_beyond_an_empty_column_counts_and_is_not_listed() -> None:
    report = judged([("", []), ("", ["(1) in grey: second choice", "has left"])])
    assert presences(report)[1] == "possible"
    assert not [note for note in report.input.notes if "not understood" in str(note)]


@pytest.mark.parametrize(
    ("header", "said", "presence"),
    [
        ("Withdrawn", "yes", "declined"),
        ("Withdrawn?", "x", "declined"),
        ("Withdrawn", "no", "confirmed"),
        ("Withdrawn", "", "confirmed"),
        ("Withdrawn", "withdrawn", "declined"),
        ("Withdrawn (yes/no)", "3.2.2023", "possible"),
        ("Declined", "ja", "declined"),
        ("Trukket seg", "ja", "declined"),
        ("Abgesagt", "ja", "declined"),
        ("Refusé", "oui", "declined"),
        ("Ritirato", "sì", "declined"),
        ("Wycofał się", "tak", "declined"),
        ("Confirmed?", "no", "possible"),
        ("Confirmed", "nei", "possible"),
        ("Participates", "no", "possible"),
        ("Deltar", "nei", "possible"),
        ("Reserve", "yes", "possible"),
        ("Reserve", "no", "confirmed"),
        ("Usikker", "x", "possible"),
    ],
)
def test_yes_and_no_below_a_header_that_is_a_status(header: str, said: str, presence: str) -> None:
    assert presences(judged([(header, ["", said])]))[1] == presence


def test_a_blank_is_possible_where_a_header_says_yes_of_others() -> None:
    assert presences(judged([("Participates", ["yes"] * 7)]))[7] == "possible"


def test_a_status_and_a_header_that_contradict_each_other_leave_it_possible() -> None:
    report = judged([("Status", ["confirmed"] * 8), ("Withdrawn", ["yes", "no"])])
    assert presences(report)[:2] == [Presence.POSSIBLE.value, "confirmed"]


@pytest.mark.parametrize(
    "status", ["avklares", "usikker", "pending signature", "en attente", "tbc"]
)
def test_a_word_of_doubt_in_the_status_column_is_a_status(status: str) -> None:
    rows: Rows = [(*PLAIN, "Status"), (*BREMEN, "confirmed"), (*NARVIK, status)]
    found = parsed(rows)
    assert [p.presence for p in found.consortium.partners] == [
        Presence.CONFIRMED,
        Presence.POSSIBLE,
    ]
    assert not problem_ids(found), "what is understood is no problem"


@pytest.mark.parametrize(
    "status", ["confirmed 3.2.", "Confirmed by mail", "bekreftet 3.2.2023", "signed 3.2."]
)
def test_a_confirmation_with_its_date_or_way_is_one(status: str) -> None:
    rows: Rows = [(*PLAIN, "Status"), (*BREMEN, "confirmed"), (*NARVIK, status)]
    found = parsed(rows)
    assert [p.presence for p in found.consortium.partners] == [Presence.CONFIRMED] * 2
    assert not problem_ids(found)


@pytest.mark.parametrize(
    "status",
    ["confirmed that they leave", "confirmed, but may leave", "confirmed?", "agreed to go"],
)
def test_a_confirmation_of_something_else_is_none(status: str) -> None:
    rows: Rows = [(*PLAIN, "Status"), (*BREMEN, "confirmed"), (*NARVIK, status)]
    assert parsed(rows).consortium.partners[1].presence is Presence.POSSIBLE


@pytest.mark.parametrize("title", ["All partners confirmed except 3", "All confirmed but P3"])
def test_a_title_that_excepts_somebody_is_a_doubt(title: str) -> None:
    assert read_remark(title) is Tone.DOUBT
