"""A table of dask is judged by a real cluster of two processes as by one machine.

The processes, and those that replace the killed ones, load pandas, dask and the program: this takes
half a minute and more, too long for the tests that everybody runs at every change.
"""

from __future__ import annotations

import logging
import os
import re
import signal
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import dask.dataframe as dd
import pandas as pd
import pytest
from distributed import Client, LocalCluster

from alliance_check import check_frame
from alliance_check.distributed import check_partitions
from alliance_check.model.errors import NoTable
from tests.benchmarks import ten_million
from tests.pages import snippet
from tests.test_distributed import BY, FRAME, OPTIONS, assert_same

pytestmark = pytest.mark.tools
HEADERS = r"^The headers at .+ have no "


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Two processes, which a kill leaves two."""
    with (
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            dashboard_address=":0",
            memory_limit=None,
            silence_logs=logging.CRITICAL,
            local_directory=str(tmp_path_factory.mktemp("cluster")),
        ) as processes,
        Client(processes) as client,
    ):
        yield client


def divided(frame: pd.DataFrame, number: int) -> tuple[list[pd.DataFrame], list[str]]:
    """Return parts of a table that is indexed by its key, and the first and last keys of them."""
    names = sorted(frame[BY].unique())
    size = len(names) // number
    firsts = names[::size][:number]
    parts = [
        frame[(frame[BY] >= first) & (frame[BY] < last)].set_index(BY).sort_index(kind="stable")
        for first, last in zip(firsts, [*firsts[1:], "~"], strict=True)
    ]
    return parts, [*firsts, names[-1]]


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.usefixtures("cluster")
def test_consortia_split_over_partitions_get_the_answers_of_one_machine(
    options: dict[str, Any],
) -> None:
    ddf = dd.from_pandas(FRAME, npartitions=5)
    assert ddf.partitions[0][BY].nunique().compute() > 10
    assert assert_same(ddf, **options).index.nunique() == 20


@pytest.mark.usefixtures("cluster")
def test_a_table_divided_by_the_key_gets_the_same_answers_and_keeps_its_divisions() -> None:
    ddf = dd.from_pandas(FRAME.set_index(BY), npartitions=4)
    assert_same(ddf, lot="innovation")
    assert ddf.known_divisions
    assert check_partitions(ddf, by="bid").divisions == ddf.divisions


@pytest.mark.usefixtures("cluster")
def test_the_documented_use_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    FRAME.rename(columns={BY: "Proposal"}).to_parquet("proposals")
    # One cluster is enough.
    monkeypatch.setattr("distributed.Client", lambda **_: nullcontext())
    shown = compile(snippet("check_partitions"), "docs/distributed.md", "exec")
    exec(shown, {"__name__": "__main__"})  # noqa: S102
    assert len(pd.read_parquet("verdicts")) == 20


def test_many_rows_are_made_and_judged_in_both_ways(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ten_million.report(rows=900, part=200, folder=tmp_path)
    parts = [pd.read_parquet(path) for path in sorted(tmp_path.iterdir())]
    assert [len(each) for each in parts] == [200, 200, 200, 200, 100]
    assert parts[0]["Proposal"].iloc[-1] == parts[1]["Proposal"].iloc[0]
    shown = capsys.readouterr().out
    assert re.search(r"^two workers: .+ \+ .+ \+ .+ GiB", shown, re.MULTILINE)
    assert "the answers are the same" in shown


def part(number: int, parts: list[pd.DataFrame], log: str) -> pd.DataFrame:
    """Return a part of a table, and kill the process that asks for the second one first."""
    with Path(log).open("a+", encoding="utf-8") as attempts:
        attempts.write(f"{number}\n")
        attempts.seek(0)
        times = attempts.read().split().count("1")
    if number == 1 and times == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return parts[number]


@pytest.mark.parametrize("aligned", [True, False])
@pytest.mark.usefixtures("cluster")
def test_the_partition_of_a_killed_worker_is_done_again(tmp_path: Path, *, aligned: bool) -> None:
    log = tmp_path / "attempts"
    parts, divisions = divided(FRAME, 3) if aligned else ([FRAME[n::3] for n in range(3)], None)
    ddf = dd.from_map(
        part, range(3), parts=parts, log=str(log), meta=parts[0][:0], divisions=divisions
    )
    assert len(assert_same(ddf, lot="1")) == 20
    # One machine asks for each part once, too.
    assert log.read_text("utf-8").split().count("1") >= 3


@pytest.mark.usefixtures("cluster")
def test_what_a_worker_refuses_is_said_in_the_same_words() -> None:
    frame = FRAME.set_axis([BY, "a", "b", "c", "d"], axis="columns")
    with pytest.raises(NoTable, match=HEADERS):
        check_frame(frame, by=BY)
    with pytest.raises(NoTable, match=HEADERS):
        check_partitions(dd.from_pandas(frame, npartitions=2), by=BY).compute()
