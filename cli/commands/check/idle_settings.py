"""Settings of texts without effect: known only when all files are judged, and said once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from alliance_check.model.report import Report, Result


def has_idle(results: Iterable[Result]) -> bool:
    """Return whether a setting had no effect on one of the results."""
    return any(isinstance(result, Report) and result.idle_settings for result in results)


def said_once(groups: Sequence[Sequence[Result]]) -> list[list[Result]]:
    """Leave a setting idle where it settled nothing in the whole run, and on the first report."""
    reports = [r for results in groups for r in results if isinstance(r, Report)]
    said = {heeded.setting for report in reports for heeded in report.settings}
    found: list[list[Result]] = []
    for results in groups:
        found.append([])
        for result in results:
            if not isinstance(result, Report):
                found[-1].append(result)
                continue
            idle = tuple(one for one in result.idle_settings if one.setting not in said)
            said.update(one.setting for one in idle)
            found[-1].append(replace(result, idle_settings=idle))
    return found
