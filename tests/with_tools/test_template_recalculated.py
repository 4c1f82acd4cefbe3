"""The tally of the template, as LibreOffice calculates it, is the lower end of our counts."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from alliance_check.pipeline import Options, check_file
from tests.filled_templates import LOTS, random_rows, with_rows
from tests.with_tools.office import converted

pytestmark = pytest.mark.tools

FILLS = 200
MINIMA = (
    "minimum-countries",
    "minimum-partners",
    "minimum-labour-market-actors",
    "minimum-education-providers",
    "higher-education-partner",
    "vet-partner",
)


def test_two_hundred_templates_are_tallied_as_they_are_counted(tmp_path: Path) -> None:
    filled = {}
    for seed in range(FILLS):
        call, lot = LOTS[seed % len(LOTS)]
        filled[tmp_path / f"{seed}.xlsx"] = (call, lot)
        (tmp_path / f"{seed}.xlsx").write_bytes(with_rows(call, lot, random_rows(call, lot, seed)))
    seen = set()
    calculated = converted(filled, "xlsx", tmp_path)
    for path, (call, lot) in zip(calculated, filled.values(), strict=True):
        content = path.read_bytes()
        tally = load_workbook(io.BytesIO(content), data_only=True)["Tally"]
        shown = [tally.cell(row, 2).value for row in range(2, 2 + len(MINIMA))]
        (report,) = check_file(content, path.name, Options(lot=lot, call=call, advice=False))
        counts = {f.rule: f.answer.count for f in report.findings}
        assert shown == [count.low for rule in MINIMA if (count := counts[rule])], path.name
        seen.add(tuple(shown))
    assert len(seen) > FILLS // 3, "the fills must differ"
