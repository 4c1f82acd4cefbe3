"""The shape of a rule, and the terms under which it judges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import NamedTuple, Protocol

from alliance_check.model.call import Call, Clause, Lot
from alliance_check.model.consortium import Consortium, Partner
from alliance_check.model.report import Answer
from alliance_check.rules.shared.counting import Claimants


class Scope(Enum):
    """What a rule looks at."""

    CONSORTIUM = "all partners together, or the project"
    PARTNER = "each organisation by itself"


class Terms(NamedTuple):
    """The call, the lot and the rule's own clause.

    *claimants* are those who count under the call, found once for all rules; *admits* says whether
    no rule that judges each organisation by itself bars any of some partners.
    """

    call: Call
    lot: Lot
    clause: Clause
    claimants: Claimants
    admits: Callable[[Sequence[Partner]], bool]


class Rule(Protocol):
    """A rule is a module: its docstring is its manual."""

    @property
    def ID(self) -> str:  # noqa: N802 - a module constant
        """The name of the rule, the same word everywhere."""

    @property
    def TITLE(self) -> str:  # noqa: N802 - a module constant
        """What it is about, in a few words."""

    @property
    def SCOPE(self) -> Scope:  # noqa: N802 - a module constant
        """What it looks at."""

    def concerns(self, consortium: Consortium, terms: Terms) -> bool:
        """Return whether the sheet contains what the rule judges.

        This matters where the clause is unknown: what is not there needs no checking.
        ``everything`` is for a rule that always has something to judge.
        """
        ...

    def check(self, consortium: Consortium, terms: Terms) -> Answer:
        """Answer for one consortium under one clause."""
        ...


def everything(consortium: Consortium, terms: Terms) -> bool:
    """Return that every sheet holds something to judge."""
    return True
