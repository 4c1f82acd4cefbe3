"""Ten million rows of random consortia, judged by one process and by a cluster of two workers.

``python -m tests.benchmarks.ten_million [--rows 10000000] [--folder FOLDER]`` writes the table as
parquet, part by part, so that a consortium is split wherever a part ends. Then it judges the table
twice, by ``check_frame`` and by ``check_partitions``, and prints what each took: on the clock, of
processors, and of memory in each process. It says whether the answers are the same.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from tests.benchmarks import inputs

BY, LOT = "Proposal", "innovation"


class Spent(NamedTuple):
    """What a process took so far: seconds of processor, and the most bytes that it held."""

    processor: float
    memory: int


Judged = tuple[pd.DataFrame, Sequence[Spent]]


def made(folder: Path, rows: int, part: int) -> None:
    """Write so many rows into a folder, a part at a time."""
    dice = np.random.default_rng(2026)
    sizes = dice.integers(12, 41, rows // 12 + 1)
    ends = np.cumsum(sizes)
    first_names = dice.integers(inputs.NAMES, size=len(sizes))
    names = np.array([inputs.organisation(number) for number in range(inputs.NAMES)])
    countries = np.array([*inputs.COUNTRIES * 20, *inputs.MISSPELT.values()])
    for number, start in enumerate(range(0, rows, part)):
        row = np.arange(start, min(start + part, rows))
        proposal = np.searchsorted(ends, row, side="right")
        place = row - (ends - sizes)[proposal]
        roles = np.where(place, dice.choice(inputs.ROLES, len(row)), "Coordinator")
        table = {
            BY: np.char.mod("P-%06d", proposal),
            "Partner name": names[(first_names[proposal] + 7 * place) % inputs.NAMES],
            "Country": dice.choice(countries, len(row)),
            "Organisation type": dice.choice(inputs.TYPES, len(row)),
            "Role": roles,
        }
        pd.DataFrame(table).to_parquet(folder / f"part-{number:04}.parquet", index=False)


def by_one_process(folder: Path) -> Judged:
    """Return the answer to the whole table, and what that took."""
    from alliance_check import check_frame

    return check_frame(pd.read_parquet(folder), by=BY, lot=LOT), [spent()]


def by_two_workers(folder: Path) -> Judged:
    """Return the answer of the cluster, and what its workers took and the process that asks."""
    import dask.dataframe as dd
    from distributed import Client, LocalCluster

    from alliance_check.distributed import check_partitions

    with (
        LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=":0", silence_logs=logging.ERROR
        ) as cluster,
        Client(cluster) as client,
    ):
        answer = check_partitions(dd.read_parquet(folder), by=BY, lot=LOT).compute()
        return answer, [*client.run(spent).values(), spent()]


WAYS: Mapping[str, Callable[[Path], Judged]] = {
    "one process": by_one_process,
    "two workers": by_two_workers,
}


def spent() -> Spent:
    """Return what this process took."""
    status = Path("/proc/self/status")
    if not status.exists():
        return Spent(time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    # On Linux a process inherits the mark of its parent there, but not here.
    lines = status.read_text("ascii").splitlines()
    peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    return Spent(time.process_time(), peak * 1024)


def measured(way: str, folder: Path) -> Mapping[str, Any]:
    """Return what one way costs, and what tells its answer from another."""
    start = time.perf_counter()
    answer, processes = WAYS[way](folder)
    return {
        "seconds": time.perf_counter() - start,
        "processes": processes,
        "proposals": len(answer),
        "verdicts": answer["verdict"].value_counts().sort_index().to_dict(),
        "hash": int(pd.util.hash_pandas_object(answer).sum()),
    }


def report(rows: int, part: int, folder: Path) -> None:
    """Make the table, judge it in both ways, and print what that costs."""
    start = time.perf_counter()
    made(folder, rows, part)
    print(f"{rows:,} rows, made in {time.perf_counter() - start:,.0f} s")
    answers = []
    for way in WAYS:
        load = os.getloadavg()[0]
        # No process starts with what another one has loaded.
        command = (sys.executable, "-m", "tests.benchmarks.ten_million", "--way", way)
        found = json.loads(subprocess.check_output([*command, "--folder", str(folder)]))
        processor, memory = zip(*found.pop("processes"), strict=True)
        print(
            f"{way}: {found.pop('seconds'):,.0f} s, of processors {sum(processor):,.0f} s; "
            f"{' + '.join(f'{each / 2**30:.2f}' for each in memory)} GiB (load before {load:.1f})",
            flush=True,
        )
        answers.append(found)
    print(f"{answers[0]['proposals']:,} proposals: {answers[0]['verdicts']}")
    print("the answers are the same" if answers[0] == answers[1] else "the answers DIFFER")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser("python -m tests.benchmarks.ten_million", description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--part", type=int, default=250_000, help="rows of a file and a partition")
    parser.add_argument("--folder", type=Path, help="an empty folder; by default one that goes")
    parser.add_argument("--way", choices=WAYS, help="judge the table of the folder in one way only")
    options = parser.parse_args()
    if options.way is not None:
        print(json.dumps(measured(options.way, options.folder)))
        return
    with TemporaryDirectory() as temporary:
        report(options.rows, options.part, options.folder or Path(temporary))


if __name__ == "__main__":
    main()
