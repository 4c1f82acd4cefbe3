"""JUnit XML: a suite for each file, a test case for each rule.

A rule that is met passes, one that is not met fails, one that could not be decided is an error, and
one that was not checked, does not apply or is waived is skipped, each with its sentence. What could
not be understood stands in the output of the suite, with the verdict above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from alliance_check.model.outcome import Outcome
from alliance_check.model.report import TOOL, Failure, Finding, Report, Result
from alliance_check.reports.escaping import visible
from alliance_check.reports.gate_words import EXPIRED, UNUSED, WAIVED
from alliance_check.reports.lines import (
    CAUTION,
    PROBLEM,
    report_lines,
    verdict_line,
)
from alliance_check.reports.text_words import HEEDED, IDLE, OPEN_TEXT
from alliance_check.reports.words import lot_name

_ELEMENTS = {
    Outcome.NOT_MET: "failure",
    Outcome.TO_CHECK: "error",
    Outcome.NOT_CHECKED: "skipped",
    Outcome.NOT_APPLICABLE: "skipped",
}
_OF_SUITE = frozenset({PROBLEM, OPEN_TEXT, UNUSED, EXPIRED, HEEDED, IDLE})
# What is said of a case beside its own answer, and how it begins; a waiver says it itself.
_BESIDE = {CAUTION: "caution: ", WAIVED: ""}
# Characters that no XML document may hold, beyond the unsafe ones.
_NO_XML = re.compile("[\ufffe\uffff]")
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def render(results: Sequence[Result]) -> str:
    """Return one document with a suite for each result."""
    suites = [line for result in results for line in _suite(result)]
    start = f"<testsuites{_attributes(name=TOOL)}{_totals(_marks(results))}>"
    lines = ('<?xml version="1.0" encoding="UTF-8"?>', start, *suites, "</testsuites>")
    return "".join(f"{line}\n" for line in lines)


def _suite(result: Result) -> Iterator[str]:
    file = result.file
    yield f"  <testsuite{_attributes(name=file)}{_totals(_marks([result]))}>"
    if isinstance(result, Failure):
        yield _case(file, file, result.code, _element("error", result.code, result.sentence))
    else:
        yield from _properties(result)
        yield from _cases(result)
        yield f"    <system-out>{_text(_output(result))}</system-out>"
    yield "  </testsuite>"


def _properties(report: Report) -> Iterator[str]:
    pairs = {"call": report.call.id, "lot": report.lot.id, "verdict": report.verdict.value}
    yield "    <properties>"
    for name, value in pairs.items():
        yield f"      <property{_attributes(name=name, value=value)}/>"
    yield "    </properties>"


def _cases(report: Report) -> Iterator[str]:
    file = report.file
    # Whoever compares runs knows a case by its class and name, so the class tells files apart.
    group = f"{report.name}, {lot_name(report)}, call {report.call.id}"
    said = list(report_lines(report))
    for finding in report.findings:
        mine = [r for r in said if r.finding is finding]
        mark, body = _mark(report, finding), ""
        if mark:
            sentence = f"{finding.title}: {finding.answer.message}"
            text = next((r.text for r in mine if r.kind not in _BESIDE), "")
            body = _element(mark, finding.outcome.value, sentence, text)
        beside = [f"{_BESIDE[r.kind]}{r.text}" for r in mine if r.kind in _BESIDE]
        if beside:
            body += f"<system-out>{_text(beside)}</system-out>"
        yield _case(file, group, finding.rule, body)


def _mark(report: Report, finding: Finding) -> str:
    """Return the element that marks a case; empty where it passes."""
    waived = () if report.gate is None else report.gate.waived
    to_check = finding.outcome is Outcome.TO_CHECK
    if to_check and any(waiver.rule == finding.rule for waiver in waived):
        return "skipped"
    return _ELEMENTS.get(finding.outcome, "")


def _case(file: str, group: str, name: str, body: str) -> str:
    attributes = _attributes(classname=group, name=name, file=file, time="0")
    return f"    <testcase{attributes}>{body}</testcase>"


def _element(name: str, kind: str, message: str, body: str = "") -> str:
    attributes = _attributes(type=kind, message=message)
    return f"<{name}{attributes}>{_escaped(body or message)}</{name}>"


def _output(report: Report) -> Iterator[str]:
    yield verdict_line(report)
    yield from (f"note: {note}" for note in report.input.notes)
    yield from (f"{r.title}: {r.text}" for r in report_lines(report) if r.kind in _OF_SUITE)


def _marks(results: Sequence[Result]) -> list[str]:
    """Return what each test case is marked as: an element, or nothing where it passes."""
    marks = []
    for result in results:
        if isinstance(result, Failure):
            marks.append("error")
        else:
            marks += [_mark(result, finding) for finding in result.findings]
    return marks


def _totals(marks: Sequence[str]) -> str:
    return _attributes(
        tests=str(len(marks)),
        failures=str(marks.count("failure")),
        errors=str(marks.count("error")),
        skipped=str(marks.count("skipped")),
        time="0",
    )


def _attributes(**values: str) -> str:
    return "".join(f' {name}="{_escaped(value)}"' for name, value in values.items())


def _text(lines: Iterator[str] | Sequence[str]) -> str:
    return "\n".join(_escaped(line) for line in lines)


def _escaped(text: str) -> str:
    shown = _NO_XML.sub(lambda match: f"\\u{ord(match.group()):04x}", visible(text))
    return shown.translate(_MARKUP)
