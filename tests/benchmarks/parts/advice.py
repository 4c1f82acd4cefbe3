"""Advice: what the search for the cheapest changes adds to a check."""

from __future__ import annotations

import json
import statistics
from functools import partial

from tests.benchmarks import inputs, results
from tests.benchmarks.bench import Bench
from tests.benchmarks.environments import OURS
from tests.benchmarks.timing import ratio, said, seconds

TITLE = "Advice"
TEXT = """
Sheets that are far from eligible: countries misspelt, types unread, no vocational provider, too
many associated partners, nobody marked as coordinator. Each is judged twice in a warm process,
with the search for what to change and without. No peer says what to change, so that there is
nothing to compare with.
"""
PEERS: tuple[str, ...] = ()


def measure(bench: Bench) -> results.Section:
    """Measure sheets of each size."""
    rows = []
    for partners in bench.scale.partners:
        sheets = [
            inputs.write(bench.folder / f"gaps-{partners}-{n}.csv", inputs.with_gaps(partners, n))
            for n in range(bench.scale.sheets)
        ]
        command = bench.program(OURS, "advice.py", *sheets)
        printed = bench.alternating({partners: partial(said, command)})[partners]
        found = [json.loads(text) for text in printed]
        slowest = statistics.median(max(each["with"]) for each in found)
        ways = {
            way: [sum(each[way]) / len(sheets) for each in found] for way in ("without", "with")
        }
        rows.append(
            (
                f"{partners} partners, {len(sheets)} sheets",
                *(seconds(statistics.median(costs)) for costs in ways.values()),
                str(ratio(ways["with"], ways["without"])),
                seconds(slowest),
            )
        )
    header = ("", "a check without advice", "with advice", "times without", "slowest sheet")
    return results.Section(TITLE, TEXT, {"": results.Table(header, rows)})
