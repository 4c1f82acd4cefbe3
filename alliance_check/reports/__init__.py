"""Reports to texts and files, one module an output format.

A format knows the values of a report and nothing that made them. To add one, write its module and
its entry in ``FORMATS``; the command line, the configuration, its schema and the docs follow.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any, NamedTuple

from alliance_check.model.report import Observation, Result


class Format(NamedTuple):
    """An output format: the module here that renders it, and what a run must know of it.

    *suffix* ends the name of its file in a folder of outputs. A format that *streams* is written
    result by result, so its texts can be joined. *what_if* and *advice* say that it shows the
    difference that a change makes, and what to change. *json* and *markup* say that ASCII is
    reached by the escapes of JSON or of HTML. *prose* says that it has nothing to add to the one
    sentence on standard error where the only file could not be judged. *across* says that it shows
    several results otherwise than one, with what they share: its module takes *batch* and *across*
    too. A *binary* one is no text, so no terminal shows it.
    """

    module: str
    suffix: str
    streams: bool = False
    what_if: bool = False
    advice: bool = False
    json: bool = False
    markup: bool = False
    prose: bool = False
    across: bool = False
    binary: bool = False

    def render(
        self, results: Sequence[Result], *, batch: bool, across: Sequence[Observation] = ()
    ) -> str:
        """Return the text of all results; *batch* when there may be several."""
        text: str = self._made(results, batch=batch, across=across)
        return text

    def content(
        self, results: Sequence[Result], *, batch: bool, across: Sequence[Observation] = ()
    ) -> bytes:
        """Return what a *binary* format makes of all results."""
        content: bytes = self._made(results, batch=batch, across=across)
        return content

    def _made(
        self, results: Sequence[Result], *, batch: bool, across: Sequence[Observation]
    ) -> Any:
        # Only the module of the format that is wanted is loaded.
        module = import_module(f"{__name__}.{self.module}")
        return module.render(results, **({"batch": batch, "across": across} if self.across else {}))


FORMATS: dict[str, Format] = {
    "json": Format("json_report", "json", what_if=True, advice=True, json=True, across=True),
    "jsonl": Format("jsonl", "jsonl", streams=True, what_if=True, advice=True, json=True),
    "concise": Format("concise", "concise.txt", prose=True),
    "markdown": Format("markdown", "md", advice=True, across=True),
    "junit": Format("junit", "xml"),
    "sarif": Format("sarif", "sarif", json=True),
    "github": Format("github", "github.txt"),
    "csv": Format("csv_report", "csv"),
    "html": Format("html", "html", what_if=True, advice=True, markup=True, across=True),
    "xlsx": Format("workbook", "xlsx", what_if=True, advice=True, across=True, binary=True),
}
