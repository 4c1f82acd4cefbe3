"""Reads a table of proposals with pandas and judges it; ``python portfolio.py FILE [read|check]``.

Prints as JSON the processor seconds of both, the seconds on the clock, the most memory that the
process held, in bytes, and how many proposals got which verdict.
"""

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

import pandas as pd

from alliance_check import check_frame


def peak() -> int:
    """Return the high-water mark of this process, in bytes."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes on macOS
    # On Linux a process inherits the mark of its parent there, but not here.
    lines = status.read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024


def main(path: str, what: str) -> dict[str, Any]:
    """Measure reading alone, or reading and judging."""
    check_frame(pd.DataFrame({"Partner name": ["A"], "Country": ["Norway"]}), lot="innovation")
    started = time.process_time(), time.perf_counter()
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    read = time.process_time(), time.perf_counter()
    found = check_frame(table, by="Proposal", lot="innovation") if what == "check" else None
    done = time.process_time(), time.perf_counter()
    return {
        "read": [read[1] - started[1], read[0] - started[0]],
        "check": [done[1] - read[1], done[0] - read[0]],
        "memory": peak(),
        "verdicts": {} if found is None else found["verdict"].value_counts().to_dict(),
    }


print(json.dumps(main(*sys.argv[1:])))
