"""One line for each finding, as compilers write them: place, outcome, rule, sentence.

Met and not-applicable rules have no line. The last line of a file is the verdict.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from alliance_check.model.message import Message
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Failure, Finding, Result
from alliance_check.model.sheet import Cell
from alliance_check.reports.escaping import visible
from alliance_check.reports.gate_words import gate_lines
from alliance_check.reports.places import ranges
from alliance_check.reports.text_words import OPEN_TEXT, deciding_texts, open_words, setting_lines
from alliance_check.reports.words import cautions, having, verdict_in_full


def render(results: Sequence[Result]) -> str:
    """Return the lines of every report, one after the other."""
    return "".join(f"{visible(line)}\n" for result in results for line in _lines(result))


def _lines(result: Result) -> Iterator[str]:
    if isinstance(result, Failure):
        yield f"{result.file}: error {result.code} {result.sentence}"
        return
    file = result.name
    for finding in having(result, Outcome.NOT_MET, Outcome.TO_CHECK):
        yield f"{_place(file, finding.answer.cells)}: {_finding(finding)}"
    for problem in result.problems:
        where = _place(file, () if problem.cell is None else (problem.cell,))
        yield f"{where}: problem {problem.id} {problem.message}{_way_out(problem.hint)}"
    for text in deciding_texts(result):
        where = _place(file, (text.remark.cell,))
        yield f"{where}: {OPEN_TEXT} {open_words(text)}{_way_out(text.way_out)}"
    for finding, caution in cautions(result):
        yield f"{_place(file, caution.cells)}: caution {finding.rule} {caution.message}"
    for finding in having(result, Outcome.NOT_CHECKED):
        yield f"{file}: {_finding(finding)}"
    for line in gate_lines(result):
        yield f"{file}: {line.kind} {line.waiver.rule or line.waiver.cell} {line.sentence}"
    for setting in setting_lines(result):
        yield f"{_place(file, setting.cells)}: {setting.kind} {setting.sentence}"
    yield f"{file}: {verdict_in_full(result)}"


def _place(file: str, cells: Sequence[Cell]) -> str:
    return f"{file}:{cells[0]}" if cells else file


def _finding(finding: Finding) -> str:
    answer = finding.answer
    text = f"{finding.outcome.value} {finding.rule} {finding.title}: {answer.message}"
    if len(answer.cells) > 1:
        text += f" [{', '.join(ranges(answer.cells))}]"
    return text + _way_out(answer.hint)


def _way_out(hint: Message | None) -> str:
    return "" if hint is None else f" ({hint})"
