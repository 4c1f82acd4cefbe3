"""What an agency asks of the answers to a whole portfolio: how many, from where, and why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from alliance_check import rulebook
from alliance_check.frames.columns import COUNTING
from alliance_check.model.outcome import Outcome, Verdict
from alliance_check.rules import RULES

_DECIDING = {Verdict.NOT_ELIGIBLE: Outcome.NOT_MET, Verdict.UNDECIDED: Outcome.TO_CHECK}


class Near(NamedTuple):
    """A consortium that one change would let pass: only one rule is not met, by one."""

    name: str
    lot: str
    rule: str


class Tally(NamedTuple):
    """Numbers of consortia: by call and lot, by country of the coordinator, by deciding rule.

    *rules* says of each rule how many consortia it makes not eligible, and how many undecided.
    """

    lots: Mapping[tuple[str, str], Counter[str]]
    countries: Mapping[str, Counter[str]]
    rules: Mapping[str, tuple[int, int]]
    near: Sequence[Near]


def tally(answers: pd.DataFrame, coordinators: Sequence[str]) -> Tally:
    """Count the answers of a portfolio."""
    lots: dict[tuple[str, str], Counter[str]] = {}
    countries: dict[str, Counter[str]] = {}
    verdicts = answers["verdict"].tolist()
    for call, lot, verdict, country in zip(
        answers["call"], answers["lot"], verdicts, coordinators, strict=True
    ):
        lots.setdefault((call, lot), Counter())[verdict] += 1
        countries.setdefault(country, Counter())[verdict] += 1
    rules = {rule.ID: _deciding(answers, rule.ID) for rule in RULES}
    return Tally(lots, countries, {rule: n for rule, n in rules.items() if any(n)}, _near(answers))


def _deciding(answers: pd.DataFrame, rule: str) -> tuple[int, int]:
    outcomes = answers[rule].value_counts()
    bad, open_ = (int(outcomes.get(outcome.value, 0)) for outcome in _DECIDING.values())
    return bad, open_


def _near(answers: pd.DataFrame) -> list[Near]:
    """Return who fails by one rule alone, and there by one organisation or country."""
    names = [rule.ID for rule in RULES]
    not_met = ((answers[name] == Outcome.NOT_MET.value).fillna(value=False) for name in names)
    failed = np.stack([one.to_numpy(dtype=bool) for one in not_met], axis=1)
    refused = (answers["verdict"] == Verdict.NOT_ELIGIBLE.value).to_numpy(dtype=bool)
    alone = refused & (failed.sum(axis=1) == 1)
    found = []
    for place in alone.nonzero()[0].tolist():
        rule, row = names[failed[place].argmax()], answers.iloc[place]
        clause = rulebook.find_lot(rulebook.load_call(row["call"]), row["lot"]).clauses.get(rule)
        if rule not in COUNTING or clause is None:
            continue
        low, high = int(row[f"{rule} low"]), int(row[f"{rule} high"])
        if 1 in {clause.number - high, low - clause.number}:
            found.append(Near(str(answers.index[place]), row["lot"], rule))
    return found
