"""A partner, and the project as a whole, in words: what was read, and what it counts as."""

from __future__ import annotations

from collections.abc import Iterator

from alliance_check.model.consortium import (
    Amount,
    Duration,
    Group,
    Partner,
    Presence,
    Project,
    Role,
)
from alliance_check.model.message import eur, listed
from alliance_check.model.report import Classification
from alliance_check.vocabulary.kinds import kind_label

GROUPS = {
    Group.EU: "Member State",
    Group.ASSOCIATED: "associated country",
    Group.OTHER: "third country not associated",
    Group.EXCLUDED: "excluded country",
}
_FUNCTIONS = {
    "labour-market": "labour market actor",
    "education": "education provider",
    "hei": "university",
    "vet": "vocational provider",
}


def something_unread(partner: Partner, classification: Classification) -> bool:
    """Say whether a cell of this row could not be read, or may mean more than one thing."""
    gone = partner.presence is Presence.DECLINED
    unread = partner.country is None or not partner.kinds or partner.role is Role.UNKNOWN
    return not gone and (unread or bool(classification.may_count_as))


def partner_words(partner: Partner, classification: Classification) -> str:
    """Return country, role, presence, kinds and functions of one partner."""
    return " · ".join(_parts(partner, classification))


def _parts(partner: Partner, classification: Classification) -> Iterator[str]:
    yield _country(partner, classification)
    yield "role unread" if partner.role is Role.UNKNOWN else partner.role.value.replace("-", " ")
    if partner.presence is not Presence.CONFIRMED:
        yield partner.presence.value
    if partner.same_as is not None:
        yield f"same organisation as {partner.same_as}"
    yield str(listed(map(kind_label, partner.kinds))) if partner.kinds else "type unread"
    if classification.counts_as:
        yield f"counts as {_named(classification.counts_as)}"
    if classification.may_count_as:
        yield f"may count as {_named(classification.may_count_as)}"
    if not classification.counts_as and not classification.may_count_as:
        yield "counts towards nothing"


def _country(partner: Partner, classification: Classification) -> str:
    if partner.country is None:
        return "country unread"
    state = classification.counts_as_country
    as_state = f" as {state}" if state and state != partner.country else ""
    group = classification.group
    return f"{partner.country}{as_state} ({GROUPS.get(group, group.value)})"


def _named(functions: tuple[str, ...]) -> str:
    return str(listed(_FUNCTIONS.get(function, function) for function in functions))


def project_words(project: Project) -> str:
    """Return one line on duration, grant and total; empty when nothing is said of them."""
    parts = [_duration(project.duration), _amount("grant", project.grant)]
    parts.append(_amount("total", project.total))
    return " · ".join(part for part in parts if part)


def _duration(duration: Duration | None) -> str:
    if duration is None:
        return ""
    months = "unread" if duration.months is None else f"{duration.months} months"
    return f"duration {months} ({duration.origin})"


def _amount(name: str, amount: Amount | None) -> str:
    if amount is None:
        return ""
    if amount.exact is not None:
        words = str(eur(amount.exact))
    elif amount.high is None:
        words = f"at least {eur(amount.low)}" if amount.low else "unread"
    else:
        words = f"{eur(amount.low)} to {eur(amount.high)}"
    return f"{name} {words} ({amount.origin})"
