"""Markdown for pull requests and job summaries, as GitHub renders it.

The whole of a batch stands below its table of verdicts, as far as a job summary has room.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from alliance_check.model.message import listed
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import TOOL, Failure, Finding, Observation, Report, Result
from alliance_check.reports.gate_words import gate_lines, subject
from alliance_check.reports.markdown_text import escaped, table
from alliance_check.reports.places import placed, ranges
from alliance_check.reports.text_words import deciding_texts, open_words, setting_lines
from alliance_check.reports.words import (
    OUTCOMES,
    VERDICTS,
    call_name,
    call_origin,
    call_words,
    cautions,
    cite,
    finding_words,
    having,
    lot_name,
    margin,
    minimum_findings,
    newest_line,
    not_understood,
    one_call,
    overruled,
    spare,
    verdict_words,
    with_possible,
)

_MOST = 50
# A job summary of GitHub may have one MiB; the table of verdicts goes first.
_ROOM = 900_000


def render(results: Sequence[Result], *, batch: bool, across: Sequence[Observation] = ()) -> str:
    """Return the text of every report; of a batch, its table of verdicts first."""
    parts = [_overview(results)] if batch or len(results) > 1 else []
    shared = (_across(one) for one in across)
    parts += [f"{block}\n\n" for block in _bullets("Across proposals", shared)]
    room = _ROOM - sum(len(part.encode()) for part in parts)
    for number, result in enumerate(results):
        part = "".join(f"{block}\n\n" for block in _blocks(result))
        room -= len(part.encode())
        if room < 0:
            parts.append(f"{len(results) - number} more reports have no room here.\n")
            break
        parts.append(part)
    return "".join(parts).rstrip("\n") + "\n"


def _overview(results: Sequence[Result]) -> str:
    counted = Counter(VERDICTS[result.verdict] for result in results)
    files = len({result.file for result in results})
    totals = [f"{files} {'file' if files == 1 else 'files'}"]
    for verdict in VERDICTS.values():
        totals += [f"{counted[verdict]} {str(verdict).lower()}"] if counted[verdict] else []
    rows = [list(map(escaped, _glance(r))) for r in results]
    verdicts = table(("Verdict", "File", "Lot", "Call", "What is missing", "Not understood"), rows)
    return f"## {TOOL}: {'; '.join(totals)}\n\n{verdicts}\n\n"


def _across(one: Observation) -> str:
    places = listed(one.places, 4)
    return f"{one.message} ({places})" if places else str(one.message)


def _glance(result: Result) -> tuple[object, ...]:
    if isinstance(result, Failure):
        return (VERDICTS[None], result.file, "", "", result.sentence, "")
    missing = [finding_words(f) for f in having(result, Outcome.NOT_MET, Outcome.TO_CHECK)]
    more = f"; and {len(missing) - 2} more" if len(missing) > 2 else ""
    cells = str(len(not_understood(result)) or "")
    name = f"{result.lot.number} {result.lot.id}"
    verdict, file = verdict_words(result), result.name
    call = str(call_words(result)).partition(" ")[2]
    return (verdict, file, name, call, "; ".join(map(str, missing[:2])) + more, cells)


def _blocks(result: Result) -> Iterator[str]:
    if isinstance(result, Failure):
        yield f"## {VERDICTS[None]}: {escaped(result.file)}"
        yield f"Why: {escaped(result.sentence)}"
        return
    yield f"## {escaped(verdict_words(result))}: {escaped(result.name)}"
    yield _second_line(result)
    possible = with_possible(result)
    if possible is not None:
        yield f"W{str(possible)[1:]}."
    yield from _bullets("", (f"note: {note}" for note in result.input.notes))
    yield from _why(result)
    under = f" (call {call})" if (call := one_call(result)) else ""
    yield from _bullets(f"What to change{under}", _advice(result))
    yield from _minima(result)
    lose = margin(result)
    yield from _bullets(f"Margin{under}", [] if lose is None else [str(lose)])
    yield from _problems(result)
    yield from _open_texts(result)
    doubts = (str(placed(c.message, c.cells)) for _, c in cautions(result))
    yield from _bullets("Cautions", doubts)
    gate = (f"{subject(line.waiver)}: {line.sentence}" for line in gate_lines(result))
    yield from _bullets("Gate", gate)
    yield from _bullets("Settings of texts", (str(one.sentence) for one in setting_lines(result)))
    yield from _bullets(
        "Not checked: this sheet cannot show", map(_open, having(result, Outcome.NOT_CHECKED))
    )


def _advice(report: Report) -> Iterator[str]:
    """Yield each cheapest set of changes as one text, or why there is none."""
    if report.advice is not None:
        yield from (repair.text for repair in report.advice.repairs)
        yield from () if report.advice.none is None else (str(report.advice.none),)


def _second_line(report: Report) -> str:
    call = (call_name(report.call), call_origin(report))
    parts = [lot_name(report), *call, newest_line(report)]
    return " · ".join(escaped(str(part)) for part in parts if part is not None)


def _why(report: Report) -> Iterator[str]:
    found = having(report, Outcome.NOT_MET, Outcome.TO_CHECK)
    if found:
        yield "### Why"
        head = ("Rule", "Outcome", "What the sheet says", "Cells", "What to change", "Source")
        yield table(head, [_reason(finding) for finding in found])


def _reason(finding: Finding) -> list[str]:
    answer, source = finding.answer, finding.clause.source
    cited = escaped(cite(finding.clause))
    link = f"[{cited}]({source.url})" if _linkable(source.url) else cited
    return [
        escaped(finding.title),
        f"**{OUTCOMES[finding.outcome]}**",
        escaped(str(answer.message)),
        escaped(listed(ranges(answer.cells))),
        "" if answer.hint is None else escaped(str(answer.hint)),
        link,
    ]


def _linkable(url: str) -> bool:
    return url.startswith("https://") and not set(url) & set(" ()<>|\\")


def _minima(report: Report) -> Iterator[str]:
    counted = minimum_findings(report)
    others = [str(f.title) for f in having(report, Outcome.MET) if f not in counted]
    if counted:
        yield "### Minima"
        head = ("Minimum", "Have", "Need", "Outcome", "Spare")
        yield table(head, [_minimum(f) for f in counted])
    if others:
        yield f"Also met: {escaped(', '.join(others))}."


def _minimum(finding: Finding) -> list[str]:
    words = OUTCOMES[finding.outcome]
    outcome = words if finding.outcome is Outcome.MET else f"**{words}**"
    answer = finding.answer
    numbers = [str(answer.count), str(answer.need), str(outcome), str(spare(answer) or "")]
    return [escaped(finding.title), *numbers]


def _problems(report: Report) -> Iterator[str]:
    changed = (f"{p.message} ({p.cell})" for p in overruled(report))
    yield from _bullets("Overruled by a configuration", changed)
    problems = not_understood(report)
    if problems:
        yield "### Not understood"
        rows = [
            [escaped("" if part is None else str(part)) for part in (p.cell, p.message, p.hint)]
            for p in problems[:_MOST]
        ]
        yield table(("Cell", "What it says", "What to change"), rows)
        yield from _rest(len(problems) - _MOST)


def _open_texts(report: Report) -> Iterator[str]:
    found = deciding_texts(report)
    if found:
        yield "### Texts on which the verdict hangs"
        rows = [
            [escaped(str(part)) for part in (one.remark.cell, open_words(one), one.way_out)]
            for one in found[:_MOST]
        ]
        yield table(("Cell", "What it says", "What to change"), rows)
        yield from _rest(len(found) - _MOST)


def _open(finding: Finding) -> str:
    hint = "" if finding.answer.hint is None else f" → {finding.answer.hint}"
    return f"{finding.title}: {finding.answer.message}{hint}"


def _bullets(heading: str, texts: Iterable[str]) -> Iterator[str]:
    found = list(texts)
    if found:
        if heading:
            yield f"### {heading}"
        yield "\n".join(f"- {escaped(text)}" for text in found[:_MOST])
        yield from _rest(len(found) - _MOST)


def _rest(left: int) -> Iterator[str]:
    if left > 0:
        yield f"and {left} more."
