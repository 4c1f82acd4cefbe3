"""The partners' shares must add up to the grant, and associated partners have none.

The sum may differ from the grant by one euro of rounding a row. Where it differs more, the sheet
says two things and the rule is to check; where the grant is nothing but the sum, only the shares
of associated partners are judged. A share of whoever may be an associated partner is to check. A
subcontractor's share is a caution: it belongs to the costs of a partner. Where a what-if sets
another grant, the shares in the sheet say nothing of it, and the rule is not applicable.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from alliance_check.model.consortium import (
    Amount,
    Consortium,
    Gap,
    Partner,
    Presence,
    Role,
)
from alliance_check.model.message import Message, say
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Answer, Caution
from alliance_check.model.sheet import Cell
from alliance_check.rules.shared.base import Scope, Terms

ID = "partner-shares"
TITLE = "partners' shares"
SCOPE = Scope.CONSORTIUM


def concerns(consortium: Consortium, terms: Terms) -> bool:
    """Return whether there is anything to judge."""
    return consortium.project.shares is not None


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Compare the shares with the grant, and look for shares that may not be."""
    shares, grant = consortium.project.shares, consortium.project.grant
    if consortium.project.redealt:
        message = say("the shares must be divided again, because the grant is another one")
        return Answer(Outcome.NOT_APPLICABLE, message)
    if shares is None or grant is None:
        return Answer(Outcome.NOT_CHECKED, say("no column says what share each partner has"))
    doubt = say("a subcontractor's share belongs to the costs of a partner")
    subcontractors = _with_share(consortium, Role.SUBCONTRACTOR)
    cautions = tuple(Caution(doubt, (p.cell("share"),)) for p in subcontractors)
    barred = _barred(consortium)
    if barred is not None:
        return replace(barred, cautions=cautions)
    rows = sum(p.share is not None and _stays(p) for p in consortium.partners)
    outcome = _sum(shares, grant, Decimal(terms.clause.part("rounding") * rows))
    total = shares.words
    message = say("the shares add up to {sum}; the grant is {grant}", sum=total, grant=grant.words)
    if shares == grant:
        message = say("the shares add up to {sum}, taken as the requested grant", sum=total)
    settled = outcome in {Outcome.MET, Outcome.NOT_CHECKED}
    cells, hint = _open(consortium, shares, grant)
    return Answer(
        outcome,
        message,
        cells=() if settled else cells,
        cautions=cautions,
        hint=None if settled else hint,
        need_eur=grant.exact,
        have_eur=shares.exact,
    )


def _sum(shares: Amount, grant: Amount, rounding: Decimal) -> Outcome:
    if shares == grant:
        return Outcome.MET
    if grant.high is not None and shares.low > grant.high + rounding:
        return Outcome.TO_CHECK
    if Gap.UNREAD in {shares.gap, grant.gap}:
        return Outcome.TO_CHECK
    if shares.high is None or grant.high is None:
        return Outcome.NOT_CHECKED
    close = max(shares.high - grant.low, grant.high - shares.low) <= rounding
    return Outcome.MET if close else Outcome.TO_CHECK


def _open(
    consortium: Consortium, shares: Amount, grant: Amount
) -> tuple[tuple[Cell, ...], Message]:
    """Return the cells that decide, and the way out: often only who takes part is open."""
    unsure = (p for p in consortium.partners if p.presence is Presence.POSSIBLE and p.share)
    possible = tuple(p.cell("share") for p in unsure)
    within = shares.high is not None and shares.low <= grant.low <= shares.high
    if possible and within and Gap.UNREAD not in {shares.gap, grant.gap}:
        return possible, say("Settle whether the partners with these shares take part.")
    hint = say("Correct the shares or the grant, so that they agree.")
    return tuple(dict.fromkeys((*shares.cells, *grant.cells))), hint


def _barred(consortium: Consortium) -> Answer | None:
    """Return the answer where an associated partner has a share, or may be one that has."""
    named = _with_share(consortium, Role.ASSOCIATED_PARTNER)
    sure = [p for p in named if p.presence is Presence.CONFIRMED]
    found = sure or [*named, *_with_share(consortium, Role.UNKNOWN)]
    if not found:
        return None
    return Answer(
        Outcome.NOT_MET if sure else Outcome.TO_CHECK,
        say("an associated partner has a share of the grant")
        if sure
        else say("may be an associated partner, which has no share of the grant"),
        cells=tuple(p.cell("share") for p in found),
        hint=say("Give the share to a full partner, or make this organisation one."),
    )


def _with_share(consortium: Consortium, role: Role) -> list[Partner]:
    """Return the rows that have a share and whose organisation takes part, or may, in a role."""
    firsts: dict[Cell | None, Partner] = {
        p.cell("name"): p for p in reversed(consortium.partners) if p.same_as is None
    }
    # A row of an organisation listed twice has the role and presence of the first.
    pairs = ((p, firsts.get(p.same_as, p)) for p in consortium.partners)
    return [
        replace(p, presence=first.presence)
        for p, first in pairs
        if first.role is role and p.share and _stays(first)
    ]


def _stays(partner: Partner) -> bool:
    return partner.presence is not Presence.DECLINED
