"""Questions about paths that are answered whatever the path is, and what reports call it.

A name may be too long, a folder closed, a link lead to itself, the current folder be gone. Then
there is nothing, as far as anybody can see; whoever opens the path learns why.
"""

from __future__ import annotations

import os
from os.path import isdir, isfile, realpath
from pathlib import Path

STANDARD_INPUT = "-"
OWN_FILE, SHARED_FILE = "alliance-check.toml", "pyproject.toml"
"""Where a configuration may stand: in a file of its own, or beside those of other programs."""


def is_file(path: Path | str) -> bool:
    """Return whether a path leads to a regular file."""
    return isfile(path)  # noqa: PTH113 - Path.is_file() raises where it may not look


def is_folder(path: Path | str) -> bool:
    """Return whether a path leads to a folder."""
    return bool(path) and isdir(path)  # noqa: PTH112 - as Path.is_dir() does


def is_there(path: Path | str) -> bool:
    """Return whether a path leads to anything, even if nobody may look at it."""
    try:
        return bool(os.fspath(path)) and os.stat(path) is not None  # noqa: PTH116 - "" is no path
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError:
        return True


def is_same(path: str, other: str) -> bool:
    """Return whether two paths lead to one file, by whatever links."""
    try:
        return real(path) == real(other) or Path(path).samefile(other)
    except (OSError, ValueError):
        return False


def real(path: Path | str) -> str:
    """Return a path without links and dots, as far as it can be followed."""
    try:
        return realpath(path)
    except (OSError, ValueError):
        return os.fspath(path)


def shown(path: str) -> str:
    """Return what reports call a path: relative to the current folder, or the name alone."""
    if path == STANDARD_INPUT:
        return path
    try:
        whole = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links
        relative = whole.relative_to(Path.cwd()).as_posix()
    except (OSError, ValueError):
        name = Path(path).name
        return name or path
    return whole.name if relative == "." else relative


def configurations_above(folder: Path) -> list[Path]:
    """Return the files in which a configuration for a folder may stand, the nearest first.

    None is looked for above the repository or the home folder that it lies in.
    """
    places, home = [], Path(real(Path("~").expanduser()))
    for parent in (folder, *folder.parents):
        places += [parent / name for name in (OWN_FILE, SHARED_FILE) if is_file(parent / name)]
        if parent == home or is_there(parent / ".git"):
            break
    return places
