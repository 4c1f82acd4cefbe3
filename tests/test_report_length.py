"""The report for people fits a screen, for sheets as offices keep them.

Only the short report is counted; ``--full`` prints everything and may be as long as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest

from alliance_check.model.errors import AllianceCheckError
from alliance_check.model.outcome import Verdict
from alliance_check.model.report import Report
from cli.files.style import Style
from cli.terminal.report import render
from tests.test_real_sheets import lines, reports

SHORT, LONG = 20, 40
"""How many lines an eligible report without an open point may have, and any other."""

Named = tuple[str, Report]


def judged() -> Iterator[Named]:
    """Yield every sheet that holds one consortium, with its report under one lot."""
    for folder, line in lines():
        suffix = line["file"].rpartition(".")[2]
        with suppress(AllianceCheckError):
            found = reports(folder, line, f"partners.{suffix}")
            if len(found) == 1:
                yield f"{folder}/{line['file']}", found[0]


@pytest.fixture(scope="module")
def everyone() -> list[Named]:
    return list(judged())


def too_long(found: list[Named], most: int, width: int = 80) -> dict[str, int]:
    """Map each report that is longer than so many lines to its length."""
    lengths = {name: len(render([r], Style(width=width)).splitlines()) for name, r in found}
    return {name: length for name, length in lengths.items() if length > most}


def nothing_open(report: Report) -> bool:
    """Say whether there is nothing to tell but a yes."""
    doubtful = any(p.open or p.doubt is not None for p in report.consortium.partners)
    cautioned = any(finding.answer.cautions for finding in report.findings)
    noted = bool(report.input.notes or report.problems)
    return report.verdict is Verdict.ELIGIBLE and not (doubtful or cautioned or noted)


def test_an_eligible_report_without_an_open_point_has_twenty_lines(everyone: list[Named]) -> None:
    settled = [each for each in everyone if nothing_open(each[1])]
    assert len(settled) > 40
    assert not too_long(settled, SHORT)


@pytest.mark.parametrize("width", [80, 120])
def test_any_other_report_has_forty_lines(everyone: list[Named], width: int) -> None:
    assert len(everyone) > 240
    assert not too_long(everyone, LONG, width)


def test_what_is_left_out_is_counted_and_stands_in_the_full_report(everyone: list[Named]) -> None:
    cut = [r for _, r in everyone if " more (--full)" in render([r], Style())]
    assert len(cut) > 3
    for report in cut:
        full = render([report], Style(full=True))
        assert " more (--full)" not in full
        assert len(full.splitlines()) > len(render([report], Style()).splitlines())
