"""Questions as JSON; ``data/schemas/questions-v1.schema.json`` says what it is made of."""

from __future__ import annotations

from alliance_check import __version__
from alliance_check.model.report import TOOL, Finding, Report
from alliance_check.model.sheet import Cell
from alliance_check.questions import JudgedReply, Question, Questions, QuestionsByReport
from alliance_check.questions import question_text as words
from alliance_check.reports.escaping import Json, json_text
from alliance_check.reports.words import cite

SCHEMA = "alliance-check/questions-v1"


def render(found: QuestionsByReport, written: tuple[str, ...] | None) -> str:
    """Return the questions on every lot as JSON text that ends its last line."""
    read = found[0][0].input
    document = {
        "schema": SCHEMA,
        "tool": {"name": TOOL, "version": __version__},
        "input": {"file": read.file, "sha256": read.sha256},
        "consortia": [_consortium(report, questions) for report, questions in found],
        "letters": None if written is None else list(written),
    }
    return json_text(document) + "\n"


def _consortium(report: Report, found: Questions) -> Json:
    return {
        "name": report.input.project or None,
        "sheet": report.input.sheet,
        "call": report.call.id,
        "lot": report.lot.id,
        "verdict": report.verdict.value,
        "enough": found.enough,
        "coordinator": _cell(found.coordinator),
        "questions": [_question(question, report, found) for question in found.questions],
        "beyond": [_finding(finding) for finding in found.beyond],
        "further": [str(sentence) for sentence in found.further],
        "unread": None if found.unread is None else str(found.unread),
    }


def _question(question: Question, report: Report, found: Questions) -> Json:
    point = question.point
    return {
        "first": question.first,
        "to": str(words.addressee(point, found, report)),
        "about": _cell(point.about),
        "field": point.field,
        "cell": _cell(point.cell),
        "text": str(point.text),
        "asked_for": [_finding(finding) for finding in question.rules],
        "answers": [_answer(answer) for answer in question.answers],
    }


def _answer(answer: JudgedReply) -> Json:
    together = answer.together
    return {
        "text": str(answer.text),
        "changes": list(answer.changes),
        "favourable": answer.favourable,
        "verdict": answer.alone.value,
        "verdict_together": None if together is None else together.value,
        "settles": [finding.rule for finding in answer.settled],
        "not_met": [finding.rule for finding in answer.broken],
        "meaning": str(words.meaning(answer)),
    }


def _finding(finding: Finding) -> Json:
    return {
        "id": finding.rule,
        "title": str(finding.title),
        "outcome": finding.outcome.value,
        "message": str(finding.answer.message),
        "clause": str(cite(finding.clause)),
        "url": finding.clause.source.url,
    }


def _cell(cell: Cell | None) -> str | None:
    return None if cell is None else str(cell)
