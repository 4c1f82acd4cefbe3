"""The exit codes, and what those of several lots or files come to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from alliance_check.model.report import Failure, Result

ELIGIBLE, NOT_ELIGIBLE, WRONG_USAGE, UNDECIDED, UNUSABLE = 0, 1, 2, 3, 4
BROKEN, INTERRUPTED = 70, 130
_WORST_FIRST = (BROKEN, UNUSABLE, NOT_ELIGIBLE, UNDECIDED, ELIGIBLE)


def code_of_lots(results: Sequence[Result]) -> int:
    """Return the code of one consortium under its lots; a failure among them wins."""
    broken = [result.exit_code for result in results if isinstance(result, Failure)]
    return broken[0] if broken else agreed(result.exit_code for result in results)


def agreed(codes: Iterable[int]) -> int:
    """Return the code that all lots have in common, else undecided.

    >>> agreed([1, 1]), agreed([0, 1])
    (1, 3)
    """
    distinct = set(codes)
    return distinct.pop() if len(distinct) == 1 else UNDECIDED


def worst(codes: Sequence[int]) -> int:
    """Return the code of a run over several files.

    >>> worst([0, 3, 1]), worst([2])
    (1, 2)
    """
    return next((code for code in _WORST_FIRST if code in codes), codes[0])
