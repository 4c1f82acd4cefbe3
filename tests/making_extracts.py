"""A report on a file as a short extract that people can read and two runs can compare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from alliance_check.model.consortium import Partner
from alliance_check.model.report import Finding, Report

Extract = dict[str, Any]
Essence = tuple[Any, ...]


def extract(report: Report) -> Extract:
    """Return what a reader of a report checks first: where it was read, the answers, the rows."""
    read_as = report.input
    made: Extract = {
        "sheet": read_as.sheet,
        "header_row": read_as.header_row,
        "project": read_as.project,
        "call": report.call.id,
        "lot": report.lot.id,
        "verdict": report.verdict.value,
        "with_all_possible": report.with_all_possible and report.with_all_possible.value,
        "rules": {finding.rule: _answer(finding) for finding in report.findings},
        "partners": [_partner(partner) for partner in report.consortium.partners],
        "problems": [f"{p.cell or 'no cell'}: {p.id} {p.value!r}" for p in report.problems],
        "notes": [str(note) for note in read_as.notes],
    }
    return {key: value for key, value in made.items() if value not in (None, "", [])}


def essence(reports: Sequence[Report]) -> Counter[Essence]:
    """Return what must not change when the same content stands elsewhere: all but the cells."""
    return Counter(
        (
            report.input.project,
            report.call.id,
            report.lot.id,
            report.verdict,
            report.with_all_possible,
            tuple((f.rule, _answer(f)) for f in report.findings),
            frozenset(Counter(_counted_as(p) for p in report.consortium.partners).items()),
            frozenset(Counter((p.id, p.value) for p in report.problems).items()),
        )
        for report in reports
    )


def _answer(finding: Finding) -> str:
    """Return an outcome with the numbers it compares."""
    answer = finding.answer
    parts = [answer.outcome.value]
    if answer.count is not None:
        parts.append(f"{answer.count} of {answer.need}")
    if answer.need_eur is not None or answer.have_eur is not None:
        parts.append(f"EUR {answer.have_eur} to {answer.need_eur}")
    return ", ".join(parts)


def _partner(partner: Partner) -> str:
    return " | ".join((str(partner.cells["name"]), *_counted_as(partner)))


def _counted_as(partner: Partner) -> tuple[str, ...]:
    """Return what was understood of a partner, without its place."""
    return (
        partner.name or "(no name)",
        partner.country or "?",
        "+".join(partner.kinds) or "?",
        partner.role.value,
        partner.presence.value,
        *([] if partner.share is None else [f"EUR {partner.share}"]),
        *([partner.charter.value] if partner.charter.value != "no-column" else []),
        *([f"listed {len(partner.listing.holders)}"] if partner.listing else []),
    )
