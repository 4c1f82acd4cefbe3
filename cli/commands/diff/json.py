"""A comparison as JSON; ``data/schemas/diff-v1.schema.json`` says what it is made of."""

from __future__ import annotations

from alliance_check import __version__
from alliance_check.compare.statements import Statement, Statements, stated_fields
from alliance_check.compare.two_sheets import (
    Compared,
    Comparison,
    FieldChange,
    LotReports,
    Pair,
    RuleChange,
)
from alliance_check.model.report import TOOL, Answer, Input, Report
from alliance_check.reports.escaping import Json, json_text

SCHEMA = "alliance-check/diff-v1"


def render(compared: Compared, old: Input, new: Input) -> str:
    """Return the comparison of two files as JSON text that ends its last line."""
    document = {
        "schema": SCHEMA,
        "tool": {"name": TOOL, "version": __version__},
        "old": _input(old),
        "new": _input(new),
        "same": compared.same,
        "consortia": [_consortium(one) for one in compared.comparisons],
        "consortia_added": list(compared.added),
        "consortia_removed": list(compared.removed),
    }
    return json_text(document) + "\n"


def _input(read: Input) -> Json:
    return {"file": read.file, "sha256": read.sha256, "sheet": read.sheet}


def _consortium(comparison: Comparison) -> Json:
    return {
        "name": comparison.name or None,
        "lots": [_judged(judged) for judged in comparison.judged],
        "added": [_partner(partner) for partner in comparison.added],
        "removed": [_partner(partner) for partner in comparison.removed],
        "changed": [_pair(pair) for pair in comparison.changed],
        "unchanged": len(comparison.pairs) - len(comparison.changed),
        "project": [_change(change) for change in comparison.project],
        "columns_added": list(comparison.columns_added),
        "columns_removed": list(comparison.columns_removed),
    }


def _judged(judged: LotReports) -> Json:
    return {
        "before": _verdict(judged.before),
        "after": _verdict(judged.after),
        "rules": [_rule(rule) for rule in judged.rules],
    }


def _verdict(report: Report | None) -> Json | None:
    if report is None:
        return None
    return {"call": report.call.id, "lot": report.lot.id, "verdict": report.verdict.value}


def _rule(rule: RuleChange) -> Json:
    return {
        "id": rule.rule,
        "title": str(rule.title),
        "before": _answer(rule.before),
        "after": _answer(rule.after),
    }


def _answer(answer: Answer | None) -> Json | None:
    if answer is None:
        return None
    return {
        "outcome": answer.outcome.value,
        "message": str(answer.message),
        "need": answer.need,
        "low": None if answer.count is None else answer.count.low,
        "high": None if answer.count is None else answer.count.high,
        "room": answer.room,
    }


def _partner(partner: Statements) -> Json:
    return {
        "name": partner["name"].text,
        "cell": partner["name"].place,
        "fields": {field: _statement(stated) for field, stated in stated_fields(partner)},
    }


def _pair(pair: Pair) -> Json:
    before, after = ({"name": p["name"].text, "cell": p["name"].place} for p in pair[:2])
    return {
        "before": before,
        "after": after,
        "matched_by": pair.matched_by,
        "fields": [_change(change) for change in pair.changes],
    }


def _change(change: FieldChange) -> Json:
    field, before, after = change
    return {"field": field, "before": _statement(before), "after": _statement(after)}


def _statement(stated: Statement) -> Json:
    return {"value": stated.value, "text": stated.text, "place": stated.place or None}
