"""The partner sheets below a folder, in order of name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path


def partner_sheets(folder: Path) -> Iterator[Path]:
    """Yield every file whose suffix a partner sheet can have.

    Hidden files and folders (``.git`` is one) and lock files of office programs are left out.
    Links to folders are not followed, nor links that lead out of the folder.
    """
    yield from _walk(folder, Path(os.path.realpath(folder)))


def _walk(folder: Path, top: Path) -> Iterator[Path]:
    from alliance_check.readers import SUFFIXES

    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return  # a folder that may not be read holds nothing for us
    for entry in entries:
        if entry.name.startswith((".", "~$")):
            continue
        path = folder / entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path, top)
        elif path.suffix.lower() in SUFFIXES and _within(entry, path, top):
            yield path


def _within(entry: os.DirEntry[str], path: Path, top: Path) -> bool:
    if not entry.is_file():
        return False
    return not entry.is_symlink() or Path(os.path.realpath(path)).is_relative_to(top)
