"""What a comparison says to people, in the words that every format for them shares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from alliance_check.compare.statements import Statement, Statements, label, stated_fields
from alliance_check.compare.two_sheets import Compared, Comparison, LotReports, RuleChange
from alliance_check.model.message import Items, Message, Value, count, eur, listed, say
from alliance_check.model.outcome import Verdict
from alliance_check.model.report import CALL, Report
from alliance_check.reports.partner_words import kind_words
from alliance_check.reports.words import (
    OUTCOMES,
    VERDICTS,
    cautions,
    lot_name,
    spare,
    verdict_words,
)
from alliance_check.vocabulary.countries import country as country_term

_SELF_EVIDENT = frozenset({"country", "type", "role", "status"})
_MONEY = frozenset({"share", "total", "grant"})
_EUROS = re.compile(r"\d+\.\d{2}")


def _value_words(field: str, stated: Statement) -> Value:
    """Return what a field says."""
    if stated.value is None:
        return say('not read: "{text}"', text=stated.text) if stated.text else say("not read")
    if not stated.value:
        return say("nothing said")
    return _read(field, stated.value)


def _read(field: str, value: str) -> Value:
    if field == "country":
        return say("{country} ({code})", country=country_term(value), code=value)
    if field == "type":
        return kind_words(value.split(", "))
    if field == "role":
        return Message(value.replace("-", " "))
    if field == "duration":
        return say("{months} months", months=value)
    if field in _MONEY:
        return _EUROS.sub(lambda number: str(eur(Decimal(number[0]))), value)
    return value


def placed_words(field: str, stated: Statement) -> Value:
    """Return what a field says and where."""
    value = _value_words(field, stated)
    return say("{value} ({place})", value=value, place=stated.place) if stated.place else value


def name_words(stated: Statements) -> Value:
    """Return what a partner is called."""
    return stated["name"].text or say("(no name)")


def partner_words(stated: Statements) -> list[Value]:
    """Return what the sheet says of a partner, without its name."""
    return [
        _value_words(field, one)
        if field in _SELF_EVIDENT and one.value is not None
        else say("{field} {value}", field=label(field), value=_value_words(field, one))
        for field, one in stated_fields(stated)
        if field != "name" and one.value != ""
    ]


def totals(comparison: Comparison) -> Message:
    """Return how many partners were added, removed, changed and left as they were."""
    return say(
        "{added} added, {removed} removed, {changed} changed, {same} as before",
        added=len(comparison.added),
        removed=len(comparison.removed),
        changed=len(comparison.changed),
        same=len(comparison.pairs) - len(comparison.changed),
    )


def no_difference(compared: Compared) -> Message:
    """Return the one sentence on two files that say the same."""
    several = len(compared.comparisons)
    if several > 1:
        return say("No difference in what is read: {number} consortia in both.", number=several)
    one = compared.comparisons[0]
    reports = [judged.after for judged in one.judged if judged.after is not None]
    return count(
        "No difference in what is read: {number} partner in both; {verdicts}.",
        "No difference in what is read: {number} partners in both; {verdicts}.",
        number=len(one.pairs),
        verdicts=listed(
            say("Lot {lot} {verdict}", lot=r.lot.number, verdict=VERDICTS[r.verdict])
            for r in reports
        ),
    )


def terms(judged: LotReports, arrow: str) -> Message:
    """Return the lot and call of the reports, both where they differ."""
    sides = [side for side in judged if side is not None]
    lots = _became(map(lot_name, sides), arrow)
    calls = _became((say("call {call}", call=side.call.id) for side in sides), arrow)
    return say("{lot}, {call}", lot=lots, call=calls)


def _became(words: Iterable[Value], arrow: str) -> Value:
    """Return what something was and is; once where that is the same."""
    first, *others = dict.fromkeys(words)
    return say("{a} {arrow} {b}", a=first, arrow=arrow, b=others[0]) if others else first


def verdicts(judged: LotReports, arrow: str) -> Value:
    """Return what became of the verdict."""
    before, after = judged
    if before is not None and after is not None and _verdict(before) == _verdict(after):
        return say("{verdict}, as before", verdict=verdict_words(after))
    sides = [say("not judged") if side is None else verdict_words(side) for side in judged]
    return say("{before} {arrow} {after}", before=sides[0], arrow=arrow, after=sides[1])


def _verdict(report: Report) -> object:
    """Return the verdict with the doubts that its line carries, wherever their cells are."""
    eligible = report.verdict is Verdict.ELIGIBLE
    doubts = [str(c.message) for _, c in cautions(report) if eligible and c.in_verdict]
    return report.verdict, doubts


def outcomes(rule: RuleChange, arrow: str) -> Value:
    """Return what became of the outcome of a rule."""
    absent = say("no such rule")
    if rule.rule == CALL:
        absent = say("the calls agree, or one is named")
    answers = (rule.before, rule.after)
    return _became((absent if a is None else OUTCOMES[a.outcome] for a in answers), arrow)


def margins(rule: RuleChange, arrow: str) -> Value:
    """Return what became of the margin of a rule that counts; empty where it counts nothing."""
    answers = (answer for answer in (rule.before, rule.after) if answer is not None)
    said = [room for answer in answers if (room := spare(answer)) is not None]
    return _became(said, arrow) if said else ""


def columns(comparison: Comparison) -> Iterator[Message]:
    """Yield a sentence on the columns that only one of the sheets has."""
    if comparison.columns_added:
        yield say("New columns: {columns}", columns=_labels(comparison.columns_added))
    if comparison.columns_removed:
        yield say("Columns that are gone: {columns}", columns=_labels(comparison.columns_removed))


def _labels(fields: Iterable[str]) -> Items:
    return listed((label(field) for field in fields), 40)


def other_consortia(compared: Compared) -> Iterator[Message]:
    """Yield a sentence on the consortia that only one of the files holds."""
    if compared.added:
        yield say("Consortia added: {names}", names=_quoted(compared.added))
    if compared.removed:
        yield say("Consortia removed: {names}", names=_quoted(compared.removed))


def _quoted(names: Iterable[str]) -> Items:
    return listed((f'"{name}"' if name else say("(no name)") for name in names), 40)
