"""Judges sheets that are not eligible, with advice and without; ``python advice.py FILE...``.

Prints as JSON the processor seconds that each took, both ways. What a sheet was read from and
judged by is warm: the first one is judged before the clock runs.
"""

import json
import sys
import time
from pathlib import Path

from alliance_check.pipeline import Options, check_file


def spent(path: Path, *, advice: bool) -> float:
    """Return the processor seconds of one check."""
    options = Options(lot="innovation", call="2026", fingerprint=False, advice=advice)
    content, start = path.read_bytes(), time.process_time()
    check_file(content, path.name, options)
    return time.process_time() - start


def main(paths: list[Path]) -> dict[str, list[float]]:
    """Measure every sheet, once without advice and once with it."""
    for advice in (False, True):
        spent(paths[0], advice=advice)
    return {
        "without": [spent(path, advice=False) for path in paths],
        "with": [spent(path, advice=True) for path in paths],
    }


print(json.dumps(main([Path(argument) for argument in sys.argv[1:]])))
