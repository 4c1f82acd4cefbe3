"""What was read of the project as a whole, and where each value came from."""

from __future__ import annotations

from alliance_check.model.consortium import Amount, Duration, Project
from alliance_check.model.message import eur


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
        words = eur(amount.exact)
    elif amount.high is None:
        words = f"at least {eur(amount.low)}" if amount.low else "unread"
    else:
        words = f"{eur(amount.low)} to {eur(amount.high)}"
    return f"{name} {words} ({amount.origin})"
