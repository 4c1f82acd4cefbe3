"""Reports to text, one module an output format.

A format is a function of the results and of whether they are a batch; it knows the values of a
report and nothing that made them. To add one, write its module and its line below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Protocol

from alliance_check.model.report import Failure, Report


class Format(Protocol):
    """What every output format is."""

    def __call__(self, results: Sequence[Report | Failure], *, batch: bool) -> str:
        """Return the text of all results; *batch* when more than one thing was asked about."""
        ...


class _Module:
    """The format of a module beside this one, loaded when it is asked for the first time."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, results: Sequence[Report | Failure], *, batch: bool) -> str:
        module = import_module(f"{__name__}.{self._name}")
        text: str = module.render(results, batch=batch)
        return text


FORMATS: Mapping[str, Format] = {
    "json": _Module("json_report"),
    "jsonl": _Module("jsonl"),
    "concise": _Module("concise"),
    "markdown": _Module("markdown"),
    "junit": _Module("junit"),
    "sarif": _Module("sarif"),
    "github": _Module("github"),
    "csv": _Module("csv_report"),
}
