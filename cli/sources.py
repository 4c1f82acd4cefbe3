"""From paths to the files to be judged, each under the name that reports call it."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from alliance_check.errors import TooLarge, UnreadableFile, WrongUsage

from .complaints import reason
from .folder import partner_sheets
from .grammar import no_such_path

STANDARD_INPUT = "-"


@dataclass(frozen=True)
class Source:
    """A file to be judged; ``found`` when a folder led to it, not its own path."""

    path: str
    name: str
    found: bool = False


@dataclass(frozen=True)
class Found:
    """All sources in order, and whether the answer is a batch."""

    sources: tuple[Source, ...]
    many: bool
    folder: str = ""


def named(paths: Sequence[str]) -> Found:
    """Return what the paths name; a folder stands for the partner sheets below it.

    :raises WrongUsage: when a path does not exist.
    """
    sources: dict[str, Source] = {}
    folders = []
    for path in paths:
        if path != STANDARD_INPUT and not Path(path).exists():
            raise WrongUsage(no_such_path(path))
        if path != STANDARD_INPUT and Path(path).is_dir():
            folders.append(path)
            fresh = list(_below(path))
        else:
            fresh = [Source(path, shown(path))]
        for source in fresh:
            sources.setdefault(os.path.realpath(source.path), source)
    many = bool(folders) or len(paths) > 1
    return Found(tuple(sources.values()), many, shown(folders[0]) if folders else "")


def _below(folder: str) -> Iterator[Source]:
    top = Path(folder)
    for path in partner_sheets(top):
        name = shown(str(path))
        if name == path.name:  # outside the current folder: names alone would collide
            name = path.relative_to(top).as_posix()
        yield Source(str(path), name, found=True)


def shown(path: str) -> str:
    """Return what reports call a path: relative to the current folder, or the name alone."""
    if path == STANDARD_INPUT:
        return path
    whole = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links
    try:
        relative = whole.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return whole.name or str(whole)
    return whole.name if relative == "." else relative


def no_file(option: str, path: str) -> str:
    """Return the sentence for an option that names a file that is not there."""
    return f"{option} {path!r}: there is no such file."


def content_of(source: Source, most: int) -> bytes:
    """Return the bytes of a source, of which there may be *most*.

    :raises UnreadableFile: when they cannot be read.
    :raises TooLarge: when there are more.
    """
    try:
        content = _read(source.path, most)
    except OSError as error:
        raise UnreadableFile(f"{_spoken(source)} cannot be read: {reason(error)}.") from error
    if content is None or len(content) > most:
        raise TooLarge(
            f"{_spoken(source)} is larger than {most >> 20} MiB, half of --max-unpacked; "
            f"leave only the partner list in it, or raise that cap."
        )
    return content


def _read(path: str, most: int) -> bytes | None:
    """Return the content, or None or one byte too much where there is more than wanted."""
    if path == STANDARD_INPUT:
        if sys.stdin is None:
            raise OSError(errno.EBADF, "it is closed")
        return sys.stdin.buffer.read(most + 1)
    with Path(path).open("rb") as file:
        too_large = os.fstat(file.fileno()).st_size > most
        return None if too_large else file.read(most + 1)


def _spoken(source: Source) -> str:
    return "Standard input" if source.path == STANDARD_INPUT else source.name


def refuse_to_overwrite(
    output: str | None, sources: Sequence[Source], option: str = "--output"
) -> None:
    """Refuse an output file that is one of the inputs.

    :raises WrongUsage: when it is, or when it is a folder.
    """
    if output is None:
        return
    if Path(output).is_dir():
        raise WrongUsage(f"{option} {output!r} is a folder; name a file.")
    try:
        there = Path(output).stat()
    except OSError:
        return
    if not stat.S_ISREG(there.st_mode):
        return
    for source in sources:
        if source.path != STANDARD_INPUT and os.path.samestat(there, Path(source.path).stat()):
            raise WrongUsage(f"{option} {output!r} is an input; it would be overwritten.")
