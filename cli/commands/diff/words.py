"""What a comparison says to people, in the words that every format for them shares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from alliance_check.compare.statements import Statement, Statements, label, stated_fields
from alliance_check.compare.two_sheets import Compared, Comparison, LotReports, RuleChange
from alliance_check.model.consortium import Verdict
from alliance_check.model.message import eur, listed
from alliance_check.model.report import CALL, Answer, Count, Report
from alliance_check.reports.words import OUTCOMES, VERDICTS, cautions, lot_name, verdict_words
from alliance_check.vocabulary.countries import country_name
from alliance_check.vocabulary.kinds import kind_label

_SELF_EVIDENT = frozenset({"country", "type", "role", "status"})
_MONEY = frozenset({"share", "total", "grant"})
_EUROS = re.compile(r"\d+\.\d{2}")


def value_words(field: str, stated: Statement) -> str:
    """Return what a field says."""
    if stated.value is None:
        return f'unread "{stated.text}"' if stated.text else "unread"
    if not stated.value:
        return "nothing said"
    return _read(field, stated.value)


def _read(field: str, value: str) -> str:
    if field == "country":
        return f"{country_name(value)} ({value})"
    if field == "type":
        return str(listed(map(kind_label, value.split(", "))))
    if field == "role":
        return value.replace("-", " ")
    if field == "duration":
        return f"{value} months"
    if field in _MONEY:
        return _EUROS.sub(lambda number: str(eur(Decimal(number[0]))), value)
    return value


def placed_words(field: str, stated: Statement) -> str:
    """Return what a field says and where."""
    return value_words(field, stated) + (f" ({stated.place})" if stated.place else "")


def name_words(stated: Statements) -> str:
    """Return what a partner is called."""
    return stated["name"].text or "(no name)"


def partner_words(stated: Statements) -> str:
    """Return what the sheet says of a partner, without its name."""
    return " · ".join(
        value_words(field, one)
        if field in _SELF_EVIDENT and one.value is not None
        else f"{label(field)} {value_words(field, one)}"
        for field, one in stated_fields(stated)
        if field != "name" and one.value != ""
    )


def totals(comparison: Comparison) -> str:
    """Return how many partners were added, removed, changed and left as they were."""
    counts = {
        "added": len(comparison.added),
        "removed": len(comparison.removed),
        "changed": len(comparison.changed),
        "as before": len(comparison.pairs) - len(comparison.changed),
    }
    return ", ".join(f"{count} {what}" for what, count in counts.items())


def no_difference(compared: Compared) -> str:
    """Return the one sentence on two files that say the same."""
    several = len(compared.comparisons)
    if several > 1:
        return f"No difference in what is read: {several} consortia in both."
    one = compared.comparisons[0]
    noun = "partner" if len(one.pairs) == 1 else "partners"
    lots = [f"Lot {r.lot.number} {VERDICTS[r.verdict]}" for r in (j.after for j in one.judged) if r]
    return f"No difference in what is read: {len(one.pairs)} {noun} in both; {', '.join(lots)}."


def terms(judged: LotReports, arrow: str) -> str:
    """Return the lot and call of the reports, both where they differ."""
    sides = [side for side in judged if side is not None]
    lots = dict.fromkeys(map(lot_name, sides))
    calls = dict.fromkeys(f"call {side.call.id}" for side in sides)
    return ", ".join(f" {arrow} ".join(words) for words in (lots, calls))


def verdicts(judged: LotReports, arrow: str) -> str:
    """Return what became of the verdict."""
    before, after = judged
    if before is not None and after is not None and _verdict(before) == _verdict(after):
        return f"{verdict_words(after)}, as before"
    said = ("not judged" if side is None else verdict_words(side) for side in judged)
    return f" {arrow} ".join(said)


def _verdict(report: Report) -> object:
    """Return the verdict with the doubts that its line carries, wherever their cells are."""
    eligible = report.verdict is Verdict.ELIGIBLE
    doubts = [str(c.message) for _, c in cautions(report) if eligible and c.in_verdict]
    return report.verdict, doubts


def outcomes(rule: RuleChange, arrow: str) -> str:
    """Return what became of the outcome of a rule."""
    absent = "the calls agree, or one is named" if rule.rule == CALL else "no such rule"
    said = [
        absent if answer is None else OUTCOMES[answer.outcome]
        for answer in (rule.before, rule.after)
    ]
    return f" {arrow} ".join(dict.fromkeys(said))


def margins(rule: RuleChange, arrow: str) -> str:
    """Return what became of the margin of a rule that counts; empty where it counts nothing.

    What cannot be read leaves in doubt how many are missing.
    """
    said = [_margin(answer) for answer in (rule.before, rule.after)]
    return f" {arrow} ".join(dict.fromkeys(filter(None, said)))


def _margin(answer: Answer | None) -> str:
    if answer is None or answer.count is None or answer.need is None:
        return ""
    least, most = answer.need - answer.count.high, answer.need - answer.count.low
    if most <= 0:
        return f"{-most} to spare" if most else "none to spare"
    return f"{Count(least, most)} missing" if least > 0 else f"{most} in doubt"


def columns(comparison: Comparison) -> Iterator[str]:
    """Yield a sentence on the columns that only one of the sheets has."""
    for what, fields in (
        ("New columns", comparison.columns_added),
        ("Columns that are gone", comparison.columns_removed),
    ):
        if fields:
            yield f"{what}: {', '.join(map(label, fields))}"


def other_consortia(compared: Compared) -> Iterator[str]:
    """Yield a sentence on the consortia that only one of the files holds."""
    for what, names in (("added", compared.added), ("removed", compared.removed)):
        if names:
            quoted = (f'"{name}"' if name else "(no name)" for name in names)
            yield f"Consortia {what}: {', '.join(quoted)}"
