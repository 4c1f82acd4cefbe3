"""A table of many consortia is judged as each of them would be alone."""

from __future__ import annotations

import random
from pathlib import Path

import pandas as pd
import pytest

from alliance_check import check, check_frame
from alliance_check.model.errors import WrongUsage
from alliance_check.model.report import CALL
from tests.cli_runs import EIGHT, HEADER, UKRAINIAN, text_of
from tests.pages import snippet

MORE = (
    ("Bureau Nord", "Germny", "SME", "Full partner"),
    ("TBC", "Spain", "VET provider", "Full partner"),
    ("Namib Tech", "NA", "University", "Full partner"),
    UKRAINIAN,
)


def many(seed: int) -> dict[str, list[tuple[str, ...]]]:
    """Return some consortia by name, each of some of the rows."""
    chance = random.Random(seed)  # noqa: S311 - the same choices at every run
    rows = [tuple(row) for row in (*EIGHT, *MORE)]
    return {f"bid {n}": chance.sample(rows, chance.randint(3, len(rows))) for n in range(8)}


@pytest.mark.parametrize("seed", range(5))
def test_each_consortium_gets_the_answer_that_it_gets_alone(seed: int) -> None:
    bids = many(seed)
    rows = [(name, *row) for name, partners in bids.items() for row in partners]
    frame = check_frame(pd.DataFrame(rows, columns=["Bid", *HEADER]), by="Bid", lot="innovation")
    assert list(frame.index) == list(bids)
    for name, partners in bids.items():
        alone = check(text_of(partners).encode(), lot="innovation")
        judged = frame.loc[name]
        assert judged["verdict"] == alone.verdict.value
        for finding in alone.findings:
            if finding.rule == CALL:
                continue
            assert judged[finding.rule] == finding.outcome.value
            count = finding.answer.count
            if count is not None:
                assert judged[f"{finding.rule} low"] == count.low
                assert judged[f"{finding.rule} high"] == count.high


def test_the_documented_use_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [(name, *row) for name in ("North", "South") for row in EIGHT]
    pd.DataFrame(rows, columns=["Proposal", *HEADER]).to_csv(tmp_path / "proposals.csv")
    monkeypatch.chdir(tmp_path)
    exec(compile(snippet("check_frame"), "docs/python.md", "exec"), {})  # noqa: S102
    shown = capsys.readouterr().out
    assert [line.split()[:3] for line in shown.splitlines()[-2:]] == [
        ["North", "eligible", "8"],
        ["South", "eligible", "8"],
    ]


def test_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(WrongUsage, match="no column"):
        check_frame(pd.DataFrame(EIGHT, columns=list(HEADER)), by="Bid", lot="innovation")
