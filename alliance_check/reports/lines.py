"""Everything that a result has to say, one line each, for the formats that list them.

The worst comes first: what breaks a rule, what leaves one open, what could not be understood, on
what the sources differ, what no column shows, what the gate let pass, what settings say of texts.
Rules that hold or have nothing to judge say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from alliance_check.model.message import Message, say
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import (
    OVERRULED,
    Caution,
    Failure,
    Finding,
    OpenText,
    Report,
    Result,
)
from alliance_check.model.sheet import Cell, Problem
from alliance_check.reports.gate_words import WAIVED, gate_lines, subject
from alliance_check.reports.places import placed
from alliance_check.reports.text_words import (
    HEEDED,
    OPEN_TEXT,
    SettingLine,
    deciding_texts,
    open_words,
    setting_lines,
)
from alliance_check.reports.words import (
    OUTCOMES,
    cautions,
    cite,
    having,
    verdict_in_full,
    with_possible,
)

ERROR, WARNING, NOTE = "error", "warning", "note"
PROBLEM, CAUTION, NOT_JUDGED = "problem", "caution", "not-judged"
_LEVELS = {Outcome.NOT_MET: ERROR, Outcome.TO_CHECK: WARNING, Outcome.NOT_CHECKED: NOTE}


@dataclass(frozen=True)
class ReportLine:
    """One thing to say: how bad it is, what it is about, the sentence, the way out."""

    level: str
    kind: str
    id: str
    title: str
    message: str
    hint: str = ""
    cells: tuple[Cell, ...] = ()
    subject: str = ""
    """What stays the same when rows move: a template, or the text of a cell."""
    finding: Finding | None = None

    @property
    def text(self) -> str:
        """The message with its cells, the way out and the source, as one line."""
        source = "" if self.finding is None else f"{cite(self.finding.clause)}."
        said = ended(str(placed(say("{message}", message=self.message), self.cells)))
        return " ".join(part for part in (said, ended(self.hint), source) if part)


def report_lines(result: Result) -> Iterator[ReportLine]:
    """Yield every line on one result, the worst first."""
    if isinstance(result, Failure):
        title = "not judged"
        yield ReportLine(ERROR, NOT_JUDGED, result.code, title, result.sentence, subject=title)
        return
    yield from _rule_lines(result, Outcome.NOT_MET, Outcome.TO_CHECK)
    yield from (_problem_line(problem) for problem in result.problems)
    yield from (_text_line(one) for one in deciding_texts(result))
    yield from (_caution_line(finding, caution) for finding, caution in cautions(result))
    yield from _rule_lines(result, Outcome.NOT_CHECKED)
    yield from _waiver_lines(result)
    yield from map(_setting_line, setting_lines(result))


def verdict_line(report: Report) -> str:
    """Return the verdict with the lot, the call and what possible partners would change."""
    verdict, possible = verdict_in_full(report), with_possible(report)
    return str(verdict if possible is None else say("{a}; {b}", a=verdict, b=possible))


def _rule_lines(report: Report, *outcomes: Outcome) -> Iterator[ReportLine]:
    for finding in having(report, *outcomes):
        answer, outcome = finding.answer, finding.outcome
        yield ReportLine(
            _LEVELS[outcome],
            outcome.value,
            finding.rule,
            f"{OUTCOMES[outcome]}: {finding.title}",
            str(answer.message),
            _words(answer.hint),
            answer.cells,
            finding=finding,
        )


def _problem_line(problem: Problem) -> ReportLine:
    cells = () if problem.cell is None else (problem.cell,)
    title = "overruled" if problem.id == OVERRULED else "not understood"
    message, hint = str(problem.message), _words(problem.hint)
    return ReportLine(WARNING, PROBLEM, problem.id, title, message, hint, cells, problem.value)


def _text_line(one: OpenText) -> ReportLine:
    """Return what the verdict hangs on; what else was not understood is a note."""
    title, message, hint = "not understood", str(open_words(one)), str(one.way_out)
    cell, text, _ = one.remark
    return ReportLine(WARNING, OPEN_TEXT, OPEN_TEXT, title, message, hint, (cell,), text)


def _setting_line(line: SettingLine) -> ReportLine:
    level, title = (NOTE, "setting") if line.kind == HEEDED else (WARNING, "idle setting")
    sentence, subject = str(line.sentence), line.setting.subject
    return ReportLine(level, line.kind, line.kind, title, sentence, "", line.cells, subject)


def _caution_line(finding: Finding, caution: Caution) -> ReportLine:
    return ReportLine(
        WARNING if caution.in_verdict else NOTE,
        CAUTION,
        finding.rule,
        f"caution: {finding.title}",
        str(caution.message),
        cells=caution.cells,
        subject=caution.message.template,
        finding=finding,
    )


def _waiver_lines(report: Report) -> Iterator[ReportLine]:
    for kind, waiver, words, finding in gate_lines(report):
        about, sentence = str(subject(waiver)), str(words)
        if finding is None:
            yield ReportLine(WARNING, kind, kind, kind.replace("-", " "), sentence, subject=about)
            continue
        title, cells = f"waived: {finding.title}", finding.answer.cells
        yield ReportLine(NOTE, WAIVED, waiver.rule, title, sentence, "", cells, about, finding)


def _words(message: Message | None) -> str:
    return "" if message is None else str(message)


def ended(sentence: str) -> str:
    """Return a sentence with a full stop, unless it ends with a sign of its own."""
    return sentence if not sentence or sentence[-1] in ".!?" else f"{sentence}."
