"""The partner sheets below a folder, in order of name, and what was passed over."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from .paths import is_file, is_folder, real

HIDDEN = "hidden"
LOCK = "lock file of an office program"
FORMAT = "in no format of a partner sheet"
LINK = "link that is not followed"
NO_TABLE = "without a table of partners"
_PLURAL = {LOCK: "lock files of an office program", LINK: "links that are not followed"}
_LOCKS = ("~$", ".~lock.")


class Skipped(NamedTuple):
    """A file or folder that was passed over, and why."""

    path: Path
    why: str


def walk(folder: Path) -> Iterator[Path | Skipped]:
    """Yield every file whose suffix a partner sheet can have, and what is passed over.

    Hidden files and folders (``.git`` is one) and lock files of office programs are left out.
    Links to folders are not followed, nor links that lead out of the folder. A folder that may not
    be read is yielded like a sheet, so that whoever reads it learns why it cannot be.
    """
    yield from _walk(folder, Path(real(folder)))


def is_lock(name: str) -> bool:
    """Say whether an office program keeps this file while another one is open."""
    return name.startswith(_LOCKS)


def skipped_words(skipped: Iterable[Skipped]) -> str:
    """Return how many were passed over for each reason; empty where none was.

    >>> skipped_words([Skipped(Path("a"), NO_TABLE), Skipped(Path("b"), NO_TABLE)])
    '2 without a table of partners skipped'
    """
    counted = Counter(why for _, why in skipped)
    order = (NO_TABLE, FORMAT, HIDDEN, LOCK, LINK)
    words = [
        f"{n} {_PLURAL.get(why, why) if n > 1 else why}" for why in order if (n := counted[why])
    ]
    return f"{', '.join(words)} skipped" if words else ""


def _walk(folder: Path, top: Path) -> Iterator[Path | Skipped]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield folder
        return
    for entry in entries:
        path = folder / entry.name
        why = _why_not(entry, path, top)
        if why:
            yield Skipped(path, why)
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(path, top)
        else:
            yield path


def _why_not(entry: os.DirEntry[str], path: Path, top: Path) -> str:
    """Return why an entry of a folder is passed over; empty where it is not."""
    from alliance_check.readers import SUFFIXES

    if is_lock(entry.name):
        return LOCK
    if entry.name.startswith("."):
        return HIDDEN
    if entry.is_symlink():
        if not (is_file(path) and Path(real(path)).is_relative_to(top)):
            return LINK
    elif is_folder(path):
        return ""
    return "" if is_file(path) and path.suffix.lower() in SUFFIXES else FORMAT
