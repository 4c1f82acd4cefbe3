"""Questions for people: the smallest set first, each with what its answers would mean."""

from __future__ import annotations

from alliance_check.model.message import Message, count, listed, say
from alliance_check.model.report import Report
from alliance_check.questions import Question, Questions, QuestionsByReport
from alliance_check.questions import question_text as words
from alliance_check.reports.words import VERDICTS, call_name, finding_words

from ...files.style import Style
from ...terminal.page import VERDICT_STYLES, Page, Styled


def render(found: QuestionsByReport, written: tuple[str, ...] | None, style: Style) -> str:
    """Return the text on every lot, and on the letters if some were written."""
    page = Page(style)
    for number, (report, questions) in enumerate(found):
        if number:
            page.gap()
        _add(page, report, questions)
    if written is not None:
        page.heading(say("Letters"))
        page.paragraph(letters_words(written), 2)
    return page.result()


def letters_words(written: tuple[str, ...]) -> Message:
    """Return which letters were written."""
    if not written:
        return say("No letter is needed; none was written.")
    texts = [path for path in written if path.endswith(".txt")]
    return count(
        "{number} letter written: {files}; beside it the same as .eml, for a mail program.",
        "{number} letters written: {files}; beside each the same as .eml, for a mail program.",
        number=len(texts),
        files=listed(texts, 60),
    )


def _add(page: Page, report: Report, found: Questions) -> None:
    verdict = Styled(VERDICTS[report.verdict], VERDICT_STYLES[report.verdict])
    page.paragraph(page.text(verdict, ": ", words.headline(found), "."), hang=2)
    lot = say("Lot {number}", number=report.lot.number)
    file = Styled(report.name, "bold")
    page.paragraph(page.text(file, " · ", lot, " · ", call_name(report.call)), hang=2)
    if found.unread is not None:
        page.paragraph(found.unread, 2)
    if found.first:
        page.paragraph(Styled(words.TOGETHER, "dim"), hang=2)
    for number, question in enumerate(found.first, start=1):
        page.gap()
        _add_question(page, number, question, report, found)
    _add_beyond(page, found)
    if found.rest:
        page.heading(words.rest_title(found))
    for number, question in enumerate(found.rest, start=len(found.first) + 1):
        if found.enough and not found.rest_matters:
            page.paragraph(question.point.text, page.text(f"{number}. "))
        else:
            _add_question(page, number, question, report, found)


def _add_question(
    page: Page, number: int, question: Question, report: Report, found: Questions
) -> None:
    to = Styled(words.addressee(question.point, found, report), "bold")
    page.paragraph(to, page.text(f"{number}. "))
    page.paragraph(question.point.text, 3)
    for favourable, texts, meaning in words.grouped(question):
        mark, style = ("*", "green") if favourable else ("-", "")
        answer = page.text(Styled(page.text(mark, " ", texts), style))
        page.paragraph(page.text(answer, f" {page.sign('arrow')} ", meaning), 5, 7)
    needed = say("needed for {rules}", rules=words.cited(question.rules))
    page.paragraph(Styled(needed, "dim"), 3, 5)


def _add_beyond(page: Page, found: Questions) -> None:
    if found.beyond:
        page.heading(say("Open or not met, whatever the answers"))
    for finding in found.beyond:
        page.paragraph(page.text(finding_words(finding), "; ", words.cited((finding,))), 2, 4)
        if finding.answer.hint is not None:
            page.paragraph(Styled(finding.answer.hint, "dim"), 4)
    if found.further:
        page.heading(say("What else would be needed, in addition to the answers marked *"))
    for sentence in found.further:
        page.paragraph(sentence, 2, 4)
