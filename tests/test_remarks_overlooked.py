"""Remarks, signs, columns and rows once overlooked, each beside a partner who is needed."""

from __future__ import annotations

import io

import openpyxl
import pytest

from alliance_check.model.consortium import Role
from alliance_check.model.outcome import Outcome, Verdict
from alliance_check.parse import Reading
from alliance_check.parse.inspection import inspect
from alliance_check.pipeline import Options, check_file
from alliance_check.readers import read
from alliance_check.vocabulary.remark_headers import heading_says
from alliance_check.vocabulary.remarks import Tone, read_remark
from tests.remarked_sheets import BASE, HEADER, beside, judged, left_open, said

DOUBTS = """\
agreed not to participate|Agreed to leave|confirmed that they leave|Bekreftet at de ikke deltar
formerly partner|tidligere partner|früher dabei|anciennement partenaire|antes socio
see Anna's mail, they are not in|voir mail: ils ne viennent pas|zob. mail: nie chcą
katso sähköposti: ei tule|kontakt: ingen interesse|se e-post, er ute|signed with competitor
in charge: nobody, they are gone|new partner instead of them|task: find replacement
committed elsewhere|accepted another consortium|member of consortium no more|no thanks|gone
confirmed on condition|?|??|❌|✗|✘|🚫|⛔|👎|❓|✓?|ok?|OK ❌|Gone, anna@example.org|ok as reserve
Out anna@example.org
"""
UNREAD = """\
vastaa: ei|part of Fjord|belongs to Fjord (same legal entity)|based in Moscow|see also reserve
x|!|*|🔴|no|NO|formerly|Confirmed for another project|mandate signed, then it burnt|small chance
contact lost|contact: bounced|leads to problems|confirmed by nobody|AP since May|no 3.2.|see you
confirmed, WP3 leader of a rival|Weg, anna@example.org|signed in 2021 for other call
"""
SILENT = """\
good|fine|none|no comment|no problem|new|public|private|3 Feb 2023|12 mars|3. maaliskuuta
Anna Berg anna@example.org|Anna Berg, anna@example.org|Anna Berg <anna@example.org>|24 months|✓|👍
signed on 12 March 2023|confirmed by mail|confirmed, WP3 leader|contact: Anna Berg, Oslo|-|see annex
"""


def texts(table: str) -> list[str]:
    return table.strip().replace("\n", "|").split("|")


@pytest.mark.parametrize("text", texts(DOUBTS))
def test_a_harmless_beginning_or_a_sign_hides_no_doubt(text: str) -> None:
    found = read_remark(text)
    assert found is Tone.DOUBT, f"{text!r} is {found.value}; add its words to data/remarks.csv"


@pytest.mark.parametrize("text", texts(UNREAD))
def test_what_may_go_on_otherwise_is_not_silent(text: str) -> None:
    found = read_remark(text)
    assert found is Tone.UNREAD, (
        f"{text!r} is {found.value}; a start of `harmless` in data/remarks.csv is too wide, "
        "or a word is missing in a line stop;within"
    )


@pytest.mark.parametrize("text", texts(SILENT))
def test_a_remark_of_no_weight_is_silent(text: str) -> None:
    assert read_remark(text) is Tone.HARMLESS
    assert not said(beside("Remarks", text))


@pytest.mark.parametrize("header", ["Remarks", ""])
@pytest.mark.parametrize("text", ["?", "❌", "x", "*"])
def test_signs_count_with_and_without_a_header(header: str, text: str) -> None:
    report = beside(header, text)
    assert f'E9 "{text}"' in said(report)
    assert report.verdict is Verdict.UNDECIDED or text in left_open(report)


@pytest.mark.parametrize(
    "header",
    [
        *("Left on", "Exit date", "Date of withdrawal", "Withdrawal date", "Withdrawn on"),
        *("Trukket dato", "Date declined"),
    ],
)
def test_the_date_of_a_withdrawal_is_a_doubt(header: str) -> None:
    report = beside(header, "3.2.2023")
    assert report.verdict is Verdict.UNDECIDED
    assert 'E9 "3.2.2023"' in said(report)


@pytest.mark.parametrize("header", ["Date of confirmation", "End date", "Start date", "Date"])
def test_other_dates_are_no_withdrawal(header: str) -> None:
    assert heading_says(header) is None


@pytest.mark.parametrize("header", ["Invited", "Inactive", "Former partner", "Tidligere partner"])
def test_a_cross_below_such_a_header_makes_a_partner_possible(header: str) -> None:
    assert beside(header, "x").verdict is Verdict.UNDECIDED
    assert beside(header, "").verdict is Verdict.ELIGIBLE


def test_an_invited_partner_who_confirmed_is_confirmed() -> None:
    for header, word in (("Status", "confirmed"), ("Participates", "yes")):
        lines = [f"{line};x;{word}" for line in BASE]
        report = judged([f"{HEADER};Invited;{header}", *lines])
        assert report.verdict is Verdict.ELIGIBLE, header


@pytest.mark.parametrize(
    "header",
    [
        *("Included?", "Include", "Selected", "Approved", "Keep?", "Go/No-go", "Active?", "OK?"),
        *("In?", "Decision", "Svar", "Antwort", "Réponse"),
    ],
)
def test_one_no_among_answers_of_yes_makes_a_partner_possible(header: str) -> None:
    assert beside(header, "no", "yes").verdict is Verdict.UNDECIDED
    assert beside(header, "yes", "yes").verdict is Verdict.ELIGIBLE
    assert beside(header, "FALSE", "TRUE").verdict is Verdict.UNDECIDED


def test_a_date_below_a_header_that_confirms_is_a_yes() -> None:
    assert beside("Approved", "12.3.2023", "12 March 2023").verdict is Verdict.ELIGIBLE


def test_a_no_among_yes_of_an_unknown_header_is_shown() -> None:
    report = beside("Ready", "no", "yes")
    assert 'E9 "no"' in said(report)
    assert "no" in left_open(report)


@pytest.mark.parametrize("header", ["SME?", "Newcomer", "WP2", "Accredited"])
def test_a_no_to_what_is_plainly_something_else_is_silent(header: str) -> None:
    assert not said(beside(header, "no", "yes"))


@pytest.mark.parametrize("text", ["NO", "RU", "Russia", "Switzerland"])
def test_a_country_that_is_not_the_partners_own_leaves_it_open(text: str) -> None:
    assert f'E9 "{text}"' in said(beside("Remarks", text))
    for header in ("Headquarters", "Seat", "Legal seat", "Registered in"):
        report = beside(header, text)
        last = report.consortium.partners[-1]
        assert last.country is None, header
        assert len(last.countries - {"SI"}) == 1, header
        assert any("E9" in str(problem.message) for problem in report.problems), header


def test_the_partners_own_country_is_silent() -> None:
    for header in ("Remarks", "Headquarters"):
        assert not said(beside(header, "Slovenia"))
    assert not said(beside("Seat", "Maribor, Slovenia"))


@pytest.mark.parametrize("header", ["Type of participation", "Involvement"])
def test_a_second_role_that_contradicts_the_first_leaves_it_unread(header: str) -> None:
    report = beside(header, "Associated partner", "Full partner")
    assert report.verdict is Verdict.UNDECIDED
    last = report.consortium.partners[-1]
    assert last.role is Role.UNKNOWN
    assert str(last.cells["role"]) == "E9"


def test_a_second_role_column_is_read_as_a_remark_too() -> None:
    assert beside("Role in project", "has left the consortium").verdict is Verdict.UNDECIDED
    assert beside("Role in project", "WP3 leader", "welding").verdict is Verdict.ELIGIBLE
    assert beside("Involvement", "Beneficiary", "Beneficiary").verdict is Verdict.ELIGIBLE


def test_a_formula_never_calculated_and_a_boolean_count_in_a_workbook() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([*HEADER.split(";"), "Remarks", "Included"])
    for line in BASE:
        sheet.append([*line.split(";"), None, "Drava" not in line])
    sheet["E8"] = '=IF(A1="x","left","ok")'
    written = io.BytesIO()
    book.save(written)
    report = check_file(written.getvalue(), "x.xlsx", Options(lot="innovation"))[0]
    assert report.consortium.partners[7].presence.value == "possible"
    assert "Sheet!E8" in said(report)


def test_columns_of_remarks_that_counted_are_shown_as_such() -> None:
    lines = [f"{HEADER};Remarks;Colour", *(f"{line};blue folder;red" for line in BASE)]
    found = inspect(read("\n".join(lines).encode(), "x.csv"), Reading())
    assert {head.text: head.field for head in found.heads if head.field in {None, "remarks"}} == {
        "Remarks": "remarks",
        "Colour": None,
    }


def test_remarks_of_partners_who_can_be_spared_change_nothing() -> None:
    report = judged(
        [f"{HEADER};Remarks", *(f"{line};" for line in BASE), "Nord;Norway;SME;Full partner;x"]
    )
    assert report.outcome("minima-together") is Outcome.MET
    assert report.verdict is Verdict.ELIGIBLE
