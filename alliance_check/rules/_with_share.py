"""Who has a share of the grant, each row as what its organisation is."""

from __future__ import annotations

from dataclasses import replace

from alliance_check.model.consortium import Consortium, Partner, Presence, Role


def with_share(consortium: Consortium, role: Role) -> list[Partner]:
    """Return the rows that have a share and whose organisation has this role."""
    return [p for p in _as_one(consortium) if p.role is role and p.share and stays(p)]


def only_possible(consortium: Consortium) -> list[Partner]:
    """Return the partners that have a share and may not take part."""
    return [p for p in consortium.partners if p.presence is Presence.POSSIBLE and p.share]


def stays(partner: Partner) -> bool:
    """Say whether a partner did not decline."""
    return partner.presence is not Presence.DECLINED


def _as_one(consortium: Consortium) -> list[Partner]:
    """Return the rows, each as what its organisation is, which rows may tell of differently."""
    firsts = {p.cell("name"): p for p in reversed(consortium.partners) if p.same_as is None}
    return [
        replace(p, role=first.role, presence=first.presence)
        for p in consortium.partners
        for first in [p if p.same_as is None else firsts.get(p.same_as, p)]
    ]
