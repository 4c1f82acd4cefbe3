"""Workflow commands of GitHub Actions, which the runner turns into annotations.

Only ten of a level are shown a step. So the errors of all files come first, and the first line
on each file before the second on any: with forty proposals in one run each file has its turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from alliance_check.model.outcome import Verdict
from alliance_check.model.report import Report, Result
from alliance_check.reports.escaping import visible
from alliance_check.reports.lines import ERROR, NOTE, WARNING, report_lines, verdict_line

_COMMANDS = {ERROR: "error", WARNING: "warning", NOTE: "notice"}
_LEVELS = {Verdict.NOT_ELIGIBLE: ERROR, Verdict.UNDECIDED: WARNING, Verdict.ELIGIBLE: NOTE}
_WORST_FIRST = (ERROR, WARNING, NOTE)


class _Annotation(NamedTuple):
    level: str
    turn: int
    file: str
    line: int
    title: str
    text: str


def render(results: Sequence[Result]) -> str:
    """Return one command a line, the worst first."""
    found = [annotation for result in results for annotation in _annotations(result)]
    found.sort(key=lambda a: (_WORST_FIRST.index(a.level), a.turn))
    return "".join(_command(annotation) for annotation in found)


def _annotations(result: Result) -> Iterator[_Annotation]:
    file = result.file
    if isinstance(result, Report):
        level = _LEVELS[result.verdict]
        yield _Annotation(level, 0, file, 1, "alliance-check", verdict_line(result))
    for turn, line in enumerate(report_lines(result), 1):
        row = line.cells[0].row if line.cells else 1
        title = f"{line.title} ({line.id})"
        yield _Annotation(line.level, turn, file, row, title, line.text)


def _command(found: _Annotation) -> str:
    file, title = _property(found.file), _property(found.title)
    start = f"::{_COMMANDS[found.level]} file={file},line={found.line},title={title}::"
    return f"{start}{_data(found.text)}\n"


def _data(text: str) -> str:
    """Escape the text of a command; ``visible`` has taken the line breaks out of it."""
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
