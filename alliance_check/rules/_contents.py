"""Whether a sheet contains what a rule would judge: asked only where its clause is not known.

The minima and the rules on the coordinator always have something to judge; the others as below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from alliance_check.model.call import Call
from alliance_check.model.consortium import HEI, Consortium, Partner
from alliance_check.rules._counting import from_elsewhere, is_university, taking_part


def contains(rule: str, consortium: Consortium, call: Call) -> bool:
    """Say whether there is anything in the sheet that the rule would judge."""
    there = _CONTENTS.get(rule)
    return there is None or there(consortium, call)


def _from_elsewhere(consortium: Consortium, call: Call) -> bool:
    return any(True for _ in from_elsewhere(consortium, call))


def _university(consortium: Consortium, _: Call) -> bool:
    def possible(partner: Partner) -> bool:
        return is_university(partner) or HEI in partner.functions.may

    return any(possible(partner) for partner in taking_part(consortium))


_CONTENTS: Mapping[str, Callable[[Consortium, Call], bool]] = {
    "excluded-countries": _from_elsewhere,
    "non-associated-countries": _from_elsewhere,
    "unique-organisations": lambda c, _: any(p.same_as is not None for p in c.partners),
    "duration": lambda c, _: c.project.duration is not None,
    "grant-ceiling": lambda c, _: c.project.grant is not None,
    "co-financing-rate": lambda c, _: None not in {c.project.grant, c.project.total},
    "partner-shares": lambda c, _: c.project.shares is not None,
    "valid-charter": _university,
    "pact-for-skills": lambda c, _: "pact" in c.columns,
    "industrial-ecosystem": lambda c, _: c.project.ecosystem is not None,
    "restrictive-measures": _from_elsewhere,
}
