"""Texts that nobody understands: beside whom they stand, what they decide, the way out."""

from __future__ import annotations

from collections.abc import Iterable

from alliance_check.model.consortium import Partner
from alliance_check.model.message import Message, either, say
from alliance_check.model.outcome import Outcome, Verdict
from alliance_check.model.report import Finding, OpenText
from alliance_check.model.settings import HARMLESS, IGNORE
from alliance_check.model.sheet import Remark
from alliance_check.parse import Parsed, PartnerTable

_LONGEST = 60
"""A longer text is not quoted in what would settle it."""


def open_texts(
    parsed: Parsed, findings: Iterable[Finding], verdict: Verdict
) -> tuple[OpenText, ...]:
    """Return the open texts in the order of the sheet; those on which the verdict hangs decide.

    It hangs on a text that a rule which is to check names; one rule that is not met settles it.
    """
    found: dict[Remark, list[Partner]] = {}
    for partner in parsed.consortium.partners:
        for remark in partner.open:
            found.setdefault(remark, []).append(partner)
    undecided = verdict is Verdict.UNDECIDED
    to_check = (f.answer for f in findings if undecided and f.outcome is Outcome.TO_CHECK)
    hanging = {cell for answer in to_check for cell in answer.cells}
    table = parsed.basis.table
    return tuple(
        OpenText(
            remark,
            tuple((partner.cells["name"], partner.name) for partner in partners),
            remark.cell in hanging,
            _way_out(remark, partners, table),
        )
        for remark, partners in sorted(found.items(), key=lambda each: each[0])
    )


def _way_out(remark: Remark, partners: list[Partner], table: PartnerTable) -> Message:
    """Return how to settle a text: remove it, or have a setting say that it is harmless."""
    ways = []
    if 0 < len(remark.text) <= _LONGEST:
        import json

        quoted = json.dumps(remark.text, ensure_ascii=False)
        line = f'{quoted} = "{HARMLESS}"'
        ways.append(say("{line} below [remarks] in the configuration", line=line))
    if header := _header(remark, partners, table):
        ways.append(say('--map "{header}={field}"', header=header, field=IGNORE))
    if len(partners) == 1:
        ways.append(say("--confirm {cell}", cell=partners[0].cells["name"].address))
    if not ways:
        return say("Remove it.")
    return say("Remove it, or if it is harmless say so: {ways}.", ways=either(ways))


def _header(remark: Remark, partners: list[Partner], table: PartnerTable) -> str:
    """Return the header above a text, where it stands in a column of remarks."""
    cell = remark.cell
    inside = cell.row > table.header_row and cell != partners[0].cells["name"]
    in_row = inside and cell.row in {partner.row for partner in partners}
    if remark.comment or not in_row or cell.column > len(table.headers):
        return ""
    return table.headers[cell.column - 1]
