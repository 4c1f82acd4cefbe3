"""Reports to text, one module an output format.

A format is a function of the results and of whether they are a batch; it knows the values of a
report and nothing that made them. To add one, write its module and its line below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from alliance_check.findings import Failure, Report
from alliance_check.reports import concise, json_report


class Format(Protocol):
    """What every output format is."""

    def __call__(self, results: Sequence[Report | Failure], *, batch: bool) -> str:
        """Return the text of all results; *batch* when more than one thing was asked about."""
        ...


FORMATS: Mapping[str, Format] = {
    "json": json_report.render,
    "concise": concise.render,
}
