"""Questions as Markdown, to be worked through in an issue or a shared page."""

from __future__ import annotations

from collections.abc import Iterator

from alliance_check.model.report import Report
from alliance_check.questions import Question, Questions, QuestionsByReport
from alliance_check.questions import question_text as words
from alliance_check.reports.markdown_text import escaped
from alliance_check.reports.words import VERDICTS, call_name, finding_words, lot_name

from .terminal import letters_words


def render(found: QuestionsByReport, written: tuple[str, ...] | None) -> str:
    """Return the text on every lot, and on the letters if some were written."""
    blocks = [block for report, questions in found for block in _blocks(report, questions)]
    if written is not None:
        blocks.append(f"**Letters:** {escaped(letters_words(written))}")
    return "\n\n".join(blocks) + "\n"


def _blocks(report: Report, found: Questions) -> Iterator[str]:
    yield f"## {escaped(report.name)}: {VERDICTS[report.verdict]}"
    yield escaped(f"{call_name(report.call)} · {lot_name(report)}: {words.headline(found)}.")
    if found.unread is not None:
        yield escaped(str(found.unread))
    if found.first:
        yield escaped(str(words.TOGETHER))
    for number, question in enumerate(found.first, start=1):
        yield _question(number, question, report, found)
    if found.beyond:
        yield "### Open or not met, whatever the answers"
        yield _list(
            f"{finding_words(finding)}; {words.cited((finding,))}" for finding in found.beyond
        )
    if found.further:
        yield "### What else would be needed"
        yield _list(str(sentence) for sentence in found.further)
    if found.rest:
        yield f"### {escaped(str(words.rest_title(found)))}"
    for number, question in enumerate(found.rest, start=len(found.first) + 1):
        yield _question(number, question, report, found)


def _question(number: int, question: Question, report: Report, found: Questions) -> str:
    to = escaped(str(words.addressee(question.point, found, report)))
    lines = [f"{number}. **{to}** {escaped(str(question.point.text))}  "]
    indent = " " * (len(str(number)) + 2)
    lines += [f"{indent}Needed for: {escaped(str(words.cited(question.rules)))}", ""]
    for favourable, texts, meaning in words.grouped(question):
        mark = escaped("* ") + " " if favourable else ""
        lines.append(f"{indent}- {mark}{escaped(texts)} → {escaped(str(meaning))}")
    return "\n".join(lines)


def _list(items: Iterator[str]) -> str:
    return "\n".join(f"- {escaped(item)}" for item in items)
