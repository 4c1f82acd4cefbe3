"""SARIF 2.1.0, as code scanning services take it.

GitHub shows every result as an alert, whatever its ``kind``, and refuses a file in which one result
has no place in a file. So only what asks for a look becomes a result, with a level and no kind (any
kind but the usual one forbids a level, and a doubt would show as harmless). The rules that hold
stand among the properties of the run. A sheet has rows instead of lines; its cell is the logical
location.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from alliance_check.model.outcome import Outcome
from alliance_check.model.report import TOOL, Failure, Report, Result
from alliance_check.model.sheet import Cell
from alliance_check.reports.escaping import Json, json_text, visible
from alliance_check.reports.gate_words import WAIVED, gate_lines
from alliance_check.reports.lines import CAUTION, ReportLine, report_lines, verdict_line
from alliance_check.reports.sarif_rules import rules

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_OWN_PRINT = "allianceCheckFinding/v1"
# The name under which GitHub looks for what makes two results the same.
_GITHUB_PRINT = "primaryLocationLineHash"

_Subjects = Mapping[Cell, tuple[str, str]]


def render(results: Sequence[Result]) -> str:
    """Return one log with one run, which holds the results of all files."""
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(results)]}
    return json_text(log) + "\n"


def _run(results: Sequence[Result]) -> Json:
    known = rules(results)
    files = {r.file: r.input.sha256 if isinstance(r, Report) else "" for r in results}
    return {
        "tool": {"driver": {"name": TOOL, "version": results[0].version or "0", "rules": known}},
        "automationDetails": {"id": f"{TOOL}/"},
        "invocations": [{"executionSuccessful": all(isinstance(r, Report) for r in results)}],
        "artifacts": [_artifact(file, sha256) for file, sha256 in files.items()],
        "results": list(_results(results, [rule["id"] for rule in known], list(files))),
        "columnKind": "unicodeCodePoints",
        "properties": {"reports": [_summary(r) for r in results if isinstance(r, Report)]},
    }


def _artifact(file: str, sha256: str) -> Json:
    artifact: Json = {"location": {"uri": _uri(file)}, "roles": ["analysisTarget"]}
    return artifact | ({"hashes": {"sha-256": sha256}} if sha256 else {})


def _summary(report: Report) -> Json:
    return {
        "uri": _uri(report.file),
        "call": report.call.id,
        "lot": report.lot.id,
        "verdict": report.verdict.value,
        "text": visible(verdict_line(report)),
        "met": [f.rule for f in report.findings if f.outcome is Outcome.MET],
    }


def _results(results: Sequence[Result], ids: Sequence[str], files: Sequence[str]) -> Iterator[Json]:
    number_of_rule = {name: number for number, name in enumerate(ids)}
    number_of_file = {name: number for number, name in enumerate(files)}
    seen: Counter[str] = Counter()
    for result in results:
        file, subjects = result.file, _subjects(result)
        artifact = {"uri": _uri(file), "index": number_of_file[file]}
        accepted = _accepted(result)
        for line in report_lines(result):
            if line.kind == WAIVED:
                continue  # it is said of the result that it is about
            mark = _mark(result, line, subjects)
            seen[mark] += 1
            rule = {"ruleId": line.id, "ruleIndex": number_of_rule[line.id]}
            found = rule | _result(line, artifact, f"{mark}:{seen[mark]}")
            open_rule = line.kind == Outcome.TO_CHECK.value and line.id in accepted
            yield found | ({"suppressions": accepted[line.id]} if open_rule else {})


def _result(line: ReportLine, artifact: Json, mark: str) -> Json:
    return {
        "level": line.level,
        "message": {"text": _text(f"{line.title}: {line.text}")},
        **_locations(line.cells, artifact),
        "partialFingerprints": {_GITHUB_PRINT: mark, _OWN_PRINT: mark},
        "properties": {"outcome": line.kind},
    }


def _accepted(result: Result) -> dict[str, list[Json]]:
    """Map each rule that the gate let pass to its suppressions: who waived it, and why."""
    found: dict[str, list[Json]] = {}
    for line in gate_lines(result) if isinstance(result, Report) else ():
        if line.kind == WAIVED:
            said = visible(str(line.sentence))
            entry = {"kind": "external", "status": "accepted", "justification": said}
            found.setdefault(line.waiver.rule, []).append(entry)
    return found


def _locations(cells: Sequence[Cell], artifact: Json) -> Json:
    if not cells:
        return {"locations": [_location(None, artifact)]}
    found: Json = {"locations": [_location(cells[0], artifact)]}
    if len(cells) > 1:
        more = enumerate(cells[1:], 1)
        found["relatedLocations"] = [{"id": n} | _location(cell, artifact) for n, cell in more]
    return found


def _location(cell: Cell | None, artifact: Json) -> Json:
    row = 1 if cell is None else cell.row
    place: Json = {
        "physicalLocation": {"artifactLocation": artifact, "region": {"startLine": row}},
    }
    if cell is not None:
        name = visible(str(cell))
        place["logicalLocations"] = [{"name": cell.address, "fullyQualifiedName": name}]
    return place


def _mark(result: Result, line: ReportLine, subjects: _Subjects) -> str:
    """Return what stays the same while rows are moved: no address, no count of partners."""
    import hashlib

    # A rule has one answer a report; the partners that it names may change without a new alert.
    named = line.finding is None or line.kind == CAUTION
    about = [subjects.get(cell, ("", "")) for cell in line.cells] if named else []
    parts: list[Any] = [result.file, line.kind, line.id, line.subject, sorted(about)]
    if isinstance(result, Report):
        parts += [result.call.id, result.lot.id]
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()[:32]


def _subjects(result: Result) -> _Subjects:
    """Map each cell of a partner to its field and the name of the partner."""
    if isinstance(result, Failure):
        return {}
    partners = result.consortium.partners
    return {cell: (name, p.name) for p in partners for name, cell in p.cells.items()}


def _text(text: str) -> str:
    r"""Return a message in which nothing is a link: brackets with a target get a backslash.

    >>> print(_text("[1] and [x](https://e.eu)"))
    \[1\] and \[x\](https://e.eu)
    """
    shown = visible(text)
    if "](" not in shown:
        return shown
    return shown.replace("[", "\\[").replace("]", "\\]")


def _uri(file: str) -> str:
    """Return a file's name as a relative reference: nothing in it is a scheme or a query."""
    from urllib.parse import quote

    quoted = quote(file.encode("utf-8", "surrogatepass"))
    plain = quoted.lstrip("/")  # a leading slash would make it absolute
    return "%2F" * (len(quoted) - len(plain)) + plain or "."
