"""What a rule answers, and what the whole check does."""

from enum import Enum


class Outcome(Enum):
    """What a rule answers."""

    MET = "met"
    NOT_MET = "not-met"
    TO_CHECK = "to-check"
    NOT_CHECKED = "not-checked"
    NOT_APPLICABLE = "not-applicable"


class Verdict(Enum):
    """What the whole check answers."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not-eligible"
    UNDECIDED = "undecided"

    @property
    def exit_code(self) -> int:
        """The exit code of a run that ends with this verdict."""
        return {Verdict.ELIGIBLE: 0, Verdict.NOT_ELIGIBLE: 1, Verdict.UNDECIDED: 3}[self]
