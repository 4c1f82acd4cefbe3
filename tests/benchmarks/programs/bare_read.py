"""Reads workbooks with python-calamine, sheet by sheet, and does nothing with them."""

import sys
from pathlib import Path

from python_calamine import CalamineWorkbook

for argument in sys.argv[1:]:
    path = Path(argument)
    for file in sorted(path.glob("*.xlsx")) if path.is_dir() else [path]:
        book = CalamineWorkbook.from_path(file)
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()
