"""JSON Lines: one report on each line, for programs that stream."""

from __future__ import annotations

import json
from collections.abc import Sequence

from alliance_check.model.report import Result
from alliance_check.reports.escaping import json_safe
from alliance_check.reports.json_report import document


def render(results: Sequence[Result]) -> str:
    """Return one line a result."""
    return "".join(line(result) for result in results)


def line(result: Result) -> str:
    """Return the line of one result, which can be written as soon as the result is there."""
    dumped = json.dumps(document(result), ensure_ascii=False, separators=(",", ":"))
    return json_safe(dumped) + "\n"
