"""LibreOffice without a window: workbooks recalculated, or as paper."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path

from tests.with_tools.browser import program


def converted(files: Iterable[Path], form: str, folder: Path) -> list[Path]:
    """Return the files in another format, in their order; one start of the program does all."""
    given = list(files)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program("soffice"), profile, "--headless", "--convert-to", form]
    target = folder / form.partition(":")[0]
    subprocess.run(
        [*command, "--outdir", str(target), *map(str, given)],
        check=True,
        capture_output=True,
        timeout=900,
    )
    return [target / f"{path.stem}.{target.name}" for path in given]
