"""The last line of a report: the verdict once more, what to do next, and the command for it."""

from __future__ import annotations

from collections.abc import Iterator

from alliance_check.model.message import Message, count, either, say
from alliance_check.model.outcome import Outcome, Verdict
from alliance_check.model.report import Report
from alliance_check.reports.words import (
    having,
)

from .page import VERDICT_STYLES, Page, Styled


def add_next_step(page: Page, report: Report) -> None:
    """Add the verdict once more, with the next step."""
    page.gap()
    sentence, command = _next_step(report)
    style = VERDICT_STYLES[report.verdict]
    line = page.text(Styled(sentence, style), " ", command)
    if command and line.cell_len > page.style.width:
        page.paragraph(Styled(sentence, style), hang=2)
        page.paragraph(command, 2)
    else:
        page.paragraph(line, hang=2)


def _next_step(report: Report) -> tuple[Message, str]:
    """Return the verdict with what to do next, and the command that does it."""
    if report.verdict is Verdict.ELIGIBLE:
        return _eligible_sentence(report), ""
    if report.call_verdict is not None and report.newest is not None:
        calls = [f"--call {report.call.id}", f"--call {report.newest.call}"]
        return say("UNDECIDED until the call is named: {calls}.", calls=either(calls)), ""
    repairs = () if report.advice is None else report.advice.repairs
    number = len(repairs[0].changes) if repairs else 0
    if report.verdict is Verdict.UNDECIDED:
        return _undecided_sentence(number), _questions_command(report)
    if not repairs:
        return say("NOT ELIGIBLE: see above what stands in the way."), ""
    sentence = count(
        "NOT ELIGIBLE: {number} change would do. Try it:",
        "NOT ELIGIBLE: {number} changes would do. Try each with --what-if, such as",
        number=number,
    )
    return sentence, f'--what-if "{repairs[0].changes[0]}"'


def _eligible_sentence(report: Report) -> Message:
    number, options = len(having(report, Outcome.MET)), list(_missing_options(report))
    if not options:
        return count(
            "ELIGIBLE on the {number} rule that was checked.",
            "ELIGIBLE on all {number} rules that were checked.",
            number=number,
        )
    if len(options) == 1:
        return count(
            "ELIGIBLE on the {number} rule checked; {option} would check more.",
            "ELIGIBLE on all {number} rules checked; {option} would check more.",
            number=number,
            option=options[0],
        )
    return count(
        "ELIGIBLE on the {number} rule checked; {option} and {other} would check more.",
        "ELIGIBLE on all {number} rules checked; {option} and {other} would check more.",
        number=number,
        option=options[0],
        other=options[1],
    )


def _missing_options(report: Report) -> Iterator[str]:
    """Yield the options by which rules could be checked on which the sheet says nothing."""
    project, unchecked = report.consortium.project, report.not_checked
    if project.duration is None and "duration" in unchecked:
        yield "--duration"
    if project.grant is None and "grant-ceiling" in unchecked:
        yield "--grant"
    elif project.total is None and "co-financing-rate" in unchecked:
        yield "--total"


def _undecided_sentence(number: int) -> Message:
    if not number:
        return say("UNDECIDED. Whom to ask what:")
    return count(
        "UNDECIDED: {number} change would do. Whom to ask:",
        "UNDECIDED: {number} changes would do. Whom to ask:",
        number=number,
    )


def _questions_command(report: Report) -> str:
    """Return the command that lists the questions, with what was said on the command line."""
    project, file = report.consortium.project, report.file
    said = {
        "--lot": report.lot.id if report.origins.get("lot") == "option" else "",
        "--call": report.call.id if report.origins.get("call") == "option" else "",
        "--project": report.input.project,
    }
    if project.duration is not None and project.duration.origin == "option":
        said["--duration"] = str(project.duration.months)
    for name, amount in (("--grant", project.grant), ("--total", project.total)):
        if amount is not None and amount.origin == "option" and amount.exact is not None:
            said[name] = f"{amount.exact:f}"
    options = (f" {name} {_quoted(value)}" for name, value in said.items() if value)
    return f"alliance-check questions {_quoted(file)}{''.join(options)}"


def _quoted(text: str) -> str:
    return text if text and not set(text) & set(" '&()$;<>|*?`\"\\") else f'"{text}"'
