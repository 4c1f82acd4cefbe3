"""The partner sheets below a folder, in order of name, and what was passed over."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from alliance_check.model.message import Items, count, listed, say

from .paths import is_file, is_folder, real

HIDDEN, LOCK, FORMAT, LINK = "hidden", "lock file", "format", "link"
NO_TABLE, OWN = "no table", "own"
WHY = {
    NO_TABLE: say("without a table of partners"),
    OWN: say("a report of this program"),
    FORMAT: say("in no format of a partner sheet"),
    HIDDEN: say("hidden"),
    LOCK: say("a lock file of an office program"),
    LINK: say("a link that is not followed"),
}
"""Why a file was passed over, in words."""
_LOCKS = ("~$", ".~lock.")
TAG_NAME = "CACHEDIR.TAG"
CACHE_TAG = (
    b"Signature: 8a477f597d28d172789f06886806bc55\n# This folder is the cache of alliance-check.\n"
)
"""The file by which a cache is known, as bford.info/cachedir has it: no backup needs such a folder.
"""


class Skipped(NamedTuple):
    """A file or folder that was passed over, and why."""

    path: Path
    why: str


def walk(folder: Path) -> Iterator[Path | Skipped]:
    """Yield every file whose suffix a partner sheet can have, and what is passed over.

    Hidden files and folders (``.git`` is one) and lock files of office programs are left out.
    Links to folders are not followed, nor links that lead out of the folder. A folder that may not
    be read is yielded like a sheet, so that whoever reads it learns why it cannot be. The cache of
    this program is no part of the folder.
    """
    yield from _walk(folder, Path(real(folder)))


def is_cache(folder: Path) -> bool:
    """Return whether this program keeps its results in a folder."""
    try:
        with (folder / TAG_NAME).open("rb") as file:
            return file.read(len(CACHE_TAG) + 1) == CACHE_TAG
    except OSError:
        return False


def is_lock(name: str) -> bool:
    """Return whether an office program keeps this file while another one is open."""
    return bool(locked_by(name))


def locked_by(name: str) -> str:
    """Return the name of the file that a lock file stands for; empty for any other file.

    >>> locked_by("~$partners.xlsx"), locked_by(".~lock.partners.ods#"), locked_by("partners.csv")
    ('partners.xlsx', 'partners.ods', '')
    """
    start = next((start for start in _LOCKS if name.startswith(start)), "")
    return name.removeprefix(start).rstrip("#") if start else ""


def skipped_words(skipped: Iterable[Skipped]) -> Items:
    """Return how many were passed over for each reason; empty where none was.

    >>> print(skipped_words([Skipped(Path("a"), NO_TABLE), Skipped(Path("b"), LOCK)]))
    1 without a table of partners, 1 lock file of an office program
    """
    numbers = Counter(why for _, why in skipped)
    each = {
        NO_TABLE: say("{number} without a table of partners", number=numbers[NO_TABLE]),
        OWN: count(
            "{number} report of this program",
            "{number} reports of this program",
            number=numbers[OWN],
        ),
        FORMAT: say("{number} in no format of a partner sheet", number=numbers[FORMAT]),
        HIDDEN: say("{number} hidden", number=numbers[HIDDEN]),
        LOCK: count(
            "{number} lock file of an office program",
            "{number} lock files of an office program",
            number=numbers[LOCK],
        ),
        LINK: count(
            "{number} link that is not followed",
            "{number} links that are not followed",
            number=numbers[LINK],
        ),
    }
    return listed(said for why, said in each.items() if numbers[why])


def _walk(folder: Path, top: Path) -> Iterator[Path | Skipped]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield folder
        return
    for entry in entries:
        path = folder / entry.name
        if entry.is_dir(follow_symlinks=False) and is_cache(path):
            continue
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
