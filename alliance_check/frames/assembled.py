"""The answer of a plain table as a table of pandas, from what each rule says by arrays."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from alliance_check import rulebook
from alliance_check.calls import CallAndLots, named_call_and_lots
from alliance_check.frames.classes import WORST
from alliance_check.frames.columns import COLUMNS, COUNTING
from alliance_check.frames.counted import NOT_MET, TO_CHECK, Answers
from alliance_check.frames.fast import Portfolio
from alliance_check.frames.sheet import Ints
from alliance_check.model.outcome import Verdict
from alliance_check.model.report import CALL
from alliance_check.parse import Given
from alliance_check.rules import RULES

_VERDICTS = (Verdict.ELIGIBLE, Verdict.UNDECIDED, Verdict.NOT_ELIGIBLE)
_OUTCOMES = [outcome.value for outcome in WORST]


def assemble(
    plain: Portfolio, call: str | None, lot: str | None, given: Given
) -> tuple[pd.DataFrame, Ints]:
    """Return the rows of the answer, and the number of the consortium that each tells of."""
    under = named_call_and_lots(call, lot, given, rulebook.load_call)
    number = len(plain.first_rows)
    tables = [_of_lot(plain, under, place) for place in range(len(under.lots))]
    whole = pd.concat(tables, ignore_index=True)
    # All lots of one consortium stand together.
    order = np.arange(number * len(tables)).reshape(len(tables), number).T.reshape(-1)
    made = whole.iloc[order].reset_index(drop=True).astype(dict(COLUMNS))
    return made, order % number


def _of_lot(plain: Portfolio, under: CallAndLots, place: int) -> pd.DataFrame:
    call, lot = under.call, under.lots[place]
    here = plain.answers(call, lot)
    newest = rulebook.load_call(rulebook.newest())
    verdict, said = _verdicts(here), dict[str, Ints]()
    asked = CALL not in under.origins and newest.id != call.id and lot.id in newest.lots
    if asked:
        there = _verdicts(plain.answers(newest, newest.lots[lot.id]))
        differ = verdict != there
        said = {
            call.id: np.where(differ, verdict, -1),
            newest.id: np.where(differ, there, -1),
        }
        verdict = np.where(differ, _VERDICTS.index(Verdict.UNDECIDED), verdict)
    return pd.DataFrame(_columns(here, verdict, said, plain.problems))[list(COLUMNS)]


def _columns(
    here: Answers, verdict: Ints, said: Mapping[str, Ints], problems: Ints
) -> dict[str, object]:
    verdicts = [one.value for one in _VERDICTS]
    codes = np.array([one.exit_code for one in _VERDICTS], np.int64)
    none = np.full(len(verdict), -1)
    found: dict[str, object] = {
        "call": pd.Series([here.call.id] * len(verdict), dtype="string"),
        "lot": pd.Series([here.lot.id] * len(verdict), dtype="string"),
        "verdict": _texts(verdict, verdicts),
        "exit code": codes[verdict],
        "problems": problems,
    }
    for name in COLUMNS:
        if name.startswith("verdict of "):
            found[name] = _texts(said.get(name.removeprefix("verdict of "), none), verdicts)
    for rule in RULES:
        found[rule.ID] = _texts(here.outcomes[rule.ID], _OUTCOMES)
        if rule.ID in COUNTING:
            for name, numbers in (("low", here.low), ("high", here.high)):
                values = numbers[rule.ID]
                found[f"{rule.ID} {name}"] = pd.arrays.IntegerArray(values.copy(), values < 0)
    return found


def _texts(places: Ints, texts: list[str]) -> pd.Series[str]:
    """Return the text at each place; -1 is missing."""
    known = np.array([*texts, pd.NA], dtype=object)
    return pd.Series(known[places], dtype="string")


def _verdicts(answers: Answers) -> Ints:
    worst = answers.worst
    return np.where(worst == NOT_MET, 2, np.where(worst == TO_CHECK, 1, 0))
