"""The university and the vocational provider: the same question asked of two kinds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from alliance_check.model.consortium import HEI, VET, Consortium
from alliance_check.model.message import Message, say
from alliance_check.model.report import Answer, Caution
from alliance_check.rules._minimum import judge_function
from alliance_check.rules._terms import Terms


def judge_kind(
    consortium: Consortium, terms: Terms, kind: str, way_out: Callable[[int], Message]
) -> Answer:
    """Judge whether enough applicants are of *kind*, with a caution where one body is both."""
    answer = judge_function(consortium, terms, kind, way_out)
    suppliers = [c for c in terms.claimants if c.surely(kind)]
    if len(suppliers) != 1 or not all(suppliers[0].surely(k) for k in (HEI, VET)):
        return answer
    doubt = say(
        "the only one is also of the other kind; no guide says that one body may be both",
    )
    both = Caution(doubt, (suppliers[0].partner.cell("type"),))
    return replace(answer, cautions=(*answer.cautions, both))
