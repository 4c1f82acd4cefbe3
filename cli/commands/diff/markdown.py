"""A comparison as Markdown, for the review of a proposal's partner list in a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from alliance_check.compare.statements import Statements, label
from alliance_check.compare.two_sheets import Compared, Comparison, FieldChange, LotReports
from alliance_check.reports.markdown_text import escaped, table

from . import words

_ARROW = "→"


def render(compared: Compared, old: str, new: str) -> str:
    """Return the text on two files, which are called *old* and *new*."""
    blocks = [f"## {escaped(old)} {_ARROW} {escaped(new)}"]
    if compared.same:
        blocks.append(escaped(words.no_difference(compared)))
    else:
        blocks += [f"{escaped(sentence)}." for sentence in words.other_consortia(compared)]
        for comparison in compared.comparisons:
            if len(compared.comparisons) == 1 or not comparison.same:
                blocks += _blocks(comparison)
    return "\n\n".join(blocks) + "\n"


def _blocks(comparison: Comparison) -> Iterator[str]:
    if comparison.name:
        yield f"### {escaped(comparison.name)}"
    for judged in comparison.judged:
        yield from _judged(judged)
    yield f"**Partners:** {escaped(words.totals(comparison))}"
    rows = [("added", partner) for partner in comparison.added]
    rows += [("removed", partner) for partner in comparison.removed]
    if rows:
        yield _table(("", "Partner", "Cell", "What the sheet says"), [_partner(*r) for r in rows])
    changed = [
        (words.name_words(pair.after), *_change(change))
        for pair in comparison.changed
        for change in pair.changes
    ]
    if changed:
        yield _table(("Partner", "Field", "Before", "After"), changed)
    if comparison.project:
        yield "**Project**"
        yield _table(("Field", "Before", "After"), [_change(c) for c in comparison.project])
    yield from (f"{escaped(sentence)}." for sentence in words.columns(comparison))


def _judged(judged: LotReports) -> Iterator[str]:
    verdicts = escaped(words.verdicts(judged, _ARROW))
    yield f"**{escaped(words.terms(judged, _ARROW))}:** {verdicts}"
    rows = [
        (
            rule.title,
            words.outcomes(rule, _ARROW),
            words.margins(rule, _ARROW),
            "" if rule.after is None else str(rule.after.message),
        )
        for rule in judged.rules
    ]
    if rows:
        yield _table(("Rule", "Outcome", "Margin", "What the sheet says now"), rows)


def _partner(what: str, partner: Statements) -> tuple[object, ...]:
    said = " · ".join(map(str, words.partner_words(partner)))
    return what, words.name_words(partner), partner["name"].place, said


def _change(change: FieldChange) -> tuple[object, ...]:
    field, *sides = change
    return label(field), *(words.placed_words(field, side) for side in sides)


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    return table(head, ([*map(escaped, row)] for row in rows))
