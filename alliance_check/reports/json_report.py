"""The report as JSON, under names that other programs rely on.

The order of keys is part of the shape; nothing depends on the clock, on the machine or on the
order of a set.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from alliance_check.model.consortium import Partner
from alliance_check.model.outcome import Verdict
from alliance_check.model.report import (
    TOOL,
    Advice,
    Caution,
    Classification,
    Failure,
    Finding,
    Gate,
    Observation,
    OpenText,
    Report,
    Result,
    Waiver,
    WhatIf,
)
from alliance_check.model.settings import Setting
from alliance_check.model.sheet import Problem, Remark
from alliance_check.reports.escaping import Json, json_text

REPORT, BATCH = "alliance-check/report-v1", "alliance-check/batch-v1"


def render(results: Sequence[Result], *, batch: bool, across: Sequence[Observation] = ()) -> str:
    """Return one report object, or a batch of them, as JSON text that ends its last line."""
    if not batch:
        return f"{json_text(document(results[0]))}\n"
    # One after the other: the objects of thousands take far more memory than their texts.
    parts = [f'{{\n  "schema": {json_text(BATCH)},\n  "reports": [']
    for number, result in enumerate(results):
        parts += [",\n    " if number else "\n    ", json_text(document(result), "    ")]
    together = json_text([_across(one) for one in across], "  ")
    parts.append(f'\n  ],\n  "across": {together}\n}}\n')
    return "".join(parts)


def document(result: Result) -> Json:
    """Return the object of one report, or of one run that could not judge."""
    if isinstance(result, Failure):
        return _failure(result)
    return {
        "schema": REPORT,
        "tool": {"name": TOOL, "version": result.version},
        "input": {
            "file": result.file,
            "sha256": result.input.sha256,
            "sheet": result.input.sheet,
            "header_row": result.input.header_row,
            "notes": [str(note) for note in result.input.notes],
            **({"project": result.input.project} if result.input.project else {}),
        },
        "call": result.call.id,
        "lot": result.lot.id,
        "verdict": result.verdict.value,
        "exit_code": result.exit_code,
        "call_verdict": _verdict(result.call_verdict),
        "with_all_possible": _verdict(result.with_all_possible),
        "project": _project(result),
        "origins": _origins(result),
        "rules": [_rule(finding) for finding in result.findings],
        "problems": [_problem(problem) for problem in result.problems],
        "open_texts": [_open_text(one) for one in result.open_texts],
        "settings": {
            "heeded": [
                _setting(one.setting) | {"settled": [_remark(remark) for remark in one.remarks]}
                for one in result.settings
            ],
            "idle": [_setting(one.setting) | {"why": str(one.why)} for one in result.idle_settings],
        },
        "partners": [
            _partner(*each)
            for each in zip(result.consortium.partners, result.classifications, strict=True)
        ],
        "advice": None if result.advice is None else _advice(result.advice),
        **({} if result.what_if is None else {"what_if": _what_if(result.what_if)}),
        "newest": _newest(result),
        "not_checked": list(result.not_checked),
        "gate": None if result.gate is None else _gate(result.gate),
    }


def _across(one: Observation) -> Json:
    places = [{"file": p.file, "cell": None if p.cell is None else str(p.cell)} for p in one.places]
    return {"id": one.id, "message": str(one.message), "places": places}


def _failure(failure: Failure) -> Json:
    return {
        "schema": REPORT,
        "tool": {"name": TOOL, "version": failure.version},
        "input": {"file": failure.file},
        "verdict": None,
        "exit_code": failure.exit_code,
        "error": {"code": failure.code, "message": failure.sentence},
    }


def _verdict(verdict: Verdict | None) -> str | None:
    return None if verdict is None else verdict.value


def _euros(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def _project(report: Report) -> Json:
    project = report.consortium.project
    return {
        "duration_months": project.duration.months if project.duration else None,
        "grant_eur": _euros(project.grant.exact) if project.grant else None,
        "total_eur": _euros(project.total.exact) if project.total else None,
    }


def _origins(report: Report) -> Json:
    project = report.consortium.project
    stated = {
        "duration_months": project.duration,
        "grant_eur": project.grant,
        "total_eur": project.total,
    }
    named = {name: report.origins[name] for name in ("call", "lot") if name in report.origins}
    return named | {name: value.origin for name, value in stated.items() if value is not None}


def _rule(finding: Finding) -> Json:
    answer, count = finding.answer, finding.answer.count
    return {
        "id": finding.rule,
        "title": str(finding.title),
        "outcome": finding.outcome.value,
        "message": str(answer.message),
        "hint": None if answer.hint is None else str(answer.hint),
        "need": answer.need,
        "low": None if count is None else count.low,
        "high": None if count is None else count.high,
        "cells": [str(cell) for cell in answer.cells],
        "cautions": [_caution(caution) for caution in answer.cautions],
        "source": {
            "title": finding.clause.source.title,
            "page": finding.clause.page or None,
            "url": finding.clause.source.url,
        },
        "need_eur": _euros(answer.need_eur),
        "have_eur": _euros(answer.have_eur),
    }


def _caution(caution: Caution) -> Json:
    return {
        "message": str(caution.message),
        "cells": [str(cell) for cell in caution.cells],
        "in_verdict": caution.in_verdict,
    }


def _problem(problem: Problem) -> Json:
    return {
        "id": problem.id,
        "cell": None if problem.cell is None else str(problem.cell),
        "value": problem.value,
        "message": str(problem.message),
        "hint": None if problem.hint is None else str(problem.hint),
    }


def _open_text(one: OpenText) -> Json:
    return {
        **_remark(one.remark),
        "partners": [{"cell": str(cell), "name": name} for cell, name in one.partners],
        "decides": one.decides,
        "way_out": str(one.way_out),
    }


def _remark(remark: Remark) -> Json:
    return {"cell": str(remark.cell), "comment": remark.comment, "text": remark.text}


def _setting(setting: Setting) -> Json:
    return {"key": setting.kind.value, "subject": setting.subject, "origin": setting.origin}


def _partner(partner: Partner, classification: Classification) -> Json:
    return {
        "row": partner.row,
        "name": partner.name,
        "country": partner.country,
        "counts_as_country": classification.counts_as_country,
        "group": classification.group.value,
        "role": partner.role.value,
        "presence": partner.presence.value,
        "kinds": list(partner.kinds),
        "counts_as": list(classification.counts_as),
        "may_count_as": list(classification.may_count_as),
    }


def _newest(report: Report) -> Json | None:
    newest = report.newest
    if newest is None:
        return None
    return {
        "call": newest.call,
        "verdict": newest.verdict.value,
        "differs": list(newest.differs),
    }


def _gate(gate: Gate) -> Json:
    return {
        "exit_code": gate.exit_code,
        "fail_on": gate.fail_on,
        "waived": [_waiver(waiver) for waiver in gate.waived],
        "unused": [_waiver(one.waiver) | {"why": str(one.why)} for one in gate.unused],
        "expired": [_waiver(waiver) for waiver in gate.expired],
    }


def _waiver(waiver: Waiver) -> Json:
    return {
        "rule": waiver.rule or None,
        "file": waiver.file,
        "cell": waiver.cell,
        "partner": waiver.partner,
        "reason": waiver.reason,
        "by": waiver.by,
        "until": None if waiver.until is None else waiver.until.isoformat(),
    }


def _advice(found: Advice) -> Json:
    """Return the advice as an object of JSON.

    ``fewest`` is how many partners must leave to break a minimum, null where one is broken;
    ``example`` are such partners; ``none`` tells why nothing helps.
    """
    margins = found.margins
    return {
        "repairs": [
            {"cost": one.cost, "changes": list(one.changes), "text": one.text}
            for one in found.repairs
        ],
        "none": None if found.none is None else str(found.none),
        "margins": dict(margins.room),
        "critical_partners": [str(cell) for cell in margins.critical],
        "fewest": margins.fewest or None,
        "example": [str(cell) for cell in margins.example],
    }


def _what_if(made: WhatIf) -> Json:
    """Return the object of the changes with which the consortium was judged."""
    return {"changes": list(made.changes), "verdict_before": made.verdict_before.value}
